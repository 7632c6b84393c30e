//! What the page shows as text: a trace, what is wrong with manifests; for terminals, golden tests and screen readers.

use std::fmt::Write;

use super::i18n::Catalogue;
use crate::engine::diagnostic::{Diagnostic, Position, Severity};
use crate::engine::trace::{Direction, Hop, Trace, Weight};

/// The whole trip, hop by hop, and its outcome.
pub fn report(trace: &Trace, words: &Catalogue) -> String {
    let mut text = format!("{} → {}\n", trace.request.from, trace.request.to);
    for (place, hop) in trace.hops.iter().enumerate() {
        text.push('\n');
        write_hop(&mut text, place + 1, hop, words);
    }
    let verdict = words.format(&trace.verdict);
    let detail = verdict
        .detail
        .filter(|detail| !detail.is_empty())
        .map(|detail| format!(" {detail}"))
        .unwrap_or_default();
    let _ = write!(text, "\n⇒ {}{detail}\n", verdict.text);
    text
}

/// The trace as JSON: the same bytes in the text tool and in the page.
pub fn json(trace: &Trace) -> String {
    serde_json::to_string_pretty(trace).expect("a trace has only keys that are texts")
}

/// What is wrong, a line each, as compilers say it; `place` names a place of the text.
pub fn problems(
    diagnostics: &[Diagnostic],
    words: &Catalogue,
    place: impl Fn(Position) -> String,
) -> String {
    let mut text = String::new();
    for diagnostic in diagnostics {
        let severity = match diagnostic.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Info => "note",
        };
        let sentence = words.format(&diagnostic.problem);
        let detail = sentence
            .detail
            .map(|detail| format!("\n    {detail}"))
            .unwrap_or_default();
        // What kubectl itself says begins with the word.
        let said = sentence
            .text
            .strip_prefix("error: ")
            .unwrap_or(&sentence.text);
        let _ = writeln!(
            text,
            "{}: {severity}: {said}{detail}",
            place(diagnostic.span.start)
        );
    }
    text
}

fn write_hop(text: &mut String, number: usize, hop: &Hop, words: &Catalogue) {
    let arrow = match hop.direction {
        Direction::Lookup => "?",
        Direction::Request => "→",
        Direction::Reply => "←",
    };
    let sentence = words.format(&hop.reason);
    let detail = sentence
        .detail
        .filter(|detail| !detail.is_empty())
        .map(|detail| format!(" {detail}"))
        .unwrap_or_default();
    let _ = writeln!(
        text,
        "{number:>2} {arrow} {}\n     {}{detail}",
        hop.device, sentence.text
    );
    if hop.is_rewrite() {
        let _ = writeln!(text, "     {}\n   ⇒ {}", hop.before, hop.after);
    } else {
        let _ = writeln!(text, "     {}", hop.before);
    }
    for line in hop
        .rules
        .iter()
        .filter(|line| line.weight == Weight::Telling)
    {
        let _ = writeln!(text, "       {}", line.text);
    }
    for choice in hop.choices.iter().filter(|_| hop.choices.len() > 1) {
        let mark = if choice.chosen { "*" } else { " " };
        let pod = choice
            .pod
            .as_ref()
            .map(|pod| format!(" {pod}"))
            .unwrap_or_default();
        let _ = writeln!(
            text,
            "     {mark} {} {:.0}%{pod}",
            choice.endpoint,
            choice.probability * 100.0
        );
    }
}
