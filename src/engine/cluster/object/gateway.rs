//! The Gateway API's GatewayClass, Gateway, ListenerSet and ReferenceGrant (`gateway.networking.k8s.io/v1`), and of a Secret what their
//! certificates need.

use std::collections::BTreeMap;

use serde::Deserialize;
use smol_str::SmolStr;

use super::Metadata;
use crate::labels::LabelSelector;

/// A GatewayClass as stored by the API server.
#[derive(Clone, Debug, PartialEq, Default, Deserialize)]
#[serde(default)]
pub struct GatewayClass {
    /// Name and annotations.
    pub metadata: Metadata,
    /// Which controller implements the class.
    pub spec: GatewayClassSpec,
}

/// `spec` of a GatewayClass.
#[derive(Clone, Debug, PartialEq, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct GatewayClassSpec {
    /// The controller's name, for example `gateway.envoyproxy.io/gatewayclass-controller`.
    pub controller_name: SmolStr,
}

/// A Gateway as stored by the API server.
#[derive(Clone, Debug, PartialEq, Default, Deserialize)]
#[serde(default)]
pub struct Gateway {
    /// Name and namespace.
    pub metadata: Metadata,
    /// Class and listeners.
    pub spec: GatewaySpec,
    /// The addresses that the controller reported.
    pub status: GatewayStatus,
}

/// `spec` of a Gateway.
#[derive(Clone, Debug, PartialEq, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct GatewaySpec {
    /// The GatewayClass.
    pub gateway_class_name: SmolStr,
    /// Where it listens.
    pub listeners: Vec<Listener>,
    /// Addresses that are asked for.
    pub addresses: Vec<GatewayAddress>,
    /// The ListenerSets that may attach; none without it.
    pub allowed_listeners: Option<AllowedListeners>,
}

/// `allowedListeners` of a Gateway.
#[derive(Clone, Debug, PartialEq, Default, Deserialize)]
#[serde(default)]
pub struct AllowedListeners {
    /// The namespaces of the ListenerSets; none without it.
    pub namespaces: Option<RouteNamespaces>,
}

/// `status` of a Gateway.
#[derive(Clone, Debug, PartialEq, Default, Deserialize)]
#[serde(default)]
pub struct GatewayStatus {
    /// The addresses that clients reach it at.
    pub addresses: Vec<GatewayAddress>,
}

/// An address of a Gateway.
#[derive(Clone, Debug, PartialEq, Default, Deserialize)]
#[serde(default)]
pub struct GatewayAddress {
    /// `IPAddress`, `Hostname`, or a controller's own word.
    #[serde(rename = "type")]
    pub address_type: SmolStr,
    /// The address.
    pub value: SmolStr,
}

/// `spec.listeners[]`.
#[derive(Clone, Debug, PartialEq, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Listener {
    /// Its name, by which a route's `sectionName` means it.
    pub name: SmolStr,
    /// The host name, maybe `*.example.com`; empty for all.
    pub hostname: SmolStr,
    /// The port.
    pub port: u16,
    /// `HTTP`, `HTTPS`, `TLS`, `TCP`, `UDP`, or a controller's own word.
    pub protocol: SmolStr,
    /// How TLS is handled.
    pub tls: Option<ListenerTls>,
    /// The routes that may attach.
    pub allowed_routes: AllowedRoutes,
}

/// A ListenerSet as stored by the API server: more listeners for a Gateway.
#[derive(Clone, Debug, PartialEq, Default, Deserialize)]
#[serde(default)]
pub struct ListenerSet {
    /// Name and namespace.
    pub metadata: Metadata,
    /// Gateway and listeners.
    pub spec: ListenerSetSpec,
}

/// `spec` of a ListenerSet.
#[derive(Clone, Debug, PartialEq, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct ListenerSetSpec {
    /// The Gateway.
    pub parent_ref: TargetReference,
    /// Its listeners.
    pub listeners: Vec<Listener>,
}

/// `tls` of a listener.
#[derive(Clone, Debug, PartialEq, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct ListenerTls {
    /// Where TLS ends.
    pub mode: TlsMode,
    /// The Secrets with certificates.
    pub certificate_refs: Vec<TargetReference>,
    /// A controller's own options.
    pub options: BTreeMap<SmolStr, SmolStr>,
}

impl ListenerTls {
    /// Whether a controller may have certificates that no Secret of the text holds.
    pub fn has_options(&self) -> bool {
        !self.options.is_empty()
    }
}

/// `tls.mode`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Default, Deserialize)]
pub enum TlsMode {
    /// At the Gateway.
    #[default]
    Terminate,
    /// At the backend.
    Passthrough,
}

/// `allowedRoutes` of a listener.
#[derive(Clone, Debug, PartialEq, Default, Deserialize)]
#[serde(default)]
pub struct AllowedRoutes {
    /// The namespaces of the routes.
    pub namespaces: RouteNamespaces,
    /// The kinds of the routes; empty for all that the protocol can carry.
    pub kinds: Vec<RouteGroupKind>,
}

/// `allowedRoutes.namespaces`, and `allowedListeners.namespaces`.
#[derive(Clone, Debug, PartialEq, Default, Deserialize)]
#[serde(default)]
pub struct RouteNamespaces {
    /// Which namespaces.
    pub from: FromNamespaces,
    /// The labels of the namespaces, for `Selector`; `None` selects no namespace.
    pub selector: Option<LabelSelector>,
}

/// `allowedRoutes.namespaces.from`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Default, Deserialize)]
pub enum FromNamespaces {
    /// Every namespace.
    All,
    /// Those with the selector's labels.
    Selector,
    /// The Gateway's.
    #[default]
    Same,
    /// No namespace (`allowedListeners` only).
    None,
}

/// `allowedRoutes.kinds[]`.
#[derive(Clone, Debug, PartialEq, Eq, Default, Deserialize)]
#[serde(default)]
pub struct RouteGroupKind {
    /// The API group.
    pub group: SmolStr,
    /// The kind.
    pub kind: SmolStr,
}

/// A reference to an object, maybe of another namespace.
#[derive(Clone, Debug, PartialEq, Eq, Default, Deserialize)]
#[serde(default)]
pub struct TargetReference {
    /// The API group, empty for the core one.
    pub group: SmolStr,
    /// The kind.
    pub kind: SmolStr,
    /// The name.
    pub name: SmolStr,
    /// The namespace; empty for that of the referrer.
    pub namespace: SmolStr,
}

/// A ReferenceGrant as stored by the API server: what may be referred to from other namespaces.
#[derive(Clone, Debug, PartialEq, Default, Deserialize)]
#[serde(default)]
pub struct ReferenceGrant {
    /// Name, and the namespace of what may be referred to.
    pub metadata: Metadata,
    /// Referrers and targets.
    pub spec: ReferenceGrantSpec,
}

/// `spec` of a ReferenceGrant.
#[derive(Clone, Debug, PartialEq, Default, Deserialize)]
#[serde(default)]
pub struct ReferenceGrantSpec {
    /// The referrers; each `name` is empty.
    pub from: Vec<TargetReference>,
    /// The targets; each `namespace` is empty, and a target without a name is every object of the kind.
    pub to: Vec<TargetReference>,
}

/// What the Gateway API asks of a Secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum SecretContent {
    /// A certificate with its key (type `kubernetes.io/tls`).
    Certificate,
    /// Anything else.
    Other,
}
