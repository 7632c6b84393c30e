//! What pods occupy of their nodes: ports and resources; and what a new pod requires of one.

use std::collections::BTreeMap;

use smol_str::SmolStr;

use super::neighbours::{Neighbours, Placed, minds_neighbours};
use super::unfit::Unfit;
use super::{World, accepts_taints, node_affinity};
use crate::cluster::object::{HostPort, Node, Pod, PodPhase, Resources, host_ports, requests_of};
use crate::quantity::Quantity;

/// The resources that every kubelet reports.
const REPORTED: [&str; 3] = ["cpu", "memory", "ephemeral-storage"];

/// What pods occupy, by the name of their node.
#[derive(Debug, Default)]
pub(super) struct NodeUsage {
    /// The number of pods.
    pub loads: BTreeMap<SmolStr, usize>,
    ports: BTreeMap<SmolStr, Vec<HostPort>>,
    used: BTreeMap<SmolStr, Resources>,
    /// Empty while no pod has rules about the pods around it.
    placed: Vec<Placed>,
    minds_neighbours: bool,
}

/// What a pod requires of a node: host ports, resources, and rules about the pods around it.
pub(super) struct PodRequirements<'a> {
    pod: &'a Pod,
    ports: Vec<HostPort>,
    requests: Resources,
    neighbours: Neighbours<'a>,
}

impl NodeUsage {
    /// The ports and resources that these pods occupy. A pod that names a node and does not run there is only load.
    pub(super) fn of<'a>(pods: impl IntoIterator<Item = &'a Pod>, world: World) -> NodeUsage {
        let mut usage = NodeUsage::default();
        for pod in pods.into_iter().filter(|pod| !pod.has_finished()) {
            usage.minds_neighbours |= minds_neighbours(pod);
            let node = &pod.spec.node_name;
            *usage.loads.entry(node.clone()).or_default() += 1;
            let is_reported =
                pod.status.phase == PodPhase::Pending && !pod.status.conditions.is_empty();
            let runs = pod.addresses().next().is_some();
            if !node.is_empty() && (runs || is_reported) {
                usage.place(pod, node, world);
            }
        }
        if !usage.minds_neighbours {
            usage.placed.clear();
        }
        usage
    }

    /// The requirements of a pod, with what the pods around it mean for them.
    pub(super) fn wanted_by<'a>(&'a self, pod: &'a Pod, world: World<'a>) -> PodRequirements<'a> {
        PodRequirements {
            pod,
            ports: host_ports(pod),
            requests: requests_of(pod),
            neighbours: Neighbours::of(pod, &self.placed, world),
        }
    }

    /// Assigns a pod its ports and resources on a node; the load is counted separately.
    pub(super) fn place(&mut self, pod: &Pod, node: &SmolStr, world: World) {
        let wanted = host_ports(pod);
        if !wanted.is_empty() {
            self.ports.entry(node.clone()).or_default().extend(wanted);
        }
        let states_resources = |node: &Node| !node.status.allocatable.0.is_empty();
        if world.nodes.get(node).is_some_and(states_resources) {
            let used = self.used.entry(node.clone()).or_default();
            used.add(&requests_of(pod));
        }
        // While pods are collected, one with rules may still follow.
        self.placed.push(Placed::of(pod, node));
    }

    /// Whether all host ports of a pod are free on a node.
    pub(super) fn has_ports(&self, pod: &Pod, node: &str) -> bool {
        let wanted = host_ports(pod);
        let mut taken = self.ports.get(node).into_iter().flatten();
        !taken.any(|taken| wanted.iter().any(|own| own.conflicts_with(taken)))
    }

    /// The resources that a node has too little of: name, amount wanted, used, allocatable.
    pub(super) fn shortages(
        &self,
        node: &Node,
        requests: &Resources,
    ) -> Vec<(SmolStr, [Quantity; 3])> {
        let allocatable = &node.status.allocatable;
        let is_reported = REPORTED[..2]
            .iter()
            .all(|name| allocatable.get(name).is_some());
        let used = self.used.get(node.name());
        let mut short = Vec::new();
        for (name, &wanted) in &requests.0 {
            let is_own = REPORTED.contains(&name.as_str());
            let has = match allocatable.get(name) {
                Some(has) => has,
                // A kubelet that reports CPU and memory reports what its device plugins have, too.
                None if is_reported && !is_own => Quantity::default(),
                None => continue,
            };
            let used = used.and_then(|used| used.get(name)).unwrap_or_default();
            if wanted > Quantity::default() && wanted > has.less(used) {
                short.push((name.clone(), [wanted, used, has]));
            }
        }
        short
    }

    /// Why a node is left out: what the first plugin that does says, in the order of the default plugins.
    pub(super) fn unfit(&self, node: &Node, wanted: &PodRequirements) -> Vec<Unfit> {
        let pod = wanted.pod;
        let daemon_node = pod.spec.daemon_node.as_str();
        let is_daemon = !daemon_node.is_empty();
        let is_of_others = is_daemon && daemon_node != node.name();
        if is_of_others || node_affinity::is_of_other_nodes(node, pod) {
            return vec![Unfit::OfOtherNodes];
        }
        if node.spec.unschedulable && !is_daemon {
            return vec![Unfit::Unschedulable];
        }
        // A node that is not ready has the taint `node.kubernetes.io/not-ready`.
        if !accepts_taints(node, pod) || !node.is_ready() {
            return vec![Unfit::Tainted];
        }
        if !node_affinity::matches(node, pod) {
            return vec![Unfit::NoMatch];
        }
        let mut taken = self.ports.get(node.name()).into_iter().flatten();
        if taken.any(|taken| wanted.ports.iter().any(|own| own.conflicts_with(taken))) {
            return vec![Unfit::PortsTaken];
        }
        let short = self.lacks(node, wanted);
        if !short.is_empty() {
            return short;
        }
        wanted.neighbours.unfit(node).into_iter().collect()
    }

    /// The plugin NodeResourcesFit: room for one more pod, and what it requests.
    fn lacks(&self, node: &Node, wanted: &PodRequirements) -> Vec<Unfit> {
        if wanted.pod.is_system_critical() {
            return Vec::new();
        }
        let load = self.loads.get(node.name()).copied().unwrap_or_default();
        let mut short = Vec::new();
        if load >= node.pod_capacity() {
            short.push(Unfit::Full);
        }
        let shortages = self.shortages(node, &wanted.requests).into_iter();
        short.extend(
            shortages.map(|(name, [wanted, _, has])| Unfit::Insufficient(name, wanted > has)),
        );
        short
    }

    /// Whether rules about the pods around are of no interest: then no pod needs to be remembered.
    pub(super) fn forget_places(&mut self) {
        if !self.minds_neighbours {
            self.placed.clear();
        }
    }
}
