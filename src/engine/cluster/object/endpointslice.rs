//! An EndpointSlice: addresses that stand behind a Service, each with its state (`discovery.k8s.io/v1`).

use serde::{Deserialize, Serialize};
use smol_str::SmolStr;

use super::Metadata;
use crate::engine::names::{ObjectName, Protocol};

/// Labels the controllers write and kube-proxy reads.
pub mod label {
    /// Names the Service a slice belongs to.
    pub const SERVICE_NAME: &str = "kubernetes.io/service-name";
    /// Names who keeps the slice.
    pub const MANAGED_BY: &str = "endpointslice.kubernetes.io/managed-by";
    /// On slices of Services without a cluster IP; kube-proxy does not watch those.
    pub const HEADLESS: &str = "service.kubernetes.io/headless";
    /// On Services that some other proxy serves.
    pub const SERVICE_PROXY_NAME: &str = "service.kubernetes.io/service-proxy-name";
    /// On Endpoints that are not to be mirrored.
    pub const SKIP_MIRROR: &str = "endpointslice.kubernetes.io/skip-mirror";
}

/// An EndpointSlice as stored by the API server.
#[derive(Clone, Debug, PartialEq, Default, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct EndpointSlice {
    /// Name and labels.
    pub metadata: Metadata,
    /// What its addresses are.
    pub address_type: AddressType,
    /// The endpoints.
    pub endpoints: Vec<Endpoint>,
    /// The ports every endpoint of this slice serves.
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
    /// Domain names; kube-proxy ignores them.
    #[serde(rename = "FQDN")]
    Fqdn,
}

/// `endpoints[]`.
#[derive(Clone, Debug, PartialEq, Default, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Endpoint {
    /// Its addresses, of which only the first is ever used.
    pub addresses: Vec<SmolStr>,
    /// Its state.
    pub conditions: Conditions,
    /// Its host name in DNS.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hostname: Option<SmolStr>,
    /// The object behind it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub target_ref: Option<ObjectReference>,
    /// The node it is on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub node_name: Option<SmolStr>,
    /// The zone it is in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub zone: Option<SmolStr>,
    /// Who should prefer it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hints: Option<Hints>,
}

/// `endpoints[].conditions`; what is absent has the meaning given beside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Conditions {
    /// Absent: true.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ready: Option<bool>,
    /// Absent: true.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub serving: Option<bool>,
    /// Absent: false.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub terminating: Option<bool>,
}

impl Conditions {
    /// Whether new connections may be sent to it.
    pub fn is_ready(self) -> bool {
        self.ready.unwrap_or(true)
    }

    /// Whether it answers, going away or not.
    pub fn is_serving(self) -> bool {
        self.serving.unwrap_or(true)
    }

    /// Whether it is going away.
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
    /// Its namespace.
    pub namespace: SmolStr,
    /// Its name.
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
pub struct Hints {
    /// Zones whose nodes should use it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub for_zones: Vec<ForName>,
    /// Nodes that should use it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub for_nodes: Vec<ForName>,
}

/// One zone or node of a hint.
#[derive(Clone, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct ForName {
    /// Its name.
    pub name: SmolStr,
}

/// `ports[]`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Default, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct SlicePort {
    /// Must equal the Service port's name; absent reads as empty.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<SmolStr>,
    /// TCP unless said otherwise.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub protocol: Option<Protocol>,
    /// The endpoint's port; absent means "any", which kube-proxy ignores.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub port: Option<u16>,
    /// A hint for implementations.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub app_protocol: Option<SmolStr>,
}

impl EndpointSlice {
    /// The Service it belongs to, when its label says one.
    pub fn service(&self) -> Option<ObjectName> {
        let name = self.metadata.labels.get(label::SERVICE_NAME)?;
        Some(ObjectName::new(
            self.metadata.namespace.as_str(),
            name.as_str(),
        ))
    }
}
