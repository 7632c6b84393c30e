//! The Concept view: client, Service, EndpointSlice and pods as columns, for a first lesson.

use super::network::{role_of, selector};
use super::visible::{Backing, VisibleObjects};
use super::{
    Caption, Point, Rect, Scene, SceneInput, Shape, ShapeId, ShapeRole, Style, Text, View,
};
use crate::engine::cluster::Cluster;
use crate::engine::cluster::object::{Pod, Service};
use crate::engine::trace::{CLIENT, Origin};

/// At most this many endpoints are listed.
const ROWS: usize = 6;

/// Where the client's card ends on a phone.
const CLIENT_BOTTOM: f32 = 94.0;

/// The four columns: left edge and width.
type Columns = [(f32, f32); 4];

const MIDDLE: Columns = [
    (14.0, 118.0),
    (166.0, 176.0),
    (376.0, 140.0),
    (548.0, 152.0),
];
const WIDE: Columns = [
    (24.0, 140.0),
    (228.0, 190.0),
    (472.0, 148.0),
    (680.0, 206.0),
];
const NARROW: Columns = [(8.0, 104.0), (8.0, 132.0), (158.0, 120.0), (296.0, 106.0)];

pub fn layout(cluster: &Cluster, cast: &VisibleObjects<'_>, frame: SceneInput<'_>) -> Scene {
    let narrow = frame.width < 560.0;
    let columns = match frame.width {
        width if width < 560.0 => &NARROW,
        width if width < 900.0 => &MIDDLE,
        _ => &WIDE,
    };
    let mut scene = Scene::blank(View::Concept);
    let rows = cast.endpoints.len().clamp(1, ROWS);
    let height = (rows as f32 * 86.0).max(200.0);
    let top = if narrow { 76.0 } else { 44.0 };
    let card = cast
        .subject
        .map(|subject| (subject, service_texts(subject, cast, columns[1].1)));
    let tall = card.as_ref().map_or(0.0, |(_, texts)| card_height(texts));
    // On a phone the Service stands below the client, in the same column.
    let least = if narrow {
        CLIENT_BOTTOM + 30.0 + tall / 2.0
    } else {
        0.0
    };
    let middle = (top + height / 2.0).max(least);
    client(
        &mut scene,
        cluster,
        frame,
        columns[0],
        if narrow { CLIENT_BOTTOM - 32.0 } else { middle },
    );
    if let Some((subject, texts)) = card {
        let rect = Rect::new(columns[1].0, middle - tall / 2.0, columns[1].1, tall);
        scene.add(
            ShapeId::Service(subject.id()),
            ShapeRole::Service,
            rect,
            texts,
        );
        slices(&mut scene, subject, cast, columns[2], middle);
    }
    pods(
        &mut scene,
        cluster,
        cast,
        columns[3],
        middle - height / 2.0 + 13.0,
    );
    let captions = [
        Caption::Client,
        Caption::Service,
        Caption::Endpoints,
        Caption::Pods,
    ];
    // The Service's column stands below the client's on a phone; its caption right of the packet's way down.
    let caption = |(column, caption): (&(f32, f32), Caption)| {
        let below = narrow && caption == Caption::Service;
        let (x, y) = if below {
            (column.0 + 66.0, middle - tall / 2.0 - 9.0)
        } else {
            (column.0, 22.0)
        };
        Text::say(x, y, Style::Column, caption)
    };
    scene.captions = columns.iter().zip(captions).map(caption).collect();
    let lowest = scene
        .shapes()
        .map(|shape| shape.rect.bottom())
        .fold(0.0, f32::max);
    scene.size = (
        columns[3].0 + columns[3].1 + if narrow { 8.0 } else { 22.0 },
        lowest + 24.0,
    );
    super::routes::connect(&mut scene, frame.trace);
    scene
}

/// Whoever opens the connection; a pod that is also an endpoint stands here a second time.
fn client(
    scene: &mut Scene,
    cluster: &Cluster,
    frame: SceneInput<'_>,
    column: (f32, f32),
    middle: f32,
) {
    let origin = frame
        .trace
        .map_or(Origin::Outside(CLIENT), |trace| trace.request.from.clone());
    let (role, title, address) = match &origin {
        Origin::Pod(name) => {
            let address = cluster
                .pods
                .get(name)
                .and_then(|pod| pod.addresses().next());
            (ShapeRole::PodReady, name.name.as_str(), address)
        }
        Origin::Node(name) => (
            ShapeRole::Node,
            name.as_str(),
            cluster
                .nodes
                .get(name.as_str())
                .and_then(|node| node.addresses().next()),
        ),
        Origin::Outside(address) => (ShapeRole::Outside, "", Some(*address)),
    };
    let name = match title {
        "" => Text::say(14.0, 26.0, Style::Title, Caption::OutsideClient),
        title => Text::plain(
            14.0,
            26.0,
            Style::Title,
            Style::Title.fit(title, column.1 - 24.0),
        ),
    };
    let line = address
        .map(|address| address.to_string())
        .unwrap_or_default();
    let style = if column.1 < 118.0 {
        Style::SmallAddress
    } else {
        Style::Address
    };
    let line = Text::plain(14.0, 46.0, style, style.fit(&line, column.1 - 20.0));
    scene.add(
        ShapeId::Client,
        role,
        Rect::new(column.0, middle - 32.0, column.1, 64.0),
        vec![name, line],
    );
}

/// What the Service's card says.
fn service_texts(service: &Service, cast: &VisibleObjects<'_>, width: f32) -> Vec<Text> {
    let tag = service.spec.service_type.to_string();
    let (name, room) = (service.metadata.name.as_str(), width - 24.0);
    // A long name has a line of its own.
    let beside = Style::Heading.width(name) + 9.0 + Style::Tag.width(&tag) <= room;
    let (tag_at, lower) = if beside {
        ((23.0 + Style::Heading.width(name), 27.0), 0.0)
    } else {
        ((14.0, 45.0), 18.0)
    };
    let mut texts = vec![
        Text::plain(14.0, 27.0, Style::Heading, Style::Heading.fit(name, room)),
        Text::plain(tag_at.0, tag_at.1, Style::Tag, tag),
        Text::plain(
            14.0,
            50.0 + lower,
            Style::Address,
            service.spec.cluster_ip.to_string(),
        ),
    ];
    let mut y = 70.0 + lower;
    for port in service.spec.ports.iter().take(4) {
        let name = if port.name.is_empty() {
            String::new()
        } else {
            format!("{} ", port.name)
        };
        let line = Style::Address.fit(
            &format!("{name}{} → {}", port.port, port.target_port),
            width - 24.0,
        );
        texts.push(Text::plain(14.0, y, Style::Address, line));
        y += 18.0;
        if !crate::engine::trace::serves(&cast.slices, port) {
            texts.push(Text::say(
                14.0,
                y - 2.0,
                Style::Warning,
                Caption::NoEndpoint,
            ));
            y += 18.0;
        }
    }
    let (ready, total) = cast.readiness();
    let selector = selector(service).map_or(Caption::NoSelector, |selector| Caption::Selector {
        selector: Style::Remark.fit(&selector, width - 80.0),
    });
    texts.push(Text::say(14.0, y, Style::Remark, selector));
    texts.push(Text::say(
        14.0,
        y + 16.0,
        Style::Remark,
        Caption::Ready { ready, total },
    ));
    texts
}

/// The height of a card with these texts.
fn card_height(texts: &[Text]) -> f32 {
    texts.iter().map(|text| text.at.y).fold(0.0, f32::max) + 14.0
}

fn slices(
    scene: &mut Scene,
    service: &Service,
    cast: &VisibleObjects<'_>,
    column: (f32, f32),
    middle: f32,
) {
    let shown: Vec<&Backing> = cast.endpoints.iter().take(ROWS).collect();
    let height = 44.0 + shown.len().max(1) as f32 * 32.0;
    let rect = Rect::new(column.0, middle - height / 2.0, column.1, height);
    let mut texts = vec![Text::plain(12.0, 24.0, Style::Name, "EndpointSlice")];
    if shown.is_empty() {
        texts.push(Text::say(12.0, 50.0, Style::Warning, Caption::NoEndpoint));
    }
    scene.add(
        ShapeId::Slices(service.id()),
        ShapeRole::Slices,
        rect,
        texts,
    );
    for (place, backing) in shown.into_iter().enumerate() {
        let row = Rect::new(rect.x, rect.y + 36.0 + place as f32 * 32.0, rect.w, 28.0);
        let text = Style::SmallAddress.fit(&backing.address.to_string(), rect.w - 18.0);
        let mut texts = vec![Text::plain(12.0, 14.0, Style::SmallAddress, text)];
        let state = match (backing.ready, backing.terminating) {
            (true, _) => None,
            (false, true) => Some(Caption::Terminating),
            (false, false) => Some(Caption::NotReady),
        };
        texts.extend(state.map(|state| Text::say(12.0, 27.0, Style::Warning, state)));
        scene.add(
            ShapeId::Endpoint(service.id(), backing.address),
            ShapeRole::Endpoint,
            row,
            texts,
        );
    }
}

fn pods(
    scene: &mut Scene,
    cluster: &Cluster,
    cast: &VisibleObjects<'_>,
    column: (f32, f32),
    mut y: f32,
) {
    // Only a wide card has its share beside the labels.
    let share = if column.1 > 150.0 { 84.0 } else { 44.0 };
    let mut seen = std::collections::BTreeSet::new();
    for backing in cast
        .endpoints
        .iter()
        .filter(|backing| seen.insert(backing.address.ip()))
        .take(ROWS)
    {
        let rect = Rect::new(column.0, y, column.1, 60.0);
        y += 86.0;
        let Some(pod) = backing.pod.as_ref().and_then(|pod| cluster.pods.get(pod)) else {
            let line = Text::plain(14.0, 36.0, Style::Address, backing.address.ip().to_string());
            scene.add(
                ShapeId::Outside(backing.address.ip()),
                ShapeRole::Outside,
                rect,
                vec![line],
            );
            continue;
        };
        let wanted = cast
            .subject
            .and_then(|subject| subject.spec.selector.as_ref())
            .into_iter()
            .flatten();
        let labels: Vec<String> = wanted
            .map(|(key, value)| format!("{key}={value}"))
            .collect();
        let texts = vec![
            Text::plain(32.0, 26.0, Style::Name, pod_name(pod, column.1)),
            Text::plain(
                32.0,
                44.0,
                Style::SmallAddress,
                Style::SmallAddress.fit(&labels.join(","), column.1 - share),
            ),
        ];
        let mark = Some(Point { x: 18.0, y: 30.0 });
        let (key, role) = (ShapeId::Pod(pod.id()), role_of(pod, cast));
        scene.graph.add_node(Shape {
            key,
            role,
            rect,
            texts,
            mark,
        });
    }
}

/// A pod's name; on a phone, where there is no room for a long one, what tells it from its siblings.
fn pod_name(pod: &Pod, width: f32) -> String {
    let name = pod.metadata.name.as_str();
    let is_one_of_many = !pod.metadata.owner_references.is_empty();
    if width > 150.0 {
        return Style::Name.fit(name, width - 42.0);
    }
    let last = name
        .rsplit('-')
        .next()
        .filter(|_| is_one_of_many)
        .unwrap_or(name);
    Style::Name.fit(last, width - 38.0)
}
