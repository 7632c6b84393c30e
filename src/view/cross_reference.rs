//! What belongs together: a line of the text, an object, a shape of the picture.

use crate::engine::kinds::Kind;
use crate::engine::names::ObjectName;
use crate::engine::resolve::{Resolved, Stored};
use crate::engine::sort;
use crate::engine::trace::{Direction, Trace};

use super::scene::ShapeId;

/// What a line of the text (from 1) is about.
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
    match stored.kind {
        Kind::Service | Kind::Endpoints => Some(ShapeId::Service(stored.name.clone())),
        Kind::Pod => Some(ShapeId::Pod(stored.name.clone())),
        Kind::Node => Some(ShapeId::Node(stored.name.name.to_string())),
        _ => None,
    }
}

/// The lines to light: those of what is selected, else those that decide where the trace goes.
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
        ShapeId::Client | ShapeId::Outside(_) | ShapeId::More(_) | ShapeId::MoreServices => None,
    };
    let span = stored.and_then(|stored| stored.span(""));
    span.map(|span| (span.start.line, last_line(span)))
        .into_iter()
        .collect()
}

/// The Service's port that was called, and its selector.
fn of_trace(resolved: &Resolved, trace: &Trace) -> Vec<(u32, u32)> {
    let Some(stored) = trace
        .service
        .as_ref()
        .and_then(|name| find(resolved, Kind::Service, name))
    else {
        return Vec::new();
    };
    let service = resolved.cluster.services.get(&stored.name);
    let called = trace
        .hops
        .iter()
        .filter(|hop| hop.direction == Direction::Request)
        .map(|hop| hop.before.destination.port());
    let called: Vec<u16> = called.take(3).collect();
    let ports = service
        .map(|service| service.spec.ports.as_slice())
        .unwrap_or_default();
    let port = ports
        .iter()
        .position(|port| called.contains(&port.port) || called.contains(&port.node_port));
    let fields = ["targetPort", "nodePort"]
        .map(|field| port.map(|port| format!("spec.ports[{port}].{field}")));
    let selector = service
        .and_then(|service| service.spec.selector.as_ref())
        .into_iter()
        .flatten();
    let written = fields
        .into_iter()
        .flatten()
        .filter_map(|field| line_of(stored, &field));
    let chosen = selector.filter_map(|(key, _)| {
        let entry = stored.tree.nearest(&"spec.selector".into()).entry(key)?;
        stored
            .written
            .map(|place| entry.key_span.shifted(place.origin).start.line)
    });
    let mut lines: Vec<u32> = written.chain(chosen).collect();
    sort::sort(&mut lines);
    lines.dedup();
    lines.into_iter().map(|line| (line, line)).collect()
}

/// The line of a field, when it was written and not filled in.
fn line_of(stored: &Stored, field: &str) -> Option<u32> {
    let (above, key) = field.rsplit_once('.')?;
    let above = stored.tree.nearest(&above.into());
    let entry = above
        .entry(key)
        .filter(|entry| entry.key_span != above.span)?;
    stored
        .written
        .map(|place| entry.key_span.shifted(place.origin).start.line)
}

/// The last line with something on it: a span that ends at the start of a line ends on the line before.
fn last_line(span: crate::engine::diagnostic::Span) -> u32 {
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
