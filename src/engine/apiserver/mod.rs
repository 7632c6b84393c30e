//! The API server's rules: defaults, validation, warnings, and what a Service is given.
//!
//! The object stays a YAML tree. An error keeps the path of its field, which `Yaml::nearest` turns into a span of the
//! text. `engine/kinds` says which of the rules a kind has, and `engine/admission` runs them in the server's order.

pub(crate) mod allocation;
pub(crate) mod app_armor;
pub(crate) mod apply_merge;
pub(crate) mod custom;
pub(crate) mod defaulting;
pub mod errors;
pub(crate) mod field;
pub(crate) mod go_json;
mod go_struct;
pub(crate) mod job_selector;
mod pod_resources;
pub mod rejection;
mod service_spec;
mod type_dependent_fields;
mod unified_diff;
pub(crate) mod update;
pub(crate) mod validation;
mod warning;
pub(crate) mod warnings;

pub use allocation::allocator::Allocator;
pub use errors::ApiError;
pub use rejection::Rejection;
pub use warning::Warning;

#[cfg(test)]
pub(crate) use super::admission::testing;
