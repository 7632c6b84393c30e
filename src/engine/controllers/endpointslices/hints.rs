//! Hints: the zones and nodes that should prefer an endpoint.
//!
//! `trafficDistribution` hints every ready endpoint for its own zone (and node). The older annotation
//! `service.kubernetes.io/topology-mode: Auto` distributes endpoints among zones in proportion to their CPUs, so that no
//! zone is overloaded. It takes precedence (kubernetes `staging/src/k8s.io/endpointslice/{trafficdist,topologycache}`).

use std::collections::BTreeMap;

use smol_str::SmolStr;

use super::EndpointSliceContext;
use super::packing::Plan;
use super::zone_shares::{Allocation, ZoneShares};
use crate::cluster::object::{Endpoint, EndpointHints, EndpointSlice, ForName, Service};
use crate::sort;

/// The values of `trafficDistribution` that the controller recognises (feature gate `PreferSameTrafficDistribution`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Distributions {
    /// `PreferClose`, `PreferSameZone` and `PreferSameNode` (1.36).
    #[default]
    All,
    /// Only `PreferClose` (gate off).
    PreferCloseOnly,
}

/// Sets the hints in a Service's slices of one address type.
pub(super) fn set_hints(service: &Service, mut plan: Plan, context: &EndpointSliceContext) -> Plan {
    if asks_for_topology(service) {
        return match &context.shares {
            Some(shares) => hint_by_topology(plan, shares),
            None => without_hints(plan),
        };
    }
    let preference = Preference::of(service, context.distributions);
    let (stale, unchanged) = plan
        .unchanged
        .into_iter()
        .partition(|slice| preference.needs_writing(slice));
    plan.unchanged = unchanged;
    let stale: Vec<EndpointSlice> = stale;
    plan.update.extend(stale);
    let slices = plan.create.iter_mut().chain(&mut plan.update);
    for endpoint in slices.flat_map(|slice| &mut slice.endpoints) {
        if preference.looks_at(endpoint) {
            endpoint.hints = preference.hints(endpoint);
        }
    }
    plan
}

/// Whether the annotation asks for topology-aware hints.
pub(crate) fn asks_for_topology(service: &Service) -> bool {
    let annotations = &service.metadata.annotations;
    let older = annotations.get("service.kubernetes.io/topology-aware-hints");
    let value = older.or_else(|| annotations.get("service.kubernetes.io/topology-mode"));
    value.is_some_and(|value| value == "Auto" || value == "auto")
}

/// The preference expressed by `trafficDistribution`.
#[derive(Clone, Copy)]
enum Preference {
    Nothing,
    Zone,
    ZoneAndNode,
}

impl Preference {
    fn of(service: &Service, known: Distributions) -> Preference {
        match (service.spec.traffic_distribution.as_deref(), known) {
            (Some("PreferClose"), _) | (Some("PreferSameZone"), Distributions::All) => {
                Preference::Zone
            }
            (Some("PreferSameNode"), Distributions::All) => Preference::ZoneAndNode,
            (_, Distributions::All | Distributions::PreferCloseOnly) => Preference::Nothing,
        }
    }

    fn hints(self, endpoint: &Endpoint) -> Option<EndpointHints> {
        let named = |name: &Option<SmolStr>| {
            name.iter()
                .map(|name| ForName { name: name.clone() })
                .collect()
        };
        let (for_zones, for_nodes) = match self {
            Preference::Nothing => return None,
            Preference::Zone => (named(&endpoint.zone), Vec::new()),
            Preference::ZoneAndNode => (named(&endpoint.zone), named(&endpoint.node_name)),
        };
        let hints = EndpointHints {
            for_zones,
            for_nodes,
        };
        (is_ready(endpoint) && hints != EndpointHints::default()).then_some(hints)
    }

    /// Whether the hints of an endpoint are written. Those of one that is not ready stay as they are, unless there shall
    /// be none at all.
    fn looks_at(self, endpoint: &Endpoint) -> bool {
        is_ready(endpoint) || matches!(self, Preference::Nothing)
    }

    fn needs_writing(self, slice: &EndpointSlice) -> bool {
        let mut endpoints = slice.endpoints.iter();
        endpoints.any(|endpoint| self.looks_at(endpoint) && endpoint.hints != self.hints(endpoint))
    }
}

/// Whether the condition `ready` is set to true. Unlike elsewhere, a missing condition is not ready here.
fn is_ready(endpoint: &Endpoint) -> bool {
    endpoint.conditions.ready == Some(true)
}

fn without_hints(mut plan: Plan) -> Plan {
    let slices = plan
        .create
        .iter_mut()
        .chain(&mut plan.update)
        .chain(&mut plan.unchanged);
    for endpoint in slices.flat_map(|slice| &mut slice.endpoints) {
        endpoint.hints = None;
    }
    plan
}

/// Hints every ready endpoint for its own zone, then moves hints from zones with too many endpoints to those with too
/// few.
fn hint_by_topology(mut plan: Plan, shares: &ZoneShares) -> Plan {
    let all = || {
        plan.create
            .iter()
            .chain(&plan.update)
            .chain(&plan.unchanged)
            .flat_map(|slice| &slice.endpoints)
    };
    let ready = all().filter(|endpoint| is_ready(endpoint)).count();
    let zoned = all()
        .filter(|endpoint| is_ready(endpoint))
        .all(|endpoint| endpoint.zone.is_some());
    let allocations = match shares.allocations(ready) {
        Ok(allocations) if zoned => allocations,
        Ok(_) | Err(_) => return without_hints(plan),
    };
    let mut counts = BTreeMap::new();
    for slice in std::mem::take(&mut plan.unchanged) {
        match valid_hints(&slice, &counts, &allocations) {
            Some(hinted) => {
                for (zone, number) in hinted {
                    *counts.entry(zone).or_default() += number;
                }
                plan.unchanged.push(slice);
            }
            None => plan.update.push(slice),
        }
    }
    let mut endpoints: Vec<&mut Endpoint> = plan
        .create
        .iter_mut()
        .chain(&mut plan.update)
        .flat_map(|slice| &mut slice.endpoints)
        .collect();
    for endpoint in &mut endpoints {
        endpoint.hints = None;
        if let Some(zone) = endpoint.zone.clone()
            && is_ready(endpoint)
        {
            *counts.entry(zone.clone()).or_default() += 1.0;
            endpoint.hints = Some(for_zone(zone));
        }
    }
    redistribute(endpoints, transfers(&allocations, &counts));
    plan
}

fn for_zone(name: SmolStr) -> EndpointHints {
    EndpointHints {
        for_zones: vec![ForName { name }],
        for_nodes: Vec::new(),
    }
}

/// The number of hints per zone of an unchanged slice; `None` if its hints must be computed again.
fn valid_hints(
    slice: &EndpointSlice,
    counts: &BTreeMap<SmolStr, f64>,
    allocations: &BTreeMap<&str, Allocation>,
) -> Option<BTreeMap<SmolStr, f64>> {
    let mut hinted: BTreeMap<SmolStr, f64> = BTreeMap::new();
    for endpoint in slice.endpoints.iter().filter(|endpoint| is_ready(endpoint)) {
        let zones = endpoint
            .hints
            .as_ref()
            .map(|hints| &hints.for_zones)
            .filter(|zones| !zones.is_empty())?;
        for zone in zones {
            *hinted.entry(zone.name.clone()).or_default() += 1.0;
        }
    }
    let allowed = |(zone, number): (&SmolStr, &f64)| {
        let already = counts.get(zone).copied().unwrap_or_default();
        allocations
            .get(zone.as_str())
            .is_some_and(|allocation| number + already <= allocation.maximum)
    };
    hinted.iter().all(allowed).then_some(hinted)
}

/// An endpoint of one zone that is hinted for another one.
struct Transfer {
    from: SmolStr,
    to: SmolStr,
}

/// The hints to move, as pairs of zones (from, to), one per endpoint.
fn transfers(
    allocations: &BTreeMap<&str, Allocation>,
    counts: &BTreeMap<SmolStr, f64>,
) -> Vec<Transfer> {
    let count = |zone: &str| counts.get(zone).copied().unwrap_or_default();
    let mut surplus = sort::map(counts.keys().map(|zone| (zone.clone(), count(zone))));
    for (zone, allocation) in allocations {
        surplus.insert((*zone).into(), count(zone) - allocation.desired);
    }
    let mut transfers = Vec::new();
    loop {
        let by_surplus =
            |a: &(&SmolStr, &f64), b: &(&SmolStr, &f64)| a.1.total_cmp(b.1).then(b.0.cmp(a.0));
        let most = surplus
            .iter()
            .max_by(by_surplus)
            .map(|(zone, left)| (zone.clone(), *left));
        let least = surplus
            .iter()
            .min_by(|a, b| a.1.total_cmp(b.1))
            .map(|(zone, left)| (zone.clone(), -left));
        let (Some((from, give)), Some((to, take))) = (most, least) else {
            break;
        };
        if (give < 1.0 && take < 1.0) || give < 0.5 || take < 0.5 {
            break;
        }
        *surplus.entry(from.clone()).or_default() -= 1.0;
        *surplus.entry(to.clone()).or_default() += 1.0;
        transfers.push(Transfer { from, to });
    }
    transfers
}

fn redistribute(endpoints: Vec<&mut Endpoint>, mut transfers: Vec<Transfer>) {
    for endpoint in endpoints {
        let is_from_here = |transfer: &Transfer| {
            is_ready(endpoint) && endpoint.zone.as_ref() == Some(&transfer.from)
        };
        if let Some(place) = transfers.iter().position(is_from_here) {
            endpoint.hints = Some(for_zone(transfers.remove(place).to));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cluster::object::{EndpointConditions, Node};

    fn node(name: &str, zone: &str) -> (SmolStr, Node) {
        let mut node = Node::default();
        node.metadata
            .labels_mut()
            .insert("topology.kubernetes.io/zone".into(), zone.into());
        (name.into(), node)
    }

    fn plan(zones: &[&str]) -> Plan {
        let endpoint = |zone: &&str| Endpoint {
            zone: Some((*zone).into()),
            node_name: Some("node-1".into()),
            conditions: EndpointConditions {
                ready: Some(true),
                ..EndpointConditions::default()
            },
            ..Endpoint::default()
        };
        let slice = EndpointSlice {
            endpoints: zones.iter().map(endpoint).collect(),
            ..EndpointSlice::default()
        };
        Plan {
            create: vec![slice],
            ..Plan::default()
        }
    }

    fn hinted(service: &Service, zones: &[&str]) -> Vec<Option<SmolStr>> {
        let nodes = BTreeMap::from([
            node("node-1", "a"),
            node("node-2", "b"),
            node("node-3", "c"),
        ]);
        let plan = set_hints(service, plan(zones), &EndpointSliceContext::new(&nodes));
        let hint = |endpoint: &Endpoint| {
            endpoint
                .hints
                .as_ref()
                .map(|hints| hints.for_zones[0].name.clone())
        };
        plan.create[0].endpoints.iter().map(hint).collect()
    }

    fn some(zones: &[&str]) -> Vec<Option<SmolStr>> {
        zones.iter().map(|zone| Some((*zone).into())).collect()
    }

    #[test]
    fn prefer_close_hints_each_endpoint_with_its_own_zone() {
        let mut service = Service::default();
        assert_eq!(hinted(&service, &["a", "a"]), [None, None]);
        service.spec.traffic_distribution = Some("PreferClose".into());
        assert_eq!(hinted(&service, &["a", "a"]), some(&["a", "a"]));
    }

    #[test]
    fn stale_hints_of_an_endpoint_that_is_not_ready_stay() {
        let mut service = Service::default();
        let nodes = BTreeMap::new();
        let mut given = plan(&["a", "a"]);
        given.unchanged = std::mem::take(&mut given.create);
        let endpoints = &mut given.unchanged[0].endpoints;
        endpoints[0].conditions.ready = Some(false);
        endpoints[0].hints = Some(for_zone("b".into()));
        let hints = |service: &Service, given: Plan| {
            let plan = set_hints(service, given, &EndpointSliceContext::new(&nodes));
            let endpoints = plan.update[0].endpoints.iter();
            endpoints.map(|own| own.hints.clone()).collect::<Vec<_>>()
        };
        let again = Plan {
            unchanged: given.unchanged.clone(),
            ..Plan::default()
        };
        assert_eq!(hints(&service, again), [None, None]);
        service.spec.traffic_distribution = Some("PreferClose".into());
        let expected = ["b", "a"].map(|zone| Some(for_zone(zone.into())));
        assert_eq!(hints(&service, given), expected);
    }

    #[test]
    fn topology_mode_shares_endpoints_out_and_gives_up_where_a_zone_would_be_overloaded() {
        let mut service = Service::default();
        service
            .metadata
            .annotations
            .insert("service.kubernetes.io/topology-mode".into(), "Auto".into());
        assert_eq!(hinted(&service, &["c", "c", "c"]), some(&["a", "b", "c"]));
        assert_eq!(
            hinted(&service, &["a", "a", "c", "c"]),
            [None, None, None, None]
        );
    }
}
