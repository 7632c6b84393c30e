//! The policies of a cluster by the pods that they select.
//!
//! Most policies select pods by a label that must have one value. Those are found by the pod's own labels; the others are
//! tried for each pod of the namespace. So the policies of a pod cost a lookup for each of its labels, however many
//! policies there are.

use std::collections::BTreeMap;
use std::sync::Arc;

use smol_str::SmolStr;

use super::compiled::CompiledPolicy;
use super::decision::{Allowance, Decision, Undefined};
use super::matching::{Reading, Sidecars, Subject, allowing};
use super::nearest::nearest_misses;
use super::{Owner, Peer, Port};
use crate::cluster::Cluster;
use crate::cluster::config::NetworkPlugin;
use crate::cluster::object::{NetworkPolicy, Pod};
use crate::labels::{Labels, Operator};
use crate::names::{ObjectName, PolicyType};
use crate::sort;

/// The NetworkPolicies of a cluster.
pub struct Policies {
    policies: Vec<CompiledPolicy>,
    by_namespace: BTreeMap<SmolStr, OfNamespace>,
    namespaces: BTreeMap<SmolStr, Arc<Labels>>,
    plugin: NetworkPlugin,
}

/// The policies of one namespace, by index.
#[derive(Default)]
struct OfNamespace {
    /// By one label that the selected pods must have.
    by_label: BTreeMap<(SmolStr, SmolStr), Vec<usize>>,
    /// Those without such a label.
    others: Vec<usize>,
}

impl Policies {
    /// The policies of a cluster, read for its plugin.
    pub fn of(cluster: &Cluster) -> Policies {
        let mut by_namespace: BTreeMap<SmolStr, OfNamespace> = BTreeMap::new();
        let policies = cluster.network_policies.values();
        for (index, policy) in policies.clone().enumerate() {
            let namespace = policy.metadata.namespace.clone();
            by_namespace
                .entry(namespace)
                .or_default()
                .add(index, policy);
        }
        Policies {
            policies: policies.map(CompiledPolicy::of).collect(),
            by_namespace,
            namespaces: cluster.namespaces.clone(),
            plugin: cluster.config.plugin,
        }
    }

    /// Whether there is no policy at all.
    pub fn is_empty(&self) -> bool {
        self.policies.is_empty()
    }

    /// What the policies of a pod decide about a connection with a peer. `port` is the destination's: that of the pod for
    /// ingress, that of the peer for egress.
    pub fn decide(&self, direction: PolicyType, pod: &Pod, peer: &Peer, port: Port) -> Decision {
        let mut decision = Decision {
            direction,
            pod: pod.id(),
            allowance: Allowance::Allowed,
            selecting: Vec::new(),
            by: Vec::new(),
            nearest_misses: Vec::new(),
        };
        if pod.has_finished() {
            decision.allowance = Allowance::Undefined(Undefined::EndedPod);
            return decision;
        }
        let selecting = self.selecting(direction, pod);
        if selecting.is_empty() {
            return decision;
        }
        decision.selecting = selecting.iter().map(|policy| policy.id.clone()).collect();
        let subject = self.subject(direction, pod, &selecting);
        (decision.allowance, decision.by) = judge(&subject, peer, port);
        decision
    }

    /// The same, with the rules that almost allow a connection that is not allowed.
    pub fn explain(&self, direction: PolicyType, pod: &Pod, peer: &Peer, port: Port) -> Decision {
        let mut decision = self.decide(direction, pod, peer, port);
        if decision.is_isolated() && decision.allowance != Allowance::Allowed {
            let selecting = self.selecting(direction, pod);
            let subject = self.subject(direction, pod, &selecting);
            decision.nearest_misses = nearest_misses(&subject, peer, port);
        }
        decision
    }

    fn subject<'a>(
        &'a self,
        direction: PolicyType,
        pod: &'a Pod,
        policies: &'a [&'a CompiledPolicy],
    ) -> Subject<'a> {
        Subject {
            direction,
            pod,
            policies,
            namespaces: &self.namespaces,
            plugin: self.plugin,
        }
    }

    /// The policies that isolate a pod in a direction, by name.
    fn selecting(&self, direction: PolicyType, pod: &Pod) -> Vec<&CompiledPolicy> {
        let Some(own) = self.by_namespace.get(&pod.metadata.namespace) else {
            return Vec::new();
        };
        let labels = &pod.metadata.labels;
        let by_label = labels
            .iter()
            .filter_map(|(key, value)| own.by_label.get(&(key.clone(), value.clone())))
            .flatten();
        let mut indexes: Vec<usize> = by_label.chain(&own.others).copied().collect();
        sort::sort(&mut indexes);
        let policies = indexes.into_iter().map(|index| &self.policies[index]);
        policies
            .filter(|policy| policy.rules(direction).is_some() && policy.subjects.matches(labels))
            .collect()
    }

    /// Whether a policy isolates a pod in a direction.
    pub fn isolates(&self, direction: PolicyType, pod: &Pod) -> bool {
        !self.selecting(direction, pod).is_empty()
    }

    /// The policies that isolate a pod in a direction, by name.
    pub fn isolating(&self, direction: PolicyType, pod: &Pod) -> Vec<ObjectName> {
        let selecting = self.selecting(direction, pod).into_iter();
        selecting.map(|policy| policy.id.clone()).collect()
    }
}

impl OfNamespace {
    fn add(&mut self, index: usize, policy: &NetworkPolicy) {
        let selector = &policy.spec.pod_selector;
        let single = selector.match_expressions.iter().find_map(|expression| {
            let is_one = expression.operator == Operator::In.name() && expression.values.len() == 1;
            let value = expression.values.first().filter(|_| is_one)?;
            Some((SmolStr::from(&expression.key), SmolStr::from(value)))
        });
        let label = selector.match_labels.iter().next();
        let label = label.map(|(key, value)| (key.clone(), value.clone()));
        match label.or(single) {
            Some(label) => self.by_label.entry(label).or_default().push(index),
            None => self.others.push(index),
        }
    }
}

/// Whether the connection is allowed, and by which rules.
fn judge(subject: &Subject, peer: &Peer, port: Port) -> (Allowance, Vec<(ObjectName, usize)>) {
    if subject.pod.spec.host_network {
        return (Allowance::Undefined(Undefined::HostNetwork), Vec::new());
    }
    let (first, other) = readings(peer);
    let by = allowing(subject, &first, port, Sidecars::Count);
    let is_allowed = !by.is_empty();
    let without_sidecars = allowing(subject, &first, port, Sidecars::DoNotCount);
    if is_allowed == without_sidecars.is_empty() {
        return (Allowance::Undefined(Undefined::SidecarPort), by);
    }
    let exemption = exemption(subject, peer);
    if let (Owner::HostNetworkPod(_), Some(Undefined::ToOwnNode)) = (peer.owner, exemption) {
        return (Allowance::Undefined(Undefined::ToOwnNode), by);
    }
    if let (Some((other, case)), None) = (other, exemption) {
        let is_allowed_otherwise = !allowing(subject, &other, port, Sidecars::Count).is_empty();
        if is_allowed != is_allowed_otherwise {
            return (Allowance::Undefined(case), by);
        }
    }
    match exemption {
        _ if is_allowed => (Allowance::Allowed, by),
        Some(case) => (Allowance::Undefined(case), by),
        None => (Allowance::Denied, by),
    }
}

/// How a peer is seen, and how another plugin may see it.
fn readings<'a>(peer: &Peer<'a>) -> (Reading<'a>, Option<(Reading<'a>, Undefined)>) {
    let address = Reading {
        address: peer.address,
        pod: None,
        owner: peer.owner,
    };
    let as_pod = |pod| Reading {
        pod: Some(pod),
        ..address
    };
    match peer.owner {
        Owner::Pod(pod) => (as_pod(pod), None),
        Owner::HostNetworkPod(pod) => (address, Some((as_pod(pod), Undefined::HostNetworkPeer))),
        Owner::EndedPod(pod) => (address, Some((as_pod(pod), Undefined::EndedPod))),
        Owner::Node(_) | Owner::Outside => (address, None),
    }
}

/// Why a connection that no rule allows may pass all the same.
fn exemption(subject: &Subject, peer: &Peer) -> Option<Undefined> {
    let own_node = subject.pod.spec.node_name.as_str();
    let is_own_node = match peer.owner {
        Owner::Pod(pod) => {
            return (pod.id() == subject.pod.id()).then_some(Undefined::Itself);
        }
        Owner::Node(node) => node == own_node,
        Owner::HostNetworkPod(pod) => pod.spec.node_name == own_node,
        Owner::EndedPod(_) | Owner::Outside => false,
    };
    let case = match subject.direction {
        PolicyType::Ingress => Undefined::FromOwnNode,
        PolicyType::Egress => Undefined::ToOwnNode,
    };
    is_own_node.then_some(case)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::names::{ObjectName, Protocol};
    use crate::testing::cluster_of;

    const PODS: &str = "
apiVersion: v1
kind: Pod
metadata: {name: db, labels: {app: db}}
spec: {nodeName: n1, containers: [{name: c, ports: [{name: sql, containerPort: 5432}]}]}
status: {podIPs: [{ip: 10.244.1.2}]}
---
apiVersion: v1
kind: Pod
metadata: {name: web, labels: {app: web}}
spec: {nodeName: n2, containers: [{name: c}]}
status: {podIPs: [{ip: 10.244.2.2}]}
";

    /// What the policies of `db` decide about a connection from `web` to its port 5432.
    fn ingress_of_db(specs: &[&str]) -> Decision {
        let documents = specs.iter().enumerate().map(|(index, spec)| {
            let head = "apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy";
            format!("---\n{head}\nmetadata: {{name: p{index}}}\nspec: {spec}\n")
        });
        let text = PODS.to_owned() + &documents.collect::<String>();
        let cluster = cluster_of(&text);
        let pod = |name| {
            let pod = cluster.pod(&ObjectName::new("default", name));
            pod.expect("is in the fixture")
        };
        let peer = Peer {
            address: [10, 244, 2, 2].into(),
            owner: Owner::Pod(pod("web")),
        };
        let port = Port {
            protocol: Protocol::Tcp,
            number: 5432,
        };
        Policies::of(&cluster).explain(PolicyType::Ingress, pod("db"), &peer, port)
    }

    const DENY: &str = "{podSelector: {}, policyTypes: [Ingress]}";

    #[test]
    fn rules_of_all_policies_add_up() {
        let allow = "{podSelector: {matchLabels: {app: db}}, policyTypes: [Ingress], ingress: [{from: [{podSelector: {matchLabels: {app: web}}}], ports: [{port: sql}]}]}";
        let denied = ingress_of_db(&[DENY]);
        assert_eq!(denied.allowance, Allowance::Denied);
        let decision = ingress_of_db(&[DENY, allow]);
        assert_eq!(decision.allowance, Allowance::Allowed);
        assert_eq!(decision.selecting.len(), 2);
        assert_eq!(decision.by, [(ObjectName::new("default", "p1"), 0)]);
    }

    #[test]
    fn a_policy_that_lists_the_other_direction_does_not_isolate() {
        let egress = "{podSelector: {}, policyTypes: [Egress], ingress: []}";
        let decision = ingress_of_db(&[egress]);
        assert_eq!(
            (decision.allowance, decision.is_isolated()),
            (Allowance::Allowed, false)
        );
    }

    #[test]
    fn a_policy_is_found_by_a_label_or_by_an_expression_with_one_value() {
        for selector in [
            "{matchLabels: {app: db}}",
            "{matchExpressions: [{key: app, operator: In, values: [db]}]}",
            "{matchExpressions: [{key: app, operator: NotIn, values: [web]}]}",
        ] {
            let spec = format!("{{podSelector: {selector}, policyTypes: [Ingress]}}");
            assert!(ingress_of_db(&[&spec]).is_isolated(), "{selector}");
        }
        let other = "{podSelector: {matchLabels: {app: web}}, policyTypes: [Ingress]}";
        assert!(!ingress_of_db(&[other]).is_isolated());
    }

    #[test]
    fn the_nearest_rule_is_the_one_with_the_fewest_differences() {
        let spec = "{podSelector: {}, policyTypes: [Ingress], ingress: [{from: [{namespaceSelector: {matchLabels: {team: x}}, podSelector: {matchLabels: {app: x}}}]}, {from: [{podSelector: {matchLabels: {app: web}}}], ports: [{port: 80}]}]}";
        let decision = ingress_of_db(&[spec]);
        let nearest = &decision.nearest_misses[0];
        assert_eq!(nearest.rule, 1);
        let wrong: Vec<_> = nearest.mismatches().collect();
        assert_eq!(wrong.len(), 1);
        assert_eq!(
            (
                wrong[0].path.as_str(),
                wrong[0].wanted.as_str(),
                wrong[0].found.as_str()
            ),
            ("spec.ingress[1].ports[0].port", "80", "5432")
        );
    }
}
