//! `kubectl get` of kinds that networking does not look into, and of those the API server knows no columns for.

use super::{Printer, age, name};
use crate::manifest::tree::Yaml;
use crate::printers::age::since;
use crate::printers::fields::{at, selector_line, text};

/// The columns of custom resources.
pub(crate) const ANY: Printer = Printer {
    columns: &["NAME", "AGE"],
    wide_columns: &[],
    row: |object, _, now| vec![name(object), age(object, now)],
};

pub(crate) const CONFIG_MAP: Printer = Printer {
    columns: &["NAME", "DATA", "AGE"],
    wide_columns: &[],
    row: |map, _, now| {
        let count = entries(map, "data") + entries(map, "binaryData");
        vec![name(map), count.to_string(), age(map, now)]
    },
};

pub(crate) const SECRET: Printer = Printer {
    columns: &["NAME", "TYPE", "DATA", "AGE"],
    wide_columns: &[],
    row: |secret, _, now| {
        let count = entries(secret, "data").to_string();
        vec![
            name(secret),
            text(secret, "type").to_owned(),
            count,
            age(secret, now),
        ]
    },
};

pub(crate) const EVENT: Printer = Printer {
    columns: &["LAST SEEN", "TYPE", "REASON", "OBJECT", "MESSAGE"],
    wide_columns: &[],
    row: |event, _, now| {
        let kind = text(event, "involvedObject.kind").to_lowercase();
        let object = format!("{kind}/{}", text(event, "involvedObject.name"));
        vec![
            since(text(event, "lastTimestamp"), now),
            text(event, "type").to_owned(),
            text(event, "reason").to_owned(),
            object,
            text(event, "message").trim().to_owned(),
        ]
    },
};

pub(crate) const NETWORK_POLICY: Printer = Printer {
    columns: &["NAME", "POD-SELECTOR", "AGE"],
    wide_columns: &[],
    row: |policy, _, now| {
        vec![
            name(policy),
            selector_line(policy, "spec.podSelector"),
            age(policy, now),
        ]
    },
};

fn entries(object: &Yaml, field: &str) -> usize {
    at(object, field).map_or(0, |map| map.entries().len())
}

#[cfg(test)]
mod tests {
    use super::super::tests::cells;

    #[test]
    fn a_config_map_counts_its_entries() {
        let row =
            cells(r#"{"kind": "ConfigMap", "data": {"a": "1"}, "binaryData": {"b": "MQ=="}}"#);
        assert_eq!(row[1], "2");
    }
}
