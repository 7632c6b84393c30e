//! The known ways to break a manifest: fields of which one wrong character, number or line stops a connection.

use serde::Serialize;

use crate::view::i18n::Message;

/// What is broken. Its sentence names the place to look at, not the mistake.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(tag = "id", rename_all = "kebab-case")]
pub enum Breaker {
    /// A label that a Service selects.
    Selector {},
    /// A label of a pod.
    Label {},
    /// The port that a Service sends to.
    TargetPort {},
    /// The port of a Service.
    ServicePort {},
    /// The name of a container's port.
    PortName {},
    /// The port on which a container listens.
    ContainerPort {},
    /// The port that a Service opens on every node.
    NodePort {},
    /// The type of a Service.
    ServiceType {},
    /// A Service's name.
    ServiceName {},
    /// A Service's namespace.
    Namespace {},
    /// The name behind a Service of type ExternalName.
    ExternalName {},
    /// `externalTrafficPolicy` or `internalTrafficPolicy`.
    TrafficPolicy {},
    /// How many pods a workload has.
    Replicas {},
    /// The port that a readiness probe asks.
    Probe {},
    /// A NetworkPolicy that allows nothing.
    DefaultDeny {},
    /// A port or label in a rule of a NetworkPolicy.
    PolicyRule {},
    /// The Service or port that an Ingress or route sends to.
    Backend {},
    /// The host of an Ingress or route.
    HostName {},
    /// The class of an Ingress or Gateway.
    Class {},
    /// The Gateway that a route attaches to.
    Parent {},
    /// What a ReferenceGrant allows.
    Grant {},
    /// The port, or the Service, of endpoints written by hand.
    Slice {},
    /// The pools of MetalLB that are announced.
    Advertisement {},
}

impl Message for Breaker {
    const PREFIX: &'static str = "breaker";
}

/// How a value is made wrong.
#[derive(Clone, Copy)]
pub(super) enum How {
    /// A letter is missing, doubled or swapped.
    Typo,
    /// Another port.
    Port,
    /// Another port of the range that nodes open.
    NodePort,
    /// Another value.
    Instead(&'static str),
    /// Another namespace of the text.
    Namespace,
    /// A line before the first field of the mapping.
    Line(&'static str),
}

/// Kind, path, what it is, how it is broken. `[]` is every item of a list, `*` every value of a mapping.
pub(super) type Row = (&'static str, &'static str, Breaker, How);

/// The table.
pub(super) const ROWS: &[Row] = &[
    (
        "Service",
        "spec.selector.*",
        Breaker::Selector {},
        How::Typo,
    ),
    (
        "Service",
        "spec.ports.[].targetPort",
        Breaker::TargetPort {},
        How::Port,
    ),
    (
        "Service",
        "spec.ports.[].port",
        Breaker::ServicePort {},
        How::Port,
    ),
    (
        "Service",
        "spec.ports.[].nodePort",
        Breaker::NodePort {},
        How::NodePort,
    ),
    (
        "Service",
        "spec.type",
        Breaker::ServiceType {},
        How::Instead("ClusterIP"),
    ),
    (
        "Service",
        "spec.externalName",
        Breaker::ExternalName {},
        How::Typo,
    ),
    (
        "Service",
        "metadata.name",
        Breaker::ServiceName {},
        How::Typo,
    ),
    (
        "Service",
        "metadata.namespace",
        Breaker::Namespace {},
        How::Namespace,
    ),
    (
        "Service",
        "spec",
        Breaker::TrafficPolicy {},
        How::Line("externalTrafficPolicy: Local"),
    ),
    (
        "Service",
        "spec",
        Breaker::TrafficPolicy {},
        How::Line("internalTrafficPolicy: Local"),
    ),
    ("Pod", "metadata.labels.*", Breaker::Label {}, How::Typo),
    (
        "*",
        "spec.replicas",
        Breaker::Replicas {},
        How::Instead("0"),
    ),
    ("*", "**.ports.[].name", Breaker::PortName {}, How::Typo),
    (
        "*",
        "**.ports.[].containerPort",
        Breaker::ContainerPort {},
        How::Port,
    ),
    (
        "*",
        "**.readinessProbe.*.port",
        Breaker::Probe {},
        How::Port,
    ),
    (
        "NetworkPolicy",
        "spec.ingress.[].ports.[].port",
        Breaker::PolicyRule {},
        How::Port,
    ),
    (
        "NetworkPolicy",
        "spec.egress.[].ports.[].port",
        Breaker::PolicyRule {},
        How::Port,
    ),
    (
        "NetworkPolicy",
        "spec.ingress.[].from.[].*.matchLabels.*",
        Breaker::PolicyRule {},
        How::Typo,
    ),
    (
        "NetworkPolicy",
        "spec.egress.[].to.[].*.matchLabels.*",
        Breaker::PolicyRule {},
        How::Typo,
    ),
    (
        "Ingress",
        "spec.rules.[].http.paths.[].backend.service.name",
        Breaker::Backend {},
        How::Typo,
    ),
    (
        "Ingress",
        "spec.rules.[].http.paths.[].backend.service.port.*",
        Breaker::Backend {},
        How::Port,
    ),
    (
        "Ingress",
        "spec.rules.[].host",
        Breaker::HostName {},
        How::Typo,
    ),
    (
        "Ingress",
        "spec.ingressClassName",
        Breaker::Class {},
        How::Typo,
    ),
    (
        "Gateway",
        "spec.gatewayClassName",
        Breaker::Class {},
        How::Typo,
    ),
    (
        "HTTPRoute",
        "spec.rules.[].backendRefs.[].name",
        Breaker::Backend {},
        How::Typo,
    ),
    (
        "HTTPRoute",
        "spec.rules.[].backendRefs.[].port",
        Breaker::Backend {},
        How::Port,
    ),
    (
        "HTTPRoute",
        "spec.hostnames.[]",
        Breaker::HostName {},
        How::Typo,
    ),
    (
        "HTTPRoute",
        "spec.parentRefs.[].name",
        Breaker::Parent {},
        How::Typo,
    ),
    (
        "ReferenceGrant",
        "spec.from.[].namespace",
        Breaker::Grant {},
        How::Typo,
    ),
    (
        "ReferenceGrant",
        "spec.to.[].name",
        Breaker::Grant {},
        How::Typo,
    ),
    (
        "EndpointSlice",
        "ports.[].port",
        Breaker::Slice {},
        How::Port,
    ),
    (
        "EndpointSlice",
        "metadata.labels.*",
        Breaker::Slice {},
        How::Typo,
    ),
    (
        "Endpoints",
        "subsets.[].ports.[].port",
        Breaker::Slice {},
        How::Port,
    ),
    (
        "L2Advertisement",
        "spec.ipAddressPools.[]",
        Breaker::Advertisement {},
        How::Typo,
    ),
];
