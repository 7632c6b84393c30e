//! What Kubernetes and the Linux kernel do, from the text of a manifest to the path of a packet.
//!
//! Each phase takes the previous phase's value and imports only from the phases before it
//! (`tests/architecture/` checks both; ARCHITECTURE.md draws them).

/// The Kubernetes release that is modelled, and whose answers the recordings in `tests/vectors` hold.
pub const KUBERNETES_VERSION: &str = "1.36.2";

pub mod admission;
pub mod api_resources;
pub mod apiserver;
pub mod causes;
pub mod cluster;
pub mod console;
pub mod controllers;
pub mod diagnostic;
pub mod dns;
pub mod fnv;
pub mod kinds;
pub mod l7;
pub mod labels;
pub mod manifest;
pub mod names;
pub mod netfilter;
pub mod network;
pub mod policy;
mod portmap;
pub mod printers;
pub mod proxy;
pub mod quantity;
pub mod resolve;
pub mod rng;
pub mod ruleset;
pub mod sort;
pub mod syntax;
pub mod trace;

#[cfg(any(test, feature = "testing"))]
pub mod testing;
