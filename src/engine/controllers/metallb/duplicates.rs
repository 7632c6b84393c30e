//! Lists in which MetalLB allows no duplicates (metallb `internal/config/config.go`, `validateDuplicate` and
//! `validateLabelSelectorDuplicate`).

use smol_str::SmolStr;

use super::config_fault::ConfigFault;
use crate::labels::LabelSelector;
use crate::syntax::quote;

/// Fails if a text is there twice; `what` is the field in MetalLB's words.
pub(super) fn check_texts(texts: &[SmolStr], what: &str) -> Result<(), ConfigFault> {
    match repeated(texts) {
        Some(text) => Err(ConfigFault::Repeated(format!("{what} {}", quote(text)))),
        None => Ok(()),
    }
}

/// Fails if a selector is there twice, or if one has a value or an expression twice.
pub(super) fn check_selectors(selectors: &[LabelSelector], what: &str) -> Result<(), ConfigFault> {
    for (index, selector) in selectors.iter().enumerate() {
        check_expressions(selector)?;
        if selectors
            .iter()
            .skip(index + 1)
            .any(|other| other == selector)
        {
            return Err(ConfigFault::Repeated(format!(
                "{what} {}",
                printed(selector)
            )));
        }
    }
    Ok(())
}

fn check_expressions(selector: &LabelSelector) -> Result<(), ConfigFault> {
    for expression in &selector.match_expressions {
        if let Some(value) = repeated(&expression.values) {
            return Err(ConfigFault::Repeated(format!(
                "match expression value in label selector {}",
                quote(value)
            )));
        }
    }
    match repeated(&selector.match_expressions) {
        Some(expression) => Err(ConfigFault::Repeated(format!(
            "match expressions {{{} {} [{}]}}",
            quote(&expression.key),
            quote(&expression.operator),
            quoted(&expression.values).join(" ")
        ))),
        None => Ok(()),
    }
}

fn repeated<T: PartialEq>(items: &[T]) -> Option<&T> {
    let mut indexed = items.iter().enumerate();
    let found = indexed.find(|(index, item)| items.iter().skip(index + 1).any(|own| own == *item));
    found.map(|(_, item)| item)
}

/// A selector as Go prints the struct with `%q`.
fn printed(selector: &LabelSelector) -> String {
    let labels: Vec<String> = selector
        .match_labels
        .iter()
        .map(|(key, value)| format!("{}:{}", quote(key), quote(value)))
        .collect();
    let expressions: Vec<String> = selector
        .match_expressions
        .iter()
        .map(|own| {
            let values = quoted(&own.values).join(" ");
            format!(
                "{{{} {} [{values}]}}",
                quote(&own.key),
                quote(&own.operator)
            )
        })
        .collect();
    format!("{{map[{}] [{}]}}", labels.join(" "), expressions.join(" "))
}

fn quoted(texts: &[String]) -> Vec<String> {
    texts.iter().map(|text| quote(text)).collect()
}
