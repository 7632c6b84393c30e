//! What the server warns of in pods and their templates (`pkg/api/pod/warnings.go`), as far as the network, names and
//! the environment go.

use std::collections::{BTreeMap, BTreeSet};

use crate::engine::cluster::admission::field::Field;
use crate::engine::manifest::tree::FieldPath;
use crate::engine::quantity::Quantity;
use crate::engine::syntax::{is_dns1123_label, quote};

/// Warnings about a pod.
pub fn of_pod(pod: &Field) -> Vec<String> {
    let mut warnings = name(pod, "the Pod's hostname");
    warnings.extend(of_template(pod));
    warnings
}

/// Warnings about an object whose name its pods' names begin with.
pub fn of_workload(object: &Field, template: &[&'static str]) -> Vec<String> {
    let mut warnings = name(object, "Pod names and hostnames");
    warnings.extend(of_template(&object.at(template)));
    warnings
}

fn name(object: &Field, used: &str) -> Vec<String> {
    let wrong = is_dns1123_label(object.at(&["metadata", "name"]).text());
    let words = wrong.join(" ");
    let warning = || {
        format!(
            "metadata.name: this is used in {used}, which can result in surprising behavior; a DNS label is recommended: [{words}]"
        )
    };
    if wrong.is_empty() { Vec::new() } else { vec![warning()] }
}

/// Warnings about what has metadata and a pod's spec.
pub fn of_template(template: &Field) -> Vec<String> {
    let spec = template.child("spec");
    let mut warnings = old_node_labels(&spec);
    warnings.extend(same_text(&spec.child("hostAliases"), "ip"));
    warnings.extend(same_text(&spec.child("imagePullSecrets"), "name"));
    warnings.extend(seccomp(template, &spec));
    let containers: Vec<Field> =
        ["initContainers", "containers"].into_iter().flat_map(|list| spec.child(list).items()).collect();
    for container in &containers {
        warnings.extend(parts_of_bytes(container));
        warnings.extend(environment(container));
    }
    warnings.extend(same_ports(&containers));
    warnings.extend(same_port_names(&containers));
    warnings
}

/// Labels of nodes that have had other names for long (`pkg/api/node/util.go`).
fn old_node_labels(spec: &Field) -> Vec<String> {
    const OLD: [(&str, &str, &str); 5] = [
        ("beta.kubernetes.io/arch", "v1.14", "kubernetes.io/arch"),
        ("beta.kubernetes.io/os", "v1.14", "kubernetes.io/os"),
        ("failure-domain.beta.kubernetes.io/region", "v1.17", "topology.kubernetes.io/region"),
        ("failure-domain.beta.kubernetes.io/zone", "v1.17", "topology.kubernetes.io/zone"),
        ("beta.kubernetes.io/instance-type", "v1.17", "node.kubernetes.io/instance-type"),
    ];
    let selector = spec.child("nodeSelector");
    let used = OLD.iter().map(|old| (selector.entry(old.0), old)).filter(|(entry, _)| entry.is_set());
    used.map(|(entry, (_, since, new))| format!("{}: deprecated since {since}; use {} instead", entry.path, quote(new)))
        .collect()
}

/// Memory and storage come in whole bytes; who writes `128m` means `128M`.
fn parts_of_bytes(container: &Field) -> Vec<String> {
    let resources = ["memory", "ephemeral-storage"].into_iter();
    let fields = resources.flat_map(|name| ["limits", "requests"].map(|kind| (kind, name)));
    let warning = |(kind, name): (&'static str, &'static str)| {
        let field = container.at(&["resources", kind]).entry(name);
        let amount = Quantity::read(field.text()).filter(|amount| !amount.is_whole())?;
        let amount = quote(&amount.to_string());
        Some(format!("{}: fractional byte value {amount} is invalid, must be an integer", field.path))
    };
    fields.filter_map(warning).collect()
}

fn same_text(list: &Field, key: &'static str) -> Vec<String> {
    let mut seen = BTreeSet::new();
    let mut warnings = Vec::new();
    for field in list.items().iter().map(|item| item.child(key)) {
        if !seen.insert(field.text()) {
            warnings.push(format!("{}: duplicate {key} {}", field.path, quote(field.text())));
        }
    }
    warnings
}

fn seccomp(template: &Field, spec: &Field) -> Option<String> {
    let annotation = template.at(&["metadata", "annotations"]).entry("seccomp.security.alpha.kubernetes.io/pod");
    let is_idle = annotation.is_set() && !spec.at(&["securityContext", "seccompProfile"]).is_set();
    is_idle.then(|| format!(r#"{}: non-functional in v1.27+; use the "seccompProfile" field instead"#, annotation.path))
}

/// A variable that hides an earlier one of its name without building on it.
fn environment(container: &Field) -> Vec<String> {
    let mut seen = BTreeSet::new();
    let mut warnings = Vec::new();
    for variable in container.child("env").items() {
        let (name, value) = (variable.child("name").text(), variable.child("value").text());
        let reference = format!("$({name})");
        let builds_on_it = value.contains(&reference) && value != reference;
        if !seen.insert(name) && (variable.child("valueFrom").is_set() || !builds_on_it) {
            let path = &variable.path;
            warnings.push(format!(
                "{path}: hides previous definition of {}, which may be dropped when using apply",
                quote(name)
            ));
        }
    }
    warnings
}

fn same_ports(containers: &[Field]) -> Vec<String> {
    let mut seen: BTreeMap<(i64, &str), Vec<Field>> = BTreeMap::new();
    let mut warnings = Vec::new();
    for port in containers.iter().flat_map(|container| container.child("ports").items()) {
        let others = seen.entry((port.child("containerPort").int(), port.child("protocol").text())).or_default();
        warnings.extend(others.iter().filter_map(|other| overlap(&port, other)));
        others.push(port);
    }
    warnings
}

/// How two ports of one number and protocol disagree about the host's.
fn overlap(port: &Field, other: &Field) -> Option<String> {
    let is_same_address = port.child("hostIP").text() == other.child("hostIP").text();
    let host = |port: &Field| port.child("hostPort").int();
    let has_address = |port: &Field| !port.child("hostIP").text().is_empty();
    let what = match host(port) == host(other) {
        true if is_same_address => "duplicate",
        _ if host(port) == 0 || host(other) == 0 => "overlapping",
        true if has_address(port) != has_address(other) => "dangerously ambiguous",
        _ => return None,
    };
    Some(format!("{}: {what} port definition with {}", port.path, other.path))
}

/// A name that ports of two containers have. Plain init containers do not count: nothing looks at their ports.
fn same_port_names(containers: &[Field]) -> Vec<String> {
    let is_plain_init = |container: &Field| {
        container.path.to_string().contains("initContainers") && container.child("restartPolicy").text() != "Always"
    };
    let mut first: BTreeMap<&str, FieldPath> = BTreeMap::new();
    let mut warnings = Vec::new();
    let running = containers.iter().filter(|container| !is_plain_init(container));
    for port in running.flat_map(|container| container.child("ports").items()) {
        match (port.child("name").text(), first.get(port.child("name").text())) {
            ("", _) => {}
            (name, None) => drop(first.insert(name, port.path)),
            (name, Some(other)) => warnings.push(format!(
                "{}: duplicate port name {} with {other}, services and probes that select ports by name will use {other}",
                port.path,
                quote(name)
            )),
        }
    }
    warnings
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::cluster::admission::testing::node;

    #[test]
    fn who_asks_for_a_part_of_a_byte_means_something_else() {
        let container = node(r#"{"resources":{"limits":{"cpu":"100m","memory":"128m"},"requests":{"memory":"1Gi"}}}"#);
        assert_eq!(
            parts_of_bytes(&Field::root(&container)),
            [r#"resources.limits[memory]: fractional byte value "128m" is invalid, must be an integer"#]
        );
    }

    #[test]
    fn a_node_label_has_a_newer_name() {
        let spec = node(r#"{"nodeSelector":{"beta.kubernetes.io/os":"linux"}}"#);
        assert_eq!(
            old_node_labels(&Field::root(&spec)),
            [r#"nodeSelector[beta.kubernetes.io/os]: deprecated since v1.14; use "kubernetes.io/os" instead"#]
        );
    }

    #[test]
    fn a_variable_may_build_on_an_earlier_one_of_its_name() {
        let container = |second: &str| {
            node(&format!(r#"{{"env":[{{"name":"A","value":"1"}},{{"name":"A","value":"{second}"}}]}}"#))
        };
        assert_eq!(environment(&Field::root(&container("$(A)2"))).len(), 0);
        assert_eq!(environment(&Field::root(&container("2"))).len(), 1);
    }
}
