//! The description of a kind, one in each file of a kind.

use crate::api_resources::Resource;
use crate::apiserver::allocation::allocator::{Grant, Reallocation};
use crate::apiserver::errors::ApiError;
use crate::apiserver::field::Field;
use crate::apiserver::{Allocator, Rejection, Warning};
use crate::cluster::Cluster;
use crate::cluster::object::RouteKind;
use crate::controllers::workloads::WorkloadKind;
use crate::diagnostic::{ApplyFault, Fix};
use crate::manifest::tree::Yaml;
use crate::manifest::{DecodeFault, Written};
use crate::names::ObjectName;
use crate::printers::describe::{self, DescribeContext};
use crate::printers::get::{self, Printer};
use crate::printers::store::Item;
use crate::syntax::is_dns1123_subdomain;

/// A kind: its names, the API server's rules for it, and what the controllers do with its objects.
pub(crate) struct KindSpec {
    /// Its names, group, version and scope.
    pub resource: &'static Resource,
    /// `apps/v1`.
    pub api_version: &'static str,
    /// The other versions that the API server serves of it.
    pub also_served: &'static [&'static str],
    /// Whether a CustomResourceDefinition adds it: the object is stored as it was written, without Go's `omitempty`.
    pub is_custom: bool,
    /// Whether `metadata.generation` counts its versions.
    pub has_generation: bool,
    /// The fields of `metadata` whose changes it counts beside those of the spec.
    pub counted_metadata: &'static [&'static str],
    /// The errors of an object's name.
    pub name_errors: fn(&str) -> Vec<String>,
    /// Whether `spec.selector` is a map of labels, not a `LabelSelector`.
    pub has_plain_selector: bool,
    /// Whether a zero value of the field (name of the owner, name) is stored, beyond the fields of
    /// `admission/omitempty.rs` (Go: a pointer, or without `omitempty`).
    pub keeps_zero: fn(&str, &str) -> bool,
    /// Fills in what a manifest leaves out, `metadata` apart.
    pub fill_defaults: fn(&mut Yaml),
    /// What the server adds to a new object that has its name; `kubectl apply` and `kubectl patch` keep it
    /// (`PrepareForCreate`).
    pub prepare_create: fn(&mut Yaml),
    /// Warnings that precede the validation of a new object, and the changes they go with (`PrepareForCreate`).
    pub prepare: fn(&mut Yaml) -> Vec<Warning>,
    /// Gives a new object its addresses and ports of the cluster's ranges.
    pub allocate: fn(&mut Yaml, &mut Allocator) -> Result<Grant, Rejection>,
    /// Gives a new version what it needs beside what the stored one has.
    pub reallocate: fn(&mut Yaml, &Yaml, &mut Allocator) -> Result<Reallocation, Rejection>,
    /// What a new version takes over from the stored one, status and generation apart (`PrepareForUpdate`).
    pub prepare_update: fn(&mut Yaml, &Yaml),
    /// The errors of a defaulted object, `metadata` apart.
    pub validate: fn(&Field) -> Vec<ApiError>,
    /// The errors that only a new object can have.
    pub validate_create: fn(&Field) -> Vec<ApiError>,
    /// The errors of replacing the second object by the first.
    pub validate_update: fn(&Field, &Field) -> Vec<ApiError>,
    /// Whether these come before the errors that a new object would have, too.
    pub tells_update_first: bool,
    /// The list that is not looked at when an object is replaced and it stays as it was.
    pub unchecked_if_kept: Option<&'static str>,
    /// The warnings about a new object (`WarningsOnCreate`).
    pub warnings: fn(&Field) -> Vec<Warning>,
    /// The warnings about one that replaces the second one (`WarningsOnUpdate`).
    pub update_warnings: fn(&Field, &Field) -> Vec<Warning>,
    /// The server's warning about every request for such objects.
    pub deprecation: Option<&'static str>,
    /// What `kubectl apply` loses of a stored object that it merges the second one into, each with the field at fault.
    pub lost_by_apply: fn(&Yaml, &Yaml) -> Vec<(String, ApplyFault)>,
    /// The webhook of its controller that may refuse an object.
    pub webhook: Option<&'static str>,
    /// The repair of a field of an older version of the kind, which this one does not have.
    pub former_field: fn(Written, &DecodeFault) -> Option<Fix>,
    /// Puts a stored object into the cluster as a typed value.
    pub add_to_cluster: fn(&mut Cluster, ObjectName, &Yaml),
    /// The controller that makes pods from its template, if any.
    pub workload: Option<WorkloadKind>,
    /// Where its objects have a pod, or the template of their pods.
    pub pod_path: Option<&'static [&'static str]>,
    /// The columns of `kubectl get`.
    pub columns: &'static Printer,
    /// The page of `kubectl describe`.
    pub describe: fn(&Item, DescribeContext) -> String,
    /// Where the state that kubectl shows comes from.
    pub reported_state: ReportedState,
}

/// Where most workloads have the template of their pods.
pub(super) const TEMPLATE: &[&str] = &["spec", "template"];

/// Where the state of an object that kubectl shows comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ReportedState {
    /// The stored object itself.
    Stored,
    /// The cluster's own list of these objects: controllers create them, too.
    Cluster,
    /// The load balancer's addresses.
    LoadBalancer,
    /// The phase of a namespace.
    NamespacePhase,
    /// The controller of a GatewayClass, which accepts it.
    GatewayClass,
    /// The conditions of a Gateway and its listeners.
    Gateway,
    /// The conditions of a ListenerSet and its listeners.
    ListenerSet,
    /// The conditions of a route for each of its parents.
    RouteParents(RouteKind),
    /// The pods of the workload.
    Pods,
}

impl KindSpec {
    /// A namespaced or cluster-wide kind that has no rules yet but those for every object: its file names the others.
    pub(crate) const fn new(resource: &'static Resource, api_version: &'static str) -> KindSpec {
        KindSpec {
            resource,
            api_version,
            also_served: &[],
            is_custom: false,
            has_generation: true,
            counted_metadata: &[],
            name_errors: is_dns1123_subdomain,
            has_plain_selector: false,
            keeps_zero: |_, _| false,
            fill_defaults: |_| {},
            prepare_create: |_| {},
            prepare: |_| Vec::new(),
            allocate: |_, _| Ok(Grant::default()),
            reallocate: |_, _, _| Ok(Reallocation::default()),
            prepare_update: |_, _| {},
            validate: |_| Vec::new(),
            validate_create: |_| Vec::new(),
            validate_update: |_, _| Vec::new(),
            tells_update_first: false,
            unchecked_if_kept: None,
            warnings: |_| Vec::new(),
            update_warnings: |_, _| Vec::new(),
            deprecation: None,
            lost_by_apply: |_, _| Vec::new(),
            webhook: None,
            former_field: |_, _| None,
            add_to_cluster: |_, _, _| {},
            workload: None,
            pod_path: None,
            columns: &get::other::ANY,
            describe: |item, context| {
                describe::page(item, context, |page| {
                    describe::generic::any(page, &item.tree)
                })
            },
            reported_state: ReportedState::Stored,
        }
    }

    /// A kind that a CustomResourceDefinition adds.
    pub(crate) const fn custom(resource: &'static Resource, api_version: &'static str) -> KindSpec {
        KindSpec {
            is_custom: true,
            ..KindSpec::new(resource, api_version)
        }
    }
}
