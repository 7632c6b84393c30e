//! What proxies above TCP decide: which backend an HTTP request goes to.

pub mod ingress;
