//! Rules for the ports of Services and containers (`validateServicePort`, `validateContainerPorts`).

use std::collections::BTreeSet;

use super::values::{PROTOCOLS, label, one_of, port_number, port_number_or_name, qualified_name};
use crate::apiserver::errors::{ApiError, duplicate, forbidden, invalid, invalid_text, required};
use crate::apiserver::field::Field;
use crate::apiserver::go_json::text_in_json;
use crate::manifest::tree::FieldPath;
use crate::syntax::{is_valid_port_name, quote};

/// Each port of a Service by itself, and its name among the others'.
pub(super) fn service_ports(spec: &Field) -> Vec<ApiError> {
    let ports = spec.child("ports").items();
    let mut names = BTreeSet::new();
    let needs_name = ports.len() > 1;
    ports
        .iter()
        .flat_map(|port| service_port(port, needs_name, &mut names))
        .collect()
}

fn service_port<'a>(
    port: &Field<'a>,
    needs_name: bool,
    names: &mut BTreeSet<&'a str>,
) -> Vec<ApiError> {
    let mut errors = Vec::new();
    let name = port.child("name");
    match name.text() {
        "" if needs_name => errors.push(required(&name.path, "")),
        "" => {}
        text => {
            errors.extend(label(&name));
            if !names.insert(text) {
                errors.push(duplicate(&name.path, quote(text)));
            }
        }
    }
    errors.extend(port_number(&port.child("port")));
    errors.extend(one_of(&port.child("protocol"), &PROTOCOLS));
    errors.extend(port_number_or_name(&port.child("targetPort")));
    errors.extend(app_protocol(port));
    errors
}

/// `appProtocol`, where it is written.
pub(super) fn app_protocol(port: &Field) -> Vec<ApiError> {
    let field = port.child("appProtocol");
    if field.is_set() {
        qualified_name(&field)
    } else {
        Vec::new()
    }
}

/// A Service reached only inside the cluster has no node ports.
pub(super) fn node_ports_allowed(spec: &Field) -> Vec<ApiError> {
    if spec.child("type").text() != "ClusterIP" {
        return Vec::new();
    }
    let fields = spec
        .child("ports")
        .items()
        .into_iter()
        .map(|port| port.child("nodePort"));
    let written = fields.filter(|field| field.int() != 0);
    written
        .map(|field| forbidden(&field.path, "may not be used when `type` is 'ClusterIP'"))
        .collect()
}

/// Errors for node ports and ports that occur twice with the same protocol.
pub(super) fn duplicates(spec: &Field) -> Vec<ApiError> {
    let ports = spec.child("ports").items();
    let mut node_ports = BTreeSet::new();
    let mut numbers = BTreeSet::new();
    let mut errors = Vec::new();
    for port in &ports {
        let node_port = port.child("nodePort");
        if node_port.int() != 0
            && !node_ports.insert((port.child("protocol").text(), node_port.int()))
        {
            errors.push(duplicate(&node_port.path, node_port.int().to_string()));
        }
    }
    for port in &ports {
        let (protocol, number) = (port.child("protocol").text(), port.child("port").int());
        if !numbers.insert((protocol, number)) {
            errors.push(duplicate(&port.path, port_in_go(protocol, number)));
        }
    }
    errors
}

/// A port of the server's own kind, which has no lower-case names, with nothing but a protocol and a number.
fn port_in_go(protocol: &str, number: i64) -> String {
    let protocol = text_in_json(protocol);
    format!(
        r#"{{"Name":"","Protocol":{protocol},"AppProtocol":null,"Port":{number},"TargetPort":0,"NodePort":0}}"#
    )
}

/// The ports of one container.
pub(super) fn container_ports(container: &Field) -> Vec<ApiError> {
    let mut names = BTreeSet::new();
    container
        .child("ports")
        .items()
        .iter()
        .flat_map(|port| container_port(port, &mut names))
        .collect()
}

fn container_port<'a>(port: &Field<'a>, names: &mut BTreeSet<&'a str>) -> Vec<ApiError> {
    let name = port.child("name");
    let mut errors = match name.text() {
        "" => Vec::new(),
        text => invalid_text(&name.path, text, is_valid_port_name(text)),
    };
    if errors.is_empty() && !name.text().is_empty() && !names.insert(name.text()) {
        errors.push(duplicate(&name.path, quote(name.text())));
    }
    let number = port.child("containerPort");
    match number.int() {
        0 => errors.push(required(&number.path, "")),
        _ => errors.extend(port_number(&number)),
    }
    let host_port = port.child("hostPort");
    if host_port.int() != 0 {
        errors.extend(port_number(&host_port));
    }
    errors.extend(one_of(&port.child("protocol"), &PROTOCOLS));
    errors
}

/// No two of these containers take one port of the host with one address and protocol. Errors count them within `list`.
pub(super) fn host_port_conflicts(list: &FieldPath, containers: &[Field]) -> Vec<ApiError> {
    let mut taken = BTreeSet::new();
    let mut errors = Vec::new();
    for (place, container) in containers.iter().enumerate() {
        for (port_place, port) in container.child("ports").items().iter().enumerate() {
            let host_port = port.child("hostPort").int();
            let key = format!(
                "{}/{}/{host_port}",
                port.child("protocol").text(),
                port.child("hostIP").text()
            );
            if host_port != 0 && !taken.insert(key.clone()) {
                let path = list
                    .index(place)
                    .key("ports")
                    .index(port_place)
                    .key("hostPort");
                errors.push(duplicate(&path, quote(&key)));
            }
        }
    }
    errors
}

/// On the host's network a container's port is the host's. In a template the host's may still be open.
pub(super) fn host_network(spec: &Field, owner: Owner) -> Vec<ApiError> {
    let is_wrong = |port: &Field| {
        let (host, container) = (
            port.child("hostPort").int(),
            port.child("containerPort").int(),
        );
        host != container && (host != 0 || owner == Owner::Pod)
    };
    let error = |port: Field| {
        let field = port.child("hostPort");
        invalid(
            &field.path,
            field.int().to_string(),
            "must match `containerPort` when `hostNetwork` is true",
        )
    };
    if !spec.child("hostNetwork").is_true() {
        return Vec::new();
    }
    let containers = spec.child("containers").items();
    let ports = containers
        .iter()
        .flat_map(|container| container.child("ports").items());
    ports.filter(is_wrong).map(error).collect()
}

/// Whose a pod spec is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Owner {
    /// A pod's own.
    Pod,
    /// A workload's, which pods will be made from.
    Template,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::apiserver::testing::node;

    fn found(errors: Vec<ApiError>) -> Vec<String> {
        errors.iter().map(ApiError::to_string).collect()
    }

    #[test]
    fn one_port_may_be_listed_twice_with_two_protocols() {
        let spec = node(
            r#"{"ports":[{"port":53,"protocol":"TCP"},{"port":53,"protocol":"UDP"},{"port":53,"protocol":"TCP"}]}"#,
        );
        let duplicate = r#"{"Name":"","Protocol":"TCP","AppProtocol":null,"Port":53,"TargetPort":0,"NodePort":0}"#;
        assert_eq!(
            found(duplicates(&Field::root(&spec))),
            [format!("ports[2]: Duplicate value: {duplicate}")]
        );
    }

    #[test]
    fn a_template_may_leave_the_hosts_port_open() {
        let spec = node(r#"{"hostNetwork":true,"containers":[{"ports":[{"containerPort":80}]}]}"#);
        assert_eq!(host_network(&Field::root(&spec), Owner::Template), []);
        assert_eq!(host_network(&Field::root(&spec), Owner::Pod).len(), 1);
    }
}
