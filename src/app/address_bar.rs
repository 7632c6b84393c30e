//! What the page says about the address it opened: that a link is damaged, that it is view-only, that another origin is
//! to be asked.

use yew::prelude::*;

use super::address::{AddressMsg, Mode, Notice};
use super::message::Msg;
use super::shared::use_words;

#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    /// What the link is for.
    pub(crate) mode: Mode,
    /// The notices about it.
    pub(crate) notice: Option<Notice>,
    /// Where to send what happens.
    pub(crate) send: Callback<Msg>,
}

/// A bar above the picture for each notice.
#[component]
pub(crate) fn AddressBar(props: &Props) -> Html {
    let words = use_words();
    let button = |label: &str, message: AddressMsg| {
        let onclick = props
            .send
            .reform(move |_: MouseEvent| Msg::Address(message.clone()));
        html! { <button {onclick}>{ words.label(label) }</button> }
    };
    let notice = props.notice.as_ref().map(|notice| {
        let (text, first) = match notice {
            Notice::Fault(label) => (
                words.label(label),
                button("link-open-file", AddressMsg::Choose),
            ),
            Notice::LeftOut(parts) => (
                words.label("link-in-part").replace("{parts}", parts),
                Html::default(),
            ),
            Notice::Source(source) => (
                words.label("link-source").replace("{host}", &source.host),
                button("link-load", AddressMsg::Allow),
            ),
        };
        html! {
            <div class="unkept" role="alert">
                <span>{ text }</span>
                { first }
                { button("close", AddressMsg::Dismiss) }
            </div>
        }
    });
    html! {
        <>
            { notice }
            if props.mode == Mode::View {
                <div class="unkept" role="note">
                    <span>{ words.label("link-is-view-only") }</span>
                    { button("link-copy", AddressMsg::Copy) }
                </div>
            }
        </>
    }
}
