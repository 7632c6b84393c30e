//! Labels and selectors (apimachinery `pkg/labels`): which objects a selector chooses.

use std::collections::BTreeMap;

/// Labels as stored: key to value.
pub type Labels = BTreeMap<String, String>;
