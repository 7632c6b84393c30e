//! Points, rectangles and curves in user units: x to the right, y downwards, one unit a CSS pixel at zoom 1.

use serde::{Deserialize, Serialize};

/// A point in user units.
#[derive(Clone, Copy, Debug, PartialEq, Default, Serialize, Deserialize)]
pub struct Point {
    /// To the right.
    pub x: f32,
    /// Downwards.
    pub y: f32,
}

impl Point {
    /// The point on the straight line to `other`, at `t` from 0 to 1.
    pub fn towards(self, other: Point, t: f32) -> Point {
        Point {
            x: self.x + (other.x - self.x) * t,
            y: self.y + (other.y - self.y) * t,
        }
    }

    /// The distance to another point.
    pub fn distance(self, other: Point) -> f32 {
        (other.x - self.x).hypot(other.y - self.y)
    }
}

/// A rectangle in user units.
#[derive(Clone, Copy, Debug, PartialEq, Default, Serialize, Deserialize)]
pub struct Rect {
    /// The left edge.
    pub x: f32,
    /// The top edge.
    pub y: f32,
    /// The width.
    pub w: f32,
    /// The height.
    pub h: f32,
}

impl Rect {
    /// The rectangle of a size whose top left corner is (x, y).
    pub fn new(x: f32, y: f32, w: f32, h: f32) -> Rect {
        Rect { x, y, w, h }
    }

    /// The middle.
    pub fn centre(self) -> Point {
        Point {
            x: self.x + self.w / 2.0,
            y: self.y + self.h / 2.0,
        }
    }

    /// The right edge.
    pub fn right(self) -> f32 {
        self.x + self.w
    }

    /// The bottom edge.
    pub fn bottom(self) -> f32 {
        self.y + self.h
    }

    /// The area that both rectangles cover.
    pub fn overlap(self, other: Rect) -> f32 {
        let across = self.right().min(other.right()) - self.x.max(other.x);
        let down = self.bottom().min(other.bottom()) - self.y.max(other.y);
        across.max(0.0) * down.max(0.0)
    }

    /// The shortest distance to another rectangle; 0 if they touch or overlap.
    pub fn gap(self, other: Rect) -> f32 {
        let across = (other.x - self.right())
            .max(self.x - other.right())
            .max(0.0);
        let down = (other.y - self.bottom())
            .max(self.y - other.bottom())
            .max(0.0);
        across.hypot(down)
    }

    /// Whether a point is inside or on an edge.
    pub fn contains(self, point: Point) -> bool {
        self.nearest(point) == point
    }

    /// The point of the rectangle that is nearest to another point.
    pub fn nearest(self, point: Point) -> Point {
        Point {
            x: point.x.clamp(self.x, self.right()),
            y: point.y.clamp(self.y, self.bottom()),
        }
    }
}

/// A cubic Bézier curve.
#[derive(Clone, Copy, Debug, PartialEq, Default, Serialize, Deserialize)]
pub struct Curve {
    /// The first point.
    pub from: Point,
    /// The control point of the first point.
    pub lead: Point,
    /// The control point of the last point.
    pub trail: Point,
    /// The last point.
    pub to: Point,
}

impl Curve {
    /// A curve of no length.
    pub fn resting(point: Point) -> Curve {
        Curve {
            from: point,
            lead: point,
            trail: point,
            to: point,
        }
    }

    /// The point at `t` from 0 to 1.
    pub fn at(self, t: f32) -> Point {
        let t = t.clamp(0.0, 1.0);
        let s = 1.0 - t;
        let (a, b, c, d) = (s * s * s, 3.0 * s * s * t, 3.0 * s * t * t, t * t * t);
        Point {
            x: a * self.from.x + b * self.lead.x + c * self.trail.x + d * self.to.x,
            y: a * self.from.y + b * self.lead.y + c * self.trail.y + d * self.to.y,
        }
    }

    /// The curve as the `d` attribute of an SVG path.
    pub fn path(self) -> String {
        let Curve {
            from,
            lead,
            trail,
            to,
        } = self;
        format!(
            "M{:.1} {:.1}C{:.1} {:.1} {:.1} {:.1} {:.1} {:.1}",
            from.x, from.y, lead.x, lead.y, trail.x, trail.y, to.x, to.y
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_curve_starts_and_ends_at_its_points_and_goes_no_further() {
        let curve = Curve {
            from: Point { x: 10.0, y: 5.0 },
            lead: Point { x: 55.0, y: 5.0 },
            trail: Point { x: 55.0, y: 55.0 },
            to: Point { x: 100.0, y: 55.0 },
        };
        assert_eq!((curve.at(0.0), curve.at(1.0)), (curve.from, curve.to));
        assert_eq!((curve.at(-3.0), curve.at(3.0)), (curve.from, curve.to));
    }
}
