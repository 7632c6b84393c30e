//! Files read into one text, and places of that text told as places of files.

use std::io::Read;

use kubehop::engine::diagnostic::Position;
use kubehop::engine::manifest::Source;
use kubehop::engine::resolve::events::{Event, EventError, apply_all};
use kubehop::engine::resolve::{Resolved, resolve};
use kubehop::view::i18n::Catalogue;

use super::Input;

/// Where each file begins in the joined text: its name and its first line.
pub struct Places(Vec<(String, u32)>);

impl Places {
    /// `file:line:column` of a place in the joined text.
    pub fn of(&self, position: Position) -> String {
        let before = self
            .0
            .iter()
            .rev()
            .find(|(_, first)| *first <= position.line);
        let (file, first) = before.map_or(("", 1), |(file, first)| (file.as_str(), *first));
        format!("{file}:{}:{}", position.line + 1 - first, position.column)
    }
}

/// The cluster that the files make, read in their order.
///
/// The error is one sentence: which file could not be read, and why.
pub fn resolved(input: &Input) -> Result<(Resolved, Places), String> {
    let (mut text, mut places) = (String::new(), Vec::new());
    for file in &input.files {
        if !text.is_empty() {
            text.push_str(if text.ends_with('\n') {
                "---\n"
            } else {
                "\n---\n"
            });
        }
        places.push((file.clone(), 1 + text.matches('\n').count() as u32));
        text.push_str(&read(file)?);
    }
    Ok((
        resolve(&Source::read(&text), &input.config()),
        Places(places),
    ))
}

/// The cluster after what happened to it.
///
/// The error is one sentence: which event is none, or is about something that is not there.
pub fn after(resolved: Resolved, events: &[String]) -> Result<Resolved, String> {
    let said = |error: EventError| Catalogue::english().format(&error).text;
    let events: Vec<Event> = events
        .iter()
        .map(|text| text.parse())
        .collect::<Result<_, _>>()
        .map_err(said)?;
    apply_all(resolved, &events).map_err(said)
}

/// What is no UTF-8 reads as U+FFFD, as a browser reads a dropped file.
fn read(file: &str) -> Result<String, String> {
    let mut bytes = Vec::new();
    let read = match file {
        "-" => std::io::stdin().read_to_end(&mut bytes).map(drop),
        path => std::fs::read(path).map(|content| bytes = content),
    };
    read.map_err(|error| format!("{file}: {error}"))?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}
