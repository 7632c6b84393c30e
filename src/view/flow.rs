//! Many connections one after another: ×100 and the stream.
//!
//! Each starts a fixed time after the one before; where each packet is at `t` follows from that. Most connections take
//! one of a few paths, so a path is kept once.

use std::net::SocketAddr;

use serde::{Deserialize, Serialize};

use super::page_view::Tone;
use super::scene::{Curve, PacketKind};
use super::timeline::{Moment, Timeline};
use kubehop_engine::sort;

/// A row of connections.
#[derive(Clone, Debug, PartialEq, Default, Serialize, Deserialize)]
pub struct Flow {
    /// The connections in order of their start.
    pub connections: Vec<FlowConnection>,
    /// The different paths they take.
    pub paths: Vec<FlowPath>,
    /// The endpoints they could choose from, in the order in which kube-proxy lists them.
    pub endpoints: Vec<SocketAddr>,
    /// The pod of each endpoint; empty if none has the address.
    pub names: Vec<String>,
    /// The share that the rules give each endpoint when it is first among those that can be chosen, from 0 to 1.
    pub expected: Vec<f64>,
    /// How connections end, each with its endpoint; those without one last.
    pub outcomes: Vec<FlowOutcome>,
    /// Seconds from one start to the next.
    pub interval: f32,
}

/// One connection of many.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FlowConnection {
    /// The index of its path.
    pub path: usize,
    /// The index of the endpoint it chose.
    pub endpoint: Option<usize>,
    /// The index of how it ends.
    pub outcome: usize,
}

/// How connections end.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FlowOutcome {
    /// The verdict in words.
    pub text: String,
    /// How well.
    pub tone: Tone,
    /// The index of the endpoint that is chosen.
    pub endpoint: Option<usize>,
}

/// A row of the table of outcomes.
#[derive(Clone, Debug, PartialEq)]
pub struct OutcomeRow<'a> {
    /// How the connections end; `None` for an endpoint that none of them chooses.
    pub outcome: Option<&'a FlowOutcome>,
    /// The index of the endpoint.
    pub endpoint: Option<usize>,
    /// How many of them have started.
    pub count: usize,
}

/// A path that connections take, and when.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FlowPath {
    /// The curve by which each hop is reached.
    pub curves: Vec<Curve>,
    /// What the packet is for that comes to each hop.
    pub kinds: Vec<PacketKind>,
    /// How well the connection ends at the last hop.
    pub tone: Tone,
    /// The times of its hops.
    pub timeline: Timeline,
}

/// How connections ended, in numbers.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct FlowCounts {
    /// Those that chose an endpoint and do not fail, for each endpoint.
    pub endpoints: Vec<EndpointCount>,
    /// Those that are answered without a choice of an endpoint: by a pod that was called by its own address.
    pub answered_elsewhere: usize,
    /// Those without an endpoint of which it is unknown whether they are answered.
    pub unsure_elsewhere: usize,
    /// Those that fail.
    pub failed: usize,
}

/// How many connections to an endpoint do not fail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EndpointCount {
    /// Address and port.
    pub endpoint: SocketAddr,
    /// Those that are answered.
    pub answered: usize,
    /// Those of which that is unknown.
    pub unsure: usize,
}

impl EndpointCount {
    /// Both together.
    pub fn total(self) -> usize {
        self.answered + self.unsure
    }
}

impl FlowCounts {
    /// How many connections have started.
    pub fn sent(&self) -> usize {
        let chosen: usize = self.endpoints.iter().map(|count| count.total()).sum();
        chosen + self.answered_elsewhere + self.unsure_elsewhere + self.failed
    }

    /// Those of which it is unknown whether they are answered.
    pub fn unsure(&self) -> usize {
        let chosen: usize = self.endpoints.iter().map(|count| count.unsure).sum();
        chosen + self.unsure_elsewhere
    }
}

impl Flow {
    /// Seconds until the slowest connection is over.
    pub fn duration(&self) -> f32 {
        let connections = self.connections.iter().enumerate();
        let ends = connections.map(|(number, connection)| {
            self.interval * number as f32 + self.paths[connection.path].timeline.duration()
        });
        ends.fold(0.0, f32::max)
    }

    /// How many connections have started by `t`.
    pub fn started(&self, t: f32) -> usize {
        if self.connections.is_empty() || t < 0.0 {
            return 0;
        }
        ((t / self.interval) as usize + 1).min(self.connections.len())
    }

    /// The connections whose packets are on their way at `t`, and where on their paths.
    pub fn packets(&self, t: f32) -> impl Iterator<Item = (&FlowPath, Moment)> {
        let started = self.connections.iter().take(self.started(t)).enumerate();
        started.filter_map(move |(number, connection)| {
            let path = &self.paths[connection.path];
            let time = t - number as f32 * self.interval;
            (time <= path.timeline.duration()).then(|| (path, path.timeline.frame(time)))
        })
    }

    /// How the first `started` connections end: a row for each endpoint and outcome, then those without an endpoint.
    pub fn rows(&self, started: usize) -> Vec<OutcomeRow<'_>> {
        let mut counts = vec![0; self.outcomes.len()];
        for connection in self.connections.iter().take(started) {
            counts[connection.outcome] += 1;
        }
        let outcomes = self.outcomes.iter().zip(counts);
        let mut rows: Vec<OutcomeRow> = outcomes
            .map(|(outcome, count)| OutcomeRow {
                outcome: Some(outcome),
                endpoint: outcome.endpoint,
                count,
            })
            .collect();
        let is_chosen = |index: &usize| {
            self.outcomes
                .iter()
                .any(|outcome| outcome.endpoint == Some(*index))
        };
        let idle = (0..self.endpoints.len()).filter(|index| !is_chosen(index));
        rows.extend(idle.map(|index| OutcomeRow {
            outcome: None,
            endpoint: Some(index),
            count: 0,
        }));
        // Without an endpoint: last.
        sort::sort_by_key(&mut rows, |row| row.endpoint.unwrap_or(usize::MAX));
        rows
    }

    /// The connections started by `t`, counted by how they end.
    pub fn counts(&self, t: f32) -> FlowCounts {
        let zero = |&endpoint| EndpointCount {
            endpoint,
            answered: 0,
            unsure: 0,
        };
        let mut counts = FlowCounts {
            endpoints: self.endpoints.iter().map(zero).collect(),
            ..FlowCounts::default()
        };
        for connection in self.connections.iter().take(self.started(t)) {
            match (self.paths[connection.path].tone, connection.endpoint) {
                (Tone::Bad, _) => counts.failed += 1,
                (Tone::Good, Some(index)) => counts.endpoints[index].answered += 1,
                (Tone::Unsure, Some(index)) => counts.endpoints[index].unsure += 1,
                (Tone::Good, None) => counts.answered_elsewhere += 1,
                (Tone::Unsure, None) => counts.unsure_elsewhere += 1,
            }
        }
        counts
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::timeline::{Motion, Stay};

    /// Ten connections, 0.1 s apart, which choose two endpoints in turn.
    fn flow() -> Flow {
        let path = FlowPath {
            curves: vec![Curve::default(); 2],
            kinds: vec![PacketKind::Request; 2],
            tone: Tone::Good,
            timeline: Timeline::of([Stay::Plain, Stay::Plain], Motion::Stream),
        };
        let connection = |number: usize| FlowConnection {
            path: 0,
            endpoint: Some(number % 2),
            outcome: number % 2,
        };
        let outcome = |endpoint: usize| FlowOutcome {
            text: format!("pod-{endpoint} answered"),
            tone: Tone::Good,
            endpoint: Some(endpoint),
        };
        let endpoint = |text: &str| text.parse().expect("an address and a port");
        Flow {
            connections: (0..10).map(connection).collect(),
            paths: vec![path],
            endpoints: vec![endpoint("10.244.0.5:80"), endpoint("10.244.1.5:80")],
            names: vec!["pod-0".to_owned(), "pod-1".to_owned()],
            expected: vec![0.5, 0.5],
            outcomes: vec![outcome(0), outcome(1)],
            interval: 0.1,
        }
    }

    #[test]
    fn every_outcome_and_every_endpoint_has_a_row() {
        let mut flow = flow();
        flow.outcomes.insert(
            0,
            FlowOutcome {
                text: "refused".to_owned(),
                tone: Tone::Bad,
                endpoint: None,
            },
        );
        // Nobody chooses the second endpoint: those connections are refused.
        for connection in &mut flow.connections {
            connection.outcome = usize::from(connection.endpoint == Some(0));
            connection.endpoint = connection.endpoint.filter(|endpoint| *endpoint == 0);
        }
        flow.outcomes.pop();
        let rows: Vec<(Option<usize>, Option<Tone>, usize)> = flow
            .rows(5)
            .iter()
            .map(|row| {
                (
                    row.endpoint,
                    row.outcome.map(|outcome| outcome.tone),
                    row.count,
                )
            })
            .collect();
        let expected = [
            (Some(0), Some(Tone::Good), 3),
            (Some(1), None, 0),
            (None, Some(Tone::Bad), 2),
        ];
        assert_eq!(rows, expected);
    }

    #[test]
    fn connections_are_counted_once_they_have_started() {
        let counts = |t| {
            let endpoints = flow().counts(t).endpoints;
            endpoints.iter().map(|count| count.answered).collect()
        };
        let after: [Vec<usize>; 3] = [counts(0.0), counts(0.25), counts(9.0)];
        assert_eq!(after, [vec![1, 0], vec![2, 1], vec![5, 5]]);
    }

    #[test]
    fn failures_and_unknown_ends_are_counted_separately() {
        let mut flow = flow();
        for tone in [Tone::Bad, Tone::Unsure] {
            flow.paths.push(FlowPath {
                tone,
                ..flow.paths[0].clone()
            });
        }
        flow.connections[1].path = 1;
        flow.connections[3].endpoint = None;
        flow.connections[3].path = 1;
        flow.connections[4].path = 2;
        flow.connections[6].endpoint = None;
        flow.connections[6].path = 2;
        let counts = flow.counts(9.0);
        let each = |count: &EndpointCount| (count.answered, count.unsure);
        let endpoints: Vec<(usize, usize)> = counts.endpoints.iter().map(each).collect();
        assert_eq!(endpoints, [(3, 1), (3, 0)]);
        assert_eq!((counts.sent(), counts.unsure(), counts.failed), (10, 2, 2));
        assert_eq!(flow.counts(0.15).failed, 1);
    }

    #[test]
    fn the_flow_lasts_as_long_as_its_slowest_connection() {
        let mut flow = flow();
        flow.paths.push(FlowPath {
            timeline: Timeline::of([Stay::Rewrite; 20], Motion::Stream),
            ..flow.paths[0].clone()
        });
        flow.connections[0].path = 1;
        assert!(flow.duration() >= flow.paths[1].timeline.duration());
        assert_eq!(flow.packets(flow.duration() + 0.01).count(), 0);
    }

    #[test]
    fn the_last_packet_is_gone_when_the_flow_is_over() {
        let flow = flow();
        assert_eq!(flow.packets(0.0).count(), 1);
        assert_eq!(flow.packets(flow.duration() + 0.01).count(), 0);
    }
}
