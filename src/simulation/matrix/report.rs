//! Matrices and their differences as text: a table, CSV, Markdown, JSON.

use std::fmt::Write;

use super::{ChangeAnswer, DifferenceAnswer, MatrixAnswer, MatrixCellAnswer, MatrixColumnAnswer};
use crate::view::i18n::Catalogue;

/// As columns as wide as their widest cell.
pub fn matrix_as_text(matrix: &MatrixAnswer, words: &Catalogue) -> String {
    let rows = table(matrix, words);
    let widths: Vec<usize> = (0..=matrix.columns.len())
        .map(|column| {
            let cells = rows.iter().map(|row| row[column].chars().count());
            cells.max().unwrap_or_default()
        })
        .collect();
    let mut text = String::new();
    for row in &rows {
        let cells = row.iter().zip(&widths);
        let padded = cells.map(|(cell, width)| format!("{cell:<width$}"));
        let line = padded.collect::<Vec<_>>().join("  ");
        let _ = writeln!(text, "{}", line.trim_end());
    }
    text
}

/// As a table of a Markdown document.
pub fn matrix_as_markdown(matrix: &MatrixAnswer, words: &Catalogue) -> String {
    let mut text = String::new();
    for (index, row) in table(matrix, words).iter().enumerate() {
        let _ = writeln!(text, "| {} |", row.join(" | "));
        if index == 0 {
            let _ = writeln!(text, "|{}", " --- |".repeat(row.len()));
        }
    }
    text
}

/// As CSV (RFC 4180, but with `\n`): a line for each cell, states by their names in JSON.
pub fn matrix_as_csv(matrix: &MatrixAnswer) -> String {
    let mut text =
        "caller,kind,pods,service,port,protocol,state,share,from,to,verdict\n".to_owned();
    for row in &matrix.rows {
        for (column, cell) in matrix.columns.iter().zip(&row.cells) {
            let verdict = cell.verdict.as_ref().map(|verdict| verdict.text.as_str());
            let fields = [
                row.caller.clone(),
                row.kind.clone(),
                row.pods.to_string(),
                column.service.clone(),
                column.port.to_string(),
                column.protocol.clone(),
                cell.state.name().to_owned(),
                format!("{:.3}", cell.share),
                cell.from.clone().unwrap_or_default(),
                cell.to.clone().unwrap_or_default(),
                verdict.unwrap_or_default().to_owned(),
            ];
            let _ = writeln!(text, "{}", fields.map(csv_field).join(","));
        }
    }
    text
}

/// As JSON, with a newline at the end.
pub fn matrix_as_json(matrix: &MatrixAnswer) -> String {
    let json = serde_json::to_string_pretty(matrix);
    json.expect("the keys of an answer are strings") + "\n"
}

/// What became reachable, what no longer is, and other changes, a line each.
pub fn difference_as_text(difference: &DifferenceAnswer, words: &Catalogue) -> String {
    in_sections(difference, words, |section| {
        let (label, changes) = (words.label(section.label), section.changes);
        let mut text = format!("{label}: {}\n", changes.len());
        for change in changes {
            let [path, before, after] = change_in_words(change, words);
            let _ = writeln!(text, "{} {path}  {before} → {after}", section.mark);
        }
        text
    })
}

/// The same for a comment of a review.
pub fn difference_as_markdown(difference: &DifferenceAnswer, words: &Catalogue) -> String {
    let head = ["column-connection", "column-before", "column-after"];
    let head = head.map(|label| words.label(label)).join(" | ");
    in_sections(difference, words, |section| {
        let (label, changes) = (words.label(section.label), section.changes);
        let mut text = format!(
            "### {label} ({})\n\n|  | {head} |\n| --- | --- | --- | --- |\n",
            changes.len(),
        );
        for change in changes {
            let cells = change_in_words(change, words).join(" | ");
            let _ = writeln!(text, "| {} | {cells} |", section.mark);
        }
        text
    })
}

/// As JSON, with a newline at the end.
pub fn difference_as_json(difference: &DifferenceAnswer) -> String {
    let json = serde_json::to_string_pretty(difference);
    json.expect("the keys of an answer are strings") + "\n"
}

/// A list of changes.
struct Section<'a> {
    /// The name of its label.
    label: &'static str,
    /// What its lines begin with.
    mark: char,
    changes: &'a [ChangeAnswer],
}

/// The lists that are not empty, an empty line between them.
fn in_sections(
    difference: &DifferenceAnswer,
    words: &Catalogue,
    text_of: impl Fn(&Section<'_>) -> String,
) -> String {
    if difference.is_empty() {
        return words.label("diff-nothing") + "\n";
    }
    let sections = sections(difference);
    let filled = sections
        .iter()
        .filter(|section| !section.changes.is_empty());
    filled.map(text_of).collect::<Vec<_>>().join("\n")
}

fn sections(difference: &DifferenceAnswer) -> [Section<'_>; 3] {
    let section = |label, mark, changes| Section {
        label,
        mark,
        changes,
    };
    [
        section("diff-gained", '+', difference.gained.as_slice()),
        section("diff-lost", '−', difference.lost.as_slice()),
        section("diff-other", '~', difference.other.as_slice()),
    ]
}

/// Who calls what, the state before and the state now.
fn change_in_words(change: &ChangeAnswer, words: &Catalogue) -> [String; 3] {
    let path = format!("{} → {}", change.caller, column_text(&change.called));
    let state = |cell: Option<&MatrixCellAnswer>| match cell {
        Some(cell) => cell_text(cell, words),
        None => words.label("cell-absent"),
    };
    [
        path,
        state(change.before.as_ref()),
        state(change.after.as_ref()),
    ]
}

/// The header and a line for each caller.
fn table(matrix: &MatrixAnswer, words: &Catalogue) -> Vec<Vec<String>> {
    let columns = matrix.columns.iter().map(column_text);
    let header = [words.label("column-from-to")].into_iter().chain(columns);
    let mut rows: Vec<Vec<String>> = vec![header.collect()];
    for row in &matrix.rows {
        let cells = row.cells.iter().map(|cell| cell_text(cell, words));
        let cells = [row.caller.clone()].into_iter().chain(cells);
        rows.push(cells.collect());
    }
    rows
}

/// `default/db:5432`, `kube-system/kube-dns:53/UDP`.
fn column_text(column: &MatrixColumnAnswer) -> String {
    let MatrixColumnAnswer {
        service,
        port,
        protocol,
    } = column;
    match protocol.as_str() {
        "TCP" => format!("{service}:{port}"),
        other => format!("{service}:{port}/{other}"),
    }
}

/// The state in words, with its share if it is not that of all connections: `timeout 33%`.
pub(crate) fn cell_text(cell: &MatrixCellAnswer, words: &Catalogue) -> String {
    let state = words.label(cell.state.label());
    let percent = (cell.share * 100.0).round();
    if percent < 100.0 {
        format!("{state} {percent:.0}%")
    } else {
        state
    }
}

/// A field in quotes if it needs them.
fn csv_field(field: String) -> String {
    if field.contains([',', '"', '\n']) {
        format!("\"{}\"", field.replace('"', "\"\""))
    } else {
        field
    }
}
