//! One packet through the hooks of a node: prerouting, routing, then input, or forward and postrouting; for a process
//! of the node itself output, postrouting and, when the packet stays here, in again by the loopback.

use std::net::{IpAddr, SocketAddr};

use super::affinity::Affinity;
use super::choice::Choices;
use super::conntrack::Connection;
use super::ipvs::Scheduled;
use super::kernel::Kernel;
use super::packet::Packet;
use super::traversal::{End, Traversal};
use crate::rng::Rng;
use crate::ruleset::{Hash, Hook, RuleId};

/// A packet about to enter a node.
#[derive(Clone, Copy, Debug)]
pub struct PacketIn<'a> {
    /// The packet.
    pub packet: Packet,
    /// Where it comes in.
    pub arrival: Arrival<'a>,
    /// Its connection in connection tracking.
    pub tracking: Tracking<'a>,
    /// The node's affinity lists.
    pub affinity: &'a Affinity,
    /// The current time, in seconds on the clock of `affinity`.
    pub now: u64,
}

/// Where a packet comes in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Arrival<'a> {
    /// By an interface.
    Interface(&'a str),
    /// From a process of the node itself.
    Local,
}

/// A packet's connection in connection tracking.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tracking<'a> {
    /// Nothing: it opens a connection.
    New,
    /// It belongs to this connection.
    Known(&'a Connection),
    /// It belongs to nothing and opens nothing.
    Invalid,
}

/// What became of a packet.
#[derive(Clone, Debug, PartialEq)]
pub struct Walk {
    /// Every rule that matched, in order.
    pub matched: Vec<RuleId>,
    /// How many rules a kernel would have tried.
    pub examined: usize,
    /// What was decided.
    pub verdict: RulesVerdict,
    /// The source it got when it was masqueraded.
    pub masqueraded: Option<SocketAddr>,
    /// The packet as it leaves, or as it was when it was refused or dropped.
    pub after: Packet,
    /// Where it goes.
    pub way: Disposition,
    /// The entry in the connection table, if the packet was not stopped.
    pub connection: Option<Connection>,
    /// The change of the affinity lists, if the Service port has affinity.
    pub affinity: Option<AffinityUpdate>,
    /// The real server of IPVS whose turn it was.
    pub scheduled: Option<Scheduled>,
}

/// How a client sticks to an endpoint.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AffinityUpdate {
    /// The endpoint's list.
    pub list: Hash,
    /// The client, as it called.
    pub client: IpAddr,
    /// How many seconds it is remembered.
    pub seconds: u32,
    /// Whether it was sent there because it was remembered.
    pub kept: bool,
}

/// What rules decided of a packet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RulesVerdict {
    /// Sent on to another destination.
    Dnat(SocketAddr),
    /// Left alone.
    None,
    /// Refused with an ICMP error.
    Reject,
    /// Vanished.
    Drop,
}

/// Where a packet goes from a node.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Disposition {
    /// To a process of the node itself.
    Delivered,
    /// Out, to its destination.
    Out,
    /// Nowhere: it ended at this hook.
    Ended(Hook),
}

impl Walk {
    /// Writes the walk's changes to the affinity lists.
    pub fn remember(&self, affinity: &mut Affinity, now: u64) {
        if let Some(AffinityUpdate { list, client, .. }) = self.affinity {
            affinity.remember(list, client, now);
        }
        if let Some(scheduled) = self.scheduled {
            affinity.take_turn(scheduled);
        }
    }
}

/// Sends a packet through a node, with random choices where rules make them.
pub fn walk(kernel: &Kernel, entering: &PacketIn, chance: &Rng) -> Walk {
    travel(kernel, entering, Choices::Random(chance.clone())).0
}

/// The same with any choices, which are returned.
pub(super) fn travel<'a>(
    kernel: &Kernel,
    entering: &PacketIn<'a>,
    draws: Choices,
) -> (Walk, Choices) {
    let mut passing = Traversal::new(entering, draws);
    let way = match entering.arrival {
        Arrival::Interface(_) => received(kernel, &mut passing),
        Arrival::Local => sent(kernel, &mut passing),
    };
    passing.finish(entering, way)
}

fn received(kernel: &Kernel, passing: &mut Traversal) -> Result<Disposition, End> {
    // Routing refuses what comes in from outside with one of the node's own addresses ("martian source"), whatever rules
    // were evaluated before it.
    if kernel.is_local(passing.packet.source.ip()) {
        return Err(passing.martian());
    }
    passing.at(kernel, Hook::Prerouting)?;
    if kernel.is_local(passing.packet.destination.ip()) {
        passing.at(kernel, Hook::Input)?;
        if kernel.is_local(passing.packet.destination.ip()) {
            return Ok(Disposition::Delivered);
        }
        // A virtual server of IPVS sends it on.
        passing.at(kernel, Hook::Output)?;
        passing.at(kernel, Hook::Postrouting)?;
        return Ok(Disposition::Out);
    }
    passing.packet.ttl = passing.packet.ttl.saturating_sub(1);
    passing.at(kernel, Hook::Forward)?;
    passing.at(kernel, Hook::Postrouting)?;
    Ok(Disposition::Out)
}

fn sent(kernel: &Kernel, passing: &mut Traversal) -> Result<Disposition, End> {
    passing.at(kernel, Hook::Output)?;
    passing.at(kernel, Hook::Postrouting)?;
    if !kernel.is_local(passing.packet.destination.ip()) {
        return Ok(Disposition::Out);
    }
    // By the loopback it comes in as the same tracked packet: its translation is settled, nat is not evaluated again.
    passing.settle();
    passing.at(kernel, Hook::Prerouting)?;
    passing.at(kernel, Hook::Input)?;
    Ok(Disposition::Delivered)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cluster::Cluster;
    use crate::cluster::object::Node;
    use crate::names::{Family, ObjectName, Protocol};
    use crate::netfilter::{Segment, explain};
    use serde_json::json;

    /// Node `a` at 192.168.0.11 and a Service with an endpoint on each of two nodes, node port 30080.
    fn kernel() -> Kernel {
        let mut cluster = Cluster::default();
        let service = json!({
            "metadata": {"namespace": "default", "name": "web"},
            "spec": {"type": "NodePort", "clusterIP": "10.96.0.10", "ports": [{"port": 80, "nodePort": 30080}]},
        });
        let slice = json!({
            "metadata": {"namespace": "default", "name": "web-1", "labels": {"kubernetes.io/service-name": "web"}},
            "addressType": "IPv4", "ports": [{"port": 8080}],
            "endpoints": [{"addresses": ["10.244.1.3"], "nodeName": "a"}, {"addresses": ["10.244.2.3"], "nodeName": "b"}],
        });
        let name = |name| ObjectName::new("default", name);
        cluster.services.insert(
            name("web"),
            serde_json::from_value(service).expect("a service"),
        );
        cluster.slices.insert(
            name("web-1"),
            serde_json::from_value(slice).expect("a slice"),
        );
        let addresses = json!([{"type": "InternalIP", "address": "192.168.0.11"}]);
        let node = json!({"metadata": {"name": "a"}, "spec": {"podCIDR": "10.244.1.0/24"}, "status": {"addresses": addresses}});
        let node: Node = serde_json::from_value(node).expect("a node");
        Kernel::of_node(&cluster, &node, Family::V4)
    }

    fn entering<'a>(
        from: &str,
        to: &str,
        arrival: Arrival<'a>,
        affinity: &'a Affinity,
    ) -> PacketIn<'a> {
        let address = |text: &str| text.parse().expect("a literal address");
        let packet = Packet::first(Protocol::Tcp, address(from), address(to));
        PacketIn {
            packet,
            arrival,
            tracking: Tracking::New,
            affinity,
            now: 0,
        }
    }

    #[test]
    fn a_client_outside_is_masqueraded_and_its_reply_comes_from_the_node_port() {
        let (kernel, affinity) = (kernel(), Affinity::default());
        let entering = entering(
            "203.0.113.7:51034",
            "192.168.0.11:30080",
            Arrival::Interface("eth0"),
            &affinity,
        );
        let walk = walk(&kernel, &entering, &Rng::new(1, 1));
        assert!(matches!(walk.verdict, RulesVerdict::Dnat(_)) && walk.way == Disposition::Out);
        assert_eq!(
            Some(walk.after.source.ip()),
            kernel.masquerade_address(walk.after.destination.ip())
        );
        assert_eq!(walk.after.ttl, 63);
        let connection = walk.connection.expect("an entry");
        let answer = walk.after.answer(Segment::SynAck);
        let back = PacketIn {
            packet: answer,
            tracking: Tracking::Known(&connection),
            ..entering
        };
        let (reply, _) = travel(&kernel, &back, Choices::Random(Rng::new(1, 1)));
        assert_eq!(reply.after.source, entering.packet.destination);
        assert_eq!(reply.after.destination, entering.packet.source);
        let last = kernel.comment(*reply.matched.last().expect("a rule"));
        assert_eq!(
            last.as_deref(),
            Some("kubernetes forwarding conntrack rule")
        );
    }

    #[test]
    fn the_endpoint_that_is_drawn_is_one_of_those_explained() {
        let (kernel, affinity) = (kernel(), Affinity::default());
        let entering = entering(
            "10.244.1.2:40000",
            "10.96.0.10:80",
            Arrival::Interface("cni0"),
            &affinity,
        );
        let chance = Rng::new(3, 4);
        let (drawn, all) = (
            walk(&kernel, &entering, &chance),
            explain(&kernel, &entering, &chance),
        );
        assert_eq!(all.len(), 2);
        assert!(all.iter().any(|branch| branch.walk == drawn));
    }

    #[test]
    fn a_pod_that_reaches_itself_is_masqueraded() {
        let (kernel, affinity) = (kernel(), Affinity::default());
        let entering = entering(
            "10.244.1.3:40000",
            "10.96.0.10:80",
            Arrival::Interface("cni0"),
            &affinity,
        );
        let masqueraded: Vec<bool> = explain(&kernel, &entering, &Rng::new(0, 0))
            .iter()
            .map(|way| way.walk.masqueraded.is_some())
            .collect();
        assert_eq!(masqueraded, [true, false]);
    }

    #[test]
    fn a_pod_of_the_node_sees_the_bridge_and_all_others_the_nodes_own_address() {
        let (kernel, affinity) = (kernel(), Affinity::default());
        let entering = entering(
            "192.168.0.11:40000",
            "10.96.0.10:80",
            Arrival::Local,
            &affinity,
        );
        let seen: Vec<String> = explain(&kernel, &entering, &Rng::new(0, 0))
            .iter()
            .map(|way| {
                format!(
                    "{} sees {}",
                    way.walk.after.destination.ip(),
                    way.walk.after.source.ip()
                )
            })
            .collect();
        assert_eq!(
            seen,
            ["10.244.1.3 sees 10.244.1.1", "10.244.2.3 sees 192.168.0.11"]
        );
    }

    #[test]
    fn a_nodes_own_packet_that_comes_back_to_it_is_dropped_before_any_rule() {
        let (kernel, affinity) = (kernel(), Affinity::default());
        let entering = entering(
            "192.168.0.11:40000",
            "192.168.0.11:30080",
            Arrival::Interface("eth0"),
            &affinity,
        );
        let walk = walk(&kernel, &entering, &Rng::new(0, 0));
        assert_eq!(
            (walk.verdict, walk.way, walk.matched),
            (
                RulesVerdict::Drop,
                Disposition::Ended(Hook::Prerouting),
                vec![]
            )
        );
    }

    #[test]
    fn an_address_that_no_rule_matches_is_forwarded() {
        let (kernel, affinity) = (kernel(), Affinity::default());
        let entering = entering(
            "10.244.1.3:40000",
            "10.96.0.10:9999",
            Arrival::Interface("cni0"),
            &affinity,
        );
        let walk = walk(&kernel, &entering, &Rng::new(0, 0));
        assert_eq!(
            (walk.verdict, walk.way),
            (RulesVerdict::None, Disposition::Out)
        );
    }
}
