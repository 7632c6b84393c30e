//! When a CronJob runs: five fields as cron has them, or a word such as `@daily` (robfig/cron v3 `parser.go`, whose
//! words the server prints), and in which time zone (`validateScheduleFormat`, `validateTimeZone`).

use crate::apiserver::errors::{ApiError, invalid};
use crate::apiserver::field::Field;
use crate::syntax::quote;

/// A field of a schedule: the least and the greatest number, and names for them from the least on.
type Bounds = (u32, u32, &'static [&'static str]);

const FIELDS: [Bounds; 5] = [
    (0, 59, &[]),
    (0, 23, &[]),
    (1, 31, &[]),
    (
        1,
        12,
        &[
            "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
        ],
    ),
    (0, 6, &["sun", "mon", "tue", "wed", "thu", "fri", "sat"]),
];

const WORDS: [&str; 7] = [
    "@yearly",
    "@annually",
    "@monthly",
    "@weekly",
    "@daily",
    "@midnight",
    "@hourly",
];

/// What is wrong with a schedule that is written.
pub(super) fn errors(schedule: &Field) -> Vec<ApiError> {
    let text = schedule.text();
    let wrong = |detail: String| invalid(&schedule.path, quote(text), detail);
    let mut errors: Vec<ApiError> = parse(text).err().map(wrong).into_iter().collect();
    if text.contains("TZ") {
        errors.push(wrong(
            "cannot use TZ or CRON_TZ in schedule, use timeZone field instead".to_owned(),
        ));
    }
    errors
}

/// What is wrong with a time zone. Whether there is one of that name is left to the server, which has the list.
pub(super) fn time_zone(zone: &Field) -> Vec<ApiError> {
    let text = zone.text();
    let is_name = |part: &str| {
        let inside = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-' | '+');
        !matches!(part, "." | ".." | "") && !part.starts_with('-') && part.chars().all(inside)
    };
    let detail = match text {
        _ if !zone.is_set() => return Vec::new(),
        "" => "timeZone must be nil or non-empty string".to_owned(),
        _ if !text.split('/').all(is_name) => format!("unknown time zone {text}"),
        _ if text.eq_ignore_ascii_case("local") => {
            "timeZone must be an explicit time zone as defined in https://www.iana.org/time-zones"
                .to_owned()
        }
        _ => return Vec::new(),
    };
    vec![invalid(&zone.path, quote(text), detail)]
}

fn parse(schedule: &str) -> Result<(), String> {
    let zones = ["TZ=", "CRON_TZ="];
    let schedule = match schedule.split_once(' ') {
        Some((zone, rest)) if zones.iter().any(|start| zone.starts_with(start)) => rest.trim(),
        Some(_) | None => schedule,
    };
    if schedule.starts_with('@') {
        return descriptor(schedule);
    }
    let fields: Vec<&str> = schedule.split_whitespace().collect();
    if fields.len() != FIELDS.len() {
        return Err(format!(
            "expected exactly 5 fields, found {}: [{}]",
            fields.len(),
            fields.join(" ")
        ));
    }
    let parts = fields
        .iter()
        .zip(FIELDS)
        .flat_map(|(field, bounds)| field.split(',').map(move |part| (part, bounds)));
    parts
        .filter(|(part, _)| !part.is_empty())
        .try_for_each(|(part, bounds)| range(part, bounds))
}

/// `@daily`, `@every 1h30m`.
fn descriptor(schedule: &str) -> Result<(), String> {
    match schedule.strip_prefix("@every ") {
        Some(time) => duration(time)
            .map_err(|why| format!("failed to parse duration {schedule}: time: {why}")),
        None if WORDS.contains(&schedule) => Ok(()),
        None => Err(format!("unrecognized descriptor: {schedule}")),
    }
}

/// A time as Go reads it (`time.ParseDuration`): numbers, each with a unit.
fn duration(time: &str) -> Result<(), String> {
    const UNITS: [&str; 8] = ["ns", "us", "µs", "μs", "ms", "s", "m", "h"];
    let wrong = || format!("invalid duration {}", quote(time));
    let is_number = |c: char| c.is_ascii_digit() || c == '.';
    let mut rest = time.strip_prefix(['-', '+']).unwrap_or(time);
    if rest == "0" {
        return Ok(());
    }
    if rest.is_empty() {
        return Err(wrong());
    }
    while !rest.is_empty() {
        let end = rest.find(|c: char| !is_number(c)).unwrap_or(rest.len());
        let (number, after) = rest.split_at(end);
        let dots = number.matches('.').count();
        if number.len() == dots {
            return Err(wrong());
        }
        let end = after.find(is_number).unwrap_or(after.len());
        let (unit, next) = after.split_at(end);
        if unit.is_empty() || dots > 1 {
            return Err(format!("missing unit in duration {}", quote(time)));
        }
        if !UNITS.contains(&unit) {
            let (unit, time) = (quote(unit), quote(time));
            return Err(format!("unknown unit {unit} in duration {time}"));
        }
        rest = next;
    }
    Ok(())
}

/// `5`, `1-5`, `*/2`, `mon-fri`.
fn range(text: &str, (least, most, names): Bounds) -> Result<(), String> {
    let (steps, numbers): (Vec<&str>, Vec<&str>) = {
        let steps: Vec<&str> = text.split('/').collect();
        let numbers = steps
            .first()
            .copied()
            .unwrap_or_default()
            .split('-')
            .collect();
        (steps, numbers)
    };
    let named = |text: &str| {
        names
            .iter()
            .position(|name| text.eq_ignore_ascii_case(name))
            .map(|place| place as u32)
    };
    let read = |text: &str| named(text).map_or_else(|| number(text), |place| Ok(least + place));
    let (start, mut end) = match numbers.as_slice() {
        ["*" | "?", ..] => (least, most),
        [one] => (read(one)?, read(one)?),
        [first, last] => (read(first)?, read(last)?),
        _ => return Err(format!("too many hyphens: {text}")),
    };
    let step = match steps.as_slice() {
        [_] => 1,
        [_, step] => {
            let step = number(step)?;
            end = if numbers.len() == 1 { most } else { end };
            step
        }
        _ => return Err(format!("too many slashes: {text}")),
    };
    match () {
        () if start < least => Err(format!(
            "beginning of range ({start}) below minimum ({least}): {text}"
        )),
        () if end > most => Err(format!(
            "end of range ({end}) above maximum ({most}): {text}"
        )),
        () if start > end => Err(format!(
            "beginning of range ({start}) beyond end of range ({end}): {text}"
        )),
        () if step == 0 => Err(format!("step of range should be a positive number: {text}")),
        () => Ok(()),
    }
}

fn number(text: &str) -> Result<u32, String> {
    let reason = |why: &str| {
        format!(
            "failed to parse int from {text}: strconv.Atoi: parsing {}: {why}",
            quote(text)
        )
    };
    match text.parse::<i64>() {
        Ok(number @ ..0) => Err(format!("negative number ({number}) not allowed: {text}")),
        Ok(number) => u32::try_from(number).map_err(|_| reason("value out of range")),
        Err(_) => Err(reason("invalid syntax")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::apiserver::testing::node;

    #[test]
    fn a_schedule_is_refused_in_the_words_of_its_parser() {
        for (schedule, said) in [
            ("*/5 0-6,12 1 jan MON-FRI", ""),
            ("@hourly", ""),
            ("@every 1h", ""),
            ("@fortnightly", "unrecognized descriptor: @fortnightly"),
            ("@every 1h30m.5s", ""),
            (
                "@every 5",
                r#"failed to parse duration @every 5: time: missing unit in duration "5""#,
            ),
            (
                "@every 1d",
                r#"failed to parse duration @every 1d: time: unknown unit "d" in duration "1d""#,
            ),
            (
                "@every day",
                r#"failed to parse duration @every day: time: invalid duration "day""#,
            ),
            ("* * * *", "expected exactly 5 fields, found 4: [* * * *]"),
            ("60 * * * *", "end of range (60) above maximum (59): 60"),
            ("* * 0 * *", "beginning of range (0) below minimum (1): 0"),
            (
                "5-1 * * * *",
                "beginning of range (5) beyond end of range (1): 5-1",
            ),
            (
                "*/0 * * * *",
                "step of range should be a positive number: */0",
            ),
            ("1-2-3 * * * *", "too many hyphens: 1-2-3"),
            ("1/2/3 * * * *", "too many slashes: 1/2/3"),
            (
                "a * * * *",
                r#"failed to parse int from a: strconv.Atoi: parsing "a": invalid syntax"#,
            ),
        ] {
            assert_eq!(
                parse(schedule).err().unwrap_or_default(),
                said,
                "{schedule}"
            );
        }
    }

    #[test]
    fn a_time_zone_is_named_beside_the_schedule() {
        let job = node(r#"{"schedule":"TZ=UTC * * * * *","timeZone":"Local"}"#);
        let detail = |errors: Vec<ApiError>| errors[0].detail.clone();
        assert!(detail(errors(&Field::root(&job).child("schedule"))).starts_with("cannot use TZ"));
        assert!(
            detail(time_zone(&Field::root(&job).child("timeZone")))
                .starts_with("timeZone must be an explicit")
        );
    }
}
