//! What is wrong with the text: each with its place, its reason and, where there is one, its fix.

use kubehop::view::page_view::Severity;
use kubehop::view::page_view::{CopiedText, LinksView, ProblemView, ProblemsView};
use kubehop::view::session::{Ask, Pointed};
use yew::prelude::*;

use super::fix;
use super::message::{Action, Msg};
use super::shared::{Same, pointing, use_linked, use_words};

#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    /// What is wrong.
    pub(crate) problems: Same<ProblemsView>,
    /// The lit lines of the text.
    pub(crate) lit: Same<Vec<(u32, u32)>>,
    /// What belongs to what is selected or pointed at.
    pub(crate) links: Same<LinksView>,
    /// Where to send what happens.
    pub(crate) send: Callback<Msg>,
}

/// The list of problems.
#[component]
pub(crate) fn Problems(props: &Props) -> Html {
    let words = use_words();
    let Props { problems, send, .. } = props;
    let tally = |text: &Option<String>, class: &'static str| {
        let span = |text| html! { <span {class}>{ text }</span> };
        text.as_ref().map(span)
    };
    let copy = send.reform(|_| Msg::Copy(CopiedText::Problems));
    use_linked(&props.links, ".prob .linked");
    let item = |problem: &ProblemView| {
        let line = problem.position.0;
        let covers = |(first, last): &(u32, u32)| (*first..=*last).contains(&line);
        let is_linked = !props.links.shapes.is_empty() && props.lit.iter().any(covers);
        html! { <Problem key={problem.index} problem={problem.clone()} {is_linked} send={send.clone()} /> }
    };
    html! {
        <section class="prob" aria-label={words.label("problems")} tabindex="0">
            <h2>
                { words.label("problems") }
                { tally(&problems.errors, "count-error") }
                { tally(&problems.warnings, "count-warning") }
                { tally(&problems.notes, "") }
                if problems.shown.is_empty() {
                    <span class="count-none">{ words.label("none") }</span>
                } else {
                    <button class="copy" aria-label={words.label("copy-problems")} onclick={copy}>
                        { words.label("copy") }
                    </button>
                }
            </h2>
            <ul aria-live="polite">{ for problems.shown.iter().map(item) }</ul>
        </section>
    }
}

#[derive(Properties, PartialEq)]
struct ProblemProps {
    problem: ProblemView,
    is_linked: bool,
    send: Callback<Msg>,
}

#[component]
fn Problem(props: &ProblemProps) -> Html {
    let words = use_words();
    let ProblemProps {
        problem,
        is_linked,
        send,
    } = props;
    let (class, mark, name) = match problem.severity {
        Severity::Error => ("error", "✖", "error"),
        Severity::Warning => ("warning", "▲", "warning"),
        Severity::Info => ("info", "ℹ", "note"),
    };
    let (line, column) = problem.position;
    let (over, out) = pointing(send, Pointed::Line(line));
    let index = problem.index;
    let reveal = send.reform(move |_| Msg::Reveal(line, column));
    let mend = send.reform(move |_| Msg::Do(Action::Ask(Ask::Fix(index))));
    html! {
        <li class={classes!("it", class, is_linked.then_some("linked"))} onpointerover={over} onpointerout={out}>
            <span class="mark" role="img" aria-label={words.label(name)}>{ mark }</span>
            <div>
                <b>{ &problem.text }</b>
                { " " }
                <button class="where" onclick={reveal} title={words.label("show-in-text")}>
                    { format!("{line}:{column}") }
                </button>
                if let Some(detail) = &problem.detail {
                    <small>{ detail }</small>
                }
                if let Some(fix) = &problem.fix {
                    { fix::preview(fix, &words) }
                }
            </div>
            if problem.fix.is_some() {
                <button class="fix" onclick={mend}>{ words.label("fix") }</button>
            }
        </li>
    }
}
