//! What is wrong with the text: each with its place, its reason and, where there is one, its fix.

use kubehop::view::page_view::Severity;
use kubehop::view::page_view::{CopiedText, LinksView, ProblemGroup, ProblemView, ProblemsView};
use kubehop::view::session::{Ask, Pointed};
use yew::prelude::*;

use super::browser;
use super::fix;
use super::message::Msg;
use super::shared::{Same, use_linked, use_words};

#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    /// What is wrong.
    pub(crate) problems: Same<ProblemsView>,
    /// The lit lines of the text.
    pub(crate) lit: Same<Vec<(u32, u32)>>,
    /// What belongs to what is selected or pointed at.
    pub(crate) links: Same<LinksView>,
    /// Whether anything happened to the cluster since it was made of the text.
    pub(crate) happened: bool,
    /// Where to send what happens.
    pub(crate) send: Callback<Msg>,
}

/// The attribute of a problem that has its line.
const LINE: &str = "data-line";

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
    let opened = use_state(Vec::<usize>::new);
    let line = |(line, group): (usize, &ProblemGroup)| {
        let is_open = opened.contains(&line);
        let toggle = {
            let opened = opened.clone();
            Callback::from(move |_: MouseEvent| {
                let mut lines: Vec<usize> = (*opened).clone();
                lines.retain(|open| *open != line);
                if lines.len() == opened.len() {
                    lines.push(line);
                }
                opened.set(lines);
            })
        };
        group_lines(props, group, is_open, toggle)
    };
    let over = send.reform(|event: PointerEvent| {
        let line = browser::nearest_attribute(&event, LINE);
        let line = line.and_then(|line| line.parse().ok());
        Msg::Point(line.map_or(Pointed::Nothing, Pointed::Line))
    });
    html! {
        <section class="prob" aria-label={words.label("problems")} tabindex="0" onpointerover={over}>
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
            if props.happened {
                <p class="about-text">{ words.label("problems-of-text") }</p>
            }
            <ul aria-live="polite">
                { for problems.shown.iter().enumerate().map(line) }
                { cut(problems.more.as_ref()) }
            </ul>
        </section>
    }
}

/// A problem and, behind a button, those that are alike; one that belongs to what is selected is shown as well.
fn group_lines(
    props: &Props,
    group: &ProblemGroup,
    is_open: bool,
    toggle: Callback<MouseEvent>,
) -> Html {
    let is_linked = |problem: &ProblemView| {
        let line = problem.position.0;
        let covers = |(first, last): &(u32, u32)| (*first..=*last).contains(&line);
        !props.links.shapes.is_empty() && props.lit.iter().any(covers)
    };
    let item = |(place, problem): (usize, &ProblemView)| {
        let is_linked = is_linked(problem);
        let is_shown = place == 0 || is_open || (is_linked && props.links.is_selected);
        is_shown.then(|| {
            html! { <Problem key={problem.index} problem={problem.clone()} {is_linked} send={props.send.clone()} /> }
        })
    };
    let fold = group.others.as_ref().map(|others| {
        html! {
            <li class="alike">
                <button class="link" aria-expanded={is_open.to_string()} onclick={toggle}>
                    { others }{ if is_open { " ▴" } else { " ▾" } }
                </button>
            </li>
        }
    });
    html! {
        <>
            { for group.problems.iter().enumerate().filter_map(item) }
            if is_open {
                { cut(group.more.as_ref()) }
            }
            { fold }
        </>
    }
}

/// That some are not listed.
fn cut(more: Option<&String>) -> Option<Html> {
    more.map(|more| html! { <li class="cut">{ more }</li> })
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
    let index = problem.index;
    let reveal = send.reform(move |_| Msg::Reveal(line, column));
    html! {
        <li class={classes!("it", class, is_linked.then_some("linked"))} data-line={line.to_string()}>
            <span class="mark" role="img" aria-label={words.label(name)}>{ mark }</span>
            <div>
                <b>{ &problem.text }</b>
                { " " }
                if let Some(namespace) = &problem.namespace {
                    <span class="pill" title={words.label("namespace")}>{ namespace }</span>
                    { " " }
                }
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
            if let Some(fix) = &problem.fix {
                { fix::button(fix, Ask::Fix(index), send, &words) }
            }
        </li>
    }
}
