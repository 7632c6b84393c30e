//! Where the label of a packet is put: near the packet, on no card and on no text.
//!
//! Every candidate around the packet gets a cost, and the cheapest one is taken. The result depends on the scene and the
//! packet's position alone: scrubbing back shows the label where it was.

use super::{Point, Rect, Scene, SceneText};

/// The distances from the packet that are tried, the nearest first.
const GAPS: [f32; 6] = [4.0, 12.0, 22.0, 36.0, 54.0, 76.0];

/// How many steps a label is moved along one side of the packet.
const STEPS: u8 = 8;

/// The cost of covering a sampled point of a line; a unit of distance and a covered unit of a card each cost 1.
const LINE_COST: f32 = 14.0;

/// The cost of a covered unit of a text: a card whose text can still be read is covered rather.
const TEXT_COST: f32 = 40.0;

/// The number of parts a line is cut into to be sampled.
const LINE_PARTS: u8 = 8;

/// The number of parts a line from a packet to its label is cut into.
const TIE_PARTS: u8 = 24;

/// The width assumed for a translated text: the scene does not know the language.
const CAPTION_WIDTH: f32 = 90.0;

/// The least distance from the edges of the picture.
const MARGIN: f32 = 4.0;

/// What a label is put beside.
#[derive(Clone, Copy, Debug)]
pub struct LabelAnchor<'a> {
    /// The area the packet covers while the label is there.
    pub around: Rect,
    /// The point the packet leaves from: a label is wanted near it.
    pub at: Point,
    /// The corners that the label moves from and to.
    pub neighbours: &'a [Point],
    /// The box that has other texts while the packet is in it, with these.
    pub card: Option<(Rect, &'a [SceneText])>,
}

impl Scene {
    /// The corner at which a label of that size is put.
    pub fn place_label(&self, size: (f32, f32), anchor: LabelAnchor<'_>) -> Point {
        let mut obstacles = Obstacles::of(self);
        if let Some((rect, texts)) = anchor.card {
            let extents = texts.iter().map(|text| extent(text, rect));
            obstacles.texts.extend(extents);
        }
        let mut best: Option<(f32, Point)> = None;
        for corner in candidates(anchor.around, size) {
            if !self.has_inside(corner, size) {
                continue;
            }
            let cost = obstacles.cost(corner, size, anchor);
            if best.is_none_or(|(least, _)| cost < least) {
                best = Some((cost, corner));
            }
        }
        let below = Point {
            x: anchor.around.x,
            y: anchor.around.bottom(),
        };
        best.map_or(below, |(_, corner)| corner)
    }

    /// Whether a straight line crosses no text.
    pub fn is_free_of_text(&self, from: Point, to: Point) -> bool {
        let points = (0..=TIE_PARTS).map(|part| f32::from(part) / f32::from(TIE_PARTS));
        let mut points = points.map(|t| from.towards(to, t));
        !points.any(|point| self.texts().any(|(_, extent)| extent.contains(point)))
    }

    /// Texts on cards and between them, with their areas.
    fn texts(&self) -> impl Iterator<Item = (&SceneText, Rect)> {
        let on_cards = self.shapes.iter().flat_map(|shape| {
            let texts = shape.texts.iter();
            texts.map(|text| (text, extent(text, shape.rect)))
        });
        let captions = self.captions.iter();
        on_cards.chain(captions.map(|text| (text, extent(text, Rect::default()))))
    }

    /// The texts that a label covers.
    #[cfg(test)]
    pub(crate) fn texts_below(&self, label: Rect) -> impl Iterator<Item = String> {
        let covered = self
            .texts()
            .filter(move |(_, extent)| extent.overlap(label) > 0.0);
        covered.map(|(text, _)| format!("{:?}", text.content))
    }

    fn has_inside(&self, corner: Point, (w, h): (f32, f32)) -> bool {
        corner.x >= MARGIN
            && corner.y >= MARGIN
            && corner.x + w <= self.size.0 - MARGIN
            && corner.y + h <= self.size.1 - MARGIN
    }
}

/// What a label should not cover.
struct Obstacles {
    /// Cards.
    boxes: Vec<Rect>,
    /// Texts, on cards and between them.
    texts: Vec<Rect>,
    /// Points of the packet's lines.
    points: Vec<Point>,
}

impl Obstacles {
    fn of(scene: &Scene) -> Obstacles {
        let cards = scene.shapes.iter().filter(|shape| !shape.role.is_node());
        let mut points = Vec::new();
        for line in scene.lines() {
            let parts = (1..LINE_PARTS).map(|part| f32::from(part) / f32::from(LINE_PARTS));
            points.extend(parts.map(|t| line.curve.at(t)));
        }
        Obstacles {
            boxes: cards.map(|shape| shape.rect).collect(),
            texts: scene.texts().map(|(_, extent)| extent).collect(),
            points,
        }
    }

    fn cost(&self, corner: Point, size: (f32, f32), anchor: LabelAnchor<'_>) -> f32 {
        let label = Rect::new(corner.x, corner.y, size.0, size.1);
        let on_lines = self
            .points
            .iter()
            .filter(|point| label.contains(**point))
            .count() as f32;
        let apart = label.gap(anchor.around) + label.nearest(anchor.at).distance(anchor.at);
        let moving: f32 = anchor
            .neighbours
            .iter()
            .map(|other| self.moving_cost(corner, *other, size))
            .sum();
        self.covered(corner, size) + on_lines * LINE_COST + apart + moving
    }

    /// The cost of moving from one corner to another: what the label covers halfway, and the distance.
    fn moving_cost(&self, from: Point, to: Point, size: (f32, f32)) -> f32 {
        self.covered(from.towards(to, 0.5), size) / 2.0 + from.distance(to) / 4.0
    }

    fn covered(&self, corner: Point, size: (f32, f32)) -> f32 {
        let label = Rect::new(corner.x, corner.y, size.0, size.1);
        let on = |others: &[Rect]| -> f32 { others.iter().map(|own| label.overlap(*own)).sum() };
        on(&self.boxes) + on(&self.texts) * TEXT_COST
    }
}

/// Corners below and above the packet, then left and right of it.
fn candidates(around: Rect, size: (f32, f32)) -> impl Iterator<Item = Point> {
    let steps = (0..=STEPS).map(|step| f32::from(step) / f32::from(STEPS));
    let each = GAPS
        .into_iter()
        .flat_map(move |gap| steps.clone().map(move |step| (gap, step)));
    each.flat_map(move |(gap, step)| {
        let x = around.x - size.0 + step * (size.0 + around.w);
        let y = around.y - size.1 + step * (size.1 + around.h);
        let below = (x, around.bottom() + gap);
        let above = (x, around.y - size.1 - gap);
        let left = (around.x - size.0 - gap, y);
        let right = (around.right() + gap, y);
        [below, above, left, right].map(|(x, y)| Point { x, y })
    })
}

/// The area of a text, a little larger than its letters.
fn extent(text: &SceneText, within: Rect) -> Rect {
    let width = text
        .content
        .untranslated()
        .map_or(CAPTION_WIDTH, |words| text.style.width(words));
    Rect::new(
        within.x + text.at.x,
        within.y + text.at.y - 13.0,
        width,
        18.0,
    )
}

#[cfg(test)]
mod tests {
    use super::super::{ShapeId, View};
    use super::*;
    use crate::view::scene::{ShapeRole, TextStyle};

    const SIZE: (f32, f32) = (100.0, 40.0);

    fn scene(cards: &[Rect]) -> Scene {
        let mut scene = Scene::empty(View::Network);
        scene.size = (400.0, 400.0);
        for card in cards {
            scene.add(ShapeId::MoreGroups, ShapeRole::Service, *card, Vec::new());
        }
        scene
    }

    fn packet() -> Rect {
        Rect::new(190.0, 190.0, 20.0, 20.0)
    }

    fn label(scene: &Scene, around: Rect) -> Rect {
        let Point { x, y } = scene.place_label(
            SIZE,
            LabelAnchor {
                around,
                at: around.centre(),
                neighbours: &[],
                card: None,
            },
        );
        Rect::new(x, y, SIZE.0, SIZE.1)
    }

    #[test]
    fn a_label_is_close_to_its_packet_if_nothing_is_in_the_way() {
        assert_eq!(label(&scene(&[]), packet()).gap(packet()), GAPS[0]);
    }

    #[test]
    fn a_label_covers_no_card_while_there_is_room_elsewhere() {
        let (below, above) = (
            Rect::new(0.0, 205.0, 400.0, 195.0),
            Rect::new(0.0, 0.0, 400.0, 120.0),
        );
        let left = Rect::new(0.0, 120.0, 185.0, 85.0);
        let label = label(&scene(&[below, above, left]), packet());
        assert_eq!(
            [below, above, left].map(|card| label.overlap(card)),
            [0.0, 0.0, 0.0]
        );
        assert_eq!(label.overlap(packet()), 0.0);
    }

    #[test]
    fn a_label_covers_a_card_rather_than_a_text() {
        let mut scene = scene(&[Rect::new(0.0, 205.0, 400.0, 195.0)]);
        scene.add(
            ShapeId::MoreGroups,
            ShapeRole::Node,
            Rect::new(0.0, 0.0, 400.0, 200.0),
            Vec::new(),
        );
        let text = |y: f32| SceneText::plain(0.0, y, TextStyle::Address, "192.168.0.11 ".repeat(4));
        scene
            .captions
            .extend((0..20).map(|row| text(10.0 + 10.0 * row as f32)));
        let label = label(&scene, packet());
        assert_eq!(scene.texts_below(label).count(), 0, "{label:?}");
    }

    #[test]
    fn a_line_across_a_text_is_not_free() {
        let mut scene = scene(&[]);
        let text = SceneText::plain(100.0, 100.0, TextStyle::Address, "192.168.0.11".to_owned());
        scene.captions.push(text);
        let crosses = |y: f32| {
            let point = |x: f32| Point { x, y };
            !scene.is_free_of_text(point(20.0), point(300.0))
        };
        assert_eq!([60.0, 96.0, 140.0].map(crosses), [false, true, false]);
    }

    #[test]
    fn a_label_that_moves_covers_nothing_on_its_way() {
        let card = Rect::new(0.0, 215.0, 190.0, 80.0);
        let anchor = LabelAnchor {
            around: packet(),
            at: packet().centre(),
            neighbours: &[Point { x: 210.0, y: 300.0 }],
            card: None,
        };
        let corner = scene(&[card]).place_label(SIZE, anchor);
        assert!(corner.x >= 140.0 && corner.y >= 200.0, "{corner:?}");
    }

    #[test]
    fn a_label_covers_no_text_of_the_box_that_the_packet_is_in() {
        let rect = Rect::new(100.0, 150.0, 110.0, 110.0);
        let text = |y: f32| SceneText::plain(8.0, y, TextStyle::Chain, "KUBE-SERVICES".to_owned());
        let texts = [40.0, 60.0, 80.0, 100.0].map(text);
        let anchor = LabelAnchor {
            around: packet(),
            at: packet().centre(),
            neighbours: &[],
            card: Some((rect, &texts)),
        };
        let Point { x, y } = scene(&[]).place_label(SIZE, anchor);
        let label = Rect::new(x, y, SIZE.0, SIZE.1);
        let covered = texts
            .iter()
            .filter(|text| extent(text, rect).overlap(label) > 0.0);
        assert_eq!(covered.count(), 0, "{label:?}");
    }

    #[test]
    fn a_label_stays_inside_the_picture() {
        let corner = Rect::new(380.0, 380.0, 20.0, 20.0);
        let label = label(&scene(&[]), corner);
        assert!(
            label.right() <= 400.0 && label.bottom() <= 400.0,
            "{label:?}"
        );
    }
}
