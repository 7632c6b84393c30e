//! The root: holds the state of the page, turns messages into changes, and draws the regions of the screen.

use kubehop::view::session::Pointed;
use yew::prelude::*;

use super::address::Mode;
use super::browser;
use super::embed;
use super::keyboard::on_key;
use super::message::Msg;
use super::page::Page;
use super::page_state::PageState;
use super::shared::{Same, Words};
use super::terms::Terms;

/// The page.
pub(crate) struct Root {
    state: PageState,
    _listeners: Vec<Option<browser::Listener>>,
}

impl Component for Root {
    type Message = Msg;
    type Properties = ();

    fn create(ctx: &Context<Self>) -> Self {
        let send = ctx.link().callback(|message: Msg| message);
        let narrow = send.reform(|()| Msg::Narrow(browser::is_narrow()));
        let pointed_at_nothing = send.reform(|()| Msg::Point(Pointed::Nothing));
        let state = PageState::new(send.clone());
        let has_commands = state.address.mode != Mode::Embed;
        let mut listeners = vec![
            browser::on_resize(narrow),
            browser::on_link(),
            browser::on_focus(),
            browser::on_leave(send.reform(|()| Msg::Keep)),
            on_key(send.clone(), has_commands),
        ];
        listeners.extend(browser::on_pointer_change(&pointed_at_nothing));
        Root {
            state,
            _listeners: listeners,
        }
    }

    fn update(&mut self, _: &Context<Self>, message: Msg) -> bool {
        self.state.update(message)
    }

    fn rendered(&mut self, _: &Context<Self>, _: bool) {
        if self.state.has_something_to_show() {
            browser::clear_shell();
        }
        self.state.follow_keyboard();
    }

    fn view(&self, _: &Context<Self>) -> Html {
        let state = &self.state;
        let Some(shown) = state.shown() else {
            let fault = state.fault.map(|fault| fault.text(state.language));
            return html! { { for fault.map(|text| html! { <p class="fault" role="alert">{ text }</p> }) } };
        };
        let page = Page {
            state,
            shown,
            send: &state.send,
        };
        let words: Words = Same(shown.words.clone());
        let terms = Terms {
            glossary: Same(state.glossary()),
            send: state.send.clone(),
        };
        html! {
            <ContextProvider<Words> context={words}>
            <ContextProvider<Terms> context={terms}>
                if state.address.mode == Mode::Embed {
                    { embed::draw(state, shown) }
                } else {
                    { page.draw() }
                }
            </ContextProvider<Terms>>
            </ContextProvider<Words>>
        }
    }
}
