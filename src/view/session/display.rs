//! How the page shows the session: how wide its picture is, which panels are open, what is selected and pointed at.

use std::rc::Rc;

use super::default_request::intended_service;
use super::{Hello, LookAsk, Model};
use crate::view::cross_reference;
use crate::view::layout::{self, LayoutInput};
use crate::view::page_view::Panels;
use crate::view::scene::ShapeId;
use crate::view::timeline::Motion;

/// The width of the picture until the page reports how much room there is.
pub(super) const WIDTH: f32 = 712.0;

/// What the page reports about itself. It stays when another session is opened.
#[derive(Clone)]
pub(super) struct Display {
    /// Whether packets travel or jump.
    pub(super) motion: Motion,
    /// The width of the picture's region, in CSS pixels.
    width: f32,
    /// The open panels.
    pub(super) panels: Panels,
}

impl Display {
    /// That of a page that opens.
    pub(super) fn of(hello: &Hello) -> Display {
        let has_width = hello.width.is_finite() && hello.width > 0.0;
        Display {
            motion: hello.motion,
            width: if has_width { hello.width } else { WIDTH },
            panels: hello.panels.clone(),
        }
    }
}

impl Default for Display {
    fn default() -> Display {
        Display {
            motion: Motion::default(),
            width: WIDTH,
            panels: Panels::default(),
        }
    }
}

/// The objects that a person attends to.
#[derive(Clone, Default)]
pub(super) struct Focus {
    /// The selected object.
    pub(super) selected: Option<ShapeId>,
    /// The object that is pointed at.
    pub(super) pointed: Option<ShapeId>,
}

impl Focus {
    /// The object that is pointed at, or else the selected one.
    pub(super) fn object(&self) -> Option<&ShapeId> {
        self.pointed.as_ref().or(self.selected.as_ref())
    }
}

impl Model {
    /// Changes only what is seen.
    pub(super) fn look(&mut self, ask: LookAsk) {
        match ask {
            LookAsk::ShowMatrix(is_shown) => self.show_matrix(is_shown),
            LookAsk::EndFlow => self.flow = None,
            LookAsk::Select(key) => self.select(key),
            LookAsk::SelectLine(line) => {
                self.select(cross_reference::at(&self.network.resolved, line));
            }
            LookAsk::Point(pointed) => self.point(pointed),
            LookAsk::Resize(width) => self.resize(width),
            LookAsk::Show(panels) => self.display.panels = panels,
        }
    }

    fn resize(&mut self, width: f32) {
        if width.is_finite() && self.display.width != width {
            self.display.width = width;
            self.draw();
        }
    }

    /// Lays the picture out again.
    pub(super) fn draw(&mut self) {
        let rule_count = |node: &str| self.network.rule_count(node);
        let selected = self.drawn_selection();
        let from = self.request.from.parse().ok();
        let called = intended_service(self.network.cluster(), &self.request.to);
        let input = LayoutInput {
            from: from.as_ref(),
            called: called.as_ref(),
            trace: self.trace.as_deref(),
            rule_count: &rule_count,
            policies: layout::enforced_policies(&self.network),
            selected: selected.as_ref(),
            before: self.before.as_ref(),
            width: self.display.width,
        };
        let mut scene = layout::scene(self.view, self.network.cluster(), input);
        if let Some(withheld) = self.withheld() {
            layout::withhold(&mut scene, withheld);
        }
        self.scene = Rc::new(scene);
    }
}
