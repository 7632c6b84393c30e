//! Which part of the picture is seen.

use kubehop::view::camera::{Camera, layout_width};
use kubehop::view::scene::{ShapeId, View};
use kubehop::view::session::{Ask, LookAsk};

use super::{PageState, Shown};
use crate::browser;
use crate::message::Action;

/// The shape of what is selected.
const CHOSEN: &str = r#".scene .shape[aria-pressed="true"]"#;

impl PageState {
    /// The camera: what a hand chose, else one with legible text that shows what was selected out of sight, or where the
    /// packet is.
    pub(crate) fn camera(&self) -> Camera {
        let fitted = || match &self.shown {
            Some(Shown { view, .. }) => {
                let scene = &view.scene;
                match self.revealed_at {
                    None => Camera::following(scene, self.region, self.player.moment()),
                    focus => Camera::legible(scene.size, self.region, scene.view, focus),
                }
            }
            None => Camera::fit((0.0, 0.0), self.region, View::default()),
        };
        self.camera.unwrap_or_else(fitted)
    }

    /// Brings what was selected into sight, unless a packet is followed.
    pub(super) fn reveal(&mut self) {
        if self.revealed == self.selected {
            return;
        }
        self.revealed.clone_from(&self.selected);
        self.revealed_at = None;
        let (Some(key), Some(shown)) = (&self.selected, &self.shown) else {
            return;
        };
        let scene = &shown.view.scene;
        let mut keys = std::iter::once(key).chain(&shown.view.links.shapes);
        let Some(index) = keys.find_map(|key| scene.find(key)) else {
            return;
        };
        let centre = scene.shapes[index.0].rect.centre();
        let camera = self.camera();
        let seen = (
            camera.x + centre.x * camera.scale,
            camera.y + centre.y * camera.scale,
        );
        let is_seen =
            (0.0..self.region.0).contains(&seen.0) && (0.0..self.region.1).contains(&seen.1);
        if !is_seen && !self.player.is_playing {
            self.camera = None;
            self.revealed_at = Some(centre);
        }
    }

    /// Selects what was found, which gets the keyboard once it is in the picture.
    pub(super) fn go_to(&mut self, key: ShapeId) {
        self.act(Action::Ask(Ask::Look(LookAsk::Select(Some(key.clone())))));
        self.goes_to = Some(key);
    }

    /// What is drawn may lack what had the keyboard, or have what was found, which gets it.
    pub(crate) fn follow_keyboard(&mut self) {
        browser::keep_focus();
        let is_found = self.goes_to.is_some() && self.goes_to == self.selected;
        if is_found && self.dialog.is_none() && browser::focus_first(CHOSEN) {
            self.goes_to = None;
        }
    }

    pub(super) fn resize(&mut self, region: (f32, f32)) {
        let before = layout_width(self.region);
        self.region = region;
        if layout_width(region) != before {
            self.ask(Ask::Look(LookAsk::Resize(layout_width(region))));
        }
    }
}
