//! The one writer of the picture: a scene at a moment becomes a tree of SVG elements.
//!
//! [`contents`] draws. The page turns the tree into its own nodes and adds what can be pressed; [`embedded`] and
//! [`standalone`] write it as text: with the page's stylesheet around it, or as a separate file.

mod animated;
mod bar;
mod element;
mod gate;
mod shapes;
mod style;

use crate::view::scene::{
    CallLine, LineEnd, PacketKind, PathHop, Scene, ScenePath, ShapeId, ShapeIndex, ShapeRole,
};

use super::flow::FlowCounts;
use super::packets::{
    self, HALO_OPACITY, LABEL_CORNER, LabelLine, LineStyle, PacketDot, PacketLabel,
};
use super::page_view::Tone;
use super::timeline::Moment;

pub use animated::animated;
pub use element::{SvgContent, SvgElement};
pub use shapes::{is_control, name};
pub use style::{PictureStyle, PictureTheme};

/// What is drawn: a scene, and what happens in it at a moment.
#[derive(Clone, Copy, Debug)]
pub struct PictureState<'a> {
    /// The boxes and the path.
    pub scene: &'a Scene,
    /// The hop last reached, from 0.
    pub hop: usize,
    /// Many connections instead of one.
    pub flow: Option<FlowState<'a>>,
    /// The selected object.
    pub selected: Option<&'a ShapeId>,
    /// What belongs to it, or to what is pointed at.
    pub linked: &'a [ShapeId],
}

/// What became of many connections until now.
#[derive(Clone, Copy, Debug)]
pub struct FlowState<'a> {
    /// How they ended.
    pub counts: &'a FlowCounts,
    /// How many were sent, in words.
    pub sent: &'a str,
}

impl<'a> PictureState<'a> {
    /// The scene with a packet at a hop.
    pub fn at_hop(scene: &'a Scene, hop: usize) -> PictureState<'a> {
        PictureState {
            scene,
            hop,
            flow: None,
            selected: None,
            linked: &[],
        }
    }

    /// The path of the shown connection; `None` while many are shown.
    fn path(&self) -> Option<&'a ScenePath> {
        if self.flow.is_some() {
            None
        } else {
            self.scene.path.as_ref()
        }
    }

    /// The hop the packet is at.
    fn here(&self) -> Option<&'a PathHop> {
        self.path()?.hops.get(self.hop)
    }
}

/// The definitions of the arrowheads, which [`contents`] refers to.
pub fn definitions() -> SvgElement {
    let kinds = [PacketKind::Lookup, PacketKind::Request, PacketKind::Reply];
    SvgElement::new("defs").children(kinds.map(arrowhead))
}

fn arrowhead(kind: PacketKind) -> SvgElement {
    let arrow = SvgElement::new("path")
        .with("class", format!("arrow {}", kind.class()))
        .with("d", "M-6 -3L8 4L-6 11z");
    SvgElement::new("marker")
        .with("id", format!("arrow-{}", kind.class()))
        .with("viewBox", "0 0 8 8")
        .with("refX", "7")
        .with("refY", "4")
        .with("markerWidth", "7")
        .with("markerHeight", "7")
        .with("orient", "auto")
        .with("markerUnits", "userSpaceOnUse")
        .with("overflow", "visible")
        .child(arrow)
}

/// The boxes, texts and lines, in user units. Shapes have a group of their own, in which each has a key.
pub fn contents(state: &PictureState<'_>) -> Vec<SvgElement> {
    let scene = state.scene;
    let captions = scene.captions.iter().map(shapes::text);
    let calls = scene.calls.iter().map(call_line);
    let mut groups = vec![SvgElement::new("g").children(calls.chain(captions))];
    if let Some(x) = scene.border {
        let border = SvgElement::new("line")
            .with("class", "border")
            .number("x1", x)
            .number("x2", x)
            .with("y1", "12")
            .number("y2", scene.size.1);
        groups.push(border);
    }
    // A line passes over a node and its cards, and under gates and the badge of the port that it comes in by.
    let (mut nodes, mut cards, mut badges) = (Vec::new(), Vec::new(), Vec::new());
    for (index, shape) in scene.shapes.iter().enumerate() {
        let layer = match shape.role {
            role if role.is_node() => &mut nodes,
            ShapeRole::Entry | ShapeRole::Gate => &mut badges,
            _ => &mut cards,
        };
        layer.push(shapes::shape(state, ShapeIndex(index)));
    }
    groups.push(SvgElement::new("g").children(nodes));
    groups.push(SvgElement::new("g").children(cards));
    groups.push(SvgElement::new("g").children(lines(state)));
    groups.push(SvgElement::new("g").children(badges));
    groups
}

/// From the bottom of what calls down to what is called; around the boxes between them, if there are any.
fn call_line(line: &CallLine) -> SvgElement {
    let (from, to) = (line.from, line.to);
    let x = to.x + 14.0;
    let (start, middle, end) = (from.bottom(), to.y - 26.0, to.y - 1.0);
    let path = if start > middle - 20.0 {
        let start_x = from.x.max(to.x) + 14.0;
        format!("M{start_x:.1} {start:.1}V{middle:.1}H{x:.1}V{end:.1}")
    } else {
        let (right, y) = (from.right(), from.centre().y);
        format!("M{right:.1} {y:.1}h6V{middle:.1}H{x:.1}V{end:.1}")
    };
    let head = "m-4 -6l4 6l4 -6";
    SvgElement::new("path")
        .with("class", "calls")
        .with("d", format!("{path}{head}"))
}

/// The lines of the path: done ones solid, the next one dashed; later ones are not drawn.
fn lines(state: &PictureState<'_>) -> Vec<SvgElement> {
    let Some(path) = state.path() else {
        return Vec::new();
    };
    let ahead = (state.hop + 1..path.hops.len())
        .find(|hop| path.hops[*hop].line != Some(LineEnd::Edge))
        .unwrap_or(state.hop);
    let now = path.hops.get(ahead).map(|hop| hop.kind).unwrap_or_default();
    let mut lines = Vec::new();
    for (index, hop) in path.hops.iter().enumerate().take(ahead + 1) {
        let Some(end) = hop.line else { continue };
        let progress = if index > state.hop {
            "ahead"
        } else if hop.kind == now {
            "done"
        } else {
            "done past"
        };
        let class = format!("route {progress} {}", hop.kind.class());
        let mut line = SvgElement::new("path")
            .key(index.to_string())
            .with("class", class)
            .with("d", hop.curve.path());
        if end == LineEnd::Box && index >= state.hop {
            line = line.with("marker-end", format!("url(#arrow-{})", hop.kind.class()));
        }
        lines.push(line);
    }
    lines
}

/// The packet of the shown connection with its label. The page draws it on a canvas, from the same values.
fn packet(scene: &Scene, moment: Moment) -> SvgElement {
    let group = SvgElement::new("g");
    let Some(path) = &scene.path else {
        return group;
    };
    let dot = packets::dot(scene, path, moment);
    let label = packets::label(scene, path, moment);
    group
        .children(dot.iter().flat_map(circles))
        .children(label.iter().flat_map(label_elements))
}

fn circles(dot: &PacketDot) -> Vec<SvgElement> {
    let state = match dot.ended {
        Some(Tone::Bad) => "failed",
        Some(Tone::Unsure) => "unsure",
        Some(Tone::Good) | None => dot.kind.class(),
    };
    let circle = |radius: f32| {
        SvgElement::new("circle")
            .with("class", format!("packet {state}"))
            .number("cx", dot.at.x)
            .number("cy", dot.at.y)
            .number("r", radius)
    };
    let halo = dot
        .halo
        .map(|radius| circle(radius).number("fill-opacity", HALO_OPACITY));
    halo.into_iter().chain([circle(dot.radius)]).collect()
}

fn label_elements(label: &PacketLabel) -> Vec<SvgElement> {
    let class = format!("packet-label {}", label.kind.class());
    let tie = label.tie.map(|(from, to)| {
        SvgElement::new("line")
            .with("class", class.clone())
            .number("x1", from.x)
            .number("y1", from.y)
            .number("x2", to.x)
            .number("y2", to.y)
    });
    tie.into_iter().chain(frame_and_lines(label)).collect()
}

/// A label without the line to its packet.
fn frame_and_lines(label: &PacketLabel) -> Vec<SvgElement> {
    let frame = SvgElement::new("rect")
        .with("class", format!("packet-label {}", label.kind.class()))
        .number("x", label.frame.x)
        .number("y", label.frame.y)
        .number("width", label.frame.w)
        .number("height", label.frame.h)
        .number("rx", LABEL_CORNER);
    let lines = label
        .lines
        .iter()
        .flat_map(|line| label_line(line, label.kind));
    [frame].into_iter().chain(lines).collect()
}

fn label_line(line: &LabelLine, kind: PacketKind) -> [SvgElement; 2] {
    let class = match line.style {
        LineStyle::Plain => "t-header".to_owned(),
        LineStyle::Struck => "t-header struck".to_owned(),
        LineStyle::Changed => format!("t-header changed {}", kind.class()),
    };
    let text = |class: String, x: f32, y: f32, text: &str| {
        SvgElement::new("text")
            .with("class", class)
            .number("x", x)
            .number("y", y)
            .text(text)
    };
    [
        text("t-header".to_owned(), line.at.x, line.at.y, line.name),
        text(class, line.value_at.x, line.value_at.y, &line.value),
    ]
}

/// The picture as text for a page that has the stylesheet: as wide as the page allows, at most twice its size.
pub fn embedded(state: &PictureState<'_>) -> String {
    root(state.scene)
        .with("preserveAspectRatio", "xMidYMin meet")
        .with(
            "style",
            format!("max-width:{}px", element::rounded(2.0 * state.scene.size.0)),
        )
        .with("aria-hidden", "true")
        .child(definitions())
        .child(SvgElement::new("g").children(contents(state)))
        .to_string()
}

/// The picture and its packet as a separate file.
pub fn standalone(
    state: &PictureState<'_>,
    moment: Option<Moment>,
    style: PictureStyle<'_>,
) -> String {
    root_with_style(state.scene, style)
        .child(definitions())
        .child(background(state.scene))
        .child(SvgElement::new("g").children(contents(state)))
        .children(moment.map(|moment| packet(state.scene, moment)))
        .to_string()
}

/// The root element of a separate file, with the rules of its style.
fn root_with_style(scene: &Scene, style: PictureStyle<'_>) -> SvgElement {
    let (width, height) = scene.size;
    root(scene)
        .with("xmlns", "http://www.w3.org/2000/svg")
        .number("width", width)
        .number("height", height)
        .child(SvgElement::new("style").text(style::rules(style)))
}

fn background(scene: &Scene) -> SvgElement {
    let (width, height) = scene.size;
    SvgElement::new("rect")
        .with("class", "background")
        .number("width", width)
        .number("height", height)
}

fn root(scene: &Scene) -> SvgElement {
    let (width, height) = (
        element::rounded(scene.size.0),
        element::rounded(scene.size.1),
    );
    SvgElement::new("svg")
        .with("class", "scene")
        .with("viewBox", format!("0 0 {width} {height}"))
}
