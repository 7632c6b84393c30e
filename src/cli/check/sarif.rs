//! `--output sarif`: SARIF 2.1.0, the form in which code review tools take findings.
//!
//! (OASIS, Static Analysis Results Interchange Format Version 2.1.0: section 3.14 run, 3.27 result, 3.49 rule, 3.55 fix.)

use std::collections::BTreeMap;
use std::fmt::Write;

use kubehop::answers::{
    CheckAnswer, FixAnswer, PositionAnswer, ProblemAnswer, SeverityAnswer, Statement,
};
use kubehop::expectations::ExpectationAnswer;
use serde_json::{Value, json};

const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";
const REPOSITORY: &str = env!("CARGO_PKG_REPOSITORY");
/// The rule of an expectation that does not hold.
const EXPECTATION: &str = "expectation";

/// The log of one run, with a newline at the end.
pub(super) fn log(answer: &CheckAnswer) -> String {
    let failed = || {
        answer
            .expectations
            .iter()
            .filter(|expectation| !expectation.met)
    };
    let mut rules: BTreeMap<&str, String> = BTreeMap::new();
    for problem in &answer.problems {
        let help = problem.docs.clone().unwrap_or_else(own_help);
        rules.insert(&problem.statement.id, help);
    }
    if failed().next().is_some() {
        let help = format!("{REPOSITORY}/blob/main/docs/expectations.md");
        rules.insert(EXPECTATION, help);
    }
    let indexes: Vec<&str> = rules.keys().copied().collect();
    let problems = answer
        .problems
        .iter()
        .map(|problem| of_problem(problem, &indexes));
    let expectations = failed().map(|expectation| of_expectation(expectation, &indexes));
    let results: Vec<Value> = problems.chain(expectations).collect();
    let rules = rules
        .iter()
        .map(|(id, help)| json!({"id": id, "helpUri": help}));
    let log = json!({
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{
            "tool": {"driver": {
                "name": "kubehop",
                "version": env!("CARGO_PKG_VERSION"),
                "informationUri": REPOSITORY,
                "rules": rules.collect::<Vec<Value>>(),
            }},
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    });
    let text = serde_json::to_string_pretty(&log);
    text.expect("the keys of a log are strings") + "\n"
}

/// Where problems without a page of the Kubernetes documentation are explained.
fn own_help() -> String {
    format!("{REPOSITORY}/blob/main/docs/text-tool.md#problems")
}

fn of_problem(problem: &ProblemAnswer, rules: &[&str]) -> Value {
    let level = match problem.severity {
        SeverityAnswer::Error => "error",
        SeverityAnswer::Warning => "warning",
        SeverityAnswer::Note => "note",
    };
    let id = problem.statement.id.as_str();
    let region = region(problem.start, problem.end);
    let text = sentences(&problem.statement);
    let mut result = result(id, rules, level, &text, problem.file.as_deref(), &region);
    if let Some(fix) = &problem.fix {
        result["fixes"] = json!([of_fix(fix)]);
    }
    result
}

fn of_expectation(expectation: &ExpectationAnswer, rules: &[&str]) -> Value {
    let said = sentences(&expectation.statement);
    let mut text = format!("{}: {said}", expectation.question);
    for cause in &expectation.causes {
        let _ = write!(text, "\n{}", sentences(&cause.statement));
    }
    let PositionAnswer { line, column, .. } = expectation.start;
    let region = json!({"startLine": line, "startColumn": column});
    let file = expectation.file.as_deref();
    result(EXPECTATION, rules, "error", &text, file, &region)
}

fn result(
    id: &str,
    rules: &[&str],
    level: &str,
    text: &str,
    file: Option<&str>,
    region: &Value,
) -> Value {
    let mut result = json!({
        "ruleId": id,
        "ruleIndex": rules.iter().position(|rule| *rule == id),
        "level": level,
        "message": {"text": text},
    });
    if let Some(file) = file {
        result["locations"] = json!([{
            "physicalLocation": {"artifactLocation": {"uri": uri(file)}, "region": region},
        }]);
    }
    result
}

fn of_fix(fix: &FixAnswer) -> Value {
    json!({"artifactChanges": [{
        "artifactLocation": {"uri": uri(fix.file.as_deref().unwrap_or_default())},
        "replacements": [{
            "deletedRegion": region(fix.start, fix.end),
            "insertedContent": {"text": fix.text},
        }],
    }]})
}

fn region(start: PositionAnswer, end: PositionAnswer) -> Value {
    json!({
        "startLine": start.line,
        "startColumn": start.column,
        "endLine": end.line,
        "endColumn": end.column,
    })
}

fn sentences(statement: &Statement) -> String {
    match &statement.detail {
        Some(detail) => format!("{}\n{detail}", statement.text),
        None => statement.text.clone(),
    }
}

/// A path as a URI reference (RFC 3986, section 3.3).
fn uri(path: &str) -> String {
    let mut uri = String::new();
    if path.starts_with('/') {
        uri.push_str("file://");
    }
    for byte in path.trim_start_matches("./").bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            uri.push(char::from(byte));
        } else {
            let _ = write!(uri, "%{byte:02X}");
        }
    }
    uri
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_a_uri_reference() {
        for (path, expected) in [
            ("./docs/a b.md", "docs/a%20b.md"),
            ("/tmp/a.yaml", "file:///tmp/a.yaml"),
            ("c:d/é.yaml", "c%3Ad/%C3%A9.yaml"),
        ] {
            assert_eq!(uri(path), expected);
        }
    }
}
