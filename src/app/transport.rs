//! The transport: play, pause, step, speed, and a track with one stop a hop that scrubs both ways.

use kubehop::view::flow::Flow;
use kubehop::view::page_view::{HopView, Tone, TraceView};
use kubehop::view::scene::{PacketKind, TextStyle};
use kubehop::view::timeline_labels::{self, TimelineLabel};
use yew::prelude::*;

use super::browser;
use super::icons;
use super::message::{Action, Msg};
use super::shared::{Same, use_words};

#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    /// The shown connection.
    pub(crate) trace: Option<Same<TraceView>>,
    /// Many connections, while they are shown.
    pub(crate) flow: Option<Same<Flow>>,
    /// Seconds now.
    pub(crate) time: f32,
    /// Seconds in all.
    pub(crate) duration: f32,
    /// Whether time runs.
    pub(crate) playing: bool,
    /// Seconds of the trace for one of the clock.
    pub(crate) speed: f32,
    /// The width of the track.
    pub(crate) track: f32,
    /// The content at the end of the row.
    #[prop_or_default]
    pub(crate) end: Html,
    /// Where to send what happens.
    pub(crate) send: Callback<Msg>,
}

/// How much wider the current stop's name is, which is bold.
const BOLD: f32 = 1.06;

/// The widest name of a stop; the middle of a longer one is left out.
const NAME: f32 = 124.0;

/// The speeds to choose from.
pub(crate) const SPEEDS: [f32; 5] = [0.25, 0.5, 1.0, 2.0, 4.0];

/// One stop of the track.
struct TrackStop {
    at: f32,
    label: String,
    time: f32,
    ended: Option<Tone>,
    kind: PacketKind,
}

/// The transport.
#[component]
pub(crate) fn Transport(props: &Props) -> Html {
    let words = use_words();
    let place = use_node_ref();
    let Props {
        trace,
        flow,
        time,
        duration,
        playing,
        speed,
        send,
        ..
    } = props;
    let act = |action: Action| send.reform(move |_: MouseEvent| Msg::Do(action.clone()));
    let empty = trace.is_none();
    let stops = stops(props);
    let current = stops
        .iter()
        .rposition(|stop| stop.at * duration <= time + 0.001)
        .unwrap_or(0);
    let current = match (flow, trace) {
        (None, Some(trace)) => trace.timeline.frame(*time).hop,
        _ => current,
    };
    let speeds = SPEEDS.iter().map(|value| {
        html! { <option value={value.to_string()} selected={value == speed}>{ format!("{value}×") }</option> }
    });
    let onspeed = send.reform(|event: Event| {
        Msg::Do(Action::SetSpeed(
            browser::value_of(&event).parse().unwrap_or(1.0),
        ))
    });
    let label = words.label(if *playing { "pause" } else { "play" });
    let share = if *duration > 0.0 {
        (time / duration).clamp(0.0, 1.0)
    } else {
        0.0
    };
    let count = count(props, current);
    html! {
        <div class="tl">
            <div class="buttons">
                <button class="icon" aria-label={words.label("step-back")} disabled={empty} onclick={act(Action::StepHop(-1))}>{ icons::line(icons::BACK) }</button>
                <button id="play" class="pri icon" aria-label={label} disabled={empty} onclick={act(Action::TogglePlay)}>{ icons::line(if *playing { icons::PAUSE } else { icons::PLAY }) }</button>
                <button class="icon" aria-label={words.label("step-forward")} disabled={empty} onclick={act(Action::StepHop(1))}>{ icons::line(icons::FORWARD) }</button>
                <button class="icon" aria-label={words.label("to-the-end")} title={words.label("to-the-end")} disabled={empty} onclick={act(Action::Seek(f32::MAX))}>{ icons::line(icons::END) }</button>
                <select aria-label={words.label("speed")} onchange={onspeed}>{ for speeds }</select>
            </div>
            { track(props, &stops, current, share, &words.label("track"), &place) }
            <span class="count" aria-live="off">{ count }</span>
            { props.end.clone() }
        </div>
    }
}

/// How far it is: the hop of the shown connection, or how many of the connections were opened.
fn count(props: &Props, current: usize) -> Html {
    if let Some(flow) = &props.flow {
        let started = flow.started(props.time);
        return html! { format!("{started} / {}", flow.connections.len()) };
    }
    let hop = props
        .trace
        .as_ref()
        .and_then(|trace| trace.hops.get(current));
    let Some(hop) = hop else {
        return Html::default();
    };
    html! {
        <>
            <span class="long">{ &hop.count }</span>
            <span class="short">{ &hop.short_count }</span>
        </>
    }
}

fn stops(props: &Props) -> Vec<TrackStop> {
    if let Some(flow) = &props.flow {
        let total = flow.connections.len();
        let quarter = |part: usize| {
            let number = (total * part / 4).max(1);
            let time = (number - 1) as f32 * flow.interval;
            TrackStop {
                at: time / props.duration.max(0.01),
                label: number.to_string(),
                time,
                ended: None,
                kind: PacketKind::Request,
            }
        };
        return (0..=4).map(quarter).collect();
    }
    let Some(trace) = &props.trace else {
        return Vec::new();
    };
    let last = trace.hops.len().saturating_sub(1);
    let stop = |(index, hop): (usize, &HopView)| TrackStop {
        at: trace.timeline.place_of(index),
        label: hop.stop.clone(),
        time: trace.timeline.moment_of(index),
        ended: (index == last).then_some(trace.verdict.tone),
        kind: hop.kind,
    };
    trace.hops.iter().enumerate().map(stop).collect()
}

/// What is behind the packet, in the colours of what it was for: a line from each stop to the next.
fn done_parts(stops: &[TrackStop], share: f32) -> Vec<Html> {
    let mut from = 0.0;
    let mut parts = Vec::new();
    for (index, stop) in stops.iter().enumerate() {
        let is_last = index + 1 == stops.len();
        let to = if is_last { share } else { stop.at.min(share) };
        if to > from {
            let style = format!(
                "left:{:.2}%;width:{:.2}%",
                from * 100.0,
                (to - from) * 100.0
            );
            parts.push(html! { <em class={stop.kind.class()} ~style={style}></em> });
            from = to;
        }
    }
    parts
}

/// The keys of the slider.
fn track_keys(send: &Callback<Msg>) -> Callback<KeyboardEvent> {
    let send = send.clone();
    Callback::from(move |event: KeyboardEvent| {
        let action = match event.key().as_str() {
            "ArrowRight" | "ArrowUp" => Action::StepHop(1),
            "ArrowLeft" | "ArrowDown" => Action::StepHop(-1),
            "Home" => Action::Seek(0.0),
            "End" => Action::Seek(f32::MAX),
            _ => return,
        };
        event.prevent_default();
        send.emit(Msg::Do(action));
    })
}

fn track(
    props: &Props,
    stops: &[TrackStop],
    current: usize,
    share: f32,
    label: &str,
    place: &NodeRef,
) -> Html {
    let (duration, width, send) = (props.duration, props.track, &props.send);
    let seek = {
        let (place, send) = (place.clone(), send.clone());
        Callback::from(move |event: PointerEvent| {
            if let Some(share) = browser::drag_along(&event, &place) {
                send.emit(Msg::Do(Action::Seek(share * duration)));
            }
        })
    };
    let onkeydown = track_keys(send);
    let names: Vec<String> = stops
        .iter()
        .map(|stop| TextStyle::Remark.fit(&stop.label, NAME))
        .collect();
    let room = |(place, (stop, name)): (usize, (&TrackStop, &String))| {
        let bold = if place == current { BOLD } else { 1.0 };
        TimelineLabel {
            at: stop.at * width,
            width: timeline_labels::width(name) * bold,
        }
    };
    let rooms: Vec<TimelineLabel> = stops.iter().zip(&names).enumerate().map(room).collect();
    let shifts = timeline_labels::names(&rooms, current, width);
    let stop = |(place, stop): (usize, &TrackStop)| {
        let done = (place < current || (place == current && share > 0.0)).then_some("done");
        let cur = (place == current).then_some("cur");
        let style = format!("left:{:.2}%", stop.at * 100.0);
        html! {
            <>
                <b class={classes!("stop", stop.kind.class(), done, cur, stop.ended.map(Tone::class))} ~style={style.clone()}></b>
                if let Some(shift) = shifts[place] { <span class={classes!("label", cur)} ~style={format!("{style};margin-left:{shift:.1}px")}>{ &names[place] }</span> }
            </>
        }
    };
    let text = stops
        .get(current)
        .map(|stop| stop.label.clone())
        .unwrap_or_default();
    let now = stops.get(current).map_or(0.0, |stop| stop.time);
    html! {
        <div ref={place.clone()} class="track" id="track" role="slider" tabindex="0" aria-label={label.to_owned()} aria-valuemin="0" aria-valuemax={format!("{duration:.1}")}
            aria-valuenow={format!("{now:.1}")} aria-valuetext={text} {onkeydown} onpointerdown={seek.clone()} onpointermove={seek}>
            <i></i>{ for done_parts(stops, share) }
            { for stops.iter().enumerate().map(stop) }
        </div>
    }
}
