//! The nodes: each with kube-proxy's card, the port or process that a packet comes from, and its pods.

use crate::view::layout::gates::{self, PodGate};
use crate::view::layout::visible::VisibleObjects;
use crate::view::layout::{LayoutInput, pod_card};
use crate::view::scene::{
    Caption, Point, Rect, Scene, SceneText, Shape, ShapeId, ShapeRole, TextStyle,
};
use kubehop_engine::cluster::Cluster;
use kubehop_engine::cluster::object::{Node, Pod};
use kubehop_engine::names::Family;
use kubehop_engine::trace::{Device, Origin};

use super::NetworkMeasures;

/// Stacks the nodes from `y`; returns the lowest edge.
pub(super) fn add(
    scene: &mut Scene,
    cluster: &Cluster,
    visible: &VisibleObjects<'_>,
    input: LayoutInput<'_>,
    measures: &NetworkMeasures,
    mut y: f32,
) -> f32 {
    let (nodes, nodes_left) = visible.nodes();
    for node in nodes {
        let (pods, left) = visible.pods(cluster, node.name());
        let rules = Device::Rules(node.name().to_owned());
        let decides = visible.devices.contains(&rules);
        let gates: Vec<Vec<PodGate>> = pods.iter().map(|pod| gates::both(pod, input)).collect();
        let lines = gates.iter().map(Vec::len).sum::<usize>() as f32 * gates::LINE;
        let height = height(pods.len(), left, lines, decides, measures);
        let rect = Rect::new(measures.cluster.0, y, measures.cluster.1, height);
        let shows_none = pods.is_empty() && !decides && visible.subject.is_some();
        let texts = texts(node, shows_none, measures);
        scene.add(
            ShapeId::Node(node.name().to_owned()),
            if node.is_down() {
                ShapeRole::NodeStopped
            } else {
                ShapeRole::Node
            },
            rect,
            texts,
        );
        if decides || measures.is_wide() {
            add_rules(scene, node, input, measures, rect);
        }
        let slot = if decides {
            measures.pod
        } else {
            measures.pod_alone
        };
        let mut slot = Rect {
            x: rect.x + slot.x,
            y: y + slot.y,
            ..slot
        };
        for (pod, own) in pods.iter().zip(&gates) {
            scene.shapes.push(pod_shape(pod, visible, slot));
            gates::add(scene, pod, slot, own, input);
            slot.y += measures.step + own.len() as f32 * gates::LINE;
        }
        if left > 0 {
            add_more(scene, node, left, slot);
        }
        y += height + measures.gap;
    }
    if nodes_left > 0 {
        add_more_nodes(scene, nodes_left, measures, y);
        y += MORE_NODES + measures.gap;
    }
    y - measures.gap
}

/// The height of the count of nodes that are not drawn.
const MORE_NODES: f32 = 20.0;

fn add_more_nodes(scene: &mut Scene, count: usize, measures: &NetworkMeasures, y: f32) {
    let more = Caption::MoreNodes { count };
    scene.add(
        ShapeId::MoreNodes,
        ShapeRole::More,
        Rect::new(measures.cluster.0, y, measures.cluster.1, MORE_NODES),
        vec![SceneText::caption(16.0, 14.0, TextStyle::Remark, more)],
    );
}

/// The height of a node; `lines` is that of the lines of gates between its pods.
fn height(pods: usize, left: usize, lines: f32, decides: bool, measures: &NetworkMeasures) -> f32 {
    let least = if decides {
        measures.deciding
    } else {
        measures.node
    };
    if pods == 0 {
        return least;
    }
    let more = if left > 0 { 16.0 } else { 0.0 };
    (measures.pod.y + pods as f32 * measures.step + lines + more + 6.0).max(least)
}

/// A node's name and address; in a narrow picture also the remark that it has no endpoint, unless kube-proxy's card has
/// the place.
fn texts(node: &Node, shows_none: bool, measures: &NetworkMeasures) -> Vec<SceneText> {
    let (left, baseline) = if measures.is_wide() {
        (16.0, 26.0)
    } else {
        (12.0, 20.0)
    };
    let name = TextStyle::Title.fit(node.name(), measures.cluster.1 * 0.5);
    let mut x = left + TextStyle::Title.width(&name) + 10.0;
    if !measures.is_wide() {
        // The lane runs between a node's name and the text right of it; the reply bends a little further to the right.
        x = x.max(measures.pod_alone.x + 10.0);
    }
    let mut texts = vec![SceneText::plain(left, baseline, TextStyle::Title, name)];
    let address = node.address(Family::V4).or_else(|| node.addresses().next());
    if node.is_down() {
        let remark = SceneText::caption(x, baseline, TextStyle::Stopped, Caption::Stopped);
        texts.push(remark);
    } else if !node.is_ready() {
        let remark = SceneText::caption(x, baseline, TextStyle::Warning, Caption::NotReady);
        texts.push(remark);
    } else if let Some(address) = address {
        let address = address.to_string();
        texts.push(SceneText::plain(x, baseline, TextStyle::Address, address));
    }
    if shows_none && !measures.is_wide() && node.is_ready() {
        let y = baseline + 16.0;
        let remark = SceneText::caption(x, y, TextStyle::Remark, Caption::NoEndpointHere);
        texts.push(remark);
    }
    texts
}

/// kube-proxy's card, right of the process that opens the connection or the port that it comes in by.
fn add_rules(
    scene: &mut Scene,
    node: &Node,
    input: LayoutInput<'_>,
    measures: &NetworkMeasures,
    within: Rect,
) {
    let name = node.name().to_owned();
    let entry = input.trace.and_then(|trace| trace.entry_port(node.name()));
    let is_origin = input
        .trace
        .is_some_and(|trace| trace.request.from == Origin::Node(name.clone()));
    let shift = if entry.is_some() || is_origin {
        measures.shift
    } else {
        0.0
    };
    let rect = Rect {
        x: within.x + measures.rules.x + shift,
        y: within.y + measures.rules.y,
        w: measures.rules.w,
        h: measures.rules.h.min(within.h - measures.rules.y - 14.0),
    };
    let (inset, first, second) = if measures.is_wide() {
        (12.0, 22.0, 40.0)
    } else {
        (8.0, 18.0, 35.0)
    };
    let remark = if node.is_down() {
        Caption::NotRunning
    } else {
        let count = (input.rule_count)(node.name());
        Caption::Rules { count }
    };
    let texts = vec![
        SceneText::plain(inset, first, TextStyle::Name, "kube-proxy"),
        SceneText::caption(inset, second, TextStyle::Remark, remark),
    ];
    scene.add(ShapeId::Rules(name.clone()), ShapeRole::Rules, rect, texts);
    if is_origin {
        add_process(scene, name.clone(), measures, within.x, rect.y);
    }
    if let Some(port) = entry {
        add_entry(scene, name, port, within.x, rect.y);
    }
}

/// A process of the node that opens the connection, left of kube-proxy's card.
fn add_process(scene: &mut Scene, node: String, measures: &NetworkMeasures, x: f32, y: f32) {
    let inset = if measures.is_wide() { 8.0 } else { 3.0 };
    let width = measures.shift + measures.rules.x - measures.lead - inset;
    scene.add(
        ShapeId::Process(node),
        ShapeRole::Process,
        Rect::new(x + inset, y + 4.0, width, 36.0),
        vec![SceneText::caption(
            inset,
            14.0,
            TextStyle::Remark,
            Caption::Process,
        )],
    );
}

/// The port of the node that the connection comes in by, as a badge on the node's edge.
fn add_entry(scene: &mut Scene, node: String, port: u16, x: f32, y: f32) {
    let text = format!(":{port}");
    let width = TextStyle::Badge.width(&text) + 18.0;
    scene.add(
        ShapeId::Entry(node),
        ShapeRole::Entry,
        Rect::new(x - 9.0, y + 14.0, width, 20.0),
        vec![SceneText::plain(9.0, 14.0, TextStyle::Badge, text)],
    );
}

/// The width of the words that count pods: three digits in either language.
const MORE: f32 = 62.0;

/// How many pods of the node are not drawn.
fn add_more(scene: &mut Scene, node: &Node, count: usize, slot: Rect) {
    // Right of the packet's path, and within the picture of a phone.
    let x = (slot.w - MORE).clamp(0.0, 24.0);
    let text = SceneText::caption(x, 11.0, TextStyle::Remark, Caption::More { count });
    scene.add(
        ShapeId::More(node.name().to_owned()),
        ShapeRole::More,
        Rect::new(slot.x, slot.y - 4.0, slot.w, 16.0),
        vec![text],
    );
}

/// The height below which a pod's card has one line.
const TWO_LINES: f32 = 40.0;

/// The width below which the text of such a card has no margin to spare: five letters that distinguish siblings.
const ROOMY: f32 = 70.0;

fn pod_shape(pod: &Pod, visible: &VisibleObjects<'_>, rect: Rect) -> Shape {
    let role = pod_card::role(pod, visible);
    let address = pod.addresses().next().map(|address| address.to_string());
    let address = address.unwrap_or_default();
    let (texts, x) = if rect.h < TWO_LINES && rect.w < ROOMY {
        (one_line(pod, &address, (19.0, rect.w - 23.0)), 10.0)
    } else if rect.h < TWO_LINES {
        (one_line(pod, &address, (22.0, rect.w - 28.0)), 12.0)
    } else {
        (two_lines(pod, visible, address, role, rect.w), 18.0)
    };
    Shape {
        key: ShapeId::Pod(pod.id()),
        role,
        rect,
        texts,
        mark: Some(Point { x, y: rect.h / 2.0 }),
    }
}

/// The part of the name that differs from its siblings', and the address if there is room.
fn one_line(pod: &Pod, address: &str, (x, room): (f32, f32)) -> Vec<SceneText> {
    let name = pod_card::short_name(pod);
    let line = format!("{name} {address}");
    let text = if TextStyle::SmallAddress.width(&line) <= room {
        line
    } else {
        TextStyle::SmallAddress.fit_pod(name, room)
    };
    vec![SceneText::plain(x, 16.0, TextStyle::SmallAddress, text)]
}

/// The name; below it the address, and why the pod is not a ready endpoint.
fn two_lines(
    pod: &Pod,
    visible: &VisibleObjects<'_>,
    address: String,
    role: ShapeRole,
    width: f32,
) -> Vec<SceneText> {
    let name = TextStyle::Name.fit_pod(&pod.metadata.name, width - 90.0);
    let endpoint = visible
        .endpoint_of(&pod.id())
        .map(|endpoint| endpoint.address)
        .filter(|address| address.port() > 0);
    let line = endpoint.map_or(address, |endpoint| endpoint.to_string());
    let x = 32.0 + TextStyle::SmallAddress.width(&line) + 10.0;
    let mut texts = vec![
        SceneText::plain(32.0, 20.0, TextStyle::Name, name),
        SceneText::plain(32.0, 36.0, TextStyle::SmallAddress, line),
    ];
    let remark = if role == ShapeRole::PodAside && visible.subject.is_some() {
        Some(Caption::NotSelected)
    } else if role == ShapeRole::PodElsewhere {
        let service = visible.service_of(pod).map(|service| {
            let name = service.metadata.name.as_str();
            TextStyle::Remark.fit(name, (width - x - 70.0).max(0.0))
        });
        service.map(|service| Caption::Behind { service })
    } else if role == ShapeRole::PodNotReady {
        Some(Caption::NotReady)
    } else if role == ShapeRole::PodTerminating {
        Some(Caption::Terminating)
    } else {
        None
    };
    texts.extend(remark.map(|remark| SceneText::caption(x, 36.0, TextStyle::Remark, remark)));
    texts
}
