//! The picture as data: boxes with their texts, and the path of the packet through them, for both views.
//!
//! A [`Scene`] is laid out once for a cluster and a trace ([`super::layout`]) and does not change while a packet moves.
//! It contains no colours and no sentences: a [`ShapeRole`] is the role of a shape, a [`Caption`] the content of a text.
//! All of it is plain data: drawing a scene needs no cluster and no trace.

mod geometry;
mod label_placement;
mod path;
mod text;

use serde::{Deserialize, Serialize};

use kubehop_engine::names::ObjectName;

pub use geometry::{Curve, Point, Rect};
pub use label_placement::LabelAnchor;
pub use path::{
    GateAnswer, GateState, LineEnd, PacketHeader, PacketKind, PathChoice, PathHop, ScenePath,
};
pub use text::{Caption, SceneText, TextContent, TextStyle};

/// The two pictures of the same trace.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum View {
    /// Client, Service, EndpointSlice and pods from left to right: for a first lesson.
    Concept,
    /// Outside and cluster, nodes with kube-proxy and pods: where packets really go.
    #[default]
    Network,
}

/// A laid out picture.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Scene {
    /// Which picture it is.
    pub view: View,
    /// Width and height in user units; one unit is one CSS pixel at zoom 1.
    pub size: (f32, f32),
    /// The boxes, in drawing order.
    pub shapes: Vec<Shape>,
    /// Texts that belong to no box.
    pub captions: Vec<SceneText>,
    /// The lines from a pod or a Service to a Service that is called next.
    pub calls: Vec<CallLine>,
    /// The x of the line between outside and cluster; `None` if there is none.
    pub border: Option<f32>,
    /// The x at which packets cross a node on their way to its pods.
    pub lane: f32,
    /// The path of the shown connection.
    pub path: Option<ScenePath>,
}

/// A line from the box of what calls to the box of the Service that it calls.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct CallLine {
    /// The box of what calls.
    pub from: Rect,
    /// The box of the Service, below it.
    pub to: Rect,
}

/// The position of a shape in [`Scene::shapes`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct ShapeIndex(pub usize);

/// One box of the picture.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Shape {
    /// The object it shows.
    pub key: ShapeId,
    /// Its colours and outline.
    pub role: ShapeRole,
    /// Its rectangle.
    pub rect: Rect,
    /// Its texts, relative to the rectangle's corner.
    pub texts: Vec<SceneText>,
    /// The centre of the dot in the colour of its state, relative to the rectangle's corner.
    pub mark: Option<Point>,
}

/// The object that a shape shows: the same id means the same object in both views, in the tabs and in the editor.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum ShapeId {
    /// The client, in the Concept view.
    Client,
    /// A machine outside, by its address.
    Outside(std::net::IpAddr),
    /// A cloud load balancer, by its Service.
    LoadBalancer(ObjectName),
    /// A Service.
    Service(ObjectName),
    /// The EndpointSlices of a Service, in the Concept view.
    Slices(ObjectName),
    /// One endpoint of a Service's slices, in the Concept view.
    Endpoint(ObjectName, std::net::SocketAddr),
    /// A node.
    Node(String),
    /// kube-proxy's rules on a node.
    Rules(String),
    /// The port of a node that the request arrives at.
    Entry(String),
    /// A process of a node that opens the connection.
    Process(String),
    /// A pod.
    Pod(ObjectName),
    /// The gate of a pod's NetworkPolicies for a direction.
    Gate(ObjectName, GateSide),
    /// An object of the text that has no shape, by its kind: what belongs to it is lit.
    Object(String, ObjectName),
    /// The count of a node's pods that are not drawn.
    More(String),
    /// The count of groups that are not drawn.
    MoreGroups,
    /// The count of nodes that are not drawn.
    MoreNodes,
}

impl ShapeId {
    /// The name of the pod, Service, node or object; `None` for other shapes.
    pub fn name(&self) -> Option<String> {
        match self {
            ShapeId::Pod(name)
            | ShapeId::Gate(name, _)
            | ShapeId::Service(name)
            | ShapeId::Slices(name)
            | ShapeId::LoadBalancer(name)
            | ShapeId::Object(_, name) => Some(name.name.to_string()),
            ShapeId::Endpoint(_, endpoint) => Some(endpoint.to_string()),
            ShapeId::Node(name)
            | ShapeId::Rules(name)
            | ShapeId::Entry(name)
            | ShapeId::Process(name) => Some(name.clone()),
            ShapeId::Client
            | ShapeId::Outside(_)
            | ShapeId::More(_)
            | ShapeId::MoreGroups
            | ShapeId::MoreNodes => None,
        }
    }
}

/// The direction of connections that a gate is for, seen from its pod.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all(serialize = "lowercase", deserialize = "lowercase"))]
pub enum GateSide {
    /// Connections to the pod.
    Ingress,
    /// Connections from the pod.
    Egress,
}

/// How a shape looks. The stylesheet has a class for each.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum ShapeRole {
    /// Virtual: dashed blue.
    Service,
    /// A plain box.
    Node,
    /// A dashed box without a ground: its kubelet has stopped.
    NodeStopped,
    /// A plain card.
    Rules,
    /// A blue badge.
    Entry,
    /// A small green card.
    Process,
    /// Green.
    PodReady,
    /// Amber.
    PodNotReady,
    /// Grey, dashed.
    PodTerminating,
    /// Red.
    PodFailed,
    /// Grey, dashed: no Service selects it.
    PodAside,
    /// Neutral: behind another Service than the one in question.
    PodElsewhere,
    /// Teal: the cluster's DNS server.
    PodDns,
    /// Violet.
    Outside,
    /// Two posts and a bar or a leaf between them.
    Gate,
    /// A plain card holding endpoints.
    Slices,
    /// A line of text inside the slices' card.
    Endpoint,
    /// A struck one: the last event removed it.
    EndpointGone,
    /// Struck and dashed: the last event took the pod away.
    PodGone,
    /// A line of grey text.
    More,
    /// A pill: many objects by one name.
    Group,
}

impl ShapeRole {
    /// Whether it is a box around other shapes.
    pub fn is_node(self) -> bool {
        matches!(self, ShapeRole::Node | ShapeRole::NodeStopped)
    }
}

impl Scene {
    /// An empty picture.
    pub(crate) fn empty(view: View) -> Scene {
        Scene {
            view,
            size: (0.0, 0.0),
            shapes: Vec::new(),
            captions: Vec::new(),
            calls: Vec::new(),
            border: None,
            lane: 0.0,
            path: None,
        }
    }

    /// Every text that can be a caption.
    pub(crate) fn texts_mut(&mut self) -> impl Iterator<Item = &mut SceneText> {
        let of_shapes = self.shapes.iter_mut().flat_map(|shape| &mut shape.texts);
        let hops = self.path.iter_mut().flat_map(|path| &mut path.hops);
        let of_cards = hops.flat_map(|hop| {
            let of_gate = hop.gate.iter_mut().flat_map(|gate| &mut gate.texts);
            hop.card.iter_mut().flatten().chain(of_gate)
        });
        of_shapes.chain(&mut self.captions).chain(of_cards)
    }

    /// The index of the shape of an object.
    pub fn find(&self, key: &ShapeId) -> Option<ShapeIndex> {
        self.shapes
            .iter()
            .position(|shape| shape.key == *key)
            .map(ShapeIndex)
    }

    /// The shape of an object.
    pub fn shape(&self, key: &ShapeId) -> Option<&Shape> {
        self.shapes.iter().find(|shape| shape.key == *key)
    }

    /// The card that a gate belongs to: that of its pod, or of the client in the Concept view, which has the only gate for
    /// egress there.
    pub fn owner_of_gate(&self, gate: ShapeIndex) -> Option<&Shape> {
        let ShapeId::Gate(pod, side) = &self.shapes.get(gate.0)?.key else {
            return None;
        };
        match (self.view, side) {
            (View::Concept, GateSide::Egress) => self.shape(&ShapeId::Client),
            (View::Concept | View::Network, _) => self.shape(&ShapeId::Pod(pod.clone())),
        }
    }

    /// The lines between boxes that the packet takes.
    pub fn lines(&self) -> impl Iterator<Item = &PathHop> {
        let hops = self.path.iter().flat_map(|path| &path.hops);
        hops.filter(|hop| hop.line.is_some())
    }

    /// Adds a shape without a mark.
    pub(crate) fn add(&mut self, key: ShapeId, role: ShapeRole, rect: Rect, texts: Vec<SceneText>) {
        self.shapes.push(Shape {
            key,
            role,
            rect,
            texts,
            mark: None,
        });
    }
}
