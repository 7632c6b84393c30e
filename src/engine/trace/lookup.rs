//! The first thing a client does with a name: ask for its address.

use std::net::{IpAddr, SocketAddr};

use super::{Hop, Leg, Origin, Place, Reason};
use crate::engine::cluster::Cluster;
use crate::engine::cluster::object::Pod;
use crate::engine::discovery::dns::Dns;
use crate::engine::discovery::resolvconf::{Kubelet, ResolvConf};
use crate::engine::discovery::resolver::{NameServer, Resolution, resolve};
use crate::engine::names::Protocol;
use crate::engine::netfilter::Packet;

/// How a client found an address, or did not.
#[derive(Clone, Debug, PartialEq)]
pub struct Lookup {
    /// The client's resolv.conf.
    pub resolv_conf: ResolvConf,
    /// Every query and what came of it.
    pub resolution: Resolution,
    /// The address it will use: the first one.
    pub address: Option<IpAddr>,
}

/// What a resolver on a machine without cluster DNS is set up with; the cluster's names are none to it.
fn host_file(server: IpAddr) -> ResolvConf {
    ResolvConf { nameservers: vec![server.to_string()], ..ResolvConf::default() }
}

/// The resolver of a node or an outside machine, of a range kept for documentation (RFC 5737).
const HOST_RESOLVER: IpAddr = IpAddr::V4(std::net::Ipv4Addr::new(192, 0, 2, 53));

/// Looks a name up as the origin's resolver would.
pub fn look_up(cluster: &Cluster, pod: Option<&Pod>, name: &str) -> Lookup {
    let kubelet = Kubelet::of(cluster);
    let resolv_conf = pod.map_or_else(|| host_file(HOST_RESOLVER), |pod| kubelet.resolv_conf(pod));
    let server = NameServer::of(&resolv_conf, &kubelet);
    let resolution = resolve(&Dns::of(cluster), server, &resolv_conf, name);
    let address = resolution.addresses().next();
    Lookup { resolv_conf, resolution, address }
}

/// The hop of a lookup: at the client, the query it sends to its first name server.
pub fn hop(lookup: &Lookup, name: &str, place: Place, source: IpAddr, port: u16) -> Hop {
    let server = lookup.resolv_conf.nameservers.first().and_then(|text| text.parse().ok()).unwrap_or(HOST_RESOLVER);
    let query = Packet::first(Protocol::Udp, SocketAddr::new(source, port), SocketAddr::new(server, 53));
    let asked = lookup.resolution.lookups.len();
    let reason = match lookup.address {
        Some(address) => {
            let last = lookup.resolution.lookups.last().map_or(name, |last| last.name.as_str());
            Reason::Resolves { name: last.to_owned(), address, tried: asked.saturating_sub(1), server }
        }
        None => Reason::NoSuchName { name: name.to_owned(), tried: asked, server },
    };
    let mut hop = Hop::new(place, Leg::Lookup, query, query, reason);
    hop.at_client = true;
    hop
}

/// The pod an origin is, when it is one.
pub fn pod_of<'a>(cluster: &'a Cluster, origin: &Origin) -> Option<&'a Pod> {
    match origin {
        Origin::Pod(name) => cluster.pods.get(name),
        Origin::Node(_) | Origin::Outside(_) => None,
    }
}
