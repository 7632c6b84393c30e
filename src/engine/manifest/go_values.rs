//! Values as Go prints them in messages and as keys of a mapping.

use super::tree::{Yaml, YamlValue};
use crate::sort;

/// A number as Go's JSON encoder prints it.
pub(super) fn go_float(number: f64) -> String {
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

/// A number as a mapping key (`strconv.FormatFloat` with 'g' for 32 bits).
pub(super) fn go_float_key(number: f64) -> String {
    match number {
        number if number.is_nan() => ".nan".to_owned(),
        f64::INFINITY => ".inf".to_owned(),
        f64::NEG_INFINITY => "-.inf".to_owned(),
        number => (number as f32).to_string(),
    }
}

/// A value as Go prints it with `%#v`.
pub(super) fn go_syntax(node: &Yaml) -> String {
    match &node.value {
        YamlValue::Null => "interface {}(nil)".to_owned(),
        YamlValue::Bool(value) => value.to_string(),
        YamlValue::Int(number) => number.to_string(),
        YamlValue::Float(number) => go_float(*number),
        YamlValue::String(text) => format!("{text:?}"),
        YamlValue::Seq(items) => {
            format!(
                "[]interface {{}}{{{}}}",
                items.iter().map(go_syntax).collect::<Vec<_>>().join(", ")
            )
        }
        YamlValue::Map(entries) => {
            let mut pairs: Vec<String> = entries
                .iter()
                .map(|entry| format!("{:?}:{}", entry.key, go_syntax(&entry.value)))
                .collect();
            sort::sort(&mut pairs);
            format!("map[interface {{}}]interface {{}}{{{}}}", pairs.join(", "))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{go_float, go_float_key};

    #[test]
    fn a_large_or_small_number_has_an_exponent() {
        for (number, text) in [
            (1.5, "1.5"),
            (1e20, "100000000000000000000"),
            (1e21, "1e+21"),
            (1e-6, "0.000001"),
            (1e-7, "1e-7"),
            (f64::INFINITY, "+Inf"),
        ] {
            assert_eq!(go_float(number), text);
        }
    }

    #[test]
    fn a_number_is_a_key_with_the_precision_of_32_bits() {
        assert_eq!(go_float_key(0.1), "0.1");
        assert_eq!(go_float_key(f64::NEG_INFINITY), "-.inf");
    }
}
