//! The path of a packet through a scene, kept with it: drawing a frame looks curves up and works nothing out.

use std::net::SocketAddr;

use serde::{Deserialize, Serialize};

use super::{Curve, SceneText, ShapeIndex};

/// The path of one connection's packets, request and reply.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ScenePath {
    /// The hops of the trace, in order.
    pub hops: Vec<PathHop>,
    /// Whether the connection fails at the last hop.
    pub is_failure: bool,
    /// Whether the answer depends on something that is not simulated.
    pub is_conditional: bool,
    /// The card of the Service that was called.
    pub service: Option<ShapeIndex>,
    /// The pod that answered, or that the packet reached.
    pub reached: Option<ShapeIndex>,
    /// The pods that could be chosen.
    pub choices: Vec<PathChoice>,
}

/// One hop of a path.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PathHop {
    /// How the packet comes here; of no length where it appears or stays.
    pub curve: Curve,
    /// Whether the packet belongs to the reply.
    pub is_reply: bool,
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
    /// What the box says while the packet is in it, instead of its own texts.
    pub card: Option<Vec<SceneText>>,
}

/// What a line of the picture ends at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum LineEnd {
    /// A box: the line has an arrowhead while it is the latest.
    Box,
    /// The edge of a node that forwards the packet: the next line goes on to a box.
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
