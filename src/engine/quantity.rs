//! Quantities of CPU, memory and other resources (apimachinery `pkg/api/resource`).
//!
//! `0.5`, `500m` and `5e-1` are the same quantity; the server stores the smallest integer with a suffix of the format that
//! was written. Quantities are held in billionths, the server's smallest unit.

use std::cmp::Ordering;
use std::fmt;

/// A quantity and the format it was written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Quantity {
    billionths: i128,
    form: Form,
}

/// Which suffixes a quantity is printed with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
enum Form {
    /// `m`, `k`, `M`, …
    #[default]
    Decimal,
    /// `Ki`, `Mi`, …
    Binary,
    /// `e3`, `e6`, …
    Exponent,
}

/// One, in billionths.
const ONE: i128 = 1_000_000_000;

const DECIMAL: [(&str, i128); 10] = [
    ("E", ONE * 1_000_000_000_000_000_000),
    ("P", ONE * 1_000_000_000_000_000),
    ("T", ONE * 1_000_000_000_000),
    ("G", ONE * 1_000_000_000),
    ("M", ONE * 1_000_000),
    ("k", ONE * 1_000),
    ("", ONE),
    ("m", ONE / 1_000),
    ("u", ONE / 1_000_000),
    ("n", 1),
];

const BINARY: [(&str, i128); 7] = [
    ("Ei", ONE << 60),
    ("Pi", ONE << 50),
    ("Ti", ONE << 40),
    ("Gi", ONE << 30),
    ("Mi", ONE << 20),
    ("Ki", ONE << 10),
    ("", ONE),
];

const EXPONENT: [(&str, i128); 10] = [
    ("e18", ONE * 1_000_000_000_000_000_000),
    ("e15", ONE * 1_000_000_000_000_000),
    ("e12", ONE * 1_000_000_000_000),
    ("e9", ONE * 1_000_000_000),
    ("e6", ONE * 1_000_000),
    ("e3", ONE * 1_000),
    ("", ONE),
    ("e-3", ONE / 1_000),
    ("e-6", ONE / 1_000_000),
    ("e-9", 1),
];

impl Quantity {
    /// Parses a quantity. Fractions of a billionth are rounded away from zero.
    pub fn read(text: &str) -> Option<Quantity> {
        let (sign, unsigned) = match text.strip_prefix('-') {
            Some(rest) => (-1, rest),
            None => (1, text.strip_prefix('+').unwrap_or(text)),
        };
        let end = unsigned
            .find(|c: char| !c.is_ascii_digit() && c != '.')
            .unwrap_or(unsigned.len());
        let (number, suffix) = unsigned.split_at(end);
        let (form, unit, decimals) = unit(suffix)?;
        let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
        let digits = [whole, fraction].concat();
        let decimals = decimals + u32::try_from(fraction.len()).ok()?;
        let product = digits.parse::<i128>().ok()?.checked_mul(unit)?;
        let parts = 10_i128.checked_pow(decimals)?;
        let billionths = product / parts + i128::from(product % parts != 0);
        Some(Quantity {
            billionths: sign * billionths,
            form,
        })
    }

    /// Divides by a part, rounding up. A part of zero counts as 1.
    pub fn count_of(self, part: Quantity) -> i128 {
        match part.billionths {
            0 => self.count_of(Quantity {
                billionths: ONE,
                form: Form::Decimal,
            }),
            part => self.billionths / part + i128::from(self.billionths % part > 0),
        }
    }

    /// The quantity as a number, as exact as one can be.
    pub fn as_number(self) -> f64 {
        self.billionths as f64 / ONE as f64
    }

    /// What is left of the quantity without another one.
    pub fn less(self, other: Quantity) -> Quantity {
        Quantity {
            billionths: self.billionths.saturating_sub(other.billionths),
            form: self.form,
        }
    }

    /// Whether the quantity is below zero.
    pub fn is_negative(self) -> bool {
        self.billionths < 0
    }

    /// Whether the quantity is an integer.
    pub fn is_whole(self) -> bool {
        self.billionths % ONE == 0
    }

    /// Whether it is a whole number of parts of a whole, positive size; fractions of one are rounded up first.
    pub fn is_multiple_of(self, part: Quantity) -> bool {
        part.billionths > 0 && part.is_whole() && self.value() % part.value() == 0
    }

    /// The quantity in whole thousandths, rounded away from zero (`Quantity.RoundUp` with `resource.Milli`).
    pub fn in_thousandths(self) -> Quantity {
        const THOUSANDTH: i128 = ONE / 1_000;
        let rest = self.billionths % THOUSANDTH;
        let up = match rest {
            0 => 0,
            _ => THOUSANDTH * rest.signum(),
        };
        Quantity {
            billionths: (self.billionths - rest).saturating_add(up),
            form: self.form,
        }
    }

    /// Adds a quantity. Zero takes the format of what is added.
    pub fn add(&mut self, other: Quantity) {
        if self.billionths == 0 {
            self.form = other.form;
        }
        self.billionths = self.billionths.saturating_add(other.billionths);
    }

    /// Raises the quantity to another one, if that is larger.
    pub fn at_least(&mut self, other: Quantity) {
        if other > *self {
            *self = other;
        }
    }
}

/// A suffix's format, its unit in billionths, and the number of decimal places that it shifts the number by.
fn unit(suffix: &str) -> Option<(Form, i128, u32)> {
    let named = |units: &[(&str, i128)]| {
        units
            .iter()
            .find(|(name, _)| *name == suffix)
            .map(|(_, unit)| *unit)
    };
    if let Some(unit) = named(&DECIMAL) {
        return Some((Form::Decimal, unit, 0));
    }
    if let Some(unit) = named(&BINARY) {
        return Some((Form::Binary, unit, 0));
    }
    let exponent: i32 = suffix.strip_prefix(['e', 'E'])?.parse().ok()?;
    match u32::try_from(exponent) {
        Ok(zeros) => Some((
            Form::Exponent,
            ONE.checked_mul(10_i128.checked_pow(zeros)?)?,
            0,
        )),
        Err(_) => Some((Form::Exponent, ONE, exponent.unsigned_abs())),
    }
}

impl PartialOrd for Quantity {
    fn partial_cmp(&self, other: &Quantity) -> Option<Ordering> {
        self.billionths.partial_cmp(&other.billionths)
    }
}

/// Prints an integer in the largest possible unit. Binary quantities below 1024 are printed without a suffix.
impl fmt::Display for Quantity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let is_small = self.billionths.abs() < 1024 * ONE;
        let (units, amount): (&[(&str, i128)], i128) = match self.form {
            Form::Binary if !is_small => (&BINARY, self.value() * ONE),
            Form::Exponent => (&EXPONENT, self.billionths),
            Form::Binary | Form::Decimal => (&DECIMAL, self.billionths),
        };
        let fits = |(_, unit): &&(&str, i128)| amount != 0 && amount % unit == 0;
        match units.iter().find(fits) {
            Some((name, unit)) => write!(f, "{}{name}", amount / unit),
            None => f.write_str("0"),
        }
    }
}

impl Quantity {
    /// The quantity as an integer, rounded away from zero (`Value`).
    pub fn value(self) -> i128 {
        self.billionths / ONE + (self.billionths % ONE).signum()
    }

    /// The quantity in thousandths, rounded away from zero (`MilliValue`).
    pub fn milli_value(self) -> i128 {
        const MILLI: i128 = ONE / 1_000;
        self.billionths / MILLI + (self.billionths % MILLI).signum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(text: &str) -> String {
        Quantity::read(text)
            .map(|amount| amount.to_string())
            .unwrap_or_default()
    }

    #[test]
    fn a_quantity_is_an_integer_in_the_largest_possible_unit() {
        for (text, stored) in [
            ("0.5", "500m"),
            ("1000m", "1"),
            ("1.5Gi", "1536Mi"),
            ("1024Mi", "1Gi"),
            ("0.5Ki", "512"),
            ("1000Ki", "1000Ki"),
            ("1000M", "1G"),
            ("1e3", "1e3"),
            ("1E2", "100"),
            ("5e-1", "500e-3"),
            ("-1", "-1"),
            ("+2", "2"),
            ("0.0", "0"),
            ("1500u", "1500u"),
            (".5", "500m"),
            ("1x", ""),
        ] {
            assert_eq!(written(text), stored, "{text}");
        }
    }

    #[test]
    fn parts_of_a_thousandth_are_rounded_away_from_zero() {
        for (text, rounded) in [
            ("100u", "1m"),
            ("0.0005", "1m"),
            ("-100u", "-1m"),
            ("1500u", "2m"),
            ("5e-4", "1e-3"),
            ("250m", "250m"),
            ("1Gi", "1Gi"),
        ] {
            let amount = Quantity::read(text).map(|amount| amount.in_thousandths().to_string());
            assert_eq!(amount.as_deref(), Some(rounded), "{text}");
        }
    }

    #[test]
    fn division_rounds_up() {
        let count =
            |all: &str, part: &str| Some(Quantity::read(all)?.count_of(Quantity::read(part)?));
        assert_eq!(count("500m", "1"), Some(1));
        assert_eq!(count("500m", "1m"), Some(500));
        assert_eq!(count("128Mi", "0"), Some(134_217_728));
    }

    #[test]
    fn fractions_of_a_unit_count_as_one() {
        let read = |text| Quantity::read(text).unwrap_or_default();
        assert_eq!(
            (read("1.5Gi").value(), read("1m").value()),
            (1_610_612_736, 1)
        );
        assert_eq!(
            (read("2").milli_value(), read("100u").milli_value()),
            (2_000, 1)
        );
    }

    #[test]
    fn sums_are_printed_in_the_largest_unit_that_fits() {
        let sum = |amounts: &[&str]| {
            let mut sum = Quantity::default();
            for amount in amounts.iter().filter_map(|text| Quantity::read(text)) {
                sum.add(amount);
            }
            sum.to_string()
        };
        assert_eq!(sum(&["250m", "750m"]), "1");
        assert_eq!(sum(&["128Mi", "128Mi"]), "256Mi");
        assert_eq!(sum(&["0.5", "100m"]), "600m");
        assert_eq!(sum(&["512Mi", "0.5Gi"]), "1Gi");
        assert_eq!(sum(&[]), "0");
    }
}
