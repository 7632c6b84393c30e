//! `kubectl describe` of kinds without a describer: every field, with its name in words
//! (`kubectl/pkg/describe/describe.go` `genericDescriber`, `printUnstructuredContent`, `smartLabelFor`).

use super::head;
use crate::manifest::tree::{Yaml, YamlEntry, YamlValue};
use crate::printers::fields::printed;
use crate::printers::table::Page;
use crate::sort;

/// Fields that the head of the page shows already, or that are only of use to a server.
const SKIPPED: [&str; 5] = [
    ".metadata.managedFields",
    ".metadata.name",
    ".metadata.namespace",
    ".metadata.labels",
    ".metadata.annotations",
];

/// Words that are written in capitals.
const ACRONYMS: [&str; 5] = ["API", "URL", "UID", "OSB", "GUID"];

/// Writes the page of an object of any kind.
pub(crate) fn any(page: &mut Page, object: &Yaml) {
    head(page, object);
    content(page, 0, object, "");
}

fn content(page: &mut Page, level: usize, object: &Yaml, path: &str) {
    let mut entries: Vec<&YamlEntry> = object.entries().iter().collect();
    sort::sort_by_key(&mut entries, |entry| entry.key.clone());
    for entry in entries {
        let path = format!("{path}.{}", entry.key);
        if !SKIPPED.contains(&path.as_str()) {
            field(page, level, entry, &path);
        }
    }
}

fn field(page: &mut Page, level: usize, entry: &YamlEntry, path: &str) {
    let label = label_of(&entry.key);
    match &entry.value.value {
        YamlValue::Map(_) => {
            page.line(level, format!("{label}:"));
            content(page, level + 1, &entry.value, path);
        }
        YamlValue::Seq(items) => {
            page.line(level, format!("{label}:"));
            for item in items {
                match &item.value {
                    YamlValue::Map(_) => content(page, level + 1, item, path),
                    YamlValue::Null
                    | YamlValue::Bool(_)
                    | YamlValue::Int(_)
                    | YamlValue::Float(_)
                    | YamlValue::String(_)
                    | YamlValue::Seq(_) => page.line(level + 1, value(item)),
                }
            }
        }
        YamlValue::Null
        | YamlValue::Bool(_)
        | YamlValue::Int(_)
        | YamlValue::Float(_)
        | YamlValue::String(_) => page.line(level, format!("{label}:\t{}", value(&entry.value))),
    }
}

/// A value as Go's `%v` prints it.
fn value(value: &Yaml) -> String {
    if value.is_null() {
        "<nil>".to_owned()
    } else {
        printed(value)
    }
}

/// `apiVersion` becomes `API Version`. A name with other characters than letters and hyphens stays as it is.
fn label_of(name: &str) -> String {
    if name.chars().any(|c| !c.is_alphabetic() && c != '-') {
        return name.to_owned();
    }
    let words: Vec<String> = words_of(name).into_iter().map(capitalized).collect();
    words.join(" ")
}

/// The words of a name in camel case. Of several capitals the last one begins the next word: `clientCABundle` is
/// `client`, `CA`, `Bundle` (`fatih/camelcase`).
fn words_of(name: &str) -> Vec<String> {
    let letters: Vec<char> = name.chars().collect();
    let mut words: Vec<String> = Vec::new();
    for (index, &letter) in letters.iter().enumerate() {
        let before = index.checked_sub(1).and_then(|index| letters.get(index));
        let after = letters.get(index + 1);
        match (before, words.last_mut()) {
            (Some(&before), Some(word)) if continues(before, letter, after) => word.push(letter),
            _ => words.push(letter.to_string()),
        }
    }
    words
}

fn continues(before: char, letter: char, after: Option<&char>) -> bool {
    match (before == '-', letter == '-') {
        (true, true) => true,
        (true, false) | (false, true) => false,
        (false, false) if letter.is_uppercase() => {
            before.is_uppercase() && !after.is_some_and(|after| after.is_lowercase())
        }
        (false, false) => true,
    }
}

fn capitalized(word: String) -> String {
    let upper = word.to_uppercase();
    if ACRONYMS.contains(&upper.as_str()) {
        return upper;
    }
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_name_becomes_words() {
        for (name, label) in [
            ("apiVersion", "API Version"),
            ("minAvailable", "Min Available"),
            ("clientCABundle", "Client CA Bundle"),
            ("kubernetes.io/name", "kubernetes.io/name"),
            ("uid", "UID"),
            ("allow-all", "Allow - All"),
        ] {
            assert_eq!(label_of(name), label);
        }
    }
}
