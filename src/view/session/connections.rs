//! What is sent: one connection, many, or more on one that is open.

use std::rc::Rc;

use serde::{Deserialize, Serialize};

use super::{Cue, Effect, Model, Played, RequestDraft};
use kubehop_engine::causes;
use kubehop_engine::trace::{Connections, Origin, Request, RequestError, Target, Trace};

/// What was sent, and what the shown trace is.
#[derive(Clone, Default)]
pub(super) struct Sent {
    /// What nodes remember of the connections before the one that is shown.
    pub(super) before: Connections,
    /// Whether what is shown opens a connection or goes over an open one.
    sending: Sending,
    /// The connection that was opened last, while it is open.
    pub(super) open: Option<LastOpened>,
}

impl Sent {
    /// What is shown next opens a connection, and none is open.
    pub(super) fn close(&mut self) {
        self.sending = Sending::New;
        self.open = None;
    }
}

/// What the shown trace is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
enum Sending {
    /// It opens a connection.
    #[default]
    New,
    /// It goes over the open connection of that number.
    More(u64),
}

/// A connection on which more can be sent.
#[derive(Clone, Debug)]
pub(super) struct LastOpened {
    /// Its number.
    number: u64,
    /// Who answers on it: the name of a pod, else a host or an address.
    pub(super) endpoint: String,
}

/// Many connections to be opened.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct SendMany {
    /// How many.
    pub count: u64,
    /// Seconds from one to the next.
    pub interval: f32,
}

/// What `×100` sends.
pub const MANY: SendMany = SendMany {
    count: 100,
    interval: 0.08,
};

/// What the stream sends.
pub const STREAM: SendMany = SendMany {
    count: 600,
    interval: 0.3,
};

/// The most connections that are sent at once.
const MOST: u64 = 1_000;

/// The shortest time from one connection to the next, in seconds.
const SHORTEST_INTERVAL: f32 = 0.02;

/// Many connections that were opened, one after another.
#[derive(Clone, Debug)]
pub(super) struct SentMany {
    /// What became of each, in order.
    pub traces: Rc<Vec<Trace>>,
    /// Seconds from one to the next.
    pub interval: f32,
}

impl Model {
    pub(super) fn set_request(&mut self, request: RequestDraft) -> Vec<Effect> {
        self.course.is_unsent = false;
        self.request = request;
        self.flow = None;
        self.sent.close();
        self.retrace();
        vec![Effect::Cue(Cue::Rewind), Effect::Save]
    }

    pub(super) fn send(&mut self, played: Played) -> Vec<Effect> {
        if played == Played::Yes || self.flow.is_some() {
            self.remember();
        }
        self.start(Sending::New)
    }

    pub(super) fn send_more(&mut self, played: Played) -> Vec<Effect> {
        if played == Played::Yes {
            self.remember();
        }
        match &self.sent.open {
            Some(open) => self.start(Sending::More(open.number)),
            None => Vec::new(),
        }
    }

    fn start(&mut self, sending: Sending) -> Vec<Effect> {
        self.course.is_unsent = false;
        self.sent.sending = sending;
        self.flow = None;
        self.retrace();
        vec![Effect::Cue(Cue::Play)]
    }

    pub(super) fn send_many(&mut self, many: SendMany) -> Vec<Effect> {
        let Some(request) = self.read_request() else {
            return Vec::new();
        };
        self.course.is_unsent = false;
        self.forget();
        let mut connections = Connections::default();
        let mut traces = Vec::new();
        for number in 0..many.count.min(MOST) {
            let second = (number as f32 * many.interval) as u64;
            traces.extend(connections.send_one_of_many(&self.network, &request, second));
        }
        self.flow = Some(SentMany {
            traces: Rc::new(traces),
            interval: many.interval.max(SHORTEST_INTERVAL),
        });
        self.retrace();
        vec![Effect::Cue(Cue::Play)]
    }

    /// Nothing was sent yet.
    pub(super) fn forget(&mut self) {
        self.sent = Sent::default();
    }

    /// What is shown took place if a person played it; what comes next opens a connection.
    pub(super) fn conclude(&mut self, played: Played) {
        if played == Played::Yes {
            self.remember();
        }
        self.sent.sending = Sending::New;
        self.flow = None;
    }

    /// Whether the shown trace opens a connection.
    pub(super) fn is_new(&self) -> bool {
        self.sent.sending == Sending::New
    }

    /// The request, if what is typed is one.
    fn read_request(&mut self) -> Option<Request> {
        let request = self.request.from.parse::<Origin>().and_then(|from| {
            let to = self.request.to.parse::<Target>()?;
            Ok(Request { from, to })
        });
        self.request_error = request.as_ref().err().cloned();
        request.ok()
    }

    /// The shown trace, if the request can be made at all.
    fn trace_request(&mut self) -> Option<Trace> {
        let request = self.read_request()?;
        if self.course.is_unsent {
            return None;
        }
        // What it leaves behind counts only once the next one is sent.
        let mut connections = self.sent.before.clone();
        let second = connections.next();
        let trace: Result<Trace, RequestError> = match self.sent.sending {
            Sending::New => connections.connect(&self.network, &request, second),
            Sending::More(number) => connections.again(&self.network, number, second)?,
        };
        self.request_error = trace.as_ref().err().cloned();
        trace.ok()
    }

    /// The shown connection took place: nodes remember it. Each is a second after the one before. What cannot be sent
    /// leaves nothing behind.
    pub(super) fn remember(&mut self) {
        let second = self.sent.before.next();
        match self.sent.sending {
            Sending::New => {
                let Some(request) = self.read_request() else {
                    return;
                };
                let trace = self.sent.before.connect(&self.network, &request, second);
                self.sent.open = trace
                    .ok()
                    .filter(|_| self.sent.before.is_open(second))
                    .and_then(|trace| trace.verdict.answered_by().map(str::to_owned))
                    .map(|endpoint| LastOpened {
                        number: second,
                        endpoint,
                    });
            }
            Sending::More(number) => drop(self.sent.before.again(&self.network, number, second)),
        }
    }

    pub(super) fn retrace(&mut self) {
        self.trace = self.trace_request().map(Rc::new);
        let causes = self
            .trace
            .as_deref()
            .map(|trace| causes::of_trace(&self.network, trace));
        let causes = causes.into_iter().flatten();
        let with_fix = |cause| self.with_controller_fix(self.with_client_fix(cause));
        self.causes = causes.map(with_fix).collect();
        self.compare_anew();
        self.draw();
    }
}
