//! Objects as `kubectl get -o yaml` writes them (goyaml v2).
//!
//! The form is that of serde_yaml except for scalars, which are written for readers of YAML 1.1: a text that such a
//! reader would take for something else is in double quotes (`"on"`, `"0777"`, `"80"`), one that is no plain scalar in
//! single quotes, one of several lines a block. serde_yaml writes `on` bare, and reading it back would fail.

use serde_json::Value;

use crate::manifest::yaml_quote::{is_escaped, quoted};

/// Where a line is broken at the next space.
const WIDTH: usize = 80;

/// The object as YAML, keys in order.
pub(in crate::console) fn write(value: &Value) -> String {
    let mut text = String::new();
    match value {
        Value::Object(fields) if !fields.is_empty() => mapping(&mut text, fields, 0),
        Value::Array(items) if !items.is_empty() => sequence(&mut text, items, 0),
        scalar => {
            text.push_str(&self::scalar(scalar, 0, 0));
            text.push('\n');
        }
    }
    text
}

fn mapping(text: &mut String, fields: &serde_json::Map<String, Value>, indent: usize) {
    for (place, (key, value)) in fields.iter().enumerate() {
        if place > 0 {
            text.push_str(&" ".repeat(indent));
        }
        let key = quoted(key);
        text.push_str(&key);
        text.push(':');
        match value {
            Value::Object(fields) if !fields.is_empty() => {
                text.push_str(&format!("\n{}", " ".repeat(indent + 2)));
                mapping(text, fields, indent + 2);
            }
            Value::Array(items) if !items.is_empty() => {
                text.push_str(&format!("\n{}", " ".repeat(indent)));
                sequence(text, items, indent);
            }
            scalar => {
                let column = indent + key.chars().count() + 2;
                text.push_str(&format!(" {}\n", self::scalar(scalar, indent + 2, column)));
            }
        }
    }
}

fn sequence(text: &mut String, items: &[Value], indent: usize) {
    for (place, item) in items.iter().enumerate() {
        if place > 0 {
            text.push_str(&" ".repeat(indent));
        }
        text.push_str("- ");
        match item {
            Value::Object(fields) if !fields.is_empty() => mapping(text, fields, indent + 2),
            Value::Array(items) if !items.is_empty() => sequence(text, items, indent + 2),
            scalar => text.push_str(&format!(
                "{}\n",
                self::scalar(scalar, indent + 2, indent + 2)
            )),
        }
    }
}

/// A scalar that begins in a column; its further lines are indented by `indent`.
fn scalar(value: &Value, indent: usize, column: usize) -> String {
    match value {
        Value::Null => "null".to_owned(),
        Value::Bool(value) => value.to_string(),
        Value::Number(number) => number.to_string(),
        Value::Array(_) => "[]".to_owned(),
        Value::Object(_) => "{}".to_owned(),
        Value::String(text) if may_be_block(text) => block(text, indent),
        Value::String(text) => folded(&quoted(text), indent, column),
    }
}

/// Whether a text has several lines, none of which ends in a space or holds a tab, which would be invisible in a block.
fn may_be_block(text: &str) -> bool {
    text.contains('\n') && is_printable(text) && !text.ends_with(' ') && !text.contains(" \n")
}

fn is_printable(text: &str) -> bool {
    text.chars()
        .all(|letter| letter == '\n' || !is_escaped(letter))
}

/// Several lines after `|`, with the indicators of how the text ends and, where the first line begins with a space, of
/// its indentation.
fn block(text: &str, indent: usize) -> String {
    let body = text.trim_end_matches('\n');
    let end = match text.len() - body.len() {
        0 => "-",
        1 if !body.is_empty() => "",
        _ => "+",
    };
    let depth = if text.starts_with([' ', '\n']) {
        "2"
    } else {
        ""
    };
    let body = if end == "+" {
        text.strip_suffix('\n').unwrap_or(text)
    } else {
        body
    };
    let line = |line: &str| {
        if line.is_empty() {
            String::new()
        } else {
            format!("{}{line}", " ".repeat(indent))
        }
    };
    let lines: Vec<String> = body.split('\n').map(line).collect();
    format!("|{depth}{end}\n{}", lines.join("\n"))
}

/// Breaks a line at the first single space beyond the width, again and again.
fn folded(text: &str, indent: usize, mut column: usize) -> String {
    if text.starts_with('"') {
        return text.to_owned();
    }
    let letters: Vec<char> = text.chars().collect();
    let last = letters
        .len()
        .saturating_sub(if text.starts_with('\'') { 2 } else { 1 });
    let mut lines = String::with_capacity(text.len());
    for (place, &letter) in letters.iter().enumerate() {
        let is_space = |place: usize| letters.get(place) == Some(&' ');
        let may_break = letter == ' '
            && place < last
            && !is_space(place.saturating_sub(1))
            && !is_space(place + 1);
        if may_break && column > WIDTH {
            lines.push_str(&format!("\n{}", " ".repeat(indent)));
            column = indent;
        } else {
            lines.push(letter);
            column += 1;
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::*;

    #[test]
    fn objects_are_written_as_kubectl_writes_them() {
        let object = serde_json::json!({
            "kind": "Service", "apiVersion": "v1",
            "metadata": {"name": "web", "creationTimestamp": "2026-01-01T00:00:00Z", "annotations": {"note": "a: b", "lines": "one\ntwo\n", "empty": ""}},
            "spec": {"ports": [{"port": 80, "name": "80"}], "selector": {}, "on": "yes", "list": ["a", "1e3"]},
        });
        expect![[r#"
            apiVersion: v1
            kind: Service
            metadata:
              annotations:
                empty: ""
                lines: |
                  one
                  two
                note: 'a: b'
              creationTimestamp: "2026-01-01T00:00:00Z"
              name: web
            spec:
              list:
              - a
              - "1e3"
              "on": "yes"
              ports:
              - name: "80"
                port: 80
              selector: {}
        "#]]
        .assert_eq(&write(&object));
    }

    #[test]
    fn a_long_line_is_broken_at_a_space() {
        let words = "word ".repeat(20);
        let text = write(&serde_json::json!({"message": words.trim_end()}));
        let lines: Vec<usize> = text.lines().map(str::len).collect();
        assert_eq!(
            (
                lines.len(),
                text.lines().nth(1).map(|line| line.starts_with("  word"))
            ),
            (2, Some(true))
        );
        assert!(lines[0] > WIDTH, "{text}");
    }

    #[test]
    fn what_is_not_visible_is_escaped() {
        for (text, written) in [
            ("a\tb", "\"a\\tb\""),
            ("a \nb", "\"a \\nb\""),
            ("\u{1f600}", "\"\\U0001F600\""),
        ] {
            assert_eq!(
                write(&serde_json::json!({"key": text})),
                format!("key: {written}\n")
            );
        }
    }

    /// By the engine's own reader and, as a second one, serde_yaml's.
    fn reads_back(text: &str) {
        let written = write(&serde_json::json!({"key": text, "list": [{text: text}]}));
        let read =
            crate::manifest::reader::read(&written).map(|read| serde_json::Value::from(&read.tree));
        let wanted = serde_json::json!({"key": text, "list": [{text: text}]});
        assert_eq!(read.as_ref().ok(), Some(&wanted), "{written}");
        assert_eq!(
            serde_yaml::from_str(&written).ok(),
            Some(wanted),
            "{written}"
        );
    }

    #[test]
    fn what_looks_like_something_else_reads_back_the_same() {
        let words = [
            "on",
            "0777",
            "a: b",
            "- a",
            "<<",
            "'",
            "\"",
            "#",
            "1:30",
            "~",
            " x",
            "x ",
            "a #b",
            "2026-01-01",
            "",
            "? a",
        ];
        let lines = [
            "a\n\nb",
            " a\nb\n\n",
            "\n",
            "a\n",
            "\n a",
            "a\nb",
            "key: |\n  x\n",
        ];
        words.into_iter().chain(lines).for_each(reads_back);
    }

    proptest::proptest! {
        #[test]
        fn any_text_reads_back_the_same(text in "[ -~\n\t\u{80}-\u{10ffff}]{0,40}", spaces in "[a ]{0,200}") {
            reads_back(&text);
            reads_back(&spaces);
        }
    }
}
