//! The queue of requests (`Ask`), and the next step of the work.

use std::collections::VecDeque;

use kubehop::view::i18n::Catalogue;
use kubehop::view::language::Language;
use kubehop::view::matrix_view::MatrixNews;
use kubehop::view::session::{Ask, Effect, FromPage, Hello, Letter, Model, Reply, labels};

use super::host;

/// The requests that wait, and the session that answers them.
#[derive(Default)]
pub(crate) struct Queue {
    /// The sentences, once they are loaded.
    pub words: Option<Catalogue>,
    /// Whether the next step is scheduled already.
    pub is_scheduled: bool,
    model: Option<Model>,
    waiting: VecDeque<FromPage>,
    /// Whether the next answer must contain the words of the page.
    owes_labels: bool,
    /// Whether a catalogue is being loaded: answers wait for it.
    is_loading: bool,
}

/// Milliseconds of a part of the matrix: a request that arrives meanwhile waits no longer.
const SLICE: f64 = 30.0;

/// What one step of the work led to.
pub(crate) enum Step {
    /// There is nothing to do, or a catalogue must come first.
    Rest,
    /// A large text is read in part.
    Unfinished,
    /// A request is answered.
    Answered(Box<Reply>),
    /// A part of the matrix is worked out.
    Matrix(Box<MatrixNews>),
    /// The sentences of another language are needed.
    Load(Language),
}

impl Queue {
    /// Takes a message in.
    pub(crate) fn receive(&mut self, message: FromPage) {
        self.waiting.push_back(message);
    }

    /// Does the next piece of work.
    pub(crate) fn step(&mut self) -> Step {
        if self.is_loading || self.words.is_none() {
            return Step::Rest;
        }
        self.drop_overtaken();
        match (self.waiting.front(), &mut self.model) {
            (None, _) => return self.work_on_matrix(),
            (Some(FromPage::Ask(Letter { content, .. })), Some(model)) => match content {
                Ask::Edit(text) if !model.read_ahead(text) => return Step::Unfinished,
                Ask::SetLanguage(language) => {
                    self.is_loading = true;
                    return Step::Load(*language);
                }
                _ => {}
            },
            (Some(FromPage::Ask(_)), None) => {
                // A request before the greeting is dropped.
                self.waiting.pop_front();
                return Step::Unfinished;
            }
            (Some(FromPage::Hello(_)), _) => {}
        }
        match self.waiting.pop_front() {
            Some(FromPage::Hello(hello)) => self.open(&hello),
            Some(FromPage::Ask(ask)) => self.answer(ask),
            None => Step::Rest,
        }
    }

    /// Works on the matrix while no request waits.
    fn work_on_matrix(&mut self) -> Step {
        let (Some(model), Some(words)) = (&mut self.model, &self.words) else {
            return Step::Rest;
        };
        if !model.wants_matrix() {
            return Step::Rest;
        }
        match model.work_on_matrix(words, host::now, SLICE) {
            Some(news) => Step::Matrix(Box::new(news)),
            None => Step::Rest,
        }
    }

    /// Switches to another language, if its catalogue could be loaded, and answers the request for it.
    pub(crate) fn change_language(&mut self, language: Language, catalogue: Option<Catalogue>) {
        self.is_loading = false;
        let Some(FromPage::Ask(letter)) = self.waiting.pop_front() else {
            return;
        };
        let mut effects = Vec::new();
        match catalogue {
            Some(catalogue) => {
                self.words = Some(catalogue);
                self.owes_labels = true;
                if let Some(model) = &mut self.model {
                    model.resend_matrix();
                }
            }
            None => effects.push(Effect::NoCatalogue(language)),
        }
        if let Step::Answered(reply) = self.reply(letter.number, effects, None) {
            host::post(&kubehop::view::session::FromWorker::Reply(reply));
        }
    }

    /// Drops requests that a later one replaces. Requests between them are still answered in order.
    fn drop_overtaken(&mut self) {
        while let Some(FromPage::Ask(first)) = self.waiting.front() {
            let is_overtaken = match self.waiting.get(1) {
                Some(FromPage::Ask(next)) => first.content.is_overtaken_by(&next.content),
                Some(FromPage::Hello(_)) | None => false,
            };
            if !is_overtaken {
                return;
            }
            self.waiting.pop_front();
        }
    }

    fn open(&mut self, hello: &Letter<Hello>) -> Step {
        let begun = host::now();
        let (model, effects) = Model::open(&hello.content);
        let took = host::now() - begun;
        self.model = Some(model);
        self.owes_labels = true;
        self.reply(hello.number, effects, Some(took as f32))
    }

    fn answer(&mut self, ask: Letter<Ask>) -> Step {
        let Some(model) = &mut self.model else {
            return Step::Rest;
        };
        // What only reads is answered without a new view.
        let text = |what| {
            self.words
                .as_ref()
                .and_then(|words| model.copied(what, words))
        };
        let effect = match &ask.content {
            Ask::Copy(what) => Some(text(what).map(Effect::Copy)),
            Ask::Download(what) => {
                Some(text(what).map(|text| Effect::Download(what.clone(), text)))
            }
            _ => None,
        };
        if let Some(effect) = effect {
            return Step::Answered(Box::new(Reply {
                number: ask.number,
                effects: effect.into_iter().collect(),
                view: None,
                took: None,
            }));
        }
        let network = model.network.clone();
        let begun = host::now();
        let is_edit = matches!(ask.content, Ask::Edit(_));
        let effects = model.handle(ask.content);
        let is_read = is_edit || !std::rc::Rc::ptr_eq(&network, &model.network);
        let took = is_read.then(|| (host::now() - begun) as f32);
        self.reply(ask.number, effects, took)
    }

    fn reply(&mut self, number: u32, effects: Vec<Effect>, took: Option<f32>) -> Step {
        let (Some(model), Some(words)) = (&self.model, &self.words) else {
            return Step::Rest;
        };
        let mut view = model.page_view(words);
        if std::mem::take(&mut self.owes_labels) {
            view.labels = Some(std::rc::Rc::new(labels(words)));
        }
        Step::Answered(Box::new(Reply {
            number,
            effects,
            view: Some(Box::new(view)),
            took,
        }))
    }
}
