//! Texts that are too long to be kept at once: the browser's storage is synchronous, and a megabyte takes it 20 ms.
//!
//! The entry of such a text says where its parts are, which are entries of their own: `kubehop.part.NAME STAMP INDEX`. It
//! is written last, so that a page that ends before keeps the text that was there. Another text has another stamp.

use web_sys::Storage;

/// How an entry begins that only says where the parts are: their stamp, how many there are, and their length together in
/// UTF-16 units.
const MARK: &str = "\u{1}";

/// How the names of parts begin; the name of the text and a space follow.
const PREFIX: &str = "kubehop.part.";

/// A text that is being written, a part after the other.
pub(crate) struct LongText {
    storage: Option<Storage>,
    name: String,
    stamp: String,
    count: usize,
    length: usize,
}

impl LongText {
    /// Nothing is written of it yet.
    pub(super) fn new(storage: Option<Storage>, name: &str, stamp: String) -> LongText {
        LongText {
            storage,
            name: name.to_owned(),
            stamp,
            count: 0,
            length: 0,
        }
    }

    /// Writes the next part; `false` if there is no room for it. `whole` is about as long as the text will be: if what
    /// was there before takes the room that is missing, it goes.
    pub(crate) fn add(&mut self, part: &str, whole: usize) -> bool {
        let Some(storage) = &self.storage else {
            return false;
        };
        let name = part_name(&self.name, &self.stamp, self.count);
        let mut is_kept = storage.set_item(&name, part).is_ok();
        if !is_kept && self.length + length_before(storage, &self.name) >= whole {
            remove(storage, &self.name, Some(&self.stamp));
            is_kept = storage.set_item(&name, part).is_ok();
        }
        if is_kept {
            self.count += 1;
            self.length += part.len();
        }
        is_kept
    }

    /// The text is what is kept from now on.
    pub(crate) fn finish(self) -> bool {
        let Some(storage) = &self.storage else {
            return false;
        };
        let LongText {
            stamp,
            count,
            length,
            ..
        } = &self;
        let head = format!("{MARK}{stamp} {count} {length}");
        let is_kept = storage.set_item(&self.name, &head).is_ok();
        remove_parts(storage, &self.name, is_kept.then_some(stamp.as_str()));
        is_kept
    }

    /// The text will not be kept.
    pub(crate) fn discard(self) {
        if let Some(storage) = &self.storage {
            for index in 0..self.count {
                let _ = storage.remove_item(&part_name(&self.name, &self.stamp, index));
            }
        }
    }
}

fn part_name(name: &str, stamp: &str, index: usize) -> String {
    format!("{PREFIX}{name} {stamp} {index}")
}

/// What is kept under a name; `None` if a part of it is missing.
pub(super) fn whole(storage: &Storage, name: &str) -> Option<String> {
    let entry = storage.get_item(name).ok()??;
    let Some((stamp, count, _)) = head(&entry) else {
        return Some(entry);
    };
    let mut text = String::new();
    for index in 0..count {
        text += &storage.get_item(&part_name(name, stamp, index)).ok()??;
    }
    Some(text)
}

/// The start of what is kept under a name, which has its first line.
pub(super) fn start(storage: &Storage, name: &str) -> Option<String> {
    let entry = storage.get_item(name).ok()??;
    let Some((stamp, _, _)) = head(&entry) else {
        return Some(entry);
    };
    storage.get_item(&part_name(name, stamp, 0)).ok()?
}

/// Removes what is kept under a name, but not the parts with a stamp.
pub(super) fn remove(storage: &Storage, name: &str, but: Option<&str>) {
    let _ = storage.remove_item(name);
    remove_parts(storage, name, but);
}

/// Removes the parts of a name, but not those with a stamp.
pub(super) fn remove_parts(storage: &Storage, name: &str, but: Option<&str>) {
    let own = format!("{PREFIX}{name} ");
    let count = storage.length().unwrap_or_default();
    let names: Vec<String> = (0..count)
        .filter_map(|index| storage.key(index).ok().flatten())
        .collect();
    for part in names {
        let of = part
            .strip_prefix(&own)
            .and_then(|rest| rest.split_once(' '));
        if of.is_some_and(|(stamp, _)| Some(stamp) != but) {
            let _ = storage.remove_item(&part);
        }
    }
}

fn length_before(storage: &Storage, name: &str) -> usize {
    let entry = storage.get_item(name).ok().flatten().unwrap_or_default();
    head(&entry).map_or(entry.len(), |(_, _, length)| length)
}

/// The stamp, count and length in an entry.
fn head(entry: &str) -> Option<(&str, usize, usize)> {
    let mut words = entry.strip_prefix(MARK)?.split(' ');
    let stamp = words.next()?;
    Some((
        stamp,
        words.next()?.parse().ok()?,
        words.next()?.parse().ok()?,
    ))
}
