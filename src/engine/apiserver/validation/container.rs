//! Rules for the containers of a pod (`validateContainers`, `validateInitContainers`).

use std::collections::BTreeSet;

use super::values::{label, one_of};
use super::volumes::Volumes;
use super::{
    env, ports, probe, resource_claims, resources, restart_rules, security_context, volume_devices,
    volumes,
};
use crate::apiserver::errors::{ApiError, duplicate, forbidden, invalid, required};
use crate::apiserver::field::Field;
use crate::syntax::quote;

/// What is wrong with `containers` and `initContainers`, given the pod's volumes.
pub(super) fn errors(spec: &Field, volumes: &Volumes) -> Vec<ApiError> {
    let mut names = BTreeSet::new();
    let mut errors = main_containers(spec, volumes, &mut names);
    errors.extend(init_containers(spec, volumes, &mut names));
    errors
}

fn main_containers<'a>(
    spec: &Field<'a>,
    volumes: &Volumes,
    names: &mut BTreeSet<&'a str>,
) -> Vec<ApiError> {
    let containers = spec.child("containers");
    if containers.is_empty() {
        return vec![required(&containers.path, "")];
    }
    let mut errors = Vec::new();
    for container in containers.items() {
        errors.extend(common(spec, volumes, &container));
        errors.extend(unique_name(&container, names));
        errors.extend(probe::errors(spec, &container));
        errors.extend(restart_rules::of_container(&container));
    }
    errors.extend(ports::host_port_conflicts(
        &containers.path,
        &containers.items(),
    ));
    errors
}

/// A container that runs before the others; with `restartPolicy: Always` it is a sidecar and may have probes.
fn init_containers<'a>(
    spec: &Field<'a>,
    volumes: &Volumes,
    names: &mut BTreeSet<&'a str>,
) -> Vec<ApiError> {
    let mut errors = Vec::new();
    for container in spec.child("initContainers").items() {
        errors.extend(common(spec, volumes, &container));
        errors.extend(restart_rules::of_init_container(&container));
        // One without a name takes none from the others.
        if !container.child("name").text().is_empty() || names.contains("") {
            errors.extend(unique_name(&container, names));
        }
        // The server counts these as if each were the only one of its list.
        let alone = std::slice::from_ref(&container);
        errors.extend(ports::host_port_conflicts(
            &spec.child("initContainers").path,
            alone,
        ));
        let policy = container.child("restartPolicy");
        match policy.text() {
            "Always" => errors.extend(probe::errors(spec, &container)),
            _ => errors.extend(no_probes(&container)),
        }
    }
    errors
}

fn no_probes(container: &Field) -> Vec<ApiError> {
    let fields = [
        "lifecycle",
        "livenessProbe",
        "readinessProbe",
        "startupProbe",
    ];
    let set = fields
        .into_iter()
        .map(|name| container.child(name))
        .filter(Field::is_set);
    set.map(|field| {
        forbidden(
            &field.path,
            "may not be set for init containers without restartPolicy=Always",
        )
    })
    .collect()
}

/// The rules that all kinds of containers share (`validateContainerCommon`).
pub(super) fn common(spec: &Field, known: &Volumes, container: &Field) -> Vec<ApiError> {
    let (name, image) = (container.child("name"), container.child("image"));
    let mut errors = if name.text().is_empty() {
        vec![required(&name.path, "")]
    } else {
        label(&name)
    };
    if image.text().is_empty() {
        errors.push(required(&image.path, ""));
    }
    let policies = ["File", "FallbackToLogsOnError"];
    errors.extend(one_of(
        &container.child("terminationMessagePolicy"),
        &policies,
    ));
    errors.extend(ports::container_ports(container));
    errors.extend(env::errors(container));
    errors.extend(volumes::mounts(known, container));
    errors.extend(volume_devices::errors(known, container));
    errors.extend(one_of(
        &container.child("imagePullPolicy"),
        &["Always", "IfNotPresent", "Never"],
    ));
    errors.extend(resources::errors(container));
    errors.extend(resource_claims::used(spec, &container.child("resources")));
    errors.extend(resizing(spec, container));
    errors.extend(security_context::of_container(spec, container));
    errors
}

/// What becomes of a container whose amounts change (`validateResizePolicy`). Most errors name the list, not the item.
fn resizing(spec: &Field, container: &Field) -> Vec<ApiError> {
    let list = container.child("resizePolicy");
    let never = spec.child("restartPolicy").text() == "Never";
    let mut seen = BTreeSet::new();
    let mut errors = Vec::new();
    for item in list.items() {
        let told = |name: &'static str| Field {
            path: list.path.clone(),
            ..item.child(name)
        };
        let [resource, policy] = ["resourceName", "restartPolicy"].map(told);
        if !seen.insert(resource.text()) {
            errors.push(duplicate(&item.path, quote(resource.text())));
        }
        errors.extend(one_of(&resource, &["cpu", "memory"]));
        errors.extend(one_of(&policy, &["NotRequired", "RestartContainer"]));
        if never && policy.text() != "NotRequired" {
            let detail = "must be 'NotRequired' when `restartPolicy` is 'Never'";
            errors.push(invalid(&policy.path, quote(policy.text()), detail));
        }
    }
    errors
}

fn unique_name<'a>(container: &Field<'a>, names: &mut BTreeSet<&'a str>) -> Vec<ApiError> {
    let name = container.child("name");
    if names.insert(name.text()) {
        Vec::new()
    } else {
        vec![duplicate(&name.path, quote(name.text()))]
    }
}

/// Images of a pod have no spaces around them; templates are not checked for that.
pub(super) fn images(spec: &Field) -> Vec<ApiError> {
    let containers = ["containers", "initContainers"]
        .into_iter()
        .flat_map(|list| spec.child(list).items());
    containers
        .filter_map(|container| padded_image(&container))
        .collect()
}

/// An image of a pod has no spaces around it (`validateContainerOnlyForPod`).
pub(super) fn padded_image(container: &Field) -> Option<ApiError> {
    let image = container.child("image");
    let detail = "must not have leading or trailing whitespace";
    (image.text().trim() != image.text()).then(|| invalid(&image.path, quote(image.text()), detail))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::apiserver::testing::node;

    fn found(spec: &str) -> Vec<String> {
        let mut pod = node(&format!(r#"{{"metadata":{{"name":"a"}},"spec":{spec}}}"#));
        crate::apiserver::defaulting::pod::fill(&mut pod);
        errors(&Field::root(&pod).child("spec"), &Volumes::new())
            .iter()
            .map(ApiError::to_string)
            .collect()
    }

    #[test]
    fn containers_of_both_kinds_share_their_names() {
        let container = r#"[{"name":"a","image":"x"}]"#;
        assert_eq!(
            found(&format!(
                r#"{{"containers":{container},"initContainers":{container}}}"#
            )),
            [r#"spec.initContainers[0].name: Duplicate value: "a""#]
        );
    }

    #[test]
    fn a_pod_that_is_never_restarted_is_not_for_new_amounts() {
        let with = |policy: &str| {
            let list = r#"[{"resourceName":"cpu","restartPolicy":"RestartContainer"}]"#;
            let container = format!(r#"{{"name":"a","image":"x","resizePolicy":{list}}}"#);
            found(&format!(
                r#"{{"restartPolicy":"{policy}","containers":[{container}]}}"#
            ))
        };
        assert_eq!(with("Always"), [""; 0]);
        assert_eq!(
            with("Never"),
            [
                r#"spec.containers[0].resizePolicy: Invalid value: "RestartContainer": must be 'NotRequired' when `restartPolicy` is 'Never'"#
            ]
        );
    }

    #[test]
    fn only_sidecars_among_init_containers_have_probes() {
        let with = |policy: &str| {
            let probe = r#""readinessProbe":{"tcpSocket":{"port":80}}"#;
            let side = format!(r#"[{{"name":"s","image":"x",{policy}{probe}}}]"#);
            found(&format!(
                r#"{{"containers":[{{"name":"a","image":"x"}}],"initContainers":{side}}}"#
            ))
        };
        assert_eq!(with(r#""restartPolicy":"Always","#), [""; 0]);
        assert_eq!(with("").len(), 1);
    }
}
