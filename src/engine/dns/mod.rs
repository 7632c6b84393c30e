//! Service discovery in a pod: DNS and environment variables.
//!
//! A program finds a Service in its [`environment`], which has the Services that existed when its container started, or
//! by name: the [`resolver`] derives queries from the name and the file in [`resolv_conf`], and sends them to the
//! cluster's DNS server ([`coredns`]).

pub mod coredns;
mod env_sources;
pub mod environment;
pub mod hosts;
pub mod resolv_conf;
pub mod resolver;
