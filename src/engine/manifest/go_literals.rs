//! Types with their own decoder: quantities and times. Their messages do not name the field
//! (apimachinery `resource.ParseQuantity`, Go `time.Parse`).

use super::tree::YamlValue;

/// Checks a quantity such as `500m` or `1Gi`.
pub(super) fn check_quantity(value: &YamlValue) -> Result<(), String> {
    match value {
        YamlValue::Null | YamlValue::Int(_) | YamlValue::Float(_) => Ok(()),
        YamlValue::String(text) => check_amount(text.trim()),
        YamlValue::Bool(_) | YamlValue::Seq(_) | YamlValue::Map(_) => Err(WRONG_FORMAT.to_owned()),
    }
}

const WRONG_FORMAT: &str =
    "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'";
const WRONG_SUFFIX: &str = "unable to parse quantity's suffix";
const UNITS: &[&str] = &[
    "", "n", "u", "m", "k", "M", "G", "T", "P", "E", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei",
];

fn check_amount(text: &str) -> Result<(), String> {
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    let unit = unsigned.trim_start_matches(|digit: char| digit.is_ascii_digit());
    let unit = unit.strip_prefix('.').map_or(unit, |rest| {
        rest.trim_start_matches(|digit: char| digit.is_ascii_digit())
    });
    let number = &unsigned[..unsigned.len() - unit.len()];
    let letters = unit.trim_start_matches(|letter| "eEinumkKMGTP".contains(letter));
    let digits = letters.strip_prefix(['+', '-']).unwrap_or(letters);
    if !number.bytes().any(|byte| byte.is_ascii_digit())
        || !digits.bytes().all(|byte| byte.is_ascii_digit())
    {
        return Err(WRONG_FORMAT.to_owned());
    }
    let is_exponent =
        matches!(&unit[..unit.len() - letters.len()], "e" | "E") && !digits.is_empty();
    if is_exponent || UNITS.contains(&unit) {
        Ok(())
    } else {
        Err(WRONG_SUFFIX.to_owned())
    }
}

/// Checks an RFC 3339 time.
pub(super) fn check_time(text: &str) -> Result<(), String> {
    const LAYOUT: &str = "2006-01-02T15:04:05Z07:00";
    const PARTS: [(&str, usize, u32, u32); 6] = [
        ("2006", 4, 0, 9999),
        ("01", 2, 1, 12),
        ("02", 2, 1, 31),
        ("15", 2, 0, 23),
        ("04", 2, 0, 59),
        ("05", 2, 0, 59),
    ];
    const NAMES: [&str; 6] = ["year", "month", "day", "hour", "minute", "second"];
    const BETWEEN: [&str; 6] = ["-", "-", "T", ":", ":", ""];
    let quoted = format!("parsing time {text:?}");
    let wrong = |rest: &str, part: &str| {
        Err(format!(
            "{quoted} as {LAYOUT:?}: cannot parse {rest:?} as {part:?}"
        ))
    };
    let mut rest = text;
    for (((part, width, min, max), name), between) in PARTS.into_iter().zip(NAMES).zip(BETWEEN) {
        let Some(number) = rest
            .get(..width)
            .filter(|digits| digits.bytes().all(|byte| byte.is_ascii_digit()))
        else {
            return wrong(rest, part);
        };
        if !number
            .parse()
            .is_ok_and(|number: u32| (min..=max).contains(&number))
        {
            return Err(format!("{quoted}: {name} out of range"));
        }
        rest = &rest[width..];
        let Some(behind) = rest.strip_prefix(between) else {
            return wrong(rest, between);
        };
        rest = behind;
    }
    let fraction = rest
        .strip_prefix('.')
        .map(|digits| digits.trim_start_matches(|digit: char| digit.is_ascii_digit()));
    match fraction.unwrap_or(rest).as_bytes() {
        [b'Z'] => Ok(()),
        [b'+' | b'-', hour @ .., b':', tens, ones] if hour.len() == 2 => {
            let digits = [hour, &[*tens, *ones]].concat();
            if digits.iter().all(u8::is_ascii_digit) {
                Ok(())
            } else {
                wrong(rest, "Z07:00")
            }
        }
        [b'Z', extra @ ..] => Err(format!(
            "{quoted}: extra text: {:?}",
            String::from_utf8_lossy(extra)
        )),
        _ => wrong(rest, "Z07:00"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_numbers_with_a_unit() {
        for (text, verdict) in [
            ("500m", Ok(())),
            ("1Gi", Ok(())),
            ("0.5", Ok(())),
            ("1e3", Ok(())),
            ("512MB", Err(WRONG_FORMAT)),
            ("lots", Err(WRONG_FORMAT)),
            ("1.2.3", Err(WRONG_FORMAT)),
            ("1mi", Err(WRONG_SUFFIX)),
        ] {
            assert_eq!(check_amount(text), verdict.map_err(str::to_owned), "{text}");
        }
    }

    #[test]
    fn moments_are_rfc_3339() {
        let layout = "2006-01-02T15:04:05Z07:00";
        for (text, verdict) in [
            ("2024-01-02T03:04:05Z", Ok(())),
            ("2024-01-02T03:04:05.123+01:00", Ok(())),
            (
                "yesterday",
                Err(format!(
                    "parsing time \"yesterday\" as \"{layout}\": cannot parse \"yesterday\" as \"2006\""
                )),
            ),
            (
                "2024-01-02",
                Err(format!(
                    "parsing time \"2024-01-02\" as \"{layout}\": cannot parse \"\" as \"T\""
                )),
            ),
            (
                "2024-13-02T03:04:05Z",
                Err("parsing time \"2024-13-02T03:04:05Z\": month out of range".to_owned()),
            ),
        ] {
            assert_eq!(check_time(text), verdict, "{text}");
        }
    }
}
