//! The Network view: outside machines left of the border; nodes with their kube-proxy and pods right of it; Services as
//! virtual cards above the nodes, because no packet ever passes through one.

use std::net::IpAddr;

use smol_str::SmolStr;

use super::visible::VisibleObjects;
use super::{
    Caption, Point, Rect, Scene, SceneInput, Shape, ShapeId, ShapeRole, Style, Text, View,
};
use crate::engine::cluster::Cluster;
use crate::engine::cluster::object::{
    ClusterIp, Node, Pod, PodPhase, Service, ServicePort, ServiceType,
};
use crate::engine::names::Family;
use crate::engine::trace::{CLIENT, Device, Origin};

/// The measures of the picture, in user units.
struct Measures {
    /// The width of everything.
    width: f32,
    /// Left and width of the outside column.
    outside: (f32, f32),
    /// The height of an outside card.
    card: f32,
    /// Where the border stands; none in the narrow picture.
    border: Option<f32>,
    /// Left and width of the cluster.
    cluster: (f32, f32),
    /// Left and width of the Service cards.
    services: (f32, f32),
    /// Where the first Service begins.
    top: f32,
    /// Between two boxes.
    gap: f32,
    /// kube-proxy's card in its node.
    rules: Rect,
    /// How far kube-proxy's card moves to make room for an entry badge.
    shift: f32,
    /// The first pod in its node.
    pod: Rect,
    /// The first pod in a node whose rules are not shown.
    pod_alone: Rect,
    /// From one pod to the next.
    step: f32,
    /// The least height of a node.
    node: f32,
    /// The least height of a node whose rules decide about the packet.
    deciding: f32,
}

const WIDE: Measures = Measures {
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

const NARROW: Measures = Measures {
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

/// Below this width the narrow picture is drawn.
const NARROW_BELOW: f32 = 560.0;

pub fn layout(cluster: &Cluster, cast: &VisibleObjects<'_>, frame: SceneInput<'_>) -> Scene {
    let narrow = frame.width < NARROW_BELOW;
    let measures = if narrow { &NARROW } else { &WIDE };
    let mut scene = Scene::blank(View::Network);
    let bottom = services(&mut scene, cast, measures);
    let bottom = nodes(&mut scene, cluster, cast, frame, measures, bottom);
    outside(&mut scene, cluster, cast, measures);
    if measures.border.is_some() {
        let column = |x, caption| Text::say(x, 26.0, Style::Column, caption);
        scene.captions = vec![
            column(22.0, Caption::Outside),
            column(196.0, Caption::Cluster),
        ];
    }
    let lowest = scene
        .shapes()
        .map(|shape| shape.rect.bottom())
        .fold(bottom, f32::max);
    scene.border = measures.border;
    scene.lane = measures.cluster.0 + measures.pod_alone.x - 14.0;
    scene.size = (measures.width, lowest + 14.0);
    super::routes::connect(&mut scene, frame.trace);
    scene
}

/// Stacks the Service cards; returns where the nodes begin.
fn services(scene: &mut Scene, cast: &VisibleObjects<'_>, measures: &Measures) -> f32 {
    let (x, width) = measures.services;
    let mut y = measures.top;
    for service in &cast.services {
        let is_subject = cast
            .subject
            .is_some_and(|subject| subject.id() == service.id());
        let texts = service_texts(service, cast, is_subject, width);
        let height = texts.iter().map(|text| text.at.y).fold(0.0, f32::max) + 9.0;
        scene.add(
            ShapeId::Service(service.id()),
            ShapeRole::Service,
            Rect::new(x, y, width, height),
            texts,
        );
        y += height + 10.0;
    }
    if cast.services_left > 0 {
        let text = Text::say(
            16.0,
            13.0,
            Style::Remark,
            Caption::More {
                count: cast.services_left,
            },
        );
        scene.add(
            ShapeId::MoreServices,
            ShapeRole::More,
            Rect::new(x, y - 4.0, width, 18.0),
            vec![text],
        );
        y += 18.0;
    }
    y - 10.0 + measures.gap + if measures.border.is_some() { 10.0 } else { 0.0 }
}

/// At most this many ports of a Service are listed.
const PORTS: usize = 4;

/// What the words that nothing serves a port take of its line, with the gap before them.
const WARNING: f32 = 112.0;

fn service_texts(
    service: &Service,
    cast: &VisibleObjects<'_>,
    is_subject: bool,
    width: f32,
) -> Vec<Text> {
    let name = Style::Heading.fit(&service.metadata.name, width * 0.5);
    let tag_at = 16.0 + Style::Heading.width(&name) + 12.0;
    let mut texts = vec![
        Text::plain(16.0, 27.0, Style::Heading, name),
        Text::plain(
            tag_at,
            27.0,
            Style::Tag,
            service.spec.service_type.to_string(),
        ),
    ];
    if !is_subject {
        let x = tag_at + Style::Tag.width(&service.spec.service_type.to_string()) + 14.0;
        texts.push(Text::plain(
            x,
            27.0,
            Style::Address,
            Style::Address.fit(&address_of(service), width - x - 10.0),
        ));
        return texts;
    }
    let mut y = 50.0;
    if service.spec.service_type == ServiceType::ExternalName {
        texts.push(Text::plain(
            16.0,
            y,
            Style::Address,
            format!("→ {}", service.spec.external_name),
        ));
        texts.push(Text::say(16.0, y + 17.0, Style::Remark, Caption::Alias));
        return texts;
    }
    for port in service.spec.ports.iter().take(PORTS) {
        port_line(service, port, cast, y, width, &mut texts);
        y += 18.0;
    }
    if let Some(external) = external_address(service) {
        texts.push(external.at(16.0, y));
        y += 18.0;
    }
    let (ready, total) = cast.readiness();
    let selects = match selector(service) {
        Some(selector) => Caption::Selects {
            selector,
            ready,
            total,
        },
        None => Caption::SelectsByHand { ready, total },
    };
    texts.push(Text::say(16.0, y - 1.0, Style::Remark, selects));
    texts
}

/// `10.96.74.18:80 → 8080  *:30123`, and a word when nothing serves the port.
fn port_line(
    service: &Service,
    port: &ServicePort,
    cast: &VisibleObjects<'_>,
    y: f32,
    width: f32,
    texts: &mut Vec<Text>,
) {
    let named = service.spec.ports.len() > 1 && !port.name.is_empty();
    let name = if named {
        format!("{} ", port.name)
    } else {
        String::new()
    };
    let line = format!(
        "{name}{}:{} → {}",
        address_of(service),
        port.port,
        port.target_port
    );
    let node_port = if port.node_port > 0 {
        format!("*:{}", port.node_port)
    } else {
        String::new()
    };
    let served = crate::engine::trace::serves(&cast.slices, port);
    let room = width - 32.0;
    let line = Style::Address.fit(
        &line,
        room - Style::Address.width(&node_port) - if served { 0.0 } else { WARNING },
    );
    let mut x = 16.0 + Style::Address.width(&line) + 20.0;
    texts.push(Text::plain(16.0, y, Style::Address, line));
    if !node_port.is_empty() {
        let wide = Style::Address.width(&node_port);
        texts.push(Text::plain(x, y, Style::Address, node_port));
        x += wide + 16.0;
    }
    if !served {
        texts.push(Text::say(x, y, Style::Warning, Caption::NoEndpoint));
    }
}

fn address_of(service: &Service) -> String {
    match service.spec.cluster_ip {
        ClusterIp::Unset if service.spec.service_type == ServiceType::ExternalName => {
            service.spec.external_name.to_string()
        }
        ip => ip.to_string(),
    }
}

/// The line about a load balancer's address.
enum External {
    Address(String),
    Pending,
}

impl External {
    fn at(self, x: f32, y: f32) -> Text {
        match self {
            External::Address(text) => {
                Text::plain(x, y, Style::Address, format!("EXTERNAL-IP {text}"))
            }
            External::Pending => Text::say(x, y, Style::Warning, Caption::Pending),
        }
    }
}

fn external_address(service: &Service) -> Option<External> {
    if service.spec.service_type != ServiceType::LoadBalancer {
        return None;
    }
    let ingress = service.status.load_balancer.ingress.first();
    let text = ingress.and_then(|ingress| {
        ingress
            .ip
            .map(|ip| ip.to_string())
            .or_else(|| ingress.hostname.as_ref().map(SmolStr::to_string))
    });
    Some(text.map_or(External::Pending, External::Address))
}

/// A Service's selector as kubectl prints it; none without one.
pub fn selector(service: &Service) -> Option<String> {
    let selector = service.spec.selector.as_ref()?;
    let pairs: Vec<String> = selector
        .iter()
        .map(|(key, value)| format!("{key}={value}"))
        .collect();
    Some(pairs.join(","))
}

/// Stacks the nodes from `y`; returns the lowest edge.
fn nodes(
    scene: &mut Scene,
    cluster: &Cluster,
    cast: &VisibleObjects<'_>,
    frame: SceneInput<'_>,
    measures: &Measures,
    mut y: f32,
) -> f32 {
    let (x, width) = measures.cluster;
    for node in cluster.nodes.values() {
        let (pods, left) = cast.pods(cluster, node.name());
        let decides = cast.places.contains(&Device::Rules(node.name().to_owned()));
        let more = if left > 0 { 16.0 } else { 0.0 };
        let least = if decides {
            measures.deciding
        } else {
            measures.node
        };
        let height = match pods.len() {
            0 => least,
            count => (measures.pod.y + count as f32 * measures.step + more + 6.0).max(least),
        };
        let rect = Rect::new(x, y, width, height);
        scene.add(
            ShapeId::Node(node.name().to_owned()),
            ShapeRole::Node,
            rect,
            node_texts(node, cast, pods.is_empty(), measures),
        );
        if decides || measures.border.is_some() {
            rules_card(scene, node, frame, measures, rect);
        }
        let slot = if decides {
            measures.pod
        } else {
            measures.pod_alone
        };
        for (place, pod) in pods.iter().enumerate() {
            let top = y + slot.y + place as f32 * measures.step;
            pod_card(
                scene,
                pod,
                cast,
                Rect {
                    x: x + slot.x,
                    y: top,
                    ..slot
                },
            );
        }
        if left > 0 {
            let top = y + slot.y + pods.len() as f32 * measures.step;
            let text = Text::say(4.0, 11.0, Style::Remark, Caption::More { count: left });
            let rect = Rect::new(x + slot.x, top - 4.0, slot.w, 16.0);
            scene.add(
                ShapeId::More(node.name().to_owned()),
                ShapeRole::More,
                rect,
                vec![text],
            );
        }
        y += height + measures.gap;
    }
    y - measures.gap
}

/// A node's name, its address where there is room, and a word when it has nothing of the Service in question.
fn node_texts(
    node: &Node,
    cast: &VisibleObjects<'_>,
    empty: bool,
    measures: &Measures,
) -> Vec<Text> {
    let wide = measures.border.is_some();
    let (left, baseline) = if wide { (16.0, 26.0) } else { (12.0, 20.0) };
    let name = Style::Title.fit(node.name(), measures.cluster.1 * 0.5);
    let address = node.address(Family::V4).or_else(|| node.addresses().next());
    let after = left + Style::Title.width(&name) + 10.0;
    // In the narrow picture the lane runs between a node's name and what stands beside it.
    let after = if wide {
        after
    } else {
        after.max(measures.pod_alone.x)
    };
    let mut texts = vec![Text::plain(left, baseline, Style::Title, name)];
    let remark = empty && !wide && cast.subject.is_some();
    if !node.is_ready() {
        texts.push(Text::say(
            after,
            baseline,
            Style::Warning,
            Caption::NotReady,
        ));
        return texts;
    }
    match (remark, address) {
        (true, _) => texts.push(Text::say(
            after,
            baseline,
            Style::Remark,
            Caption::NoEndpointHere,
        )),
        (false, Some(address)) => texts.push(Text::plain(
            after,
            baseline,
            Style::Address,
            address.to_string(),
        )),
        (false, None) => {}
    }
    texts
}

fn rules_card(
    scene: &mut Scene,
    node: &Node,
    frame: SceneInput<'_>,
    measures: &Measures,
    within: Rect,
) {
    let name = node.name().to_owned();
    let entry = frame.trace.and_then(|trace| trace.entry_port(node.name()));
    let sends = frame
        .trace
        .is_some_and(|trace| trace.request.from == Origin::Node(name.clone()));
    let shift = if entry.is_some() || sends {
        measures.shift
    } else {
        0.0
    };
    let height = measures.rules.h.min(within.h - measures.rules.y - 14.0);
    let (x, y) = (
        within.x + measures.rules.x + shift,
        within.y + measures.rules.y,
    );
    let rect = Rect {
        x,
        y,
        w: measures.rules.w,
        h: height,
    };
    let wide = measures.border.is_some();
    let (inset, first, second) = if wide {
        (12.0, 22.0, 40.0)
    } else {
        (8.0, 18.0, 35.0)
    };
    let count = (frame.rules)(node.name());
    let texts = vec![
        Text::plain(inset, first, Style::Name, "kube-proxy"),
        Text::say(inset, second, Style::Remark, Caption::Rules { count }),
    ];
    scene.add(ShapeId::Rules(name.clone()), ShapeRole::Rules, rect, texts);
    if sends {
        let (left, inset) = if wide { (8.0, 8.0) } else { (3.0, 3.0) };
        let card = Rect::new(
            within.x + left,
            rect.y + 8.0,
            measures.shift + measures.rules.x - 16.0 - left,
            30.0,
        );
        let text = Text::say(inset, 19.0, Style::Remark, Caption::Process);
        scene.add(
            ShapeId::Process(name.clone()),
            ShapeRole::Process,
            card,
            vec![text],
        );
    }
    if let Some(port) = entry {
        let text = format!(":{port}");
        let width = Style::Badge.width(&text) + 18.0;
        let rect = Rect::new(within.x - 9.0, rect.y + 14.0, width, 20.0);
        scene.add(
            ShapeId::Entry(name),
            ShapeRole::Entry,
            rect,
            vec![Text::plain(9.0, 14.0, Style::Badge, text)],
        );
    }
}

fn pod_card(scene: &mut Scene, pod: &Pod, cast: &VisibleObjects<'_>, rect: Rect) {
    let role = role_of(pod, cast);
    let address = pod
        .addresses()
        .next()
        .map(|address| address.to_string())
        .unwrap_or_default();
    let (texts, mark) = if rect.h < 40.0 {
        (
            small_pod(pod, &address, rect.w),
            Point {
                x: 12.0,
                y: rect.h / 2.0,
            },
        )
    } else {
        (
            large_pod(pod, cast, address, role, rect.w),
            Point {
                x: 18.0,
                y: rect.h / 2.0,
            },
        )
    };
    let key = ShapeId::Pod(pod.id());
    scene.graph.add_node(Shape {
        key,
        role,
        rect,
        texts,
        mark: Some(mark),
    });
}

/// One line: what tells the pod from its siblings, and its address where there is room.
fn small_pod(pod: &Pod, address: &str, width: f32) -> Vec<Text> {
    let name = pod.metadata.name.as_str();
    let has_siblings = !pod.metadata.owner_references.is_empty();
    let last = name
        .rsplit('-')
        .next()
        .filter(|_| has_siblings)
        .unwrap_or(name);
    let line = format!("{last} {address}");
    let room = width - 28.0;
    let text = if Style::SmallAddress.width(&line) <= room {
        line
    } else {
        Style::SmallAddress.fit(last, room)
    };
    vec![Text::plain(22.0, 16.0, Style::SmallAddress, text)]
}

/// Its name; below it its address, and what keeps it from being an endpoint.
fn large_pod(
    pod: &Pod,
    cast: &VisibleObjects<'_>,
    address: String,
    role: ShapeRole,
    width: f32,
) -> Vec<Text> {
    let name = Style::Name.fit(&pod.metadata.name, width - 90.0);
    let endpoint = cast
        .backing(&pod.id())
        .map(|backing| backing.address)
        .filter(|address| address.port() > 0);
    let line = endpoint.map_or(address, |endpoint| endpoint.to_string());
    let remark = match role {
        ShapeRole::PodAside if cast.subject.is_some() => Some(Caption::NotSelected),
        ShapeRole::PodNotReady => Some(Caption::NotReady),
        ShapeRole::PodTerminating => Some(Caption::Terminating),
        _ => None,
    };
    let after = 32.0 + Style::SmallAddress.width(&line) + 10.0;
    let mut texts = vec![
        Text::plain(32.0, 20.0, Style::Name, name),
        Text::plain(32.0, 36.0, Style::SmallAddress, line),
    ];
    texts.extend(remark.map(|remark| Text::say(after, 36.0, Style::Remark, remark)));
    texts
}

/// How a pod looks from the subject's side.
pub fn role_of(pod: &Pod, cast: &VisibleObjects<'_>) -> ShapeRole {
    match cast.backing(&pod.id()) {
        _ if pod.status.phase == PodPhase::Failed => ShapeRole::PodFailed,
        _ if pod.is_terminating() => ShapeRole::PodTerminating,
        Some(_) if !pod.is_ready() => ShapeRole::PodNotReady,
        Some(_) => ShapeRole::PodReady,
        None if cast.origin.as_ref() == Some(&pod.id()) => ShapeRole::PodReady,
        None => ShapeRole::PodAside,
    }
}

/// The outside column: the client beside the node it enters, load balancers and other machines below it.
fn outside(scene: &mut Scene, cluster: &Cluster, cast: &VisibleObjects<'_>, measures: &Measures) {
    let (x, width) = measures.outside;
    let mut cards: Vec<(ShapeId, Vec<Text>)> = Vec::new();
    let inset = if measures.border.is_some() { 14.0 } else { 8.0 };
    let (first, second) = if measures.border.is_some() {
        (26.0, 46.0)
    } else {
        (20.0, 36.0)
    };
    let address = if measures.border.is_some() {
        Style::Address
    } else {
        Style::SmallAddress
    };
    let title = if measures.border.is_some() {
        Style::Title
    } else {
        Style::Name
    };
    let line = |text: String| {
        Text::plain(
            inset,
            second,
            address,
            address.fit(&text, width - inset - 4.0),
        )
    };
    let client = Text::say(inset, first, title, Caption::OutsideClient);
    cards.push((
        ShapeId::Outside(CLIENT),
        vec![client, line(CLIENT.to_string())],
    ));
    for service in &cast.services {
        let Some(External::Address(text)) = external_address(service) else {
            continue;
        };
        let name = Text::say(inset, first, title, Caption::LoadBalancer);
        cards.push((ShapeId::LoadBalancer(service.id()), vec![name, line(text)]));
    }
    let behind = cast
        .endpoints
        .iter()
        .filter(|backing| backing.pod.is_none())
        .map(|backing| backing.address.ip());
    let others = behind.chain(cast.outside.iter().copied());
    for address in others.filter(|address| *address != CLIENT && !is_of_node(cluster, *address)) {
        let key = ShapeId::Outside(address);
        if cards.iter().all(|(card, _)| *card != key) {
            let name = Text::say(inset, first, title, Caption::OutsideMachine);
            cards.push((key, vec![name, line(address.to_string())]));
        }
    }
    let entry = scene
        .shapes()
        .find(|shape| shape.role == ShapeRole::Entry)
        .map(|shape| shape.rect.centre().y);
    let first_node = scene
        .shapes()
        .find(|shape| shape.role == ShapeRole::Node)
        .map(|shape| shape.rect.y);
    let lean = if cards.len() > 1 {
        measures.card + 16.0
    } else {
        measures.card / 2.0 + 36.0
    };
    let top = first_node.unwrap_or(measures.top);
    let mut y = entry.map_or(top + 20.0, |entry| entry - lean).max(top);
    for (key, texts) in cards {
        scene.add(
            key,
            ShapeRole::Outside,
            Rect::new(x, y, width, measures.card),
            texts,
        );
        y += measures.card + 18.0;
    }
}

fn is_of_node(cluster: &Cluster, address: IpAddr) -> bool {
    cluster
        .nodes
        .values()
        .any(|node| node.addresses().any(|own| own == address))
}
