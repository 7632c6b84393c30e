//! The keys of the page.

use kubehop::view::scene::View;
use kubehop::view::session::{Ask, LookAsk};

use super::PageState;
use crate::address::Mode;
use crate::browser;
use crate::message::{Action, Dialog, Msg, Shortcut};

/// The name under which is kept that single characters are no shortcuts.
pub(super) const SINGLE_KEYS: &str = "kubehop.no-single-keys";

impl PageState {
    /// A key of the page; while a dialog is open, only those of the dialog.
    pub(super) fn press(&mut self, key: Shortcut) -> bool {
        let has_single_keys = self.has_single_keys && self.address.mode != Mode::Embed;
        if key.is_single_character() && !has_single_keys {
            return false;
        }
        let message = match key {
            Shortcut::Commands if self.address.mode == Mode::Embed => return false,
            Shortcut::Commands => Msg::Show(Some(Dialog::Commands)),
            Shortcut::Escape if self.dialog.is_some() => Msg::Show(None),
            _ if self.dialog.is_some() => return false,
            Shortcut::Shortcuts => Msg::Show(Some(Dialog::Shortcuts)),
            Shortcut::Escape => Msg::Do(Action::Ask(Ask::Look(LookAsk::Select(None)))),
            Shortcut::Fit => Msg::Look(None),
            Shortcut::Theme => Msg::Theme,
            Shortcut::Send => Msg::Do(Action::Send),
            Shortcut::TogglePlay => Msg::Do(Action::TogglePlay),
            Shortcut::Network => Msg::Do(Action::Ask(Ask::SetView(View::Network))),
            Shortcut::Concept => Msg::Do(Action::Ask(Ask::SetView(View::Concept))),
            Shortcut::Back => Msg::Do(Action::StepHop(-1)),
            Shortcut::Forward => Msg::Do(Action::StepHop(1)),
            Shortcut::Start => Msg::Do(Action::Seek(0.0)),
            Shortcut::End => Msg::Do(Action::Seek(f32::MAX)),
        };
        self.react(message)
    }

    /// What was typed before the field of a dialog was drawn.
    pub(super) fn type_ahead(&mut self, text: &str) {
        if self.dialog == Some(Dialog::Search) {
            self.sought.cluster.text.push_str(text);
        } else {
            self.typed_ahead.push_str(text);
        }
    }

    pub(super) fn switch_single_keys(&mut self, are_on: bool) {
        self.has_single_keys = are_on;
        if are_on {
            browser::forget(SINGLE_KEYS);
        } else {
            browser::store(SINGLE_KEYS, "1");
        }
    }
}
