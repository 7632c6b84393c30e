//! The Services' cards: name and type of each; of the one in question also its ports and what it selects.

use crate::view::layout::service_lines::{
    EXTERNAL_IP, MORE_EXTERNAL_IPS, external_addresses, own_address, selector,
};
use crate::view::layout::visible::{Readiness, VisibleObjects};
use crate::view::scene::{
    Caption, Point, Rect, Scene, SceneText, ShapeId, ShapeRole, TextContent, TextStyle,
};
use kubehop_engine::cluster::object::{Service, ServicePort, ServiceType};

use super::NetworkMeasures;

/// The most ports of a Service that are listed.
const PORTS: usize = 4;

/// The gap behind a port's addresses.
const GAP: f32 = 16.0;

/// The width of the warning that no endpoint serves a port, with the gap before it.
const WARNING_WIDTH: f32 = GAP + 78.0;

/// The width of the words around a selector, in either language.
const SELECTS_WIDTH: f32 = 170.0;

/// The x of a card's lines.
const INSET: f32 = 16.0;

/// The distance from one line to the next.
const LINE: f32 = 18.0;

/// Stacks the cards; returns the top edge of the first node.
pub(super) fn add(
    scene: &mut Scene,
    visible: &VisibleObjects<'_>,
    measures: &NetworkMeasures,
) -> f32 {
    let (x, width) = measures.services;
    let mut y = measures.top;
    for service in &visible.services {
        let texts = texts(service, visible, width);
        let height = texts.iter().map(|text| text.at.y).fold(0.0, f32::max) + 9.0;
        scene.add(
            ShapeId::Service(service.id()),
            ShapeRole::Service,
            Rect::new(x, y, width, height),
            texts,
        );
        y += height + 10.0;
    }
    y - 10.0 + measures.gap + if measures.is_wide() { 10.0 } else { 0.0 }
}

fn texts(service: &Service, visible: &VisibleObjects<'_>, width: f32) -> Vec<SceneText> {
    let name = TextStyle::Heading.fit(&visible.name_of(service), width * 0.5);
    let tag = service.spec.service_type.to_string();
    let tag_x = INSET + TextStyle::Heading.width(&name) + 12.0;
    let after_tag = tag_x + TextStyle::Tag.width(&tag) + 14.0;
    let mut texts = vec![
        SceneText::plain(INSET, 27.0, TextStyle::Heading, name),
        SceneText::plain(tag_x, 27.0, TextStyle::Tag, tag),
    ];
    let is_subject = visible
        .subject
        .is_some_and(|subject| subject.id() == service.id());
    if !is_subject {
        let address = TextStyle::Address.fit(&own_address(service), width - after_tag - 10.0);
        texts.push(SceneText::plain(
            after_tag,
            27.0,
            TextStyle::Address,
            address,
        ));
    } else if service.spec.service_type == ServiceType::ExternalName {
        let target = format!("→ {}", service.spec.external_name);
        texts.extend([
            SceneText::plain(INSET, 50.0, TextStyle::Address, target),
            SceneText::caption(INSET, 67.0, TextStyle::Remark, Caption::Alias),
        ]);
    } else {
        texts.extend(subject_lines(service, visible, width));
    }
    texts
}

/// The ports, the address of the load balancer, and what is selected.
fn subject_lines(service: &Service, visible: &VisibleObjects<'_>, width: f32) -> Vec<SceneText> {
    let mut texts = Vec::new();
    let mut y = 50.0;
    for port in service.spec.ports.iter().take(PORTS) {
        texts.extend(port_line(service, port, visible, y, width));
        y += LINE;
    }
    let external = external_addresses(service);
    for content in address_lines(&external.given, width - 2.0 * INSET) {
        texts.push(SceneText {
            at: Point { x: INSET, y },
            content,
            style: TextStyle::Address,
        });
        y += LINE;
    }
    if external.is_pending {
        let text = SceneText::caption(INSET, y, TextStyle::Warning, Caption::Pending);
        texts.push(text);
        y += LINE;
    }
    let Readiness { ready, total } = visible.readiness();
    let selects = match selector(service) {
        Some(selector) => Caption::Selects {
            selector: TextStyle::Remark.fit(&selector, width - 2.0 * INSET - SELECTS_WIDTH),
            ready,
            total,
        },
        None => Caption::SelectsByHand { ready, total },
    };
    texts.push(SceneText::caption(
        INSET,
        y - 1.0,
        TextStyle::Remark,
        selects,
    ));
    texts
}

/// `EXTERNAL-IP a, b`, on as many lines as the addresses need.
fn address_lines(addresses: &[String], width: f32) -> Vec<TextContent> {
    let mut lines: Vec<String> = Vec::new();
    for address in addresses {
        let longer = lines.last().map(|line| format!("{line}, {address}"));
        match longer.filter(|line| TextStyle::Address.width(line) <= width) {
            Some(longer) => *lines.last_mut().expect("it was lengthened") = longer,
            None if lines.is_empty() => lines.push(format!("{EXTERNAL_IP} {address}")),
            None => lines.push(format!("{MORE_EXTERNAL_IPS}{address}")),
        }
    }
    let fitted = lines.iter().map(|line| TextStyle::Address.fit(line, width));
    let typed = fitted.enumerate().map(|(index, line)| match index {
        0 => TextContent::ExternalAddresses(line),
        _ => TextContent::MoreExternalAddresses(line),
    });
    typed.collect()
}

/// `http 10.96.74.18:80 → 8080  *:30123`, and a warning if no endpoint serves the port. Only one of several ports has its
/// name, and where there is no room for it, the number distinguishes the ports.
fn port_line(
    service: &Service,
    port: &ServicePort,
    visible: &VisibleObjects<'_>,
    y: f32,
    width: f32,
) -> Vec<SceneText> {
    let address = own_address(service);
    let unnamed = format!("{address}:{} → {}", port.port, port.target_port);
    let node_port = if port.node_port > 0 {
        format!("*:{}", port.node_port)
    } else {
        String::new()
    };
    let node_port_width = TextStyle::Address.width(&node_port);
    let is_served = visible.serves(port);
    let warning = if is_served { 0.0 } else { WARNING_WIDTH };
    let room = width - 2.0 * INSET - node_port_width - warning;
    let is_named = service.spec.ports.len() > 1 && !port.name.is_empty();
    let named = is_named.then(|| format!("{} {unnamed}", port.name));
    let line = named
        .filter(|line| TextStyle::Address.width(line) <= room)
        .unwrap_or_else(|| TextStyle::Address.fit(&unnamed, room));
    let mut x = INSET + TextStyle::Address.width(&line) + GAP;
    let mut texts = vec![SceneText::plain(INSET, y, TextStyle::Address, line)];
    if !node_port.is_empty() {
        texts.push(SceneText::plain(x, y, TextStyle::Address, node_port));
        x += node_port_width + GAP;
    }
    if !is_served {
        let warning = SceneText::caption(x, y, TextStyle::Warning, Caption::NoEndpoint);
        texts.push(warning);
    }
    texts
}
