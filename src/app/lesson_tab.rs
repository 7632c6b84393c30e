//! The text of the current example.

use kubehop::view::page_view::LessonView;
use yew::prelude::*;

use super::shared::{Same, use_words};

#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    /// The open example; `None` once its text was edited.
    pub(crate) lesson: Option<Same<LessonView>>,
}

/// The Lesson tab.
#[component]
pub(crate) fn LessonTab(props: &Props) -> Html {
    let words = use_words();
    let Some(lesson) = &props.lesson else {
        return html! { <div class="prose"><p class="dim">{ words.label("no-lesson") }</p></div> };
    };
    html! {
        <div class="prose">
            <h2>{ &lesson.title }</h2>
            { for lesson.paragraphs.iter().map(|paragraph| html! { <p>{ spans(paragraph) }</p> }) }
        </div>
    }
}

/// A paragraph; text between backticks is code.
fn spans(paragraph: &str) -> Html {
    let part = |(place, text): (usize, &str)| match place % 2 {
        0 => html! { { text } },
        _ => html! { <code>{ text }</code> },
    };
    html! { { for paragraph.split('`').enumerate().map(part) } }
}
