//! The scheduler's message about a pod that fits no node, and what would have to change.

use std::collections::BTreeMap;

use super::World;
use super::node_affinity;
use super::node_usage::NodeUsage;
use super::others::OtherSchedulers;
use super::priority::Priorities;
use super::taints::{is_accepted, printed_taint};
use super::unfit::{Unfit, preemption};
use crate::cluster::Cluster;
use crate::cluster::object::{Node, Pod, requests_of};
use crate::sort;

/// What the pods of every node have, for the report about a pod that fits no node.
pub struct Occupants<'a> {
    cluster: &'a Cluster,
    usage: NodeUsage,
    others: OtherSchedulers,
}

impl<'a> Occupants<'a> {
    /// The occupants of a cluster's nodes.
    pub fn of(cluster: &'a Cluster) -> Occupants<'a> {
        let world = World::new(&cluster.nodes, &cluster.namespaces);
        Occupants {
            cluster,
            usage: NodeUsage::of(cluster.each_pod(), world),
            others: OtherSchedulers::of(&cluster.each_pod().collect::<Vec<_>>()),
        }
    }

    /// The scheduler that a pod without a node waits for, if no pod here runs it. kube-scheduler leaves the pod alone, so
    /// that no condition and no event says anything.
    pub fn missing_scheduler<'p>(&self, pod: &'p Pod) -> Option<&'p str> {
        let waits = pod.spec.node_name.is_empty() && pod.spec.scheduling_gates.is_empty();
        self.others.missing(pod).filter(|_| waits)
    }

    /// What the scheduler reports of a pod that fits no node: `0/3 nodes are available: …` (`FitError` of
    /// `pkg/scheduler/framework/types.go`, with what the plugins DynamicResources and DefaultPreemption add).
    pub fn unschedulable_message(&self, pod: &Pod) -> String {
        if !pod.spec.scheduling_gates.is_empty() {
            return "Scheduling is blocked due to non-empty scheduling gates".to_owned();
        }
        let all = self.cluster.nodes.len();
        if all == 0 {
            return "no nodes available to schedule pods".to_owned();
        }
        let unfit = self.unfit_reasons(pod);
        let filtered = histogram(unfit.iter().flatten().map(Unfit::text));
        if self.may_preempt(pod) {
            return format!("0/{all} nodes are available: {filtered}.");
        }
        let preempted = histogram(unfit.iter().map(|unfit| preemption(unfit).to_owned()));
        format!(
            "0/{all} nodes are available: {filtered}. no new claims to deallocate, \
             preemption: 0/{all} nodes are available: {preempted}."
        )
    }

    /// What the first nodes have that does not suit a pod: `a: dedicated=db:NoSchedule; b: disk=hdd`. Empty if it has a
    /// node, or if there is no more to say than the scheduler does.
    pub fn obstacles(&self, pod: &Pod) -> String {
        if !pod.spec.node_name.is_empty() || !pod.spec.scheduling_gates.is_empty() {
            return String::new();
        }
        let world = World::new(&self.cluster.nodes, &self.cluster.namespaces);
        let wanted = self.usage.wanted_by(pod, world);
        let of_node = |node: &Node| {
            let found = self.usage.unfit(node, &wanted);
            let text = self.obstacle(node, pod, found.first()?)?;
            Some(format!("{}: {text}", node.name()))
        };
        let found = self.cluster.nodes.values().filter_map(of_node);
        let shown: Vec<String> = found.take(SHOWN_NODES).collect();
        shown.join("; ")
    }

    fn obstacle(&self, node: &Node, pod: &Pod, unfit: &Unfit) -> Option<String> {
        match unfit {
            Unfit::Tainted => {
                let mut taints = node.spec.taints.iter();
                let taint = taints.find(|taint| !is_accepted(taint, pod))?;
                Some(printed_taint(taint))
            }
            Unfit::NoMatch => node_affinity::missing(node, pod),
            Unfit::Insufficient(..) => {
                let short = self.usage.shortages(node, &requests_of(pod));
                let lines = short.into_iter().map(|(name, [wanted, used, has])| {
                    format!("{name} {wanted} > {}", has.less(used))
                });
                let lines: Vec<String> = lines.collect();
                Some(lines.join(", "))
            }
            Unfit::OfOtherNodes
            | Unfit::Unschedulable
            | Unfit::PortsTaken
            | Unfit::Full
            | Unfit::Spread(_)
            | Unfit::Affinity
            | Unfit::AntiAffinity
            | Unfit::ExistingAntiAffinity => None,
        }
    }

    /// Why a pod has no node: what other pods take from it on some node at least, else that no node is right for it.
    pub fn shortage(&self, pod: &Pod) -> Option<Shortage> {
        if !pod.spec.node_name.is_empty() {
            return None;
        }
        if self.missing_scheduler(pod).is_some() {
            return Some(Shortage::Scheduler);
        }
        let unfit = self.unfit_reasons(pod);
        let has = |reason: &Unfit| unfit.iter().flatten().any(|own| own == reason);
        if has(&Unfit::PortsTaken) {
            return Some(Shortage::Ports);
        }
        if has(&Unfit::Full) {
            return Some(Shortage::Room);
        }
        let is_unfit = unfit.len() == self.cluster.nodes.len();
        (is_unfit || !pod.spec.scheduling_gates.is_empty()).then_some(Shortage::Node)
    }

    /// Whether a pod without a node may take the place of pods with a lower priority. Which of them leave is not simulated.
    pub fn may_preempt(&self, pod: &Pod) -> bool {
        let priorities = Priorities(&self.cluster.priority_classes);
        let waits = pod.spec.node_name.is_empty() && pod.spec.scheduling_gates.is_empty();
        if !waits || !priorities.preempts(pod) || self.missing_scheduler(pod).is_some() {
            return false;
        }
        let world = World::new(&self.cluster.nodes, &self.cluster.namespaces);
        let wanted = self.usage.wanted_by(pod, world);
        self.cluster.nodes.values().any(|node| {
            let unfit = self.usage.unfit(node, &wanted);
            let is_full = !unfit.is_empty() && !unfit.iter().any(Unfit::is_final);
            let mut there = self.cluster.each_pod();
            let is_victim = |other: &Pod| {
                other.spec.node_name == node.name() && priorities.is_above(pod, other)
            };
            is_full && there.any(is_victim)
        })
    }

    /// Why each node that the pod does not fit on is left out.
    fn unfit_reasons(&self, pod: &Pod) -> Vec<Vec<Unfit>> {
        let world = World::new(&self.cluster.nodes, &self.cluster.namespaces);
        let wanted = self.usage.wanted_by(pod, world);
        let nodes = self.cluster.nodes.values();
        let unfit = nodes.map(|node| self.usage.unfit(node, &wanted));
        unfit.filter(|unfit| !unfit.is_empty()).collect()
    }
}

/// How many nodes are looked at one by one.
const SHOWN_NODES: usize = 3;

/// What a pod that is not scheduled lacks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shortage {
    /// Ports of the nodes, which other pods have.
    Ports,
    /// Room on the nodes: each takes a number of pods.
    Room,
    /// A node that is right for it.
    Node,
    /// The scheduler that it names.
    Scheduler,
}

/// `1 node(s) were unschedulable, 2 Too many pods`, sorted as text.
fn histogram(reasons: impl Iterator<Item = String>) -> String {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for reason in reasons {
        *counts.entry(reason).or_default() += 1;
    }
    let mut lines: Vec<String> = counts
        .into_iter()
        .map(|(reason, count)| format!("{count} {reason}"))
        .collect();
    sort::sort(&mut lines);
    lines.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::resolved;

    #[test]
    fn a_pod_whose_ports_are_taken_on_every_node_is_reported_in_the_schedulers_words() {
        let cluster = resolved(
            "
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: edge}
            spec:
              replicas: 4
              selector: {matchLabels: {app: edge}}
              template:
                metadata: {labels: {app: edge}}
                spec:
                  hostNetwork: true
                  containers: [{name: c, image: edge, ports: [{containerPort: 80}]}]
            ",
        )
        .cluster;
        let pending: Vec<&Pod> = cluster
            .each_pod()
            .filter(|pod| pod.spec.node_name.is_empty())
            .collect();
        let [pod] = pending.as_slice() else {
            panic!("one, not {pending:?}")
        };
        assert_eq!(
            Occupants::of(&cluster).unschedulable_message(pod),
            "0/3 nodes are available: 3 node(s) didn't have free ports for the requested pod ports. \
             no new claims to deallocate, preemption: 0/3 nodes are available: \
             3 No preemption victims found for incoming pod."
        );
    }
}
