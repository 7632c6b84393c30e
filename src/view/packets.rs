//! The packets of the picture: where each is at a moment, and the label beside it.

use super::flow::FlowPath;
use super::label_rows::{LabelRow, rows};
use super::page_view::Tone;
use super::scene::{Curve, LabelAnchor, PacketKind, PathHop, Point, Rect, Scene, ScenePath, View};
use super::timeline::Moment;

/// The radius of the one packet of a connection that is shown alone.
pub const RADIUS: f32 = 7.5;

/// The radius of the halo around it.
pub const HALO: f32 = 15.0;

/// The opacity of the halo.
pub const HALO_OPACITY: f32 = 0.16;

/// The radius of a packet among many.
pub const SMALL_RADIUS: f32 = 4.5;

/// The radius of a label's corners.
pub const LABEL_CORNER: f32 = 8.0;

/// A packet in the picture.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PacketDot {
    /// Its centre, in user units.
    pub at: Point,
    /// Its radius.
    pub radius: f32,
    /// The radius of its halo.
    pub halo: Option<f32>,
    /// How well the connection ended, if it did so here.
    pub ended: Option<Tone>,
    /// What it is for.
    pub kind: PacketKind,
}

/// The label beside a packet: a frame with its source and destination.
#[derive(Clone, Debug, PartialEq)]
pub struct PacketLabel {
    /// The frame.
    pub frame: Rect,
    /// The line from the packet to the frame; `None` if the frame is far away.
    pub tie: Option<(Point, Point)>,
    /// Source and destination; while they are rewritten, the old ones and the new ones.
    pub lines: Vec<LabelLine>,
    /// What the packet is for.
    pub kind: PacketKind,
}

/// How a line of a label is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LineStyle {
    /// As it was sent.
    Plain,
    /// Struck: a rewrite replaces it.
    Struck,
    /// Rewritten since the packet was sent.
    Changed,
}

/// One line of a label.
#[derive(Clone, Debug, PartialEq)]
pub struct LabelLine {
    /// `src` or `dst`; empty below a struck line.
    pub name: &'static str,
    /// The start of the name's baseline.
    pub at: Point,
    /// `ip:port`.
    pub value: String,
    /// The start of the value's baseline.
    pub value_at: Point,
    /// The width of the value.
    pub width: f32,
    /// How it is written.
    pub style: LineStyle,
}

/// The width of a letter of a label.
const LETTER: f32 = 6.62;

/// The distance from one line of a label to the next one.
const LINE: f32 = 15.0;

/// The narrowest scene with room for labels; on a phone the Packet tab below the picture shows the header.
const LABELS_FROM: f32 = 520.0;

/// The longest line from a packet to its label while the packet travels; a longer one would cross what is between them.
const TIE: f32 = 40.0;

/// The longest line while the packet stays, if it crosses no text.
const RESTING_TIE: f32 = 140.0;

/// The packet of the shown connection.
pub fn dot(scene: &Scene, path: &ScenePath, moment: Moment) -> Option<PacketDot> {
    let curve = |index: usize| path.hops.get(index).map(|hop| hop.curve);
    let is_rewrite = path.hops[moment.hop].is_rewrite();
    let passed = if is_rewrite {
        moment.after_rewrite()
    } else {
        moment.done
    };
    let at = position(curve(moment.hop)?, curve(moment.hop + 1), moment, passed);
    Some(PacketDot {
        at: within(scene, at),
        radius: RADIUS,
        halo: Some(HALO),
        ended: (moment.hop + 1 == path.hops.len()).then_some(path.tone),
        kind: path.kind_at(moment),
    })
}

/// A packet among many.
pub fn small_dot(scene: &Scene, path: &FlowPath, moment: Moment) -> Option<PacketDot> {
    let curve = |index: usize| path.curves.get(index).copied();
    let (here, next) = (curve(moment.hop)?, curve(moment.hop + 1));
    let at = position(here, next, moment, moment.done);
    let next = moment.hop + usize::from(moment.ahead > 0.0);
    let kind = path.kinds.get(next).or_else(|| path.kinds.last());
    Some(PacketDot {
        at: within(scene, at),
        radius: SMALL_RADIUS,
        halo: None,
        ended: (moment.hop + 1 == path.curves.len()).then_some(path.tone),
        kind: kind.copied().unwrap_or_default(),
    })
}

/// On the next curve while the packet travels; while it stays, as far through the box as it has `passed`.
fn position(here: Curve, next: Option<Curve>, moment: Moment, passed: f32) -> Point {
    match next {
        Some(next) if moment.ahead > 0.0 => next.at(eased(moment.ahead)),
        Some(next) => here.to.towards(next.from, eased(passed)),
        None => here.to,
    }
}

fn within(scene: &Scene, point: Point) -> Point {
    Point {
        x: point.x.clamp(0.0, scene.size.0),
        y: point.y.clamp(0.0, scene.size.1),
    }
}

/// Whether packets have labels in a scene of that width.
pub(super) fn has_labels(view: View, width: f32) -> bool {
    view == View::Network && width > LABELS_FROM
}

/// The label of the shown connection's packet; `None` where there is no room for labels: in a narrow scene, and between
/// the columns of the Concept view.
pub fn label(scene: &Scene, path: &ScenePath, moment: Moment) -> Option<PacketLabel> {
    if !has_labels(scene.view, scene.size.0) {
        return None;
    }
    path.hops.get(moment.hop)?;
    let packet = dot(scene, path, moment)?.at;
    let rows = rows(path, moment);
    let frame = label_frame(scene, path, moment, rows.len());
    let end = frame.nearest(packet);
    let lines = rows.into_iter().enumerate();
    Some(PacketLabel {
        frame,
        tie: has_tie(scene, (packet, end), moment).then_some((packet, end)),
        lines: lines
            .map(|(row, line)| label_line(line, frame, row))
            .collect(),
        kind: path.kind_at(moment),
    })
}

/// Whether a line from a packet to its label is drawn.
fn has_tie(scene: &Scene, (packet, end): (Point, Point), moment: Moment) -> bool {
    let length = packet.distance(end);
    let is_resting = moment.ahead == 0.0;
    length < TIE || (is_resting && length < RESTING_TIE && scene.is_free_of_text(packet, end))
}

/// The size of a label with so many lines at a hop: monospaced letters with a frame around them.
fn label_size(hop: &PathHop, lines: usize) -> (f32, f32) {
    let values = [&hop.before, &hop.after]
        .into_iter()
        .flat_map(|header| [&header.source, &header.destination]);
    let letters = values.map(String::len).max().unwrap_or_default() as f32 + 4.0;
    (letters * LETTER + 20.0, 10.0 + LINE * lines as f32)
}

/// The most lines of the label at a hop.
fn most_lines(hop: &PathHop) -> usize {
    let (before, after) = (&hop.before, &hop.after);
    2 + usize::from(before.source != after.source)
        + usize::from(before.destination != after.destination)
}

fn label_line(line: LabelRow<'_>, frame: Rect, row: usize) -> LabelLine {
    let LabelRow { name, value, style } = line;
    let at = Point {
        x: frame.x + 10.0,
        y: frame.y + 17.0 + LINE * row as f32,
    };
    LabelLine {
        name,
        at,
        value: value.to_owned(),
        value_at: Point {
            x: at.x + 26.5,
            ..at
        },
        width: value.len() as f32 * LETTER,
        style,
    }
}

/// The frame of a label: at one place while the packet stays, from place to place while it travels.
fn label_frame(scene: &Scene, path: &ScenePath, moment: Moment, lines: usize) -> Rect {
    let size = label_size(&path.hops[moment.hop], lines);
    let from = resting_corner(scene, path, moment.hop);
    let corner = match path.hops.get(moment.hop + 1) {
        Some(next) if moment.ahead > 0.0 => {
            let to = resting_corner(scene, path, moment.hop + 1);
            let half = next.curve.at(0.5);
            let anchor = LabelAnchor {
                around: around(half, half),
                at: half,
                neighbours: &[from, to],
                card: None,
            };
            let middle = scene.place_label(size, anchor);
            let part = moment.ahead * 2.0;
            if part < 1.0 {
                from.towards(middle, eased(part))
            } else {
                middle.towards(to, eased(part - 1.0))
            }
        }
        _ => from,
    };
    Rect::new(corner.x, corner.y, size.0, size.1)
}

/// The corner of the label while its packet stays at a hop.
fn resting_corner(scene: &Scene, path: &ScenePath, hop: usize) -> Point {
    let own = &path.hops[hop];
    let size = label_size(own, most_lines(own));
    let curve = |index: usize| path.hops.get(index).map(|hop| hop.curve);
    let here = curve(hop).map(|curve| curve.to).unwrap_or_default();
    let leaves = curve(hop + 1).map_or(here, |next| next.from);
    let anchor = LabelAnchor {
        around: around(here, leaves),
        at: leaves,
        neighbours: &[],
        card: own
            .shape
            .map(|index| scene.shapes[index.0].rect)
            .zip(own.card.as_deref()),
    };
    scene.place_label(size, anchor)
}

/// The upper and the lower edge of what a packet covers while it stays at a hop: its halo, and its label.
pub(super) fn resting_area(scene: &Scene, path: &ScenePath, hop: usize) -> (f32, f32) {
    let own = &path.hops[hop];
    let here = own.curve.to;
    let leaves = path.hops.get(hop + 1).map_or(here, |next| next.curve.from);
    let dot = around(here, leaves);
    if !has_labels(scene.view, scene.size.0) {
        return (dot.y, dot.bottom());
    }
    let label = resting_corner(scene, path, hop).y;
    let (_, height) = label_size(own, most_lines(own));
    (dot.y.min(label), dot.bottom().max(label + height))
}

/// What a packet with its halo covers on its way from one point to another.
fn around(from: Point, to: Point) -> Rect {
    let (x, y) = (from.x.min(to.x) - HALO, from.y.min(to.y) - HALO);
    let (right, bottom) = (from.x.max(to.x) + HALO, from.y.max(to.y) + HALO);
    Rect::new(x, y, right - x, bottom - y)
}

/// Slow, fast, slow.
pub(super) fn eased(t: f32) -> f32 {
    t * t * (3.0 - 2.0 * t)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::lessons::LESSONS;
    use crate::view::session::{Ask, LookAsk, Model};

    /// The texts of a scene that a label at rest covers, at some hop.
    fn covered(model: &Model) -> Vec<String> {
        let scene = &model.scene;
        let Some(path) = &scene.path else {
            return Vec::new();
        };
        let hops = 0..path.hops.len();
        hops.flat_map(|hop| {
            let at = resting_corner(scene, path, hop);
            let (w, h) = label_size(&path.hops[hop], most_lines(&path.hops[hop]));
            let frame = Rect::new(at.x, at.y, w, h);
            scene
                .texts_below(frame)
                .map(move |text| format!("{hop}: {text}"))
        })
        .collect()
    }

    #[test]
    fn no_line_strikes_out_the_address_of_a_node() {
        for lesson in LESSONS {
            let mut model = Model::new();
            model.handle(Ask::OpenLesson(lesson.id.to_owned()));
            for width in [390.0, 480.0] {
                model.handle(Ask::Look(LookAsk::Resize(width)));
                let scene = &model.scene;
                let points = scene.lines().flat_map(|hop| {
                    let parts = (0..=60u8).map(|part| f32::from(part) / 60.0);
                    parts.map(|part| hop.curve.at(part))
                });
                let struck = points.flat_map(|Point { x, y }| {
                    // The area of a text is a little larger than its letters.
                    let point = Rect::new(x + 2.0, y, 0.1, 0.1);
                    scene.texts_below(point)
                });
                let struck: Vec<_> = struck.filter(|text| text.contains("192.168")).collect();
                assert!(struck.is_empty(), "{} at {width}: {struck:?}", lesson.id);
            }
        }
    }

    #[test]
    fn no_label_at_rest_covers_a_text_of_an_example() {
        for lesson in LESSONS {
            let mut model = Model::new();
            model.handle(Ask::OpenLesson(lesson.id.to_owned()));
            for width in [560.0, 648.0, 712.0] {
                model.handle(Ask::Look(LookAsk::Resize(width)));
                assert_eq!(
                    covered(&model),
                    Vec::<String>::new(),
                    "{} at {width}",
                    lesson.id
                );
            }
        }
    }
}
