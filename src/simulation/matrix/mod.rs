//! Who reaches what: every workload and the outside client, against every port of every Service.
//!
//! A cell is not worked out by rules of its own: each is a connection through the simulated cluster, from the lookup of
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
