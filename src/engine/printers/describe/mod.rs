//! `kubectl describe`, one file for each family of kinds (`kubectl/pkg/describe/describe.go`).
//!
//! A describer reads the object and the objects related to it: a Service's slices, a node's pods, the events about it.
//! Load balancers write events about Services; others come with the text.

mod autoscaler;
pub(crate) mod batch;
mod conditions;
mod configuration;
mod container;
pub(crate) mod endpoints;
mod events;
pub(crate) mod generic;
pub(crate) mod ingress;
pub(crate) mod namespace;
pub(crate) mod network_policy;
pub(crate) mod node;
pub(crate) mod other;
pub(crate) mod pod;
mod pod_spec;
mod probe;
mod quota;
mod rbac;
pub(crate) mod service;
pub(crate) mod volume_claim;
mod volume_sources;
mod volumes;
pub(crate) mod workloads;

use smol_str::SmolStr;

use super::age::Timestamp;
use super::fields::{at, controller, label_line, labels, text};
use super::store::{Item, ObjectStore};
use super::table::Page;
use crate::labels::Labels;
use crate::manifest::tree::Yaml;

/// What a describer may look at beside its object.
#[derive(Clone, Copy)]
pub struct DescribeContext<'a> {
    /// All objects.
    pub store: &'a ObjectStore,
    /// What counts as now.
    pub now: Timestamp,
    /// Whether pages end with the events of their objects (`--show-events`).
    pub shows_events: bool,
}

/// Annotations longer than this are put below their name (`maxAnnotationLen`).
const LONGEST_ANNOTATION: usize = 140;

/// The annotation that only repeats the manifest.
const LAST_APPLIED: &str = "kubectl.kubernetes.io/last-applied-configuration";

/// A page that ends with the events of its object.
pub(crate) fn page(item: &Item, context: DescribeContext, write: impl FnOnce(&mut Page)) -> String {
    let mut page = Page::default();
    write(&mut page);
    if context.shows_events {
        events::events(&mut page, item, context);
    }
    page.finish()
}

/// The page of an object whose kind is not modelled. Of kinds that kubectl has no page for, all fields are printed.
pub(crate) fn of_unmodelled(item: &Item, context: DescribeContext) -> String {
    let object = &*item.tree;
    match item.resource.kind {
        "ClusterRole" | "Role" => rbac::role(object),
        "ClusterRoleBinding" | "RoleBinding" => rbac::binding(object),
        "ConfigMap" => page(item, context, |page| {
            configuration::config_map(page, object);
        }),
        "HorizontalPodAutoscaler" => {
            page(item, context, |page| autoscaler::autoscaler(page, object))
        }
        "IPAddress" => page(item, context, |page| other::ip_address(page, object)),
        "LimitRange" => quota::limit_range(object),
        "PersistentVolumeClaim" => page(item, context, |page| other::claim(page, object, context)),
        "PodDisruptionBudget" => page(item, context, |page| other::disruption_budget(page, object)),
        "PriorityClass" => page(item, context, |page| other::priority_class(page, object)),
        "ResourceQuota" => quota::resource_quota(object),
        "Secret" => configuration::secret(object),
        "ServiceAccount" => page(item, context, |page| {
            configuration::service_account(page, object, context);
        }),
        "ServiceCIDR" => page(item, context, |page| other::service_cidr(page, object)),
        "StorageClass" => page(item, context, |page| other::storage_class(page, object)),
        "VolumeAttributesClass" => page(item, context, |page| {
            other::volume_attributes_class(page, object);
        }),
        _ => page(item, context, |page| generic::any(page, object)),
    }
}

/// Name, namespace, labels and annotations, as most describers begin.
fn head(page: &mut Page, object: &Yaml) {
    name(page, object);
    metadata(page, object);
}

fn name(page: &mut Page, object: &Yaml) {
    page.field("Name", text(object, "metadata.name"));
    page.field("Namespace", text(object, "metadata.namespace"));
}

fn metadata(page: &mut Page, object: &Yaml) {
    page.list("Labels", &pairs(&labels(object, "metadata.labels")));
    annotations(page, "Annotations", object);
}

fn pairs(labels: &Labels) -> Vec<String> {
    labels
        .iter()
        .map(|(key, value)| format!("{key}={value}"))
        .collect()
}

/// The annotations below each other, long ones below their names.
fn annotations(page: &mut Page, title: &str, object: &Yaml) {
    let mut annotations = labels(object, "metadata.annotations");
    annotations.remove(LAST_APPLIED);
    let lines: Vec<String> = annotations.iter().flat_map(annotation).collect();
    page.list(title, &lines);
}

fn annotation((key, value): (&SmolStr, &SmolStr)) -> Vec<String> {
    let value = value.strip_suffix('\n').unwrap_or(value);
    if key.len() + value.len() + 2 <= LONGEST_ANNOTATION && !value.contains('\n') {
        return vec![format!("{key}: {value}")];
    }
    let below = value
        .split('\n')
        .map(|line| format!("  {}", shortened(line)));
    [format!("{key}:")].into_iter().chain(below).collect()
}

fn shortened(line: &str) -> String {
    let most = LONGEST_ANNOTATION - 2;
    if line.len() <= most {
        return line.to_owned();
    }
    let end = (0..=most)
        .rev()
        .find(|&place| line.is_char_boundary(place))
        .unwrap_or(0);
    format!("{}...", &line[..end])
}

fn controlled_by(page: &mut Page, object: &Yaml) {
    if let Some(owner) = controller(object) {
        page.field(
            "Controlled By",
            format!("{}/{}", text(owner, "kind"), text(owner, "name")),
        );
    }
}

fn label_field(page: &mut Page, title: &str, object: &Yaml, path: &str) {
    page.field(title, label_line(&labels(object, path)));
}

/// `True`, `False`, or `<unset>`.
fn truth(object: &Yaml, path: &str) -> &'static str {
    match at(object, path).map(|_| super::fields::is_true(object, path)) {
        None => "<unset>",
        Some(true) => "True",
        Some(false) => "False",
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::api_resources::of_kind;
    use crate::kinds::page_of;
    use crate::names::ObjectName;
    use crate::printers::store::Item;

    /// What is said of the first of some objects written as JSON, at the beginning of 1970.
    pub(super) fn described(objects: &[&str]) -> String {
        let read = |json: &&str| {
            let tree = Yaml::from(
                serde_json::from_str::<serde_json::Value>(json).expect("the test writes JSON"),
            );
            let name = ObjectName::new(
                text(&tree, "metadata.namespace"),
                text(&tree, "metadata.name"),
            );
            let resource = of_kind(text(&tree, "kind")).expect("a kind of the table");
            Item {
                resource,
                name,
                tree: Arc::new(tree),
            }
        };
        let items: Vec<Item> = objects.iter().map(read).collect();
        let store = ObjectStore::new(
            items
                .iter()
                .map(|it| (it.resource.kind, it.name.clone(), Arc::clone(&it.tree))),
        );
        page_of(
            &items[0],
            DescribeContext {
                store: &store,
                now: Timestamp(0),
                shows_events: true,
            },
        )
    }

    #[test]
    fn a_long_annotation_is_put_below_its_name_and_cut() {
        let lines = annotation((&"a".into(), &"x".repeat(150).into()));
        assert_eq!(
            lines,
            ["a:".to_owned(), format!("  {}...", "x".repeat(138))]
        );
    }

    #[test]
    fn every_kind_describes_an_empty_object() {
        for resource in crate::api_resources::RESOURCES {
            let said = described(&[&format!(r#"{{"kind": "{}"}}"#, resource.kind)]);
            assert!(said.starts_with("Name:"), "{}: {said}", resource.kind);
        }
    }
}
