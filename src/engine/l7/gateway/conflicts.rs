//! HTTPRoutes and GRPCRoutes of one listener that share a host name: the oldest is accepted, those of the other kind are
//! not (Gateway API `apis/v1/grpcroute_types.go`, `GRPCRouteSpec.Hostnames`).

use std::sync::Arc;

use super::compiled::{AttachedRoute, CompiledRoute};
use super::{Gateways, ParentOutcome, Refusal, hostname};
use crate::cluster::object::{RouteId, RouteKind};
use crate::names::{ObjectName, PrintedOrder};
use crate::sort;

/// A listener: its Gateway, and its index.
type ListenerPlace = (ObjectName, usize);

/// Detaches the routes whose host name an older route of the other kind has.
pub(super) fn settle(gateways: &mut Gateways) {
    let mut detached: Vec<(AttachedRoute, ListenerPlace)> = Vec::new();
    for (name, state) in &mut gateways.gateways {
        let listeners = state.listeners.iter().zip(&mut state.attached);
        for (index, (listener, attached)) in listeners.enumerate() {
            let losers = losers(&listener.listener.hostname, attached);
            attached.retain(|route| !losers.iter().any(|lost| Arc::ptr_eq(lost, route)));
            let place = (name.clone(), index);
            detached.extend(losers.into_iter().map(|lost| (lost, place.clone())));
        }
    }
    for (route, (gateway, listener)) in detached {
        let parents = gateways
            .parents
            .get_mut(&RouteId::new(route.kind, &route.name));
        for parent in parents.into_iter().flatten() {
            let ParentOutcome::Accepted(listeners) = &mut parent.outcome else {
                continue;
            };
            if parent.gateway == gateway {
                listeners.retain(|index| *index != listener);
            }
            if listeners.is_empty() {
                parent.outcome = ParentOutcome::Refused(Refusal::HostnameConflict);
            }
        }
    }
}

/// The routes of a listener that are not accepted.
fn losers(listener: &str, attached: &[AttachedRoute]) -> Vec<AttachedRoute> {
    let has = |kind: RouteKind| attached.iter().any(|route| route.kind == kind);
    if !has(RouteKind::Http) || !has(RouteKind::Grpc) {
        return Vec::new();
    }
    let mut by_age: Vec<&AttachedRoute> = attached.iter().collect();
    sort::sort_by(&mut by_age, |one, other| age(one).cmp(&age(other)));
    let mut accepted: Vec<&AttachedRoute> = Vec::new();
    let mut lost = Vec::new();
    for route in by_age {
        let is_taken = accepted
            .iter()
            .any(|other| other.kind != route.kind && share_hostname(listener, other, route));
        if is_taken {
            lost.push(Arc::clone(route));
        } else {
            accepted.push(route);
        }
    }
    lost
}

/// Routes by age, then by name; one without a time is the youngest.
fn age(route: &CompiledRoute) -> (bool, &str, PrintedOrder<'_>, RouteKind) {
    let created = route.route.metadata.creation_timestamp.as_deref();
    (
        created.is_none(),
        created.unwrap_or_default(),
        PrintedOrder(&route.name),
        route.kind,
    )
}

/// Whether two routes have a host name in common at a listener.
fn share_hostname(listener: &str, one: &CompiledRoute, other: &CompiledRoute) -> bool {
    let (one, other) = (patterns(listener, one), patterns(listener, other));
    one.iter().any(|own| {
        other
            .iter()
            .any(|theirs| hostname::intersection(own, theirs).is_some())
    })
}

/// The host names of a route at a listener.
fn patterns<'a>(listener: &'a str, route: &'a CompiledRoute) -> Vec<&'a str> {
    let hostnames = &route.route.spec.hostnames;
    if hostnames.is_empty() {
        return vec![listener];
    }
    let own = hostnames.iter();
    own.filter_map(|own| hostname::intersection(listener, own))
        .collect()
}
