//! Printed rules: the text that the node's own tool prints, with the parts that it consists of.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::RuleId;

/// One line of a node's rules.
#[derive(Clone, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct PrintedLine {
    /// The rule or map element that the line prints; `None` for a heading.
    pub id: Option<RuleId>,
    text: String,
    /// Where each part ends in the text, in bytes, and what it is.
    parts: Vec<(u32, PartKind)>,
}

/// A part of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LinePart<'a> {
    /// Its text.
    pub text: &'a str,
    /// What it is.
    pub kind: PartKind,
}

/// What a part of a line is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PartKind {
    /// A table, a set, or the declaration of a chain.
    Heading,
    /// The chain, conditions, and targets that only lead elsewhere.
    Plain,
    /// The comment, with the option that introduces it.
    Comment,
    /// The probability of a choice.
    Probability,
    /// A target that acts on the packet: marks it, rewrites it, refuses it.
    Action,
}

impl PrintedLine {
    /// The whole line, without a line break.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The parts in order; their texts joined are the line.
    pub fn parts(&self) -> impl Iterator<Item = LinePart<'_>> {
        let mut start = 0;
        self.parts.iter().map(move |&(end, kind)| {
            let end = end as usize;
            let text = &self.text[start..end];
            start = end;
            LinePart { text, kind }
        })
    }

    /// The lines as one text, each with a line break.
    pub fn join(lines: &[PrintedLine]) -> String {
        let length = lines.iter().map(|line| line.text.len() + 1).sum();
        let mut text = String::with_capacity(length);
        for line in lines {
            text.push_str(&line.text);
            text.push('\n');
        }
        text
    }

    /// Whether the line is a heading.
    pub fn is_heading(&self) -> bool {
        matches!(self.parts.first(), Some((_, PartKind::Heading)))
    }
}

impl fmt::Display for PrintedLine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

/// Writes a line part by part. As a [`fmt::Write`] it writes plain text.
#[derive(Default)]
pub(super) struct LineWriter {
    line: PrintedLine,
}

impl LineWriter {
    /// Writes a part of a kind.
    pub(super) fn part(&mut self, kind: PartKind, text: fmt::Arguments<'_>) -> fmt::Result {
        let start = self.line.text.len();
        fmt::Write::write_fmt(&mut self.line.text, text)?;
        if self.line.text.len() == start {
            return Ok(());
        }
        let end = u32::try_from(self.line.text.len()).expect("a line is shorter than 4 GiB");
        match self.line.parts.last_mut() {
            Some((last, of)) if *of == kind => *last = end,
            Some(_) | None => self.line.parts.push((end, kind)),
        }
        Ok(())
    }

    /// The line of a rule, or a heading.
    pub(super) fn finish(self, id: Option<RuleId>) -> PrintedLine {
        PrintedLine { id, ..self.line }
    }
}

impl fmt::Write for LineWriter {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.part(PartKind::Plain, format_args!("{text}"))
    }

    fn write_fmt(&mut self, text: fmt::Arguments<'_>) -> fmt::Result {
        self.part(PartKind::Plain, text)
    }
}

/// A heading.
pub(super) fn heading(text: fmt::Arguments<'_>) -> PrintedLine {
    let mut writer = LineWriter::default();
    let _ = writer.part(PartKind::Heading, text);
    writer.finish(None)
}
