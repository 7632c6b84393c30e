//! The page's connection to the worker that holds the session.
//!
//! index.html starts it: it holds the name of its script (`src/publish/publish.mjs` writes it there), so that a page
//! starts the worker of its own build. Everything that comes from it is untrusted.

use js_sys::{Array, Uint8Array};
use kubehop::view::session::{FromPage, FromWorker, WireError, decode, encode};
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::*;
use web_sys::{Event, MessageEvent, Worker};
use yew::Callback;

/// What is heard of the worker.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum News {
    /// It sent a message.
    Message(Box<FromWorker>),
    /// It sent bytes that are no message.
    Unreadable(WireError),
    /// It cannot be loaded, or it stopped.
    Lost,
}

/// A running worker; dropping it ends it.
pub(crate) struct WorkerLink {
    worker: Worker,
    _on_message: Closure<dyn FnMut(MessageEvent)>,
    _on_error: Closure<dyn FnMut(Event)>,
}

impl WorkerLink {
    /// Starts the worker, which loads the catalogue of a language; `None` where browsers have no workers.
    pub(crate) fn start(language: &str, news: &Callback<News>) -> Option<WorkerLink> {
        let worker = new_worker(language).ok()?;
        let messages = news.clone();
        let on_message = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
            let bytes = Uint8Array::new(&event.data()).to_vec();
            messages.emit(match decode(&bytes) {
                Ok(message) => News::Message(Box::new(message)),
                Err(error) => News::Unreadable(error),
            });
        });
        let errors = news.clone();
        let on_error = Closure::<dyn FnMut(Event)>::new(move |event: Event| {
            event.prevent_default();
            errors.emit(News::Lost);
        });
        worker.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        worker.set_onerror(Some(on_error.as_ref().unchecked_ref()));
        Some(WorkerLink {
            worker,
            _on_message: on_message,
            _on_error: on_error,
        })
    }

    /// Sends a message.
    pub(crate) fn post(&self, message: &FromPage) {
        let bytes = Uint8Array::from(encode(message).as_slice());
        let transfer = Array::of1(&bytes.buffer());
        let _ = self.worker.post_message_with_transfer(&bytes, &transfer);
    }
}

impl Drop for WorkerLink {
    fn drop(&mut self) {
        self.worker.set_onmessage(None);
        self.worker.set_onerror(None);
        self.worker.terminate();
    }
}

#[wasm_bindgen(js_namespace = kubehop)]
extern "C" {
    /// The worker of this build, with a language.
    #[wasm_bindgen(catch, js_name = worker)]
    fn new_worker(language: &str) -> Result<Worker, JsValue>;
}
