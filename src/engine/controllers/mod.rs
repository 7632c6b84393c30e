//! The controllers of kube-controller-manager, the scheduler and the kubelet, as functions of the cluster.

pub mod endpoints;
pub mod endpointslices;
pub mod mirroring;
pub mod placement;
pub mod pod_index;
pub mod workloads;
