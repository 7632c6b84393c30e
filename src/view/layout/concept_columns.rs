//! The columns of the Concept view: as wide together as the region, so that nothing is out of sight.

use crate::view::camera::NARROW_BELOW;

/// A column.
#[derive(Clone, Copy)]
pub(super) struct ConceptColumn {
    /// The left edge.
    pub(super) left: f32,
    /// The width.
    pub(super) width: f32,
}

impl ConceptColumn {
    /// The right edge.
    pub(super) fn right(self) -> f32 {
        self.left + self.width
    }
}

/// The four columns, from left to right.
#[derive(Clone, Copy)]
pub(super) struct ConceptColumns {
    /// The client.
    pub(super) client: ConceptColumn,
    /// The Service; on a phone below the client.
    pub(super) service: ConceptColumn,
    /// The EndpointSlices.
    pub(super) slices: ConceptColumn,
    /// The pods.
    pub(super) pods: ConceptColumn,
}

/// On a phone, and on the narrowest one whose columns are not out of sight.
const NARROW: ConceptColumns =
    columns([(8.0, 104.0), (8.0, 126.0), (142.0, 120.0), (270.0, 112.0)]);
const NARROWEST: ConceptColumns =
    columns([(4.0, 104.0), (4.0, 102.0), (110.0, 108.0), (224.0, 92.0)]);

/// The widths in CSS pixels of [`NARROWEST`] and of [`NARROW`].
const PHONES: (f32, f32) = (320.0, 390.0);

/// In the narrowest region that has room for four columns.
const TIGHT: ConceptColumns = columns([
    (10.0, 112.0),
    (136.0, 148.0),
    (300.0, 122.0),
    (434.0, 116.0),
]);

/// In a region that has all the room the columns can use.
const WIDE: ConceptColumns = columns([
    (24.0, 140.0),
    (228.0, 190.0),
    (472.0, 148.0),
    (680.0, 206.0),
]);

/// The widths in CSS pixels of [`TIGHT`] and of [`WIDE`].
const SCREENS: (f32, f32) = (NARROW_BELOW, 910.0);

/// Columns with these left edges and widths.
const fn columns(edges: [(f32, f32); 4]) -> ConceptColumns {
    let [client, service, slices, pods] = edges;
    ConceptColumns {
        client: column(client),
        service: column(service),
        slices: column(slices),
        pods: column(pods),
    }
}

const fn column(edge: (f32, f32)) -> ConceptColumn {
    ConceptColumn {
        left: edge.0,
        width: edge.1,
    }
}

impl ConceptColumns {
    /// The columns of a region of this width.
    pub(super) fn of_width(width: f32) -> ConceptColumns {
        let (least, most, range) = if width < NARROW_BELOW {
            (NARROWEST, NARROW, PHONES)
        } else {
            (TIGHT, WIDE, SCREENS)
        };
        let share = ((width - range.0) / (range.1 - range.0)).clamp(0.0, 1.0);
        let between = |least: f32, most: f32| (least + (most - least) * share).floor();
        let column = |least: ConceptColumn, most: ConceptColumn| ConceptColumn {
            left: between(least.left, most.left),
            width: between(least.width, most.width),
        };
        ConceptColumns {
            client: column(least.client, most.client),
            service: column(least.service, most.service),
            slices: column(least.slices, most.slices),
            pods: column(least.pods, most.pods),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_columns_fit_into_every_region() {
        for width in [
            320.0, 344.0, 360.0, 390.0, 560.0, 600.0, 712.0, 910.0, 1400.0,
        ] {
            let columns = ConceptColumns::of_width(width);
            let margin = columns.client.left;
            assert!(columns.pods.right() + margin <= width, "{width}");
            assert!(columns.service.right() < columns.slices.left, "{width}");
            assert!(columns.slices.right() < columns.pods.left, "{width}");
        }
    }
}
