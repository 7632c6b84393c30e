//! NetworkPolicies: why they stop a connection, and policies that do not do what they look like.

mod denied;
mod dns;
mod namespaces;
mod peers;
mod pods;
mod ports;
mod selection;
mod types;

use super::cause::{Cause, Evidence};
use super::survey::Survey;
use crate::cluster::object::{NetworkPolicy, NetworkPolicyPeer, NetworkPolicyRule};
use crate::diagnostic::{Fault, PolicyFault};
use crate::kinds::Kind;
use crate::names::PolicyType;
use crate::resolve::Stored;
use pods::PodsByNamespace;

pub(super) use denied::{of_trace, stops};

/// Every policy of the text that selects nothing, mixes peers up, names a port that no pod has, allows a Service's port
/// instead of the pods', has rules without effect, or does not allow DNS.
pub(super) fn check(survey: &Survey) -> Vec<Cause> {
    let pods = PodsByNamespace::of(&survey.resolved.cluster);
    let mut causes = Vec::new();
    for (stored, policy) in policies(survey) {
        causes.extend(selection::check(survey, &pods, stored, policy));
        causes.extend(peers::check(survey, &pods, stored, policy));
        causes.extend(namespaces::check(survey, &pods, stored, policy));
        causes.extend(ports::check(survey, &pods, stored, policy));
        causes.extend(types::check(stored, policy));
    }
    causes.extend(dns::check(survey, &pods));
    causes.extend(ignored(survey));
    causes
}

/// A cluster with policies whose network plugin does not enforce any, as flannel alone: they are stored and do nothing.
fn ignored(survey: &Survey) -> Option<Cause> {
    if survey.resolved.cluster.config.plugin.enforces() {
        return None;
    }
    let evidence: Vec<Evidence> = policies(survey)
        .map(|(stored, _)| Evidence::of(stored, "spec"))
        .collect();
    let policies = evidence.len();
    let cause = Cause::certain(
        Fault::Policy(PolicyFault::PolicyIgnored { policies }),
        evidence,
    );
    (policies > 0).then_some(cause)
}

/// The policies, as stored and as understood.
fn policies<'a>(survey: &Survey<'a>) -> impl Iterator<Item = (&'a Stored, &'a NetworkPolicy)> {
    let policies = &survey.resolved.cluster.network_policies;
    let stored = survey.resolved.of_kind(Kind::NetworkPolicy);
    stored.filter_map(|stored| Some((stored, policies.get(&stored.name)?.as_ref())))
}

/// The rules of a policy that have an effect, each with its path and direction.
fn rules(policy: &NetworkPolicy) -> impl Iterator<Item = (PolicyType, String, &NetworkPolicyRule)> {
    let directions = [PolicyType::Ingress, PolicyType::Egress];
    directions.into_iter().flat_map(move |direction| {
        let list = list_of(direction);
        let rules = policy.rules(direction).unwrap_or_default().iter();
        rules
            .enumerate()
            .map(move |(index, rule)| (direction, format!("spec.{list}[{index}]"), rule))
    })
}

/// The name of a direction's list of rules.
fn list_of(direction: PolicyType) -> &'static str {
    match direction {
        PolicyType::Ingress => "ingress",
        PolicyType::Egress => "egress",
    }
}

/// The lists of peers of a policy's rules, each with its path.
fn peer_lists(policy: &NetworkPolicy) -> impl Iterator<Item = (String, &[NetworkPolicyPeer])> {
    rules(policy).map(|(direction, path, rule)| {
        let list = match direction {
            PolicyType::Ingress => "from",
            PolicyType::Egress => "to",
        };
        (format!("{path}.{list}"), rule.peers.as_slice())
    })
}

/// The peers of a policy's rules, each with its path.
fn peers_of(policy: &NetworkPolicy) -> impl Iterator<Item = (String, &NetworkPolicyPeer)> {
    peer_lists(policy).flat_map(|(path, peers)| {
        let peers = peers.iter().enumerate();
        peers.map(move |(index, peer)| (format!("{path}[{index}]"), peer))
    })
}

#[cfg(test)]
mod tests {
    use crate::causes::tests::check_text;
    use crate::cluster::Config;
    use crate::cluster::config::NetworkPlugin;
    use crate::diagnostic::{Fault, PolicyFault, Problem};
    use crate::testing::dedent;

    const PODS: &str = "
apiVersion: v1
kind: Namespace
metadata: {name: mon, labels: {team: mon}}
---
apiVersion: v1
kind: Service
metadata: {name: db}
spec: {selector: {app: db}, ports: [{port: 80, targetPort: 8080}]}
---
apiVersion: v1
kind: Pod
metadata: {name: db, labels: {app: db}}
spec: {containers: [{name: c, image: db:1, ports: [{name: sql, containerPort: 8080}]}]}
---
apiVersion: v1
kind: Pod
metadata: {name: web, labels: {app: web}}
spec: {containers: [{name: c, image: web:1}]}
---
apiVersion: v1
kind: Pod
metadata: {name: scraper, namespace: mon, labels: {role: scraper}}
spec: {containers: [{name: c, image: web:1}]}
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: guard}
spec:
";

    /// What is found in a policy with this spec, and the spec after the fix.
    fn found(spec: &str) -> Vec<(Fault, Option<String>)> {
        let spec = dedent(spec);
        let lines: String = spec.lines().map(|line| format!("  {line}\n")).collect();
        let text = format!("{PODS}{lines}");
        let found = check_text(&text, &Config::default()).into_iter();
        found
            .map(|(diagnostic, fixed)| {
                let Problem::Cause(fault) = diagnostic.problem else {
                    panic!("not a cause: {diagnostic:?}");
                };
                let fixed = fixed.map(|text| dedent(&text[PODS.len()..]));
                (fault, fixed)
            })
            .collect()
    }

    const BOTH: &str = "
        podSelector: {matchLabels: {app: db}}
        ingress:
        - from:
          - namespaceSelector: {matchLabels: {team: mon}}
            podSelector: {matchLabels: {role: scraper}}
    ";

    #[test]
    fn two_items_that_look_like_one_are_joined() {
        let [(fault, fixed)] = &found(
            "
            podSelector: {matchLabels: {app: db}}
            ingress:
            - from:
              - namespaceSelector: {matchLabels: {team: mon}}
              - podSelector: {matchLabels: {role: scraper}}
            ",
        )[..] else {
            panic!("one cause");
        };
        assert!(
            matches!(
                fault,
                Fault::Policy(PolicyFault::PolicyPeersMeantAsOne { .. })
            ),
            "{fault:?}"
        );
        assert_eq!(fixed.as_deref().map(str::trim), Some(dedent(BOTH).trim()));
        assert_eq!(found(BOTH), []);
    }

    #[test]
    fn items_in_braces_are_joined_with_a_comma() {
        let [(_, fixed)] = &found(
            "
            podSelector: {matchLabels: {app: db}}
            ingress: [{from: [{namespaceSelector: {matchLabels: {team: mon}}}, {podSelector: {matchLabels: {role: scraper}}}]}]
            ",
        )[..] else {
            panic!("one cause");
        };
        let fixed = fixed.as_deref().expect("has a fix");
        assert!(fixed.contains("[{namespaceSelector: {matchLabels: {team: mon}}, podSelector: {matchLabels: {role: scraper}}}]"), "{fixed}");
    }

    #[test]
    fn an_item_that_matches_nobody_may_be_two() {
        let [(fault, None)] = &found(
            "
            podSelector: {matchLabels: {app: db}}
            ingress:
            - from:
              - namespaceSelector: {matchLabels: {team: mon}}
                podSelector: {matchLabels: {app: web}}
            ",
        )[..] else {
            panic!("one cause without a fix");
        };
        assert!(
            matches!(
                fault,
                Fault::Policy(PolicyFault::PolicyPeersMeantApart { .. })
            ),
            "{fault:?}"
        );
    }

    #[test]
    fn a_services_port_becomes_the_pods() {
        let [(fault, fixed)] = &found(
            "
            podSelector: {matchLabels: {app: db}}
            ingress:
            - ports: [{port: 80}]
            ",
        )[..] else {
            panic!("one cause");
        };
        assert!(
            matches!(
                fault,
                Fault::Policy(PolicyFault::PolicyAllowsServicePort { target: 8080, .. })
            ),
            "{fault:?}"
        );
        assert!(
            fixed
                .as_deref()
                .is_some_and(|text| text.contains("{port: 8080}")),
            "{fixed:?}"
        );
    }

    #[test]
    fn a_port_name_is_one_of_the_pods() {
        let policy = |name: &str| {
            format!(
                "podSelector: {{matchLabels: {{app: db}}}}\ningress:\n- ports: [{{port: {name}}}]\n"
            )
        };
        assert_eq!(found(&policy("sql")), []);
        let unknown = found(&policy("http"));
        assert!(
            matches!(
                unknown[0].0,
                Fault::Policy(PolicyFault::PolicyPortNameUnknown { .. })
            ),
            "{unknown:?}"
        );
    }

    #[test]
    fn a_rule_for_dns_is_added_in_the_form_of_the_list() {
        for spec in [
            "
            podSelector: {matchLabels: {app: web}}
            policyTypes: [Egress]
            egress:
            - to:
              - podSelector: {matchLabels: {app: db}}
            ",
            "
            podSelector: {matchLabels: {app: web}}
            policyTypes: [Egress]
            egress: [{to: [{podSelector: {matchLabels: {app: db}}}]}]
            ",
        ] {
            let [(fault, Some(fixed))] = &found(spec)[..] else {
                panic!("one cause with a fix");
            };
            assert!(
                matches!(fault, Fault::Policy(PolicyFault::PolicyForgetsDns { .. })),
                "{fault:?}"
            );
            assert_eq!(found(fixed), [], "{fixed}");
        }
    }

    #[test]
    fn a_selector_without_pods_is_named() {
        let [(fault, None)] = &found("podSelector: {matchLabels: {app: dbb}}\n")[..] else {
            panic!("one cause without a fix");
        };
        assert!(
            matches!(
                fault,
                Fault::Policy(PolicyFault::PolicySelectsNothing { .. })
            ),
            "{fault:?}"
        );
    }

    #[test]
    fn a_plugin_that_ignores_policies_is_named_once() {
        let (pods, _) = PODS
            .rsplit_once("---")
            .expect("the last document is a policy");
        let policy = "kind: NetworkPolicy\napiVersion: networking.k8s.io/v1\n";
        let deny = "spec: {podSelector: {}, policyTypes: [Ingress]}\n";
        let text = format!(
            "{pods}---\n{policy}metadata: {{name: a}}\n{deny}---\n{policy}metadata: {{name: b}}\n{deny}"
        );
        let ignored = |text: &str, plugin| {
            let config = Config {
                plugin,
                ..Config::default()
            };
            let found = check_text(text, &config);
            let problems = found.into_iter().map(|(found, _)| found.problem);
            problems
                .filter(|problem| {
                    matches!(
                        problem,
                        Problem::Cause(Fault::Policy(PolicyFault::PolicyIgnored { .. }))
                    )
                })
                .collect::<Vec<_>>()
        };
        assert_eq!(
            ignored(&text, NetworkPlugin::None),
            [Problem::Cause(Fault::Policy(PolicyFault::PolicyIgnored {
                policies: 2
            }))]
        );
        assert_eq!(ignored(pods, NetworkPlugin::None), []);
        assert_eq!(ignored(&text, NetworkPlugin::Api), []);
    }

    #[test]
    fn denying_everything_is_no_mistake() {
        assert_eq!(
            found("podSelector: {}\npolicyTypes: [Ingress, Egress]\n"),
            []
        );
    }
}
