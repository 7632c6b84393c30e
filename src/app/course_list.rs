//! The list of the course: what is done, what is open, what is to come.

use kubehop::view::course::{CourseItem, CourseView};
use yew::prelude::*;

use super::browser;
use super::course_link::{CourseMsg, Number};
use super::message::Msg;
use super::shared::{Same, Words, use_words};

#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    /// The course.
    pub(crate) course: Same<CourseView>,
    /// Where to send what happens.
    pub(crate) send: Callback<Msg>,
}

/// The list of lessons, with a bar of how much is done.
#[component]
pub(crate) fn CourseList(props: &Props) -> Html {
    let words = use_words();
    let Props { course, send } = props;
    let open = course.open.as_ref().map(|open| open.id.as_str());
    let shows_all = use_state(|| false);
    let toggle = {
        let shows_all = shows_all.clone();
        Callback::from(move |_: MouseEvent| shows_all.set(!*shows_all))
    };
    use_effect_with(course.open.as_ref().map(|open| open.id.clone()), |open| {
        if open.is_some() {
            browser::show_first(".course-list .row.open");
        }
    });
    let is_shown = |item: &&CourseItem| *shows_all || item.is_near;
    let items = course.items.iter();
    if course.items.is_empty() {
        return Html::default();
    }
    html! {
        <nav class="course-list" aria-label={words.label("course")}>
            <div class="course-count">
                <h2>{ words.label("course") }</h2>
                <span>{ &course.count }</span>
                if open.is_some() {
                    <button class="link" aria-expanded={shows_all.to_string()} onclick={toggle}>
                        { words.label(if *shows_all { "course-fewer" } else { "course-all" }) }
                    </button>
                }
            </div>
            <div class="bar" aria-hidden="true">
                <div ~style={format!("width: {}%", course.percent)}></div>
            </div>
            if course.is_unreadable {
                <p role="alert">{ words.label("course-unreadable") }</p>
            }
            <ol>{ for items.filter(is_shown).map(|item| row(item, open, send)) }</ol>
            if course.is_listed {
                <div class="course-made">
                    <h3>{ words.label("course-made") }</h3>
                    { make("course-today", Number::Today, send, &words) }
                    { make("course-another", Number::Any, send, &words) }
                </div>
            }
        </nav>
    }
}

/// A button that makes a challenge.
fn make(label: &str, number: Number, send: &Callback<Msg>, words: &Words) -> Html {
    let onclick = send.reform(move |_: MouseEvent| Msg::Course(CourseMsg::Generate(number)));
    html! {
        <button class="fix" {onclick}>{ words.label(label) }</button>
    }
}

fn row(item: &CourseItem, open: Option<&str>, send: &Callback<Msg>) -> Html {
    let is_open = open == Some(item.id.as_str());
    let mark = match (item.is_done, is_open) {
        (true, _) => "✓",
        (false, true) => "▸",
        (false, false) => "○",
    };
    let class = classes!(
        "row",
        is_open.then_some("open"),
        item.is_done.then_some("done")
    );
    let id = item.id.clone();
    let onclick = send.reform(move |_: MouseEvent| Msg::Course(CourseMsg::Open(id.clone())));
    html! {
        <li key={item.id.clone()}>
            if let Some(section) = &item.section {
                <h3>{ section }</h3>
            }
            <button {class} {onclick} aria-current={is_open.then_some("true")}>
                <span class="mark" aria-hidden="true">{ mark }</span>
                <span class="number">{ &item.number }</span>
                <span class="title">{ &item.title }</span>
                <span class="dim">{ &item.note }</span>
            </button>
        </li>
    }
}
