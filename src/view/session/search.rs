//! The search: every Service, pod and node, by words, kind, namespace and whether it is on the path.

use super::Model;
use crate::simulation::suggestions::of_service;
use crate::view::i18n::Catalogue;
use crate::view::page_text::PageSentence;
use crate::view::page_view::{FoundKind, FoundView, SearchPanel, SearchView};
use crate::view::scene::ShapeId;
use kubehop_engine::cluster::object::{Metadata, Pod};
use kubehop_engine::sort;
use kubehop_engine::trace::{Device, Origin};

/// The most objects that are listed.
const LISTED: usize = 200;

/// An object that may be found.
struct Candidate {
    view: FoundView,
    namespace: String,
    /// What the words are looked for in, in lower case.
    words: String,
}

impl Model {
    pub(super) fn search_view(&self, panel: &SearchPanel, words: &Catalogue) -> SearchView {
        let cluster = self.network.cluster();
        let mut found = self.candidates();
        let wanted = panel.text.to_lowercase();
        found.retain(|candidate| {
            let of_kind = panel.kind.is_none_or(|kind| kind == candidate.view.kind);
            let of_namespace = panel.namespace.is_empty() || panel.namespace == candidate.namespace;
            let mut wanted = wanted.split_whitespace();
            let on_path = !panel.on_path || candidate.view.is_on_path;
            of_kind && of_namespace && on_path && wanted.all(|word| candidate.words.contains(word))
        });
        let count = found.len();
        let mut found: Vec<FoundView> = found.into_iter().map(|candidate| candidate.view).collect();
        head_groups(&mut found);
        found.truncate(LISTED);
        let namespaces = cluster.namespaces.keys().map(ToString::to_string);
        SearchView {
            panel: panel.clone(),
            found,
            count: words.format(&PageSentence::Found { count }).text,
            more: (count > LISTED).then(|| {
                let count = count - LISTED;
                words.format(&PageSentence::MoreFound { count }).text
            }),
            namespaces: namespaces.collect(),
        }
    }

    /// Everything, the called Service and what is on the path first; pods by their owners.
    fn candidates(&self) -> Vec<Candidate> {
        let cluster = self.network.cluster();
        let mut services: Vec<Candidate> = Vec::new();
        for service in cluster.services.values() {
            let key = ShapeId::Service(service.id());
            let mut found = self.candidate(FoundKind::Service, key, &service.metadata);
            found.add(service.addresses().next().map(|ip| ip.to_string()));
            found.view.target = of_service(cluster, service).into_iter().next();
            services.push(found);
        }
        let mut pods: Vec<Candidate> = cluster.each_pod().map(|pod| self.pod(pod)).collect();
        sort::sort_by_key(&mut pods, |found| {
            (found.view.group.clone(), found.view.name.clone())
        });
        let mut all = services;
        sort::sort_by_key(&mut all, |found| !found.view.is_on_path);
        all.extend(pods);
        for node in cluster.nodes.values() {
            let key = ShapeId::Node(node.name().to_owned());
            let mut found = self.candidate(FoundKind::Node, key, &node.metadata);
            found.add(node.addresses().next().map(|ip| ip.to_string()));
            all.push(found);
        }
        all
    }

    fn pod(&self, pod: &Pod) -> Candidate {
        let id = pod.id();
        let mut found = self.candidate(FoundKind::Pod, ShapeId::Pod(id.clone()), &pod.metadata);
        let owner = self.network.resolved.workload_of(&id);
        let owner = owner.map(|owner| format!("{} {}", owner.kind.name(), owner.name));
        found.add(pod.addresses().next().map(|ip| ip.to_string()));
        found.add(Some(pod.spec.node_name.to_string()));
        if let Some(owner) = &owner {
            found.words.push_str(&format!(" {}", owner.to_lowercase()));
        }
        found.view.group = owner;
        found
    }

    fn candidate(&self, kind: FoundKind, key: ShapeId, metadata: &Metadata) -> Candidate {
        let id = metadata.id();
        let name = if metadata.namespace.is_empty() {
            metadata.name.to_string()
        } else {
            id.to_string()
        };
        let mut words = format!("{}/{}", metadata.namespace, metadata.name);
        for (label, value) in metadata.labels.iter() {
            words.push_str(&format!(" {label}={value}"));
        }
        Candidate {
            view: FoundView {
                is_on_path: self.is_on_path(&key),
                key,
                kind,
                name,
                detail: String::new(),
                group: None,
                group_size: 0,
                target: None,
            },
            namespace: metadata.namespace.to_string(),
            words: words.to_lowercase(),
        }
    }

    /// Whether the shown connection goes there.
    fn is_on_path(&self, key: &ShapeId) -> bool {
        let Some(trace) = &self.trace else {
            return false;
        };
        let mut devices = trace.hops.iter().map(|hop| &hop.device);
        match key {
            ShapeId::Service(name) => trace.service.as_ref() == Some(name),
            ShapeId::Pod(name) => {
                trace.request.from == Origin::Pod(name.clone())
                    || devices.any(|device| *device == Device::Pod(name.clone()))
            }
            ShapeId::Node(name) => devices.any(|device| device.node() == Some(name.as_str())),
            _ => false,
        }
    }
}

impl Candidate {
    /// More about it, which is shown and searched.
    fn add(&mut self, detail: Option<String>) {
        let Some(detail) = detail.filter(|detail| !detail.is_empty()) else {
            return;
        };
        self.words.push_str(&format!(" {}", detail.to_lowercase()));
        if !self.view.detail.is_empty() {
            self.view.detail.push_str(" · ");
        }
        self.view.detail.push_str(&detail);
    }
}

/// Sets at the first pod of each owner how many of its pods were found.
fn head_groups(found: &mut [FoundView]) {
    let mut start = 0;
    while start < found.len() {
        let group = found[start].group.clone();
        let of_group = found[start..].iter().take_while(|next| next.group == group);
        let size = of_group.count();
        if group.is_some() {
            found[start].group_size = size;
        }
        start += size;
    }
}
