//! Who reaches what, computed in slices: between two of them the worker answers other requests.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use kubehop_engine::network::Network;

use super::Model;
use crate::simulation::matrix::{
    Cell, CellStateAnswer, Matrix, MatrixAnswer, MatrixCellAnswer, MatrixColumnAnswer,
    MatrixRowAnswer, Namespaces, cell_text, matrix_as_csv, matrix_as_json, matrix_as_markdown,
};
use crate::view::i18n::Catalogue;
use crate::view::matrix_view::{
    CellTone, MatrixCellView, MatrixColumnView, MatrixForm, MatrixNews, MatrixRowView, MatrixTable,
};

/// A matrix that is worked out, or was.
#[derive(Clone)]
pub(super) struct MatrixRun {
    /// The network that it is about; another text has another one.
    network: Rc<Network>,
    plan: Matrix,
    cells: Vec<Cell>,
    /// Milliseconds that it took until now.
    took: f64,
    /// Whether the page has it.
    is_sent: bool,
}

impl MatrixRun {
    fn of(network: &Rc<Network>) -> MatrixRun {
        MatrixRun {
            network: network.clone(),
            plan: Matrix::of(network, &Namespaces::Own),
            cells: Vec::new(),
            took: 0.0,
            is_sent: false,
        }
    }

    fn is_done(&self) -> bool {
        self.cells.len() == self.plan.len()
    }

    fn answer(&self, words: &Catalogue) -> MatrixAnswer {
        self.plan.answer_of(&self.cells, words)
    }
}

impl Model {
    /// Whether a matrix is requested that is not computed, or is one of another text.
    pub fn wants_matrix(&self) -> bool {
        let is_current = |run: &MatrixRun| Rc::ptr_eq(&run.network, &self.network);
        let run = self.matrix.as_ref();
        run.is_some_and(|run| !is_current(run) || !run.is_sent)
    }

    /// Works cells of the matrix out for about `slice` milliseconds of a clock. A matrix of an older text is dropped.
    pub fn work_on_matrix(
        &mut self,
        words: &Catalogue,
        clock: impl Fn() -> f64,
        slice: f64,
    ) -> Option<MatrixNews> {
        let run = self.matrix.as_mut()?;
        let begun = clock();
        if !Rc::ptr_eq(&run.network, &self.network) {
            *run = MatrixRun::of(&self.network);
        }
        while !run.is_done() && clock() - begun < slice {
            let cell = run.plan.walk(&run.network, run.cells.len());
            run.cells.push(cell);
        }
        run.took += clock() - begun;
        if !run.is_done() {
            return Some(MatrixNews::Progress {
                done: run.cells.len(),
                total: run.plan.len(),
            });
        }
        run.is_sent = true;
        Some(MatrixNews::Ready {
            table: table(&run.answer(words), words),
            took: run.took as f32,
        })
    }

    /// The page needs the table again, in another language.
    pub fn resend_matrix(&mut self) {
        if let Some(run) = &mut self.matrix {
            run.is_sent = false;
        }
    }

    /// The matrix is wanted from now on, or no longer.
    pub(super) fn show_matrix(&mut self, is_shown: bool) {
        self.matrix = is_shown.then(|| MatrixRun::of(&self.network));
    }

    /// The matrix as text, of one namespace or all; `None` while it is not worked out.
    pub(super) fn matrix_text(
        &self,
        form: MatrixForm,
        namespace: Option<&str>,
        words: &Catalogue,
    ) -> Option<String> {
        let run = self.matrix.as_ref().filter(|run| run.is_done())?;
        let answer = run.answer(words);
        let answer = match namespace {
            Some(namespace) => answer.within(namespace),
            None => answer,
        };
        Some(match form {
            MatrixForm::Markdown => matrix_as_markdown(&answer, words),
            MatrixForm::Csv => matrix_as_csv(&answer),
            MatrixForm::Json => matrix_as_json(&answer),
        })
    }
}

fn table(answer: &MatrixAnswer, words: &Catalogue) -> MatrixTable {
    let mut columns: Vec<MatrixColumnView> = answer.columns.iter().map(column_view).collect();
    let rows = answer.rows.iter().map(|row| row_view(row, words));
    let mut rows: Vec<MatrixRowView> = rows.collect();
    let heads = columns
        .iter_mut()
        .map(|own| (&mut own.name, &own.namespace));
    qualify_same_names(heads.collect());
    let heads = rows.iter_mut();
    let heads = heads.filter_map(|own| Some((own.name.as_mut()?, own.namespace.as_ref()?)));
    qualify_same_names(heads.collect());
    MatrixTable { columns, rows }
}

/// Writes the namespace before names that several namespaces have.
fn qualify_same_names(heads: Vec<(&mut String, &String)>) {
    let mut namespaces: BTreeMap<String, BTreeSet<&String>> = BTreeMap::new();
    for (name, namespace) in &heads {
        let of_name = namespaces.entry((**name).clone()).or_default();
        of_name.insert(namespace);
    }
    for (name, namespace) in heads {
        if namespaces.get(name).is_some_and(|all| all.len() > 1) {
            *name = format!("{namespace}/{name}");
        }
    }
}

fn column_view(column: &MatrixColumnAnswer) -> MatrixColumnView {
    let (namespace, name) = column.service.split_once('/').unwrap_or_default();
    let port = match column.protocol.as_str() {
        "TCP" => format!(":{}", column.port),
        other => format!(":{}/{other}", column.port),
    };
    MatrixColumnView {
        name: name.to_owned(),
        namespace: namespace.to_owned(),
        port,
    }
}

fn row_view(row: &MatrixRowAnswer, words: &Catalogue) -> MatrixRowView {
    let id = row.caller.split_once(' ').map(|(_, id)| id);
    let id = id.and_then(|id| id.split_once('/'));
    MatrixRowView {
        name: id.map(|(_, name)| name.to_owned()),
        namespace: id.map(|(namespace, _)| namespace.to_owned()),
        kind: row.kind.clone(),
        pods: row.pods,
        cells: row
            .cells
            .iter()
            .map(|cell| cell_view(cell, words))
            .collect(),
    }
}

fn cell_view(cell: &MatrixCellAnswer, words: &Catalogue) -> MatrixCellView {
    let verdict = cell.verdict.as_ref().map(|verdict| verdict.text.clone());
    MatrixCellView {
        tone: match cell.state {
            CellStateAnswer::Answered => CellTone::Answered,
            CellStateAnswer::Refused => CellTone::Refused,
            CellStateAnswer::Timeout => CellTone::Timeout,
            CellStateAnswer::NoName => CellTone::NoName,
            CellStateAnswer::Unknown => CellTone::Unknown,
        },
        text: cell_text(cell, words),
        verdict: verdict.unwrap_or_default(),
        request: cell.from.clone().zip(cell.to.clone()),
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell as Counter;

    use super::*;
    use crate::view::i18n::Language;
    use crate::view::session::{Ask, LookAsk};
    use kubehop_engine::testing::WEB_AND_DB;

    const POLICY: &str = "\
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: db}
spec: {podSelector: {matchLabels: {app: db}}, ingress: []}
";

    fn text() -> String {
        format!("{WEB_AND_DB}{POLICY}")
    }

    fn model() -> Model {
        let mut model = Model::new();
        model.handle(Ask::Edit(text()));
        model.handle(Ask::Look(LookAsk::ShowMatrix(true)));
        model
    }

    /// A clock that advances by a millisecond at each reading.
    fn work(model: &mut Model, slice: f64) -> Option<MatrixNews> {
        let time = Counter::new(0.0);
        let clock = || {
            time.set(time.get() + 1.0);
            time.get()
        };
        model.work_on_matrix(&Catalogue::of_page(Language::English), clock, slice)
    }

    #[test]
    fn a_matrix_is_worked_out_in_slices() {
        let mut model = model();
        let first = work(&mut model, 2.5);
        let progress = MatrixNews::Progress { done: 2, total: 3 };
        assert_eq!(first, Some(progress));
        assert!(model.wants_matrix());
        let Some(MatrixNews::Ready { table, .. }) = work(&mut model, 100.0) else {
            panic!("all cells are worked out");
        };
        assert!(!model.wants_matrix());
        let tones = |row: usize| table.rows[row].cells[0].tone;
        let names = table.rows.iter().map(|row| row.name.as_deref());
        assert_eq!(names.collect::<Vec<_>>(), [None, Some("db"), Some("web")]);
        assert_eq!(tones(2), CellTone::Timeout);
    }

    #[test]
    fn another_text_begins_anew_and_a_closed_matrix_is_not_worked_out() {
        let mut model = model();
        work(&mut model, 2.5);
        model.handle(Ask::Edit(text().replace("ingress: []", "ingress: [{}]")));
        assert!(model.wants_matrix());
        let Some(MatrixNews::Ready { table, .. }) = work(&mut model, 100.0) else {
            panic!("all cells are worked out");
        };
        assert_eq!(table.rows[2].cells[0].tone, CellTone::Answered);
        model.handle(Ask::Look(LookAsk::ShowMatrix(false)));
        assert!(!model.wants_matrix());
        assert_eq!(work(&mut model, 100.0), None);
    }

    #[test]
    fn a_copy_is_what_the_text_tool_prints_of_the_namespace() {
        let mut model = model();
        let words = Catalogue::of_page(Language::English);
        assert_eq!(model.matrix_text(MatrixForm::Csv, None, &words), None);
        work(&mut model, 100.0);
        let simulation = crate::Simulation::open(&text(), &model.config);
        let printed = matrix_as_csv(&simulation.matrix(&Namespaces::Own));
        let copied = model.matrix_text(MatrixForm::Csv, None, &words);
        assert_eq!(copied, Some(printed));
        let elsewhere = model.matrix_text(MatrixForm::Csv, Some("shop"), &words);
        assert_eq!(elsewhere.map(|text| text.lines().count()), Some(1));
    }
}
