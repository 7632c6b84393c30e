//! The address of the page: its link, its parameters.

use wasm_bindgen::JsValue;

use super::window;

/// The part of the address behind `#`.
pub(crate) fn fragment() -> String {
    let hash = window()
        .and_then(|window| window.location().hash().ok())
        .unwrap_or_default();
    hash.trim_start_matches('#').to_owned()
}

/// A parameter of the fragment, as written: `dark` in `#theme=dark`.
pub(crate) fn parameter(name: &str) -> Option<String> {
    let fragment = fragment();
    let mut parameters = fragment.split('&').filter_map(|part| part.split_once('='));
    let found = parameters.find(|(key, _)| *key == name);
    found.map(|(_, value)| value.to_owned())
}

/// Whether the page is in a frame of another one, of which it shows only the picture and what belongs to it. It keeps
/// nothing in the browser.
pub(crate) fn is_embedded() -> bool {
    parameter("mode").as_deref() == Some("embed")
}

/// Whether the address says where manifests are: `?src=web.yaml`.
pub(crate) fn has_source() -> bool {
    let href = href();
    let before_fragment = href.split('#').next().unwrap_or_default();
    let query = before_fragment.split_once('?').map(|(_, query)| query);
    query.is_some_and(|query| query.split('&').any(|part| part.starts_with("src=")))
}

/// The page's address.
pub(crate) fn href() -> String {
    let href = window().and_then(|window| window.location().href().ok());
    href.unwrap_or_default()
}

/// The page's address without what a link adds to it.
pub(crate) fn address() -> String {
    let href = href();
    href.split(['#', '?']).next().unwrap_or_default().to_owned()
}

/// Takes what a link adds out of the page's address, without another entry of the browser's history.
pub(crate) fn drop_link() {
    if fragment().is_empty() && !has_source() {
        return;
    }
    if let Some(history) = window().and_then(|window| window.history().ok()) {
        let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(&address()));
    }
}

/// Opens the page again when a person puts another link into its address; dropping the handle stops it.
pub(crate) fn on_link() -> Option<gloo::events::EventListener> {
    Some(gloo::events::EventListener::new(
        &window()?.into(),
        "hashchange",
        |_| {
            if let Some(window) = window().filter(|_| !fragment().is_empty()) {
                let _ = window.location().reload();
            }
        },
    ))
}
