//! A Pod: containers in one network namespace, which therefore share addresses (`core/v1` `Pod`).

use std::net::IpAddr;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use smol_str::SmolStr;

use super::api_text::set_ready;
use super::{
    Affinity, CONTAINERS_READY, ConditionStatus, Container, Metadata, PodPhase, READY,
    ResourceRequirements, Resources, StatusCondition, TaintEffect, TolerationOperator,
    TopologySpreadConstraint,
};
use crate::labels::Labels;
use crate::names::{Family, ObjectName};
use crate::syntax::sloppy_ip;

/// The longest host name that the kubelet gives; it cuts a longer one.
const HOST_NAME_LENGTH: usize = 63;

/// A Pod as stored by the API server.
#[derive(Clone, Debug, PartialEq, Default, Deserialize)]
#[serde(default)]
pub struct Pod {
    /// Name, labels, annotations.
    pub metadata: Metadata,
    /// Containers, node, DNS settings.
    pub spec: PodSpec,
    /// Phase, addresses and conditions, as the kubelet reported them.
    pub status: PodStatus,
}

/// `spec` of a Pod.
#[derive(Clone, Debug, PartialEq, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct PodSpec {
    /// The node that the pod was scheduled on; empty until then.
    pub node_name: SmolStr,
    /// Labels that the node must have.
    pub node_selector: Labels,
    /// What the node must be like and which pods must be near.
    pub affinity: Option<Arc<Affinity>>,
    /// How pods like this one are spread.
    pub topology_spread_constraints: Vec<TopologySpreadConstraint>,
    /// Which scheduler places the pod; kube-scheduler those of `default-scheduler`.
    pub scheduler_name: SmolStr,
    /// What keeps the scheduler from looking at the pod.
    pub scheduling_gates: Vec<SchedulingGate>,
    /// Resources of the whole pod.
    pub resources: ResourceRequirements,
    /// What the pod needs besides its containers.
    pub overhead: Resources,
    /// Tolerations for node taints.
    pub tolerations: Vec<Toleration>,
    /// Whether the pod runs in the node's network namespace, and so has the node's addresses.
    pub host_network: bool,
    /// Names that the pod's `/etc/hosts` has for addresses.
    pub host_aliases: Vec<HostAlias>,
    /// The ServiceAccount; empty where the admission plugin would fill in `default`.
    pub service_account_name: SmolStr,
    /// The host name, if it differs from the pod's name.
    pub hostname: SmolStr,
    /// The headless Service that publishes the host name in DNS.
    pub subdomain: SmolStr,
    /// The name that the pod has in its own eyes, whatever the three above are. DNS does not have it.
    pub hostname_override: Option<SmolStr>,
    /// Whether the host name is the whole name below the subdomain.
    #[serde(rename = "setHostnameAsFQDN")]
    pub set_hostname_as_fqdn: bool,
    /// `spec.containers`.
    pub containers: Arc<Vec<Container>>,
    /// Init containers; those with `restartPolicy: Always` are sidecars and keep running.
    pub init_containers: Arc<Vec<Container>>,
    /// How the kubelet writes `/etc/resolv.conf`.
    pub dns_policy: DnsPolicy,
    /// Additions to `/etc/resolv.conf`.
    pub dns_config: Option<DnsConfig>,
    /// Whether containers get environment variables for the Services of the namespace (default true).
    pub enable_service_links: Option<bool>,
    /// Seconds from the deletion of the pod to SIGKILL (default 30).
    pub termination_grace_period_seconds: Option<i64>,
    /// Conditions that must be `True` for the pod to be ready, besides ready containers.
    pub readiness_gates: Vec<ReadinessGate>,
    /// The priority class, `system-cluster-critical`.
    pub priority_class_name: SmolStr,
    /// The priority itself, which admission writes.
    pub priority: Option<i64>,
    /// `Never` if the pod takes no place of others; empty for what its class says.
    pub preemption_policy: SmolStr,
    /// The node that a DaemonSet's pod is for, by the node affinity that the controller writes, if the pod does not run
    /// there; empty otherwise.
    #[serde(skip)]
    pub daemon_node: SmolStr,
}

/// `spec.tolerations[]`.
#[derive(Clone, Debug, PartialEq, Default, Deserialize)]
#[serde(default)]
pub struct Toleration {
    /// The taint's key; empty with `Exists` matches every key.
    pub key: SmolStr,
    /// How key and value are compared.
    pub operator: TolerationOperator,
    /// The taint's value, for `Equal`.
    pub value: SmolStr,
    /// The taint's effect; `Unset` matches every effect.
    pub effect: TaintEffect,
    /// How long the pod stays on a node with such a taint of effect `NoExecute`; `None` for as long as it likes.
    #[serde(rename = "tolerationSeconds")]
    pub seconds: Option<i64>,
}

/// `spec.schedulingGates[]`.
#[derive(Clone, Debug, PartialEq, Default, Deserialize)]
#[serde(default)]
pub struct SchedulingGate {
    /// Who must remove it.
    pub name: SmolStr,
}

/// `spec.hostAliases[]`.
#[derive(Clone, Debug, PartialEq, Default, Deserialize)]
#[serde(default)]
pub struct HostAlias {
    /// The address.
    pub ip: SmolStr,
    /// Its names.
    pub hostnames: Vec<SmolStr>,
}

/// `spec.readinessGates[]`.
#[derive(Clone, Debug, PartialEq, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct ReadinessGate {
    /// The condition that must be `True`.
    pub condition_type: SmolStr,
}

/// `spec.dnsPolicy`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum DnsPolicy {
    /// The cluster's DNS server, or the node's resolv.conf if `hostNetwork` is set.
    #[default]
    ClusterFirst,
    /// The cluster's DNS server, also with `hostNetwork`.
    ClusterFirstWithHostNet,
    /// The node's resolv.conf.
    Default,
    /// Only `dnsConfig`.
    None,
}

/// `spec.dnsConfig`.
#[derive(Clone, Debug, PartialEq, Default, Deserialize)]
#[serde(default)]
pub struct DnsConfig {
    /// Additional name servers.
    pub nameservers: Vec<SmolStr>,
    /// Additional search domains.
    pub searches: Vec<SmolStr>,
    /// Additional options; they override those with the same name.
    pub options: Vec<DnsOption>,
}

/// `spec.dnsConfig.options[]`: `ndots:5`.
#[derive(Clone, Debug, PartialEq, Default, Deserialize)]
#[serde(default)]
pub struct DnsOption {
    /// The option's name, `ndots`.
    pub name: SmolStr,
    /// The value, `5`; `None` for options without a value.
    pub value: Option<SmolStr>,
}

/// `status` of a Pod.
#[derive(Clone, Debug, PartialEq, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct PodStatus {
    /// Where the pod is in its life cycle.
    pub phase: PodPhase,
    /// The primary address.
    #[serde(rename = "podIP", deserialize_with = "address")]
    pub pod_ip: Option<IpAddr>,
    /// One address per IP family.
    #[serde(rename = "podIPs")]
    pub pod_ips: Vec<PodIp>,
    /// The node's primary address.
    #[serde(rename = "hostIP")]
    pub host_ip: SmolStr,
    /// `Ready` and others.
    pub conditions: Vec<StatusCondition>,
    /// Why the pod is in its phase, `Evicted`; mostly empty.
    pub reason: SmolStr,
    /// The same for people.
    pub message: SmolStr,
    /// The index of the init container that still waits for a Service, as far as the cluster here decides that; `None` if
    /// the pod's containers run.
    #[serde(skip)]
    pub waiting_init: Option<usize>,
    /// The Services of its namespace that were created after it, of a pod whose init containers may read their variables.
    #[serde(skip)]
    pub later_services: Vec<SmolStr>,
    /// Whether a readiness or startup probe still fails, because it calls a Service that does not answer here.
    #[serde(skip)]
    pub waiting_probe: bool,
}

/// `status.podIPs[]`.
#[derive(Clone, Debug, PartialEq, Default, Deserialize)]
#[serde(default)]
pub struct PodIp {
    /// The address; `None` if the text is empty.
    #[serde(deserialize_with = "address")]
    pub ip: Option<IpAddr>,
}

/// An address, or `None` for empty text. Leading zeros are ignored, as controllers do (`ParseIPSloppy`).
fn address<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Option<IpAddr>, D::Error> {
    let text = Option::<String>::deserialize(deserializer)?.unwrap_or_default();
    match (text.as_str(), sloppy_ip(&text)) {
        ("", _) => Ok(None),
        (_, Some(address)) => Ok(Some(address)),
        (text, None) => text.parse().map(Some).map_err(serde::de::Error::custom),
    }
}

impl Pod {
    /// `namespace/name`.
    pub fn id(&self) -> ObjectName {
        self.metadata.id()
    }

    /// The host name of the pod's containers; those on their node's network have the node's instead (kubernetes
    /// `pkg/kubelet/kubelet_pods.go`, `GeneratePodHostNameAndDomain`).
    pub fn host_name(&self) -> &str {
        if let Some(stated) = &self.spec.hostname_override {
            return stated;
        }
        let name = match self.spec.hostname.as_str() {
            "" => self.metadata.name.as_str(),
            stated => stated,
        };
        match name.get(..HOST_NAME_LENGTH) {
            Some(cut) if cut.len() < name.len() => cut.trim_end_matches(['-', '.']),
            Some(_) | None => name,
        }
    }

    /// The host name below the subdomain, which the pod itself knows even if no Service has the subdomain's name; `None`
    /// without a subdomain.
    pub fn full_host_name(&self, domain: &str) -> Option<String> {
        let (spec, namespace) = (&self.spec, &self.metadata.namespace);
        let has_domain = !spec.subdomain.is_empty() && spec.hostname_override.is_none();
        let name = || {
            format!(
                "{}.{}.{namespace}.svc.{domain}",
                self.host_name(),
                spec.subdomain
            )
        };
        has_domain.then(name)
    }

    /// The pod's addresses, the primary one first.
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

    /// The pod's address in a family.
    pub fn address(&self, family: Family) -> Option<IpAddr> {
        self.addresses()
            .find(|&address| Family::of(address) == family)
    }

    /// Whether the `Ready` condition is `True`. A pod without the condition is not ready, whatever its phase.
    pub fn is_ready(&self) -> bool {
        self.status.conditions.iter().any(|condition| {
            condition.condition_type == READY && condition.status == ConditionStatus::True
        })
    }

    /// Whether all containers are ready: a pod can wait for a readiness gate or have lost its node.
    pub fn containers_are_ready(&self) -> bool {
        let mut conditions = self.status.conditions.iter();
        let reported = conditions.find(|condition| condition.condition_type == CONTAINERS_READY);
        match reported {
            Some(condition) => condition.status == ConditionStatus::True,
            None => self.is_ready(),
        }
    }

    /// Sets the `ContainersReady` condition.
    pub fn set_containers_ready(&mut self, status: ConditionStatus) {
        let conditions = &mut self.status.conditions;
        conditions.retain(|condition| condition.condition_type != CONTAINERS_READY);
        conditions.push(StatusCondition {
            condition_type: CONTAINERS_READY.into(),
            status,
        });
    }

    /// From now on the containers are ready when the pod is.
    pub(crate) fn let_containers_follow(&mut self) {
        let conditions = &mut self.status.conditions;
        conditions.retain(|condition| condition.condition_type != CONTAINERS_READY);
    }

    /// Whether the pod's priority is above that of all ordinary pods: it takes their room where there is no other.
    pub fn is_system_critical(&self) -> bool {
        matches!(
            self.spec.priority_class_name.as_str(),
            "system-cluster-critical" | "system-node-critical"
        )
    }

    /// The readiness gates whose condition is not `True`, each with the condition's status; `None` if it does not exist.
    pub fn unmet_readiness_gates(&self) -> impl Iterator<Item = (&str, Option<&ConditionStatus>)> {
        let gates = self.spec.readiness_gates.iter().map(|gate| {
            let mut conditions = self.status.conditions.iter();
            let reported =
                conditions.find(|condition| condition.condition_type == gate.condition_type);
            (
                gate.condition_type.as_str(),
                reported.map(|condition| &condition.status),
            )
        });
        gates.filter(|(_, status)| *status != Some(&ConditionStatus::True))
    }

    /// Sets the `Ready` condition.
    pub fn set_ready(&mut self, status: ConditionStatus) {
        set_ready(&mut self.status.conditions, status);
    }

    /// Whether all containers have exited for good (`IsPodTerminal` of kubernetes `pkg/api/v1/pod`).
    pub fn has_finished(&self) -> bool {
        match self.status.phase {
            PodPhase::Succeeded | PodPhase::Failed => true,
            PodPhase::Unset
            | PodPhase::Pending
            | PodPhase::Running
            | PodPhase::Unknown
            | PodPhase::Other(_) => false,
        }
    }

    /// Whether the pod was deleted and its grace period runs.
    pub fn is_terminating(&self) -> bool {
        self.metadata.deletion_timestamp.is_some()
    }

    /// The containers that keep running: containers, then sidecars.
    pub fn serving_containers(&self) -> impl Iterator<Item = &Container> {
        let sidecars = self
            .spec
            .init_containers
            .iter()
            .filter(|container| container.is_sidecar());
        self.spec.containers.iter().chain(sidecars)
    }
}
