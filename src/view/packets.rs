//! The moving dots of the picture: where each packet is and what its header says there.

use super::scene::{Beside, Curve, Point, Rect, Scene};
use super::timeline::Moment;
use crate::engine::trace::{Direction, Trace};

/// One packet to draw.
#[derive(Clone, Debug, PartialEq)]
pub struct Dot {
    /// Where, in the scene's user units.
    pub at: Point,
    /// Which way it goes.
    pub leg: Direction,
    /// Whether the trip has failed here.
    pub failed: bool,
}

/// The header beside a packet.
#[derive(Clone, Debug, PartialEq)]
pub struct Label {
    /// Source, as `ip:port`.
    pub source: String,
    /// Destination, as `ip:port`.
    pub destination: String,
    /// Whether each has been rewritten since the packet was sent.
    pub changed: (bool, bool),
}

/// Where a trip's packet is at a moment.
pub fn dot(scene: &Scene, trace: &Trace, way: &[Curve], moment: Moment) -> Option<Dot> {
    let hop = trace.hops.get(moment.hop)?;
    let here = way.get(moment.hop)?;
    let after = way.get(moment.hop + 1);
    let next = after.filter(|_| moment.ahead > 0.0);
    let at = match (next, after) {
        (Some(next), _) => next.at(eased(moment.ahead)),
        (None, Some(after)) => between(here.to, after.from, eased(moment.done)),
        (None, None) => here.to,
    };
    let last = moment.hop + 1 == trace.hops.len();
    let failed = last && trace.is_failure();
    let at = Point {
        x: at.x.clamp(0.0, scene.size.0),
        y: at.y.clamp(0.0, scene.size.1),
    };
    let leg = trace
        .hops
        .get(moment.hop + usize::from(next.is_some()))
        .map_or(hop.direction, |hop| hop.direction);
    Some(Dot { at, leg, failed })
}

/// The header of a trip's packet at a moment: the old one until the hop's work is half done, then the new one.
pub fn label(trace: &Trace, moment: Moment) -> Option<Label> {
    let hop = trace.hops.get(moment.hop)?;
    let first = trace
        .hops
        .iter()
        .find(|other| other.direction == hop.direction)?;
    let now = if moment.done < 0.5 {
        &hop.before
    } else {
        &hop.after
    };
    let changed = (
        now.source != first.before.source,
        now.destination != first.before.destination,
    );
    let (source, destination) = now.ends();
    Some(Label {
        source,
        destination,
        changed,
    })
}

impl Label {
    /// How large it is: two lines of monospaced letters with a frame around them.
    pub fn size(&self) -> (f32, f32) {
        let letters = self.source.len().max(self.destination.len()) as f32 + 4.0;
        (letters * 6.62 + 20.0, 40.0)
    }
}

/// The packet with its halo.
const HALO: f32 = 15.0;

/// Where a header of that size stands beside a trip's packet at a moment: still while the packet rests, gliding from
/// spot to spot while it travels.
pub fn spot(scene: &Scene, way: &[Curve], moment: Moment, size: (f32, f32)) -> Rect {
    let rest = |hop: usize| {
        let here = way.get(hop).map(|curve| curve.to).unwrap_or_default();
        let leaves = way.get(hop + 1).map_or(here, |next| next.from);
        scene.room(
            size,
            Beside {
                around: around(here, leaves),
                at: leaves,
                glides: &[],
            },
        )
    };
    let from = rest(moment.hop);
    let at = match way.get(moment.hop + 1).filter(|_| moment.ahead > 0.0) {
        None => from,
        Some(next) => {
            let (to, half) = (rest(moment.hop + 1), next.at(0.5));
            let middle = scene.room(
                size,
                Beside {
                    around: around(half, half),
                    at: half,
                    glides: &[from, to],
                },
            );
            match moment.ahead * 2.0 {
                ahead if ahead < 1.0 => between(from, middle, eased(ahead)),
                ahead => between(middle, to, eased(ahead - 1.0)),
            }
        }
    };
    Rect::new(at.x, at.y, size.0, size.1)
}

/// What a packet covers on its way from one point to another.
fn around(from: Point, to: Point) -> Rect {
    let (x, y) = (from.x.min(to.x) - HALO, from.y.min(to.y) - HALO);
    Rect::new(
        x,
        y,
        from.x.max(to.x) + HALO - x,
        from.y.max(to.y) + HALO - y,
    )
}

/// A point on the straight line from one to another.
fn between(from: Point, to: Point, t: f32) -> Point {
    Point {
        x: from.x + (to.x - from.x) * t,
        y: from.y + (to.y - from.y) * t,
    }
}

/// Slow, fast, slow.
fn eased(t: f32) -> f32 {
    t * t * (3.0 - 2.0 * t)
}
