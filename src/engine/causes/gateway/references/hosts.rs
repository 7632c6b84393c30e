//! Host names that no route takes, and the routes that nearly do.

use super::{parent_elsewhere, parent_missing, without_class};
use crate::causes::cause::{Cause, Evidence};
use crate::causes::ingress::class::host_miss;
use crate::causes::survey::Survey;
use crate::cluster::object::RouteId;
use crate::diagnostic::{Fault, GatewayFault};
use crate::kinds::Kind;
use crate::l7::gateway::CompiledRoute;
use crate::names::ObjectName;

/// The routes for a host whose Gateway is not where they look for it, and their Gateways without a class.
pub(in crate::causes) fn of_unrouted_host(survey: &Survey, host: &str) -> Vec<Cause> {
    let cluster = &survey.resolved.cluster;
    let routes = cluster.routes.iter();
    let asked = routes.filter(|(_, route)| {
        let mut own = route.spec.hostnames.iter();
        own.any(|own| CompiledRoute::fits_host(own, host))
    });
    let mut causes = Vec::new();
    for (id, route) in asked {
        causes.extend(parent_elsewhere(survey, id));
        causes.extend(parent_missing(survey, id));
        for parent in &route.spec.parent_refs {
            let namespace = match parent.namespace.as_str() {
                "" => &id.name.namespace,
                _ => &parent.namespace,
            };
            let gateway = ObjectName::new(namespace.as_str(), parent.name.as_str());
            causes.extend(without_class(survey, &gateway));
        }
    }
    causes
}

/// A listener or a route whose host name differs from the called one by a typo or `www.`, or is a wildcard that does not
/// cover it: `*.example.com` is not for `example.com`.
pub(in crate::causes) fn near_host(survey: &Survey, host: &str) -> Option<Cause> {
    let cluster = &survey.resolved.cluster;
    let host = host.trim_end_matches('.');
    let mut near = Vec::new();
    for (name, gateway) in &cluster.gateways {
        let listeners = gateway.spec.listeners.iter().enumerate();
        near.extend(listeners.filter_map(|(index, listener)| {
            let (distance, why) = host_miss(&listener.hostname, host)?;
            let field = format!("spec.listeners[{index}].hostname");
            Some((
                distance,
                (Kind::Gateway, name),
                field,
                &listener.hostname,
                why,
            ))
        }));
    }
    for (RouteId { kind, name }, route) in &cluster.routes {
        let hostnames = route.spec.hostnames.iter().enumerate();
        near.extend(hostnames.filter_map(|(index, pattern)| {
            let (distance, why) = host_miss(pattern, host)?;
            let field = format!("spec.hostnames[{index}]");
            Some((distance, (Kind::from(*kind), name), field, pattern, why))
        }));
    }
    let nearest = near.into_iter().min_by_key(|(distance, ..)| *distance);
    let (_, (kind, name), field, pattern, why) = nearest?;
    let fault = Fault::Gateway(GatewayFault::HostOfNoRoute {
        host: host.to_owned(),
        object: format!("{} {name}", kind.name()),
        pattern: pattern.to_string(),
        why,
    });
    let evidence = Evidence::of(survey.resolved.get(kind, name)?, &field);
    Some(Cause::likely(fault, vec![evidence]))
}
