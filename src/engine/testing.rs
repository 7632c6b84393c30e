//! Fixtures for unit tests: clusters and addresses from literal text.
//!
//! Manifests are raw strings, indented like the code around them; the common indentation is removed.

use std::fmt::Debug;
use std::str::FromStr;

use serde::de::DeserializeOwned;

use super::cluster::{Cluster, Config};
use super::kinds::Kind;
use super::manifest::deserializer::from_node;
use super::manifest::reader::read;
use super::manifest::tree::YamlValue;
use super::manifest::{Object, Source};
use super::names::{DEFAULT_NAMESPACE, ObjectName};
use super::resolve::{Resolved, resolve};

/// A Service `web`, and the Deployment `web` of the two pods that it selects.
pub const WEB: &str = "\
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {selector: {app: web}, ports: [{port: 80}]}
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

/// Pods `web` and `db`, and a Service `db` of the second one.
pub const WEB_AND_DB: &str = "\
apiVersion: v1
kind: Pod
metadata: {name: web, labels: {app: web}}
spec: {containers: [{name: web, image: web, ports: [{containerPort: 80}]}]}
---
apiVersion: v1
kind: Pod
metadata: {name: db, labels: {app: db}}
spec: {containers: [{name: db, image: db, ports: [{containerPort: 80}]}]}
---
apiVersion: v1
kind: Service
metadata: {name: db}
spec: {clusterIP: 10.96.0.50, selector: {app: db}, ports: [{port: 80}]}
";

/// A pod `web` that listens on port 8080, and its Service on port 80.
pub const WEB_POD: &str = "\
apiVersion: v1
kind: Service
metadata: {name: web}
spec:
  selector: {app: web}
  ports: [{port: 80, targetPort: 8080}]
---
apiVersion: v1
kind: Pod
metadata: {name: web, labels: {app: web}}
spec: {containers: [{name: web, image: nginx, ports: [{containerPort: 8080}]}]}
";

/// A Service `web` with a spec, and its one endpoint 10.244.1.3:8080, as kube-proxy reads them.
pub fn service_with_endpoint(spec: &serde_json::Value) -> Cluster {
    cluster_of(&format!(
        "
        apiVersion: v1
        kind: Service
        metadata: {{name: web}}
        spec: {spec}
        status: {{loadBalancer: {{ingress: [{{ip: 198.51.100.10}}]}}}}
        ---
        apiVersion: discovery.k8s.io/v1
        kind: EndpointSlice
        metadata: {{name: web-1, labels: {{kubernetes.io/service-name: web}}}}
        ports: [{{port: 8080}}]
        endpoints: [{{addresses: [10.244.1.3]}}]
        "
    ))
}

/// A literal in its textual form: `address("10.0.0.1")`, `address("10.0.0.1:80")`.
pub fn address<T: FromStr<Err: Debug>>(text: &str) -> T {
    text.parse().expect("a literal address")
}

/// A literal range: `range("10.0.0.0/8")`.
pub fn range<T: FromStr<Err: Debug>>(text: &str) -> T {
    text.parse().expect("a literal range")
}

/// A typed value out of YAML: `object::<Service>("spec: {clusterIP: 10.96.0.7}")`.
pub fn object<T: DeserializeOwned>(yaml: &str) -> T {
    from_node(&read(&dedent(yaml)).expect("literal YAML").tree).expect("a literal object")
}

/// Resolves manifests with the default configuration: admission, then the controllers.
pub fn resolved(manifests: &str) -> Resolved {
    resolve(&Source::read(&dedent(manifests)), &Config::default())
}

/// Exactly the objects of the manifests, without admission, controllers or system objects.
///
/// A missing namespace is `default`, which exists. Defaults are not filled in.
pub fn cluster_of(manifests: &str) -> Cluster {
    let mut cluster = Cluster::default();
    for written in Source::read(&dedent(manifests)).objects() {
        insert(&mut cluster, written.object);
    }
    cluster
}

fn insert(cluster: &mut Cluster, object: &Object) {
    let mut tree = object.tree.clone();
    let namespace = if object.namespace.is_empty() {
        DEFAULT_NAMESPACE
    } else {
        &object.namespace
    };
    if let Some(metadata) = tree.get_mut("metadata") {
        metadata.set("namespace", YamlValue::String(namespace.into()));
    }
    let name = ObjectName::new(namespace, object.name.as_str());
    cluster.ensure_namespace(&name.namespace);
    let kind = Kind::named(&object.api_version, &object.kind);
    let kind = kind.unwrap_or_else(|| panic!("no kind {} {}", object.api_version, object.kind));
    (kind.spec().add_to_cluster)(cluster, name, &tree);
}

/// Removes the indentation that all lines share, and leading and trailing blank lines.
pub fn dedent(text: &str) -> String {
    let indent = text
        .lines()
        .filter(|line| !line.trim().is_empty())
        .map(|line| line.len() - line.trim_start().len())
        .min()
        .unwrap_or(0);
    let lines: Vec<&str> = text
        .lines()
        .map(|line| line.get(indent..).unwrap_or_default())
        .collect();
    format!("{}\n", lines.join("\n").trim_matches('\n'))
}

#[test]
fn indentation_shared_by_all_lines_is_removed() {
    let text = "
        a:
          b: 1

        c: 2
    ";
    assert_eq!(dedent(text), "a:\n  b: 1\n\nc: 2\n");
}
