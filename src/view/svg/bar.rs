//! The bar of shares on the card of the called Service, while many connections are shown.

use crate::view::flow::FlowCounts;
use crate::view::scene::{SceneText, Shape, TextStyle};

use super::FlowState;
use super::element::SvgElement;
use super::shapes::{at_end, text, words};

/// The most width, and the height, of the bar of shares.
const BAR: (f32, f32) = (120.0, 9.0);

/// The distance from the bar's right edge to its card's.
const BAR_MARGIN: f32 = 22.0;

/// The least width of the bar.
const LEAST_BAR: f32 = 40.0;

/// The top edge of the bar in its card.
const BAR_TOP: f32 = 16.0;

/// The baseline of the numbers below the bar: above the second line of its card.
const NUMBERS: f32 = 39.0;

/// The y above which the baseline of a card's first line is.
const FIRST_LINE: f32 = 30.0;

/// The opacities of the bar's parts, in turn.
const BAR_OPACITIES: [&str; 4] = ["1", "0.7", "0.45", "0.3"];

/// The bar right of the Service's name.
pub(super) fn beside_name(shape: &Shape, flow: FlowState<'_>) -> SvgElement {
    bar(shape, flow, end_of_first_line(shape) + 10.0)
}

/// The bar below the Service's card.
pub(super) fn below(shape: &Shape, flow: FlowState<'_>) -> SvgElement {
    let y = shape.rect.h - 4.0;
    let bar = bar(shape, flow, -BAR_MARGIN);
    bar.with("transform", format!("translate({BAR_MARGIN} {y})"))
}

/// Where the name and the type of a Service end.
fn end_of_first_line(shape: &Shape) -> f32 {
    let texts = shape.texts.iter().filter(|text| text.at.y < FIRST_LINE);
    texts
        .map(|text| text.at.x + text.style.width(words(text)))
        .fold(0.0, f32::max)
}

/// How many connections were sent, as a bar with a part for each endpoint. It has the room right of `free`: without room
/// for the words it is the bar and the numbers alone.
fn bar(shape: &Shape, flow: FlowState<'_>, free: f32) -> SvgElement {
    let mut right = shape.rect.w - BAR_MARGIN;
    let words = TextStyle::Remark.width(flow.sent) + 8.0;
    let room = right - free;
    let has_words = room >= words + LEAST_BAR;
    let width = if has_words { room - words } else { room };
    let width = width.clamp(LEAST_BAR, BAR.0);
    let left = right - width;
    let sent = has_words.then(|| at_end(TextStyle::Remark, left - 8.0, 25.0, flow.sent));
    let back = bar_rect("bar-back", left, width).with("rx", "3");
    let (failed, unsure) = (flow.counts.failed, flow.counts.unsure());
    let mut apart = Vec::new();
    for (class, mark, count) in [("t-failed", '✕', failed), ("t-unsure", '?', unsure)] {
        if count > 0 {
            let words = format!("{mark} {count}");
            let width = TextStyle::SmallAddress.width(&words);
            apart.push(text_at_end(class, right, NUMBERS, words));
            right -= width + 8.0;
        }
    }
    let numbers = numbers(flow.counts, right - free.min(left));
    let start = left.min(right - TextStyle::SmallAddress.width(&numbers));
    SvgElement::new("g")
        .children(sent)
        .child(back)
        .children(bar_parts(flow.counts, left, width))
        .children(apart)
        .child(text(&SceneText::plain(
            start,
            NUMBERS,
            TextStyle::SmallAddress,
            numbers,
        )))
}

/// How many connections each endpoint has: close together where there is little room, and without those that have none.
/// No number is cut.
fn numbers(counts: &FlowCounts, room: f32) -> String {
    let style = TextStyle::SmallAddress;
    let numbers = counts.endpoints.iter();
    let numbers: Vec<String> = numbers.map(|count| count.total().to_string()).collect();
    let wide = numbers.join(" / ");
    if style.width(&wide) <= room {
        return wide;
    }
    let mut close = String::new();
    for (index, number) in numbers.iter().enumerate() {
        let slash = if index == 0 { "" } else { "/" };
        let longer = format!("{close}{slash}{number}");
        let is_last = index + 1 == numbers.len();
        let after = if is_last { 0.0 } else { style.width("/…") };
        if style.width(&longer) + after > room {
            close.push_str(slash);
            close.push('…');
            break;
        }
        close = longer;
    }
    close
}

/// A part for each endpoint, in its share of certain answers and of others; then what is unknown, and what failed.
fn bar_parts(counts: &FlowCounts, mut x: f32, whole: f32) -> Vec<SvgElement> {
    let total = counts.sent().max(1);
    let mut parts = Vec::new();
    let mut part = |class, count: usize, opacity| {
        let width = whole * count as f32 / total as f32;
        if count > 0 {
            let part = bar_rect(class, x, (width - 1.0).max(0.0));
            parts.push(part.with("rx", "2").with("opacity", opacity));
        }
        x += width;
    };
    let opacities = BAR_OPACITIES.into_iter().cycle();
    for (count, opacity) in counts.endpoints.iter().zip(opacities) {
        part("bar-part", count.answered, opacity);
        part("bar-part unsure", count.unsure, opacity);
    }
    part("bar-part", counts.answered_elsewhere, "1");
    part("bar-part unsure", counts.unsure_elsewhere, "1");
    part("bar-part failed", counts.failed, "1");
    parts
}

fn bar_rect(class: &'static str, x: f32, width: f32) -> SvgElement {
    SvgElement::new("rect")
        .with("class", class)
        .number("x", x)
        .number("y", BAR_TOP)
        .number("width", width)
        .number("height", BAR.1)
}

fn text_at_end(class: &'static str, x: f32, y: f32, words: String) -> SvgElement {
    SvgElement::new("text")
        .with("class", class)
        .with("text-anchor", "end")
        .number("x", x)
        .number("y", y)
        .text(words)
}

#[cfg(test)]
mod tests {
    use super::numbers;
    use crate::view::flow::{EndpointCount, FlowCounts};

    #[test]
    fn no_number_below_the_bar_is_cut() {
        let endpoints = [28, 24, 27, 21].iter().zip(1..);
        let endpoints = endpoints.map(|(answered, port)| EndpointCount {
            endpoint: ([10, 244, 0, 1], port).into(),
            answered: *answered,
            unsure: 0,
        });
        let counts = FlowCounts {
            endpoints: endpoints.collect(),
            ..FlowCounts::default()
        };
        assert_eq!(numbers(&counts, 134.0), "28 / 24 / 27 / 21");
        assert_eq!(numbers(&counts, 90.0), "28/24/27/21");
        assert_eq!(numbers(&counts, 60.0), "28/24/…");
        assert_eq!(numbers(&counts, 5.0), "…");
    }
}
