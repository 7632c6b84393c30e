//! The connections of a cluster that are answered whichever endpoint is chosen.

use kubehop_engine::sort;
use std::collections::BTreeSet;

use crate::simulation::Simulation;
use crate::simulation::suggestions::of_service;
use kubehop_engine::cluster::system_objects::is_system;
use kubehop_engine::names::{DEFAULT_NAMESPACE, ObjectName};
use kubehop_engine::trace::{Origin, RuleLines, Verdict, outcomes};

/// At most this many callers are tried besides those that are asked for.
const CALLERS: usize = 3;

/// At most this many targets are tried besides those that are asked for.
const TARGETS: usize = 8;

/// A connection that works, and what is true of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Working {
    /// Who calls.
    pub(super) from: String,
    /// What is called.
    pub(super) to: String,
    /// What must hold: `{answered by: deployment/web, pods: 2}`.
    pub(super) wanted: String,
}

impl Working {
    /// It as an item of a file of expectations.
    pub(super) fn expectation(&self) -> String {
        let (from, to) = (&self.from, &self.to);
        format!(
            "- {{from: \"{from}\", to: \"{to}\", expect: {}}}\n",
            self.wanted
        )
    }
}

/// What works: first what is asked for, then calls of Services from pods, the outside and a node.
pub(super) fn working(simulation: &Simulation, asked: &[(String, String)]) -> Vec<Working> {
    let cluster = simulation.network().cluster();
    // The names of pods that a workload makes change with its template.
    let own = cluster.pods.values().filter(|pod| {
        !is_system(&pod.id())
            && pod.metadata.owner_references.is_empty()
            && pod.addresses().next().is_some()
    });
    let pods = own.map(|pod| Origin::Pod(pod.id()).to_string());
    let mut callers: Vec<String> = pods.take(CALLERS).collect();
    callers.push("client".to_owned());
    callers.extend(
        simulation
            .nodes()
            .first()
            .map(|node| format!("node/{node}")),
    );
    let services = cluster
        .services
        .values()
        .filter(|service| !is_system(&service.id()));
    let targets = services.flat_map(|service| of_service(cluster, service));
    let targets: Vec<String> = targets.take(TARGETS).collect();
    let called = callers.iter();
    let called = called.flat_map(|from| targets.iter().map(|to| (from.clone(), to.clone())));
    let mut seen = BTreeSet::new();
    let mut all: Vec<Working> = Vec::new();
    for (from, to) in asked.iter().cloned().chain(called) {
        if seen.insert((from.clone(), to.clone())) {
            all.extend(work(simulation, from, to));
        }
    }
    all
}

/// The connection, if every way it can end is an answer.
fn work(simulation: &Simulation, from: String, to: String) -> Option<Working> {
    let request = simulation.request(&from, &to).ok()?;
    let found = outcomes(simulation.network(), &request, 0, RuleLines::Printed).ok()?;
    let is_answer = |verdict: &Verdict| {
        matches!(
            verdict,
            Verdict::Answered { .. } | Verdict::AnsweredOutside { .. }
        )
    };
    let answers = found.iter().all(|one| is_answer(&one.trace.verdict));
    let pods = found.iter().map(|outcome| outcome.trace.answered_by());
    let pods = sort::set(pods);
    let owners = pods.iter().map(|pod| owner(simulation, (*pod)?));
    let owners = sort::set(owners);
    let wanted = match (owners.first(), owners.len()) {
        (Some(Some(owner)), 1) => format!("{{answered by: {owner}, pods: {}}}", pods.len()),
        _ => "answered".to_owned(),
    };
    answers.then_some(Working { from, to, wanted })
}

/// The workload of a pod, or the pod itself, as expectations name it; `None` if they cannot name it.
fn owner(simulation: &Simulation, pod: &ObjectName) -> Option<String> {
    let cluster = simulation.network().cluster();
    let owners = cluster
        .pod(pod)
        .map(|pod| &pod.metadata.owner_references[..]);
    let Some([owner, ..]) = owners else {
        return Some(Origin::Pod(pod.clone()).to_string());
    };
    let (kind, name) = match (owner.kind.as_str(), owner.name.rsplit_once('-')) {
        ("ReplicaSet", Some((deployment, _))) => ("deployment", deployment),
        ("StatefulSet", _) => ("statefulset", owner.name.as_str()),
        ("DaemonSet", _) => ("daemonset", owner.name.as_str()),
        _ => return None,
    };
    Some(match pod.namespace.as_str() {
        DEFAULT_NAMESPACE => format!("{kind}/{name}"),
        namespace => format!("{kind}/{namespace}/{name}"),
    })
}
