//! Words that are nearly another: what was most likely meant.

/// The most that a misspelt word differs by, in letters.
const MOST: usize = 2;

/// By how many letters two words differ, when that is little enough to be a slip: one or two, and less than half of
/// the word.
pub fn slip(written: &str, meant: &str) -> Option<usize> {
    let length = written.chars().count().min(meant.chars().count());
    let distance = distance(written, meant);
    (1..=MOST)
        .contains(&distance)
        .then_some(distance)
        .filter(|distance| distance * 2 <= length)
}

/// How many letters must be put in, taken out, changed or swapped with their neighbour (optimal string alignment).
fn distance(one: &str, other: &str) -> usize {
    let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    if one.len().abs_diff(other.len()) > MOST {
        return MOST + 1;
    }
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=other.len()).collect();
    for (row, letter) in one.iter().enumerate() {
        let mut next = vec![row + 1];
        for (column, there) in other.iter().enumerate() {
            let changed = last[column] + usize::from(letter != there);
            let mut least = changed.min(last[column + 1] + 1).min(next[column] + 1);
            let is_swap =
                row > 0 && column > 0 && one[row - 1] == *there && other[column - 1] == *letter;
            if is_swap && letter != there {
                least = least.min(before[column - 1] + 1);
            }
            next.push(least);
        }
        before = std::mem::replace(&mut last, next);
    }
    last.last().copied().unwrap_or_default()
}

/// A text as it is written in YAML: plain where that is read back as the same text, else in quotes.
pub fn in_yaml(text: &str) -> String {
    const MEANS_SOMETHING: [&str; 11] = [
        "y", "n", "yes", "no", "on", "off", "true", "false", "null", "nan", "inf",
    ];
    let is_word = text.starts_with(|letter: char| letter.is_ascii_alphabetic())
        && text
            .chars()
            .all(|letter| letter.is_ascii_alphanumeric() || "-_.".contains(letter));
    let is_plain = is_word && !MEANS_SOMETHING.contains(&text.to_ascii_lowercase().as_str());
    if is_plain {
        text.to_owned()
    } else {
        serde_json::Value::from(text).to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_is_one_or_two_letters_of_a_longer_word() {
        let rows = [
            ("a letter left out", "kimo", "kimho", Some(1)),
            ("two letters swapped", "wbe-front", "web-front", Some(1)),
            ("another case", "Web", "web", Some(1)),
            ("the same word", "web", "web", None),
            ("another word", "web", "api", None),
            ("a short word has no room for slips", "a", "b", None),
        ];
        for (name, written, meant, expected) in rows {
            assert_eq!(slip(written, meant), expected, "{name}");
        }
    }

    #[test]
    fn a_text_that_yaml_would_read_as_something_else_is_quoted() {
        let rows = [
            ("kimho", "kimho"),
            ("on", "\"on\""),
            ("1.10", "\"1.10\""),
            ("", "\"\""),
        ];
        for (text, written) in rows {
            assert_eq!(in_yaml(text), written);
        }
    }
}
