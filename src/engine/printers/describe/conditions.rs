//! `status.conditions` as tables with times: `kubectl/pkg/describe/describe.go` has one form for each group of kinds.

use crate::manifest::tree::Yaml;
use crate::printers::age::long_date;
use crate::printers::fields::{items, text};
use crate::printers::table::Page;

/// The conditions of Namespaces and ServiceCIDRs, with the time of the last change.
pub(super) fn with_changes(page: &mut Page, object: &Yaml) {
    let conditions = items(object, "status.conditions");
    if !conditions.is_empty() {
        page.line(0, "Conditions:");
        page.line(1, "Type\tStatus\tLastTransitionTime\tReason\tMessage");
        page.line(1, "----\t------\t------------------\t------\t-------");
    }
    for condition in conditions {
        let [kind, status, reason, message] = words(condition);
        let change = long_date(text(condition, "lastTransitionTime"));
        page.line(1, [kind, status, &change, reason, message].join("\t"));
    }
}

/// A time at which a condition was confirmed.
pub(super) struct ConfirmedTime {
    /// The field.
    pub(super) field: &'static str,
    /// The title of its column.
    pub(super) title: &'static str,
}

/// The conditions of Nodes and PersistentVolumeClaims, with the time when each was confirmed and that of its last change.
pub(super) fn with_confirmations(page: &mut Page, object: &Yaml, confirmed: &ConfirmedTime) {
    let conditions = items(object, "status.conditions");
    if !conditions.is_empty() {
        page.line(0, "Conditions:");
        let title = confirmed.title;
        page.line(
            1,
            format!("Type\tStatus\t{title}\tLastTransitionTime\tReason\tMessage"),
        );
        page.line(
            1,
            "----\t------\t-----------------\t------------------\t------\t-------",
        );
    }
    for condition in conditions {
        let [kind, status, reason, message] = words(condition);
        let [confirmed, change] =
            [confirmed.field, "lastTransitionTime"].map(|field| long_date(text(condition, field)));
        page.line(
            1,
            format!("{kind} \t{status} \t{confirmed} \t{change} \t{reason} \t{message}"),
        );
    }
}

fn words(condition: &Yaml) -> [&str; 4] {
    ["type", "status", "reason", "message"].map(|field| text(condition, field))
}
