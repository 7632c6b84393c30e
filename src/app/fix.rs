//! What a fix would change, and the button that applies it.

use kubehop::view::fix_preview::FixPreview;
use yew::prelude::*;

use super::shared::Words;

/// The lines that go and come.
pub(crate) fn preview(fix: &FixPreview, words: &Words) -> Html {
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
