//! Fences of code blocks as CommonMark defines them (section 4.5), in lists and block quotes as well.

/// The fence that opens a block.
pub(super) struct Fence {
    /// How many block quotes it is in.
    quotes: usize,
    /// How far it is indented behind them.
    indent: usize,
    mark: char,
    length: usize,
}

impl Fence {
    /// The fence that a line opens, and its info string.
    pub(super) fn open(line: &str) -> Option<(Fence, &str)> {
        let mut quotes = 0;
        let mut rest = line;
        while let Some(inner) = without_quote(rest) {
            quotes += 1;
            rest = inner;
        }
        let text = rest.trim_start_matches([' ', '\t']);
        let mark = text
            .chars()
            .next()
            .filter(|mark| ['`', '~'].contains(mark))?;
        let info = text.trim_start_matches(mark);
        let fence = Fence {
            quotes,
            indent: rest.len() - text.len(),
            mark,
            length: text.len() - info.len(),
        };
        // Backticks behind three are inline code: ```a``` b.
        let is_fence = fence.length >= 3 && !(mark == '`' && info.contains('`'));
        is_fence.then_some((fence, info.trim()))
    }

    /// What precedes the fence on its line.
    pub(super) fn prefix<'line>(&self, line: &'line str) -> &'line str {
        line.split(self.mark).next().unwrap_or_default()
    }

    /// A line of the block without quote marks and the fence's own indentation; `None` behind the end of its quote.
    pub(super) fn content<'line>(&self, line: &'line str) -> Option<&'line str> {
        let mut rest = line;
        for _ in 0..self.quotes {
            rest = without_quote(rest)?;
        }
        let blanks = rest.len() - rest.trim_start_matches([' ', '\t']).len();
        Some(&rest[blanks.min(self.indent)..])
    }

    /// Whether a line of the block is its closing fence.
    pub(super) fn is_closed_by(&self, content: &str) -> bool {
        let text = content.trim();
        text.len() >= self.length && text.chars().all(|mark| mark == self.mark)
    }
}

/// A line behind its first quote mark and the blank after it.
fn without_quote(line: &str) -> Option<&str> {
    let rest = line.trim_start_matches([' ', '\t']).strip_prefix('>')?;
    Some(rest.strip_prefix(' ').unwrap_or(rest))
}
