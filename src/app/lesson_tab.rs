//! The text of the current example.

use kubehop::view::lessons::Lesson;
use yew::prelude::*;

use super::shared::use_words;

#[derive(Properties, PartialEq)]
pub struct Props {
    /// The open example, while the text is its.
    pub lesson: Option<&'static Lesson>,
}

/// The Lesson tab.
#[component]
pub fn LessonTab(props: &Props) -> Html {
    let words = use_words();
    let Some(lesson) = props.lesson else {
        return html! { <div class="prose"><p class="dim">{ words.label("no-lesson") }</p></div> };
    };
    let name = format!("lesson-{}", lesson.id);
    let text = words.label_part(&name, "text");
    html! {
        <div class="prose">
            <h2>{ words.label(&name) }</h2>
            { for text.split("\n\n").map(|paragraph| html! { <p>{ spans(paragraph) }</p> }) }
        </div>
    }
}

/// A paragraph, in which what stands between backticks is code.
fn spans(paragraph: &str) -> Html {
    let part = |(place, text): (usize, &str)| match place % 2 {
        0 => html! { { text } },
        _ => html! { <code>{ text }</code> },
    };
    html! { { for paragraph.split('`').enumerate().map(part) } }
}
