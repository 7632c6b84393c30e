//! The canvas that packets are drawn on.

use kubehop::view::camera::Camera;
use kubehop::view::packets::{
    HALO_OPACITY, LABEL_CORNER, LabelLine, LineStyle, PacketDot, PacketLabel,
};
use kubehop::view::page_view::Tone;
use kubehop::view::scene::{PacketKind, Point, Rect};
use wasm_bindgen::JsCast;
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement};
use yew::NodeRef;

use super::theme::root_element;
use super::window;

/// The canvas over the picture, on which packets are drawn.
pub(crate) struct Canvas {
    canvas: HtmlCanvasElement,
    context: CanvasRenderingContext2d,
    colours: Colours,
}

/// The tokens of the stylesheet that packets are drawn in.
struct Colours {
    request: KindColours,
    reply: KindColours,
    lookup: KindColours,
    failed: String,
    unsure: String,
    panel: String,
    ink: String,
    struck: String,
    mono: String,
}

/// The colours of a kind of packet.
struct KindColours {
    /// The packet and its frame.
    packet: String,
    /// The values that were rewritten.
    changed: String,
}

impl Canvas {
    /// The canvas there.
    pub(crate) fn at(place: &NodeRef) -> Option<Canvas> {
        let canvas: HtmlCanvasElement = place.cast()?;
        let context = canvas.get_context("2d").ok()??.dyn_into().ok()?;
        let style = window()?.get_computed_style(&root_element()?).ok()??;
        let token = |name: &str| {
            style
                .get_property_value(name)
                .unwrap_or_default()
                .trim()
                .to_owned()
        };
        let kind = |packet: &str, changed: &str| KindColours {
            packet: token(packet),
            changed: token(changed),
        };
        let colours = Colours {
            request: kind("--pkt", "--pkt-ink"),
            reply: kind("--reply", "--reply-ink"),
            lookup: kind("--dns", "--dns-ink"),
            failed: token("--err"),
            unsure: token("--warn"),
            panel: token("--panel"),
            ink: token("--ink2"),
            struck: token("--ink3"),
            mono: token("--mono"),
        };
        Some(Canvas {
            canvas,
            context,
            colours,
        })
    }

    /// Wipes it, in the size of its region (CSS pixels), and looks through a camera from now on. The size is given, since
    /// asking the element for it lays out the page, which has just changed.
    pub(crate) fn clear(&self, region: (f32, f32), camera: Camera) {
        let ratio = window().map_or(1.0, |window| window.device_pixel_ratio());
        let width = f64::from(region.0) * ratio;
        let height = f64::from(region.1) * ratio;
        let (wide, high) = (width.round() as u32, height.round() as u32);
        if self.canvas.width() != wide || self.canvas.height() != high {
            self.canvas.set_width(wide);
            self.canvas.set_height(high);
        }
        let _ = self.context.set_transform(1.0, 0.0, 0.0, 1.0, 0.0, 0.0);
        self.context.clear_rect(0.0, 0.0, width, height);
        let scale = f64::from(camera.scale) * ratio;
        let _ = self.context.set_transform(
            scale,
            0.0,
            0.0,
            scale,
            f64::from(camera.x) * ratio,
            f64::from(camera.y) * ratio,
        );
    }

    /// Draws a packet.
    pub(crate) fn dot(&self, dot: &PacketDot) {
        let context = &self.context;
        let colour = match dot.ended {
            Some(Tone::Bad) => &self.colours.failed,
            Some(Tone::Unsure) => &self.colours.unsure,
            Some(Tone::Good) | None => &self.kind(dot.kind).packet,
        };
        context.set_fill_style_str(colour);
        if let Some(halo) = dot.halo {
            context.set_global_alpha(HALO_OPACITY.into());
            self.circle(dot.at, halo);
            context.set_global_alpha(1.0);
        }
        self.circle(dot.at, dot.radius);
    }

    fn kind(&self, kind: PacketKind) -> &KindColours {
        match kind {
            PacketKind::Lookup => &self.colours.lookup,
            PacketKind::Request => &self.colours.request,
            PacketKind::Reply => &self.colours.reply,
        }
    }

    fn circle(&self, at: Point, radius: f32) {
        self.context.begin_path();
        let (x, y) = (f64::from(at.x), f64::from(at.y));
        let _ = self
            .context
            .arc(x, y, radius.into(), 0.0, std::f64::consts::TAU);
        self.context.fill();
    }

    /// Draws the label of a packet.
    pub(crate) fn label(&self, label: &PacketLabel) {
        let context = &self.context;
        let Rect { x, y, w, h } = label.frame;
        context.set_fill_style_str(&self.colours.panel);
        context.set_stroke_style_str(&self.kind(label.kind).packet);
        context.set_line_width(1.0);
        if let Some((packet, end)) = label.tie {
            context.begin_path();
            context.move_to(packet.x.into(), packet.y.into());
            context.line_to(end.x.into(), end.y.into());
            context.stroke();
        }
        context.begin_path();
        let corner = f64::from(LABEL_CORNER);
        let _ = context.round_rect_with_f64(x.into(), y.into(), w.into(), h.into(), corner);
        context.fill();
        context.stroke();
        for line in &label.lines {
            self.line(line, self.kind(label.kind));
        }
    }

    fn line(&self, line: &LabelLine, colours: &KindColours) {
        let context = &self.context;
        context.set_font(&format!("11px {}", self.colours.mono));
        context.set_fill_style_str(&self.colours.ink);
        let _ = context.fill_text(line.name, line.at.x.into(), line.at.y.into());
        let (x, y) = (f64::from(line.value_at.x), f64::from(line.value_at.y));
        match line.style {
            LineStyle::Plain => {}
            LineStyle::Struck => {
                context.set_fill_style_str(&self.colours.struck);
                context.fill_rect(x, y - 4.0, line.width.into(), 1.0);
            }
            LineStyle::Changed => {
                context.set_font(&format!("700 11px {}", self.colours.mono));
                context.set_fill_style_str(&colours.changed);
            }
        }
        let _ = context.fill_text(&line.value, x, y);
    }
}
