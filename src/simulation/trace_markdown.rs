//! A trace as Markdown: for issues, reviews and documentation.

use std::fmt::Write;

use super::answers::{CauseAnswer, DirectionAnswer, HopAnswer, Statement, TraceAnswer};

/// The whole path as a numbered list, and the verdict above it.
pub fn trace_as_markdown(trace: &TraceAnswer) -> String {
    let (from, to) = (code(&trace.from), code(&trace.to));
    let mut text = format!("### {from} → {to}\n\n");
    let verdict = escaped(&trace.verdict.text);
    let _ = write!(text, "**{verdict}**");
    match &trace.verdict.detail {
        Some(detail) if trace.causes.is_empty() || !trace.told_by_causes => {
            let _ = writeln!(text, " {}", escaped(detail));
        }
        Some(_) | None => text.push('\n'),
    }
    if !trace.causes.is_empty() {
        text.push('\n');
    }
    for cause in &trace.causes {
        write_cause(&mut text, cause);
    }
    for (index, hop) in trace.hops.iter().enumerate() {
        text.push('\n');
        write_hop(&mut text, index + 1, hop);
    }
    text
}

fn write_cause(text: &mut String, cause: &CauseAnswer) {
    let _ = writeln!(text, "- {}", sentences(&cause.statement));
    for evidence in &cause.evidence {
        let field = format!("{} {}", evidence.object, evidence.field);
        let _ = writeln!(text, "  - {}", code(&field));
    }
    if let Some(command) = &cause.command {
        let _ = writeln!(text, "  - {}", code(&format!("$ {command}")));
    }
}

fn write_hop(text: &mut String, number: usize, hop: &HopAnswer) {
    let arrow = match hop.direction {
        DirectionAnswer::Lookup => "?",
        DirectionAnswer::Request => "→",
        DirectionAnswer::Reply => "←",
    };
    let (device, reason) = (escaped(&hop.device), sentences(&hop.reason));
    let _ = writeln!(text, "{number}. {arrow} **{device}**: {reason}\n");
    // What belongs to an item begins where its text does.
    let indent = " ".repeat(number.to_string().len() + 2);
    let _ = write!(text, "{indent}{}", code(&hop.before.summary));
    if (&hop.before.source, &hop.before.destination) != (&hop.after.source, &hop.after.destination)
    {
        let _ = write!(text, " ⇒ {}", code(&hop.after.summary));
    }
    text.push('\n');
    let rules: Vec<&str> = hop
        .rules
        .iter()
        .filter(|rule| !rule.routine)
        .map(|rule| rule.text.as_str())
        .collect();
    if !rules.is_empty() {
        let fence = "`".repeat(longest_run(&rules.concat()).max(2) + 1);
        let _ = write!(text, "\n{indent}{fence}text\n");
        for rule in rules.iter().flat_map(|rule| rule.lines()) {
            let _ = writeln!(text, "{indent}{rule}");
        }
        let _ = writeln!(text, "{indent}{fence}");
    }
    if hop.choices.len() > 1 {
        text.push('\n');
    }
    for choice in hop.choices.iter().filter(|_| hop.choices.len() > 1) {
        let percent = choice.probability * 100.0;
        let pod = choice.pod.as_deref().unwrap_or_default();
        let line = format!("{} {percent:.0}% {}", code(&choice.endpoint), escaped(pod));
        let mark = if choice.chosen { "**" } else { "" };
        let _ = writeln!(text, "{indent}- {mark}{}{mark}", line.trim_end());
    }
}

fn sentences(statement: &Statement) -> String {
    match &statement.detail {
        Some(detail) => format!("{} {}", escaped(&statement.text), escaped(detail)),
        None => escaped(&statement.text),
    }
}

/// Text that means itself: what Markdown or HTML would read in it is escaped, and it stays on one line.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '\n' | '\r' => escaped.push(' '),
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|' | '~' | '&' | '$' => {
                escaped.push('\\');
                escaped.push(character);
            }
            other => escaped.push(other),
        }
    }
    escaped
}

/// A code span, whose fence is longer than any run of backticks in it (CommonMark, section 6.1).
fn code(text: &str) -> String {
    let text = text.replace(['\n', '\r'], " ");
    let fence = "`".repeat(longest_run(&text) + 1);
    let blank = if text.starts_with('`') || text.ends_with('`') {
        " "
    } else {
        ""
    };
    format!("{fence}{blank}{text}{blank}{fence}")
}

/// The length of the longest run of backticks.
fn longest_run(text: &str) -> usize {
    let runs = text.split(|character| character != '`').map(str::len);
    runs.max().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_and_code_mean_themselves() {
        assert_eq!(escaped("a_b <i>\n* c"), "a\\_b \\<i\\> \\* c");
        assert_eq!(code("a"), "`a`");
        assert_eq!(code("a``b"), "```a``b```");
        assert_eq!(code("`a"), "`` `a ``");
    }
}
