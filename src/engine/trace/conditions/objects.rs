//! The objects of the text that decide over connections and are not simulated, as they are written.

use crate::manifest::tree::Yaml;
use crate::names::{DEFAULT_NAMESPACE, ObjectName};
use crate::network::Network;

/// An object that can decide over a connection without being simulated.
pub(super) struct Deciding<'a> {
    pub(super) kind: &'a str,
    pub(super) name: &'a ObjectName,
    pub(super) tree: &'a Yaml,
}

impl Deciding<'_> {
    /// The items of a list of it.
    pub(super) fn list(&self, path: &[&str]) -> &[Yaml] {
        self.tree.at(path).map_or(&[], Yaml::items)
    }
}

/// The objects of an API group that decide without being simulated: of kinds that are only listed, and of kinds that are
/// stored and validated.
pub(super) fn of_group<'a>(
    network: &'a Network,
    group: &'a str,
) -> impl Iterator<Item = Deciding<'a>> {
    let listed = network.resolved.not_modelled.iter().filter(move |object| {
        let own = object.api_version.split_once('/');
        own.is_some_and(|(own, _)| own == group)
    });
    let listed = listed.map(|object| Deciding {
        kind: &object.kind,
        name: &object.name,
        tree: &object.tree,
    });
    let stored = network.resolved.of_group(group);
    listed.chain(stored.map(|object| Deciding {
        kind: object.kind.name(),
        name: &object.name,
        tree: &object.tree,
    }))
}

/// `HTTPRoute edge/shop`.
pub(super) fn printed(object: &Deciding) -> String {
    let (kind, name) = (object.kind, &object.name.name);
    if is_cluster_scoped(kind) {
        format!("{kind} {name}")
    } else {
        format!("{kind} {}/{name}", namespace_of(object))
    }
}

fn is_cluster_scoped(kind: &str) -> bool {
    kind.contains("Clusterwide")
        || kind.starts_with("Global")
        || kind.starts_with("Cluster")
        || kind.contains("AdminNetworkPolicy")
        || kind == "CiliumLoadBalancerIPPool"
}

pub(super) fn namespace_of<'a>(object: &Deciding<'a>) -> &'a str {
    match object.name.namespace.as_str() {
        "" => DEFAULT_NAMESPACE,
        namespace => namespace,
    }
}

pub(super) fn text<'a>(tree: &'a Yaml, path: &[&str]) -> Option<&'a str> {
    tree.at(path)?.as_str()
}
