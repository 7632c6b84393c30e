//! Types of scalars in YAML 1.1, as kubectl and the API server read them.
//!
//! `yes`, `on` and `y` are booleans, `010` is 8 and `1_000` is 1000; a date stays a string. That is why the label
//! `version: 1.10` is rejected and `port: 0x50` is accepted. (`sigs.k8s.io/yaml` on `go.yaml.in/yaml/v2`,
//! `resolve.go`.)

use std::borrow::Cow;

use super::tree::YamlValue;

/// Tags that determine the type of a scalar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tag {
    /// No tag, or one unknown to YAML 1.1: the type follows from the text.
    Absent,
    /// `!!str`, or a custom tag.
    Str,
    /// `!!bool`.
    Bool,
    /// `!!int`.
    Int,
    /// `!!float`.
    Float,
    /// `!!null`.
    Null,
    /// `!!binary`: base64.
    Binary,
}

impl Tag {
    /// The tag with this suffix in YAML's namespace (`tag:yaml.org,2002:`).
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

/// The value of an unquoted scalar without a tag.
pub fn plain(text: Cow<'_, str>) -> YamlValue {
    word(&text).unwrap_or_else(|| YamlValue::String(text.into()))
}

/// The value of a scalar with a tag; goyaml's message if the text does not match the tag.
pub fn with_tag(tag: Tag, text: Cow<'_, str>) -> Result<YamlValue, String> {
    let value = match tag {
        Tag::Absent => return Ok(plain(text)),
        Tag::Str => return Ok(YamlValue::String(text.into())),
        Tag::Binary => return binary(&text),
        Tag::Bool | Tag::Int | Tag::Float | Tag::Null => word(&text),
    };
    let found = match &value {
        None | Some(YamlValue::String(_) | YamlValue::Seq(_) | YamlValue::Map(_)) => Tag::Str,
        Some(YamlValue::Bool(_)) => Tag::Bool,
        Some(YamlValue::Int(_)) => Tag::Int,
        Some(YamlValue::Float(_)) => Tag::Float,
        Some(YamlValue::Null) => Tag::Null,
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

fn binary(text: &str) -> Result<YamlValue, String> {
    let packed: Vec<u8> = text
        .bytes()
        .filter(|byte| !matches!(byte, b'\r' | b'\n'))
        .collect();
    let bytes = data_encoding::BASE64.decode(&packed);
    let bytes = bytes.map_err(|_| "!!binary value contains invalid base64 data".to_owned())?;
    Ok(YamlValue::String(
        String::from_utf8_lossy(&bytes).into_owned().into(),
    ))
}

/// The value of an unquoted scalar, unless it is a string.
fn word(text: &str) -> Option<YamlValue> {
    match text.as_bytes().first() {
        None => Some(YamlValue::Null),
        Some(b'0'..=b'9' | b'+' | b'-' | b'.') => number(text),
        Some(b'y' | b'Y' | b'n' | b'N' | b't' | b'T' | b'f' | b'F' | b'o' | b'O' | b'~') => {
            name(text)
        }
        Some(_) => None,
    }
}

fn name(text: &str) -> Option<YamlValue> {
    match text {
        "y" | "Y" | "yes" | "Yes" | "YES" | "true" | "True" | "TRUE" | "on" | "On" | "ON" => {
            Some(YamlValue::Bool(true))
        }
        "n" | "N" | "no" | "No" | "NO" | "false" | "False" | "FALSE" | "off" | "Off" | "OFF" => {
            Some(YamlValue::Bool(false))
        }
        "~" | "null" | "Null" | "NULL" => Some(YamlValue::Null),
        _ => None,
    }
}

fn number(text: &str) -> Option<YamlValue> {
    match text {
        ".nan" | ".NaN" | ".NAN" => return Some(YamlValue::Float(f64::NAN)),
        ".inf" | ".Inf" | ".INF" | "+.inf" | "+.Inf" | "+.INF" => {
            return Some(YamlValue::Float(f64::INFINITY));
        }
        "-.inf" | "-.Inf" | "-.INF" => return Some(YamlValue::Float(f64::NEG_INFINITY)),
        _ => {}
    }
    let digits: Cow<'_, str> = if text.contains('_') && !text.starts_with('.') {
        text.replace('_', "").into()
    } else {
        text.into()
    };
    integer(&digits).or_else(|| is_float(&digits).then(|| float(&digits)).flatten())
}

/// An integer in Go's syntax (`strconv.ParseInt` with base 0). One that does not fit into 64 bits becomes the nearest
/// float, as in JSON.
fn integer(text: &str) -> Option<YamlValue> {
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
        Ok(whole) => Some(YamlValue::Int(whole)),
        Err(_) if negative => None,
        Err(_) => Some(YamlValue::Float(size as f64)),
    }
}

/// Whether a text is a decimal number: digits, a point, an exponent (goyaml's `yamlStyleFloat`).
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
fn float(text: &str) -> Option<YamlValue> {
    const EXACT: f64 = 9_007_199_254_740_992.0;
    let number: f64 = text
        .parse()
        .ok()
        .filter(|number: &f64| number.is_finite())?;
    Some(if number.fract() == 0.0 && number.abs() <= EXACT {
        YamlValue::Int(number as i64)
    } else {
        YamlValue::Float(number)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_what_yaml_1_1_says() {
        for (text, value) in [
            ("yes", YamlValue::Bool(true)),
            ("Off", YamlValue::Bool(false)),
            ("y", YamlValue::Bool(true)),
            ("yEs", YamlValue::String("yEs".into())),
            ("~", YamlValue::Null),
            ("", YamlValue::Null),
            ("null", YamlValue::Null),
            ("80", YamlValue::Int(80)),
            ("-1", YamlValue::Int(-1)),
            ("+7", YamlValue::Int(7)),
            ("010", YamlValue::Int(8)),
            ("08", YamlValue::Int(8)),
            ("0o17", YamlValue::Int(15)),
            ("0x1F", YamlValue::Int(31)),
            ("0b11", YamlValue::Int(3)),
            ("1_000", YamlValue::Int(1000)),
            ("1e3", YamlValue::Int(1000)),
            ("80.0", YamlValue::Int(80)),
            ("1.5", YamlValue::Float(1.5)),
            (".5", YamlValue::Float(0.5)),
            ("-.inf", YamlValue::Float(f64::NEG_INFINITY)),
            (
                "18446744073709551615",
                YamlValue::Float(18_446_744_073_709_551_615.0),
            ),
            ("1.2.3", YamlValue::String("1.2.3".into())),
            ("10.0.0.1", YamlValue::String("10.0.0.1".into())),
            ("2001-01-01", YamlValue::String("2001-01-01".into())),
            ("12:30", YamlValue::String("12:30".into())),
            ("-", YamlValue::String("-".into())),
            ("0x", YamlValue::String("0x".into())),
            ("1e", YamlValue::String("1e".into())),
        ] {
            assert_eq!(plain(text.into()), value, "{text}");
        }
    }

    #[test]
    fn a_tag_decides_or_disagrees() {
        assert_eq!(
            with_tag(Tag::Str, "1".into()),
            Ok(YamlValue::String("1".into()))
        );
        assert_eq!(with_tag(Tag::Int, "80".into()), Ok(YamlValue::Int(80)));
        assert_eq!(with_tag(Tag::Float, "80".into()), Ok(YamlValue::Int(80)));
        assert_eq!(
            with_tag(Tag::Binary, "aGk=".into()),
            Ok(YamlValue::String("hi".into()))
        );
        assert_eq!(
            with_tag(Tag::Int, "x".into()),
            Err("cannot decode !!str `x` as a !!int".into())
        );
    }
}
