//! The causes of one failed connection, from its verdict and the objects on its path.

use super::called_service::CalledService;
use super::cause::Cause;
use super::of_answer::of_answer;
use super::path::{local_traffic_policy, masquerade, source_ranges, unallocated_address};
use super::selection::no_endpoint;
use super::survey::Survey;
use super::{
    apply, call_instead, gateway, ingress, load_balancer, names, path, pods, policy, ports,
    selection, slices,
};
use crate::diagnostic::{Fault, LoadBalancerFault};
use crate::network::Network;
use crate::trace::{Failure, Reason, Trace, Verdict};

/// Why the connection failed, most specific first; empty if it did not, or if nothing more than the verdict is known.
pub fn of_trace(network: &Network, trace: &Trace) -> Vec<Cause> {
    if let Some(cause) = path::exits_early::of_failure(network, trace) {
        return vec![cause];
    }
    let of_corefile = names::corefile::of_failure(network, trace);
    let is_decided = of_corefile.is_some() && matches!(trace.verdict, Verdict::NoSuchName { .. });
    let of_name = names::hosts_file::of_trace(network, trace);
    let mut causes: Vec<Cause> = of_corefile.into_iter().chain(of_name).collect();
    if !is_decided {
        let survey = Survey::of(&network.resolved);
        causes.extend(of_verdict(&survey, network, trace));
    }
    for cause in &mut causes {
        let instead = call_instead::of_fault(network, trace, &cause.fault);
        cause.call = instead.or(cause.call.take());
    }
    causes
}

fn of_verdict(survey: &Survey, network: &Network, trace: &Trace) -> Vec<Cause> {
    match &trace.verdict {
        Verdict::Answered { .. } | Verdict::AnsweredUnless { .. } => {
            of_answer(survey, network, trace)
        }
        Verdict::AnsweredOutside { host, .. } => of_outside_answer(survey, network, trace, host),
        Verdict::IngressUnreachable { host, .. } => {
            let of_class = ingress::class::of_host(survey, host).into_iter().collect();
            or_else(of_class, || {
                ingress::class::without_controller(survey, host)
            })
        }
        Verdict::Redirected { to, .. } => {
            let causes = gateway::redirect::causes(network, trace, to);
            ingress::controller_port::of_redirect(survey, network, trace, causes)
        }
        Verdict::ControllerDecides { matter, .. } => {
            Vec::from_iter(ingress::traefik::of_external_name(survey, trace, *matter))
        }
        Verdict::Unreachable { from, family, .. } => {
            vec![path::other_family::of_caller(network, trace, from, *family)]
        }
        Verdict::NoSuchName { name } => {
            names::no_such_name::causes(survey, &trace.request.from, name)
        }
        Verdict::Refused {
            why: Failure::PolicyEgress | Failure::PolicyIngress,
        }
        | Verdict::TimedOut {
            why: Failure::PolicyEgress | Failure::PolicyIngress,
        }
        | Verdict::LookupFailed {
            why: Failure::PolicyEgress | Failure::PolicyIngress,
            ..
        } => policy::of_trace(survey, network, trace),
        Verdict::Refused { .. } | Verdict::TimedOut { .. }
            if let Some(cause) = of_unhandled_address(survey, trace) =>
        {
            vec![cause]
        }
        Verdict::HttpError { .. } if policy::stops(trace) => {
            policy::of_trace(survey, network, trace)
        }
        Verdict::Refused { why } => {
            or_else(gateway::routes::causes(survey, network, trace), || {
                of_failure(survey, trace, *why)
            })
        }
        Verdict::TimedOut { why } | Verdict::LookupFailed { why, .. } => {
            of_failure(survey, trace, *why)
        }
        Verdict::HttpError { why, .. } => {
            or_else(gateway::routes::causes(survey, network, trace), || {
                ingress::rules::causes(survey, trace, *why)
            })
        }
        Verdict::Unknown { .. } => not_known_to_listen(survey, trace),
    }
}

/// kube-proxy leaves the called Service to another proxy, or the endpoint is a cluster IP.
fn of_unhandled_address(survey: &Survey, trace: &Trace) -> Option<Cause> {
    let of_another_proxy = path::foreign_service_proxy::of_trace(survey, trace);
    of_another_proxy.or_else(|| slices::endpoint_is_cluster_ip::of_trace(survey, trace))
}

/// A name that is taken for one outside the cluster, and may have been meant for one inside.
fn of_outside_answer(survey: &Survey, network: &Network, trace: &Trace, host: &str) -> Vec<Cause> {
    let refused = apply::refused_object::route_of_host(survey, host);
    let of_host = names::external_name::of_host(survey, trace);
    let meant = (names::external_name::alias(survey, trace).is_none())
        .then(|| names::no_such_name::taken_for_outside(survey, &trace.request.from, host));
    let of_name = meant
        .flatten()
        .or_else(|| names::search_list::of_outside_name(network, trace));
    let of_rule = (of_name.is_none())
        .then(|| {
            let of_ingress = ingress::class::near_host(survey, host);
            of_ingress.or_else(|| gateway::references::near_host(survey, host))
        })
        .flatten();
    let found = refused.into_iter().chain(of_host).chain(of_name);
    found.chain(of_rule).collect()
}

/// The causes, or others where there are none.
fn or_else(causes: Vec<Cause>, others: impl FnOnce() -> Vec<Cause>) -> Vec<Cause> {
    if causes.is_empty() { others() } else { causes }
}

fn of_failure(survey: &Survey, trace: &Trace, why: Failure) -> Vec<Cause> {
    let called = CalledService::of(&survey.resolved.cluster, trace);
    match (why, &called) {
        (Failure::NoEndpoints | Failure::NoHealthyNode, Some(called)) => {
            no_endpoint::of_service(survey, called.service, called.port, called.protocol)
        }
        (Failure::NoLocalEndpoints, Some(called)) => local_traffic_policy::causes(survey, called),
        (Failure::NoSuchPort, Some(called)) => of_missing_port(survey, trace, called),
        (Failure::NothingListens, _) => of_nothing_listening(survey, trace, called.as_ref()),
        (Failure::SourceNotAllowed, Some(called)) => {
            Vec::from_iter(source_ranges::of_service(survey, trace, called.service))
        }
        (Failure::NodesExcluded | Failure::NoNodePort, Some(called)) => {
            load_balancer::nodes::of_service(survey, called.service)
        }
        (Failure::NotAnnounced, Some(called)) => of_announcement(survey, called),
        (Failure::AsymmetricReturn, Some(called)) => {
            Vec::from_iter(masquerade::of_bypass(survey, trace, called.service))
        }
        (Failure::NoHost, _) => of_unknown_host(survey, trace),
        (Failure::Dropped, None) => Vec::from_iter(unallocated_address::of_trace(survey, trace)),
        (
            Failure::NoEndpoints
            | Failure::NoHealthyNode
            | Failure::NoLocalEndpoints
            | Failure::NoSuchPort
            | Failure::SourceNotAllowed
            | Failure::NodesExcluded
            | Failure::NoNodePort
            | Failure::NotAnnounced
            | Failure::AsymmetricReturn,
            None,
        )
        | (Failure::Dropped, Some(_))
        | (
            Failure::PolicyEgress
            | Failure::PolicyIngress
            | Failure::ProcessExited
            | Failure::MartianSource
            | Failure::LoopbackSource
            | Failure::NodeDown
            | Failure::UnknownConnection
            | Failure::NoIngressRule
            | Failure::NoSuchService
            | Failure::BackendNotResolved
            | Failure::BackendNotGrpc
            | Failure::AddressNotServed
            | Failure::CredentialsMissing
            | Failure::PlainToTlsPort
            | Failure::TlsToPlainPort
            | Failure::NoGatewayListener
            | Failure::NoGatewayRoute
            | Failure::RefNotPermitted
            | Failure::InvalidBackend
            | Failure::NoBackend,
            _,
        ) => Vec::new(),
    }
}

/// No node of MetalLB announces the address of the Service.
fn of_announcement(survey: &Survey, called: &CalledService) -> Vec<Cause> {
    let &CalledService {
        service,
        port,
        protocol,
        ..
    } = called;
    let causes = load_balancer::metallb_announcement::of_service(survey, service, port, protocol);
    let is_silent = |cause: &Cause| {
        matches!(
            cause.fault,
            Fault::LoadBalancer(LoadBalancerFault::PoolNotAdvertised { .. })
        )
    };
    let refused = causes
        .iter()
        .any(is_silent)
        .then(|| apply::refused_object::advertisement(survey))
        .flatten();
    refused.into_iter().chain(causes).collect()
}

/// The Service does not have the port, or it is the one of the Service that an alias leads to.
fn of_missing_port(survey: &Survey, trace: &Trace, called: &CalledService) -> Vec<Cause> {
    if let Some(cause) = path::bound_node_address::of_trace(survey, trace) {
        return vec![cause];
    }
    let behind = survey.resolved.cluster.services.get(called.service);
    let alias = behind.and_then(|own| names::external_name::of_port(survey, trace, own));
    let pending = load_balancer::pending::of_asked_port(survey, called);
    let causes = ports::no_such_port::causes(survey, called.service, called.port, called.protocol);
    let found = alias.into_iter().chain(pending);
    found.chain(causes).collect()
}

/// Nothing listens: behind the Service that was called, or on the node itself.
fn of_nothing_listening(
    survey: &Survey,
    trace: &Trace,
    called: Option<&CalledService>,
) -> Vec<Cause> {
    let of_localhost = path::localhost_service::of_trace(survey, trace);
    let of_localhost =
        of_localhost.or_else(|| path::unreachable_from_caller::of_localhost(survey, trace));
    match (of_localhost, called) {
        (Some(cause), _) => vec![cause],
        (None, Some(called)) => or_else(of_closed_port(survey, trace), || {
            of_address_of_node(survey, trace, called)
        }),
        (None, None) => {
            let called = trace.request.to.port;
            if let Some(cause) = apply::refused_object::service_with_node_port(survey, called) {
                return vec![cause];
            }
            if let Some(cause) = ports::node_port::of_node_port_protocol(survey, trace) {
                return vec![cause];
            }
            let of_pods = ports::host_port::of_closed_port(survey, trace);
            if of_pods.is_empty() {
                let of_service = ports::node_port::of_node_address(survey, trace)
                    .or_else(|| ports::node_port::of_no_node_port(survey, trace))
                    .or_else(|| ports::node_port::of_container_port(survey, trace));
                return of_service.into_iter().collect();
            }
            of_pods
        }
    }
}

/// A node refuses by itself: it has an address of the Service, such as an external IP, and the Service lacks the port.
fn of_address_of_node(survey: &Survey, trace: &Trace, called: &CalledService) -> Vec<Cause> {
    let &CalledService {
        service,
        port,
        protocol,
        ..
    } = called;
    let mut hops = trace.hops.iter().rev();
    let closed = hops.find(|hop| matches!(hop.reason, Reason::Closed { .. }));
    let is_node = closed.is_some_and(|hop| hop.device.node().is_some());
    if !is_node || survey.called_port(service, port, protocol).is_some() {
        return Vec::new();
    }
    match ports::node_port::of_no_node_port(survey, trace) {
        Some(cause) => vec![cause],
        None => ports::no_such_port::causes(survey, service, port, protocol),
    }
}

/// Nobody has the address that was called.
fn of_unknown_host(survey: &Survey, trace: &Trace) -> Vec<Cause> {
    if let Some(cause) = path::gone_endpoint::of_trace(survey, trace) {
        return vec![cause];
    }
    let cause = path::unreachable_from_caller::of_unknown_host(survey, trace)
        .or_else(|| path::unallocated_address::of_trace(survey, trace));
    let Some(called) = trace.called() else {
        return Vec::from_iter(cause);
    };
    let external = load_balancer::external_ips::of_address(survey, called);
    let unread = load_balancer::unread_request::of_address(survey, called);
    let asked = load_balancer::pending::of_asked_address(survey, called);
    let found = cause.into_iter().chain(external).chain(unread);
    found.chain(asked).collect()
}

/// Manifests do not say whether anything listens on the pod's port.
fn not_known_to_listen(survey: &Survey, trace: &Trace) -> Vec<Cause> {
    let pod = trace.answered_by();
    let pod = pod.and_then(|pod| survey.resolved.cluster.pod(pod));
    let Some((pod, hop)) = pod.zip(trace.hops.last()) else {
        return Vec::new();
    };
    let port = hop.after.destination.port();
    if let Some(cause) = path::localhost_service::of_trace(survey, trace) {
        return vec![cause];
    }
    if let Some(cause) = pods::loopback_listener::of_pod(survey, pod, port) {
        return vec![cause];
    }
    if let Some(cause) = ports::node_port::of_pod_address(survey, trace, pod) {
        return vec![cause];
    }
    if let Some(cause) = ports::undeclared_port::beside_a_sibling(survey, pod) {
        let of_job = selection::selects_job_pods::of_pod(survey, pod);
        return of_job.into_iter().chain([cause]).collect();
    }
    let causes = of_closed_port(survey, trace);
    if causes.is_empty() {
        let cause = ports::undeclared_port::among_others(survey, pod, port);
        return cause.into_iter().collect();
    }
    causes
}

/// Nothing is known to listen on the pod's port: the Service leads to the wrong one.
fn of_closed_port(survey: &Survey, trace: &Trace) -> Vec<Cause> {
    let Some(called) = CalledService::of(&survey.resolved.cluster, trace) else {
        return Vec::new();
    };
    let headless =
        ports::headless_port::of_service(survey, called.service, called.port, called.protocol);
    let cause = headless
        .or_else(|| selection::selects_two_programs::of_trace(survey, trace, &called))
        .or_else(|| {
            ports::wrong_target::of_service(survey, called.service, called.port, called.protocol)
        });
    cause.into_iter().collect()
}
