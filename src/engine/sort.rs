//! Sorting, and gathering into sorted collections, by one piece of machine code for every type.
//!
//! The standard library writes its sorts out anew for each type and comparison, four kilobytes at a time, and
//! `BTreeMap::from_iter` sorts as well: together that was an eighth of the program a visitor downloads. Nothing here is
//! sorted often enough to need it. These functions find the order over indices, comparing through a pointer; what is
//! generic is only the call. They are stable and take O(n log n) comparisons, n where all is in order already.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

/// Sorts by the items' own order.
pub fn sort<T: Ord>(items: &mut [T]) {
    sort_by(items, T::cmp);
}

/// Sorts by a comparison; what compares equal keeps its order.
pub fn sort_by<T>(items: &mut [T], compare: impl Fn(&T, &T) -> Ordering) {
    let sources = sources(items.len(), &|one, other| {
        compare(&items[one], &items[other])
    });
    rearrange(sources, &mut |one, other| items.swap(one, other));
}

/// Sorts by a key, which is worked out once for each item; items of equal keys keep their order.
pub fn sort_by_key<T, K: Ord>(items: &mut [T], key: impl Fn(&T) -> K) {
    let keys: Vec<K> = items.iter().map(key).collect();
    let sources = sources(items.len(), &|one, other| keys[one].cmp(&keys[other]));
    rearrange(sources, &mut |one, other| items.swap(one, other));
}

/// A map of these entries; of two with one key the later stays.
pub fn map<K: Ord, V>(entries: impl IntoIterator<Item = (K, V)>) -> BTreeMap<K, V> {
    let mut map = BTreeMap::new();
    map.extend(entries);
    map
}

/// A set of these items.
pub fn set<T: Ord>(items: impl IntoIterator<Item = T>) -> BTreeSet<T> {
    let mut set = BTreeSet::new();
    set.extend(items);
    set
}

/// For each place the index of the item that belongs there.
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

/// Appends two sorted runs as one; of two equal items the left one comes first.
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

/// Brings every item from its source to its place, one cycle of exchanges after the other.
fn rearrange(mut sources: Vec<usize>, swap: &mut dyn FnMut(usize, usize)) {
    for start in 0..sources.len() {
        let mut place = start;
        loop {
            let source = std::mem::replace(&mut sources[place], place);
            if source == start {
                break;
            }
            swap(place, source);
            place = source;
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
    fn what_is_in_order_takes_one_look_at_each_item() {
        let looks = std::cell::Cell::new(0);
        let compare = |one: &i32, other: &i32| {
            looks.set(looks.get() + 1);
            one.cmp(other)
        };
        let mut items: Vec<i32> = (0..1000).collect();
        sort_by(&mut items, compare);
        assert_eq!((items, looks.get()), ((0..1000).collect(), 999));
    }

    #[test]
    fn the_later_of_two_entries_with_one_key_stays() {
        assert_eq!(
            map([("a", 1), ("b", 2), ("a", 3)]),
            BTreeMap::from([("a", 3), ("b", 2)])
        );
        assert_eq!(set([2, 1, 2]), BTreeSet::from([1, 2]));
    }
}
