//! Two containers of a pod that declare the same port. They share one network namespace, so the second process to listen
//! fails: "address already in use".

use std::collections::BTreeSet;

use crate::causes::cause::{Cause, Evidence};
use crate::causes::survey::Survey;
use crate::cluster::object::Pod;
use crate::diagnostic::{Fault, PodFault};
use crate::network::Network;
use crate::resolve::Resolved;

/// The first pod of each workload that has such containers.
pub(in crate::causes) fn check(survey: &Survey) -> Vec<Cause> {
    let mut seen = BTreeSet::new();
    let pods = survey.resolved.cluster.each_pod();
    let causes = pods.filter_map(|pod| {
        let cause = of_pod(survey.resolved, pod)?;
        let maker = survey.resolved.workload_of(&pod.id());
        let owner = maker.map(|maker| (maker.kind, maker.name.clone()));
        owner
            .is_none_or(|owner| seen.insert(owner))
            .then_some(cause)
    });
    causes.collect()
}

/// The same of the pod that answered.
pub(in crate::causes) fn of_answer(network: &Network, pod: &Pod) -> Option<Cause> {
    of_pod(&network.resolved, pod)
}

fn of_pod(resolved: &Resolved, pod: &Pod) -> Option<Cause> {
    let containers = pod.spec.containers.iter().enumerate();
    let mut declared = containers.flat_map(|(index, container)| {
        let ports = container.ports.iter().enumerate();
        ports.map(move |(place, port)| (index, place, container, port))
    });
    let mut seen: Vec<(usize, &str, (u16, _))> = Vec::new();
    let (first, second, field, port) = declared.find_map(|(index, place, container, port)| {
        let own = (port.container_port, port.protocol);
        let other = seen
            .iter()
            .find(|(other, _, known)| *other != index && *known == own);
        let found = other.map(|(_, first, _)| {
            let field = format!("spec.containers[{index}].ports[{place}]");
            (*first, container.name.as_str(), field, own)
        });
        seen.push((index, container.name.as_str(), own));
        found
    })?;
    let maker = resolved.workload_of(&pod.id());
    let owner = match maker {
        Some(maker) => format!("{} {}", maker.kind.name(), maker.name.name),
        None => format!("Pod {}", pod.metadata.name),
    };
    let fault = Fault::Pod(PodFault::ContainersShareAPort {
        owner,
        port: format!("{}/{}", port.0, port.1),
        first: first.to_owned(),
        second: second.to_owned(),
    });
    let evidence = Evidence::of_pod(resolved, pod, &field);
    Some(Cause::likely(fault, evidence.into_iter().collect()))
}
