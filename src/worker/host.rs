//! Every call of the worker to the browser.

use std::cell::RefCell;

use js_sys::Uint8Array;
use kubehop::view::session::{FromWorker, encode};
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::*;
use web_sys::{DedicatedWorkerGlobalScope, MessageEvent, Response};

fn scope() -> DedicatedWorkerGlobalScope {
    js_sys::global().unchecked_into()
}

/// Calls back with the bytes of every message.
pub(crate) fn on_message(callback: impl Fn(Vec<u8>) + 'static) {
    let closure = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
        callback(Uint8Array::new(&event.data()).to_vec());
    });
    scope().set_onmessage(Some(closure.as_ref().unchecked_ref()));
    // It listens until the worker ends.
    closure.forget();
}

/// Sends a message to the page.
pub(crate) fn post(message: &FromWorker) {
    let bytes = Uint8Array::from(encode(message).as_slice());
    let transfer = js_sys::Array::of1(&bytes.buffer());
    let _ = scope().post_message_with_transfer(&bytes, &transfer);
}

/// Milliseconds since the worker started.
pub(crate) fn now() -> f64 {
    scope().performance().map_or(0.0, |clock| clock.now())
}

/// The name that the page gave the worker.
pub(crate) fn name() -> String {
    scope().name()
}

thread_local! {
    /// What [`soon`] calls, and the port that wakes it: a timer would wait 4 ms after a few rounds.
    static NEXT: RefCell<Option<Box<dyn FnOnce()>>> = const { RefCell::new(None) };
    static PORT: web_sys::MessagePort = port();
}

fn port() -> web_sys::MessagePort {
    let channel = web_sys::MessageChannel::new().expect("a worker has message channels");
    let closure = Closure::<dyn FnMut(MessageEvent)>::new(move |_: MessageEvent| {
        let next = NEXT.with(|next| next.borrow_mut().take());
        if let Some(next) = next {
            next();
        }
    });
    channel
        .port1()
        .set_onmessage(Some(closure.as_ref().unchecked_ref()));
    closure.forget();
    channel.port2()
}

/// Calls back once the browser has delivered the messages that wait.
pub(crate) fn soon(callback: impl FnOnce() + 'static) {
    NEXT.with(|next| *next.borrow_mut() = Some(Box::new(callback)));
    PORT.with(|port| {
        let _ = port.post_message(&JsValue::NULL);
    });
}

/// Runs a future.
pub(crate) fn spawn(future: impl Future<Output = ()> + 'static) {
    wasm_bindgen_futures::spawn_local(future);
}

#[wasm_bindgen(js_namespace = kubehop)]
extern "C" {
    /// Where a file of this build is; `src/publish` puts the function before the worker's script.
    fn file(path: &str) -> String;
}

/// The text of a file of this build; `None` if it cannot be loaded.
pub(crate) async fn fetch_text(path: &str) -> Option<String> {
    let response = wasm_bindgen_futures::JsFuture::from(scope().fetch_with_str(&file(path))).await;
    let response: Response = response.ok()?.dyn_into().ok()?;
    if !response.ok() {
        return None;
    }
    let text = wasm_bindgen_futures::JsFuture::from(response.text().ok()?).await;
    text.ok()?.as_string()
}
