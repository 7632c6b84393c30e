//! How kube-proxy detects that a packet comes from a pod: `detectLocalMode` (kubernetes
//! `pkg/proxy/util/localdetector.go`).

use ipnet::IpNet;

use crate::cluster::Cluster;
use crate::cluster::config::DetectLocal;
use crate::cluster::object::Node;
use crate::names::Family;
use crate::ruleset::Interface;

/// A way to detect it.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum LocalDetector {
    /// By its source.
    Source(IpNet),
    /// By where it came in.
    Interface(Interface),
}

impl LocalDetector {
    /// The configured way for a node; `None` if the node's range has no address of the family.
    pub(super) fn of(cluster: &Cluster, node: &Node, family: Family) -> Option<LocalDetector> {
        match &cluster.config.proxy.detect_local {
            DetectLocal::ClusterCidr => {
                let ranges = cluster.config.pod_cidrs.iter();
                ranges
                    .copied()
                    .find(|range| Family::of(range.addr()) == family)
                    .map(LocalDetector::Source)
            }
            DetectLocal::NodeCidr => node.pod_cidr(family).map(LocalDetector::Source),
            DetectLocal::BridgeInterface(name) => Some(LocalDetector::Interface(Interface::Named(
                name.as_str().into(),
            ))),
            DetectLocal::InterfaceNamePrefix(prefix) => Some(LocalDetector::Interface(
                Interface::Prefixed(prefix.as_str().into()),
            )),
        }
    }
}
