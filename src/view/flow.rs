//! Many connections one after another: ×100 and the stream.
//!
//! Each is a trace of its own, begun a fixed time after the one before; where each packet is at `t` follows from that.

use std::rc::Rc;

use super::timeline::{Moment, Timeline};
use crate::engine::trace::{Statistics, Trace};

pub use crate::engine::trace::Share;

/// One connection's trace and its times.
#[derive(Clone, Debug)]
pub struct PlayedTrace {
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
    pub trips: Vec<Rc<PlayedTrace>>,
    /// Seconds from one start to the next.
    pub interval: f32,
}

impl Flow {
    /// Seconds until the last reply is back.
    pub fn duration(&self) -> f32 {
        let last = self
            .trips
            .last()
            .map_or(0.0, |trip| trip.timeline.duration());
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
    pub fn under_way(&self, t: f32) -> impl Iterator<Item = (&PlayedTrace, Moment)> {
        self.trips
            .iter()
            .take(self.started(t))
            .enumerate()
            .filter_map(move |(place, trip)| {
                let local = t - place as f32 * self.interval;
                (local <= trip.timeline.duration())
                    .then(|| (trip.as_ref(), trip.timeline.frame(local)))
            })
    }

    /// The connections started by `t`, counted by endpoint, in the order the rules list them.
    pub fn shares(&self, t: f32) -> Vec<Share> {
        Statistics::of(
            self.trips
                .iter()
                .take(self.started(t))
                .map(|trip| &trip.trace),
        )
        .shares
    }
}
