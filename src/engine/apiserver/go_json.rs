//! A value as Go's `encoding/json` writes it into an error: one line, a map's keys sorted, `<`, `>` and `&` escaped.

use crate::manifest::tree::{Yaml, YamlEntry, YamlValue};
use crate::sort;

/// The value in one line. Keys are sorted, which is Go's order for maps; for objects it is that of every object the
/// server prints (`LabelSelector` has its fields in this order, requirements too).
pub(crate) fn to_json(node: Option<&Yaml>) -> String {
    node.map_or_else(|| "null".to_owned(), write)
}

fn write(node: &Yaml) -> String {
    match &node.value {
        YamlValue::Null => "null".to_owned(),
        YamlValue::Bool(truth) => truth.to_string(),
        YamlValue::Int(number) => number.to_string(),
        YamlValue::Float(number) => number.to_string(),
        YamlValue::String(text) => text_in_json(text),
        YamlValue::Seq(items) => format!(
            "[{}]",
            items.iter().map(write).collect::<Vec<_>>().join(",")
        ),
        YamlValue::Map(entries) => {
            let entries = in_go_order(entries);
            let fields = entries
                .iter()
                .map(|entry| format!("{}:{}", text_in_json(&entry.key), write(&entry.value)));
            format!("{{{}}}", fields.collect::<Vec<_>>().join(","))
        }
    }
}

/// The entries of a mapping in the order in which Go writes them.
pub(crate) fn in_go_order(entries: &[YamlEntry]) -> Vec<&YamlEntry> {
    let mut entries: Vec<&YamlEntry> = entries.iter().collect();
    sort::sort_by_key(&mut entries, |entry| rank(&entry.key));
    entries
}

/// `LabelSelector` declares `matchLabels` before `matchExpressions`, which is not the alphabetical order.
fn rank(key: &str) -> (bool, &str) {
    (key == "matchExpressions", key)
}

/// A text in quotes.
pub(crate) fn text_in_json(text: &str) -> String {
    let quoted = serde_json::to_string(text).unwrap_or_default();
    quoted
        .replace('<', "\\u003c")
        .replace('>', "\\u003e")
        .replace('&', "\\u0026")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_map_is_written_in_the_order_of_its_keys() {
        let mut labels = Yaml::new(YamlValue::Map(Vec::new()), Default::default());
        labels.set("b", YamlValue::String("<".into()));
        labels.set("a", YamlValue::String("1".into()));
        assert_eq!(to_json(Some(&labels)), r#"{"a":"1","b":"\u003c"}"#);
        assert_eq!(to_json(None), "null");
    }
}
