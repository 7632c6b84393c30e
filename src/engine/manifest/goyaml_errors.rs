//! goyaml's error messages for invalid YAML, as kubectl prints them, with goyaml's line numbers.
//!
//! goyaml counts lines from zero and adds one only for errors of its scanner, so errors of its parser are reported one
//! line too early. (`go.yaml.in/yaml/v2` `decode.go` `parser.fail`.)

use saphyr_parser::ScanError;

use super::marks::Marks;
use super::yaml11::opening;
use crate::diagnostic::{Position, Span};

/// Why a document could not be parsed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct YamlError {
    /// The position in the document.
    pub span: Span,
    /// What kubectl prints after `error converting YAML to JSON: `.
    pub message: String,
}

impl YamlError {
    /// An error at `span`.
    pub fn new(span: Span, message: impl Into<String>) -> YamlError {
        YamlError {
            span,
            message: message.into(),
        }
    }
}

/// The message for a document with too many values.
pub(super) const TOO_MANY_VALUES: &str = "yaml: document contains too many values";

/// The message for a mapping with a null key.
pub(super) const NULL_KEY: &str =
    "unsupported map key of type: %!s(<nil>), key: <nil>, value: <nil>";

/// The maximum nesting depth. Schemas of widely used CRDs nest up to about 60 levels.
pub(super) const MAX_DEPTH: usize = 200;

/// The error for a document nested deeper than [`MAX_DEPTH`].
pub(super) fn too_deep(span: Span) -> YamlError {
    YamlError::new(
        span,
        format!(
            "yaml: line {}: exceeded max depth of {MAX_DEPTH}",
            span.start.line,
        ),
    )
}

/// Rejects characters that are not allowed in YAML.
pub(super) fn check_characters(text: &str) -> Result<(), YamlError> {
    // Most texts have only printable ASCII, which is checked faster by bytes.
    if !text.bytes().any(may_be_illegal) {
        return Ok(());
    }
    let Some(index) = text.find(is_illegal) else {
        return Ok(());
    };
    let before = &text[..index];
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
        offset: index as u32,
    };
    Err(YamlError::new(
        Span { start, end: start },
        "yaml: control characters are not allowed",
    ))
}

fn may_be_illegal(byte: u8) -> bool {
    let is_blank = matches!(byte, b'\t' | b'\n' | b'\r');
    (byte < b' ' && !is_blank) || byte >= 0x7f
}

fn is_illegal(character: char) -> bool {
    match character {
        '\t' | '\n' | '\r' | '\u{85}' => false,
        '\0'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}' => true,
        _ => false,
    }
}

/// The part of goyaml that reports an error, which decides the line number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum GoyamlStage {
    Scanner,
    Parser,
}

/// goyaml's error for an error of our parser.
pub(super) fn of_scanner(error: &ScanError, mut marks: Marks<'_>, text: &str) -> YamlError {
    let start = marks.position(*error.marker());
    let (before, behind) = text.split_at(start.offset as usize);
    let line_of = |part: &str| start.line + part.matches('\n').count() as u32;
    let span = Span { start, end: start };
    let at_line = |half, line, words: &str| {
        YamlError::new(span, format!("yaml: {}{words}", line_number(half, line)))
    };
    match error.info() {
        "recursion limit exceeded" => too_deep(span),
        "while parsing node, found unknown anchor" => match alias(behind) {
            Some(name) => YamlError::new(span, format!("yaml: unknown anchor '{name}' referenced")),
            None => at_line(
                GoyamlStage::Scanner,
                start.line,
                "did not find expected alphabetic or numeric character",
            ),
        },
        // goyaml ignores the indentation of quoted text, and reads on until the closing quote.
        "invalid indentation in quoted scalar" => match quoted_text(behind) {
            Some(inside) => at_line(GoyamlStage::Parser, line_of(inside), KEY_EXPECTED),
            None => at_line(
                GoyamlStage::Scanner,
                line_of(behind),
                "found unexpected end of stream",
            ),
        },
        "while scanning a plain scalar, found a tab" => {
            let line =
                tab_in_indentation(behind).map_or(start.line, |place| line_of(&behind[..place]));
            at_line(
                GoyamlStage::Scanner,
                line,
                "found a tab character that violates indentation",
            )
        }
        "while scanning a quoted scalar, found unexpected end of stream" => at_line(
            GoyamlStage::Scanner,
            line_of(behind),
            "found unexpected end of stream",
        ),
        "\"-\" is only valid inside a block" => match key_of_brackets(before, behind) {
            Some(next) => at_line(
                GoyamlStage::Scanner,
                line_of(&behind[..next]),
                "could not find expected ':'",
            ),
            None => at_line(GoyamlStage::Parser, start.line, CONTENT_EXPECTED),
        },
        "misplaced bracket" if before.trim_end().ends_with([':', '-']) => {
            at_line(GoyamlStage::Parser, start.line, CONTENT_EXPECTED)
        }
        "invalid trailing content after double-quoted scalar"
        | "illegal placement of ':' indicator" => {
            at_line(GoyamlStage::Parser, start.line, after_value(before))
        }
        info => {
            let (half, words) = translate(info);
            at_line(half, start.line, words)
        }
    }
}

const KEY_EXPECTED: &str = "did not find expected key";
const CONTENT_EXPECTED: &str = "did not find expected node content";

/// The start of the first line whose indentation contains a tab.
fn tab_in_indentation(text: &str) -> Option<usize> {
    let is_broken = |line: &str| line.trim_start_matches(' ').starts_with('\t');
    text.match_indices('\n')
        .map(|(place, _)| place + 1)
        .find(|&place| is_broken(&text[place..]))
}

/// The position where goyaml expects the `:` after an open bracket; `None` if the bracket does not have to be a key.
///
/// A bracket at the column of the surrounding mapping's keys must be a key (`required` in goyaml's
/// `yaml_parser_save_simple_key`), so goyaml reads to the next line before it checks what is inside. Template lines such
/// as `{{- if … }}` are such brackets.
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

/// Whether a line contains no token.
fn is_nothing(line: &str) -> bool {
    let line = line.trim();
    line.is_empty() || line.starts_with('#')
}

fn line_number(half: GoyamlStage, line: u32) -> String {
    let line = match half {
        GoyamlStage::Scanner if line > 1 => line,
        GoyamlStage::Scanner => 0,
        GoyamlStage::Parser => line - 1,
    };
    if line == 0 {
        String::new()
    } else {
        format!("line {line}: ")
    }
}

/// The name of the alias at the start of `text`, if it is valid.
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

/// What is inside the quotes at the start of `text`; `None` without a closing quote.
fn quoted_text(text: &str) -> Option<&str> {
    let quote = text.chars().next()?;
    let behind = &text[quote.len_utf8()..];
    let mut escaped = false;
    let end = behind.find(|letter| {
        let ends = letter == quote && !escaped;
        escaped = letter == '\\' && !escaped && quote == '"';
        ends
    })?;
    Some(&behind[..end])
}

/// What goyaml expects after a value, depending on the enclosing bracket.
fn after_value(before: &str) -> &'static str {
    match opening(before).and_then(|place| before.as_bytes().get(place)) {
        Some(b'[') => "did not find expected ',' or ']'",
        Some(_) => "did not find expected ',' or '}'",
        None => KEY_EXPECTED,
    }
}

/// goyaml's message for a message of our parser.
fn translate(info: &str) -> (GoyamlStage, &str) {
    let words = info.rsplit_once(", ").map_or(info, |(_, words)| words);
    match info {
        "while parsing a flow mapping, did not find expected ',' or '}'" => {
            (GoyamlStage::Parser, "did not find expected ',' or '}'")
        }
        "while parsing a flow sequence, expected ',' or ']'" => {
            (GoyamlStage::Parser, "did not find expected ',' or ']'")
        }
        "simple key expect ':'" | "simple key expected" => {
            (GoyamlStage::Scanner, "could not find expected ':'")
        }
        "missing explicit document end marker before directive" => {
            (GoyamlStage::Scanner, "found unknown directive name")
        }
        "misplaced bracket" | "wrongly indented line in block scalar" => {
            (GoyamlStage::Parser, KEY_EXPECTED)
        }
        "invalid content after document end marker" => (
            GoyamlStage::Parser,
            "did not find expected <document start>",
        ),
        "the handle wasn't declared" => (GoyamlStage::Parser, "found undefined tag handle"),
        // The spelling mistake is goyaml's.
        "while parsing a quoted scalar, did not find expected hexadecimal number" => (
            GoyamlStage::Scanner,
            "did not find expected hexdecimal number",
        ),
        "while parsing a block mapping, did not find expected key"
        | "while parsing a block collection, did not find expected '-' indicator"
        | "while parsing a node, did not find expected node content"
        | "did not find expected <document start>" => (GoyamlStage::Parser, words),
        _ if info.starts_with("unexpected character") || info.starts_with("tab") => (
            GoyamlStage::Scanner,
            "found character that cannot start any token",
        ),
        _ => (GoyamlStage::Scanner, words),
    }
}

#[cfg(test)]
mod tests {
    use super::super::reader::read;

    /// Broken documents and goyaml's messages. The lines were counted by libyaml itself, whose port goyaml is.
    const BROKEN: &[(&str, &str)] = &[
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
    ];

    #[test]
    fn a_quoted_text_ends_with_any_character() {
        for letter in ['a', 'ü', '한', '\n'] {
            let text = format!("\"b\n{letter}\" c");
            assert_eq!(
                super::quoted_text(&text),
                Some(format!("b\n{letter}").as_str())
            );
            // The text is broken: it is answered, whatever the last letter takes.
            assert!(read(&format!("a:\n  b: {text}\n")).is_err());
        }
    }

    #[test]
    fn a_broken_document_is_reported_as_goyaml_reports_it() {
        for (text, message) in BROKEN {
            let broken = read(text).expect_err(text);
            assert_eq!(broken.message, format!("yaml: {message}"), "{text:?}");
        }
    }
}
