//! What kubectl says about a document that is not YAML: goyaml's words and goyaml's line numbers.
//!
//! goyaml counts lines from nought and adds one only for errors of its scanner, so an error of its parser is reported on
//! the line before the one where it is. (`go.yaml.in/yaml/v2` `decode.go` `parser.fail`.)

use saphyr_parser::ScanError;

use super::marks::Marks;
use super::tree::{Yaml, YamlValue};
use super::yaml11::opening;
use crate::engine::diagnostic::{Position, Span};
use crate::engine::sort;

/// Why a document could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct YamlError {
    /// Where, in the document.
    pub span: Span,
    /// What kubectl prints behind `error converting YAML to JSON: `.
    pub message: String,
}

impl YamlError {
    /// What is wrong at `span`.
    pub fn new(span: Span, message: impl Into<String>) -> YamlError {
        YamlError {
            span,
            message: message.into(),
        }
    }
}

/// What is said of a document with more values than are read.
pub const TOO_MANY_VALUES: &str = "yaml: document contains too many values";

/// A mapping without a key for its value.
pub const NULL_KEY: &str = "unsupported map key of type: %!s(<nil>), key: <nil>, value: <nil>";

/// A document nested deeper than is read.
pub fn too_deep(span: Span) -> YamlError {
    YamlError::new(
        span,
        format!(
            "yaml: line {}: exceeded max depth of {}",
            span.start.line,
            super::reader::MAX_DEPTH
        ),
    )
}

/// Refuses characters that no YAML text may hold.
pub fn check_characters(text: &str) -> Result<(), YamlError> {
    let illegal = |character: char| match character {
        '\t' | '\n' | '\r' | '\u{85}' => false,
        '\0'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}' => true,
        _ => false,
    };
    let suspicious =
        |byte: u8| byte < b' ' && !matches!(byte, b'\t' | b'\n' | b'\r') || byte >= 0x7f;
    let Some(place) = text
        .bytes()
        .position(suspicious)
        .and_then(|_| text.find(illegal))
    else {
        return Ok(());
    };
    let before = &text[..place];
    let line = before.matches('\n').count() as u32 + 1;
    let column = before
        .rsplit('\n')
        .next()
        .unwrap_or_default()
        .chars()
        .count() as u32
        + 1;
    let start = Position {
        line,
        column,
        offset: place as u32,
    };
    Err(YamlError::new(
        Span { start, end: start },
        "yaml: control characters are not allowed",
    ))
}

/// Which half of goyaml notices an error: it decides the line number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Half {
    Scanner,
    Parser,
}

/// goyaml's words for the parser's error.
pub fn of_scanner(error: &ScanError, mut places: Marks<'_>, text: &str) -> YamlError {
    let start = places.position(*error.marker());
    let (before, behind) = text.split_at(start.offset as usize);
    let line_of = |part: &str| start.line + part.matches('\n').count() as u32;
    let span = Span { start, end: start };
    let said = |half, line, words: &str| {
        YamlError::new(span, format!("yaml: {}{words}", line_number(half, line)))
    };
    match error.info() {
        "recursion limit exceeded" => too_deep(span),
        "while parsing node, found unknown anchor" => match alias(behind) {
            Some(name) => YamlError::new(span, format!("yaml: unknown anchor '{name}' referenced")),
            None => said(
                Half::Scanner,
                start.line,
                "did not find expected alphabetic or numeric character",
            ),
        },
        // goyaml does not mind the indentation of quoted text: it reads on until the quote ends.
        "invalid indentation in quoted scalar" => match quoted(behind) {
            Some(inside) => said(Half::Parser, line_of(inside), KEY_EXPECTED),
            None => said(
                Half::Scanner,
                line_of(behind),
                "found unexpected end of stream",
            ),
        },
        "while scanning a plain scalar, found a tab" => {
            let line =
                tab_in_indentation(behind).map_or(start.line, |place| line_of(&behind[..place]));
            said(
                Half::Scanner,
                line,
                "found a tab character that violates indentation",
            )
        }
        "while scanning a quoted scalar, found unexpected end of stream" => said(
            Half::Scanner,
            line_of(behind),
            "found unexpected end of stream",
        ),
        "\"-\" is only valid inside a block" => match key_of_brackets(before, behind) {
            Some(next) => said(
                Half::Scanner,
                line_of(&behind[..next]),
                "could not find expected ':'",
            ),
            None => said(Half::Parser, start.line, CONTENT_EXPECTED),
        },
        "misplaced bracket" if before.trim_end().ends_with([':', '-']) => {
            said(Half::Parser, start.line, CONTENT_EXPECTED)
        }
        "invalid trailing content after double-quoted scalar"
        | "illegal placement of ':' indicator" => {
            said(Half::Parser, start.line, after_value(before))
        }
        info => {
            let (half, words) = translated(info);
            said(half, start.line, words)
        }
    }
}

const KEY_EXPECTED: &str = "did not find expected key";
const CONTENT_EXPECTED: &str = "did not find expected node content";

/// Where a line begins whose indentation has a tab in it.
fn tab_in_indentation(text: &str) -> Option<usize> {
    let is_broken = |line: &str| line.trim_start_matches(' ').starts_with('\t');
    text.match_indices('\n')
        .map(|(place, _)| place + 1)
        .find(|&place| is_broken(&text[place..]))
}

/// Where the scanner misses the `:` behind an open bracket; none when that bracket need not be a key.
///
/// A bracket that stands where a key of the mapping around it would stand has to be one (`required` in goyaml's
/// `yaml_parser_save_simple_key`), so goyaml reads on to the next line before it looks at what is inside. The lines of
/// a template, `{{- if … }}`, are such brackets.
fn key_of_brackets(before: &str, behind: &str) -> Option<usize> {
    let outermost =
        std::iter::successors(opening(before), |&place| opening(&before[..place])).last()?;
    let margin = |line: &str| line.len() - line.trim_start_matches(' ').len();
    let line = before[..outermost].rfind('\n').map_or(0, |place| place + 1);
    let column = outermost - line;
    let mut above = before[..line]
        .lines()
        .rev()
        .filter(|line| !is_nothing(line));
    let around = above.find(|line| margin(line) <= column)?;
    let is_key = margin(&before[line..]) == column
        && margin(around) == column
        && !around.trim_start().starts_with("- ");
    let rest = behind.split_inclusive('\n').skip(1);
    let empty: usize = rest.take_while(|line| is_nothing(line)).map(str::len).sum();
    is_key.then(|| {
        behind
            .find('\n')
            .map_or(behind.len(), |end| end + 1 + empty)
    })
}

/// Whether a line holds no token.
fn is_nothing(line: &str) -> bool {
    let line = line.trim();
    line.is_empty() || line.starts_with('#')
}

fn line_number(half: Half, line: u32) -> String {
    let line = match half {
        Half::Scanner if line > 1 => line,
        Half::Scanner => 0,
        Half::Parser => line - 1,
    };
    if line == 0 {
        String::new()
    } else {
        format!("line {line}: ")
    }
}

/// The name an alias asks for, when it is a name.
fn alias(text: &str) -> Option<&str> {
    let is_name = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '_' | '-');
    let name = text.strip_prefix('*')?;
    let (name, rest) = name.split_at(name.find(|letter| !is_name(letter)).unwrap_or(name.len()));
    let ends = rest
        .chars()
        .next()
        .is_none_or(|next| next.is_whitespace() || "?:,]}%@`".contains(next));
    (ends && !name.is_empty()).then_some(name)
}

/// What a quoted text at the start of `text` holds, when its quote ends.
fn quoted(text: &str) -> Option<&str> {
    let quote = text.chars().next()?;
    let mut escaped = false;
    let end = text[quote.len_utf8()..].find(|letter| {
        let ends = letter == quote && !escaped;
        escaped = letter == '\\' && !escaped && quote == '"';
        ends
    })?;
    Some(&text[..end])
}

/// What may follow a value: it depends on the bracket the value is in.
fn after_value(before: &str) -> &'static str {
    match opening(before).and_then(|place| before.as_bytes().get(place)) {
        Some(b'[') => "did not find expected ',' or ']'",
        Some(_) => "did not find expected ',' or '}'",
        None => KEY_EXPECTED,
    }
}

/// Our parser's words for an error, and goyaml's.
fn translated(info: &str) -> (Half, &str) {
    let words = info.rsplit_once(", ").map_or(info, |(_, words)| words);
    match info {
        "while parsing a flow mapping, did not find expected ',' or '}'" => {
            (Half::Parser, "did not find expected ',' or '}'")
        }
        "while parsing a flow sequence, expected ',' or ']'" => {
            (Half::Parser, "did not find expected ',' or ']'")
        }
        "simple key expect ':'" | "simple key expected" => {
            (Half::Scanner, "could not find expected ':'")
        }
        "missing explicit document end marker before directive" => {
            (Half::Scanner, "found unknown directive name")
        }
        "misplaced bracket" | "wrongly indented line in block scalar" => {
            (Half::Parser, KEY_EXPECTED)
        }
        "invalid content after document end marker" => {
            (Half::Parser, "did not find expected <document start>")
        }
        "the handle wasn't declared" => (Half::Parser, "found undefined tag handle"),
        // The typing error is goyaml's.
        "while parsing a quoted scalar, did not find expected hexadecimal number" => {
            (Half::Scanner, "did not find expected hexdecimal number")
        }
        "while parsing a block mapping, did not find expected key"
        | "while parsing a block collection, did not find expected '-' indicator"
        | "while parsing a node, did not find expected node content"
        | "did not find expected <document start>" => (Half::Parser, words),
        _ if info.starts_with("unexpected character") || info.starts_with("tab") => {
            (Half::Scanner, "found character that cannot start any token")
        }
        _ => (Half::Scanner, words),
    }
}

/// A number as Go prints it in JSON.
pub fn go_float(number: f64) -> String {
    match number {
        number if number.is_nan() => "NaN".to_owned(),
        f64::INFINITY => "+Inf".to_owned(),
        f64::NEG_INFINITY => "-Inf".to_owned(),
        number if number != 0.0 && !(1e-6..1e21).contains(&number.abs()) => {
            let text = format!("{number:e}");
            text.replace('e', "e+").replace("e+-", "e-")
        }
        number => number.to_string(),
    }
}

/// A number as a key of a mapping (`strconv.FormatFloat` with 'g' for 32 bits).
pub fn go_float_key(number: f64) -> String {
    match number {
        number if number.is_nan() => ".nan".to_owned(),
        f64::INFINITY => ".inf".to_owned(),
        f64::NEG_INFINITY => "-.inf".to_owned(),
        number => (number as f32).to_string(),
    }
}

/// A value as Go prints it with `%#v`.
pub fn go_syntax(node: &Yaml) -> String {
    match &node.value {
        YamlValue::Null => "interface {}(nil)".to_owned(),
        YamlValue::Bool(value) => value.to_string(),
        YamlValue::Int(number) => number.to_string(),
        YamlValue::Float(number) => go_float(*number),
        YamlValue::String(text) => format!("{text:?}"),
        YamlValue::Seq(items) => {
            format!(
                "[]interface {{}}{{{}}}",
                items.iter().map(go_syntax).collect::<Vec<_>>().join(", ")
            )
        }
        YamlValue::Map(entries) => {
            let mut pairs: Vec<String> = entries
                .iter()
                .map(|entry| format!("{:?}:{}", entry.key, go_syntax(&entry.value)))
                .collect();
            sort::sort(&mut pairs);
            format!("map[interface {{}}]interface {{}}{{{}}}", pairs.join(", "))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::reader::read;

    /// The lines were counted by libyaml itself, whose port goyaml is.
    #[test]
    fn a_broken_document_is_reported_as_goyaml_reports_it() {
        for (text, said) in [
            ("a:\n  b: c\n d: e\n", "line 2: did not find expected key"),
            (
                "a: b\nc: {d: e\n",
                "line 2: did not find expected ',' or '}'",
            ),
            ("a: b\nc: [d\n", "line 2: did not find expected ',' or ']'"),
            (
                "a: b\nc: [d\ne: f\n",
                "line 2: did not find expected ',' or ']'",
            ),
            (
                "a: b\nc: d: e\n",
                "line 2: mapping values are not allowed in this context",
            ),
            (
                "a: b: c\n",
                "mapping values are not allowed in this context",
            ),
            (
                "a: b\nc:\n\td: e\n",
                "line 3: found character that cannot start any token",
            ),
            (
                "a:\n  b: c\n\td: e\n",
                "line 3: found a tab character that violates indentation",
            ),
            (
                "a: b\nc: \"d\ne: f\n",
                "line 4: found unexpected end of stream",
            ),
            (
                "a: b\nc: 'd\ne: f\n",
                "line 4: found unexpected end of stream",
            ),
            ("a: b\nc\nd: e\n", "line 3: could not find expected ':'"),
            ("a: b\nc:d\n", "line 3: could not find expected ':'"),
            (
                "a: b\nc: @d\n",
                "line 2: found character that cannot start any token",
            ),
            (
                "a: b\nc: *.d\n",
                "line 2: did not find expected alphabetic or numeric character",
            ),
            ("a: b\nc: *d\n", "unknown anchor 'd' referenced"),
            (
                "a: b\nc: \"\\d\"\n",
                "line 2: found unknown escape character",
            ),
            ("a: b\n- c\n", "line 1: did not find expected key"),
            ("- a\nb: c\n", "line 1: did not find expected '-' indicator"),
            ("a: b\nc: [d]]\n", "line 1: did not find expected key"),
            ("a: b\nc: \"d\" e\n", "line 1: did not find expected key"),
            (
                "a: b\nc: |d\n",
                "line 2: did not find expected comment or line break",
            ),
            ("a: b\nc: {{ .d }}-e\n", "line 1: did not find expected key"),
            (
                "a: b\n{{- if c }}\nd: e\n",
                "line 3: could not find expected ':'",
            ),
            (
                "a:\n  b: c\n  {{- if d }}\n  # e\n\n  f: g\n",
                "line 6: could not find expected ':'",
            ),
            (
                "a: b\nc: {{- d }}\n",
                "line 1: did not find expected node content",
            ),
            ("a: b\nc: }\n", "line 1: did not find expected node content"),
            ("a: b\nc: !d!e f\n", "line 1: found undefined tag handle"),
            ("a: \"\\xg\"\n", "did not find expected hexdecimal number"),
            (
                "a: b\n... c\n",
                "line 1: did not find expected <document start>",
            ),
            ("'a\n", "line 2: found unexpected end of stream"),
            (
                "a:\n  b: c\n  \td: e\n",
                "line 3: found a tab character that violates indentation",
            ),
            ("a: \0\n", "control characters are not allowed"),
        ] {
            let broken = read(text).expect_err(text);
            assert_eq!(broken.message, format!("yaml: {said}"), "{text:?}");
        }
    }
}
