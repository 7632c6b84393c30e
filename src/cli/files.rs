//! Files joined into one text, and positions in that text as positions in files.

use std::io::Read;

use kubehop::Simulation;
use kubehop::answers::PositionAnswer;

use super::Input;

/// Where each file begins in the joined text: its name and its first line.
pub(crate) struct FileLines(Vec<(String, u32)>);

impl FileLines {
    /// `file:line:column` of a position in the joined text.
    pub(crate) fn name(&self, position: PositionAnswer) -> String {
        let file = self
            .0
            .iter()
            .rev()
            .find(|(_, first)| *first <= position.line);
        let (file, first) = file.map_or(("", 1), |(file, first)| (file.as_str(), *first));
        format!("{file}:{}:{}", position.line + 1 - first, position.column)
    }
}

/// The cluster that the files make, read in their order.
///
/// # Errors
/// One sentence: which file could not be read, and why.
pub(crate) fn open(input: &Input) -> Result<(Simulation, FileLines), String> {
    let mut text = String::new();
    let mut lines = Vec::new();
    for file in &input.files {
        if !text.is_empty() {
            text.push_str(if text.ends_with('\n') {
                "---\n"
            } else {
                "\n---\n"
            });
        }
        lines.push((file.clone(), 1 + text.matches('\n').count() as u32));
        text.push_str(&read(file)?);
    }
    Ok((Simulation::open(&text, &input.config()), FileLines(lines)))
}

/// The cluster that the files make, after the events of `--after`.
///
/// # Errors
/// One sentence: which file could not be read, which event is not valid or is about something that does not exist.
pub(crate) fn open_after_events(input: &Input) -> Result<Simulation, String> {
    after_events(open(input)?.0, &input.after)
}

/// The simulation after events, in their order.
///
/// # Errors
/// One sentence: which event is not valid or is about something that does not exist.
pub(crate) fn after_events(before: Simulation, events: &[String]) -> Result<Simulation, String> {
    let read: Result<Vec<_>, _> = events.iter().map(|text| before.event(text)).collect();
    let mut simulation = before;
    for event in read.map_err(|error| error.text)? {
        simulation = simulation.apply(&event).map_err(|error| error.text)?;
    }
    Ok(simulation)
}

/// Bytes that are not UTF-8 read as U+FFFD, as a browser reads a dropped file.
fn read(file: &str) -> Result<String, String> {
    let mut bytes = Vec::new();
    let result = match file {
        "-" => std::io::stdin().read_to_end(&mut bytes).map(drop),
        path => std::fs::read(path).map(|content| bytes = content),
    };
    result.map_err(|error| format!("{file}: {error}"))?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}
