//! The Concept view's column of pods: those behind the Service, those that its selector misses, and those that the last
//! event took away.

use std::collections::BTreeSet;
use std::net::IpAddr;

use super::changes::Changes;
use super::concept::{POD_HEIGHT, POD_STEP, ROWS};
use super::concept_columns::ConceptColumn;
use super::visible::VisibleObjects;
use super::{LayoutInput, gates, labels, pod_card};
use crate::view::scene::{
    Caption, GateSide, Point, Rect, Scene, SceneText, Shape, ShapeId, ShapeRole, TextStyle,
};
use kubehop_engine::cluster::Cluster;
use kubehop_engine::cluster::object::Pod;

/// What a card of the column shows.
pub(super) enum PodCard<'a> {
    /// A pod: an endpoint of the Service, or one that it misses.
    Pod(&'a Pod),
    /// An address that no pod has.
    Address(IpAddr),
    /// A pod that the last event took away, or the address of one that came back with another.
    Gone(&'a Pod),
}

/// A card for each address behind the Service, for those that the last event took away, and for pods that the selector
/// misses.
pub(super) fn cards<'a>(
    cluster: &'a Cluster,
    visible: &VisibleObjects<'_>,
    changes: &Changes<'a>,
) -> Vec<PodCard<'a>> {
    let mut seen = BTreeSet::new();
    let endpoints = visible
        .endpoints
        .iter()
        .filter(|endpoint| seen.insert(endpoint.address.ip()));
    let cards = endpoints.map(|endpoint| {
        let pod = endpoint.pod.as_ref().and_then(|pod| cluster.pods.get(pod));
        pod.map_or(PodCard::Address(endpoint.address.ip()), |pod| {
            PodCard::Pod(pod)
        })
    });
    let missed = labels::missed(cluster, visible);
    let gone = changes.gone.iter().copied().map(PodCard::Gone);
    cards
        .chain(gone)
        .chain(missed.into_iter().map(PodCard::Pod))
        .take(ROWS)
        .collect()
}

pub(super) fn add(
    scene: &mut Scene,
    cards: &[PodCard<'_>],
    (visible, changes): (&VisibleObjects<'_>, &Changes<'_>),
    input: LayoutInput<'_>,
    (column, top): (ConceptColumn, f32),
) {
    for (index, card) in cards.iter().enumerate() {
        let y = top + index as f32 * POD_STEP;
        let rect = Rect::new(column.left, y, column.width, POD_HEIGHT);
        match card {
            PodCard::Pod(pod) => {
                let gates = gates::of(pod, input, GateSide::Ingress);
                let mut shape = pod_shape(pod, visible, rect);
                // The rule of a gate is in the same place.
                if gates.is_none() && changes.arrived.contains(&pod.id()) {
                    shape.texts.extend(arrival(pod));
                }
                scene.shapes.push(shape);
                gates::add(scene, pod, rect, gates.as_slice(), input);
            }
            PodCard::Address(ip) => {
                let text = SceneText::plain(14.0, 36.0, TextStyle::Address, ip.to_string());
                scene.add(ShapeId::Outside(*ip), ShapeRole::Outside, rect, vec![text]);
            }
            PodCard::Gone(pod) => scene.shapes.push(gone_shape(pod, rect)),
        }
    }
}

/// A pod with those of its labels that the Service selects.
fn pod_shape(pod: &Pod, visible: &VisibleObjects<'_>, rect: Rect) -> Shape {
    // Only a wide card has its share beside the labels.
    let is_wide = rect.w > pod_card::WIDE_CARD;
    let (mark, x) = columns(rect.w);
    let share = if is_wide { 84.0 } else { x + 6.0 };
    let name = fitting_name(pod, rect.w);
    let lines = labels::pod_lines(visible.subject, pod, rect.w - share);
    let (name_y, line_y) = if lines.len() > 1 {
        (21.0, 37.0)
    } else {
        (26.0, 44.0)
    };
    let mut texts = vec![SceneText::plain(x, name_y, TextStyle::Name, name)];
    texts.extend(lines.into_iter().map(|mut line| {
        line.at = Point {
            x,
            y: line.at.y + line_y,
        };
        line
    }));
    Shape {
        key: ShapeId::Pod(pod.id()),
        role: pod_card::role(pod, visible),
        rect,
        texts,
        mark: Some(Point { x: mark, y: 30.0 }),
    }
}

/// The middle of a card's mark, and where its texts begin: nearer to the edge on the narrowest phones.
fn columns(width: f32) -> (f32, f32) {
    if width < 110.0 {
        (13.0, 24.0)
    } else {
        (18.0, 32.0)
    }
}

/// The name of a pod, or on a narrow card the part that differs from its siblings'.
fn fitting_name(pod: &Pod, width: f32) -> String {
    if width > pod_card::WIDE_CARD {
        TextStyle::Name.fit_pod(&pod.metadata.name, width - 42.0)
    } else {
        TextStyle::Name.fit_pod(pod_card::short_name(pod), width - columns(width).1 - 6.0)
    }
}

/// The place of a remark on a pod, below its card.
const BELOW: f32 = POD_HEIGHT + 14.0;

/// That a pod is new, and its address.
fn arrival(pod: &Pod) -> Option<SceneText> {
    let address = pod.addresses().next()?.to_string();
    let caption = Caption::NewPod { address };
    Some(SceneText::caption(14.0, BELOW, TextStyle::Match, caption))
}

/// A pod that is not there any more, with the address that it had.
fn gone_shape(pod: &Pod, rect: Rect) -> Shape {
    let address = pod.addresses().next();
    let texts = [
        (TextStyle::Name, 26.0, fitting_name(pod, rect.w)),
        (
            TextStyle::SmallAddress,
            44.0,
            address.map(|own| own.to_string()).unwrap_or_default(),
        ),
    ];
    let (mark, x) = columns(rect.w);
    let texts = texts.map(|(style, y, text)| SceneText::plain(x, y, style, text));
    let gone = SceneText::caption(14.0, BELOW, TextStyle::Remark, Caption::Gone);
    Shape {
        key: address.map_or(ShapeId::Pod(pod.id()), ShapeId::Outside),
        role: ShapeRole::PodGone,
        rect,
        texts: texts.into_iter().chain([gone]).collect(),
        mark: Some(Point { x: mark, y: 30.0 }),
    }
}
