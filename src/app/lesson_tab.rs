//! The Lesson tab: the open lesson of the course or the text of the current example, and the list of the course.

use kubehop::view::course::CourseView;
use kubehop::view::page_view::LessonView;
use yew::prelude::*;

use super::course_list::CourseList;
use super::course_panel::CoursePanel;
use super::message::Msg;
use super::shared::{Same, use_words};

#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    /// The open example; `None` once its text was edited.
    pub(crate) lesson: Option<Same<LessonView>>,
    /// The course.
    pub(crate) course: Same<CourseView>,
    /// Whether the packet that decides the last prediction is on its way.
    pub(crate) is_under_way: bool,
    /// Where to send what happens.
    pub(crate) send: Callback<Msg>,
}

/// The Lesson tab.
#[component]
pub(crate) fn LessonTab(props: &Props) -> Html {
    let words = use_words();
    let Props {
        lesson,
        course,
        is_under_way,
        send,
    } = props;
    let text = match (&course.open, lesson) {
        (Some(open), _) => {
            let is_under_way = *is_under_way;
            html! { <CoursePanel lesson={open.clone()} {is_under_way} send={send.clone()} /> }
        }
        (None, Some(lesson)) => html! {
            <div class="prose">
                <h2>{ &lesson.title }</h2>
                { for lesson.paragraphs.iter().map(|paragraph| html! { <p>{ spans(paragraph) }</p> }) }
            </div>
        },
        (None, None) => {
            html! { <div class="prose"><p class="dim">{ words.label("no-lesson") }</p></div> }
        }
    };
    html! {
        <div class="learn">
            { text }
            <CourseList course={course.clone()} send={send.clone()} />
        </div>
    }
}

/// A paragraph; text between backticks is code.
pub(crate) fn spans(paragraph: &str) -> Html {
    let part = |(place, text): (usize, &str)| match place % 2 {
        0 => html! { { text } },
        _ => html! { <code>{ text }</code> },
    };
    html! { { for paragraph.split('`').enumerate().map(part) } }
}
