//! Packing endpoints into new and existing slices.
//!
//! The controller writes as few slices as possible. It removes unwanted endpoints from existing slices, then fills the
//! slices that it has to update anyway, fullest first. The remaining endpoints go into the unchanged slice that they
//! fill best, or into new slices (kubernetes `staging/src/k8s.io/endpointslice/reconciler.go`,
//! `reconcileByPortMapping`).

use std::sync::Arc;

use smol_str::SmolStr;

use crate::cluster::object::{Endpoint, EndpointSlice};
use crate::labels::Labels;
use crate::sort;

/// The changes to the slices of a Service.
#[derive(Debug, Default)]
pub(super) struct Plan {
    /// New slices, still without names.
    pub create: Vec<EndpointSlice>,
    /// Slices to update.
    pub update: Vec<EndpointSlice>,
    /// Slices to delete.
    pub delete: Vec<EndpointSlice>,
    /// Slices without changes.
    pub unchanged: Vec<EndpointSlice>,
}

impl Plan {
    /// The changes of both plans.
    pub(super) fn and(mut self, other: Plan) -> Plan {
        self.create.extend(other.create);
        self.update.extend(other.update);
        self.delete.extend(other.delete);
        self.unchanged.extend(other.unchanged);
        self
    }
}

/// Packs endpoints with the ports of `blank` into slices of at most `max` endpoints. `existing` are the slices with those
/// ports, `blank` is a new slice.
pub(super) fn pack(
    existing: Vec<EndpointSlice>,
    wanted: Vec<Endpoint>,
    blank: &EndpointSlice,
    max: usize,
) -> Plan {
    let (mut plan, mut left) = keep(existing, wanted, &blank.metadata.labels);
    sort::sort_by_key(&mut plan.update, |slice| {
        std::cmp::Reverse(slice.endpoints.len())
    });
    for slice in &mut plan.update {
        fill(slice, &mut left, max);
    }
    while !left.is_empty() {
        if let Some(index) = best_to_fill(&plan.unchanged, left.len(), max) {
            let mut slice = plan.unchanged.remove(index);
            fill(&mut slice, &mut left, max);
            plan.update.push(slice);
        } else {
            let mut slice = blank.clone();
            fill(&mut slice, &mut left, max.max(1));
            plan.create.push(slice);
        }
    }
    plan
}

/// Removes unwanted endpoints from the existing slices. Returns the changes, and the endpoints that are in no slice, in
/// reverse order.
fn keep(
    existing: Vec<EndpointSlice>,
    wanted: Vec<Endpoint>,
    labels: &Labels,
) -> (Plan, Vec<Endpoint>) {
    let mut plan = Plan::default();
    if existing.is_empty() {
        return (plan, wanted.into_iter().rev().collect());
    }
    let mut missing = sort::map(
        wanted
            .into_iter()
            .map(|endpoint| (Identity::of(&endpoint), endpoint)),
    );
    for mut slice in existing {
        let kept: Vec<Endpoint> = slice
            .endpoints
            .iter()
            .filter_map(|endpoint| missing.remove(&Identity::of(endpoint)))
            .collect();
        let same =
            kept.len() == slice.endpoints.len() && kept.iter().zip(&slice.endpoints).all(is_same);
        if same && !labels_changed(&slice.metadata.labels, labels) {
            plan.unchanged.push(slice);
        } else if kept.is_empty() && !same {
            plan.delete.push(slice);
        } else {
            slice.endpoints = kept;
            slice.metadata.labels = Arc::new(labels.clone());
            plan.update.push(slice);
        }
    }
    (plan, missing.into_values().rev().collect())
}

fn fill(slice: &mut EndpointSlice, left: &mut Vec<Endpoint>, max: usize) {
    let room = max.saturating_sub(slice.endpoints.len()).min(left.len());
    slice
        .endpoints
        .extend(left.drain(left.len() - room..).rev());
}

/// The index of the unchanged slice that the remaining endpoints fill best.
fn best_to_fill(slices: &[EndpointSlice], left: usize, max: usize) -> Option<usize> {
    let mut best: Option<(usize, usize)> = None;
    for (index, slice) in slices.iter().enumerate() {
        let Some(room) = max.checked_sub(left + slice.endpoints.len()) else {
            continue;
        };
        if left < max && room < max && best.is_none_or(|(least, _)| room < least) {
            best = Some((room, index));
        }
    }
    best.map(|(_, index)| index)
}

/// The fields that identify an endpoint (`endpointHashObj`).
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Identity {
    pod: Option<(SmolStr, SmolStr)>,
    addresses: Vec<SmolStr>,
    hostname: Option<SmolStr>,
}

impl Identity {
    fn of(endpoint: &Endpoint) -> Identity {
        let mut addresses = endpoint.addresses.clone();
        sort::sort(&mut addresses);
        let pod = endpoint
            .target_ref
            .as_ref()
            .map(|pod| (pod.namespace.clone(), pod.name.clone()));
        Identity {
            pod,
            addresses,
            hostname: endpoint.hostname.clone(),
        }
    }
}

/// Whether an existing endpoint equals the wanted one, apart from hints.
fn is_same((wanted, there): (&Endpoint, &Endpoint)) -> bool {
    wanted.node_name == there.node_name
        && wanted.zone == there.zone
        && wanted.conditions == there.conditions
        && wanted.target_ref == there.target_ref
}

/// Whether labels other than the controller's differ.
fn labels_changed(there: &Labels, wanted: &Labels) -> bool {
    let own = |(key, _): &(&SmolStr, &SmolStr)| !super::is_reserved(key);
    !there.iter().filter(own).eq(wanted.iter().filter(own))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn endpoints(numbers: std::ops::Range<usize>) -> Vec<Endpoint> {
        let endpoint = |number| Endpoint {
            addresses: vec![format!("{number:04}").into()],
            ..Default::default()
        };
        numbers.map(endpoint).collect()
    }

    fn slice(numbers: std::ops::Range<usize>) -> EndpointSlice {
        EndpointSlice {
            endpoints: endpoints(numbers),
            ..Default::default()
        }
    }

    fn sizes(existing: Vec<EndpointSlice>, wanted: usize) -> Vec<usize> {
        let plan = pack(
            existing,
            endpoints(0..wanted),
            &EndpointSlice::default(),
            100,
        );
        let all = plan
            .create
            .iter()
            .chain(&plan.update)
            .chain(&plan.unchanged);
        let mut sizes: Vec<usize> = all.map(|slice| slice.endpoints.len()).collect();
        sizes.sort_by(|a, b| b.cmp(a));
        sizes
    }

    #[test]
    fn the_hundred_and_first_endpoint_opens_another_slice() {
        assert_eq!(sizes(vec![], 101), [100, 1]);
    }

    #[test]
    fn what_is_left_goes_into_the_untouched_slice_it_fills_best() {
        assert_eq!(sizes(vec![slice(0..50), slice(50..120)], 150), [100, 50]);
    }

    #[test]
    fn a_slice_that_is_too_small_for_the_rest_is_left_alone() {
        assert_eq!(
            sizes(vec![slice(0..74), slice(74..148)], 300),
            [100, 74, 74, 52]
        );
    }

    #[test]
    fn a_slice_that_lost_an_endpoint_is_filled_up_first() {
        assert_eq!(sizes(vec![slice(0..60), slice(500..501)], 61), [61]);
        assert_eq!(
            sizes(
                vec![
                    EndpointSlice {
                        endpoints: [endpoints(0..40), endpoints(900..901)].concat(),
                        ..slice(0..0)
                    },
                    slice(40..90)
                ],
                95
            ),
            [50, 45]
        );
    }
}
