//! A node's rules, as `iptables-save` prints them, chain by chain, with what the packet has matched so far.

use kubehop::view::page_view::{CopiedText, LinksView, RuleGroupView, RuleLineView, RulesView};
use kubehop::view::session::Pointed;
use yew::prelude::*;

use super::browser;
use super::message::Msg;
use super::search_field::SearchField;
use super::shared::{Same, Words, pointing, selecting, use_linked, use_words};

#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    /// The rules; `None` without nodes, and until the worker answered.
    pub(crate) rules: Option<Same<RulesView>>,
    /// What is searched.
    pub(crate) filter: String,
    /// The hop last reached, from 0.
    pub(crate) hop: usize,
    /// What belongs to what is selected or pointed at.
    pub(crate) links: Same<LinksView>,
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
                <SearchField
                    label="search-rules"
                    text={props.filter.clone()}
                    found={rules.found.clone()}
                    wanted={props.send.reform(Msg::FilterRules)}
                />
            </div>
            <Chains
                rules={rules.clone()}
                hop={props.hop}
                links={props.links.clone()}
                is_searched={!props.filter.is_empty()}
                send={props.send.clone()}
            />
        </>
    }
}

#[derive(Properties, PartialEq)]
struct ChainsProps {
    rules: Same<RulesView>,
    hop: usize,
    links: Same<LinksView>,
    is_searched: bool,
    send: Callback<Msg>,
}

#[component]
fn Chains(props: &ChainsProps) -> Html {
    let words = use_words();
    let ChainsProps { rules, hop, .. } = props;
    let lines = rules.groups.iter().flat_map(|group| &group.lines);
    let last = lines
        .filter_map(|line| line.hop.filter(|at| at <= hop))
        .max();
    use_effect_with((rules.clone(), *hop), |_| browser::show("last-lit"));
    use_linked(&props.links, ".rules-text .linked");
    let mut is_found = false;
    let mut chain = |group: &RuleGroupView| {
        let lines: Html = group
            .lines
            .iter()
            .map(|line| {
                let is_last = !is_found && last.is_some() && line.hop == last;
                is_found |= is_last;
                drawn(line, is_last, props, &words)
            })
            .collect();
        folded(group, lines, props, &words)
    };
    html! {
        <div class="rules-text" tabindex="0" role="region" aria-label={words.label("tab-rules")}>
            if last.is_some() {
                <p class="so-far">
                    { words.label("lit-so-far").replace("{hop}", &(hop + 1).to_string()) }
                </p>
            }
            { for rules.groups.iter().map(&mut chain) }
            if let Some(more) = &rules.more {
                <p class="head">{ more }</p>
            }
        </div>
    }
}

/// A chain that opens when the packet gets to it, or when it is searched.
fn folded(group: &RuleGroupView, lines: Html, props: &ChainsProps, words: &Words) -> Html {
    let is_reached = |line: &RuleLineView| line.hop.is_some_and(|at| at <= props.hop);
    let is_linked = |line: &RuleLineView| props.links.is_selected && props.links.has_rule(line);
    let mut lines_of = group.lines.iter();
    let open = props.is_searched || lines_of.any(|line| is_reached(line) || is_linked(line));
    let count = words
        .label(if group.count == 1 {
            "rule-count-one"
        } else {
            "rule-count"
        })
        .replace("{count}", &group.count.to_string());
    // A table holds chains, not rules.
    let has_count = group.count > 0 || !group.title.starts_with('*');
    // What a large cluster leaves out is found by the chain's name.
    let is_cut = group.lines.is_empty();
    let title = group.title.clone();
    let onclick = props
        .send
        .reform(move |_: MouseEvent| Msg::FilterRules(title.clone()));
    html! {
        <details key={group.title.clone()} {open} onclick={is_cut.then_some(onclick)}>
            <summary><b>{ &group.title }</b>if has_count { <span class="dim">{ count }</span> }</summary>
            { lines }
        </details>
    }
}

/// A line, which breaks before its options.
fn drawn(line: &RuleLineView, is_last: bool, props: &ChainsProps, words: &Words) -> Html {
    let hop = props.hop;
    let is_lit = line.hop.is_some_and(|at| at <= hop);
    let is_passed = line.passed.is_some_and(|at| at <= hop);
    let class = classes!(
        "line",
        is_lit.then_some("lit"),
        is_passed.then_some("passed"),
        line.is_heading.then_some("head"),
        props.links.has_rule(line).then_some("linked"),
    );
    let remark = match line.one_of {
        Some(n) if is_lit => Some(format!("1/{n}, {}", words.label("drawn"))),
        Some(n) if is_passed => Some(format!("1/{n}, {}", words.label("not-drawn"))),
        _ => None,
    };
    let about = line.about.as_ref();
    let onpointerover =
        about.map(|service| pointing(&props.send, Pointed::Object(service.clone())));
    let onclick = about.map(|service| selecting(&props.send, service));
    let id = is_last.then_some("last-lit");
    let piece = |piece: &str| html! { <><span>{ piece.to_owned() }</span>{ " " }</> };
    html! {
        <div {id} {class} {onpointerover} {onclick}>
            { for pieces(&line.text).into_iter().map(piece) }
            if let Some(remark) = remark {
                <small class="pill">{ remark }</small>
            }
        </div>
    }
}

/// A rule in pieces, each of which begins with an option.
fn pieces(text: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let (mut start, mut is_quoted) = (0, false);
    for (index, letter) in text.char_indices() {
        is_quoted ^= letter == '"';
        let rest = &text[index..];
        let is_negated = text[start..index].ends_with('!');
        if !is_quoted && !is_negated && (rest.starts_with(" -") || rest.starts_with(" ! -")) {
            pieces.push(&text[start..index]);
            start = index + 1;
        }
    }
    pieces.push(&text[start..]);
    pieces
}
