//! The text as written: documents, their trees, and typed views of the kinds the engine knows.
//!
//! Nothing here judges: reading returns what was understood *and* what was not, each with its place. The text is split
//! into documents first, so that one broken document hides no other and a keystroke re-reads one document.

pub mod de;
pub mod documents;
mod json;
mod place;
pub mod reader;
mod scalar;
pub mod tree;
mod words;

pub use words::Broken;
