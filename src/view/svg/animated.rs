//! A whole trace as one file: SMIL animations without a script, so that it also plays in an `<img>`.
//!
//! The picture is drawn once for each hop, and what does not change from hop to hop is written once. Everything else is
//! shown for its share of the time by an animation of `display`. All animations begin together, last as long as the trace
//! and repeat, so they stay in step. The packet and its label move through positions that the timeline gives at
//! [`SAMPLES`] times a second.

use std::fmt::Write;

use super::element::{self, SvgContent, SvgElement};
use super::style::PictureStyle;
use super::{
    PictureState, background, circles, contents, definitions, frame_and_lines, root_with_style,
};
use crate::view::packets::{self, PacketDot, PacketLabel};
use crate::view::scene::{Point, Scene, ScenePath};
use crate::view::timeline::{Moment, Timeline};

/// Positions in a second.
const SAMPLES: f32 = 20.0;

/// Seconds for which the end is shown before the trace begins again.
const PAUSE: f32 = 2.0;

/// The trace of the connection that a scene shows, as a separate file that repeats for ever.
pub fn animated(scene: &Scene, timeline: &Timeline, style: PictureStyle<'_>) -> String {
    let root = root_with_style(scene, style).child(definitions());
    let root = root.child(background(scene));
    let Some(path) = scene.path.as_ref().filter(|path| !path.hops.is_empty()) else {
        let still = contents(&PictureState::at_hop(scene, 0));
        return root.child(SvgElement::new("g").children(still)).to_string();
    };
    let trace = AnimatedTrace::new(scene, path, timeline);
    let hops = trace.of_hops(|hop| contents(&PictureState::at_hop(scene, hop)));
    root.children(hops).children(trace.packet()).to_string()
}

/// The times at which a trace is drawn.
struct AnimatedTrace<'a> {
    scene: &'a Scene,
    path: &'a ScenePath,
    /// The moments at which positions are taken, in seconds.
    times: Vec<f32>,
    moments: Vec<Moment>,
    /// Seconds from one beginning to the next.
    period: f32,
}

impl<'a> AnimatedTrace<'a> {
    fn new(scene: &'a Scene, path: &'a ScenePath, timeline: &Timeline) -> AnimatedTrace<'a> {
        let duration = timeline.duration();
        let steps = (duration * SAMPLES).ceil() as usize;
        let mut times: Vec<f32> = (0..steps).map(|step| step as f32 / SAMPLES).collect();
        times.push(duration);
        AnimatedTrace {
            scene,
            path,
            moments: times.iter().map(|time| timeline.frame(*time)).collect(),
            times,
            period: duration + PAUSE,
        }
    }

    /// What is drawn for each hop, merged: what is the same at all of them once.
    fn of_hops(&self, draw: impl Fn(usize) -> Vec<SvgElement>) -> Vec<SvgElement> {
        let hops = self.moments.iter().map(|moment| moment.hop);
        let last = hops.clone().max().unwrap_or_default();
        let drawn: Vec<Vec<SvgElement>> = (0..=last).map(draw).collect();
        let shown: Vec<&[SvgElement]> = hops.map(|hop| drawn[hop].as_slice()).collect();
        self.merged(&shown)
    }

    /// Siblings at each moment, merged position by position.
    fn merged(&self, moments: &[&[SvgElement]]) -> Vec<SvgElement> {
        let most = moments.iter().map(|siblings| siblings.len()).max();
        let mut merged = Vec::new();
        for position in 0..most.unwrap_or_default() {
            let versions: Vec<Option<&SvgElement>> = moments
                .iter()
                .map(|siblings| siblings.get(position))
                .collect();
            merged.extend(self.versions(&versions));
        }
        merged
    }

    /// One position: an element that never changes as it is, a group by its children, others for the times they are
    /// shown.
    fn versions(&self, versions: &[Option<&SvgElement>]) -> Vec<SvgElement> {
        let runs = runs(versions);
        if let [(_, Some(element))] = runs.as_slice() {
            return vec![(*element).clone()];
        }
        if let Some(groups) = bare_groups(versions) {
            let slices: Vec<&[SvgElement]> = groups.iter().map(Vec::as_slice).collect();
            return vec![SvgElement::new("g").children(self.merged(&slices))];
        }
        let mut seen: Vec<&SvgElement> = Vec::new();
        for (_, element) in &runs {
            seen.extend(element.filter(|element| !seen.contains(element)));
        }
        let shown = seen.into_iter().map(|element| {
            let is_shown: Vec<bool> = versions.iter().map(|one| *one == Some(element)).collect();
            SvgElement::new("g")
                .child(self.display(&is_shown))
                .child(element.clone())
        });
        shown.collect()
    }

    /// Shows its parent at some moments.
    fn display(&self, is_shown: &[bool]) -> SvgElement {
        let values = is_shown
            .iter()
            .map(|shown| if *shown { "inline" } else { "none" });
        self.animation("animate", "display", &values.collect::<Vec<_>>())
            .with("calcMode", "discrete")
    }

    /// An animation through a value for each moment; values that repeat are left out.
    fn animation<V: AsRef<str>>(
        &self,
        tag: &'static str,
        name: &'static str,
        values: &[V],
    ) -> SvgElement {
        let is_discrete = name == "display";
        let (mut list, mut times) = (String::new(), String::new());
        for (index, value) in values.iter().enumerate() {
            let value = value.as_ref();
            let is_repeated =
                |other: Option<&V>| other.is_some_and(|other| other.as_ref() == value);
            let before = is_repeated(index.checked_sub(1).and_then(|before| values.get(before)));
            // Between two values that differ the position is interpolated: both ends of a rest are needed.
            let after = index + 1 == values.len() || is_repeated(values.get(index + 1));
            if before && (is_discrete || after) {
                continue;
            }
            if !list.is_empty() {
                list.push(';');
                times.push(';');
            }
            list.push_str(value);
            let part = (self.times[index] / self.period * 10_000.0).round() / 10_000.0;
            let _ = write!(times, "{part}");
        }
        if !is_discrete {
            let last = values.last().map_or("", AsRef::as_ref);
            let _ = write!(list, ";{last}");
            times.push_str(";1");
        }
        SvgElement::new(tag)
            .with("attributeName", name)
            .with("values", list)
            .with("keyTimes", times)
            .with("dur", format!("{}s", element::rounded(self.period)))
            .with("repeatCount", "indefinite")
    }

    /// The packet, its label, and the line between them.
    fn packet(&self) -> Vec<SvgElement> {
        let moments = self.moments.iter();
        let dots: Vec<Option<PacketDot>> = moments
            .clone()
            .map(|moment| packets::dot(self.scene, self.path, *moment))
            .collect();
        let labels: Vec<Option<PacketLabel>> = moments
            .map(|moment| packets::label(self.scene, self.path, *moment))
            .collect();
        let mut drawn = Vec::new();
        if labels.iter().any(Option::is_some) {
            let corners = labels.iter().map(|label| {
                let frame = label.as_ref().map(|label| label.frame);
                frame.map(|frame| Point {
                    x: frame.x,
                    y: frame.y,
                })
            });
            let corners: Vec<Option<Point>> = corners.collect();
            let at_origin = labels
                .iter()
                .map(|label| label.iter().flat_map(at_origin).collect());
            drawn.push(self.moving(&corners, at_origin.collect()));
        }
        let centres: Vec<Option<Point>> = dots.iter().map(|dot| Some(dot.as_ref()?.at)).collect();
        let circles = dots.iter().map(|dot| {
            let centred = dot.map(|dot| PacketDot {
                at: Point::default(),
                ..dot
            });
            centred.iter().flat_map(circles).collect()
        });
        drawn.push(self.moving(&centres, circles.collect()));
        drawn
    }

    /// A group that moves through points, with what it contains at each moment.
    fn moving(&self, points: &[Option<Point>], contents: Vec<Vec<SvgElement>>) -> SvgElement {
        let mut last = Point::default();
        let values = points.iter().map(|point| {
            last = point.unwrap_or(last);
            format!("{} {}", element::rounded(last.x), element::rounded(last.y))
        });
        let motion = self.animation("animateTransform", "transform", &values.collect::<Vec<_>>());
        let contents: Vec<&[SvgElement]> = contents.iter().map(Vec::as_slice).collect();
        SvgElement::new("g")
            .child(motion.with("type", "translate"))
            .children(self.merged(&contents))
    }
}

/// Values one after another that are equal: the index of the first, and the value.
fn runs<'v>(versions: &[Option<&'v SvgElement>]) -> Vec<(usize, Option<&'v SvgElement>)> {
    let mut runs: Vec<(usize, Option<&SvgElement>)> = Vec::new();
    for (index, version) in versions.iter().enumerate() {
        if runs.last().is_none_or(|(_, last)| last != version) {
            runs.push((index, *version));
        }
    }
    runs
}

/// The children at each moment, if the element is always a group without attributes that holds elements only.
fn bare_groups(versions: &[Option<&SvgElement>]) -> Option<Vec<Vec<SvgElement>>> {
    let mut groups = Vec::new();
    for version in versions {
        let group = (*version)?;
        if group.name != "g" || !group.attributes.is_empty() {
            return None;
        }
        let mut children = Vec::new();
        for content in &group.content {
            match content {
                SvgContent::Element(element) => children.push(element.clone()),
                SvgContent::Text(_) => return None,
            }
        }
        groups.push(children);
    }
    Some(groups)
}

/// A label without its line to the packet, with its frame's corner at the origin.
fn at_origin(label: &PacketLabel) -> Vec<SvgElement> {
    let corner = label.frame;
    let mut label = label.clone();
    label.frame.x = 0.0;
    label.frame.y = 0.0;
    for line in &mut label.lines {
        for point in [&mut line.at, &mut line.value_at] {
            point.x -= corner.x;
            point.y -= corner.y;
        }
    }
    frame_and_lines(&label)
}
