//! The Gateways and HTTPRoutes that do what the Ingresses of a text do, and one request through both.
//!
//! Each class and namespace gets a Gateway with a listener for every host, so that the most specific host alone decides,
//! as an Ingress controller has it. What an annotation of ingress-nginx does is converted where the Gateway API's
//! standard channel has the same; everything else is named in a comment.

mod annotations;
mod both;
mod listeners;
mod paths;
mod redirects;
mod routes;
mod rules;

use std::collections::BTreeMap;

use kubehop_engine::cluster::Cluster;
use kubehop_engine::cluster::object::Ingress;
use kubehop_engine::console::kubectl::as_yaml;
use kubehop_engine::l7::INGRESS_NGINX;
use kubehop_engine::names::ObjectName;
use serde_json::{Value, json};

pub(crate) use both::{Both, both};

/// The label of the note that the manifests were added to the text.
pub(crate) const ADDED: &str = "both-added";

/// The class that Ingresses without one get, as a name for their Gateway.
const NO_CLASS: &str = "gateway";

/// An object to write, and the notes in comments above it.
struct Draft {
    notes: Vec<String>,
    object: Value,
}

/// Ingresses of one class in one namespace.
struct IngressGroup<'a> {
    cluster: &'a Cluster,
    namespace: &'a str,
    class: String,
    /// In the order of their names.
    ingresses: Vec<&'a Ingress>,
}

/// The manifests of the Gateways and routes; `None` if there is no Ingress. The class of the Gateways has the name of the
/// Ingresses' class if none is given.
pub(crate) fn manifests(cluster: &Cluster, class: Option<&str>) -> Option<String> {
    if cluster.ingresses.is_empty() {
        return None;
    }
    let mut cluster = cluster.clone();
    let notes = forget_unread_annotations(&mut cluster);
    let mut drafts: Vec<Draft> = Vec::new();
    for group in groups(&cluster) {
        drafts.extend(convert(&group, class.unwrap_or(&group.class)));
    }
    if let Some(first) = drafts.first_mut() {
        first.notes.splice(0..0, notes);
    }
    let documents = drafts.iter().map(Draft::text);
    Some(documents.collect::<Vec<_>>().join("---\n"))
}

/// Removes annotations of ingress-nginx from Ingresses that another controller serves. Returns the notes about them.
fn forget_unread_annotations(cluster: &mut Cluster) -> Vec<String> {
    let mut unread: Vec<(ObjectName, String)> = Vec::new();
    for (name, ingress) in &cluster.ingresses {
        let class = cluster
            .class_of(ingress)
            .and_then(|class| cluster.ingress_classes.get(class));
        let controller = class.map(|class| class.spec.controller.as_str());
        if let Some(controller) = controller.filter(|own| *own != INGRESS_NGINX) {
            unread.push((name.clone(), controller.to_owned()));
        }
    }
    let mut notes: Vec<String> = Vec::new();
    for (name, controller) in unread {
        if let Some(ingress) = cluster.ingresses.get_mut(&name) {
            for key in annotations::forget(ingress) {
                notes.push(format!(
                    "Not converted, {controller} does not read it: {key} of Ingress {name}."
                ));
            }
        }
    }
    notes
}

/// The Ingresses by namespace and class.
fn groups(cluster: &Cluster) -> Vec<IngressGroup<'_>> {
    let mut groups: BTreeMap<(&str, String), Vec<&Ingress>> = BTreeMap::new();
    for (name, ingress) in &cluster.ingresses {
        let class = cluster.class_of(ingress).unwrap_or(NO_CLASS).to_owned();
        let members = groups.entry((name.namespace.as_str(), class)).or_default();
        members.push(ingress);
    }
    let groups = groups.into_iter();
    groups
        .map(|((namespace, class), ingresses)| IngressGroup {
            cluster,
            namespace,
            class,
            ingresses,
        })
        .collect()
}

/// The Gateways of a group, then its routes.
fn convert(group: &IngressGroup<'_>, class: &str) -> Vec<Draft> {
    let plan = listeners::plan(group);
    let mut drafts = listeners::gateways(group, class, &plan);
    drafts.extend(routes::routes(group, &plan));
    drafts
}

impl Draft {
    /// An object of the Gateway API.
    fn new(kind: &str, namespace: &str, name: &str, spec: Value) -> Draft {
        Draft {
            notes: Vec::new(),
            object: json!({
                "apiVersion": "gateway.networking.k8s.io/v1",
                "kind": kind,
                "metadata": {"name": name, "namespace": namespace},
                "spec": spec,
            }),
        }
    }

    /// The document, with its notes as comments.
    fn text(&self) -> String {
        let notes = self.notes.iter().map(|note| {
            // An annotation can have a line break in it.
            let note = note.replace(|character: char| character.is_control(), " ");
            format!("# {note}\n")
        });
        notes.collect::<String>() + &as_yaml(&self.object)
    }
}
