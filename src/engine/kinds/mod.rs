//! The kinds that are modelled: one file each, and one list of them.
//!
//! A kind's file describes it in a `KindSpec`: how the API server names, defaults and validates its objects, what it
//! warns of, and which controllers handle them. Everything else reads `Kind::spec`; no list of kinds is written
//! anywhere else (docs/decisions/030-one-kind-one-file.md).

mod spec;

pub(crate) use spec::{KindSpec, ReportedState};

use std::sync::Arc;

use crate::api_resources::Scope;
use crate::cluster::Cluster;
use crate::cluster::object::{RouteId, RouteKind};
use crate::manifest::deserializer::typed;
use crate::manifest::tree::Yaml;
use crate::names::ObjectName;
use crate::printers::describe::{self, DescribeContext};
use crate::printers::get::event::WIDE_EVENT;
use crate::printers::get::{Printer, of_unmodelled};
use crate::printers::store::Item;

/// Makes the enum of the kinds, in the order of their names, with a module and a description for each.
macro_rules! kinds {
    ($($kind:ident => $module:ident,)*) => {
        $(mod $module;)*

        /// A kind whose objects are defaulted, validated and simulated.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        #[expect(missing_docs, reason = "the variants are the names of the kinds")]
        pub enum Kind {
            $($kind,)*
        }

        impl Kind {
            /// All of them, by name.
            pub const ALL: &[Kind] = &[$(Kind::$kind,)*];

            /// The description of the kind.
            pub(crate) fn spec(self) -> &'static KindSpec {
                match self {
                    $(Kind::$kind => &$module::SPEC,)*
                }
            }
        }
    };
}

kinds! {
    BGPAdvertisement => bgp_advertisement,
    BGPPeer => bgp_peer,
    CronJob => cron_job,
    DaemonSet => daemon_set,
    Deployment => deployment,
    EndpointSlice => endpoint_slice,
    Endpoints => endpoints,
    GRPCRoute => grpc_route,
    Gateway => gateway,
    GatewayClass => gateway_class,
    HTTPRoute => http_route,
    IPAddressPool => ip_address_pool,
    Ingress => ingress,
    IngressClass => ingress_class,
    Job => job,
    L2Advertisement => l2_advertisement,
    ListenerSet => listener_set,
    Namespace => namespace,
    NetworkPolicy => network_policy,
    Node => node,
    Pod => pod,
    ReferenceGrant => reference_grant,
    ReplicaSet => replica_set,
    ReplicationController => replication_controller,
    Service => service,
    StatefulSet => stateful_set,
    TCPRoute => tcp_route,
    TLSRoute => tls_route,
    UDPRoute => udp_route,
}

impl Kind {
    /// The kind with this `apiVersion` and `kind`, if it is modelled.
    pub fn named(api_version: &str, kind: &str) -> Option<Kind> {
        let mut kinds = Kind::ALL.iter().copied();
        kinds.find(|known| known.name() == kind && known.is_served_as(api_version))
    }

    /// Whether the API server serves it in this version.
    fn is_served_as(self, api_version: &str) -> bool {
        let spec = self.spec();
        spec.api_version == api_version || spec.also_served.contains(&api_version)
    }

    /// The modelled kind with one of kubectl's names: `deploy`, `pods`, `no`.
    pub fn called(word: &str) -> Option<Kind> {
        let resources = crate::api_resources::named(word);
        let mut kinds = Kind::ALL.iter().copied();
        kinds.find(|kind| resources.contains(&kind.resource()))
    }

    /// The modelled kind with this `kind`, of whatever group.
    pub fn with_name(name: &str) -> Option<Kind> {
        Kind::ALL.iter().copied().find(|kind| kind.name() == name)
    }

    /// `kind`.
    pub fn name(self) -> &'static str {
        self.spec().resource.kind
    }

    /// `apiVersion`.
    pub fn api_version(self) -> &'static str {
        self.spec().api_version
    }

    /// Whether its objects are in a namespace.
    pub fn is_namespaced(self) -> bool {
        self.spec().resource.scope == Scope::Namespace
    }

    /// Whether a controller makes pods from its template.
    pub fn makes_pods(self) -> bool {
        self.spec().workload.is_some()
    }

    /// Where its objects have a pod, or the template of their pods; `None` if they have neither.
    pub fn pod_path(self) -> Option<&'static [&'static str]> {
        self.spec().pod_path
    }

    /// The path of a field of the pod, or of the template, in its objects: `spec.template.metadata`.
    pub fn pod_field(self, field: &str) -> String {
        let path = self.pod_path().unwrap_or_default().iter().copied();
        path.chain([field]).collect::<Vec<_>>().join(".")
    }

    /// The errors of an object's name.
    pub fn name_errors(self, name: &str) -> Vec<String> {
        (self.spec().name_errors)(name)
    }

    /// The kind as the API server serves it, by which its messages name it.
    pub fn resource(self) -> &'static crate::api_resources::Resource {
        self.spec().resource
    }
}

impl From<RouteKind> for Kind {
    fn from(kind: RouteKind) -> Kind {
        match kind {
            RouteKind::Http => Kind::HTTPRoute,
            RouteKind::Grpc => Kind::GRPCRoute,
            RouteKind::Tls => Kind::TLSRoute,
            RouteKind::Tcp => Kind::TCPRoute,
            RouteKind::Udp => Kind::UDPRoute,
        }
    }
}

/// The columns of `kubectl get` for a kind, modelled or not.
pub fn columns_of(kind: &str) -> &'static Printer {
    match Kind::with_name(kind) {
        Some(kind) => kind.spec().columns,
        None => of_unmodelled(kind),
    }
}

/// The columns of `-o wide`: of events, the added ones stand among the others.
pub fn wide_columns_of(kind: &str) -> &'static Printer {
    match kind {
        "Event" => &WIDE_EVENT,
        kind => columns_of(kind),
    }
}

/// The page of `kubectl describe` for an object of any kind.
pub fn page_of(item: &Item, context: DescribeContext) -> String {
    match Kind::with_name(item.resource.kind) {
        Some(kind) => (kind.spec().describe)(item, context),
        None => describe::of_unmodelled(item, context),
    }
}

/// Puts a stored route of the Gateway API into the cluster.
fn add_route(cluster: &mut Cluster, kind: RouteKind, name: ObjectName, tree: &Yaml) {
    let route = typed(name, tree).map(|(name, route)| (RouteId { kind, name }, Arc::new(route)));
    cluster.routes.extend(route);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_core_group_is_not_named() {
        assert_eq!(
            (
                Kind::Service.resource().kind_with_group(),
                Kind::Service.resource().to_string()
            ),
            ("Service".into(), "services".into())
        );
        assert_eq!(Kind::Deployment.resource().to_string(), "deployments.apps");
    }

    #[test]
    fn a_kinds_api_version_is_the_one_that_is_served() {
        for kind in Kind::ALL {
            let resource = kind.resource();
            let written = match resource.group {
                "" => resource.version.to_owned(),
                group => format!("{group}/{}", resource.version),
            };
            assert_eq!(kind.api_version(), written);
            assert_eq!(Kind::named(&written, resource.kind), Some(*kind));
        }
    }

    #[test]
    fn a_service_name_may_not_have_dots_but_a_pod_name_may() {
        assert_eq!(Kind::Service.name_errors("a.b"), ["must not contain dots"]);
        assert_eq!(Kind::Pod.name_errors("a.b"), [""; 0]);
    }
}
