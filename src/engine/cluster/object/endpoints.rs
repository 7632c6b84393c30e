//! Endpoints: the older, flat list of a Service's endpoints (`core/v1` `Endpoints`, deprecated since 1.33).
//!
//! kube-proxy does not read it. Hand-written Endpoints take effect because they are mirrored into EndpointSlices.

use serde::{Deserialize, Serialize};
use smol_str::SmolStr;

use super::{Metadata, ObjectReference};
use crate::names::Protocol;

/// An Endpoints object as stored by the API server.
#[derive(Clone, Debug, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Endpoints {
    /// Name, which is the Service's, and labels.
    pub metadata: Metadata,
    /// Addresses grouped by their ports.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub subsets: Vec<EndpointSubset>,
}

/// `subsets[]`: every address serves every port.
#[derive(Clone, Debug, PartialEq, Default, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct EndpointSubset {
    /// Addresses that are ready.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub addresses: Vec<EndpointAddress>,
    /// Addresses that are not ready.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub not_ready_addresses: Vec<EndpointAddress>,
    /// The ports of all addresses.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub ports: Vec<EndpointPort>,
}

/// `subsets[].addresses[]`.
#[derive(Clone, Debug, PartialEq, Default, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct EndpointAddress {
    /// The IP address, as written.
    pub ip: SmolStr,
    /// The host name published in DNS.
    #[serde(skip_serializing_if = "SmolStr::is_empty")]
    pub hostname: SmolStr,
    /// The node of the endpoint.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub node_name: Option<SmolStr>,
    /// The pod that has the address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub target_ref: Option<ObjectReference>,
}

/// `subsets[].ports[]`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Default, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct EndpointPort {
    /// The name of the Service port.
    #[serde(skip_serializing_if = "SmolStr::is_empty")]
    pub name: SmolStr,
    /// The port number.
    pub port: u16,
    /// TCP by default.
    pub protocol: Protocol,
    /// The application protocol.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub app_protocol: Option<SmolStr>,
}
