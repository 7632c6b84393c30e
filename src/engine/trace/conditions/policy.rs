//! Network policies of other kinds than Kubernetes' own, and what the network plugin decides.

use smol_str::SmolStr;

use super::addresses::CILIUM;
use super::objects::{Deciding, namespace_of, of_group, printed};
use super::{Condition, ends};
use crate::cluster::object::Pod;
use crate::manifest::tree::Yaml;
use crate::network::Network;
use crate::trace::{Direction, Reason, Trace, Unless};

/// Kinds of other groups that are network policies, by their group.
const POLICY_GROUPS: [&str; 5] = [
    CILIUM,
    "crd.projectcalico.org",
    "projectcalico.org",
    "policy.networking.k8s.io",
    "crd.antrea.io",
];

/// NetworkPolicies that another network plugin would apply to a packet of the request.
pub(super) fn network_plugin(trace: &Trace) -> Option<Condition> {
    let hops = trace.hops.iter();
    let mut requests = hops.filter(|hop| hop.direction == Direction::Request);
    requests.find_map(|hop| match &hop.reason {
        Reason::PolicyDepends { policies, .. } => {
            let names = policies.join(", ");
            Some(Condition {
                unless: Unless::NetworkPlugin,
                object: format!("NetworkPolicy {names}"),
            })
        }
        _ => None,
    })
}

/// A policy of a kind that is not simulated and selects the source or the destination.
pub(super) fn policy(network: &Network, trace: &Trace) -> Option<Condition> {
    let ends: Vec<&Pod> = ends(network, trace);
    let policies = POLICY_GROUPS
        .iter()
        .flat_map(|group| of_group(network, group));
    let mut policies = policies.filter(|object| object.kind.ends_with("Policy"));
    let object = policies.find(|object| ends.iter().any(|pod| selects(object, pod)))?;
    Some(Condition {
        unless: Unless::Policy,
        object: printed(&object),
    })
}

/// Whether a policy selects a pod. Labels are compared; of an expression it is assumed that it matches.
fn selects(policy: &Deciding, pod: &Pod) -> bool {
    let is_namespaced = matches!(policy.kind, "CiliumNetworkPolicy" | "NetworkPolicy");
    if is_namespaced && namespace_of(policy) != pod.metadata.namespace {
        return false;
    }
    let selector = policy.tree.at(&["spec", "endpointSelector", "matchLabels"]);
    let labels = selector.map_or(&[][..], Yaml::entries);
    labels.iter().all(|entry| {
        // Cilium writes the source of a label before its key.
        let key = entry
            .key
            .rsplit_once(':')
            .map_or(entry.key.as_str(), |(_, key)| key);
        let value = entry.value.as_str();
        key.starts_with("io.kubernetes.")
            || pod.metadata.labels.get(key).map(SmolStr::as_str) == value
    })
}
