//! The iptables rules of one node and family, in one pass over the Service ports
//! (kubernetes `pkg/proxy/iptables/proxier.go`, v1.36).
//!
//! `frame` is what every node has, `service` what a Service port adds to the shared chains, `policy` its own
//! chains, `balance` the choice of an endpoint, `node_ports` the last rule that catches the node's own addresses.

mod balance;
mod base_chains;
mod node_ports;
mod policy;
mod service;

use std::net::IpAddr;

use base_chains::BaseChains;
use node_ports::NodePorts;

use super::local::LocalDetector;
use super::service_ports::{ServicePortInfo, service_ports};
use crate::cluster::Cluster;
use crate::cluster::config::ProxyConfig;
use crate::cluster::object::Node;
use crate::names::Family;
use crate::ruleset::{
    AddressMatch, ChainId, Comment, Match, Polarity, Purpose, Rule, Ruleset, Table, Target,
};

/// With more endpoints than this the rules of single endpoints bear no comments (`largeClusterEndpointsThreshold`).
const LARGE_CLUSTER: usize = 1000;

/// Every rule a node's kube-proxy has for a family.
pub fn rules(cluster: &Cluster, node: &Node, family: Family) -> Ruleset {
    let ports = service_ports(cluster, node, family);
    let config = &cluster.config.proxy;
    let node_ports = NodePorts::of(config, node, family);
    let mut nat = Table::default();
    let mut filter = Table::default();
    let frame = BaseChains::install(&mut nat, &mut filter, config, &node_ports);
    let known: usize = ports.iter().map(|port| port.known_endpoints).sum();
    let mut writer = Writer {
        config,
        frame,
        detector: LocalDetector::of(cluster, node, family),
        node_address: node.address(family),
        detail: if known > LARGE_CLUSTER {
            Detail::Spare
        } else {
            Detail::Full
        },
        counts_localhost: config.nfacct && node_ports.answers_on_localhost(),
        nat,
        filter,
    };
    for port in &ports {
        service::write(&mut writer, port);
    }
    node_ports.write(&mut writer);
    Ruleset {
        family,
        nat: writer.nat,
        filter: writer.filter,
    }
}

/// Whether the rules of single endpoints bear comments.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Detail {
    Full,
    Spare,
}

/// The tables being written, and what every rule may depend on.
struct Writer<'a> {
    config: &'a ProxyConfig,
    frame: BaseChains,
    detector: Option<LocalDetector>,
    node_address: Option<IpAddr>,
    detail: Detail,
    counts_localhost: bool,
    nat: Table,
    filter: Table,
}

impl Writer<'_> {
    fn nat(&mut self, chain: ChainId, matches: impl Into<Vec<Match>>, target: Target) {
        self.nat.append(chain, Rule::new(matches, target));
    }

    fn filter(&mut self, chain: ChainId, matches: impl Into<Vec<Match>>, target: Target) {
        self.filter.append(chain, Rule::new(matches, target));
    }

    /// The match for a packet that comes from a pod, or does not.
    fn pod_match(&self, sense: Polarity) -> Option<Match> {
        self.detector.as_ref().map(|detector| match detector {
            LocalDetector::Source(range) => Match::Source(sense, AddressMatch::Range(*range)),
            LocalDetector::Interface(interface) => Match::InputInterface(sense, interface.clone()),
        })
    }

    /// The comment of a rule of a single endpoint.
    fn detailed(&self, port: &ServicePortInfo, about: Purpose) -> Vec<Match> {
        match self.detail {
            Detail::Full => vec![comment(port, about)],
            Detail::Spare => Vec::new(),
        }
    }
}

/// A comment about a Service port.
fn comment(port: &ServicePortInfo, about: Purpose) -> Match {
    Match::Comment(Comment::Of(port.name.clone(), about))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::names::ObjectName;
    use crate::ruleset::TableName;
    use crate::ruleset::text::{Form, table};
    use serde_json::{Value, json};

    /// A Service `web` with these endpoints, in a cluster changed as said.
    fn cluster(spec: Value, endpoints: &[String], change: impl Fn(&mut Cluster)) -> Cluster {
        let mut cluster = Cluster::default();
        let service = json!({"metadata": {"namespace": "default", "name": "web"}, "spec": spec});
        let addresses: Vec<Value> = endpoints
            .iter()
            .map(|address| json!({"addresses": [address]}))
            .collect();
        let labels = json!({"kubernetes.io/service-name": "web"});
        let metadata = json!({"namespace": "default", "name": "web-1", "labels": labels});
        let slice =
            json!({"metadata": metadata, "ports": [{"port": 8080}], "endpoints": addresses});
        let name = |name| ObjectName::new("default", name);
        cluster.services.insert(
            name("web"),
            serde_json::from_value(service).expect("a service"),
        );
        cluster.slices.insert(
            name("web-1"),
            serde_json::from_value(slice).expect("a slice"),
        );
        change(&mut cluster);
        cluster
    }

    fn nat(cluster: &Cluster) -> String {
        let addresses = json!([{"address": "192.168.0.11"}]);
        let node = json!({"metadata": {"name": "a"}, "status": {"addresses": addresses}});
        let node: Node = serde_json::from_value(node).expect("a node");
        table(
            &rules(cluster, &node, Family::V4),
            TableName::Nat,
            Form::Restore,
        )
    }

    fn cluster_ip() -> Value {
        json!({"clusterIP": "10.96.0.10", "ports": [{"port": 80, "nodePort": 30080}], "type": "NodePort"})
    }

    #[test]
    fn masquerade_all_asks_for_no_source() {
        let one = ["10.244.1.3".to_owned()];
        let masquerading = |all| {
            let text = nat(&cluster(cluster_ip(), &one, |cluster| {
                cluster.config.proxy.masquerade_all = all;
            }));
            text.lines()
                .find(|line| line.starts_with("-A KUBE-SVC-") && line.ends_with("KUBE-MARK-MASQ"))
                .map(str::to_owned)
        };
        let rule = "-A KUBE-SVC-LOLE4ISW44XBNF3G -m comment --comment \"default/web cluster IP\" -m tcp -p tcp -d 10.96.0.10 --dport 80";
        assert_eq!(
            masquerading(false),
            Some(format!("{rule} ! -s 10.244.0.0/16 -j KUBE-MARK-MASQ"))
        );
        assert_eq!(
            masquerading(true),
            Some(format!("{rule} -j KUBE-MARK-MASQ"))
        );
    }

    #[test]
    fn without_localhost_node_ports_the_loopback_is_left_out() {
        let one = ["10.244.1.3".to_owned()];
        let text = nat(&cluster(cluster_ip(), &one, |cluster| {
            cluster.config.proxy.localhost_node_ports = false;
        }));
        assert!(
            text.contains("--dst-type LOCAL ! -d 127.0.0.0/8 -j KUBE-NODEPORTS"),
            "{text}"
        );
    }

    #[test]
    fn the_thousand_and_first_endpoint_takes_the_comments_away() {
        let endpoints = |count: u32| {
            (1..=count)
                .map(|n| format!("10.244.{}.{}", n / 250, n % 250))
                .collect::<Vec<_>>()
        };
        let commented = |count| {
            nat(&cluster(cluster_ip(), &endpoints(count), |_| {})).contains("default/web -> ")
        };
        assert_eq!((commented(1000), commented(1001)), (true, false));
    }
}
