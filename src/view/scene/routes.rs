//! Where a packet travels in a picture: a curve from each hop's resting point to the next one's.

use crate::engine::trace::{Device, Direction, Hop, Trace};

use super::{Rect, Scene, Shape, ShapeId, View};

/// A point in user units.
#[derive(Clone, Copy, Debug, PartialEq, Default)]
pub struct Point {
    /// Rightwards.
    pub x: f32,
    /// Downwards.
    pub y: f32,
}

/// A cubic Bézier curve.
#[derive(Clone, Copy, Debug, PartialEq, Default)]
pub struct Curve {
    /// Where it begins.
    pub from: Point,
    /// First control point.
    pub lead: Point,
    /// Second control point.
    pub trail: Point,
    /// Where it ends.
    pub to: Point,
}

impl Curve {
    /// The point at `t` from 0 to 1.
    pub fn at(self, t: f32) -> Point {
        let t = t.clamp(0.0, 1.0);
        let s = 1.0 - t;
        let (a, b, c, d) = (s * s * s, 3.0 * s * s * t, 3.0 * s * t * t, t * t * t);
        let mix =
            |from: f32, lead: f32, trail: f32, to: f32| a * from + b * lead + c * trail + d * to;
        Point {
            x: mix(self.from.x, self.lead.x, self.trail.x, self.to.x),
            y: mix(self.from.y, self.lead.y, self.trail.y, self.to.y),
        }
    }

    /// The SVG path.
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

    /// Standing still.
    pub fn resting(point: Point) -> Curve {
        Curve {
            from: point,
            lead: point,
            trail: point,
            to: point,
        }
    }

    /// From one resting point to another, leaving and arriving along the given directions.
    fn between(from: Port, to: Port) -> Curve {
        let (dx, dy) = (to.at.x - from.at.x, to.at.y - from.at.y);
        let pull = (dx.abs().max(dy.abs() * 0.6) * 0.5).clamp(8.0, 90.0);
        let ahead = |port: Port| Point {
            x: port.at.x + port.out.0 * pull,
            y: port.at.y + port.out.1 * pull,
        };
        Curve {
            from: from.at,
            lead: ahead(from),
            trail: ahead(to),
            to: to.at,
        }
    }
}

/// An edge of the picture: how a hop is reached.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PacketRoute {
    /// Its way.
    pub curve: Curve,
    /// The hop it leads to.
    pub hop: usize,
    /// Request or reply.
    pub leg: Direction,
    /// What the packet does at its end.
    pub arrival: ArrowEnd,
}

/// What a packet does where a way ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ArrowEnd {
    /// It comes to a box.
    Stop,
    /// It only passes, as at the edge of a node that forwards it: the way goes on to the next box.
    Passing,
}

/// A point at a shape's side where a packet rests, and the direction in which it leaves.
#[derive(Clone, Copy)]
struct Port {
    at: Point,
    out: (f32, f32),
}

impl Scene {
    /// The curve on which each hop is reached; the first is where the packet begins. Where a hop is left on another
    /// side than it was reached, the packet crosses it while it rests.
    pub fn way(&self, trace: &Trace) -> Vec<Curve> {
        let places: Vec<Option<Rect>> = (0..trace.hops.len())
            .map(|place| self.place(trace, place))
            .collect();
        let mut curves: Vec<Curve> = Vec::with_capacity(places.len());
        for (place, hop) in trace.hops.iter().enumerate() {
            let here = places[place];
            let before = places[..place].iter().rev().find_map(|rect| *rect);
            let rested = curves.last().map(|curve: &Curve| curve.to);
            curves.push(match (before, here, rested) {
                (Some(from), Some(to), Some(point)) if from == to => Curve::resting(point),
                (Some(from), Some(to), _) => {
                    Curve::between(side(from, to, hop.direction), side(to, from, hop.direction))
                }
                (None, Some(to), _) => {
                    let next = places[place + 1..]
                        .iter()
                        .find_map(|rect| rect.filter(|rect| *rect != to));
                    Curve::resting(side(to, next.unwrap_or(to), hop.direction).at)
                }
                (Some(from), None, _) => {
                    let next = places[place + 1..]
                        .iter()
                        .find_map(|rect| *rect)
                        .unwrap_or(from);
                    Curve::resting(side(from, next, hop.direction).at)
                }
                (None, None, point) => Curve::resting(point.unwrap_or_default()),
            });
        }
        curves
    }

    /// The box a hop happens in. A node that only passes a packet on is crossed at its edge.
    fn place(&self, trace: &Trace, place: usize) -> Option<Rect> {
        let hop = trace.hops.get(place)?;
        let rect = |hop: &Hop| self.shape_of(hop).map(|shape| shape.rect);
        if self.view == View::Concept {
            let decided = trace.hops[..place]
                .iter()
                .any(|before| before.device.rules_node().is_some());
            let only_forwards = matches!(hop.device, Device::Node(_)) && decided && !hop.at_client;
            let from_client = place
                .checked_sub(1)
                .and_then(|before| trace.hops.get(before))
                .is_some_and(|hop| hop.at_client);
            let through = if from_client {
                self.through_service(hop)
            } else {
                None
            };
            return through.or_else(|| rect(hop)).filter(|_| !only_forwards);
        }
        let Device::Node(node) = &hop.device else {
            return rect(hop);
        };
        let is_entry = self.shape(&ShapeId::Entry(node.clone())).is_some();
        if hop.at_client || is_entry {
            return rect(hop);
        }
        let node = self.shape(&ShapeId::Node(node.clone()))?.rect;
        let outer = match hop.direction {
            Direction::Lookup | Direction::Request => place.checked_sub(1),
            Direction::Reply => Some(place + 1),
        };
        let other = outer
            .and_then(|outer| trace.hops.get(outer))
            .and_then(rect)
            .unwrap_or(node);
        let y = if other.centre().y > node.centre().y {
            node.bottom()
        } else {
            node.y
        };
        let lane = self.lane
            + if hop.direction == Direction::Reply {
                7.0
            } else {
                0.0
            };
        Some(Rect::new(lane, y, 0.0, 0.0))
    }

    /// What the packet does at a hop; nothing goes on from the last one.
    fn arrival(&self, trace: &Trace, place: usize) -> ArrowEnd {
        let has_box = self.place(trace, place).is_some_and(|rect| rect.w > 0.0);
        if has_box || place + 1 == trace.hops.len() {
            ArrowEnd::Stop
        } else {
            ArrowEnd::Passing
        }
    }

    /// In the Concept view the choice of an endpoint reaches from the Service to the endpoint's line.
    fn through_service(&self, hop: &Hop) -> Option<Rect> {
        let service = hop.service.clone()?;
        let chosen = hop.choices.iter().find(|choice| choice.chosen)?;
        let from = self.shape(&ShapeId::Service(service.clone()))?.rect;
        let row = self
            .shape(&ShapeId::Endpoint(service, chosen.endpoint))?
            .rect;
        // As tall as the Service, so that a client above it comes from above.
        let below = (row.centre().y - from.y).max(row.h / 2.0);
        let above = from.bottom() - row.centre().y;
        let half = below.max(above);
        Some(Rect::new(
            from.x,
            row.centre().y - half,
            row.right() - from.x,
            2.0 * half,
        ))
    }

    /// What stands for a hop's place in this view, the best first.
    pub fn keys(&self, hop: &Hop) -> Vec<ShapeId> {
        match self.view {
            View::Network => match &hop.device {
                Device::Node(node) if hop.at_client => {
                    vec![ShapeId::Process(node.clone()), ShapeId::Node(node.clone())]
                }
                place => network_keys(place),
            },
            View::Concept => self.concept_keys(hop),
        }
    }

    /// The shape a hop happens in.
    pub fn shape_of(&self, hop: &Hop) -> Option<&Shape> {
        self.keys(hop).iter().find_map(|key| self.shape(key))
    }

    fn concept_keys(&self, hop: &Hop) -> Vec<ShapeId> {
        let service = hop.service.clone();
        let chosen = hop.choices.iter().find(|choice| choice.chosen);
        match (&hop.device, service) {
            _ if hop.at_client => vec![ShapeId::Client],
            (Device::Rules(_), Some(service)) => {
                let row = chosen.map(|choice| ShapeId::Endpoint(service.clone(), choice.endpoint));
                row.into_iter().chain([ShapeId::Service(service)]).collect()
            }
            (Device::Node(_) | Device::LoadBalancer(_), Some(service)) => {
                vec![ShapeId::Service(service)]
            }
            (place, _) => network_keys(place),
        }
    }
}

/// Draws the trace's routes into the graph, from box to box.
pub fn connect(scene: &mut Scene, trace: Option<&Trace>) {
    let Some(trace) = trace else { return };
    let way = scene.way(trace);
    let boxes: Vec<_> = trace
        .hops
        .iter()
        .map(|hop| scene.keys(hop).iter().find_map(|key| scene.index(key)))
        .collect();
    for (place, curve) in way.into_iter().enumerate().skip(1) {
        if let (Some(from), Some(to)) = (boxes[place - 1], boxes[place]) {
            let arrival = scene.arrival(trace, place);
            scene.graph.add_edge(
                from,
                to,
                PacketRoute {
                    curve,
                    hop: place,
                    leg: trace.hops[place].direction,
                    arrival,
                },
            );
        }
    }
}

fn network_keys(place: &Device) -> Vec<ShapeId> {
    match place {
        Device::Outside(address) => vec![ShapeId::Outside(*address)],
        Device::LoadBalancer(service) => vec![ShapeId::LoadBalancer(service.clone())],
        Device::Node(node) => vec![ShapeId::Entry(node.clone()), ShapeId::Node(node.clone())],
        Device::Rules(node) => vec![ShapeId::Rules(node.clone()), ShapeId::Node(node.clone())],
        Device::Pod(pod) => vec![ShapeId::Pod(pod.clone())],
    }
}

/// The side of `rect` that faces `other`. A reply runs a little below the request, so that both can be seen.
fn side(rect: Rect, other: Rect, leg: Direction) -> Port {
    let lower = match leg {
        Direction::Lookup | Direction::Request => 0.0,
        Direction::Reply => (rect.h * 0.16).min(9.0),
    };
    let y = rect.centre().y + lower;
    if rect.w == 0.0 {
        let down = if other.centre().y > rect.y { 1.0 } else { -1.0 };
        return Port {
            at: Point {
                x: rect.x,
                y: rect.y,
            },
            out: (0.0, down),
        };
    }
    // A crossing right above or below, as in the narrow picture, where there is no lane beside kube-proxy's card.
    if other.w == 0.0 && rect.x < other.x && other.x < rect.right() {
        let (y, out) = if other.y > rect.y {
            (rect.bottom(), 1.0)
        } else {
            (rect.y, -1.0)
        };
        return Port {
            at: Point { x: other.x, y },
            out: (0.0, out),
        };
    }
    let (left, right) = (rect.x.max(other.x), rect.right().min(other.right()));
    let one_above_the_other = other.y >= rect.bottom() || other.bottom() <= rect.y;
    if one_above_the_other && right - left > rect.w.min(other.w) / 2.0 {
        let below = other.y >= rect.bottom();
        let x = (left + right) / 2.0 + lower;
        let (y, out) = if below {
            (rect.bottom(), 1.0)
        } else {
            (rect.y, -1.0)
        };
        return Port {
            at: Point { x, y },
            out: (0.0, out),
        };
    }
    if other.centre().x >= rect.right() - 1.0 {
        Port {
            at: Point { x: rect.right(), y },
            out: (1.0, 0.0),
        }
    } else if other.centre().x <= rect.x + 1.0
        || (rect.w <= other.w && rect.x > other.x + other.w / 2.0)
    {
        Port {
            at: Point { x: rect.x, y },
            out: (-1.0, 0.0),
        }
    } else {
        Port {
            at: Point { x: rect.right(), y },
            out: (1.0, 0.0),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_curve_begins_and_ends_where_it_says() {
        let (left, right) = (
            Rect::new(0.0, 0.0, 10.0, 10.0),
            Rect::new(100.0, 50.0, 10.0, 10.0),
        );
        let curve = Curve::between(
            side(left, right, Direction::Request),
            side(right, left, Direction::Request),
        );
        assert_eq!(
            (curve.at(0.0), curve.at(1.0)),
            (Point { x: 10.0, y: 5.0 }, Point { x: 100.0, y: 55.0 })
        );
        assert_eq!(curve.at(-3.0), curve.at(0.0));
    }
}
