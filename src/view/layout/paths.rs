//! The path of a packet through a laid out scene: for each hop of a trace its box, and the curve by which it is reached.

use super::line_sides::{between, side};
use super::{gates, hop_shapes, rules_card};
use crate::view::page_view::Tone;
use crate::view::scene::{
    Curve, GateSide, LineEnd, PacketHeader, PacketKind, PathChoice, PathHop, Rect, Scene,
    ScenePath, ShapeId, ShapeIndex, View,
};
use kubehop_engine::netfilter::Packet;
use kubehop_engine::trace::{Device, Direction, Hop, Reason, Trace};

/// Finds the paths of traces through one scene.
#[derive(Clone, Copy)]
pub(crate) struct PathFinder<'a> {
    scene: &'a Scene,
}

/// How far right of the request a reply crosses a node.
const REPLY_SHIFT: f32 = 10.0;

impl<'a> PathFinder<'a> {
    pub(crate) fn new(scene: &'a Scene) -> PathFinder<'a> {
        PathFinder { scene }
    }

    /// The path of a trace, with everything that is drawn of it.
    pub(crate) fn path(self, trace: &Trace) -> ScenePath {
        let curves = self.curves(trace);
        let boxes: Vec<Option<ShapeIndex>> = (0..trace.hops.len())
            .map(|index| self.shape_of(self.shown_hop(trace, index)))
            .collect();
        let hops = trace.hops.iter().zip(curves).enumerate();
        let hops = hops.map(|(index, (hop, curve))| {
            let has_boxes = index > 0 && boxes[index - 1].is_some() && boxes[index].is_some();
            let shown = self.shown_hop(trace, index);
            let node = shown.device.node().map(str::to_owned).map(ShapeId::Node);
            PathHop {
                curve,
                kind: kind(trace, hop),
                is_turn: is_turn(trace, index),
                line: has_boxes.then(|| self.line_end(trace, index)),
                shape: boxes[index],
                node: node.and_then(|node| self.scene.find(&node)),
                before: header(trace, hop, &hop.before),
                after: header(trace, hop, &hop.after),
                card: boxes[index]
                    .and_then(|index| rules_card::texts(&self.scene.shapes[index.0], shown)),
                gate: gates::answer(self.scene, hop),
            }
        });
        let pod = |pod: &_| self.scene.find(&ShapeId::Pod(Clone::clone(pod)));
        let choices = trace.choices().filter_map(|choice| {
            Some(PathChoice {
                shape: pod(choice.pod.as_ref()?)?,
                endpoint: choice.endpoint,
                probability: choice.probability,
            })
        });
        let service = trace.service.clone().map(ShapeId::Service);
        ScenePath {
            hops: hops.collect(),
            tone: Tone::of(&trace.verdict),
            service: service.and_then(|service| self.scene.find(&service)),
            reached: trace.answered_by().and_then(pod),
            choices: choices.collect(),
        }
    }

    /// The curve by which each hop is reached; the first one is where the packet appears. If a hop is left on another
    /// side than it was reached, the packet crosses the box while it rests.
    pub(crate) fn curves(self, trace: &Trace) -> Vec<Curve> {
        let places: Vec<Option<Rect>> = (0..trace.hops.len())
            .map(|index| self.place(trace, index))
            .collect();
        let mut curves: Vec<Curve> = Vec::with_capacity(places.len());
        for (index, hop) in trace.hops.iter().enumerate() {
            let before = places[..index].iter().rev().find_map(|rect| *rect);
            let mut later = places[index + 1..].iter().filter_map(|rect| *rect);
            let rested = curves.last().map(|curve: &Curve| curve.to);
            // A packet that goes back to the gate of its client goes beside the line that it came by.
            let is_back = matches!(gates::asked(hop), Some((_, GateSide::Egress)));
            let direction = if is_back {
                Direction::Reply
            } else {
                hop.direction
            };
            let curve = match (before, places[index]) {
                (Some(from), Some(to)) if from == to => {
                    Curve::resting(rested.unwrap_or(to.centre()))
                }
                (Some(from), Some(to)) => {
                    between(side(from, to, direction), side(to, from, direction))
                }
                (None, Some(to)) => {
                    let next = later.find(|rect| *rect != to).unwrap_or(to);
                    Curve::resting(side(to, next, hop.direction).at)
                }
                (Some(from), None) => {
                    let next = later.next().unwrap_or(from);
                    Curve::resting(side(from, next, hop.direction).at)
                }
                (None, None) => Curve::resting(rested.unwrap_or_default()),
            };
            curves.push(curve);
        }
        curves
    }

    /// The hop that shows where a packet is. The policies of a client are applied in the node's kernel, before the packet
    /// leaves the node: one that they let pass is still there, one that they drop ends at the gate of the client.
    fn shown_hop(self, trace: &Trace, index: usize) -> &Hop {
        let hop = &trace.hops[index];
        if matches!(hop.reason, Reason::PolicyDrops { .. }) && self.gate_of(hop).is_some() {
            return hop;
        }
        let hops = trace.hops[..=index].iter().rev();
        let is_egress = |hop: &&Hop| matches!(gates::asked(hop), Some((_, GateSide::Egress)));
        let mut others = hops.skip_while(is_egress);
        others.next().unwrap_or(hop)
    }

    /// The gate whose policies are applied at a hop.
    fn gate_of(self, hop: &Hop) -> Option<Rect> {
        let (pod, side) = gates::asked(hop)?;
        let gate = self.scene.shape(&ShapeId::Gate(pod.clone(), side))?;
        Some(gate.rect)
    }

    /// The box a hop happens in. A node that only forwards a packet is crossed at its edge.
    fn place(self, trace: &Trace, index: usize) -> Option<Rect> {
        let hop = self.shown_hop(trace, index);
        if let Some(gate) = self.gate_of(hop) {
            return Some(gate);
        }
        match self.scene.view {
            View::Concept => self.concept_place(trace, index, hop),
            View::Network => self.network_place(trace, index, hop),
        }
    }

    fn concept_place(self, trace: &Trace, index: usize, hop: &Hop) -> Option<Rect> {
        let before = &trace.hops[..index];
        let is_decided = before.iter().any(|hop| hop.device.rules_node().is_some());
        if matches!(hop.device, Device::Node(_)) && is_decided && !hop.at_client {
            return None;
        }
        let from_client = before.last().is_some_and(|hop| hop.at_client);
        let is_on_its_way = from_client || hop.direction == Direction::Reply;
        if is_on_its_way && let Some(rect) = self.through_service(hop) {
            return Some(rect);
        }
        self.rect_of(hop)
    }

    fn network_place(self, trace: &Trace, index: usize, hop: &Hop) -> Option<Rect> {
        let Device::Node(node) = &hop.device else {
            return self.rect_of(hop);
        };
        let is_entry = self.scene.shape(&ShapeId::Entry(node.clone())).is_some();
        if hop.at_client || is_entry {
            return self.rect_of(hop);
        }
        let Some(node) = self.scene.shape(&ShapeId::Node(node.clone())) else {
            return self.rect_of(hop);
        };
        let node = node.rect;
        let outer = match hop.direction {
            Direction::Lookup | Direction::Request => index.checked_sub(1),
            Direction::Reply => Some(index + 1),
        };
        let other = outer
            .and_then(|outer| trace.hops.get(outer))
            .and_then(|hop| self.rect_of(hop))
            .unwrap_or(node);
        let is_below = other.centre().y > node.centre().y;
        let y = if is_below { node.bottom() } else { node.y };
        let shift = match hop.direction {
            Direction::Lookup | Direction::Request => 0.0,
            Direction::Reply => REPLY_SHIFT,
        };
        Some(Rect::new(self.scene.lane + shift, y, 0.0, 0.0))
    }

    fn rect_of(self, hop: &Hop) -> Option<Rect> {
        let ShapeIndex(index) = self.shape_of(hop)?;
        Some(self.scene.shapes[index].rect)
    }

    /// In the Concept view the client's packet goes into the Service, whose rules choose a row of its slices: one box
    /// from the Service's left edge to the slices' right one, at the row's height. The reply comes back through it.
    fn through_service(self, hop: &Hop) -> Option<Rect> {
        let chosen = hop.choices.iter().find(|choice| choice.chosen);
        let endpoint = match hop.direction {
            Direction::Lookup | Direction::Request => chosen?.endpoint,
            Direction::Reply => hop.before.source,
        };
        let service = hop.service.clone()?;
        let card = self.scene.shape(&ShapeId::Service(service.clone()))?.rect;
        let row = self
            .scene
            .shape(&ShapeId::Endpoint(service, endpoint))?
            .rect;
        let middle = row.centre().y;
        // As tall as the Service, so that the line from a client above it comes from above.
        let half = (middle - card.y)
            .max(row.h / 2.0)
            .max(card.bottom() - middle);
        let width = row.right() - card.x;
        Some(Rect::new(card.x, middle - half, width, 2.0 * half))
    }

    /// The box a hop happens in: the first of its candidates that is in the scene.
    fn shape_of(self, hop: &Hop) -> Option<ShapeIndex> {
        let candidates = hop_shapes::candidates(hop, self.scene.view);
        candidates.iter().find_map(|key| self.scene.find(key))
    }

    fn line_end(self, trace: &Trace, index: usize) -> LineEnd {
        let has_box = self.place(trace, index).is_some_and(|rect| rect.w > 0.0);
        if has_box || index + 1 == trace.hops.len() {
            LineEnd::Box
        } else {
            LineEnd::Edge
        }
    }
}

/// A packet's addresses, compared with those of the first packet of its direction.
fn header(trace: &Trace, hop: &Hop, packet: &Packet) -> PacketHeader {
    let sent = trace
        .hops
        .iter()
        .find(|other| other.direction == hop.direction)
        .map_or(packet, |first| &first.before);
    let (source, destination) = packet.ends();
    PacketHeader {
        source,
        destination,
        source_changed: packet.source != sent.source,
        destination_changed: packet.destination != sent.destination,
    }
}

/// What the packet of a hop is for. The answer to a question belongs to the lookup.
pub(crate) fn kind(trace: &Trace, hop: &Hop) -> PacketKind {
    let of_lookup =
        |other: &Hop| other.direction == Direction::Lookup && other.connection == hop.connection;
    if trace.hops.iter().any(of_lookup) {
        return PacketKind::Lookup;
    }
    match hop.direction {
        Direction::Lookup => PacketKind::Lookup,
        Direction::Request => PacketKind::Request,
        Direction::Reply => PacketKind::Reply,
    }
}

/// Whether the packet that leaves a hop is the answer to the one that came.
pub(crate) fn is_turn(trace: &Trace, index: usize) -> bool {
    let (Some(hop), Some(next)) = (trace.hops.get(index), trace.hops.get(index + 1)) else {
        return false;
    };
    hop.direction != Direction::Reply
        && next.direction == Direction::Reply
        && hop.connection == next.connection
}
