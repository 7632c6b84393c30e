//! How a workload replaces its pods: its strategy, and how many pods may be too many or missing.
//!
//! Source: kubernetes `pkg/controller/deployment/util` (`ResolveFenceposts`).

use crate::kinds::Kind;
use crate::manifest::tree::{Yaml, YamlValue};
use crate::resolve::Stored;

/// How a workload replaces its pods.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Replacement {
    /// Nobody replaces them: `OnDelete`, or a paused Deployment.
    Never,
    /// All old pods end before the new ones start.
    Recreate,
    /// New pods run beside old ones.
    Beside { surge: usize, unavailable: usize },
    /// A pod ends before its successor starts; pods with an ordinal below `partition` stay.
    InPlace { partition: u64 },
}

/// How the workload replaces its pods, given how many it has.
pub(super) fn replacement(stored: &Stored, pods: usize) -> Replacement {
    let Some(spec) = stored.tree.get("spec") else {
        return Replacement::Never;
    };
    if spec
        .get("paused")
        .is_some_and(|paused| paused.value == YamlValue::Bool(true))
    {
        return Replacement::Never;
    }
    let strategy = spec.get("strategy").or_else(|| spec.get("updateStrategy"));
    let name = strategy
        .and_then(|own| own.get("type")?.as_str())
        .unwrap_or_default();
    let update = strategy.and_then(|own| own.get("rollingUpdate"));
    let number = |field: &str, rounded: Rounding| {
        let value = update.and_then(|update| update.get(field));
        value.map_or(0, |value| count(value, pods, rounded))
    };
    let surge = number("maxSurge", Rounding::Up);
    match (stored.kind, name) {
        (_, "OnDelete") => Replacement::Never,
        (_, "Recreate") => Replacement::Recreate,
        (Kind::StatefulSet, _) => Replacement::InPlace {
            partition: number("partition", Rounding::Down) as u64,
        },
        (Kind::DaemonSet, _) if surge == 0 => Replacement::InPlace { partition: 0 },
        _ => {
            // `ResolveFenceposts` of `pkg/controller/deployment/util`: a rollout can always go on.
            let unavailable = number("maxUnavailable", Rounding::Down);
            let is_stuck = surge == 0 && unavailable == 0;
            Replacement::Beside {
                surge,
                unavailable: unavailable.max(usize::from(is_stuck)).min(pods),
            }
        }
    }
}

/// How a percentage of pods is rounded to a number.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Rounding {
    Up,
    Down,
}

/// A number, or a percentage of the pods.
fn count(value: &Yaml, pods: usize, rounded: Rounding) -> usize {
    match &value.value {
        YamlValue::Int(number) => usize::try_from(*number).unwrap_or(0),
        YamlValue::String(text) => {
            let percent = text
                .strip_suffix('%')
                .and_then(|own| own.parse::<usize>().ok());
            let share = percent.unwrap_or(0).saturating_mul(pods);
            match rounded {
                Rounding::Up => share.div_ceil(100),
                Rounding::Down => share / 100,
            }
        }
        YamlValue::Null
        | YamlValue::Bool(_)
        | YamlValue::Float(_)
        | YamlValue::Seq(_)
        | YamlValue::Map(_) => 0,
    }
}
