//! The sides of boxes at which lines leave and arrive.

use crate::view::scene::{Curve, Point, Rect};
use kubehop_engine::trace::Direction;

/// A point at a box's side where a packet rests, and the direction in which lines leave it.
#[derive(Clone, Copy)]
pub(super) struct Attachment {
    pub(super) at: Point,
    out: (f32, f32),
}

/// The curve from one point of rest to another, along the directions of both.
pub(super) fn between(from: Attachment, to: Attachment) -> Curve {
    let (dx, dy) = (to.at.x - from.at.x, to.at.y - from.at.y);
    let pull = (dx.abs().max(dy.abs() * 0.6) * 0.5).clamp(8.0, 90.0);
    let ahead = |attachment: Attachment| Point {
        x: attachment.at.x + attachment.out.0 * pull,
        y: attachment.at.y + attachment.out.1 * pull,
    };
    Curve {
        from: from.at,
        lead: ahead(from),
        trail: ahead(to),
        to: to.at,
    }
}

/// The side of `rect` that faces `other`. A reply runs a little below the request, so that both can be seen.
pub(super) fn side(rect: Rect, other: Rect, direction: Direction) -> Attachment {
    let lower = match direction {
        Direction::Lookup | Direction::Request => 0.0,
        Direction::Reply => (rect.h * 0.24).min(10.0),
    };
    // The edge of a node has no width.
    if rect.w == 0.0 {
        let down = if other.centre().y > rect.y { 1.0 } else { -1.0 };
        return Attachment {
            at: Point {
                x: rect.x,
                y: rect.y,
            },
            out: (0.0, down),
        };
    }
    // A node's edge right above or below, as in the narrow picture, where there is no lane beside kube-proxy's card.
    if other.w == 0.0 && rect.x < other.x && other.x < rect.right() {
        return above_or_below(rect, other.x, other.y > rect.y);
    }
    let (left, right) = (rect.x.max(other.x), rect.right().min(other.right()));
    let one_above_the_other = other.y >= rect.bottom() || other.bottom() <= rect.y;
    if one_above_the_other && right - left > rect.w.min(other.w) / 2.0 {
        let x = (left + right) / 2.0 + lower;
        return above_or_below(rect, x, other.y >= rect.bottom());
    }
    let y = rect.centre().y + lower;
    let is_left =
        other.centre().x <= rect.x + 1.0 || (rect.w <= other.w && rect.x > other.x + other.w / 2.0);
    let is_right = other.centre().x >= rect.right() - 1.0;
    if is_left && !is_right {
        Attachment {
            at: Point { x: rect.x, y },
            out: (-1.0, 0.0),
        }
    } else {
        Attachment {
            at: Point { x: rect.right(), y },
            out: (1.0, 0.0),
        }
    }
}

fn above_or_below(rect: Rect, x: f32, is_below: bool) -> Attachment {
    if is_below {
        Attachment {
            at: Point {
                x,
                y: rect.bottom(),
            },
            out: (0.0, 1.0),
        }
    } else {
        Attachment {
            at: Point { x, y: rect.y },
            out: (0.0, -1.0),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_joins_the_sides_that_face_each_other() {
        let left = Rect::new(0.0, 0.0, 10.0, 10.0);
        let right = Rect::new(100.0, 50.0, 10.0, 10.0);
        let curve = between(
            side(left, right, Direction::Request),
            side(right, left, Direction::Request),
        );
        assert_eq!(
            (curve.from, curve.to),
            (Point { x: 10.0, y: 5.0 }, Point { x: 100.0, y: 55.0 })
        );
    }
}
