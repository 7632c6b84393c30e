//! What the server warns of in pods and their templates (`pkg/api/pod/warnings.go`), as far as the network, names and
//! the environment go.

use std::collections::{BTreeMap, BTreeSet};

use super::address;
use super::scheduling;
use super::volumes;
use crate::apiserver::Warning;
use crate::apiserver::field::Field;
use crate::manifest::tree::FieldPath;
use crate::syntax::{is_dns1123_label, quote};

/// Warnings about a pod.
pub(crate) fn of_pod(pod: &Field) -> Vec<Warning> {
    let mut warnings = name(pod, "the Pod's hostname");
    warnings.extend(of_template(pod));
    warnings
}

/// Warnings about an object whose name its pods' names begin with.
pub(crate) fn of_workload(object: &Field, template: &[&'static str]) -> Vec<Warning> {
    let mut warnings = name(object, "Pod names and hostnames");
    warnings.extend(of_template(&object.at(template)));
    warnings
}

/// Warnings about the template of an object that replaces the second one, if it is another version. Names are of
/// interest only at first.
pub(crate) fn of_changed(new: &Field, old: &Field, template: &[&'static str]) -> Vec<Warning> {
    let version = |object: &Field| object.at(&["metadata", "generation"]).int();
    if version(new) == version(old) {
        Vec::new()
    } else {
        of_template(&new.at(template))
    }
}

fn name(object: &Field, used: &str) -> Vec<Warning> {
    let field = object.at(&["metadata", "name"]);
    let wrong = is_dns1123_label(field.text());
    let words = wrong.join(" ");
    let warning = || {
        let words = format!(
            "this is used in {used}, which can result in surprising behavior; a DNS label is recommended: [{words}]"
        );
        Warning::at(&field.path, words)
    };
    if wrong.is_empty() {
        Vec::new()
    } else {
        vec![warning()]
    }
}

/// Warnings about what has metadata and a pod's spec.
pub(crate) fn of_template(template: &Field) -> Vec<Warning> {
    let spec = template.child("spec");
    let mut warnings = scheduling::nodes(&spec);
    warnings.extend(idle_annotations(template));
    warnings.extend(old_volumes(&spec));
    warnings.extend(volumes::overlaps(&spec));
    warnings.extend(same_text(&spec.child("hostAliases"), "ip"));
    warnings.extend(same_text(&spec.child("imagePullSecrets"), "name"));
    warnings.extend(nameless_secrets(&spec));
    warnings.extend(
        ["memory", "ephemeral-storage"]
            .iter()
            .filter_map(|name| volumes::part_of_byte(&spec.child("overhead").entry(name))),
    );
    warnings.extend(seccomp(
        template,
        &spec,
        "seccomp.security.alpha.kubernetes.io/pod",
    ));
    let init_containers = spec.child("initContainers").items();
    let containers = spec.child("containers").items();
    let all: Vec<&Field> = init_containers.iter().chain(&containers).collect();
    for &container in &all {
        let name = container.child("name").text();
        warnings.extend(seccomp(
            template,
            container,
            &format!("container.seccomp.security.alpha.kubernetes.io/{name}"),
        ));
        warnings.extend(app_armor(template, container));
        warnings.extend(parts_of_bytes(container));
        warnings.extend(environment(container));
    }
    warnings.extend(same_ports(&all));
    warnings.extend(same_port_names(&init_containers, &containers));
    warnings.extend(scheduling::company(&spec));
    warnings.extend(addresses(&spec));
    warnings
}

/// Addresses that are not written the way they are printed.
fn addresses(spec: &Field) -> Vec<Warning> {
    let servers = spec.at(&["dnsConfig", "nameservers"]).items();
    let aliases = spec
        .child("hostAliases")
        .items()
        .into_iter()
        .map(|alias| alias.child("ip"));
    servers
        .into_iter()
        .chain(aliases)
        .filter_map(|field| address(&field))
        .collect()
}

/// Limits and requests that are no whole number of bytes.
fn parts_of_bytes(container: &Field) -> Vec<Warning> {
    let resources = ["memory", "ephemeral-storage"].into_iter();
    let fields = resources.flat_map(|name| ["limits", "requests"].map(|kind| (kind, name)));
    let warning = |(kind, name): (&'static str, &'static str)| {
        volumes::part_of_byte(&container.at(&["resources", kind]).entry(name))
    };
    fields.filter_map(warning).collect()
}

fn same_text(list: &Field, key: &'static str) -> Vec<Warning> {
    let mut seen = BTreeSet::new();
    let mut warnings = Vec::new();
    for field in list.items().iter().map(|item| item.child(key)) {
        if !seen.insert(field.text()) {
            let words = format!("duplicate {key} {}", quote(field.text()));
            warnings.push(Warning::at(&field.path, words));
        }
    }
    warnings
}

/// Old names of seccomp profiles, where no field says the same of `owner`.
fn seccomp(template: &Field, owner: &Field, annotation: &str) -> Option<Warning> {
    let annotation = template.at(&["metadata", "annotations"]).entry(annotation);
    let is_idle = annotation.is_set() && !owner.at(&["securityContext", "seccompProfile"]).is_set();
    let words = r#"non-functional in v1.27+; use the "seccompProfile" field instead"#;
    is_idle.then(|| Warning::at(&annotation.path, words))
}

/// The same for AppArmor. The annotations of a pod itself get their warning when they are copied into fields.
fn app_armor(template: &Field, container: &Field) -> Option<Warning> {
    let key = format!(
        "container.apparmor.security.beta.kubernetes.io/{}",
        container.child("name").text()
    );
    let annotation = template.at(&["metadata", "annotations"]).entry(&key);
    let owners = [&template.child("spec"), container];
    let has_field = owners
        .iter()
        .any(|owner| owner.at(&["securityContext", "appArmorProfile"]).is_set());
    let is_template = !template.path.to_string().is_empty();
    let is_idle = is_template && annotation.is_set() && !has_field;
    let words = r#"deprecated since v1.30; use the "appArmorProfile" field instead"#;
    is_idle.then(|| Warning::at(&annotation.path, words))
}

/// Annotations that nothing reads any more.
fn idle_annotations(template: &Field) -> Vec<Warning> {
    const IDLE: [(&str, &str, &str); 3] = [
        (
            "scheduler.alpha.kubernetes.io/critical-pod",
            "v1.16+",
            "priorityClassName",
        ),
        ("security.alpha.kubernetes.io/sysctls", "v1.11+", "sysctls"),
        (
            "security.alpha.kubernetes.io/unsafe-sysctls",
            "v1.11+",
            "sysctls",
        ),
    ];
    let annotations = template.at(&["metadata", "annotations"]);
    let used = IDLE
        .iter()
        .map(|idle| (annotations.entry(idle.0), idle))
        .filter(|(annotation, _)| annotation.is_set());
    used.map(|(annotation, (_, since, field))| {
        let field = quote(field);
        let words = format!("non-functional in {since}; use the {field} field instead");
        Warning::at(&annotation.path, words)
    })
    .collect()
}

/// Kinds of volumes that are gone or will be.
fn old_volumes(spec: &Field) -> Vec<Warning> {
    const OLD: [(&str, &str); 9] = [
        ("photonPersistentDisk", "v1.11, non-functional in v1.16+"),
        ("gitRepo", "v1.11"),
        ("scaleIO", "v1.16, non-functional in v1.22+"),
        ("flocker", "v1.22, non-functional in v1.25+"),
        ("storageOS", "v1.22, non-functional in v1.25+"),
        ("quobyte", "v1.22, non-functional in v1.25+"),
        ("glusterfs", "v1.25, non-functional in v1.26+"),
        ("cephfs", "v1.28, non-functional in v1.31+"),
        ("rbd", "v1.28, non-functional in v1.31+"),
    ];
    let listed = spec.child("volumes").items();
    let of_volume = |volume: &Field| {
        let sources = OLD.iter().map(|(kind, since)| (volume.child(kind), since));
        let used = sources.filter(|(source, _)| source.is_set());
        let mut warnings: Vec<Warning> = used
            .map(|(source, since)| Warning::at(&source.path, format_args!("deprecated in {since}")))
            .collect();
        warnings.extend(volumes::claim(volume));
        warnings
    };
    listed.iter().flat_map(of_volume).collect()
}

fn nameless_secrets(spec: &Field) -> Vec<Warning> {
    let names = spec
        .child("imagePullSecrets")
        .items()
        .into_iter()
        .map(|secret| secret.child("name"));
    let empty = names.filter(|name| name.text().is_empty());
    empty
        .map(|name| Warning::at(&name.path, "invalid empty name \"\""))
        .collect()
}

/// A variable that hides an earlier one of its name without building on it.
fn environment(container: &Field) -> Vec<Warning> {
    let mut seen = BTreeSet::new();
    let mut warnings = Vec::new();
    for variable in container.child("env").items() {
        let (name, value) = (
            variable.child("name").text(),
            variable.child("value").text(),
        );
        let reference = format!("$({name})");
        let builds_on_it = value.contains(&reference) && value != reference;
        if !seen.insert(name) && (variable.child("valueFrom").is_set() || !builds_on_it) {
            let words = format!(
                "hides previous definition of {}, which may be dropped when using apply",
                quote(name)
            );
            warnings.push(Warning::at(&variable.path, words));
        }
    }
    warnings
}

fn same_ports(containers: &[&Field]) -> Vec<Warning> {
    let mut seen: BTreeMap<(i64, &str), Vec<Field>> = BTreeMap::new();
    let mut warnings = Vec::new();
    for port in containers
        .iter()
        .flat_map(|container| container.child("ports").items())
    {
        warnings.extend(idle_address(&port));
        let others = seen
            .entry((
                port.child("containerPort").int(),
                port.child("protocol").text(),
            ))
            .or_default();
        warnings.extend(others.iter().filter_map(|other| overlap(&port, other)));
        others.push(port);
    }
    warnings
}

/// An address of the host for a port that the host has not.
fn idle_address(port: &Field) -> Option<Warning> {
    let [name, protocol, address] =
        ["name", "protocol", "hostIP"].map(|key| port.child(key).text());
    let number = port.child("containerPort").int();
    let is_idle = !address.is_empty() && port.child("hostPort").int() == 0;
    is_idle.then(|| {
        let printed = format!(
            "{{Name:{name} HostPort:0 ContainerPort:{number} Protocol:{protocol} HostIP:{address}}}"
        );
        let words = format!("hostIP set without hostPort: {printed}");
        Warning::at(&port.path, words)
    })
}

/// How two ports of one number and protocol disagree about the host's.
fn overlap(port: &Field, other: &Field) -> Option<Warning> {
    let is_same_address = port.child("hostIP").text() == other.child("hostIP").text();
    let host = |port: &Field| port.child("hostPort").int();
    let has_address = |port: &Field| !port.child("hostIP").text().is_empty();
    let what = match host(port) == host(other) {
        true if is_same_address => "duplicate",
        _ if host(port) == 0 || host(other) == 0 => "overlapping",
        true if has_address(port) != has_address(other) => "dangerously ambiguous",
        _ => return None,
    };
    let words = format!("{what} port definition with {}", other.path);
    Some(Warning::at(&port.path, words))
}

/// A name that ports of two containers have. Plain init containers do not count: nothing looks at their ports.
fn same_port_names(init_containers: &[Field], containers: &[Field]) -> Vec<Warning> {
    let is_sidecar = |container: &&Field| container.child("restartPolicy").text() == "Always";
    let sidecars = init_containers.iter().filter(is_sidecar);
    let mut first: BTreeMap<&str, FieldPath> = BTreeMap::new();
    let mut warnings = Vec::new();
    let running = sidecars.chain(containers);
    for port in running.flat_map(|container| container.child("ports").items()) {
        match (
            port.child("name").text(),
            first.get(port.child("name").text()),
        ) {
            ("", _) => {}
            (name, None) => drop(first.insert(name, port.path)),
            (name, Some(other)) => {
                let words = format!(
                    "duplicate port name {} with {other}, services and probes that select ports by name will use {other}",
                    quote(name)
                );
                warnings.push(Warning::at(&port.path, words));
            }
        }
    }
    warnings
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::apiserver::testing::node;

    #[test]
    fn a_request_for_a_fraction_of_a_byte_has_a_warning() {
        let container = node(
            r#"{"resources":{"limits":{"cpu":"100m","memory":"128m"},"requests":{"memory":"1Gi"}}}"#,
        );
        assert_eq!(
            parts_of_bytes(&Field::root(&container)),
            [
                r#"resources.limits[memory]: fractional byte value "128m" is invalid, must be an integer"#
            ]
        );
    }

    #[test]
    fn what_nothing_reads_any_more_is_warned_of() {
        let template = node(
            r#"{"metadata":{"annotations":{"security.alpha.kubernetes.io/sysctls":"a=b"}},"spec":{"volumes":[{"gitRepo":{}}],"imagePullSecrets":[{}],"topologySpreadConstraints":[{}]}}"#,
        );
        assert_eq!(
            of_template(&Field::root(&template)),
            [
                "spec.topologySpreadConstraints[0].labelSelector: a null labelSelector results in matching no pod",
                r#"metadata.annotations[security.alpha.kubernetes.io/sysctls]: non-functional in v1.11+; use the "sysctls" field instead"#,
                "spec.volumes[0].gitRepo: deprecated in v1.11",
                r#"spec.imagePullSecrets[0].name: invalid empty name """#,
            ]
        );
    }

    #[test]
    fn an_address_of_the_host_is_for_a_port_of_it() {
        let container =
            node(r#"{"ports":[{"containerPort":80,"protocol":"TCP","hostIP":"10.0.0.1"}]}"#);
        assert_eq!(
            same_ports(&[&Field::root(&container)]),
            [
                "ports[0]: hostIP set without hostPort: {Name: HostPort:0 ContainerPort:80 Protocol:TCP HostIP:10.0.0.1}"
            ]
        );
    }

    #[test]
    fn a_pods_addresses_are_written_as_they_are_printed() {
        let spec = node(
            r#"{"dnsConfig":{"nameservers":["2001:DB8::1"]},"hostAliases":[{"ip":"10.0.0.1"}]}"#,
        );
        assert_eq!(
            addresses(&Field::root(&spec)),
            [
                r#"dnsConfig.nameservers[0]: IPv6 address "2001:DB8::1" should be in RFC 5952 canonical format ("2001:db8::1")"#
            ]
        );
    }

    #[test]
    fn a_variable_may_build_on_an_earlier_one_of_its_name() {
        let container = |second: &str| {
            node(&format!(
                r#"{{"env":[{{"name":"A","value":"1"}},{{"name":"A","value":"{second}"}}]}}"#
            ))
        };
        assert_eq!(environment(&Field::root(&container("$(A)2"))).len(), 0);
        assert_eq!(environment(&Field::root(&container("2"))).len(), 1);
    }
}
