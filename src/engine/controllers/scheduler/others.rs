//! Schedulers besides kube-scheduler: a pod that names one waits until it runs.

use std::collections::BTreeSet;

use smol_str::SmolStr;

use crate::cluster::object::{Container, Pod};

/// The name by which kube-scheduler takes pods, and which the API server writes where there is none.
const DEFAULT: &str = "default-scheduler";

/// The schedulers that pods name, and that no pod of the cluster runs.
#[derive(Debug)]
pub(super) struct OtherSchedulers {
    missing: BTreeSet<SmolStr>,
}

impl OtherSchedulers {
    /// Those of the pods of a cluster.
    pub(super) fn of(pods: &[&Pod]) -> OtherSchedulers {
        let mut missing: BTreeSet<SmolStr> = BTreeSet::new();
        for pod in pods {
            missing.extend(named(pod).cloned());
        }
        missing.retain(|name| !pods.iter().any(|pod| shows(pod, name)));
        OtherSchedulers { missing }
    }

    /// The scheduler that a pod names, if none of its name runs.
    pub(super) fn missing<'p>(&self, pod: &'p Pod) -> Option<&'p str> {
        let name = named(pod)?;
        self.missing.contains(name).then_some(name.as_str())
    }
}

fn named(pod: &Pod) -> Option<&SmolStr> {
    let name = &pod.spec.scheduler_name;
    (!name.is_empty() && name != DEFAULT).then_some(name)
}

/// Whether a pod shows that a scheduler runs: it was placed by it, or its name or what it runs has that name in it.
fn shows(pod: &Pod, name: &str) -> bool {
    let says = |text: &SmolStr| text.contains(name);
    let runs = |own: &Container| {
        let mut words = own.command.iter().chain(&own.args);
        says(&own.name) || says(&own.image) || words.any(says)
    };
    if pod.spec.scheduler_name == name {
        // A DaemonSet's pod has the node that it is for before it runs there.
        return !pod.spec.node_name.is_empty() && pod.addresses().next().is_some();
    }
    says(&pod.metadata.name) || pod.spec.containers.iter().any(runs)
}
