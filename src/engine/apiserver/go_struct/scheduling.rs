//! Where a pod may run, in the internal API (`pkg/apis/core/types.go` `Affinity`, `Toleration`,
//! `TopologySpreadConstraint`).

use super::{GoField, Shape};

pub(super) const AFFINITY: &[GoField] = &[
    (
        "NodeAffinity",
        "nodeAffinity",
        Shape::Pointer(NODE_AFFINITY),
    ),
    ("PodAffinity", "podAffinity", Shape::Pointer(POD_AFFINITY)),
    (
        "PodAntiAffinity",
        "podAntiAffinity",
        Shape::Pointer(POD_AFFINITY),
    ),
];

const REQUIRED: &str = "RequiredDuringSchedulingIgnoredDuringExecution";
const PREFERRED: &str = "PreferredDuringSchedulingIgnoredDuringExecution";

const NODE_AFFINITY: &[GoField] = &[
    (
        REQUIRED,
        "requiredDuringSchedulingIgnoredDuringExecution",
        Shape::Pointer(&[(
            "NodeSelectorTerms",
            "nodeSelectorTerms",
            Shape::List(NODE_SELECTOR_TERM),
        )]),
    ),
    (
        PREFERRED,
        "preferredDuringSchedulingIgnoredDuringExecution",
        Shape::List(&[
            ("Weight", "weight", Shape::Number),
            (
                "Preference",
                "preference",
                Shape::Struct(NODE_SELECTOR_TERM),
            ),
        ]),
    ),
];

const NODE_SELECTOR_TERM: &[GoField] = &[
    (
        "MatchExpressions",
        "matchExpressions",
        Shape::List(REQUIREMENT),
    ),
    ("MatchFields", "matchFields", Shape::List(REQUIREMENT)),
];

const REQUIREMENT: &[GoField] = &[
    ("Key", "key", Shape::Text),
    ("Operator", "operator", Shape::Text),
    ("Values", "values", Shape::Plain),
];

/// `PodAffinity` and `PodAntiAffinity`.
const POD_AFFINITY: &[GoField] = &[
    (
        REQUIRED,
        "requiredDuringSchedulingIgnoredDuringExecution",
        Shape::List(POD_AFFINITY_TERM),
    ),
    (
        PREFERRED,
        "preferredDuringSchedulingIgnoredDuringExecution",
        Shape::List(&[
            ("Weight", "weight", Shape::Number),
            (
                "PodAffinityTerm",
                "podAffinityTerm",
                Shape::Struct(POD_AFFINITY_TERM),
            ),
        ]),
    ),
];

const POD_AFFINITY_TERM: &[GoField] = &[
    ("LabelSelector", "labelSelector", Shape::Plain),
    ("Namespaces", "namespaces", Shape::Plain),
    ("TopologyKey", "topologyKey", Shape::Text),
    ("NamespaceSelector", "namespaceSelector", Shape::Plain),
    ("MatchLabelKeys", "matchLabelKeys", Shape::Plain),
    ("MismatchLabelKeys", "mismatchLabelKeys", Shape::Plain),
];

pub(super) const TOLERATION: &[GoField] = &[
    ("Key", "key", Shape::Text),
    ("Operator", "operator", Shape::Text),
    ("Value", "value", Shape::Text),
    ("Effect", "effect", Shape::Text),
    ("TolerationSeconds", "tolerationSeconds", Shape::Plain),
];

pub(super) const SPREAD_CONSTRAINT: &[GoField] = &[
    ("MaxSkew", "maxSkew", Shape::Number),
    ("TopologyKey", "topologyKey", Shape::Text),
    ("WhenUnsatisfiable", "whenUnsatisfiable", Shape::Text),
    ("LabelSelector", "labelSelector", Shape::Plain),
    ("MinDomains", "minDomains", Shape::Plain),
    ("NodeAffinityPolicy", "nodeAffinityPolicy", Shape::Plain),
    ("NodeTaintsPolicy", "nodeTaintsPolicy", Shape::Plain),
    ("MatchLabelKeys", "matchLabelKeys", Shape::Plain),
];
