//! The Concept view's card of the EndpointSlices: the addresses behind the Service, and those that the last event removed.

use super::changes::Changes;
use super::concept::ROWS;
use super::concept_columns::ConceptColumn;
use super::visible::{VisibleEndpoint, VisibleObjects};
use crate::view::scene::{Caption, Rect, Scene, SceneText, ShapeId, ShapeRole, TextStyle};
use kubehop_engine::cluster::object::Service;

/// The distance from one row to the next one.
const ROW_STEP: f32 = 32.0;

/// How many rows the card has: the endpoints, and those that the last event removed.
pub(super) fn rows(visible: &VisibleObjects<'_>, changes: &Changes<'_>) -> usize {
    (visible.endpoints.len() + changes.removed.len()).min(ROWS)
}

/// The card of the EndpointSlices, with a row for each endpoint.
pub(super) fn add(
    scene: &mut Scene,
    service: &Service,
    visible: &VisibleObjects<'_>,
    changes: &Changes<'_>,
    (column, middle): (ConceptColumn, f32),
) {
    let ConceptColumn { left, width } = column;
    let rows = rows(visible, changes);
    let height = 44.0 + rows.max(1) as f32 * ROW_STEP;
    let rect = Rect::new(left, middle - height / 2.0, width, height);
    let name = SceneText::plain(inset(width), 24.0, TextStyle::Name, "EndpointSlice");
    let mut texts = vec![name];
    if rows == 0 {
        let warning =
            SceneText::caption(inset(width), 50.0, TextStyle::Warning, Caption::NoEndpoint);
        texts.push(warning);
    }
    let key = ShapeId::Slices(service.id());
    scene.add(key, ShapeRole::Slices, rect, texts);
    let now = visible.endpoints.iter().map(|endpoint| {
        let state = state(endpoint, changes);
        (endpoint, ShapeRole::Endpoint, state)
    });
    let removed = changes.removed.iter().map(|endpoint| {
        let state = (TextStyle::Remark, Caption::Removed);
        (endpoint, ShapeRole::EndpointGone, Some(state))
    });
    for (index, (endpoint, role, state)) in now.chain(removed).take(ROWS).enumerate() {
        let y = rect.y + 36.0 + index as f32 * ROW_STEP;
        scene.add(
            ShapeId::Endpoint(service.id(), endpoint.address),
            role,
            Rect::new(left, y, width, 28.0),
            endpoint_texts(endpoint, state, width),
        );
    }
}

/// The remark on an endpoint beside its address.
fn state(endpoint: &VisibleEndpoint, changes: &Changes<'_>) -> Option<(TextStyle, Caption)> {
    if endpoint.ready {
        let is_new = changes.added.contains(&endpoint.address);
        return is_new.then_some((TextStyle::Match, Caption::Added));
    }
    let state = if endpoint.terminating {
        Caption::Terminating
    } else {
        Caption::NotReady
    };
    Some((TextStyle::Warning, state))
}

fn endpoint_texts(
    endpoint: &VisibleEndpoint,
    state: Option<(TextStyle, Caption)>,
    width: f32,
) -> Vec<SceneText> {
    let (x, room) = (inset(width), width - inset(width) - 2.0);
    let address = TextStyle::SmallAddress.fit(&endpoint.address.to_string(), room);
    let mut texts = vec![SceneText::plain(x, 14.0, TextStyle::SmallAddress, address)];
    texts.extend(state.map(|(style, state)| SceneText::caption(x, 27.0, style, state)));
    texts
}

/// Where the texts of the card begin: an address with its port is as wide as a narrow card.
fn inset(width: f32) -> f32 {
    if width < 118.0 { 6.0 } else { 12.0 }
}
