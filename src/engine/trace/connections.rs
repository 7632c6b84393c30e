//! Many connections of one story: what nodes remember from one to the next.
//!
//! A node forgets nothing between connections: with `sessionAffinity: ClientIP` it sends a client where it sent it
//! before, until the time is up, and packets of an open connection go where its first one went, whatever became of the
//! Service since. So a keep-alive connection stays on its endpoint, also on one that is going away. Only UDP flows are
//! forgotten ([`is_stale`]).
//!
//! The connection of a client ends at the first L7 proxy on its way. It stays open whatever becomes of the pods behind the
//! proxy, which chooses an endpoint anew for each request (ingress-nginx balances requests, not connections).

use std::collections::BTreeMap;
use std::net::IpAddr;

use super::conditions::with_conditions;
use super::connect::{self, ConnectionSeed};
use super::conntrack_cleanup::is_stale;
use super::path::Path;
use super::{Network, Request, RequestError, Trace};
use crate::names::{ObjectName, Protocol};
use crate::netfilter::{Affinity, ConnDirection, Connection, Packet, Segment, Walk};
use crate::network::client;
use crate::network::step::{Chance, TrackedNode};

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
    /// The pod at the other end: an L7 proxy, or the one that answered.
    peer: Option<ObjectName>,
    tracked: Vec<TrackedNode>,
    /// How many requests were sent on it.
    requests: u64,
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

    /// The entries of a node's connection table for the connections that are open, in the order in which they were
    /// opened.
    pub fn tracked_on<'a>(&'a self, node: &'a str) -> impl Iterator<Item = Connection> + 'a {
        let tracked = self.open.values().flat_map(|open| &open.tracked);
        tracked
            .filter(move |own| own.node == node)
            .map(|own| own.connection)
    }

    /// Opens a connection at that second of the nodes' clocks.
    pub fn connect(
        &mut self,
        network: &Network,
        request: &Request,
        now: u64,
    ) -> Result<Trace, RequestError> {
        let number = self.opened;
        let mut state = NodeState {
            affinity: std::mem::take(&mut self.affinity),
            ..NodeState::default()
        };
        let seed = ConnectionSeed {
            seed: self.seed,
            number,
            now,
            ..ConnectionSeed::default()
        };
        let trace = connect::connect(network, request, seed, &mut state);
        self.affinity = state.affinity;
        let trace = trace?;
        self.opened += 1;
        if trace.verdict.is_answered()
            && let Some(address) = trace.called()
        {
            let connection = OpenConnection {
                request: request.clone(),
                address,
                peer: trace.accepted_by().cloned(),
                tracked: state.tracked_now,
                requests: 1,
            };
            self.open.insert(number, connection);
        }
        Ok(trace)
    }

    /// Sends one of many requests: on the connection of the one before, if the protocol keeps it, or on a new one.
    pub fn send_one_of_many(
        &mut self,
        network: &Network,
        request: &Request,
        now: u64,
    ) -> Result<Trace, RequestError> {
        if request.to.keeps_connection()
            && let Some(last) = self.opened.checked_sub(1)
            && let Some(sent) = self.again(network, last, now)
        {
            return sent;
        }
        self.connect(network, request, now)
    }

    /// Sends more on connection `number`, in a network that may have changed since; `None` if it is not open.
    pub fn again(
        &mut self,
        network: &Network,
        number: u64,
        now: u64,
    ) -> Option<Result<Trace, RequestError>> {
        let OpenConnection {
            request,
            address,
            peer,
            tracked,
            requests,
        } = self.open.get(&number)?.clone();
        let mut state = NodeState {
            affinity: std::mem::take(&mut self.affinity),
            tracked,
            peer,
            tracked_now: Vec::new(),
        };
        if request.to.protocol() == Protocol::Udp {
            state
                .tracked
                .retain(|tracked| !is_stale(network, &tracked.connection));
        }
        let seed = ConnectionSeed {
            seed: self.seed,
            number,
            now,
            ..ConnectionSeed::default()
        };
        let chance = Chance::new(self.seed, number).of_request(requests);
        let trace = send_data(network, &request, address, seed, chance, &mut state);
        self.affinity = state.affinity;
        if let Some(open) = self.open.get_mut(&number) {
            open.requests += 1;
            if !state.tracked_now.is_empty() {
                open.tracked = state.tracked_now;
            }
        }
        Some(trace)
    }
}

fn send_data(
    network: &Network,
    request: &Request,
    address: IpAddr,
    seed: ConnectionSeed,
    chance: Chance,
    state: &mut NodeState,
) -> Result<Trace, RequestError> {
    let origin = client::device(network, &request.from)?;
    let path = Path::new(network, request, seed, chance, state, 0, Vec::new());
    let arrived = path.send(origin, address, Segment::Data)?;
    Ok(with_conditions(network, arrived.into_trace(request)))
}

/// What nodes remember from one packet to the next.
#[derive(Debug, Default)]
pub(super) struct NodeState {
    affinity: BTreeMap<String, Affinity>,
    /// The entries of the connection that is open.
    tracked: Vec<TrackedNode>,
    /// The pod at the other end of it.
    peer: Option<ObjectName>,
    /// The entries after this packet.
    tracked_now: Vec<TrackedNode>,
}

impl NodeState {
    /// The clients that a node remembers; `None` if it remembers none.
    pub(super) fn affinity(&self, node: &str) -> Option<&Affinity> {
        self.affinity.get(node)
    }

    /// The pod at the other end of the open connection.
    pub(super) fn peer(&self) -> Option<&ObjectName> {
        self.peer.as_ref()
    }

    /// The open connection that a packet belongs to; `None` for the first packet of another one.
    pub(super) fn connection(&self, node: &str, packet: &Packet) -> Option<Connection> {
        if packet.segment == Segment::Syn {
            return None;
        }
        let entries = self.tracked.iter().filter(|tracked| tracked.node == node);
        entries
            .map(|tracked| tracked.connection)
            .find(|connection| connection.direction(packet) == Some(ConnDirection::Original))
    }

    /// Stores what a node keeps after a walk.
    pub(super) fn remember(&mut self, node: &str, walk: &Walk, now: u64) {
        if walk.affinity.is_some() || walk.scheduled.is_some() {
            walk.remember(self.affinity.entry(node.to_owned()).or_default(), now);
        }
        self.tracked_now
            .extend(walk.connection.map(|connection| TrackedNode {
                node: node.to_owned(),
                connection,
            }));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cluster::Config;
    use crate::manifest::Source;
    use crate::resolve::events::{Event, apply};
    use crate::resolve::resolve;
    use crate::trace::{Failure, Reason, Unless, Verdict};

    /// A Service with two pods of a StatefulSet, on its port 80 for TCP and UDP, and a client.
    fn network_with(affinity: &str) -> Network {
        network_and(affinity, "")
    }

    /// The same with other documents.
    fn network_and(affinity: &str, documents: &str) -> Network {
        let text = format!(
            "apiVersion: v1\nkind: Service\nmetadata: {{name: web}}\nspec:\n  clusterIP: 10.96.0.50\n  selector: {{app: web}}\n  {affinity}\n  ports: [{{name: a, port: 80}}, {{name: b, port: 80, protocol: UDP}}]\n---\napiVersion: apps/v1\nkind: StatefulSet\nmetadata: {{name: web}}\nspec:\n  serviceName: web\n  replicas: 2\n  selector: {{matchLabels: {{app: web}}}}\n  template:\n    metadata: {{labels: {{app: web}}}}\n    spec: {{containers: [{{name: c, image: nginx}}]}}\n---\napiVersion: v1\nkind: Pod\nmetadata: {{name: client}}\nspec: {{containers: [{{name: c, image: curl}}]}}\n"
        );
        Network::of(resolve(
            &Source::read(&(text + documents)),
            &Config::default(),
        ))
    }

    fn request(to: &str) -> Request {
        Request {
            from: "pod/client".parse().expect("an origin"),
            to: to.parse().expect("a target"),
        }
    }

    fn peer(trace: &Trace) -> String {
        trace
            .answered_by()
            .map(|pod| pod.name.clone())
            .unwrap_or_default()
            .to_string()
    }

    fn next_network(network: &Network, events: &[Event]) -> Network {
        let next = events
            .iter()
            .fold(network.resolved.clone(), |resolved, event| {
                apply(&resolved, event)
            });
        Network::of(next)
    }

    fn again(connections: &mut Connections, network: &Network) -> Trace {
        connections
            .again(network, 0, 5)
            .expect("it is open")
            .expect("it can be sent")
    }

    #[test]
    fn without_affinity_connections_spread_and_with_it_they_stay_until_the_time_is_up() {
        let peers = |network: &Network, second: fn(u64) -> u64| {
            let mut connections = Connections::new(1);
            let connect = |number| {
                connections.connect(network, &request("http://10.96.0.50"), second(number))
            };
            let traces: Vec<Trace> = (0..20)
                .map(connect)
                .map(|trace| trace.expect("it can be sent"))
                .collect();
            traces
                .iter()
                .map(peer)
                .collect::<std::collections::BTreeSet<_>>()
                .len()
        };
        let sticky = network_with(
            "sessionAffinity: ClientIP\n  sessionAffinityConfig: {clientIP: {timeoutSeconds: 60}}",
        );
        assert_eq!(peers(&network_with(""), |number| number), 2);
        assert_eq!(peers(&sticky, |number| 60 * number), 1);
        assert_eq!(peers(&sticky, |number| 61 * number), 2);
    }

    #[test]
    fn a_connection_stays_on_its_endpoint_even_when_that_is_going_away() {
        let before = network_with("");
        let mut connections = Connections::new(0);
        let first = connections
            .connect(&before, &request("http://10.96.0.50"), 0)
            .expect("it can be sent");
        let pod = first.answered_by().expect("a pod answered").clone();
        let leaving = next_network(&before, &[Event::PodDeleted(pod.clone())]);
        let more = again(&mut connections, &leaving);
        assert_eq!(peer(&more), pod.name);
        assert!(
            more.hops
                .iter()
                .any(|hop| matches!(hop.reason, Reason::ConntrackHit { .. }))
        );
        let fresh: Vec<Trace> = (0..8)
            .map(|_| {
                connections
                    .connect(&leaving, &request("http://10.96.0.50"), 5)
                    .expect("it can be sent")
            })
            .collect();
        assert!(
            fresh.iter().all(|trace| peer(trace) != pod.name),
            "new ones go to the other"
        );
    }

    #[test]
    fn whether_a_policy_cuts_an_open_connection_is_the_plugins_to_decide() {
        let policy = |ingress: &str| {
            format!(
                "---\n{{apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {{name: deny}}, \
                 spec: {{podSelector: {{matchLabels: {{app: web}}}}, policyTypes: [Ingress], ingress: {ingress}}}}}\n"
            )
        };
        let (open, shut) = (policy("[{}]"), policy("[]"));
        let mut connections = Connections::new(0);
        let first = connections.connect(&network_with(""), &request("http://10.96.0.50"), 0);
        assert!(first.is_ok_and(|trace| trace.verdict.is_answered()));
        let allowed = again(&mut connections, &network_and("", &open));
        assert!(matches!(allowed.verdict, Verdict::Answered { .. }));
        let denied = network_and("", &shut);
        let more = again(&mut connections, &denied);
        assert!(matches!(
            more.verdict,
            Verdict::AnsweredUnless {
                unless: Unless::NetworkPlugin,
                ..
            }
        ));
        let fresh = connections.connect(&denied, &request("http://10.96.0.50"), 5);
        assert!(matches!(
            fresh.expect("it can be sent").verdict,
            Verdict::TimedOut {
                why: Failure::PolicyIngress
            }
        ));
    }

    #[test]
    fn a_connection_to_a_pod_that_is_gone_is_lost_and_a_stranger_at_its_address_resets_it() {
        let before = network_with("");
        let mut connections = Connections::new(0);
        let first = connections
            .connect(&before, &request("http://10.96.0.50"), 0)
            .expect("it can be sent");
        let pod = first.answered_by().expect("a pod answered").clone();
        let gone = next_network(
            &before,
            &[
                Event::PodDeleted(pod.clone()),
                Event::PodRemoved(pod.clone()),
            ],
        );
        assert_eq!(
            again(&mut connections, &gone).verdict,
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
            again(&mut connections, &taken).verdict,
            Verdict::Refused {
                why: Failure::UnknownConnection
            }
        );
    }

    #[test]
    fn a_udp_flow_to_an_endpoint_that_no_longer_serves_is_forgotten_and_chooses_again() {
        let before = network_with("");
        let mut connections = Connections::new(0);
        let first = connections
            .connect(&before, &request("udp://10.96.0.50:80"), 0)
            .expect("it can be sent");
        let pod = first.answered_by().expect("a pod answered").clone();
        assert_eq!(
            peer(&again(
                &mut connections,
                &next_network(&before, &[Event::PodDeleted(pod.clone())])
            )),
            pod.name
        );
        let other = again(
            &mut connections,
            &next_network(&before, &[Event::PodUnready(pod.clone())]),
        );
        assert_ne!(peer(&other), pod.name);
        assert!(matches!(other.verdict, Verdict::Answered { .. }));
    }

    #[test]
    fn a_udp_flow_of_a_service_without_a_serving_endpoint_is_not_forgotten() {
        let before = network_with("");
        let mut connections = Connections::new(0);
        let first = connections
            .connect(&before, &request("udp://10.96.0.50:80"), 0)
            .expect("it can be sent");
        let pod = first.answered_by().expect("a pod answered").clone();
        let web = |number| ObjectName::new("default", format!("web-{number}"));
        let nobody = next_network(
            &before,
            &[0, 1].map(|number| Event::PodUnready(web(number))),
        );
        assert_eq!(peer(&again(&mut connections, &nobody)), pod.name);
        let replaced = [
            Event::PodDeleted(pod.clone()),
            Event::PodRemoved(pod.clone()),
            Event::PodUnready(pod),
        ];
        let gone = next_network(&nobody, &replaced);
        assert_eq!(
            again(&mut connections, &gone).verdict,
            Verdict::TimedOut {
                why: Failure::NoHost
            }
        );
    }

    #[test]
    fn requests_of_grpc_stay_on_one_connection_and_those_of_http_do_not() {
        let network = network_with("");
        let peers = |to: &str| {
            let mut connections = Connections::new(0);
            let mut peers = std::collections::BTreeSet::new();
            for second in 0..12 {
                let sent = connections.send_one_of_many(&network, &request(to), second);
                peers.insert(peer(&sent.expect("it can be sent")));
            }
            (peers.len(), connections.next())
        };
        assert_eq!(peers("grpc://10.96.0.50"), (1, 1));
        assert_eq!(peers("http://10.96.0.50"), (2, 12));
    }

    #[test]
    fn a_node_that_is_down_takes_its_connections_with_it() {
        let before = network_with("");
        let mut connections = Connections::new(0);
        let first = connections
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
        let down = next_network(&before, &[Event::NodeDown(node.to_string())]);
        assert_eq!(
            again(&mut connections, &down).verdict,
            Verdict::TimedOut {
                why: Failure::NodeDown
            }
        );
        let fresh = connections
            .connect(&down, &request("http://10.96.0.50"), 6)
            .expect("it can be sent");
        assert!(matches!(fresh.verdict, Verdict::Answered { .. }) && peer(&fresh) != pod.name);
    }
}
