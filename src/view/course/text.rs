//! The words of a lesson in one language: a small part of Markdown.
//!
//! ```text
//! # NodePort: one port on every node
//!
//! Explain why a node without a pod answers.
//!
//! ## predict node-without-pod
//!
//! No pod runs on `node-3`. What happens?
//!
//! - refused: Refused: nothing listens there
//! - other-node: A pod of another node answers
//!
//! ### why
//!
//! The rules of every node list all endpoints.
//!
//! ## change
//!
//! Make `node-3` stop answering.
//!
//! ## hints
//!
//! 1. Where to look.
//! 2. What is wrong.
//! 3. What mends it.
//!
//! ## summary
//!
//! Every node forwards a node port.
//! ```
//!
//! Paragraphs are separated by blank lines; text between backticks is code.

use serde::{Deserialize, Serialize};

/// The words of a lesson.
#[derive(Clone, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct LessonText {
    /// The title.
    pub title: String,
    /// What the reader has learnt afterwards, in one sentence.
    pub goal: String,
    /// The words of its predictions.
    pub predictions: Vec<PredictionText>,
    /// What is to be changed, in paragraphs.
    pub change: Vec<String>,
    /// Where to look, what is wrong, what mends it.
    pub hints: Vec<String>,
    /// What to remember, in paragraphs.
    pub summary: Vec<String>,
}

/// The words of a prediction.
#[derive(Clone, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct PredictionText {
    /// Its name.
    pub id: String,
    /// The question, in paragraphs.
    pub question: Vec<String>,
    /// The words of its options.
    pub options: Vec<OptionText>,
    /// Why the answer is as it is, in paragraphs.
    pub why: Vec<String>,
}

/// The words of an option of a prediction.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OptionText {
    /// Its name.
    pub id: String,
    /// What it predicts, in a sentence.
    pub text: String,
}

/// What is wrong with the words of a lesson.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TextFault {
    /// The first line is no title.
    NoTitle,
    /// A heading that does not exist.
    UnknownHeading {
        /// The line, from 1.
        line: usize,
        /// The heading.
        text: String,
    },
    /// A part that is missing.
    Missing {
        /// Its heading.
        part: String,
    },
}

/// The part of the text that a line belongs to.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Goal,
    Question,
    Why,
    Change,
    Hints,
    Summary,
}

/// Reads the words of a lesson.
///
/// # Errors
/// The first mistake.
pub fn read_text(source: &str) -> Result<LessonText, TextFault> {
    let mut lines = source.lines().enumerate();
    let title = lines.next().and_then(|(_, line)| line.strip_prefix("# "));
    let mut text = LessonText {
        title: title.ok_or(TextFault::NoTitle)?.to_owned(),
        ..LessonText::default()
    };
    let mut part = Part::Goal;
    let mut paragraph = String::new();
    for (index, line) in lines {
        let line = line.trim_end();
        if let Some(heading) = line.strip_prefix('#') {
            finish(&mut text, part, &mut paragraph);
            part = open_part(&mut text, heading.trim_start_matches('#').trim(), index + 1)?;
        } else if line.is_empty() || begins_item(line) {
            finish(&mut text, part, &mut paragraph);
            paragraph.push_str(line);
        } else {
            if !paragraph.is_empty() {
                paragraph.push(' ');
            }
            paragraph.push_str(line.trim_start());
        }
    }
    finish(&mut text, part, &mut paragraph);
    match missing_part(&text) {
        Some(part) => Err(TextFault::Missing { part }),
        None => Ok(text),
    }
}

fn open_part(text: &mut LessonText, heading: &str, line: usize) -> Result<Part, TextFault> {
    if let Some(id) = heading.strip_prefix("predict ") {
        text.predictions.push(PredictionText {
            id: id.trim().to_owned(),
            ..PredictionText::default()
        });
        return Ok(Part::Question);
    }
    match heading {
        "why" if !text.predictions.is_empty() => Ok(Part::Why),
        "change" => Ok(Part::Change),
        "hints" => Ok(Part::Hints),
        "summary" => Ok(Part::Summary),
        _ => Err(TextFault::UnknownHeading {
            line,
            text: heading.to_owned(),
        }),
    }
}

/// Whether a line begins an item of a list: `- refused: …`, `1. …`.
fn begins_item(line: &str) -> bool {
    line.starts_with("- ") || numbered(line).is_some()
}

/// The text of `1. …`.
fn numbered(line: &str) -> Option<&str> {
    let (number, text) = line.split_once(". ")?;
    number.parse::<u8>().is_ok().then_some(text)
}

/// Adds a finished paragraph or item to its part.
fn finish(text: &mut LessonText, part: Part, paragraph: &mut String) {
    let done = std::mem::take(paragraph);
    if done.is_empty() {
        return;
    }
    match (part, text.predictions.last_mut()) {
        (Part::Goal, _) => text.goal = done,
        (Part::Question, Some(prediction)) => match option(&done) {
            Some(option) => prediction.options.push(option),
            None => prediction.question.push(done),
        },
        (Part::Why, Some(prediction)) => prediction.why.push(done),
        (Part::Change, _) => text.change.push(done),
        (Part::Hints, _) => text.hints.extend(numbered(&done).map(str::to_owned)),
        (Part::Summary, _) => text.summary.push(done),
        // A part of a prediction is opened only behind its heading.
        (Part::Question | Part::Why, None) => {}
    }
}

/// `- refused: Refused: nothing listens there`.
fn option(item: &str) -> Option<OptionText> {
    let (id, text) = item.strip_prefix("- ")?.split_once(": ")?;
    Some(OptionText {
        id: id.to_owned(),
        text: text.to_owned(),
    })
}

fn missing_part(text: &LessonText) -> Option<String> {
    let parts = [
        ("goal", text.goal.is_empty()),
        ("change", text.change.is_empty()),
        ("hints", text.hints.is_empty()),
        ("summary", text.summary.is_empty()),
    ];
    if let Some((part, _)) = parts.iter().find(|(_, is_missing)| *is_missing) {
        return Some((*part).to_owned());
    }
    let mut predictions = text.predictions.iter();
    let incomplete = predictions.find(|prediction| {
        prediction.question.is_empty() || prediction.options.is_empty() || prediction.why.is_empty()
    })?;
    Some(format!("predict {}", incomplete.id))
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "# Title\n\nGoal.\n\n## predict one\n\nA `question`\nof two lines?\n\n- yes: Yes: it does\n- no: No\n\n### why\n\nBecause.\n\n## change\n\nDo it.\n\n## hints\n\n1. Where\n2. What\n3. How\n\n## summary\n\nRemember.\n";

    #[test]
    fn every_part_is_read() {
        let text = read_text(TEXT).expect("it is whole");
        assert_eq!(
            (text.title.as_str(), text.goal.as_str()),
            ("Title", "Goal.")
        );
        let prediction = &text.predictions[0];
        assert_eq!(prediction.question, ["A `question` of two lines?"]);
        assert_eq!(prediction.options[0].text, "Yes: it does");
        assert_eq!(text.hints, ["Where", "What", "How"]);
        assert_eq!((text.change.len(), text.summary.len()), (1, 1));
    }

    #[test]
    fn what_is_missing_or_unknown_is_named() {
        let missing = |part: &str| {
            Err(TextFault::Missing {
                part: part.to_owned(),
            })
        };
        for (from, to, wanted) in [
            ("# Title", "Title", Err(TextFault::NoTitle)),
            ("1. Where\n2. What\n3. How\n", "", missing("hints")),
            (
                "- yes: Yes: it does\n- no: No\n",
                "",
                missing("predict one"),
            ),
            (
                "## summary",
                "## sumary",
                Err(TextFault::UnknownHeading {
                    line: 27,
                    text: "sumary".to_owned(),
                }),
            ),
        ] {
            assert_eq!(read_text(&TEXT.replace(from, to)), wanted, "{to}");
        }
    }
}
