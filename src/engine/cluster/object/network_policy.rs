//! A NetworkPolicy: which connections the pods of its namespace may open and accept (`networking.k8s.io/v1`).

use ipnet::IpNet;
use serde::Deserialize;

use super::{Metadata, TargetPort};
use crate::labels::LabelSelector;
use crate::names::{ObjectName, PolicyType, Protocol};

/// A NetworkPolicy as stored by the API server.
#[derive(Clone, Debug, PartialEq, Default, Deserialize)]
#[serde(default)]
pub struct NetworkPolicy {
    /// Name and namespace.
    pub metadata: Metadata,
    /// The selected pods and the rules.
    pub spec: NetworkPolicySpec,
}

/// `spec` of a NetworkPolicy.
#[derive(Clone, Debug, PartialEq, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct NetworkPolicySpec {
    /// The pods of the policy's namespace that it isolates; empty for all.
    pub pod_selector: LabelSelector,
    /// The directions that it isolates.
    pub policy_types: Vec<PolicyType>,
    /// What the pods may accept, if `policyTypes` has `Ingress`.
    pub ingress: Vec<NetworkPolicyRule>,
    /// What the pods may open, if `policyTypes` has `Egress`.
    pub egress: Vec<NetworkPolicyRule>,
}

/// `ingress[]` or `egress[]`: allows a connection if one of its ports and one of its peers match.
#[derive(Clone, Debug, PartialEq, Default, Deserialize)]
#[serde(default)]
pub struct NetworkPolicyRule {
    /// The ports of the destination pod; empty for all.
    pub ports: Vec<NetworkPolicyPort>,
    /// The other ends (`from`, `to`); empty for all.
    #[serde(alias = "from", alias = "to")]
    pub peers: Vec<NetworkPolicyPeer>,
}

/// `ports[]` of a rule.
#[derive(Clone, Debug, PartialEq, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct NetworkPolicyPort {
    /// The protocol.
    pub protocol: Protocol,
    /// A port number, or the name of a container port of the destination pod; `None` for all ports.
    pub port: Option<TargetPort>,
    /// The last port of a range that starts at `port`.
    pub end_port: Option<u16>,
}

/// `from[]` or `to[]`: pods by their labels, their namespace's labels, or both, or a block of addresses.
#[derive(Clone, Debug, PartialEq, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct NetworkPolicyPeer {
    /// The pods, of the policy's namespace unless `namespaceSelector` is set.
    pub pod_selector: Option<LabelSelector>,
    /// The namespaces of the pods.
    pub namespace_selector: Option<LabelSelector>,
    /// Addresses.
    pub ip_block: Option<IpBlock>,
}

/// `ipBlock`.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct IpBlock {
    /// The addresses that match.
    pub cidr: IpNet,
    /// The addresses of `cidr` that do not match.
    #[serde(default)]
    pub except: Vec<IpNet>,
}

impl NetworkPolicy {
    /// Namespace and name.
    pub fn id(&self) -> ObjectName {
        self.metadata.id()
    }

    /// The rules of a direction; `None` if the policy does not isolate pods in it.
    pub fn rules(&self, direction: PolicyType) -> Option<&[NetworkPolicyRule]> {
        let rules = match direction {
            PolicyType::Ingress => &self.spec.ingress,
            PolicyType::Egress => &self.spec.egress,
        };
        let isolates = self.spec.policy_types.contains(&direction);
        isolates.then_some(rules.as_slice())
    }
}
