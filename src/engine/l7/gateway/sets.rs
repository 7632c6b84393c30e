//! ListenerSets: listeners that other namespaces add to a Gateway (Gateway API `apis/v1/listenerset_types.go`, GEP-1713).
//!
//! A Gateway takes those that its `allowedListeners` permits, which are none by default. Its own listeners come first, then
//! those of the ListenerSets by age and name; a listener that an earlier one leaves no room for is conflicted.

use super::listeners::{ListenerState, allows, conflict_with, listeners_of};
use super::references::{GROUP, Referrer, or_own};
use crate::cluster::Cluster;
use crate::cluster::object::{Gateway, ListenerSet};
use crate::names::{ObjectName, PrintedOrder};
use crate::sort;

/// A ListenerSet, as the controller of its Gateway reads it.
#[derive(Clone, Debug, PartialEq)]
pub struct SetState {
    /// The Gateway.
    pub gateway: ObjectName,
    /// Whether the Gateway permits it.
    pub is_allowed: bool,
}

/// The Gateway that a ListenerSet names.
pub(crate) fn parent_of(name: &ObjectName, set: &ListenerSet) -> Option<ObjectName> {
    let parent = &set.spec.parent_ref;
    let is_gateway = parent.group == GROUP && parent.kind == "Gateway";
    let namespace = or_own(&parent.namespace, &name.namespace);
    is_gateway.then(|| ObjectName::new(namespace, parent.name.as_str()))
}

/// The ListenerSets of a Gateway, by age and name.
pub(super) fn sets_of<'a>(
    cluster: &'a Cluster,
    gateway: &ObjectName,
) -> Vec<(&'a ObjectName, &'a ListenerSet)> {
    let sets = cluster.listener_sets.iter();
    let own = sets.filter(|(name, set)| parent_of(name, set).as_ref() == Some(gateway));
    let mut own: Vec<(&ObjectName, &ListenerSet)> =
        own.map(|(name, set)| (name, set.as_ref())).collect();
    sort::sort_by(&mut own, |one, other| age(one).cmp(&age(other)));
    own
}

/// ListenerSets by age, then by name; one without a time is the youngest.
fn age<'a>((name, set): &(&'a ObjectName, &'a ListenerSet)) -> (bool, &'a str, PrintedOrder<'a>) {
    let created = set.metadata.creation_timestamp.as_deref();
    (
        created.is_none(),
        created.unwrap_or_default(),
        PrintedOrder(name),
    )
}

/// Whether a Gateway permits a ListenerSet of a namespace.
pub(super) fn permits(cluster: &Cluster, gateway: &Gateway, namespace: &str) -> bool {
    let allowed = gateway.spec.allowed_listeners.as_ref();
    let allowed = allowed.and_then(|allowed| allowed.namespaces.as_ref());
    let own = &gateway.metadata.namespace;
    allowed.is_some_and(|allowed| allows(allowed, cluster, own, namespace))
}

/// Adds the listeners of a ListenerSet to those that come first.
pub(super) fn add(
    cluster: &Cluster,
    name: &ObjectName,
    set: &ListenerSet,
    listeners: &mut Vec<ListenerState>,
) {
    let referrer = Referrer {
        kind: "ListenerSet",
        namespace: &name.namespace,
    };
    let mut own = listeners_of(cluster, referrer, Some(name), &set.spec.listeners);
    for listener in &mut own {
        listener.conflict = listener
            .conflict
            .or_else(|| conflict_with(listener, listeners));
    }
    listeners.extend(own);
}
