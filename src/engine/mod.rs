//! What Kubernetes and the Linux kernel do, from the text of a manifest to the trip of a packet.
//!
//! The stages, each importing only from those to its left (`tests/architecture.rs` checks it):
//! `manifest` → `cluster` → `discovery` → `proxy` → `netfilter` → `trace`. Beside the line stand the words all
//! of them share: [`names`], [`labels`], [`diagnostic`], [`ruleset`], [`order`],
//! [`quantity`], [`syntax`], [`chance`].

pub mod apiserver;
pub mod causes;
pub mod cluster;
pub mod console;
pub mod controllers;
pub mod diagnostic;
pub mod dns;
pub mod fnv;
pub mod l7;
pub mod labels;
pub mod manifest;
pub mod names;
pub mod netfilter;
pub mod network;
pub mod proxy;
pub mod quantity;
pub mod resolve;
pub mod rng;
pub mod ruleset;
pub mod sort;
pub mod syntax;
pub mod trace;
