//! What Kubernetes and the Linux kernel do, from the text of a manifest to the trip of a packet.
//!
//! The stages, each importing only from those to its left (`tests/architecture.rs` checks it):
//! `manifest` → `cluster` → `discovery` → `proxy` → `netfilter` → `trace`. Beside the line stand the words all
//! of them share: [`names`], [`labels`], [`diagnostic`], [`ruleset`], [`order`],
//! [`quantity`], [`syntax`], [`chance`].

pub mod chance;
pub mod diagnostic;
pub mod labels;
pub mod names;
pub mod order;
pub mod quantity;
pub mod ruleset;
pub mod syntax;

pub mod manifest;

pub mod cluster;

pub mod discovery;
pub mod proxy;

pub mod netfilter;

pub mod trace;

pub mod kubectl;
pub mod lint;
