//! Pods as trees: the manifest, or the workload's template, with what the cluster added.
//!
//! A workload's pods share the template; their trees are created when they are printed.

use std::net::IpAddr;

use serde_json::json;

use crate::cluster::object::{Container, Pod};
use crate::kinds::Kind;
use crate::manifest::tree::{Yaml, YamlValue};

/// The pod template of a workload. A CronJob has it in its Job template.
pub(super) fn template(kind: Kind, workload: &Yaml) -> Option<&Yaml> {
    let spec = workload.get("spec")?;
    let spec = if kind == Kind::CronJob {
        spec.get("jobTemplate")?.get("spec")?
    } else {
        spec
    };
    spec.get("template")
}

/// A pod as stored. `base` is its manifest or its template.
pub(super) fn pod(mut base: Yaml, pod: &Pod) -> Yaml {
    base.set("apiVersion", text("v1"));
    base.set("kind", text("Pod"));
    let metadata = serde_json::to_value(&pod.metadata).unwrap_or_default();
    merge(&mut base, "metadata", metadata);
    let mut spec = json!({"nodeName": pod.spec.node_name, "hostname": pod.spec.hostname, "subdomain": pod.spec.subdomain});
    if let Some(spec) = spec.as_object_mut() {
        spec.retain(|_, value| value != "");
    }
    merge(&mut base, "spec", spec);
    if base
        .get("status")
        .and_then(|status| status.get("containerStatuses"))
        .is_none()
    {
        merge(&mut base, "status", status(pod));
    }
    base
}

/// `status`, as the kubelet reports it.
fn status(pod: &Pod) -> serde_json::Value {
    let addresses: Vec<IpAddr> = pod.addresses().collect();
    let Some(address) = addresses.first() else {
        return json!({"phase": pod.status.phase});
    };
    let addresses: Vec<_> = addresses
        .iter()
        .map(|address| json!({"ip": address}))
        .collect();
    let ready = if pod.is_ready() { "True" } else { "False" };
    let condition = |(name, status): (&str, &str)| json!({"type": name, "status": status});
    let conditions = [
        ("PodScheduled", "True"),
        ("Initialized", "True"),
        ("ContainersReady", ready),
        ("Ready", ready),
    ];
    let statuses = |containers: &[Container]| -> Vec<_> {
        let report = |container: &Container| {
            json!({
                "name": container.name,
                "image": container.image,
                "ready": pod.is_ready(),
                "started": true,
                "restartCount": 0,
                "state": {"running": {}},
            })
        };
        containers.iter().map(report).collect()
    };
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
        "conditions": conditions.map(condition),
        "containerStatuses": statuses(&pod.spec.containers),
    });
    if !sidecars.is_empty() {
        status["initContainerStatuses"] = json!(statuses(&sidecars));
    }
    status
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
        let tree = serde_json::Value::from(&pod(base, &made));
        assert_eq!(tree["metadata"]["name"], "web-x");
        assert_eq!(
            tree["spec"],
            json!({"containers": [{"name": "c"}], "nodeName": "node-1"})
        );
        assert_eq!(tree["status"]["podIP"], "10.244.0.5");
    }
}
