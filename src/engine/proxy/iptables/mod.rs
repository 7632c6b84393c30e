//! The iptables rules of one node and family, in one pass over the Service ports
//! (kubernetes `pkg/proxy/iptables/proxier.go`, v1.36).
//!
//! [`frame`] is what every node has, [`service`] what a Service port adds to the shared chains, [`policy`] its own
//! chains, [`balance`] the choice of an endpoint, [`node_ports`] the last rule that catches the node's own addresses.

mod balance;
mod frame;
mod node_ports;
mod policy;
mod service;

use std::net::IpAddr;

use frame::Frame;
use node_ports::NodePorts;

use super::local::LocalDetector;
use super::service_ports::{ServicePort, service_ports};
use crate::engine::cluster::Cluster;
use crate::engine::cluster::config::ProxyConfig;
use crate::engine::cluster::object::Node;
use crate::engine::names::Family;
use crate::engine::ruleset::{About, Addresses, ChainId, Comment, Match, Rule, Ruleset, Sense, Table, Target};

/// With more endpoints than this the rules of single endpoints bear no comments (`largeClusterEndpointsThreshold`).
const LARGE_CLUSTER: usize = 1000;

/// Every rule a node's kube-proxy has for a family.
pub fn rules(cluster: &Cluster, node: &Node, family: Family) -> Ruleset {
    let ports = service_ports(cluster, node, family);
    let config = &cluster.config.proxy;
    let node_ports = NodePorts::of(config, node, family);
    let mut nat = Table::default();
    let mut filter = Table::default();
    let frame = Frame::install(&mut nat, &mut filter, config, &node_ports);
    let known: usize = ports.iter().map(|port| port.known_endpoints).sum();
    let mut writer = Writer {
        config,
        frame,
        detector: LocalDetector::of(cluster, node, family),
        node_address: node.address(family),
        detail: if known > LARGE_CLUSTER { Detail::Spare } else { Detail::Full },
        counts_localhost: config.nfacct && node_ports.answers_on_localhost(),
        nat,
        filter,
    };
    for port in &ports {
        service::write(&mut writer, port);
    }
    node_ports.write(&mut writer);
    Ruleset { family, nat: writer.nat, filter: writer.filter }
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
    frame: Frame,
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
    fn pod_match(&self, sense: Sense) -> Option<Match> {
        self.detector.as_ref().map(|detector| match detector {
            LocalDetector::Source(range) => Match::Source(sense, Addresses::Range(*range)),
            LocalDetector::Interface(interface) => Match::InputInterface(sense, interface.clone()),
        })
    }

    /// The comment of a rule of a single endpoint.
    fn detailed(&self, port: &ServicePort, about: About) -> Vec<Match> {
        match self.detail {
            Detail::Full => vec![comment(port, about)],
            Detail::Spare => Vec::new(),
        }
    }
}

/// A comment about a Service port.
fn comment(port: &ServicePort, about: About) -> Match {
    Match::Comment(Comment::Of(port.name.clone(), about))
}
