//! Laying out: from a cluster and a trace to a [`Scene`], which is plain data.
//!
//! [`scene`] chooses what is visible, places the boxes of one view and finds the packet's path through them. The other
//! functions map what is played: [`timeline`] the times of a trace, [`flow`] the paths of many connections.

mod chain;
mod changes;
mod client_card;
mod concept;
mod concept_columns;
pub(super) mod gates;
mod hop_shapes;
mod labels;
mod line_sides;
mod network;
mod paths;
mod pod_card;
mod pod_column;
mod resolver_file;
mod rules_card;
mod service_card;
mod service_lines;
mod slices_card;
mod visible;
mod withheld;

use std::net::SocketAddr;

use crate::view::camera::NARROW_BELOW;
use crate::view::flow::{Flow, FlowConnection, FlowOutcome, FlowPath};
use crate::view::page_view::Tone;
use crate::view::scene::{Scene, ShapeId, View};
use crate::view::timeline::{Motion, Stay, Timeline};
use kubehop_engine::cluster::Cluster;
use kubehop_engine::names::ObjectName;
use kubehop_engine::network::Network;
use kubehop_engine::policy::Policies;
use kubehop_engine::trace::{Origin, Share, Statistics, Trace, Verdict};

use paths::PathFinder;
pub(crate) use paths::{is_turn, kind};
use visible::VisibleObjects;
pub use withheld::{Withheld, withhold};

/// What a scene is made of besides its cluster.
#[derive(Clone, Copy)]
pub struct LayoutInput<'a> {
    /// Who calls, as long as there is no trace.
    pub from: Option<&'a Origin>,
    /// The Service that the request is for, as long as there is no trace.
    pub called: Option<&'a ObjectName>,
    /// The trace whose devices must be in the picture.
    pub trace: Option<&'a Trace>,
    /// The number of lines of rules that a node has.
    pub rule_count: &'a dyn Fn(&str) -> usize,
    /// The NetworkPolicies; `None` if the plugin does not enforce them.
    pub policies: Option<&'a Policies>,
    /// The cluster before the last event; `None` if nothing happened.
    pub before: Option<&'a Cluster>,
    /// What must be in the picture besides.
    pub selected: Option<&'a ShapeId>,
    /// The width of the picture's region, in CSS pixels.
    pub width: f32,
}

impl<'a> LayoutInput<'a> {
    /// A picture of this width that shows a cluster alone.
    pub fn of_width(width: f32) -> LayoutInput<'a> {
        LayoutInput {
            from: None,
            called: None,
            trace: None,
            rule_count: &|_| 0,
            policies: None,
            before: None,
            selected: None,
            width,
        }
    }

    fn is_narrow(&self) -> bool {
        self.width < NARROW_BELOW
    }
}

/// The policies of a network whose plugin enforces them.
pub fn enforced_policies(network: &Network) -> Option<&Policies> {
    let plugin = network.cluster().config.plugin;
    plugin.enforces().then(|| network.policies())
}

/// Lays out one of the pictures of a cluster.
pub fn scene(view: View, cluster: &Cluster, input: LayoutInput<'_>) -> Scene {
    let mut visible = VisibleObjects::of(cluster, input.trace, input.called, input.selected);
    if let (None, Some(Origin::Pod(pod))) = (input.trace, input.from) {
        visible.origin = Some(pod.clone());
    }
    let mut scene = match view {
        View::Concept => concept::layout(cluster, &visible, input),
        View::Network => network::layout(cluster, &visible, input),
    };
    scene.path = input.trace.map(|trace| PathFinder::new(&scene).path(trace));
    scene
}

/// The times of a trace: its packet rests longer where it is rewritten.
pub fn timeline(trace: &Trace, motion: Motion) -> Timeline {
    let stays = trace.hops.iter().map(|hop| {
        if hop.is_rewrite() {
            Stay::Rewrite
        } else {
            Stay::Plain
        }
    });
    Timeline::of(stays, motion)
}

/// Connections that start `interval` seconds apart, in a scene; `say` has the words and the tone of a verdict.
pub fn flow(
    scene: &Scene,
    traces: &[Trace],
    interval: f32,
    say: impl Fn(&Verdict) -> (String, Tone),
) -> Flow {
    let finder = PathFinder::new(scene);
    let shares = Statistics::of(traces).shares;
    let name = |share: &Share| share.pod.as_ref().map(|pod| pod.name.to_string());
    let mut flow = Flow {
        endpoints: shares.iter().map(|share| share.endpoint).collect(),
        names: shares
            .iter()
            .map(|share| name(share).unwrap_or_default())
            .collect(),
        expected: shares.iter().map(|share| share.expected).collect(),
        interval,
        ..Flow::default()
    };
    let mut endings: Vec<(&Verdict, Option<usize>)> = Vec::new();
    for trace in traces {
        let path = FlowPath {
            curves: finder.curves(trace),
            kinds: trace.hops.iter().map(|hop| kind(trace, hop)).collect(),
            tone: Tone::of(&trace.verdict),
            timeline: timeline(trace, Motion::Stream),
        };
        let endpoint = endpoint_of(trace, &flow.endpoints);
        let path = index_of(&mut flow.paths, path);
        let outcome = index_of(&mut endings, (&trace.verdict, endpoint));
        flow.connections.push(FlowConnection {
            path,
            endpoint,
            outcome,
        });
    }
    let outcome = |(verdict, endpoint): (&Verdict, Option<usize>)| {
        let (text, tone) = say(verdict);
        FlowOutcome {
            text,
            tone,
            endpoint,
        }
    };
    flow.outcomes = endings.into_iter().map(outcome).collect();
    flow
}

/// The index of the endpoint that a connection chose.
fn endpoint_of(trace: &Trace, endpoints: &[SocketAddr]) -> Option<usize> {
    let chosen = trace.choices().find(|choice| choice.chosen);
    let chosen = chosen.map(|choice| choice.endpoint);
    endpoints
        .iter()
        .position(|endpoint| Some(*endpoint) == chosen)
}

/// The index of a value in a list, which gets it if it does not have it.
fn index_of<T: PartialEq>(list: &mut Vec<T>, value: T) -> usize {
    list.iter()
        .position(|other| *other == value)
        .unwrap_or_else(|| {
            list.push(value);
            list.len() - 1
        })
}
