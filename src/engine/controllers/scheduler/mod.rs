//! kube-scheduler: which node a pod runs on.
//!
//! Filtering follows kubernetes (`pkg/scheduler/framework/plugins`: SchedulingGates, NodeUnschedulable,
//! NodeName, TaintToleration, NodeAffinity, NodePorts, NodeResourcesFit, PodTopologySpread, InterPodAffinity). Resources
//! count on nodes with `status.allocatable`. Preemption is not simulated: a pod that could preempt others stays pending,
//! with a note. Scoring is kubehop's own: the node with the fewest pods.

mod neighbours;
mod node_affinity;
mod node_usage;
mod occupants;
mod others;
mod priority;
mod rejection;
mod taints;
mod unfit;

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use smol_str::SmolStr;

use super::nodes::natural_key;
use crate::cluster::object::{Node, Pod, TaintEffect, requests_of};
use crate::labels::Labels;
use crate::sort;
use node_usage::NodeUsage;
use others::OtherSchedulers;
use taints::{accepts_taints, evicts};
use unfit::Unfit;

pub use occupants::{Occupants, Shortage};
pub use rejection::{NODE_PORTS, Rejection};
pub use taints::{printed_taint, toleration_time};

/// Whether a DaemonSet's pod can run on a node: the node's labels match, and all taints are tolerated. Cordoned nodes are
/// allowed.
pub fn fits_daemon(node: &Node, pod: &Pod) -> bool {
    node_affinity::matches(node, pod) && accepts_taints(node, pod)
}

/// The nodes and namespaces that rules of pods are about.
#[derive(Clone, Copy, Debug)]
pub struct World<'a> {
    nodes: &'a BTreeMap<SmolStr, Node>,
    namespaces: &'a BTreeMap<SmolStr, Arc<Labels>>,
}

impl<'a> World<'a> {
    /// Nodes, and the labels of namespaces.
    pub fn new(
        nodes: &'a BTreeMap<SmolStr, Node>,
        namespaces: &'a BTreeMap<SmolStr, Arc<Labels>>,
    ) -> World<'a> {
        World { nodes, namespaces }
    }

    /// The label of a node as a place, if the node has it.
    fn place(self, key: &'a str, node: &str) -> Option<(&'a str, &'a str)> {
        let value = self.nodes.get(node)?.metadata.labels.get(key)?;
        Some((key, value))
    }
}

/// The nodes with what pods have of them.
#[derive(Debug)]
pub struct Scheduler<'a> {
    world: World<'a>,
    /// Node names in natural order.
    names: Vec<SmolStr>,
    /// Number of pods and index in `names` of each node, fewest pods first.
    by_load: BTreeSet<(usize, usize)>,
    usage: NodeUsage,
    others: OtherSchedulers,
}

impl<'a> Scheduler<'a> {
    /// A scheduler that has counted these pods, and what those that run have. Pods that will be scheduled are among them.
    pub fn new<'b>(world: World<'a>, pods: impl IntoIterator<Item = &'b Pod>) -> Scheduler<'a> {
        let pods: Vec<&Pod> = pods.into_iter().collect();
        let others = OtherSchedulers::of(&pods);
        let usage = NodeUsage::of(pods, world);
        let mut names: Vec<SmolStr> = world.nodes.keys().cloned().collect();
        sort::sort_by(&mut names, |a, b| natural_key(a).cmp(&natural_key(b)));
        let mut by_load = BTreeSet::new();
        for (index, name) in names.iter().enumerate() {
            by_load.insert((usage.loads.get(name).copied().unwrap_or(0), index));
        }
        Scheduler {
            world,
            names,
            by_load,
            usage,
            others,
        }
    }

    /// A node by its name.
    pub fn node(&self, name: &str) -> Option<&'a Node> {
        self.world.nodes.get(name)
    }

    /// Whether a pod names a scheduler that nothing here runs.
    pub fn leaves_to_another(&self, pod: &Pod) -> bool {
        self.others.missing(pod).is_some()
    }

    /// Chooses the node with the fewest pods that the pod fits on.
    pub fn schedule(&mut self, pod: &Pod) -> Option<SmolStr> {
        self.schedule_on(pod, |node| Cow::Borrowed(node))
    }

    /// The same for a pod that ran before anybody cordoned or tainted the nodes: neither sends it away, but for a taint
    /// of effect `NoExecute`.
    pub fn schedule_earlier(&mut self, pod: &Pod) -> Option<SmolStr> {
        self.schedule_on(pod, |node| {
            let mut node = node.clone();
            node.spec.unschedulable = false;
            let taints = &mut node.spec.taints;
            taints.retain(|taint| taint.effect == TaintEffect::NoExecute);
            Cow::Owned(node)
        })
    }

    fn schedule_on(&mut self, pod: &Pod, seen: fn(&Node) -> Cow<Node>) -> Option<SmolStr> {
        if !pod.spec.scheduling_gates.is_empty() || self.leaves_to_another(pod) {
            return None;
        }
        let wanted = self.usage.wanted_by(pod, self.world);
        let is_feasible = |&&(_, index): &&(usize, usize)| {
            let node = self.names.get(index).and_then(|name| self.node(name));
            node.is_some_and(|node| self.usage.unfit(&seen(node), &wanted).is_empty())
        };
        let &(load, index) = self.by_load.iter().find(is_feasible)?;
        self.by_load.remove(&(load, index));
        self.by_load.insert((load + 1, index));
        let name = self.names.get(index).cloned()?;
        *self.usage.loads.entry(name.clone()).or_default() += 1;
        self.usage.place(pod, &name, self.world);
        self.usage.forget_places();
        Some(name)
    }

    /// Binds a pod to the node that it names, unless its kubelet rejects it (kubernetes
    /// `pkg/kubelet/lifecycle/predicate.go`).
    pub fn bind(&mut self, pod: &Pod) -> Result<(), Rejection> {
        let name = &pod.spec.node_name;
        if let Some(node) = self.node(name) {
            if !node_affinity::matches(node, pod) {
                return Err(Rejection::of_predicate("NodeAffinity", &Unfit::NoMatch));
            }
            if !self.usage.has_ports(pod, name) {
                return Err(Rejection::of_predicate(NODE_PORTS, &Unfit::PortsTaken));
            }
            let short = self.usage.shortages(node, &requests_of(pod));
            if let Some((resource, [wanted, used, has])) = short.first() {
                let scale = if resource == "cpu" { 1000.0 } else { 1.0 };
                let [wanted, used, has] =
                    [wanted, used, has].map(|amount| (amount.as_number() * scale).ceil());
                return Err(Rejection {
                    reason: format!("OutOf{resource}").into(),
                    message: format!(
                        "Pod was rejected: Node didn't have enough resource: {resource}, \
                         requested: {wanted}, used: {used}, capacity: {has}"
                    ),
                });
            }
            if evicts(node, pod) {
                return Err(Rejection::of_taint());
            }
        }
        self.usage.place(pod, name, self.world);
        self.usage.forget_places();
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{cluster_of, object};

    #[test]
    fn cordoned_and_tainted_nodes_and_those_without_the_wanted_label_are_not_chosen() {
        let cluster = cluster_of(
            "
            apiVersion: v1
            kind: Node
            metadata: {name: cordoned}
            spec: {unschedulable: true}
            ---
            apiVersion: v1
            kind: Node
            metadata: {name: gpu}
            spec: {taints: [{key: gpu, value: \"yes\", effect: NoSchedule}]}
            ---
            apiVersion: v1
            kind: Node
            metadata: {name: plain, labels: {disk: ssd}}
            ",
        );
        let mut scheduler = Scheduler::new(World::new(&cluster.nodes, &cluster.namespaces), []);
        let mut schedule = |spec: &str| {
            let node = scheduler.schedule(&object(spec));
            node.unwrap_or_default().to_string()
        };
        assert_eq!(schedule("spec: {}"), "plain");
        assert_eq!(
            schedule("spec: {tolerations: [{key: gpu, operator: Exists}]}"),
            "gpu"
        );
        assert_eq!(schedule("spec: {nodeSelector: {disk: hdd}}"), "");
        // What ran there before stays.
        let earlier = scheduler.schedule_earlier(&Pod::default());
        assert_eq!(earlier.as_deref(), Some("cordoned"));
    }

    #[test]
    fn a_full_node_takes_no_more_pods() {
        let cluster = cluster_of(
            "
            apiVersion: v1
            kind: Node
            metadata: {name: small}
            status: {allocatable: {pods: \"1\"}}
            ",
        );
        let mut scheduler = Scheduler::new(World::new(&cluster.nodes, &cluster.namespaces), []);
        let mut schedule = || scheduler.schedule(&Pod::default());
        assert_eq!(schedule().as_deref(), Some("small"));
        assert_eq!(schedule(), None);
    }
}
