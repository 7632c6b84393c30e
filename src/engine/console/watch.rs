//! `kubectl get … -w`: rows that follow as things happen.

use super::{Output, Shell, run};
use crate::sort;

/// The line that ends a watch, as a terminal shows Ctrl+C.
pub const INTERRUPT: &str = "^C";

/// A line that is open, with what it has printed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Watch {
    line: String,
    printed: String,
}

impl Watch {
    /// The watch of a line, pipes included, that printed this.
    pub(super) fn new(line: &str, printed: &str) -> Watch {
        Watch {
            line: line.to_owned(),
            printed: printed.to_owned(),
        }
    }

    /// Prints the rows that are new or differ from before, and once more those of objects that are gone.
    pub fn follow(&mut self, shell: Shell<'_>) -> Output {
        let now = run(shell, &self.line).stdout;
        let before = std::mem::replace(&mut self.printed, now.clone());
        let (old, new) = (rows(&before), rows(&now));
        let known = sort::set(old.iter().map(|(cells, _)| cells));
        // In all namespaces, two words name an object.
        let length = if now.starts_with("NAMESPACE ") { 2 } else { 1 };
        let name = |cells: &[&str]| cells.get(..length).map(|own| own.join("/"));
        let here = sort::set(new.iter().map(|(cells, _)| name(cells)));
        let gone = old.iter().filter(|(cells, _)| !here.contains(&name(cells)));
        let changed = new.iter().filter(|(cells, _)| !known.contains(cells));
        let rows = gone.chain(changed);
        Output::answer(rows.map(|(_, row)| format!("{row}\n")).collect())
    }
}

/// The lines with their words, whatever is between them.
fn rows(text: &str) -> Vec<(Vec<&str>, &str)> {
    let lines = text.lines().filter(|line| !line.is_empty());
    lines
        .map(|line| (line.split_whitespace().collect(), line))
        .collect()
}
