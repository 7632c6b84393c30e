//! Generated names: `web-7d9f8c6b5d-x2x8k` (apimachinery `pkg/util/rand`, apiserver `pkg/storage/names`).
//!
//! Kubernetes generates suffixes at random; kubehop derives them from a seed text, so that equal manifests give equal
//! names.

use crate::fnv::{fnv32a, fnv64a};

/// The characters of suffixes, chosen so that they form no words (`rand.alphanums`).
const ALPHABET: &[u8; 27] = b"bcdfghjklmnpqrstvwxz2456789";
/// The length of a suffix (`names.randomLength`).
const LENGTH: u32 = 5;
/// The maximum length of the prefix, so that the name has at most 63 characters (`names.MaxGeneratedNameLength`).
const MAX_BASE: usize = 58;

/// The name for `metadata.generateName: base`. The seed replaces randomness.
pub fn generated_name(base: &str, seed: &str) -> String {
    let mut boundaries = base.char_indices().map(|(index, _)| index);
    let end = boundaries.find(|&index| index >= MAX_BASE);
    let base = &base[..end.unwrap_or(base.len())];
    let hash = fnv64a(seed.as_bytes());
    // FNV's low bits differ little between seeds that differ in their last byte, so the high bits are mixed in.
    let mixed = hash ^ (hash >> 29);
    let suffix = (0..LENGTH).map(|digit| character(mixed / 27_u64.pow(digit) % 27));
    base.chars().chain(suffix).collect()
}

/// The `pod-template-hash` of a Deployment: a number with its digits replaced by the same characters
/// (`rand.SafeEncodeString`).
pub fn template_hash(template: &str) -> String {
    fnv32a(template.as_bytes())
        .to_string()
        .bytes()
        .map(|digit| character(u64::from(digit) % 27))
        .collect()
}

/// The `metadata.uid` of an object, a UUID of version 4. What replaces randomness is the object's name.
pub fn generated_uid(kind: &str, namespace: &str, name: &str) -> String {
    let [high, low] = ["uid", "of"].map(|word| {
        let seed = format!("{word} {kind} {namespace}/{name}");
        fnv64a(seed.as_bytes())
    });
    let (start, middle, end) = (high >> 32, high >> 16 & 0xffff, high & 0xfff);
    let (variant, node) = (0x8000 | (low >> 48 & 0x3fff), low & 0xffff_ffff_ffff);
    format!("{start:08x}-{middle:04x}-4{end:03x}-{variant:04x}-{node:012x}")
}

fn character(number: u64) -> char {
    let index = usize::try_from(number).unwrap_or_default();
    ALPHABET.get(index).map_or('b', |&byte| char::from(byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_gives_the_same_name_and_another_seed_another() {
        let name = generated_name("web-", "a");
        assert_eq!(name, generated_name("web-", "a"));
        assert_ne!(name, generated_name("web-", "b"));
        assert_eq!(name.len(), "web-".len() + 5);
        assert!(name.bytes().skip(4).all(|byte| ALPHABET.contains(&byte)));
    }

    #[test]
    fn a_uid_has_the_form_of_a_random_one() {
        let uid = generated_uid("ReplicaSet", "default", "web");
        let parts: Vec<usize> = uid.split('-').map(str::len).collect();
        assert_eq!(parts, [8, 4, 4, 4, 12]);
        assert!(uid[14..].starts_with('4') && "89ab".contains(&uid[19..20]));
        assert_ne!(uid, generated_uid("ReplicaSet", "default", "api"));
    }

    #[test]
    fn a_long_base_is_cut_so_that_the_name_is_a_label() {
        assert_eq!(generated_name(&"a".repeat(80), "x").len(), 63);
    }

    #[test]
    fn a_template_hash_spells_digits_as_a_server_does() {
        assert!(
            template_hash("anything")
                .bytes()
                .all(|byte| b"456789bcdf".contains(&byte))
        );
    }
}
