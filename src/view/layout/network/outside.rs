//! The outside column: the client beside the node it enters; load balancers and other machines below it.

use std::net::IpAddr;

use crate::view::layout::service_lines::{ExternalAddress, external_address};
use crate::view::layout::visible::VisibleObjects;
use crate::view::scene::{Caption, Rect, Scene, SceneText, ShapeId, ShapeRole, TextStyle};
use kubehop_engine::cluster::Cluster;
use kubehop_engine::trace::CLIENT;

use super::NetworkMeasures;

/// A machine outside the cluster.
struct OutsideMachine {
    key: ShapeId,
    name: Caption,
    address: String,
}

/// Adds a card for each machine.
pub(super) fn add(
    scene: &mut Scene,
    cluster: &Cluster,
    visible: &VisibleObjects<'_>,
    measures: &NetworkMeasures,
) {
    let machines = machines(cluster, visible);
    let mut y = top(scene, machines.len(), measures);
    let (x, width) = measures.outside;
    for machine in machines {
        let rect = Rect::new(x, y, width, measures.card);
        let texts = texts(machine.name, &machine.address, measures);
        scene.add(machine.key, ShapeRole::Outside, rect, texts);
        y += measures.card + 18.0;
    }
}

/// The client, the load balancers, and every other machine that is an endpoint or that the packet touches.
fn machines(cluster: &Cluster, visible: &VisibleObjects<'_>) -> Vec<OutsideMachine> {
    let mut machines = vec![OutsideMachine {
        key: ShapeId::Outside(CLIENT),
        name: Caption::OutsideClient,
        address: CLIENT.to_string(),
    }];
    for service in &visible.services {
        if let Some(ExternalAddress::Given(address)) = external_address(service) {
            machines.push(OutsideMachine {
                key: ShapeId::LoadBalancer(service.id()),
                name: Caption::LoadBalancer,
                address,
            });
        }
    }
    let without_pod = visible
        .endpoints
        .iter()
        .filter(|endpoint| endpoint.pod.is_none())
        .map(|endpoint| endpoint.address.ip());
    for address in without_pod.chain(visible.outside.iter().copied()) {
        let key = ShapeId::Outside(address);
        let is_known = machines.iter().any(|machine| machine.key == key);
        if !is_known && !is_node_address(cluster, address) {
            machines.push(OutsideMachine {
                key,
                name: Caption::OutsideMachine,
                address: address.to_string(),
            });
        }
    }
    machines
}

fn is_node_address(cluster: &Cluster, address: IpAddr) -> bool {
    let mut addresses = cluster
        .nodes
        .values()
        .flat_map(kubehop_engine::cluster::object::Node::addresses);
    addresses.any(|own| own == address)
}

/// The top edge of the first card: the cards are level with the port that the packet comes in by, if there is one.
fn top(scene: &Scene, machines: usize, measures: &NetworkMeasures) -> f32 {
    let find = |role: ShapeRole| scene.shapes.iter().find(|shape| shape.role == role);
    let mut nodes = scene.shapes.iter().filter(|shape| shape.role.is_node());
    let first_node = nodes.next().map_or(measures.top, |node| node.rect.y);
    let Some(entry) = find(ShapeRole::Entry) else {
        return first_node + 20.0;
    };
    let above = if machines > 1 {
        measures.card + 16.0
    } else {
        measures.card / 2.0 + 36.0
    };
    (entry.rect.centre().y - above).max(first_node)
}

fn texts(name: Caption, address: &str, measures: &NetworkMeasures) -> Vec<SceneText> {
    let width = measures.outside.1;
    if measures.is_wide() {
        let address = TextStyle::Address.fit(address, width - 18.0);
        vec![
            SceneText::caption(14.0, 26.0, TextStyle::Title, name),
            SceneText::plain(14.0, 46.0, TextStyle::Address, address),
        ]
    } else {
        // The words for a client outside are as wide as the narrowest card.
        let inset = if width < 90.0 { 4.0 } else { 6.0 };
        let address = TextStyle::SmallAddress.fit(address, width - 2.0 * inset);
        vec![
            SceneText::caption(inset, 20.0, TextStyle::Name, name),
            SceneText::plain(inset, 36.0, TextStyle::SmallAddress, address),
        ]
    }
}
