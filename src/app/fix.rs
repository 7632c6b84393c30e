//! What a fix would change, and the button that applies it.

use kubehop::view::course::CourseAsk;
use kubehop::view::fix_preview::{FixPreview, OfferedFix};
use kubehop::view::session::Ask;
use yew::prelude::*;

use super::message::{Action, Msg};
use super::shared::Words;

/// The button that makes a fix, or that shows it where it is to be found.
pub(crate) fn button(fix: &OfferedFix, mend: Ask, send: &Callback<Msg>, words: &Words) -> Html {
    let (label, ask) = match fix {
        OfferedFix::Shown(_) => ("fix", mend),
        OfferedFix::Hidden => ("show-fix", Ask::Course(CourseAsk::ShowFixes)),
    };
    let onclick = send.reform(move |_: MouseEvent| Msg::Do(Action::Ask(ask.clone())));
    html! { <button class="fix" {onclick}>{ words.label(label) }</button> }
}

/// What a fix changes, if that is shown.
pub(crate) fn preview(fix: &OfferedFix, words: &Words) -> Html {
    match fix {
        OfferedFix::Shown(fix) => difference(fix, words),
        OfferedFix::Hidden => Html::default(),
    }
}

/// The lines that go and come.
fn difference(fix: &FixPreview, words: &Words) -> Html {
    let line = |class: &'static str, sign: &'static str, text: &String| {
        html! { <span {class}><i aria-hidden="true">{ sign }</i>{ text }{ "\n" }</span> }
    };
    let removed = fix.removed.iter().map(|text| line("gone", "− ", text));
    let added = fix.added.iter().map(|text| line("new", "+ ", text));
    let name = format!("{} {}", words.label("fix-preview"), fix.line);
    html! {
        <pre class="diff" role="group" aria-label={name}>
            { for removed }
            { for added }
            if fix.more > 0 {
                <span class="dim">{ format!("… +{}", fix.more) }</span>
            }
        </pre>
    }
}
