//! The iptables rules of one node and family, in one pass over the Service ports
//! (kubernetes `pkg/proxy/iptables/proxier.go`, v1.36).
//!
//! `base_chains` holds what every node has, `service` what a Service port adds to the shared chains, `policy` its own
//! chains, `balance` the choice of an endpoint, `node_ports` the last rule, for the node's own addresses.

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

/// With more endpoints than this the rules of single endpoints have no comments (`largeClusterEndpointsThreshold`).
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

/// Whether the rules of single endpoints have comments.
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
    use crate::testing::{cluster_of, object};

    /// The Service `web` with so many endpoints.
    fn web(endpoints: u32) -> Cluster {
        let endpoints: Vec<String> = (1..=endpoints)
            .map(|n| format!("{{addresses: [10.244.{}.{}]}}", n / 250, n % 250))
            .collect();
        cluster_of(&format!(
            "
            apiVersion: v1
            kind: Service
            metadata: {{name: web}}
            spec: {{clusterIP: 10.96.0.10, ports: [{{port: 80}}]}}
            ---
            apiVersion: discovery.k8s.io/v1
            kind: EndpointSlice
            metadata: {{name: web-1, labels: {{kubernetes.io/service-name: web}}}}
            ports: [{{port: 8080}}]
            endpoints: [{}]
            ",
            endpoints.join(", ")
        ))
    }

    #[test]
    fn the_thousand_and_first_endpoint_takes_the_comments_away() {
        let has_comments = |endpoints| {
            let nat = rules(&web(endpoints), &object("metadata: {name: a}"), Family::V4).nat;
            let mut all = nat.chains.iter().flat_map(|chain| &chain.rules);
            all.any(|rule| matches!(rule.comment(), Some(Comment::Of(_, Purpose::Endpoint(_)))))
        };
        assert_eq!((has_comments(1000), has_comments(1001)), (true, false));
    }
}
