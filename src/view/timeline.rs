//! When the packet is where: a pure function of the hops and a time.
//!
//! Every hop has a time of arrival and a stay long enough to read it; the stay at a rewrite is the longest. Nothing here
//! has state, so scrubbing backwards shows exactly what playing showed.

use serde::{Deserialize, Serialize};

/// Seconds a packet travels from one hop to the next at speed 1.
const TRAVEL: f32 = 0.9;

/// Seconds it rests where nothing is rewritten.
const REST: f32 = 0.7;

/// Seconds it rests where its header is rewritten: old lines are struck, new ones appear.
const REWRITE: f32 = 2.0;

/// The part of its stay at a rewrite after which the old lines are struck and the new ones are shown. A packet that is
/// answered becomes its answer then.
const STRUCK: f32 = 0.3;

/// The part of its stay at a rewrite after which the old lines are gone and the packet leaves.
const REWRITTEN: f32 = 0.75;

/// The part of its stay that one of many packets takes.
const STREAM_REST: f32 = 0.15;

/// The times of one trace.
#[derive(Clone, Debug, PartialEq, Default, Serialize, Deserialize)]
pub struct Timeline {
    stops: Vec<TimelineStop>,
    motion: Motion,
}

/// The seconds at which a packet comes to a hop and leaves it.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
struct TimelineStop {
    arrival: f32,
    departure: f32,
}

/// How long a packet stays at a hop.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stay {
    /// Nothing is rewritten.
    Plain,
    /// Addresses or ports are rewritten.
    Rewrite,
}

impl Stay {
    fn seconds(self) -> f32 {
        match self {
            Stay::Plain => REST,
            Stay::Rewrite => REWRITE,
        }
    }
}

/// Whether packets glide or jump (`prefers-reduced-motion`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum Motion {
    /// They move along their path.
    #[default]
    Travel,
    /// They appear at the next hop.
    Steps,
    /// They move fast, as one of many.
    Stream,
}

/// Where a packet is at one time.
#[derive(Clone, Copy, Debug, PartialEq, Default, Serialize, Deserialize)]
pub struct Moment {
    /// The hop last reached, from 0.
    pub hop: usize,
    /// How far it is towards the next hop: 0 while it rests, up to 1.
    pub ahead: f32,
    /// The part of its stay that has passed, from 0 at arrival to 1 at departure.
    pub done: f32,
}

impl Moment {
    /// How far the work of the hop is done.
    pub fn phase(self) -> Phase {
        if self.done < STRUCK {
            Phase::Arrived
        } else if self.done < REWRITTEN {
            Phase::Struck
        } else {
            Phase::Rewritten
        }
    }

    /// How far a packet that waits for a rewrite is through the box, from 0 to 1.
    pub fn after_rewrite(self) -> f32 {
        ratio(self.done - REWRITTEN, 1.0 - REWRITTEN)
    }
}

/// What is seen of a rewrite.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// The header as it came.
    Arrived,
    /// The old lines struck, the new ones below them. The packet waits.
    Struck,
    /// The header as the packet leaves.
    Rewritten,
}

impl Timeline {
    /// The times of a packet that stays so long at each of its hops.
    pub fn of(stays: impl IntoIterator<Item = Stay>, motion: Motion) -> Timeline {
        let (travel, share) = match motion {
            Motion::Travel => (TRAVEL, 1.0),
            Motion::Steps => (0.0, 1.0),
            Motion::Stream => (TRAVEL * 0.7, STREAM_REST),
        };
        let mut clock = 0.0;
        let mut stops = Vec::new();
        for (index, stay) in stays.into_iter().enumerate() {
            let arrival = if index == 0 { 0.0 } else { clock + travel };
            clock = arrival + stay.seconds() * share;
            stops.push(TimelineStop {
                arrival,
                departure: clock,
            });
        }
        Timeline { stops, motion }
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
        // A packet that leaves one hop and arrives at the next at the same time is still at the first one: a step ends
        // where a hop's work is done.
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

    /// The time at which the packet leaves hop `hop`: where a step ends.
    pub fn moment_of(&self, hop: usize) -> f32 {
        let last = self.stops.len().saturating_sub(1);
        self.stops
            .get(hop.min(last))
            .map_or(0.0, |stop| stop.departure)
    }

    /// The position of hop `hop` on the track, from 0 to 1.
    pub fn place_of(&self, hop: usize) -> f32 {
        ratio(self.moment_of(hop), self.duration())
    }
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
            .map(|arrival| TimelineStop {
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
