//! The worker: holds the session and answers the page.
//!
//! Messages wait in a queue. One is answered at a time, and between two of them, and between two parts of a large text,
//! the browser delivers what else has come: a newer edit overtakes an older one. The engine and the sentences are here
//! alone; the page shows what it gets. Every message is untrusted.

mod host;
mod queue;

use std::cell::RefCell;
use std::rc::Rc;

use kubehop::view::i18n::Catalogue;
use kubehop::view::language::Language;
use kubehop::view::session::{FromPage, FromWorker, decode};
use queue::{Queue, Step};

/// The worker's state, shared with the callbacks of the browser.
type Shared = Rc<RefCell<Queue>>;

fn main() {
    let queue: Shared = Rc::default();
    let heard = queue.clone();
    host::on_message(move |bytes| match decode::<FromPage>(&bytes) {
        Ok(message) => {
            heard.borrow_mut().receive(message);
            work_soon(&heard);
        }
        Err(error) => host::post(&FromWorker::Unreadable(error)),
    });
    let language = Language::of(&host::name()).unwrap_or(Language::English);
    host::spawn(async move {
        match catalogue(language).await {
            Some(catalogue) => {
                queue.borrow_mut().words = Some(catalogue);
                host::post(&FromWorker::Ready);
            }
            None => host::post(&FromWorker::NoCatalogue(language)),
        }
    });
}

/// Goes on once the browser has delivered what has come meanwhile.
fn work_soon(queue: &Shared) {
    if queue.borrow_mut().is_scheduled {
        return;
    }
    queue.borrow_mut().is_scheduled = true;
    let queue = queue.clone();
    host::soon(move || {
        queue.borrow_mut().is_scheduled = false;
        work(&queue);
    });
}

fn work(queue: &Shared) {
    let step = queue.borrow_mut().step();
    match step {
        Step::Rest => {}
        Step::Unfinished => work_soon(queue),
        Step::Answered(reply) => {
            host::post(&FromWorker::Reply(reply));
            work_soon(queue);
        }
        Step::Matrix(news) => {
            host::post(&FromWorker::Matrix(news));
            work_soon(queue);
        }
        Step::Load(language) => {
            let queue = queue.clone();
            host::spawn(async move {
                let catalogue = catalogue(language).await;
                queue.borrow_mut().change_language(language, catalogue);
                work_soon(&queue);
            });
        }
    }
}

/// The catalogue of a language, from its file.
async fn catalogue(language: Language) -> Option<Catalogue> {
    let path = format!("messages/{}.ftl", language.code());
    let messages = host::fetch_text(&path).await?;
    Some(Catalogue::of(language, &messages))
}
