//! The page's bindings to the manifest editor of `src/editor/` (CodeMirror).
//!
//! It is the one part of the page that is not Rust. [`open`] loads it with a dynamic `import`, so that the first
//! picture does not wait for it. Problems, edits and positions are as the engine has them, lines and characters from 1;
//! the module translates. Its colours are tokens of `static/picture.css`: switching the theme needs no call.

use js_sys::{Array, JSON, Object, Reflect, Uint8Array};
use wasm_bindgen::prelude::*;
use yew::{Callback, NodeRef};

use super::browser;

/// What the editor is called and what it may do.
pub(crate) struct Options {
    /// What a screen reader calls it.
    pub(crate) label: String,
    /// What a screen reader adds: that Escape, then Tab leaves the editor.
    pub(crate) hint: String,
    /// The word on a button that applies an edit.
    pub(crate) fix: String,
    /// Whether the text cannot be changed.
    pub(crate) readonly: bool,
    /// The last value of [`Listeners::steps`], if it was kept.
    pub(crate) steps: Option<String>,
    /// CodeMirror's own words (of the search panel), by what they are in English.
    pub(crate) phrases: Vec<(&'static str, String)>,
}

impl Options {
    /// As the module takes it: `Options` in `src/editor/editor.ts`.
    fn to_object(&self) -> JsValue {
        let phrases = Object::new();
        for (phrase, word) in &self.phrases {
            set(&phrases, phrase, &word.into());
        }
        let options = Object::new();
        set(&options, "label", &self.label.as_str().into());
        set(&options, "hint", &self.hint.as_str().into());
        set(&options, "fix", &self.fix.as_str().into());
        set(&options, "readOnly", &self.readonly.into());
        set(&options, "phrases", &phrases);
        if let Some(steps) = &self.steps {
            set(&options, "steps", &steps.as_str().into());
        }
        options.into()
    }
}

fn set(object: &Object, key: &str, value: &JsValue) {
    let _ = Reflect::set(object, &key.into(), value);
}

/// The callbacks for events of the editor.
pub(crate) struct Listeners {
    /// The text after an edit made in the editor; a large one once the typing pauses. Not called for
    /// [`Editor::set_text`].
    pub(crate) changed: Callback<String>,
    /// The line of the cursor, from 1, whenever it changes.
    pub(crate) cursor: Callback<u32>,
    /// The line of the pointer, from 1, whenever it changes; 0 for none.
    pub(crate) pointed: Callback<u32>,
    /// The index of the problem whose fix was chosen.
    pub(crate) fixed: Callback<usize>,
    /// The steps to undo, in pauses and when the page is left, as [`Options::steps`] takes them with the same text.
    pub(crate) steps: Callback<String>,
}

/// An editor on the page; dropping it takes it away.
pub(crate) struct Editor {
    handle: Handle,
    _changed: Closure<dyn FnMut(Uint8Array)>,
    _cursor: Closure<dyn FnMut(u32)>,
    _pointed: Closure<dyn FnMut(u32)>,
    _fixed: Closure<dyn FnMut(usize)>,
    _steps: Closure<dyn FnMut(String)>,
}

/// Loads the module and puts an editor into the element at `place`.
///
/// The error is what the browser says when the module cannot be fetched; null if the element has gone meanwhile.
pub(crate) async fn open(
    place: &NodeRef,
    text: &str,
    options: &Options,
    listeners: Listeners,
) -> Result<Editor, JsValue> {
    let module: Module = browser::load_module("editor.js").await?.unchecked_into();
    let parent = place.cast::<web_sys::Element>().ok_or(JsValue::NULL)?;
    let Listeners {
        changed,
        cursor,
        pointed,
        fixed,
        steps,
    } = listeners;
    let changed = Closure::new(move |text: Uint8Array| {
        // The module encodes UTF-8, so nothing is lost.
        changed.emit(String::from_utf8(text.to_vec()).unwrap_or_default());
    });
    let cursor = Closure::new(move |line| cursor.emit(line));
    let pointed = Closure::new(move |line| pointed.emit(line));
    let fixed = Closure::new(move |index| fixed.emit(index));
    let steps = Closure::new(move |kept| steps.emit(kept));
    let told = Object::new();
    Reflect::set(&told, &"changed".into(), changed.as_ref())?;
    Reflect::set(&told, &"cursor".into(), cursor.as_ref())?;
    Reflect::set(&told, &"pointed".into(), pointed.as_ref())?;
    Reflect::set(&told, &"fixed".into(), fixed.as_ref())?;
    Reflect::set(&told, &"steps".into(), steps.as_ref())?;
    let handle = module.create(&parent, text, &options.to_object(), &told)?;
    Ok(Editor {
        handle,
        _changed: changed,
        _cursor: cursor,
        _pointed: pointed,
        _fixed: fixed,
        _steps: steps,
    })
}

impl Editor {
    /// Shows another text; what is equal stays, with the cursor in it, and undo leads back. Call it when the text
    /// changed elsewhere (an example was picked), not with what the editor itself has said.
    pub(crate) fn set_text(&self, text: &str) {
        self.handle.set_text(text);
    }

    /// Makes edits, all at once, as one step to undo: a JSON list of `Edit` in `src/editor/editor.ts`.
    pub(crate) fn replace(&self, edits: &str) {
        self.handle.replace(&parsed(edits));
    }

    /// Shows these problems instead of those before, underlined and with a mark beside their line: a JSON list of
    /// `Problem` in `src/editor/marks.ts`.
    pub(crate) fn set_diagnostics(&self, problems: &str) {
        self.handle.set_diagnostics(&parsed(problems));
    }

    /// Scrolls to a line, unless a person writes.
    pub(crate) fn show(&self, line: u32) {
        self.handle.show(line);
    }

    /// Highlights lines, first and last from 1, instead of those before.
    pub(crate) fn set_highlights(&self, lines: &[(u32, u32)]) {
        let list = Array::new();
        for (from, to) in lines {
            let line = Object::new();
            set(&line, "from", &(*from).into());
            set(&line, "to", &(*to).into());
            list.push(&line);
        }
        self.handle.set_highlights(&list);
    }

    /// Changes the language of everything but the problems: set them again.
    pub(crate) fn speak(&self, options: &Options) {
        self.handle.speak(&options.to_object());
    }

    /// Puts the cursor there (line and column from 1) and scrolls it into view.
    pub(crate) fn reveal(&self, line: u32, column: u32) {
        self.handle.reveal(line, column);
    }

    /// Takes the keyboard.
    pub(crate) fn focus(&self) {
        self.handle.focus();
    }
}

impl Drop for Editor {
    fn drop(&mut self) {
        self.handle.destroy();
    }
}

/// A text after edits, for a page without the editor; `None` if an edit is not one of this text.
pub(crate) fn edited(text: &str, edits: &str) -> Option<String> {
    let mut edited = text.to_owned();
    // From the end, so that the places of the others stay.
    for edit in Array::from(&parsed(edits)).iter().rev() {
        let field = |value: &JsValue, name: &str| Reflect::get(value, &name.into()).ok();
        let span = field(&edit, "span")?;
        let offset = |end: &str| Some(field(&field(&span, end)?, "offset")?.as_f64()? as usize);
        let range = offset("start")?..offset("end")?;
        edited.get(range.clone())?;
        edited.replace_range(range, &field(&edit, "text")?.as_string()?);
    }
    Some(edited)
}

/// JSON as plain JavaScript data; an empty list if it is damaged.
fn parsed(json: &str) -> JsValue {
    JSON::parse(json).unwrap_or_else(|_| Array::new().into())
}

#[wasm_bindgen]
extern "C" {
    type Module;

    #[wasm_bindgen(method, catch)]
    fn create(
        this: &Module,
        parent: &web_sys::Element,
        text: &str,
        options: &JsValue,
        listeners: &Object,
    ) -> Result<Handle, JsValue>;

    type Handle;

    #[wasm_bindgen(method, js_name = setText)]
    fn set_text(this: &Handle, text: &str);
    #[wasm_bindgen(method)]
    fn replace(this: &Handle, edits: &JsValue);
    #[wasm_bindgen(method, js_name = setDiagnostics)]
    fn set_diagnostics(this: &Handle, problems: &JsValue);
    #[wasm_bindgen(method)]
    fn show(this: &Handle, line: u32);
    #[wasm_bindgen(method, js_name = setHighlights)]
    fn set_highlights(this: &Handle, lines: &JsValue);
    #[wasm_bindgen(method)]
    fn speak(this: &Handle, options: &JsValue);
    #[wasm_bindgen(method)]
    fn reveal(this: &Handle, line: u32, column: u32);
    #[wasm_bindgen(method)]
    fn focus(this: &Handle);
    #[wasm_bindgen(method)]
    fn destroy(this: &Handle);
}
