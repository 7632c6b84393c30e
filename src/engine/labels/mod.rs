//! Labels and selectors (apimachinery `pkg/labels`): which objects a selector chooses.
//!
//! Kubernetes writes selectors in three forms: a map that must be equal (Services), `matchLabels` with
//! `matchExpressions` (workloads, [`LabelSelector`]), and a line of text (`kubectl -l`). All become one [`Selector`]: a
//! list of requirements that must all hold. It prints in the form of the text.

mod label_selector;
mod parse;
mod requirement;

use std::collections::BTreeMap;
use std::fmt;

use smol_str::SmolStr;

use crate::engine::sort;
pub use label_selector::{LabelSelector, LabelSelectorRequirement};
pub use requirement::{Operator, Requirement};

/// Labels as stored: key to value.
pub type Labels = BTreeMap<SmolStr, SmolStr>;

/// What chooses objects by their labels.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Selector {
    /// The absent selector of a workload chooses nothing.
    Nothing,
    /// All of these must hold, so none of them chooses everything.
    All(Vec<Requirement>),
}

/// A selector is refused; the text is what the API server or kubectl prints.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SelectorError(pub String);

/// Whether a Service with this `spec.selector` chooses a pod of its own namespace with these labels. Without a selector
/// (the empty one is stored as absent) nobody looks for pods.
pub fn service_selects(selector: Option<&Labels>, labels: &Labels) -> bool {
    selector.is_some_and(|selector| {
        !selector.is_empty() && Selector::equal_to(selector).matches(labels)
    })
}

impl Selector {
    /// The selector that chooses everything.
    pub fn everything() -> Selector {
        Selector::All(Vec::new())
    }

    /// Every label must be there with that value (`labels.SelectorFromSet`).
    pub fn equal_to(labels: &Labels) -> Selector {
        Selector::All(
            labels
                .iter()
                .map(|(key, value)| Requirement::equals(key, value))
                .collect(),
        )
    }

    /// All of these must hold. They are kept in the order of their keys, as they are printed.
    pub fn all(mut requirements: Vec<Requirement>) -> Selector {
        sort::sort_by(&mut requirements, |a, b| a.key().cmp(b.key()));
        Selector::All(requirements)
    }

    /// Whether it chooses an object with these labels.
    pub fn matches(&self, labels: &Labels) -> bool {
        match self {
            Selector::Nothing => false,
            Selector::All(requirements) => requirements
                .iter()
                .all(|requirement| requirement.matches(labels)),
        }
    }
}

impl fmt::Display for Selector {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let requirements = match self {
            Selector::Nothing => &[],
            Selector::All(requirements) => requirements.as_slice(),
        };
        for (index, requirement) in requirements.iter().enumerate() {
            let separator = if index == 0 { "" } else { "," };
            write!(f, "{separator}{requirement}")?;
        }
        Ok(())
    }
}

impl fmt::Display for SelectorError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn labels(pairs: &[(&str, &str)]) -> Labels {
        pairs
            .iter()
            .map(|&(key, value)| (key.into(), value.into()))
            .collect()
    }

    #[test]
    fn a_service_without_a_selector_selects_nothing_although_the_empty_selector_matches() {
        let web = labels(&[("app", "web")]);
        assert!(Selector::equal_to(&Labels::new()).matches(&web));
        assert!(!service_selects(Some(&Labels::new()), &web));
        assert!(!service_selects(None, &web));
        assert!(service_selects(
            Some(&web),
            &labels(&[("app", "web"), ("tier", "fe")])
        ));
    }

    #[test]
    fn the_empty_value_is_a_value() {
        let empty = labels(&[("app", "")]);
        assert!(service_selects(Some(&empty), &empty));
        assert!(!service_selects(Some(&empty), &Labels::new()));
    }
}
