//! An EndpointSlice: up to 100 endpoints of a Service with their conditions (`discovery.k8s.io/v1`).

use std::net::IpAddr;

use serde::{Deserialize, Serialize};
use smol_str::SmolStr;

use super::Metadata;
use crate::names::{ObjectName, Protocol};
use crate::syntax::sloppy_ip;

/// Labels written by controllers and read by kube-proxy.
pub mod label {
    /// The Service of a slice.
    pub const SERVICE_NAME: &str = "kubernetes.io/service-name";
    /// The controller that manages a slice.
    pub const MANAGED_BY: &str = "endpointslice.kubernetes.io/managed-by";
    /// On slices of Services without a cluster IP, which kube-proxy does not watch.
    pub const HEADLESS: &str = "service.kubernetes.io/headless";
    /// On Services that another proxy than kube-proxy implements.
    pub const SERVICE_PROXY_NAME: &str = "service.kubernetes.io/service-proxy-name";
    /// On Endpoints that are not mirrored.
    pub const SKIP_MIRROR: &str = "endpointslice.kubernetes.io/skip-mirror";
}

/// An EndpointSlice as stored by the API server.
#[derive(Clone, Debug, PartialEq, Default, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct EndpointSlice {
    /// Name and labels.
    pub metadata: Metadata,
    /// The type of all addresses in the slice.
    pub address_type: AddressType,
    /// The endpoints, at most 100 if managed by the controller.
    pub endpoints: Vec<Endpoint>,
    /// The ports of all endpoints.
    pub ports: Vec<SlicePort>,
}

/// `addressType`.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
pub enum AddressType {
    /// IPv4 addresses.
    #[default]
    IPv4,
    /// IPv6 addresses.
    IPv6,
    /// Domain names, ignored by kube-proxy.
    #[serde(rename = "FQDN")]
    Fqdn,
}

impl Endpoint {
    /// The address that kube-proxy uses: the first one, whose leading zeros it ignores. `None` for a host name, or without
    /// an address.
    pub fn address(&self) -> Option<IpAddr> {
        let first = self.addresses.first()?;
        first.parse().ok().or_else(|| sloppy_ip(first))
    }
}

/// `endpoints[]`.
#[derive(Clone, Debug, PartialEq, Default, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Endpoint {
    /// The addresses. Consumers use only the first.
    pub addresses: Vec<SmolStr>,
    /// Whether the endpoint is ready, serving, terminating.
    pub conditions: EndpointConditions,
    /// The host name published in DNS.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hostname: Option<SmolStr>,
    /// The pod that has the address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub target_ref: Option<ObjectReference>,
    /// The node of the endpoint.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub node_name: Option<SmolStr>,
    /// The zone of the node.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub zone: Option<SmolStr>,
    /// The zones and nodes that should prefer the endpoint.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hints: Option<EndpointHints>,
}

/// `endpoints[].conditions`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct EndpointConditions {
    /// Whether the endpoint accepts new connections; `None` means true.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ready: Option<bool>,
    /// Whether the pod is ready, even if it is terminating; `None` means true.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub serving: Option<bool>,
    /// Whether the pod is terminating; `None` means false.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub terminating: Option<bool>,
}

impl EndpointConditions {
    /// `ready` with its default.
    pub fn is_ready(self) -> bool {
        self.ready.unwrap_or(true)
    }

    /// `serving` with its default.
    pub fn is_serving(self) -> bool {
        self.serving.unwrap_or(true)
    }

    /// `terminating` with its default.
    pub fn is_terminating(self) -> bool {
        self.terminating.unwrap_or(false)
    }
}

/// `endpoints[].targetRef`.
#[derive(Clone, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct ObjectReference {
    /// `Pod`.
    pub kind: SmolStr,
    /// The namespace.
    pub namespace: SmolStr,
    /// The name.
    pub name: SmolStr,
}

impl ObjectReference {
    /// `namespace/name`.
    pub fn id(&self) -> ObjectName {
        ObjectName::new(self.namespace.as_str(), self.name.as_str())
    }
}

/// `endpoints[].hints`.
#[derive(Clone, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct EndpointHints {
    /// Zones whose nodes prefer the endpoint.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub for_zones: Vec<ForName>,
    /// Nodes that prefer the endpoint.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub for_nodes: Vec<ForName>,
}

/// `hints.forZones[]` or `hints.forNodes[]`.
#[derive(Clone, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct ForName {
    /// The zone or node.
    pub name: SmolStr,
}

/// `ports[]`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Default, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct SlicePort {
    /// The name of the Service port; `None` means an unnamed port.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<SmolStr>,
    /// `None` means TCP.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub protocol: Option<Protocol>,
    /// The endpoint's port; `None` means all ports, and kube-proxy ignores the entry.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub port: Option<u16>,
    /// The application protocol.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub app_protocol: Option<SmolStr>,
}

impl SlicePort {
    /// The port's name, empty for an unnamed port.
    pub fn name(&self) -> &str {
        self.name.as_deref().unwrap_or_default()
    }
}

impl EndpointSlice {
    /// The Service of the slice; `None` without the label.
    pub fn service(&self) -> Option<ObjectName> {
        let name = self.metadata.labels.get(label::SERVICE_NAME)?;
        Some(ObjectName::new(
            self.metadata.namespace.as_str(),
            name.as_str(),
        ))
    }
}
