//! The Rules tab: a node's rules by chain, what the packet matched hop by hop, and what it passed over.

use std::collections::BTreeMap;

use super::Model;
use crate::view::i18n::Catalogue;
use crate::view::page_text::PageSentence;
use crate::view::page_view::{RuleGroupView, RuleLineView, RulesPanel, RulesView};
use crate::view::scene::ShapeId;
use kubehop_engine::cluster::Cluster;
use kubehop_engine::names::ObjectName;
use kubehop_engine::ruleset::{PartKind, PrintedLine, RuleId};
use kubehop_engine::sort;

/// The most lines of rules that are sent to the page; those that matched come first. All of them are searched and copied.
const RULE_LINES: usize = 2_000;

/// The most chains that are listed.
const CHAINS: usize = 300;

impl Model {
    /// The rules of a node, or of the first one; `None` without nodes.
    pub(super) fn rules_view(&self, panel: &RulesPanel, words: &Catalogue) -> Option<RulesView> {
        let nodes = self.network.cluster().nodes.keys();
        let nodes: Vec<String> = nodes.map(ToString::to_string).collect();
        let node = nodes
            .iter()
            .find(|name| panel.node.as_ref() == Some(name))
            .or(nodes.first())?
            .clone();
        let lit = match &self.trace {
            Some(trace) => trace.matched_on(&node),
            None => BTreeMap::new(),
        };
        let printed = self.network.rules_lines(&node, self.family());
        let mut groups = groups(&printed, &lit);
        let total = printed.len();
        let found = filter(&mut groups, &panel.filter);
        let left = cut(&mut groups);
        for line in groups.iter_mut().flat_map(|group| &mut group.lines) {
            line.about = service_of(self.network.cluster(), &line.text).map(ShapeId::Service);
        }
        let found = PageSentence::FoundLines {
            count: found,
            total,
        };
        Some(RulesView {
            groups,
            found: (!panel.filter.is_empty()).then(|| words.format(&found).text),
            more: (left > 0).then(|| words.format(&PageSentence::MoreChains { count: left }).text),
            command: self.network.rules_command(&node, self.family()).to_owned(),
            node,
            nodes,
        })
    }
}

/// The lines by chain, set or map, in the order in which they are printed.
fn groups(printed: &[PrintedLine], lit: &BTreeMap<RuleId, usize>) -> Vec<RuleGroupView> {
    let mut groups: Vec<RuleGroupView> = Vec::new();
    for line in printed.iter().filter(|line| !line.text().is_empty()) {
        let title = title(line);
        if let Some(title) = title.filter(|new| groups.last().is_none_or(|of| of.title != *new)) {
            groups.push(RuleGroupView {
                title: title.to_owned(),
                lines: Vec::new(),
                count: 0,
            });
        }
        let Some(group) = groups.last_mut() else {
            continue;
        };
        group.count += usize::from(line.id.is_some());
        group.lines.push(RuleLineView {
            text: line.text().to_owned(),
            is_heading: line.is_heading(),
            hop: line.id.and_then(|id| lit.get(&id).copied()),
            passed: None,
            one_of: one_of(line),
            about: None,
        });
    }
    groups.iter_mut().for_each(mark_passed);
    groups
}

/// The chain, set, map or table that begins with a line, or that a rule is appended to.
fn title(line: &PrintedLine) -> Option<&str> {
    let text = line.text().trim_start();
    if let Some(rule) = text.strip_prefix("-A ") {
        return rule.split(' ').next();
    }
    let heading = Some(text).filter(|_| line.is_heading())?;
    let block = heading.strip_suffix(" {");
    block.or(heading.starts_with('*').then_some(heading))
}

/// The probability of a rule, as one of how many.
pub(super) fn one_of(line: &PrintedLine) -> Option<u32> {
    let text = line
        .parts()
        .find(|part| part.kind == PartKind::Probability)?
        .text;
    let number = text.split_whitespace().last()?.parse::<f64>().ok()?;
    Some((1.0 / number).round() as u32)
}

/// The kernel drew for every rule with a probability above one of the same chain that matched.
fn mark_passed(group: &mut RuleGroupView) {
    let mut later = None;
    for line in group.lines.iter_mut().rev() {
        match line.hop {
            Some(hop) => later = Some(later.map_or(hop, |later: usize| later.min(hop))),
            None => line.passed = later.filter(|_| line.one_of.is_some()),
        }
    }
}

/// Keeps the lines that have the words, and the chains that have them in their names; returns how many lines that are.
fn filter(groups: &mut Vec<RuleGroupView>, wanted: &str) -> usize {
    let wanted = wanted.trim().to_lowercase();
    let has = |text: &str| text.to_lowercase().contains(&wanted);
    for group in groups.iter_mut().filter(|group| !has(&group.title)) {
        group.lines.retain(|line| has(&line.text));
    }
    groups.retain(|group| !group.lines.is_empty());
    groups.iter().map(|group| group.lines.len()).sum()
}

/// Cuts to what a page can show: the chains that matched, then the first ones. Says how many chains are left out.
fn cut(groups: &mut Vec<RuleGroupView>) -> usize {
    let is_lit = |group: &RuleGroupView| group.lines.iter().any(|line| line.hop.is_some());
    let mut order: Vec<usize> = (0..groups.len()).collect();
    sort::sort_by_key(&mut order, |index| (!is_lit(&groups[*index]), *index));
    let mut room = RULE_LINES;
    for index in order.iter().take(CHAINS) {
        let lines = &mut groups[*index].lines;
        lines.truncate(room);
        room -= lines.len();
    }
    let left = order.split_off(order.len().min(CHAINS));
    let left = sort::set(left);
    let mut index = 0;
    groups.retain(|_| {
        index += 1;
        !left.contains(&(index - 1))
    });
    left.len()
}

/// The Service that kube-proxy names in a rule: in the comment (`"NAMESPACE/NAME:PORT …"`), or in the name of a chain
/// (`service-HASH-NAMESPACE/NAME/PROTOCOL/PORT`).
fn service_of(cluster: &Cluster, text: &str) -> Option<ObjectName> {
    let words = text.split([' ', '"', ',', '{', '}', ':']);
    let names = words.filter_map(|word| {
        let (namespace, rest) = word.split_once('/')?;
        let is_hashed = rest.contains('/');
        let namespace = if is_hashed {
            namespace.splitn(3, '-').nth(2)?
        } else {
            namespace
        };
        Some(ObjectName::new(namespace, rest.split('/').next()?))
    });
    names
        .into_iter()
        .find(|name| cluster.services.contains_key(name))
}
