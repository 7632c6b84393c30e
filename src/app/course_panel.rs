//! The open lesson, step by step.

use kubehop::view::course::{CheckView, ComparisonView, CourseAsk, OpenLessonView, PredictionView};
use kubehop::view::session::Ask;
use yew::prelude::*;

use super::browser;
use super::course_link::{CourseMsg, Number, lesson_link};
use super::lesson_tab::spans;
use super::message::{Action, Msg};
use super::shared::{Words, use_words};
use super::terms::{Marker, use_marker};

#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    /// The open lesson.
    pub(crate) lesson: OpenLessonView,
    /// Whether the packet that decides the last prediction is on its way: its result is not shown yet.
    pub(crate) is_under_way: bool,
    /// Where to send what happens.
    pub(crate) send: Callback<Msg>,
}

/// The id of the lesson's first line.
const HEAD: &str = "course-head";

/// The id of the step that sends the call which was predicted.
const TRY: &str = "course-try";

/// What came of a check: what is not so, or that all is.
const CHECKED: &str = ".checks .unmet, .checks + .compare";

/// The steps of the open lesson.
#[component]
pub(crate) fn CoursePanel(props: &Props) -> Html {
    let words = use_words();
    let marker = &use_marker();
    let Props {
        lesson,
        is_under_way,
        send,
    } = props;
    let reset = send.reform(|_: MouseEvent| course(CourseAsk::Reset));
    // A lesson that is opened further down, in the list, is seen from its beginning.
    use_effect_with(lesson.id.clone(), |_| browser::show(HEAD));
    // What a choice makes possible, and what came of a step, are seen without scrolling.
    let chosen = lesson.predictions.iter().filter(|one| one.chosen.is_some());
    use_effect_with((lesson.id.clone(), chosen.count()), |(_, chosen)| {
        if *chosen > 0 {
            browser::show(TRY);
        }
    });
    let sent = lesson.predictions.iter();
    let sent = sent.filter(|one| one.comparison.is_some()).count();
    let compared = sent - usize::from(*is_under_way && sent > 0);
    use_effect_with((lesson.id.clone(), compared), |(_, compared)| {
        browser::show(&comparison_id(*compared));
    });
    use_effect_with(lesson.checks.clone(), |_| browser::show_first(CHECKED));
    let predictions = lesson.predictions.iter().enumerate();
    let is_shown = |index: usize| !is_under_way || index <= compared;
    let predictions = predictions.filter(|(index, one)| one.is_open && is_shown(*index));
    html! {
        <section class="course" tabindex="-1" aria-label={lesson.title.clone()}>
            <div class="course-head" id={HEAD}>
                <h2>{ heading(lesson) }</h2>
                <span class="dim">{ &lesson.step }</span>
            </div>
            <p class="course-goal">
                <b>{ words.label("course-goal") }</b>
                { " " }
                { marker.mark(&lesson.goal) }
            </p>
            if lesson.is_generated {
                <p class="course-reset">
                    <a class="link" href={lesson_link(&lesson.id)}>{ words.label("course-link") }</a>
                </p>
            }
            if lesson.is_changed {
                <p class="course-reset">
                    <button class="link" onclick={reset}>{ words.label("course-reset") }</button>
                </p>
            }
            <ol class="steps">
                { for predictions.map(|(index, one)| {
                    let comparison = one.comparison.as_deref().filter(|_| is_shown(index + 1));
                    prediction(index, one, comparison, send, &words, marker)
                }) }
                if lesson.is_change_open && !is_under_way {
                    { change(lesson, send, &words, marker) }
                }
            </ol>
        </section>
    }
}

fn heading(lesson: &OpenLessonView) -> String {
    match lesson.number.as_str() {
        "" => lesson.title.clone(),
        number => format!("{number} · {}", lesson.title),
    }
}

/// Predict, send, compare.
fn prediction(
    index: usize,
    view: &PredictionView,
    comparison: Option<&ComparisonView>,
    send: &Callback<Msg>,
    words: &Words,
    marker: &Marker,
) -> Html {
    let is_sent = view.comparison.is_some();
    let state = Step::now_unless(is_sent).class();
    let send_step = if view.chosen.is_some() {
        Step::Now
    } else {
        Step::Later
    };
    let try_it = send.reform(move |_: MouseEvent| course(CourseAsk::Try(index)));
    let end = Msg::Do(Action::Seek(f32::MAX));
    let to_the_end = send.reform(move |_: MouseEvent| end.clone());
    let label = if view.command.is_some() {
        "course-run"
    } else {
        "course-send"
    };
    html! {
        <>
            <li class={state} key={format!("predict-{index}")}>
                <h3>{ words.label("course-predict") }</h3>
                { for view.question.iter().map(|text| html! { <p>{ marker.mark(text) }</p> }) }
                <fieldset class="options" disabled={is_sent}>
                    <legend class="hidden-text">{ words.label("course-predict") }</legend>
                    { for view.options.iter().enumerate().map(|(option, text)| {
                        let right = comparison.map(|comparison| comparison.right);
                        option_row((index, option), text, view.chosen, right, send, words)
                    }) }
                </fieldset>
            </li>
            if comparison.is_none() {
                <li class={send_step.class()} id={TRY}>
                    <h3>{ words.label(label) }</h3>
                    if let Some(command) = &view.command {
                        <p><code>{ command }</code></p>
                    }
                    <button class="pri" disabled={view.chosen.is_none() || is_sent} onclick={try_it}>
                        { words.label(label) }{ " ▸" }
                    </button>
                    if is_sent {
                        <button class="link after" onclick={to_the_end}>{ words.label("to-the-end") }</button>
                    }
                    if view.chosen.is_none() {
                        <span class="dim after">{ words.label("course-choose-first") }</span>
                    }
                </li>
            }
            if let Some(comparison) = comparison {
                { compare(index, view, comparison, send, words, marker) }
            }
        </>
    }
}

/// An option; `right` is the index of the right one, once it is shown.
fn option_row(
    (prediction, option): (usize, usize),
    text: &str,
    chosen: Option<usize>,
    right: Option<Option<usize>>,
    send: &Callback<Msg>,
    words: &Words,
) -> Html {
    let is_chosen = chosen == Some(option);
    let is_right = right == Some(Some(option));
    let class = classes!(
        "option",
        is_chosen.then_some("chosen"),
        is_right.then_some("right")
    );
    let onchange = send.reform(move |_: Event| course(CourseAsk::Choose { prediction, option }));
    let remark = match (is_right, is_chosen && right.is_some()) {
        (true, true) => Some("course-your-choice"),
        (true, false) => Some("course-what-happens"),
        (false, true) => Some("course-your-choice"),
        (false, false) => None,
    };
    html! {
        <label {class}>
            <input
                type="radio"
                name={format!("predict-{prediction}")}
                checked={is_chosen}
                {onchange}
            />
            <span>{ spans(text) }</span>
            if let Some(remark) = remark {
                <span class="remark">
                    if is_right { { "✓ " } }
                    { words.label(remark) }
                </span>
            }
        </label>
    }
}

fn compare(
    index: usize,
    view: &PredictionView,
    comparison: &ComparisonView,
    send: &Callback<Msg>,
    words: &Words,
    marker: &Marker,
) -> Html {
    let (class, headline) = match (comparison.right, comparison.is_right) {
        (None, _) => ("compare other", "course-other-cluster"),
        (Some(_), true) => ("compare good", "course-right"),
        (Some(_), false) => ("compare other", "course-not-this-time"),
    };
    let hop = comparison.hop.as_ref().map(|(hop, text)| {
        let hop = *hop;
        let onclick = send.reform(move |_: MouseEvent| Msg::Do(Action::JumpToHop(hop)));
        html! { <button class="link" {onclick}>{ text }</button> }
    });
    let tried = if view.command.is_some() {
        "course-ran"
    } else {
        "course-sent"
    };
    html! {
        <>
            <li class="done">
                <h3>{ words.label(tried) }</h3>
                if !comparison.happened.is_empty() {
                    <span class="dim after">{ &comparison.happened }</span>
                }
                if let Some(output) = &comparison.output {
                    <pre tabindex="0">{ for output.lines().map(printed) }</pre>
                }
            </li>
            <li class="done">
                <h3>{ words.label("course-compare") }</h3>
                <div {class} id={comparison_id(index + 1)} role="status">
                    <strong>{ words.label(headline) }</strong>
                    { for comparison.why.iter().map(|text| html! { <p>{ marker.mark(text) }</p> }) }
                    { hop }
                </div>
            </li>
        </>
    }
}

/// A line that a command printed; one that is too long for the panel continues on the next line, indented.
fn printed(line: &str) -> Html {
    html! { <span class="printed">{ line }</span> }
}

/// Change the manifests, check, hints.
fn change(lesson: &OpenLessonView, send: &Callback<Msg>, words: &Words, marker: &Marker) -> Html {
    let is_passed = !lesson.summary.is_empty();
    let check = send.reform(|_: MouseEvent| course(CourseAsk::Check));
    let hint = send.reform(|_: MouseEvent| course(CourseAsk::Hint));
    html! {
        <>
            <li class={Step::now_unless(is_passed).class()} key="change">
                <h3>{ words.label("course-change") }</h3>
                { for lesson.change.iter().map(|text| html! { <p>{ marker.mark(text) }</p> }) }
                <ol class="hints">
                    { for lesson.hints.iter().map(|text| html! { <li>{ marker.mark(text) }</li> }) }
                </ol>
                if let Some(next) = &lesson.next_hint {
                    <button class="fix" onclick={hint}>{ next }</button>
                }
            </li>
            <li class={Step::now_unless(is_passed).class()} key="check">
                <h3>{ words.label("course-check") }</h3>
                <button class="pri" onclick={check}>{ words.label("course-check") }{ " ▸" }</button>
                <span class="dim after">{ words.label("course-check-note") }</span>
                <ul class="checks" aria-live="polite">
                    { for lesson.checks.iter().map(|one| check_line(one, words)) }
                </ul>
                if is_passed {
                    <div class="compare good" role="status">
                        <strong>{ words.label("course-passed") }</strong>
                        { for lesson.summary.iter().map(|text| html! { <p>{ marker.mark(text) }</p> }) }
                        { for next_lesson(lesson, send, words) }
                    </div>
                }
            </li>
        </>
    }
}

fn next_lesson(lesson: &OpenLessonView, send: &Callback<Msg>, words: &Words) -> Option<Html> {
    if lesson.is_generated {
        let another = Msg::Course(CourseMsg::Generate(Number::Any));
        let onclick = send.reform(move |_: MouseEvent| another.clone());
        return Some(
            html! { <button class="link" {onclick}>{ words.label("course-another") }</button> },
        );
    }
    let next = lesson.next.clone()?;
    let onclick = send.reform(move |_: MouseEvent| Msg::Course(CourseMsg::Open(next.clone())));
    Some(html! { <button class="link" {onclick}>{ words.label("course-next") }</button> })
}

fn check_line(check: &CheckView, words: &Words) -> Html {
    let (class, mark, label) = match check.is_met {
        Some(true) => ("met", "✓", "course-holds"),
        Some(false) => ("unmet", "✕", "course-fails"),
        None => ("open", "○", "course-required"),
    };
    html! {
        <li {class}>
            <span class="mark" aria-hidden="true">{ mark }</span>
            <span class="hidden-text">{ words.label(label) }</span>
            <span>
                <code>{ &check.question }</code>{ &check.after }{ " " }{ &check.wanted }
                if let Some(instead) = &check.instead {
                    <span class="instead">{ instead }</span>
                }
            </span>
        </li>
    }
}

/// The id of what came of a prediction, from 1.
fn comparison_id(prediction: usize) -> String {
    format!("comparison-{prediction}")
}

/// How far a step of the lesson is.
#[derive(Clone, Copy)]
enum Step {
    Done,
    Now,
    Later,
}

impl Step {
    /// A step that can be done now, unless it is done.
    fn now_unless(is_done: bool) -> Step {
        if is_done { Step::Done } else { Step::Now }
    }

    fn class(self) -> &'static str {
        match self {
            Step::Done => "done",
            Step::Now => "now",
            Step::Later => "later",
        }
    }
}

fn course(ask: CourseAsk) -> Msg {
    Msg::Do(Action::Ask(Ask::Course(ask)))
}
