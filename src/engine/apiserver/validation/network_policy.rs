//! Rules for NetworkPolicies (`ValidateNetworkPolicySpec` in `pkg/apis/networking/validation`).

use super::selector;
use super::values::{PORT_PROTOCOLS, port_number};
use crate::apiserver::errors::{ApiError, forbidden, invalid, invalid_text, required, unsupported};
use crate::apiserver::field::Field;
use crate::apiserver::go_json::to_json;
use crate::manifest::tree::Yaml;
use crate::syntax::{is_valid_cidr_in_old_field, is_valid_port_name, quote, sloppy_cidr};

const POLICY_TYPES: [&str; 2] = ["Ingress", "Egress"];

/// The errors of a NetworkPolicy, `metadata` apart.
pub(crate) fn errors(policy: &Field) -> Vec<ApiError> {
    let spec = policy.child("spec");
    let mut errors = selector::errors(&spec.child("podSelector"));
    for (rules, peers) in [("ingress", "from"), ("egress", "to")] {
        for rule in spec.child(rules).items() {
            errors.extend(rule.child("ports").items().iter().flat_map(port));
            errors.extend(rule.child(peers).items().iter().flat_map(peer));
        }
    }
    errors.extend(policy_types(&spec.child("policyTypes")));
    errors
}

fn policy_types(types: &Field) -> Vec<ApiError> {
    if types.len() > POLICY_TYPES.len() {
        let detail = "may not specify more than two policyTypes";
        return vec![invalid(&types.path, to_json(types.node()), detail)];
    }
    let types = types.items();
    let unknown = types
        .iter()
        .filter(|item| !POLICY_TYPES.contains(&item.text()));
    unknown
        .map(|item| unsupported(&item.path, item.text(), &POLICY_TYPES))
        .collect()
}

fn port(port: &Field) -> Vec<ApiError> {
    let protocol = port.child("protocol");
    let mut errors = Vec::new();
    if !PORT_PROTOCOLS.contains(&protocol.text()) {
        errors.push(unsupported(
            &protocol.path,
            protocol.text(),
            &PORT_PROTOCOLS,
        ));
    }
    let (start, end) = (port.child("port"), port.child("endPort"));
    match start.node().map(Yaml::as_str) {
        Some(Some(name)) => {
            errors.extend(end_of(
                &end,
                "may not be specified when `port` is non-numeric",
            ));
            errors.extend(invalid_text(&start.path, name, is_valid_port_name(name)));
        }
        Some(None) => {
            errors.extend(port_number(&start));
            errors.extend(end_port(&start, &end));
        }
        None => errors.extend(end_of(
            &end,
            "may not be specified when `port` is not specified",
        )),
    }
    errors
}

/// The last port of a range. The error names the first port's value, as the server's does.
fn end_port(start: &Field, end: &Field) -> Vec<ApiError> {
    if !end.is_set() {
        return Vec::new();
    }
    let mut errors = Vec::new();
    if end.int() < start.int() {
        let detail = "must be greater than or equal to `port`";
        errors.push(invalid(&end.path, start.int().to_string(), detail));
    }
    errors.extend(port_number(end));
    errors
}

/// The error of an `endPort` that has no first port.
fn end_of(end: &Field, detail: &str) -> Option<ApiError> {
    end.is_set()
        .then(|| invalid(&end.path, end.int().to_string(), detail))
}

/// The server's words for an item with addresses and pods.
pub(crate) const BLOCK_AND_SELECTOR: &str = "may not specify both ipBlock and another peer";

fn peer(peer: &Field) -> Vec<ApiError> {
    let selectors = ["podSelector", "namespaceSelector"].map(|key| peer.child(key));
    let block = peer.child("ipBlock");
    let mut errors: Vec<ApiError> = selectors.iter().flat_map(selector::errors).collect();
    let has_selector = selectors.iter().any(Field::is_set);
    if block.is_set() {
        errors.extend(ip_block(&block));
    }
    match (block.is_set(), has_selector) {
        (false, false) => errors.push(required(&peer.path, "must specify a peer")),
        (true, true) => errors.push(forbidden(&peer.path, BLOCK_AND_SELECTOR)),
        (true, false) | (false, true) => {}
    }
    errors
}

fn ip_block(block: &Field) -> Vec<ApiError> {
    let cidr = block.child("cidr");
    if cidr.text().is_empty() {
        return vec![required(&cidr.path, "")];
    }
    let mut errors = range(&cidr);
    let Some(outer) = sloppy_cidr(cidr.text()) else {
        return errors;
    };
    for except in block.child("except").items() {
        errors.extend(range(&except));
        let Some(inner) = sloppy_cidr(except.text()) else {
            continue;
        };
        let is_inside = outer.contains(&inner.addr()) && outer.prefix_len() < inner.prefix_len();
        if !is_inside {
            let detail = "must be a strict subset of `cidr`";
            errors.push(invalid(&except.path, quote(except.text()), detail));
        }
    }
    errors
}

fn range(field: &Field) -> Vec<ApiError> {
    let text = field.text();
    invalid_text(&field.path, text, is_valid_cidr_in_old_field(text))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::apiserver::testing::node;

    fn found(spec: &str) -> Vec<String> {
        let policy = node(&format!(r#"{{"spec":{spec}}}"#));
        let errors = errors(&Field::root(&policy));
        errors.iter().map(ApiError::to_string).collect()
    }

    fn of_port(port: &str) -> Vec<String> {
        let errors = found(&format!(r#"{{"ingress":[{{"ports":[{port}]}}]}}"#));
        errors
            .into_iter()
            .map(|error| error.replace("spec.ingress[0].ports[0].", ""))
            .collect()
    }

    #[test]
    fn a_range_of_ports_needs_a_number_to_begin_with() {
        for (port, error) in [
            (
                r#"{"protocol":"TCP","endPort":90}"#,
                "endPort: Invalid value: 90: may not be specified when `port` is not specified",
            ),
            (
                r#"{"protocol":"TCP","port":"web","endPort":90}"#,
                "endPort: Invalid value: 90: may not be specified when `port` is non-numeric",
            ),
            (
                r#"{"protocol":"TCP","port":91,"endPort":90}"#,
                "endPort: Invalid value: 91: must be greater than or equal to `port`",
            ),
        ] {
            assert_eq!(of_port(port), [error]);
        }
        assert_eq!(
            of_port(r#"{"protocol":"UDP","port":90,"endPort":90}"#),
            [""; 0]
        );
    }

    #[test]
    fn there_are_at_most_two_types() {
        assert_eq!(
            found(r#"{"policyTypes":["Ingress","Egress","Ingress"]}"#),
            [
                r#"spec.policyTypes: Invalid value: ["Ingress","Egress","Ingress"]: may not specify more than two policyTypes"#
            ]
        );
    }

    #[test]
    fn an_exception_is_inside_its_block() {
        let spec = |except: &str| {
            let block = format!(r#"{{"cidr":"10.0.0.0/8","except":["{except}"]}}"#);
            found(&format!(
                r#"{{"egress":[{{"to":[{{"ipBlock":{block}}}]}}]}}"#
            ))
        };
        assert_eq!(spec("10.1.0.0/16"), [""; 0]);
        for outside in ["10.0.0.0/8", "11.0.0.0/16", "fd00::/16"] {
            assert_eq!(
                spec(outside),
                [format!(
                    "spec.egress[0].to[0].ipBlock.except[0]: Invalid value: \"{outside}\": must be a strict subset of `cidr`"
                )]
            );
        }
    }
}
