//! The search in the cluster.

use serde::{Deserialize, Serialize};

use crate::view::scene::ShapeId;

/// What is searched.
#[derive(Clone, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct SearchPanel {
    /// Words that must all be in the name, a label (`app=web`), the address, the node or the owner.
    pub text: String,
    /// Only this kind.
    pub kind: Option<FoundKind>,
    /// Only this namespace; empty for every one.
    pub namespace: String,
    /// Only what the shown connection goes through.
    pub on_path: bool,
}

/// A kind of what is searched.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum FoundKind {
    /// A Service.
    Service,
    /// A pod.
    Pod,
    /// A node.
    Node,
}

/// What the search found.
#[derive(Clone, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct SearchView {
    /// What was searched.
    pub panel: SearchPanel,
    /// The first ones.
    pub found: Vec<FoundView>,
    /// `31 found`.
    pub count: String,
    /// `… 700 more`.
    pub more: Option<String>,
    /// Every namespace.
    pub namespaces: Vec<String>,
}

/// An object that was found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FoundView {
    /// The object.
    pub key: ShapeId,
    /// Its kind.
    pub kind: FoundKind,
    /// Its name, with its namespace.
    pub name: String,
    /// Its address and node.
    pub detail: String,
    /// Whether the shown connection goes through it.
    pub is_on_path: bool,
    /// A pod's owner: `Deployment shop/web`.
    pub group: Option<String>,
    /// How many pods of the owner were found; 0 unless it is the first one of them.
    pub group_size: usize,
    /// What calls it.
    pub target: Option<String>,
}
