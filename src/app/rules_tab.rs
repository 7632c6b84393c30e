//! A node's rules, as `iptables-save` prints them, with the rules that the packet matched highlighted.

use kubehop::view::page_view::{CopiedText, RuleLineView, RulesView};
use yew::prelude::*;

use super::browser;
use super::message::Msg;
use super::shared::{Same, use_words};

#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    /// The rules; `None` without nodes, and until the worker answered.
    pub(crate) rules: Option<Same<RulesView>>,
    /// Where to send what happens.
    pub(crate) send: Callback<Msg>,
}

/// The Rules tab.
#[component]
pub(crate) fn RulesTab(props: &Props) -> Html {
    let words = use_words();
    let Some(rules) = &props.rules else {
        return html! { <p class="sec dim">{ words.label("no-nodes") }</p> };
    };
    let onchange = props
        .send
        .reform(|event: Event| Msg::ShowRules(browser::value_of(&event)));
    let node = rules.node.clone();
    let copy = props
        .send
        .reform(move |_: MouseEvent| Msg::Copy(CopiedText::Rules(node.clone())));
    let option = |name: &String| {
        let selected = *name == rules.node;
        html! { <option value={name.clone()} {selected}>{ name }</option> }
    };
    html! {
        <>
            <div class="row">
                <label class="dim" for="rules-node">{ words.label("node") }</label>
                <select id="rules-node" {onchange}>{ for rules.nodes.iter().map(option) }</select>
                <code class="mono dim">{ &rules.command }</code>
                <button class="copy" onclick={copy}>{ words.label("copy") }</button>
            </div>
            <Lines rules={rules.clone()} />
        </>
    }
}

#[derive(Properties, PartialEq)]
struct LinesProps {
    rules: Same<RulesView>,
}

#[component]
fn Lines(props: &LinesProps) -> Html {
    let words = use_words();
    let rules = &props.rules;
    use_effect_with(rules.clone(), |_| browser::show("first-lit"));
    let first = rules.lines.iter().position(|line| line.is_lit);
    let line = |(index, line): (usize, &RuleLineView)| {
        let class = match (line.is_lit, line.is_heading) {
            (true, _) => "lit",
            (false, true) => "head",
            (false, false) => "",
        };
        let id = (first == Some(index)).then_some("first-lit");
        html! { <><span {id} {class}>{ &line.text }</span>{ "\n" }</> }
    };
    html! {
        <div class="rules-text" tabindex="0" role="region" aria-label={words.label("tab-rules")}>
            { for rules.lines.iter().enumerate().map(line) }
            if let Some(more) = &rules.more {
                <span class="head">{ more }</span>
            }
        </div>
    }
}
