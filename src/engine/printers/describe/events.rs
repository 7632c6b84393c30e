//! The events at the end of a page of `kubectl describe` (`DescribeEvents`).

use super::DescribeContext;
use crate::manifest::tree::Yaml;
use crate::printers::age::{Timestamp, since};
use crate::printers::fields::{at, number, or, text};
use crate::printers::store::Item;
use crate::printers::table::Page;
use crate::sort;

/// The events about an object, the oldest first; `<none>` when there are none.
pub(super) fn events(page: &mut Page, item: &Item, context: DescribeContext) {
    let own = about(item, context);
    if own.is_empty() {
        return page.field("Events", "<none>");
    }
    page.line(0, "Events:");
    page.line(1, "Type\tReason\tAge\tFrom\tMessage");
    page.line(1, "----\t------\t----\t----\t-------");
    for event in own {
        page.line(1, row(&event.tree, context.now));
    }
}

/// The events that name an object; those about an object without a namespace are in any (`searchEvents`).
fn about<'a>(item: &Item, context: DescribeContext<'a>) -> Vec<&'a Item> {
    let namespace = Some(item.name.namespace.as_str()).filter(|own| !own.is_empty());
    let mut events = context.store.list("Event", namespace);
    events.retain(|event| is_about(event, item));
    sort::sort_by_key(&mut events, |event| {
        Timestamp::read(event.text("lastTimestamp"))
    });
    events
}

/// Whether an event names an object. The uid tells it from an earlier one of the same name; objects of the text have none.
fn is_about(event: &Item, item: &Item) -> bool {
    let (uid, own) = (event.text("involvedObject.uid"), item.text("metadata.uid"));
    event.text("involvedObject.kind") == item.resource.kind
        && event.text("involvedObject.name") == item.name.name
        && (uid.is_empty() || own.is_empty() || uid == own)
}

/// Since 1.35 the field of a container, `spec.containers{web}`, precedes what is said of it.
fn row(event: &Yaml, now: Timestamp) -> String {
    let age = age(event, now);
    let source = or(
        text(event, "source.component"),
        text(event, "reportingComponent"),
    );
    let message = text(event, "message").trim();
    let message = match text(event, "involvedObject.fieldPath") {
        "" => message.to_owned(),
        path => format!("{path}: {message}"),
    };
    let cells = [
        text(event, "type"),
        text(event, "reason"),
        &age,
        source,
        &message,
    ];
    cells.join("\t")
}

/// When it was first seen; of one that was seen more than once when it was last seen, too.
fn age(event: &Yaml, now: Timestamp) -> String {
    let first = or(text(event, "eventTime"), text(event, "firstTimestamp"));
    let first = since(first, now);
    let repeated = |last: &str, count: i64| format!("{} (x{count} over {first})", since(last, now));
    match (at(event, "series"), number(event, "count")) {
        (Some(series), _) => repeated(text(series, "lastObservedTime"), number(series, "count")),
        (None, count @ 2..) => repeated(text(event, "lastTimestamp"), count),
        (None, _) => first,
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::described;

    #[test]
    fn events_come_oldest_first_with_how_often_they_were_seen() {
        let event = |name: &str, rest: &str| {
            let about = r#""involvedObject": {"kind": "Pod", "name": "web", "fieldPath": "spec.containers{c}"}"#;
            format!(
                r#"{{"kind": "Event", "metadata": {{"name": "{name}", "namespace": "default"}}, {about}, {rest}}}"#
            )
        };
        let repeated = event(
            "a",
            r#""type": "Warning", "reason": "BackOff", "message": "restarting\n", "source": {"component": "kubelet"},
            "count": 3, "firstTimestamp": "1969-12-31T23:59:00Z", "lastTimestamp": "1969-12-31T23:59:50Z""#,
        );
        let once = event(
            "b",
            r#""type": "Normal", "reason": "Pulled", "message": "done", "reportingComponent": "kubelet",
            "firstTimestamp": "1969-12-31T23:59:10Z", "lastTimestamp": "1969-12-31T23:59:10Z""#,
        );
        let pod = r#"{"kind": "Pod", "metadata": {"name": "web", "namespace": "default"}}"#;
        let said = described(&[pod, &repeated, &once]);
        let events = said.split_once("Events:\n").map(|(_, events)| events);
        let wanted = "  Type     Reason   Age                From     Message
  ----     ------   ----               ----     -------
  Normal   Pulled   50s                kubelet  spec.containers{c}: done
  Warning  BackOff  10s (x3 over 60s)  kubelet  spec.containers{c}: restarting
";
        assert_eq!(events, Some(wanted), "{said}");
    }

    #[test]
    fn events_of_another_object_are_not_told() {
        let event = r#"{"kind": "Event", "metadata": {"name": "a", "namespace": "default"},
            "involvedObject": {"kind": "Pod", "name": "web", "uid": "1"}}"#;
        let pod = |uid: &str| {
            format!(
                r#"{{"kind": "Pod", "metadata": {{"name": "web", "namespace": "default", "uid": "{uid}"}}}}"#
            )
        };
        let has_none = |pod: &str| {
            let said = described(&[pod, event]);
            let last = said.lines().last().unwrap_or_default();
            last.starts_with("Events:") && last.ends_with("<none>")
        };
        assert!(has_none(&pod("2")));
        assert!(!has_none(&pod("1")));
    }
}
