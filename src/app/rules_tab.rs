//! A node's rules, as `iptables-save` prints them, with the rules that the packet matched highlighted.

use std::collections::BTreeSet;
use std::rc::Rc;

use kubehop::engine::names::Family;
use kubehop::engine::ruleset::{PrintedLine, RuleId};
use kubehop::engine::trace::Network;
use kubehop::view::flow::PlayedTrace;
use yew::prelude::*;

use super::browser;
use super::message::Msg;
use super::page_text::Line;
use super::shared::{Same, use_words};

#[derive(Properties, PartialEq)]
pub struct Props {
    /// The cluster and its rules.
    pub world: Same<Network>,
    /// The shown connection.
    pub trip: Option<Same<PlayedTrace>>,
    /// The hop last reached, from 0.
    pub hop: usize,
    /// Where to send what happens.
    pub send: Callback<Msg>,
}

/// At most this many lines are put into the page at once.
const LINES: usize = 2_000;

/// The Rules tab.
#[component]
pub fn RulesTab(props: &Props) -> Html {
    let words = use_words();
    let chosen = use_state(|| None::<String>);
    let Props {
        world, trip, hop, ..
    } = props;
    let nodes: Vec<String> = world
        .resolved
        .cluster
        .nodes
        .keys()
        .map(ToString::to_string)
        .collect();
    let of_hop = trip
        .as_ref()
        .and_then(|trip| trip.trace.rules_node(*hop).map(str::to_owned));
    let node = (*chosen)
        .clone()
        .filter(|node| nodes.contains(node))
        .or(of_hop)
        .or_else(|| nodes.first().cloned());
    let Some(node) = node else {
        return html! { <p class="sec dim">{ words.label("no-nodes") }</p> };
    };
    let family = trip.as_ref().map_or(Family::V4, |trip| trip.trace.family());
    let lit: BTreeSet<RuleId> = trip
        .as_ref()
        .map(|trip| trip.trace.matched_on(&node))
        .unwrap_or_default();
    let onchange = Callback::from(move |event: Event| chosen.set(Some(browser::value_of(&event))));
    let lines = Rc::new(world.rules_lines(&node, family));
    let copy = {
        let lines = lines.clone();
        props.send.reform(move |_: MouseEvent| {
            browser::copy(&PrintedLine::join(&lines));
            Msg::Note(Some("copied"))
        })
    };
    html! {
        <>
            <div class="row">
                <label class="dim" for="rules-node">{ words.label("node") }</label>
                <select id="rules-node" {onchange}>
                    { for nodes.iter().map(|name| html! { <option value={name.clone()} selected={*name == node}>{ name }</option> }) }
                </select>
                <code class="mono dim">{ world.rules_command(family) }</code>
                <button class="copy" onclick={copy}>{ words.label("copy") }</button>
            </div>
            <Lines {lines} lit={Rc::new(lit)} />
        </>
    }
}

#[derive(Properties, PartialEq)]
struct LinesProps {
    lines: Rc<Vec<PrintedLine>>,
    lit: Rc<BTreeSet<RuleId>>,
}

#[component]
fn Lines(props: &LinesProps) -> Html {
    let words = use_words();
    let total = props.lines.len();
    use_effect_with((props.lines.clone(), props.lit.clone()), |_| {
        browser::show("first-lit");
    });
    let is_lit = |line: &PrintedLine| line.id.is_some_and(|id| props.lit.contains(&id));
    let first = props.lines.iter().position(is_lit);
    let line = |(index, line): (usize, &PrintedLine)| {
        let class = if is_lit(line) {
            "lit"
        } else if line.is_heading() {
            "head"
        } else {
            ""
        };
        let id = (first == Some(index)).then_some("first-lit");
        html! { <><span {id} {class}>{ line.text().to_owned() }</span>{ "\n" }</> }
    };
    html! {
        <div class="rules-text" tabindex="0" role="region" aria-label={words.label("tab-rules")}>
            { for props.lines.iter().take(LINES).enumerate().map(line) }
            if total > LINES { <span class="head">{ words.format(&Line::MoreLines { count: total - LINES }).text }</span> }
        </div>
    }
}
