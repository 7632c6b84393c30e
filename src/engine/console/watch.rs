//! `kubectl get … -w`: rows that follow as things happen.

use super::{Output, Shell, run};
use crate::names::ObjectName;
use crate::sort;

/// The line that ends a watch, as a terminal shows Ctrl+C.
pub const INTERRUPT: &str = "^C";

/// A line that is open, with what it has printed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Watch {
    line: String,
    rows: Vec<Row>,
}

/// A row that was printed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Row {
    /// What it is about.
    pub subject: RowSubject,
    /// What is in its columns.
    pub cells: Vec<String>,
    /// The line.
    pub printed: String,
}

/// What a row is about.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum RowSubject {
    /// The titles of the columns.
    Header,
    /// An object.
    Object(ObjectName),
    /// The first words of a line that went through a pipe or is no row of a table.
    Words(String),
}

impl Watch {
    /// The watch of a line, pipes included, that printed these rows; without any, the lines count.
    pub(super) fn new(line: &str, rows: &[Row], printed: &str) -> Watch {
        Watch {
            line: line.to_owned(),
            rows: match rows {
                [] => rows_of_lines(printed),
                rows => rows.to_vec(),
            },
        }
    }

    /// Prints the rows that are new or differ from before, and once more those of objects that are gone.
    pub fn follow(&mut self, shell: Shell<'_>) -> Output {
        let output = run(shell, &self.line);
        let now = Watch::new(&self.line, &output.rows, &output.stdout);
        let before = std::mem::replace(self, now).rows;
        let known = sort::set(before.iter().map(|row| (&row.subject, &row.cells)));
        let here = sort::set(self.rows.iter().map(|row| &row.subject));
        let is_gone = |row: &&Row| match &row.subject {
            RowSubject::Header => false,
            subject => !here.contains(subject),
        };
        let is_news = |row: &&Row| !known.contains(&(&row.subject, &row.cells));
        let gone = before.iter().filter(is_gone);
        let rows = gone.chain(self.rows.iter().filter(is_news));
        Output::answer(rows.map(|row| format!("{}\n", row.printed)).collect())
    }
}

/// The lines with their words, whatever is between them.
fn rows_of_lines(text: &str) -> Vec<Row> {
    // In all namespaces, two words name an object.
    let length = if text.starts_with("NAMESPACE ") { 2 } else { 1 };
    let row = |line: &str| {
        let words: Vec<&str> = line.split_whitespace().collect();
        let first = words.get(..length).unwrap_or(&words);
        Row {
            subject: RowSubject::Words(first.join("/")),
            cells: words.iter().map(|&word| word.to_owned()).collect(),
            printed: line.to_owned(),
        }
    };
    let lines = text.lines().filter(|line| !line.is_empty());
    lines.map(row).collect()
}

#[cfg(test)]
mod tests {
    use crate::cluster::Config;
    use crate::console::kubectl::Clock;
    use crate::console::{Act, Shell, run};
    use crate::manifest::Source;
    use crate::resolve::resolve;
    use crate::trace::{Connections, Network};

    #[test]
    fn the_last_row_that_goes_is_printed_without_the_header() {
        let pod = "apiVersion: v1\nkind: Pod\nmetadata: {name: app}\nspec: {containers: [{name: c, image: i}]}\n";
        let network = |text: &str| Network::of(resolve(&Source::read(text), &Config::default()));
        let (with, without) = (network(pod), network(""));
        let connections = Connections::default();
        let shell = |network| Shell {
            network,
            connections: &connections,
            text: "",
            clock: Clock::default(),
        };
        let output = run(shell(&with), "kubectl get pods -w");
        let Some(Act::Watch(watch)) = output.acts.first() else {
            panic!("the line stays open: {output:?}");
        };
        let mut watch = watch.clone();
        let gone = watch.follow(shell(&without)).stdout;
        assert_eq!(Some(gone.trim_end()), output.stdout.lines().next_back());
        let back = watch.follow(shell(&with)).stdout;
        assert_eq!(back, output.stdout);
    }
}
