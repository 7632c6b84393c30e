//! What can be wrong with a cluster although the API server accepts it: the catalogue of causes.
//!
//! Each variant's name is the id of its sentences in the message catalogue (`problem-…`).

mod apply;
mod containers;
mod gateway;
mod ingress;
mod load_balancer;
mod names;
mod path;
mod pods;
mod policy;
mod ports;
mod selection;
mod slices;

use serde::Serialize;

pub use apply::ApplyFault;
pub use containers::{
    ContainerFault, EndFault, ProbeFault, ReferenceFault, UrlFault, VariableMiss, WaitFault,
};
pub use gateway::{
    AttachmentFault, GatewayFault, GrantMiss, HostMiss, RouteBackendFault, RouteNearMiss,
};
pub use ingress::IngressConfigFault;
pub use load_balancer::LoadBalancerFault;
pub use names::NameFault;
pub use path::{HintsFault, HookFault, PathFault};
pub use pods::PodFault;
pub use policy::{PolicyFault, RuleField, RuleMiss};
pub use ports::{ApiServerCall, PortFault};
pub use selection::SelectionFault;
pub use slices::SliceFault;

/// A cause with its arguments.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "testing", derive(schemars::JsonSchema))]
#[serde(untagged)]
pub enum Fault {
    /// A Service whose selector does not select what it should.
    Selection(SelectionFault),
    /// EndpointSlices and Endpoints that somebody wrote by hand.
    Slice(SliceFault),
    /// Pods that are selected and are no endpoint that answers.
    Pod(PodFault),
    /// Ports of Services, containers and nodes that do not meet.
    Port(PortFault),
    /// Names that do not resolve, or not to what was meant.
    Name(NameFault),
    /// NetworkPolicies that drop the packet, or would not do what they seem to say.
    Policy(PolicyFault),
    /// Addresses of load balancers: the cloud's, MetalLB's and those of k3s ServiceLB.
    LoadBalancer(LoadBalancerFault),
    /// Ingresses, their classes and their backends.
    Ingress(IngressConfigFault),
    /// Gateways and the routes that attach to them.
    Gateway(GatewayFault),
    /// What a packet meets on its way: the wrong side of a node, traffic policies, rewriting, balancing.
    Path(PathFault),
    /// What `kubectl apply` makes of the text beside what a new cluster would hold.
    Apply(ApplyFault),
}
