//! What network plugins do where Kubernetes leaves it to them.
//!
//! Only behaviour that a plugin's documentation or source states is here; everything else is the API's text.

use super::decision::{Allowance, Decision, Ruling, Undefined};
use crate::cluster::config::NetworkPlugin;

/// Whether `ipBlock` matches the addresses of pods and nodes.
pub(super) fn blocks_match_cluster_addresses(plugin: NetworkPlugin) -> bool {
    match plugin {
        NetworkPlugin::Api
        | NetworkPlugin::Calico
        | NetworkPlugin::KubeRouter
        | NetworkPlugin::Antrea
        | NetworkPlugin::None => true,
        NetworkPlugin::Cilium => false,
    }
}

/// What the plugin does with a connection.
pub(super) fn rule(plugin: NetworkPlugin, decision: &Decision) -> Ruling {
    match decision.allowance {
        _ if !plugin.enforces() => Ruling::Pass,
        Allowance::Allowed => Ruling::Pass,
        Allowance::Denied => stop(plugin),
        Allowance::Undefined(case) => undefined(plugin, case, decision),
    }
}

fn stop(plugin: NetworkPlugin) -> Ruling {
    match plugin {
        NetworkPlugin::KubeRouter => Ruling::Reject,
        NetworkPlugin::Api
        | NetworkPlugin::Calico
        | NetworkPlugin::Cilium
        | NetworkPlugin::Antrea
        | NetworkPlugin::None => Ruling::Drop,
    }
}

/// The default is what the documentation says, and otherwise what most plugins do: they ignore pods on the host's
/// network as subjects, see them as their node, count the port names of sidecars, and let kube-proxy's REJECT come first.
fn undefined(plugin: NetworkPlugin, case: Undefined, decision: &Decision) -> Ruling {
    match (plugin, case) {
        (
            NetworkPlugin::Calico | NetworkPlugin::Cilium | NetworkPlugin::Antrea,
            Undefined::FromOwnNode | Undefined::HostNetwork,
        ) => Ruling::Pass,
        (NetworkPlugin::Calico, Undefined::ToOwnNode)
        | (NetworkPlugin::Calico | NetworkPlugin::KubeRouter, Undefined::MasqueradedOnOwnNode) => {
            stop(plugin)
        }
        (_, Undefined::HostNetworkPeer | Undefined::EndedPod) if decision.by.is_empty() => {
            Ruling::DropUnless(case)
        }
        (
            NetworkPlugin::Api
            | NetworkPlugin::Calico
            | NetworkPlugin::Cilium
            | NetworkPlugin::KubeRouter
            | NetworkPlugin::Antrea
            | NetworkPlugin::None,
            case,
        ) => Ruling::PassUnless(case),
    }
}
