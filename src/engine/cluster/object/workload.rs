//! Workloads: Deployment, ReplicaSet, ReplicationController, StatefulSet, DaemonSet, Job and CronJob.

use serde::Deserialize;
use smol_str::SmolStr;

use super::Metadata;

/// A workload as stored by the API server. The pod template is read from the tree when pods are created.
#[derive(Clone, Debug, PartialEq, Default, Deserialize)]
#[serde(default)]
pub struct Workload {
    /// Name, labels, annotations.
    pub metadata: Metadata,
    /// How many pods, and how they are named.
    pub spec: WorkloadSpec,
}

/// The fields of a workload's `spec` that decide which pods exist.
#[derive(Clone, Debug, PartialEq, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct WorkloadSpec {
    /// The number of pods (default 1); `None` for DaemonSets and Jobs.
    pub replicas: Option<i32>,
    /// The number of a Job's pods that run at the same time (default 1).
    pub parallelism: Option<i32>,
    /// The number of a Job's pods that must succeed.
    pub completions: Option<i32>,
    /// Whether a Job or CronJob is suspended.
    pub suspend: Option<bool>,
    /// The headless Service that a StatefulSet's pods are published under.
    pub service_name: SmolStr,
    /// The ordinals of a StatefulSet's pods.
    pub ordinals: Ordinals,
    /// `NonIndexed` or `Indexed`; the latter numbers a Job's pods.
    pub completion_mode: SmolStr,
}

/// `spec.ordinals` of a StatefulSet.
#[derive(Clone, Debug, PartialEq, Default, Deserialize)]
#[serde(default)]
pub struct Ordinals {
    /// The ordinal of the first pod.
    pub start: u32,
}
