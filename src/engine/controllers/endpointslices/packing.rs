//! Filling slices: which endpoints go into which slice when slices are there already.
//!
//! The controller touches as few slices as it can: first it takes out of the existing slices what is no longer wanted,
//! then fills up the slices it has to write anyway, the fullest first; what is left goes into the one untouched slice
//! it fills best, or into new slices (kubernetes `staging/src/k8s.io/endpointslice/reconciler.go`,
//! `reconcileByPortMapping`).

use std::sync::Arc;

use smol_str::SmolStr;

use crate::engine::cluster::object::{Endpoint, EndpointSlice};
use crate::engine::labels::Labels;
use crate::engine::sort;

/// What is to happen to the slices of one Service.
#[derive(Debug, Default)]
pub struct Plan {
    /// To be made; they have no name yet.
    pub create: Vec<EndpointSlice>,
    /// To be written again.
    pub update: Vec<EndpointSlice>,
    /// To be removed.
    pub delete: Vec<EndpointSlice>,
    /// To be left as they are.
    pub unchanged: Vec<EndpointSlice>,
}

impl Plan {
    /// Both plans.
    pub fn and(mut self, other: Plan) -> Plan {
        self.create.extend(other.create);
        self.update.extend(other.update);
        self.delete.extend(other.delete);
        self.unchanged.extend(other.unchanged);
        self
    }
}

/// Packs endpoints that share `blank`'s ports into slices of at most `most` endpoints. `existing` are the slices with
/// those ports; `blank` is an empty slice as it would be created.
pub fn pack(
    existing: Vec<EndpointSlice>,
    wanted: Vec<Endpoint>,
    blank: &EndpointSlice,
    most: usize,
) -> Plan {
    let (mut plan, mut left) = keep(existing, wanted, &blank.metadata.labels);
    sort::sort_by_key(&mut plan.update, |slice| {
        std::cmp::Reverse(slice.endpoints.len())
    });
    for slice in &mut plan.update {
        fill(slice, &mut left, most);
    }
    while !left.is_empty() {
        if let Some(place) = best_to_fill(&plan.unchanged, left.len(), most) {
            let mut slice = plan.unchanged.remove(place);
            fill(&mut slice, &mut left, most);
            plan.update.push(slice);
        } else {
            let mut slice = blank.clone();
            fill(&mut slice, &mut left, most.max(1));
            plan.create.push(slice);
        }
    }
    plan
}

/// Takes what is no longer wanted out of the existing slices. Returns what became of them, and the endpoints that are
/// in none of them, the next one last.
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

fn fill(slice: &mut EndpointSlice, left: &mut Vec<Endpoint>, most: usize) {
    let room = most.saturating_sub(slice.endpoints.len()).min(left.len());
    slice
        .endpoints
        .extend(left.drain(left.len() - room..).rev());
}

/// The untouched slice that comes closest to full when all that is left goes into it.
fn best_to_fill(slices: &[EndpointSlice], left: usize, most: usize) -> Option<usize> {
    let room_after = |slice: &EndpointSlice| most.checked_sub(left + slice.endpoints.len());
    let fits = |(place, slice)| {
        room_after(slice)
            .filter(|&room| room < most)
            .map(|room| (room, place))
    };
    slices
        .iter()
        .enumerate()
        .filter(|_| left < most)
        .filter_map(fits)
        .min()
        .map(|(_, place)| place)
}

/// What makes two endpoints the same one, whatever their state (`endpointHashObj`).
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

/// Whether an endpoint of a slice already says what is wanted; hints are looked at apart.
fn is_same((wanted, there): (&Endpoint, &Endpoint)) -> bool {
    wanted.node_name == there.node_name
        && wanted.zone == there.zone
        && wanted.conditions == there.conditions
        && wanted.target_ref == there.target_ref
}

/// Whether the labels that come from the Service differ; those the controller itself keeps are not looked at.
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
