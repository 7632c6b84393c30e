//! The manifests: CodeMirror once it is loaded, a plain text field until then.

use std::cell::RefCell;
use std::rc::Rc;

use kubehop::view::page_view::{LinksView, ProblemsView};
use kubehop::view::session::{Ask, Pointed};
use yew::prelude::*;

use super::browser;
use super::editor::{self, Editor, Listeners, Options};
use super::message::{Action, Msg};
use super::saving::{keep_steps, kept_steps};
use super::shared::{Same, Words, use_words};

/// A command for the editor, numbered so that the same can be given twice.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Order {
    /// Grows with every order.
    pub(crate) number: u64,
    /// What to do.
    pub(crate) task: Task,
}

/// A command to the editor.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Task {
    /// Nothing yet.
    Rest,
    /// Show the session's text.
    Rewrite,
    /// Make edits that can be undone, as a JSON list.
    Replace(Rc<str>),
    /// Show a place: line and column from 1.
    Reveal(u32, u32),
}

#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    /// The text.
    pub(crate) text: Rc<str>,
    /// What is wrong with it.
    pub(crate) problems: Same<ProblemsView>,
    /// The lines to highlight.
    pub(crate) lit: Same<Vec<(u32, u32)>>,
    /// What belongs to what is selected or pointed at.
    #[prop_or_default]
    pub(crate) links: Same<LinksView>,
    /// What to do now.
    pub(crate) order: Order,
    /// Whether the text cannot be changed.
    pub(crate) readonly: bool,
    /// Where to send what happens.
    pub(crate) send: Callback<Msg>,
}

/// The editor, once it is loaded.
type Slot = Rc<RefCell<Option<Editor>>>;

/// The editor.
#[component]
pub(crate) fn EditorPane(props: &Props) -> Html {
    let words = use_words();
    let place = use_node_ref();
    let editor: Slot = use_mut_ref(|| None::<Editor>);
    let loaded = use_state(|| false);
    let is_missing = use_state(|| false);
    let latest = use_mut_ref(|| props.text.clone());
    *latest.borrow_mut() = props.text.clone();
    {
        let (place, editor, words) = (place.clone(), editor.clone(), words.clone());
        let (loaded, send, readonly) = (loaded.clone(), props.send.clone(), props.readonly);
        let is_missing = is_missing.clone();
        use_effect_with((), move |()| {
            wasm_bindgen_futures::spawn_local(async move {
                let options = Options {
                    readonly,
                    steps: kept_steps(),
                    ..options(&words)
                };
                let is_open = load(&place, &editor, &latest, &options, &send).await;
                loaded.set(is_open);
                is_missing.set(!is_open);
            });
        });
    }
    use_editor(props, &words, &editor, *loaded);
    let (send, text) = (props.send.clone(), props.text.clone());
    use_effect_with(
        (props.order.clone(), *is_missing),
        move |(order, is_missing)| {
            // The plain field is shown instead of the editor.
            if let Task::Replace(edits) = &order.task
                && *is_missing
                && let Some(edited) = editor::edited(&text, edits)
            {
                send.emit(Msg::Edit(edited));
            }
        },
    );
    let oninput = props
        .send
        .reform(|event: InputEvent| Msg::Edit(browser::value_of(&event)));
    let label = words.label("tab-manifests");
    html! {
        <DropZone send={props.send.clone()}>
            <div ref={place} ~style={if *loaded { "" } else { "display:none" }}></div>
            if !*loaded {
                <textarea
                    class="plain"
                    aria-label={label}
                    spellcheck="false"
                    readonly={props.readonly}
                    value={props.text.to_string()}
                    {oninput}
                />
            }
        </DropZone>
    }
}

/// Creates the editor in its element. Returns whether it was created.
async fn load(
    place: &NodeRef,
    editor: &Slot,
    latest: &Rc<RefCell<Rc<str>>>,
    options: &Options,
    send: &Callback<Msg>,
) -> bool {
    let text = latest.borrow().clone();
    let opened = editor::open(place, &text, options, listeners(send)).await;
    let is_open = opened.is_ok();
    *editor.borrow_mut() = opened.ok();
    if let Some(editor) = editor.borrow().as_ref() {
        editor.set_text(&latest.borrow());
    }
    is_open
}

/// Tells the editor what changed.
#[hook]
fn use_editor(props: &Props, words: &Words, editor: &Slot, loaded: bool) {
    let order = (props.order.clone(), loaded);
    let (slot, text) = (editor.clone(), props.text.clone());
    use_effect_with(order, move |(order, _)| {
        if let Some(editor) = slot.borrow().as_ref() {
            follow(editor, &order.task, &text);
        }
    });
    let slot = editor.clone();
    use_effect_with((words.clone(), loaded), move |(words, _)| {
        if let Some(editor) = slot.borrow().as_ref() {
            editor.speak(&options(words));
        }
    });
    let slot = editor.clone();
    use_effect_with((props.problems.clone(), loaded), move |(problems, _)| {
        if let Some(editor) = slot.borrow().as_ref() {
            editor.set_diagnostics(&problems.underlines);
        }
    });
    let slot = editor.clone();
    use_effect_with((props.lit.clone(), loaded), move |(lit, _)| {
        if let Some(editor) = slot.borrow().as_ref() {
            editor.set_highlights(lit);
        }
    });
    let (slot, lit) = (editor.clone(), props.lit.clone());
    use_effect_with(props.links.clone(), move |links| {
        let first = lit.first().filter(|_| links.is_selected);
        if let (Some(editor), Some((line, _))) = (slot.borrow().as_ref(), first) {
            editor.show(*line);
        }
    });
}

#[derive(Properties, PartialEq)]
struct DropZoneProps {
    children: Html,
    send: Callback<Msg>,
}

/// Where a file can be dropped.
#[component]
fn DropZone(props: &DropZoneProps) -> Html {
    let dropping = use_state(|| false);
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
    let class = classes!("editor", dropping.then_some("dropping"));
    html! {
        <div {class} {ondragover} {ondragleave} {ondrop}>{ props.children.clone() }</div>
    }
}

fn options(words: &Words) -> Options {
    Options {
        label: words.label("tab-manifests"),
        hint: words.label("editor-hint"),
        fix: words.label("fix"),
        readonly: false,
        steps: None,
        phrases: PHRASES
            .iter()
            .map(|(phrase, name)| (*phrase, words.label(name)))
            .collect(),
    }
}

/// CodeMirror's own texts, and the labels that replace them.
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
        changed: send.reform(Msg::Edit),
        cursor: send.reform(Msg::Cursor),
        pointed: send.reform(|line| {
            Msg::Point(match line {
                0 => Pointed::Nothing,
                line => Pointed::Line(line),
            })
        }),
        fixed: send.reform(|index| Msg::Do(Action::Ask(Ask::Fix(index)))),
        steps: Callback::from(keep_steps),
    }
}

fn follow(editor: &Editor, task: &Task, text: &str) {
    match task {
        Task::Rest => {}
        Task::Rewrite => editor.set_text(text),
        Task::Replace(edits) => editor.replace(edits),
        Task::Reveal(line, column) => {
            editor.reveal(*line, *column);
            editor.focus();
        }
    }
}
