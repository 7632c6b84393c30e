//! When the packet is where: a pure function of the trace and a time.
//!
//! Every hop has a moment of arrival and a time of rest long enough to read it; a rewrite rests longest. Nothing here
//! remembers anything, so scrubbing backwards shows exactly what playing showed.

use crate::engine::trace::{Hop, Trace};

/// Seconds a packet travels from one hop to the next at speed 1.
const TRAVEL: f32 = 0.9;

/// Seconds it rests where nothing is rewritten.
const REST: f32 = 0.7;

/// Seconds it rests where its header is rewritten: old lines are struck, new ones appear.
const REWRITE: f32 = 2.0;

/// How much of its rest one of many packets takes.
const STREAM_REST: f32 = 0.15;

/// The times of one trace.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Timeline {
    stops: Vec<Stop>,
    motion: Motion,
}

/// One hop's stay.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Stop {
    arrival: f32,
    departure: f32,
}

/// Whether packets glide or jump (`prefers-reduced-motion`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Motion {
    /// They travel along their way.
    #[default]
    Travel,
    /// They appear at the next hop.
    Steps,
    /// They hurry along their way, as one of many.
    Stream,
}

/// The state of a trip at one time.
#[derive(Clone, Copy, Debug, PartialEq, Default)]
pub struct Moment {
    /// The hop last reached, from 0.
    pub hop: usize,
    /// How far it is towards the next hop: 0 while it rests, up to 1.
    pub ahead: f32,
    /// How far the hop's work is done, from 0 at arrival to 1 at departure.
    pub done: f32,
}

impl Timeline {
    /// The times of a trace.
    pub fn of(trace: &Trace, motion: Motion) -> Timeline {
        let (travel, haste) = match motion {
            Motion::Travel => (TRAVEL, 1.0),
            Motion::Steps => (0.0, 1.0),
            Motion::Stream => (TRAVEL * 0.7, STREAM_REST),
        };
        let mut clock = 0.0;
        let stops = trace.hops.iter().enumerate().map(|(place, hop)| {
            let arrival = if place == 0 { 0.0 } else { clock + travel };
            clock = arrival + rest(hop) * haste;
            Stop {
                arrival,
                departure: clock,
            }
        });
        Timeline {
            stops: stops.collect(),
            motion,
        }
    }

    /// Seconds from the first hop's arrival to the last one's departure; 0 without hops.
    pub fn duration(&self) -> f32 {
        self.stops.last().map_or(0.0, |stop| stop.departure)
    }

    /// How many hops there are.
    pub fn hops(&self) -> usize {
        self.stops.len()
    }

    /// The state at `t` seconds; times before the beginning and after the end are the beginning and the end.
    pub fn frame(&self, t: f32) -> Moment {
        let t = if t.is_nan() {
            0.0
        } else {
            t.clamp(0.0, self.duration())
        };
        // One that leaves and arrives at once has still left only: a step lands where a hop's work is done.
        let hop = self
            .stops
            .iter()
            .rposition(|stop| stop.arrival < t)
            .unwrap_or(0);
        let Some(stop) = self.stops.get(hop) else {
            return Moment::default();
        };
        let done = ratio(t - stop.arrival, stop.departure - stop.arrival);
        let done = match self.motion {
            Motion::Travel | Motion::Stream => done,
            Motion::Steps => {
                if done < 0.5 {
                    0.0
                } else {
                    1.0
                }
            }
        };
        let next = self
            .stops
            .get(hop + 1)
            .map_or(stop.departure, |next| next.arrival);
        Moment {
            hop,
            ahead: ratio(t - stop.departure, next - stop.departure),
            done,
        }
    }

    /// The moment at which hop `hop` has done its work: where a step lands.
    pub fn moment_of(&self, hop: usize) -> f32 {
        let last = self.stops.len().saturating_sub(1);
        self.stops
            .get(hop.min(last))
            .map_or(0.0, |stop| stop.departure)
    }

    /// Where hop `hop` stands on the track, from 0 to 1.
    pub fn place_of(&self, hop: usize) -> f32 {
        ratio(self.moment_of(hop), self.duration())
    }
}

fn rest(hop: &Hop) -> f32 {
    if hop.is_rewrite() { REWRITE } else { REST }
}

fn ratio(part: f32, whole: f32) -> f32 {
    if whole > 0.0 {
        (part / whole).clamp(0.0, 1.0)
    } else {
        0.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn timeline(motion: Motion) -> Timeline {
        let travel = if motion == Motion::Steps { 0.0 } else { TRAVEL };
        let arrivals = [0.0, 1.0 + travel, 2.0 + 2.0 * travel];
        let stops = arrivals
            .map(|arrival| Stop {
                arrival,
                departure: arrival + 1.0,
            })
            .to_vec();
        Timeline { stops, motion }
    }

    #[test]
    fn a_step_lands_on_the_hop_it_is_for_however_packets_move() {
        for motion in [Motion::Travel, Motion::Steps, Motion::Stream] {
            let timeline = timeline(motion);
            for hop in 0..timeline.hops() {
                assert_eq!(
                    timeline.frame(timeline.moment_of(hop)),
                    Moment {
                        hop,
                        ahead: 0.0,
                        done: 1.0
                    },
                    "{motion:?}"
                );
            }
        }
    }

    #[test]
    fn a_packet_that_jumps_is_never_under_way() {
        let timeline = timeline(Motion::Steps);
        for tenth in 0..=30 {
            let Moment { ahead, done, .. } = timeline.frame(tenth as f32 / 10.0);
            assert_eq!(ahead, 0.0);
            assert!(done == 0.0 || done == 1.0);
        }
    }
}
