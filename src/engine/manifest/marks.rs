//! Converts the parser's positions, which count characters, into positions with byte offsets.

use crate::diagnostic::{Position, Span};

/// Converts positions. They come nearly in order, so each conversion starts from the previous one.
pub(super) struct Marks<'text> {
    text: &'text str,
    is_ascii: bool,
    character: usize,
    byte: usize,
    /// The start of each line, if the parsed text has other line breaks than the original.
    lines: Vec<usize>,
}

impl<'text> Marks<'text> {
    /// Converts positions in `text`.
    pub(super) fn new(text: &'text str) -> Self {
        Marks {
            text,
            is_ascii: text.is_ascii(),
            character: 0,
            byte: 0,
            lines: Vec::new(),
        }
    }

    /// Converts positions in `text`, if the parsed text has as many characters but other line breaks.
    pub(super) fn of_relaxed(text: &'text str) -> Self {
        let lines = std::iter::once(0)
            .chain(text.match_indices('\n').map(|(index, _)| index + 1))
            .collect();
        Marks {
            lines,
            ..Marks::new(text)
        }
    }

    /// Converts a span.
    pub(super) fn span(&mut self, span: saphyr_parser::Span) -> Span {
        Span {
            start: self.position(span.start),
            end: self.position(span.end),
        }
    }

    /// Converts a position.
    pub(super) fn position(&mut self, mark: saphyr_parser::Marker) -> Position {
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
