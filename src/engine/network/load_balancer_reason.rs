//! Why a load balancer did what it did, a cloud's, MetalLB or k3s ServiceLB: the reasons of its hops.

use std::net::{IpAddr, SocketAddr};

use serde::Serialize;
use smol_str::SmolStr;

/// What a load balancer does, and why.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "testing", derive(schemars::JsonSchema))]
#[serde(tag = "id", rename_all = "kebab-case", rename_all_fields = "camelCase")]
pub enum LoadBalancerReason {
    /// A cloud load balancer hands the connection to a node.
    Balances {
        /// The Service.
        service: SmolStr,
        /// The node.
        node: String,
        /// How many nodes it could have chosen.
        nodes: usize,
        /// How many nodes are excluded by their label.
        excluded: usize,
    },
    /// A cloud load balancer has no node that is fit to take the connection.
    NoHealthyNode {
        /// The Service.
        service: SmolStr,
        /// How many nodes are excluded by their label.
        excluded: usize,
    },
    /// MetalLB elected this node to answer ARP or NDP for the address: the client's packet goes there.
    AnswersArp {
        /// The Service.
        service: SmolStr,
        /// The node.
        node: String,
        /// The address.
        address: IpAddr,
        /// How many nodes were candidates.
        candidates: usize,
    },
    /// A router has routes to the address by these nodes, which MetalLB announces by BGP, and chooses one.
    RoutesByBgp {
        /// The Service.
        service: SmolStr,
        /// The node.
        node: String,
        /// The address.
        address: IpAddr,
        /// How many nodes announce it.
        nodes: usize,
    },
    /// MetalLB gave the Service the address, and no node answers for it.
    NotAnnounced {
        /// The Service.
        service: SmolStr,
        /// The address.
        address: IpAddr,
    },
    /// A pod of k3s ServiceLB sends a connection on to the Service, from its own address.
    SvclbForwards {
        /// The pod.
        pod: String,
        /// The Service.
        service: SmolStr,
        /// Where to.
        to: SocketAddr,
    },
    /// A pod of k3s ServiceLB lets only some clients through.
    SvclbDrops {
        /// The pod.
        pod: String,
        /// The Service.
        service: SmolStr,
        /// The client.
        client: IpAddr,
    },
    /// A cloud load balancer is called on a port that its Service does not have.
    NoListener {
        /// The Service.
        service: SmolStr,
        /// The port.
        port: u16,
    },
    /// A cloud load balancer opens its own connections, and the Service has no node port that it could call.
    NoNodePort {
        /// The Service.
        service: SmolStr,
        /// The port that was called.
        port: u16,
    },
    /// A load balancer that does not pass packets on opens a connection of its own.
    Reopens {
        /// The Service.
        service: SmolStr,
        /// The node.
        node: String,
        /// The node's address and port.
        to: SocketAddr,
        /// Whether the status has only the load balancer's host name, so that nodes have no rule for its address.
        by_name: bool,
    },
}
