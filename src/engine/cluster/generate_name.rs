//! The endings Kubernetes gives to names it makes: `web-7d9f8c6b5d-x2x8k`.
//!
//! A server draws them at random; kubehop draws them from what the name is made for, so that the same text gives the
//! same names (apimachinery `util/rand`, apiserver `storage/names`).

use crate::engine::fnv::{fnv32a, fnv64a};

/// The letters and digits that spell no words (`rand.alphanums`).
const ALPHABET: &[u8; 27] = b"bcdfghjklmnpqrstvwxz2456789";
/// How long a random ending is (`names.randomLength`).
const LENGTH: u32 = 5;
/// How much of a base is kept, so that base and ending fit 63 characters (`names.MaxGeneratedNameLength`).
const LONGEST_BASE: usize = 58;

/// What `metadata.generateName: base` becomes; `seed` stands in for chance.
pub fn generated_name(base: &str, seed: &str) -> String {
    let kept = base
        .char_indices()
        .map(|(place, _)| place)
        .find(|&place| place >= LONGEST_BASE);
    let base = &base[..kept.unwrap_or(base.len())];
    let hash = fnv64a(seed.as_bytes());
    // The low bits of FNV differ little between seeds that differ in their last byte; the high ones are folded in.
    let mixed = hash ^ (hash >> 29);
    let ending = (0..LENGTH).map(|place| letter(mixed / 27_u64.pow(place) % 27));
    base.chars().chain(ending).collect()
}

/// The hash a Deployment marks its ReplicaSet's pods with: a number whose digits are spelled in the same letters
/// (`rand.SafeEncodeString`).
pub fn template_hash(template: &str) -> String {
    fnv32a(template.as_bytes())
        .to_string()
        .bytes()
        .map(|digit| letter(u64::from(digit) % 27))
        .collect()
}

fn letter(number: u64) -> char {
    let place = usize::try_from(number).unwrap_or_default();
    ALPHABET.get(place).map_or('b', |&byte| char::from(byte))
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
