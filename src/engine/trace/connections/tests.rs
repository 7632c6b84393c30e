//! Connections whose cluster changes under way.

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
        r#"apiVersion: v1
kind: Service
metadata: {{name: web}}
spec:
  clusterIP: 10.96.0.50
  selector: {{app: web}}
  {affinity}
  ports: [{{name: a, port: 80}}, {{name: b, port: 80, protocol: UDP}}]
---
apiVersion: apps/v1
kind: StatefulSet
metadata: {{name: web}}
spec:
  serviceName: web
  replicas: 2
  selector: {{matchLabels: {{app: web}}}}
  template:
    metadata: {{labels: {{app: web}}}}
    spec: {{containers: [{{name: c, image: nginx}}]}}
---
apiVersion: v1
kind: Pod
metadata: {{name: client}}
spec: {{containers: [{{name: c, image: curl}}]}}
"#
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

/// The network with an open connection, and the pod that answers it.
fn opened(to: &str) -> (Network, Connections, ObjectName) {
    let network = network_with("");
    let mut connections = Connections::new(0);
    let first = connections
        .connect(&network, &request(to), 0)
        .expect("it can be sent");
    let pod = first.answered_by().expect("a pod answered").clone();
    (network, connections, pod)
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
        let connect =
            |number| connections.connect(network, &request("http://10.96.0.50"), second(number));
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
    let (before, mut connections, pod) = opened("http://10.96.0.50");
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
    let (before, mut connections, pod) = opened("http://10.96.0.50");
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
    let (before, mut connections, pod) = opened("udp://10.96.0.50:80");
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
    let (before, mut connections, pod) = opened("udp://10.96.0.50:80");
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
    let (before, mut connections, pod) = opened("http://10.96.0.50");
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
