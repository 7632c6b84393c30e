//! Labels and label selectors (apimachinery `pkg/labels`).
//!
//! Kubernetes has three forms of selectors: a map of labels (Services), `matchLabels` with `matchExpressions` (workloads,
//! [`LabelSelector`]), and text (`kubectl -l`). All become a [`Selector`], a list of requirements that must all match.
//! It prints as text.

mod label_selector;
mod parse;
mod requirement;

use std::collections::BTreeMap;
use std::fmt;

use smol_str::SmolStr;

use crate::sort;
pub use label_selector::{LabelSelector, LabelSelectorRequirement};
pub use requirement::{Operator, Requirement};

/// Label values by key.
pub type Labels = BTreeMap<SmolStr, SmolStr>;

/// A condition on labels.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Selector {
    /// Matches nothing: the missing selector of a workload.
    Nothing,
    /// Matches if all requirements match; without requirements, it matches everything.
    All(Vec<Requirement>),
}

/// An invalid selector, with the message of the API server or kubectl.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SelectorError(pub String);

/// Whether a Service with this `spec.selector` selects a pod of its namespace with these labels. Without a selector, or
/// with an empty one, it selects no pods.
pub fn service_selects(selector: Option<&Labels>, labels: &Labels) -> bool {
    selector.is_some_and(|selector| {
        !selector.is_empty() && Selector::equal_to(selector).matches(labels)
    })
}

impl Selector {
    /// A selector that matches everything.
    pub fn everything() -> Selector {
        Selector::All(Vec::new())
    }

    /// A selector that requires these labels (`labels.SelectorFromSet`).
    pub fn equal_to(labels: &Labels) -> Selector {
        Selector::All(
            labels
                .iter()
                .map(|(key, value)| Requirement::equals(key, value))
                .collect(),
        )
    }

    /// A selector with these requirements, which are sorted by key.
    pub fn all(mut requirements: Vec<Requirement>) -> Selector {
        sort::sort_by(&mut requirements, |a, b| a.key().cmp(b.key()));
        Selector::All(requirements)
    }

    /// Whether an object with these labels matches.
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
