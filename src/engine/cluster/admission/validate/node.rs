//! Rules for Nodes, as far as packets see them (`ValidateNode`): their pod ranges.

use crate::engine::cluster::admission::error::{ApiError, invalid, invalid_text};
use crate::engine::cluster::admission::field::Field;
use crate::engine::cluster::admission::json::to_json;
use crate::engine::syntax::is_valid_cidr_in_old_field;

/// What is wrong with a Node beside its metadata.
pub fn errors(node: &Field) -> Vec<ApiError> {
    let ranges = node.at(&["spec", "podCIDRs"]);
    let check = |range: &Field| invalid_text(&range.path, range.text(), is_valid_cidr_in_old_field(range.text()));
    let mut errors: Vec<ApiError> = ranges.items().iter().flat_map(check).collect();
    let v6 = ranges.list().iter().filter(|range| range.contains(':')).count();
    if ranges.len() > 2 || ranges.len() == 2 && v6 != 1 {
        let detail = "may specify no more than one CIDR for each IP family";
        errors.push(invalid(&ranges.path, to_json(ranges.node()), detail));
    }
    errors
}
