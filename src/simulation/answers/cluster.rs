//! What the cluster holds: a node's rules, EndpointSlices, what the console prints.

use serde::Serialize;

/// The rules of a node.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct RulesAnswer {
    /// The version of all answers.
    pub version: u32,
    /// The node.
    pub node: String,
    /// The command that prints them: `iptables-save`, `nft list table ip kube-proxy`.
    pub command: String,
    /// What it prints.
    pub text: String,
}

/// What a command of the console prints.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ConsoleAnswer {
    /// The version of all answers.
    pub version: u32,
    /// Its output.
    pub stdout: String,
    /// Its errors and warnings.
    pub stderr: String,
    /// The exit code of the last program: 0 if all is well.
    pub exit_code: u8,
}

/// The EndpointSlices of the cluster.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct EndpointsAnswer {
    /// The version of all answers.
    pub version: u32,
    /// In the order of their names.
    pub slices: Vec<SliceAnswer>,
}

/// One EndpointSlice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct SliceAnswer {
    /// `namespace/name`.
    pub name: String,
    /// The Service it belongs to (label `kubernetes.io/service-name`), `namespace/name`.
    pub service: Option<String>,
    /// Its ports.
    pub ports: Vec<SlicePortAnswer>,
    /// Its endpoints.
    pub endpoints: Vec<EndpointAnswer>,
}

/// A port of an EndpointSlice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct SlicePortAnswer {
    /// The name of the Service's port; empty if it has none.
    pub name: String,
    /// The port of the endpoints; `null` for every port.
    pub port: Option<u16>,
    /// `TCP`, `UDP` or `SCTP`.
    pub protocol: String,
}

/// An endpoint of an EndpointSlice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct EndpointAnswer {
    /// Its addresses.
    pub addresses: Vec<String>,
    /// Condition `ready`.
    pub ready: bool,
    /// Condition `serving`.
    pub serving: bool,
    /// Condition `terminating`.
    pub terminating: bool,
    /// What has the address, `Pod default/web`.
    pub target: Option<String>,
    /// The node it is on.
    pub node: Option<String>,
}
