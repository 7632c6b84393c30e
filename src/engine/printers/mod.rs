//! How kubectl prints objects: the cells of `kubectl get` and the pages of `kubectl describe`.
//!
//! `engine/kinds` lists which of them a kind has; `engine/console` runs the commands.

pub mod age;
mod allocated;
pub mod describe;
pub(crate) mod fields;
pub mod get;
pub mod store;
pub(crate) mod table;
