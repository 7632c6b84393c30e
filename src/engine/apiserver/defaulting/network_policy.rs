//! What the server fills in for a NetworkPolicy (`SetDefaults_NetworkPolicy`, `SetDefaults_NetworkPolicyPort`).

use super::{absent, each, ensure, has, list, map, text};
use crate::manifest::tree::Yaml;

/// Fills in the protocol of each port and, without `policyTypes`, the directions that the rules imply.
pub(crate) fn fill(policy: &mut Yaml) {
    let spec = ensure(policy, "spec");
    absent(spec, "podSelector", map([]));
    each(spec, "ingress", |it| rule(it, "from"));
    each(spec, "egress", |it| rule(it, "to"));
    let implied = if has(spec, "egress") {
        list([text("Ingress"), text("Egress")])
    } else {
        list([text("Ingress")])
    };
    absent(spec, "policyTypes", implied);
}

fn rule(rule: &mut Yaml, peers: &str) {
    never_null(rule);
    each(rule, peers, never_null);
    each(rule, "ports", |port| {
        never_null(port);
        absent(port, "protocol", text("TCP"));
    });
}

/// An item of a list of structs that is `null` is stored as an empty struct.
fn never_null(item: &mut Yaml) {
    if item.is_null() {
        item.value = map([]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::apiserver::testing::node;

    fn types(spec: &str) -> Vec<String> {
        let mut policy = node(&format!(r#"{{"spec":{spec}}}"#));
        fill(&mut policy);
        let spec = policy.get("spec").expect("was filled in");
        let types = spec.get("policyTypes").expect("was filled in");
        types
            .items()
            .iter()
            .filter_map(Yaml::as_str)
            .map(str::to_owned)
            .collect()
    }

    #[test]
    fn egress_is_implied_by_a_rule_only() {
        assert_eq!(types("{}"), ["Ingress"]);
        assert_eq!(types(r#"{"egress":[{}]}"#), ["Ingress", "Egress"]);
        assert_eq!(
            types(r#"{"policyTypes":["Egress"],"ingress":[{}]}"#),
            ["Egress"]
        );
    }

    #[test]
    fn a_port_without_a_protocol_is_tcp() {
        let mut policy = node(r#"{"spec":{"ingress":[{"ports":[null,{"protocol":"UDP"}]}]}}"#);
        fill(&mut policy);
        let expected = node(
            r#"{"spec":{"ingress":[{"ports":[{"protocol":"TCP"},{"protocol":"UDP"}]}],"podSelector":{},"policyTypes":["Ingress"]}}"#,
        );
        assert_eq!(policy, expected);
    }
}
