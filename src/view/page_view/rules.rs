//! The Rules tab.

use serde::{Deserialize, Serialize};

use crate::view::scene::ShapeId;

/// The Rules tab.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RulesView {
    /// The node.
    pub node: String,
    /// All nodes.
    pub nodes: Vec<String>,
    /// The command that prints the rules on a node.
    pub command: String,
    /// What it prints, by chain, set or map.
    pub groups: Vec<RuleGroupView>,
    /// `12 of 340 lines`, if they are searched.
    pub found: Option<String>,
    /// `… 700 more chains`.
    pub more: Option<String>,
}

/// The rules of a chain, or the elements of a set or map.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RuleGroupView {
    /// Its name.
    pub title: String,
    /// Its lines; fewer than there are in a large cluster.
    pub lines: Vec<RuleLineView>,
    /// How many rules or elements it has.
    pub count: usize,
}

/// One line of a node's rules.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RuleLineView {
    /// The line as the node's tool prints it.
    pub text: String,
    /// Whether it is a heading and not a rule: a table, a chain, a comment.
    pub is_heading: bool,
    /// The first hop, from 0, at which the shown packet matched it.
    pub hop: Option<usize>,
    /// The hop at which the kernel drew for it, and it was not drawn.
    pub passed: Option<usize>,
    /// One of how many packets it takes, if it takes them at random.
    pub one_of: Option<u32>,
    /// The Service that it is for.
    pub about: Option<ShapeId>,
}
