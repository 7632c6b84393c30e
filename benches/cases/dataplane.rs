//! What the data plane costs: the rules of one node, and one packet through them.
//!
//! One Service in ten has a node port, as in the timings of the real kube-proxy that the README quotes. A walk is the
//! whole of it: every rule matched, the rewrites, the connection's entry.

use std::hint::black_box;

use kubehop_engine::cluster::Cluster;
use kubehop_engine::cluster::config::ProxyMode;
use kubehop_engine::cluster::object::{EndpointSlice, Node, Service};
use kubehop_engine::names::{Family, ObjectName, Protocol};
use kubehop_engine::netfilter::{
    Affinity, Arrival, Kernel, Packet, PacketIn, RulesVerdict, Tracking, walk,
};
use kubehop_engine::proxy::rules;
use kubehop_engine::rng::Rng;
use serde_json::json;

use super::{Amount, Case, Run};

/// How many packets one run walks.
const WALKS: u64 = 1_000;

pub(super) fn cases() -> Vec<Case> {
    let making = |name, prepare| Case {
        name,
        amount: Amount::Once,
        prepare,
    };
    let walking = |name, prepare| Case {
        name,
        amount: Amount::Times(WALKS),
        prepare,
    };
    vec![
        making("rules of one node/iptables 1 000 × 10", || {
            making_rules(ProxyMode::Iptables, 1_000, 10)
        }),
        making("rules of one node/iptables 10 000 × 15", || {
            making_rules(ProxyMode::Iptables, 10_000, 15)
        }),
        making("rules of one node/nftables 1 000 × 10", || {
            making_rules(ProxyMode::Nftables, 1_000, 10)
        }),
        making("rules of one node/nftables 10 000 × 15", || {
            making_rules(ProxyMode::Nftables, 10_000, 15)
        }),
        walking("packets to a ClusterIP/iptables, 1 Service", || {
            walking_packets(ProxyMode::Iptables, 1)
        }),
        walking("packets to a ClusterIP/iptables, 1 000 Services", || {
            walking_packets(ProxyMode::Iptables, 1_000)
        }),
        walking("packets to a ClusterIP/iptables, 10 000 Services", || {
            walking_packets(ProxyMode::Iptables, 10_000)
        }),
        walking("packets to a ClusterIP/nftables, 1 Service", || {
            walking_packets(ProxyMode::Nftables, 1)
        }),
        walking("packets to a ClusterIP/nftables, 1 000 Services", || {
            walking_packets(ProxyMode::Nftables, 1_000)
        }),
        walking("packets to a ClusterIP/nftables, 10 000 Services", || {
            walking_packets(ProxyMode::Nftables, 10_000)
        }),
    ]
}

fn making_rules(mode: ProxyMode, count: u32, endpoints: u32) -> Run {
    let cluster = services(count, endpoints, mode);
    Box::new(move || Box::new(rules(black_box(&cluster), &node(), Family::V4)))
}

fn walking_packets(mode: ProxyMode, count: u32) -> Run {
    let kernel = Kernel::of_node(&services(count, 10, mode), &node(), Family::V4);
    let to = (cluster_ip(count / 2), 80).into();
    let packet = Packet::first(
        Protocol::Tcp,
        "10.244.200.2:40000".parse().expect("an address"),
        to,
    );
    let affinity = Affinity::default();
    let mut connection = 0;
    Box::new(move || {
        for _ in 0..WALKS {
            connection += 1;
            let arrival = Arrival::Interface("cni0");
            let entering = PacketIn {
                packet,
                arrival,
                tracking: Tracking::New,
                affinity: &affinity,
                now: 0,
            };
            let walk = walk(&kernel, &entering, &Rng::new(1, connection));
            assert!(
                matches!(walk.verdict, RulesVerdict::Dnat(_)),
                "an endpoint was chosen"
            );
            black_box(walk);
        }
        Box::new(())
    })
}

fn services(count: u32, endpoints: u32, mode: ProxyMode) -> Cluster {
    let mut cluster = Cluster::default();
    cluster.config.proxy.mode = mode;
    for number in 0..count {
        let name = ObjectName::new("default", format!("svc-{number}"));
        cluster
            .services
            .insert(name.clone(), service(&name, number));
        cluster
            .slices
            .insert(name.clone(), slice(&name, number * endpoints, endpoints));
    }
    cluster
}

fn service(name: &ObjectName, number: u32) -> Service {
    let node_port = number.is_multiple_of(10);
    let object = json!({
        "metadata": {"namespace": name.namespace, "name": name.name},
        "spec": {
            "type": if node_port { "NodePort" } else { "ClusterIP" },
            "clusterIP": cluster_ip(number),
            "ports": [{"port": 80, "nodePort": if node_port { 30_000 + number / 10 } else { 0 }}],
        },
    });
    serde_json::from_value(object).expect("a service")
}

fn slice(name: &ObjectName, first: u32, endpoints: u32) -> EndpointSlice {
    let endpoint =
        |pod: u32| json!({"addresses": [pod_ip(pod)], "nodeName": format!("node-{}", pod % 100)});
    let object = json!({
        "metadata": {"namespace": name.namespace, "name": name.name, "labels": {"kubernetes.io/service-name": name.name}},
        "addressType": "IPv4",
        "ports": [{"port": 8080}],
        "endpoints": (first..first + endpoints).map(endpoint).collect::<Vec<_>>(),
    });
    serde_json::from_value(object).expect("a slice")
}

fn cluster_ip(number: u32) -> std::net::Ipv4Addr {
    (u32::from(std::net::Ipv4Addr::new(10, 96, 1, 0)) + number).into()
}

fn pod_ip(number: u32) -> std::net::Ipv4Addr {
    (u32::from(std::net::Ipv4Addr::new(10, 244, 0, 1)) + number).into()
}

fn node() -> Node {
    let addresses = json!([{"type": "InternalIP", "address": "192.168.0.10"}]);
    let node = json!({"metadata": {"name": "node-0"}, "status": {"addresses": addresses}});
    serde_json::from_value(node).expect("a node")
}
