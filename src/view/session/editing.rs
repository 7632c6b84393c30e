//! The text and what follows from it.

use std::rc::Rc;

use super::problems::Namesakes;
use super::{Cue, Effect, Model, RequestDraft, SettingChange, request_draft};
use crate::view::cross_reference;
use crate::view::lessons::{LESSONS, Lesson};
use crate::view::page_text::PageSentence;
use kubehop_engine::causes;
use kubehop_engine::cluster::config::{Creation, LoadBalancer, NetworkPlugin, ProxyMode};
use kubehop_engine::cluster::{Cluster, Config};
use kubehop_engine::diagnostic::{Diagnostic, Fix};
use kubehop_engine::manifest::Source;
use kubehop_engine::resolve::events::{Event, apply};
use kubehop_engine::resolve::{Resolved, resolve};
use kubehop_engine::sort;
use kubehop_engine::trace::Network;

/// The most nodes that the form makes.
const MOST_NODES: u8 = 20;

/// How many bytes of a text are read at a time while a person waits: some 50 ms in a browser.
const STEP: usize = 500_000;

impl Model {
    /// Reads a part of a large text that is about to be applied, so that no single read blocks for long. Returns whether the
    /// rest is short.
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
        let is_replaced = is_replaced(&self.text, &text);
        self.text = Rc::from(text);
        let effects = self.read_again();
        if is_replaced && !self.stale && !self.request.by_hand && self.course.open.is_none() {
            self.request = request_draft::settled(
                &RequestDraft::default(),
                &Cluster::default(),
                &self.network,
            );
            self.retrace();
        }
        if self.has_left_course() {
            self.close_course();
            // A lesson's request may not have been followed yet; one's own is.
            self.retrace();
        }
        effects
    }

    pub(super) fn open_lesson(&mut self, lesson: &'static Lesson) -> Vec<Effect> {
        self.close_course();
        self.lesson = Some(lesson);
        self.comparison = None;
        let request = RequestDraft {
            from: lesson.from.to_owned(),
            to: lesson.to.to_owned(),
            by_hand: true,
        };
        self.start_with(Rc::from(lesson.manifest), request)
    }

    /// Shows the manifests and the request of an example, and nothing of what was shown before.
    pub(super) fn start_with(&mut self, manifest: Rc<str>, request: RequestDraft) -> Vec<Effect> {
        self.stale = false;
        self.unparsed = None;
        self.flow = None;
        self.forget();
        self.events = Rc::default();
        self.network = Rc::new(Network::of(Resolved::default()));
        self.request = request;
        self.text = manifest;
        self.source = Source::read("");
        self.focus.selected = None;
        self.read();
        vec![
            Effect::Rewrite(self.text.to_string()),
            Effect::Cue(Cue::Rewind),
            Effect::Save,
        ]
    }

    pub(super) fn step_lesson(&mut self, by: i8) -> Vec<Effect> {
        let here = self
            .lesson
            .and_then(|lesson| LESSONS.iter().position(|other| other.id == lesson.id));
        let next = here.map_or(0, |here| {
            (here as isize + isize::from(by)).rem_euclid(LESSONS.len() as isize) as usize
        });
        self.open_lesson(&LESSONS[next])
    }

    pub(super) fn fix(&mut self, index: usize) -> Vec<Effect> {
        let diagnostic = self.diagnostics.get(index);
        replace(diagnostic.and_then(|diagnostic| diagnostic.fix.as_ref()))
    }

    pub(super) fn fix_cause(&mut self, index: usize) -> Vec<Effect> {
        // While the text is broken, the causes are about the text before it.
        if self.stale {
            return Vec::new();
        }
        replace(self.causes.get(index).and_then(|cause| cause.fix.as_ref()))
    }

    pub(super) fn configure(&mut self, change: SettingChange) -> Vec<Effect> {
        change_setting(&mut self.config, change);
        self.sent.close();
        self.read_again()
    }

    /// Reads the edited text. If it changes the shown connection, the new one has not been sent: it is shown at its
    /// beginning until it is. An edit that does not change the path, of a comment say, leaves the packet where it is.
    fn read_again(&mut self) -> Vec<Effect> {
        let before = self.trace.clone();
        self.read();
        let rewind = (self.trace != before).then_some(Effect::Cue(Cue::Rewind));
        rewind.into_iter().chain([Effect::Save]).collect()
    }

    /// Reads the text again, and what follows from it. While a document is broken that was good before, the last good
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
        sort::sort_by_key(&mut diagnostics, Diagnostic::order);
        self.diagnostics = Rc::new(diagnostics);
        self.namesakes = Rc::new(Namesakes::of(&source));
        // One that was broken in what is drawn as well has no older picture: it is left out.
        self.stale = source.broken_since(&self.source).next().is_some()
            && !self.source.documents.is_empty()
            && source.is_edit_of(&self.source);
        self.unparsed = unparsed(&source, self.stale);
        if !self.stale {
            self.source = source;
            self.settle(resolved);
            let cluster = self.network.cluster();
            let selected = self.focus.selected.take();
            self.focus.selected = selected.filter(|key| cross_reference::is_there(cluster, key));
        }
    }

    /// Lets the events happen to what the text made; those whose object the text has no more are dropped.
    pub(super) fn settle(&mut self, resolved: Resolved) {
        let mut events = Vec::new();
        let mut before_last = None;
        let happen = |resolved: Resolved, event: &Event| {
            if event.is_possible(&resolved) {
                let goes_on = events.last().is_some_and(|last| is_end_of(event, last));
                events.push(event.clone());
                let after = apply(&resolved, event);
                if !goes_on {
                    before_last = Some(resolved.cluster);
                }
                after
            } else {
                resolved
            }
        };
        let resolved = self.events.iter().fold(resolved, happen);
        self.events = Rc::new(events);
        self.before = before_last;
        let before = self.network.clone();
        self.network = Rc::new(Network::of(resolved));
        self.flow = None;
        self.request = request_draft::settled(&self.request, before.cluster(), &self.network);
        self.retrace();
    }
}

/// Whether a text was put in place of another one, where an edit leaves most of it: they begin and end differently.
fn is_replaced(before: &str, after: &str) -> bool {
    let shorter = before.len().min(after.len());
    let pairs = before.bytes().zip(after.bytes());
    let beginning = pairs.take_while(|(old, new)| old == new).count();
    let pairs = before.bytes().rev().zip(after.bytes().rev());
    let end = pairs.take_while(|(old, new)| old == new).count();
    beginning + end < shorter / 4
}

/// Whether a pod is gone that an event deleted: its replacement, which came with that, is still news.
fn is_end_of(event: &Event, last: &Event) -> bool {
    match (last, event) {
        (Event::PodDeleted(deleted), Event::PodRemoved(removed)) => deleted == removed,
        _ => false,
    }
}

/// What the documents that cannot be parsed mean for the picture; `None` if there are none.
fn unparsed(source: &Source, is_older: bool) -> Option<PageSentence> {
    let (index, first) = source.unreadable().next()?;
    let count = source.unreadable().count();
    let (number, line) = (index + 1, first.origin.line);
    Some(if is_older {
        PageSentence::OlderPicture {
            count,
            number,
            line,
        }
    } else {
        PageSentence::DocumentsLeftOut {
            count,
            number,
            line,
            drawn: source.documents.len() - count,
        }
    })
}

/// The edit of a fix, if there is one.
fn replace(fix: Option<&Fix>) -> Vec<Effect> {
    fix.map(|fix| Effect::Replace(edits(fix)))
        .into_iter()
        .collect()
}

/// A fix as the editor takes it.
pub(super) fn edits(fix: &Fix) -> String {
    serde_json::to_string(&[fix]).expect("a fix has only texts and numbers")
}

/// Changes a setting; what cannot be read leaves it as it is.
fn change_setting(config: &mut Config, change: SettingChange) {
    match change {
        SettingChange::Nodes(count) => {
            if let Ok(count) = count.trim().parse::<u8>() {
                config.nodes = count.clamp(1, MOST_NODES);
            }
        }
        SettingChange::PodCidr(range) => {
            if let Ok(range) = range.trim().parse() {
                config.pod_cidrs = vec![range];
            }
        }
        SettingChange::ServiceCidr(range) => {
            if let Ok(range) = range.trim().parse() {
                config.service_cidrs = vec![range];
            }
        }
        SettingChange::Domain(domain) => {
            config.domain = domain.trim().trim_matches('.').to_owned();
        }
        SettingChange::LoadBalancer(which) => {
            config.load_balancer = LoadBalancer::named(&which).unwrap_or_default();
        }
        SettingChange::NetworkPlugin(name) => {
            config.plugin = NetworkPlugin::named(&name).unwrap_or_default();
        }
        SettingChange::Creation(order) => {
            config.creation = if order == "first" {
                Creation::ServicesFirst
            } else {
                Creation::AsWritten
            };
        }
        SettingChange::ProxyMode(mode) => {
            config.proxy.mode = ProxyMode::named(&mode).unwrap_or_default();
        }
    }
}
