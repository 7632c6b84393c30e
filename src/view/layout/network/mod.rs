//! The Network view: outside machines left of the border; nodes with their kube-proxy and pods right of it; Services as
//! virtual cards above the nodes, because no packet ever passes through one.

mod groups;
mod nodes;
mod outside;
mod pills;
mod services;

use crate::view::camera::NARROW_BELOW;
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
    /// The distance from a process to kube-proxy's card.
    lead: f32,
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

/// The widths for which a phone's picture is drawn: a common one, one that still has air between the cards, and the least
/// one that is drawn at all.
const NARROW: f32 = 390.0;
const AIRY: f32 = 360.0;
const NARROWEST: f32 = 320.0;

/// The width at which the wide picture has all the room that it uses; a wider region enlarges it.
const WIDE: f32 = 712.0;

impl NetworkMeasures {
    fn of(input: &LayoutInput<'_>) -> NetworkMeasures {
        if input.is_narrow() && input.width < AIRY {
            NetworkMeasures::narrowest(input.width.max(NARROWEST))
        } else if input.is_narrow() {
            NetworkMeasures::narrow(input.width)
        } else {
            NetworkMeasures::wide(input.width.min(WIDE))
        }
    }

    /// Outside machines beside the nodes, kube-proxy on every node.
    fn wide(width: f32) -> NetworkMeasures {
        // What a region narrower than the whole picture takes from the columns: 1 from the widest, 0 from none.
        let tight = (WIDE - width) / (WIDE - NARROW_BELOW);
        let between = |widest: f32, tightest: f32| widest + (tightest - widest) * tight;
        let outside = (between(22.0, 10.0), between(132.0, 100.0));
        let border = outside.0 + outside.1 + between(22.0, 14.0);
        let left = border + between(40.0, 20.0);
        let cluster = (left, width - left - between(22.0, 10.0));
        let pod_width = between(226.0, 186.0);
        let pod = Rect {
            x: cluster.1 - pod_width - between(20.0, 12.0),
            y: 42.0,
            w: pod_width,
            h: 46.0,
        };
        NetworkMeasures {
            width,
            outside,
            card: 64.0,
            border: Some(border),
            cluster,
            services: cluster,
            top: 44.0,
            gap: 18.0,
            rules: Rect {
                x: 16.0,
                y: 42.0,
                w: between(120.0, 104.0),
                h: 100.0,
            },
            shift: 68.0,
            lead: 16.0,
            pod,
            pod_alone: pod,
            step: 56.0,
            node: 112.0,
            deciding: 160.0,
        }
    }

    /// A phone's picture: Services across, kube-proxy only where it decides, pods of one line.
    fn narrow(width: f32) -> NetworkMeasures {
        // The width of a region is known by steps of a few pixels.
        let width = if width > NARROW - 8.0 {
            width.max(NARROW)
        } else {
            width
        };
        let more = (width - NARROW).max(0.0);
        // A narrower phone takes it from the outside, of which the gap gives half, and from the pods in equal parts.
        let less = (NARROW - width).max(0.0) / 2.0;
        NetworkMeasures {
            width,
            outside: (8.0, 98.0 - less / 2.0),
            card: 46.0,
            border: None,
            cluster: (122.0 - less, 258.0 - less + more),
            services: (10.0, width - 20.0),
            top: 8.0,
            gap: 12.0,
            rules: Rect {
                x: 10.0,
                y: 28.0,
                w: 86.0,
                h: 46.0,
            },
            shift: 58.0,
            lead: 16.0,
            pod: Rect {
                x: 162.0 + more * 0.4,
                y: 40.0,
                w: 88.0 - less + more * 0.6,
                h: 24.0,
            },
            pod_alone: Rect {
                x: 104.0 + more * 0.4,
                y: 30.0,
                w: 144.0 - less + more * 0.6,
                h: 24.0,
            },
            step: 30.0,
            node: 44.0,
            deciding: 90.0,
        }
    }

    /// The narrowest phones' picture: that of [`AIRY`], whose margins and gaps give the room as well.
    fn narrowest(width: f32) -> NetworkMeasures {
        let tight = (AIRY - width) / (AIRY - NARROWEST);
        let between = |most: f32, least: f32| (most + (least - most) * tight).round();
        let airy = NetworkMeasures::narrow(AIRY);
        let left = between(airy.cluster.0, 98.0);
        let cluster = (left, width - left - between(10.0, 4.0));
        let pod_x = between(airy.pod.x, 156.0);
        let alone_x = between(airy.pod_alone.x, 92.0);
        let margin = between(8.0, 6.0);
        NetworkMeasures {
            width,
            outside: (between(airy.outside.0, 3.0), between(airy.outside.1, 86.0)),
            cluster,
            services: (between(10.0, 4.0), width - 2.0 * between(10.0, 4.0)),
            rules: Rect {
                x: between(airy.rules.x, 5.0),
                w: between(airy.rules.w, 82.0),
                ..airy.rules
            },
            shift: between(airy.shift, 55.0),
            lead: between(airy.lead, 10.0),
            pod: Rect {
                x: pod_x,
                w: cluster.1 - pod_x - margin,
                ..airy.pod
            },
            pod_alone: Rect {
                x: alone_x,
                w: cluster.1 - alone_x - margin,
                ..airy.pod_alone
            },
            ..airy
        }
    }

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
    let measures = &NetworkMeasures::of(&input);
    let mut scene = Scene::empty(View::Network);
    let bottom = services::add(&mut scene, visible, measures);
    let bottom = nodes::add(&mut scene, cluster, visible, input, measures, bottom);
    let bottom = groups::add(&mut scene, cluster, visible, measures, bottom);
    outside::add(&mut scene, cluster, visible, measures);
    if measures.is_wide() {
        let column = |x, caption| SceneText::caption(x, 26.0, TextStyle::Column, caption);
        scene.captions.extend([
            column(measures.outside.0, Caption::Outside),
            column(measures.cluster.0 - 20.0, Caption::Cluster),
        ]);
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
