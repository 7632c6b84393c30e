//! Layout that is invalid in YAML 1.2 but accepted by goyaml, a YAML 1.1 parser.
//!
//! goyaml ignores indentation inside brackets and accepts tabs there, so JSON indented with tabs, or a `]` at the margin,
//! is valid; a tab may also follow a key's colon. Our parser supports YAML 1.2 only. If it fails because of these, the
//! text is parsed again with spaces instead. The number of characters stays the same, so positions stay valid.

use saphyr_parser::ScanError;

/// The text with spaces for the layout that the parser rejected; `None` if the error has another cause.
pub(super) fn relax(text: &str, error: &ScanError) -> Option<String> {
    let mark = text
        .char_indices()
        .nth(error.marker().index())
        .map_or(text.len(), |(index, _)| index);
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
    let blank = blank_out(&text[from..to]);
    (blank != text[from..to]).then(|| [&text[..from], &blank, &text[to..]].concat())
}

/// The start and end of the innermost bracket that is open at `mark`.
fn brackets(text: &str, mark: usize) -> Option<(usize, usize)> {
    let from = opening(&text[..mark])?;
    let mut depth = 0_usize;
    let closes = |(index, bracket): (usize, char)| {
        match bracket {
            '[' | '{' => depth += 1,
            ']' | '}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        (depth == 0).then_some(from + index + 1)
    };
    Some((
        from,
        ClassifiedChars::new(&text[from..])
            .outside()
            .find_map(closes)
            .unwrap_or(text.len()),
    ))
}

/// The index of the last bracket of a text that is not closed.
pub(super) fn opening(before: &str) -> Option<usize> {
    let mut closed = 0_usize;
    for (index, bracket) in before.char_indices().rev() {
        match bracket {
            ']' | '}' => closed += 1,
            '[' | '{' if closed == 0 => return Some(index),
            '[' | '{' => closed -= 1,
            _ => {}
        }
    }
    None
}

/// Replaces line breaks, tabs and comments with spaces, except in quotes.
fn blank_out(text: &str) -> String {
    ClassifiedChars::new(text)
        .map(|(_, letter, part)| match (part, letter) {
            (CharClass::Comment, _) | (CharClass::Outside, '\n' | '\r' | '\t') => ' ',
            (CharClass::Outside | CharClass::Quoted, letter) => letter,
        })
        .collect()
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum CharClass {
    Outside,
    Quoted,
    Comment,
}

/// The characters of a text inside brackets, classified as quoted, comment or neither.
struct ClassifiedChars<'text> {
    letters: std::str::CharIndices<'text>,
    part: CharClass,
    quote: char,
    previous: char,
}

impl<'text> ClassifiedChars<'text> {
    fn new(text: &'text str) -> Self {
        ClassifiedChars {
            letters: text.char_indices(),
            part: CharClass::Outside,
            quote: ' ',
            previous: ' ',
        }
    }

    fn outside(self) -> impl Iterator<Item = (usize, char)> + 'text {
        self.filter(|(_, _, part)| *part == CharClass::Outside)
            .map(|(index, letter, _)| (index, letter))
    }
}

impl Iterator for ClassifiedChars<'_> {
    type Item = (usize, char, CharClass);

    fn next(&mut self) -> Option<Self::Item> {
        let (index, letter) = self.letters.next()?;
        let before = std::mem::replace(&mut self.previous, letter);
        let part = self.part;
        self.part = match (part, letter) {
            (CharClass::Outside, '"' | '\'')
                if before.is_whitespace() || "[{,:".contains(before) =>
            {
                self.quote = letter;
                CharClass::Quoted
            }
            (CharClass::Outside, '#') if before.is_whitespace() => CharClass::Comment,
            (CharClass::Comment, '\n') => CharClass::Outside,
            (CharClass::Quoted, '\\') if before == '\\' => {
                self.previous = ' ';
                CharClass::Quoted
            }
            (CharClass::Quoted, letter)
                if letter == self.quote && !(letter == '"' && before == '\\') =>
            {
                CharClass::Outside
            }
            (part, _) => part,
        };
        let now = if self.part == CharClass::Comment {
            CharClass::Comment
        } else {
            part
        };
        Some((index, letter, now))
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
    fn positions_are_those_of_the_original_text() {
        let tree = read("a: [\nö,\n  b\n]\nc: d\n").expect("is YAML").tree;
        let b = tree.entries()[0].value.items()[1].span.start;
        let c = tree.entries()[1].key_span.start;
        assert_eq!((b.line, b.column, b.offset), (3, 3, 11));
        assert_eq!((c.line, c.column), (5, 1));
    }
}
