//! Reads `expect`: the outcomes that an expectation wants.

use super::read_fault::{ExpectationFault, ReadFault, Shape};
use super::{Answerer, Reader, SeenSource, Wanted};
use kubehop_engine::diagnostic::Span;
use kubehop_engine::manifest::tree::{Yaml, YamlEntry, YamlValue};
use kubehop_engine::trace::Origin;

/// The outcomes that are one word.
const WORDS: [(&str, Wanted); 5] = [
    ("answered", Wanted::Answered),
    ("refused", Wanted::Refused),
    ("timeout", Wanted::TimedOut),
    ("no such name", Wanted::NoSuchName),
    ("lookup failed", Wanted::LookupFailed),
];

/// The outcomes that have a value.
const VALUED: [&str; 7] = [
    "answered by",
    "source seen",
    "status",
    "pods",
    "share",
    "prints",
    "prints not",
];

impl Reader {
    /// What is expected: a word, or a mapping of outcomes with values.
    pub(crate) fn wanted(&mut self, node: &Yaml) -> Vec<Wanted> {
        if let YamlValue::Map(entries) = &node.value {
            let each = entries.iter().map(|entry| self.outcomes(entry));
            return each.collect::<Vec<_>>().concat();
        }
        let Some(text) = self.text(node, "expect") else {
            return Vec::new();
        };
        let word = WORDS.iter().find(|(word, _)| *word == text);
        if word.is_none() {
            self.unknown_outcome(node.span, &text);
        }
        word.map(|(_, wanted)| wanted.clone()).into_iter().collect()
    }

    /// The outcomes of one entry of `expect`.
    fn outcomes(&mut self, entry: &YamlEntry) -> Vec<Wanted> {
        let (name, value) = (entry.key.as_str(), &entry.value);
        let one = match name {
            "answered by" => self.answerer(value).map(Wanted::AnsweredBy),
            "source seen" => self.seen(value).map(Wanted::SourceSeen),
            "status" => self.status(value).map(Wanted::Status),
            "pods" => self.pods(value).map(Wanted::Pods),
            "prints" => self.text(value, name).map(Wanted::Prints),
            "prints not" => self.text(value, name).map(Wanted::PrintsNot),
            "share" => return self.shares(value),
            _ => {
                self.unknown_outcome(entry.key_span, name);
                None
            }
        };
        one.into_iter().collect()
    }

    fn answerer(&mut self, node: &Yaml) -> Option<Answerer> {
        let text = self.text(node, "answered by")?;
        let parsed = text.parse::<Answerer>();
        let fault = ReadFault::Own(ExpectationFault::NoAnswerer { text });
        self.checked(parsed.map_err(|()| fault), node.span)
    }

    fn seen(&mut self, node: &Yaml) -> Option<SeenSource> {
        let text = self.text(node, "source seen")?;
        let parsed = text.parse::<Origin>().map(SeenSource);
        self.checked(parsed.map_err(ReadFault::Request), node.span)
    }

    fn status(&mut self, node: &Yaml) -> Option<u16> {
        let status = match node.value {
            YamlValue::Int(number) => u16::try_from(number).ok(),
            _ => None,
        };
        let status = status.filter(|status| (100..600).contains(status));
        if status.is_none() {
            self.wrong_shape(node, "status", Shape::Status);
        }
        status
    }

    fn pods(&mut self, node: &Yaml) -> Option<usize> {
        let count = match node.value {
            YamlValue::Int(number) => usize::try_from(number).ok(),
            _ => None,
        };
        if count.is_none() {
            self.wrong_shape(node, "pods", Shape::Number);
        }
        count
    }

    /// `{pod/a: 50%, pod/b: 50%}`.
    fn shares(&mut self, node: &Yaml) -> Vec<Wanted> {
        let YamlValue::Map(entries) = &node.value else {
            self.wrong_shape(node, "share", Shape::Shares);
            return Vec::new();
        };
        let mut shares = Vec::new();
        for entry in entries {
            let Ok(by) = entry.key.parse::<Answerer>() else {
                let text = entry.key.to_string();
                self.fault(entry.key_span, ExpectationFault::NoAnswerer { text });
                continue;
            };
            match percent(&entry.value) {
                Some(percent) => shares.push(Wanted::Share(by, percent)),
                None => self.wrong_shape(&entry.value, "share", Shape::Percent),
            }
        }
        shares
    }

    fn unknown_outcome(&mut self, span: Span, text: &str) {
        let words = WORDS.iter().map(|(word, _)| *word);
        let known = words.chain(VALUED).collect::<Vec<_>>().join(", ");
        let text = text.to_owned();
        self.fault(span, ExpectationFault::UnknownOutcome { text, known });
    }
}

/// `50%`, `33.3%`, `50`.
fn percent(node: &Yaml) -> Option<f64> {
    let number = match &node.value {
        YamlValue::Int(number) => *number as f64,
        YamlValue::Float(number) => *number,
        YamlValue::String(text) => text.strip_suffix('%')?.trim().parse().ok()?,
        YamlValue::Null | YamlValue::Bool(_) | YamlValue::Seq(_) | YamlValue::Map(_) => {
            return None;
        }
    };
    (0.0..=100.0).contains(&number).then_some(number)
}
