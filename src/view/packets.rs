//! The packets of the picture: where each is at a moment, and what the label beside it says.

use super::flow::FlowPath;
use super::scene::{
    Curve, LabelAnchor, PacketHeader, PathHop, Point, Rect, Scene, ScenePath, View,
};
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
    /// Whether the connection has failed here.
    pub failed: bool,
}

/// The label beside a packet: a frame with its source and destination.
#[derive(Clone, Debug, PartialEq)]
pub struct PacketLabel {
    /// The frame.
    pub frame: Rect,
    /// The line from the packet to the frame; `None` if the frame is far away.
    pub tie: Option<(Point, Point)>,
    /// Source and destination.
    pub lines: [LabelLine; 2],
}

/// One line of a label.
#[derive(Clone, Debug, PartialEq)]
pub struct LabelLine {
    /// `src` or `dst`.
    pub name: &'static str,
    /// The start of the name's baseline.
    pub at: Point,
    /// `ip:port`.
    pub value: String,
    /// The start of the value's baseline.
    pub value_at: Point,
    /// Whether the value was rewritten since the packet was sent.
    pub changed: bool,
}

/// The narrowest scene with room for labels; on a phone the Packet tab below the picture shows the header.
const LABELS_FROM: f32 = 520.0;

/// The longest line from a packet to its label; a longer one would cross what is between them.
const TIE: f32 = 40.0;

/// The packet of the shown connection.
pub fn dot(scene: &Scene, path: &ScenePath, moment: Moment) -> Option<PacketDot> {
    let curve = |index: usize| path.hops.get(index).map(|hop| hop.curve);
    let at = position(curve(moment.hop)?, curve(moment.hop + 1), moment);
    Some(PacketDot {
        at: within(scene, at),
        radius: RADIUS,
        halo: Some(HALO),
        failed: path.is_failure && moment.hop + 1 == path.hops.len(),
    })
}

/// A packet among many.
pub fn small_dot(scene: &Scene, path: &FlowPath, moment: Moment) -> Option<PacketDot> {
    let curve = |index: usize| path.curves.get(index).copied();
    let at = position(curve(moment.hop)?, curve(moment.hop + 1), moment);
    Some(PacketDot {
        at: within(scene, at),
        radius: SMALL_RADIUS,
        halo: None,
        failed: path.is_failure && moment.hop + 1 == path.curves.len(),
    })
}

/// On the next curve while the packet travels; on its way through the box while it stays.
fn position(here: Curve, next: Option<Curve>, moment: Moment) -> Point {
    match next {
        Some(next) if moment.ahead > 0.0 => next.at(eased(moment.ahead)),
        Some(next) => here.to.towards(next.from, eased(moment.done)),
        None => here.to,
    }
}

fn within(scene: &Scene, point: Point) -> Point {
    Point {
        x: point.x.clamp(0.0, scene.size.0),
        y: point.y.clamp(0.0, scene.size.1),
    }
}

/// The label of the shown connection's packet; `None` where there is no room for labels: in a narrow scene, and between
/// the columns of the Concept view.
pub fn label(scene: &Scene, path: &ScenePath, moment: Moment) -> Option<PacketLabel> {
    if scene.size.0 <= LABELS_FROM || scene.view == View::Concept {
        return None;
    }
    let hop = path.hops.get(moment.hop)?;
    let packet = dot(scene, path, moment)?.at;
    let header = header(hop, moment);
    let frame = label_frame(scene, path, moment, label_size(header));
    let end = frame.nearest(packet);
    Some(PacketLabel {
        frame,
        tie: (packet.distance(end) < TIE).then_some((packet, end)),
        lines: [
            label_line("src", &header.source, header.source_changed, frame, 17.0),
            label_line(
                "dst",
                &header.destination,
                header.destination_changed,
                frame,
                32.0,
            ),
        ],
    })
}

/// The header on arrival until half of the stay is over, then the one on departure.
fn header(hop: &PathHop, moment: Moment) -> &PacketHeader {
    if moment.done < 0.5 {
        &hop.before
    } else {
        &hop.after
    }
}

/// Two lines of monospaced letters with a frame around them.
fn label_size(header: &PacketHeader) -> (f32, f32) {
    let letters = header.source.len().max(header.destination.len()) as f32 + 4.0;
    (letters * 6.62 + 20.0, 40.0)
}

fn label_line(name: &'static str, value: &str, changed: bool, frame: Rect, y: f32) -> LabelLine {
    let at = Point {
        x: frame.x + 10.0,
        y: frame.y + y,
    };
    LabelLine {
        name,
        at,
        value: value.to_owned(),
        value_at: Point {
            x: at.x + 26.5,
            ..at
        },
        changed,
    }
}

/// The frame of a label: at one place while the packet stays, from place to place while it travels.
fn label_frame(scene: &Scene, path: &ScenePath, moment: Moment, size: (f32, f32)) -> Rect {
    let from = resting_corner(scene, path, moment.hop, size);
    let corner = match path.hops.get(moment.hop + 1) {
        Some(next) if moment.ahead > 0.0 => {
            let to = resting_corner(scene, path, moment.hop + 1, size);
            let half = next.curve.at(0.5);
            let anchor = LabelAnchor {
                around: around(half, half),
                at: half,
                neighbours: &[from, to],
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
fn resting_corner(scene: &Scene, path: &ScenePath, hop: usize, size: (f32, f32)) -> Point {
    let curve = |index: usize| path.hops.get(index).map(|hop| hop.curve);
    let here = curve(hop).map(|curve| curve.to).unwrap_or_default();
    let leaves = curve(hop + 1).map_or(here, |next| next.from);
    let anchor = LabelAnchor {
        around: around(here, leaves),
        at: leaves,
        neighbours: &[],
    };
    scene.place_label(size, anchor)
}

/// What a packet with its halo covers on its way from one point to another.
fn around(from: Point, to: Point) -> Rect {
    let (x, y) = (from.x.min(to.x) - HALO, from.y.min(to.y) - HALO);
    let (right, bottom) = (from.x.max(to.x) + HALO, from.y.max(to.y) + HALO);
    Rect::new(x, y, right - x, bottom - y)
}

/// Slow, fast, slow.
fn eased(t: f32) -> f32 {
    t * t * (3.0 - 2.0 * t)
}
