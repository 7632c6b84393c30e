//! Manifests as written: text, YAML documents, and trees whose values know their positions.
//!
//! Reading never fails as a whole. It returns what could be read and what could not, with positions. The text is split
//! into documents first, so that a broken document hides no other and a keystroke re-reads one document only.

pub(crate) mod base64;
pub mod custom;
pub mod decode;
pub mod deserializer;
mod document;
pub mod documents;
mod duplicate_keys;
pub mod edit;
pub(crate) mod field_edit;
pub mod fields;
mod files;
mod go_literals;
mod go_values;
mod goyaml_errors;
mod json;
mod lookalike;
mod lost;
mod marks;
mod object;
pub mod reader;
pub mod scalar;
pub mod served_kinds;
mod source;
pub mod tree;
mod tree_builder;
mod typed;
mod yaml11;
pub mod yaml_quote;

pub use decode::{DecodeRejection, decode};
pub use document::Document;
pub use files::{FileNames, JoinedFiles};
pub use lost::LostObject;
pub use object::Object;
pub use source::{MAX_TEXT, Rejected, Source, Written};
pub use typed::{DecodeFault, DecodeFaultReason};
