//! MetalLB, a load balancer for clusters outside of clouds: its controller gives addresses of pools to Services, and its
//! speakers, one on each node, answer for them by ARP and NDP or announce them by BGP (metallb 0.16.1).

mod advertisement;
mod allocator;
pub mod config;
pub mod config_fault;
pub mod controller;
mod duplicates;
mod range;
mod request;
pub mod speaker;

pub use request::{ADDRESS_POOL, ADDRESSES, SHARING_KEY, annotation, meant_annotation};
