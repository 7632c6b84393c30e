//! A gate of NetworkPolicies: two posts, between them a bar while it is shut, a leaf that swings outwards when it is open.
//! What it did with the packet has its own shape, not only a colour: a disc with a cross where it dropped it, with a
//! question mark where the network plugin decides.

use crate::view::scene::{GateAnswer, GateState, Rect, Scene, SceneText, ShapeId, ShapeIndex};

use super::PictureState;
use super::element::{self, SvgElement};
use super::shapes;

/// The distance of the dotted line around an isolated pod.
const RING: f32 = 4.0;

/// Width and height of a post of a gate that is as high as can be.
const POST: (f32, f32) = (6.0, 9.0);

/// The height of a gate below which its parts are smaller.
const SMALL_BELOW: f32 = 30.0;

/// A gate with the line below its pod; the first gate of a pod also has the dotted line around it.
pub(super) fn gate(state: &PictureState<'_>, index: ShapeIndex) -> SvgElement {
    let shape = &state.scene.shapes[index.0];
    let Rect { x, y, w, h } = shape.rect;
    let answer = answer(state, index);
    let ring = ring(state.scene, index);
    let area = SvgElement::new("rect")
        .number("x", -4.0)
        .number("width", w + 8.0)
        .number("height", h)
        .with("rx", "4");
    let mut class = format!("shape gate {}", state_class(answer));
    if state.selected == Some(&shape.key) {
        class.push_str(" lit");
    }
    let line = texts(state, index).first().map(shapes::text);
    let line = line.map(|line| line.with("pointer-events", "none"));
    let mut group = SvgElement::new("g")
        .key(format!("{:?}", shape.key))
        .with("class", class)
        .with("transform", format!("translate({x:.1} {y:.1})"))
        .child(SvgElement::new("title").text(name(state, index)))
        .children(ring)
        .child(area)
        .children(parts(state.scene, index, answer))
        .children(line);
    group.shape = Some(index);
    group
}

/// The text of a gate for screen readers: its pod, and its line with all names.
pub(super) fn name(state: &PictureState<'_>, index: ShapeIndex) -> String {
    let pod = state.scene.shapes[index.0].key.name().unwrap_or_default();
    let line = texts(state, index).last().map_or("", shapes::words);
    format!("{pod}, {line}")
}

/// What the gate answered until now.
fn answer<'a>(state: &PictureState<'a>, index: ShapeIndex) -> Option<&'a GateAnswer> {
    state.path()?.gate(index, state.hop)
}

/// The texts of the gate, or of its answer.
fn texts<'a>(state: &PictureState<'a>, index: ShapeIndex) -> &'a [SceneText] {
    match answer(state, index) {
        Some(answer) => &answer.texts,
        None => &state.scene.shapes[index.0].texts,
    }
}

fn state_class(answer: Option<&GateAnswer>) -> &'static str {
    match answer.map(|answer| answer.state) {
        None => "idle",
        Some(GateState::Open) => "open",
        Some(GateState::Shut) => "shut",
        Some(GateState::Depends) => "depends",
    }
}

/// The dotted line around the pod, relative to its first gate.
fn ring(scene: &Scene, index: ShapeIndex) -> Option<SvgElement> {
    let own = &scene.shapes[index.0];
    let is_of_pod = |key: &ShapeId| match (key, &own.key) {
        (ShapeId::Gate(pod, side), ShapeId::Gate(own, own_side)) => {
            // The client of the Concept view is drawn apart from its pod.
            let is_apart = scene.view == crate::view::scene::View::Concept && side != own_side;
            pod == own && !is_apart
        }
        _ => false,
    };
    let first = scene.shapes.iter().position(|shape| is_of_pod(&shape.key));
    if first != Some(index.0) {
        return None;
    }
    let card = scene.owner_of_gate(index)?.rect;
    let ring = SvgElement::new("rect")
        .with("class", "ring")
        .number("x", card.x - own.rect.x - RING)
        .number("y", card.y - own.rect.y - RING)
        .number("width", card.w + 2.0 * RING)
        .number("height", card.h + 2.0 * RING)
        .with("rx", "12");
    Some(ring)
}

/// Posts, bar or leaf, and the disc.
fn parts(scene: &Scene, index: ShapeIndex, answer: Option<&GateAnswer>) -> Vec<SvgElement> {
    let Rect { x, w, h, .. } = scene.shapes[index.0].rect;
    let scale = if h < SMALL_BELOW { 0.6 } else { 1.0 };
    let (post_w, post_h) = (POST.0 * scale, POST.1 * scale);
    let middle = w / 2.0;
    let post = |top: f32| {
        SvgElement::new("rect")
            .with("class", "post")
            .number("x", middle - post_w / 2.0)
            .number("y", top)
            .number("width", post_w)
            .number("height", post_h)
            .with("rx", "2")
    };
    let mut parts = vec![post(0.0), post(h - post_h)];
    let state = answer.map(|answer| answer.state);
    if state == Some(GateState::Open) {
        // Away from the pod.
        let is_left = scene
            .owner_of_gate(index)
            .is_some_and(|owner| x < owner.rect.x);
        let out = if is_left { -16.0 } else { 16.0 };
        let points = [middle, post_h, middle + out * scale, 0.0].map(element::rounded);
        let [x1, y1, x2, y2] = points;
        parts.push(line("leaf", format!("M{x1} {y1}L{x2} {y2}")));
        return parts;
    }
    let points = [middle, post_h, h - post_h].map(element::rounded);
    parts.push(line(
        "bar",
        format!("M{} {}V{}", points[0], points[1], points[2]),
    ));
    if let Some(state) = state {
        parts.extend(disc(state, middle, h / 2.0, scale));
    }
    parts
}

fn line(class: &'static str, path: String) -> SvgElement {
    SvgElement::new("path").with("class", class).with("d", path)
}

/// A disc with a cross or a question mark.
fn disc(state: GateState, x: f32, y: f32, scale: f32) -> Vec<SvgElement> {
    let disc = SvgElement::new("circle")
        .with("class", "disc")
        .number("cx", x)
        .number("cy", y)
        .number("r", 9.0 * scale);
    let arm = 3.5 * scale;
    let mark = if state == GateState::Depends {
        SvgElement::new("text")
            .with("class", "disc-mark")
            .with("text-anchor", "middle")
            .number("x", x)
            .number("y", y + 4.0)
            .text("?")
    } else {
        let [left, right, top, bottom] = [x - arm, x + arm, y - arm, y + arm].map(element::rounded);
        line(
            "cross",
            format!("M{left} {top}L{right} {bottom}M{right} {top}L{left} {bottom}"),
        )
    };
    vec![disc, mark]
}
