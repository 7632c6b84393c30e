//! The course's files and progress: what the page loads for the worker and keeps in the browser.

use std::rc::Rc;

use kubehop::view::course::{
    CourseAsk, KeptAnswers, LessonSource, OpenLessonView, folder_of, generated_id, generated_of,
};
use kubehop::view::glossary::Glossary;
use kubehop::view::language::Language;
use kubehop::view::session::Ask;

use super::browser;
use super::message::{Action, Msg, Tab};
use super::page_state::PageState;

/// The name the progress is kept under.
const PROGRESS: &str = "kubehop.course";

/// The name the open lesson is kept under.
const OPEN: &str = "kubehop.lesson";

/// The name the answers of the open lesson are kept under.
const ANSWERS: &str = "kubehop.answers";

/// How the part of a link behind `#` begins that opens a lesson.
const LINK: &str = "lesson=";

/// Whether a lesson was open when the page was left.
pub(crate) fn is_lesson_kept() -> bool {
    browser::stored(OPEN).is_some_and(|id| !id.is_empty())
}

/// A message about the course.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum CourseMsg {
    /// A lesson is to be opened, by its folder's name.
    Open(String),
    /// A challenge is to be made and opened: today's, or one of the browser's choice.
    Generate(Number),
    /// The list was loaded.
    Listed(Vec<String>),
    /// The files of a lesson were loaded.
    Loaded(Purpose, String, Vec<String>),
    /// The glossary of a language was loaded.
    Glossary(Language, Vec<String>),
}

/// The number that a challenge is made from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Number {
    /// The date: everybody gets the same one.
    Today,
    /// Any.
    Any,
}

/// What a lesson's files were loaded for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// To show its cluster.
    Open,
    /// To show its steps beside what is there.
    Resume,
    /// To show its words in another language.
    Words,
}

/// The state of the course in the page.
#[derive(Default)]
pub(crate) struct CourseLink {
    /// The list as it was loaded.
    list: Option<String>,
    /// Whether the list is being loaded.
    is_loading: bool,
    /// The progress as it was kept last.
    progress: String,
    /// The lesson whose id was kept last.
    open: Option<String>,
    /// Its answers as they were kept last.
    answers: KeptAnswers,
    /// The hop from which what came of the last prediction is shown, while its packet is on its way there.
    awaited_hop: Option<usize>,
    /// The lesson that is being opened.
    opening: Option<String>,
    /// Whether a lesson opens once the list is there: the link's, or the one that was open.
    is_awaited: bool,
    /// The cards that explain terms.
    glossary: Rc<Glossary>,
    /// The language whose cards were requested.
    glossary_of: Option<Language>,
}

impl CourseLink {
    /// The state of the course when the page opens.
    pub(crate) fn new() -> CourseLink {
        let is_linked = browser::fragment().starts_with(LINK);
        CourseLink {
            is_awaited: is_linked || is_lesson_kept(),
            ..CourseLink::default()
        }
    }

    /// Whether a lesson is being loaded: until then the next one is not known.
    pub(crate) fn is_opening(&self) -> bool {
        self.is_awaited || self.opening.is_some()
    }

    /// Whether the packet that decides the last prediction is under way: what comes of it is seen in the picture first.
    pub(crate) fn is_under_way(&self) -> bool {
        self.awaited_hop.is_some()
    }
}

impl PageState {
    pub(crate) fn handle_course(&mut self, message: CourseMsg) {
        match message {
            CourseMsg::Open(id) => {
                self.react(Msg::Open(Tab::Lesson));
                self.load_lesson(Purpose::Open, id);
            }
            CourseMsg::Generate(number) => {
                let seed = match number {
                    Number::Today => browser::today(),
                    Number::Any => browser::any_number(),
                };
                if let Some(id) = self.generated_id(seed) {
                    self.handle_course(CourseMsg::Open(id));
                }
            }
            CourseMsg::Listed(texts) => {
                self.course.is_awaited = false;
                self.course.list = texts.into_iter().next();
                self.list_course();
            }
            CourseMsg::Loaded(purpose, id, texts) => self.take_files(purpose, id, texts),
            CourseMsg::Glossary(language, texts) => {
                if let (true, Some(text)) = (language == self.language, texts.first()) {
                    self.course.glossary = Rc::new(Glossary::read(text));
                }
            }
        }
    }

    /// The challenge of a number.
    fn generated_id(&self, seed: u64) -> Option<String> {
        let course = self.shown()?.view.course.clone();
        let items = course.items.iter().map(|item| item.id.as_str());
        generated_id(items.filter(|id| folder_of(id) == "lessons"), seed)
    }

    /// Hands the files of a lesson to the worker.
    fn take_files(&mut self, purpose: Purpose, id: String, texts: Vec<String>) {
        let Some(ask) = ask_of(purpose, id, texts) else {
            self.course.opening = None;
            self.react(Msg::Note(Some("course-unreadable")));
            return;
        };
        if purpose == Purpose::Open {
            self.leave_text();
        }
        self.act(Action::Ask(Ask::Course(ask)));
    }

    /// The cards that explain terms in the page's language; none until they were loaded.
    pub(crate) fn glossary(&self) -> Rc<Glossary> {
        self.course.glossary.clone()
    }

    /// Loads the cards of the page's language, unless they were requested before.
    fn load_glossary(&mut self) {
        let language = self.language;
        if self.course.glossary_of.replace(language) == Some(language) {
            return;
        }
        self.course.glossary = Rc::default();
        let loaded = move |texts| Msg::Course(CourseMsg::Glossary(language, texts));
        let paths = vec![format!("glossary/{}.md", language.code())];
        browser::load_texts(paths, self.send.reform(loaded));
    }

    /// Loads what a new worker does not know, and keeps what an answer says of the course.
    pub(crate) fn follow_course(&mut self) {
        let Some(shown) = self.shown() else {
            return;
        };
        let course = shown.view.course.clone();
        if !course.is_listed {
            self.list_course();
            return;
        }
        self.load_glossary();
        if course.progress != self.course.progress {
            browser::store(PROGRESS, &course.progress);
            self.course.progress.clone_from(&course.progress);
        }
        let open = course.open.as_ref().map(|open| open.id.clone());
        if course.is_unreadable || open == self.course.opening {
            self.course.opening = None;
        }
        if self.course.opening.is_none() && open != self.course.open {
            browser::store(OPEN, open.as_deref().unwrap_or_default());
            self.course.open = open;
        }
        let answers = course.open.as_ref().map(KeptAnswers::of);
        if let (None, Some(answers)) = (&self.course.opening, answers)
            && answers != self.course.answers
        {
            browser::store(ANSWERS, &answers.text());
            let tried = |kept: &KeptAnswers| kept.answers.iter().filter(|one| one.is_tried).count();
            let before = &self.course.answers;
            if before.id == answers.id && tried(before) < tried(&answers) {
                let open = course.open.as_ref();
                self.course.awaited_hop = open.and_then(|open| self.hop_to_await(open));
            }
            self.course.answers = answers;
        }
    }

    /// The hop that decides the prediction that was sent just now, if its packet travels there.
    fn hop_to_await(&self, open: &OpenLessonView) -> Option<usize> {
        let mut sent = open.predictions.iter();
        let sent = sent.rfind(|one| one.comparison.is_some())?;
        let trace = self.player.trace.as_ref();
        let travels = self.player.is_playing && !browser::wants_less_motion();
        let trace =
            trace.filter(|_| travels && self.player.flow.is_none() && sent.command.is_none());
        let last = trace?.timeline.hops().checked_sub(1)?;
        let decides = sent.comparison.as_ref()?.hop.as_ref();
        Some(decides.map_or(last, |(hop, _)| *hop))
    }

    /// Shows what came of a prediction once its packet is where that is decided, or is followed no more.
    pub(crate) fn follow_prediction(&mut self) {
        let player = &self.player;
        let is_followed = player.trace.is_some() && player.flow.is_none() && player.time > 0.0;
        let is_there = |hop| player.moment().hop >= hop;
        if !player.is_playing && !is_followed || self.course.awaited_hop.is_some_and(is_there) {
            self.course.awaited_hop = None;
        }
    }

    /// Loads the texts of the open lesson in the page's current language.
    pub(crate) fn translate_course(&mut self) {
        if let Some(id) = self.course.open.clone() {
            self.load_lesson(Purpose::Words, id);
        }
    }

    /// Tells the worker the list, once it is loaded; then opens the lesson of the link, or the one that was open.
    fn list_course(&mut self) {
        let Some(json) = self.course.list.clone() else {
            if !std::mem::replace(&mut self.course.is_loading, true) {
                let listed = |texts| Msg::Course(CourseMsg::Listed(texts));
                let paths = vec!["lessons/course.json".to_owned()];
                browser::load_texts(paths, self.send.reform(listed));
            }
            return;
        };
        let progress = browser::stored(PROGRESS).unwrap_or_default();
        self.course.progress.clone_from(&progress);
        let linked = browser::fragment();
        let linked = linked.strip_prefix(LINK).filter(|id| is_folder(id));
        let kept = browser::stored(OPEN).filter(|id| is_folder(id));
        self.act(Action::Ask(Ask::Course(CourseAsk::List { json, progress })));
        match (linked, kept) {
            // A link opens its lesson once, and not again after the worker was lost.
            (Some(id), _) if self.course.open.is_none() => {
                self.handle_course(CourseMsg::Open(id.to_owned()));
            }
            (_, Some(id)) => self.load_lesson(Purpose::Resume, id),
            (_, None) => {}
        }
    }

    fn load_lesson(&mut self, purpose: Purpose, id: String) {
        if !is_folder(&id) {
            return;
        }
        if purpose != Purpose::Words {
            self.course.opening = Some(id.clone());
        }
        // A generated challenge is made of a lesson's files.
        let written = generated_of(&id).map_or(id.as_str(), |(_, lesson)| lesson);
        let path = format!("{}/{written}", folder_of(written));
        let words = format!("{path}/{}.md", self.language.code());
        let paths = match purpose {
            Purpose::Words => vec![words],
            Purpose::Open | Purpose::Resume => vec![
                words,
                format!("{path}/lesson.yaml"),
                format!("{path}/manifest.yaml"),
            ],
        };
        let loaded = move |texts| Msg::Course(CourseMsg::Loaded(purpose, id.clone(), texts));
        browser::load_texts(paths, self.send.reform(loaded));
    }
}

/// The request to the worker with a lesson's files; `None` if one is missing.
fn ask_of(purpose: Purpose, id: String, texts: Vec<String>) -> Option<CourseAsk> {
    let mut texts = texts.into_iter();
    let text = texts.next()?;
    if purpose == Purpose::Words {
        return Some(CourseAsk::Words { id, text });
    }
    let source = LessonSource {
        id,
        text,
        lesson: texts.next()?,
        manifest: texts.next()?,
    };
    Some(match purpose {
        Purpose::Open => CourseAsk::Open(source),
        Purpose::Resume => {
            let kept = browser::stored(ANSWERS).unwrap_or_default();
            CourseAsk::Resume(source, KeptAnswers::read(&kept))
        }
        Purpose::Words => return None,
    })
}

/// The part of an address that opens a lesson or a challenge.
pub(crate) fn lesson_link(id: &str) -> String {
    format!("#{LINK}{id}")
}

/// Whether a text can be the name of a lesson's folder, and no other path.
fn is_folder(id: &str) -> bool {
    let is_letter = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
    !id.is_empty() && id.bytes().all(is_letter)
}
