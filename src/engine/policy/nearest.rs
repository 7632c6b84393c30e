//! The rules that almost allow a connection: what of each matches, and what does not.

use serde::Serialize;

use super::compiled::{CompiledPeer, CompiledPolicy, CompiledRule};
use super::matching::{
    Reading, Sidecars, Subject, block_matches, has_number, in_namespace, is_subject_to_blocks,
};
use super::{Owner, Peer, Port};
use crate::cluster::object::{IpBlock, NetworkPolicyPort, Pod, TargetPort};
use crate::diagnostic::RuleField;
use crate::labels::{Labels, Selector};
use crate::names::{ObjectName, PolicyType};
use crate::sort;

/// How many rules are kept.
const MOST: usize = 3;

/// A rule that does not allow a connection.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Miss {
    /// The policy.
    pub policy: ObjectName,
    /// The index of the rule.
    pub rule: usize,
    /// Its port item and its peer item that come closest, field by field.
    pub parts: Vec<FieldMatch>,
}

/// A field of a rule, compared with the connection.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FieldMatch {
    /// The field.
    pub field: RuleField,
    /// Its path: `spec.ingress[0].from[1].podSelector`.
    pub path: String,
    /// What the rule asks for.
    pub wanted: String,
    /// What the connection has.
    pub found: String,
    /// Whether it matches.
    pub matches: bool,
}

impl Miss {
    /// The fields that do not match.
    pub fn mismatches(&self) -> impl Iterator<Item = &FieldMatch> {
        self.parts.iter().filter(|part| !part.matches)
    }
}

/// The rules of an isolated pod that do not allow a connection, those with the fewest differences first.
pub(super) fn nearest_misses(subject: &Subject, peer: &Peer, port: Port) -> Vec<Miss> {
    let pod = match peer.owner {
        Owner::Pod(pod) | Owner::HostNetworkPod(pod) | Owner::EndedPod(pod) => Some(pod),
        Owner::Node(_) | Owner::Outside => None,
    };
    let reading = Reading {
        address: peer.address,
        pod,
        owner: peer.owner,
    };
    let mut misses = Vec::new();
    for policy in subject.policies {
        let rules = policy.rules(subject.direction).unwrap_or_default();
        for (index, rule) in rules.iter().enumerate() {
            let compared = Compared {
                subject,
                policy,
                peer: &reading,
                port,
                path: rule_path(subject.direction, index),
            };
            misses.push(Miss {
                policy: policy.id.clone(),
                rule: index,
                parts: compared.parts(rule),
            });
        }
    }
    sort::sort_by_key(&mut misses, |miss| {
        let wrong = miss.mismatches().count();
        (wrong, usize::MAX - (miss.parts.len() - wrong))
    });
    misses.truncate(MOST);
    misses
}

fn rule_path(direction: PolicyType, index: usize) -> String {
    let list = match direction {
        PolicyType::Ingress => "ingress",
        PolicyType::Egress => "egress",
    };
    format!("spec.{list}[{index}]")
}

/// A rule beside the connection that it does not allow.
struct Compared<'a> {
    subject: &'a Subject<'a>,
    policy: &'a CompiledPolicy,
    peer: &'a Reading<'a>,
    port: Port,
    path: String,
}

impl Compared<'_> {
    fn parts(&self, rule: &CompiledRule) -> Vec<FieldMatch> {
        let ports = rule.ports.iter().enumerate();
        let ports = ports.map(|(index, port)| self.port(index, port)).collect();
        let peers = rule.peers.iter().enumerate();
        let peers = peers.map(|(index, peer)| self.peer(index, peer)).collect();
        let mut parts = closest(ports);
        parts.extend(closest(peers));
        parts
    }

    fn port(&self, index: usize, own: &NetworkPolicyPort) -> Vec<FieldMatch> {
        let path = format!("{}.ports[{index}]", self.path);
        let destination = match self.subject.direction {
            PolicyType::Ingress => Some(self.subject.pod),
            PolicyType::Egress => self.peer.pod,
        };
        let mut parts = vec![FieldMatch {
            field: RuleField::Protocol,
            path: format!("{path}.protocol"),
            wanted: own.protocol.to_string(),
            found: self.port.protocol.to_string(),
            matches: own.protocol == self.port.protocol,
        }];
        if let Some(first) = &own.port {
            parts.push(FieldMatch {
                field: RuleField::Port,
                path: format!("{path}.port"),
                wanted: port_text(first, own.end_port),
                found: self.port.number.to_string(),
                matches: has_number(own, destination, self.port, Sidecars::Count),
            });
        }
        parts
    }

    fn peer(&self, index: usize, own: &CompiledPeer) -> Vec<FieldMatch> {
        let list = match self.subject.direction {
            PolicyType::Ingress => "from",
            PolicyType::Egress => "to",
        };
        let path = format!("{}.{list}[{index}]", self.path);
        match own {
            CompiledPeer::Block(block) => self.block(&path, block),
            CompiledPeer::Pods { namespaces, pods } => {
                let namespace = self.namespace(&path, namespaces.as_ref());
                let pods = pods.as_ref().map(|selector| self.pods(&path, selector));
                [Some(namespace), pods].into_iter().flatten().collect()
            }
        }
    }

    fn namespace(&self, path: &str, selector: Option<&Selector>) -> FieldMatch {
        let own = &self.policy.id.namespace;
        let matches = self
            .peer
            .pod
            .is_some_and(|pod| in_namespace(self.subject, own, selector, pod));
        let none = Labels::new();
        let found = match (self.peer.pod, selector) {
            (None, _) => self.peer.address.to_string(),
            (Some(pod), None) => pod.metadata.namespace.to_string(),
            (Some(pod), Some(_)) => {
                let labels = self.subject.namespaces.get(&pod.metadata.namespace);
                labels_text(labels.map_or(&none, AsRef::as_ref))
            }
        };
        match selector {
            Some(selector) => FieldMatch {
                field: RuleField::NamespaceSelector,
                path: format!("{path}.namespaceSelector"),
                wanted: selector.to_string(),
                found,
                matches,
            },
            None => FieldMatch {
                field: RuleField::OwnNamespace,
                path: path.to_owned(),
                wanted: own.to_string(),
                found,
                matches,
            },
        }
    }

    fn pods(&self, path: &str, selector: &Selector) -> FieldMatch {
        let labels = |pod: &Pod| labels_text(&pod.metadata.labels);
        FieldMatch {
            field: RuleField::PodSelector,
            path: format!("{path}.podSelector"),
            wanted: selector.to_string(),
            found: self
                .peer
                .pod
                .map_or_else(|| self.peer.address.to_string(), labels),
            matches: self
                .peer
                .pod
                .is_some_and(|pod| selector.matches(&pod.metadata.labels)),
        }
    }

    fn block(&self, path: &str, block: &IpBlock) -> Vec<FieldMatch> {
        let address = self.peer.address;
        let counts = is_subject_to_blocks(self.subject, self.peer);
        let is_inside = block.cidr.contains(&address) && counts;
        let mut parts = vec![FieldMatch {
            field: RuleField::IpBlock,
            path: format!("{path}.ipBlock.cidr"),
            wanted: block.cidr.to_string(),
            found: address.to_string(),
            matches: is_inside,
        }];
        let excepted = block.except.iter().position(|it| it.contains(&address));
        if let Some(index) = excepted.filter(|_| is_inside && !block_matches(block, address)) {
            parts.push(FieldMatch {
                field: RuleField::Except,
                path: format!("{path}.ipBlock.except[{index}]"),
                wanted: block.except[index].to_string(),
                found: address.to_string(),
                matches: false,
            });
        }
        parts
    }
}

/// Of several items the one with the fewest differences, the first of equals.
fn closest(items: Vec<Vec<FieldMatch>>) -> Vec<FieldMatch> {
    let wrong = |parts: &Vec<FieldMatch>| parts.iter().filter(|part| !part.matches).count();
    let mut closest = items.into_iter();
    let mut best = closest.next().unwrap_or_default();
    for item in closest {
        if wrong(&item) < wrong(&best) {
            best = item;
        }
    }
    best
}

fn port_text(first: &TargetPort, last: Option<u16>) -> String {
    match last {
        Some(last) => format!("{first}–{last}"),
        None => first.to_string(),
    }
}

fn labels_text(labels: &Labels) -> String {
    let pairs: Vec<String> = labels
        .iter()
        .map(|(key, value)| format!("{key}={value}"))
        .collect();
    pairs.join(",")
}
