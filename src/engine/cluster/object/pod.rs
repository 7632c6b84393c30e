//! A Pod: containers that share one network namespace and so one address (`core/v1` `Pod`).

use std::net::IpAddr;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use smol_str::SmolStr;

use super::Metadata;
use crate::engine::labels::Labels;
use crate::engine::names::{Family, ObjectName, Protocol};

/// A Pod as stored by the API server.
#[derive(Clone, Debug, PartialEq, Default, Deserialize)]
#[serde(default)]
pub struct Pod {
    /// Name, labels, annotations.
    pub metadata: Metadata,
    /// What runs in it, and where.
    pub spec: PodSpec,
    /// What the kubelet reported.
    pub status: PodStatus,
}

/// `spec` of a Pod.
#[derive(Clone, Debug, PartialEq, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct PodSpec {
    /// The node it was placed on; empty while it waits for one.
    pub node_name: SmolStr,
    /// Labels a node must carry.
    pub node_selector: Labels,
    /// Taints of nodes that it puts up with.
    pub tolerations: Vec<Toleration>,
    /// Whether it uses the node's own network namespace, and so the node's addresses.
    pub host_network: bool,
    /// Its host name, when not its name.
    pub hostname: SmolStr,
    /// The headless Service its host name is published under.
    pub subdomain: SmolStr,
    /// Its containers.
    pub containers: Arc<Vec<Container>>,
    /// Containers that run first; those with `restartPolicy: Always` stay and serve (sidecars).
    pub init_containers: Arc<Vec<Container>>,
    /// Where its resolver looks.
    pub dns_policy: DnsPolicy,
    /// Additions to its resolv.conf.
    pub dns_config: Option<DnsConfig>,
    /// Whether it sees variables for the Services of its namespace; the server's default is true.
    pub enable_service_links: Option<bool>,
    /// Conditions beyond its containers' readiness that must be True.
    pub readiness_gates: Vec<ReadinessGate>,
}

/// `spec.tolerations[]`.
#[derive(Clone, Debug, PartialEq, Default, Deserialize)]
#[serde(default)]
pub struct Toleration {
    /// The taint's key; empty with `Exists` for any.
    pub key: SmolStr,
    /// `Equal`, the default, or `Exists`.
    pub operator: SmolStr,
    /// The taint's value, for `Equal`.
    pub value: SmolStr,
    /// The taint's effect; empty for any.
    pub effect: SmolStr,
}

/// `spec.readinessGates[]`.
#[derive(Clone, Debug, PartialEq, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct ReadinessGate {
    /// The condition that must be True.
    pub condition_type: SmolStr,
}

/// `spec.dnsPolicy`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum DnsPolicy {
    /// The cluster's DNS, unless the pod uses the host's network.
    #[default]
    ClusterFirst,
    /// The cluster's DNS also on the host's network.
    ClusterFirstWithHostNet,
    /// The node's resolv.conf.
    Default,
    /// Only what `dnsConfig` says.
    None,
}

/// `spec.dnsConfig`.
#[derive(Clone, Debug, PartialEq, Default, Deserialize)]
#[serde(default)]
pub struct DnsConfig {
    /// More name servers.
    pub nameservers: Vec<SmolStr>,
    /// More search domains.
    pub searches: Vec<SmolStr>,
    /// More options.
    pub options: Vec<DnsOption>,
}

/// `spec.dnsConfig.options[]`: `ndots:5`.
#[derive(Clone, Debug, PartialEq, Default, Deserialize)]
#[serde(default)]
pub struct DnsOption {
    /// `ndots`.
    pub name: SmolStr,
    /// `5`; none for options without one.
    pub value: Option<SmolStr>,
}

/// A container.
#[derive(Clone, Debug, PartialEq, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Container {
    /// Its name in the pod.
    pub name: SmolStr,
    /// Its image.
    pub image: SmolStr,
    /// The ports it declares. Information only: it may listen on others, or not on these.
    pub ports: Vec<ContainerPort>,
    /// Variables written by the author.
    pub env: Vec<EnvVar>,
    /// `Always` makes an init container a sidecar.
    pub restart_policy: Option<SmolStr>,
}

/// `containers[].ports[]`.
#[derive(Clone, Debug, PartialEq, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct ContainerPort {
    /// What a named `targetPort` looks for; empty for none.
    pub name: SmolStr,
    /// Its number.
    pub container_port: u16,
    /// The node's port it is also published on; 0 for none.
    pub host_port: u16,
    /// TCP unless said otherwise.
    pub protocol: Protocol,
}

/// `containers[].env[]`.
#[derive(Clone, Debug, PartialEq, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct EnvVar {
    /// Its name.
    pub name: SmolStr,
    /// Its text, in which `$(NAME)` is replaced.
    pub value: SmolStr,
    /// Where its text comes from, when none is written.
    pub value_from: Option<EnvVarSource>,
}

/// `env[].valueFrom`; texts out of ConfigMaps and Secrets are not modelled.
#[derive(Clone, Debug, PartialEq, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct EnvVarSource {
    /// A field of the pod itself.
    pub field_ref: Option<FieldRef>,
}

/// `valueFrom.fieldRef`.
#[derive(Clone, Debug, PartialEq, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct FieldRef {
    /// `status.podIP`.
    pub field_path: SmolStr,
}

/// `status` of a Pod.
#[derive(Clone, Debug, PartialEq, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct PodStatus {
    /// `Pending`, `Running`, `Succeeded`, `Failed`, `Unknown`.
    pub phase: SmolStr,
    /// Its primary address.
    #[serde(rename = "podIP", deserialize_with = "address")]
    pub pod_ip: Option<IpAddr>,
    /// One address a family.
    #[serde(rename = "podIPs")]
    pub pod_ips: Vec<PodIp>,
    /// Its node's address.
    #[serde(rename = "hostIP")]
    pub host_ip: SmolStr,
    /// `Ready` and others.
    pub conditions: Vec<PodCondition>,
}

/// `status.podIPs[]`.
#[derive(Clone, Debug, PartialEq, Default, Deserialize)]
#[serde(default)]
pub struct PodIp {
    /// The address.
    #[serde(deserialize_with = "address")]
    pub ip: Option<IpAddr>,
}

/// `status.conditions[]`.
#[derive(Clone, Debug, PartialEq, Default, Deserialize)]
#[serde(default)]
pub struct PodCondition {
    /// `Ready`.
    #[serde(rename = "type")]
    pub condition_type: SmolStr,
    /// `True`, `False`, `Unknown`.
    pub status: SmolStr,
}

/// An address, or none where the text is empty.
fn address<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Option<IpAddr>, D::Error> {
    let text = Option::<String>::deserialize(deserializer)?.unwrap_or_default();
    match text.as_str() {
        "" => Ok(None),
        address => address.parse().map(Some).map_err(serde::de::Error::custom),
    }
}

impl Pod {
    /// `namespace/name`.
    pub fn id(&self) -> ObjectName {
        self.metadata.id()
    }

    /// Its addresses, the primary one first.
    pub fn addresses(&self) -> impl Iterator<Item = IpAddr> + '_ {
        let first = self
            .status
            .pod_ips
            .is_empty()
            .then_some(self.status.pod_ip)
            .flatten();
        self.status
            .pod_ips
            .iter()
            .filter_map(|pod_ip| pod_ip.ip)
            .chain(first)
    }

    /// Its address of a family.
    pub fn address(&self, family: Family) -> Option<IpAddr> {
        self.addresses()
            .find(|&address| Family::of(address) == family)
    }

    /// Whether its `Ready` condition is True; a pod without the condition is not ready, whatever its phase.
    pub fn is_ready(&self) -> bool {
        self.status
            .conditions
            .iter()
            .any(|condition| condition.condition_type == "Ready" && condition.status == "True")
    }

    /// Whether it was asked to go away.
    pub fn is_terminating(&self) -> bool {
        self.metadata.deletion_timestamp.is_some()
    }

    /// The containers that serve while the pod runs: its containers, then its sidecars.
    pub fn serving_containers(&self) -> impl Iterator<Item = &Container> {
        let sidecars = self
            .spec
            .init_containers
            .iter()
            .filter(|container| container.restart_policy.as_deref() == Some("Always"));
        self.spec.containers.iter().chain(sidecars)
    }
}
