//! The rules of ARCHITECTURE.md, read from the source. Each test prints the line that breaks its rule.

mod documents;
mod imports;
mod labels;
mod outside_world;
mod source;
