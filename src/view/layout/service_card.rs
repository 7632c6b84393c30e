//! The Concept view's card of the Service: what it is, its ports, and what it selects.

use crate::view::scene::{Caption, SceneText, TextStyle};
use kubehop_engine::cluster::Cluster;
use kubehop_engine::cluster::object::Service;

use super::concept::address_style;
use super::labels;
use super::visible::{Readiness, VisibleObjects};

/// The most ports of a Service that are listed.
const PORTS: usize = 4;

/// The distance from one line of the Service's card to the next one.
const LINE: f32 = 18.0;

/// Name, type, address, ports, selector and readiness.
pub(super) fn texts(
    cluster: &Cluster,
    service: &Service,
    visible: &VisibleObjects<'_>,
    width: f32,
) -> Vec<SceneText> {
    let tag = service.spec.service_type.to_string();
    let (name, room) = (visible.name_of(service), width - 24.0);
    let name_width = TextStyle::Heading.width(&name);
    let has_room = name_width + 9.0 + TextStyle::Tag.width(&tag) <= room;
    // A long name has a separate line.
    let (tag_x, tag_y, lower) = if has_room {
        (23.0 + name_width, 27.0, 0.0)
    } else {
        (14.0, 45.0, LINE)
    };
    let name = TextStyle::Heading.fit(&name, room);
    let style = address_style(width);
    let address = style.fit(&service.spec.cluster_ip.to_string(), width - 16.0);
    let mut texts = vec![
        SceneText::plain(14.0, 27.0, TextStyle::Heading, name),
        SceneText::plain(tag_x, tag_y, TextStyle::Tag, tag),
        SceneText::plain(14.0, 50.0 + lower, style, address),
    ];
    let mut y = 70.0 + lower;
    for port in service.spec.ports.iter().take(PORTS) {
        let name = if port.name.is_empty() {
            String::new()
        } else {
            format!("{} ", port.name)
        };
        let line = format!("{name}{} → {}", port.port, port.target_port);
        let line = style.fit(&line, width - 18.0);
        texts.push(SceneText::plain(14.0, y, style, line));
        y += LINE;
        if !visible.serves(port) {
            let warning = Caption::NoEndpoint;
            let warning = SceneText::caption(14.0, y - 2.0, TextStyle::Warning, warning);
            texts.push(warning);
            y += LINE;
        }
    }
    let lines = labels::selector_lines(cluster, service, y, width);
    y = lines.iter().map(|text| text.at.y).fold(y, f32::max);
    texts.extend(lines);
    let Readiness { ready, total } = visible.readiness();
    let ready = Caption::Ready { ready, total };
    texts.push(SceneText::caption(14.0, y + 16.0, TextStyle::Remark, ready));
    texts
}

/// The height of a card with these texts.
pub(super) fn height(texts: &[SceneText]) -> f32 {
    texts.iter().map(|text| text.at.y).fold(0.0, f32::max) + 14.0
}
