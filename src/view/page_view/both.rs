//! The same request through an Ingress controller and through a Gateway, in words.

use serde::{Deserialize, Serialize};

/// The same request through an Ingress controller and through a Gateway.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BothView {
    /// What differs.
    pub headline: String,
    /// Whether nothing does.
    pub is_same: bool,
    /// What differs, then the rest.
    pub rows: Vec<BothRow>,
    /// Who calls.
    pub from: String,
    /// What is called: the Ingress controller, the Gateway.
    pub calls: [String; 2],
    /// That the text was added to.
    pub note: Option<String>,
}

/// A property that is compared.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BothRow {
    /// Its name.
    pub label: String,
    /// Whether it differs.
    pub differs: bool,
    /// What it is at the Ingress controller and at the Gateway.
    pub cells: [Vec<BothCell>; 2],
}

/// What something is, or may be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BothCell {
    /// In words; empty if there is none.
    pub text: String,
    /// How likely it is; `None` if it is certain.
    pub share: Option<String>,
}
