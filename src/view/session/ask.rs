//! The page's requests to the worker, and the answers.

use serde::{Deserialize, Serialize};

use super::SendMany;
use crate::view::course::CourseAsk;
use crate::view::language::Language;
use crate::view::page_view::{CopiedText, Exchange, PageView, Panels, SettingChange};
use crate::view::scene::{ShapeId, View};
use crate::view::timeline::Motion;

/// How a page begins to talk with a worker, a new page as well as one whose worker was lost.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Hello {
    /// The session of the link that the page opens, as JSON.
    pub link: Option<String>,
    /// The session that the page kept, as JSON.
    pub kept: Option<String>,
    /// Whether the page has the text already and needs it only if it is another one.
    pub has_text: bool,
    /// The language of the page.
    pub language: Language,
    /// Whether packets travel or jump.
    pub motion: Motion,
    /// The width of the picture's region, in CSS pixels.
    pub width: f32,
    /// The open panels.
    pub panels: Panels,
}

/// Whether the shown connection is more than what would happen: a person played it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Played {
    /// It was played, at least in part: nodes remember it.
    Yes,
    /// It was not.
    No,
}

/// What a person points at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Pointed {
    /// Nothing any more.
    Nothing,
    /// An object.
    Object(ShapeId),
    /// The object that a line of the text, from 1, belongs to.
    Line(u32),
}

/// What a person can do that changes more than the time.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Ask {
    /// The text was edited.
    Edit(String),
    /// An example was picked, by its id.
    OpenLesson(String),
    /// A kept session is opened, as JSON.
    Restore(String),
    /// The example before (-1) or after (1).
    StepLesson(i8),
    /// Shows the fix of a problem, by its index.
    Fix(usize),
    /// Shows the fix of a cause of the shown connection's failure, by its index.
    FixCause(usize),
    /// A Pod that can call is written at the end of the text.
    AddClient,
    /// The same request through Ingress and Gateway is shown, or no longer.
    Compare(bool),
    /// A setting of the cluster changed.
    Configure(SettingChange),
    /// The view was switched.
    SetView(View),
    /// Another origin was chosen.
    SetOrigin(String),
    /// Another target was typed.
    SetTarget(String),
    /// Another origin and another target were chosen at once.
    Call(String, String),
    /// Opens a connection.
    Send(Played),
    /// Sends more on the open connection.
    SendMore(Played),
    /// Opens many connections, one after another.
    SendMany(SendMany),
    /// Something happens to the cluster, as the text tool reads it.
    ApplyEvent(String, Played),
    /// An event did not happen, by its index.
    UndoEvent(usize, Played),
    /// Nothing happened.
    UndoAllEvents(Played),
    /// Only what is seen changes.
    Look(LookAsk),
    /// Something in the course.
    Course(CourseAsk),
    /// A line is run in the console.
    Run(String, Played),
    /// The line that is typed in the console is to be completed.
    Complete(String),
    /// Another language.
    SetLanguage(Language),
    /// A text is copied.
    Copy(CopiedText),
    /// A text is saved as a file.
    Download(CopiedText),
}

impl Ask {
    /// Whether a later request makes this one pointless, so that it need not be answered.
    pub fn is_overtaken_by(&self, later: &Ask) -> bool {
        match (self, later) {
            (Ask::Edit(_), Ask::Edit(_) | Ask::OpenLesson(_) | Ask::Restore(_)) => true,
            (Ask::Look(look), Ask::Look(later)) => look.is_overtaken_by(later),
            _ => false,
        }
    }

    /// Whether the shown connection may be another one afterwards, so that play, pause and seek must wait for the answer.
    pub fn changes_trace(&self) -> bool {
        match self {
            Ask::OpenLesson(_)
            | Ask::Restore(_)
            | Ask::StepLesson(_)
            | Ask::Configure(_)
            | Ask::SetOrigin(_)
            | Ask::SetTarget(_)
            | Ask::Call(..)
            | Ask::Send(_)
            | Ask::SendMore(_)
            | Ask::SendMany(_)
            | Ask::Look(LookAsk::EndFlow)
            | Ask::Run(..)
            | Ask::ApplyEvent(..)
            | Ask::UndoEvent(..)
            | Ask::UndoAllEvents(_) => true,
            Ask::Course(ask) => ask.changes_trace(),
            // A large text takes long: what is shown can be played meanwhile.
            Ask::Edit(_)
            | Ask::Fix(_)
            | Ask::FixCause(_)
            | Ask::AddClient
            | Ask::Compare(_)
            | Ask::SetView(_)
            | Ask::Look(
                LookAsk::ShowMatrix(_)
                | LookAsk::Select(_)
                | LookAsk::SelectLine(_)
                | LookAsk::Point(_)
                | LookAsk::Resize(_)
                | LookAsk::Show(_),
            )
            | Ask::Complete(_)
            | Ask::SetLanguage(_)
            | Ask::Copy(_)
            | Ask::Download(_) => false,
        }
    }
}

/// What a person can do that changes only what is seen.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum LookAsk {
    /// Who reaches what is shown, or no longer.
    ShowMatrix(bool),
    /// The many connections are not shown any more.
    EndFlow,
    /// An object was selected, or none.
    Select(Option<ShapeId>),
    /// The editor's cursor is on another line, from 1: what it is about is selected.
    SelectLine(u32),
    /// Something is pointed at: what belongs to it is lit.
    Point(Pointed),
    /// The picture's region has another width, in CSS pixels.
    Resize(f32),
    /// Other panels are open.
    Show(Panels),
}

impl LookAsk {
    fn is_overtaken_by(&self, later: &LookAsk) -> bool {
        matches!(
            (self, later),
            (LookAsk::Resize(_), LookAsk::Resize(_))
                | (LookAsk::Point(_), LookAsk::Point(_))
                | (
                    LookAsk::SelectLine(_),
                    LookAsk::SelectLine(_) | LookAsk::Select(_)
                )
                | (LookAsk::Show(_), LookAsk::Show(_))
        )
    }
}

/// The answer to one request.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Reply {
    /// The number of the request.
    pub number: u32,
    /// What the page must do besides drawing again.
    pub effects: Vec<Effect>,
    /// The state after it; `None` if it is the one before.
    pub view: Option<Box<PageView>>,
    /// Milliseconds it took to read the text; `None` if it was not read.
    pub took: Option<f32>,
}

/// What the page must do besides drawing again.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Effect {
    /// The whole text is another one.
    Rewrite(String),
    /// A part of the text is replaced, undoably: a JSON list of `Edit` in `src/editor/editor.ts`.
    Replace(String),
    /// Something worth keeping changed.
    Save,
    /// What happens to the time.
    Cue(Cue),
    /// A line was run in the console.
    Ran(Exchange),
    /// The line of the console, completed.
    Completed(String),
    /// A text goes to the clipboard.
    Copy(String),
    /// A text becomes a file.
    Download(CopiedText, String),
    /// The language is the one before, because the catalogue of the other cannot be loaded.
    NoCatalogue(Language),
    /// Parts of the opened session were not understood, by their names.
    LeftOut(String),
}

impl Effect {
    /// That parts of a session were not understood; `None` if all of them were.
    pub fn left_out(parts: Vec<String>) -> Option<Effect> {
        (!parts.is_empty()).then(|| Effect::LeftOut(parts.join(", ")))
    }
}

/// What happens to the time when another connection is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Cue {
    /// Time is 0 and stopped.
    Rewind,
    /// Time runs from 0.
    Play,
}
