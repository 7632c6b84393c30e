//! Pills: rows of groups of objects, each with its name and the number of what it holds.

use crate::view::scene::{Caption, Rect, Scene, SceneText, ShapeId, ShapeRole, TextStyle};

/// The rows of pills of a namespace, and of those for other namespaces; what they have no room for is counted.
const ROWS: usize = 4;

/// The height of a pill.
pub(super) const HEIGHT: f32 = 26.0;

/// The distance from one row's top edge to the next one's.
const STEP: f32 = 32.0;

/// The distance between two pills of a row.
pub(super) const GAP: f32 = 8.0;

/// The distance from a pill's edge to its text.
const INSET: f32 = 12.0;

/// The width kept for the count of what is left, and for what a pill says behind its name.
const COUNT: f32 = 70.0;

/// The most of a name that is shown.
const NAME: f32 = 150.0;

/// The room for the words between the numbers of a namespace, in either language.
const NAMESPACE_WORDS: f32 = 92.0;

/// A group of objects, drawn as a pill.
pub(super) struct Group {
    pub(super) key: ShapeId,
    pub(super) name: String,
    pub(super) holds: Holds,
}

/// What a group holds.
pub(super) enum Holds {
    Pods(usize),
    Namespace { services: usize, pods: usize },
}

/// Sets the groups in rows, the first at `row`; the last pill, of the key `more`, counts what has no room. Returns the
/// lowest edge.
pub(super) fn place(scene: &mut Scene, groups: Vec<Group>, more: ShapeId, row: Rect) -> f32 {
    let (mut x, mut y, mut rows) = (row.x, row.y, 1);
    let total = groups.len();
    for (index, group) in groups.into_iter().enumerate() {
        let is_last = index + 1 == total;
        let (texts, width) = texts(&group);
        let kept = if rows == ROWS && !is_last { COUNT } else { 0.0 };
        if x > row.x && x + width + kept > row.x + row.w {
            if rows == ROWS {
                let rect = Rect::new(x, y, COUNT - GAP, HEIGHT);
                add_more(scene, total - index, more, rect);
                return y + HEIGHT;
            }
            rows += 1;
            (x, y) = (row.x, y + STEP);
        }
        let rect = Rect::new(x, y, width, HEIGHT);
        scene.add(group.key, ShapeRole::Group, rect, texts);
        x += width + GAP;
    }
    y + HEIGHT
}

/// The texts of a pill, and its width.
fn texts(group: &Group) -> (Vec<SceneText>, f32) {
    let name = TextStyle::Name.fit(&group.name, NAME);
    let after = INSET + TextStyle::Name.width(&name) + 6.0;
    let (holds, width) = match group.holds {
        Holds::Pods(count) => {
            let count = count.to_string();
            let width = TextStyle::Remark.width(&count);
            (
                SceneText::plain(after, 17.0, TextStyle::Remark, count),
                width,
            )
        }
        Holds::Namespace { services, pods } => {
            let caption = Caption::Namespace { services, pods };
            let digits = format!("{services}{pods}").len();
            let width = NAMESPACE_WORDS + digits as f32 * TextStyle::Remark.width("0");
            (
                SceneText::caption(after, 17.0, TextStyle::Remark, caption),
                width,
            )
        }
    };
    let name = SceneText::plain(INSET, 17.0, TextStyle::Name, name);
    (vec![name, holds], after + width + INSET)
}

/// Adds the pill that counts the groups without room.
fn add_more(scene: &mut Scene, count: usize, key: ShapeId, rect: Rect) {
    let text = SceneText::caption(INSET, 17.0, TextStyle::Remark, Caption::More { count });
    scene.add(key, ShapeRole::Group, rect, vec![text]);
}
