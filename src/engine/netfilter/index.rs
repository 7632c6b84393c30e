//! Which rules of a chain can match a packet, without looking at the others.
//!
//! The chains all Services share hold a rule for each address and port. A real kernel tries them one by one; here they
//! are found by (address, protocol, port), in the order of the chain, so that the first match is the same and the cost
//! does not grow with the number of Services.

use std::net::IpAddr;

use super::packet::Packet;
use crate::names::Protocol;
use crate::ruleset::{AddressMatch, ChainId, Match, Polarity, Rule, Ruleset, Table, TableName};
use crate::sort;

/// Chains with fewer rules that have a key are tried one by one.
const WORTH_IT: usize = 8;

/// The lookups of a ruleset's long chains.
pub(super) struct Index {
    nat: Vec<Option<Box<Lookup>>>,
    filter: Vec<Option<Box<Lookup>>>,
}

impl Index {
    /// Looks through a ruleset.
    pub(super) fn of(ruleset: &Ruleset) -> Index {
        let lookups = |table: &Table| {
            table
                .chains
                .iter()
                .map(|chain| Lookup::of(&chain.rules))
                .collect()
        };
        Index {
            nat: lookups(&ruleset.nat),
            filter: lookups(&ruleset.filter),
        }
    }

    /// Nothing to look up.
    pub(super) fn none() -> Index {
        Index {
            nat: Vec::new(),
            filter: Vec::new(),
        }
    }

    /// The places of the rules that can match, in order.
    pub(super) fn candidates(
        &self,
        table: TableName,
        chain: ChainId,
        count: usize,
        packet: &Packet,
    ) -> Candidates<'_> {
        let lookups = match table {
            TableName::Nat => &self.nat,
            TableName::Filter => &self.filter,
        };
        match &lookups[chain.index()] {
            Some(lookup) => lookup.candidates(packet),
            None => Candidates::every(count),
        }
    }
}

type PortKey = (Protocol, u16);
type Key = (IpAddr, PortKey);

/// The rules of one chain, by the destination that they match.
struct Lookup {
    by_address: Vec<(Key, u32)>,
    by_port: Vec<(PortKey, u32)>,
    others: Vec<u32>,
}

impl Lookup {
    fn of(rules: &[Rule]) -> Option<Box<Lookup>> {
        let keys: Vec<_> = rules.iter().map(key).collect();
        if keys.iter().flatten().count() < WORTH_IT {
            return None;
        }
        let mut lookup = Lookup {
            by_address: Vec::new(),
            by_port: Vec::new(),
            others: Vec::new(),
        };
        for (place, key) in (0..).zip(keys) {
            match key {
                Some((Some(address), port)) => lookup.by_address.push(((address, port), place)),
                Some((None, port)) => lookup.by_port.push((port, place)),
                None => lookup.others.push(place),
            }
        }
        sort::sort(&mut lookup.by_address);
        sort::sort(&mut lookup.by_port);
        Some(Box::new(lookup))
    }

    fn candidates(&self, packet: &Packet) -> Candidates<'_> {
        let port = (packet.protocol, packet.destination.port());
        Candidates {
            by_address: equal(&self.by_address, &(packet.destination.ip(), port)),
            by_port: equal(&self.by_port, &port),
            others: &self.others,
            every: 0..0,
        }
    }
}

/// The run of entries with a key.
fn equal<'a, K: Ord>(entries: &'a [(K, u32)], key: &K) -> &'a [(K, u32)] {
    let from = entries.partition_point(|(other, _)| other < key);
    let count = entries[from..]
        .iter()
        .take_while(|(other, _)| other == key)
        .count();
    &entries[from..from + count]
}

/// The destination that a rule matches, if it matches one protocol and port.
fn key(rule: &Rule) -> Option<(Option<IpAddr>, PortKey)> {
    let (mut address, mut protocol, mut port) = (None, None, None);
    for part in &rule.matches {
        match part {
            Match::Destination(Polarity::Is, AddressMatch::One(one)) => address = Some(*one),
            Match::Protocol(of) => protocol = Some(*of),
            Match::DestinationPort(number) => port = Some(*number),
            Match::Comment(_)
            | Match::Source(..)
            | Match::Destination(..)
            | Match::InputInterface(..)
            | Match::DestinationPorts(..)
            | Match::LocalSource(_)
            | Match::LocalDestination
            | Match::Mark(..)
            | Match::State(..)
            | Match::Statistic(_)
            | Match::RecentCheck { .. }
            | Match::RecentSet { .. }
            | Match::Account(_)
            | Match::ProtocolAlone(_)
            | Match::InSet(..)
            | Match::BridgedIn(_)
            | Match::VirtualServer(_) => {}
        }
    }
    Some((address, (protocol?, port?)))
}

/// Places of rules, in ascending order.
pub(super) struct Candidates<'a> {
    by_address: &'a [(Key, u32)],
    by_port: &'a [(PortKey, u32)],
    others: &'a [u32],
    every: std::ops::Range<usize>,
}

impl Candidates<'_> {
    fn every(count: usize) -> Candidates<'static> {
        Candidates {
            by_address: &[],
            by_port: &[],
            others: &[],
            every: 0..count,
        }
    }
}

impl Iterator for Candidates<'_> {
    type Item = usize;

    fn next(&mut self) -> Option<usize> {
        if let Some(place) = self.every.next() {
            return Some(place);
        }
        let heads = [
            self.by_address.first().map(|entry| entry.1),
            self.by_port.first().map(|entry| entry.1),
            self.others.first().copied(),
        ];
        let least = heads.into_iter().flatten().min()?;
        for (head, list) in heads.into_iter().zip(0..) {
            if head == Some(least) {
                match list {
                    0 => self.by_address = &self.by_address[1..],
                    1 => self.by_port = &self.by_port[1..],
                    _ => self.others = &self.others[1..],
                }
            }
        }
        Some(least as usize)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cluster::Cluster;
    use crate::cluster::object::Node;
    use crate::names::{Family, ObjectName};
    use crate::netfilter::{Affinity, Arrival, Kernel, PacketIn, Tracking, walk};
    use crate::rng::Rng;
    use crate::ruleset::{DropReason, Target};
    use serde_json::json;

    fn rule(address: Option<u8>, port: u16) -> Rule {
        let to = address.map(|host| {
            Match::Destination(Polarity::Is, AddressMatch::One([10, 96, 0, host].into()))
        });
        let mut matches = vec![Match::Protocol(Protocol::Tcp), Match::DestinationPort(port)];
        matches.extend(to);
        Rule::new(matches, Target::Accept)
    }

    /// The same rules without lookups give the same walk and count the same rules.
    #[test]
    fn a_walk_by_lookups_is_a_walk_rule_by_rule() {
        let mut cluster = Cluster::default();
        for number in 0..20u8 {
            let name = ObjectName::new("default", format!("svc-{number}"));
            let ports = json!([{"port": 80, "nodePort": 30_000 + u16::from(number)}]);
            let spec = json!({"type": "NodePort", "clusterIP": format!("10.96.0.{number}"), "ports": ports});
            let service =
                json!({"metadata": {"namespace": "default", "name": name.name}, "spec": spec});
            cluster.services.insert(
                name.clone(),
                serde_json::from_value(service).expect("a service"),
            );
            let labels = json!({"kubernetes.io/service-name": name.name});
            let metadata = json!({"namespace": "default", "name": name.name, "labels": labels});
            let endpoints: Vec<_> = (0..number % 3)
                .map(|n| json!({"addresses": [format!("10.244.{n}.{number}")]}))
                .collect();
            let slice =
                json!({"metadata": metadata, "ports": [{"port": 8080}], "endpoints": endpoints});
            cluster
                .slices
                .insert(name, serde_json::from_value(slice).expect("a slice"));
        }
        let node = json!({"metadata": {"name": "a"}, "status": {"addresses": [{"address": "192.168.0.11"}]}});
        let node: Node = serde_json::from_value(node).expect("a node");
        let kernel = Kernel::of_node(&cluster, &node, Family::V4);
        let mut plain = Kernel::of_node(&cluster, &node, Family::V4);
        for lookups in [&mut plain.index.nat, &mut plain.index.filter] {
            for lookup in lookups.iter_mut() {
                *lookup = None;
            }
        }
        let affinity = Affinity::default();
        for number in 0..22u8 {
            for to in [
                format!("10.96.0.{number}:80"),
                format!("192.168.0.11:{}", 30_000 + u16::from(number)),
            ] {
                let address = |text: &str| text.parse().expect("a literal address");
                let packet =
                    Packet::first(Protocol::Tcp, address("203.0.113.7:40000"), address(&to));
                let arrival = Arrival::Interface("eth0");
                let entering = PacketIn {
                    packet,
                    arrival,
                    tracking: Tracking::New,
                    affinity: &affinity,
                    now: 0,
                };
                let walked = |kernel| walk(kernel, &entering, &Rng::new(1, u64::from(number)));
                assert_eq!(walked(&kernel), walked(&plain), "{to}");
            }
        }
    }

    #[test]
    fn the_rules_that_can_match_come_in_the_order_of_the_chain() {
        let mut rules: Vec<Rule> = (0..10).map(|host| rule(Some(host), 80)).collect();
        rules.insert(
            3,
            Rule::new(
                [Match::LocalDestination],
                Target::Drop(DropReason::NoLocalEndpoints),
            ),
        );
        rules.insert(5, rule(None, 80));
        rules.push(rule(Some(7), 80));
        let lookup = Lookup::of(&rules).expect("a long chain");
        let to = |text: &str| text.parse().expect("a literal address");
        let packet = Packet::first(Protocol::Tcp, to("10.0.0.1:1"), to("10.96.0.7:80"));
        assert_eq!(
            lookup.candidates(&packet).collect::<Vec<_>>(),
            [3, 5, 9, 12]
        );
    }
}
