//! What a pod and its containers may do, in the internal API (`pkg/apis/core/types.go` `PodSecurityContext`,
//! `SecurityContext`).

use super::{GoField, Shape};

/// The fields about the host, which a manifest has in the pod's spec, are here in the internal API.
pub(super) const POD_SECURITY: &[GoField] = &[
    ("HostNetwork", "hostNetwork", Shape::Flag),
    ("HostPID", "hostPID", Shape::Flag),
    ("HostIPC", "hostIPC", Shape::Flag),
    (
        "ShareProcessNamespace",
        "shareProcessNamespace",
        Shape::Plain,
    ),
    ("HostUsers", "hostUsers", Shape::Plain),
    SE_LINUX,
    WINDOWS,
    ("RunAsUser", "runAsUser", Shape::Plain),
    ("RunAsGroup", "runAsGroup", Shape::Plain),
    ("RunAsNonRoot", "runAsNonRoot", Shape::Plain),
    ("SupplementalGroups", "supplementalGroups", Shape::Plain),
    (
        "SupplementalGroupsPolicy",
        "supplementalGroupsPolicy",
        Shape::Plain,
    ),
    ("FSGroup", "fsGroup", Shape::Plain),
    ("FSGroupChangePolicy", "fsGroupChangePolicy", Shape::Plain),
    (
        "Sysctls",
        "sysctls",
        Shape::List(&[
            ("Name", "name", Shape::Text),
            ("Value", "value", Shape::Text),
        ]),
    ),
    SECCOMP,
    APP_ARMOR,
    ("SELinuxChangePolicy", "seLinuxChangePolicy", Shape::Plain),
];

pub(super) const CONTAINER_SECURITY: &[GoField] = &[
    (
        "Capabilities",
        "capabilities",
        Shape::Pointer(&[("Add", "add", Shape::Plain), ("Drop", "drop", Shape::Plain)]),
    ),
    ("Privileged", "privileged", Shape::Plain),
    SE_LINUX,
    WINDOWS,
    ("RunAsUser", "runAsUser", Shape::Plain),
    ("RunAsGroup", "runAsGroup", Shape::Plain),
    ("RunAsNonRoot", "runAsNonRoot", Shape::Plain),
    (
        "ReadOnlyRootFilesystem",
        "readOnlyRootFilesystem",
        Shape::Plain,
    ),
    (
        "AllowPrivilegeEscalation",
        "allowPrivilegeEscalation",
        Shape::Plain,
    ),
    ("ProcMount", "procMount", Shape::Plain),
    SECCOMP,
    APP_ARMOR,
];

const SE_LINUX: GoField = (
    "SELinuxOptions",
    "seLinuxOptions",
    Shape::Pointer(&[
        ("User", "user", Shape::Text),
        ("Role", "role", Shape::Text),
        ("Type", "type", Shape::Text),
        ("Level", "level", Shape::Text),
    ]),
);

const WINDOWS: GoField = (
    "WindowsOptions",
    "windowsOptions",
    Shape::Pointer(&[
        (
            "GMSACredentialSpecName",
            "gmsaCredentialSpecName",
            Shape::Plain,
        ),
        ("GMSACredentialSpec", "gmsaCredentialSpec", Shape::Plain),
        ("RunAsUserName", "runAsUserName", Shape::Plain),
        ("HostProcess", "hostProcess", Shape::Plain),
    ]),
);

const SECCOMP: GoField = ("SeccompProfile", "seccompProfile", Shape::Pointer(PROFILE));

const APP_ARMOR: GoField = (
    "AppArmorProfile",
    "appArmorProfile",
    Shape::Pointer(PROFILE),
);

/// `SeccompProfile` and `AppArmorProfile`.
const PROFILE: &[GoField] = &[
    ("Type", "type", Shape::Text),
    ("LocalhostProfile", "localhostProfile", Shape::Plain),
];
