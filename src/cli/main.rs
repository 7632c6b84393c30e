//! The text tool: the same answers as the page's, as text.

fn main() {}
