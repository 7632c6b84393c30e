//! Words that differ by a typo.

/// The most edits that still count as a typo.
const MAX_EDITS: usize = 2;

/// The number of edits between two words if it is small enough for a typo: one or two, and at most half of the shorter
/// word. An edit inserts, deletes or replaces a character, or swaps two neighbours.
pub fn typo_distance(written: &str, meant: &str) -> Option<usize> {
    let lengths = [written, meant].map(|word| word.chars().count());
    if lengths[0].abs_diff(lengths[1]) > MAX_EDITS {
        return None;
    }
    let edits = strsim::osa_distance(written, meant);
    let max = MAX_EDITS.min(lengths[0].min(lengths[1]) / 2);
    (1..=max).contains(&edits).then_some(edits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_typo_is_one_or_two_letters_of_a_longer_word() {
        let rows = [
            ("a letter left out", "kimo", "kimho", Some(1)),
            ("two letters swapped", "wbe-front", "web-front", Some(1)),
            ("another case", "Web", "web", Some(1)),
            ("the same word", "web", "web", None),
            ("another word", "web", "api", None),
            ("a short word has no room for typos", "a", "b", None),
        ];
        for (name, written, meant, expected) in rows {
            assert_eq!(typo_distance(written, meant), expected, "{name}");
        }
    }
}
