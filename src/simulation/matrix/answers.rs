//! The answers about reachability; `docs/schema/matrix.json` and `diff.json` describe them.

use serde::Serialize;

use crate::simulation::answers::Statement;

/// Who reaches what.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct MatrixAnswer {
    /// The version of all answers.
    pub version: u32,
    /// The ports of Services that are called.
    pub columns: Vec<MatrixColumnAnswer>,
    /// Those who call.
    pub rows: Vec<MatrixRowAnswer>,
}

/// A port of a Service.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct MatrixColumnAnswer {
    /// `namespace/name`.
    pub service: String,
    /// The Service's port.
    pub port: u16,
    /// `TCP`, `UDP` or `SCTP`.
    pub protocol: String,
}

/// A caller with its cells.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct MatrixRowAnswer {
    /// `outside`, `Deployment default/web`.
    pub caller: String,
    /// The kind of the workload, `Pod` for a pod without one, `outside` for the client outside the cluster.
    pub kind: String,
    /// How many pods of it run; one on each node calls.
    pub pods: usize,
    /// One for each column, in their order.
    pub cells: Vec<MatrixCellAnswer>,
}

/// What becomes of the connections from a caller to a port.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct MatrixCellAnswer {
    /// The worst state of its connections: `timeout`, then `refused`, `noName`, `unknown`, `answered`.
    pub state: CellStateAnswer,
    /// The share of connections that end in this state, from 0 to 1.
    pub share: f64,
    /// Who opens a connection that ends so: `pod/web`, `client`; `null` if there is no address to call.
    pub from: Option<String>,
    /// What it calls: `tcp://db:5432`.
    pub to: Option<String>,
    /// How it ends. The ids are `verdict-…`.
    pub verdict: Option<Statement>,
}

/// How connections end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub enum CellStateAnswer {
    /// They are answered.
    Answered,
    /// They are refused, which the client learns at once.
    Refused,
    /// Nothing comes back, or the name server does not answer.
    Timeout,
    /// The Service's name has no address.
    NoName,
    /// What decides is not in the manifests: the network plugin, an object that is not simulated, whether a process
    /// listens on a port that no container declares.
    Unknown,
}

impl CellStateAnswer {
    /// The name, as it is in JSON.
    pub fn name(self) -> &'static str {
        match self {
            CellStateAnswer::Answered => "answered",
            CellStateAnswer::Refused => "refused",
            CellStateAnswer::Timeout => "timeout",
            CellStateAnswer::NoName => "noName",
            CellStateAnswer::Unknown => "unknown",
        }
    }

    /// The label that names it, `label-cell-no-name`.
    pub(super) fn label(self) -> &'static str {
        match self {
            CellStateAnswer::Answered => "cell-answered",
            CellStateAnswer::Refused => "cell-refused",
            CellStateAnswer::Timeout => "cell-timeout",
            CellStateAnswer::NoName => "cell-no-name",
            CellStateAnswer::Unknown => "cell-unknown",
        }
    }
}

impl MatrixAnswer {
    /// The callers and Services of one namespace, and the outside client.
    pub fn within(&self, namespace: &str) -> MatrixAnswer {
        let is_in = |name: &str| {
            name.split_once('/')
                .is_some_and(|(own, _)| own == namespace)
        };
        let shown: Vec<bool> = self
            .columns
            .iter()
            .map(|column| is_in(&column.service))
            .collect();
        let caller = |row: &&MatrixRowAnswer| match row.caller.split_once(' ') {
            Some((_, name)) => is_in(name),
            None => true,
        };
        let only = |row: &MatrixRowAnswer| MatrixRowAnswer {
            cells: kept(&row.cells, &shown),
            ..row.clone()
        };
        MatrixAnswer {
            version: self.version,
            columns: kept(&self.columns, &shown),
            rows: self.rows.iter().filter(caller).map(only).collect(),
        }
    }
}

/// Those values that are shown.
fn kept<T: Clone>(values: &[T], shown: &[bool]) -> Vec<T> {
    let values = values.iter().zip(shown).filter(|(_, is_shown)| **is_shown);
    values.map(|(value, _)| value.clone()).collect()
}

/// What differs between two matrices.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct DifferenceAnswer {
    /// The version of all answers.
    pub version: u32,
    /// What became reachable: it is answered now and was not.
    pub gained: Vec<ChangeAnswer>,
    /// What is no longer reachable: it was answered and is not now.
    pub lost: Vec<ChangeAnswer>,
    /// Other cells that changed.
    pub other: Vec<ChangeAnswer>,
}

/// A cell that changed.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ChangeAnswer {
    /// `outside`, `Deployment default/web`.
    pub caller: String,
    /// The port that is called.
    pub called: MatrixColumnAnswer,
    /// The cell before; `null` if the caller or the port was not there.
    pub before: Option<MatrixCellAnswer>,
    /// The cell now; `null` if the caller or the port is gone.
    pub after: Option<MatrixCellAnswer>,
}
