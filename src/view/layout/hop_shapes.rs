//! Which shapes of a picture can show a hop.

use crate::view::scene::{ShapeId, View};
use kubehop_engine::trace::{Device, Hop};

/// The shapes that can show a hop, the best first.
pub(super) fn candidates(hop: &Hop, view: View) -> Vec<ShapeId> {
    match view {
        View::Network => network_candidates(hop),
        View::Concept => concept_candidates(hop),
    }
}

/// The shapes that can show a hop in the Network view, the best first.
fn network_candidates(hop: &Hop) -> Vec<ShapeId> {
    match &hop.device {
        Device::Node(node) if hop.at_client => {
            vec![
                ShapeId::Process(node.clone()),
                ShapeId::Node(node.clone()),
                ShapeId::MoreNodes,
            ]
        }
        device => device_candidates(device),
    }
}

/// The shapes that can show a hop in the Concept view, the best first.
fn concept_candidates(hop: &Hop) -> Vec<ShapeId> {
    if hop.at_client {
        return vec![ShapeId::Client];
    }
    let chosen = hop.choices.iter().find(|choice| choice.chosen);
    match (&hop.device, hop.service.clone()) {
        (Device::Rules(_), Some(service)) => {
            let row = chosen.map(|choice| ShapeId::Endpoint(service.clone(), choice.endpoint));
            row.into_iter().chain([ShapeId::Service(service)]).collect()
        }
        (Device::Node(_) | Device::LoadBalancer(_), Some(service)) => {
            vec![ShapeId::Service(service)]
        }
        (device, _) => device_candidates(device),
    }
}

fn device_candidates(device: &Device) -> Vec<ShapeId> {
    match device {
        Device::Outside(address) => vec![ShapeId::Outside(*address)],
        Device::LoadBalancer(service) => vec![ShapeId::LoadBalancer(service.clone())],
        Device::Node(node) => vec![
            ShapeId::Entry(node.clone()),
            ShapeId::Node(node.clone()),
            ShapeId::MoreNodes,
        ],
        Device::Rules(node) => vec![
            ShapeId::Rules(node.clone()),
            ShapeId::Node(node.clone()),
            ShapeId::MoreNodes,
        ],
        Device::Pod(pod) | Device::PodInterface(pod) => vec![ShapeId::Pod(pod.clone())],
    }
}
