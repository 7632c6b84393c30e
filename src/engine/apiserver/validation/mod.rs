//! The rules for the fields of an object, in the order the server checks them.
//!
//! One file per kind or concept, one function per rule; each takes the [`Field`] it is about and returns what is wrong.
//! Sources: `pkg/apis/core/validation/validation.go`, `pkg/apis/{apps,batch,discovery,networking}/validation`.

mod affinity;
mod annotations;
mod cluster_ips;
mod container;
mod cron;
mod dns;
mod endpoint_slice;
mod endpoints;
mod env;
mod ingress;
mod ingress_class;
mod job;
mod metadata;
mod node;
mod pod;
mod ports;
mod probe;
mod projected_volumes;
mod resources;
mod scheduling;
mod seccomp_apparmor;
mod security_context;
mod selector;
mod service;
mod tolerations;
mod update;
mod values;
mod volumes;
mod workload;

pub use cluster_ips::{errors as cluster_ip_errors, is_headless};
pub use update::errors as update_errors;

use super::errors::ApiError;
use super::field::Field;
use super::kind::Kind;
use crate::engine::manifest::tree::Yaml;

/// What is wrong with a defaulted object that is not there yet.
pub fn create_errors(kind: Kind, object: &Yaml) -> Vec<ApiError> {
    let mut errors = errors(kind, object);
    match kind {
        Kind::CronJob => errors.extend(job::long_name(&Field::root(object))),
        Kind::Ingress => errors.extend(ingress::two_classes(&Field::root(object))),
        Kind::DaemonSet
        | Kind::Deployment
        | Kind::EndpointSlice
        | Kind::Endpoints
        | Kind::IngressClass
        | Kind::Job
        | Kind::Namespace
        | Kind::Node
        | Kind::Pod
        | Kind::ReplicaSet
        | Kind::ReplicationController
        | Kind::Service
        | Kind::StatefulSet => {}
    }
    errors
}

/// What is wrong with a defaulted object, new or not.
pub fn errors(kind: Kind, object: &Yaml) -> Vec<ApiError> {
    let root = Field::root(object);
    let mut errors = metadata::errors(kind, &root.child("metadata"));
    errors.extend(match kind {
        Kind::Service => service::errors(&root),
        Kind::Pod => pod::errors(&root),
        Kind::Endpoints => endpoints::errors(&root),
        Kind::EndpointSlice => endpoint_slice::errors(&root),
        Kind::Ingress => ingress::errors(&root),
        Kind::IngressClass => ingress_class::errors(&root),
        Kind::Namespace => metadata::namespace_finalizers(&root.at(&["spec", "finalizers"])),
        Kind::Node => node::errors(&root),
        Kind::Job => job::errors(&root),
        Kind::CronJob => job::cron_errors(&root),
        Kind::DaemonSet
        | Kind::Deployment
        | Kind::ReplicaSet
        | Kind::ReplicationController
        | Kind::StatefulSet => workload::errors(kind, &root),
    });
    errors
}
