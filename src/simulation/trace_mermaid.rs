//! A trace as a sequence diagram of Mermaid: one lifeline for each device, one arrow for each packet.

use std::fmt::Write;

use super::answers::{DirectionAnswer, HopAnswer, PacketAnswer, TraceAnswer};

/// Breaks the lines of long notes.
const WRAP: &str = r#"%%{init: {"sequence": {"wrap": true}}}%%"#;

/// The sequence diagram. A note at a device says why the packet leaves as it does, with the header before and after
/// where it is rewritten; the last note is the verdict.
pub fn trace_as_mermaid(trace: &TraceAnswer) -> String {
    let mut text = format!("{WRAP}\nsequenceDiagram\n");
    let mut devices: Vec<&str> = Vec::new();
    for hop in &trace.hops {
        if !devices.contains(&hop.device.as_str()) {
            devices.push(&hop.device);
            let name = escaped(&hop.device);
            let _ = writeln!(text, "    participant d{} as {name}", devices.len());
        }
    }
    let lifeline = |hop: &HopAnswer| {
        let index = devices.iter().position(|device| *device == hop.device);
        format!("d{}", index.map_or(0, |index| index + 1))
    };
    let mut last = String::new();
    for (index, hop) in trace.hops.iter().enumerate() {
        let here = lifeline(hop);
        if !last.is_empty() && last != here {
            let is_end = index + 1 == trace.hops.len();
            let arrow = arrow(hop.direction, is_end && trace.failed);
            let header = escaped(&hop.before.summary);
            let _ = writeln!(text, "    {last}{arrow}{here}: {header}");
        }
        for note in notes(hop) {
            let _ = writeln!(text, "    Note over {here}: {note}");
        }
        last = here;
    }
    let verdict = escaped(&trace.verdict.text);
    if let Some(lifeline) = trace.hops.first().map(lifeline) {
        let _ = writeln!(text, "    Note over {lifeline}: ⇒ {verdict}");
    }
    text
}

/// A reply is dashed; a packet that is not answered ends in a cross.
fn arrow(direction: DirectionAnswer, is_lost: bool) -> &'static str {
    match (direction, is_lost) {
        (DirectionAnswer::Reply, false) => "-->>",
        (DirectionAnswer::Reply, true) => "--x",
        (DirectionAnswer::Lookup | DirectionAnswer::Request, false) => "->>",
        (DirectionAnswer::Lookup | DirectionAnswer::Request, true) => "-x",
    }
}

/// Why the packet leaves as it does, and its header before and after a rewrite. Two notes, because a note with a line
/// break of its own is not wrapped.
fn notes(hop: &HopAnswer) -> Vec<String> {
    let addresses = |packet: &PacketAnswer| format!("{} > {}", packet.source, packet.destination);
    let (before, after) = (addresses(&hop.before), addresses(&hop.after));
    let mut notes = vec![escaped(&hop.reason.text)];
    if before != after {
        notes.push(escaped(&format!("{before} ⇒ {after}")));
    }
    notes
}

/// Text that means itself: Mermaid ends a statement at `;` and reads `#…;` as a character's number.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '\n' | '\r' => escaped.push(' '),
            '#' | ';' | '<' | '&' | '%' => {
                let _ = write!(escaped, "#{};", u32::from(character));
            }
            other => escaped.push(other),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_escaped() {
        assert_eq!(escaped("a; b #1 <i> 50%"), "a#59; b #35;1 #60;i> 50#37;");
    }

    #[test]
    fn an_arrow_shows_the_direction_and_whether_the_packet_is_lost() {
        assert_eq!(arrow(DirectionAnswer::Request, false), "->>");
        assert_eq!(arrow(DirectionAnswer::Lookup, true), "-x");
        assert_eq!(arrow(DirectionAnswer::Reply, false), "-->>");
    }
}
