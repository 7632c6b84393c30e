//! What belongs to one object in the other parts of the page: shapes, rules, endpoints.

use super::{Model, Pointed};
use crate::view::cross_reference;
use crate::view::page_view::LinksView;
use crate::view::scene::ShapeId;
use kubehop_engine::cluster::Cluster;
use kubehop_engine::cluster::object::{Endpoint, Pod};
use kubehop_engine::names::ObjectName;

impl Model {
    /// Selects an object; one that had no room gets into the picture.
    pub(super) fn select(&mut self, key: Option<ShapeId>) {
        self.selected = key;
        if let Some(key) = &self.selected
            && self.scene.find(key).is_none()
        {
            self.draw();
        }
    }

    pub(super) fn point(&mut self, pointed: Pointed) {
        self.pointed = match pointed {
            Pointed::Nothing => None,
            Pointed::Object(key) => Some(key),
            Pointed::Line(line) => cross_reference::at(&self.network.resolved, line),
        };
    }

    /// What belongs to the object that is pointed at, or else to the selected one.
    pub(super) fn links(&self) -> LinksView {
        let Some(key) = self.pointed.as_ref().or(self.selected.as_ref()) else {
            return LinksView::default();
        };
        LinksView {
            is_selected: self.selected.as_ref() == Some(key),
            ..of(self.network.cluster(), key)
        }
    }
}

/// What belongs to a shape's object.
fn of(cluster: &Cluster, key: &ShapeId) -> LinksView {
    let mut links = LinksView {
        shapes: vec![key.clone()],
        ..LinksView::default()
    };
    match key {
        ShapeId::Service(name) | ShapeId::Slices(name) | ShapeId::LoadBalancer(name) => {
            links.shapes.extend([
                ShapeId::Service(name.clone()),
                ShapeId::Slices(name.clone()),
                ShapeId::LoadBalancer(name.clone()),
            ]);
            for (_, endpoint) in endpoints(cluster).filter(|(service, _)| service == name) {
                links.shapes.extend(pod_of(endpoint).map(ShapeId::Pod));
                links.addresses.extend(addresses(endpoint));
            }
            links.service = Some(ShapeId::Service(name.clone()));
        }
        ShapeId::Endpoint(service, address) => {
            let address = address.ip().to_string();
            let of_service = endpoints(cluster).filter(|(name, _)| name == service);
            for (_, endpoint) in
                of_service.filter(|(_, of)| addresses(of).any(|own| own == address))
            {
                links.shapes.extend(pod_of(endpoint).map(ShapeId::Pod));
            }
            links.addresses.push(address);
        }
        ShapeId::Pod(name) | ShapeId::Gate(name, _) => {
            for (service, endpoint) in endpoints(cluster) {
                if pod_of(endpoint).as_ref() == Some(name) {
                    links.shapes.push(ShapeId::Service(service));
                }
            }
            let pod = cluster.pod(name);
            let own = pod.into_iter().flat_map(Pod::addresses);
            links
                .addresses
                .extend(own.map(|address| address.to_string()));
        }
        ShapeId::Node(name)
        | ShapeId::Rules(name)
        | ShapeId::Entry(name)
        | ShapeId::Process(name) => {
            links.shapes.push(ShapeId::Node(name.clone()));
            links.shapes.push(ShapeId::Rules(name.clone()));
            links.node = Some(name.clone());
        }
        ShapeId::Client
        | ShapeId::Outside(_)
        | ShapeId::More(_)
        | ShapeId::MoreServices
        | ShapeId::MoreNodes => {}
    }
    links
}

/// Every endpoint with its Service.
fn endpoints(cluster: &Cluster) -> impl Iterator<Item = (ObjectName, &Endpoint)> {
    cluster.slices.values().flat_map(|slice| {
        let service = slice.service();
        let endpoints = slice.endpoints.iter();
        endpoints.filter_map(move |endpoint| Some((service.clone()?, endpoint)))
    })
}

fn pod_of(endpoint: &Endpoint) -> Option<ObjectName> {
    let target = endpoint.target_ref.as_ref()?;
    (target.kind == "Pod").then(|| target.id())
}

fn addresses(endpoint: &Endpoint) -> impl Iterator<Item = String> {
    endpoint.addresses.iter().map(ToString::to_string)
}
