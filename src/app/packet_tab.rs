//! The packet at this hop: its header before and after, and why it went this way, hop by hop.

use kubehop::engine::trace::{Hop, RuleLine, RulePart, Verdict, Weight};
use kubehop::view::flow::PlayedTrace;
use kubehop::view::session::Action;
use yew::prelude::*;

use super::browser;
use super::message::{Copied, Msg, Tab};
use super::page_text::Line;
use super::shared::{Same, Words, use_words};

#[derive(Properties, PartialEq)]
pub struct Props {
    /// The shown connection.
    pub trip: Option<Same<PlayedTrace>>,
    /// The hop last reached, from 0.
    pub hop: usize,
    /// Whether the end was reached, so that the outcome may be told.
    pub over: bool,
    /// Where to send what happens.
    pub send: Callback<Msg>,
}

/// The Packet tab.
#[component]
pub fn PacketTab(props: &Props) -> Html {
    let words = use_words();
    use_effect_with(props.hop, |hop| browser::show(&format!("hop-{hop}")));
    let Some(trip) = &props.trip else {
        return html! { <p class="sec dim">{ words.label("no-request") }</p> };
    };
    let hops = &trip.trace.hops;
    let Some(here) = hops.get(props.hop) else {
        return Html::default();
    };
    let last = hops.len().saturating_sub(1);
    let failed = trip.trace.is_failure();
    let entry = |(place, hop): (usize, &Hop)| {
        let state = match place.cmp(&props.hop) {
            std::cmp::Ordering::Less => "done",
            std::cmp::Ordering::Equal => "cur",
            std::cmp::Ordering::Greater => "",
        };
        let bad = (failed && place == last).then_some("bad");
        let current = place == props.hop;
        let onclick = props
            .send
            .reform(move |_: MouseEvent| Msg::Do(Action::JumpToHop(place)));
        let sentence = words.format(&hop.reason);
        html! {
            <li id={format!("hop-{place}")} class={classes!("hop", state, bad)} onclick={onclick.clone()} aria-current={current.then_some("step")}>
                <button class="n0" aria-label={words.format(&Line::Hop { hop: place + 1, hops: hops.len() }).text}>{ place + 1 }</button>
                <div>
                    <p><span class="text">{ sentence.text }</span>
                    if let Some(detail) = sentence.detail { { " " }<span class="detail">{ detail }</span> }</p>
                    if current && hop.rules.iter().any(|line| line.weight == Weight::Telling) { { rules(&hop.rules, &props.send) } }
                    if let Some(note) = words.format_part(&hop.reason, "note") { <small>{ note }</small> }
                </div>
            </li>
        }
    };
    html! {
        <>
            <section class="sec header"><h2>{ words.label("header-here") }</h2>{ header(here, &words) }</section>
            <section class="sec"><h2>{ words.label("why") }</h2>
                <ol>{ for hops.iter().enumerate().map(entry) }</ol>
                if props.over || props.hop == last { { verdict(&trip.trace.verdict, &words) } }
            </section>
            <section class="sec copies">
                <button onclick={props.send.reform(|_| Msg::Copy(Copied::Trace))}>{ words.label("copy-trace") }</button>
                <button onclick={props.send.reform(|_| Msg::Copy(Copied::Json))}>{ words.label("copy-json") }</button>
            </section>
        </>
    }
}

/// The packet's header, with what this hop struck and what it wrote.
fn header(hop: &Hop, words: &Words) -> Html {
    let row = |name: &'static str, before: String, after: String| {
        let value = if before == after {
            html! { before }
        } else {
            html! { <><del><span class="hidden-text">{ words.label("before") }</span>{ before }</del><ins><span class="hidden-text">{ words.label("after") }</span>{ after }</ins></> }
        };
        html! { <tr data-field={name}><th scope="row">{ name }</th><td>{ value }</td></tr> }
    };
    let (before, after) = (hop.before.ends(), hop.after.ends());
    html! {
        <table class="hd"><tbody>
            { row("src", before.0, after.0) }
            { row("dst", before.1, after.1) }
            <tr data-field="proto"><th scope="row">{ "proto" }</th><td>{ hop.after.summary() }</td></tr>
        </tbody></table>
    }
}

/// The rules that matched here, in order; what they did is marked.
fn rules(lines: &[RuleLine], send: &Callback<Msg>) -> Html {
    let part = |part: RulePart| {
        if part.acts {
            html! { <mark>{ part.text }</mark> }
        } else {
            html! { { part.text } }
        }
    };
    let line = |line: &RuleLine| html! { <>{ for line.parts().into_iter().map(part) }{ "\n" }</> };
    let onclick = send.reform(|event: MouseEvent| {
        event.stop_propagation();
        Msg::Open(Tab::Rules)
    });
    html! { <div class="rule" {onclick}>{ for lines.iter().filter(|line| line.weight == Weight::Telling).map(line) }</div> }
}

/// How the trip ended.
fn verdict(verdict: &Verdict, words: &Words) -> Html {
    let sentence = words.format(verdict);
    html! {
        <div class={classes!("verdict", tone(verdict))} role="status">
            <b>{ sentence.text }</b>{ " " }{ sentence.detail }
        </div>
    }
}

/// The class of a verdict: well, not known, badly.
pub fn tone(verdict: &Verdict) -> &'static str {
    match verdict {
        Verdict::Answered { .. } => "",
        Verdict::Unknown { .. } => "unsure",
        Verdict::Refused { .. }
        | Verdict::TimedOut { .. }
        | Verdict::NoSuchName { .. }
        | Verdict::LookupFailed { .. }
        | Verdict::IngressUnreachable { .. }
        | Verdict::HttpError { .. } => "bad",
    }
}
