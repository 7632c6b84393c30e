//! What makes pods: Deployment, ReplicaSet, ReplicationController, StatefulSet, DaemonSet, Job and CronJob.

use serde::Deserialize;
use smol_str::SmolStr;

use super::Metadata;
pub use crate::engine::labels::{LabelSelector, LabelSelectorRequirement as Requirement};

/// A workload as stored by the API server. Its pod template stays in the object's tree.
#[derive(Clone, Debug, PartialEq, Default, Deserialize)]
#[serde(default)]
pub struct Workload {
    /// Name, labels, annotations.
    pub metadata: Metadata,
    /// What was asked for.
    pub spec: WorkloadSpec,
}

/// The parts of a workload's `spec` that decide which pods there are.
#[derive(Clone, Debug, PartialEq, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct WorkloadSpec {
    /// How many pods; the server's default is 1. A DaemonSet has none.
    pub replicas: Option<i32>,
    /// How many pods of a Job run at once; the server's default is 1.
    pub parallelism: Option<i32>,
    /// How many pods of a Job must succeed.
    pub completions: Option<i32>,
    /// Whether a CronJob or Job starts nothing.
    pub suspend: Option<bool>,
    /// The headless Service that names a StatefulSet's pods.
    pub service_name: SmolStr,
    /// How a StatefulSet numbers its pods.
    pub ordinals: Ordinals,
    /// `Indexed` numbers a Job's pods.
    pub completion_mode: SmolStr,
}

/// `spec.ordinals` of a StatefulSet.
#[derive(Clone, Debug, PartialEq, Default, Deserialize)]
#[serde(default)]
pub struct Ordinals {
    /// The first pod's number.
    pub start: u32,
}
