//! A row of tabs, moved through with the arrow keys.

use yew::prelude::*;

use super::browser;
use super::message::{Msg, Tab};
use super::shared::use_words;

#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    /// The tabs, in order.
    pub(crate) tabs: &'static [Tab],
    /// The open one.
    pub(crate) open: Tab,
    /// Where to send what happens.
    pub(crate) send: Callback<Msg>,
}

/// The row of tabs.
#[component]
pub(crate) fn Tabs(props: &Props) -> Html {
    let words = use_words();
    let Props { tabs, open, send } = props;
    let (tabs, open) = (*tabs, *open);
    // On a phone the row is wider than the screen.
    use_effect_with(open, |open| browser::show(&id(*open)));
    let on_key = send.reform(move |by: isize| {
        let here = tabs.iter().position(|tab| *tab == open).unwrap_or(0) as isize;
        let next = tabs[(here + by).rem_euclid(tabs.len() as isize) as usize];
        browser::focus(&id(next));
        Msg::Open(next)
    });
    let onkeydown = Callback::from(move |event: KeyboardEvent| match event.key().as_str() {
        "ArrowRight" => on_key.emit(1),
        "ArrowLeft" => on_key.emit(-1),
        _ => {}
    });
    let tab = |tab: Tab| {
        let selected = tab == open;
        html! {
            <button role="tab" id={id(tab)} aria-selected={selected.to_string()} tabindex={if selected { "0" } else { "-1" }}
                aria-controls={format!("panel-{}", tab.label())} onclick={send.reform(move |_| Msg::Open(tab))}>
                { words.label(tab.label()) }
            </button>
        }
    };
    html! {
        <div class="tabs" role="tablist" {onkeydown}>{ for tabs.iter().copied().map(tab) }</div>
    }
}

/// The id of a tab.
pub(crate) fn id(tab: Tab) -> String {
    format!("tab-{}", tab.label())
}
