//! What is worth knowing of a connection that was answered: why by this pod, and what may not last.

use super::cause::Cause;
use super::survey::Survey;
use super::{apply, gateway, ingress, names, path, pods, ports};
use crate::controllers::endpointslices::asks_for_topology;
use crate::names::ObjectName;
use crate::network::{Host, Network};
use crate::trace::{Direction, Hop, Reason, Trace, Unless, Verdict};

/// What is worth knowing of a connection that was answered.
pub(super) fn of_answer(survey: &Survey, network: &Network, trace: &Trace) -> Vec<Cause> {
    let mut causes: Vec<Cause> = path::exits_early::of_answer(network, trace)
        .into_iter()
        .collect();
    if ingress::rules::took(trace) {
        causes.extend(ingress::rules::notes(survey, trace));
    }
    if let (
        Verdict::AnsweredUnless {
            unless: Unless::GatewayApi,
            ..
        },
        Host::Name(host),
    ) = (&trace.verdict, &trace.request.to.host)
    {
        causes.extend(gateway::references::of_unrouted_host(survey, host));
    }
    causes.extend(ports::plain_http::of_answer(survey, trace));
    causes.extend(ingress::certificate::of_answer(survey, trace));
    causes.extend(gateway::backend_tls::of_answer(survey, trace));
    causes.extend(gateway::grpc_backend::of_answer(survey, trace));
    causes.extend(gateway::references::assumed_class(survey, trace));
    causes.extend(names::external_name::of_host(survey, trace));
    let of_localhost = path::localhost_service::of_trace(survey, trace).map(Cause::possible);
    if of_localhost.is_none() {
        causes.extend(of_pod(network, trace));
    }
    causes.extend(of_localhost);
    causes.extend(pods::init_wait::of_answer(network, trace));
    causes.extend(pods::needed_object::of_answer(network, trace));
    causes.extend(pods::needed_key::of_answer(network, trace));
    causes.extend(pods::readiness::of_answer(network, trace));
    causes.extend(path::calls_next::of_answer(network, trace));
    causes.extend(path::bound_node_address::of_trace(survey, trace));
    let mut hops = trace.hops.iter();
    let decided = hops.find(|hop| {
        let is_request = hop.direction == Direction::Request;
        is_request && matches!(hop.reason, Reason::Dnat { .. })
    });
    if let Some(hop) = decided {
        causes.extend(of_choice(survey, network, trace, hop));
    }
    causes
}

/// The pod that answered may not answer for long, or may not answer at all.
fn of_pod(network: &Network, trace: &Trace) -> Vec<Cause> {
    let Some(pod) = (trace.answered_by()).and_then(|id| network.cluster().pod(id)) else {
        return Vec::new();
    };
    let liveness = pods::liveness::of_pod(&network.resolved, pod)
        .or_else(|| pods::liveness::of_undeclared_port(network, pod));
    let leaving = path::leaving_endpoint::of_answer(network, trace, pod)
        .or_else(|| pods::eviction::of_pod(&network.resolved, pod));
    let variable = ports::port_variable::of_answer(network, trace, pod)
        .or_else(|| ports::port_argument::of_answer(network, trace, pod));
    let waiting =
        pods::only_waits::of_pod(network, pod).or_else(|| pods::ends_at_once::of_pod(network, pod));
    let shared = pods::shared_port::of_answer(network, pod);
    let found = liveness.into_iter().chain(leaving);
    let found = found.chain(variable).chain(waiting);
    found.chain(shared).collect()
}

/// Why a connection went to that endpoint of a Service, and what came of it; `hop` is where it was chosen.
fn of_choice(survey: &Survey, network: &Network, trace: &Trace, hop: &Hop) -> Vec<Cause> {
    let (Some(service), Some(node)) = (hop.service.as_ref(), hop.device.node()) else {
        return Vec::new();
    };
    let mut causes = Vec::new();
    causes.extend(path::masquerade::of_rewrite(network, trace, hop));
    causes.extend(path::affinity::of_choice(survey, service, hop));
    if prefers_zones(network, service) {
        causes.extend(path::topology_hints::of_service(survey, service, node));
    }
    causes.extend(path::chosen_endpoint::of_choice(
        network, trace, service, hop,
    ));
    causes.extend(apply::applied_twice::of_service(network, service));
    causes.extend(pods::missing_variables::of_caller(network, trace, service));
    causes
}

/// Whether a Service asks for endpoints near the caller.
fn prefers_zones(network: &Network, service: &ObjectName) -> bool {
    let service = network.cluster().services.get(service);
    service.is_some_and(|service| {
        asks_for_topology(service) || service.spec.traffic_distribution.is_some()
    })
}
