//! The moving dots of the picture: where each packet is and what its header says there.

use super::scene::{Curve, Point, Scene};
use super::timeline::Moment;
use crate::engine::trace::{Leg, Trace};

/// One packet to draw.
#[derive(Clone, Debug, PartialEq)]
pub struct Dot {
    /// Where, in the scene's user units.
    pub at: Point,
    /// Which way it goes.
    pub leg: Leg,
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
    let at = Point { x: at.x.clamp(0.0, scene.size.0), y: at.y.clamp(0.0, scene.size.1) };
    let leg = trace.hops.get(moment.hop + usize::from(next.is_some())).map_or(hop.leg, |hop| hop.leg);
    Some(Dot { at, leg, failed })
}

/// The header of a trip's packet at a moment: the old one until the hop's work is half done, then the new one.
pub fn label(trace: &Trace, moment: Moment) -> Option<Label> {
    let hop = trace.hops.get(moment.hop)?;
    let first = trace.hops.iter().find(|other| other.leg == hop.leg)?;
    let now = if moment.done < 0.5 { &hop.before } else { &hop.after };
    let changed = (now.source != first.before.source, now.destination != first.before.destination);
    let (source, destination) = now.ends();
    Some(Label { source, destination, changed })
}

/// A point on the straight line from one to another.
fn between(from: Point, to: Point, t: f32) -> Point {
    Point { x: from.x + (to.x - from.x) * t, y: from.y + (to.y - from.y) * t }
}

/// Slow, fast, slow.
fn eased(t: f32) -> f32 {
    t * t * (3.0 - 2.0 * t)
}
