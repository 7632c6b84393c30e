//! What is worth knowing of a connection that was answered by a pod: why by this one, and what may not last.

use smol_str::SmolStr;

use super::cause::{Cause, Evidence};
use crate::causes::pods::ends_at_once;
use crate::causes::pods::eviction;
use crate::causes::pods::liveness;
use crate::causes::pods::shared_port;
use crate::causes::ports::port_argument;
use crate::cluster::config::ProxyMode;
use crate::cluster::object::{Pod, SessionAffinity};
use crate::diagnostic::{ApplyFault, Fault, PathFault, PodFault, PortFault, Problem};
use crate::kinds::Kind;
use crate::names::ObjectName;
use crate::network::{LISTENS, Network};
use crate::trace::{Hop, Reason, Trace};

/// Programs that run a script: `sh -c SCRIPT`.
const SHELLS: [&str; 3] = ["sh", "bash", "ash"];

/// The pod that answered may not answer for long, or may not answer at all.
pub(super) fn of_pod(network: &Network, trace: &Trace) -> Vec<Cause> {
    let Some(pod) = (trace.answered_by()).and_then(|id| network.cluster().pod(id)) else {
        return Vec::new();
    };
    let liveness = liveness::of_pod(&network.resolved, pod);
    let leaving = leaving(network, trace, pod).or_else(|| eviction::of_pod(&network.resolved, pod));
    let variable = port_variable(network, trace, pod)
        .or_else(|| port_argument::of_answer(network, trace, pod));
    let waiting = only_waits(network, pod).or_else(|| ends_at_once::of_pod(network, pod));
    let shared = shared_port::of_answer(network, pod);
    let found = liveness.into_iter().chain(leaving);
    let found = found.chain(variable).chain(waiting);
    found.chain(shared).collect()
}

/// The only container of the pod runs a command that waits and listens on nothing: `sleep infinity`, `tail -f /dev/null`.
fn only_waits(network: &Network, pod: &Pod) -> Option<Cause> {
    let [container] = pod.spec.containers.as_slice() else {
        return None;
    };
    if pod.metadata.annotations.contains_key(LISTENS) || container.command.is_empty() {
        return None;
    }
    let words = container.command.iter().chain(&container.args);
    let words: Vec<&str> = words.map(SmolStr::as_str).collect();
    let is_idle = match words.as_slice() {
        [shell, "-c", script] if SHELLS.contains(&program(shell)) => script
            .split([';', '&', '|', '\n'])
            .all(|command| is_waiting(command.split_whitespace())),
        words => is_waiting(words.iter().copied()),
    };
    let fault = Fault::Pod(PodFault::ProcessOnlyWaits {
        container: container.name.to_string(),
        command: words.join(" "),
    });
    let evidence = Evidence::of_pod(&network.resolved, pod, "spec.containers[0].command");
    let cause = Cause::likely(fault, evidence.into_iter().collect());
    is_idle.then_some(cause)
}

/// Whether a command does nothing but wait, or is a part of a loop around such commands.
fn is_waiting<'a>(words: impl Iterator<Item = &'a str>) -> bool {
    let mut words = words.skip_while(|word| ["exec", "while", "do"].contains(word));
    match words.next().map(program) {
        None | Some("sleep" | "true" | ":" | "done" | "wait") => true,
        Some("tail") => words.any(|word| word == "/dev/null"),
        Some(_) => false,
    }
}

/// `/bin/sleep` is `sleep`.
fn program(word: &str) -> &str {
    word.rsplit('/').next().unwrap_or(word)
}

/// The variable `PORT` of a container names another port than the one that was reached. Ports that are declared decide.
fn port_variable(network: &Network, trace: &Trace, pod: &Pod) -> Option<Cause> {
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

/// A pod that gets no new connections answered on an open one, or it is deleted and the last one that is left.
fn leaving(network: &Network, trace: &Trace, pod: &Pod) -> Option<Cause> {
    let is = |wanted: fn(&Reason) -> bool| trace.hops.iter().any(|hop| wanted(&hop.reason));
    let name = pod.metadata.name.to_string();
    let is_open = is(|reason| matches!(reason, Reason::Continues { .. }));
    let fault = if is_open && (pod.is_terminating() || !pod.is_ready()) {
        let protocol = trace.request.to.protocol().to_string();
        let pod = name;
        Fault::Path(PathFault::ConnectionKeepsEndpoint { pod, protocol })
    } else if pod.is_terminating() && is(|reason| matches!(reason, Reason::Dnat { .. })) {
        let service = trace.service.as_ref()?.name.to_string();
        Fault::Pod(PodFault::SelectedPodTerminating { service, pod: name })
    } else {
        return None;
    };
    let evidence = Evidence::of_pod(&network.resolved, pod, "metadata.name");
    Some(Cause::certain(fault, evidence.into_iter().collect()))
}

/// The endpoint was chosen among several: for all requests of a connection that is kept, or by chance, which people take
/// for round robin.
pub(super) fn of_choice(
    network: &Network,
    service: &ObjectName,
    hop: &Hop,
    is_kept: bool,
) -> Option<Cause> {
    let found = network.cluster().services.get(service)?;
    let mode = network.cluster().config.proxy.mode;
    let is_random = mode != ProxyMode::Ipvs && found.spec.session_affinity == SessionAffinity::None;
    let endpoints = hop.choices.len();
    if endpoints < 2 || !(is_kept || is_random) {
        return None;
    }
    let service_name = service.name.to_string();
    let fault = Fault::Path(if is_kept {
        PathFault::ConnectionBalanced {
            service: service_name,
            endpoints,
        }
    } else {
        PathFault::ChosenAtRandom {
            service: service_name,
            endpoints,
        }
    });
    let stored = network.resolved.get(Kind::Service, service)?;
    Some(Cause::certain(fault, vec![Evidence::of(stored, "spec")]))
}

/// What `kubectl apply` would make of the Service, which the text has twice.
pub(super) fn of_apply(network: &Network, service: &ObjectName) -> Vec<Cause> {
    let is_about = |fault: &ApplyFault| match fault {
        ApplyFault::ApplyRemovesSelector { service: own, .. }
        | ApplyFault::ApplyMergesPorts { service: own, .. } => *own == *service.name,
        ApplyFault::ObjectRefused { .. }
        | ApplyFault::SeparatorMissing { .. }
        | ApplyFault::NamespaceComesLater { .. } => false,
    };
    let diagnostics = network.resolved.diagnostics.iter();
    let told = diagnostics.filter_map(|diagnostic| match &diagnostic.problem {
        Problem::Cause(Fault::Apply(fault)) if is_about(fault) => {
            let evidence = Evidence {
                object: format!("Service {service}"),
                field: "spec".to_owned(),
                span: Some(diagnostic.span),
            };
            Some(Cause::likely(Fault::Apply(fault.clone()), vec![evidence]))
        }
        _ => None,
    });
    told.collect()
}
