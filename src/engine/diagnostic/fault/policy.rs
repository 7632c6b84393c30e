//! NetworkPolicies that drop the packet, or would not do what they seem to say.

use serde::Serialize;

use crate::names::PolicyType;

/// NetworkPolicies that drop the packet, or would not do what they seem to say.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "testing", derive(schemars::JsonSchema))]
#[serde(tag = "id", rename_all = "kebab-case", rename_all_fields = "camelCase")]
pub enum PolicyFault {
    /// Why a pod is isolated: policies select it, and no rule allows the connection.
    PolicyIsolates {
        /// The pod.
        pod: String,
        /// The direction, seen from the pod; answers call it `half`.
        #[serde(rename = "half")]
        direction: PolicyType,
        /// The policies that isolate it.
        policies: String,
        /// Whether they have a rule at all.
        has_rules: bool,
    },
    /// The rule that comes closest to allowing a connection.
    PolicyNearestRule {
        /// The pod.
        pod: String,
        /// The direction, seen from the pod; answers call it `half`.
        #[serde(rename = "half")]
        direction: PolicyType,
        /// The policy.
        policy: String,
        /// The rule, `spec.ingress[0]`.
        rule: String,
        /// Which field differs; answers call it `part`.
        #[serde(rename = "part")]
        miss: RuleMiss,
        /// What the rule asks for.
        wanted: String,
        /// What the connection has.
        found: String,
        /// How many fields differ.
        differences: usize,
    },
    /// A policy that allows the port of a Service, where the pods behind it have another one.
    PolicyAllowsServicePort {
        /// The policy.
        policy: String,
        /// The Service.
        service: String,
        /// Its port, which the policy allows.
        port: u16,
        /// The port of the pods.
        target: u16,
    },
    /// An item whose `namespaceSelector` matches no namespace.
    PolicyNamespacesNone {
        /// The policy.
        policy: String,
        /// The selector, `name=monitoring`.
        selector: String,
        /// The namespace whose name is the value of a label; empty if none is.
        meant: String,
    },
    /// A policy with egress rules of which none allows DNS.
    PolicyForgetsDns {
        /// The policy.
        policy: String,
        /// A pod that it isolates.
        pod: String,
    },
    /// The network plugin of the cluster does not enforce NetworkPolicies, and there are some.
    PolicyIgnored {
        /// How many policies there are.
        policies: usize,
    },
    /// A policy whose selector matches no pod of its namespace.
    PolicySelectsNothing {
        /// The policy.
        policy: String,
        /// Its namespace.
        namespace: String,
        /// Its selector.
        selector: String,
    },
    /// A policy in a namespace without pods, whose selector matches pods of another one.
    PolicyOfOtherNamespace {
        /// The policy.
        policy: String,
        /// Its namespace.
        namespace: String,
        /// Its selector.
        selector: String,
        /// The namespace of the pods.
        meant: String,
    },
    /// Two peers, a `namespaceSelector` and a `podSelector`, that look like one.
    PolicyPeersMeantAsOne {
        /// The policy.
        policy: String,
        /// The `namespaceSelector`.
        namespaces: String,
        /// The `podSelector`.
        pods: String,
        /// The policy's namespace.
        namespace: String,
    },
    /// A peer with a `namespaceSelector` and a `podSelector` that looks like two.
    PolicyPeersMeantApart {
        /// The policy.
        policy: String,
        /// The `namespaceSelector`.
        namespaces: String,
        /// The `podSelector`.
        pods: String,
        /// The policy's namespace.
        namespace: String,
    },
    /// A port name of a rule that no container of the pods has.
    PolicyPortNameUnknown {
        /// The policy.
        policy: String,
        /// The port name.
        port: String,
        /// The protocol of the rule's port.
        protocol: String,
        /// The names that the containers have.
        declared: String,
    },
    /// A policy with rules for a direction that its `policyTypes` leaves out.
    PolicyRulesWithoutType {
        /// The policy.
        policy: String,
        /// The direction, seen from the pod; answers call it `half`.
        #[serde(rename = "half")]
        direction: PolicyType,
        /// The list of the rules: `ingress`.
        list: String,
        /// The type that is left out: `Ingress`.
        missing: String,
    },
    /// A policy that allows the address of a Service, where the packet has a pod's.
    PolicyAllowsClusterIp {
        /// The policy.
        policy: String,
        /// The Service.
        service: String,
        /// The range that the policy allows.
        block: String,
        /// The address that the packet has.
        found: String,
        /// Whether it is a pod's own, which a selector can match.
        is_pod: bool,
    },
    /// A policy that allows the client's address, where the packet has a node's.
    PolicySeesNode {
        /// The policy.
        policy: String,
        /// The Service.
        service: String,
        /// The client's address.
        client: String,
        /// The address that the packet has.
        found: String,
    },
}

/// What keeps a rule from allowing a connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "testing", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum RuleMiss {
    /// A selector can only match pods, and the other end is none.
    Outside,
    /// A selector is compared with pods, and the packets of this one have the address of its node: it is on the host's
    /// network.
    HostNetwork,
    /// A field that differs.
    #[serde(untagged)]
    Field(RuleField),
}

/// A field of a rule that a connection is compared with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "testing", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum RuleField {
    /// `ports[].protocol`.
    Protocol,
    /// `ports[].port`, with `endPort`.
    Port,
    /// `podSelector` of a peer.
    PodSelector,
    /// `namespaceSelector` of a peer.
    NamespaceSelector,
    /// The policy's own namespace, which a `podSelector` alone means.
    OwnNamespace,
    /// `ipBlock.cidr`.
    IpBlock,
    /// `ipBlock.except`.
    Except,
}
