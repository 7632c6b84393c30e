//! Which line of the text, object and shape of the picture belong together.

use kubehop_engine::cluster::Cluster;
use kubehop_engine::cluster::object::Service;
use kubehop_engine::diagnostic::Span;
use kubehop_engine::kinds::Kind;
use kubehop_engine::names::ObjectName;
use kubehop_engine::policy::Policies;
use kubehop_engine::resolve::{Resolved, Stored};
use kubehop_engine::sort;
use kubehop_engine::trace::{Direction, Trace};

use super::layout::gates::policy_type;
use super::scene::{GateSide, ShapeId};

/// The object that a line of the text (from 1) belongs to.
pub fn at(resolved: &Resolved, line: u32) -> Option<ShapeId> {
    let covers = |stored: &&Stored| {
        stored
            .span("")
            .is_some_and(|span| (span.start.line..=span.end.line).contains(&line))
    };
    let stored = resolved
        .objects
        .iter()
        .filter(|stored| stored.written.is_some())
        .find(covers)?;
    let (kind, name) = (stored.kind, stored.name.clone());
    Some(match kind {
        Kind::Service => ShapeId::Service(name),
        Kind::Pod => ShapeId::Pod(name),
        Kind::Node => ShapeId::Node(name.name.to_string()),
        _ => ShapeId::Object(kind.name().to_owned(), name),
    })
}

/// Whether the object of a shape is in the cluster. Shapes that stand for no such object always are.
pub fn is_there(cluster: &Cluster, key: &ShapeId) -> bool {
    match key {
        ShapeId::Service(name)
        | ShapeId::Slices(name)
        | ShapeId::Endpoint(name, _)
        | ShapeId::LoadBalancer(name) => cluster.services.contains_key(name),
        ShapeId::Pod(name) | ShapeId::Gate(name, _) => cluster.pods.contains_key(name),
        ShapeId::Node(name)
        | ShapeId::Rules(name)
        | ShapeId::Entry(name)
        | ShapeId::Process(name) => cluster.nodes.contains_key(name.as_str()),
        ShapeId::Object(..)
        | ShapeId::Client
        | ShapeId::Outside(_)
        | ShapeId::More(_)
        | ShapeId::MoreGroups
        | ShapeId::MoreNodes => true,
    }
}

/// The first and last lines to light: those of the selected object, or else those that decide where the trace goes.
pub fn lines(
    resolved: &Resolved,
    trace: Option<&Trace>,
    selected: Option<&ShapeId>,
) -> Vec<(u32, u32)> {
    match selected {
        Some(key) => of_key(resolved, key),
        None => trace
            .map(|trace| of_trace(resolved, trace))
            .unwrap_or_default(),
    }
}

fn of_key(resolved: &Resolved, key: &ShapeId) -> Vec<(u32, u32)> {
    let stored = match key {
        ShapeId::Gate(pod, side) => return of_gate(resolved, pod, *side),
        ShapeId::Service(name)
        | ShapeId::Slices(name)
        | ShapeId::Endpoint(name, _)
        | ShapeId::LoadBalancer(name) => find(resolved, Kind::Service, name),
        ShapeId::Pod(name) => {
            find(resolved, Kind::Pod, name).or_else(|| resolved.workload_of(name))
        }
        ShapeId::Node(name)
        | ShapeId::Rules(name)
        | ShapeId::Entry(name)
        | ShapeId::Process(name) => find(resolved, Kind::Node, &ObjectName::new("", name.as_str())),
        ShapeId::Object(kind, name) => {
            Kind::with_name(kind).and_then(|kind| find(resolved, kind, name))
        }
        ShapeId::Client
        | ShapeId::Outside(_)
        | ShapeId::More(_)
        | ShapeId::MoreGroups
        | ShapeId::MoreNodes => None,
    };
    let span = stored.and_then(|stored| stored.span(""));
    span.map(|span| (span.start.line, last_line(span)))
        .into_iter()
        .collect()
}

/// The policies that isolate a pod in a direction.
fn of_gate(resolved: &Resolved, pod: &ObjectName, side: GateSide) -> Vec<(u32, u32)> {
    let Some(pod) = resolved.cluster.pods.get(pod) else {
        return Vec::new();
    };
    let policies = Policies::of(&resolved.cluster).isolating(policy_type(side), pod);
    let stored = policies
        .iter()
        .filter_map(|policy| find(resolved, Kind::NetworkPolicy, policy));
    let spans = stored.filter_map(|stored| stored.span(""));
    spans
        .map(|span| (span.start.line, last_line(span)))
        .collect()
}

/// The ports of the called Service that the request named, and its selector.
fn of_trace(resolved: &Resolved, trace: &Trace) -> Vec<(u32, u32)> {
    let name = trace.service.as_ref();
    let Some(stored) = name.and_then(|name| find(resolved, Kind::Service, name)) else {
        return Vec::new();
    };
    let Some(service) = resolved.cluster.services.get(&stored.name) else {
        return Vec::new();
    };
    let mut lines: Vec<u32> = Vec::new();
    if let Some(index) = called_port(service, trace) {
        for field in ["targetPort", "nodePort"] {
            lines.extend(line_of(stored, &format!("spec.ports[{index}].{field}")));
        }
    }
    for (key, _) in service.spec.selector.iter().flatten() {
        lines.extend(selector_line(stored, key));
    }
    sort::sort(&mut lines);
    lines.dedup();
    lines.into_iter().map(|line| (line, line)).collect()
}

/// The index of the Service's port that the request was sent to.
fn called_port(service: &Service, trace: &Trace) -> Option<usize> {
    let requests = trace
        .hops
        .iter()
        .filter(|hop| hop.direction == Direction::Request);
    // The first hops have the port that was called; later ones are rewritten.
    let called: Vec<u16> = requests
        .take(3)
        .map(|hop| hop.before.destination.port())
        .collect();
    service
        .spec
        .ports
        .iter()
        .position(|port| called.contains(&port.port) || called.contains(&port.node_port))
}

/// The line of a key of the selector; `None` if it was not written.
fn selector_line(stored: &Stored, key: &str) -> Option<u32> {
    let entry = stored.tree.nearest(&"spec.selector".into()).entry(key)?;
    let written = stored.written?;
    Some(entry.key_span.shifted(written.origin).start.line)
}

/// The line of a field; `None` if it was not written but filled in.
fn line_of(stored: &Stored, field: &str) -> Option<u32> {
    let (parent, key) = field.rsplit_once('.')?;
    let parent = stored.tree.nearest(&parent.into());
    let entry = parent.entry(key)?;
    if entry.key_span == parent.span {
        return None;
    }
    let written = stored.written?;
    Some(entry.key_span.shifted(written.origin).start.line)
}

/// The last line of a span; one that ends at the start of a line does not contain that line.
fn last_line(span: Span) -> u32 {
    let end = if span.end.column == 1 {
        span.end.line.saturating_sub(1)
    } else {
        span.end.line
    };
    end.max(span.start.line)
}

fn find<'a>(resolved: &'a Resolved, kind: Kind, name: &ObjectName) -> Option<&'a Stored> {
    resolved.of_kind(kind).find(|stored| stored.name == *name)
}
