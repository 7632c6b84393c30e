//! What kubectl says about a document that is not YAML: goyaml's words and goyaml's line numbers.
//!
//! goyaml counts lines from nought and adds one only for errors of its scanner, so an error of its parser is reported on
//! the line before the one where it is. (`go.yaml.in/yaml/v2` `decode.go` `parser.fail`.)

use saphyr_parser::ScanError;

use super::place::Places;
use super::tree::{Node, Value};
use crate::engine::diagnostic::{Position, Span};

/// Why a document could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Broken {
    /// Where, in the document.
    pub span: Span,
    /// What kubectl prints behind `error converting YAML to JSON: `.
    pub message: String,
}

impl Broken {
    /// What is wrong at `span`.
    pub fn new(span: Span, message: impl Into<String>) -> Broken {
        Broken { span, message: message.into() }
    }
}

/// What is said of a document with more values than are read.
pub const TOO_MANY_VALUES: &str = "yaml: document contains too many values";

/// A mapping without a key for its value.
pub const NULL_KEY: &str = "unsupported map key of type: %!s(<nil>), key: <nil>, value: <nil>";

/// A document nested deeper than is read.
pub fn too_deep(span: Span) -> Broken {
    Broken::new(span, format!("yaml: line {}: exceeded max depth of {}", span.start.line, super::reader::MAX_DEPTH))
}

/// Refuses characters that no YAML text may hold.
pub fn check_characters(text: &str) -> Result<(), Broken> {
    let illegal = |character: char| match character {
        '\t' | '\n' | '\r' | '\u{85}' => false,
        '\0'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}' => true,
        _ => false,
    };
    let suspicious = |byte: u8| byte < b' ' && !matches!(byte, b'\t' | b'\n' | b'\r') || byte >= 0x7f;
    let Some(place) = text.bytes().position(suspicious).and_then(|_| text.find(illegal)) else { return Ok(()) };
    let before = &text[..place];
    let line = before.matches('\n').count() as u32 + 1;
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count() as u32 + 1;
    let start = Position { line, column, offset: place as u32 };
    Err(Broken::new(Span { start, end: start }, "yaml: control characters are not allowed"))
}

/// Which half of goyaml notices an error: it decides the line number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Half {
    Scanner,
    Parser,
}

/// goyaml's words for the parser's error.
pub fn of_scanner(error: &ScanError, text: &str) -> Broken {
    let start = Places::new(text).position(*error.marker());
    if error.info() == "recursion limit exceeded" {
        return too_deep(Span { start, end: start });
    }
    let (half, words) = translated(error.info());
    let line = match half {
        Half::Scanner if start.line > 1 => start.line,
        Half::Scanner => 0,
        Half::Parser => start.line - 1,
    };
    let place = if line == 0 { String::new() } else { format!("line {line}: ") };
    Broken::new(Span { start, end: start }, format!("yaml: {place}{words}"))
}

/// Our parser's words for an error, and goyaml's.
fn translated(info: &str) -> (Half, &str) {
    let words = info.rsplit_once(", ").map_or(info, |(_, words)| words);
    match info {
        "while parsing a flow mapping, did not find expected ',' or '}'" => {
            (Half::Parser, "did not find expected ',' or '}'")
        }
        "while parsing a flow sequence, expected ',' or ']'" => (Half::Parser, "did not find expected ',' or ']'"),
        "simple key expect ':'" | "simple key expected" => (Half::Scanner, "could not find expected ':'"),
        "misplaced bracket"
        | "wrongly indented line in block scalar"
        | "invalid trailing content after double-quoted scalar" => (Half::Parser, "did not find expected key"),
        _ if info.starts_with("while parsing a") => (Half::Parser, words),
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
pub fn go_syntax(node: &Node) -> String {
    match &node.value {
        Value::Null => "interface {}(nil)".to_owned(),
        Value::Bool(value) => value.to_string(),
        Value::Int(number) => number.to_string(),
        Value::Float(number) => go_float(*number),
        Value::String(text) => format!("{text:?}"),
        Value::Seq(items) => {
            format!("[]interface {{}}{{{}}}", items.iter().map(go_syntax).collect::<Vec<_>>().join(", "))
        }
        Value::Map(entries) => {
            let mut pairs: Vec<String> =
                entries.iter().map(|entry| format!("{:?}:{}", entry.key, go_syntax(&entry.value))).collect();
            pairs.sort();
            format!("map[interface {{}}]interface {{}}{{{}}}", pairs.join(", "))
        }
    }
}
