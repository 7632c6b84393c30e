//! Texts that become clusters.

use super::*;
use crate::controllers::scheduler::Occupants;
use crate::diagnostic::{Problem, Severity};
use crate::testing::{self, resolved};

/// Rejections, as `line:column message`.
fn rejections(resolved: &Resolved) -> Vec<String> {
    let words = |diagnostic: &Diagnostic| match &diagnostic.problem {
        Problem::Rejected { message } => Some(format!(
            "{}:{} {message}",
            diagnostic.span.start.line, diagnostic.span.start.column
        )),
        _ => None,
    };
    resolved.diagnostics.iter().filter_map(words).collect()
}

/// The endpoints of a Service, as `address:port`.
fn endpoints(resolved: &Resolved, namespace: &str, service: &str) -> Vec<String> {
    let name = ObjectName::new(namespace, service);
    let slices = resolved.cluster.slices_of(&name);
    let ports = slices.flat_map(|slice| {
        let addresses = slice
            .endpoints
            .iter()
            .flat_map(|endpoint| &endpoint.addresses);
        addresses.flat_map(|address| {
            slice
                .ports
                .iter()
                .map(move |port| format!("{address}:{}", port.port.unwrap_or_default()))
        })
    });
    let mut ports: Vec<String> = ports.collect();
    ports.sort();
    ports
}

#[test]
fn an_empty_text_is_a_cluster_with_an_api_server_and_a_name_server() {
    let resolved = resolved("");
    assert_eq!(resolved.cluster.nodes.len(), 3);
    assert_eq!(
        endpoints(&resolved, "default", "kubernetes"),
        ["192.168.0.10:6443"]
    );
    let names: Vec<_> = resolved
        .cluster
        .services
        .values()
        .map(|service| service.spec.cluster_ip.to_string())
        .collect();
    assert_eq!(names, ["10.96.0.1", "10.96.0.10"]);
    assert_eq!(endpoints(&resolved, "kube-system", "kube-dns").len(), 6);
    assert_eq!(
        (resolved.diagnostics, resolved.counts),
        (vec![], Counts::default())
    );
}

#[test]
fn a_deployment_and_its_service_become_pods_behind_an_address() {
    const TEXT: &str = "
        apiVersion: v1
        kind: Service
        metadata: {name: web}
        spec:
          selector: {app: web}
          ports: [{port: 80, targetPort: 8080}]
        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: web}
        spec:
          replicas: 2
          selector: {matchLabels: {app: web}}
          template:
            metadata: {labels: {app: web}}
            spec: {containers: [{name: c, image: nginx}]}
    ";
    let resolved = resolved(TEXT);
    assert_eq!(resolved.diagnostics, []);
    assert_eq!(
        endpoints(&resolved, "default", "web"),
        ["10.244.0.5:8080", "10.244.1.5:8080"]
    );
    let pod = resolved
        .cluster
        .pods
        .keys()
        .find(|pod| pod.namespace == "default")
        .expect("was created");
    assert_eq!(
        resolved
            .workload_of(pod)
            .map(|workload| workload.name.name.as_str()),
        Some("web")
    );
    let tree = serde_json::Value::from(
        &resolved
            .pod_tree(pod, &Occupants::of(&resolved.cluster))
            .expect("is there"),
    );
    assert_eq!(
        (
            &tree["spec"]["containers"][0]["image"],
            &tree["status"]["phase"]
        ),
        (&"nginx".into(), &"Running".into())
    );
    assert_eq!(
        testing::resolved(TEXT),
        resolved,
        "the same text, the same cluster"
    );
}

#[test]
fn a_rejected_object_has_no_effect_and_hides_no_other() {
    let text = "
        apiVersion: v1
        kind: Service
        metadata: {name: web}
        spec:
          type: NodePort
          ports:
          - port: 80
            nodePort: 80
        ---
        kind: Nothing
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: api}
        spec: {ports: [{port: 80}]}
    ";
    let resolved = resolved(text);
    assert_eq!(
        rejections(&resolved),
        [
            "8:15 The Service \"web\" is invalid: spec.ports[0].nodePort: Invalid value: 80: provided port is not in the valid range. The range of valid ports is 30000-32767",
            "10:1 error: error validating \"manifests.yaml\": error validating data: apiVersion not set; if you choose to ignore these errors, turn validation off with --validate=false",
        ]
    );
    assert_eq!(
        (
            resolved.counts.created,
            resolved.counts.rejected,
            resolved.counts.documents
        ),
        (1, 2, 3)
    );
    assert!(
        !resolved
            .cluster
            .services
            .contains_key(&ObjectName::new("default", "web"))
    );
}

#[test]
fn the_second_object_with_a_name_is_rejected_at_its_name() {
    let text = "
        apiVersion: v1
        kind: Namespace
        metadata:
          name: dev
        ---
        apiVersion: v1
        kind: Namespace
        metadata:
          name: dev
    ";
    let words = "9:9 Error from server (AlreadyExists): error when creating \"manifests.yaml\": namespaces \"dev\" already exists";
    assert_eq!(rejections(&resolved(text)), [words]);
}

#[test]
fn a_kind_that_is_not_modelled_gets_a_note_and_a_duplicate_key_a_warning() {
    let resolved = resolved(
        "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata:\n  a: one\n  a: two\n",
    );
    let said: Vec<(Severity, u32)> = resolved
        .diagnostics
        .iter()
        .map(|diagnostic| (diagnostic.severity, diagnostic.span.start.line))
        .collect();
    assert_eq!(said, [(Severity::Info, 2), (Severity::Warning, 5)]);
    assert_eq!(
        resolved.counts.not_modelled[&("v1".to_owned(), "ConfigMap".to_owned())],
        1
    );
}

#[test]
fn hand_written_endpoints_take_effect_in_a_namespace_that_is_not_written() {
    let text = "
        apiVersion: v1
        kind: Service
        metadata: {name: ext, namespace: dev}
        spec: {ports: [{port: 80}]}
        ---
        apiVersion: v1
        kind: Endpoints
        metadata: {name: ext, namespace: dev}
        subsets: [{addresses: [{ip: 100.100.100.31}], ports: [{port: 8888}]}]
    ";
    let resolved = resolved(text);
    assert_eq!(endpoints(&resolved, "dev", "ext"), ["100.100.100.31:8888"]);
    assert!(resolved.cluster.namespaces.contains_key("dev"));
}

#[test]
fn a_live_dump_is_used_as_it_is() {
    let text = r#"{"apiVersion": "v1", "kind": "List", "items": [
        {"apiVersion": "v1", "kind": "Service",
         "metadata": {"name": "kubernetes", "namespace": "default", "uid": "a", "resourceVersion": "1"},
         "spec": {"clusterIP": "10.43.0.1", "clusterIPs": ["10.43.0.1"], "ports": [{"port": 443, "targetPort": 6443, "protocol": "TCP"}]}},
        {"apiVersion": "v1", "kind": "Pod",
         "metadata": {"name": "web", "namespace": "default", "uid": "b", "deletionTimestamp": "2026-01-01T00:00:00Z"},
         "spec": {"nodeName": "worker", "containers": [{"name": "c", "image": "nginx"}]},
         "status": {"phase": "Running", "podIP": "10.42.1.7", "hostIP": "172.16.0.4",
                    "conditions": [{"type": "Ready", "status": "False"}]}}]}"#;
    let resolved = resolved(text);
    let problems: Vec<&Problem> = resolved
        .diagnostics
        .iter()
        .map(|diagnostic| &diagnostic.problem)
        .collect();
    let range = "10.42.0.0/16".to_owned();
    assert_eq!(problems, [&Problem::PodRangeLearnt { range }]);
    let pod = &resolved.cluster.pods[&ObjectName::new("default", "web")];
    let state = (
        pod.addresses().next().map(|address| address.to_string()),
        pod.is_ready(),
        pod.is_terminating(),
    );
    assert_eq!(state, (Some("10.42.1.7".to_owned()), false, true));
    let nodes: Vec<String> = resolved
        .cluster
        .nodes
        .values()
        .map(|node| format!("{} {:?}", node.name(), node.addresses().next()))
        .collect();
    assert_eq!(nodes, ["worker Some(172.16.0.4)"]);
}

#[test]
fn more_replicas_than_are_modelled_are_capped_at_the_number() {
    let text = "
        apiVersion: apps/v1
        kind: ReplicaSet
        metadata: {name: web}
        spec:
          replicas: 1000000000
          selector: {matchLabels: {app: web}}
          template:
            metadata: {labels: {app: web}}
            spec: {containers: [{name: c, image: nginx}]}
    ";
    let resolved = resolved(text);
    let [diagnostic] = resolved.diagnostics.as_slice() else {
        panic!("one, not {:?}", resolved.diagnostics)
    };
    assert_eq!(
        diagnostic.problem,
        Problem::Capped {
            asked: 1_000_000_000,
            shown: 200
        }
    );
    assert_eq!(
        (diagnostic.span.start.line, diagnostic.span.start.column),
        (5, 13)
    );
}

#[test]
fn an_object_that_is_not_modelled_is_refused_as_the_server_refuses_it() {
    let text = "
        apiVersion: v1
        kind: Secret
        metadata: {name: tls}
        type: kubernetes.io/tls
        ---
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: cfg}
        data: {port: 8080}
        ---
        apiVersion: v1
        kind: ServiceAccount
        metadata: {generateName: robot-}
    ";
    let resolved = resolved(text);
    assert_eq!(
        (resolved.counts.rejected, resolved.not_modelled.len()),
        (2, 1)
    );
    let messages: Vec<&str> = resolved
        .diagnostics
        .iter()
        .filter_map(|diagnostic| match &diagnostic.problem {
            Problem::Rejected { message } => Some(message.as_str()),
            _ => None,
        })
        .collect();
    assert_eq!(
        messages[..2],
        [
            "The Secret \"tls\" is invalid: data[tls.crt]: Required value",
            "The Secret \"tls\" is invalid: data[tls.key]: Required value",
        ]
    );
    assert!(
        messages[2].ends_with(
            "json: cannot unmarshal number into Go struct field ConfigMap.data of type string"
        ),
        "{messages:?}"
    );
}
