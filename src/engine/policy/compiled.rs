//! A NetworkPolicy with its selectors read.

use std::sync::Arc;

use crate::cluster::object::{
    IpBlock, NetworkPolicy, NetworkPolicyPeer, NetworkPolicyPort, NetworkPolicyRule,
};
use crate::labels::{LabelSelector, Selector};
use crate::names::{ObjectName, PolicyType};

/// A policy, ready to be matched.
pub(super) struct CompiledPolicy {
    pub id: ObjectName,
    pub subjects: Selector,
    ingress: Option<Vec<CompiledRule>>,
    egress: Option<Vec<CompiledRule>>,
}

/// A rule: one of its ports and one of its peers must match. An empty list matches everything.
pub(super) struct CompiledRule {
    pub ports: Vec<NetworkPolicyPort>,
    pub peers: Vec<CompiledPeer>,
}

/// An item of `from` or `to`.
pub(super) enum CompiledPeer {
    /// Pods by labels: `None` is a selector that was left out.
    Pods {
        namespaces: Option<Selector>,
        pods: Option<Selector>,
    },
    /// Addresses.
    Block(IpBlock),
}

impl CompiledPolicy {
    pub(super) fn of(policy: &Arc<NetworkPolicy>) -> CompiledPolicy {
        let rules = |direction| Some(policy.rules(direction)?.iter().map(compile_rule).collect());
        CompiledPolicy {
            id: policy.id(),
            subjects: selector(&policy.spec.pod_selector),
            ingress: rules(PolicyType::Ingress),
            egress: rules(PolicyType::Egress),
        }
    }

    /// The rules of a direction; `None` if the policy does not isolate pods in it.
    pub(super) fn rules(&self, direction: PolicyType) -> Option<&[CompiledRule]> {
        match direction {
            PolicyType::Ingress => self.ingress.as_deref(),
            PolicyType::Egress => self.egress.as_deref(),
        }
    }
}

fn compile_rule(rule: &NetworkPolicyRule) -> CompiledRule {
    CompiledRule {
        ports: rule.ports.clone(),
        peers: rule.peers.iter().map(compile_peer).collect(),
    }
}

fn compile_peer(peer: &NetworkPolicyPeer) -> CompiledPeer {
    match &peer.ip_block {
        Some(block) => CompiledPeer::Block(block.clone()),
        None => CompiledPeer::Pods {
            namespaces: peer.namespace_selector.as_ref().map(selector),
            pods: peer.pod_selector.as_ref().map(selector),
        },
    }
}

/// A selector that a live dump has and that no server would accept selects nothing.
fn selector(selector: &LabelSelector) -> Selector {
    selector.selector().unwrap_or(Selector::Nothing)
}
