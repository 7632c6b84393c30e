//! Turns a text into a cluster: admits each object in the order of the text, then runs the controllers.
//!
//! ```text
//! documents ─▶ decode ─▶ admit (defaults, allocation, validation) ─▶ stored objects
//!           ─▶ nodes ─▶ pods of workloads, scheduling, addresses ─▶ EndpointSlices, Endpoints, mirrors ─▶ Cluster
//! ```
//!
//! A rejected object has no effect, and each of its errors is a diagnostic at the field's position. kubehop deviates from
//! kubectl on purpose in two ways. A missing namespace is created silently: people paste fragments, and
//! `namespaces "dev" not found` would hide all other errors. And an object of a live dump keeps its status and deletion
//! time, which a server removes from new objects.

mod admit;
mod balancing;
mod creation;
pub mod events;
mod gateway_stand_in;
mod live_dump;
mod lookups;
mod made_pod;
mod metallb_webhook;
mod not_modelled;
mod pod_admission;
mod pod_tree;
mod pod_webhooks;
mod refused_fields;
mod repair;
mod run_controllers;
mod sent;
mod stored;
mod system;
mod write_endpoints;

pub(crate) use admit::store_after;
pub(crate) use pod_admission::{ForbiddenPods, forbidden};
pub(crate) use pod_webhooks::{Answers, PodWebhook};
pub(crate) use run_controllers::template_of;
pub(crate) use sent::as_sent;
pub(crate) use stored::{NotModelled, RefusedObject};
pub use stored::{Stored, WrittenAt};
pub use system::new_store;

use std::collections::BTreeMap;
use std::sync::Arc;

use live_dump::Learnt;

use crate::cluster::Cluster;
use crate::cluster::config::Config;
use crate::diagnostic::Diagnostic;
use crate::kinds::Kind;
use crate::manifest::Source;
use crate::names::ObjectName;
use events::RulesLag;

/// A cluster with the objects and diagnostics of its text.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Resolved {
    /// The cluster after the controllers have run.
    pub cluster: Cluster,
    /// The stored objects: system objects, then those of the text, in order.
    pub objects: Vec<Stored>,
    /// Errors and warnings of kubectl and the API server, in the order of the text. `causes::check` finds more.
    pub diagnostics: Vec<Diagnostic>,
    /// Numbers of documents and objects.
    pub counts: Counts,
    /// Objects of kinds that are accepted but not modelled, in the order of the text; kubectl lists them.
    pub(crate) not_modelled: Vec<NotModelled>,
    /// Objects that kubectl or the API server refuses, in the order of the text. Those that exist already are left out.
    pub(crate) refused: Vec<RefusedObject>,
    /// Pods of workloads that the API server refuses.
    pub(crate) forbidden: Vec<ForbiddenPods>,
    /// Where kube-proxy's rules are older than the cluster; `None` if they are up to date.
    pub lag: Option<Arc<RulesLag>>,
    /// The index of each object in [`Resolved::objects`].
    indexes: BTreeMap<(Kind, ObjectName), usize>,
}

/// Numbers of documents and objects of a text.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Counts {
    /// Documents that are not empty.
    pub documents: usize,
    /// Objects that were stored.
    pub created: usize,
    /// Objects and documents that were rejected.
    pub rejected: usize,
    /// Objects of kinds that are not modelled, by `apiVersion` and `kind`.
    pub not_modelled: BTreeMap<(String, String), usize>,
}

/// Resolves a text into a cluster.
pub fn resolve(source: &Source, config: &Config) -> Resolved {
    let Learnt { config, notes } = live_dump::learn_ranges(source, config);
    let mut admitted = admit::admit(source, &config);
    admitted.diagnostics.extend(notes);
    run_controllers::run_controllers(admitted, config)
}

#[cfg(test)]
mod tests;
