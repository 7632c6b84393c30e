//! What a pod can find out: variables, its resolver, the cluster's DNS, Ingress routes.
//!
//! A program that wants a Service has three ways to its address. Its [`environment`] holds those that were there when
//! its container started. Its [`resolver`] makes questions of a name, by the file in [`resolvconf`], and asks the
//! cluster's [`dns`]. And from outside, an [`ingress`] leads a host and a path to a Service.

pub mod coredns;
pub mod environment;
pub mod resolv_conf;
pub mod resolver;
