//! A session with a large text, as the parts that it is kept in.

use std::rc::Rc;

use super::browser::LongText;
use super::history::{HASH, KeptState, hashed};

/// Bytes of a text that are written at a time: some 5 ms.
const PART: usize = 256 * 1024;

/// The session, as JSON: first its text.
pub(crate) struct LongSession {
    /// The text.
    pub(crate) text: Rc<str>,
    /// What follows the text.
    pub(crate) rest: String,
    /// The hash of what was written into the tab.
    pub(crate) hash: u64,
    /// What is being written.
    pub(crate) writing: Option<Writing>,
}

/// A copy of the session that is being written.
pub(crate) struct Writing {
    /// Where it goes.
    pub(crate) place: LongText,
    /// The state that it becomes, if it becomes one of the list.
    pub(crate) state: Option<KeptState>,
    /// The bytes of the text that are written.
    offset: usize,
}

impl Writing {
    /// A copy that is not begun.
    pub(crate) fn new(place: LongText, state: Option<KeptState>) -> Writing {
        Writing {
            place,
            state,
            offset: 0,
        }
    }
}

impl LongSession {
    /// A session with this text, and `rest` after it, which ends the JSON.
    pub(crate) fn new(text: Rc<str>, rest: String) -> LongSession {
        LongSession {
            text,
            rest,
            hash: HASH,
            writing: None,
        }
    }

    /// About how long it is.
    pub(crate) fn length(&self) -> usize {
        self.text.len() + self.rest.len()
    }

    /// The next part of a copy; `None` after the last one.
    pub(crate) fn next_part(&mut self, writing: &mut Writing) -> Option<String> {
        let start = writing.offset;
        if start >= self.text.len() {
            return None;
        }
        let mut end = self.text.len().min(start + PART);
        while !self.text.is_char_boundary(end) {
            end += 1;
        }
        let quoted = serde_json::to_string(&self.text[start..end]).unwrap_or_default();
        let mut part = String::new();
        if start == 0 {
            part += "{\"text\":\"";
        }
        part += &quoted[1..quoted.len() - 1];
        if end == self.text.len() {
            part += "\",";
            part += &self.rest;
        }
        writing.offset = end;
        self.hash = hashed(if start == 0 { HASH } else { self.hash }, &part);
        let header = writing.state.as_ref().filter(|_| start == 0);
        Some(header.map_or(String::new(), KeptState::header) + &part)
    }
}
