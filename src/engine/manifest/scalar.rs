//! What a plain word means: YAML 1.1, as a cluster reads it.
//!
//! `yes`, `on` and `y` are booleans, `010` is eight and `1_000` is a thousand; a date stays text. This is why
//! `version: 1.10` as a label is refused and `port: 0x50` is accepted. (`sigs.k8s.io/yaml` over `go.yaml.in/yaml/v2`,
//! `resolve.go`.)

use std::borrow::Cow;

use super::tree::Value;

/// The tags that change what a scalar is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tag {
    /// None, or one that YAML 1.1 does not know: a word is what it looks like.
    Absent,
    /// `!!str`, or a tag of somebody's own.
    Str,
    /// `!!bool`.
    Bool,
    /// `!!int`.
    Int,
    /// `!!float`.
    Float,
    /// `!!null`.
    Null,
    /// `!!binary`: base64 of the text.
    Binary,
}

impl Tag {
    /// The tag with this suffix in YAML's own namespace.
    pub fn of_suffix(suffix: &str) -> Tag {
        match suffix {
            "bool" => Tag::Bool,
            "int" => Tag::Int,
            "float" => Tag::Float,
            "null" => Tag::Null,
            "binary" => Tag::Binary,
            "timestamp" => Tag::Absent,
            _ => Tag::Str,
        }
    }

    fn short(self) -> &'static str {
        match self {
            Tag::Absent | Tag::Str => "!!str",
            Tag::Bool => "!!bool",
            Tag::Int => "!!int",
            Tag::Float => "!!float",
            Tag::Null => "!!null",
            Tag::Binary => "!!binary",
        }
    }
}

/// The value of an unquoted word without a tag.
pub fn plain(text: Cow<'_, str>) -> Value {
    word(&text).unwrap_or_else(|| Value::String(text.into()))
}

/// The value of a scalar with a tag, or what goyaml says when the tag and the text do not agree.
pub fn tagged(tag: Tag, text: Cow<'_, str>) -> Result<Value, String> {
    let value = match tag {
        Tag::Absent => return Ok(plain(text)),
        Tag::Str => return Ok(Value::String(text.into())),
        Tag::Binary => return binary(&text),
        Tag::Bool | Tag::Int | Tag::Float | Tag::Null => word(&text),
    };
    let found = match &value {
        None | Some(Value::String(_) | Value::Seq(_) | Value::Map(_)) => Tag::Str,
        Some(Value::Bool(_)) => Tag::Bool,
        Some(Value::Int(_)) => Tag::Int,
        Some(Value::Float(_)) => Tag::Float,
        Some(Value::Null) => Tag::Null,
    };
    match value {
        Some(value) if found == tag || (found, tag) == (Tag::Int, Tag::Float) => Ok(value),
        Some(_) | None => Err(format!(
            "cannot decode {} `{text}` as a {}",
            found.short(),
            tag.short()
        )),
    }
}

fn binary(text: &str) -> Result<Value, String> {
    let packed: Vec<u8> = text
        .bytes()
        .filter(|byte| !matches!(byte, b'\r' | b'\n'))
        .collect();
    let bytes = data_encoding::BASE64.decode(&packed);
    let bytes = bytes.map_err(|_| "!!binary value contains invalid base64 data".to_owned())?;
    Ok(Value::String(
        String::from_utf8_lossy(&bytes).into_owned().into(),
    ))
}

/// What a word is, when it is not simply text.
fn word(text: &str) -> Option<Value> {
    match text.as_bytes().first() {
        None => Some(Value::Null),
        Some(b'0'..=b'9' | b'+' | b'-' | b'.') => number(text),
        Some(b'y' | b'Y' | b'n' | b'N' | b't' | b'T' | b'f' | b'F' | b'o' | b'O' | b'~') => {
            name(text)
        }
        Some(_) => None,
    }
}

fn name(text: &str) -> Option<Value> {
    match text {
        "y" | "Y" | "yes" | "Yes" | "YES" | "true" | "True" | "TRUE" | "on" | "On" | "ON" => {
            Some(Value::Bool(true))
        }
        "n" | "N" | "no" | "No" | "NO" | "false" | "False" | "FALSE" | "off" | "Off" | "OFF" => {
            Some(Value::Bool(false))
        }
        "~" | "null" | "Null" | "NULL" => Some(Value::Null),
        _ => None,
    }
}

fn number(text: &str) -> Option<Value> {
    match text {
        ".nan" | ".NaN" | ".NAN" => return Some(Value::Float(f64::NAN)),
        ".inf" | ".Inf" | ".INF" | "+.inf" | "+.Inf" | "+.INF" => {
            return Some(Value::Float(f64::INFINITY));
        }
        "-.inf" | "-.Inf" | "-.INF" => return Some(Value::Float(f64::NEG_INFINITY)),
        _ => {}
    }
    let digits: Cow<'_, str> = match text.contains('_') && !text.starts_with('.') {
        true => text.replace('_', "").into(),
        false => text.into(),
    };
    integer(&digits).or_else(|| is_float(&digits).then(|| float(&digits)).flatten())
}

/// A whole number in Go's spellings (`strconv.ParseInt` with base 0). One that does not fit 64 bits with a sign is kept
/// as the nearest float, as JSON of that size is.
fn integer(text: &str) -> Option<Value> {
    let (negative, digits) = match text.as_bytes().first()? {
        b'-' => (true, &text[1..]),
        b'+' => (false, &text[1..]),
        _ => (false, text),
    };
    let (base, digits) = match digits.as_bytes() {
        [b'0', b'x' | b'X', ..] => (16, &digits[2..]),
        [b'0', b'o' | b'O', ..] => (8, &digits[2..]),
        [b'0', b'b' | b'B', ..] => (2, &digits[2..]),
        [b'0', _, ..] => (8, &digits[1..]),
        _ => (10, digits),
    };
    if digits.starts_with(['+', '-']) {
        return None;
    }
    let size = u64::from_str_radix(digits, base).ok()?;
    let number = if negative {
        -i128::from(size)
    } else {
        i128::from(size)
    };
    match i64::try_from(number) {
        Ok(whole) => Some(Value::Int(whole)),
        Err(_) if negative => None,
        Err(_) => Some(Value::Float(size as f64)),
    }
}

/// Whether it is a decimal number: digits, a point, an exponent (goyaml's `yamlStyleFloat`).
fn is_float(text: &str) -> bool {
    let text = text.strip_prefix(['+', '-']).unwrap_or(text);
    let (mantissa, exponent) = match text.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (
            mantissa,
            Some(exponent.strip_prefix(['+', '-']).unwrap_or(exponent)),
        ),
        None => (text, None),
    };
    let are_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    are_digits(whole)
        && are_digits(fraction)
        && !(whole.is_empty() && fraction.is_empty())
        && exponent.is_none_or(|exponent| !exponent.is_empty() && are_digits(exponent))
}

/// A decimal number as JSON keeps it: one without a fraction is a whole number, so `80.0` is a port.
fn float(text: &str) -> Option<Value> {
    const EXACT: f64 = 9_007_199_254_740_992.0;
    let number: f64 = text
        .parse()
        .ok()
        .filter(|number: &f64| number.is_finite())?;
    Some(match number.fract() == 0.0 && number.abs() <= EXACT {
        true => Value::Int(number as i64),
        false => Value::Float(number),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_what_yaml_1_1_says() {
        for (text, value) in [
            ("yes", Value::Bool(true)),
            ("Off", Value::Bool(false)),
            ("y", Value::Bool(true)),
            ("yEs", Value::String("yEs".into())),
            ("~", Value::Null),
            ("", Value::Null),
            ("null", Value::Null),
            ("80", Value::Int(80)),
            ("-1", Value::Int(-1)),
            ("+7", Value::Int(7)),
            ("010", Value::Int(8)),
            ("08", Value::Int(8)),
            ("0o17", Value::Int(15)),
            ("0x1F", Value::Int(31)),
            ("0b11", Value::Int(3)),
            ("1_000", Value::Int(1000)),
            ("1e3", Value::Int(1000)),
            ("80.0", Value::Int(80)),
            ("1.5", Value::Float(1.5)),
            (".5", Value::Float(0.5)),
            ("-.inf", Value::Float(f64::NEG_INFINITY)),
            (
                "18446744073709551615",
                Value::Float(18_446_744_073_709_551_615.0),
            ),
            ("1.2.3", Value::String("1.2.3".into())),
            ("10.0.0.1", Value::String("10.0.0.1".into())),
            ("2001-01-01", Value::String("2001-01-01".into())),
            ("12:30", Value::String("12:30".into())),
            ("-", Value::String("-".into())),
            ("0x", Value::String("0x".into())),
            ("1e", Value::String("1e".into())),
        ] {
            assert_eq!(plain(text.into()), value, "{text}");
        }
    }

    #[test]
    fn a_tag_decides_or_disagrees() {
        assert_eq!(tagged(Tag::Str, "1".into()), Ok(Value::String("1".into())));
        assert_eq!(tagged(Tag::Int, "80".into()), Ok(Value::Int(80)));
        assert_eq!(tagged(Tag::Float, "80".into()), Ok(Value::Int(80)));
        assert_eq!(
            tagged(Tag::Binary, "aGk=".into()),
            Ok(Value::String("hi".into()))
        );
        assert_eq!(
            tagged(Tag::Int, "x".into()),
            Err("cannot decode !!str `x` as a !!int".into())
        );
    }
}
