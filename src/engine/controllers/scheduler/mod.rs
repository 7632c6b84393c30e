//! kube-scheduler: which node a pod runs on.
//!
//! Filtering follows kubernetes (`pkg/scheduler/framework/plugins`: SchedulingGates, NodeUnschedulable,
//! NodeName, TaintToleration, NodeAffinity, NodePorts, NodeResourcesFit, PodTopologySpread, InterPodAffinity). Resources count
//! on nodes that state what they have. Preemption is not simulated: that a pod could take the place of others is said. Scoring is kubehop's own: the
//! node with the fewest pods.

mod neighbours;
mod node_affinity;
mod others;
mod priority;
mod taken;
mod unfit;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use smol_str::SmolStr;

use super::nodes::natural_key;
use crate::cluster::Cluster;
use crate::cluster::object::{
    CORDON_TAINT, Node, Pod, Taint, TaintEffect, Toleration, TolerationOperator, requests_of,
};
use crate::labels::Labels;
use crate::sort;
use others::OtherSchedulers;
use priority::Priorities;
use taken::Taken;
use unfit::{Unfit, preemption};

/// Whether a DaemonSet's pod can run on a node: the node's labels match, and all taints are tolerated. Cordoned nodes are
/// allowed.
pub fn fits_daemon(node: &Node, pod: &Pod) -> bool {
    node_affinity::matches(node, pod) && accepts_taints(node, pod)
}

/// Whether the pod tolerates all taints of the node, besides that of a cordon.
fn accepts_taints(node: &Node, pod: &Pod) -> bool {
    node.spec.taints.iter().all(|taint| is_accepted(taint, pod))
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

/// Whether a pod that is on the node is evicted: it does not tolerate a taint of effect `NoExecute`. A node's own pods, from
/// files of its kubelet, stay.
fn evicts(node: &Node, pod: &Pod) -> bool {
    let is_static = pod.metadata.annotations.contains_key(MIRROR);
    let mut taints = node.spec.taints.iter();
    !is_static
        && taints.any(|taint| {
            let tolerations = &pod.spec.tolerations;
            taint.effect == TaintEffect::NoExecute
                && !tolerations.iter().any(|one| tolerates(one, taint))
        })
}

/// The taint of effect `NoExecute` for which a pod leaves its node first, and after how many seconds; `None` if it stays
/// (`getMinTolerationTime` of `pkg/controller/tainteviction/taint_eviction.go`).
pub fn toleration_time<'a>(node: &'a Node, pod: &Pod) -> Option<(&'a Taint, i64)> {
    let taints = node.spec.taints.iter();
    let times = taints.filter_map(|taint| {
        let mut tolerations = pod.spec.tolerations.iter();
        let used = tolerations.find(|one| tolerates(one, taint))?;
        let is_evicting = taint.effect == TaintEffect::NoExecute;
        Some((taint, used.seconds.filter(|_| is_evicting)?.max(0)))
    });
    times.min_by_key(|(_, seconds)| *seconds)
}

/// A taint as `kubectl describe node` prints it: `dedicated=db:NoSchedule`.
pub fn printed_taint(taint: &Taint) -> String {
    let value = match taint.value.as_str() {
        "" => String::new(),
        value => format!("={value}"),
    };
    format!("{}{value}:{}", taint.key, taint.effect.as_str())
}

/// The annotation of a pod that mirrors one of its node's own.
const MIRROR: &str = "kubernetes.io/config.mirror";

/// `ToleratesTaint` of `api/core/v1/toleration.go`. An empty effect or, with `Exists`, an empty key matches any.
fn tolerates(toleration: &Toleration, taint: &Taint) -> bool {
    let is_any_value = toleration.operator == TolerationOperator::Exists;
    let effect = toleration.effect == TaintEffect::Unset || toleration.effect == taint.effect;
    let key = toleration.key == taint.key || (toleration.key.is_empty() && is_any_value);
    effect && key && (is_any_value || toleration.value == taint.value)
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
    taken: Taken,
    others: OtherSchedulers,
}

impl<'a> Scheduler<'a> {
    /// A scheduler that has counted these pods, and what those that run have. Pods that will be scheduled are among them.
    pub fn new<'b>(world: World<'a>, pods: impl IntoIterator<Item = &'b Pod>) -> Scheduler<'a> {
        let pods: Vec<&Pod> = pods.into_iter().collect();
        let others = OtherSchedulers::of(&pods);
        let taken = Taken::of(pods, world);
        let mut names: Vec<SmolStr> = world.nodes.keys().cloned().collect();
        sort::sort_by(&mut names, |a, b| natural_key(a).cmp(&natural_key(b)));
        let mut by_load = BTreeSet::new();
        for (index, name) in names.iter().enumerate() {
            by_load.insert((taken.loads.get(name).copied().unwrap_or(0), index));
        }
        Scheduler {
            world,
            names,
            by_load,
            taken,
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
        if !pod.spec.scheduling_gates.is_empty() || self.leaves_to_another(pod) {
            return None;
        }
        let wanted = self.taken.wanted_by(pod, self.world);
        let is_feasible = |&&(_, index): &&(usize, usize)| {
            let node = self.names.get(index).and_then(|name| self.node(name));
            node.is_some_and(|node| self.taken.unfit(node, &wanted).is_empty())
        };
        let &(load, index) = self.by_load.iter().find(is_feasible)?;
        self.by_load.remove(&(load, index));
        self.by_load.insert((load + 1, index));
        let name = self.names.get(index).cloned()?;
        *self.taken.loads.entry(name.clone()).or_default() += 1;
        self.taken.place(pod, &name, self.world);
        self.taken.forget_places();
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
            if !self.taken.has_ports(pod, name) {
                return Err(Rejection::of_predicate(NODE_PORTS, &Unfit::PortsTaken));
            }
            let short = self.taken.shortages(node, &requests_of(pod));
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
        self.taken.place(pod, name, self.world);
        self.taken.forget_places();
        Ok(())
    }
}

/// The reason of a pod that its kubelet rejects, since another pod of the node has one of its ports.
pub const NODE_PORTS: &str = "NodePorts";

/// Why a kubelet does not run a pod that names its node.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rejection {
    /// `status.reason`.
    pub reason: SmolStr,
    /// `status.message`.
    pub message: String,
}

impl Rejection {
    /// The kubelet looks at taints of effect `NoExecute` only. What it does not run the taint eviction controller deletes.
    fn of_taint() -> Rejection {
        Rejection {
            reason: "TaintToleration".into(),
            message: "Pod was rejected: Predicate TaintToleration failed: \
                      node(s) had taints that the pod didn't tolerate"
                .to_owned(),
        }
    }

    fn of_predicate(name: &str, unfit: &Unfit) -> Rejection {
        Rejection {
            reason: name.into(),
            message: format!(
                "Pod was rejected: Predicate {name} failed: {}",
                unfit.text()
            ),
        }
    }
}

/// What the pods of every node have, for the report about a pod that fits no node.
pub struct Occupants<'a> {
    cluster: &'a Cluster,
    taken: Taken,
    others: OtherSchedulers,
}

impl<'a> Occupants<'a> {
    /// The occupants of a cluster's nodes.
    pub fn of(cluster: &'a Cluster) -> Occupants<'a> {
        let world = World::new(&cluster.nodes, &cluster.namespaces);
        Occupants {
            cluster,
            taken: Taken::of(cluster.each_pod(), world),
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
        let wanted = self.taken.wanted_by(pod, world);
        let of_node = |node: &Node| {
            let found = self.taken.unfit(node, &wanted);
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
                let short = self.taken.shortages(node, &requests_of(pod));
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
        let wanted = self.taken.wanted_by(pod, world);
        self.cluster.nodes.values().any(|node| {
            let unfit = self.taken.unfit(node, &wanted);
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
        let wanted = self.taken.wanted_by(pod, world);
        let nodes = self.cluster.nodes.values();
        let unfit = nodes.map(|node| self.taken.unfit(node, &wanted));
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
    use crate::testing::{cluster_of, object, resolved};

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
        let mut scheduler = Scheduler::new(World::new(&cluster.nodes, &cluster.namespaces), []);
        let mut schedule = || scheduler.schedule(&Pod::default());
        assert_eq!(schedule().as_deref(), Some("small"));
        assert_eq!(schedule(), None);
    }
}
