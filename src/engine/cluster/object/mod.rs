//! Typed objects, as stored: defaults filled in, values parsed.
//!
//! Each file holds one kind with the fields that networking needs. serde reads them from the stored tree, which keeps
//! the whole object for `kubectl get -o yaml`.

mod api_text;
mod container;
mod endpoints;
mod endpointslice;
mod gateway;
mod host_port;
mod ingress;
mod metadata;
mod metallb;
mod network_policy;
mod node;
mod placement;
mod pod;
mod priority_class;
mod probe;
mod resources;
mod route;
mod route_filter;
mod route_match;
mod service;
mod target_port;
mod workload;

pub use api_text::{
    CONTAINERS_READY, ConditionStatus, PodPhase, READY, StatusCondition, TaintEffect,
    TolerationOperator,
};
pub use container::{
    Container, ContainerPort, EnvFromSource, EnvVar, EnvVarSource, ExecAction, FieldRef, KeyRef,
    Lifecycle, LifecycleHandler, NameRef, SleepAction,
};
pub use endpoints::{EndpointAddress, EndpointPort, EndpointSubset, Endpoints};
pub use endpointslice::{
    AddressType, Endpoint, EndpointConditions, EndpointHints, EndpointSlice, ForName,
    ObjectReference, SlicePort, label,
};
pub use gateway::{
    AllowedListeners, AllowedRoutes, FromNamespaces, Gateway, GatewayAddress, GatewayClass,
    GatewaySpec, Listener, ListenerSet, ListenerTls, ReferenceGrant, RouteGroupKind,
    RouteNamespaces, SecretContent, TargetReference, TlsMode,
};
pub use host_port::{HostPort, host_ports};
pub use ingress::{
    Backend, BackendPort, BackendService, CLASS_ANNOTATION, DEFAULT_CLASS_ANNOTATION, HttpPath,
    HttpPaths, Ingress, IngressClass, IngressClassSpec, IngressRule, IngressSpec, IngressTls,
    PathType,
};
pub use metadata::{Metadata, OwnerReference};
pub use metallb::{
    AdvertisementScope, BgpAdvertisement, BgpAdvertisementSpec, BgpPeer, BgpPeerSpec,
    IpAddressPool, IpAddressPoolSpec, L2Advertisement, L2AdvertisementSpec, MetalLbObjects,
    PreferredNodeSelector, ServiceAllocation,
};
pub use network_policy::{
    IpBlock, NetworkPolicy, NetworkPolicyPeer, NetworkPolicyPort, NetworkPolicyRule,
    NetworkPolicySpec,
};
pub use node::{
    CORDON_TAINT, EXCLUDE_BALANCERS, MAX_PODS_PER_NODE, Node, NodeAddress, NodeSpec, NodeStatus,
    Taint,
};
pub use placement::{
    Affinity, NodeSelector, NodeSelectorTerm, PodAffinityTerm, TopologySpreadConstraint,
};
pub use pod::{
    DnsConfig, DnsOption, DnsPolicy, Pod, PodIp, PodSpec, PodStatus, ReadinessGate, SchedulingGate,
    Toleration,
};
pub use priority_class::PriorityClass;
pub use probe::{FailingProbe, Probe, ProbedPort};
pub use resources::{ResourceRequirements, Resources, StartingResources, requests_of};
pub use route::{BackendRef, ParentReference, Route, RouteId, RouteKind, RouteRule, RouteSpec};
pub use route_filter::{
    CorsFilter, HeaderModifier, HeaderValue, PathModifier, RequestMirror, RequestRedirect,
    RouteFilter, UrlRewrite,
};
pub use route_match::{
    GrpcMethodMatch, MethodMatch, PathMatch, PathMatchType, RouteMatch, ValueMatch, ValueMatchType,
};
pub use service::{
    ClusterIp, IpMode, LoadBalancerIngress, LoadBalancerPort, LoadBalancerStatus, Service,
    ServicePort, ServiceSpec, ServiceStatus, ServiceType, SessionAffinity, TrafficPolicy,
};
pub use target_port::TargetPort;
pub use workload::{Ordinals, Workload, WorkloadSpec};
