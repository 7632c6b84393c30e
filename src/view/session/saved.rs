//! What of a session is kept in the browser and put into links: the inputs, from which everything else follows.

use std::rc::Rc;

use data_encoding::BASE64URL_NOPAD;
use serde::{Deserialize, Serialize};

use super::{RequestDraft, Session};
use crate::engine::cluster::Config;
use crate::engine::resolve::events::Event;
use crate::view::lessons;
use crate::view::scene::View;

/// The inputs of a session.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Saved {
    /// The editor's text; none where it is an example's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// The example's id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lesson: Option<String>,
    /// The request.
    pub asked: RequestDraft,
    /// What happened to the cluster.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub events: Vec<Event>,
    /// Which picture.
    #[serde(default)]
    pub view: View,
    /// The cluster's settings.
    #[serde(default)]
    pub config: Config,
}

impl Saved {
    /// Reads what [`Saved::to_json`] wrote; none for anything else.
    pub fn from_json(text: &str) -> Option<Saved> {
        serde_json::from_str(text).ok()
    }

    /// As JSON, for the browser's storage.
    pub fn to_json(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    /// Reads what [`Saved::to_fragment`] wrote; none for anything else.
    pub fn from_fragment(text: &str) -> Option<Saved> {
        let bytes = BASE64URL_NOPAD.decode(text.as_bytes()).ok()?;
        Saved::from_json(&String::from_utf8(bytes).ok()?)
    }

    /// As text for the part of a link behind `#`, which browsers send to nobody.
    pub fn to_fragment(&self) -> String {
        BASE64URL_NOPAD.encode(self.to_json().as_bytes())
    }
}

impl Session {
    /// What to keep.
    pub fn saved(&self) -> Saved {
        let text = self.lesson.is_none().then(|| self.text.to_string());
        let lesson = self.lesson.map(|lesson| lesson.id.to_owned());
        let (asked, events, config) = (
            self.asked.clone(),
            self.events.to_vec(),
            self.config.clone(),
        );
        Saved {
            text,
            lesson,
            asked,
            events,
            view: self.view,
            config,
        }
    }

    /// The session that was kept.
    pub fn restored(saved: Saved) -> Session {
        let mut session = Session::blank();
        session.config = saved.config;
        session.view = saved.view;
        let lesson = saved.lesson.as_deref().and_then(lessons::named);
        session.lesson = lesson;
        let text = saved
            .text
            .unwrap_or_else(|| lesson.unwrap_or(&lessons::LESSONS[0]).manifest.to_owned());
        session.text = Rc::from(text);
        session.asked = saved.asked;
        session.events = Rc::new(saved.events);
        session.read();
        session
    }
}
