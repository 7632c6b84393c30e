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
    /// Which of a node's addresses answer, by the configuration.
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::proxy::iptables::rules;
    use crate::ruleset::{ChainName, SharedChain};
    use crate::testing::{object, service_with_endpoint};
    use serde_json::json;

    #[test]
    fn without_localhost_node_ports_the_loopback_is_left_out() {
        let ports = json!([{"port": 80, "nodePort": 30080}]);
        let spec = json!({"type": "NodePort", "clusterIP": "10.96.0.10", "ports": ports});
        let mut cluster = service_with_endpoint(&spec);
        cluster.config.proxy.localhost_node_ports = false;
        let nat = rules(&cluster, &object("metadata: {name: a}"), Family::V4).nat;
        let services = nat.find(ChainName::Shared(SharedChain::Services));
        let last = services.and_then(|services| nat.chain(services).rules.last());
        let expected = [
            Match::LocalDestination,
            Match::Destination(Polarity::IsNot, loopback()),
        ];
        assert_eq!(last.map(|rule| &rule.matches[1..]), Some(&expected[..]));
    }
}
