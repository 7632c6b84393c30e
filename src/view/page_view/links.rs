//! What belongs to the object that is pointed at or selected.

use serde::{Deserialize, Serialize};

use super::RuleLineView;
use crate::view::scene::ShapeId;

/// What belongs to one object, so that every part of the page lights it.
#[derive(Clone, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct LinksView {
    /// Whether the object is selected, and not only pointed at.
    pub is_selected: bool,
    /// Its shapes in both pictures.
    pub shapes: Vec<ShapeId>,
    /// The Service whose rules and slices they are.
    pub service: Option<ShapeId>,
    /// The addresses in rules and slices.
    pub addresses: Vec<String>,
    /// The node of endpoints.
    pub node: Option<String>,
}

impl LinksView {
    /// Whether an object belongs to it.
    pub fn has(&self, key: Option<&ShapeId>) -> bool {
        key.is_some_and(|key| self.shapes.contains(key))
    }

    /// Whether a line of rules belongs to it: it is for the Service, or contains an address.
    pub fn has_rule(&self, line: &RuleLineView) -> bool {
        let is_about = self.service.is_some() && self.service == line.about;
        let is_outside = |letter: char| !letter.is_alphanumeric() && !matches!(letter, '.' | ':');
        let mut words = line.text.split(is_outside);
        // An IPv4 address may have its port behind it.
        let has = |word: &str| {
            let before_port = word.rsplit_once(':').map(|(address, _)| address);
            self.has_address(word) || before_port.is_some_and(|address| self.has_address(address))
        };
        is_about || (self.service.is_none() && words.any(has))
    }

    /// Whether an address belongs to it.
    pub fn has_address(&self, address: &str) -> bool {
        self.addresses.iter().any(|own| own == address)
    }
}
