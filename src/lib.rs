//! kubehop: what Kubernetes makes of a manifest, and where a packet goes then.
//!
//! The way of the data is one line, and every stage takes the value of the stage before it:
//!
//! ```text
//! text ─▶ manifest ─▶ cluster ─▶ proxy ─▶ netfilter ─▶ trace ─▶ stage ─▶ the page, the text tool
//! ```
//!
//! [`engine`] is what Kubernetes and the kernel do; [`stage`] is what is shown of it and when.
//! Neither knows a browser, a clock or chance: time and seeds are arguments.

pub mod engine;
pub mod view;
