//! Custom resources: kinds that a CustomResourceDefinition adds, of the Gateway API
//! and of MetalLB.
//!
//! The API server has no Go structs for their objects. It has a structural schema, removes (in strict decoding: rejects)
//! fields that the schema lacks, and checks types only in validation.

mod prune;
pub mod schema;

pub(super) use prune::unknown_fields;
