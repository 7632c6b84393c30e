//! The playback of what is shown: its time, play, pause, scrub. The page holds it, because the page draws the frames.

use std::rc::Rc;

use super::{Cue, Played};
use crate::view::flow::Flow;
use crate::view::page_view::{PageView, TraceView};
use crate::view::timeline::Moment;

/// The most seconds that one frame passes: a page that was hidden continues where it was.
const LONGEST_FRAME: f32 = 0.25;

/// The slowest and the fastest speed.
const SPEEDS: (f32, f32) = (0.1, 8.0);

/// What plays.
#[derive(Clone, Debug)]
pub struct Player {
    /// Seconds into the trace or the flow.
    pub time: f32,
    /// Whether time runs.
    pub is_playing: bool,
    /// Seconds of the trace for one second of the clock.
    pub speed: f32,
    /// The shown connection.
    pub trace: Option<Rc<TraceView>>,
    /// Many connections, while they are shown.
    pub flow: Option<Rc<Flow>>,
    /// Whether the shown connection was sent or played. One that was only looked at was not.
    is_sent: bool,
    /// Whether it was played to its end since: before, the answer is not shown.
    has_arrived: bool,
}

impl Default for Player {
    fn default() -> Player {
        Player {
            time: 0.0,
            is_playing: false,
            speed: 1.0,
            trace: None,
            flow: None,
            is_sent: false,
            has_arrived: false,
        }
    }
}

impl Player {
    /// Shows what a view shows. The time stays, unless what is shown is shorter.
    pub fn adopt(&mut self, view: &PageView) {
        self.trace = view.trace.clone();
        self.flow = view.flow.clone();
        self.time = self.time.min(self.duration());
        self.is_sent &= self.trace.is_some();
        self.has_arrived &= self.is_sent;
    }

    /// Begins from 0.
    pub fn cue(&mut self, cue: Cue) {
        self.time = 0.0;
        self.is_playing = match cue {
            Cue::Rewind => false,
            Cue::Play => self.trace.is_some(),
        };
        self.is_sent = self.is_playing;
        self.has_arrived = false;
    }

    /// Where the shown packet is now.
    pub fn moment(&self) -> Moment {
        match &self.trace {
            Some(trace) => trace.timeline.frame(self.time),
            None => Moment::default(),
        }
    }

    /// Seconds of everything there is to play.
    pub fn duration(&self) -> f32 {
        match (&self.flow, &self.trace) {
            (Some(flow), _) => flow.duration(),
            (None, Some(trace)) => trace.timeline.duration(),
            (None, None) => 0.0,
        }
    }

    /// Whether the end was reached.
    pub fn is_over(&self) -> bool {
        self.time >= self.duration()
    }

    /// Whether a person sent the shown connection. Stepping through one that comes next only reads it.
    pub fn played(&self) -> Played {
        if self.is_sent && self.flow.is_none() && self.time > 0.0 {
            Played::Yes
        } else {
            Played::No
        }
    }

    /// The endpoint of the connection on which more can be sent: the shown one if it was sent and its answer has come, else
    /// the one that is open.
    pub fn open_endpoint(&self, view: &PageView) -> Option<String> {
        if self.shows_new(view) {
            let trace = self.trace.as_ref().filter(|_| self.has_arrived);
            trace.and_then(|trace| trace.endpoint.clone())
        } else {
            view.open.clone()
        }
    }

    /// Whether a connection is shown that was sent just now.
    pub fn shows_new(&self, view: &PageView) -> bool {
        view.is_new && self.trace.is_some() && self.played() == Played::Yes
    }

    /// So many seconds of the clock went by.
    pub fn tick(&mut self, seconds: f32) {
        if self.is_playing {
            let passed = seconds.clamp(0.0, LONGEST_FRAME) * self.speed;
            self.time = (self.time + passed).min(self.duration());
            self.is_playing = !self.is_over();
            self.has_arrived |= self.is_over();
        }
    }

    /// Plays or pauses; at the end, plays from the beginning.
    pub fn toggle(&mut self) {
        if !self.is_playing && self.is_over() {
            self.time = 0.0;
        }
        self.is_playing = !self.is_playing && self.trace.is_some();
        self.is_sent |= self.is_playing;
    }

    /// Sets the time, in seconds.
    pub fn seek(&mut self, time: f32) {
        self.time = if time.is_nan() {
            0.0
        } else {
            time.clamp(0.0, self.duration())
        };
        self.is_playing = false;
        self.has_arrived |= self.is_sent && self.is_over();
    }

    /// Steps to another hop: -1 back, 1 forward.
    pub fn step(&mut self, by: isize) {
        let Moment { hop, ahead, done } = self.moment();
        let is_unfinished = done < 1.0 && ahead == 0.0;
        let next = if by < 0 {
            hop.saturating_sub(usize::from(ahead == 0.0))
        } else if is_unfinished {
            hop
        } else {
            hop + 1
        };
        self.jump(next);
    }

    /// Goes to the end of a hop, from 0, of the shown connection.
    pub fn jump(&mut self, hop: usize) {
        self.flow = None;
        let time = match &self.trace {
            Some(trace) => trace.timeline.moment_of(hop),
            None => 0.0,
        };
        self.seek(time);
    }

    /// Sets the speed.
    pub fn set_speed(&mut self, speed: f32) {
        self.speed = speed.clamp(SPEEDS.0, SPEEDS.1);
    }
}
