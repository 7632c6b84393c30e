//! What lies over the page: sharing, embedding, what is modelled.

use std::rc::Rc;

use yew::prelude::*;

use super::browser;
use super::message::{Dialog, Msg};
use super::shared::{use_keyboard, use_words};

#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    /// Which one.
    pub(crate) dialog: Dialog,
    /// The part of a link behind `#s=`; `None` until the worker answered.
    pub(crate) link: Option<Rc<str>>,
    /// Where to send what happens.
    pub(crate) send: Callback<Msg>,
}

/// A dialog with a text to copy, or with something to read.
#[component]
pub(crate) fn Dialogs(props: &Props) -> Html {
    let words = use_words();
    let place = use_node_ref();
    use_keyboard("dialog-first");
    let Props { dialog, link, send } = props;
    let link = match link {
        Some(link) => format!("{}#s={link}", browser::address()),
        None => String::new(),
    };
    let (title, note, text) = match dialog {
        Dialog::Share => ("share", "share-note", Some(link)),
        Dialog::Embed => ("embed", "embed-note", Some(frame(&link))),
        Dialog::About | Dialog::Commands | Dialog::Shortcuts => ("about", "about-note", None),
    };
    let close = send.reform(|_: MouseEvent| Msg::Show(None));
    let veil = {
        let (send, place) = (send.clone(), place.clone());
        Callback::from(move |event: MouseEvent| {
            if browser::is_itself(&event, &place) {
                send.emit(Msg::Show(None));
            }
        })
    };
    let copy = {
        let (send, text) = (send.clone(), text.clone().unwrap_or_default());
        Callback::from(move |_: MouseEvent| {
            browser::copy(&text);
            send.emit(Msg::Note(Some("copied")));
            send.emit(Msg::Show(None));
        })
    };
    html! {
        <div class="veil" ref={place} onclick={veil}>
            <div class="dialog" role="dialog" aria-modal="true" aria-labelledby="dialog-title">
                <div class="body">
                    <h2 id="dialog-title">{ words.label(title) }</h2>
                    <p class="dim" style="white-space:pre-line">{ words.label(note) }</p>
                    if let Some(text) = text { <textarea id="dialog-first" readonly=true aria-label={words.label(title)} value={text} /> }
                    <div style="display:flex;gap:8px;justify-content:flex-end">
                        if *dialog != Dialog::About { <button class="pri" onclick={copy}>{ words.label("copy") }</button> }
                        <button id={(*dialog == Dialog::About).then_some("dialog-first")} onclick={close}>{ words.label("close") }</button>
                    </div>
                </div>
            </div>
        </div>
    }
}

/// The HTML that shows a link's page inside another.
fn frame(link: &str) -> String {
    format!(
        r#"<iframe src="{link}" title="kubehop" width="100%" height="620" style="border:1px solid #cdd4dc;border-radius:8px" loading="lazy"></iframe>"#
    )
}
