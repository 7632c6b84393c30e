//! References to objects of other namespaces, and what a backend reference leads to.

use std::collections::BTreeSet;

use serde::Serialize;
use smol_str::SmolStr;

use crate::cluster::Cluster;
use crate::cluster::object::{BackendRef, RouteKind, ServiceType, TargetReference};
use crate::names::{ObjectName, Protocol};

/// The group of the Gateway API.
pub(crate) const GROUP: &str = "gateway.networking.k8s.io";

/// An object that refers to another one.
#[derive(Clone, Copy)]
pub(super) struct Referrer<'a> {
    pub(super) kind: &'a str,
    pub(super) namespace: &'a str,
}

/// Whether an object may refer to another one: in its own namespace, or permitted by a ReferenceGrant in the other's.
pub(super) fn is_permitted(
    cluster: &Cluster,
    referrer: Referrer,
    target: &TargetReference,
) -> bool {
    if target.namespace == referrer.namespace {
        return true;
    }
    let mut grants = cluster.reference_grants.iter();
    grants.any(|(name, grant)| {
        let is_from = |from: &TargetReference| {
            from.group == GROUP
                && from.kind == referrer.kind
                && from.namespace == referrer.namespace
        };
        let is_to = |to: &TargetReference| {
            to.group == target.group
                && to.kind == target.kind
                && (to.name.is_empty() || to.name == target.name)
        };
        name.namespace == target.namespace
            && grant.spec.from.iter().any(is_from)
            && grant.spec.to.iter().any(is_to)
    })
}

/// Why requests for a backend are answered with an error.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum BackendFault {
    /// It is no Service.
    InvalidKind,
    /// It is an object of another API group: whether requests reach it depends on the Gateway's implementation.
    CustomKind,
    /// It is in another namespace, without a ReferenceGrant there.
    NotPermitted,
    /// There is no such Service.
    NotFound,
    /// The Service does not have the port.
    NoSuchPort,
    /// No endpoint of the Service is ready.
    NotReady,
    /// The rule names no backend, or all weights are 0.
    NoBackend,
}

/// A Service port that requests are sent to.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct BackendTarget {
    /// The Service.
    pub service: ObjectName,
    /// Its port.
    pub port: u16,
}

/// What backend references are resolved against.
pub(super) struct Backends<'a> {
    cluster: &'a Cluster,
    /// The names of Service ports with a ready endpoint, by Service.
    ready: BTreeSet<(ObjectName, SmolStr)>,
}

impl<'a> Backends<'a> {
    pub(super) fn of(cluster: &'a Cluster) -> Backends<'a> {
        let mut ready = BTreeSet::new();
        for slice in cluster.slices.values() {
            let mut endpoints = slice.endpoints.iter();
            let is_ready = endpoints.any(|endpoint| endpoint.conditions.is_ready());
            let (true, Some(service)) = (is_ready, slice.service()) else {
                continue;
            };
            let names = slice
                .ports
                .iter()
                .map(|port| port.name.clone().unwrap_or_default());
            ready.extend(names.map(|name| (service.clone(), name)));
        }
        Backends { cluster, ready }
    }

    /// What a backend reference of a route leads to.
    pub(super) fn resolve(
        &self,
        kind: RouteKind,
        namespace: &str,
        reference: &BackendRef,
    ) -> Result<BackendTarget, BackendFault> {
        let target = TargetReference {
            group: reference.group.clone(),
            kind: reference.kind.clone(),
            name: reference.name.clone(),
            namespace: or_own(&reference.namespace, namespace),
        };
        if self.cluster.custom_backends.contains(&target) {
            return Err(BackendFault::CustomKind);
        }
        if !target.group.is_empty() || target.kind != "Service" {
            return Err(BackendFault::InvalidKind);
        }
        let referrer = Referrer {
            kind: kind.name(),
            namespace,
        };
        if !is_permitted(self.cluster, referrer, &target) {
            return Err(BackendFault::NotPermitted);
        }
        let name = ObjectName::new(target.namespace, target.name);
        let port = reference.port.unwrap_or_default();
        self.port_of(name, kind.protocol(), port)
    }

    /// A Service may have the number twice, with TCP and with UDP; where it has another protocol alone, the reference is
    /// resolved all the same, because it is a number.
    fn port_of(
        &self,
        service: ObjectName,
        protocol: Protocol,
        port: u16,
    ) -> Result<BackendTarget, BackendFault> {
        let found = self.cluster.services.get(&service);
        let spec = &found.ok_or(BackendFault::NotFound)?.spec;
        let of_number = || spec.ports.iter().filter(|it| it.port == port);
        let own = of_number().find(|it| it.protocol == protocol);
        let named = own.or_else(|| of_number().next());
        let name = &named.ok_or(BackendFault::NoSuchPort)?.name;
        let is_alias = spec.service_type == ServiceType::ExternalName;
        let key = (service, name.as_str().into());
        if is_alias || self.ready.contains(&key) {
            let (service, _) = key;
            Ok(BackendTarget { service, port })
        } else {
            Err(BackendFault::NotReady)
        }
    }
}

/// A namespace that is written, or the referrer's.
pub(crate) fn or_own(written: &str, own: &str) -> SmolStr {
    if written.is_empty() {
        own.into()
    } else {
        written.into()
    }
}
