//! What of a session is kept in the browser and put into links: the inputs, from which everything else follows.

use std::rc::Rc;

use data_encoding::BASE64URL_NOPAD;
use serde::{Deserialize, Serialize};

use super::{Cue, Effect, Model, RequestDraft};
use crate::view::lessons;
use crate::view::scene::View;
use kubehop_engine::cluster::Config;
use kubehop_engine::resolve::events::Event;

/// The inputs of a session.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Saved {
    /// The editor's text; `None` if it is an example's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// The example's id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lesson: Option<String>,
    /// The request.
    #[serde(default)]
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
    /// Reads what [`Saved::to_json`] wrote; `None` for anything else.
    pub fn from_json(text: &str) -> Option<Saved> {
        let saved: Saved = serde_json::from_str(text).ok()?;
        let has_text = saved.text.is_some() || saved.lesson.is_some();
        has_text.then_some(saved)
    }

    /// As JSON, for the browser's storage.
    pub fn to_json(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    /// Reads what [`Saved::to_fragment`] wrote; `None` for anything else.
    pub fn from_fragment(text: &str) -> Option<Saved> {
        let bytes = BASE64URL_NOPAD.decode(text.as_bytes()).ok()?;
        Saved::from_json(&String::from_utf8(bytes).ok()?)
    }

    /// As text for the part of a link behind `#`, which browsers send to nobody.
    pub fn to_fragment(&self) -> String {
        BASE64URL_NOPAD.encode(self.to_json().as_bytes())
    }
}

impl Model {
    /// What to keep.
    pub fn saved(&self) -> Saved {
        Saved {
            text: self.lesson.is_none().then(|| self.text.to_string()),
            ..self.saved_without_text()
        }
    }

    /// What to keep besides the text, which the page has as well.
    pub(super) fn saved_without_text(&self) -> Saved {
        Saved {
            text: None,
            lesson: self.lesson.map(|lesson| lesson.id.to_owned()),
            asked: self.request.clone(),
            events: self.events.to_vec(),
            view: self.view,
            config: self.config.clone(),
        }
    }

    /// Opens a kept session instead of this one; what is none changes nothing.
    pub(super) fn restore(&mut self, kept: &str) -> Vec<Effect> {
        let Some(saved) = Saved::from_json(kept) else {
            return Vec::new();
        };
        let before = std::mem::replace(self, Model::restored(saved));
        self.motion = before.motion;
        self.width = before.width;
        self.panels = before.panels;
        self.course = before.course;
        self.close_course();
        self.draw();
        vec![
            Effect::Rewrite(self.text.to_string()),
            Effect::Cue(Cue::Rewind),
            Effect::Save,
        ]
    }

    /// The session that was kept.
    pub fn restored(saved: Saved) -> Model {
        let mut model = Model::blank();
        model.config = saved.config;
        model.view = saved.view;
        let lesson = saved.lesson.as_deref().and_then(lessons::named);
        let text = match saved.text {
            Some(text) => text,
            None => lesson.unwrap_or(&lessons::LESSONS[0]).manifest.to_owned(),
        };
        // The page adds the text of an edit that the worker has not answered yet.
        model.lesson = lesson.filter(|lesson| lesson.manifest == text);
        model.text = Rc::from(text);
        model.request = saved.asked;
        model.events = Rc::new(saved.events);
        model.read();
        model
    }
}
