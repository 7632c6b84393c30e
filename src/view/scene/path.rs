//! The path of a packet through a scene, kept with it: drawing a frame looks curves up and works nothing out.

use std::net::SocketAddr;

use serde::{Deserialize, Serialize};

use super::{Curve, SceneText, ShapeIndex};
use crate::view::page_view::Tone;
use crate::view::timeline::{Moment, Phase};

/// The path of one connection's packets, request and reply.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ScenePath {
    /// The hops of the trace, in order.
    pub hops: Vec<PathHop>,
    /// How well the connection ends at the last hop.
    pub tone: Tone,
    /// The card of the Service that was called.
    pub service: Option<ShapeIndex>,
    /// The pod that answered, or that the packet reached.
    pub reached: Option<ShapeIndex>,
    /// The pods that could be chosen.
    pub choices: Vec<PathChoice>,
}

/// What a packet is for. Each kind has its own colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum PacketKind {
    /// A question to a name server, or its answer.
    Lookup,
    /// What the client sends.
    #[default]
    Request,
    /// What the callee sends back: a new packet, with source and destination swapped.
    Reply,
}

impl PacketKind {
    /// Its class in the stylesheet.
    pub fn class(self) -> &'static str {
        match self {
            PacketKind::Lookup => "lookup",
            PacketKind::Request => "request",
            PacketKind::Reply => "reply",
        }
    }
}

/// One hop of a path.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PathHop {
    /// How the packet comes here; of no length where it appears or stays.
    pub curve: Curve,
    /// What the packet that comes here is for.
    pub kind: PacketKind,
    /// Whether the packet that leaves is another one: the answer to the one that came.
    pub is_turn: bool,
    /// How the line to this hop ends; `None` if no line is drawn.
    pub line: Option<LineEnd>,
    /// The box the packet is in.
    pub shape: Option<ShapeIndex>,
    /// The node the packet is in, if it is in a node's network stack or rules.
    pub node: Option<ShapeIndex>,
    /// The header on arrival.
    pub before: PacketHeader,
    /// The header on departure.
    pub after: PacketHeader,
    /// The texts of the box while the packet is in it, instead of its own.
    pub card: Option<Vec<SceneText>>,
    /// What the policies of a pod answer to the packet here.
    pub gate: Option<GateAnswer>,
}

/// What the gate of a pod does with a packet.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct GateAnswer {
    /// The gate.
    pub shape: ShapeIndex,
    /// Open or not.
    pub state: GateState,
    /// The text of its line from here on: as it is drawn, and with all names.
    pub texts: Vec<SceneText>,
}

/// The state of a gate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum GateState {
    /// A rule lets the packet pass.
    Open,
    /// No rule lets it pass.
    Shut,
    /// The network plugin decides.
    Depends,
}

impl ScenePath {
    /// The header of the answer that leaves a hop; `None` where the packet is forwarded.
    pub fn answer(&self, hop: usize) -> Option<&PacketHeader> {
        let is_turn = self.hops.get(hop).is_some_and(|hop| hop.is_turn);
        let next = self.hops.get(hop + 1).filter(|_| is_turn);
        next.map(|next| &next.before)
    }

    /// The last decision of a gate up to a hop; `None` if there is none yet.
    pub fn gate(&self, gate: ShapeIndex, hop: usize) -> Option<&GateAnswer> {
        let answers = self.hops.iter().take(hop + 1).rev();
        let mut answers = answers.filter_map(|hop| hop.gate.as_ref());
        answers.find(|answer| answer.shape == gate)
    }

    /// What the packet is for at a moment.
    pub fn kind_at(&self, moment: Moment) -> PacketKind {
        let is_answered = moment.phase() != Phase::Arrived && self.answer(moment.hop).is_some();
        let hop = moment.hop + usize::from(is_answered);
        self.hops.get(hop).map(|hop| hop.kind).unwrap_or_default()
    }
}

impl PathHop {
    /// Whether the packet's addresses are rewritten here.
    pub fn is_rewrite(&self) -> bool {
        (&self.before.source, &self.before.destination)
            != (&self.after.source, &self.after.destination)
    }
}

/// What a line of the picture ends at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum LineEnd {
    /// A box: the line has an arrowhead while it is the latest.
    Box,
    /// The edge of a node that forwards the packet: the next line continues to a box.
    Edge,
}

/// The addresses of a packet, as the label beside it shows them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PacketHeader {
    /// Source, as `ip:port`.
    pub source: String,
    /// Destination, as `ip:port`.
    pub destination: String,
    /// Whether the source was rewritten since the packet was sent.
    pub source_changed: bool,
    /// Whether the destination was rewritten since the packet was sent.
    pub destination_changed: bool,
}

/// A pod that the rules, or a client among the addresses of a name, could choose.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PathChoice {
    /// The pod's card.
    pub shape: ShapeIndex,
    /// Address and port.
    pub endpoint: SocketAddr,
    /// From 0 to 1.
    pub probability: f64,
}
