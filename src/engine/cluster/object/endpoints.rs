//! Endpoints: the older, flat form of what stands behind a Service (`core/v1` `Endpoints`, deprecated since 1.33).
//!
//! kube-proxy never reads it; hand-written ones take effect through the EndpointSlices they are mirrored into.

use serde::{Deserialize, Serialize};
use smol_str::SmolStr;

use super::{Metadata, ObjectReference};
use crate::engine::names::Protocol;

/// An Endpoints object as stored by the API server.
#[derive(Clone, Debug, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Endpoints {
    /// Its name is the Service's.
    pub metadata: Metadata,
    /// Addresses with the same ports stand together.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub subsets: Vec<EndpointSubset>,
}

/// `subsets[]`: every address serves every port.
#[derive(Clone, Debug, PartialEq, Default, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct EndpointSubset {
    /// Those that may be used.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub addresses: Vec<EndpointAddress>,
    /// Those that may not, yet.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub not_ready_addresses: Vec<EndpointAddress>,
    /// Their ports.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub ports: Vec<EndpointPort>,
}

/// `subsets[].addresses[]`.
#[derive(Clone, Debug, PartialEq, Default, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct EndpointAddress {
    /// The address, as written.
    pub ip: SmolStr,
    /// Its host name in DNS.
    #[serde(skip_serializing_if = "SmolStr::is_empty")]
    pub hostname: SmolStr,
    /// The node it is on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub node_name: Option<SmolStr>,
    /// The object behind it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub target_ref: Option<ObjectReference>,
}

/// `subsets[].ports[]`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Default, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct EndpointPort {
    /// Must equal the Service port's name.
    #[serde(skip_serializing_if = "SmolStr::is_empty")]
    pub name: SmolStr,
    /// Its number.
    pub port: u16,
    /// TCP unless said otherwise.
    pub protocol: Protocol,
    /// A hint for implementations.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub app_protocol: Option<SmolStr>,
}
