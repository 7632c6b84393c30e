//! Answers as text: for terminals, golden tests, screen readers and the page's "Copy" buttons.

use std::fmt::Write;

use super::answers::{
    CauseAnswer, CheckAnswer, DirectionAnswer, HopAnswer, PacketAnswer, PositionAnswer,
    ProblemAnswer, SeverityAnswer, Statement, TraceAnswer,
};
use super::expectations::ExpectationAnswer;

/// The whole path, hop by hop, and the verdict.
pub fn trace_as_text(trace: &TraceAnswer) -> String {
    let mut text = format!("{} → {}\n", trace.from, trace.to);
    for (index, hop) in trace.hops.iter().enumerate() {
        text.push('\n');
        write_hop(&mut text, index + 1, hop);
    }
    if trace.causes.is_empty() || !trace.told_by_causes {
        let _ = write!(text, "\n⇒ {}\n", on_one_line(&trace.verdict));
    } else {
        let _ = write!(text, "\n⇒ {}\n", trace.verdict.text);
    }
    for cause in &trace.causes {
        write_cause(&mut text, cause);
    }
    text
}

/// A cause with the fields that show it: `Service default/web spec.selector (line 7, column 5)`.
fn write_cause(text: &mut String, cause: &CauseAnswer) {
    let _ = writeln!(text, "  {}", cause.statement.text);
    if let Some(detail) = &cause.statement.detail {
        let _ = writeln!(text, "    {detail}");
    }
    for evidence in &cause.evidence {
        let _ = write!(text, "    {} {}", evidence.object, evidence.field);
        if let Some(start) = evidence.start {
            let _ = match &evidence.file {
                Some(file) => write!(text, " ({})", place(Some(file), start)),
                None => write!(text, " (line {}, column {})", start.line, start.column),
            };
        }
        text.push('\n');
    }
    if let Some(call) = &cause.call {
        let _ = writeln!(text, "    {} → {}", call.from, call.to);
    }
    if let Some(command) = &cause.command {
        let _ = writeln!(text, "    $ {command}");
    }
}

/// The trace as JSON: the same bytes in the text tool and in the page.
pub fn trace_as_json(trace: &TraceAnswer) -> String {
    serde_json::to_string_pretty(trace).expect("the keys of an answer are strings")
}

/// The answer of `kubehop check` as JSON, with a newline at the end.
pub fn check_as_json(answer: &CheckAnswer) -> String {
    let json = serde_json::to_string_pretty(answer);
    json.expect("the keys of an answer are strings") + "\n"
}

/// Problems as compilers print them, one a line: `web.yaml:3:7: error: …`, without the file if the answer has none.
pub fn problems_as_text(problems: &[ProblemAnswer]) -> String {
    let mut text = String::new();
    for problem in problems {
        let severity = match problem.severity {
            SeverityAnswer::Error => "error",
            SeverityAnswer::Warning => "warning",
            SeverityAnswer::Note => "note",
        };
        // What kubectl itself prints already begins with the word.
        let headline = &problem.statement.text;
        let headline = headline.strip_prefix("error: ").unwrap_or(headline);
        let start = place(problem.file.as_deref(), problem.start);
        let _ = writeln!(text, "{start}: {severity}: {headline}");
        if let Some(detail) = &problem.statement.detail {
            let _ = writeln!(text, "    {detail}");
        }
    }
    text
}

/// What became of expectations, one a line, with the causes of those that fail.
pub fn expectations_as_text(expectations: &[ExpectationAnswer]) -> String {
    let mut text = String::new();
    for one in expectations {
        let word = if one.met { "ok" } else { "failed" };
        let start = place(one.file.as_deref(), one.start);
        let said = &one.statement.text;
        let _ = writeln!(text, "{start}: {word}: {}: {said}", one.question);
        for cause in &one.causes {
            write_cause(&mut text, cause);
        }
    }
    text
}

/// `web.yaml:3:7`, or `3:7` in a text from no file.
fn place(file: Option<&str>, start: PositionAnswer) -> String {
    let PositionAnswer { line, column, .. } = start;
    match file {
        Some(file) => format!("{file}:{line}:{column}"),
        None => format!("{line}:{column}"),
    }
}

fn write_hop(text: &mut String, number: usize, hop: &HopAnswer) {
    let arrow = match hop.direction {
        DirectionAnswer::Lookup => "?",
        DirectionAnswer::Request => "→",
        DirectionAnswer::Reply => "←",
    };
    let _ = writeln!(text, "{number:>2} {arrow} {}", hop.device);
    let _ = writeln!(text, "     {}", on_one_line(&hop.reason));
    let _ = writeln!(text, "     {}", hop.before.summary);
    if !has_same_addresses(&hop.before, &hop.after) {
        let _ = writeln!(text, "   ⇒ {}", hop.after.summary);
    }
    for rule in hop.rules.iter().filter(|rule| !rule.routine) {
        let _ = writeln!(text, "       {}", rule.text);
    }
    if hop.choices.len() > 1 {
        write_choices(text, hop);
    }
}

fn write_choices(text: &mut String, hop: &HopAnswer) {
    for choice in &hop.choices {
        let mark = if choice.chosen { "*" } else { " " };
        let percent = choice.probability * 100.0;
        let _ = write!(text, "     {mark} {} {percent:.0}%", choice.endpoint);
        if let Some(pod) = &choice.pod {
            let _ = write!(text, " {pod}");
        }
        text.push('\n');
    }
}

fn has_same_addresses(one: &PacketAnswer, other: &PacketAnswer) -> bool {
    one.source == other.source && one.destination == other.destination
}

fn on_one_line(statement: &Statement) -> String {
    match &statement.detail {
        Some(detail) => format!("{} {detail}", statement.text),
        None => statement.text.clone(),
    }
}
