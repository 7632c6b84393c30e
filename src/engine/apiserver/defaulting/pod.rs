//! Defaults of pods and of the templates they are made from (`SetDefaults_PodSpec`, `SetDefaults_Container`), and those
//! that only a pod gets (`SetDefaults_Pod`).

use super::{
    absent, claim, disabled, each, ensure, map, probe, put, resources, storage, text, text_of,
};
use crate::manifest::tree::{Yaml, YamlValue};

/// Fills in what a Pod leaves open.
pub(crate) fn fill(pod: &mut Yaml) {
    let spec = ensure(pod, "spec");
    resources::fill_containers(spec);
    resources::fill_pod_level(spec);
    absent(spec, "enableServiceLinks", YamlValue::Bool(true));
    if spec
        .get("hostNetwork")
        .is_some_and(|host| host.value == YamlValue::Bool(true))
    {
        for containers in ["containers", "initContainers"] {
            each(spec, containers, |container| {
                each(container, "ports", host_port);
            });
        }
    }
    fill_spec(spec);
    let class = text(resources::quality_of_service(spec));
    put(
        pod,
        "status",
        map([("phase", text("Pending")), ("qosClass", class)]),
    );
}

/// Fills in what the template of a workload leaves open.
pub(crate) fn fill_template(template: &mut Yaml) {
    ensure(template, "metadata");
    fill_spec(ensure(template, "spec"));
}

fn fill_spec(spec: &mut Yaml) {
    absent(spec, "dnsPolicy", text("ClusterFirst"));
    absent(spec, "restartPolicy", text("Always"));
    absent(spec, "schedulerName", text("default-scheduler"));
    absent(spec, "securityContext", map([]));
    if let Some(context) = spec.get_mut("securityContext") {
        // The server writes the value of a kernel parameter even when it is empty.
        each(context, "sysctls", |parameter| {
            absent(parameter, "value", text(""));
        });
    }
    absent(spec, "terminationGracePeriodSeconds", YamlValue::Int(30));
    // A negative grace period means "at once", which is stored as one second.
    if matches!(
        spec.get("terminationGracePeriodSeconds"),
        Some(Yaml {
            value: YamlValue::Int(..0),
            ..
        })
    ) {
        put(spec, "terminationGracePeriodSeconds", YamlValue::Int(1));
    }
    if let Some(account) = spec
        .get("serviceAccountName")
        .or_else(|| spec.get("serviceAccount"))
        .cloned()
    {
        absent(spec, "serviceAccountName", account.value.clone());
        put(spec, "serviceAccount", account.value);
    }
    for containers in ["containers", "initContainers", "ephemeralContainers"] {
        each(spec, containers, fill_container);
    }
    each(spec, "volumes", fill_volume);
    disabled::drop_from(spec);
}

fn fill_container(container: &mut Yaml) {
    let policy = pull_policy(text_of(container, "image"));
    absent(container, "imagePullPolicy", text(policy));
    absent(container, "resources", map([]));
    absent(
        container,
        "terminationMessagePath",
        text("/dev/termination-log"),
    );
    absent(container, "terminationMessagePolicy", text("File"));
    each(container, "ports", |port| {
        absent(port, "protocol", text("TCP"));
    });
    each(container, "env", fill_variable);
    probe::fill(container);
}

fn fill_variable(variable: &mut Yaml) {
    if let Some(from) = variable.get_mut("valueFrom") {
        fill_references(from);
        if let Some(file) = from.get_mut("fileKeyRef") {
            absent(file, "optional", YamlValue::Bool(false));
        }
    }
}

/// What a variable or a file says about the pod: a field has a version (`SetDefaults_ObjectFieldSelector`), and the
/// divisor of an amount is always written.
fn fill_references(from: &mut Yaml) {
    if let Some(field) = from.get_mut("fieldRef") {
        absent(field, "apiVersion", text("v1"));
    }
    if let Some(amount) = from.get_mut("resourceFieldRef") {
        absent(amount, "divisor", text("0"));
    }
}

/// A volume without a source is an empty directory; files of the others are readable by all.
fn fill_volume(volume: &mut Yaml) {
    if volume.entries().iter().all(|entry| entry.key == "name") {
        put(volume, "emptyDir", map([]));
    }
    for source in ["configMap", "downwardAPI", "projected", "secret"] {
        if let Some(source) = volume.get_mut(source) {
            absent(source, "defaultMode", YamlValue::Int(0o644));
        }
    }
    if let Some(about) = volume.get_mut("downwardAPI") {
        each(about, "items", fill_references);
    }
    if let Some(projected) = volume.get_mut("projected") {
        each(projected, "sources", |source| {
            if let Some(token) = source.get_mut("serviceAccountToken") {
                absent(token, "expirationSeconds", YamlValue::Int(60 * 60));
            }
            if let Some(about) = source.get_mut("downwardAPI") {
                each(about, "items", fill_references);
            }
        });
    }
    if let Some(path) = volume.get_mut("hostPath") {
        absent(path, "type", text(""));
    }
    storage::fill(volume);
    if let Some(image) = volume.get_mut("image") {
        let policy = pull_policy(text_of(image, "reference"));
        absent(image, "pullPolicy", text(policy));
    }
    let ephemeral = volume.get_mut("ephemeral");
    if let Some(template) = ephemeral.and_then(|own| own.get_mut("volumeClaimTemplate")) {
        claim::fill_template(template);
    }
}

fn host_port(port: &mut Yaml) {
    if let Some(number) = port.get("containerPort").cloned() {
        absent(port, "hostPort", number.value);
    }
}

/// How an image is pulled when the container does not say: always, when its tag can move.
fn pull_policy(image: &str) -> &'static str {
    let name = image.split_once('@').map_or(image, |(name, _digest)| name);
    let place = name.rfind('/').map_or(0, |slash| slash + 1);
    let (repository, tag) = match name[place..].split_once(':') {
        Some((last, tag)) => (&name[..place + last.len()], Some(tag)),
        None => (name, None),
    };
    match tag {
        // What is no reference to an image has no tag either, not even the usual one.
        _ if !is_repository(repository) => "IfNotPresent",
        Some("latest") => "Always",
        Some(_) => "IfNotPresent",
        None if image.contains('@') => "IfNotPresent",
        None => "Always",
    }
}

/// Whether a text names a repository: lower-case parts, behind a registry if there is one (`reference.ParseNormalizedNamed`).
fn is_repository(name: &str) -> bool {
    let is_registry = |part: &str| {
        part.contains(['.', ':']) || part == "localhost" || part.to_lowercase() != part
    };
    let path = match name.split_once('/') {
        Some((registry, path)) if is_registry(registry) => path,
        Some(_) | None => name,
    };
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit();
    let is_part = |part: &str| {
        part.starts_with(plain)
            && part.ends_with(plain)
            && part
                .chars()
                .all(|c| plain(c) || matches!(c, '.' | '_' | '-'))
    };
    path.split('/').all(is_part)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::apiserver::go_json::to_json;
    use crate::apiserver::testing::node;

    #[test]
    fn an_image_is_pulled_always_only_while_its_tag_can_move() {
        let rows = [
            ("nginx", "Always"),
            ("nginx:latest", "Always"),
            ("nginx:1.25", "IfNotPresent"),
            ("registry:5000/nginx", "Always"),
            ("nginx@sha256:0123", "IfNotPresent"),
            ("Registry/nginx", "Always"),
            ("Nginx", "IfNotPresent"),
            ("nginx ", "IfNotPresent"),
        ];
        for (image, policy) in rows {
            assert_eq!(pull_policy(image), policy, "{image}");
        }
    }

    #[test]
    fn a_variable_from_a_file_is_not_optional_by_default() {
        let mut variable = node(r#"{"name":"A","valueFrom":{"fileKeyRef":{"key":"A"}}}"#);
        fill_variable(&mut variable);
        assert_eq!(
            to_json(Some(&variable)),
            to_json(Some(&node(
                r#"{"name":"A","valueFrom":{"fileKeyRef":{"key":"A","optional":false}}}"#
            )))
        );
    }

    /// A volume after defaulting, as JSON.
    fn filled_volume(volume: &str) -> String {
        let mut volume = node(volume);
        fill_volume(&mut volume);
        to_json(Some(&volume))
    }

    fn in_order(volume: &str) -> String {
        to_json(Some(&node(volume)))
    }

    #[test]
    fn files_about_the_pod_name_a_version_and_a_divisor() {
        let items = |version: &str, divisor: &str| {
            format!(
                r#"[{{"path":"a","fieldRef":{{"fieldPath":"metadata.labels"{version}}}}},{{"path":"b","resourceFieldRef":{{"resource":"limits.cpu"{divisor}}}}}]"#
            )
        };
        let written = items("", "");
        let stored = items(r#","apiVersion":"v1""#, r#","divisor":"0""#);
        let alone = |items: &str, rest: &str| {
            format!(r#"{{"name":"v","downwardAPI":{{"items":{items}{rest}}}}}"#)
        };
        let projected = |items: &str, rest: &str| {
            format!(
                r#"{{"name":"v","projected":{{"sources":[{{"downwardAPI":{{"items":{items}}}}}]{rest}}}}}"#
            )
        };
        let mode = r#","defaultMode":420"#;
        assert_eq!(
            (
                filled_volume(&alone(&written, "")),
                filled_volume(&projected(&written, ""))
            ),
            (
                in_order(&alone(&stored, mode)),
                in_order(&projected(&stored, mode))
            )
        );
    }

    #[test]
    fn an_image_volume_is_pulled_like_a_containers_image() {
        for (reference, policy) in [("web:1", "IfNotPresent"), ("web", "Always")] {
            let volume = |rest: &str| {
                format!(r#"{{"name":"v","image":{{"reference":"{reference}"{rest}}}}}"#)
            };
            let stored = volume(&format!(r#","pullPolicy":"{policy}""#));
            assert_eq!(filled_volume(&volume("")), in_order(&stored));
        }
    }

    #[test]
    fn the_claim_of_an_ephemeral_volume_is_for_files() {
        let volume = |claim: &str| {
            format!(r#"{{"name":"v","ephemeral":{{"volumeClaimTemplate":{{{claim}}}}}}}"#)
        };
        let stored = volume(r#""metadata":{},"spec":{"resources":{},"volumeMode":"Filesystem"}"#);
        assert_eq!(filled_volume(&volume("")), in_order(&stored));
    }
}
