//! `kubectl get events` (`pkg/printers/internalversion/printers.go` `printEvent`).

use super::{Detail, Printer, name};
use crate::manifest::tree::Yaml;
use crate::printers::age::{Timestamp, since};
use crate::printers::fields::{at, number, or, text};

pub(crate) const EVENT: Printer = Printer {
    columns: &["LAST SEEN", "TYPE", "REASON", "OBJECT", "MESSAGE"],
    wide_columns: &[],
    row: |event, _, now| {
        let [last, kind, reason, object, _, _, message, ..] = cells(event, now);
        vec![last, kind, reason, object, message]
    },
};

/// The columns of `-o wide`, which stand among the usual ones.
pub(crate) const WIDE_EVENT: Printer = Printer {
    columns: &[
        "LAST SEEN",
        "TYPE",
        "REASON",
        "OBJECT",
        "SUBOBJECT",
        "SOURCE",
        "MESSAGE",
        "FIRST SEEN",
        "COUNT",
        "NAME",
    ],
    wide_columns: &[],
    row: |event, _: Detail, now| Vec::from(cells(event, now)),
};

fn cells(event: &Yaml, now: Timestamp) -> [String; 10] {
    let (first, last) = seen(event, now);
    let of_series = number(event, "series.count");
    let count = match at(event, "series") {
        Some(_) => of_series,
        None => number(event, "count").max(1),
    };
    [
        last,
        text(event, "type").to_owned(),
        text(event, "reason").to_owned(),
        object(event),
        text(event, "involvedObject.fieldPath").to_owned(),
        source(event),
        text(event, "message").trim().to_owned(),
        first,
        count.to_string(),
        name(event),
    ]
}

/// When it was first and last seen, in the fields of the old API, those of the new one or those of its series.
fn seen(event: &Yaml, now: Timestamp) -> (String, String) {
    let first = or(text(event, "firstTimestamp"), text(event, "eventTime"));
    let first = since(first, now);
    let last = match (at(event, "series"), text(event, "lastTimestamp")) {
        (Some(series), _) => since(text(series, "lastObservedTime"), now),
        (None, "") => first.clone(),
        (None, last) => since(last, now),
    };
    (first, last)
}

fn object(event: &Yaml) -> String {
    let kind = text(event, "involvedObject.kind").to_lowercase();
    match text(event, "involvedObject.name") {
        "" => kind,
        name => format!("{kind}/{name}"),
    }
}

/// The component that reports it, and its node (`formatEventSource`).
fn source(event: &Yaml) -> String {
    let component = or(
        text(event, "source.component"),
        text(event, "reportingComponent"),
    );
    match or(text(event, "source.host"), text(event, "reportingInstance")) {
        "" => component.to_owned(),
        instance => format!("{component}, {instance}"),
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::cells as usual_cells;
    use super::*;

    const EVENT_OF_POD: &str = r#"{"kind": "Event", "metadata": {"name": "web.1"}, "type": "Warning", "reason": "BackOff",
        "involvedObject": {"kind": "Pod", "name": "web", "fieldPath": "spec.containers{web}"},
        "source": {"component": "kubelet", "host": "node-1"}, "message": "restarting\n", "count": 3,
        "firstTimestamp": "1969-12-31T23:59:00Z", "lastTimestamp": "1969-12-31T23:59:50Z"}"#;

    fn wide_cells(json: &str) -> Vec<String> {
        let node = serde_json::from_str::<serde_json::Value>(json).expect("the test writes JSON");
        WIDE_EVENT.row(&Yaml::from(node), Detail::Wide, Timestamp(0))
    }

    #[test]
    fn an_event_prints_when_it_was_last_seen() {
        let expected = ["10s", "Warning", "BackOff", "pod/web", "restarting"];
        assert_eq!(usual_cells(EVENT_OF_POD), expected);
    }

    #[test]
    fn the_wide_columns_are_among_the_usual_ones() {
        let expected = [
            "10s",
            "Warning",
            "BackOff",
            "pod/web",
            "spec.containers{web}",
            "kubelet, node-1",
            "restarting",
            "60s",
            "3",
            "web.1",
        ];
        assert_eq!(wide_cells(EVENT_OF_POD), expected);
        assert_eq!(WIDE_EVENT.columns.len(), expected.len());
    }

    #[test]
    fn an_event_of_the_new_api_has_its_own_time_and_counts_once() {
        let row = wide_cells(
            r#"{"kind": "Event", "eventTime": "1969-12-31T23:59:30.000000Z", "reportingComponent": "scheduler"}"#,
        );
        let times = [&row[0], &row[7], &row[8], &row[5]];
        assert_eq!(times, ["30s", "30s", "1", "scheduler"]);
    }
}
