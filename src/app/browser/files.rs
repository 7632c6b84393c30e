//! Files: those of the page, those dropped on it, those it saves.

use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::HtmlElement;
use yew::{Callback, DragEvent};

use super::{document, window};

#[wasm_bindgen(js_namespace = kubehop)]
extern "C" {
    /// The address of a file of this build, from index.html.
    fn file(path: &str) -> String;
    /// Loads a module of this build.
    #[wasm_bindgen(catch, js_name = load)]
    pub(crate) async fn load_module(path: &str) -> Result<JsValue, JsValue>;
}

/// Gives a person a text as a file.
pub(crate) fn download(name: &str, text: &str) {
    let parts = js_sys::Array::of1(&text.into());
    let Ok(blob) = web_sys::Blob::new_with_str_sequence(&parts) else {
        return;
    };
    let Ok(address) = web_sys::Url::create_object_url_with_blob(&blob) else {
        return;
    };
    if let Some(link) = document().and_then(|document| document.create_element("a").ok()) {
        let _ = link.set_attribute("href", &address);
        let _ = link.set_attribute("download", name);
        link.unchecked_into::<HtmlElement>().click();
    }
    let _ = web_sys::Url::revoke_object_url(&address);
}

/// Loads a file of this build; nothing happens if it cannot be loaded.
pub(crate) fn load(path: String, callback: Callback<Vec<u8>>) {
    wasm_bindgen_futures::spawn_local(async move {
        if let Ok(bytes) = fetch(&file(&path)).await {
            callback.emit(bytes);
        }
    });
}

/// The style rules that index.html contains; those of pictures are among them.
pub(crate) fn inline_styles() -> String {
    let Some(found) = document().and_then(|page| page.query_selector_all("style").ok()) else {
        return String::new();
    };
    let styles = (0..found.length()).filter_map(|index| found.get(index)?.text_content());
    styles.collect()
}

/// Loads text files of the page, all at once; those from the first one on that cannot be loaded are left out.
pub(crate) fn load_texts(paths: Vec<String>, callback: Callback<Vec<String>>) {
    wasm_bindgen_futures::spawn_local(async move {
        let mut texts = Vec::new();
        for path in &paths {
            let Ok(bytes) = fetch(&file(path)).await else {
                break;
            };
            texts.push(String::from_utf8_lossy(&bytes).into_owned());
        }
        callback.emit(texts);
    });
}

async fn fetch(path: &str) -> Result<Vec<u8>, JsValue> {
    let window = window().ok_or(JsValue::NULL)?;
    let response = wasm_bindgen_futures::JsFuture::from(window.fetch_with_str(path)).await?;
    let response: web_sys::Response = response.dyn_into()?;
    if !response.ok() {
        return Err(JsValue::NULL);
    }
    let buffer = wasm_bindgen_futures::JsFuture::from(response.array_buffer()?).await?;
    Ok(js_sys::Uint8Array::new(&buffer).to_vec())
}

/// Copies a text to the clipboard.
pub(crate) fn copy(text: &str) {
    if let Some(window) = window() {
        let _ = window.navigator().clipboard().write_text(text);
    }
}

/// The text of the first file of a drop, whatever its bytes: what is no UTF-8 reads as `U+FFFD`.
pub(crate) fn dropped_text(event: &DragEvent, callback: Callback<String>) {
    let files = event.data_transfer().and_then(|data| data.files());
    let Some(file) = files.and_then(|files| files.get(0)) else {
        return;
    };
    let promise = file.text();
    wasm_bindgen_futures::spawn_local(async move {
        if let Some(text) = wasm_bindgen_futures::JsFuture::from(promise)
            .await
            .ok()
            .and_then(|text| text.as_string())
        {
            callback.emit(text);
        }
    });
}
