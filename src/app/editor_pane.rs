//! The manifests: CodeMirror once it is loaded, a plain text field until then.

use std::rc::Rc;

use kubehop::engine::diagnostic::{Diagnostic, Fix};
use kubehop::engine::sort;
use kubehop::view::session::Action;
use yew::prelude::*;

use super::browser;
use super::editor::{self, Editor, Lines, Listeners, Options, Underline};
use super::message::Msg;
use super::shared::{Same, Words, use_words};

/// Something the editor must do once, numbered so that the same can be asked twice.
#[derive(Clone, Debug, PartialEq)]
pub struct Order {
    /// Grows with every order.
    pub number: u64,
    /// What to do.
    pub task: Task,
}

/// What an editor can be told.
#[derive(Clone, Debug, PartialEq)]
pub enum Task {
    /// Nothing yet.
    Rest,
    /// Show the session's text.
    Rewrite,
    /// Make an edit that can be undone.
    Replace(Fix),
    /// Show a place: line and column from 1.
    Reveal(u32, u32),
}

#[derive(Properties, PartialEq)]
pub struct Props {
    /// The text.
    pub text: Rc<str>,
    /// What is wrong with it.
    pub diagnostics: Same<Vec<Diagnostic>>,
    /// The lines to light.
    pub lit: Rc<Vec<(u32, u32)>>,
    /// What to do now.
    pub order: Order,
    /// Where to send what happens.
    pub send: Callback<Msg>,
}

/// The editor.
#[component]
pub fn EditorPane(props: &Props) -> Html {
    let words = use_words();
    let place = use_node_ref();
    let editor = use_mut_ref(|| None::<Editor>);
    let loaded = use_state(|| false);
    let latest = use_mut_ref(|| props.text.clone());
    *latest.borrow_mut() = props.text.clone();
    let dropping = use_state(|| false);
    {
        let (place, editor, loaded, words, send) = (
            place.clone(),
            editor.clone(),
            loaded.clone(),
            words.clone(),
            props.send.clone(),
        );
        use_effect_with((), move |()| {
            wasm_bindgen_futures::spawn_local(async move {
                let text = latest.borrow().clone();
                let opened = editor::open(&place, &text, &options(&words), listeners(&send)).await;
                let is_open = opened.is_ok();
                *editor.borrow_mut() = opened.ok();
                if let Some(editor) = editor.borrow().as_ref() {
                    editor.set_text(&latest.borrow());
                }
                loaded.set(is_open);
            });
        });
    }
    {
        let (editor, text) = (editor.clone(), props.text.clone());
        use_effect_with((props.order.clone(), *loaded), move |(order, _)| {
            if let Some(editor) = editor.borrow().as_ref() {
                follow(editor, &order.task, &text);
            }
        });
    }
    {
        let editor = editor.clone();
        use_effect_with((words.clone(), *loaded), move |(words, _)| {
            if let Some(editor) = editor.borrow().as_ref() {
                editor.speak(&options(words));
            }
        });
    }
    {
        let editor = editor.clone();
        use_effect_with(
            (props.diagnostics.clone(), words.clone(), *loaded),
            move |(diagnostics, words, _)| {
                if let Some(editor) = editor.borrow().as_ref() {
                    editor.set_diagnostics(&underlines(diagnostics, words));
                }
            },
        );
    }
    {
        let editor = editor.clone();
        use_effect_with((props.lit.clone(), *loaded), move |(lit, _)| {
            if let Some(editor) = editor.borrow().as_ref() {
                let lines: Vec<Lines> = lit.iter().map(|&(from, to)| Lines { from, to }).collect();
                editor.set_highlights(&lines);
            }
        });
    }
    let oninput = props
        .send
        .reform(|event: InputEvent| Msg::Do(Action::Edit(browser::value_of(&event))));
    let ondragover = {
        let dropping = dropping.clone();
        Callback::from(move |event: DragEvent| {
            event.prevent_default();
            dropping.set(true);
        })
    };
    let ondragleave = {
        let dropping = dropping.clone();
        Callback::from(move |_: DragEvent| dropping.set(false))
    };
    let ondrop = {
        let (dropping, send) = (dropping.clone(), props.send.clone());
        Callback::from(move |event: DragEvent| {
            event.prevent_default();
            dropping.set(false);
            browser::dropped_text(&event, send.reform(Msg::Dropped));
        })
    };
    html! {
        <div class={classes!("editor", dropping.then_some("dropping"))} {ondragover} {ondragleave} {ondrop}>
            <div ref={place} style={(!*loaded).then_some("display:none")}></div>
            if !*loaded { <textarea class="plain" aria-label={words.label("tab-manifests")} spellcheck="false" value={props.text.to_string()} {oninput} /> }
        </div>
    }
}

fn options(words: &Words) -> Options {
    Options {
        label: words.label("tab-manifests"),
        hint: words.label("editor-hint"),
        fix: words.label("fix"),
        read_only: false,
        phrases: sort::map(
            PHRASES
                .iter()
                .map(|(phrase, name)| ((*phrase).to_owned(), words.label(name))),
        ),
    }
}

/// CodeMirror's own words and the labels that say them.
const PHRASES: &[(&str, &str)] = &[
    ("Find", "editor-find"),
    ("Replace", "editor-replace-by"),
    ("next", "editor-find-next"),
    ("previous", "editor-find-previous"),
    ("all", "editor-find-all"),
    ("match case", "editor-match-case"),
    ("regexp", "editor-regexp"),
    ("by word", "editor-by-word"),
    ("replace", "editor-replace"),
    ("replace all", "editor-replace-all"),
    ("close", "editor-close"),
    ("current match", "editor-current-match"),
    ("on line", "editor-on-line"),
    ("replaced match on line $", "editor-replaced-on-line"),
    ("replaced $ matches", "editor-replaced-matches"),
    ("Go to line", "editor-go-to-line"),
    ("go", "editor-go"),
    ("Diagnostics", "editor-problems"),
    ("No diagnostics", "editor-no-problems"),
    ("Completions", "editor-completions"),
    ("Control character", "editor-control-character"),
    ("Selection deleted", "editor-selection-deleted"),
];

fn listeners(send: &Callback<Msg>) -> Listeners {
    Listeners {
        changed: send.reform(|text| Msg::Do(Action::Edit(text))),
        cursor: send.reform(Msg::Cursor),
        fixed: send.reform(|place| Msg::Do(Action::Fix(place))),
    }
}

fn follow(editor: &Editor, task: &Task, text: &str) {
    match task {
        Task::Rest => {}
        Task::Rewrite => editor.set_text(text),
        Task::Replace(fix) => editor.replace(std::slice::from_ref(fix)),
        Task::Reveal(line, column) => {
            editor.reveal(*line, *column);
            editor.focus();
        }
    }
}

fn underlines(diagnostics: &[Diagnostic], words: &Words) -> Vec<Underline> {
    let one = |diagnostic: &Diagnostic| Underline {
        severity: diagnostic.severity,
        span: diagnostic.span,
        message: words.format(&diagnostic.problem).text,
        has_fix: diagnostic.fix.is_some(),
    };
    diagnostics.iter().map(one).collect()
}
