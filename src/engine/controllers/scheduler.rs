//! kube-scheduler: which node a pod runs on.
//!
//! Filtering follows kubernetes (`pkg/scheduler/framework/plugins`: NodeName, NodeAffinity's node selector,
//! TaintToleration, NodeUnschedulable, NodePorts, the number of pods of NodeResourcesFit). Scoring is kubehop's own: the
//! node with the fewest pods.

use std::collections::{BTreeMap, BTreeSet};

use smol_str::SmolStr;

use super::nodes::natural_key;
use crate::cluster::Cluster;
use crate::cluster::object::{
    CORDON_TAINT, HostPort, Node, Pod, Taint, TaintEffect, Toleration, TolerationOperator,
    host_ports,
};
use crate::sort;

/// Whether a pod can be scheduled on a node: the node selector matches and all taints are tolerated.
pub fn fits(node: &Node, pod: &Pod) -> bool {
    !node.spec.unschedulable && fits_daemon(node, pod)
}

/// Whether a DaemonSet's pod can run on a node: as [`fits`], but cordoned nodes are allowed.
pub fn fits_daemon(node: &Node, pod: &Pod) -> bool {
    let labels = &node.metadata.labels;
    let mut selector = pod.spec.node_selector.iter();
    selector.all(|(key, value)| labels.get(key) == Some(value))
        && node.spec.taints.iter().all(|taint| is_accepted(taint, pod))
}

fn is_accepted(taint: &Taint, pod: &Pod) -> bool {
    let tolerations = &pod.spec.tolerations;
    taint.key == CORDON_TAINT
        || !repels(taint)
        || tolerations.iter().any(|one| tolerates(one, taint))
}

fn repels(taint: &Taint) -> bool {
    match taint.effect {
        TaintEffect::NoSchedule | TaintEffect::NoExecute => true,
        TaintEffect::Unset | TaintEffect::PreferNoSchedule | TaintEffect::Other(_) => false,
    }
}

/// `ToleratesTaint` of `api/core/v1/toleration.go`. An empty effect or, with `Exists`, an empty key matches any.
fn tolerates(toleration: &Toleration, taint: &Taint) -> bool {
    let is_any_value = toleration.operator == TolerationOperator::Exists;
    let effect = toleration.effect == TaintEffect::Unset || toleration.effect == taint.effect;
    let key = toleration.key == taint.key || (toleration.key.is_empty() && is_any_value);
    effect && key && (is_any_value || toleration.value == taint.value)
}

/// The nodes with their numbers of pods, and the ports of the nodes that pods have.
#[derive(Debug)]
pub struct Scheduler {
    /// Node names in natural order.
    names: Vec<SmolStr>,
    /// Number of pods and index in `names` of each node, fewest pods first.
    by_load: BTreeSet<(usize, usize)>,
    /// The ports that pods of a node have.
    ports: BTreeMap<SmolStr, Vec<HostPort>>,
}

impl Scheduler {
    /// A scheduler that has counted these pods, and the ports of those that run.
    pub fn new<'a>(
        nodes: &BTreeMap<SmolStr, Node>,
        pods: impl IntoIterator<Item = &'a Pod>,
    ) -> Scheduler {
        let mut loads: BTreeMap<&str, usize> = BTreeMap::new();
        let mut ports: BTreeMap<SmolStr, Vec<HostPort>> = BTreeMap::new();
        for pod in pods.into_iter().filter(|pod| !pod.has_finished()) {
            let node = &pod.spec.node_name;
            *loads.entry(node.as_str()).or_default() += 1;
            let taken = host_ports(pod);
            if pod.addresses().next().is_some() && !taken.is_empty() {
                ports.entry(node.clone()).or_default().extend(taken);
            }
        }
        let mut names: Vec<SmolStr> = nodes.keys().cloned().collect();
        sort::sort_by(&mut names, |a, b| natural_key(a).cmp(&natural_key(b)));
        let mut by_load = BTreeSet::new();
        for (index, name) in names.iter().enumerate() {
            by_load.insert((loads.get(name.as_str()).copied().unwrap_or(0), index));
        }
        Scheduler {
            names,
            by_load,
            ports,
        }
    }

    /// Chooses the ready node with the fewest pods that the pod fits on.
    pub fn schedule(&mut self, pod: &Pod, nodes: &BTreeMap<SmolStr, Node>) -> Option<SmolStr> {
        let wanted = host_ports(pod);
        let is_feasible = |&&(load, index): &&(usize, usize)| {
            let node = self.names.get(index).and_then(|name| nodes.get(name));
            node.is_some_and(|node| {
                node.is_ready()
                    && fits(node, pod)
                    && (load < node.pod_capacity() || pod.is_system_critical())
                    && are_free(self.ports.get(node.name()), &wanted)
            })
        };
        let &(load, index) = self.by_load.iter().find(is_feasible)?;
        self.by_load.remove(&(load, index));
        self.by_load.insert((load + 1, index));
        let name = self.names.get(index).cloned()?;
        self.take(&name, wanted);
        Some(name)
    }

    /// Binds a pod to the node that it names; `false` if another pod of the node has one of its ports.
    pub fn bind(&mut self, pod: &Pod) -> bool {
        let wanted = host_ports(pod);
        let node = &pod.spec.node_name;
        let are_free = are_free(self.ports.get(node), &wanted);
        if are_free {
            self.take(node, wanted);
        }
        are_free
    }

    fn take(&mut self, node: &str, wanted: Vec<HostPort>) {
        if !wanted.is_empty() {
            self.ports.entry(node.into()).or_default().extend(wanted);
        }
    }
}

/// Whether a node has all ports that a pod wants.
fn are_free(taken: Option<&Vec<HostPort>>, wanted: &[HostPort]) -> bool {
    let mut taken = taken.into_iter().flatten();
    !taken.any(|taken| wanted.iter().any(|own| own.conflicts_with(taken)))
}

/// The reason and the message of a pod that its kubelet rejects, since another pod of the node has one of its ports
/// (kubernetes `pkg/kubelet/lifecycle/predicate.go`).
pub const REJECTED: (&str, &str) = (
    "NodePorts",
    "Pod was rejected: Predicate NodePorts failed: node(s) didn't have free ports for the requested pod ports",
);

/// Why a node does not pass the filters of the scheduler, in the words of the plugin.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Unfit {
    OfAnotherDaemon,
    Unschedulable,
    Tainted,
    NoMatch,
    PortsTaken,
    Full,
}

impl Unfit {
    fn as_str(self) -> &'static str {
        match self {
            Unfit::OfAnotherDaemon => "node(s) didn't satisfy plugin(s) [NodeAffinity]",
            Unfit::Unschedulable => "node(s) were unschedulable",
            Unfit::Tainted => "node(s) had untolerated taint(s)",
            Unfit::NoMatch => "node(s) didn't match Pod's node affinity/selector",
            Unfit::PortsTaken => "node(s) didn't have free ports for the requested pod ports",
            Unfit::Full => "Too many pods",
        }
    }

    /// What preemption finds on the node: only ports and room become free when other pods leave.
    fn preemption(self) -> &'static str {
        match self {
            Unfit::OfAnotherDaemon | Unfit::Unschedulable | Unfit::Tainted | Unfit::NoMatch => {
                "Preemption is not helpful for scheduling"
            }
            Unfit::PortsTaken | Unfit::Full => "No preemption victims found for incoming pod",
        }
    }
}

/// The running pods of every node, for the report about a pod that fits no node.
pub struct Occupants<'a> {
    cluster: &'a Cluster,
    by_node: BTreeMap<&'a str, Vec<&'a Pod>>,
}

impl<'a> Occupants<'a> {
    /// The occupants of a cluster's nodes.
    pub fn of(cluster: &'a Cluster) -> Occupants<'a> {
        let mut by_node: BTreeMap<&str, Vec<&Pod>> = BTreeMap::new();
        for pod in cluster.each_pod() {
            if !pod.has_finished() && pod.addresses().next().is_some() {
                let node = pod.spec.node_name.as_str();
                by_node.entry(node).or_default().push(pod);
            }
        }
        Occupants { cluster, by_node }
    }

    /// What the scheduler reports of a pod that fits no node: `0/3 nodes are available: …` (`FitError` of
    /// `pkg/scheduler/framework/types.go`, with what the plugins DynamicResources and DefaultPreemption add).
    pub fn unschedulable_message(&self, pod: &Pod) -> String {
        let all = self.cluster.nodes.len();
        if all == 0 {
            return "no nodes available to schedule pods".to_owned();
        }
        let unfit = self.unfit_reasons(pod);
        let filtered = histogram(unfit.iter().map(|unfit| unfit.as_str()));
        let preempted = histogram(unfit.iter().map(|unfit| unfit.preemption()));
        format!(
            "0/{all} nodes are available: {filtered}. no new claims to deallocate, \
             preemption: 0/{all} nodes are available: {preempted}."
        )
    }

    /// What other pods take from a pod without a node, on some node at least.
    pub fn shortage(&self, pod: &Pod) -> Option<Shortage> {
        if !pod.spec.node_name.is_empty() {
            return None;
        }
        let unfit = self.unfit_reasons(pod);
        if unfit.contains(&Unfit::PortsTaken) {
            return Some(Shortage::Ports);
        }
        unfit.contains(&Unfit::Full).then_some(Shortage::Room)
    }

    /// Why each node that the pod does not fit on is left out.
    fn unfit_reasons(&self, pod: &Pod) -> Vec<Unfit> {
        let wanted = host_ports(pod);
        let mut unfit: Vec<Unfit> = Vec::new();
        for node in self.cluster.nodes.values() {
            let there = self.by_node.get(node.name());
            let there = there.map_or(&[][..], Vec::as_slice);
            unfit.extend(unfit_reason(node, pod, &wanted, there));
        }
        unfit
    }
}

/// What other pods take from a pod that is not scheduled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shortage {
    /// Ports of the nodes.
    Ports,
    /// Room on the nodes: each takes a number of pods.
    Room,
}

/// `1 node(s) were unschedulable, 2 Too many pods`, sorted as text.
fn histogram(reasons: impl Iterator<Item = &'static str>) -> String {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
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

/// The first filter that a node with these pods does not pass, in the order of the default plugins.
fn unfit_reason(node: &Node, pod: &Pod, wanted: &[HostPort], there: &[&Pod]) -> Option<Unfit> {
    let daemon_node = pod.spec.daemon_node.as_str();
    let is_daemon = !daemon_node.is_empty();
    if is_daemon && daemon_node != node.name() {
        return Some(Unfit::OfAnotherDaemon);
    }
    if node.spec.unschedulable && !is_daemon {
        return Some(Unfit::Unschedulable);
    }
    let mut taints = node.spec.taints.iter();
    // A node that is not ready has the taint `node.kubernetes.io/not-ready`.
    if taints.any(|taint| !is_accepted(taint, pod)) || !node.is_ready() {
        return Some(Unfit::Tainted);
    }
    if !fits_daemon(node, pod) {
        return Some(Unfit::NoMatch);
    }
    if !wanted.is_empty() {
        let taken: Vec<HostPort> = there.iter().flat_map(|other| host_ports(other)).collect();
        if !are_free(Some(&taken), wanted) {
            return Some(Unfit::PortsTaken);
        }
    }
    (there.len() >= node.pod_capacity()).then_some(Unfit::Full)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{cluster_of, object, resolved};

    #[test]
    fn cordoned_and_tainted_nodes_and_those_without_the_wanted_label_are_not_chosen() {
        let nodes = cluster_of(
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
        )
        .nodes;
        let mut scheduler = Scheduler::new(&nodes, []);
        let mut schedule = |spec: &str| {
            let node = scheduler.schedule(&object(spec), &nodes);
            node.unwrap_or_default().to_string()
        };
        assert_eq!(schedule("spec: {}"), "plain");
        assert_eq!(
            schedule("spec: {tolerations: [{key: gpu, operator: Exists}]}"),
            "gpu"
        );
        assert_eq!(schedule("spec: {nodeSelector: {disk: hdd}}"), "");
    }

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
        let mut scheduler = Scheduler::new(&cluster.nodes, []);
        let mut schedule = || scheduler.schedule(&Pod::default(), &cluster.nodes);
        assert_eq!(schedule().as_deref(), Some("small"));
        assert_eq!(schedule(), None);
    }
}
