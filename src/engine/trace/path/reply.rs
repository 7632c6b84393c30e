//! The way back: through every kernel that tracks the connection, then to its initiator, a proxy or the client.

use super::{AcceptedConnection, Path};
use crate::network::asymmetric_return::{bypassed_node, node_of};
use crate::network::step::{
    Fate, Proxy, ProxyKind, Reply, ReplyOutcome, Step, TrackedNode, Visit, accepting_segment,
    refusing_segment,
};
use crate::network::{CLIENT, l7_proxy, node};
use crate::trace::{Device, Direction, Failure, Reason, Verdict};

impl<'a> Path<'a> {
    /// A node that tracks the connection undoes for a reply what it did to the request.
    pub(super) fn undo(&mut self, tracked: &TrackedNode, reply: Reply) -> Fate<'a> {
        let (packet, visit) = node::undo(tracked, reply.packet, self.crossed == 1);
        if let Some(visit) = visit {
            self.note(Direction::Reply, visit);
        }
        Fate::Reply(Reply { packet, ..reply })
    }

    /// A reply starts. It is lost if a node that rewrote the destination does not see it.
    pub(super) fn start_reply(&mut self, reply: Reply) -> Fate<'a> {
        self.crossed = self.tracked.len();
        let from = self.hops.last().map(|hop| &hop.device);
        let to = reply.packet.destination.ip();
        let bypassed = from.and_then(|from| bypassed_node(self.network, &self.tracked, from, to));
        let Some(node) = bypassed else {
            return Fate::Reply(reply);
        };
        let reason = Reason::AsymmetricReturn {
            from: reply.packet.source,
            node: node.to_owned(),
        };
        let device = match node_of(self.network, to) {
            Some(node) => Device::Node(node.to_owned()),
            None => Device::Outside(to),
        };
        self.tracked.clear();
        self.note(Direction::Reply, Visit::new(device, reply.packet, reason));
        Fate::Drop(Failure::AsymmetricReturn)
    }

    /// A proxy receives the reply of its own connection, and answers on the one that it accepted.
    pub(super) fn hand_on(&mut self, accepted: AcceptedConnection, reply: Reply) -> Fate<'a> {
        let device = accepted.proxy.device.clone();
        let by = accepted.proxy.name.clone();
        let visit = Visit::new(device, reply.packet, Reason::Relays { by });
        self.note(Direction::Reply, visit);
        self.resume(accepted, |proxy| {
            let packet = proxy.accepted;
            let segment = match (proxy.kind, &reply.outcome) {
                (ProxyKind::L7, ReplyOutcome::Refused(why)) => {
                    return l7_proxy::answer_refused(proxy, *why);
                }
                (ProxyKind::LoadBalancer, ReplyOutcome::Refused(_)) => refusing_segment(&packet),
                (_, ReplyOutcome::Answered(_)) => accepting_segment(&packet),
            };
            Step::silent(Fate::Reply(Reply {
                packet: packet.answer(segment),
                outcome: reply.outcome.clone(),
            }))
        })
    }

    /// Continues with a connection that a proxy accepted, by what the proxy answers on it.
    pub(super) fn resume(
        &mut self,
        accepted: AcceptedConnection,
        answer: impl FnOnce(Proxy) -> Step<'a>,
    ) -> Fate<'a> {
        self.connection = accepted.connection;
        self.tracked = accepted.tracked;
        let step = answer(accepted.proxy);
        self.note_step(step)
    }

    /// The last L7 proxy on the path, which answers if its own connection gets no answer; a load balancer does not.
    pub(super) fn timed_out_proxy(&mut self) -> Option<AcceptedConnection> {
        let last = self
            .proxies
            .iter()
            .rposition(|accepted| accepted.proxy.kind == ProxyKind::L7)?;
        self.proxies.drain(last..).next()
    }

    /// The reply reaches the client.
    pub(super) fn receive(&mut self, reply: Reply) -> Verdict {
        let packet = reply.packet;
        let to = self.request.from.short();
        let reason = match reply.outcome {
            ReplyOutcome::Answered(_) => Reason::Returns {
                to,
                from: packet.source,
            },
            ReplyOutcome::Refused(_) => Reason::Refused {
                to,
                protocol: packet.protocol,
            },
        };
        let client = self.hops.iter().find(|hop| hop.at_client);
        let device = client.map_or(Device::Outside(CLIENT), |hop| hop.device.clone());
        self.note(Direction::Reply, Visit::new(device, packet, reason));
        if let Some(hop) = self.hops.last_mut() {
            hop.at_client = true;
        }
        match reply.outcome {
            ReplyOutcome::Answered(verdict) => verdict,
            ReplyOutcome::Refused(why) => Verdict::Refused { why },
        }
    }
}
