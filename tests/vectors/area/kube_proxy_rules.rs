//! `kube-proxy/rules`: the rules of every node and family, chain by chain.
//!
//! In the chains all Services share, the order of Services has no meaning: those are compared as sorted lists. All
//! other chains are compared in order, and so is the place of the node ports' rule, which must be last.

use std::collections::BTreeMap;

use kubehop_engine::names::Family;
use kubehop_engine::proxy::iptables;
use kubehop_engine::ruleset::TableName;
use kubehop_engine::ruleset::text::{Form, table};
use serde_json::Value;

use super::kube_proxy::{cluster, differing_blocks, text, views};
use crate::Case;

const SHARED: [&str; 4] = [
    "KUBE-SERVICES",
    "KUBE-NODEPORTS",
    "KUBE-EXTERNAL-SERVICES",
    "KUBE-PROXY-FIREWALL",
];

pub(crate) fn run(recording: &Value) -> Vec<Case> {
    recording
        .as_array()
        .into_iter()
        .flatten()
        .flat_map(scenario)
        .collect()
}

fn scenario(scenario: &Value) -> Vec<Case> {
    let cluster = cluster(scenario);
    let mut cases = Vec::new();
    for (node, view) in views(scenario, &cluster) {
        for (key, family) in [("rules", Family::V4), ("ip6tables", Family::V6)] {
            let recorded = view[key].as_object().filter(|tables| !tables.is_empty());
            let Some(recorded) = recorded else { continue };
            let rules = iptables::rules(&cluster, node, family);
            let differences = [TableName::Nat, TableName::Filter].map(|name| {
                compare(
                    text(&recorded[name.as_str()]),
                    &table(&rules, name, Form::Restore),
                )
            });
            let difference: String = differences.concat();
            let name = format!("{}@{} {family}", text(&scenario["name"]), node.name());
            cases.push(Case {
                name,
                difference: (!difference.is_empty()).then_some(difference),
            });
        }
    }
    cases
}

/// The chains that differ, each with both of its texts.
fn compare(recorded: &str, ours: &str) -> String {
    let (recorded, ours) = (chains(recorded), chains(ours));
    differing_blocks(&recorded, &ours)
}

fn chains(table: &str) -> BTreeMap<&str, Vec<&str>> {
    let mut chains: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for line in table.lines() {
        if let Some(declared) = line.strip_prefix(':') {
            let name = declared.split(' ').next().unwrap_or_default();
            chains.entry(name).or_default().push(line);
        } else if let Some(rule) = line.strip_prefix("-A ") {
            chains
                .entry(rule.split(' ').next().unwrap_or_default())
                .or_default()
                .push(line);
        }
    }
    for name in SHARED {
        if let Some(rules) = chains.get_mut(name) {
            let is_last = |rule: &&str| rule.contains("must be the last rule");
            let services = rules.iter().position(is_last).unwrap_or(rules.len());
            rules[..services].sort_unstable();
        }
    }
    chains
}
