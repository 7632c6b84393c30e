//! Values in error messages: strings as Go's `%q` quotes them, lists as Go's JSON.

use std::fmt::Write;

/// A string in double quotes (`strconv.Quote`).
pub fn quote(text: &str) -> String {
    let mut quoted = String::from("\"");
    for c in text.chars() {
        push_escaped(&mut quoted, c);
    }
    quoted.push('"');
    quoted
}

/// A list of strings as Go's `json.Marshal` writes it, which escapes `<`, `>` and `&`.
pub fn json_list(values: &[String]) -> String {
    let json = serde_json::Value::from(values).to_string();
    [('<', r"\u003c"), ('>', r"\u003e"), ('&', r"\u0026")]
        .iter()
        .fold(json, |json, &(c, escape)| json.replace(c, escape))
}

fn push_escaped(quoted: &mut String, c: char) {
    match c {
        '"' => quoted.push_str("\\\""),
        '\\' => quoted.push_str("\\\\"),
        '\u{7}' => quoted.push_str("\\a"),
        '\u{8}' => quoted.push_str("\\b"),
        '\u{c}' => quoted.push_str("\\f"),
        '\n' => quoted.push_str("\\n"),
        '\r' => quoted.push_str("\\r"),
        '\t' => quoted.push_str("\\t"),
        '\u{b}' => quoted.push_str("\\v"),
        c if is_printable(c) => quoted.push(c),
        c => push_code(quoted, c),
    }
}

/// Appends a numeric escape. Writing to a `String` cannot fail.
fn push_code(quoted: &mut String, c: char) {
    let code = u32::from(c);
    let _ = match code {
        0..=0x7f => write!(quoted, "\\x{code:02x}"),
        0x80..=0xffff => write!(quoted, "\\u{code:04x}"),
        _ => write!(quoted, "\\U{code:08x}"),
    };
}

/// `strconv.IsPrint`, approximately: excludes control characters, spaces other than U+0020, and invisible marks.
fn is_printable(c: char) -> bool {
    let is_mark = matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}');
    let is_private = matches!(c, '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..);
    c == ' ' || !(c.is_control() || c.is_whitespace() || is_mark || is_private)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_quoted_as_go_quotes_them() {
        assert_eq!(
            quote("a\"b\\c\n\u{1}가\u{a0}"),
            r#""a\"b\\c\n\x01가\u00a0""#
        );
    }

    #[test]
    fn lists_are_written_as_go_writes_json() {
        assert_eq!(
            json_list(&["a<b".to_owned(), String::new()]),
            r#"["a\u003cb",""]"#
        );
    }
}
