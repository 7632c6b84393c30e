//! Objects as the cluster has them: defaults filled in, values parsed, illegal ones impossible to write.
//!
//! One file per kind, holding the fields that networking needs; the whole object, as `kubectl get -o yaml` would print
//! it, stays beside it as a tree. They are read from that tree by serde.

mod endpoints;
mod endpointslice;
mod ingress;
mod metadata;
mod node;
mod pod;
mod service;
mod workload;

pub use endpoints::{EndpointAddress, EndpointPort, EndpointSubset, Endpoints};
pub use endpointslice::{
    AddressType, Conditions, Endpoint, EndpointSlice, ForName, Hints, ObjectReference, SlicePort,
    label,
};
pub use ingress::{
    Backend, BackendPort, BackendService, HttpPath, HttpPaths, Ingress, IngressClass,
    IngressClassSpec, IngressRule, IngressSpec, IngressTls, PathType,
};
pub use metadata::{Metadata, OwnerReference};
pub use node::{Allocatable, Node, NodeAddress, NodeCondition, NodeSpec, NodeStatus, Taint};
pub use pod::{
    Container, ContainerPort, DnsConfig, DnsOption, DnsPolicy, EnvVar, EnvVarSource, FieldRef, Pod,
    PodCondition, PodIp, PodSpec, PodStatus, ReadinessGate, Toleration,
};
pub use service::{
    ClusterIp, IpMode, LoadBalancerIngress, LoadBalancerPort, LoadBalancerStatus, Service,
    ServicePort, ServiceSpec, ServiceStatus, ServiceType, SessionAffinity, TargetPort,
    TrafficPolicy,
};
pub use workload::{LabelSelector, Ordinals, Requirement, Workload, WorkloadSpec};
