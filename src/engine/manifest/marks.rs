//! Where the parser's marks are in the text, in bytes: the parser counts characters.

use crate::engine::diagnostic::{Position, Span};

/// Turns the parser's places into ours. Places come nearly in order, so the last one is remembered and walked from.
pub struct Marks<'text> {
    text: &'text str,
    is_ascii: bool,
    character: usize,
    byte: usize,
    /// Where each line begins, when the parser was given other line ends than the text has.
    lines: Vec<usize>,
}

impl<'text> Marks<'text> {
    /// For the places of `text`.
    pub fn new(text: &'text str) -> Self {
        Marks {
            text,
            is_ascii: text.is_ascii(),
            character: 0,
            byte: 0,
            lines: Vec::new(),
        }
    }

    /// For the places of `text` when what was parsed has as many characters, but not the same lines.
    pub fn of_relaxed(text: &'text str) -> Self {
        let lines = std::iter::once(0)
            .chain(text.match_indices('\n').map(|(place, _)| place + 1))
            .collect();
        Marks {
            lines,
            ..Marks::new(text)
        }
    }

    /// The stretch between two marks.
    pub fn span(&mut self, span: saphyr_parser::Span) -> Span {
        Span {
            start: self.position(span.start),
            end: self.position(span.end),
        }
    }

    /// The place of a mark.
    pub fn position(&mut self, mark: saphyr_parser::Marker) -> Position {
        let offset = if self.is_ascii {
            mark.index().min(self.text.len())
        } else {
            self.walk_to(mark.index())
        };
        let line = self.lines.partition_point(|&start| start <= offset);
        let (line, column) = match line
            .checked_sub(1)
            .and_then(|before| self.lines.get(before))
        {
            Some(&start) => (line, self.text[start..offset].chars().count()),
            None => (mark.line(), mark.col()),
        };
        Position {
            line: line as u32,
            column: column as u32 + 1,
            offset: offset as u32,
        }
    }

    fn walk_to(&mut self, character: usize) -> usize {
        while self.character < character {
            let Some(next) = self.text[self.byte..].chars().next() else {
                break;
            };
            self.byte += next.len_utf8();
            self.character += 1;
        }
        while self.character > character {
            let Some(previous) = self.text[..self.byte].chars().next_back() else {
                break;
            };
            self.byte -= previous.len_utf8();
            self.character -= 1;
        }
        self.byte
    }
}
