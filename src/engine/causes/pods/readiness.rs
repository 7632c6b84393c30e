//! A pod that is ready only if its readiness probe succeeds, and its startup probe before, which no manifest says.

use crate::causes::cause::{Cause, Evidence};
use crate::cluster::object::{Pod, Probe};
use crate::controllers::kubelet::READY_ANNOTATION;
use crate::diagnostic::{Fault, PodFault};
use crate::kinds::Kind;
use crate::names::Protocol;
use crate::network::Network;
use crate::network::listen::known_ports;
use crate::trace::{Reason, Trace};

/// The probe of the pod that answered behind a Service, if it has one and no live status says how it ended.
pub(in crate::causes) fn of_answer(network: &Network, trace: &Trace) -> Option<Cause> {
    let through_service = trace
        .hops
        .iter()
        .any(|hop| matches!(hop.reason, Reason::Dnat { .. }));
    let pod = network.cluster().pod(trace.answered_by()?)?;
    let is_stated = pod.metadata.annotations.contains_key(READY_ANNOTATION);
    let is_live = has_live_status(network, pod);
    let service = trace
        .service
        .as_ref()
        .and_then(|id| network.cluster().services.get(id));
    let is_published = service.is_some_and(|own| own.spec.publish_not_ready_addresses);
    if !through_service || is_stated || is_live || is_published {
        return None;
    }
    let mut containers = pod.probed_containers();
    let (list, index, field, probe, port) = containers.find_map(|(list, index, container)| {
        let startup = container.startup_probe.as_deref();
        let startup = startup.and_then(|probe| Some((probe, undeclared_port(pod, probe)?)));
        if let Some((probe, port)) = startup {
            return Some((list, index, "startupProbe", probe, Some(port)));
        }
        let probe = container.readiness_probe.as_deref()?;
        let port = undeclared_port(pod, probe);
        Some((list, index, "readinessProbe", probe, port))
    })?;
    let (port, declared) = port.unwrap_or_default();
    let fault = Fault::Pod(PodFault::ReadinessAssumed {
        startup: field == "startupProbe",
        pod: pod.metadata.name.to_string(),
        probe: probe.to_string(),
        port,
        declared,
    });
    let field = format!("spec.{list}[{index}].{field}");
    let evidence: Vec<Evidence> = Evidence::of_pod(&network.resolved, pod, &field)
        .into_iter()
        .collect();
    Some(Cause::certain(fault, evidence).possible())
}

/// Whether the text says how a running pod's probes ended: it is of a dump.
pub(super) fn has_live_status(network: &Network, pod: &Pod) -> bool {
    let stored = network.resolved.get(Kind::Pod, &pod.id());
    let status = stored.and_then(|stored| stored.tree.get("status")?.get("conditions"));
    status.is_some_and(|conditions| !conditions.items().is_empty())
}

/// The number of the port that a probe asks, and the ports that the pod declares, if it declares others only.
pub(super) fn undeclared_port(pod: &Pod, probe: &Probe) -> Option<(String, String)> {
    let asked = [&probe.http_get, &probe.tcp_socket, &probe.grpc];
    let number = asked.into_iter().flatten().next()?.port.number()?;
    let containers = pod.serving_containers();
    let ports = containers.flat_map(|container| &container.ports);
    let ports = ports.filter(|port| port.protocol == Protocol::Tcp);
    let ports: Vec<u16> = ports.map(|port| port.container_port).collect();
    if ports.is_empty() || known_ports(pod).contains(&(number, Protocol::Tcp)) {
        return None;
    }
    let names: Vec<String> = ports.iter().map(u16::to_string).collect();
    Some((number.to_string(), names.join(", ")))
}
