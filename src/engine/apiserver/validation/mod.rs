//! The rules for the fields of an object, in the order the server checks them.
//!
//! One file per kind or concept, one function per rule; each takes the [`Field`] it is about and returns what is wrong.
//! Sources: `pkg/apis/core/validation/validation.go`, `pkg/apis/{apps,batch,discovery,networking}/validation`.

mod affinity;
mod annotations;
mod claim_template;
mod cluster_ips;
mod container;
mod cron;
mod dns;
pub(crate) mod endpoint_slice;
pub(crate) mod endpoints;
mod env;
mod env_files;
mod ephemeral_containers;
pub(crate) mod ingress;
pub(crate) mod ingress_class;
mod iscsi;
pub(crate) mod job;
mod job_policies;
mod job_selector;
mod label_keys;
pub(crate) mod metadata;
pub(crate) mod network_policy;
pub(crate) mod node;
pub(crate) mod pod;
pub(crate) mod pod_update;
mod ports;
mod probe;
mod projected_volumes;
mod resource_claims;
mod resources;
mod restart_rules;
mod scheduling;
mod seccomp_apparmor;
mod security_context;
mod selector;
pub(crate) mod service;
mod storage_systems;
mod tolerations;
pub(crate) mod unmodelled;
pub(crate) mod update;
mod update_strategy;
mod values;
mod volume_devices;
mod volume_sources;
mod volumes;
mod waiting_pod;
mod windows;
pub(crate) mod workload;

pub(crate) use cluster_ips::{errors as cluster_ip_errors, is_headless};
