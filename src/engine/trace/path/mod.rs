//! The path of a packet: one loop over the devices of the network, which folds their steps into hops.
//!
//! ```text
//!  client ─▶ [pod egress] ─▶ node ─▶ … ─▶ node ─▶ [pod ingress] ─▶ process
//!    │                        │ ▲                                    │
//!    └─▶ outside ─▶ load balancer ─▶ node            L7 proxy ◀──────┘
//!  reply: back through every kernel that tracks the connection, then to its initiator: a proxy, or the client
//! ```
//!
//! A device decides what happens (`Fate`); the loop carries it out and keeps the state of devices: connection tracking,
//! affinity, the connections of proxies.

mod reply;

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use super::connect::{Attempt, ConnectionOptions};
use super::connections::NodeState;
use super::{
    Device, Direction, Failure, Hop, Network, Reason, Request, RequestError, Trace, Verdict,
};
use crate::cluster::object::Service;
use crate::names::Family;
use crate::netfilter::{Affinity, Packet, Segment};
use crate::network::step::{
    Chance, Entry, Fate, Flow, NewConnection, Position, Proxy, Step, TrackedNode, Visit,
};
use crate::network::{
    client, gateway_proxy, l7_proxy, load_balancer, node, outside, pod_interface, process,
    service_lb,
};

/// No path has this many steps: a packet that takes more goes in a circle.
const MOST_STEPS: usize = 128;

/// A packet under way, and its answer.
pub(in crate::trace) struct Path<'a> {
    network: &'a Network,
    request: &'a Request,
    options: ConnectionOptions,
    chance: Chance,
    state: &'a mut NodeState,
    /// The Service that the connection under way calls.
    service: Option<&'a Service>,
    /// The nodes that track the connection under way, in order.
    tracked: Vec<TrackedNode>,
    /// How many nodes tracked it when its reply began.
    crossed: usize,
    /// The proxies on the path, each with the connection that it accepted.
    proxies: Vec<AcceptedConnection>,
    /// The number of the connection under way, and of the last one that was opened.
    connection: usize,
    opened: usize,
    hops: Vec<Hop>,
}

/// A proxy, and the connection that waits for its answer.
struct AcceptedConnection {
    proxy: Proxy,
    connection: usize,
    tracked: Vec<TrackedNode>,
}

/// What became of a packet.
pub(in crate::trace) struct Arrived<'a> {
    pub hops: Vec<Hop>,
    pub verdict: Verdict,
    pub service: Option<&'a Service>,
}

impl Arrived<'_> {
    /// The trace of a request without a lookup.
    pub(in crate::trace) fn into_trace(self, request: &Request) -> Trace {
        Trace {
            request: request.clone(),
            service: self.service.map(Service::id),
            lookup: None,
            hops: self.hops,
            verdict: self.verdict,
        }
    }
}

impl<'a> Path<'a> {
    /// The path of a connection, with the draws that are left for it.
    pub(in crate::trace) fn new(
        attempt: &Attempt<'a>,
        chance: Chance,
        state: &'a mut NodeState,
    ) -> Path<'a> {
        Path {
            network: attempt.network,
            request: attempt.request,
            options: attempt.options,
            chance,
            state,
            service: None,
            tracked: Vec::new(),
            crossed: 0,
            proxies: Vec::new(),
            connection: 0,
            opened: 0,
            hops: Vec::new(),
        }
    }

    /// The same behind the hops of so many other connections: the questions for the name.
    pub(in crate::trace) fn after(self, connections: usize, hops: Vec<Hop>) -> Path<'a> {
        Path {
            connection: connections,
            opened: connections,
            hops,
            ..self
        }
    }

    /// Sends a packet of the client to an address, and follows it and what comes back.
    pub(in crate::trace) fn send(
        mut self,
        origin: Device,
        to: IpAddr,
        segment: Segment,
    ) -> Result<Arrived<'a>, RequestError> {
        let target = &self.request.to;
        let (network, from) = (self.network, &self.request.from);
        self.service = network.service_at(to, target.port, target.protocol());
        let packet = client::packet(&self.flow(), to, segment, self.options.number)?;
        let reason = client::opening(&self.flow(), &packet, segment);
        self.note(Direction::Request, Visit::new(origin, packet, reason));
        if let Some(hop) = self.hops.last_mut() {
            hop.at_client = true;
        }
        let first = client::first_position(network, from);
        let to = first.ok_or_else(|| RequestError::NoSuchOrigin {
            text: from.to_string(),
        })?;
        let verdict = self.follow(Fate::Forward { to, packet });
        Ok(Arrived {
            hops: self.hops,
            verdict,
            service: self.service,
        })
    }

    /// The client has no address of the family: nothing is sent.
    pub(in crate::trace) fn find_no_way(mut self, origin: Device, to: IpAddr) -> Arrived<'a> {
        let target = &self.request.to;
        let (from, family) = (self.request.from.short(), Family::of(to));
        let nobody = match family {
            Family::V4 => IpAddr::V4(Ipv4Addr::UNSPECIFIED),
            Family::V6 => IpAddr::V6(Ipv6Addr::UNSPECIFIED),
        };
        let packet = Packet::first(
            target.protocol(),
            SocketAddr::new(nobody, 0),
            SocketAddr::new(to, target.port),
        );
        let reason = Reason::NoRoute {
            from: from.clone().into(),
            to,
            family,
        };
        self.service = (self.network).service_at(to, target.port, target.protocol());
        self.note(Direction::Request, Visit::new(origin, packet, reason));
        if let Some(hop) = self.hops.last_mut() {
            hop.at_client = true;
        }
        let verdict = Verdict::Unreachable {
            from,
            to: to.to_string(),
            family,
        };
        Arrived {
            hops: self.hops,
            verdict,
            service: self.service,
        }
    }

    /// The loop: one step after another, until the client has an answer or gets none.
    fn follow(&mut self, mut fate: Fate<'a>) -> Verdict {
        for _ in 0..MOST_STEPS {
            fate = match fate {
                Fate::Forward { to, packet } => self.visit(to, packet),
                Fate::Terminate(connection) => self.enter(*connection),
                Fate::Reply(reply) => match self.tracked.pop() {
                    Some(tracked) => self.undo(&tracked, reply),
                    None => match self.proxies.pop() {
                        Some(accepted) => self.hand_on(accepted, reply),
                        None => return self.receive(reply),
                    },
                },
                Fate::Drop(why) => match self.timed_out_proxy() {
                    Some(accepted) => {
                        self.resume(accepted, |proxy| l7_proxy::answer_timed_out(proxy, why))
                    }
                    None => return Verdict::TimedOut { why },
                },
                Fate::Unknown(verdict) => return verdict,
            };
        }
        self.give_up()
    }

    /// The packet goes in a circle.
    fn give_up(&mut self) -> Verdict {
        if let Some(last) = self.hops.last() {
            let (direction, packet) = (last.direction, last.after);
            let to = packet.destination;
            let visit = Visit::where_it_was(packet, Reason::NoHost { to });
            self.note(direction, visit);
        }
        Verdict::TimedOut {
            why: Failure::NoHost,
        }
    }

    fn flow(&self) -> Flow<'a> {
        Flow {
            network: self.network,
            request: self.request,
            service: self.service,
            rule_lines: self.options.rule_lines,
        }
    }

    /// The step of a device.
    fn visit(&mut self, at: Position<'a>, packet: Packet) -> Fate<'a> {
        let flow = self.flow();
        let step = match at {
            Position::PodEgress(pod) => pod_interface::egress(pod, packet),
            Position::PodIngress(pod) => pod_interface::ingress(pod, packet),
            Position::PodProcess(pod) => {
                let peer = self.state.peer();
                process::in_pod(&flow, pod, packet, peer, self.chance.proxies())
            }
            Position::NodeUplink(node) => node::receive(&flow, node, packet),
            Position::NodeKernel(node, entry) => self.cross(&flow, node, entry, packet),
            Position::NodeProcess(node) => process::on_node(&flow, node, packet),
            Position::Outside => outside::route(&flow, packet),
            Position::LoadBalancer(service) => {
                load_balancer::balance(&flow, service, packet, &mut self.chance)
            }
            Position::L7Proxy(pod) if service_lb::is_forwarder(pod) => {
                service_lb::forward(&flow, pod, packet, &self.chance)
            }
            Position::L7Proxy(pod) => {
                let wanted = self.options.wanted_backend;
                l7_proxy::pass_on(&flow, pod, packet, &mut self.chance, wanted)
            }
            Position::GatewayProxy(pod) => {
                let wanted = self.options.wanted_backend;
                gateway_proxy::pass_on(&flow, pod, packet, &mut self.chance, wanted)
            }
        };
        self.note_step(step)
    }

    /// A node's kernel. What it keeps of the packet is stored here.
    fn cross(&mut self, flow: &Flow<'a>, name: &'a str, entry: Entry, packet: Packet) -> Step<'a> {
        let nothing = Affinity::default();
        let known = self.state.connection(name, &packet);
        let crossing = node::Crossing {
            node: name,
            entry,
            affinity: self.state.affinity(name).unwrap_or(&nothing),
            known: known.as_ref(),
            now: self.options.now,
            before: &self.tracked,
            wanted: self.options.wanted,
        };
        let (step, walk) = node::cross(flow, name, &crossing, packet, &self.chance);
        if let Some(walk) = walk {
            self.state.remember(name, &walk, self.options.now);
            if let Some(connection) = walk.connection {
                self.tracked.push(TrackedNode {
                    node: name.to_owned(),
                    connection,
                });
            }
        }
        step
    }

    /// A proxy opens a connection of its own; the accepted one waits.
    fn enter(&mut self, new: NewConnection<'a>) -> Fate<'a> {
        self.proxies.push(AcceptedConnection {
            proxy: new.proxy,
            connection: self.connection,
            tracked: std::mem::take(&mut self.tracked),
        });
        self.opened += 1;
        self.connection = self.opened;
        self.chance.enter_connection(new.chance);
        self.service = new.service.or(self.service);
        let packet = new.opening.after;
        self.note(Direction::Request, new.opening);
        Fate::Forward { to: new.to, packet }
    }

    /// Adds the hops of a step. A reply that a device sends starts here.
    fn note_step(&mut self, step: Step<'a>) -> Fate<'a> {
        for visit in step.visits {
            self.note(Direction::Request, visit);
        }
        match step.fate {
            Fate::Reply(reply) => self.start_reply(reply),
            fate => fate,
        }
    }

    /// Adds a hop of the connection under way.
    fn note(&mut self, direction: Direction, visit: Visit) {
        let last = self.hops.last();
        // What follows a question to policies at a pod's interface happens in the kernel again.
        let mut before = self.hops.iter().rev();
        let before = before.find(|hop| !matches!(hop.device, Device::PodInterface(_)));
        let is_unmoved = visit.device.is_none();
        let mut hop = Hop::of(visit, direction, self.connection);
        hop.service = self.service.map(Service::id);
        if let Some(before) = before
            && is_unmoved
        {
            hop.device = before.device.clone();
            hop.at_client = before.at_client;
        }
        // Within a direction of a connection a hop finds the packet that the hop before it left.
        debug_assert!(
            last.is_none_or(|last| {
                (last.direction, last.connection) != (hop.direction, hop.connection)
                    || last.after == hop.before
            }),
            "{last:?} then {hop:?}"
        );
        self.hops.push(hop);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cluster::Config;
    use crate::cluster::config::ProxyMode;
    use crate::manifest::Source;
    use crate::resolve::resolve;
    use crate::trace::trace;

    /// A load balancer of mode Proxy whose only endpoint is its own address.
    const CIRCLE: &str = "
apiVersion: v1
kind: Service
metadata: {name: web}
spec:
  type: LoadBalancer
  clusterIP: 10.96.0.50
  ports: [{port: 80, nodePort: 30080}]
status:
  loadBalancer: {ingress: [{ip: 198.51.100.10, ipMode: Proxy}]}
---
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata: {name: web-1, labels: {kubernetes.io/service-name: web}}
addressType: IPv4
ports: [{port: 80}]
endpoints: [{addresses: [198.51.100.10]}]
";

    #[test]
    fn a_packet_that_goes_in_a_circle_is_given_up() {
        for mode in [ProxyMode::Iptables, ProxyMode::Nftables] {
            let mut config = Config::default();
            config.proxy.mode = mode;
            let network = Network::of(resolve(&Source::read(CIRCLE), &config));
            let request = Request {
                from: "client".parse().expect("an origin"),
                to: "http://198.51.100.10".parse().expect("a target"),
            };
            let trace = trace(&network, &request, 0, 0).expect("it can be sent");
            assert!(trace.hops.len() > MOST_STEPS / 4, "{}", trace.hops.len());
            assert_eq!(
                trace.verdict,
                Verdict::TimedOut {
                    why: Failure::NoHost
                }
            );
            let last = trace.hops.last().map(|hop| &hop.reason);
            assert!(matches!(last, Some(Reason::NoHost { .. })), "{last:?}");
        }
    }
}
