//! Fixtures for unit tests: clusters and addresses from literal text.
//!
//! Manifests are raw strings, indented like the code around them; the common indentation is removed.

use std::fmt::Debug;
use std::str::FromStr;
use std::sync::Arc;

use serde::de::DeserializeOwned;

use super::cluster::{Cluster, Config};
use super::manifest::de::from_node;
use super::manifest::reader::read;
use super::manifest::tree::{Yaml, YamlValue};
use super::manifest::{Object, Source};
use super::names::{DEFAULT_NAMESPACE, ObjectName};
use super::resolve::{Resolved, resolve};

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
    typed(&read(&dedent(yaml)).expect("literal YAML").tree)
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
    match object.kind.as_str() {
        "Service" => drop(cluster.services.insert(name, typed(&tree))),
        "EndpointSlice" => drop(cluster.slices.insert(name, typed(&tree))),
        "Endpoints" => drop(cluster.endpoints.insert(name, typed(&tree))),
        "Ingress" => drop(cluster.ingresses.insert(name, typed(&tree))),
        "IngressClass" => drop(cluster.ingress_classes.insert(name.name, typed(&tree))),
        "Node" => drop(cluster.nodes.insert(name.name, typed(&tree))),
        "NetworkPolicy" => {
            let policy = Arc::new(typed(&tree));
            cluster.network_policies.insert(name, policy);
        }
        "Pod" => drop(cluster.pods.insert(name, Arc::new(typed(&tree)))),
        other => panic!("no fixture of kind {other}"),
    }
}

fn typed<T: DeserializeOwned>(tree: &Yaml) -> T {
    from_node(tree).expect("a literal object")
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
