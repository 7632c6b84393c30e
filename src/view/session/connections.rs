//! What is sent: one connection, many, or more on one that is open.

use std::rc::Rc;

use super::{Effect, RequestDraft, Session};
use crate::engine::trace::{Connections, Origin, Request, RequestError, Target, Verdict};
use crate::view::flow::{Flow, PlayedTrace};
use crate::view::timeline::{Motion, Timeline};

/// What the shown trip is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sending {
    /// It opens a connection.
    New,
    /// It goes over the open connection of that number.
    More(u64),
}

impl Session {
    /// Whether more can be sent on a connection: one is open, or the shown one was answered and stays open.
    pub fn can_send_more(&self) -> bool {
        let answered = |trip: &Rc<PlayedTrace>| {
            self.took_place() && matches!(trip.trace.verdict, Verdict::Answered { .. })
        };
        self.open.is_some() || self.trip.as_ref().is_some_and(answered)
    }

    /// Whether the shown trip is more than what would happen: somebody sent it.
    fn took_place(&self) -> bool {
        self.trip.is_some() && self.flow.is_none() && self.time > 0.0
    }

    pub(super) fn ask(&mut self, asked: RequestDraft) -> Vec<Effect> {
        self.asked = asked;
        self.flow = None;
        self.sending = Sending::New;
        self.open = None;
        self.rewind();
        self.retrace();
        vec![Effect::Save]
    }

    pub(super) fn send(&mut self) -> Vec<Effect> {
        if self.took_place() || self.flow.is_some() {
            self.connected();
        }
        self.start(Sending::New);
        Vec::new()
    }

    pub(super) fn send_more(&mut self) -> Vec<Effect> {
        if self.took_place() {
            self.connected();
        }
        if let Some(number) = self.open {
            self.start(Sending::More(number));
        }
        Vec::new()
    }

    fn start(&mut self, sending: Sending) {
        self.sending = sending;
        self.flow = None;
        self.rewind();
        self.retrace();
        self.playing = self.trip.is_some();
    }

    pub(super) fn rewind(&mut self) {
        self.time = 0.0;
        self.playing = false;
    }

    pub(super) fn send_many(&mut self, count: u64, interval: f32) -> Vec<Effect> {
        let Some(request) = self.request() else {
            return Vec::new();
        };
        self.forget();
        let mut conversation = Connections::default();
        let hurry = |trip: PlayedTrace| PlayedTrace {
            timeline: Timeline::of(&trip.trace, Motion::Stream),
            ..trip
        };
        let trip = |number: u64| {
            let second = (number as f32 * interval) as u64;
            self.trip_of(&mut conversation, &request, second)
                .ok()
                .map(hurry)
                .map(Rc::new)
        };
        let trips = (0..count).filter_map(trip).collect();
        self.flow = Some(Rc::new(Flow {
            trips,
            interval: interval.max(0.02),
        }));
        self.time = 0.0;
        self.retrace();
        self.playing = true;
        Vec::new()
    }

    /// Nothing was sent yet.
    pub(super) fn forget(&mut self) {
        self.conversation = Connections::default();
        self.sending = Sending::New;
        self.open = None;
    }

    /// What is shown took place, if somebody sent it; what comes next opens a connection.
    pub(super) fn conclude(&mut self) {
        if self.took_place() {
            self.connected();
        }
        self.sending = Sending::New;
        self.flow = None;
        self.rewind();
    }

    /// The request, when what is typed is one.
    fn request(&mut self) -> Option<Request> {
        let request = self.asked.from.parse::<Origin>().and_then(|from| {
            let to = self.asked.to.parse::<Target>()?;
            Ok(Request { from, to })
        });
        self.request_error = request.as_ref().err().cloned();
        request.ok()
    }

    /// The session's trip, when the request can be made at all.
    fn trip(&mut self) -> Option<PlayedTrace> {
        let request = self.request()?;
        // What it leaves behind counts only once the next one is sent.
        let mut conversation = self.conversation.clone();
        let second = conversation.next();
        let trip = match self.sending {
            Sending::New => self.trip_of(&mut conversation, &request, second),
            Sending::More(number) => {
                conversation
                    .again(&self.world, number, second)?
                    .map(|trace| {
                        let timeline = Timeline::of(&trace, self.motion);
                        PlayedTrace {
                            number,
                            trace,
                            timeline,
                        }
                    })
            }
        };
        self.request_error = trip.as_ref().err().cloned();
        trip.ok()
    }

    fn trip_of(
        &self,
        conversation: &mut Connections,
        request: &Request,
        second: u64,
    ) -> Result<PlayedTrace, RequestError> {
        let number = conversation.next();
        let trace = conversation.connect(&self.world, request, second)?;
        let timeline = Timeline::of(&trace, self.motion);
        Ok(PlayedTrace {
            number,
            trace,
            timeline,
        })
    }

    /// The connection that is shown took place: nodes remember it. Each is a second after the one before. What cannot be
    /// sent leaves nothing behind.
    fn connected(&mut self) {
        let second = self.conversation.next();
        match self.sending {
            Sending::New => {
                let Some(request) = self.request() else {
                    return;
                };
                let _ = self.conversation.connect(&self.world, &request, second);
                self.open = Some(second).filter(|number| self.conversation.is_open(*number));
            }
            Sending::More(number) => drop(self.conversation.again(&self.world, number, second)),
        }
    }

    pub(super) fn retrace(&mut self) {
        self.trip = self.trip().map(Rc::new);
        self.time = self.time.min(self.duration());
        self.draw();
    }
}
