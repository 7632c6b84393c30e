//! Pods as trees: the manifest, or the workload's template, with what the cluster added.
//!
//! A workload's pods share the template; their trees are created when they are printed.

use std::net::IpAddr;

use serde_json::json;

use crate::cluster::object::{ConditionStatus, Container, Pod};
use crate::kinds::Kind;
use crate::manifest::tree::{Yaml, YamlValue};

/// The pod template of a workload.
pub(super) fn template(kind: Kind, workload: &Yaml) -> Option<&Yaml> {
    let path = kind.pod_path().filter(|_| kind.makes_pods());
    workload.at(path?)
}

/// A pod as stored. `base` is its manifest or its template, `waits` the scheduler's message about a pod without a node.
pub(crate) fn pod(mut base: Yaml, pod: &Pod, waits: Option<String>) -> Yaml {
    base.set("apiVersion", text("v1"));
    base.set("kind", text("Pod"));
    let metadata = serde_json::to_value(&pod.metadata).unwrap_or_default();
    for field in ["labels", "annotations", "ownerReferences"] {
        if let Some(written) = base
            .get_mut("metadata")
            .filter(|_| metadata[field].is_null())
        {
            written.remove(field);
        }
    }
    merge(&mut base, "metadata", metadata);
    let spec = json!({"nodeName": pod.spec.node_name, "hostname": pod.spec.hostname, "subdomain": pod.spec.subdomain});
    merge(&mut base, "spec", without_empty(spec));
    write_images(&mut base, pod);
    let reported = base.get("status");
    if reported.is_none_or(|status| status.get("containerStatuses").is_none()) {
        merge(&mut base, "status", status(pod, waits));
    }
    base
}

/// The images of the template that the pod was made of, which its workload may have left behind.
fn write_images(base: &mut Yaml, pod: &Pod) {
    let Some(spec) = base.get_mut("spec") else {
        return;
    };
    for (list, containers) in [
        ("containers", &pod.spec.containers),
        ("initContainers", &pod.spec.init_containers),
    ] {
        let written = spec.get_mut(list).map(Yaml::items_mut).unwrap_or_default();
        for (written, container) in written.iter_mut().zip(containers.iter()) {
            if written.get("image").is_some() {
                written.set("image", YamlValue::String(container.image.clone()));
            }
        }
    }
}

fn without_empty(mut fields: serde_json::Value) -> serde_json::Value {
    if let Some(fields) = fields.as_object_mut() {
        fields.retain(|_, value| value != "");
    }
    fields
}

/// `status`, as the scheduler and the kubelet report it.
fn status(pod: &Pod, waits: Option<String>) -> serde_json::Value {
    let addresses: Vec<IpAddr> = pod.addresses().collect();
    let Some(address) = addresses.first() else {
        return not_started(pod, waits);
    };
    let addresses: Vec<_> = addresses
        .iter()
        .map(|address| json!({"ip": address}))
        .collect();
    let sidecars: Vec<Container> = pod
        .serving_containers()
        .skip(pod.spec.containers.len())
        .cloned()
        .collect();
    let mut status = json!({
        "phase": pod.status.phase,
        "hostIP": pod.status.host_ip,
        "podIP": address,
        "podIPs": addresses,
        "conditions": conditions(pod),
        "containerStatuses": container_statuses(pod, &pod.spec.containers),
    });
    if let Some(waiting) = pod.status.waiting_init {
        status["initContainerStatuses"] = json!(init_statuses(pod, waiting));
    } else if !sidecars.is_empty() {
        status["initContainerStatuses"] = json!(container_statuses(pod, &sidecars));
    }
    status
}

/// A pod that waits for a node, or that its kubelet rejected.
fn not_started(pod: &Pod, waits: Option<String>) -> serde_json::Value {
    let mut status = json!({
        "phase": pod.status.phase,
        "reason": pod.status.reason,
        "message": pod.status.message,
    });
    if let Some(message) = waits {
        let is_gated = !pod.spec.scheduling_gates.is_empty();
        let condition = json!({
            "type": "PodScheduled",
            "status": "False",
            "reason": if is_gated { "SchedulingGated" } else { "Unschedulable" },
            "message": message,
        });
        status["conditions"] = json!([condition]);
    }
    without_empty(status)
}

fn conditions(pod: &Pod) -> Vec<serde_json::Value> {
    let status_of = |holds: bool| if holds { "True" } else { "False" };
    let condition = |name: &str, status: &str| json!({"type": name, "status": status});
    let mut ready = condition("Ready", status_of(pod.is_ready()));
    let unmet = pod.unmet_readiness_gates().map(gate_message);
    let unmet: Vec<String> = unmet.collect();
    if !pod.is_ready() && pod.containers_are_ready() && !unmet.is_empty() {
        ready["reason"] = json!("ReadinessGatesNotReady");
        ready["message"] = json!(unmet.join(", "));
    }
    vec![
        condition("PodScheduled", "True"),
        condition("Initialized", status_of(pod.status.waiting_init.is_none())),
        condition("ContainersReady", status_of(pod.containers_are_ready())),
        ready,
    ]
}

/// What the kubelet says of a readiness gate whose condition is not `True` (`pkg/kubelet/status/generate.go`).
fn gate_message((gate, status): (&str, Option<&ConditionStatus>)) -> String {
    match status {
        None => format!("corresponding condition of pod readiness gate \"{gate}\" does not exist."),
        Some(status) => {
            let status = status.as_str();
            format!("the status of pod readiness gate \"{gate}\" is not \"True\", but {status}")
        }
    }
}

fn container_statuses(pod: &Pod, containers: &[Container]) -> Vec<serde_json::Value> {
    let starts = pod.status.waiting_init.is_none();
    let report = |container: &Container| {
        json!({
            "name": container.name,
            "image": container.image,
            "ready": pod.containers_are_ready(),
            "started": starts,
            "restartCount": 0,
            "state": if starts { json!({"running": {}}) } else { waits_for_init() },
        })
    };
    containers.iter().map(report).collect()
}

fn waits_for_init() -> serde_json::Value {
    json!({"waiting": {"reason": "PodInitializing"}})
}

/// The init containers of a pod of which one still waits: those before it have ended, or are sidecars and run.
fn init_statuses(pod: &Pod, waiting: usize) -> Vec<serde_json::Value> {
    let listed = pod.spec.init_containers.iter().enumerate();
    let report = listed.map(|(index, container)| {
        let is_over = index < waiting && !container.is_sidecar();
        let state = if is_over {
            json!({"terminated": {"exitCode": 0, "reason": "Completed"}})
        } else if index <= waiting {
            json!({"running": {}})
        } else {
            waits_for_init()
        };
        json!({
            "name": container.name,
            "image": container.image,
            "ready": index < waiting,
            "started": index <= waiting && !is_over,
            "restartCount": 0,
            "state": state,
        })
    });
    report.collect()
}

fn text(text: &str) -> YamlValue {
    YamlValue::String(text.into())
}

/// Merges `fields` into the mapping at `key`.
fn merge(base: &mut Yaml, key: &str, fields: serde_json::Value) {
    if base.get(key).is_none_or(Yaml::is_null) {
        base.set(key, YamlValue::Map(Vec::new()));
    }
    let Some(target) = base.get_mut(key) else {
        return;
    };
    for entry in Yaml::from(fields).entries() {
        target.set(&entry.key, entry.value.value.clone());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cluster::object::PodIp;

    #[test]
    fn a_pods_tree_has_its_template_and_what_the_cluster_added() {
        let base = Yaml::from(
            json!({"metadata": {"labels": {"app": "web"}}, "spec": {"containers": [{"name": "c"}]}}),
        );
        let mut made = Pod::default();
        made.metadata.name = "web-x".into();
        made.spec.node_name = "node-1".into();
        made.status.pod_ips = vec![PodIp {
            ip: "10.244.0.5".parse().ok(),
        }];
        let tree = serde_json::Value::from(&pod(base, &made, None));
        assert_eq!(tree["metadata"]["name"], "web-x");
        assert_eq!(
            tree["spec"],
            json!({"containers": [{"name": "c"}], "nodeName": "node-1"})
        );
        assert_eq!(tree["status"]["podIP"], "10.244.0.5");
    }
}
