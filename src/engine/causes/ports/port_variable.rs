//! The variable `PORT` of a container names another port than the one that was reached.

use crate::causes::cause::{Cause, Evidence};
use crate::cluster::object::Pod;
use crate::diagnostic::{Fault, PortFault};
use crate::network::{LISTENS, Network};
use crate::trace::Trace;

/// The variable of the pod that answered. Ports that are declared decide.
pub(in crate::causes) fn of_answer(network: &Network, trace: &Trace, pod: &Pod) -> Option<Cause> {
    let reached = trace.verdict.answering_endpoint()?.port();
    let declared = || pod.serving_containers().flat_map(|own| &own.ports);
    if declared().next().is_some() || pod.metadata.annotations.contains_key(LISTENS) {
        return None;
    }
    let containers = pod.spec.containers.iter().enumerate();
    let stated = containers.flat_map(|(index, container)| {
        let variables = container.env.iter().enumerate();
        variables.filter_map(move |(place, variable)| {
            let value: u16 = variable.value.parse().ok()?;
            let field = format!("spec.containers[{index}].env[{place}]");
            (variable.name == "PORT").then(|| (container.name.to_string(), value, field))
        })
    });
    let stated: Vec<(String, u16, String)> = stated.collect();
    if stated.iter().any(|(_, value, _)| *value == reached) {
        return None;
    }
    let (container, value, field) = stated.into_iter().next()?;
    let fault = Fault::Port(PortFault::PortVariableDiffers {
        container,
        value,
        reached,
    });
    let evidence = Evidence::of_pod(&network.resolved, pod, &field);
    Some(Cause::certain(fault, evidence.into_iter().collect()).possible())
}
