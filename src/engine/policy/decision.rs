//! The answer of the policies of one pod for one direction.

use serde::Serialize;

use super::nearest::Miss;
use super::plugin;
use crate::cluster::config::NetworkPlugin;
use crate::names::{ObjectName, PolicyType};

/// What the policies of a pod decide about one connection in one direction.
#[derive(Clone, Debug, PartialEq)]
pub struct Decision {
    /// The direction, seen from the pod.
    pub direction: PolicyType,
    /// The pod.
    pub pod: ObjectName,
    /// Whether the connection is allowed, as far as Kubernetes defines it.
    pub allowance: Allowance,
    /// The policies that isolate the pod in this direction, by name. Empty: it is not isolated.
    pub selecting: Vec<ObjectName>,
    /// All rules that allow the connection: a policy and the index of its rule.
    pub by: Vec<(ObjectName, usize)>,
    /// The rules that almost allow it, nearest first; only `Policies::explain` looks for them, if it is not allowed.
    pub nearest_misses: Vec<Miss>,
}

/// Whether Kubernetes allows a connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Allowance {
    /// It is allowed.
    Allowed,
    /// No rule allows it.
    Denied,
    /// Kubernetes leaves it to the network plugin.
    Undefined(Undefined),
}

/// A case that Kubernetes leaves to the network plugin.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[cfg_attr(feature = "testing", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Undefined {
    /// From the pod's own node: the API says it is allowed, which probes need; plugins differ for pods on the host's
    /// network.
    FromOwnNode,
    /// To the pod's own node: the documentation says it is always allowed; plugins differ.
    ToOwnNode,
    /// A pod to its own address: the packet does not leave the pod.
    Itself,
    /// A pod to itself through a Service: the packet leaves the pod and comes back masqueraded.
    Hairpin,
    /// The pod is on the network of its node.
    HostNetwork,
    /// The other end is a pod on the network of its node: seen as its node or as the pod.
    HostNetworkPeer,
    /// The address is that of a pod that has ended.
    EndedPod,
    /// Only a sidecar has the port name.
    SidecarPort,
    /// The packet is masqueraded on the pod's own node: a policy is applied to the client's address or to the node's.
    MasqueradedOnOwnNode,
    /// The connection was open before the policies that do not allow it: whether they cut it is the plugin's to decide.
    OpenConnection,
    /// kube-proxy rejects the packet, and a policy may drop it: the order of their rules is open.
    NoEndpoints,
}

impl Undefined {
    /// Whether the documentation or the API's comments say that the connection is allowed.
    pub fn is_documented_as_allowed(self) -> bool {
        match self {
            Undefined::FromOwnNode
            | Undefined::ToOwnNode
            | Undefined::Itself
            | Undefined::Hairpin
            | Undefined::MasqueradedOnOwnNode => true,
            Undefined::HostNetwork
            | Undefined::HostNetworkPeer
            | Undefined::EndedPod
            | Undefined::SidecarPort
            | Undefined::OpenConnection
            | Undefined::NoEndpoints => false,
        }
    }
}

/// What the plugin of the cluster does with a connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ruling {
    /// It passes.
    Pass,
    /// It passes, and another plugin could drop it.
    PassUnless(Undefined),
    /// The packet is dropped, and another plugin could let it pass.
    DropUnless(Undefined),
    /// The packet is dropped: the client waits.
    Drop,
    /// The packet is rejected: the client gets "connection refused".
    Reject,
}

impl Decision {
    /// Whether a policy isolates the pod in this direction.
    pub fn is_isolated(&self) -> bool {
        !self.selecting.is_empty()
    }

    /// What a plugin does.
    pub fn ruling(&self, plugin: NetworkPlugin) -> Ruling {
        plugin::rule(plugin, self)
    }
}
