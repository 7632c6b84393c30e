//! `namespaceSelector` and `podSelector` in one item mean both, in two items either: one dash decides.

use super::pods::{PodsByNamespace, selector};
use super::{peer_lists, peers_of};
use crate::causes::cause::{Cause, Evidence};
use crate::causes::survey::Survey;
use crate::cluster::object::{NetworkPolicy, NetworkPolicyPeer};
use crate::diagnostic::{Fault, Fix, PolicyFault, Span};
use crate::labels::Selector;
use crate::manifest::tree::{FieldPath, Yaml};
use crate::resolve::Stored;

/// Items that select other pods than they seem to.
pub(super) fn check(
    _: &Survey,
    pods: &PodsByNamespace,
    stored: &Stored,
    policy: &NetworkPolicy,
) -> Vec<Cause> {
    let mut causes = Vec::new();
    for (path, peers) in peer_lists(policy) {
        let pairs = peers.windows(2).enumerate();
        causes.extend(
            pairs.filter_map(|(index, pair)| {
                meant_as_one(pods, stored, policy, (&path, index), pair)
            }),
        );
    }
    let apart = peers_of(policy);
    causes.extend(apart.filter_map(|(path, peer)| meant_apart(pods, stored, policy, &path, peer)));
    causes
}

/// An item with a `namespaceSelector` alone before one with a `podSelector` that matches no pod of the policy's own
/// namespace: all pods of those namespaces match.
fn meant_as_one(
    pods: &PodsByNamespace,
    stored: &Stored,
    policy: &NetworkPolicy,
    (path, index): (&str, usize),
    pair: &[NetworkPolicyPeer],
) -> Option<Cause> {
    let [first, second] = pair else {
        return None;
    };
    let namespaces = only_namespaces(first)?;
    let wanted = only_pods(second)?;
    let own = policy.metadata.namespace.as_str();
    let is_odd = !wanted.to_string().is_empty() && !namespaces.to_string().is_empty();
    if !is_odd || !pods.matching(own, &wanted).is_empty() {
        return None;
    }
    let fault = Fault::Policy(PolicyFault::PolicyPeersMeantAsOne {
        policy: policy.metadata.name.to_string(),
        namespaces: namespaces.to_string(),
        pods: wanted.to_string(),
        namespace: own.to_owned(),
    });
    let item = format!("{path}[{}]", index + 1);
    let evidence = [
        Evidence::of(stored, &item),
        Evidence::of(stored, &format!("{path}[{index}]")),
    ];
    let fix = joined(stored, path, index);
    Some(Cause::likely(fault, evidence.to_vec()).with_fix(fix))
}

/// An item with both selectors that matches no pod, although each matches some by itself.
fn meant_apart(
    pods: &PodsByNamespace,
    stored: &Stored,
    policy: &NetworkPolicy,
    path: &str,
    peer: &NetworkPolicyPeer,
) -> Option<Cause> {
    let namespaces = selector(peer.namespace_selector.as_ref()?);
    let wanted = selector(peer.pod_selector.as_ref()?);
    let own = policy.metadata.namespace.as_str();
    let has_pods = |namespace: &&str| !pods.of_namespace(namespace).is_empty();
    let is_odd = pods.peers(policy, peer).is_empty()
        && !pods.matching(own, &wanted).is_empty()
        && pods.namespaces(&namespaces).iter().any(has_pods);
    if !is_odd {
        return None;
    }
    let fault = Fault::Policy(PolicyFault::PolicyPeersMeantApart {
        policy: policy.metadata.name.to_string(),
        namespaces: namespaces.to_string(),
        pods: wanted.to_string(),
        namespace: own.to_owned(),
    });
    Some(Cause::likely(fault, vec![Evidence::of(stored, path)]))
}

fn only_namespaces(peer: &NetworkPolicyPeer) -> Option<Selector> {
    let is_alone = peer.pod_selector.is_none() && peer.ip_block.is_none();
    let namespaces = peer.namespace_selector.as_ref().filter(|_| is_alone)?;
    Some(selector(namespaces))
}

fn only_pods(peer: &NetworkPolicyPeer) -> Option<Selector> {
    let is_alone = peer.namespace_selector.is_none() && peer.ip_block.is_none();
    let pods = peer.pod_selector.as_ref().filter(|_| is_alone)?;
    Some(selector(pods))
}

/// The edit that makes one item of two: what separates them becomes a comma or the indentation of a field.
fn joined(stored: &Stored, path: &str, index: usize) -> Option<Fix> {
    let list = stored.tree.nearest(&FieldPath::from(path));
    let (first, second) = (list.items().get(index)?, list.items().get(index + 1)?);
    let (from, to) = (stored.span_of(first)?, stored.span_of(second)?);
    let (first_is_flow, second_is_flow) = (is_flow(first), is_flow(second));
    let mut span = Span {
        start: from.end,
        end: to.start,
    };
    match (first_is_flow, second_is_flow) {
        (false, false) => {
            let indent = " ".repeat((to.start.column as usize).saturating_sub(1));
            Some(Fix {
                span,
                text: format!("\n{indent}"),
            })
        }
        (true, true) => {
            span.start.offset -= 1;
            span.start.column -= 1;
            span.end.offset += 1;
            span.end.column += 1;
            Some(Fix {
                span,
                text: ", ".to_owned(),
            })
        }
        (true, false) | (false, true) => None,
    }
}

/// Whether a mapping is written with braces: they are before its first key.
fn is_flow(mapping: &Yaml) -> bool {
    let first = mapping.entries().first();
    first.is_some_and(|entry| entry.key_span.start.offset > mapping.span.start.offset)
}
