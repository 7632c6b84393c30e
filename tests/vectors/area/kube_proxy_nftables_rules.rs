//! `kube-proxy/nftables-rules`: both tables of a node, set by set, map by map and chain by chain.

use std::collections::BTreeMap;

use kubehop_engine::names::Family;
use kubehop_engine::proxy::nftables;
use kubehop_engine::ruleset::nft::text::table;
use serde_json::Value;

use super::kube_proxy::{cluster, differing_blocks, scenarios, text, with_nftables};
use crate::Case;

pub(crate) fn run(recording: &Value) -> Vec<Case> {
    let scenarios = scenarios();
    recording["rulesets"]
        .as_array()
        .into_iter()
        .flatten()
        .map(|recorded| ruleset(recorded, &scenarios))
        .collect()
}

fn ruleset(recorded: &Value, scenarios: &BTreeMap<String, Value>) -> Case {
    let name = text(&recorded["vector"]);
    let Some((scenario, node)) = name
        .split_once('@')
        .and_then(|(name, node)| Some((scenarios.get(name)?, node)))
    else {
        return Case {
            name: name.to_owned(),
            difference: Some("no such scenario".to_owned()),
        };
    };
    let cluster = cluster(scenario);
    let node = &cluster.nodes[node];
    let cluster = with_nftables(&cluster, node);
    let ours =
        [Family::V4, Family::V6].map(|family| table(&nftables::rules(&cluster, node, family)));
    let difference = compare(text(&recorded["ruleset"]), &ours.concat());
    Case {
        name: name.to_owned(),
        difference: (!difference.is_empty()).then_some(difference),
    }
}

/// The sets, maps and chains that differ, each with both of its texts.
fn compare(recorded: &str, ours: &str) -> String {
    let (recorded, ours) = (blocks(recorded), blocks(ours));
    differing_blocks(&recorded, &ours)
}

/// Every block by its table and name; elements one a line in alphabetical order, everything else in its own.
fn blocks(ruleset: &str) -> BTreeMap<String, Vec<String>> {
    let mut blocks: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let (mut table, mut block) = (String::new(), String::new());
    let joined = ruleset.replace(",\n\t\t\t     ", ", ");
    for line in joined
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty() && *line != "}")
    {
        let opened = line.strip_suffix(" {");
        match opened {
            Some(name) if name.starts_with("table ") => {
                table = name.to_owned();
                block = table.clone();
            }
            Some(name) => block = format!("{table} {name}"),
            None => {}
        }
        let lines = blocks.entry(block.clone()).or_default();
        match line
            .strip_prefix("elements = { ")
            .and_then(|list| list.strip_suffix(" }"))
        {
            Some(list) => {
                let mut elements: Vec<String> = list.split(", ").map(str::to_owned).collect();
                elements.sort_unstable();
                lines.extend(elements);
            }
            None => lines.push(line.to_owned()),
        }
    }
    blocks
}
