//! The picture as data: boxes with their texts, and the routes between them, for both views.
//!
//! A [`Scene`] is laid out once for a cluster and a trace and does not move while a packet does. It holds no colours and
//! no sentences of its own: a [`ShapeRole`] says what a shape is, a [`Caption`] what a text says. The page draws it as SVG,
//! and the packet's way through it is a list of [`Curve`]s ([`Scene::way`]).

mod concept;
mod label_placement;
mod network;
mod routes;
mod visible;

use petgraph::graph::{Graph, NodeIndex};
use serde::{Deserialize, Serialize};

use crate::engine::cluster::Cluster;
use crate::engine::names::ObjectName;
use crate::engine::trace::Trace;
use crate::view::i18n::Message;

pub use label_placement::Beside;
pub use routes::{ArrowEnd, Curve, PacketRoute, Point};

/// Which of the two pictures of the same trace.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum View {
    /// Client, Service, EndpointSlice, pods from left to right: for a first lesson.
    Concept,
    /// Outside and cluster, nodes with kube-proxy and pods: for the truth.
    #[default]
    Network,
}

/// A picture: shapes as vertices, the ways a packet can take as edges.
#[derive(Clone, Debug)]
pub struct Scene {
    /// Which picture it is.
    pub view: View,
    /// Its size in user units; one unit is one CSS pixel at zoom 1.
    pub size: (f32, f32),
    /// What there is, in drawing order.
    pub graph: Graph<Shape, PacketRoute>,
    /// Texts that belong to no shape.
    pub captions: Vec<Text>,
    /// Where packets cross a node on their way to its pods.
    pub lane: f32,
    /// Where the line between outside and cluster stands, when there is one.
    pub border: Option<f32>,
}

/// One box of the picture.
#[derive(Clone, Debug, PartialEq)]
pub struct Shape {
    /// What it stands for.
    pub key: ShapeId,
    /// How it is to look.
    pub role: ShapeRole,
    /// Where it stands.
    pub rect: Rect,
    /// Its texts, relative to the rectangle's corner.
    pub texts: Vec<Text>,
    /// Where a filled mark of its state stands, relative to the rectangle's corner.
    pub mark: Option<Point>,
}

/// What a shape stands for: the same key means the same thing in both views, in the tabs and in the editor.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ShapeId {
    /// Whoever opens the connection, in the Concept view.
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
    /// The port of a node that a request comes to.
    Entry(String),
    /// A process of a node that opens the connection.
    Process(String),
    /// A pod.
    Pod(ObjectName),
    /// What there was no room for, in a node.
    More(String),
    /// What there was no room for among the Services.
    MoreServices,
}

impl ShapeId {
    /// The name of the pod, Service or node it stands for; none for what has none.
    pub fn name(&self) -> Option<String> {
        match self {
            ShapeId::Pod(name)
            | ShapeId::Service(name)
            | ShapeId::Slices(name)
            | ShapeId::LoadBalancer(name) => Some(name.name.to_string()),
            ShapeId::Endpoint(_, endpoint) => Some(endpoint.to_string()),
            ShapeId::Node(name)
            | ShapeId::Rules(name)
            | ShapeId::Entry(name)
            | ShapeId::Process(name) => Some(name.clone()),
            ShapeId::Client | ShapeId::Outside(_) | ShapeId::More(_) | ShapeId::MoreServices => {
                None
            }
        }
    }
}

/// How a shape looks. Each has one colour and one outline.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ShapeRole {
    /// Virtual: dashed blue.
    Service,
    /// A plain box.
    Node,
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
    /// Grey, dashed: there, but no endpoint of the Service in question.
    PodAside,
    /// Violet.
    Outside,
    /// A plain card holding endpoints.
    Slices,
    /// A line of text inside the slices' card.
    Endpoint,
    /// A faint note.
    More,
}

/// A rectangle in user units.
#[derive(Clone, Copy, Debug, PartialEq, Default)]
pub struct Rect {
    /// Left.
    pub x: f32,
    /// Top.
    pub y: f32,
    /// Width.
    pub w: f32,
    /// Height.
    pub h: f32,
}

/// One text of the picture.
#[derive(Clone, Debug, PartialEq)]
pub struct Text {
    /// Where its baseline begins.
    pub at: Point,
    /// What it says.
    pub content: Content,
    /// How it is written.
    pub style: Style,
}

/// What a text says.
#[derive(Clone, Debug, PartialEq)]
pub enum Content {
    /// Names, addresses: the same in every language.
    Plain(String),
    /// Words of ours.
    Say(Caption),
}

/// The words of the picture; a variant's name is the id of its message (`caption-…`).
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "id", rename_all = "kebab-case", rename_all_fields = "camelCase")]
pub enum Caption {
    /// Left of the border.
    Outside,
    /// Right of the border.
    Cluster,
    /// Column of the Concept view.
    Client,
    /// Column of the Concept view.
    Service,
    /// Column of the Concept view.
    Endpoints,
    /// Column of the Concept view.
    Pods,
    /// The outside client's name.
    OutsideClient,
    /// A machine outside that is not the client.
    OutsideMachine,
    /// The load balancer's name.
    LoadBalancer,
    /// How many rules a node has.
    Rules {
        /// How many.
        count: usize,
    },
    /// A process of a node.
    Process,
    /// What a Service selects and how many of it are ready.
    Selects {
        /// The selector as kubectl prints it.
        selector: String,
        /// Ready endpoints.
        ready: usize,
        /// All endpoints.
        total: usize,
    },
    /// What a Service selects.
    Selector {
        /// The selector as kubectl prints it.
        selector: String,
    },
    /// A Service selects nothing, its author fills its endpoints.
    NoSelector,
    /// How many endpoints are ready.
    Ready {
        /// Ready endpoints.
        ready: usize,
        /// All endpoints.
        total: usize,
    },
    /// A node without any pod to show.
    NoEndpointHere,
    /// A Service without selector.
    SelectsByHand {
        /// Ready endpoints.
        ready: usize,
        /// All endpoints.
        total: usize,
    },
    /// An ExternalName.
    Alias,
    /// A Service port that no endpoint serves.
    NoEndpoint,
    /// A pod that is no endpoint of the Service in question.
    NotSelected,
    /// A pod that is selected but not ready.
    NotReady,
    /// A pod that goes away.
    Terminating,
    /// An address that nothing gives out.
    Pending,
    /// What there was no room for.
    More {
        /// How many.
        count: usize,
    },
}

impl Message for Caption {
    const PREFIX: &'static str = "caption";
}

/// How a text is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// A Service's name: sans, 14, bold.
    Heading,
    /// A box's name: sans, 13, semibold.
    Title,
    /// A card's name: sans, 12, semibold.
    Name,
    /// A Service's type: sans, 12, semibold, blue.
    Tag,
    /// An address: mono, 12.
    Address,
    /// A small address: mono, 11.
    SmallAddress,
    /// A remark: sans, 11, faint.
    Remark,
    /// A warning remark: sans, 11, amber.
    Warning,
    /// A share: mono, 12, semibold, green.
    Share,
    /// A column's caption: sans, 11, spaced capitals.
    Column,
    /// On a badge: mono, 11, semibold, inverse.
    Badge,
}

impl Style {
    /// The width of a text in this style, near enough to lay out by.
    pub fn width(self, text: &str) -> f32 {
        let unit = match self {
            Style::Heading => 8.1,
            Style::Title => 7.5,
            Style::Name | Style::Tag => 7.4,
            Style::Address | Style::Share => 7.2,
            Style::SmallAddress | Style::Badge => 6.6,
            Style::Remark | Style::Warning | Style::Column => 6.1,
        };
        text.chars()
            .map(|letter| {
                if letter as u32 >= 0x1100 {
                    unit * 1.7
                } else {
                    unit
                }
            })
            .sum()
    }

    /// The text, with its middle left out where it would be wider than `width`: the ends tell pods apart.
    pub fn fit(self, text: &str, width: f32) -> String {
        let room = self.width(text);
        if room <= width || text.is_empty() {
            return text.to_owned();
        }
        let count = text.chars().count();
        let kept = ((width / room * count as f32) as usize)
            .saturating_sub(1)
            .max(2);
        let (front, back) = (kept.div_ceil(2), kept / 2);
        let start: String = text.chars().take(front).collect();
        let end: String = text.chars().skip(count - back).collect();
        format!("{start}…{end}")
    }
}

impl Text {
    fn plain(x: f32, y: f32, style: Style, text: impl Into<String>) -> Text {
        Text {
            at: Point { x, y },
            content: Content::Plain(text.into()),
            style,
        }
    }

    fn say(x: f32, y: f32, style: Style, caption: Caption) -> Text {
        Text {
            at: Point { x, y },
            content: Content::Say(caption),
            style,
        }
    }
}

impl Rect {
    /// The rectangle at (x, y) of a size.
    pub fn new(x: f32, y: f32, w: f32, h: f32) -> Rect {
        Rect { x, y, w, h }
    }

    /// Its middle.
    pub fn centre(self) -> Point {
        Point {
            x: self.x + self.w / 2.0,
            y: self.y + self.h / 2.0,
        }
    }

    /// Its right edge.
    pub fn right(self) -> f32 {
        self.x + self.w
    }

    /// Its bottom edge.
    pub fn bottom(self) -> f32 {
        self.y + self.h
    }

    /// The area it has in common with another one.
    pub fn shared(self, other: Rect) -> f32 {
        let across = self.right().min(other.right()) - self.x.max(other.x);
        let down = self.bottom().min(other.bottom()) - self.y.max(other.y);
        across.max(0.0) * down.max(0.0)
    }

    /// How far it is from another one.
    pub fn gap(self, other: Rect) -> f32 {
        let across = (other.x - self.right())
            .max(self.x - other.right())
            .max(0.0);
        let down = (other.y - self.bottom())
            .max(self.y - other.bottom())
            .max(0.0);
        across.hypot(down)
    }

    /// Whether a point lies in it.
    pub fn holds(self, point: Point) -> bool {
        self.nearest(point) == point
    }

    /// Its point that is nearest to another one.
    pub fn nearest(self, point: Point) -> Point {
        Point {
            x: point.x.clamp(self.x, self.right()),
            y: point.y.clamp(self.y, self.bottom()),
        }
    }
}

/// What a scene is made of besides its cluster.
#[derive(Clone, Copy)]
pub struct SceneInput<'a> {
    /// The trace whose places must be in the picture.
    pub trace: Option<&'a Trace>,
    /// How many lines of rules each node has.
    pub rules: &'a dyn Fn(&str) -> usize,
    /// The width there is, in CSS pixels.
    pub width: f32,
}

impl Scene {
    /// Lays a cluster out.
    pub fn of(view: View, cluster: &Cluster, frame: SceneInput<'_>) -> Scene {
        let cast = visible::VisibleObjects::of(cluster, frame.trace);
        match view {
            View::Concept => concept::layout(cluster, &cast, frame),
            View::Network => network::layout(cluster, &cast, frame),
        }
    }

    /// An empty picture.
    fn blank(view: View) -> Scene {
        Scene {
            view,
            size: (0.0, 0.0),
            graph: Graph::new(),
            captions: Vec::new(),
            lane: 0.0,
            border: None,
        }
    }

    /// The shapes in drawing order.
    pub fn shapes(&self) -> impl Iterator<Item = &Shape> {
        self.graph.node_weights()
    }

    /// The ways between shapes, in the order of the trip.
    pub fn routes(&self) -> impl Iterator<Item = &PacketRoute> {
        self.graph.edge_weights()
    }

    /// The shape that stands for `key`.
    pub fn shape(&self, key: &ShapeId) -> Option<&Shape> {
        self.shapes().find(|shape| shape.key == *key)
    }

    fn index(&self, key: &ShapeId) -> Option<NodeIndex> {
        self.graph
            .node_indices()
            .find(|&index| self.graph[index].key == *key)
    }

    fn add(&mut self, key: ShapeId, role: ShapeRole, rect: Rect, texts: Vec<Text>) {
        self.graph.add_node(Shape {
            key,
            role,
            rect,
            texts,
            mark: None,
        });
    }
}
