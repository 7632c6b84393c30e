//! The packet at this hop: its header before and after, and why it went this way, hop by hop.

use std::cmp::Ordering;

use kubehop::view::flow::Flow;
use kubehop::view::page_view::{
    CauseView, CopiedText, Doubt, HopRule, HopView, LinksView, RulePart, TraceView, VerdictView,
};
use kubehop::view::scene::{PacketKind, Scene};
use kubehop::view::session::{Ask, Pointed};
use kubehop::view::timeline::Phase;
use yew::prelude::*;

use super::both::Both;
use super::browser;
use super::fix;
use super::message::{Action, Export, Msg, Tab};
use super::outcomes::Outcomes;
use super::shared::{Same, Words, pointing, use_words};
use super::terms::{Marker, use_marker};

#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    /// The shown connection.
    pub(crate) trace: Option<Same<TraceView>>,
    /// Many connections with how many have started, while they are shown.
    pub(crate) many: Option<(Same<Flow>, usize)>,
    /// The picture, which has the shape of each hop.
    pub(crate) scene: Same<Scene>,
    /// What belongs to what is selected or pointed at.
    pub(crate) links: Same<LinksView>,
    /// Why what was typed is no request.
    pub(crate) error: Option<String>,
    /// Whether a lesson is open: it asks what will happen before the packet is sent.
    pub(crate) in_lesson: bool,
    /// The hop last reached, from 0.
    pub(crate) hop: usize,
    /// How far the work of that hop is done.
    pub(crate) phase: Phase,
    /// Whether a lesson's packet is under way: the hops ahead of it would give the answer to the prediction away.
    pub(crate) is_under_way: bool,
    /// Whether the end was reached, so that the outcome may be shown.
    pub(crate) over: bool,
    /// Where to send what happens.
    pub(crate) send: Callback<Msg>,
}

/// The Packet tab.
#[component]
pub(crate) fn PacketTab(props: &Props) -> Html {
    let words = use_words();
    let marker = use_marker();
    let hops = props.trace.as_ref().map_or(0, |trace| trace.hops.len());
    // A connection of one hop is at its last hop before anything was sent.
    let has_ended = props.over || props.hop > 0 && props.hop + 1 == hops;
    let what = (props.hop, has_ended, props.many.is_some());
    use_effect_with(what, |(hop, has_ended, is_many)| {
        if *is_many {
            browser::show("outcomes");
            return;
        }
        browser::show(&format!("hop-{hop}"));
        if *has_ended {
            browser::show("verdict");
        }
    });
    let Some(trace) = &props.trace else {
        return match &props.error {
            Some(error) => html! { <p class="sec wrong">{ error }</p> },
            None if props.in_lesson => {
                html! { <p class="sec dim">{ words.label("no-request-in-lesson") }</p> }
            }
            None => html! { <p class="sec dim">{ words.label("no-request") }</p> },
        };
    };
    let Some(here) = trace.hops.get(props.hop) else {
        return Html::default();
    };
    let copy = |what: CopiedText| props.send.reform(move |_| Msg::Copy(what.clone()));
    let hops = trace.hops.iter().enumerate().take(shown_hops(props));
    html! {
        <>
            if let Some((flow, started)) = &props.many {
                <Outcomes flow={flow.clone()} started={*started} />
            }
            <section class="sec header">
                <h2>
                    { words.label("header-here") }
                    if leaving(here, props.phase) == PacketKind::Reply {
                        <span class="of-reply">{ words.label("the-reply") }</span>
                    }
                </h2>
                { header(here, props.phase, &words) }
            </section>
            <section class="sec" tabindex="-1" aria-label={words.label("why")}>
                <h2>{ words.label("why") }</h2>
                <ol>{ for hops.map(|(index, hop)| entry(props, trace, (index, hop), &marker, &words)) }</ol>
                if has_ended {
                    { verdict(&trace.verdict, &props.send, &words) }
                }
                // A comparison was asked for, whatever has been sent since.
                if has_ended || trace.both.is_some() {
                    { compared(trace, &props.send, &words) }
                }
            </section>
            <section class="sec copies">
                <button onclick={copy(CopiedText::Trace)}>{ words.label("copy-trace") }</button>
                <button onclick={copy(CopiedText::Json)}>{ words.label("copy-json") }</button>
                { exports(&props.send, &words) }
            </section>
        </>
    }
}

/// What offers the same request through a Gateway, or shows its result.
fn compared(trace: &TraceView, send: &Callback<Msg>, words: &Words) -> Html {
    let show = |is_shown: bool| {
        send.reform(move |_: MouseEvent| Msg::Do(Action::Ask(Ask::Compare(is_shown))))
    };
    match &trace.both {
        Some(both) => html! { <Both both={both.clone()} send={send.clone()} /> },
        None if trace.can_compare => html! {
            <p class="copies offer">
                <button onclick={show(true)}>{ words.label("both-compare") }</button>
            </p>
        },
        None => Html::default(),
    }
}

/// The menu of files to save.
fn exports(send: &Callback<Msg>, words: &Words) -> Html {
    let button = |(label, export): (&'static str, Export)| {
        let onclick = send.reform(move |_: MouseEvent| Msg::Export(export.clone()));
        html! { <button {onclick}>{ words.label(label) }</button> }
    };
    html! {
        <details class="exports">
            <summary>{ words.label("export") }</summary>
            <div class="copies">{ for Export::ALL.map(button) }</div>
        </details>
    }
}

/// How many hops are listed: all, or while a lesson's packet is under way those that it has reached.
fn shown_hops(props: &Props) -> usize {
    if props.is_under_way {
        props.hop + 1
    } else {
        usize::MAX
    }
}

/// One hop of the list.
fn entry(
    props: &Props,
    trace: &TraceView,
    (index, hop): (usize, &HopView),
    marker: &Marker,
    words: &Words,
) -> Html {
    let state = match index.cmp(&props.hop) {
        Ordering::Less => "done",
        Ordering::Equal => "cur",
        Ordering::Greater => "",
    };
    let is_current = index == props.hop;
    let path = props.scene.path.as_ref();
    let shape = path.and_then(|path| path.hops.get(index)?.shape);
    let key = shape
        .and_then(|shape| props.scene.shapes.get(shape.0))
        .map(|shape| &shape.key);
    let over = pointing(
        &props.send,
        key.map_or(Pointed::Nothing, |key| Pointed::Object(key.clone())),
    );
    let is_linked = props.links.has(key);
    let is_last = index + 1 == trace.hops.len();
    let ended = is_last.then(|| trace.verdict.tone.class());
    let onclick = props
        .send
        .reform(move |_: MouseEvent| Msg::Do(Action::JumpToHop(index)));
    html! {
        <li
            id={format!("hop-{index}")}
            class={classes!("hop", state, hop.kind_after.class(), ended, is_linked.then_some("linked"))}
            onpointerover={over}
            onclick={onclick.clone()}
            aria-current={is_current.then_some("step")}
        >
            <button class="n0" aria-label={hop.count.clone()}>{ index + 1 }</button>
            <div>
                <p>
                    <span class="text">{ marker.mark_plain(&hop.text) }</span>
                    if let Some(detail) = &hop.detail {
                        { " " }
                        <span class="detail">{ marker.mark_plain(detail) }</span>
                    }
                </p>
                if is_current && !hop.rules.is_empty() {
                    { rules(&hop.rules, &props.send, words) }
                }
                if let Some(note) = &hop.note {
                    <small>{ note }</small>
                }
            </div>
        </li>
    }
}

/// What the packet is for: on arrival, and after the work of the hop.
fn leaving(hop: &HopView, phase: Phase) -> PacketKind {
    match phase {
        Phase::Arrived => hop.kind,
        Phase::Struck | Phase::Rewritten => hop.kind_after,
    }
}

/// The packet's header; once this hop has replaced addresses, with the old ones struck.
fn header(hop: &HopView, phase: Phase, words: &Words) -> Html {
    let has_arrived_only = phase == Phase::Arrived;
    let summary = if has_arrived_only {
        &hop.summary_before
    } else {
        &hop.summary
    };
    let row = |name: &'static str, before: &String, after: &String| {
        let value = if before == after || has_arrived_only {
            html! { { before } }
        } else {
            html! {
                <>
                    <del><span class="hidden-text">{ words.label("before") }</span>{ before }</del>
                    <ins><span class="hidden-text">{ words.label("after") }</span>{ after }</ins>
                </>
            }
        };
        html! { <tr data-field={name}><th scope="row">{ name }</th><td>{ value }</td></tr> }
    };
    html! {
        <table class={classes!("hd", leaving(hop, phase).class())}>
            <tbody>
                { row("src", &hop.before.0, &hop.after.0) }
                { row("dst", &hop.before.1, &hop.after.1) }
                <tr data-field="proto"><th scope="row">{ "proto" }</th><td>{ summary }</td></tr>
            </tbody>
        </table>
    }
}

/// The rules that matched here, in order, and those that were passed over; what they did is marked.
fn rules(lines: &[HopRule], send: &Callback<Msg>, words: &Words) -> Html {
    let part = |rule: &HopRule, part: &RulePart| {
        if part.is_marked && !rule.is_passed {
            html! { <mark>{ &part.text }</mark> }
        } else {
            html! { { &part.text } }
        }
    };
    let line = |rule: &HopRule| {
        let drawn = if rule.is_passed { "not-drawn" } else { "drawn" };
        html! {
            <span class={rule.is_passed.then_some("passed")}>
                { for rule.parts.iter().map(|own| part(rule, own)) }
                if let Some(n) = rule.one_of {
                    { " " }<span class="pill">{ format!("1/{n}, {}", words.label(drawn)) }</span>
                }
                { "\n" }
            </span>
        }
    };
    let onclick = send.reform(|event: MouseEvent| {
        event.stop_propagation();
        Msg::Open(Tab::Rules)
    });
    html! { <div class="rule" {onclick}>{ for lines.iter().map(line) }</div> }
}

/// How the connection ended, and why.
fn verdict(verdict: &VerdictView, send: &Callback<Msg>, words: &Words) -> Html {
    let causes = verdict.causes.iter().map(|own| cause(own, send, words));
    html! {
        <div id="verdict" class={classes!("verdict", verdict.tone.class())} role="status">
            <b class="headline">{ &verdict.text }</b>
            if let Some(detail) = &verdict.detail {
                { " " }{ detail }
            }
            if !verdict.causes.is_empty() {
                <ol class="causes">{ for causes }</ol>
            }
        </div>
    }
}

/// One cause, with what mends it.
fn cause(cause: &CauseView, send: &Callback<Msg>, words: &Words) -> Html {
    let index = cause.index;
    let doubt = cause.doubt.map(|doubt| match doubt {
        Doubt::Likely => words.label("cause-likely"),
        Doubt::Possible => words.label("cause-possible"),
    });
    let position = cause.position.map(|(line, column)| {
        let reveal = send.reform(move |_| Msg::Reveal(line, column));
        html! {
            <button class="where" onclick={reveal} title={words.label("show-in-text")}>
                { format!("{line}:{column}") }
            </button>
        }
    });
    let call = cause.call.clone().map(|(from, to)| {
        let text = format!("{} {to}", words.label("call-instead"));
        let call = send.reform(move |_| Msg::Do(Action::Ask(Ask::Call(from.clone(), to.clone()))));
        html! { <button class="fix" onclick={call}>{ text }</button> }
    });
    html! {
        <li>
            if let Some(doubt) = doubt {
                <em>{ doubt }</em>{ " " }
            }
            <span class="what">{ &cause.text }</span>{ " " }
            { position }
            if let Some(detail) = &cause.detail {
                <small>{ detail }</small>
            }
            if let Some(command) = &cause.command {
                <code>{ command }</code>
            }
            if let Some(fix) = &cause.fix {
                { fix::preview(fix, words) }
            }
            <span class="mends">
                { call }
                if let Some(fix) = &cause.fix {
                    { fix::button(fix, Ask::FixCause(index), send, words) }
                }
                <a href={cause.docs.clone()} target="_blank" rel="noopener noreferrer">
                    { words.label("documentation") }
                </a>
            </span>
        </li>
    }
}
