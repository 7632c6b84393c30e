//! The configuration of the `kubernetes` plugin.

use std::collections::BTreeSet;

use serde::Deserialize;

use super::name;
use super::outside::Outside;

/// The `kubernetes` block of a Corefile.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(default)]
pub struct Corefile {
    /// The zones that it is authoritative for.
    pub zones: Vec<String>,
    /// How names of pods are handled.
    pub pods: PodMode,
    /// The time to live of records, in seconds.
    pub ttl: u32,
    /// Zones whose unknown names are forwarded (`fallthrough`).
    #[serde(rename = "fallthrough")]
    pub fall_through: Vec<String>,
    /// The exposed namespaces; empty for all.
    pub namespaces: BTreeSet<String>,
    /// Whether endpoints without a host name are named by their pod (`endpoint_pod_names`).
    pub endpoint_pod_names: bool,
    /// Whether Services without endpoints are hidden (`ignore empty_service`).
    pub ignore_empty_service: bool,
    /// The external DNS server, for other names.
    #[serde(skip)]
    pub outside: Outside,
}

/// The `pods` option.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum PodMode {
    /// Pods have no names.
    #[default]
    Disabled,
    /// Any address in an existing namespace resolves to itself.
    Insecure,
    /// Only addresses of pods in the namespace resolve.
    Verified,
}

impl Default for Corefile {
    fn default() -> Self {
        Corefile::kubeadm("cluster.local")
    }
}

impl Corefile {
    /// kubeadm's Corefile for a cluster domain.
    pub fn kubeadm(domain: &str) -> Corefile {
        let reverse = ["in-addr.arpa.".to_owned(), "ip6.arpa.".to_owned()];
        Corefile {
            zones: [vec![name::absolute(domain)], reverse.to_vec()].concat(),
            pods: PodMode::Insecure,
            ttl: 30,
            fall_through: reverse.to_vec(),
            namespaces: BTreeSet::new(),
            endpoint_pod_names: false,
            ignore_empty_service: false,
            outside: Outside::default(),
        }
    }
}
