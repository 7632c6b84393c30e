//! Where there is room for a packet's header: near the packet, on no card and on no text.
//!
//! The picture knows its boxes, so every spot around the packet is weighed and the best is taken. The answer depends on
//! the picture and the packet's place alone: scrubbing back shows the header where it was.

use super::{Content, Point, Rect, Scene, ShapeRole, Text};

/// How far from the packet a header may stand, the nearest first.
const GAPS: [f32; 6] = [4.0, 12.0, 22.0, 36.0, 54.0, 76.0];

/// How many places there are along one side of the packet.
const SLIDES: u8 = 8;

/// What covering a point of a way costs, where a unit of distance and the covering of a unit of a card each cost 1.
const CROSSING: f32 = 14.0;

/// The points of a way that are looked at.
const POINTS: u8 = 8;

/// The width of words of ours in the picture, whose language is not known here.
const WORDS: f32 = 90.0;

/// A header never touches the picture's edge.
const EDGE: f32 = 4.0;

/// What a header stands beside.
#[derive(Clone, Copy, Debug)]
pub struct Beside<'a> {
    /// What the packet covers while the header stands there.
    pub around: Rect,
    /// Where the packet will leave from: the header is wanted near it.
    pub at: Point,
    /// The spots that the header glides from and to.
    pub glides: &'a [Point],
}

impl Scene {
    /// Where a rectangle of that size finds room beside a packet: its corner.
    pub fn room(&self, size: (f32, f32), beside: Beside<'_>) -> Point {
        let obstacles = self.obstacles();
        let ways: Vec<Point> = self
            .routes()
            .flat_map(|route| {
                (1..POINTS).map(|point| route.curve.at(f32::from(point) / f32::from(POINTS)))
            })
            .collect();
        let at = |spot: Point| Rect::new(spot.x, spot.y, size.0, size.1);
        let covered = |spot: Point| {
            obstacles
                .iter()
                .map(|other| at(spot).shared(*other))
                .sum::<f32>()
        };
        let glide = |spot: Point, other: Point| {
            let half = Point {
                x: (spot.x + other.x) / 2.0,
                y: (spot.y + other.y) / 2.0,
            };
            covered(half) / 2.0 + distance(spot, other) / 4.0
        };
        let cost = |spot: Point| {
            let rect = at(spot);
            let crossed = ways.iter().filter(|point| rect.holds(**point)).count() as f32;
            let apart = rect.gap(beside.around) + distance(rect.nearest(beside.at), beside.at);
            let gliding: f32 = beside.glides.iter().map(|other| glide(spot, *other)).sum();
            covered(spot) + crossed * CROSSING + apart + gliding
        };
        let fits = |spot: &Point| {
            spot.x >= EDGE
                && spot.y >= EDGE
                && spot.x + size.0 <= self.size.0 - EDGE
                && spot.y + size.1 <= self.size.1 - EDGE
        };
        let weighed = spots(beside.around, size)
            .filter(fits)
            .map(|spot| (cost(spot), spot));
        let best = weighed.reduce(|best, next| if next.0 < best.0 { next } else { best });
        best.map_or(
            Point {
                x: beside.around.x,
                y: beside.around.bottom(),
            },
            |(_, spot)| spot,
        )
    }

    /// What a header may not cover: cards, and the texts between them.
    fn obstacles(&self) -> Vec<Rect> {
        let of_shapes = self.shapes().flat_map(|shape| match shape.role {
            ShapeRole::Node => shape
                .texts
                .iter()
                .map(|text| extent(text, shape.rect))
                .collect(),
            ShapeRole::Service
            | ShapeRole::Rules
            | ShapeRole::Entry
            | ShapeRole::Process
            | ShapeRole::PodReady
            | ShapeRole::PodNotReady
            | ShapeRole::PodTerminating
            | ShapeRole::PodFailed
            | ShapeRole::PodAside
            | ShapeRole::Outside
            | ShapeRole::Slices
            | ShapeRole::Endpoint
            | ShapeRole::More => vec![shape.rect],
        });
        let captions = self
            .captions
            .iter()
            .map(|caption| extent(caption, Rect::default()));
        of_shapes.chain(captions).collect()
    }
}

/// Below and above the packet, then beside it.
fn spots(around: Rect, size: (f32, f32)) -> impl Iterator<Item = Point> {
    let slides = (0..=SLIDES).map(|slide| f32::from(slide) / f32::from(SLIDES));
    let each = GAPS
        .into_iter()
        .flat_map(move |gap| slides.clone().map(move |slide| (gap, slide)));
    each.flat_map(move |(gap, slide)| {
        let x = around.x - size.0 + slide * (size.0 + around.w);
        let y = around.y - size.1 + slide * (size.1 + around.h);
        [
            Point {
                x,
                y: around.bottom() + gap,
            },
            Point {
                x,
                y: around.y - size.1 - gap,
            },
            Point {
                x: around.x - size.0 - gap,
                y,
            },
            Point {
                x: around.right() + gap,
                y,
            },
        ]
    })
}

/// What a text of a box covers, a little more than its letters.
fn extent(text: &Text, within: Rect) -> Rect {
    let width = match &text.content {
        Content::Plain(plain) => text.style.width(plain),
        Content::Say(_) => WORDS,
    };
    Rect::new(
        within.x + text.at.x,
        within.y + text.at.y - 13.0,
        width,
        18.0,
    )
}

fn distance(from: Point, to: Point) -> f32 {
    (to.x - from.x).hypot(to.y - from.y)
}

#[cfg(test)]
mod tests {
    use super::super::{ShapeId, View};
    use super::*;

    const SIZE: (f32, f32) = (100.0, 40.0);

    fn scene(cards: &[Rect]) -> Scene {
        let mut scene = Scene::blank(View::Network);
        scene.size = (400.0, 400.0);
        for card in cards {
            scene.add(ShapeId::MoreServices, ShapeRole::Service, *card, Vec::new());
        }
        scene
    }

    fn packet() -> Rect {
        Rect::new(190.0, 190.0, 20.0, 20.0)
    }

    fn header(scene: &Scene, around: Rect) -> Rect {
        let Point { x, y } = scene.room(
            SIZE,
            Beside {
                around,
                at: around.centre(),
                glides: &[],
            },
        );
        Rect::new(x, y, SIZE.0, SIZE.1)
    }

    #[test]
    fn a_header_stands_close_to_its_packet_where_nothing_is_in_the_way() {
        assert_eq!(header(&scene(&[]), packet()).gap(packet()), GAPS[0]);
    }

    #[test]
    fn a_header_covers_no_card_while_there_is_room_elsewhere() {
        let (below, above) = (
            Rect::new(0.0, 205.0, 400.0, 195.0),
            Rect::new(0.0, 0.0, 400.0, 120.0),
        );
        let left = Rect::new(0.0, 120.0, 185.0, 85.0);
        let header = header(&scene(&[below, above, left]), packet());
        assert_eq!(
            [below, above, left].map(|card| header.shared(card)),
            [0.0, 0.0, 0.0]
        );
        assert_eq!(header.shared(packet()), 0.0);
    }

    #[test]
    fn a_header_that_glides_comes_by_where_it_covers_nothing() {
        let card = Rect::new(0.0, 215.0, 190.0, 80.0);
        let beside = Beside {
            around: packet(),
            at: packet().centre(),
            glides: &[Point { x: 210.0, y: 300.0 }],
        };
        let spot = scene(&[card]).room(SIZE, beside);
        assert!(spot.x >= 140.0 && spot.y >= 200.0, "{spot:?}");
    }

    #[test]
    fn a_header_stays_inside_the_picture() {
        let corner = Rect::new(380.0, 380.0, 20.0, 20.0);
        let header = header(&scene(&[]), corner);
        assert!(
            header.right() <= 400.0 && header.bottom() <= 400.0,
            "{header:?}"
        );
    }
}
