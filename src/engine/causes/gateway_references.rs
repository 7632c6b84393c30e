//! References of the Gateway API that lead nowhere: to a Gateway of another namespace, to a certificate that is not there, to
//! a Service that no ReferenceGrant permits.

use smol_str::SmolStr;

use super::cause::{Cause, Evidence};
use super::edit::set_field;
use super::gateway::kind_of;
use super::survey::Survey;
use crate::cluster::object::RouteKind;
use crate::diagnostic::{Fault, Fix, GrantMiss};
use crate::kinds::Kind;
use crate::l7::gateway::{CompiledRoute, ListenerFault};
use crate::manifest::yaml_quote::quoted;
use crate::names::ObjectName;
use crate::network::AddressedGateway;

/// A parent that does not exist in the namespace which the route names, where another namespace has a Gateway of that name.
pub(super) fn parent_elsewhere(
    survey: &Survey,
    kind: RouteKind,
    name: &ObjectName,
) -> Option<Cause> {
    let cluster = &survey.resolved.cluster;
    let route = cluster.routes.get(&(kind, name.clone()))?;
    let stored = survey.resolved.get(kind_of(kind), name)?;
    let parents = route.spec.parent_refs.iter().enumerate();
    parents.into_iter().find_map(|(index, parent)| {
        let namespace = match parent.namespace.as_str() {
            "" => &name.namespace,
            _ => &parent.namespace,
        };
        let written = ObjectName::new(namespace.as_str(), parent.name.as_str());
        if parent.kind != "Gateway" || cluster.gateways.contains_key(&written) {
            return None;
        }
        let meant = cluster
            .gateways
            .keys()
            .find(|own| own.name == written.name)?;
        let fault = Fault::RouteParentElsewhere {
            route: format!("{} {name}", kind.name()),
            written: written.to_string(),
            meant: meant.namespace.to_string(),
        };
        let field = format!("spec.parentRefs[{index}]");
        let list = stored.tree.get("spec")?.get("parentRefs")?;
        let item = list.items().get(index)?;
        let namespace = format!("\"{}\"", meant.namespace);
        let fix = set_field(stored, item, "namespace", &namespace);
        Some(Cause::certain(fault, vec![Evidence::of(stored, &field)]).with_fix(fix))
    })
}

/// The routes for a host whose Gateway is not where they look for it, and their Gateways without a class.
pub(super) fn of_unrouted_host(survey: &Survey, host: &str) -> Vec<Cause> {
    let cluster = &survey.resolved.cluster;
    let routes = cluster.routes.iter();
    let asked = routes.filter(|(_, route)| {
        let mut own = route.spec.hostnames.iter();
        own.any(|own| CompiledRoute::fits_host(own, host))
    });
    let mut causes = Vec::new();
    for ((kind, name), route) in asked {
        causes.extend(parent_elsewhere(survey, *kind, name));
        for parent in &route.spec.parent_refs {
            let namespace = match parent.namespace.as_str() {
                "" => &name.namespace,
                _ => &parent.namespace,
            };
            let gateway = ObjectName::new(namespace.as_str(), parent.name.as_str());
            causes.extend(without_class(survey, &gateway));
        }
    }
    causes
}

/// A Gateway whose class the text does not have, although it has others: no controller serves it.
pub(super) fn without_class(survey: &Survey, name: &ObjectName) -> Option<Cause> {
    let cluster = &survey.resolved.cluster;
    let gateway = cluster.gateways.get(name)?;
    let class = gateway.spec.gateway_class_name.as_str();
    let classes: Vec<&str> = cluster
        .gateway_classes
        .keys()
        .map(SmolStr::as_str)
        .collect();
    if classes.is_empty() || classes.contains(&class) {
        return None;
    }
    let fault = Fault::GatewayWithoutClass {
        gateway: name.to_string(),
        class: class.to_owned(),
        classes: classes.join(", "),
    };
    let stored = survey.resolved.get(Kind::Gateway, name)?;
    let evidence = Evidence::of(stored, "spec.gatewayClassName");
    let fix = match (classes.as_slice(), evidence.span) {
        ([only], Some(span)) => Some(Fix {
            span,
            text: quoted(only),
        }),
        (_, _) => None,
    };
    Some(Cause::likely(fault, vec![evidence]).with_fix(fix))
}

/// Listeners of the called port that need a certificate and have none: the controller does not serve them.
pub(super) fn without_certificate(survey: &Survey, gateway: &AddressedGateway) -> Vec<Cause> {
    let mut causes = Vec::new();
    for (index, state) in gateway.state.listeners.iter().enumerate() {
        if state.listener.port != gateway.port || !state.lacks_certificate {
            continue;
        }
        let tls = state.listener.tls.iter();
        let certificates = tls.flat_map(|tls| &tls.certificate_refs);
        let named: Vec<String> = certificates.map(|own| own.name.to_string()).collect();
        let fault = Fault::ListenerWithoutCertificate {
            gateway: gateway.name.to_string(),
            listener: state.listener.name.to_string(),
            secrets: named.join(", "),
            is_permitted: state.fault != Some(ListenerFault::RefNotPermitted),
        };
        let stored = survey.resolved.get(Kind::Gateway, gateway.name);
        let field = format!("spec.listeners[{index}].tls");
        let evidence = stored.map(|stored| Evidence::of(stored, &field));
        causes.push(Cause::likely(fault, evidence.into_iter().collect()));
    }
    causes
}

/// A ReferenceGrant that was meant for the reference and does not apply to it.
pub(super) fn grant_misses(
    survey: &Survey,
    route: &CompiledRoute,
    target: &ObjectName,
) -> Option<Cause> {
    let (mut best, mut stored_grant) = (None, None);
    for (name, grant) in &survey.resolved.cluster.reference_grants {
        let is_there = name.namespace == target.namespace;
        let mut from = grant.spec.from.iter();
        let is_from = from
            .any(|from| from.kind == route.kind.name() && from.namespace == route.name.namespace);
        let mut to = grant.spec.to.iter();
        let is_to =
            to.any(|to| to.kind == "Service" && (to.name.is_empty() || to.name == target.name));
        let why = match (is_there, is_from, is_to) {
            (true, false, _) => GrantMiss::From,
            (true, true, _) => GrantMiss::To,
            (false, true, true) => GrantMiss::Namespace,
            (false, _, _) => continue,
        };
        best = Some((name, why));
        stored_grant = survey.resolved.get(Kind::ReferenceGrant, name);
    }
    let (name, why) = best?;
    let fault = Fault::ReferenceGrantMisses {
        grant: name.to_string(),
        why,
        kind: route.kind.name().to_owned(),
        from: route.name.namespace.to_string(),
        service: target.name.to_string(),
        namespace: target.namespace.to_string(),
    };
    let field = match why {
        GrantMiss::From => "spec.from",
        GrantMiss::To => "spec.to",
        GrantMiss::Namespace => "metadata.namespace",
    };
    let evidence = stored_grant.map(|stored| Evidence::of(stored, field));
    let span = evidence.as_ref().and_then(|own| own.span);
    let fix = match (why, span) {
        (GrantMiss::Namespace, Some(span)) => Some(Fix {
            span,
            text: quoted(&target.namespace),
        }),
        _ => None,
    };
    Some(Cause::certain(fault, evidence.into_iter().collect()).with_fix(fix))
}
