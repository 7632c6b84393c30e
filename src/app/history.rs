//! The states that the browser keeps: what was written, with its time, so that no example, link or paste loses it.
//!
//! Each state has its own entry in the browser's storage: `kubehop.state.ID` holds the time of its last change, its
//! title, and on the next lines the session as JSON. Two tabs never write the same entry.

use std::rc::Rc;

use super::browser::{self, LongText};

/// How the names of the entries begin; the id follows.
const PREFIX: &str = "kubehop.state.";

/// The name under which a tab keeps the id of its state.
const CURRENT: &str = "kubehop.current";

/// The most states that are kept.
const MOST: usize = 30;

/// Milliseconds that a state takes changes; the next change begins another state.
const SPAN: f64 = 600_000.0;

/// A session of more bytes than this does not push others out.
const LARGE: usize = 1_000_000;

/// The most characters of a title.
const TITLE: usize = 60;

/// A kept state.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct KeptState {
    /// When it began, in milliseconds since 1970; the name of its entry.
    pub(crate) id: String,
    /// When it changed last, in milliseconds since 1970.
    pub(crate) changed: f64,
    /// What it calls, else its first line.
    pub(crate) title: String,
}

impl KeptState {
    /// The name of its entry.
    pub(crate) fn entry(&self) -> String {
        entry_name(&self.id)
    }

    /// What its entry begins with, before the session.
    pub(crate) fn header(&self) -> String {
        format!("{} {}\n", self.changed, self.title)
    }
}

/// The browser has no room for a state, or keeps nothing at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct NotKept;

/// All states, and which one this tab is at.
pub(crate) struct History {
    /// The states, the one changed last first.
    pub(crate) states: Rc<Vec<KeptState>>,
    /// The id of the state that this tab shows.
    pub(crate) current: Option<String>,
    /// The hash of the session that was opened from the list, while it is the current state: a change begins another one.
    resumed: Option<u64>,
}

impl History {
    /// What the browser keeps, for a tab that opens a kept session, or something else.
    pub(crate) fn load(opened: Option<&str>) -> History {
        let names = browser::stored_names();
        let ids = names.iter().filter_map(|name| name.strip_prefix(PREFIX));
        let mut states = Vec::new();
        for state in ids.filter_map(header) {
            insert(&mut states, state);
        }
        let own = browser::stored_in_tab(CURRENT);
        let mut history = History {
            states: Rc::new(states),
            current: None,
            resumed: None,
        };
        let Some(opened) = opened.filter(|session| is_own(session)) else {
            return history;
        };
        let states = history.states.clone();
        let is_opened = |state: &&KeptState| session(&state.id).as_deref() == Some(opened);
        history.current = own
            .filter(|id| states.iter().any(|state| state.id == *id))
            .or_else(|| states.iter().find(is_opened).map(|state| state.id.clone()));
        history.resumed = history.current.as_ref().map(|_| hash(opened));
        history
    }

    /// Keeps a session in the current state, or in a new one.
    pub(crate) fn keep(&mut self, title: &str, kept: &str) -> Result<(), NotKept> {
        let Some(state) = self.state_of(title, hash(kept)) else {
            return Ok(());
        };
        self.store(&state.entry(), &(state.header() + kept))?;
        browser::tidy(&state.entry());
        self.enter(state);
        Ok(())
    }

    /// The state that a session goes into, by the hash of the session; `None` if it is there already.
    pub(crate) fn state_of(&self, title: &str, hash: u64) -> Option<KeptState> {
        let now = browser::now();
        if self.current.is_some() && self.resumed == Some(hash) {
            return None;
        }
        let current = self.current.clone().filter(|id| {
            let begun: f64 = id.parse().unwrap_or_default();
            self.resumed.is_none() && now - begun < SPAN
        });
        let title: String = title.chars().take(TITLE).collect();
        Some(KeptState {
            id: current.unwrap_or_else(|| self.new_id(now)),
            changed: now,
            title: title.replace(['\n', '\r'], " "),
        })
    }

    /// A session was written into a state, which is the current one now.
    pub(crate) fn enter(&mut self, state: KeptState) {
        let id = state.id.clone();
        let states = Rc::make_mut(&mut self.states);
        states.retain(|state| state.id != id);
        insert(states, state);
        while states.len() > MOST {
            if let Some(oldest) = states.pop() {
                browser::forget(&entry_name(&oldest.id));
            }
        }
        browser::store_in_tab(CURRENT, &id);
        self.current = Some(id);
        self.resumed = None;
    }

    /// An id that no state of this tab's list has.
    fn new_id(&self, now: f64) -> String {
        let mut id = now.floor();
        while self.states.iter().any(|state| state.id == id.to_string()) {
            id += 1.0;
        }
        id.to_string()
    }

    /// Keeps a text under a name; the oldest states make room for it, unless it is large.
    pub(crate) fn store(&mut self, name: &str, text: &str) -> Result<(), NotKept> {
        while !browser::store(name, text) {
            if text.len() > LARGE || !self.make_room() {
                return Err(NotKept);
            }
        }
        Ok(())
    }

    /// Keeps the next part of a text that is `whole` bytes long; the oldest states make room for it, unless it is large.
    pub(crate) fn store_part(&mut self, text: &mut LongText, part: &str, whole: usize) -> bool {
        while !text.add(part, whole) {
            if whole > LARGE || !self.make_room() {
                return false;
            }
        }
        true
    }

    /// Forgets the oldest state but the current one; `false` if there is none.
    fn make_room(&mut self) -> bool {
        let is_other = |state: &KeptState| Some(&state.id) != self.current.as_ref();
        let Some(oldest) = self.states.iter().rposition(is_other) else {
            return false;
        };
        let oldest = Rc::make_mut(&mut self.states).remove(oldest);
        browser::forget(&entry_name(&oldest.id));
        true
    }

    /// What is written next is another state.
    pub(crate) fn leave(&mut self) {
        self.current = None;
        self.resumed = None;
    }

    /// Opens a state of the list: its session.
    pub(crate) fn resume(&mut self, id: &str) -> Option<String> {
        let session = session(id)?;
        self.current = Some(id.to_owned());
        self.resumed = Some(hash(&session));
        browser::store_in_tab(CURRENT, id);
        Some(session)
    }
}

fn hash(session: &str) -> u64 {
    hashed(HASH, session)
}

/// The hash of nothing (FNV-1a).
pub(crate) const HASH: u64 = 0xcbf2_9ce4_8422_2325;

/// The hash of a session, from that of its start and what follows.
pub(crate) fn hashed(start: u64, rest: &str) -> u64 {
    rest.bytes().fold(start, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

/// Whether a session has its own text, not an example's.
pub(crate) fn is_own(session: &str) -> bool {
    session.starts_with("{\"text\":")
}

fn entry_name(id: &str) -> String {
    format!("{PREFIX}{id}")
}

fn session(id: &str) -> Option<String> {
    let entry = browser::stored(&entry_name(id))?;
    let (_, session) = entry.split_once('\n')?;
    Some(session.to_owned())
}

/// The first line of an entry; `None` if it is damaged.
fn header(id: &str) -> Option<KeptState> {
    let entry = browser::stored_start(&entry_name(id))?;
    let (line, _) = entry.split_once('\n')?;
    let (changed, title) = line.split_once(' ')?;
    Some(KeptState {
        id: id.to_owned(),
        changed: changed.parse().ok()?,
        title: title.to_owned(),
    })
}

/// Adds a state to a list in which the one changed last is the first.
fn insert(states: &mut Vec<KeptState>, state: KeptState) {
    let index = states.partition_point(|other| other.changed >= state.changed);
    states.insert(index, state);
}

/// Whether a text replaces another one rather than being an edit of it: less than half of the shorter one stays.
pub(crate) fn is_another_text(before: &str, after: &str) -> bool {
    let shorter = before.len().min(after.len());
    let pairs = before.bytes().zip(after.bytes());
    let start = pairs.take_while(|(one, other)| one == other).count();
    let pairs = before.bytes().rev().zip(after.bytes().rev());
    let end = pairs.take_while(|(one, other)| one == other).count();
    !before.trim().is_empty() && (start + end).min(shorter) * 2 <= shorter
}
