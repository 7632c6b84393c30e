//! What the page's address requests: a session in the fragment, manifests at `?src=`, a hop, a mode.
//!
//! The module of `src/link/` reads the address. The worker gets its first message once that is done, so
//! that no other session is seen first. A link that cannot be read leaves the kept session as it is, and the page says
//! why.

use kubehop::view::language::Language;
use kubehop::view::page_view::Tone;
use kubehop::view::scene::View;
use kubehop::view::session::Ask;

use super::browser;
use super::history::History;
use super::link_module::{self, Host, Opened, Source};
use super::message::{Action, Msg, Theme};
use super::page_state::PageState;

/// How a file begins that holds a state of this version.
const FILE: &str = "{\"kubehop\":1,";

/// How a file begins that holds a state.
const ANY_FILE: &str = "{\"kubehop\":";

/// What a link is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mode {
    /// Everything can be changed.
    Edit,
    /// Manifests and cluster stay as they are, until a person makes a copy.
    View,
    /// The page is in a frame of another one: only the picture and what belongs to it.
    Embed,
}

/// A notice about the page's address.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Notice {
    /// It cannot be opened; the name of the label with the reason.
    Fault(String),
    /// These parts of it were not understood.
    LeftOut(String),
    /// Manifests of another origin, which are loaded only with permission.
    Source(Source),
}

/// A message about the address.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum AddressMsg {
    /// It was read; `None` if the module that reads it cannot be loaded.
    Opened(Option<Opened>),
    /// A person allows to load the manifests.
    Allow,
    /// They were loaded.
    Loaded(Option<Opened>),
    /// A person chooses to open a file.
    Choose,
    /// A person dismisses the notice about the address.
    Dismiss,
    /// A person chooses to edit what a view-only link shows.
    Copy,
    /// The page around an embedded one asks for something: `send`, `seek 3`.
    Remote(String),
    /// A person is about to open the whole page from an embedded one.
    Aim,
}

/// The state of the page's address: what its fragment holds.
pub(crate) struct Address {
    /// What the link is for.
    pub(crate) mode: Mode,
    /// The notice about it.
    pub(crate) notice: Option<Notice>,
    /// Whether it is being read.
    is_opening: bool,
    /// Whether the worker waits for it.
    is_awaited: bool,
    /// The session of the link, until the worker has it.
    session: Option<String>,
    /// The hop to show, from 1, until it is shown.
    hop: usize,
    /// What an embedded page shows, each name between spaces.
    pub(crate) parts: String,
    /// Whether an embedded page lets nothing be changed.
    pub(crate) readonly: bool,
    /// The page around an embedded one.
    pub(crate) host: Option<Host>,
    /// Whether the verdict of the shown connection was reported.
    is_reported: bool,
}

/// The id of the link from an embedded page to the whole one.
pub(crate) const WHOLE: &str = "open-in-kubehop";

impl Address {
    /// The address of a page that opens.
    pub(crate) fn of_page() -> Address {
        let mode = match browser::parameter("mode").as_deref() {
            Some("view") => Mode::View,
            Some("embed") => Mode::Embed,
            Some(_) | None => Mode::Edit,
        };
        Address {
            mode,
            notice: None,
            is_opening: false,
            is_awaited: false,
            session: None,
            hop: 0,
            parts: String::new(),
            readonly: false,
            host: None,
            is_reported: false,
        }
    }

    /// Whether an embedded page shows a part.
    pub(crate) fn shows(&self, part: &str) -> bool {
        self.parts.contains(&format!(" {part} "))
    }
}

/// Whether the page's address holds a session, or says where one is.
pub(crate) fn has_session() -> bool {
    ["k", "s"]
        .iter()
        .any(|name| browser::parameter(name).is_some())
        || browser::has_source()
        || browser::is_embedded()
}

impl PageState {
    /// Begins to read the address, if there is something to read.
    pub(crate) fn open_address(&mut self) {
        if !has_session() {
            return;
        }
        self.address.is_opening = true;
        let opened = self
            .send
            .reform(|opened| Msg::Address(AddressMsg::Opened(opened)));
        let remote = self
            .send
            .reform(|line| Msg::Address(AddressMsg::Remote(line)));
        let act = browser::closure(remote);
        browser::spawn(async move {
            opened.emit(link_module::open(&browser::href(), act).await);
        });
    }

    /// Whether the worker must wait until the address is read.
    pub(crate) fn awaits_address(&mut self) -> bool {
        self.address.is_awaited = self.address.is_opening;
        self.address.is_opening
    }

    /// The session of the link.
    pub(crate) fn linked_session(&mut self) -> Option<String> {
        self.address.session.take()
    }

    pub(crate) fn handle_address(&mut self, message: AddressMsg) {
        match message {
            AddressMsg::Opened(opened) => self.take_opened(opened.unwrap_or_else(unavailable)),
            AddressMsg::Allow => self.load_source(),
            AddressMsg::Loaded(loaded) => {
                let loaded = loaded.unwrap_or_else(unavailable);
                self.address.notice = loaded.fault.map(Notice::Fault);
                if let Some(session) = loaded.session {
                    self.leave_text();
                    self.act(Action::Ask(Ask::Restore(session)));
                }
            }
            AddressMsg::Choose => {
                let chosen = self.send.reform(Msg::Dropped);
                browser::spawn(async move {
                    if let Some(text) = link_module::choose().await {
                        chosen.emit(text);
                    }
                });
            }
            AddressMsg::Dismiss => self.address.notice = None,
            AddressMsg::Copy => {
                self.address.mode = Mode::Edit;
                self.save_soon();
            }
            AddressMsg::Remote(line) => self.follow_host(&line),
            AddressMsg::Aim => {
                let session = self.kept();
                browser::spawn(async move {
                    link_module::aim(WHOLE, &session).await;
                });
            }
        }
    }

    fn take_opened(&mut self, opened: Opened) {
        let Opened {
            session,
            fault,
            hop,
            parts,
            readonly,
            source,
            host,
        } = opened;
        if session.is_none() && self.address.mode != Mode::Embed {
            self.open_beside_nothing();
        }
        self.address.is_opening = false;
        self.address.session = session;
        self.address.hop = hop;
        self.address.parts = parts;
        self.address.readonly = readonly;
        self.address.host = host;
        self.address.notice = fault.map(Notice::Fault).or(source.map(Notice::Source));
        if std::mem::take(&mut self.address.is_awaited) {
            self.send_hello();
        }
    }

    /// The link holds nothing: the page is one that opened the kept session.
    fn open_beside_nothing(&mut self) {
        self.address.mode = Mode::Edit;
        self.leave_link();
        self.history = History::load(super::saving::kept_session().as_deref());
    }

    fn load_source(&mut self) {
        let Some(Notice::Source(source)) = self.address.notice.take() else {
            return;
        };
        let loaded = self
            .send
            .reform(|loaded| Msg::Address(AddressMsg::Loaded(loaded)));
        browser::spawn(async move {
            loaded.emit(link_module::allow(source).await);
        });
    }

    /// Opens a file: a saved state, or manifests.
    pub(crate) fn open_file(&mut self, text: String) {
        self.address.notice = None;
        if let Some(rest) = text.strip_prefix(FILE) {
            self.leave_text();
            self.act(Action::Ask(Ask::Restore(format!("{{{rest}"))));
        } else if text.starts_with(ANY_FILE) {
            self.address.notice = Some(Notice::Fault("link-too-new".to_owned()));
        } else {
            self.replace_text(text);
        }
    }

    /// Shows the hop that the link names, once there is a connection.
    pub(crate) fn show_linked_hop(&mut self) {
        if self.address.hop > 0 && self.player.trace.is_some() {
            self.player.jump(std::mem::take(&mut self.address.hop) - 1);
        }
    }

    /// Whether a message would change what a view-only link shows.
    pub(crate) fn is_locked(&self, message: &Msg) -> bool {
        let is_locked = match self.address.mode {
            Mode::Edit => false,
            Mode::View => true,
            Mode::Embed => self.address.readonly,
        };
        is_locked
            && matches!(
                message,
                Msg::Edit(_)
                    | Msg::Dropped(_)
                    | Msg::Do(Action::Ask(
                        Ask::Fix(_) | Ask::FixCause(_) | Ask::Configure(_)
                    ))
            )
    }
}

/// An embedded page.
impl PageState {
    /// Does what the page around asks: a word, and what it is about. Before there is a view, it waits for one.
    fn follow_host(&mut self, line: &str) {
        let (verb, rest) = line.split_once(' ').unwrap_or((line, ""));
        let action = match verb {
            "open" => Action::Ask(Ask::Restore(rest.to_owned())),
            "from" => Action::Ask(Ask::SetOrigin(rest.to_owned())),
            "to" => Action::Ask(Ask::SetTarget(rest.to_owned())),
            "send" => Action::Send,
            "seek" => Action::JumpToHop(rest.parse::<usize>().map_or(0, |hop| hop.max(1) - 1)),
            "apply" => Action::ApplyEvent(rest.to_owned()),
            "view" if rest == "concept" => Action::Ask(Ask::SetView(View::Concept)),
            "view" => Action::Ask(Ask::SetView(View::Network)),
            "theme" => {
                self.theme = if rest == "dark" {
                    Theme::Dark
                } else {
                    Theme::Light
                };
                browser::set_theme(self.theme);
                return;
            }
            "language" => return self.set_language(Language::of(rest).unwrap_or(self.language)),
            _ => return,
        };
        self.act_once_shown(action);
    }

    /// Tells the page around what is shown, if it is another connection, and that its packet arrived.
    pub(crate) fn report_to_host(&mut self) {
        let Some(host) = &self.address.host else {
            return;
        };
        let Some(shown) = self.shown() else {
            return;
        };
        if let Some(trace) = &shown.view.panels.trace {
            host.trace(trace);
        }
        let is_over = self.player.is_over() && self.player.flow.is_none();
        let ended = self.player.trace.as_ref().filter(|_| is_over);
        if let Some(trace) = ended
            && !self.address.is_reported
        {
            let outcome = match trace.verdict.tone {
                Tone::Good => "answered",
                Tone::Unsure => "unknown",
                Tone::Bad => "failed",
            };
            host.verdict(&trace.verdict.text, outcome);
        }
        self.address.is_reported = ended.is_some();
    }
}

/// The module that reads addresses cannot be loaded.
fn unavailable() -> Opened {
    Opened {
        fault: Some("link-unread".to_owned()),
        ..Opened::default()
    }
}
