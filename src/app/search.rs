//! The search over everything in the cluster: it shows what is chosen, or calls it.

use kubehop::view::page_view::{FoundKind, FoundView, SearchPanel, SearchView};
use kubehop::view::session::Ask;
use yew::prelude::*;

use super::browser;
use super::message::{Action, Msg};
use super::shared::{Same, Words, closing_veil, use_keyboard, use_words};

#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    /// What is searched.
    pub(crate) panel: SearchPanel,
    /// What was found; `None` until the worker answered.
    pub(crate) view: Option<Same<SearchView>>,
    /// Where to send what happens.
    pub(crate) send: Callback<Msg>,
}

/// What Enter was pressed at before the answer to the last letters was there, and whether it is called.
type Awaited = (String, bool);

/// The dialog.
#[component]
pub(crate) fn Search(props: &Props) -> Html {
    let words = use_words();
    let place = use_node_ref();
    let chosen = use_state(|| 0usize);
    use_keyboard("search");
    let Props { view, send, .. } = props;
    let found: &[FoundView] = view.as_ref().map_or(&[], |view| &view.found);
    let current = (*chosen).min(found.len().saturating_sub(1));
    use_effect_with((current, view.clone()), |(current, _)| {
        browser::show(&format!("found-{current}"));
    });
    let awaited = use_state(|| None::<Awaited>);
    use_awaited(props, &awaited);
    let veil = closing_veil(send, &place);
    let row = |(index, one): (usize, &FoundView)| row(index, one, index == current, props, &words);
    html! {
        <div class="veil" ref={place} onclick={veil}>
            <div class="dialog search-dialog" role="dialog" aria-modal="true" aria-label={words.label("search")}>
                <input
                    id="search"
                    class="field"
                    role="combobox"
                    aria-expanded="true"
                    aria-controls="found-list"
                    aria-activedescendant={format!("found-{current}")}
                    aria-label={words.label("search")}
                    placeholder={words.label("search-hint")}
                    autocomplete="off"
                    spellcheck="false"
                    value={props.panel.text.clone()}
                    oninput={typing(props, &chosen)}
                    onkeydown={keys(props, &chosen, &awaited, current)}
                />
                { filters(props, &words) }
                <ul id="found-list" role="listbox" aria-label={words.label("search")}>
                    { for found.iter().enumerate().map(row) }
                </ul>
                if let Some(more) = view.as_ref().and_then(|view| view.more.as_ref()) {
                    <p class="dim more">{ more }</p>
                }
            </div>
        </div>
    }
}

/// Once the answer to the last letters is there, what they find first is chosen.
#[hook]
fn use_awaited(props: &Props, awaited: &UseStateHandle<Option<Awaited>>) {
    let (awaited, send) = (awaited.clone(), props.send.clone());
    let dependencies = (props.view.clone(), (*awaited).clone());
    use_effect_with(dependencies, move |(view, wanted)| {
        let Some((view, (text, is_call))) = view.as_ref().zip(wanted.as_ref()) else {
            return;
        };
        if view.panel.text == *text {
            awaited.set(None);
            if let Some(one) = view.found.first() {
                choose(one, *is_call, &send);
            }
        }
    });
}

/// What is typed is searched.
fn typing(props: &Props, chosen: &UseStateHandle<usize>) -> Callback<InputEvent> {
    let (chosen, panel) = (chosen.clone(), props.panel.clone());
    props.send.reform(move |event: InputEvent| {
        chosen.set(0);
        let text = browser::value_of(&event);
        let panel = panel.clone();
        Msg::Find(SearchPanel { text, ..panel })
    })
}

/// Up and down, Enter shows, Ctrl+Enter calls.
fn keys(
    props: &Props,
    chosen: &UseStateHandle<usize>,
    awaited: &UseStateHandle<Option<Awaited>>,
    current: usize,
) -> Callback<KeyboardEvent> {
    let (chosen, awaited) = (chosen.clone(), awaited.clone());
    let (view, send) = (props.view.clone(), props.send.clone());
    Callback::from(move |event: KeyboardEvent| {
        let found: &[FoundView] = view.as_ref().map_or(&[], |view| &view.found);
        match event.key().as_str() {
            _ if event.is_composing() => {}
            "ArrowDown" => chosen.set((current + 1).min(found.len().saturating_sub(1))),
            "ArrowUp" => chosen.set(current.saturating_sub(1)),
            "Enter" => {
                let is_call = event.ctrl_key() || event.meta_key();
                let text = browser::value_of(&event);
                let is_current = view.as_ref().is_some_and(|view| view.panel.text == text);
                if !is_current {
                    awaited.set(Some((text, is_call)));
                } else if let Some(one) = found.get(current) {
                    choose(one, is_call, &send);
                }
            }
            _ => return,
        }
        event.prevent_default();
    })
}

fn choose(one: &FoundView, is_call: bool, send: &Callback<Msg>) {
    send.emit(Msg::Show(None));
    send.emit(match &one.target {
        Some(target) if is_call => Msg::Do(Action::Ask(Ask::SetTarget(target.clone()))),
        _ => Msg::GoTo(one.key.clone()),
    });
}

/// Kind, namespace, and whether it is on the path.
fn filters(props: &Props, words: &Words) -> Html {
    let Props { panel, view, send } = props;
    let kinds = [
        None,
        Some(FoundKind::Service),
        Some(FoundKind::Pod),
        Some(FoundKind::Node),
    ];
    let kind = |kind: &Option<FoundKind>| {
        let kind = *kind;
        let onclick = {
            let panel = panel.clone();
            send.reform(move |_: MouseEvent| {
                Msg::Find(SearchPanel {
                    kind,
                    ..panel.clone()
                })
            })
        };
        let pressed = (panel.kind == kind).to_string();
        html! { <button aria-pressed={pressed} {onclick}>{ words.label(kind.map_or("all-kinds", label)) }</button> }
    };
    let namespace = {
        let panel = panel.clone();
        send.reform(move |event: Event| {
            let namespace = browser::value_of(&event);
            let panel = panel.clone();
            Msg::Find(SearchPanel { namespace, ..panel })
        })
    };
    let on_path = {
        let panel = SearchPanel {
            on_path: !panel.on_path,
            ..panel.clone()
        };
        send.reform(move |_: Event| Msg::Find(panel.clone()))
    };
    let option = |name: &String| {
        html! { <option value={name.clone()} selected={*name == panel.namespace}>{ name }</option> }
    };
    html! {
        <div class="row">
            <span class="seg" role="group" aria-label={words.label("kind")}>{ for kinds.iter().map(kind) }</span>
            <select aria-label={words.label("namespace")} onchange={namespace}>
                <option value="" selected={panel.namespace.is_empty()}>{ words.label("all-namespaces") }</option>
                { for view.iter().flat_map(|view| &view.namespaces).map(option) }
            </select>
            <label class="switch">
                <input type="checkbox" checked={panel.on_path} onchange={on_path} />
                { words.label("on-the-path") }
            </label>
            <span class="dim" role="status">{ view.as_ref().map(|view| view.count.clone()) }</span>
        </div>
    }
}

fn label(kind: FoundKind) -> &'static str {
    match kind {
        FoundKind::Service => "kind-services",
        FoundKind::Pod => "kind-pods",
        FoundKind::Node => "kind-nodes",
    }
}

fn row(index: usize, one: &FoundView, is_current: bool, props: &Props, words: &Words) -> Html {
    let (found, send) = (one.clone(), props.send.clone());
    let onclick =
        move |event: MouseEvent| choose(&found, event.ctrl_key() || event.meta_key(), &send);
    html! {
        <>
            if let Some(group) = one.group.as_ref().filter(|_| one.group_size > 0) {
                <li role="presentation" class="group dim">{ format!("{group} · {}", one.group_size) }</li>
            }
            <li role="presentation">
                <button role="option" id={format!("found-{index}")} aria-selected={is_current.to_string()} tabindex="-1" {onclick}>
                    <span class="name"><small class="dim">{ words.label(label(one.kind)) }</small>{ &one.name }</span>
                    if one.is_on_path {
                        <small class="pill on-path">{ words.label("on-the-path") }</small>
                    }
                    <small class="mono dim">{ &one.detail }</small>
                </button>
            </li>
        </>
    }
}
