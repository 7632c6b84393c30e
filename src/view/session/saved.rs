//! What of a session is kept in the browser and put into links: the inputs, from which everything else follows.

use std::rc::Rc;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

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
    #[serde(default, skip_serializing_if = "is_default")]
    pub config: Config,
}

/// A session read from a link, a file or the browser's storage.
#[derive(Clone, Debug, PartialEq)]
pub struct ReadSession {
    /// What was understood.
    pub saved: Saved,
    /// The names of the parts that were not, `view` or `config.plugin`: they have their defaults.
    pub left_out: Vec<String>,
}

impl Saved {
    /// Reads what [`Saved::to_json`] wrote, and whatever a later version wrote as far as this one understands it; `None`
    /// for anything without a text or an example.
    pub fn read(json: &str) -> Option<ReadSession> {
        let Ok(Value::Object(parts)) = serde_json::from_str(json) else {
            return None;
        };
        let mut parts = Parts {
            parts,
            left_out: Vec::new(),
        };
        let named = parts.take::<Option<String>>("lesson");
        let lesson = named.clone().filter(|id| lessons::named(id).is_some());
        if named != lesson {
            parts.left_out.push("lesson".to_owned());
        }
        let saved = Saved {
            text: parts.take("text"),
            lesson,
            asked: parts.take("asked"),
            events: parts.take_list("events"),
            view: parts.take("view"),
            config: parts.take_fields("config"),
        };
        let has_text = saved.text.is_some() || named.is_some();
        has_text.then_some(ReadSession {
            saved,
            left_out: parts.left_out,
        })
    }

    /// As JSON, for the browser's storage, links and files.
    pub fn to_json(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }
}

/// The parts of a session that are still to be read.
struct Parts {
    parts: Map<String, Value>,
    left_out: Vec<String>,
}

impl Parts {
    /// A part; its default if it is missing or not understood.
    fn take<T: DeserializeOwned + Default>(&mut self, name: &str) -> T {
        let Some(value) = self.parts.remove(name) else {
            return T::default();
        };
        let part = serde_json::from_value(value);
        if part.is_err() {
            self.left_out.push(name.to_owned());
        }
        part.unwrap_or_default()
    }

    /// A list without the items that are not understood.
    fn take_list<T: DeserializeOwned>(&mut self, name: &str) -> Vec<T> {
        let items: Vec<Value> = self.take(name);
        let count = items.len();
        let items = items.into_iter();
        let list: Vec<T> = items
            .filter_map(|item| serde_json::from_value(item).ok())
            .collect();
        if list.len() < count {
            self.left_out.push(name.to_owned());
        }
        list
    }

    /// An object without the fields that are not understood.
    fn take_fields<T: DeserializeOwned + Default>(&mut self, name: &str) -> T {
        let fields: Map<String, Value> = self.take(name);
        let mut understood = Map::new();
        for (field, value) in fields {
            let alone = Map::from_iter([(field.clone(), value.clone())]);
            if serde_json::from_value::<T>(Value::Object(alone)).is_ok() {
                understood.insert(field, value);
            } else {
                self.left_out.push(format!("{name}.{field}"));
            }
        }
        serde_json::from_value(Value::Object(understood)).unwrap_or_default()
    }
}

fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
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
        let Some(ReadSession { saved, left_out }) = Saved::read(kept) else {
            return Vec::new();
        };
        let before = std::mem::replace(self, Model::restored(saved));
        self.display = before.display;
        self.course = before.course;
        self.close_course();
        self.draw();
        let mut effects = vec![
            Effect::Rewrite(self.text.to_string()),
            Effect::Cue(Cue::Rewind),
            Effect::Save,
        ];
        effects.extend(Effect::left_out(left_out));
        effects
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_session_is_read_as_it_was_written() {
        let saved = Model::new().saved();
        let read = Saved::read(&saved.to_json()).expect("it was written just now");
        assert_eq!((read.saved, read.left_out), (saved, Vec::new()));
    }

    #[test]
    fn what_is_not_understood_is_left_out_and_the_text_stays() {
        let json = r#"{"text":"kind: Pod","view":"globe","config":{"nodes":5,"plugin":"magic"},
            "events":["delete pod/web",{"explode":1}],"asked":7,"later":true}"#;
        let ReadSession { saved, left_out } = Saved::read(json).expect("it has a text");
        assert_eq!(saved.text.as_deref(), Some("kind: Pod"));
        assert_eq!(saved.config.nodes, 5);
        assert_eq!(saved.view, View::default());
        assert_eq!(left_out, ["asked", "events", "view", "config.plugin"]);
    }

    #[test]
    fn what_has_no_text_and_no_example_is_no_session() {
        for json in ["", "7", "[]", "{}", r#"{"text":7}"#, r#"{"lesson":null}"#] {
            assert_eq!(Saved::read(json), None, "{json}");
        }
        let unknown = Saved::read(r#"{"lesson":"of-tomorrow"}"#).expect("it names an example");
        assert_eq!(unknown.left_out, ["lesson"]);
    }
}
