//! The clock of what is shown: play, pause, scrub.

use super::{Effect, Session};
use crate::view::timeline::Moment;

impl Session {
    pub(super) fn tick(&mut self, seconds: f32) -> Vec<Effect> {
        if self.playing {
            self.time = (self.time + seconds.clamp(0.0, 0.25) * self.speed).min(self.duration());
            self.playing = !self.is_over();
        }
        Vec::new()
    }

    pub(super) fn toggle(&mut self) -> Vec<Effect> {
        if !self.playing && self.is_over() {
            self.time = 0.0;
        }
        self.playing = !self.playing && self.trip.is_some();
        Vec::new()
    }

    pub(super) fn seek(&mut self, time: f32) -> Vec<Effect> {
        self.time = if time.is_nan() {
            0.0
        } else {
            time.clamp(0.0, self.duration())
        };
        self.playing = false;
        Vec::new()
    }

    pub(super) fn step(&mut self, by: isize) -> Vec<Effect> {
        let Moment { hop, ahead, done } = self.moment();
        let unfinished = done < 1.0 && ahead == 0.0;
        let next = match by {
            ..0 => hop.saturating_sub(usize::from(ahead == 0.0)),
            _ if unfinished => hop,
            _ => hop + 1,
        };
        self.jump(next)
    }

    pub(super) fn jump(&mut self, hop: usize) -> Vec<Effect> {
        let time = self
            .trip
            .as_ref()
            .map_or(0.0, |trip| trip.timeline.moment_of(hop));
        self.flow = None;
        self.seek(time)
    }
}
