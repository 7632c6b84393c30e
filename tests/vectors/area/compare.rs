//! How areas compare: each case on its own, recorded beside computed.

use serde::de::DeserializeOwned;
use serde_json::Value;

use super::super::Case;
use super::{cases, name};

/// Runs every case of a recording through a comparison.
pub(super) fn run_each(
    recording: &Value,
    compare: impl Fn(&Value) -> Result<(), String>,
) -> Vec<Case> {
    cases(recording)
        .map(|case| Case {
            name: name(case),
            difference: compare(case).err(),
        })
        .collect()
}

/// The two must be the same.
pub(super) fn same(recorded: &Value, computed: &Value) -> Result<(), String> {
    if recorded == computed {
        Ok(())
    } else {
        Err(format!("recorded {recorded}\ncomputed {computed}"))
    }
}

/// A text of a recording; the empty one where there is none.
pub(super) fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

/// A recorded value as one of the engine's own types.
pub(super) fn read<T: DeserializeOwned>(value: &Value) -> Result<T, String> {
    serde_json::from_value(value.clone()).map_err(|error| error.to_string())
}
