//! The kubelet as far as others see it: a pod's status once it is scheduled.
//!
//! Status fields that a live dump has are kept. Readiness probes are assumed to succeed, unless the manifest shows that
//! they cannot; the annotation `kubehop/ready` overrides that. (kubernetes `pkg/kubelet/status/generate.go`.)

use std::net::IpAddr;

use smol_str::SmolStr;

use super::init_wait;
use super::ipam::PodAddressPool;
use super::scheduler::{Rejection, Scheduler};
use crate::cluster::object::{ConditionStatus, Node, Pod, PodIp, PodPhase, READY, StatusCondition};
use crate::names::Family;

/// kubehop's annotation on a pod: `"false"` makes the pod not ready, `"true"` ready.
pub const READY_ANNOTATION: &str = "kubehop/ready";

/// Schedules pods in the given order, assigns addresses and reports them running.
///
/// Pods that have an address, have finished, or wait by a live dump are left alone; a pod without a node or an address
/// stays pending. A pod that names its node is checked by its kubelet, which looks at taints of effect
/// `NoExecute` only.
pub fn start_pods<'a>(
    pods: impl IntoIterator<Item = &'a mut Pod>,
    scheduler: &mut Scheduler,
    pool: &mut PodAddressPool,
) {
    for pod in pods {
        if pod.addresses().next().is_some() || pod.has_finished() || is_reported_pending(pod) {
            continue;
        }
        if pod.spec.node_name.is_empty() {
            pod.spec.node_name = scheduler.schedule(pod).unwrap_or_default();
        } else if is_daemon(pod) && scheduler.leaves_to_another(pod) {
            pod.spec.daemon_node = std::mem::take(&mut pod.spec.node_name);
        } else if let Err(rejection) = scheduler.bind(pod) {
            reject(pod, rejection);
        }
        start_pod(pod, scheduler.node(&pod.spec.node_name), pool);
    }
}

/// Starts a pod that ran before the nodes became what the text says of them, as those of the cluster's system do.
pub fn start_earlier_pod(pod: &mut Pod, scheduler: &mut Scheduler, pool: &mut PodAddressPool) {
    let node = scheduler.schedule(pod);
    let node = node.or_else(|| scheduler.schedule_earlier(pod));
    pod.spec.node_name = node.unwrap_or_default();
    start_pod(pod, scheduler.node(&pod.spec.node_name), pool);
}

/// Whether a live dump says that the pod waits: for a node, or for its sandbox and an address.
fn is_reported_pending(pod: &Pod) -> bool {
    pod.status.phase == PodPhase::Pending && !pod.status.conditions.is_empty()
}

/// The node lacks what the pod requires, mostly because other pods occupy it. The scheduler leaves a DaemonSet's pod
/// pending; a pod that names the node in its manifest bypasses the scheduler, and the kubelet rejects it.
fn reject(pod: &mut Pod, rejection: Rejection) {
    let node = std::mem::take(&mut pod.spec.node_name);
    if is_daemon(pod) {
        pod.spec.daemon_node = node;
        return;
    }
    pod.spec.node_name = node;
    pod.status.phase = PodPhase::Failed;
    pod.status.reason = rejection.reason;
    pod.status.message = rejection.message.into();
}

/// Whether a DaemonSet made the pod: it is for one node, by a node affinity that its scheduler reads.
fn is_daemon(pod: &Pod) -> bool {
    let mut owners = pod.metadata.owner_references.iter();
    owners.any(|owner| owner.controller && owner.kind == "DaemonSet")
}

fn start_pod(pod: &mut Pod, node: Option<&Node>, pool: &mut PodAddressPool) {
    if pod.status.phase == PodPhase::Unset {
        pod.status.phase = PodPhase::Pending;
    }
    let Some(node) = node.filter(|_| !pod.has_finished()) else {
        return;
    };
    let addresses = if pod.spec.host_network {
        primary_addresses(node)
    } else {
        pool.assign(node)
    };
    if !addresses.is_empty() {
        report_running(pod, node, &addresses);
    }
}

fn report_running(pod: &mut Pod, node: &Node, addresses: &[IpAddr]) {
    let ready = readiness(pod);
    if ready == ConditionStatus::False && are_containers_ready(pod) {
        pod.set_containers_ready(ConditionStatus::True);
    }
    let waits = init_wait::may_wait(pod);
    let probe_waits = init_wait::probe_may_wait(pod);
    let is_stated = pod.metadata.annotations.contains_key(READY_ANNOTATION);
    let status = &mut pod.status;
    status.pod_ip = addresses.first().copied();
    status.pod_ips = addresses
        .iter()
        .map(|&address| PodIp { ip: Some(address) })
        .collect();
    if let Some(address) = node.addresses().next() {
        status.host_ip = address.to_string().into();
    }
    status.waiting_init = (waits && !is_stated).then_some(0);
    status.waiting_probe = probe_waits && !is_stated;
    let ready = if status.waiting_init.is_some() || status.waiting_probe {
        ConditionStatus::False
    } else {
        ready
    };
    if status.phase == PodPhase::Pending && status.waiting_init.is_none() {
        status.phase = PodPhase::Running;
    }
    if status
        .conditions
        .iter()
        .all(|one| one.condition_type != READY)
    {
        status.conditions.reserve_exact(1);
        status.conditions.push(StatusCondition::ready(ready));
    }
}

/// The init containers of a pod have ended: its containers run.
pub fn finish_init(pod: &mut Pod) {
    pod.status.waiting_init = None;
    pod.status.phase = PodPhase::Running;
    if !pod.status.waiting_probe {
        pod.set_ready(readiness(pod));
    }
}

/// What the probe of a pod calls answers: the pod is ready, if nothing else keeps it from that.
pub fn finish_probe(pod: &mut Pod) {
    pod.status.waiting_probe = false;
    pod.set_ready(readiness(pod));
}

/// The annotation's value, else whether no readiness probe is sure to fail.
fn are_containers_ready(pod: &Pod) -> bool {
    let annotation = pod.metadata.annotations.get(READY_ANNOTATION);
    match annotation.map(SmolStr::as_str) {
        Some("true") => true,
        Some("false") => false,
        Some(_) | None => pod.failing_probe().is_none(),
    }
}

/// Whether the pod will be ready once it runs, as far as its manifest decides that.
pub fn will_be_ready(pod: &Pod) -> bool {
    readiness(pod) == ConditionStatus::True
}

/// Whether the containers are ready and all readiness gates pass; a gate without a reported condition does not. The
/// annotation overrides both.
fn readiness(pod: &Pod) -> ConditionStatus {
    let annotation = pod.metadata.annotations.get(READY_ANNOTATION);
    let is_stated = annotation.is_some_and(|value| value == "true");
    let passes_gates = is_stated || pod.unmet_readiness_gates().next().is_none();
    if are_containers_ready(pod) && passes_gates {
        ConditionStatus::True
    } else {
        ConditionStatus::False
    }
}

/// The node's first address of each family.
fn primary_addresses(node: &Node) -> Vec<IpAddr> {
    [Family::V4, Family::V6]
        .into_iter()
        .filter_map(|family| node.address(family))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cluster::Config;
    use crate::controllers::nodes::{default_nodes, register_nodes};
    use crate::controllers::scheduler::World;
    use crate::testing::object;
    use std::collections::BTreeMap;

    /// Node and address of each pod on three nodes.
    fn started(pods: &[&str]) -> Vec<String> {
        let config = Config::default();
        let mut nodes = default_nodes(3);
        register_nodes(&mut nodes, &config);
        let mut pods: Vec<Pod> = pods.iter().map(|text| object(text)).collect();
        let namespaces = BTreeMap::new();
        let mut scheduler = Scheduler::new(World::new(&nodes, &namespaces), &pods);
        let mut pool = PodAddressPool::new(&pods);
        start_pods(&mut pods, &mut scheduler, &mut pool);
        let mut shown = Vec::new();
        for pod in &pods {
            let address = pod.addresses().next();
            let address = address.map_or("-".to_owned(), |address| address.to_string());
            shown.push(format!("{} {address}", pod.spec.node_name));
        }
        shown
    }

    #[test]
    fn pods_are_spread_over_the_nodes_with_addresses_of_their_ranges() {
        assert_eq!(
            started(&["spec: {}"; 4]),
            [
                "node-1 10.244.0.5",
                "node-2 10.244.1.5",
                "node-3 10.244.2.5",
                "node-1 10.244.0.6",
            ]
        );
    }

    #[test]
    fn a_pod_on_the_hosts_network_has_the_nodes_address() {
        assert_eq!(
            started(&["spec: {hostNetwork: true}"]),
            ["node-1 192.168.0.11"]
        );
    }

    #[test]
    fn a_pod_that_fits_nowhere_stays_without_a_node() {
        assert_eq!(started(&["spec: {nodeSelector: {disk: hdd}}"]), [" -"]);
    }

    #[test]
    fn the_status_in_a_live_dump_is_kept() {
        let pod = "
            spec: {nodeName: worker}
            status: {podIPs: [{ip: 172.16.3.4}]}
        ";
        assert_eq!(started(&[pod]), ["worker 172.16.3.4"]);
    }

    #[test]
    fn the_annotation_and_readiness_gates_keep_a_pod_from_being_ready() {
        assert_eq!(readiness(&Pod::default()), ConditionStatus::True);
        let mut gated: Pod = object("spec: {readinessGates: [{conditionType: example.com/gate}]}");
        assert_eq!(readiness(&gated), ConditionStatus::False);
        let annotations = &mut gated.metadata.annotations;
        annotations.insert(READY_ANNOTATION.into(), "true".into());
        assert_eq!(readiness(&gated), ConditionStatus::True);
    }
}
