//! The Concept view's card of who calls, and the gate for what leaves it.

use crate::view::scene::{
    Caption, GateSide, Rect, Scene, SceneText, ShapeId, ShapeRole, TextStyle,
};
use kubehop_engine::cluster::Cluster;
use kubehop_engine::trace::{CLIENT, Origin};

use super::concept::address_style;
use super::concept_columns::ConceptColumn;
use super::{LayoutInput, gates};

/// The client; a pod that is also an endpoint is in the picture twice.
pub(super) fn add(
    scene: &mut Scene,
    cluster: &Cluster,
    input: LayoutInput<'_>,
    column: ConceptColumn,
    middle: f32,
) {
    let ConceptColumn { left, width } = column;
    let outside = Origin::Outside(CLIENT);
    let origin = input
        .trace
        .map_or(input.from.unwrap_or(&outside), |trace| &trace.request.from);
    let (role, name, address) = match origin {
        Origin::Pod(name) => {
            let pod = cluster.pods.get(name);
            let address = pod.and_then(|pod| pod.addresses().next());
            (ShapeRole::PodReady, Some(name.name.as_str()), address)
        }
        Origin::Node(name) => {
            let node = cluster.nodes.get(name.as_str());
            let address = node.and_then(|node| node.addresses().next());
            (ShapeRole::Node, Some(name.as_str()), address)
        }
        Origin::Outside(address) => (ShapeRole::Outside, None, Some(*address)),
    };
    let name = match name {
        // Hangul is wider in some typefaces than in others.
        None if width < 120.0 => {
            SceneText::caption(14.0, 26.0, TextStyle::Name, Caption::OutsideClient)
        }
        None => SceneText::caption(14.0, 26.0, TextStyle::Title, Caption::OutsideClient),
        Some(name) => {
            let name = TextStyle::Title.fit(name, width - 24.0);
            SceneText::plain(14.0, 26.0, TextStyle::Title, name)
        }
    };
    let style = address_style(width);
    let address = address.map(|address| address.to_string());
    let address = style.fit(&address.unwrap_or_default(), width - 20.0);
    let texts = vec![name, SceneText::plain(14.0, 46.0, style, address)];
    let rect = Rect::new(left, middle - 32.0, width, 64.0);
    scene.add(ShapeId::Client, role, rect, texts);
}

/// The gate for egress of a client that is an isolated pod.
pub(super) fn add_gate(scene: &mut Scene, cluster: &Cluster, input: LayoutInput<'_>) {
    let Some(Origin::Pod(name)) = input.trace.map(|trace| &trace.request.from) else {
        return;
    };
    let client = scene.shape(&ShapeId::Client).map(|shape| shape.rect);
    if let (Some(pod), Some(rect)) = (cluster.pods.get(name), client) {
        let gates = gates::of(pod, input, GateSide::Egress);
        gates::add(scene, pod, rect, gates.as_slice(), input);
    }
}
