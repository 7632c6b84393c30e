//! The dialogs over the page: sharing, embedding, what is modelled.

use std::rc::Rc;

use kubehop::view::language::Language;
use wasm_bindgen::prelude::Closure;
use yew::prelude::*;

use super::browser;
use super::link_module::{self, Sharing};
use super::message::{Dialog, Msg};
use super::shared::{closing_veil, use_keyboard, use_words};

#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    /// Which one.
    pub(crate) dialog: Dialog,
    /// The session's JSON.
    pub(crate) session: String,
    /// The manifests.
    pub(crate) text: Rc<str>,
    /// The language of the page.
    pub(crate) language: Language,
    /// Where to send what happens.
    pub(crate) send: Callback<Msg>,
}

/// A dialog with a link, or with something to read.
#[component]
pub(crate) fn Dialogs(props: &Props) -> Html {
    let words = use_words();
    let place = use_node_ref();
    use_keyboard("dialog-first");
    let Props { dialog, send, .. } = props;
    let (title, note, makes_link) = match dialog {
        Dialog::Share => ("share", "share-note", true),
        Dialog::Embed => ("embed", "embed-note", true),
        Dialog::About | Dialog::Commands | Dialog::Shortcuts | Dialog::Search => {
            ("about", "about-note", false)
        }
    };
    let close = send.reform(|_: MouseEvent| Msg::Show(None));
    let veil = closing_veil(send, &place);
    html! {
        <div class="veil" ref={place} onclick={veil}>
            <div class="dialog" role="dialog" aria-modal="true" aria-labelledby="dialog-title">
                <div class="body">
                    <h2 id="dialog-title">{ words.label(title) }</h2>
                    <p class="dim note">{ words.label(note) }</p>
                    if makes_link {
                        <LinkMaker
                            is_embed={*dialog == Dialog::Embed}
                            session={props.session.clone()}
                            text={props.text.clone()}
                            language={props.language}
                            send={send.clone()}
                        />
                    }
                    <div class="ends">
                        <button id={(!makes_link).then_some("dialog-first")} onclick={close}>
                            { words.label("close") }
                        </button>
                    </div>
                </div>
            </div>
        </div>
    }
}

#[derive(Properties, PartialEq)]
struct LinkMakerProps {
    is_embed: bool,
    session: String,
    text: Rc<str>,
    language: Language,
    send: Callback<Msg>,
}

/// What `src/link/share.ts` fills: choices, the link, buttons.
#[component]
fn LinkMaker(props: &LinkMakerProps) -> Html {
    let words = use_words();
    let place = use_node_ref();
    let dialogue = use_mut_ref(|| None);
    let given = (props.session.clone(), words.clone());
    {
        let (place, text, send) = (place.clone(), props.text.clone(), props.send.clone());
        let (is_embed, language) = (props.is_embed, props.language.code());
        use_effect_with(given, move |(session, words)| {
            let (session, words) = (session.clone(), words.clone());
            browser::spawn(async move {
                let sharing = Sharing {
                    session: &session,
                    text: &text,
                    address: &browser::address(),
                    language,
                    word: Closure::new(move |name: String| words.label(&name)),
                    copied: Closure::new(move || {
                        send.emit(Msg::Note(Some("copied")));
                        send.emit(Msg::Show(None));
                    }),
                };
                let filled = link_module::share(&place, is_embed, sharing).await;
                *dialogue.borrow_mut() = filled;
            });
        });
    }
    html! { <div class="link-maker" ref={place}></div> }
}
