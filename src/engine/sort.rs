//! Sorting with one copy of machine code for all types, to keep the download small.
//!
//! The standard library compiles its sorts for each type and comparison, 4 kB each, and `BTreeMap::from_iter` sorts too:
//! an eighth of the program's size (docs/decisions/011-one-sort.md). These functions sort indices and compare through a
//! pointer; only the call is generic. They are stable and need O(n log n) comparisons, O(n) for sorted input.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

/// Sorts by the items' order (`Ord`).
pub fn sort<T: Ord>(items: &mut [T]) {
    sort_by(items, T::cmp);
}

/// Sorts by a comparison. Equal items keep their order.
pub fn sort_by<T>(items: &mut [T], compare: impl Fn(&T, &T) -> Ordering) {
    let sources = sources(items.len(), &|one, other| {
        compare(&items[one], &items[other])
    });
    rearrange(sources, &mut |one, other| items.swap(one, other));
}

/// Sorts by a key, computed once per item. Items with equal keys keep their order.
pub fn sort_by_key<T, K: Ord>(items: &mut [T], key: impl Fn(&T) -> K) {
    let keys: Vec<K> = items.iter().map(key).collect();
    let sources = sources(items.len(), &|one, other| keys[one].cmp(&keys[other]));
    rearrange(sources, &mut |one, other| items.swap(one, other));
}

/// A map of the entries. Of entries with equal keys, the last one is kept.
pub fn map<K: Ord, V>(entries: impl IntoIterator<Item = (K, V)>) -> BTreeMap<K, V> {
    let mut map = BTreeMap::new();
    map.extend(entries);
    map
}

/// A set of the items.
pub fn set<T: Ord>(items: impl IntoIterator<Item = T>) -> BTreeSet<T> {
    let mut set = BTreeSet::new();
    set.extend(items);
    set
}

/// For each position of the sorted list, the index of its item.
fn sources(count: usize, compare: &dyn Fn(usize, usize) -> Ordering) -> Vec<usize> {
    let mut sorted: Vec<usize> = (0..count).collect();
    let mut merged = Vec::with_capacity(count);
    let mut length = 1;
    while length < count {
        for pair in sorted.chunks(2 * length) {
            let (left, right) = pair.split_at(length.min(pair.len()));
            merge(left, right, &mut merged, compare);
        }
        std::mem::swap(&mut sorted, &mut merged);
        merged.clear();
        length *= 2;
    }
    sorted
}

/// Appends the merge of two sorted runs. Of equal items, the left one comes first.
fn merge(
    mut left: &[usize],
    mut right: &[usize],
    merged: &mut Vec<usize>,
    compare: &dyn Fn(usize, usize) -> Ordering,
) {
    let is_after = |one: Option<&usize>, other: Option<&usize>| match (one, other) {
        (Some(&one), Some(&other)) => compare(one, other) == Ordering::Greater,
        (None, _) | (_, None) => false,
    };
    if is_after(left.last(), right.first()) {
        while let (Some((&one, after_one)), Some((&other, after_other))) =
            (left.split_first(), right.split_first())
        {
            if compare(one, other) == Ordering::Greater {
                merged.push(other);
                right = after_other;
            } else {
                merged.push(one);
                left = after_one;
            }
        }
    }
    merged.extend_from_slice(left);
    merged.extend_from_slice(right);
}

/// Moves every item to its position by swaps, one cycle of the permutation after the other.
fn rearrange(mut sources: Vec<usize>, swap: &mut dyn FnMut(usize, usize)) {
    for start in 0..sources.len() {
        let mut target = start;
        loop {
            let source = std::mem::replace(&mut sources[target], target);
            if source == start {
                break;
            }
            swap(target, source);
            target = source;
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::collection::vec;
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn items_are_sorted_as_the_standard_library_sorts_them(items in vec((0u8..9, any::<u16>()), 0..70)) {
            let (mut ours, mut theirs) = (items.clone(), items);
            sort_by_key(&mut ours, |item| item.0);
            theirs.sort_by_key(|item| item.0);
            prop_assert_eq!(&ours, &theirs);
            sort(&mut ours);
            theirs.sort();
            prop_assert_eq!(ours, theirs);
        }
    }

    #[test]
    fn sorted_items_take_one_comparison_each() {
        let comparisons = std::cell::Cell::new(0);
        let compare = |one: &i32, other: &i32| {
            comparisons.set(comparisons.get() + 1);
            one.cmp(other)
        };
        let mut items: Vec<i32> = (0..1000).collect();
        sort_by(&mut items, compare);
        assert_eq!((items, comparisons.get()), ((0..1000).collect(), 999));
    }

    #[test]
    fn the_last_of_two_entries_with_one_key_is_kept() {
        assert_eq!(
            map([("a", 1), ("b", 2), ("a", 3)]),
            BTreeMap::from([("a", 3), ("b", 2)])
        );
        assert_eq!(set([2, 1, 2]), BTreeSet::from([1, 2]));
    }
}
