//! `scheduling.k8s.io/v1` PriorityClasses: which pods may take the place of others.

use serde::Deserialize;

/// A PriorityClass.
#[derive(Clone, Debug, PartialEq, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct PriorityClass {
    /// The priority of the class' pods.
    pub value: i64,
    /// Whether pods that name no class have it.
    pub global_default: bool,
    /// `Never` if its pods take no place of others.
    pub preemption_policy: smol_str::SmolStr,
}
