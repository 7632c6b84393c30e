//! Who reaches what, as the page shows it: a table whose cells are worked out in slices.

use serde::{Deserialize, Serialize};

/// The worker's reports on the matrix that the page requested.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum MatrixNews {
    /// So many cells are worked out.
    Progress {
        /// Cells that are worked out.
        done: usize,
        /// All cells.
        total: usize,
    },
    /// All cells.
    Ready {
        /// The table.
        table: MatrixTable,
        /// Milliseconds that it took.
        took: f32,
    },
}

/// All callers and all ports.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MatrixTable {
    /// What is called.
    pub columns: Vec<MatrixColumnView>,
    /// Who calls.
    pub rows: Vec<MatrixRowView>,
}

/// A port of a Service.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MatrixColumnView {
    /// The Service's name.
    pub name: String,
    /// Its namespace.
    pub namespace: String,
    /// `:80`, `:53/UDP`.
    pub port: String,
}

/// A caller with its cells.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MatrixRowView {
    /// The workload's name; `None` for the outside client.
    pub name: Option<String>,
    /// Its namespace; `None` for the outside client.
    pub namespace: Option<String>,
    /// Its kind: `Deployment`.
    pub kind: String,
    /// How many pods of it run.
    pub pods: usize,
    /// One for each column.
    pub cells: Vec<MatrixCellView>,
}

/// What becomes of the connections from a caller to a port.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MatrixCellView {
    /// How they end.
    pub tone: CellTone,
    /// The same in words, with its share.
    pub text: String,
    /// The verdict of one of them.
    pub verdict: String,
    /// Who opens it and what it calls; `None` if there is no address to call.
    pub request: Option<(String, String)>,
}

/// How connections end. Each has a mark and a colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum CellTone {
    /// They are answered.
    Answered,
    /// They are refused.
    Refused,
    /// Nothing comes back.
    Timeout,
    /// The name has no address.
    NoName,
    /// What decides is not in the manifests.
    Unknown,
}

impl CellTone {
    /// All, the best first.
    pub const ALL: [CellTone; 5] = [
        CellTone::Answered,
        CellTone::Refused,
        CellTone::Timeout,
        CellTone::NoName,
        CellTone::Unknown,
    ];

    /// Its class in the stylesheet.
    pub fn class(self) -> &'static str {
        match self {
            CellTone::Answered => "answered",
            CellTone::Refused => "refused",
            CellTone::Timeout => "timeout",
            CellTone::NoName => "no-name",
            CellTone::Unknown => "unknown",
        }
    }

    /// The id of the label that names it.
    pub fn label(self) -> &'static str {
        match self {
            CellTone::Answered => "cell-answered",
            CellTone::Refused => "cell-refused",
            CellTone::Timeout => "cell-timeout",
            CellTone::NoName => "cell-no-name",
            CellTone::Unknown => "cell-unknown",
        }
    }

    /// Whether the caller does not get what it asks for.
    pub fn is_failure(self) -> bool {
        match self {
            CellTone::Answered | CellTone::Unknown => false,
            CellTone::Refused | CellTone::Timeout | CellTone::NoName => true,
        }
    }

    /// The mark before the words.
    pub fn mark(self) -> &'static str {
        match self {
            CellTone::Answered => "✓",
            CellTone::Refused => "✕",
            CellTone::Timeout => "…",
            CellTone::NoName => "∅",
            CellTone::Unknown => "?",
        }
    }
}

/// What of a matrix is shown.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct MatrixFilter {
    /// The only namespace; `None` for all.
    pub namespace: Option<String>,
    /// A part of the callers' names.
    pub caller: String,
    /// A part of the Services' names.
    pub called: String,
    /// Whether a row or a column needs a failure.
    pub only_failures: bool,
}

/// A matrix as text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum MatrixForm {
    /// A table of a Markdown document.
    Markdown,
    /// A line for each cell.
    Csv,
    /// As `kubehop matrix --output json` prints it.
    Json,
}

impl MatrixTable {
    /// The namespaces of callers and Services, each once.
    pub fn namespaces(&self) -> Vec<&str> {
        let columns = self.columns.iter().map(|column| column.namespace.as_str());
        let rows = self.rows.iter().filter_map(|row| row.namespace.as_deref());
        let all: std::collections::BTreeSet<&str> = columns.chain(rows).collect();
        all.into_iter().collect()
    }

    /// The rows and columns that pass a filter: their positions. `outside` is the name of the outside client.
    pub fn filtered(&self, filter: &MatrixFilter, outside: &str) -> (Vec<usize>, Vec<usize>) {
        let (mut rows, mut columns) = self.within(filter.namespace.as_deref());
        let has =
            |name: &str, part: &str| name.to_lowercase().contains(&part.trim().to_lowercase());
        rows.retain(|row| {
            has(
                self.rows[*row].name.as_deref().unwrap_or(outside),
                &filter.caller,
            )
        });
        columns.retain(|column| {
            let MatrixColumnView { name, port, .. } = &self.columns[*column];
            has(&format!("{name}{port}"), &filter.called)
        });
        if filter.only_failures {
            let fails =
                |row: &usize, column: &usize| self.rows[*row].cells[*column].tone.is_failure();
            let all_rows = rows.clone();
            rows.retain(|row| columns.iter().any(|column| fails(row, column)));
            columns.retain(|column| all_rows.iter().any(|row| fails(row, column)));
        }
        (rows, columns)
    }

    /// The rows and columns of one namespace, or all: their positions. The outside client is in every namespace.
    pub fn within(&self, namespace: Option<&str>) -> (Vec<usize>, Vec<usize>) {
        let is_in = |own: Option<&str>| namespace.is_none() || own.is_none() || own == namespace;
        let rows = self.rows.iter().enumerate();
        let rows = rows.filter(|(_, row)| is_in(row.namespace.as_deref()));
        let columns = self.columns.iter().enumerate();
        let columns = columns.filter(|(_, column)| is_in(Some(&column.namespace)));
        (
            rows.map(|(index, _)| index).collect(),
            columns.map(|(index, _)| index).collect(),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Three callers and three ports; `web` does not reach `db`, and whether anyone reaches `log` is unknown.
    fn table() -> MatrixTable {
        let column = |name: &str| MatrixColumnView {
            name: name.to_owned(),
            namespace: "default".to_owned(),
            port: ":80".to_owned(),
        };
        let row = |name: Option<&str>, tones: [CellTone; 3]| MatrixRowView {
            name: name.map(str::to_owned),
            namespace: name.map(|_| "default".to_owned()),
            kind: "Deployment".to_owned(),
            pods: 1,
            cells: tones
                .map(|tone| MatrixCellView {
                    tone,
                    text: String::new(),
                    verdict: String::new(),
                    request: None,
                })
                .to_vec(),
        };
        use CellTone::{Answered, Timeout, Unknown};
        MatrixTable {
            columns: ["web", "db", "log"].map(column).to_vec(),
            rows: vec![
                row(None, [Answered, Answered, Answered]),
                row(Some("web"), [Answered, Timeout, Unknown]),
                row(Some("db"), [Answered, Answered, Unknown]),
            ],
        }
    }

    #[test]
    fn rows_and_columns_without_a_failure_are_left_out() {
        let filter = MatrixFilter {
            only_failures: true,
            ..MatrixFilter::default()
        };
        assert_eq!(table().filtered(&filter, "client"), (vec![1], vec![1]));
        let others = MatrixFilter {
            caller: "db".to_owned(),
            ..filter
        };
        assert_eq!(table().filtered(&others, "client"), (vec![], vec![]));
    }

    #[test]
    fn callers_and_services_are_found_by_a_part_of_their_names() {
        let named = |caller: &str, called: &str| {
            let filter = MatrixFilter {
                caller: caller.to_owned(),
                called: called.to_owned(),
                ..MatrixFilter::default()
            };
            table().filtered(&filter, "outside client")
        };
        assert_eq!(named("Client", ""), (vec![0], vec![0, 1, 2]));
        assert_eq!(named("", " db:80"), (vec![0, 1, 2], vec![1]));
    }
}
