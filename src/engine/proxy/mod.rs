//! kube-proxy: which endpoints a Service port has on a node, and the rules made from that choice.
//!
//! Every node runs one, which treats each IP family separately. [`service_ports`] reads the Services, [`endpoints`] decides
//! which endpoints a port may use on this node, [`iptables`], [`nftables`] and [`ipvs`] write the rules. The kernel
//! walks those rules; kube-proxy itself handles no packet, except for the [`health`] checks of load balancers.

pub mod endpoints;
pub mod health;
pub mod iptables;
pub mod ipvs;
mod local;
pub mod nftables;
mod node_addresses;
pub mod service_ports;

use crate::cluster::Cluster;
use crate::cluster::config::ProxyMode;
use crate::cluster::object::{Node, label};
use crate::labels::Labels;
use crate::names::Family;
use crate::ruleset::Rules;

/// The bit of a packet's mark that asks for masquerading (`masqueradeBit`, 14).
const MASQUERADE_MARK: u32 = 0x4000;

/// Whether kube-proxy watches a Service or an EndpointSlice with these labels: one selector keeps what is another
/// proxy's, and what is headless, from both (kubernetes `cmd/kube-proxy/app/server.go`).
fn is_watched(labels: &Labels) -> bool {
    ![label::SERVICE_PROXY_NAME, label::HEADLESS]
        .iter()
        .any(|key| labels.contains_key(*key))
}

/// Every rule a node's kube-proxy has for a family, in the mode it runs in.
pub fn rules(cluster: &Cluster, node: &Node, family: Family) -> Rules {
    match cluster.config.proxy.mode {
        ProxyMode::Iptables => Rules::Iptables(iptables::rules(cluster, node, family)),
        ProxyMode::Nftables => Rules::Nftables(nftables::rules(cluster, node, family)),
        ProxyMode::Ipvs => Rules::Ipvs(ipvs::rules(cluster, node, family)),
    }
}
