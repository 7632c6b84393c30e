//! The boxes: rectangle, mark, texts, and the shares of connections.

use crate::view::scene::{Rect, SceneText, Shape, ShapeId, ShapeIndex, ShapeRole, TextStyle, View};

use super::element::SvgElement;
use super::{PictureState, bar, gate};
use crate::view::page_view::Tone;

/// The narrowest pod's card that has room for its share.
const SHARE_FROM: f32 = 150.0;

/// The height from which a pod's card has room for a second line.
const TWO_LINES: f32 = 50.0;

/// The height above which a mark is a large one.
const LARGE_MARK_ABOVE: f32 = 40.0;

/// One box with everything in it.
pub(super) fn shape(state: &PictureState<'_>, index: ShapeIndex) -> SvgElement {
    let shape = &state.scene.shapes[index.0];
    if shape.role == ShapeRole::Gate {
        return gate::gate(state, index);
    }
    let Rect { x, y, w, h } = shape.rect;
    let rect = SvgElement::new("rect")
        .number("width", w)
        .number("height", h)
        .with("rx", radius(shape.role));
    let mark = shape.mark.map(|mark| {
        SvgElement::new("circle")
            .with("class", "mark")
            .number("cx", mark.x)
            .number("cy", mark.y)
            .with("r", if h > LARGE_MARK_ABOVE { "5" } else { "4" })
    });
    let title = whole_name(shape).map(|name| SvgElement::new("title").text(name));
    let mut group = SvgElement::new("g")
        .key(format!("{:?}", shape.key))
        .with("class", class(state, index))
        .with("transform", format!("translate({x:.1} {y:.1})"))
        .children(title)
        .child(rect)
        .children(mark)
        .children(texts(state, index).iter().map(text))
        .children(share(state, index));
    group.shape = Some(index);
    group
}

/// One line of text.
pub(super) fn text(text: &SceneText) -> SvgElement {
    SvgElement::new("text")
        .with("class", text_class(text.style))
        .number("x", text.at.x)
        .number("y", text.at.y)
        .text(words(text))
}

/// Whether a shape can be reached with the keyboard; the others belong to one that can.
pub fn is_control(shape: &Shape) -> bool {
    match shape.role {
        ShapeRole::Entry | ShapeRole::Endpoint | ShapeRole::EndpointGone | ShapeRole::Process => {
            false
        }
        ShapeRole::More
        | ShapeRole::Group
        | ShapeRole::Service
        | ShapeRole::Node
        | ShapeRole::NodeStopped
        | ShapeRole::Rules
        | ShapeRole::PodReady
        | ShapeRole::PodNotReady
        | ShapeRole::PodTerminating
        | ShapeRole::PodFailed
        | ShapeRole::PodAside
        | ShapeRole::PodElsewhere
        | ShapeRole::PodDns
        | ShapeRole::PodGone
        | ShapeRole::Outside
        | ShapeRole::Gate
        | ShapeRole::Slices => true,
    }
}

/// The text of a shape for screen readers: its texts, with a shortened name in full; the node of kube-proxy's rules.
pub fn name(state: &PictureState<'_>, index: ShapeIndex) -> String {
    let shape = &state.scene.shapes[index.0];
    if shape.role == ShapeRole::Gate {
        return gate::name(state, index);
    }
    let mut parts: Vec<&str> = whole_name(shape).into_iter().collect();
    let texts = shape.texts.iter().map(words);
    parts.extend(texts.filter(|text| !text.contains('…')));
    if let ShapeId::Rules(node) = &shape.key {
        parts.push(node);
    }
    parts.join(", ")
}

/// The name of a pod or a Service whose card has no room for it.
fn whole_name(shape: &Shape) -> Option<&str> {
    let (ShapeId::Pod(name) | ShapeId::Service(name)) = &shape.key else {
        return None;
    };
    let shown = shape.texts.first().map(words);
    (shown != Some(name.name.as_str())).then_some(name.name.as_str())
}

/// A caption must be spelled out before a scene is drawn.
pub(super) fn words(text: &SceneText) -> &str {
    text.content.untranslated().unwrap_or_default()
}

/// The shape's own texts, or those of its card while the packet is in it.
fn texts<'a>(state: &PictureState<'a>, index: ShapeIndex) -> &'a [SceneText] {
    let hop = state.here().filter(|hop| hop.shape == Some(index));
    let card = hop.and_then(|hop| hop.card.as_ref());
    card.unwrap_or(&state.scene.shapes[index.0].texts)
}

/// The classes of a shape: its role, what the shown connection does in it, whether it is selected.
fn class(state: &PictureState<'_>, index: ShapeIndex) -> String {
    let shape = &state.scene.shapes[index.0];
    let mut class = format!("shape {}", role_class(shape.role));
    if let (Some(path), Some(here)) = (state.path(), state.here()) {
        let is_here = here.shape == Some(index);
        if is_here || here.node == Some(index) {
            class.push_str(" at ");
            class.push_str(here.kind.class());
        }
        // What failed is one box, not the whole node around it.
        if is_here && state.hop + 1 == path.hops.len() {
            class.push_str(match path.tone {
                Tone::Good => "",
                Tone::Unsure => " unsure-here",
                Tone::Bad => " failed-here",
            });
        }
        if path.reached == Some(index) {
            class.push_str(" chosen");
        }
    }
    if state.selected == Some(&shape.key) {
        class.push_str(" lit");
    } else if state.linked.contains(&shape.key) {
        class.push_str(" linked");
    }
    class
}

/// On the called Service the bar of shares while there are many connections; on a pod its own share.
fn share(state: &PictureState<'_>, index: ShapeIndex) -> Option<SvgElement> {
    let shape = &state.scene.shapes[index.0];
    let path = state.scene.path.as_ref()?;
    if let Some(flow) = state.flow
        && path.service == Some(index)
    {
        return Some(match state.scene.view {
            View::Network => bar::beside_name(shape, flow),
            // The card is too narrow for a bar beside the name.
            View::Concept => bar::below(shape, flow),
        });
    }
    let choice = path.choices.iter().find(|choice| choice.shape == index)?;
    if shape.rect.w < SHARE_FROM {
        return None;
    }
    let mut counts = state.flow.iter().flat_map(|flow| &flow.counts.endpoints);
    let count = counts.find(|count| count.endpoint == choice.endpoint);
    let share = match count {
        Some(count) => count.total().to_string(),
        None if choice.probability < 1.0 => format!("{:.0}%", choice.probability * 100.0),
        None => return None,
    };
    let mut texts = shape.texts.iter();
    let has_remark = texts.any(|text| text.style == TextStyle::Remark);
    // Beside the second line of a high card, whose first is the pod's name; beside the name where a remark needs the line.
    let y = if shape.rect.h > TWO_LINES {
        44.0
    } else if has_remark {
        20.0
    } else {
        shape.rect.h / 2.0 + 5.0
    };
    let style = match count {
        Some(count) if count.unsure > 0 => TextStyle::Miss,
        Some(_) | None => TextStyle::Share,
    };
    Some(at_end(style, shape.rect.w - 20.0, y, share))
}

/// A text that ends at `x`.
pub(super) fn at_end(style: TextStyle, x: f32, y: f32, words: impl Into<String>) -> SvgElement {
    text(&SceneText::plain(x, y, style, words)).with("text-anchor", "end")
}

/// The radius of a box's corners.
fn radius(role: ShapeRole) -> &'static str {
    match role {
        ShapeRole::Node | ShapeRole::NodeStopped => "14",
        ShapeRole::Service | ShapeRole::Group => "12",
        ShapeRole::Rules => "8",
        ShapeRole::Entry | ShapeRole::Outside | ShapeRole::Slices => "10",
        ShapeRole::Process
        | ShapeRole::PodReady
        | ShapeRole::PodNotReady
        | ShapeRole::PodTerminating
        | ShapeRole::PodFailed
        | ShapeRole::PodAside
        | ShapeRole::PodElsewhere
        | ShapeRole::PodDns
        | ShapeRole::PodGone
        | ShapeRole::Endpoint
        | ShapeRole::EndpointGone
        | ShapeRole::Gate
        | ShapeRole::More => "9",
    }
}

fn text_class(style: TextStyle) -> &'static str {
    match style {
        TextStyle::Heading => "t-heading",
        TextStyle::Title => "t-title",
        TextStyle::Name => "t-name",
        TextStyle::Tag => "t-tag",
        TextStyle::Address => "t-address",
        TextStyle::SmallAddress => "t-small-address",
        TextStyle::Match => "t-match",
        TextStyle::Miss => "t-miss",
        TextStyle::Remark => "t-remark",
        TextStyle::Warning => "t-warning",
        TextStyle::Stopped => "t-stopped",
        TextStyle::Share => "t-share",
        TextStyle::Column => "t-column",
        TextStyle::Badge => "t-badge",
        TextStyle::Change => "t-changed",
        TextStyle::Chain => "t-chain",
        TextStyle::LastChain => "t-chain last",
    }
}

fn role_class(role: ShapeRole) -> &'static str {
    match role {
        ShapeRole::Service => "service",
        ShapeRole::Node => "node",
        ShapeRole::NodeStopped => "node stopped",
        ShapeRole::Rules => "rules",
        ShapeRole::Entry => "entry",
        ShapeRole::Process => "process",
        ShapeRole::PodReady => "pod-ready",
        ShapeRole::PodNotReady => "pod-not-ready",
        ShapeRole::PodTerminating => "pod-terminating",
        ShapeRole::PodFailed => "pod-failed",
        ShapeRole::PodAside => "pod-aside",
        ShapeRole::PodElsewhere => "pod-elsewhere",
        ShapeRole::PodDns => "pod-dns",
        ShapeRole::Outside => "outside",
        ShapeRole::Gate => "gate",
        ShapeRole::Slices => "slices",
        ShapeRole::Endpoint => "endpoint",
        ShapeRole::EndpointGone => "endpoint gone",
        ShapeRole::PodGone => "pod-gone",
        ShapeRole::More => "more",
        ShapeRole::Group => "group",
    }
}
