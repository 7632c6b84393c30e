//! Everything that can happen to a cluster, as the command palette takes it: one text with two lines for each event, the
//! event as the text tool reads it and its name. A large cluster has tens of thousands of them, of which few are shown:
//! as a list, they would take the page's thread a second.

/// One event of the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EventLine<'a> {
    /// The event, as the text tool reads it: `delete pod/web-0`.
    pub event: &'a str,
    /// Its name.
    pub name: &'a str,
}

/// The text of events with their names.
pub fn written(events: impl Iterator<Item = (String, String)>) -> String {
    let mut lines = String::new();
    for (event, name) in events {
        for line in [event, name] {
            lines.extend(line.chars().filter(|letter| *letter != '\n'));
            lines.push('\n');
        }
    }
    lines
}

/// The events whose names contain `wanted`, which is in lower case, in any case of letters.
pub fn named<'a>(lines: &'a str, wanted: &'a str) -> impl Iterator<Item = EventLine<'a>> {
    let mut lines = lines.lines();
    let all = std::iter::from_fn(move || {
        let (event, name) = (lines.next()?, lines.next()?);
        Some(EventLine { event, name })
    });
    all.filter(move |line| contains(line.name, wanted))
}

/// Whether a text contains `wanted`, which is in lower case, in any case of letters.
pub fn contains(text: &str, wanted: &str) -> bool {
    if wanted.is_empty() {
        return true;
    }
    if !text.is_ascii() {
        return text.to_lowercase().contains(wanted);
    }
    // Without another text for each name.
    let mut parts = text.as_bytes().windows(wanted.len());
    parts.any(|part| part.eq_ignore_ascii_case(wanted.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines() -> String {
        let events = [
            ("delete pod/web-0", "web-0: Löschen"),
            ("down node/node-1", "Node-1: down"),
        ];
        let events = events.map(|(event, name)| (event.to_owned(), name.to_owned()));
        written(events.into_iter())
    }

    #[test]
    fn every_event_is_found_as_it_was_written() {
        let lines = lines();
        let events: Vec<&str> = named(&lines, "").map(|line| line.event).collect();
        assert_eq!(events, ["delete pod/web-0", "down node/node-1"]);
    }

    #[test]
    fn a_name_is_found_in_any_case_and_an_event_is_no_name() {
        let lines = lines();
        let found = |wanted| named(&lines, wanted).map(|line| line.event).next();
        assert_eq!(found("löschen"), Some("delete pod/web-0"));
        assert_eq!(found("node-1: d"), Some("down node/node-1"));
        assert_eq!(found("delete"), None);
    }

    #[test]
    fn a_name_with_a_line_break_breaks_no_other_event() {
        let events = [("a", "b\nc"), ("d", "e")];
        let events = events.map(|(event, name)| (event.to_owned(), name.to_owned()));
        let lines = written(events.into_iter());
        let found: Vec<EventLine> = named(&lines, "").collect();
        assert_eq!(found.len(), 2);
        assert_eq!(found[1].event, "d");
    }
}
