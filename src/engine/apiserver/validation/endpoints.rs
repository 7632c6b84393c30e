//! Rules for Endpoints (`ValidateEndpointsCreate`).

use super::ports::app_protocol;
use super::values::{PROTOCOLS, address, label, one_of, ordinary_address, port_number, subdomain};
use crate::apiserver::errors::{ApiError, required};
use crate::apiserver::field::Field;

/// What is wrong with Endpoints beside their metadata.
pub(crate) fn errors(endpoints: &Field) -> Vec<ApiError> {
    endpoints
        .child("subsets")
        .items()
        .iter()
        .flat_map(subset)
        .collect()
}

fn subset(subset: &Field) -> Vec<ApiError> {
    let (ready, not_ready) = (subset.child("addresses"), subset.child("notReadyAddresses"));
    let ports = subset.child("ports").items();
    let mut errors = Vec::new();
    if ready.is_empty() && not_ready.is_empty() {
        errors.push(required(
            &subset.path,
            "must specify `addresses` or `notReadyAddresses`",
        ));
    }
    errors.extend(
        ready
            .items()
            .iter()
            .chain(&not_ready.items())
            .flat_map(endpoint),
    );
    errors.extend(ports.iter().flat_map(|one| port(one, ports.len() > 1)));
    errors
}

fn endpoint(endpoint: &Field) -> Vec<ApiError> {
    let (ip, hostname, node) = (
        endpoint.child("ip"),
        endpoint.child("hostname"),
        endpoint.child("nodeName"),
    );
    let mut errors = address(&ip);
    if !hostname.text().is_empty() {
        errors.extend(label(&hostname));
    }
    if node.is_set() {
        errors.extend(subdomain(&node));
    }
    errors.extend(ordinary_address(&ip));
    errors
}

fn port(port: &Field, needs_name: bool) -> Vec<ApiError> {
    let name = port.child("name");
    let mut errors = match name.text() {
        "" if needs_name => vec![required(&name.path, "")],
        "" => Vec::new(),
        _ => label(&name),
    };
    errors.extend(port_number(&port.child("port")));
    errors.extend(one_of(&port.child("protocol"), &PROTOCOLS));
    errors.extend(app_protocol(port));
    errors
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::apiserver::testing::node;

    #[test]
    fn several_ports_need_names() {
        let object = node(
            r#"{"subsets":[{"addresses":[{"ip":"10.0.0.1"}],"ports":[{"port":80,"protocol":"TCP"},{"port":81,"protocol":"TCP","name":"b"}]}]}"#,
        );
        let found: Vec<String> = errors(&Field::root(&object))
            .iter()
            .map(ApiError::to_string)
            .collect();
        assert_eq!(found, ["subsets[0].ports[0].name: Required value"]);
    }
}
