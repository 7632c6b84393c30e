//! The nftables rules of one node and family (kubernetes `pkg/proxy/nftables/proxier.go`, v1.36, and the README beside
//! it).
//!
//! `frame` is what every node has, `service` what a Service port adds to the maps, `policy` its own chains,
//! `balance` the choice of an endpoint.

mod balance;
mod base_chains;
mod policy;
mod service;

use std::net::IpAddr;
use std::sync::Arc;

use base_chains::NftBaseChains;

use super::local::LocalDetector;
use super::service_ports::{ServicePortInfo, service_ports};
use crate::cluster::Cluster;
use crate::cluster::config::ProxyConfig;
use crate::cluster::object::Node;
use crate::names::Family;
use crate::ruleset::nft::{
    AddressKey, Base, Contents, Element, ElementVerdict, NftChain, NftChainName, NftChainRole,
    NftRule, NftStatement, NftTable, NftVerdict, PortKey, SetId,
};
use crate::ruleset::{ChainId, DropReason, Polarity};
use crate::sort;

/// Every rule a node's kube-proxy has for a family.
pub fn rules(cluster: &Cluster, node: &Node, family: Family) -> NftTable {
    let mut table = NftTable::new(family);
    let detector = LocalDetector::of(cluster, node, family);
    let frame = NftBaseChains::install(&mut table, cluster, node, detector.as_ref());
    let config = &cluster.config.proxy;
    let mut writer = Writer {
        config,
        frame,
        detector,
        node_address: node.address(family),
        table,
        elements: Vec::new(),
    };
    for port in &service_ports(cluster, node, family) {
        service::write(&mut writer, port);
    }
    writer.finish()
}

/// The table being written, and what every rule may depend on.
struct Writer<'a> {
    config: &'a ProxyConfig,
    frame: NftBaseChains,
    detector: Option<LocalDetector>,
    node_address: Option<IpAddr>,
    table: NftTable,
    elements: Vec<(SetId, Key, Option<Element>)>,
}

/// A key of one of the shared sets and maps.
#[derive(Clone, Copy)]
enum Key {
    Address(IpAddr),
    Full(AddressKey),
    Port(PortKey),
}

impl Writer<'_> {
    fn rule(&mut self, chain: ChainId, parts: impl Into<Vec<NftStatement>>, verdict: NftVerdict) {
        self.table.append(chain, NftRule::new(parts, verdict));
    }

    fn commented(
        &mut self,
        chain: ChainId,
        parts: impl Into<Vec<NftStatement>>,
        verdict: NftVerdict,
        comment: &'static str,
    ) {
        self.table
            .append(chain, NftRule::new(parts, verdict).commented(comment));
    }

    /// Adds a chain of a Service port.
    fn chain(&mut self, port: &ServicePortInfo, role: NftChainRole, base: &Base) -> ChainId {
        let name = NftChainName::Of(role, base.clone());
        let service_port = Some(port.name.clone());
        self.table.add_chain(NftChain {
            name,
            kind: role.kind(),
            base: None,
            comment: None,
            service_port,
            rules: Vec::new(),
        })
    }

    /// Puts a key into a set.
    fn include(&mut self, set: SetId, key: Key) {
        self.elements.push((set, key, None));
    }

    /// Gives a key of a map its verdict.
    fn map(&mut self, map: SetId, key: Key, verdict: ElementVerdict) {
        self.elements.push((
            map,
            key,
            Some(Element {
                comment: None,
                verdict,
            }),
        ));
    }

    /// The same for a key that refuses on behalf of a Service port.
    fn refuse(&mut self, map: SetId, key: Key, port: &ServicePortInfo) {
        let verdict = if !port.endpoints.has_any_endpoint {
            ElementVerdict::Goto(self.frame.reject)
        } else {
            ElementVerdict::Drop(DropReason::NoLocalEndpoints)
        };
        let comment = Some(Arc::clone(&port.name));
        self.elements
            .push((map, key, Some(Element { comment, verdict })));
    }

    /// Fills the shared sets and maps, each in ascending order; of two elements with one key the first counts.
    fn finish(mut self) -> NftTable {
        for (set, key, element) in std::mem::take(&mut self.elements) {
            match (self.table.contents(set), key, element) {
                (Contents::Addresses(addresses), Key::Address(address), _) => {
                    addresses.push(address);
                }
                (Contents::Connections(keys), Key::Full(key), _) => keys.push(key),
                (Contents::ByAddress(map), Key::Full(key), Some(element)) => {
                    map.push((key, element));
                }
                (Contents::ByPort(map), Key::Port(key), Some(element)) => map.push((key, element)),
                (_, _, _) => unreachable!("each set takes one kind of key"),
            }
        }
        self.table
            .sets
            .iter_mut()
            .for_each(|set| sort(&mut set.contents));
        self.table
    }

    /// The condition that a packet comes from a pod, or does not.
    fn pod_part(&self, sense: Polarity) -> Option<NftStatement> {
        self.detector
            .as_ref()
            .map(|detector| from_pod(detector, sense))
    }
}

fn from_pod(detector: &LocalDetector, sense: Polarity) -> NftStatement {
    match detector {
        LocalDetector::Source(range) => NftStatement::Source(sense, vec![*range]),
        LocalDetector::Interface(interface) => {
            NftStatement::InputInterface(sense, interface.clone())
        }
    }
}

fn sort(contents: &mut Contents) {
    match contents {
        Contents::Addresses(addresses) => {
            sort::sort(addresses);
            addresses.dedup();
        }
        Contents::Connections(keys) => {
            sort::sort(keys);
            keys.dedup();
        }
        Contents::Clients { .. } => {}
        Contents::ByAddress(map) => sort_map(map),
        Contents::ByPort(map) => sort_map(map),
    }
}

fn sort_map<K: Ord + Copy>(map: &mut Vec<(K, Element)>) {
    sort::sort_by_key(map, |(key, _)| *key);
    map.dedup_by_key(|(key, _)| *key);
}

#[cfg(test)]
mod tests {
    use super::*;

    use crate::ruleset::nft::text::table;
    use crate::testing::service_with_endpoint;
    use serde_json::{Value, json};

    fn text(spec: &Value) -> String {
        let cluster = service_with_endpoint(spec);
        let addresses = json!([{"address": "192.168.0.11"}, {"address": "172.20.0.1"}]);
        let node = json!({"metadata": {"name": "a"}, "status": {"addresses": addresses}});
        table(&rules(
            &cluster,
            &serde_json::from_value(node).expect("a node"),
            Family::V4,
        ))
    }

    #[test]
    fn node_ports_answer_on_the_primary_address_alone() {
        let text = text(&json!({"clusterIP": "10.96.0.10", "ports": [{"port": 80}]}));
        assert!(text.contains("elements = { 192.168.0.11 }"), "{text}");
    }

    #[test]
    fn affinity_gives_each_endpoint_a_set_of_clients() {
        let text = text(
            &json!({"clusterIP": "10.96.0.10", "ports": [{"port": 80}], "sessionAffinity": "ClientIP"}),
        );
        assert!(
            text.contains("set affinity-CU5RYKM5-default/web/tcp/__10.244.1.3/8080 {"),
            "{text}"
        );
        assert!(text.contains("timeout 3h"), "{text}");
    }

    #[test]
    fn a_node_within_the_source_ranges_may_use_the_balancers_address_as_its_source() {
        let ranges = json!(["192.168.0.0/24"]);
        let spec = json!({"type": "LoadBalancer", "clusterIP": "10.96.0.10", "ports": [{"port": 80}],
            "loadBalancerSourceRanges": ranges});
        let text = text(&spec);
        assert!(
            text.contains("ip saddr != { 192.168.0.0/24, 198.51.100.10 } drop"),
            "{text}"
        );
    }
}
