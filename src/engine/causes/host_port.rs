//! Pods that no node takes: its ports or its room are taken, or it is not right for them. Calls of a port that a pod has on
//! another node.

use std::collections::BTreeMap;
use std::net::SocketAddr;

use super::cause::Cause;
use super::no_endpoint::{evidence_of, unschedulable};
use super::survey::Survey;
use crate::cluster::object::{ContainerPort, HostPort, Node, Pod, PodPhase, host_ports};
use crate::controllers::scheduler::{NODE_PORTS, Shortage};
use crate::diagnostic::{Fault, PodFault, PortFault};
use crate::names::{Family, ObjectName, Protocol};
use crate::resolve::Resolved;
use crate::trace::{Device, Hop, Reason, Trace};

/// The pods that no node takes, once for each workload.
pub(super) fn check(survey: &Survey) -> Vec<Cause> {
    let cluster = &survey.resolved.cluster;
    let mut by_owner: BTreeMap<(String, ObjectName), Vec<&Pod>> = BTreeMap::new();
    for pod in cluster.each_pod() {
        let is_pending = pod.status.phase == PodPhase::Pending && pod.spec.node_name.is_empty();
        if is_rejected(pod) || is_pending {
            let owner = owner(survey.resolved, pod);
            by_owner.entry(owner).or_default().push(pod);
        }
    }
    let causes = by_owner.into_iter();
    causes
        .filter_map(|((kind, name), pods)| of_owner(survey, &kind, &name, &pods))
        .collect()
}

/// Kind and name of the workload that made a pod, or of the pod.
fn owner(resolved: &Resolved, pod: &Pod) -> (String, ObjectName) {
    match resolved.workload_of(&pod.id()) {
        Some(maker) => (maker.kind.name().to_owned(), maker.name.clone()),
        None => ("Pod".to_owned(), pod.id()),
    }
}

/// Whether the kubelet of the node that a pod names does not run it.
fn is_rejected(pod: &Pod) -> bool {
    pod.status.phase == PodPhase::Failed && pod.status.message.starts_with("Pod was rejected")
}

/// A pod whose scheduler is not there.
pub(super) fn of_missing_scheduler(survey: &Survey, pod: &Pod) -> Option<Cause> {
    survey.occupants().missing_scheduler(pod)?;
    let (kind, name) = owner(survey.resolved, pod);
    of_owner(survey, &kind, &name, &[pod])
}

/// A pod that its kubelet rejected.
pub(super) fn of_rejected(survey: &Survey, pod: &Pod) -> Option<Cause> {
    let (kind, name) = owner(survey.resolved, pod);
    is_rejected(pod)
        .then(|| of_owner(survey, &kind, &name, &[pod]))
        .flatten()
}

/// The pods of a workload are alike: only the first one is looked at.
fn of_owner(survey: &Survey, kind: &str, name: &ObjectName, pods: &[&Pod]) -> Option<Cause> {
    let pod = *pods.first()?;
    let (shortage, why) = reason(survey, pod)?;
    let preempts = survey.occupants().may_preempt(pod);
    let owner = format!("{kind} {}", name.name);
    let pod_name = pod.metadata.name.to_string();
    let count = pods.len();
    let (fault, field) = match shortage {
        Shortage::Scheduler => {
            let fault = Fault::Pod(PodFault::NoSuchScheduler {
                owner,
                pod: pod_name,
                pods: count,
                scheduler: pod.spec.scheduler_name.to_string(),
            });
            (fault, "spec.schedulerName")
        }
        Shortage::Ports => {
            let fault = Fault::Pod(PodFault::NodePortsTaken {
                owner,
                pod: pod_name,
                pods: count,
                why,
                preempts,
            });
            (fault, "spec.containers[0].ports")
        }
        Shortage::Room => {
            let fault = Fault::Pod(PodFault::NodesFull {
                owner,
                pod: pod_name,
                pods: count,
                why,
                preempts,
            });
            (fault, "spec")
        }
        Shortage::Node => {
            let fault = Fault::Pod(PodFault::PodFitsNoNode {
                owner,
                pod: pod_name,
                pods: count,
                why,
                preempts,
                nodes: survey.occupants().obstacles(pod),
            });
            (fault, "spec")
        }
    };
    let evidence = evidence_of(survey.resolved, pod, field);
    let cause = Cause::likely(fault, evidence.into_iter().collect());
    Some(if preempts { cause.possible() } else { cause })
}

/// What the pod lacks, in the words of the scheduler or the kubelet.
fn reason(survey: &Survey, pod: &Pod) -> Option<(Shortage, String)> {
    if is_rejected(pod) {
        let shortage = if pod.status.reason == NODE_PORTS {
            Shortage::Ports
        } else {
            Shortage::Node
        };
        return Some((shortage, pod.status.message.to_string()));
    }
    let occupants = survey.occupants();
    let reported = unschedulable(survey.resolved, pod);
    let told = reported.is_some().then_some(Shortage::Node);
    let shortage = occupants.shortage(pod).or(told)?;
    let why = reported.unwrap_or_else(|| occupants.unschedulable_message(pod));
    Some((shortage, why))
}

/// Nothing listens on a port of a node: a pod has the same one as its `hostPort`, but not there.
pub(super) fn causes(survey: &Survey, trace: &Trace) -> Vec<Cause> {
    let cluster = &survey.resolved.cluster;
    let Some((node, called, protocol)) = called_node(trace) else {
        return Vec::new();
    };
    let mut causes = Vec::new();
    for pod in cluster
        .each_pod()
        .filter(|pod| pod.addresses().next().is_some())
    {
        let ports = host_ports(pod);
        let same = ports.iter().find(|port| port.number == called.port());
        let home = cluster.nodes.get(pod.spec.node_name.as_str());
        let Some((port, home)) = same.zip(home) else {
            continue;
        };
        let fault = Fault::Port(PortFault::HostPortElsewhere {
            node: node.to_owned(),
            called: format!("{}/{protocol}", called.port()),
            pod: pod.metadata.name.to_string(),
            open: open_at(port, home, Family::of(called.ip())),
        });
        let evidence = evidence_of(survey.resolved, pod, "spec.containers[0].ports");
        causes.push(Cause::certain(fault, evidence.into_iter().collect()));
    }
    if causes.is_empty() {
        causes.extend(container_port_called(survey, node, called, protocol));
    }
    causes.truncate(1);
    causes
}

/// The container's own port was called on the node, where only its `hostPort` is open.
fn container_port_called(
    survey: &Survey,
    node: &str,
    called: SocketAddr,
    protocol: Protocol,
) -> Option<Cause> {
    let cluster = &survey.resolved.cluster;
    let is_forwarded = |port: &&ContainerPort| {
        port.host_port != 0 && port.container_port == called.port() && port.protocol == protocol
    };
    let found = cluster.each_pod().find_map(|pod| {
        let mut containers = pod.serving_containers();
        let port = containers.find_map(|own| own.ports.iter().find(is_forwarded))?;
        (pod.spec.node_name == node).then_some((pod, port))
    });
    let (pod, port) = found?;
    let fault = Fault::Port(PortFault::ContainerPortOnNode {
        node: node.to_owned(),
        called: called.port(),
        pod: pod.metadata.name.to_string(),
        host_port: port.host_port,
    });
    let evidence = evidence_of(survey.resolved, pod, "spec.containers[0].ports");
    Some(Cause::certain(fault, evidence.into_iter().collect()))
}

/// The node that refused, the address that was called, and the protocol.
fn called_node(trace: &Trace) -> Option<(&str, SocketAddr, Protocol)> {
    let is_refusal = |hop: &&Hop| matches!(hop.reason, Reason::Closed { .. });
    let hop = trace.hops.iter().rev().find(is_refusal)?;
    let Device::Node(node) = &hop.device else {
        return None;
    };
    Some((node, hop.before.destination, hop.before.protocol))
}

/// `192.168.0.11:8088/TCP`.
fn open_at(port: &HostPort, home: &Node, family: Family) -> String {
    let own = || home.address(family).or_else(|| home.addresses().next());
    let written = port.address.parse().ok();
    let address = written.or_else(own);
    let open = address.map(|address| SocketAddr::new(address, port.number).to_string());
    format!(
        "{}/{} ({})",
        open.unwrap_or_else(|| port.number.to_string()),
        port.protocol,
        home.name()
    )
}
