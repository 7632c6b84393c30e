//! Duplicate keys of a mapping: the last value wins, and the earlier keys are recorded.

use super::reader::DuplicateKey;
use super::tree::YamlEntry;
use crate::diagnostic::Span;
use crate::sort;

/// The number of entries up to which all pairs of keys are compared.
const SHORT: usize = 8;

/// Removes all but the last entry of each key, and records the duplicates, except those from merged mappings.
pub(super) fn keep_last(
    entries: &mut Vec<YamlEntry>,
    mapping: Span,
    duplicates: &mut Vec<DuplicateKey>,
) {
    // Comparing all pairs is faster than sorting for most mappings, which are short and without duplicates.
    if entries.len() <= SHORT && !has_duplicates(entries) {
        return;
    }
    let mut order: Vec<usize> = (0..entries.len()).collect();
    sort::sort_by(&mut order, |&one, &other| {
        entries[one]
            .key
            .cmp(&entries[other].key)
            .then(one.cmp(&other))
    });
    let duplicated = sort::set(
        order
            .windows(2)
            .filter(|pair| entries[pair[0]].key == entries[pair[1]].key)
            .map(|pair| pair[0]),
    );
    if duplicated.is_empty() {
        return;
    }
    let mut index = 0;
    entries.retain(|entry| {
        let stays = !duplicated.contains(&index);
        index += 1;
        if !stays && entry.key_span.start >= mapping.start {
            duplicates.push(DuplicateKey {
                key: entry.key.to_string(),
                span: entry.key_span,
            });
        }
        stays
    });
}

fn has_duplicates(entries: &[YamlEntry]) -> bool {
    let mut rest = entries;
    while let Some((first, others)) = rest.split_first() {
        if others.iter().any(|other| other.key == first.key) {
            return true;
        }
        rest = others;
    }
    false
}
