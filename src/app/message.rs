//! What is on the page besides the session: open tabs, theme, language; and every message of the page.

use kubehop::view::camera::Camera;
use kubehop::view::i18n::Language;
use kubehop::view::session::Action;

/// A tab of either side; on a narrow page they all stand in one row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tab {
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
    pub const LEFT: &[Tab] = &[Tab::Manifests, Tab::Cluster, Tab::Lesson];
    /// Those of the right side.
    pub const RIGHT: &[Tab] = &[
        Tab::Packet,
        Tab::Rules,
        Tab::Dns,
        Tab::Endpoints,
        Tab::Kubectl,
    ];
    /// All, as a narrow page shows them.
    pub const ALL: &[Tab] = &[
        Tab::Manifests,
        Tab::Packet,
        Tab::Rules,
        Tab::Dns,
        Tab::Kubectl,
        Tab::Endpoints,
        Tab::Cluster,
        Tab::Lesson,
    ];

    /// The id of its label.
    pub fn label(self) -> &'static str {
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
    pub fn is_left(self) -> bool {
        Tab::LEFT.contains(&self)
    }
}

/// Light or dark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Theme {
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
}

impl Theme {
    /// As the document's `data-theme` says it.
    pub fn name(self) -> &'static str {
        match self {
            Theme::Light => "light",
            Theme::Dark => "dark",
        }
    }

    /// The other one.
    pub fn other(self) -> Theme {
        match self {
            Theme::Light => Theme::Dark,
            Theme::Dark => Theme::Light,
        }
    }
}

/// What lies over the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dialog {
    /// The command palette.
    Commands,
    /// The link that holds everything.
    Share,
    /// The HTML that puts it into another page.
    Embed,
    /// What kubehop models and what not.
    About,
}

/// What can be taken from the page as text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Copied {
    /// The trace, as `kubehop trace` prints it.
    Trace,
    /// The trace, as `kubehop trace --json` prints it.
    Json,
    /// What is wrong with the text, as `kubehop check` prints it.
    Problems,
}

/// A message to the root.
#[derive(Clone, Debug, PartialEq)]
pub enum Msg {
    /// The session changes.
    Do(Action),
    /// A large text was left alone for a moment.
    Settled(String),
    /// The browser drew a frame, at a time in milliseconds.
    Frame(f64),
    /// The picture's region has another size.
    Region(f32, f32),
    /// The picture is looked at otherwise; none to fit it.
    Look(Option<Camera>),
    /// A tab is opened.
    Open(Tab),
    /// A dialog is opened, or closed.
    Show(Option<Dialog>),
    /// The theme changes.
    Theme,
    /// The language changes.
    Speak(Language),
    /// The editor's cursor is on another line.
    Cursor(u32),
    /// A place of the text is to be seen: line and column from 1.
    Reveal(u32, u32),
    /// The window is narrow, or is not.
    Narrow(bool),
    /// What is worth keeping is kept now, if that is still to be done.
    Keep,
    /// A text was dropped onto the editor.
    Dropped(String),
    /// A short note is to be shown, by its label; or taken away.
    Note(Option<&'static str>),
    /// Something is copied as text.
    Copy(Copied),
    /// A line is run in the console.
    Run(String),
    /// A key was pressed somewhere on the page, as `KeyboardEvent.key` names it.
    Key(String),
}
