//! The Network view: outside machines left of the border; nodes with their kube-proxy and pods right of it; Services as
//! virtual cards above the nodes, because no packet ever passes through one.

mod nodes;
mod outside;
mod services;

use crate::view::scene::{Caption, Rect, Scene, SceneText, TextStyle, View};
use kubehop_engine::cluster::Cluster;

use super::LayoutInput;
use super::visible::VisibleObjects;

/// The measures of the picture, in user units.
struct NetworkMeasures {
    /// The width of the picture.
    width: f32,
    /// Left edge and width of the outside column.
    outside: (f32, f32),
    /// The height of an outside card.
    card: f32,
    /// The x of the border between outside and cluster; `None` in the narrow picture.
    border: Option<f32>,
    /// Left edge and width of the cluster.
    cluster: (f32, f32),
    /// Left edge and width of the Service cards.
    services: (f32, f32),
    /// The top edge of the first Service.
    top: f32,
    /// The distance between two boxes.
    gap: f32,
    /// kube-proxy's card in its node.
    rules: Rect,
    /// How far kube-proxy's card is moved to the right of an entry badge or a process.
    shift: f32,
    /// The first pod in its node.
    pod: Rect,
    /// The first pod in a node whose rules are not shown.
    pod_alone: Rect,
    /// The distance from one pod's top edge to the next one's.
    step: f32,
    /// The least height of a node.
    node: f32,
    /// The least height of a node whose rules decide about the packet.
    deciding: f32,
}

const WIDE: NetworkMeasures = NetworkMeasures {
    width: 712.0,
    outside: (22.0, 132.0),
    card: 64.0,
    border: Some(176.0),
    cluster: (216.0, 474.0),
    services: (216.0, 474.0),
    top: 44.0,
    gap: 18.0,
    rules: Rect {
        x: 16.0,
        y: 42.0,
        w: 120.0,
        h: 100.0,
    },
    shift: 68.0,
    pod: Rect {
        x: 228.0,
        y: 42.0,
        w: 226.0,
        h: 46.0,
    },
    pod_alone: Rect {
        x: 228.0,
        y: 42.0,
        w: 226.0,
        h: 46.0,
    },
    step: 56.0,
    node: 112.0,
    deciding: 160.0,
};

const NARROW: NetworkMeasures = NetworkMeasures {
    width: 390.0,
    outside: (8.0, 98.0),
    card: 46.0,
    border: None,
    cluster: (122.0, 258.0),
    services: (10.0, 370.0),
    top: 8.0,
    gap: 12.0,
    rules: Rect {
        x: 10.0,
        y: 28.0,
        w: 86.0,
        h: 46.0,
    },
    shift: 58.0,
    pod: Rect {
        x: 162.0,
        y: 40.0,
        w: 88.0,
        h: 24.0,
    },
    pod_alone: Rect {
        x: 104.0,
        y: 30.0,
        w: 144.0,
        h: 24.0,
    },
    step: 30.0,
    node: 44.0,
    deciding: 90.0,
};

impl NetworkMeasures {
    fn is_wide(&self) -> bool {
        self.border.is_some()
    }
}

/// Lays out Services, nodes and outside machines.
pub(super) fn layout(
    cluster: &Cluster,
    visible: &VisibleObjects<'_>,
    input: LayoutInput<'_>,
) -> Scene {
    let measures = if input.is_narrow() { &NARROW } else { &WIDE };
    let mut scene = Scene::empty(View::Network);
    let bottom = services::add(&mut scene, visible, measures);
    let bottom = nodes::add(&mut scene, cluster, visible, input, measures, bottom);
    outside::add(&mut scene, cluster, visible, measures);
    if measures.is_wide() {
        let column = |x, caption| SceneText::caption(x, 26.0, TextStyle::Column, caption);
        scene.captions = vec![
            column(22.0, Caption::Outside),
            column(196.0, Caption::Cluster),
        ];
    }
    let lowest = scene
        .shapes
        .iter()
        .map(|shape| shape.rect.bottom())
        .fold(bottom, f32::max);
    scene.border = measures.border;
    scene.lane = measures.cluster.0 + measures.pod_alone.x - 14.0;
    scene.size = (measures.width, lowest + 14.0);
    scene
}
