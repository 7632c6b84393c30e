//! NetworkPolicies on the path of a packet.
//!
//! Plugins that work beside kube-proxy filter in the kernel of the node: after DNAT, which is in PREROUTING, and before
//! masquerading, which is at the end of POSTROUTING. So both halves see the backend's address and port. Egress is decided
//! on the client's node, ingress on the backend's node, with the source that other nodes left:
//!
//! ```text
//!  client pod ─▶ PREROUTING ─▶ FORWARD ─▶ POSTROUTING ─▶ … ─▶ PREROUTING ─▶ FORWARD ─▶ POSTROUTING ─▶ backend pod
//!                DNAT          egress     masquerade                        ingress
//! ```
//!
//! Policies are applied to the first packet of a connection only: replies pass, and so does what is sent on an open
//! connection. If the current policies do not allow it, the plugin decides whether they cut it. A packet from a pod to
//! its own address stays inside the pod, where no policy applies.
//! Sources: kubernetes-sigs/kube-network-policies `pkg/dataplane/controller.go` (hook POSTROUTING, before source NAT);
//! kubernetes/website `concepts/services-networking/network-policies`.

use super::node::Crossing;
use super::step::{Entry, Flow, Visit};
use super::{Device, Failure, Network, Origin, Reason};
use crate::cluster::object::Pod;
use crate::names::PolicyType;
use crate::netfilter::{Disposition, Packet, Walk};
use crate::policy::{Allowance, Decision, Owner, Peer, Port, Ruling, Undefined};

/// What the policies at a node did with a packet.
pub(crate) struct Passage {
    /// A hop for each isolated pod whose policies were applied.
    pub visits: Vec<Visit>,
    /// How the packet is stopped; `None` if it passes.
    pub stop: Option<PolicyStop>,
}

/// How a plugin stops a packet.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum PolicyStop {
    /// Without an error.
    Drop(Failure),
    /// With an ICMP error from the node.
    Reject(Failure),
}

/// Applies the policies of a node's pods to a new connection that its kernel routes: those of the client, then those of
/// the backend.
pub(crate) fn pass(flow: &Flow, crossing: &Crossing, packet: &Packet, walk: &Walk) -> Passage {
    let mut passage = Passage {
        visits: Vec::new(),
        stop: None,
    };
    if !has_policies(flow) {
        return passage;
    }
    let seen = Packet {
        destination: walk.after.destination,
        ..*packet
    };
    let gate = Gate {
        flow,
        crossing,
        seen,
        walk,
    };
    // The backend's policies are not applied to a packet that the client's policies stopped.
    let decisions = [gate.egress(), gate.ingress()].into_iter().flatten();
    let decisions: Vec<Decision> = match crossing.known {
        None => decisions.collect(),
        Some(_) => decisions.filter_map(on_open_connection).collect(),
    };
    for decision in decisions {
        let ruling = decision.ruling(flow.network.cluster().config.plugin);
        let visit = visit(flow.network, &decision, ruling, &seen, &walk.after);
        passage.visits.extend(visit);
        passage.stop = stop(&decision, ruling);
        if passage.stop.is_some() {
            break;
        }
    }
    passage
}

/// What policies decide about a packet of an open connection; `None` if they let it pass like the first one.
fn on_open_connection(mut decision: Decision) -> Option<Decision> {
    let is_denied = decision.allowance == Allowance::Denied;
    decision.allowance = Allowance::Undefined(Undefined::OpenConnection);
    is_denied.then_some(decision)
}

/// Whether the client's policies leave it open if kube-proxy's REJECT reaches it: both rules are in FORWARD, and their
/// order is the plugin's.
pub(crate) fn before_reject(
    flow: &Flow,
    crossing: &Crossing,
    packet: &Packet,
    walk: &Walk,
) -> Option<Visit> {
    if crossing.known.is_some() || !has_policies(flow) {
        return None;
    }
    let gate = Gate {
        flow,
        crossing,
        seen: *packet,
        walk,
    };
    let mut decision = gate.egress()?;
    if decision.allowance == Allowance::Allowed {
        return None;
    }
    decision.allowance = Allowance::Undefined(Undefined::NoEndpoints);
    let ruling = decision.ruling(flow.network.cluster().config.plugin);
    visit(flow.network, &decision, ruling, packet, packet)
}

/// Whether there are policies, and a plugin that enforces them.
fn has_policies(flow: &Flow) -> bool {
    let network = flow.network;
    network.cluster().config.plugin.enforces() && !network.policies().is_empty()
}

/// A node's kernel with a packet between its rewrites.
struct Gate<'g, 'a> {
    flow: &'g Flow<'a>,
    crossing: &'g Crossing<'g>,
    seen: Packet,
    walk: &'g Walk,
}

impl<'a> Gate<'_, 'a> {
    /// The client's half, if the client is a pod of this node.
    fn egress(&self) -> Option<Decision> {
        let source = self.seen.source.ip();
        let client = match self.crossing.entry {
            Entry::PodInterface => self.flow.network.pod_at(source)?,
            Entry::LocalProcess => self.host_network_client()?,
            Entry::Uplink => return None,
        };
        let destination = self.seen.destination;
        let peer = Peer {
            address: destination.ip(),
            owner: self.flow.network.owner(destination, self.seen.protocol),
        };
        let decision = self.decide(PolicyType::Egress, client, &peer);
        decision.is_isolated().then_some(self.hairpin(decision))
    }

    /// The backend's half, if the backend is a pod of this node.
    fn ingress(&self) -> Option<Decision> {
        let backend = self.backend()?;
        let source = self.seen.source;
        let owner = match (self.host_network_client(), self.crossing.entry) {
            (Some(pod), _) => Owner::HostNetworkPod(pod),
            // Also from 127.0.0.1.
            (None, Entry::LocalProcess) => Owner::Node(self.crossing.node),
            (None, Entry::PodInterface | Entry::Uplink) => {
                self.flow.network.owner(source, self.seen.protocol)
            }
        };
        let peer = Peer {
            address: source.ip(),
            owner,
        };
        let mut decision = self.hairpin(self.decide(PolicyType::Ingress, backend, &peer));
        let is_masqueraded_here = self.walk.masqueraded.is_some();
        if is_masqueraded_here && decision.allowance == Allowance::Denied {
            decision.allowance = Allowance::Undefined(Undefined::MasqueradedOnOwnNode);
        }
        decision.is_isolated().then_some(decision)
    }

    fn decide(&self, direction: PolicyType, pod: &Pod, peer: &Peer) -> Decision {
        let port = Port {
            protocol: self.seen.protocol,
            number: self.seen.destination.port(),
        };
        self.flow
            .network
            .policies()
            .decide(direction, pod, peer, port)
    }

    /// The pod of this node that gets the packet.
    fn backend(&self) -> Option<&'a Pod> {
        let destination = self.seen.destination;
        match self.walk.way {
            Disposition::Out => {
                let pod = self.flow.network.pod_at(destination.ip())?;
                (pod.spec.node_name == self.crossing.node).then_some(pod)
            }
            Disposition::Delivered => {
                match self.flow.network.owner(destination, self.seen.protocol) {
                    Owner::HostNetworkPod(pod) => Some(pod),
                    Owner::Pod(_) | Owner::EndedPod(_) | Owner::Node(_) | Owner::Outside => None,
                }
            }
            Disposition::Ended(_) => None,
        }
    }

    /// The client, if it is a pod on its node's network whose address the packet still has.
    fn host_network_client(&self) -> Option<&'a Pod> {
        let Origin::Pod(name) = &self.flow.request.from else {
            return None;
        };
        let pod = self.flow.network.cluster().pod(name)?;
        let has_address = pod.addresses().any(|own| own == self.seen.source.ip());
        (pod.spec.host_network && has_address).then_some(pod)
    }

    /// A pod that reaches itself here does so through a Service: the packet left the pod.
    fn hairpin(&self, mut decision: Decision) -> Decision {
        if decision.allowance == Allowance::Undefined(Undefined::Itself) {
            decision.allowance = Allowance::Undefined(Undefined::Hairpin);
        }
        decision
    }
}

/// The hop of a decision. The addresses that policies see are arguments of the reason: the packet of the hop may be
/// masqueraded already. `None` if no policy isolates the pod.
fn visit(
    network: &Network,
    decision: &Decision,
    ruling: Ruling,
    seen: &Packet,
    after: &Packet,
) -> Option<Visit> {
    if !decision.is_isolated() {
        return None;
    }
    let pod = decision.pod.name.to_string();
    let direction = decision.direction;
    let (from, to) = (seen.source, seen.destination);
    let names = decision.selecting.iter().map(|policy| policy.name.clone());
    let policies = names.collect();
    let reason = match ruling {
        Ruling::Pass => {
            let (policy, rule) = decision.by.first()?;
            let policy = policy.name.to_string();
            let rule = *rule;
            Reason::PolicyAllows {
                pod,
                direction,
                policy,
                rule,
                from,
                to,
            }
        }
        Ruling::PassUnless(case) | Ruling::DropUnless(case) => Reason::PolicyDepends {
            pod,
            direction,
            policies,
            case,
            passes: matches!(ruling, Ruling::PassUnless(_)),
            from,
            to,
        },
        Ruling::Drop | Ruling::Reject => Reason::PolicyDrops {
            pod,
            direction,
            policies,
            rejects: ruling == Ruling::Reject,
            from,
            to,
        },
    };
    let pod = network.cluster().pod(&decision.pod)?;
    // A pod on the network of its node has no interface of its own.
    Some(if pod.spec.host_network {
        Visit::where_it_was(*after, reason)
    } else {
        Visit::new(Device::PodInterface(pod.id()), *after, reason)
    })
}

/// How a packet is stopped that a plugin does not let pass.
fn stop(decision: &Decision, ruling: Ruling) -> Option<PolicyStop> {
    let why = match decision.direction {
        PolicyType::Ingress => Failure::PolicyIngress,
        PolicyType::Egress => Failure::PolicyEgress,
    };
    match ruling {
        Ruling::Pass | Ruling::PassUnless(_) => None,
        Ruling::Drop | Ruling::DropUnless(_) => Some(PolicyStop::Drop(why)),
        Ruling::Reject => Some(PolicyStop::Reject(why)),
    }
}
