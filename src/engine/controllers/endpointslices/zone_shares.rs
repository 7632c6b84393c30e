//! The zones' shares of the cluster's CPUs, and the number of endpoints that each zone gets by them
//! (kubernetes `staging/src/k8s.io/endpointslice/topologycache`).

use std::collections::BTreeMap;

use smol_str::SmolStr;

use crate::cluster::object::Node;
use crate::diagnostic::HintsFault;
use crate::sort;

/// Each zone's share of the cluster's CPUs, for two or more zones.
#[derive(Clone, Debug, PartialEq)]
pub struct ZoneShares(BTreeMap<SmolStr, f64>);

/// Labels of nodes that are not counted, because they run no endpoints.
const EXCLUDED: [&str; 2] = [
    "node-role.kubernetes.io/control-plane",
    "node-role.kubernetes.io/master",
];
/// How much a zone may be overloaded; beyond that there are no hints (`overloadThreshold`).
const OVERLOAD: f64 = 0.2;

impl ZoneShares {
    /// The shares of the ready nodes outside the control plane; an error if a node has no zone or all have the same.
    ///
    /// A node without allocatable CPUs counts as one CPU: hand-written Nodes have no status.
    pub fn of(nodes: &BTreeMap<SmolStr, Node>) -> Result<ZoneShares, HintsFault> {
        let counts = |node: &&Node| {
            node.is_ready()
                && EXCLUDED
                    .iter()
                    .all(|label| !node.metadata.labels.contains_key(*label))
        };
        let mut processors: BTreeMap<SmolStr, f64> = BTreeMap::new();
        for node in nodes.values().filter(counts) {
            let zone = node.zone().filter(|zone| !zone.is_empty());
            let zone = zone.ok_or(HintsFault::NodeWithoutZone)?;
            *processors.entry(zone.into()).or_default() += node.processors().unwrap_or(1.0);
        }
        let total: f64 = processors.values().sum();
        let shares = sort::map(
            processors
                .into_iter()
                .map(|(zone, processors)| (zone, processors / total)),
        );
        if shares.len() > 1 && total > 0.0 {
            Ok(ZoneShares(shares))
        } else {
            Err(HintsFault::OneZone)
        }
    }

    /// How many zones there are.
    pub(crate) fn zones(&self) -> usize {
        self.0.len()
    }

    /// Why a number of endpoints cannot be distributed among the zones; `None` if it can.
    pub(crate) fn fault(&self, endpoints: usize) -> Option<HintsFault> {
        self.allocations(endpoints).err()
    }

    /// The number of endpoints for each zone; an error if a zone would be overloaded.
    pub(super) fn allocations(
        &self,
        endpoints: usize,
    ) -> Result<BTreeMap<&str, Allocation>, HintsFault> {
        let number = endpoints as f64;
        let of_share = |share: f64| {
            let minimum = (share * number / (1.0 + OVERLOAD)).ceil();
            Allocation {
                desired: (share * number).max(minimum),
                minimum,
                maximum: 0.0,
            }
        };
        let mut all = sort::map(
            self.0
                .iter()
                .map(|(zone, &share)| (zone.as_str(), of_share(share))),
        );
        let least: f64 = all.values().map(|allocation| allocation.minimum).sum();
        for allocation in all.values_mut() {
            allocation.maximum = allocation.minimum + number - least;
        }
        if all.len() > endpoints {
            Err(HintsFault::FewerEndpointsThanZones)
        } else if least > number {
            Err(HintsFault::OverloadThreshold)
        } else {
            Ok(all)
        }
    }
}

/// The desired, minimum and maximum number of endpoints in a zone.
pub(super) struct Allocation {
    pub(super) desired: f64,
    pub(super) minimum: f64,
    pub(super) maximum: f64,
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The shares of one ready node in each of these zones; an empty text is a node without a zone.
    fn shares(zones: &[&str]) -> Result<ZoneShares, HintsFault> {
        let mut nodes = BTreeMap::new();
        for (index, zone) in zones.iter().enumerate() {
            let mut node = Node::default();
            node.metadata
                .labels_mut()
                .insert("topology.kubernetes.io/zone".into(), (*zone).into());
            nodes.insert(format!("node-{index}").into(), node);
        }
        ZoneShares::of(&nodes)
    }

    #[test]
    fn every_node_needs_a_zone_and_one_zone_is_not_enough() {
        assert_eq!(shares(&["a", ""]), Err(HintsFault::NodeWithoutZone));
        assert_eq!(shares(&["a", "a"]), Err(HintsFault::OneZone));
    }

    #[test]
    fn a_zone_without_an_endpoint_or_with_too_many_clients_has_no_allocation() {
        let shares = shares(&["a", "b", "c"]).expect("three zones");
        assert_eq!(shares.zones(), 3);
        assert_eq!(shares.fault(2), Some(HintsFault::FewerEndpointsThanZones));
        assert_eq!(shares.fault(3), None);
        assert_eq!(shares.fault(4), Some(HintsFault::OverloadThreshold));
    }
}
