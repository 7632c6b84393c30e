//! The causes of one failed connection, from its verdict and the objects on its path.

use std::net::IpAddr;

use super::cause::{Cause, Evidence};
use super::names::no_such_name::AskedName;
use super::selection::no_endpoint;
use super::survey::Survey;
use super::{
    answered, apply, call_instead, gateway, ingress, load_balancer, names, path, pods, policy,
    ports, selection, slices,
};
use crate::cluster::Cluster;
use crate::controllers::endpointslices::asks_for_topology;
use crate::diagnostic::{Fault, PathFault};
use crate::kinds::Kind;
use crate::names::{DEFAULT_NAMESPACE, ObjectName, Protocol};
use crate::network::{Host, Network};
use crate::trace::{Direction, Failure, Hop, Reason, Trace, Unless, Verdict};

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
        causes.extend(of_verdict(network, trace));
    }
    for cause in &mut causes {
        let instead = call_instead::of_fault(network, trace, &cause.fault);
        cause.call = instead.or(cause.call.take());
    }
    causes
}

fn of_verdict(network: &Network, trace: &Trace) -> Vec<Cause> {
    let resolved = &network.resolved;
    match &trace.verdict {
        Verdict::Answered { .. } | Verdict::AnsweredUnless { .. } => of_answer(network, trace),
        Verdict::AnsweredOutside { host, .. } => of_outside_answer(network, trace, host),
        Verdict::IngressUnreachable { host, .. } => {
            let survey = Survey::of(resolved);
            let of_class = ingress::class::of_host(&survey, host).into_iter().collect();
            or_else(of_class, || {
                ingress::class::without_controller(&survey, host)
            })
        }
        Verdict::Redirected { to, .. } => gateway::redirect::causes(network, trace, to),
        Verdict::ControllerDecides { .. } => Vec::new(),
        Verdict::Unreachable { from, family, .. } => {
            vec![path::other_family::of_caller(network, trace, from, *family)]
        }
        Verdict::NoSuchName { name } => {
            names::no_such_name::causes(&Survey::of(resolved), &trace.request.from, name)
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
        } => policy::of_trace(network, trace),
        Verdict::Refused { .. } | Verdict::TimedOut { .. }
            if let Some(cause) = leads_to_nobody(&Survey::of(resolved), trace) =>
        {
            vec![cause]
        }
        Verdict::HttpError { .. } if policy::stops(trace) => policy::of_trace(network, trace),
        Verdict::Refused { why } => or_else(gateway::routes::causes(network, trace), || {
            of_failure(&Survey::of(resolved), trace, *why)
        }),
        Verdict::TimedOut { why } | Verdict::LookupFailed { why, .. } => {
            of_failure(&Survey::of(resolved), trace, *why)
        }
        Verdict::HttpError { why, .. } => or_else(gateway::routes::causes(network, trace), || {
            ingress::rules::causes(&Survey::of(resolved), trace, *why)
        }),
        Verdict::Unknown { .. } => not_known_to_listen(&Survey::of(resolved), trace),
    }
}

/// The address that was called, or that of the endpoint, is one that kube-proxy does not write rules for.
fn leads_to_nobody(survey: &Survey, trace: &Trace) -> Option<Cause> {
    let of_another_proxy = path::foreign_service_proxy::of_trace(survey, trace);
    of_another_proxy.or_else(|| slices::endpoint_is_cluster_ip::of_trace(survey, trace))
}

/// A name that is taken for one outside the cluster, and may have been meant for one inside.
fn of_outside_answer(network: &Network, trace: &Trace, host: &str) -> Vec<Cause> {
    let survey = Survey::of(&network.resolved);
    let refused = apply::refused_object::route_of_host(&survey, host);
    let of_host = names::external_name::of_host(&survey, trace);
    let meant = (names::external_name::alias(&survey, trace).is_none())
        .then(|| names::no_such_name::taken_for_outside(&survey, &trace.request.from, host));
    let of_name = meant
        .flatten()
        .or_else(|| names::search_list::of_outside_name(network, trace));
    let of_rule = (of_name.is_none())
        .then(|| {
            let of_ingress = ingress::class::near_host(&survey, host);
            of_ingress.or_else(|| gateway::references::near_host(&survey, host))
        })
        .flatten();
    let found = refused.into_iter().chain(of_host).chain(of_name);
    found.chain(of_rule).collect()
}

/// The causes, or others where there are none.
fn or_else(causes: Vec<Cause>, others: impl FnOnce() -> Vec<Cause>) -> Vec<Cause> {
    if causes.is_empty() { others() } else { causes }
}

/// What is worth knowing of a connection that was answered.
fn of_answer(network: &Network, trace: &Trace) -> Vec<Cause> {
    let survey = Survey::of(&network.resolved);
    let mut causes: Vec<Cause> = path::exits_early::of_answer(network, trace)
        .into_iter()
        .collect();
    let passed_on = trace
        .hops
        .iter()
        .any(|hop| matches!(hop.reason, Reason::TakesHttp { .. }));
    if passed_on {
        causes.extend(ingress::rules::notes(&survey, trace));
    }
    if let (
        Verdict::AnsweredUnless {
            unless: Unless::GatewayApi,
            ..
        },
        Host::Name(host),
    ) = (&trace.verdict, &trace.request.to.host)
    {
        causes.extend(gateway::references::of_unrouted_host(&survey, host));
    }
    causes.extend(ports::plain_http::of_answer(&survey, trace));
    causes.extend(ingress::certificate::of_answer(&survey, trace));
    causes.extend(gateway::backend_tls::of_answer(&survey, trace));
    causes.extend(gateway::references::assumed_class(&survey, trace));
    causes.extend(names::external_name::of_host(&survey, trace));
    let of_localhost = path::localhost_service::of_trace(&survey, trace).map(Cause::possible);
    causes.extend(or_else(of_localhost.into_iter().collect(), || {
        answered::of_pod(network, trace)
    }));
    causes.extend(pods::init_wait::of_answer(network, trace));
    causes.extend(pods::needed_object::of_answer(network, trace));
    causes.extend(pods::readiness::of_answer(network, trace));
    causes.extend(path::calls_next::of_answer(network, trace));
    let mut hops = trace.hops.iter();
    let decided = hops.find(|hop| {
        let is_request = hop.direction == Direction::Request;
        is_request && matches!(hop.reason, Reason::Dnat { .. })
    });
    if let Some(hop) = decided {
        causes.extend(of_choice(network, trace, hop, passed_on));
    }
    causes
}

/// Why a connection went to that endpoint of a Service, and what came of it; `hop` is where it was chosen.
fn of_choice(network: &Network, trace: &Trace, hop: &Hop, passed_on: bool) -> Vec<Cause> {
    let (Some(service), Some(node)) = (hop.service.as_ref(), hop.device.node()) else {
        return Vec::new();
    };
    let survey = Survey::of(&network.resolved);
    let mut causes = Vec::new();
    causes.extend(path::masquerade::of_rewrite(network, trace, hop));
    causes.extend(path::affinity::of_choice(&survey, service, hop));
    if prefers_zones(network, service) {
        causes.extend(path::topology_hints::of_service(&survey, service, node));
    }
    let is_kept = trace.request.to.keeps_connection() && !passed_on;
    causes.extend(answered::of_choice(network, service, hop, is_kept));
    causes.extend(answered::of_apply(network, service));
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

fn of_failure(survey: &Survey, trace: &Trace, why: Failure) -> Vec<Cause> {
    let called = CalledService::of(&survey.resolved.cluster, trace);
    match (why, &called) {
        (Failure::NoEndpoints | Failure::NoHealthyNode, Some(called)) => {
            no_endpoint::of_service(survey, called.service, called.port, called.protocol)
        }
        (Failure::NoLocalEndpoints, Some(called)) => {
            path::local_traffic_policy::causes(survey, called)
        }
        (Failure::NoSuchPort, Some(called)) => of_missing_port(survey, trace, called),
        (Failure::NothingListens, _) => of_nobody_listening(survey, trace, called.as_ref()),
        (Failure::SourceNotAllowed, Some(called)) => source_ranges(survey, trace, called.service),
        (Failure::NodesExcluded | Failure::NoNodePort, Some(called)) => {
            load_balancer::nodes::of_service(survey, called.service)
        }
        (Failure::NotAnnounced, Some(called)) => load_balancer::metallb_announcement::of_service(
            survey,
            called.service,
            called.port,
            called.protocol,
        ),
        (Failure::AsymmetricReturn, Some(called)) => {
            let cause = path::masquerade::of_bypass(survey, trace, called.service);
            cause.into_iter().collect()
        }
        (Failure::NoHost, _) => of_unknown_host(survey, trace),
        (Failure::Dropped, None) => unallocated(survey, trace).into_iter().collect(),
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
            | Failure::NoGatewayListener
            | Failure::NoGatewayRoute
            | Failure::RefNotPermitted
            | Failure::InvalidBackend
            | Failure::NoBackend,
            _,
        ) => Vec::new(),
    }
}

/// The Service does not have the port, or it is the one of the Service that an alias leads to.
fn of_missing_port(survey: &Survey, trace: &Trace, called: &CalledService) -> Vec<Cause> {
    let behind = survey.resolved.cluster.services.get(called.service);
    let alias = behind.and_then(|own| names::external_name::of_port(survey, trace, own));
    let pending = load_balancer::pending::of_asked_port(survey, called);
    let causes = ports::no_such_port::causes(survey, called.service, called.port, called.protocol);
    let found = alias.into_iter().chain(pending);
    found.chain(causes).collect()
}

/// Nothing listens: behind the Service that was called, or on the node itself.
fn of_nobody_listening(
    survey: &Survey,
    trace: &Trace,
    called: Option<&CalledService>,
) -> Vec<Cause> {
    let of_localhost = path::localhost_service::of_trace(survey, trace);
    let of_localhost =
        of_localhost.or_else(|| path::unreachable_from_caller::of_localhost(survey, trace));
    match (of_localhost, called) {
        (Some(cause), _) => vec![cause],
        (None, Some(_)) => of_closed_port(survey, trace),
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

/// An open connection whose endpoint is gone: connection tracking keeps the choice.
fn gone_endpoint(trace: &Trace) -> Option<Cause> {
    let mut hops = trace.hops.iter();
    hops.find(|hop| matches!(hop.reason, Reason::Continues { .. }))?;
    let last = trace.hops.last()?;
    let fault = Fault::Path(PathFault::ConnectionOutlivesEndpoint {
        address: last.before.destination.ip().to_string(),
        protocol: last.before.protocol.to_string(),
    });
    Some(Cause::certain(fault, Vec::new()))
}

/// An endpoint that an event removed, and to which rules that are older than the event still lead.
fn removed_endpoint(survey: &Survey, trace: &Trace) -> Option<Cause> {
    let lag = survey.resolved.lag.as_ref()?;
    let address = trace.hops.last()?.before.destination.ip();
    let mut pods = lag.programmed.each_pod();
    let pod = pods.find(|pod| pod.addresses().any(|own| own == address))?;
    let fault = Fault::Path(PathFault::RulesLeadToRemovedPod {
        pod: pod.metadata.name.to_string(),
        address: address.to_string(),
        lag: lag.seconds,
    });
    Some(Cause::certain(fault, Vec::new()))
}

/// Nobody has the address that was called.
fn of_unknown_host(survey: &Survey, trace: &Trace) -> Vec<Cause> {
    if let Some(cause) = gone_endpoint(trace).or_else(|| removed_endpoint(survey, trace)) {
        return vec![cause];
    }
    let cause = path::unreachable_from_caller::of_unknown_host(survey, trace)
        .or_else(|| unallocated(survey, trace));
    let asked = trace.called();
    let asked = asked.map(|own| load_balancer::pending::of_asked_address(survey, own));
    let asked = asked.into_iter().flatten();
    cause.into_iter().chain(asked).collect()
}

/// An address of the Services' range was called that no Service has.
fn unallocated(survey: &Survey, trace: &Trace) -> Option<Cause> {
    let cluster = &survey.resolved.cluster;
    let called = trace.called()?;
    let mut ranges = cluster.config.service_cidrs.iter();
    let range = ranges.find(|range| range.contains(&called))?;
    let mut services = cluster.services.values();
    if services.any(|service| service.addresses().any(|own| own == called)) {
        return None;
    }
    let fault = Fault::Path(PathFault::UnallocatedClusterIp {
        address: called.to_string(),
        range: range.to_string(),
    });
    Some(Cause::certain(fault, Vec::new()))
}

/// The Service that the last hop towards the callee is about, as it was called there.
pub(super) struct CalledService<'a> {
    pub service: &'a ObjectName,
    pub address: IpAddr,
    pub port: u16,
    pub protocol: Protocol,
    /// The node whose rules decided; empty if no node did.
    pub node: &'a str,
}

impl<'a> CalledService<'a> {
    pub(super) fn of(cluster: &'a Cluster, trace: &'a Trace) -> Option<CalledService<'a>> {
        CalledService::at_its_address(trace).or_else(|| CalledService::headless(cluster, trace))
    }

    /// The Service whose address was called; of a failed lookup, that of the name server.
    fn at_its_address(trace: &'a Trace) -> Option<CalledService<'a>> {
        let direction = if matches!(trace.verdict, Verdict::LookupFailed { .. }) {
            Direction::Lookup
        } else {
            Direction::Request
        };
        let towards = |hop: &&Hop| hop.direction == direction;
        let last = trace.hops.iter().rev().filter(towards);
        let mut about_services = last.filter(|hop| hop.service.is_some());
        let hop = about_services.next()?;
        // The first hop of this connection has the address that was called, before any rewrite.
        let mut hops = trace.hops.iter().filter(towards);
        let first = hops.find(|own| own.connection == hop.connection)?;
        Some(CalledService {
            service: hop.service.as_ref()?,
            address: first.before.destination.ip(),
            port: first.before.destination.port(),
            protocol: first.before.protocol,
            node: hop.device.node().unwrap_or_default(),
        })
    }

    /// The headless Service by whose name a pod's own address was found.
    fn headless(cluster: &'a Cluster, trace: &'a Trace) -> Option<CalledService<'a>> {
        let mut hops = trace.hops.iter();
        let name = hops.find_map(|hop| match &hop.reason {
            Reason::Resolves { name, alias, .. } => Some(alias.as_ref().unwrap_or(name)),
            _ => None,
        })?;
        let mut requests = trace.hops.iter();
        let first = requests.find(|hop| hop.direction == Direction::Request)?;
        let asked = AskedName::of(cluster, DEFAULT_NAMESPACE, name.trim_end_matches('.'));
        let (service, object) = cluster.services.get_key_value(&asked.id())?;
        object.is_headless().then(|| CalledService {
            service,
            address: first.before.destination.ip(),
            port: first.before.destination.port(),
            protocol: first.before.protocol,
            node: "",
        })
    }
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

fn source_ranges(survey: &Survey, trace: &Trace, name: &ObjectName) -> Vec<Cause> {
    let stored = survey.resolved.get(Kind::Service, name);
    let service = survey.resolved.cluster.services.get(name);
    let last = trace.hops.last();
    let Some(((stored, service), hop)) = stored.zip(service).zip(last) else {
        return Vec::new();
    };
    let fault = Fault::Path(PathFault::SourceNotInRanges {
        service: name.name.to_string(),
        client: hop.before.source.ip().to_string(),
        ranges: service.spec.load_balancer_source_ranges.join(", "),
    });
    let evidence = Evidence::of(stored, "spec.loadBalancerSourceRanges");
    vec![Cause::certain(fault, vec![evidence])]
}
