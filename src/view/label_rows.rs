//! The lines of a packet's label: its source and destination, and while they are rewritten the old ones, struck.

use super::packets::LineStyle;
use super::scene::{PacketHeader, ScenePath};
use super::timeline::{Moment, Phase};

/// A line of a label, before it has a place.
pub(super) struct LabelRow<'a> {
    pub(super) name: &'static str,
    pub(super) value: &'a str,
    pub(super) style: LineStyle,
}

impl<'a> LabelRow<'a> {
    fn new(name: &'static str, value: &'a str, style: LineStyle) -> LabelRow<'a> {
        LabelRow { name, value, style }
    }
}

/// The lines of the header at a moment: the one that came, both while it is rewritten, then the one that goes on.
pub(super) fn rows(path: &ScenePath, moment: Moment) -> Vec<LabelRow<'_>> {
    let hop = &path.hops[moment.hop];
    match (moment.phase(), path.answer(moment.hop)) {
        (Phase::Struck | Phase::Rewritten, Some(answer)) => plain_rows(answer),
        (Phase::Arrived, _) => plain_rows(&hop.before),
        (Phase::Struck, None) if hop.is_rewrite() => {
            let (before, after) = (&hop.before, &hop.after);
            let unchanged = style(after.source_changed);
            let source = rewritten("src", &before.source, &after.source, unchanged);
            let unchanged = style(after.destination_changed);
            let destination = rewritten("dst", &before.destination, &after.destination, unchanged);
            source.into_iter().chain(destination).collect()
        }
        (Phase::Struck | Phase::Rewritten, None) => plain_rows(&hop.after),
    }
}

fn plain_rows(header: &PacketHeader) -> Vec<LabelRow<'_>> {
    let (source, destination) = (
        style(header.source_changed),
        style(header.destination_changed),
    );
    vec![
        LabelRow::new("src", &header.source, source),
        LabelRow::new("dst", &header.destination, destination),
    ]
}

/// The old and the new value; `unchanged` is the style of a value that is not rewritten here.
fn rewritten<'a>(
    name: &'static str,
    before: &'a str,
    after: &'a str,
    unchanged: LineStyle,
) -> Vec<LabelRow<'a>> {
    if before == after {
        return vec![LabelRow::new(name, after, unchanged)];
    }
    vec![
        LabelRow::new(name, before, LineStyle::Struck),
        LabelRow::new("", after, LineStyle::Changed),
    ]
}

fn style(changed: bool) -> LineStyle {
    if changed {
        LineStyle::Changed
    } else {
        LineStyle::Plain
    }
}
