//! Rules of a direction that `policyTypes` leaves out: they have no effect, and the Pods are not isolated in it
//! (`networking/v1` types.go, `PolicyTypes`).

use super::list_of;
use crate::causes::cause::{Cause, Evidence};
use crate::causes::edit::add_item;
use crate::cluster::object::NetworkPolicy;
use crate::diagnostic::{Fault, PolicyFault};
use crate::names::PolicyType;
use crate::resolve::Stored;

const FIELD: &str = "spec.policyTypes";

/// Rules of a policy for a direction that it is not about.
pub(super) fn check(stored: &Stored, policy: &NetworkPolicy) -> Option<Cause> {
    let directions = [
        (PolicyType::Ingress, &policy.spec.ingress),
        (PolicyType::Egress, &policy.spec.egress),
    ];
    let types = &policy.spec.policy_types;
    let mut directions = directions.into_iter();
    let (direction, _) =
        directions.find(|(direction, rules)| !rules.is_empty() && !types.contains(direction))?;
    let fault = Fault::Policy(PolicyFault::PolicyRulesWithoutType {
        policy: policy.metadata.name.to_string(),
        direction,
        list: list_of(direction).to_owned(),
        missing: format!("{direction:?}"),
    });
    let rules = format!("spec.{}", list_of(direction));
    let evidence = vec![Evidence::of(stored, FIELD), Evidence::of(stored, &rules)];
    let fix = add_item(stored, FIELD, &format!("{direction:?}"));
    Some(Cause::certain(fault, evidence).with_fix(fix))
}

#[cfg(test)]
mod tests {
    use crate::causes::tests::check_text;
    use crate::cluster::Config;
    use crate::diagnostic::{Fault, PolicyFault, Problem};

    const POD: &str = "apiVersion: v1\nkind: Pod\nmetadata: {name: web, labels: {app: web}}\n\
        spec: {containers: [{name: c, image: web}]}\n---\n\
        apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: guard}\nspec:\n  podSelector: {}\n";

    /// The text after the fix, if rules without effect are reported.
    fn fixed(spec: &str) -> Option<String> {
        let found = check_text(&format!("{POD}{spec}"), &Config::default()).into_iter();
        let mut void = found.filter_map(|(diagnostic, fixed)| match diagnostic.problem {
            Problem::Cause(Fault::Policy(PolicyFault::PolicyRulesWithoutType { .. })) => fixed,
            _ => None,
        });
        void.next()
    }

    #[test]
    fn rules_of_a_direction_need_its_type() {
        let flow = fixed("  policyTypes: [Egress]\n  ingress: [{}]\n  egress: [{}]\n");
        let flow = flow.expect("a fix");
        assert!(flow.contains("policyTypes: [Egress, Ingress]"), "{flow}");
        let quoted = fixed("  policyTypes: [\"Egress\"]\n  ingress: [{}]\n").expect("a fix");
        assert!(quoted.contains("[\"Egress\", \"Ingress\"]"), "{quoted}");
        let block = fixed("  policyTypes:\n  - Ingress\n  egress: [{}]\n").expect("a fix");
        assert!(
            block.contains("  - Ingress\n  - Egress\n  egress"),
            "{block}"
        );
        for text in [flow, block] {
            let spec = text.strip_prefix(POD).expect("the fix is in the spec");
            assert_eq!(fixed(spec), None);
        }
        for spec in [
            "  policyTypes: [Egress]\n  ingress: []\n",
            "  policyTypes: [Ingress]\n  ingress: [{}]\n",
            "  ingress: [{}]\n  egress: [{}]\n",
        ] {
            assert_eq!(fixed(spec), None, "{spec}");
        }
    }
}
