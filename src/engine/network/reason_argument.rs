//! Arguments of reasons that are choices of their own; a sentence selects its words by them.

use serde::Serialize;

/// Whether and why the source was rewritten to the node's address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "testing", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Masquerade {
    /// It was not.
    No,
    /// The packet came from outside the pod network: the reply must come back this way.
    External,
    /// The packet came from a process of the node: not from a pod, so that it is treated as from outside.
    Node,
    /// The pod reached itself through its Service.
    Hairpin,
}

/// Why a browser does not send the request that it asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "testing", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum PreflightDenial {
    /// It sends it.
    None,
    /// The page is of an origin that is not allowed.
    Origin,
    /// The method is not allowed.
    Method,
    /// A header is not allowed.
    Header,
}

/// What is known of a port's listener.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "testing", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Listening {
    /// A container declares the port.
    Declared,
    /// The pod declares no ports at all, so any is taken to be open.
    Assumed,
    /// The author said so, in an annotation.
    Stated,
    /// kube-proxy itself does, for the health checks of load balancers.
    KubeProxy,
    /// It is outside the cluster; that something answers there is assumed.
    Outside,
}
