//! The text as written: documents, their trees, and typed views of the kinds the engine knows.
//!
//! Nothing here judges: reading returns what was understood *and* what was not, each with its place. The text is split
//! into documents first, so that one broken document hides no other and a keystroke re-reads one document.

pub mod de;
pub mod decode;
pub mod documents;
pub mod fields;
mod go_literals;
mod goyaml_errors;
mod json;
mod marks;
mod object;
pub mod reader;
pub mod scalar;
pub mod served_kinds;
mod source;
pub mod tree;
mod typed;
mod yaml11;

pub use decode::{DecodeRejection, decode};
pub use object::Object;
pub use source::{Document, MAX_TEXT, Rejected, Source, Written};
pub use typed::Fault;
