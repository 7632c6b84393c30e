//! The spec of a pod in the internal API (`pkg/apis/core/types.go` `PodSpec`).

use super::container::{CONTAINER, RESOURCES};
use super::scheduling::{AFFINITY, SPREAD_CONSTRAINT, TOLERATION};
use super::security::POD_SECURITY;
use super::volumes::VOLUME;
use super::{GoField, Shape};

pub(super) const POD: &[GoField] = &[
    ("Volumes", "volumes", Shape::List(VOLUME)),
    ("InitContainers", "initContainers", Shape::List(CONTAINER)),
    ("Containers", "containers", Shape::List(CONTAINER)),
    (
        "EphemeralContainers",
        "ephemeralContainers",
        Shape::List(CONTAINER),
    ),
    ("RestartPolicy", "restartPolicy", Shape::Text),
    (
        "TerminationGracePeriodSeconds",
        "terminationGracePeriodSeconds",
        Shape::Plain,
    ),
    (
        "ActiveDeadlineSeconds",
        "activeDeadlineSeconds",
        Shape::Plain,
    ),
    ("DNSPolicy", "dnsPolicy", Shape::Text),
    ("NodeSelector", "nodeSelector", Shape::Plain),
    ("ServiceAccountName", "serviceAccountName", Shape::Text),
    (
        "AutomountServiceAccountToken",
        "automountServiceAccountToken",
        Shape::Plain,
    ),
    ("NodeName", "nodeName", Shape::Text),
    (
        "SecurityContext",
        "securityContext",
        Shape::Pointer(POD_SECURITY),
    ),
    (
        "ImagePullSecrets",
        "imagePullSecrets",
        Shape::List(&[("Name", "name", Shape::Text)]),
    ),
    ("Hostname", "hostname", Shape::Text),
    ("Subdomain", "subdomain", Shape::Text),
    ("SetHostnameAsFQDN", "setHostnameAsFQDN", Shape::Plain),
    ("Affinity", "affinity", Shape::Pointer(AFFINITY)),
    ("SchedulerName", "schedulerName", Shape::Text),
    ("Tolerations", "tolerations", Shape::List(TOLERATION)),
    (
        "HostAliases",
        "hostAliases",
        Shape::List(&[
            ("IP", "ip", Shape::Text),
            ("Hostnames", "hostnames", Shape::Plain),
        ]),
    ),
    ("PriorityClassName", "priorityClassName", Shape::Text),
    ("Priority", "priority", Shape::Plain),
    ("PreemptionPolicy", "preemptionPolicy", Shape::Plain),
    ("DNSConfig", "dnsConfig", Shape::Pointer(DNS)),
    (
        "ReadinessGates",
        "readinessGates",
        Shape::List(&[("ConditionType", "conditionType", Shape::Text)]),
    ),
    ("RuntimeClassName", "runtimeClassName", Shape::Plain),
    ("Overhead", "overhead", Shape::Plain),
    ("EnableServiceLinks", "enableServiceLinks", Shape::Plain),
    (
        "TopologySpreadConstraints",
        "topologySpreadConstraints",
        Shape::List(SPREAD_CONSTRAINT),
    ),
    ("OS", "os", Shape::Pointer(&[("Name", "name", Shape::Text)])),
    (
        "SchedulingGates",
        "schedulingGates",
        Shape::List(&[("Name", "name", Shape::Text)]),
    ),
    (
        "ResourceClaims",
        "resourceClaims",
        Shape::List(&[
            ("Name", "name", Shape::Text),
            ("ResourceClaimName", "resourceClaimName", Shape::Plain),
            (
                "ResourceClaimTemplateName",
                "resourceClaimTemplateName",
                Shape::Plain,
            ),
        ]),
    ),
    ("Resources", "resources", Shape::Pointer(RESOURCES)),
    ("HostnameOverride", "hostnameOverride", Shape::Plain),
    (
        "SchedulingGroup",
        "schedulingGroup",
        Shape::Pointer(&[("PodGroupName", "podGroupName", Shape::Plain)]),
    ),
];

const DNS: &[GoField] = &[
    ("Nameservers", "nameservers", Shape::Plain),
    ("Searches", "searches", Shape::Plain),
    (
        "Options",
        "options",
        Shape::List(&[
            ("Name", "name", Shape::Text),
            ("Value", "value", Shape::Plain),
        ]),
    ),
];
