//! What the page's address asks for: a session in the part behind `#`, manifests at `?src=`, a hop, a mode.
//!
//! The module of `src/link/` reads the address. The worker is greeted once that is done, so that no other session is seen
//! first. A link that cannot be read leaves the kept session as it is, and the page says why.

use kubehop::view::session::Ask;

use super::browser;
use super::history::History;
use super::link_module::{self, Opened, Source};
use super::message::{Action, Msg};
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
}

/// What the page must say about its address.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Notice {
    /// It cannot be opened; a label says why.
    Fault(String),
    /// These parts of it were not understood.
    LeftOut(String),
    /// Another origin is to be asked for manifests.
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
    /// A person wants to open a file.
    Choose,
    /// What the page says about the address was read.
    Dismiss,
    /// A person wants to change what a view-only link shows.
    Copy,
}

/// What the page knows of its address.
pub(crate) struct Address {
    /// What the link is for.
    pub(crate) mode: Mode,
    /// What the page says about it.
    pub(crate) notice: Option<Notice>,
    /// Whether it is being read.
    is_opening: bool,
    /// Whether the worker waits for it.
    is_awaited: bool,
    /// The session of the link, until the worker has it.
    session: Option<String>,
    /// The hop to show, from 1, until it is shown.
    hop: usize,
}

impl Address {
    /// The address of a page that opens.
    pub(crate) fn of_page() -> Address {
        let is_view = browser::parameter("mode").as_deref() == Some("view");
        Address {
            mode: if is_view { Mode::View } else { Mode::Edit },
            notice: None,
            is_opening: false,
            is_awaited: false,
            session: None,
            hop: 0,
        }
    }
}

/// Whether the page's address holds a session, or says where one is.
pub(crate) fn has_session() -> bool {
    ["k", "s"]
        .iter()
        .any(|name| browser::parameter(name).is_some())
        || browser::has_source()
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
        browser::spawn(async move {
            opened.emit(link_module::open(&browser::href()).await);
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
        }
    }

    fn take_opened(&mut self, opened: Opened) {
        let Opened {
            session,
            fault,
            hop,
            source,
        } = opened;
        if session.is_none() {
            self.open_beside_nothing();
        }
        self.address.is_opening = false;
        self.address.session = session;
        self.address.hop = hop;
        self.address.notice = fault.map(Notice::Fault).or(source.map(Notice::Source));
        if std::mem::take(&mut self.address.is_awaited) {
            self.greet();
        }
    }

    /// The link holds nothing: the page is one that opened the kept session.
    fn open_beside_nothing(&mut self) {
        self.address.mode = Mode::Edit;
        self.leave_link();
        self.history = History::load(super::keeping::kept_session().as_deref());
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
        if self.address.hop > 0 && self.player.trip.is_some() {
            self.player.jump(std::mem::take(&mut self.address.hop) - 1);
        }
    }

    /// Whether a message would change what a view-only link shows.
    pub(crate) fn is_locked(&self, message: &Msg) -> bool {
        self.address.mode == Mode::View
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

/// The module that reads addresses cannot be loaded.
fn unavailable() -> Opened {
    Opened {
        fault: Some("link-unread".to_owned()),
        ..Opened::default()
    }
}
