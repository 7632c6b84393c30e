//! The Concept view: client, Service, EndpointSlice and pods as columns, for a first lesson.

use std::collections::BTreeSet;

use crate::view::scene::{
    Caption, GateSide, Point, Rect, Scene, SceneText, Shape, ShapeId, ShapeRole, TextStyle, View,
};
use kubehop_engine::cluster::Cluster;
use kubehop_engine::cluster::object::{Pod, Service};
use kubehop_engine::trace::{CLIENT, Origin};

use super::service_lines::selector;
use super::visible::{VisibleEndpoint, VisibleObjects};
use super::{LayoutInput, gates, pod_card};

/// The most endpoints that are listed.
const ROWS: usize = 6;

/// The most ports of a Service that are listed.
const PORTS: usize = 4;

/// The bottom edge of the client's card in the narrow picture.
const CLIENT_BOTTOM: f32 = 94.0;

/// The width in CSS pixels from which the columns have room for the labels of pods.
const WIDE_FROM: f32 = 900.0;

/// The distance from one pod's top edge to the next one's.
const POD_STEP: f32 = 86.0;

/// The distance from one row of the slices to the next one.
const ROW_STEP: f32 = 32.0;

/// The distance from one line of the Service's card to the next one.
const LINE: f32 = 18.0;

/// Left edge and width of a column.
type ConceptColumn = (f32, f32);

/// Client, Service, EndpointSlice, pods.
type ConceptColumns = [ConceptColumn; 4];

const NARROW: ConceptColumns = [(8.0, 104.0), (8.0, 132.0), (158.0, 120.0), (296.0, 106.0)];
const MIDDLE: ConceptColumns = [
    (14.0, 118.0),
    (166.0, 176.0),
    (376.0, 140.0),
    (548.0, 152.0),
];
const WIDE: ConceptColumns = [
    (24.0, 140.0),
    (228.0, 190.0),
    (472.0, 148.0),
    (680.0, 206.0),
];

/// Lays out the columns, each centred on the same height; in the narrow picture the Service is below the client.
pub(super) fn layout(
    cluster: &Cluster,
    visible: &VisibleObjects<'_>,
    input: LayoutInput<'_>,
) -> Scene {
    let is_narrow = input.is_narrow();
    let columns = match input.width {
        _ if is_narrow => &NARROW,
        width if width < WIDE_FROM => &MIDDLE,
        _ => &WIDE,
    };
    let mut scene = Scene::empty(View::Concept);
    let rows = visible.endpoints.len().clamp(1, ROWS);
    let height = (rows as f32 * POD_STEP).max(200.0);
    let top = if is_narrow { 76.0 } else { 44.0 };
    let card = visible
        .subject
        .map(|subject| (subject, service_texts(subject, visible, columns[1].1)));
    let card_height = card.as_ref().map_or(0.0, |(_, texts)| card_height(texts));
    let mut middle = top + height / 2.0;
    if is_narrow {
        middle = middle.max(CLIENT_BOTTOM + 30.0 + card_height / 2.0);
    }
    let client_middle = if is_narrow {
        CLIENT_BOTTOM - 32.0
    } else {
        middle
    };
    add_client(&mut scene, cluster, input, columns[0], client_middle);
    if let Some((subject, texts)) = card {
        let (x, width) = columns[1];
        let rect = Rect::new(x, middle - card_height / 2.0, width, card_height);
        let key = ShapeId::Service(subject.id());
        scene.add(key, ShapeRole::Service, rect, texts);
        add_slices(&mut scene, subject, visible, columns[2], middle);
    }
    let pods_top = middle - height / 2.0 + 13.0;
    add_pods(&mut scene, cluster, visible, input, columns[3], pods_top);
    add_client_gate(&mut scene, cluster, input);
    scene.captions = headings(columns, is_narrow, middle - card_height / 2.0);
    let bottoms = scene.shapes.iter().map(|shape| shape.rect.bottom());
    let lowest = bottoms.fold(0.0, f32::max);
    let margin = if is_narrow { 8.0 } else { 22.0 };
    scene.size = (columns[3].0 + columns[3].1 + margin, lowest + 24.0);
    scene
}

/// The columns' headings. In the narrow picture the Service's is above its card, right of the packet's line.
fn headings(columns: &ConceptColumns, is_narrow: bool, service_top: f32) -> Vec<SceneText> {
    let heading = |column: usize, caption| {
        SceneText::caption(columns[column].0, 22.0, TextStyle::Column, caption)
    };
    let mut service = heading(1, Caption::Service);
    if is_narrow {
        service.at = Point {
            x: columns[1].0 + 66.0,
            y: service_top - 9.0,
        };
    }
    vec![
        heading(0, Caption::Client),
        service,
        heading(2, Caption::Endpoints),
        heading(3, Caption::Pods),
    ]
}

/// The client; a pod that is also an endpoint is in the picture twice.
fn add_client(
    scene: &mut Scene,
    cluster: &Cluster,
    input: LayoutInput<'_>,
    (x, width): ConceptColumn,
    middle: f32,
) {
    let outside = Origin::Outside(CLIENT);
    let origin = input.trace.map_or(&outside, |trace| &trace.request.from);
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
        None => SceneText::caption(14.0, 26.0, TextStyle::Title, Caption::OutsideClient),
        Some(name) => {
            let name = TextStyle::Title.fit(name, width - 24.0);
            SceneText::plain(14.0, 26.0, TextStyle::Title, name)
        }
    };
    let style = if width < 118.0 {
        TextStyle::SmallAddress
    } else {
        TextStyle::Address
    };
    let address = address.map(|address| address.to_string());
    let address = style.fit(&address.unwrap_or_default(), width - 20.0);
    let texts = vec![name, SceneText::plain(14.0, 46.0, style, address)];
    let rect = Rect::new(x, middle - 32.0, width, 64.0);
    scene.add(ShapeId::Client, role, rect, texts);
}

/// Name, type, address, ports, selector and readiness.
fn service_texts(service: &Service, visible: &VisibleObjects<'_>, width: f32) -> Vec<SceneText> {
    let tag = service.spec.service_type.to_string();
    let (name, room) = (service.metadata.name.as_str(), width - 24.0);
    let name_width = TextStyle::Heading.width(name);
    let has_room = name_width + 9.0 + TextStyle::Tag.width(&tag) <= room;
    // A long name has a line of its own.
    let (tag_x, tag_y, lower) = if has_room {
        (23.0 + name_width, 27.0, 0.0)
    } else {
        (14.0, 45.0, LINE)
    };
    let name = TextStyle::Heading.fit(name, room);
    let address = service.spec.cluster_ip.to_string();
    let mut texts = vec![
        SceneText::plain(14.0, 27.0, TextStyle::Heading, name),
        SceneText::plain(tag_x, tag_y, TextStyle::Tag, tag),
        SceneText::plain(14.0, 50.0 + lower, TextStyle::Address, address),
    ];
    let mut y = 70.0 + lower;
    for port in service.spec.ports.iter().take(PORTS) {
        let name = if port.name.is_empty() {
            String::new()
        } else {
            format!("{} ", port.name)
        };
        let line = format!("{name}{} → {}", port.port, port.target_port);
        let line = TextStyle::Address.fit(&line, room);
        texts.push(SceneText::plain(14.0, y, TextStyle::Address, line));
        y += LINE;
        if !visible.serves(port) {
            let warning = Caption::NoEndpoint;
            let warning = SceneText::caption(14.0, y - 2.0, TextStyle::Warning, warning);
            texts.push(warning);
            y += LINE;
        }
    }
    let selector = selector(service).map_or(Caption::NoSelector, |selector| Caption::Selector {
        selector: TextStyle::Remark.fit(&selector, width - 80.0),
    });
    let (ready, total) = visible.readiness();
    let ready = Caption::Ready { ready, total };
    texts.extend([
        SceneText::caption(14.0, y, TextStyle::Remark, selector),
        SceneText::caption(14.0, y + 16.0, TextStyle::Remark, ready),
    ]);
    texts
}

/// The height of a card with these texts.
fn card_height(texts: &[SceneText]) -> f32 {
    texts.iter().map(|text| text.at.y).fold(0.0, f32::max) + 14.0
}

/// The card of the EndpointSlices, with a row for each endpoint.
fn add_slices(
    scene: &mut Scene,
    service: &Service,
    visible: &VisibleObjects<'_>,
    (x, width): ConceptColumn,
    middle: f32,
) {
    let rows = visible.endpoints.len().min(ROWS);
    let height = 44.0 + rows.max(1) as f32 * ROW_STEP;
    let rect = Rect::new(x, middle - height / 2.0, width, height);
    let name = SceneText::plain(12.0, 24.0, TextStyle::Name, "EndpointSlice");
    let mut texts = vec![name];
    if rows == 0 {
        let warning = SceneText::caption(12.0, 50.0, TextStyle::Warning, Caption::NoEndpoint);
        texts.push(warning);
    }
    let key = ShapeId::Slices(service.id());
    scene.add(key, ShapeRole::Slices, rect, texts);
    for (index, endpoint) in visible.endpoints.iter().take(ROWS).enumerate() {
        let y = rect.y + 36.0 + index as f32 * ROW_STEP;
        scene.add(
            ShapeId::Endpoint(service.id(), endpoint.address),
            ShapeRole::Endpoint,
            Rect::new(x, y, width, 28.0),
            endpoint_texts(endpoint, width),
        );
    }
}

fn endpoint_texts(endpoint: &VisibleEndpoint, width: f32) -> Vec<SceneText> {
    let address = TextStyle::SmallAddress.fit(&endpoint.address.to_string(), width - 18.0);
    let mut texts = vec![SceneText::plain(
        12.0,
        14.0,
        TextStyle::SmallAddress,
        address,
    )];
    if !endpoint.ready {
        let state = if endpoint.terminating {
            Caption::Terminating
        } else {
            Caption::NotReady
        };
        texts.push(SceneText::caption(12.0, 27.0, TextStyle::Warning, state));
    }
    texts
}

/// A card for each address behind the Service.
fn add_pods(
    scene: &mut Scene,
    cluster: &Cluster,
    visible: &VisibleObjects<'_>,
    input: LayoutInput<'_>,
    (x, width): ConceptColumn,
    top: f32,
) {
    let mut seen = BTreeSet::new();
    let endpoints = visible
        .endpoints
        .iter()
        .filter(|endpoint| seen.insert(endpoint.address.ip()));
    for (index, endpoint) in endpoints.take(ROWS).enumerate() {
        let rect = Rect::new(x, top + index as f32 * POD_STEP, width, 60.0);
        let pod = endpoint.pod.as_ref().and_then(|pod| cluster.pods.get(pod));
        if let Some(pod) = pod {
            scene.shapes.push(pod_shape(pod, visible, rect));
            let gates = gates::of(pod, input, GateSide::Ingress);
            gates::add(scene, pod, rect, gates.as_slice(), input);
        } else {
            let ip = endpoint.address.ip();
            let text = SceneText::plain(14.0, 36.0, TextStyle::Address, ip.to_string());
            scene.add(ShapeId::Outside(ip), ShapeRole::Outside, rect, vec![text]);
        }
    }
}

/// The gate for egress of a client that is an isolated pod.
fn add_client_gate(scene: &mut Scene, cluster: &Cluster, input: LayoutInput<'_>) {
    let Some(Origin::Pod(name)) = input.trace.map(|trace| &trace.request.from) else {
        return;
    };
    let client = scene.shape(&ShapeId::Client).map(|shape| shape.rect);
    if let (Some(pod), Some(rect)) = (cluster.pods.get(name), client) {
        let gates = gates::of(pod, input, GateSide::Egress);
        gates::add(scene, pod, rect, gates.as_slice(), input);
    }
}

/// A pod with those of its labels that the Service selects.
fn pod_shape(pod: &Pod, visible: &VisibleObjects<'_>, rect: Rect) -> Shape {
    // Only a wide card has its share beside the labels.
    let is_wide = rect.w > pod_card::WIDE_CARD;
    let share = if is_wide { 84.0 } else { 44.0 };
    let labels = visible.subject.and_then(selector).unwrap_or_default();
    let labels = TextStyle::SmallAddress.fit(&labels, rect.w - share);
    let name = if is_wide {
        TextStyle::Name.fit(&pod.metadata.name, rect.w - 42.0)
    } else {
        TextStyle::Name.fit(pod_card::short_name(pod), rect.w - 38.0)
    };
    Shape {
        key: ShapeId::Pod(pod.id()),
        role: pod_card::role(pod, visible),
        rect,
        texts: vec![
            SceneText::plain(32.0, 26.0, TextStyle::Name, name),
            SceneText::plain(32.0, 44.0, TextStyle::SmallAddress, labels),
        ],
        mark: Some(Point { x: 18.0, y: 30.0 }),
    }
}
