//! The rows: the outside client, and the workloads that have running pods.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::fmt;

use kubehop_engine::cluster::object::Pod;
use kubehop_engine::names::ObjectName;
use kubehop_engine::network::{CLIENT, Network, Origin};
use smol_str::SmolStr;

use super::Namespaces;

/// Someone who calls.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Caller {
    /// What it is.
    pub kind: CallerKind,
    /// Its name; `None` for the outside client.
    pub name: Option<ObjectName>,
    /// How many pods it has that run.
    pub pods: usize,
    /// Who opens its connections: one pod on each node.
    pub origins: Vec<Origin>,
}

/// What a caller is.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum CallerKind {
    /// A machine outside the cluster.
    Outside,
    /// A workload, by its kind, or a pod of its own (`Pod`).
    Workload(SmolStr),
}

impl CallerKind {
    /// The name of the kind: `Deployment`, `Pod`, `outside`.
    pub fn name(&self) -> &str {
        match self {
            CallerKind::Outside => "outside",
            CallerKind::Workload(kind) => kind,
        }
    }
}

/// `outside`, `Deployment default/web`.
impl fmt::Display for Caller {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.name {
            None => f.write_str(self.kind.name()),
            Some(name) => write!(f, "{} {name}", self.kind.name()),
        }
    }
}

/// All callers: the outside client first, then workloads by namespace and name.
pub(super) fn of(network: &Network, namespaces: &Namespaces) -> Vec<Caller> {
    let mut workloads: BTreeMap<(ObjectName, SmolStr), Running> = BTreeMap::new();
    for pod in network.cluster().each_pod().filter(|pod| calls(pod)) {
        let (name, kind) = owner(network, pod);
        if !namespaces.include(&name) {
            continue;
        }
        workloads.entry((name, kind)).or_default().add(pod);
    }
    let outside = Caller {
        kind: CallerKind::Outside,
        name: None,
        pods: 0,
        origins: vec![Origin::Outside(CLIENT)],
    };
    let workloads = workloads.into_iter().map(|((name, kind), running)| Caller {
        kind: CallerKind::Workload(kind),
        name: Some(name),
        pods: running.pods,
        origins: running.by_node.into_values().map(Origin::Pod).collect(),
    });
    [outside].into_iter().chain(workloads).collect()
}

/// The pods of a workload that run.
#[derive(Default)]
struct Running {
    pods: usize,
    by_node: BTreeMap<SmolStr, ObjectName>,
}

impl Running {
    fn add(&mut self, pod: &Pod) {
        self.pods += 1;
        if let Entry::Vacant(entry) = self.by_node.entry(pod.spec.node_name.clone()) {
            entry.insert(pod.id());
        }
    }
}

/// Whether a pod runs and has an address.
fn calls(pod: &Pod) -> bool {
    !pod.has_finished() && pod.addresses().next().is_some()
}

/// Name and kind of the workload that made a pod, or of the pod. In a dump the owner can be one that the text does not
/// have.
fn owner(network: &Network, pod: &Pod) -> (ObjectName, SmolStr) {
    let id = pod.id();
    if let Some(workload) = network.resolved.workload_of(&id) {
        return (workload.name.clone(), workload.kind.name().into());
    }
    let owners = pod.metadata.owner_references.iter();
    match owners.clone().find(|owner| owner.controller) {
        Some(owner) => {
            let name = ObjectName::new(id.namespace.as_str(), owner.name.as_str());
            (name, owner.kind.clone())
        }
        None => (id, "Pod".into()),
    }
}
