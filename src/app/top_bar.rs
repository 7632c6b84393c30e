//! The top bar: examples, views, sharing, language, theme.

use kubehop::engine::cluster::Config;
use kubehop::engine::cluster::config::ProxyMode;
use kubehop::view::i18n::Language;
use kubehop::view::lessons::{LESSONS, Lesson};
use kubehop::view::scene::View;
use kubehop::view::session::Action;
use yew::prelude::*;

use super::browser;
use super::icons;
use super::message::{Dialog, Msg};
use super::shared::use_words;

#[derive(Properties, PartialEq)]
pub struct Props {
    /// The open example, while the text is its.
    pub lesson: Option<&'static Lesson>,
    /// Which picture.
    pub view: View,
    /// The language of the page.
    pub language: Language,
    /// The cluster's settings, of which kube-proxy's mode is chosen here.
    pub config: Config,
    /// Where to send what happens.
    pub send: Callback<Msg>,
}

/// The top bar.
#[component]
pub fn TopBar(props: &Props) -> Html {
    let words = use_words();
    let menu = use_state(|| false);
    let Props {
        lesson,
        view,
        language,
        config,
        send,
    } = props;
    let act = |action: Action| send.reform(move |_: MouseEvent| Msg::Do(action.clone()));
    let onchange = send.reform(|event: Event| {
        let id = browser::value_of(&event);
        Msg::Do(
            LESSONS
                .iter()
                .find(|lesson| lesson.id == id)
                .map_or(Action::StepLesson(0), |lesson| {
                    Action::OpenLesson(lesson.id)
                }),
        )
    });
    let option = |(place, item): (usize, &Lesson)| {
        let selected = lesson.is_some_and(|lesson| lesson.id == item.id);
        let title = words.label(&format!("lesson-{}", item.id));
        html! { <option value={item.id} {selected}>{ format!("{} · {title}", place + 1) }</option> }
    };
    let view_button = |of: View, label: &'static str| {
        html! {
            <button aria-pressed={(*view == of).to_string()} onclick={act(Action::SetView(of))}>{ words.label(label) }</button>
        }
    };
    let mode = {
        let (config, send) = (config.clone(), send.clone());
        Callback::from(move |event: Event| {
            let mut config = config.clone();
            config.proxy.mode = if browser::value_of(&event) == "nftables" {
                ProxyMode::Nftables
            } else {
                ProxyMode::Iptables
            };
            send.emit(Msg::Do(Action::Configure(config)));
        })
    };
    let nftables = config.proxy.mode == ProxyMode::Nftables;
    let other = language.other();
    let actions = html! {
        <>
            <button onclick={send.reform(|_| Msg::Show(Some(Dialog::Share)))}>{ words.label("share") }</button>
            <button onclick={send.reform(|_| Msg::Show(Some(Dialog::Embed)))}>{ words.label("embed") }</button>
            <button class="ghost language" lang={other.code()} onclick={send.reform(move |_| Msg::Speak(other))}>{ other.own_name() }</button>
            <button class="ghost icon theme" aria-label={words.label("switch-theme")} onclick={send.reform(|_| Msg::Theme)}>{ icons::theme() }<span class="narrow-only">{ words.label("switch-theme") }</span></button>
        </>
    };
    let toggle = {
        let menu = menu.clone();
        Callback::from(move |_: MouseEvent| menu.set(!*menu))
    };
    let close = {
        let menu = menu.clone();
        Callback::from(move |_: MouseEvent| menu.set(false))
    };
    html! {
        <header class="top">
            <h1 class="logo">{ icons::logo() }{ "kubehop" }</h1>
            <select class="lesson" aria-label={words.label("examples")} {onchange}>
                if lesson.is_none() { <option selected=true disabled=true>{ words.label("own-text") }</option> }
                { for LESSONS.iter().enumerate().map(option) }
            </select>
            <button class="ghost wide-only" onclick={act(Action::StepLesson(-1))}>{ format!("‹ {}", words.label("previous")) }</button>
            <button class="ghost wide-only" onclick={act(Action::StepLesson(1))}>{ format!("{} ›", words.label("next")) }</button>
            <div class="sp wide-only"></div>
            <div class="seg" role="group" aria-label={words.label("view")}>
                { view_button(View::Concept, "view-concept") }{ view_button(View::Network, "view-network") }
            </div>
            <select class="proxy-mode wide-only" aria-label={words.label("proxy-mode")} onchange={mode}>
                <option value="iptables" selected={!nftables}>{ "kube-proxy: iptables" }</option>
                <option value="nftables" selected={nftables}>{ "kube-proxy: nftables" }</option>
            </select>
            <span class="wide-only contents">{ actions.clone() }</span>
            <div class="menu narrow-only">
                <button class="ghost icon" aria-label={words.label("more")} aria-expanded={menu.to_string()} onclick={toggle}>{ icons::dots() }</button>
                if *menu { <div class="menu-list" onclick={close}>{ actions }</div> }
            </div>
        </header>
    }
}
