//! Enumerations of the API: known values, and any other text that a live dump may hold.

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use smol_str::SmolStr;

/// Defines an enumeration with its known values, `Unset` for the empty text, and `Other` for any other text.
macro_rules! api_text {
    ($(#[$doc:meta])* $name:ident { $($(#[$value_doc:meta])* $value:ident,)* }) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, Default)]
        pub enum $name {
            /// The field is empty or missing.
            #[default]
            Unset,
            $($(#[$value_doc])* $value,)*
            /// Another text.
            Other(SmolStr),
        }

        impl $name {
            /// The text, as the API spells it.
            pub fn as_str(&self) -> &str {
                match self {
                    $name::Unset => "",
                    $($name::$value => stringify!($value),)*
                    $name::Other(text) => text,
                }
            }
        }

        impl From<SmolStr> for $name {
            fn from(text: SmolStr) -> $name {
                match text.as_str() {
                    "" => $name::Unset,
                    $(stringify!($value) => $name::$value,)*
                    _ => $name::Other(text),
                }
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<$name, D::Error> {
                SmolStr::deserialize(deserializer).map($name::from)
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }
    };
}

api_text! {
    /// `status.phase` of a Pod.
    PodPhase {
        /// Not all containers are running yet.
        Pending,
        /// The pod is bound to a node and at least one container runs.
        Running,
        /// All containers exited with status 0 and will not be restarted.
        Succeeded,
        /// All containers exited, at least one with an error.
        Failed,
        /// The node does not report.
        Unknown,
    }
}

api_text! {
    /// `status.conditions[].status`.
    ConditionStatus {
        /// The condition holds.
        True,
        /// The condition does not hold.
        False,
        /// It is not known, for example because the kubelet does not report.
        Unknown,
    }
}

api_text! {
    /// `effect` of a taint, and of a toleration, where `Unset` matches every effect.
    TaintEffect {
        /// New pods are not scheduled.
        NoSchedule,
        /// New pods are scheduled only if no other node fits.
        PreferNoSchedule,
        /// New pods are not scheduled and running pods are evicted.
        NoExecute,
    }
}

api_text! {
    /// `operator` of a toleration; `Unset` means `Equal`.
    TolerationOperator {
        /// Key and value must be those of the taint.
        Equal,
        /// Any value matches.
        Exists,
    }
}

/// `status.conditions[]` of a Node or a Pod.
#[derive(Clone, Debug, PartialEq, Default, Deserialize)]
#[serde(default)]
pub struct StatusCondition {
    /// `Ready`, `DiskPressure`, …; readiness gates may name any.
    #[serde(rename = "type")]
    pub condition_type: SmolStr,
    /// Whether the condition holds.
    pub status: ConditionStatus,
}

/// The type of the condition that says whether a node or a pod is ready.
pub const READY: &str = "Ready";

/// The type of the condition that says whether all containers of a pod are ready.
pub const CONTAINERS_READY: &str = "ContainersReady";

impl StatusCondition {
    /// A `Ready` condition.
    pub fn ready(status: ConditionStatus) -> StatusCondition {
        StatusCondition {
            condition_type: READY.into(),
            status,
        }
    }
}

/// Replaces the `Ready` condition.
pub(super) fn set_ready(conditions: &mut Vec<StatusCondition>, status: ConditionStatus) {
    conditions.retain(|condition| condition.condition_type != READY);
    conditions.push(StatusCondition::ready(status));
}
