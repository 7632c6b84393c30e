//! Who reaches what: every workload and the outside client, against every port of every Service.
//!
//! A cell has no rules of its own: each is a connection through the simulated cluster, from the lookup of
//! the Service's name to the reply. A workload calls from one of its pods on each node, and a connection that can end at
//! several endpoints is followed to each of them, so a cell can be mixed: then its state is the worst one.
//!
//! [`Matrix`] is the plan; [`Matrix::walk`] works out one cell, so that a worker can stop between cells.

mod answers;
mod callers;
mod cell;
mod columns;
mod difference;
mod report;

use kubehop_engine::cluster::system_objects::is_system;
use kubehop_engine::names::{ObjectName, Protocol};
use kubehop_engine::network::Network;

use super::answers::VERSION;
use crate::view::i18n::Catalogue;

pub use answers::{
    CellStateAnswer, ChangeAnswer, DifferenceAnswer, MatrixAnswer, MatrixCellAnswer,
    MatrixColumnAnswer, MatrixRowAnswer,
};
pub use callers::{Caller, CallerKind};
pub use cell::{Cell, CellState};
pub use difference::difference;
pub(crate) use report::cell_text;
pub use report::{
    difference_as_json, difference_as_markdown, difference_as_text, matrix_as_csv, matrix_as_json,
    matrix_as_markdown, matrix_as_text,
};

/// The rows and columns of a matrix.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Matrix {
    /// Who calls: the outside client, then the workloads by name.
    pub callers: Vec<Caller>,
    /// What is called, by the name of the Service, then in the order of its ports.
    pub ports: Vec<CalledPort>,
}

/// A port of a Service.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct CalledPort {
    /// The Service.
    pub service: ObjectName,
    /// `spec.ports[].port`.
    pub port: u16,
    /// `spec.ports[].protocol`.
    pub protocol: Protocol,
    /// Whether a client's node decides where its connections end.
    pub by_node: ByNode,
}

/// Whether the pods of a workload can reach different endpoints, because they are on different nodes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ByNode {
    /// They can: a pod of each node calls.
    Yes,
    /// One pod calls for all, unless its packets are masqueraded or the network plugin decides.
    No,
}

/// Which namespaces are looked at.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub enum Namespaces {
    /// All, without the cluster's own components: `kube-system` and `default/kubernetes`.
    #[default]
    Own,
    /// These, which can be the cluster's own, too.
    Named(Vec<String>),
}

impl Namespaces {
    /// Whether an object is in one of them.
    fn include(&self, name: &ObjectName) -> bool {
        match self {
            Namespaces::Own => !is_system(name),
            Namespaces::Named(all) => all.iter().any(|own| own == name.namespace.as_str()),
        }
    }
}

impl Matrix {
    /// The plan for a cluster.
    pub fn of(network: &Network, namespaces: &Namespaces) -> Matrix {
        Matrix {
            callers: callers::of(network, namespaces),
            ports: columns::of(network, namespaces),
        }
    }

    /// How many cells there are.
    pub fn len(&self) -> usize {
        self.callers.len() * self.ports.len()
    }

    /// Whether there is no cell.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Works out a cell, row by row from 0.
    ///
    /// # Panics
    /// If there is no cell with that index.
    pub fn walk(&self, network: &Network, index: usize) -> Cell {
        let (row, column) = (index / self.ports.len(), index % self.ports.len());
        cell::walk(network, &self.callers[row], &self.ports[column])
    }

    /// The answer of the front door, with every cell.
    pub(super) fn answer(&self, network: &Network, words: &Catalogue) -> MatrixAnswer {
        let cells: Vec<Cell> = (0..self.len())
            .map(|cell| self.walk(network, cell))
            .collect();
        self.answer_of(&cells, words)
    }

    /// The answer with cells that are worked out, row by row.
    pub(crate) fn answer_of(&self, cells: &[Cell], words: &Catalogue) -> MatrixAnswer {
        let row = |(index, caller): (usize, &Caller)| {
            let own = cells.iter().skip(index * self.ports.len());
            let own = own.take(self.ports.len());
            MatrixRowAnswer {
                caller: caller.to_string(),
                kind: caller.kind.name().to_owned(),
                pods: caller.pods,
                cells: own.map(|cell| cell.answer(words)).collect(),
            }
        };
        MatrixAnswer {
            version: VERSION,
            columns: self.ports.iter().map(CalledPort::answer).collect(),
            rows: self.callers.iter().enumerate().map(row).collect(),
        }
    }
}

impl CalledPort {
    fn answer(&self) -> MatrixColumnAnswer {
        MatrixColumnAnswer {
            service: self.service.to_string(),
            port: self.port,
            protocol: self.protocol.to_string(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::Simulation;
    use super::*;
    use kubehop_engine::cluster::Config;

    /// A Deployment of two pods with its Service.
    fn workload(name: &str) -> String {
        format!(
            "---\n{{apiVersion: v1, kind: Service, metadata: {{name: {name}}}, \
             spec: {{selector: {{app: {name}}}, ports: [{{port: 80}}]}}}}\n\
             ---\n{{apiVersion: apps/v1, kind: Deployment, metadata: {{name: {name}}}, spec: {{replicas: 2, \
             selector: {{matchLabels: {{app: {name}}}}}, template: {{metadata: {{labels: {{app: {name}}}}}, \
             spec: {{containers: [{{name: c, image: c, ports: [{{containerPort: 80}}]}}]}}}}}}}}\n"
        )
    }

    /// Lets the pods of `web` alone call those of `db`.
    const WEB_ALONE: &str = "---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: web-alone}
spec:
  podSelector: {matchLabels: {app: db}}
  ingress: [{from: [{podSelector: {matchLabels: {app: web}}}]}]
";

    fn matrix(text: &str) -> MatrixAnswer {
        Simulation::open(text, &Config::default()).matrix(&Namespaces::Own)
    }

    /// The state of the cell of a caller and a Service.
    fn state(matrix: &MatrixAnswer, caller: &str, service: &str) -> (CellStateAnswer, f64) {
        let mut columns = matrix.columns.iter();
        let column = columns.position(|column| column.service == service);
        let row = matrix.rows.iter().find(|row| row.caller == caller);
        let cell = &row.expect("the caller").cells[column.expect("the Service")];
        (cell.state, cell.share)
    }

    #[test]
    fn every_workload_and_the_outside_call_every_port() {
        let found = matrix(&(workload("db") + &workload("web")));
        let callers: Vec<&str> = found.rows.iter().map(|row| row.caller.as_str()).collect();
        assert_eq!(
            callers,
            ["outside", "Deployment default/db", "Deployment default/web"]
        );
        let inside = state(&found, "Deployment default/web", "default/db");
        assert_eq!(inside, (CellStateAnswer::Answered, 1.0));
        let outside = state(&found, "outside", "default/db");
        assert_eq!(outside.0, CellStateAnswer::Timeout);
    }

    #[test]
    fn a_policy_shuts_the_cells_of_those_that_it_does_not_name() {
        let text = workload("db") + &workload("web") + &workload("job") + WEB_ALONE;
        let found = matrix(&text);
        let of = |caller| state(&found, caller, "default/db").0;
        assert_eq!(of("Deployment default/web"), CellStateAnswer::Answered);
        assert_eq!(of("Deployment default/job"), CellStateAnswer::Timeout);
    }

    #[test]
    fn a_cell_has_the_worst_of_its_states_with_its_share() {
        let closed = "---
{apiVersion: v1, kind: Pod, metadata: {name: closed, labels: {app: db}, annotations: {kubehop/listens: '81'}}, spec: {containers: [{name: c, image: c}]}}
";
        let found = matrix(&(workload("db") + &workload("web") + closed));
        let (state, share) = state(&found, "Deployment default/web", "default/db");
        assert_eq!(state, CellStateAnswer::Refused);
        assert!((share - 1.0 / 3.0).abs() < 1e-9, "{share}");
    }

    #[test]
    fn a_difference_lists_first_what_became_reachable_and_what_no_longer_is() {
        let open = workload("db") + &workload("web") + &workload("job");
        let (before, after) = (matrix(&open), matrix(&(open.clone() + WEB_ALONE)));
        let paths = |changes: &[ChangeAnswer]| {
            let path =
                |change: &ChangeAnswer| format!("{} {}", change.caller, change.called.service);
            changes.iter().map(path).collect::<Vec<_>>()
        };
        let shut = difference(&before, &after);
        assert!(shut.gained.is_empty());
        assert!(paths(&shut.lost).contains(&"Deployment default/job default/db".to_owned()));
        let opened = difference(&after, &before);
        assert_eq!(paths(&opened.gained), paths(&shut.lost));
        assert!(opened.lost.is_empty());
        let words = Catalogue::english();
        let text = difference_as_text(&opened, &words);
        assert!(
            text.lines().any(|line| {
                line == "+ Deployment default/job → default/db:80  timeout → answered"
            }),
            "{text}"
        );
        assert!(difference(&before, &before).is_empty());
        assert_eq!(
            difference_as_text(&difference(&before, &before), &words),
            words.label("diff-nothing") + "\n"
        );
    }
}
