//! `KUBE-NODEPORTS`: which of a node's addresses answer on node ports (`--nodeport-addresses`,
//! `iptables.localhostNodePorts`).

use ipnet::IpNet;

use super::Writer;
use super::base_chains::loopback;
use crate::cluster::config::{ProxyConfig, ProxyMode};
use crate::cluster::object::Node;
use crate::names::Family;
use crate::proxy::node_addresses::{NodePortAddresses, localhost};
use crate::ruleset::{AddressMatch, Comment, Match, Polarity, Target};

/// The addresses that answer.
pub(super) struct NodePorts {
    answering: NodePortAddresses,
    family: Family,
    on_localhost: bool,
}

impl NodePorts {
    /// What the configuration makes of a node's addresses.
    pub(super) fn of(config: &ProxyConfig, node: &Node, family: Family) -> NodePorts {
        let answering = NodePortAddresses::by_default_of(ProxyMode::Iptables, config, node, family);
        let on_localhost = config.localhost_node_ports && family == Family::V4;
        let on_localhost =
            on_localhost && answering.may_hold_localhost(&config.node_port_addresses);
        NodePorts {
            answering,
            family,
            on_localhost,
        }
    }

    /// Whether 127.0.0.1 answers; ::1 never does.
    pub(super) fn answers_on_localhost(&self) -> bool {
        self.on_localhost
    }

    /// Writes the rules that lead to `KUBE-NODEPORTS`, last in `KUBE-SERVICES`: any other use of a node's address
    /// comes first.
    pub(super) fn write(&self, writer: &mut Writer) {
        let comment = || {
            Match::Comment(Comment::Fixed(
                "kubernetes service nodeports; NOTE: this must be the last rule in this chain",
            ))
        };
        let (services, target) = (writer.frame.services, Target::Jump(writer.frame.node_ports));
        match &self.answering {
            NodePortAddresses::All => {
                let mut matches = vec![comment(), Match::LocalDestination];
                matches.extend(self.unless_localhost());
                writer.nat(services, matches, target);
            }
            NodePortAddresses::Only(addresses) => {
                let served = addresses
                    .iter()
                    .filter(|address| !address.is_loopback() || self.on_localhost);
                for &address in served {
                    let matches = [
                        comment(),
                        Match::Destination(Polarity::Is, AddressMatch::One(address)),
                    ];
                    writer.nat(services, matches, target.clone());
                }
            }
        }
    }

    fn unless_localhost(&self) -> Option<Match> {
        match (self.family, self.on_localhost) {
            (Family::V6, _) => {
                let only = IpNet::new(localhost(Family::V6), 128).expect("128 is a length");
                Some(Match::Destination(
                    Polarity::IsNot,
                    AddressMatch::Range(only),
                ))
            }
            (Family::V4, false) => Some(Match::Destination(Polarity::IsNot, loopback())),
            (Family::V4, true) => None,
        }
    }
}
