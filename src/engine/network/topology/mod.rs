//! The cluster as devices use it: which pod, node or Service has an address, and the kernels of the nodes.

mod addresses;
mod services;

use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::net::IpAddr;

use smol_str::SmolStr;

use addresses::AddressOwners;
pub use services::serves;

use super::gateway_plane::GatewayPlane;
use super::target::Target;
use super::{ingress_controller, routed_calls};
use crate::cluster::Cluster;
use crate::cluster::config::ProxyMode;
use crate::cluster::object::{Node, Pod};
use crate::names::{Family, ObjectName};
use crate::netfilter::Kernel;
use crate::policy::Policies;
use crate::resolve::Resolved;
use crate::resolve::events::RulesLag;
use crate::ruleset::PrintedLine;
use crate::sort;

/// The addresses at which clients outside reach what serves a host; `None` for what does not serve it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entrances {
    /// The Ingress controller's.
    pub ingress: Option<IpAddr>,
    /// The Gateway's.
    pub gateway: Option<IpAddr>,
}

/// A resolved cluster with the kernels of its nodes. The rules of a kernel are made when they are first needed.
pub struct Network {
    /// The cluster, and the diagnostics of the text it came from.
    pub resolved: Resolved,
    kernels: BTreeMap<(SmolStr, Family), OnceCell<Kernel>>,
    policies: OnceCell<Policies>,
    gateways: OnceCell<GatewayPlane>,
    /// The Services that answer on an address, ports aside.
    services: OnceCell<BTreeMap<IpAddr, Vec<ObjectName>>>,
    owners: AddressOwners,
}

impl Network {
    /// The network of a resolved cluster.
    pub fn of(resolved: Resolved) -> Network {
        let cluster = &resolved.cluster;
        let families = [Family::V4, Family::V6];
        let both = cluster
            .nodes
            .keys()
            .flat_map(|node| families.map(|family| (node.clone(), family)));
        let kernels = sort::map(both.map(|key| (key, OnceCell::new())));
        Network {
            kernels,
            policies: OnceCell::new(),
            gateways: OnceCell::new(),
            services: OnceCell::new(),
            owners: AddressOwners::of(cluster),
            resolved,
        }
    }

    /// The cluster.
    pub fn cluster(&self) -> &Cluster {
        &self.resolved.cluster
    }

    /// The cluster as kube-proxy and Ingress controllers last read it: an older one after an event with a lag.
    pub fn programmed(&self) -> &Cluster {
        let lag = self.resolved.lag.as_ref();
        lag.map_or(self.cluster(), |lag| &lag.programmed)
    }

    /// The lag of the rules, if an event with one ended the pod and its process on a port has exited.
    pub fn lag_after_exit(&self, pod: &Pod, port: u16) -> Option<&RulesLag> {
        let lag = self.resolved.lag.as_deref();
        lag.filter(|lag| lag.has_exited(pod, port))
    }

    /// The kernel of a node in a family; `None` if there is no such node.
    pub fn kernel(&self, node: &str, family: Family) -> Option<&Kernel> {
        let kernel = self.kernels.get(&(node.into(), family))?;
        let cluster = self.programmed();
        let object = cluster.nodes.get(node)?;
        Some(kernel.get_or_init(|| Kernel::of_node(cluster, object, family)))
    }

    /// The number of IPv4 rules that kube-proxy has on a node.
    pub fn rule_count(&self, node: &str) -> usize {
        self.kernel(node, Family::V4)
            .map_or(0, |kernel| kernel.rules().count())
    }

    /// A node's rules as its own tool prints them, line by line.
    pub fn rules_lines(&self, node: &str, family: Family) -> Vec<PrintedLine> {
        self.kernel(node, family).map_or(Vec::new(), Kernel::lines)
    }

    /// The same as one text.
    pub fn rules_text(&self, node: &str, family: Family) -> String {
        PrintedLine::join(&self.rules_lines(node, family))
    }

    /// The commands that print them.
    pub fn rules_command(&self, node: &str, family: Family) -> &'static str {
        let is_beside = self
            .kernel(node, family)
            .is_some_and(|kernel| kernel.rules_beside().is_some());
        match (self.cluster().config.proxy.mode, family, is_beside) {
            (ProxyMode::Iptables, Family::V4, _) => "iptables-save",
            (ProxyMode::Iptables, Family::V6, _) => "ip6tables-save",
            (ProxyMode::Ipvs, Family::V4, _) => "ipvsadm -Ln; ipset list; iptables-save",
            (ProxyMode::Ipvs, Family::V6, _) => "ipvsadm -Ln; ipset list; ip6tables-save",
            (ProxyMode::Nftables, Family::V4, false) => "nft list table ip kube-proxy",
            (ProxyMode::Nftables, Family::V6, false) => "nft list table ip6 kube-proxy",
            (ProxyMode::Nftables, Family::V4, true) => {
                "nft list table ip kube-proxy; iptables-save -t nat"
            }
            (ProxyMode::Nftables, Family::V6, true) => {
                "nft list table ip6 kube-proxy; ip6tables-save -t nat"
            }
        }
    }

    /// The NetworkPolicies of the cluster.
    pub fn policies(&self) -> &Policies {
        self.policies.get_or_init(|| Policies::of(self.cluster()))
    }

    /// The addresses at which clients outside reach what serves a host.
    pub fn entrances(&self, host: &str) -> Entrances {
        Entrances {
            ingress: ingress_controller::address_of(self, host).and_then(Result::ok),
            gateway: self.gateway_plane().address_of_host(self, host),
        }
    }

    /// Whether clients outside reach what serves a host.
    pub fn has_entrance(&self, host: &str) -> bool {
        let Entrances { ingress, gateway } = self.entrances(host);
        ingress.or(gateway).is_some()
    }

    /// A request for each host and route that clients outside can reach through a Gateway or an Ingress controller.
    pub fn routed_calls(&self) -> Vec<Target> {
        routed_calls::of(self)
    }

    /// The Gateways of the cluster with their proxies.
    pub(crate) fn gateway_plane(&self) -> &GatewayPlane {
        self.gateways
            .get_or_init(|| GatewayPlane::of(self.cluster()))
    }

    /// Whether the kubelet of a node stopped reporting: its `Ready` condition is `Unknown`.
    pub fn is_down(&self, node: &str) -> bool {
        self.cluster().nodes.get(node).is_some_and(Node::is_down)
    }
}
