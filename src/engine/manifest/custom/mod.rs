//! Custom resources: kinds that a CustomResourceDefinition adds, of the Gateway API
//! and of MetalLB.
//!
//! Their objects are no Go structs to the API server. It knows a structural schema, removes (in strict decoding: rejects)
//! fields that the schema lacks, and looks at types only when it validates.

mod prune;
pub mod schema;

pub(super) use prune::unknown_fields;
