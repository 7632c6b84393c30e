//! Strings as YAML scalars, quoted as kubectl quotes them (goyaml v2, libyaml's `analyze_scalar`).
//!
//! Strings that YAML 1.1 would read as another type are quoted: `"on"`, `"0777"`, `"80"`.

use super::scalar;
use super::tree::YamlValue;

/// A string as a YAML scalar on one line: plain if it reads back as the same string, else in quotes.
pub fn quoted(text: &str) -> String {
    // `<<` is YAML 1.1's merge key.
    let is_another_type = !matches!(scalar::plain(text.into()), YamlValue::String(_))
        || is_base_60(text)
        || is_time(text)
        || text == "<<";
    if text.chars().any(is_escaped) || is_another_type {
        return double_quoted(text);
    }
    if is_plain(text) {
        text.to_owned()
    } else {
        format!("'{}'", text.replace('\'', "''"))
    }
}

/// The same between brackets or braces, where a comma or a bracket ends a plain scalar.
pub fn quoted_in_flow(text: &str) -> String {
    let written = quoted(text);
    if written == text && text.contains([',', '[', ']', '{', '}']) {
        format!("'{}'", text.replace('\'', "''"))
    } else {
        written
    }
}

/// `1:30`, a base-60 number in YAML 1.1.
fn is_base_60(text: &str) -> bool {
    let Some((first, rest)) = text.trim_start_matches(['-', '+']).split_once(':') else {
        return false;
    };
    is_base_60_number(first) && rest.split(':').all(is_base_60_digit)
}

fn is_base_60_number(part: &str) -> bool {
    let mut bytes = part.bytes();
    !part.is_empty() && bytes.all(|byte| byte.is_ascii_digit() || byte == b'_')
}

/// A number below 60; the last one may have a fraction.
fn is_base_60_digit(part: &str) -> bool {
    let whole = part.split_once('.').map_or(part, |(whole, _)| whole);
    (1..=2).contains(&whole.len())
        && is_base_60_number(whole)
        && whole.parse::<u8>().is_ok_and(|number| number < 60)
}

/// `2026-01-01` and `2026-01-01T00:00:00Z`, timestamps in YAML 1.1.
fn is_time(text: &str) -> bool {
    let end = text.find(['T', 't', ' ']).unwrap_or(text.len());
    let (date, time) = text.split_at(end);
    let are_digits = |part: &str, min: usize, max: usize| {
        (min..=max).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit())
    };
    let date: Vec<&str> = date.split('-').collect();
    let is_date = matches!(date.as_slice(), [year, month, day]
        if are_digits(year, 4, 4) && are_digits(month, 1, 2) && are_digits(day, 1, 2));
    let is_clock = |time: &str| {
        time.starts_with(|c: char| c.is_ascii_digit()) && time.matches(':').count() >= 2
    };
    is_date && (time.is_empty() || time.get(1..).is_some_and(is_clock))
}

/// Whether a string needs no quotes (libyaml's `analyze_scalar`).
fn is_plain(text: &str) -> bool {
    const NEVER_FIRST: &str = "#,[]{}&*!|>'\"%@`";
    let mut letters = text.chars();
    let Some(first) = letters.next() else {
        return false;
    };
    let second_is_space = letters.next().is_none_or(char::is_whitespace);
    let is_marker = text.starts_with("---") || text.starts_with("...");
    !(NEVER_FIRST.contains(first)
        || matches!(first, '-' | '?' | ':') && second_is_space
        || is_marker
        || text.starts_with(char::is_whitespace)
        || text.ends_with(char::is_whitespace)
        || text.ends_with(':')
        || text.contains(": ")
        || text.contains(":\t")
        || text.contains(" #")
        || text.contains('\t'))
}

fn double_quoted(text: &str) -> String {
    let escaped: String = text.chars().map(escaped).collect();
    format!("\"{escaped}\"")
}

fn escaped(letter: char) -> String {
    match letter {
        '"' => "\\\"".to_owned(),
        '\\' => "\\\\".to_owned(),
        '\0' => "\\0".to_owned(),
        '\n' => "\\n".to_owned(),
        '\r' => "\\r".to_owned(),
        '\t' => "\\t".to_owned(),
        letter if !is_escaped(letter) => letter.to_string(),
        letter => match u32::from(letter) {
            code @ ..=0xff => format!("\\x{code:02X}"),
            code @ ..=0xffff => format!("\\u{code:04X}"),
            code => format!("\\U{code:08X}"),
        },
    }
}

/// Whether goyaml escapes a character: control characters, other line breaks, everything beyond the basic plane.
pub fn is_escaped(letter: char) -> bool {
    letter.is_control()
        || matches!(
            letter,
            '\u{2028}' | '\u{2029}' | '\u{fffe}' | '\u{feff}' | '\u{ffff}'..
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_string_that_yaml_would_read_as_something_else_is_quoted() {
        let rows = [
            ("kimho", "kimho"),
            ("on", "\"on\""),
            ("1.10", "\"1.10\""),
            ("1:30", "\"1:30\""),
            ("2026-01-01", "\"2026-01-01\""),
            ("", "\"\""),
            ("# no comment", "'# no comment'"),
            ("a\tb", "\"a\\tb\""),
        ];
        for (text, written) in rows {
            assert_eq!(quoted(text), written);
            assert_eq!(quoted_in_flow(text), written);
        }
    }

    #[test]
    fn a_comma_ends_a_plain_scalar_between_brackets_only() {
        let rows = [
            ("a,b", "'a,b'"),
            ("it's [1]", "'it''s [1]'"),
            ("# {a}", "'# {a}'"),
            ("a,\tb", "\"a,\\tb\""),
        ];
        for (text, written) in rows {
            assert_eq!(quoted_in_flow(text), written);
        }
        assert_eq!(quoted("a,b"), "a,b");
    }
}
