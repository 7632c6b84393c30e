//! What is on the page besides the session: open tabs, theme; and every message of the page.

use kubehop::view::camera::Camera;
use kubehop::view::language::Language;
use kubehop::view::page_view::{CopiedText, SearchPanel};
use kubehop::view::scene::ShapeId;
use kubehop::view::session::{Ask, Pointed};

use super::address::AddressMsg;
use super::course_link::CourseMsg;
use super::tour::TourStop;
use super::worker_link::News;

/// A tab of either side; on a narrow page they are all in one row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tab {
    /// The editor and the problems.
    Manifests,
    /// The cluster's settings.
    Cluster,
    /// The current example's text.
    Lesson,
    /// The packet at this hop.
    Packet,
    /// A node's rules.
    Rules,
    /// How the name was looked up.
    Dns,
    /// EndpointSlices.
    Endpoints,
    /// A console.
    Kubectl,
}

impl Tab {
    /// Those of the left side.
    pub(crate) const LEFT: &[Tab] = &[Tab::Manifests, Tab::Cluster, Tab::Lesson];
    /// Those of the right side.
    pub(crate) const RIGHT: &[Tab] = &[
        Tab::Packet,
        Tab::Rules,
        Tab::Dns,
        Tab::Endpoints,
        Tab::Kubectl,
    ];
    /// All, as a narrow page shows them.
    pub(crate) const ALL: &[Tab] = &[
        Tab::Manifests,
        Tab::Packet,
        Tab::Lesson,
        Tab::Rules,
        Tab::Dns,
        Tab::Endpoints,
        Tab::Kubectl,
        Tab::Cluster,
    ];

    /// The id of its label.
    pub(crate) fn label(self) -> &'static str {
        match self {
            Tab::Manifests => "tab-manifests",
            Tab::Cluster => "tab-cluster",
            Tab::Lesson => "tab-lesson",
            Tab::Packet => "tab-packet",
            Tab::Rules => "tab-rules",
            Tab::Dns => "tab-dns",
            Tab::Endpoints => "tab-endpoints",
            Tab::Kubectl => "tab-kubectl",
        }
    }

    /// Whether it belongs to the left side.
    pub(crate) fn is_left(self) -> bool {
        Tab::LEFT.contains(&self)
    }
}

/// Light or dark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Theme {
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
}

impl Theme {
    /// The value of the document's `data-theme`.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Theme::Light => "light",
            Theme::Dark => "dark",
        }
    }

    /// The other one.
    pub(crate) fn other(self) -> Theme {
        match self {
            Theme::Light => Theme::Dark,
            Theme::Dark => Theme::Light,
        }
    }
}

/// A side of the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Side {
    /// Manifests, cluster, lesson.
    Left,
    /// Packet, rules and the others.
    Right,
}

/// A dialog over the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Dialog {
    /// The command palette.
    Commands,
    /// The link that holds everything.
    Share,
    /// The HTML that puts it into another page.
    Embed,
    /// What kubehop models and what not.
    About,
    /// The keys of the page.
    Shortcuts,
    /// The search over the cluster.
    Search,
}

/// What a person does with the session.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Action {
    /// A request to the worker.
    Ask(Ask),
    /// Opens a connection.
    Send,
    /// Sends more on the open connection.
    SendMore,
    /// A line is run in the console.
    Run(String),
    /// Something happens to the cluster, as the text tool reads it.
    ApplyEvent(String),
    /// An event did not happen, by its index.
    UndoEvent(usize),
    /// Nothing happened.
    UndoAllEvents,
    /// Play or pause.
    TogglePlay,
    /// Time is set, in seconds.
    Seek(f32),
    /// To another hop: -1 back, 1 forward.
    StepHop(isize),
    /// To that hop, from 0.
    JumpToHop(usize),
    /// Another speed.
    SetSpeed(f32),
}

/// A message to the root.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Msg {
    /// The session or its time changes.
    Do(Action),
    /// The text was edited in the editor.
    Edit(String),
    /// A file was dropped onto the editor or chosen: manifests, or a saved state.
    Dropped(String),
    /// The browser drew a frame, at a time in milliseconds.
    Frame(f64),
    /// The picture's region has another size.
    Region(f32, f32),
    /// The camera moves; `None` to fit the picture.
    Look(Option<Camera>),
    /// A tab is opened.
    Open(Tab),
    /// Who reaches what takes the place of the picture, or the picture that of the matrix.
    Matrix(bool),
    /// The connection of the chosen cell is played in the picture.
    OpenInPicture,
    /// A dialog is opened, or closed.
    Show(Option<Dialog>),
    /// The theme changes.
    Theme,
    /// The language changes.
    SetLanguage(Language),
    /// The editor's cursor is on another line.
    Cursor(u32),
    /// A side gets another width, in CSS pixels; `None` for the stylesheet's.
    Widen(Side, Option<f32>),
    /// Something is pointed at.
    Point(Pointed),
    /// Sends what is pointed at to the worker.
    SendPointed,
    /// A place of the text is to be seen: line and column from 1.
    Reveal(u32, u32),
    /// The window is narrow, or is not.
    Narrow(bool),
    /// A phone's sheet is pulled up, or down.
    Sheet(bool),
    /// What is worth keeping is kept now, if that is still to be done.
    Keep,
    /// The same, a large one in several tasks.
    KeepSlowly,
    /// The next part of a large one.
    KeepNext,
    /// A short note is shown, by its label; or taken away.
    Note(Option<&'static str>),
    /// Something is copied as text.
    Copy(CopiedText),
    /// Something is saved as a file.
    Export(Export),
    /// Whether keys that are a single character do something.
    SingleKeys(bool),
    /// A kept state is opened, by its id.
    Restore(String),
    /// The text is wanted as a file.
    Download,
    /// An element gets the keyboard, by its id.
    Focus(&'static str),
    /// The rules of another node are shown.
    ShowRules(String),
    /// The search is open and looks for that.
    Find(SearchPanel),
    /// An object that was found is selected, and gets the keyboard once it is in the picture.
    GoTo(ShapeId),
    /// The Rules tab shows only what contains a text.
    FilterRules(String),
    /// The Endpoints tab shows only what contains a text.
    FilterEndpoints(String),
    /// A line is run in the console.
    Run(String),
    /// The line that is typed in the console is to be completed.
    Complete(String),
    /// Something was typed for the field of a dialog that is not drawn yet.
    TypeAhead(String),
    /// A key of the page was pressed.
    Key(Shortcut),
    /// Something about the course.
    Course(CourseMsg),
    /// The tour shows a stop, or ends.
    Tour(Option<TourStop>),
    /// The worker answered, or is lost.
    News(News),
    /// Something about the page's address.
    Address(AddressMsg),
    /// The view of the first example was loaded.
    FirstView(Vec<u8>),
}

/// What is saved as a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Export {
    /// The picture at its hop.
    Picture(PictureForm),
    /// A text of the worker's.
    Text(CopiedText),
}

impl Export {
    /// Everything that can be saved, with the label that says so.
    pub(crate) const ALL: [(&'static str, Export); 5] = [
        ("export-svg", Export::Picture(PictureForm::Svg)),
        ("export-png", Export::Picture(PictureForm::Png)),
        ("export-markdown", Export::Text(CopiedText::Markdown)),
        ("export-mermaid", Export::Text(CopiedText::Mermaid)),
        ("export-json", Export::Text(CopiedText::Json)),
    ];
}

/// How a picture is saved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PictureForm {
    /// As `kubehop svg` draws it.
    Svg,
    /// The same as pixels, two for each CSS pixel.
    Png,
}

/// What a key does, wherever no field takes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shortcut {
    /// Opens the command palette.
    Commands,
    /// Lists the shortcuts.
    Shortcuts,
    /// Closes a dialog, else selects nothing.
    Escape,
    /// Shows the whole picture.
    Fit,
    /// Switches the theme.
    Theme,
    /// Opens a connection.
    Send,
    /// Plays or pauses.
    TogglePlay,
    /// Shows the Network view.
    Network,
    /// Shows the Concept view.
    Concept,
    /// Steps back.
    Back,
    /// Steps forward.
    Forward,
    /// Goes to the start of the path.
    Start,
    /// Goes to its end.
    End,
}

impl Shortcut {
    /// What a key does, by its place on the keyboard (`KeyboardEvent.code`), whatever letters the keyboard writes.
    pub(crate) fn of(code: &str) -> Option<Shortcut> {
        match code {
            "Escape" => Some(Shortcut::Escape),
            "KeyF" => Some(Shortcut::Fit),
            "KeyD" => Some(Shortcut::Theme),
            "KeyS" => Some(Shortcut::Send),
            "Space" => Some(Shortcut::TogglePlay),
            "KeyN" => Some(Shortcut::Network),
            "KeyC" => Some(Shortcut::Concept),
            "ArrowLeft" => Some(Shortcut::Back),
            "ArrowRight" => Some(Shortcut::Forward),
            "Home" => Some(Shortcut::Start),
            "End" => Some(Shortcut::End),
            _ => None,
        }
    }

    /// Whether it is the key of a single character, which speech input and a slip of the hand press easily.
    pub(crate) fn is_single_character(self) -> bool {
        match self {
            Shortcut::Shortcuts
            | Shortcut::Fit
            | Shortcut::Theme
            | Shortcut::Send
            | Shortcut::Network
            | Shortcut::Concept => true,
            Shortcut::Commands
            | Shortcut::Escape
            | Shortcut::TogglePlay
            | Shortcut::Back
            | Shortcut::Forward
            | Shortcut::Start
            | Shortcut::End => false,
        }
    }
}
