//! What differs between two matrices, cell by cell: a caller and a port are the same if they have the same names.

use std::collections::BTreeMap;

use kubehop_engine::sort;

use super::{
    CellStateAnswer, ChangeAnswer, DifferenceAnswer, MatrixAnswer, MatrixCellAnswer,
    MatrixColumnAnswer,
};
use crate::simulation::answers::VERSION;

/// Shares that differ by less are the same.
const ROUNDING: f64 = 1e-6;

/// A cell's caller and port.
type CellKey<'a> = (&'a str, &'a MatrixColumnAnswer);

/// What became reachable between two matrices, what no longer is, and what else changed.
pub fn difference(before: &MatrixAnswer, after: &MatrixAnswer) -> DifferenceAnswer {
    let (old, new) = (cells(before), cells(after));
    let mut keys = sort::set(old.keys().copied());
    keys.extend(new.keys().copied());
    let mut difference = DifferenceAnswer {
        version: VERSION,
        gained: Vec::new(),
        lost: Vec::new(),
        other: Vec::new(),
    };
    for key in keys {
        let (before, after) = (old.get(&key).copied(), new.get(&key).copied());
        if is_same(before, after) {
            continue;
        }
        let list = match (reach(before), reach(after)) {
            (Reach::No, Reach::Yes) => &mut difference.gained,
            (Reach::Yes, Reach::No) => &mut difference.lost,
            (Reach::Yes | Reach::No | Reach::Unknown, _) => &mut difference.other,
        };
        list.push(ChangeAnswer {
            caller: key.0.to_owned(),
            called: key.1.clone(),
            before: before.cloned(),
            after: after.cloned(),
        });
    }
    difference
}

impl DifferenceAnswer {
    /// Whether nothing changed.
    pub fn is_empty(&self) -> bool {
        self.gained.is_empty() && self.lost.is_empty() && self.other.is_empty()
    }
}

/// Whether every connection of a cell is answered.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Reach {
    Yes,
    No,
    Unknown,
}

fn reach(cell: Option<&MatrixCellAnswer>) -> Reach {
    match cell.map(|cell| cell.state) {
        Some(CellStateAnswer::Answered) => Reach::Yes,
        Some(CellStateAnswer::Unknown) => Reach::Unknown,
        Some(CellStateAnswer::Refused | CellStateAnswer::Timeout | CellStateAnswer::NoName)
        | None => Reach::No,
    }
}

fn is_same(before: Option<&MatrixCellAnswer>, after: Option<&MatrixCellAnswer>) -> bool {
    match (before, after) {
        (Some(before), Some(after)) => {
            before.state == after.state && (before.share - after.share).abs() < ROUNDING
        }
        (None, None) => true,
        (Some(_), None) | (None, Some(_)) => false,
    }
}

fn cells(matrix: &MatrixAnswer) -> BTreeMap<CellKey<'_>, &MatrixCellAnswer> {
    let rows = matrix.rows.iter();
    let cells = rows.flat_map(|row| {
        let cells = matrix.columns.iter().zip(&row.cells);
        cells.map(|(column, cell)| ((row.caller.as_str(), column), cell))
    });
    sort::map(cells)
}
