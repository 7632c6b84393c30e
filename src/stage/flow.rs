//! Many connections one after another: ×100 and the stream.
//!
//! Each is a trace of its own, begun a fixed time after the one before; where each packet is at `t` follows from that.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::rc::Rc;

use super::timeline::{Moment, Timeline};
use crate::engine::trace::Trace;

/// One connection's trace and its times.
#[derive(Clone, Debug)]
pub struct Trip {
    /// Which connection it is, from 0.
    pub number: u64,
    /// What happened.
    pub trace: Trace,
    /// When.
    pub timeline: Timeline,
}

/// A row of connections.
#[derive(Clone, Debug, Default)]
pub struct Flow {
    /// The connections in order of their start.
    pub trips: Vec<Rc<Trip>>,
    /// Seconds from one start to the next.
    pub interval: f32,
}

/// How many connections chose an endpoint.
#[derive(Clone, Debug, PartialEq)]
pub struct Share {
    /// The endpoint.
    pub endpoint: SocketAddr,
    /// Connections sent to it so far.
    pub count: usize,
    /// The share the rules give it, from 0 to 1.
    pub expected: f64,
}

impl Flow {
    /// Seconds until the last reply is back.
    pub fn duration(&self) -> f32 {
        let last = self.trips.last().map_or(0.0, |trip| trip.timeline.duration());
        self.interval * self.trips.len().saturating_sub(1) as f32 + last
    }

    /// How many have started by `t`.
    pub fn started(&self, t: f32) -> usize {
        if self.trips.is_empty() || t < 0.0 {
            return 0;
        }
        ((t / self.interval) as usize + 1).min(self.trips.len())
    }

    /// The packets that are under way at `t`, and where in their trips they are.
    pub fn under_way(&self, t: f32) -> impl Iterator<Item = (&Trip, Moment)> {
        self.trips.iter().take(self.started(t)).enumerate().filter_map(move |(place, trip)| {
            let local = t - place as f32 * self.interval;
            (local <= trip.timeline.duration()).then(|| (trip.as_ref(), trip.timeline.frame(local)))
        })
    }

    /// The connections started by `t`, counted by endpoint, in the order the rules list them.
    pub fn shares(&self, t: f32) -> Vec<Share> {
        let mut counts: BTreeMap<String, Share> = BTreeMap::new();
        for trip in self.trips.iter().take(self.started(t)) {
            for choice in trip.trace.choices() {
                let fresh = Share { endpoint: choice.endpoint, count: 0, expected: choice.probability };
                let share = counts.entry(choice.endpoint.to_string()).or_insert(fresh);
                share.count += usize::from(choice.chosen);
            }
        }
        counts.into_values().collect()
    }
}
