//! What a fix changes, shown before it is applied: the lines of the text that go and those that come.

use serde::{Deserialize, Serialize};

use kubehop_engine::diagnostic::Fix;

/// No preview has more lines of a kind; the rest is counted.
const MOST_LINES: usize = 14;

/// A fix as a difference of whole lines.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FixPreview {
    /// The first line of the text that changes, from 1.
    pub line: u32,
    /// The lines that go, without the indentation that all lines share.
    pub removed: Vec<String>,
    /// The lines that come, likewise.
    pub added: Vec<String>,
    /// How many further lines come.
    pub more: usize,
}

/// Whether fixes are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fixes {
    /// They are.
    Shown,
    /// Only that there is one, and how to ask for it.
    Hidden,
}

/// A fix as it is offered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum OfferedFix {
    /// With what it changes.
    Shown(FixPreview),
    /// Until it is asked for.
    Hidden,
}

/// A text that fixes are offered for.
#[derive(Clone, Copy, Debug)]
pub struct FixableText<'a> {
    /// The text.
    pub text: &'a str,
    /// Whether its fixes are shown.
    pub fixes: Fixes,
}

impl FixableText<'_> {
    /// A fix as it is offered; `None` if it is not about this text.
    pub fn offer(self, fix: &Fix) -> Option<OfferedFix> {
        let preview = FixPreview::of(self.text, fix)?;
        Some(match self.fixes {
            Fixes::Shown => OfferedFix::Shown(preview),
            Fixes::Hidden => OfferedFix::Hidden,
        })
    }
}

impl FixPreview {
    /// What the fix does to the text; `None` if it is not about this text.
    pub fn of(text: &str, fix: &Fix) -> Option<FixPreview> {
        let (start, end) = (fix.span.start.offset as usize, fix.span.end.offset as usize);
        let first = text.get(..start)?.rfind('\n').map_or(0, |at| at + 1);
        let last = text
            .get(end..)?
            .find('\n')
            .map_or(text.len(), |at| end + at);
        let after = format!("{}{}{}", &text[first..start], fix.text, &text[end..last]);
        let mut removed: Vec<&str> = text[first..last].lines().collect();
        let mut added: Vec<&str> = after.lines().collect();
        let mut line = text[..first].matches('\n').count() + 1;
        while !removed.is_empty() && removed.first() == added.first() {
            removed.remove(0);
            added.remove(0);
            line += 1;
        }
        while !removed.is_empty() && removed.last() == added.last() {
            removed.pop();
            added.pop();
        }
        let shared = indentation(removed.iter().chain(&added));
        let more = added.len().saturating_sub(MOST_LINES);
        let shown = |lines: &[&str]| -> Vec<String> {
            let lines = lines.iter().take(MOST_LINES);
            lines
                .map(|own| own.get(shared..).unwrap_or_default().to_owned())
                .collect()
        };
        Some(FixPreview {
            line: u32::try_from(line).unwrap_or(u32::MAX),
            removed: shown(&removed),
            added: shown(&added),
            more,
        })
    }
}

/// How many spaces all lines that are not empty begin with.
fn indentation<'a>(lines: impl Iterator<Item = &'a &'a str>) -> usize {
    let written = lines.filter(|own| !own.trim().is_empty());
    let spaces = written.map(|own| own.len() - own.trim_start_matches(' ').len());
    spaces.min().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use kubehop_engine::diagnostic::{Position, Span};

    fn preview(text: &str, place: &str, new: &str) -> (u32, Vec<String>, Vec<String>) {
        let start = text.find(place).expect("the text has the place");
        let position = |offset: usize| Position {
            offset: u32::try_from(offset).expect("a short text"),
            ..Position::default()
        };
        let fix = Fix {
            span: Span {
                start: position(start),
                end: position(start + place.len()),
            },
            text: new.to_owned(),
        };
        let FixPreview {
            line,
            removed,
            added,
            ..
        } = FixPreview::of(text, &fix).expect("the fix is about the text");
        (line, removed, added)
    }

    #[test]
    fn a_replaced_word_is_its_line_before_and_after() {
        assert_eq!(
            preview("spec:\n  selector:\n    app: webb\n", "webb", "web"),
            (3, vec!["app: webb".into()], vec!["app: web".into()])
        );
    }

    #[test]
    fn a_new_field_is_a_new_line() {
        assert_eq!(
            preview(
                "spec:\n  type: NodePort\n  ports: []\n",
                "ports",
                "sessionAffinity: None\n  ports"
            ),
            (3, vec![], vec!["sessionAffinity: None".into()])
        );
    }

    #[test]
    fn a_fix_of_another_text_has_no_preview() {
        let fix = Fix {
            span: Span {
                start: Position {
                    offset: 90,
                    ..Position::default()
                },
                end: Position {
                    offset: 95,
                    ..Position::default()
                },
            },
            text: String::new(),
        };
        assert_eq!(FixPreview::of("short", &fix), None);
    }
}
