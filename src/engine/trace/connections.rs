//! Many connections of one story: what nodes remember from one to the next.
//!
//! A node forgets nothing between connections: with `sessionAffinity: ClientIP` it sends a client where it sent it
//! before, until the time is up, and packets of an open connection go where its first one went, whatever became of the
//! Service since. So a keep-alive connection stays on its endpoint, also on one that is going away. Only UDP flows are
//! forgotten ([`is_stale`]).

use std::collections::BTreeMap;
use std::net::IpAddr;

use super::conntrack_cleanup::is_stale;
use super::forward::{ConnectionSeed, Tracer, TrackedNode};
use super::{Network, Request, RequestError, Trace, Verdict};
use crate::engine::cluster::object::Pod;
use crate::engine::names::{ObjectName, Protocol};
use crate::engine::netfilter::{Affinity, ConnDirection, Connection, Packet, Segment, Walk};

/// Connections one after another, with what nodes remember of them.
#[derive(Clone, Debug, Default)]
pub struct Connections {
    seed: u64,
    affinity: BTreeMap<String, Affinity>,
    opened: u64,
    open: BTreeMap<u64, OpenConnection>,
}

/// A connection that was answered and not closed.
#[derive(Clone, Debug)]
struct OpenConnection {
    request: Request,
    address: IpAddr,
    partner: Option<ObjectName>,
    passed: Vec<TrackedNode>,
}

impl Connections {
    /// Nothing was said yet; `seed` decides where rules ask for chance.
    pub fn new(seed: u64) -> Connections {
        Connections {
            seed,
            ..Connections::default()
        }
    }

    /// The number of the next connection, from 0.
    pub fn next(&self) -> u64 {
        self.opened
    }

    /// Whether connection `number` was answered, so that more can be sent on it.
    pub fn is_open(&self, number: u64) -> bool {
        self.open.contains_key(&number)
    }

    /// Opens a connection at that second of the nodes' clocks.
    pub fn connect(
        &mut self,
        world: &Network,
        request: &Request,
        now: u64,
    ) -> Result<Trace, RequestError> {
        let number = self.opened;
        let mut memory = NodeState {
            affinity: std::mem::take(&mut self.affinity),
            ..NodeState::default()
        };
        let turn = ConnectionSeed {
            seed: self.seed,
            number,
            now,
            wish: None,
        };
        let trace = Tracer::new(world, request, turn, &mut memory).travel();
        let NodeState {
            affinity, passed, ..
        } = memory;
        self.affinity = affinity;
        let trace = trace?;
        self.opened += 1;
        if let Verdict::Answered { .. } = trace.verdict
            && let Some(address) = trace.called()
        {
            let partner = trace.answered_by().cloned();
            self.open.insert(
                number,
                OpenConnection {
                    request: request.clone(),
                    address,
                    partner,
                    passed,
                },
            );
        }
        Ok(trace)
    }

    /// Sends more on connection `number`, in a world that may have changed since; none when it is not open.
    pub fn again(
        &mut self,
        world: &Network,
        number: u64,
        now: u64,
    ) -> Option<Result<Trace, RequestError>> {
        let OpenConnection {
            request,
            address,
            partner,
            passed,
        } = self.open.get(&number)?.clone();
        let mut memory = NodeState {
            affinity: std::mem::take(&mut self.affinity),
            tracked: passed,
            partner,
            passed: vec![],
        };
        if request.to.protocol() == Protocol::Udp {
            memory
                .tracked
                .retain(|passed| !is_stale(world, &passed.connection));
        }
        let turn = ConnectionSeed {
            seed: self.seed,
            number,
            now,
            wish: None,
        };
        let mut trip = Tracer::new(world, &request, turn, &mut memory);
        let place = trip.begins();
        let sent = place.and_then(|place| trip.call(&place, address, Segment::Data));
        let trace = trip.trace;
        let NodeState {
            affinity, passed, ..
        } = memory;
        self.affinity = affinity;
        if let Some(open) = self.open.get_mut(&number).filter(|_| !passed.is_empty()) {
            open.passed = passed;
        }
        Some(sent.map(|()| trace))
    }
}

/// What the nodes of a trip remember.
#[derive(Debug, Default)]
pub(super) struct NodeState {
    affinity: BTreeMap<String, Affinity>,
    /// The connections that are open.
    tracked: Vec<TrackedNode>,
    /// Who is at the other end of them.
    partner: Option<ObjectName>,
    /// What was tracked on this trip.
    passed: Vec<TrackedNode>,
}

impl NodeState {
    pub fn affinity(&self, node: &str) -> Affinity {
        self.affinity.get(node).cloned().unwrap_or_default()
    }

    /// The open connection that a packet belongs to.
    pub fn connection(&self, node: &str, packet: &Packet) -> Option<Connection> {
        let of_it = |passed: &&TrackedNode| {
            passed.node == node
                && passed.connection.direction(packet) == Some(ConnDirection::Original)
        };
        self.tracked
            .iter()
            .find(of_it)
            .map(|passed| passed.connection)
    }

    pub fn remember(&mut self, node: &str, walk: &Walk, now: u64) {
        if walk.affinity.is_some() {
            walk.remember(self.affinity.entry(node.to_owned()).or_default(), now);
        }
        self.passed
            .extend(walk.connection.map(|connection| TrackedNode {
                node: node.to_owned(),
                connection,
            }));
    }

    /// Whether a packet of an open connection came to a pod that knows nothing of it. Datagrams belong to nothing.
    pub fn expects_another(&self, pod: &Pod, protocol: Protocol) -> bool {
        protocol != Protocol::Udp
            && self
                .partner
                .as_ref()
                .is_some_and(|partner| *partner != pod.id())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::cluster::Config;
    use crate::engine::manifest::Source;
    use crate::engine::resolve::events::{Event, apply};
    use crate::engine::resolve::resolve;
    use crate::engine::trace::{Failure, Reason};

    /// A Service with two pods of a StatefulSet, on its port 80 for TCP and UDP, and a client.
    fn world(affinity: &str) -> Network {
        let text = format!(
            "apiVersion: v1\nkind: Service\nmetadata: {{name: web}}\nspec:\n  clusterIP: 10.96.0.50\n  selector: {{app: web}}\n  {affinity}\n  ports: [{{name: a, port: 80}}, {{name: b, port: 80, protocol: UDP}}]\n---\napiVersion: apps/v1\nkind: StatefulSet\nmetadata: {{name: web}}\nspec:\n  serviceName: web\n  replicas: 2\n  selector: {{matchLabels: {{app: web}}}}\n  template:\n    metadata: {{labels: {{app: web}}}}\n    spec: {{containers: [{{name: c, image: nginx}}]}}\n---\napiVersion: v1\nkind: Pod\nmetadata: {{name: client}}\nspec: {{containers: [{{name: c, image: curl}}]}}\n"
        );
        Network::of(resolve(&Source::read(&text), &Config::default()))
    }

    fn request(to: &str) -> Request {
        Request {
            from: "pod/client".parse().expect("an origin"),
            to: to.parse().expect("a target"),
        }
    }

    fn partner(trace: &Trace) -> String {
        trace
            .answered_by()
            .map(|pod| pod.name.clone())
            .unwrap_or_default()
            .to_string()
    }

    fn next_world(world: &Network, events: &[Event]) -> Network {
        let next = events
            .iter()
            .fold(world.resolved.clone(), |resolved, event| {
                apply(&resolved, event)
            });
        Network::of(next)
    }

    fn again(conversation: &mut Connections, world: &Network) -> Trace {
        conversation
            .again(world, 0, 5)
            .expect("it is open")
            .expect("it can be sent")
    }

    #[test]
    fn without_affinity_connections_spread_and_with_it_they_stay_until_the_time_is_up() {
        let partners = |world: &Network, second: fn(u64) -> u64| {
            let mut conversation = Connections::new(1);
            let connect =
                |number| conversation.connect(world, &request("http://10.96.0.50"), second(number));
            let traces: Vec<Trace> = (0..20)
                .map(connect)
                .map(|trace| trace.expect("it can be sent"))
                .collect();
            traces
                .iter()
                .map(partner)
                .collect::<std::collections::BTreeSet<_>>()
                .len()
        };
        let sticky = world(
            "sessionAffinity: ClientIP\n  sessionAffinityConfig: {clientIP: {timeoutSeconds: 60}}",
        );
        assert_eq!(partners(&world(""), |number| number), 2);
        assert_eq!(partners(&sticky, |number| 60 * number), 1);
        assert_eq!(partners(&sticky, |number| 61 * number), 2);
    }

    #[test]
    fn a_connection_stays_on_its_endpoint_even_when_that_is_going_away() {
        let before = world("");
        let mut conversation = Connections::new(0);
        let first = conversation
            .connect(&before, &request("http://10.96.0.50"), 0)
            .expect("it can be sent");
        let pod = first.answered_by().expect("a pod answered").clone();
        let leaving = next_world(&before, &[Event::PodDeleted(pod.clone())]);
        let more = again(&mut conversation, &leaving);
        assert_eq!(partner(&more), pod.name);
        assert!(
            more.hops
                .iter()
                .any(|hop| matches!(hop.reason, Reason::ConntrackHit { .. }))
        );
        let fresh: Vec<Trace> = (0..8)
            .map(|_| {
                conversation
                    .connect(&leaving, &request("http://10.96.0.50"), 5)
                    .expect("it can be sent")
            })
            .collect();
        assert!(
            fresh.iter().all(|trace| partner(trace) != pod.name),
            "new ones go to the other"
        );
    }

    #[test]
    fn a_connection_to_a_pod_that_is_gone_is_lost_and_a_stranger_at_its_address_resets_it() {
        let before = world("");
        let mut conversation = Connections::new(0);
        let first = conversation
            .connect(&before, &request("http://10.96.0.50"), 0)
            .expect("it can be sent");
        let pod = first.answered_by().expect("a pod answered").clone();
        let gone = next_world(
            &before,
            &[
                Event::PodDeleted(pod.clone()),
                Event::PodRemoved(pod.clone()),
            ],
        );
        assert_eq!(
            again(&mut conversation, &gone).verdict,
            Verdict::TimedOut {
                why: Failure::NoHost
            }
        );
        let mut resolved = before.resolved.clone();
        let mut stranger = resolved.cluster.pods.remove(&pod).expect("it is there");
        std::sync::Arc::make_mut(&mut stranger).metadata.name = "stranger".into();
        resolved.cluster.pods.insert(stranger.id(), stranger);
        let taken = Network::of(resolved);
        assert_eq!(
            again(&mut conversation, &taken).verdict,
            Verdict::Refused {
                why: Failure::UnknownConnection
            }
        );
    }

    #[test]
    fn a_udp_flow_to_an_endpoint_that_no_longer_serves_is_forgotten_and_chooses_again() {
        let before = world("");
        let mut conversation = Connections::new(0);
        let first = conversation
            .connect(&before, &request("udp://10.96.0.50:80"), 0)
            .expect("it can be sent");
        let pod = first.answered_by().expect("a pod answered").clone();
        assert_eq!(
            partner(&again(
                &mut conversation,
                &next_world(&before, &[Event::PodDeleted(pod.clone())])
            )),
            pod.name
        );
        let other = again(
            &mut conversation,
            &next_world(&before, &[Event::PodUnready(pod.clone())]),
        );
        assert_ne!(partner(&other), pod.name);
        assert!(matches!(other.verdict, Verdict::Answered { .. }));
    }

    #[test]
    fn a_udp_flow_of_a_service_without_a_serving_endpoint_is_not_forgotten() {
        let before = world("");
        let mut conversation = Connections::new(0);
        let first = conversation
            .connect(&before, &request("udp://10.96.0.50:80"), 0)
            .expect("it can be sent");
        let pod = first.answered_by().expect("a pod answered").clone();
        let web = |number| ObjectName::new("default", format!("web-{number}"));
        let nobody = next_world(
            &before,
            &[0, 1].map(|number| Event::PodUnready(web(number))),
        );
        assert_eq!(partner(&again(&mut conversation, &nobody)), pod.name);
        let replaced = [
            Event::PodDeleted(pod.clone()),
            Event::PodRemoved(pod.clone()),
            Event::PodUnready(pod),
        ];
        let gone = next_world(&nobody, &replaced);
        assert_eq!(
            again(&mut conversation, &gone).verdict,
            Verdict::TimedOut {
                why: Failure::NoHost
            }
        );
    }

    #[test]
    fn a_node_that_is_down_takes_its_connections_with_it() {
        let before = world("");
        let mut conversation = Connections::new(0);
        let first = conversation
            .connect(&before, &request("http://10.96.0.50"), 0)
            .expect("it can be sent");
        let pod = first.answered_by().expect("a pod answered").clone();
        let node = before.cluster().pods[&pod].spec.node_name.clone();
        let client = "client".to_owned();
        let home = before.cluster().pods[&ObjectName::new("default", client)]
            .spec
            .node_name
            .clone();
        assert_ne!(node, home, "the example is about two nodes");
        let down = next_world(&before, &[Event::NodeDown(node.to_string())]);
        assert_eq!(
            again(&mut conversation, &down).verdict,
            Verdict::TimedOut {
                why: Failure::NodeDown
            }
        );
        let fresh = conversation
            .connect(&down, &request("http://10.96.0.50"), 6)
            .expect("it can be sent");
        assert!(matches!(fresh.verdict, Verdict::Answered { .. }) && partner(&fresh) != pod.name);
    }
}
