//! The plugins that look at the pods around: InterPodAffinity and PodTopologySpread (kubernetes
//! `pkg/scheduler/framework/plugins/{interpodaffinity,podtopologyspread}`).

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use smol_str::SmolStr;

use super::unfit::Unfit;
use super::{World, accepts_taints, node_affinity};
use crate::cluster::object::{Affinity, Node, Pod, PodAffinityTerm, TopologySpreadConstraint};
use crate::labels::{LabelSelector, Labels};

/// A pod on a node, as other pods' rules see it.
#[derive(Debug)]
pub(super) struct Placed {
    pub node: SmolStr,
    namespace: SmolStr,
    labels: Arc<Labels>,
    affinity: Option<Arc<Affinity>>,
    is_terminating: bool,
}

impl Placed {
    pub(super) fn of(pod: &Pod, node: &SmolStr) -> Placed {
        Placed {
            node: node.clone(),
            namespace: pod.metadata.namespace.clone(),
            labels: pod.metadata.labels.clone(),
            affinity: pod.spec.affinity.clone(),
            is_terminating: pod.is_terminating(),
        }
    }

    /// A pod that is not on a node yet: rules are asked about it, too.
    fn itself(pod: &Pod) -> Placed {
        Placed::of(pod, &SmolStr::default())
    }
}

/// Whether a pod has rules about the pods around it.
pub(super) fn minds_neighbours(pod: &Pod) -> bool {
    let rules = |affinity: &Affinity| {
        !affinity.pod_affinity.required.is_empty()
            || !affinity.pod_anti_affinity.required.is_empty()
    };
    pod.spec.affinity.as_deref().is_some_and(rules)
        || pod
            .spec
            .topology_spread_constraints
            .iter()
            .any(TopologySpreadConstraint::is_hard)
}

/// A place: a label of nodes and its value.
type TopologyDomain<'a> = (&'a str, &'a str);

/// What the pods around mean for one pod.
#[derive(Debug, Default)]
pub(super) struct Neighbours<'a> {
    /// The topology keys of the pod's affinity; each needs a place among `wanted`.
    keys: Vec<&'a str>,
    wanted: BTreeSet<TopologyDomain<'a>>,
    /// No pod matches the affinity yet, and this one matches it itself: the first of a group may go anywhere.
    is_first: bool,
    avoided: BTreeSet<TopologyDomain<'a>>,
    forbidden: BTreeSet<TopologyDomain<'a>>,
    spreads: Vec<Spread<'a>>,
}

#[derive(Debug)]
struct Spread<'a> {
    key: &'a str,
    counts: BTreeMap<&'a str, i64>,
    /// The number of pods of this kind in the emptiest place; `None` if there is no place.
    least: Option<i64>,
    own: i64,
    max_skew: i64,
}

impl<'a> Neighbours<'a> {
    pub(super) fn of(pod: &'a Pod, placed: &'a [Placed], world: World<'a>) -> Neighbours<'a> {
        if placed.is_empty() && !minds_neighbours(pod) {
            return Neighbours::default();
        }
        let mut found = Neighbours::default();
        let itself = Placed::itself(pod);
        if let Some(affinity) = &pod.spec.affinity {
            found.add_affinity(&affinity.pod_affinity.required, &itself, placed, world);
            for term in &affinity.pod_anti_affinity.required {
                let others = placed
                    .iter()
                    .filter(|other| selects(term, &itself, other, world));
                let places =
                    others.filter_map(|other| world.place(&term.topology_key, &other.node));
                found.avoided.extend(places);
            }
        }
        for other in placed {
            let terms = other.affinity.iter();
            let terms = terms.flat_map(|affinity| &affinity.pod_anti_affinity.required);
            for term in terms.filter(|term| selects(term, other, &itself, world)) {
                found
                    .forbidden
                    .extend(world.place(&term.topology_key, &other.node));
            }
        }
        let constraints = pod.spec.topology_spread_constraints.iter();
        let hard: Vec<_> = constraints
            .filter(|constraint| constraint.is_hard())
            .collect();
        let spreads = hard
            .iter()
            .map(|one| Spread::of(one, &hard, pod, placed, world));
        found.spreads = spreads.collect();
        found
    }

    fn add_affinity(
        &mut self,
        terms: &'a [PodAffinityTerm],
        itself: &Placed,
        placed: &'a [Placed],
        world: World<'a>,
    ) {
        let is_wanted =
            |other: &Placed| terms.iter().all(|term| selects(term, itself, other, world));
        for term in terms {
            self.keys.push(&term.topology_key);
            let others = placed.iter().filter(|other| is_wanted(other));
            let places = others.filter_map(|other| world.place(&term.topology_key, &other.node));
            self.wanted.extend(places);
        }
        self.is_first = self.wanted.is_empty() && is_wanted(itself);
    }

    /// Why a node is left out, by the first plugin that does.
    pub(super) fn unfit(&self, node: &Node) -> Option<Unfit> {
        let labels = &node.metadata.labels;
        for spread in &self.spreads {
            let Some(value) = labels.get(spread.key) else {
                return Some(Unfit::Spread(true));
            };
            if spread.is_broken_at(value) {
                return Some(Unfit::Spread(false));
            }
        }
        let has_keys = self.keys.iter().all(|key| labels.contains_key(*key));
        let is_near = |key: &&str| {
            let value = labels.get(*key).map_or("", SmolStr::as_str);
            self.wanted.contains(&(*key, value))
        };
        if !has_keys || !(self.is_first || self.keys.iter().all(is_near)) {
            return Some(Unfit::Affinity);
        }
        let is_at = |places: &BTreeSet<TopologyDomain>| {
            let mut places = places.iter();
            places.any(|(key, value)| labels.get(*key).is_some_and(|own| own == value))
        };
        if is_at(&self.avoided) {
            return Some(Unfit::AntiAffinity);
        }
        is_at(&self.forbidden).then_some(Unfit::ExistingAntiAffinity)
    }
}

/// Whether a term of a pod is about another one.
fn selects(term: &PodAffinityTerm, own: &Placed, other: &Placed, world: World) -> bool {
    let is_default = term.namespaces.is_empty() && term.namespace_selector.is_none();
    let by_labels = term.namespace_selector.as_ref().is_some_and(|selector| {
        let labels = world.namespaces.get(&other.namespace);
        labels.is_some_and(|labels| selector_matches(Some(selector), labels))
    });
    let in_namespace = if is_default {
        own.namespace == other.namespace
    } else {
        by_labels || term.namespaces.contains(&other.namespace)
    };
    let is_same = |key: &SmolStr| {
        let value = own.labels.get(key);
        value.is_none_or(|value| other.labels.get(key) == Some(value))
    };
    let differs = |key: &SmolStr| {
        let value = own.labels.get(key);
        value.is_none_or(|value| other.labels.get(key) != Some(value))
    };
    in_namespace
        && selector_matches(term.label_selector.as_ref(), &other.labels)
        && term.match_label_keys.iter().all(is_same)
        && term.mismatch_label_keys.iter().all(differs)
}

/// No selector selects nothing, an empty one everything.
fn selector_matches(selector: Option<&LabelSelector>, labels: &Labels) -> bool {
    let selector = selector.and_then(|selector| selector.selector().ok());
    selector.is_some_and(|selector| selector.matches(labels))
}

impl<'a> Spread<'a> {
    fn of(
        constraint: &'a TopologySpreadConstraint,
        all: &[&TopologySpreadConstraint],
        pod: &Pod,
        placed: &'a [Placed],
        world: World<'a>,
    ) -> Spread<'a> {
        let key = constraint.topology_key.as_str();
        let has_keys = |node: &Node| {
            let labels = &node.metadata.labels;
            all.iter().all(|one| labels.contains_key(&one.topology_key))
        };
        let counts_node = |node: &Node| {
            let by_affinity =
                constraint.node_affinity_policy == "Ignore" || node_affinity::matches(node, pod);
            let by_taints = constraint.node_taints_policy != "Honor" || accepts_taints(node, pod);
            has_keys(node) && by_affinity && by_taints
        };
        let is_counted = |other: &Placed| {
            let selector = constraint.label_selector.as_ref();
            let is_same = |key: &SmolStr| {
                let value = pod.metadata.labels.get(key);
                value.is_none_or(|value| other.labels.get(key) == Some(value))
            };
            other.namespace == pod.metadata.namespace
                && selector_matches(selector, &other.labels)
                && constraint.match_label_keys.iter().all(is_same)
        };
        let mut counts: BTreeMap<&str, i64> = BTreeMap::new();
        for node in world.nodes.values().filter(|node| counts_node(node)) {
            let value = node.metadata.labels.get(key).map_or("", SmolStr::as_str);
            counts.entry(value).or_default();
        }
        for other in placed
            .iter()
            .filter(|own| !own.is_terminating && is_counted(own))
        {
            let node = world
                .nodes
                .get(&other.node)
                .filter(|node| counts_node(node));
            let value = node.and_then(|node| node.metadata.labels.get(key));
            if let Some(count) = value.and_then(|value| counts.get_mut(value.as_str())) {
                *count += 1;
            }
        }
        let places = i64::try_from(counts.len()).unwrap_or(i64::MAX);
        let least = counts.values().min().copied();
        let has_too_few = constraint
            .min_domains
            .is_some_and(|domains| places < domains);
        Spread {
            key,
            least: if has_too_few { Some(0) } else { least },
            counts,
            own: i64::from(is_counted(&Placed::itself(pod))),
            max_skew: constraint.max_skew,
        }
    }

    fn is_broken_at(&self, value: &str) -> bool {
        let there = self.counts.get(value).copied().unwrap_or_default();
        self.least
            .is_some_and(|least| there + self.own - least > self.max_skew)
    }
}
