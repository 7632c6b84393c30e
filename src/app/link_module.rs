//! The page's bindings to the module of `src/link/`: links, files, and the dialogs that make them.
//!
//! It is loaded with a dynamic `import` if the address holds something to open, and when a person shares.

use js_sys::{Object, Reflect};
use wasm_bindgen::prelude::*;
use yew::NodeRef;

use super::browser;

/// What the page's address requests.
#[derive(Clone, Debug, PartialEq, Default)]
pub(crate) struct Opened {
    /// The session's JSON.
    pub(crate) session: Option<String>,
    /// The name of the label with the reason why there is none.
    pub(crate) fault: Option<String>,
    /// The hop to show, from 1; 0 for none.
    pub(crate) hop: usize,
    /// What an embedded page shows, each name between spaces.
    pub(crate) parts: String,
    /// Whether an embedded page lets nothing be changed.
    pub(crate) readonly: bool,
    /// Manifests of another origin, which a person must allow first.
    pub(crate) source: Option<Source>,
    /// The page around an embedded one.
    pub(crate) host: Option<Host>,
}

/// The page around an embedded one, to which it reports.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Host(JsValue);

impl Host {
    /// Another connection is shown: its trace as JSON.
    pub(crate) fn trace(&self, json: &str) {
        self.0.unchecked_ref::<HostHandle>().trace(json);
    }

    /// The packet arrived: `answered`, `unknown` or `failed`.
    pub(crate) fn verdict(&self, text: &str, outcome: &str) {
        self.0.unchecked_ref::<HostHandle>().verdict(text, outcome);
    }
}

/// Where manifests are to be loaded from.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Source {
    /// The host, for a person to judge.
    pub(crate) host: String,
    handle: JsValue,
}

/// Opens what an address holds; `None` if the module cannot be loaded. `act` carries out the requests of the page
/// around an embedded one, until this page is closed.
pub(crate) async fn open(address: &str, act: Closure<dyn Fn(String)>) -> Option<Opened> {
    let module = module().await?;
    let opened = module.open(address, &act.into_js_value()).await.ok()?;
    let source = field(&opened, "source").map(|handle| Source {
        host: module.host_of(&handle),
        handle,
    });
    Some(Opened {
        session: text(&opened, "session"),
        fault: text(&opened, "fault"),
        hop: field(&opened, "hop")
            .and_then(|hop| hop.as_f64())
            .unwrap_or(0.0) as usize,
        parts: text(&opened, "parts").unwrap_or_default(),
        readonly: field(&opened, "readonly").is_some_and(|readonly| readonly.is_truthy()),
        source,
        host: field(&opened, "host").map(Host),
    })
}

/// Makes the link of that id lead to a session.
pub(crate) async fn aim(id: &str, session: &str) -> Option<()> {
    let module = module().await?;
    let document = web_sys::window()?.document()?;
    let link = document.get_element_by_id(id)?;
    module.aim(&link, session).await.ok().map(drop)
}

/// Loads manifests that a person allowed.
pub(crate) async fn allow(source: Source) -> Option<Opened> {
    let loaded = module().await?.allow(&source.handle).await.ok()?;
    Some(Opened {
        session: text(&loaded, "session"),
        fault: text(&loaded, "fault"),
        ..Opened::default()
    })
}

/// Lets a person choose a file; `None` if none was chosen.
pub(crate) async fn choose() -> Option<String> {
    module().await?.choose().await.ok()?.as_string()
}

/// What a dialog that makes links is given.
pub(crate) struct Sharing<'a> {
    /// The session's JSON.
    pub(crate) session: &'a str,
    /// The manifests.
    pub(crate) text: &'a str,
    /// The page's address without what a link adds.
    pub(crate) address: &'a str,
    /// The code of the page's language.
    pub(crate) language: &'static str,
    /// The words of the catalogue.
    pub(crate) word: Closure<dyn Fn(String) -> String>,
    /// Called when the link was copied.
    pub(crate) copied: Closure<dyn Fn()>,
}

/// What a dialog calls, until dropped.
pub(crate) struct Dialogue {
    _word: Closure<dyn Fn(String) -> String>,
    _copied: Closure<dyn Fn()>,
}

/// Fills a dialog that makes links; `None` if the module cannot be loaded or the dialog was closed meanwhile.
pub(crate) async fn share(
    place: &NodeRef,
    is_embed: bool,
    sharing: Sharing<'_>,
) -> Option<Dialogue> {
    let module = module().await?;
    let place = place.cast::<web_sys::Element>()?;
    let given = Object::new();
    for (name, value) in [
        ("session", sharing.session.into()),
        ("text", sharing.text.into()),
        ("address", sharing.address.into()),
        ("language", sharing.language.into()),
        ("word", sharing.word.as_ref().clone()),
        ("copied", sharing.copied.as_ref().clone()),
    ] {
        let _ = Reflect::set(&given, &name.into(), &value);
    }
    module.share(&place, is_embed, &given);
    Some(Dialogue {
        _word: sharing.word,
        _copied: sharing.copied,
    })
}

/// Draws an SVG on a canvas and saves that as a PNG; nothing happens if the module cannot be loaded.
pub(crate) fn save_png(svg: String, name: &'static str) {
    browser::spawn(async move {
        if let Some(module) = module().await {
            module.save_png(&svg, name);
        }
    });
}

async fn module() -> Option<Module> {
    Some(browser::load_module("link.js").await.ok()?.unchecked_into())
}

fn field(object: &JsValue, name: &str) -> Option<JsValue> {
    let value = Reflect::get(object, &name.into()).ok()?;
    (!value.is_undefined() && !value.is_null()).then_some(value)
}

fn text(object: &JsValue, name: &str) -> Option<String> {
    field(object, name)?.as_string()
}

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_name = LinkModule)]
    type Module;

    #[wasm_bindgen(method, catch)]
    async fn open(this: &Module, address: &str, act: &JsValue) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, catch)]
    async fn aim(this: &Module, link: &web_sys::Element, session: &str)
    -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, catch)]
    async fn allow(this: &Module, source: &JsValue) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, catch)]
    async fn choose(this: &Module) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, js_name = hostOf)]
    fn host_of(this: &Module, source: &JsValue) -> String;
    #[wasm_bindgen(method, js_name = savePng)]
    fn save_png(this: &Module, svg: &str, name: &str);
    #[wasm_bindgen(method)]
    fn share(this: &Module, place: &web_sys::Element, is_embed: bool, sharing: &Object);

    type HostHandle;

    #[wasm_bindgen(method)]
    fn trace(this: &HostHandle, json: &str);
    #[wasm_bindgen(method)]
    fn verdict(this: &HostHandle, text: &str, outcome: &str);
}
