//! A redirect that does not help its client: to itself, or to a port of the Gateway that no listener serves.

use super::attachment::listeners;
use crate::causes::cause::{Cause, Evidence};
use crate::diagnostic::{Fault, GatewayFault, PathFault};
use crate::kinds::Kind;
use crate::l7::gateway::hostname::host_of;
use crate::network::{Network, Target};
use crate::trace::{GatewayReason, Reason, Trace};

/// What is wrong with a redirect; `to` is its `Location`.
pub(in crate::causes) fn causes(network: &Network, trace: &Trace, to: &str) -> Vec<Cause> {
    let Ok(target) = to.parse::<Target>() else {
        return Vec::new();
    };
    let asked = &trace.request.to;
    let path = |target: &Target| match target.path.as_str() {
        "" => "/".to_owned(),
        path => path.to_owned(),
    };
    let is_same = asked.host_header() == target.host_header()
        && (asked.is_tls(), asked.port) == (target.is_tls(), target.port)
        && path(asked) == path(&target);
    if is_same {
        let fault = Fault::Path(PathFault::RedirectToItself { to: to.to_owned() });
        return vec![Cause::certain(fault, rule_of(network, trace))];
    }
    no_listener(network, trace, &target, to)
        .into_iter()
        .collect()
}

/// The redirect leads to the same host at a port that its Gateway has no listener for.
fn no_listener(network: &Network, trace: &Trace, target: &Target, to: &str) -> Option<Cause> {
    let mut passed = trace.hops.iter().filter_map(|hop| match &hop.reason {
        Reason::Gateway(GatewayReason::TakesForGateway { gateway, .. }) => Some(gateway),
        _ => None,
    });
    let name = passed.next()?;
    let cluster = network.cluster();
    let state = network.gateway_plane().gateways.get(name)?;
    let is_served = state
        .listeners
        .iter()
        .any(|it| it.listener.port == target.port);
    if is_served || host_of(&trace.request.to.host_header()) != host_of(&target.host_header()) {
        return None;
    }
    let fault = Fault::Gateway(GatewayFault::RedirectToNoListener {
        gateway: name.to_string(),
        to: to.to_owned(),
        port: target.port,
        listeners: listeners(cluster, name),
    });
    let mut evidence = rule_of(network, trace);
    let stored = network.resolved.get(Kind::Gateway, name);
    evidence.extend(stored.map(|stored| Evidence::of(stored, "spec.listeners")));
    Some(Cause::certain(fault, evidence))
}

/// The rule of the route that answered with the redirect; empty if no route of a Gateway did.
fn rule_of(network: &Network, trace: &Trace) -> Vec<Evidence> {
    let found = trace.hops.iter().find_map(|hop| match &hop.reason {
        Reason::Gateway(GatewayReason::RedirectsForGateway { route, rule, .. }) => {
            Some((route, *rule))
        }
        _ => None,
    });
    let Some((route, rule)) = found else {
        return Vec::new();
    };
    let stored = network.resolved.get(Kind::from(route.kind), &route.name);
    let field = format!("spec.rules[{rule}].filters");
    stored
        .map(|stored| Evidence::of(stored, &field))
        .into_iter()
        .collect()
}
