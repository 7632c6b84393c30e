//! The two tables of kubectl's world, both made by Go's `text/tabwriter` with spaces.
//!
//! A column is a run of neighbouring lines that have a cell there which a tab ends; it is as wide as its widest cell and
//! the padding. Text after the last tab of a line belongs to no column, so that text without tabs ends the
//! columns around it.

use crate::sort;
use std::ops::Range;

/// How many columns a cell of `kubectl get` has at least, and how many are left free behind it (`printers.GetNewTabWriter`).
const GET: Spacing = Spacing { least: 6, free: 3 };

/// The same for `kubectl describe` (`describe.tabbedString`).
const DESCRIBE: Spacing = Spacing { least: 0, free: 2 };

#[derive(Clone, Copy)]
struct Spacing {
    least: usize,
    free: usize,
}

/// Rows of cells as `kubectl get` prints them; nothing when there are none.
pub(crate) fn table(rows: &[Vec<String>]) -> String {
    let lines: Vec<String> = rows.iter().map(|row| row.join("\t")).collect();
    align(&lines.join("\n"), GET)
}

/// What a describer writes, line by line, aligned when it is [finished](Page::finish).
#[derive(Default)]
pub(crate) struct Page(String);

impl Page {
    /// A line at a level of indentation, two spaces each (`PrefixWriter`).
    pub(crate) fn line(&mut self, level: usize, text: impl AsRef<str>) {
        self.0.push_str(&"  ".repeat(level));
        self.0.push_str(text.as_ref());
        self.0.push('\n');
    }

    /// `Title:` and, in the next column, its value.
    pub(crate) fn field(&mut self, title: &str, value: impl AsRef<str>) {
        self.line(0, format!("{title}:\t{}", value.as_ref()));
    }

    /// As [`Page::field`], unless the value is empty.
    pub(crate) fn field_if_set(&mut self, title: &str, value: impl AsRef<str>) {
        if !value.as_ref().is_empty() {
            self.field(title, value);
        }
    }

    /// `Title:` and its values below each other, `<none>` when there are none.
    pub(crate) fn list(&mut self, title: &str, values: &[String]) {
        match values {
            [] => self.field(title, "<none>"),
            values => self.field(title, values.join("\n\t")),
        }
    }

    /// The whole text, aligned.
    pub(crate) fn finish(self) -> String {
        align(&self.0, DESCRIBE)
    }
}

/// Puts every cell that a tab ends into its column (`tabwriter.Writer.format`).
fn align(text: &str, spacing: Spacing) -> String {
    let lines: Vec<Vec<&str>> = text
        .lines()
        .map(|line| line.split('\t').collect())
        .collect();
    let mut columns = Columns::default();
    for (place, cells) in lines.iter().enumerate() {
        columns.take(place, &cells[..cells.len().saturating_sub(1)], spacing);
    }
    let widths = columns.widths(lines.len());
    let mut aligned = String::with_capacity(text.len() * 2);
    for (cells, widths) in lines.iter().zip(&widths) {
        for (index, cell) in cells.iter().enumerate() {
            aligned.push_str(cell);
            let width = widths.get(index).copied().unwrap_or(0);
            aligned.push_str(&" ".repeat(width.saturating_sub(cell.chars().count())));
        }
        aligned.push('\n');
    }
    aligned
}

/// A run of lines with the same column, and its width.
struct Run {
    lines: Range<usize>,
    width: usize,
}

/// The columns of the lines so far, those still open by their position.
#[derive(Default)]
struct Columns {
    closed: Vec<(usize, Run)>,
    open: Vec<Run>,
}

impl Columns {
    fn take(&mut self, line: usize, cells: &[&str], spacing: Spacing) {
        self.close_from(cells.len());
        for (position, cell) in cells.iter().enumerate() {
            let width = (cell.chars().count() + spacing.free).max(spacing.least);
            match self.open.get_mut(position) {
                Some(run) => {
                    run.lines.end = line + 1;
                    run.width = run.width.max(width);
                }
                None => self.open.push(Run {
                    lines: line..line + 1,
                    width,
                }),
            }
        }
    }

    fn close_from(&mut self, position: usize) {
        let from = position.min(self.open.len());
        self.closed.extend((from..).zip(self.open.drain(from..)));
    }

    /// The widths of each line's columns.
    fn widths(mut self, lines: usize) -> Vec<Vec<usize>> {
        self.close_from(0);
        sort::sort_by_key(&mut self.closed, |(position, _)| *position);
        let mut widths = vec![Vec::new(); lines];
        for (_, run) in self.closed {
            widths[run.lines]
                .iter_mut()
                .for_each(|line: &mut Vec<usize>| line.push(run.width));
        }
        widths
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_column_is_as_wide_as_its_widest_cell_and_three() {
        let rows =
            [["NAME", "AGE"], ["web-12345", "3h"]].map(|row| row.map(str::to_owned).to_vec());
        assert_eq!(table(&rows), "NAME        AGE\nweb-12345   3h\n");
    }

    #[test]
    fn a_line_without_tabs_ends_the_columns() {
        let mut page = Page::default();
        page.field("Name", "web");
        page.line(0, "Subsets:");
        page.line(1, "Addresses:\t10.0.0.1");
        assert_eq!(
            page.finish(),
            "Name:  web\nSubsets:\n  Addresses:  10.0.0.1\n"
        );
    }

    #[test]
    fn no_rows_print_nothing() {
        assert_eq!(table(&[]), "");
    }

    #[test]
    fn a_second_column_may_begin_and_end_inside_a_first() {
        let mut page = Page::default();
        page.line(0, "a\tb\tc");
        page.line(0, "long\td");
        page.line(0, "e\tf\tg");
        assert_eq!(page.finish(), "a     b  c\nlong  d\ne     f  g\n");
    }
}
