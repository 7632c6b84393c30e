//! The text and what follows from it.

use std::rc::Rc;

use super::{Effect, RequestDraft, Sending, Session, suggestions};
use crate::engine::causes;
use crate::engine::cluster::Config;
use crate::engine::manifest::Source;
use crate::engine::resolve::events::{Event, apply};
use crate::engine::resolve::{Resolved, resolve};
use crate::engine::sort;
use crate::engine::trace::Network;
use crate::view::lessons::{LESSONS, Lesson};

/// How many bytes of a text are read at a time while somebody waits: some 50 ms in a browser.
const STEP: usize = 500_000;

impl Session {
    /// Reads some of a large text that is about to be applied, so that nobody's page stands still for all of it. Says
    /// whether the rest of it is short.
    pub fn read_ahead(&mut self, text: &str) -> bool {
        let more = self
            .ahead
            .as_ref()
            .unwrap_or(&self.source)
            .read_ahead(text, STEP);
        let is_short = more.is_none();
        self.ahead = more.or(self.ahead.take());
        is_short
    }

    pub(super) fn edit(&mut self, text: String) -> Vec<Effect> {
        if *self.text == *text {
            return Vec::new();
        }
        self.lesson = self.lesson.filter(|lesson| lesson.manifest == text);
        self.text = Rc::from(text);
        self.read();
        vec![Effect::Save]
    }

    pub(super) fn open(&mut self, lesson: &'static Lesson) -> Vec<Effect> {
        self.lesson = Some(lesson);
        self.text = Rc::from(lesson.manifest);
        self.stale = false;
        self.flow = None;
        self.forget();
        self.events = Rc::default();
        self.world = Rc::new(Network::of(Resolved::default()));
        self.asked = RequestDraft {
            from: lesson.from.to_owned(),
            to: lesson.to.to_owned(),
            by_hand: true,
        };
        self.source = Source::read("");
        self.rewind();
        self.selected = None;
        self.read();
        vec![Effect::Rewrite(lesson.manifest.to_owned()), Effect::Save]
    }

    pub(super) fn turn(&mut self, by: isize) -> Vec<Effect> {
        let here = self
            .lesson
            .and_then(|lesson| LESSONS.iter().position(|other| other.id == lesson.id));
        let next = here.map_or(0, |here| {
            (here as isize + by).rem_euclid(LESSONS.len() as isize) as usize
        });
        self.open(&LESSONS[next])
    }

    pub(super) fn fix(&mut self, place: usize) -> Vec<Effect> {
        let fix = self
            .diagnostics
            .get(place)
            .and_then(|diagnostic| diagnostic.fix.clone());
        fix.map(|fix| vec![Effect::Replace(fix)])
            .unwrap_or_default()
    }

    pub(super) fn configure(&mut self, config: Config) -> Vec<Effect> {
        self.config = config;
        self.sending = Sending::New;
        self.open = None;
        self.read();
        vec![Effect::Save]
    }

    /// Reads the text anew, and what follows from it. While a document is broken that was good before, the last good
    /// picture stays.
    pub(super) fn read(&mut self) {
        let source = self
            .ahead
            .take()
            .as_ref()
            .unwrap_or(&self.source)
            .update(&self.text);
        let resolved = resolve(&source, &self.config);
        let mut diagnostics = resolved.diagnostics.clone();
        diagnostics.extend(causes::check(&resolved));
        sort::sort_by_key(&mut diagnostics, |diagnostic| diagnostic.span);
        self.diagnostics = Rc::new(diagnostics);
        self.stale = source.is_broken()
            && !self.source.documents.is_empty()
            && source.is_edit_of(&self.source);
        if !self.stale {
            self.source = source;
            self.settle(resolved);
        }
    }

    /// Lets the events happen to what the text made; those whose object the text has no more are dropped.
    pub(super) fn settle(&mut self, resolved: Resolved) {
        let mut events = Vec::new();
        let happen = |resolved: Resolved, event: &Event| {
            if event.is_possible(&resolved) {
                events.push(event.clone());
                apply(&resolved, event)
            } else {
                resolved
            }
        };
        let resolved = self.events.iter().fold(resolved, happen);
        self.events = Rc::new(events);
        self.world = Rc::new(Network::of(resolved));
        self.flow = None;
        self.asked = suggestions::settled(&self.asked, &self.world.resolved.cluster);
        self.retrace();
    }
}
