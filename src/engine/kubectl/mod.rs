//! What `kubectl` prints of a cluster.
//!
//! ```text
//! a line ─▶ command ─▶ console: look up in the store ─▶ get: cells ─▶ table
//!                                                     ─▶ describe: a page ─▶ table
//!                                                     ─▶ print: names, JSON, YAML
//! ```

pub mod age;
mod command;
mod console;
pub mod describe;
pub mod get;
mod print;
mod quantity;
pub mod resource;
pub mod store;
mod table;
mod view;
mod yaml;

pub use console::{Output, run_over};
