//! Layout that YAML 1.2 refuses and goyaml, a YAML 1.1 reader, does not mind.
//!
//! Inside brackets goyaml ignores indentation and takes tabs for blanks, so that JSON indented with tabs, or a `]` at the
//! margin, is fine; and a tab may follow the colon of a key. Our parser knows YAML 1.2 only. When it stumbles over one of
//! these, the text is read again with blanks in their place: as many characters as before, so every place stays true.

use saphyr_parser::ScanError;

/// The text with blanks for the layout the parser stumbled over; none when that is not what is wrong.
pub fn relaxed(text: &str, error: &ScanError) -> Option<String> {
    let mark = text
        .char_indices()
        .nth(error.marker().index())
        .map_or(text.len(), |(place, _)| place);
    let (from, to) = match error.info() {
        "invalid indentation"
        | "invalid indentation in flow construct"
        | "tabs disallowed within this context (block indentation)"
        | "tab cannot be used as indentation" => brackets(text, mark)?,
        "':' must be followed by a valid YAML whitespace" => {
            (text[..mark].trim_end_matches([' ', '\t']).len(), mark)
        }
        _ => return None,
    };
    let blank = blanked(&text[from..to]);
    (blank != text[from..to]).then(|| [&text[..from], &blank, &text[to..]].concat())
}

/// The innermost bracket that is open at `mark`, up to where it closes.
fn brackets(text: &str, mark: usize) -> Option<(usize, usize)> {
    let from = opening(&text[..mark])?;
    let mut depth = 0_usize;
    let closes = |(place, bracket): (usize, char)| {
        match bracket {
            '[' | '{' => depth += 1,
            ']' | '}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        (depth == 0).then_some(from + place + 1)
    };
    Some((
        from,
        Words::new(&text[from..])
            .outside()
            .find_map(closes)
            .unwrap_or(text.len()),
    ))
}

/// The last bracket of a text that does not close in it.
pub fn opening(before: &str) -> Option<usize> {
    let mut closed = 0_usize;
    for (place, bracket) in before.char_indices().rev() {
        match bracket {
            ']' | '}' => closed += 1,
            '[' | '{' if closed == 0 => return Some(place),
            '[' | '{' => closed -= 1,
            _ => {}
        }
    }
    None
}

/// A stretch of text with blanks for its line ends, tabs and comments, except in quotes.
fn blanked(text: &str) -> String {
    Words::new(text)
        .map(|(_, letter, part)| match (part, letter) {
            (Part::Comment, _) | (Part::Outside, '\n' | '\r' | '\t') => ' ',
            (Part::Outside | Part::Quoted, letter) => letter,
        })
        .collect()
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    Outside,
    Quoted,
    Comment,
}

/// The characters of a stretch inside brackets, and whether each is quoted or in a comment.
struct Words<'text> {
    letters: std::str::CharIndices<'text>,
    part: Part,
    quote: char,
    previous: char,
}

impl<'text> Words<'text> {
    fn new(text: &'text str) -> Self {
        Words {
            letters: text.char_indices(),
            part: Part::Outside,
            quote: ' ',
            previous: ' ',
        }
    }

    fn outside(self) -> impl Iterator<Item = (usize, char)> + 'text {
        self.filter(|(_, _, part)| *part == Part::Outside)
            .map(|(place, letter, _)| (place, letter))
    }
}

impl Iterator for Words<'_> {
    type Item = (usize, char, Part);

    fn next(&mut self) -> Option<Self::Item> {
        let (place, letter) = self.letters.next()?;
        let before = std::mem::replace(&mut self.previous, letter);
        let part = self.part;
        self.part = match (part, letter) {
            (Part::Outside, '"' | '\'') if before.is_whitespace() || "[{,:".contains(before) => {
                self.quote = letter;
                Part::Quoted
            }
            (Part::Outside, '#') if before.is_whitespace() => Part::Comment,
            (Part::Comment, '\n') => Part::Outside,
            (Part::Quoted, '\\') if before == '\\' => {
                self.previous = ' ';
                Part::Quoted
            }
            (Part::Quoted, letter)
                if letter == self.quote && !(letter == '"' && before == '\\') =>
            {
                Part::Outside
            }
            (part, _) => part,
        };
        let now = if self.part == Part::Comment {
            Part::Comment
        } else {
            part
        };
        Some((place, letter, now))
    }
}

#[cfg(test)]
mod tests {
    use super::super::reader::read;

    #[test]
    fn inside_brackets_layout_does_not_matter() {
        for (what, text, json) in [
            (
                "a bracket at the margin",
                "a:\n  b: [\n  x,\n]\nd: e\n",
                r#"{"a":{"b":["x"]},"d":"e"}"#,
            ),
            (
                "values at the margin",
                "a: {\nb: c, # d\ne: \"#\"\n}\n",
                r##"{"a":{"b":"c","e":"#"}}"##,
            ),
            (
                "tabs",
                "a: {\n\tb: [\n\t\tc\n\t]\n}\n",
                r#"{"a":{"b":["c"]}}"#,
            ),
            (
                "JSON with tabs",
                "{\n\t\"a\": {\n\t\t\"b\": 1\n\t}\n}\n",
                r#"{"a":{"b":1}}"#,
            ),
            (
                "a tab behind a colon",
                "a:\tb\nc:\t\td\n",
                r#"{"a":"b","c":"d"}"#,
            ),
        ] {
            let read = read(text).expect(what);
            assert_eq!(
                serde_json::to_string(&read.tree).expect("a tree is JSON"),
                json,
                "{what}"
            );
        }
    }

    #[test]
    fn places_are_those_of_the_text_as_written() {
        let tree = read("a: [\nö,\n  b\n]\nc: d\n").expect("is YAML").tree;
        let b = tree.entries()[0].value.items()[1].span.start;
        let c = tree.entries()[1].key_span.start;
        assert_eq!((b.line, b.column, b.offset), (3, 3, 11));
        assert_eq!((c.line, c.column), (5, 1));
    }
}
