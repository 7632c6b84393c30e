//! Controllers, scheduler and kubelets, as functions of the cluster.
//!
//! `resolve::run_controllers` calls them in order; `resolve::write_endpoints` repeats those of endpoints for as long as init
//! containers and probes that call Services make a difference.

pub mod endpoints;
pub mod endpointslices;
pub mod gateways;
pub mod init_wait;
pub mod ipam;
pub mod kubelet;
pub mod load_balancer;
pub mod metallb;
pub mod mirroring;
pub mod nodes;
pub mod pod_admission;
pub mod pod_index;
pub mod scheduler;
pub mod service_lb;
pub mod termination;
pub mod workloads;
