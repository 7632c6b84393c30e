//! How the picture is looked at: moved and scaled.

use super::packets::{self, eased};
use super::scene::{Point, Rect, Scene, Shape, View};
use super::timeline::Moment;

/// From user units of the scene to CSS pixels of its region: scaled, then moved.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Camera {
    /// CSS pixels for one user unit.
    pub scale: f32,
    /// Where the scene's left edge is, in CSS pixels.
    pub x: f32,
    /// Where the scene's top edge is, in CSS pixels.
    pub y: f32,
}

/// The least and the most enlargement by hand.
const LIMITS: (f32, f32) = (0.2, 5.0);

/// The most that fitting enlarges: more would make the letters of a small cluster too large for a large screen.
const FIT: f32 = 2.0;

/// How far in CSS pixels the place where something happens stays from the far edge of its region: where the packet's
/// header is drawn beside it, and on a phone, where it is not.
const AHEAD: f32 = 140.0;
const AHEAD_OF_DOT: f32 = 64.0;

/// How far it stays from either edge at least, so that a card at the upper edge is seen whole.
const NEAR: f32 = 16.0;

/// The distance of the upper edge from a card that is out of sight above it, or whole below it.
const GAP: f32 = 4.0;

/// How far the lower edge of the region may be below the scene, so that no card is cut at the upper one.
const PAST: f32 = 40.0;

/// The most cards that the upper edge is moved past.
const MOST_CARDS: usize = 8;

/// The height in CSS pixels of the line at the upper edge that names the called Service while its card is out of sight.
pub const PINNED: f32 = 28.0;

/// The width in CSS pixels below which a picture is laid out for a phone.
pub const NARROW_BELOW: f32 = 560.0;

/// The height in CSS pixels below which it is, however wide its region: the wide picture is higher, and most of it would
/// be out of sight.
const LOW_BELOW: f32 = 380.0;

/// The width for which a picture is laid out in a region, both in CSS pixels. A change of a few pixels does not lay it
/// out again.
pub fn layout_width(region: (f32, f32)) -> f32 {
    const STEP: f32 = 8.0;
    let width = (region.0 / STEP).floor() * STEP;
    if region.1 > 0.0 && region.1 < LOW_BELOW {
        width.min(NARROW_BELOW - STEP)
    } else {
        width
    }
}

impl Camera {
    /// The whole scene in a region.
    pub fn fit(scene: (f32, f32), region: (f32, f32), view: View) -> Camera {
        let ratio = |room: f32, size: f32| {
            if size > 0.0 && room > 0.0 {
                room / size
            } else {
                1.0
            }
        };
        let scale = ratio(region.0, scene.0)
            .min(ratio(region.1, scene.1))
            .clamp(LIMITS.0, FIT);
        Camera::placed(scene, region, view, scale)
    }

    /// The scene at a scale: centred across; the Network view from its top, the Concept view a little above the middle.
    fn placed(scene: (f32, f32), region: (f32, f32), view: View, scale: f32) -> Camera {
        let y = match view {
            View::Network => 0.0,
            View::Concept => ((region.1 - scene.1 * scale) / 3.0).max(0.0),
        };
        Camera {
            scale,
            x: ((region.0 - scene.0 * scale) / 2.0).max(0.0),
            y,
        }
    }

    /// The scene no smaller than it was laid out, so that its smallest text stays legible. What does not fit into the
    /// region is out of sight, and a point of the scene, where something happens, is not: the scene is shown from its top,
    /// where the Services are, and moves no further than that point needs.
    pub fn legible(
        scene: (f32, f32),
        region: (f32, f32),
        view: View,
        focus: Option<Point>,
    ) -> Camera {
        let scale = Camera::fit(scene, region, view).scale.max(1.0);
        let mut camera = Camera::placed(scene, region, view, scale);
        let Some(focus) = focus else {
            return camera;
        };
        let ahead = if packets::has_labels(view, scene.0) {
            AHEAD
        } else {
            AHEAD_OF_DOT
        };
        let followed = |size: f32, room: f32, at: f32| {
            let hidden = room - size * scale;
            let ahead = ahead.min(room / 2.0);
            (hidden < 0.0).then(|| (room - ahead - at * scale).clamp(hidden, 0.0))
        };
        camera.x = followed(scene.0, region.0, focus.x).unwrap_or(camera.x);
        camera.y = followed(scene.1, region.1, focus.y).unwrap_or(camera.y);
        camera
    }

    /// A legible camera that follows the packet. While the packet rests, the called Service is in sight with it if the
    /// region is high enough, and the upper edge of the region cuts no card.
    pub fn following(scene: &Scene, region: (f32, f32), moment: Moment) -> Camera {
        let legible = |focus| Camera::legible(scene.size, region, scene.view, focus);
        let path = scene.path.as_ref().filter(|path| !path.hops.is_empty());
        let Some((path, dot)) =
            path.and_then(|path| Some((path, packets::dot(scene, path, moment)?)))
        else {
            return legible(None);
        };
        let top = legible(None);
        let is_higher = scene.size.1 * top.scale > region.1;
        let at = |hop: usize| {
            let hop = hop.min(path.hops.len() - 1);
            let beside = is_higher.then(|| {
                let area = packets::resting_area(scene, path, hop);
                top.beside_service(scene, region, area)
            });
            let rests = path.hops[hop].curve.to;
            let alone = || Camera::at_rest(scene, region, rests);
            beside.flatten().unwrap_or_else(alone)
        };
        let (here, next) = (at(moment.hop), at(moment.hop + 1));
        let ahead = eased(moment.ahead);
        let followed = legible(Some(dot.at));
        let y = here.y + (next.y - here.y) * ahead;
        let y_of_dot = dot.at.y * followed.scale;
        let is_seen = (NEAR / 2.0..=region.1 - NEAR / 2.0).contains(&(y_of_dot + y));
        Camera {
            y: if is_seen { y } else { followed.y },
            ..followed
        }
    }

    /// Where the packet rests; below the line that names the called Service if its card is out of sight.
    fn at_rest(scene: &Scene, region: (f32, f32), rests: Point) -> Camera {
        let within = |region| {
            let legible = Camera::legible(scene.size, region, scene.view, Some(rests));
            legible.beside_cards(scene, region, rests)
        };
        let camera = within(region);
        if camera.service_above(scene).is_none() {
            return camera;
        }
        within((region.0, region.1 - PINNED)).moved(0.0, PINNED)
    }

    /// The card of the called Service, if it is out of sight above.
    pub fn service_above(self, scene: &Scene) -> Option<&Shape> {
        let called = scene.path.as_ref()?.service?;
        let card = scene.shapes.get(called.0)?;
        (self.y + card.rect.centre().y * self.scale < 0.0).then_some(card)
    }

    /// The top of the scene, moved no further than an area needs that is between two heights; `None` if the card of the
    /// called Service cannot stay in sight.
    fn beside_service(
        self,
        scene: &Scene,
        region: (f32, f32),
        (upper, lower): (f32, f32),
    ) -> Option<Camera> {
        let called = scene.path.as_ref()?.service?;
        let card = scene.shapes.get(called.0)?.rect;
        let room = region.1 / self.scale;
        let highest = (card.y.min(upper) - GAP).max(0.0);
        let lowest = card.bottom().max(lower) + GAP;
        let least = (lowest - room).max(0.0);
        let mut tops = [least, highest].into_iter();
        let top = tops.find(|top| *top >= least && *top <= highest && cut(scene, *top).is_none());
        Some(Camera {
            y: 0.0 - top? * self.scale,
            ..self
        })
    }

    /// Moved up or down so far that the upper edge cuts no card, if the place where something happens stays in sight.
    fn beside_cards(self, scene: &Scene, region: (f32, f32), focus: Point) -> Camera {
        let bottom = scene.size.1 - region.1 / self.scale;
        let is_seen = |top: f32| {
            let at = (focus.y - top) * self.scale;
            NEAR <= at && at <= region.1 - NEAR
        };
        let beside = |step: fn(Rect) -> f32, lowest: f32| {
            let tops = std::iter::successors(Some(-self.y / self.scale), |top| {
                cut(scene, *top).map(step).map(|top| top.clamp(0.0, lowest))
            });
            let mut tops = tops.take(MOST_CARDS);
            tops.find(|top| cut(scene, *top).is_none() && is_seen(*top))
        };
        let end = bottom.max(0.0);
        let top = beside(|card| card.y - GAP, end)
            .or_else(|| beside(|card| card.bottom() + GAP, end))
            .or_else(|| beside(|card| card.bottom() + GAP, end + PAST));
        Camera {
            y: top.map_or(self.y, |top| -top * self.scale),
            ..self
        }
    }

    /// Moved by so many pixels.
    pub fn moved(self, dx: f32, dy: f32) -> Camera {
        Camera {
            x: self.x + dx,
            y: self.y + dy,
            ..self
        }
    }

    /// Enlarged by a factor about a point of the region, which stays where it is.
    pub fn zoomed(self, factor: f32, about: Point) -> Camera {
        let scale = (self.scale * factor).clamp(LIMITS.0, LIMITS.1);
        let kept = scale / self.scale;
        Camera {
            scale,
            x: about.x - (about.x - self.x) * kept,
            y: about.y - (about.y - self.y) * kept,
        }
    }
}

/// The card that an upper edge there cuts.
fn cut(scene: &Scene, top: f32) -> Option<Rect> {
    let is_cut = |card: &Rect| card.y < top && top < card.bottom();
    let cards = scene.shapes.iter().filter(|shape| !shape.role.is_node());
    cards.map(|shape| shape.rect).find(is_cut)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::session::{Ask, LookAsk, Model};

    #[test]
    fn the_point_under_the_finger_stays_there() {
        let camera = Camera {
            scale: 1.0,
            x: 10.0,
            y: 20.0,
        };
        let about = Point { x: 110.0, y: 70.0 };
        let near = camera.zoomed(2.0, about);
        let of = |camera: Camera| {
            (
                (about.x - camera.x) / camera.scale,
                (about.y - camera.y) / camera.scale,
            )
        };
        assert_eq!(of(near), of(camera));
    }

    #[test]
    fn a_scene_larger_than_its_region_shows_where_the_packet_is() {
        let at = |x: f32, y: f32| {
            let focus = Some(Point { x, y });
            let camera = Camera::legible((600.0, 500.0), (600.0, 300.0), View::Network, focus);
            (camera.scale, camera.x, camera.y)
        };
        assert_eq!(at(10.0, 0.0), (1.0, 0.0, 0.0));
        assert_eq!(at(10.0, 150.0), (1.0, 0.0, 0.0));
        assert_eq!(at(10.0, 250.0), (1.0, 0.0, -90.0));
        assert_eq!(at(10.0, 500.0), (1.0, 0.0, -200.0));
        // On a phone nothing is drawn beside the packet: more of the Services stays in sight.
        let focus = Some(Point { x: 10.0, y: 250.0 });
        let phone = Camera::legible((390.0, 500.0), (390.0, 300.0), View::Network, focus);
        assert_eq!(phone.y, -14.0);
    }

    #[test]
    fn no_card_is_cut_above_while_the_packet_rests() {
        let (scene, view) = (shown(320.0), View::Network);
        let region = (320.0, 230.0);
        let path = scene.path.as_ref().expect("it was sent");
        assert!(scene.size.1 > region.1, "{:?}", scene.size);
        let mut has_moved = false;
        for (hop, of) in path.hops.iter().enumerate() {
            let moment = Moment {
                hop,
                ..Moment::default()
            };
            let camera = Camera::following(&scene, region, moment);
            let is_pinned = camera.service_above(&scene).is_some();
            let edge = if is_pinned { PINNED } else { 0.0 };
            let top = (edge - camera.y) / camera.scale;
            assert_eq!(cut(&scene, top), None, "hop {hop}: {camera:?}");
            let at = camera.y + of.curve.to.y * camera.scale;
            assert!(edge < at && at < region.1, "hop {hop}: {at}");
            has_moved |= camera != Camera::legible(scene.size, region, view, Some(of.curve.to));
        }
        assert!(has_moved);
    }

    #[test]
    fn the_called_service_stays_in_sight_where_there_is_room() {
        let scene = shown(712.0);
        let path = scene.path.as_ref().expect("it was sent");
        let called = path.service.expect("a Service is called");
        let card = scene.shapes[called.0].rect;
        let region = (712.0, scene.size.1 - 30.0);
        for hop in 0..path.hops.len() {
            let moment = Moment {
                hop,
                ..Moment::default()
            };
            let camera = Camera::following(&scene, region, moment);
            assert!(camera.y + card.y >= 0.0, "hop {hop}: {camera:?}");
            assert!(camera.service_above(&scene).is_none());
        }
    }

    /// The second example at a width.
    fn shown(width: f32) -> Scene {
        let mut model = Model::new();
        model.handle(Ask::Look(LookAsk::Resize(width)));
        model.handle(Ask::OpenLesson("multi-port".to_owned()));
        model.scene.as_ref().clone()
    }

    #[test]
    fn a_low_region_gets_the_picture_of_a_phone() {
        assert_eq!(layout_width((712.0, 700.0)), 712.0);
        assert_eq!(layout_width((717.0, 700.0)), 712.0);
        assert_eq!(layout_width((720.0, 276.0)), 552.0);
        assert_eq!(layout_width((390.0, 276.0)), 384.0);
    }

    #[test]
    fn a_scene_fits_its_region() {
        let camera = Camera::fit((700.0, 1400.0), (700.0, 700.0), View::Network);
        assert_eq!((camera.scale, camera.x), (0.5, 175.0));
    }
}
