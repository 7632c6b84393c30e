//! The age of objects as kubectl prints it (apimachinery `util/duration`), and the times it prints.
//!
//! There is no clock here: the moment that counts as now is an argument.

/// A moment, in seconds since 1970.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Timestamp(pub i64);

const MINUTE: i64 = 60;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;
const YEAR: i64 = 365 * DAY;

/// Go's zero time, which is how an absent one is printed where kubectl prints it at all.
const ZERO_TIME: &str = "Mon, 01 Jan 0001 00:00:00 +0000";

const WEEKDAYS: [&str; 7] = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"];
const MONTHS: [&str; 12] = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
];

/// A span of time in its two largest units, the second one only while it matters (`duration.HumanDuration`).
pub fn human_duration(seconds: i64) -> String {
    match seconds {
        ..-1 => "<invalid>".to_owned(),
        -1 => "0s".to_owned(),
        _ if seconds < 2 * MINUTE => format!("{seconds}s"),
        _ if seconds < 10 * MINUTE => two_units(seconds, (MINUTE, "m"), (1, "s")),
        _ if seconds < 3 * HOUR => format!("{}m", seconds / MINUTE),
        _ if seconds < 8 * HOUR => two_units(seconds, (HOUR, "h"), (MINUTE, "m")),
        _ if seconds < 2 * DAY => format!("{}h", seconds / HOUR),
        _ if seconds < 8 * DAY => two_units(seconds, (DAY, "d"), (HOUR, "h")),
        _ if seconds < 2 * YEAR => format!("{}d", seconds / DAY),
        _ if seconds < 8 * YEAR => two_units(seconds, (YEAR, "y"), (DAY, "d")),
        _ => format!("{}y", seconds / YEAR),
    }
}

fn two_units(
    seconds: i64,
    (large, large_name): (i64, &str),
    (small, small_name): (i64, &str),
) -> String {
    match seconds % large / small {
        0 => format!("{}{large_name}", seconds / large),
        rest => format!("{}{large_name}{rest}{small_name}", seconds / large),
    }
}

/// How long ago a recorded time was; `<unknown>` when there is none.
pub fn since(time: &str, now: Timestamp) -> String {
    match Timestamp::read(time) {
        Some(then) => human_duration(now.0 - then.0),
        None => "<unknown>".to_owned(),
    }
}

/// A recorded time as Go's `RFC1123Z` writes it.
pub fn long_date(time: &str) -> String {
    Timestamp::read(time).map_or_else(|| ZERO_TIME.to_owned(), Timestamp::long_date)
}

impl Timestamp {
    /// Reads a time of RFC 3339, its fraction of a second left out.
    pub fn read(text: &str) -> Option<Timestamp> {
        let number = |range: Range| {
            text.get(range)
                .and_then(|digits| digits.parse::<i64>().ok())
        };
        let days = days_until(number(0..4)?, number(5..7)?, number(8..10)?);
        let seconds = number(11..13)? * HOUR + number(14..16)? * MINUTE + number(17..19)?;
        Some(Timestamp(days * DAY + seconds - offset(text.get(19..)?)?))
    }

    /// The moment in RFC 3339.
    pub fn written(self) -> String {
        let (year, month, day) = self.date();
        let seconds = self.0.rem_euclid(DAY);
        format!("{year:04}-{month:02}-{day:02}T{}Z", clock(seconds))
    }

    /// As dig and date(1) write it: `Thu Jan 01 00:00:00 UTC 2026`.
    pub(crate) fn with_weekday(self) -> String {
        let (year, month, day) = self.date();
        let weekday = WEEKDAYS[self.0.div_euclid(DAY).rem_euclid(7) as usize];
        let month = MONTHS[month as usize - 1];
        let time = clock(self.0.rem_euclid(DAY));
        format!("{weekday} {month} {day:02} {time} UTC {year}")
    }

    fn long_date(self) -> String {
        let (year, month, day) = self.date();
        let weekday = WEEKDAYS[self.0.div_euclid(DAY).rem_euclid(7) as usize];
        let month = MONTHS[month as usize - 1];
        format!(
            "{weekday}, {day:02} {month} {year:04} {} +0000",
            clock(self.0.rem_euclid(DAY))
        )
    }

    /// Year, month and day of the Gregorian calendar, by eras of 400 years that begin in March.
    fn date(self) -> (i64, i64, i64) {
        let days = self.0.div_euclid(DAY) + DAYS_BEFORE_1970;
        let (era, of_era) = (days.div_euclid(ERA), days.rem_euclid(ERA));
        let year = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146_096) / 365;
        let of_year = of_era - (365 * year + year / 4 - year / 100);
        let month = (5 * of_year + 2) / 153;
        let day = of_year - (153 * month + 2) / 5 + 1;
        let (month, next) = if month < 10 {
            (month + 3, 0)
        } else {
            (month - 9, 1)
        };
        (era * 400 + year + next, month, day)
    }
}

type Range = std::ops::Range<usize>;

/// Days in 400 years.
const ERA: i64 = 146_097;

/// From the first of March of the year 0 to 1970.
const DAYS_BEFORE_1970: i64 = 719_468;

fn days_until(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let (era, of_era) = (year.div_euclid(400), year.rem_euclid(400));
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * ERA + of_era * 365 + of_era / 4 - of_era / 100 + of_year - DAYS_BEFORE_1970
}

/// The seconds that the zone is ahead of UTC, from what follows the seconds of a time.
fn offset(text: &str) -> Option<i64> {
    let zone = text.trim_start_matches(|c: char| c == '.' || c.is_ascii_digit());
    if zone == "Z" {
        return Some(0);
    }
    let sign = match zone.get(..1)? {
        "+" => 1,
        "-" => -1,
        _ => return None,
    };
    let number = |range: Range| {
        zone.get(range)
            .and_then(|digits| digits.parse::<i64>().ok())
    };
    Some(sign * (number(1..3)? * HOUR + number(4..6)? * MINUTE))
}

fn clock(seconds: i64) -> String {
    format!(
        "{:02}:{:02}:{:02}",
        seconds / HOUR,
        seconds % HOUR / MINUTE,
        seconds % MINUTE
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_second_unit_is_left_out_when_it_no_longer_matters() {
        let said = [
            (0, "0s"),
            (119, "119s"),
            (121, "2m1s"),
            (180, "3m"),
            (10_799, "179m"),
            (10_860, "3h1m"),
        ];
        let longer = [
            (172_799, "47h"),
            (180_000, "2d2h"),
            (691_200, "8d"),
            (63_072_000 + 86_400, "2y1d"),
        ];
        for (seconds, words) in said.into_iter().chain(longer) {
            assert_eq!(human_duration(seconds), words);
        }
    }

    #[test]
    fn a_time_reads_back_what_it_writes() {
        for text in [
            "2026-11-23T01:32:34Z",
            "1969-12-31T23:59:59Z",
            "2000-02-29T00:00:00Z",
            "0001-01-01T00:00:00Z",
        ] {
            assert_eq!(
                Timestamp::read(text).map(Timestamp::written).as_deref(),
                Some(text)
            );
        }
    }

    #[test]
    fn zones_and_fractions_are_understood() {
        assert_eq!(
            Timestamp::read("1970-01-01T01:00:00.5+01:00"),
            Some(Timestamp(0))
        );
        assert_eq!(Timestamp::read("yesterday"), None);
    }

    #[test]
    fn dates_print_as_go_prints_them() {
        assert_eq!(
            long_date("2026-11-22T22:33:00Z"),
            "Sun, 22 Nov 2026 22:33:00 +0000"
        );
        assert_eq!(long_date(""), ZERO_TIME);
    }
}
