//! What chains are for, in every mode of kube-proxy.

use serde::{Deserialize, Serialize};

/// What a chain is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ChainKind {
    /// The kernel starts it at a hook.
    Hook,
    /// Dispatches addresses of Services: `KUBE-SERVICES`, `services`.
    Services,
    /// Dispatches node ports: `KUBE-NODEPORTS`.
    NodePorts,
    /// Sets or executes the mark for masquerading: `KUBE-MARK-MASQ`, `KUBE-POSTROUTING`, `masquerading`.
    Masquerade,
    /// Accepts, rejects or drops for all Services together: `KUBE-FORWARD`, `cluster-ips-check`.
    Filter,
    /// Chooses among all endpoints of a Service port: `KUBE-SVC-`, `service-`.
    ServicePort,
    /// Chooses among the endpoints on this node: `KUBE-SVL-`, `local-`.
    LocalEndpoints,
    /// Takes traffic to addresses that clients outside know: `KUBE-EXT-`, `external-`.
    External,
    /// Lets through only the load balancer's source ranges: `KUBE-FW-`, `firewall-`.
    Firewall,
    /// Sends to one endpoint: `KUBE-SEP-`, `endpoint-`.
    Endpoint,
    /// Forwards ports of the node to pods: `CNI-HOSTPORT-DNAT`, `CNI-DN-`.
    HostPort,
}

impl ChainKind {
    /// Whether it belongs to one Service port or one of its endpoints.
    pub fn is_of_service_port(self) -> bool {
        match self {
            ChainKind::ServicePort
            | ChainKind::LocalEndpoints
            | ChainKind::External
            | ChainKind::Firewall
            | ChainKind::Endpoint => true,
            ChainKind::Hook
            | ChainKind::Services
            | ChainKind::NodePorts
            | ChainKind::Masquerade
            | ChainKind::Filter
            | ChainKind::HostPort => false,
        }
    }
}
