//! One request from its name to its reply: hops, the rules that decided each, and one verdict.
