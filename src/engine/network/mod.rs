//! The network that a packet crosses: devices, each a step that decides what happens to a packet there.
//!
//! A step takes a packet and returns a `Step`: what there is to see (`Visit`) and what happens next
//! (`Fate`): forwarded to another `Position`, answered, rejected, dropped, or ended here by a proxy that
//! opens a connection of its own. A step changes nothing: connection tracking, affinity and chance are arguments. The loop
//! that calls the steps is `engine/trace/path/`.
//!
//! | device | file |
//! |---|---|
//! | the process that opens the connection | `client.rs` |
//! | a pod's network interface, egress and ingress | `pod_interface.rs` |
//! | a node's kernel: rules, routing, connection tracking | `node/` |
//! | the NetworkPolicies of a node's pods | `policy_gate.rs` |
//! | a process that listens, in a pod or on a node | `process.rs` |
//! | the network outside the cluster | `outside.rs` |
//! | a cloud load balancer | `load_balancer.rs` |
//! | MetalLB: the node that answers ARP, or a router with routes by BGP | `metallb.rs` |
//! | a pod of k3s ServiceLB | `service_lb.rs` |
//! | an L7 proxy: a pod of an Ingress controller | `l7_proxy.rs` |
//! | a proxy of a Gateway | `gateway_proxy/` |
//! | the resolver, before there is an address to call | `name_resolution.rs` |

pub(crate) mod arrival;
pub(crate) mod asymmetric_return;
pub(crate) mod client;
mod device;
mod gateway_plane;
pub(crate) mod gateway_proxy;
mod gateway_reason;
mod http_header;
mod http_request;
mod ingress_access;
pub(crate) mod ingress_controller;
pub(crate) mod l7_proxy;
pub(crate) mod listen;
pub(crate) mod load_balancer;
mod load_balancer_reason;
mod loopback;
mod metallb;
pub(crate) mod name_resolution;
pub(crate) mod node;
mod origin;
pub(crate) mod outside;
pub(crate) mod pod_interface;
pub(crate) mod policy_gate;
mod printed;
pub(crate) mod process;
mod reason;
mod reason_argument;
mod request;
mod routed_calls;
mod rule_line;
pub(crate) mod service_lb;
pub(crate) mod step;
mod target;
mod target_text;
mod topology;
mod verdict;

pub use crate::l7::ControllerMatter;
pub use device::Device;
pub(crate) use gateway_plane::AddressedGateway;
pub use gateway_reason::GatewayReason;
pub use http_header::HttpHeader;
pub use ingress_controller::{CONTROLLER, usual_installation};
pub use listen::LISTENS;
pub use load_balancer_reason::LoadBalancerReason;
pub(crate) use loopback::{LoopbackArgument, loopback_argument};
pub use origin::{CLIENT, Origin};
pub use reason::Reason;
pub use reason_argument::{Listening, Masquerade, PreflightDenial};
pub use request::{Request, RequestError};
pub use rule_line::{RuleLine, RuleLines, RulePart, Weight, parts_of};
pub use step::Choice;
pub use target::{Host, Scheme, Target};
pub use topology::{Entrances, Network, serves};
pub use verdict::{Failure, GrpcStatus, IngressFault, Unless, Verdict};
