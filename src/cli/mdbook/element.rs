//! `<kube-hop>` as HTML: its attributes are those that all tools of the kit for documentation know.

use std::collections::BTreeMap;

use serde::Deserialize;

/// What the element's attributes take.
const ATTRIBUTES: &str = include_str!("../../../packages/docs/attributes.json");

/// What an attribute takes: any text, unless it says more.
#[derive(Deserialize)]
struct Attribute {
    #[serde(default)]
    flag: bool,
    #[serde(default)]
    number: bool,
    #[serde(default)]
    values: Vec<String>,
}

/// The element's opening tag for the words of an info string, and the manifests as the text of a `<pre>`.
///
/// # Errors
/// A word that is no attribute, or a value that it does not take.
pub(crate) fn element(info: &str, manifests: &str) -> Result<(String, String), String> {
    let known: BTreeMap<String, Attribute> =
        serde_json::from_str(ATTRIBUTES).expect("the file has this form");
    let mut tag = "<kube-hop".to_owned();
    let words = words(info);
    let own = |(name, _): &&(String, String)| !["kubehop", "more"].contains(&name.as_str());
    for (name, value) in words.iter().skip(1).filter(own) {
        let attribute = known.get(name).ok_or_else(|| {
            let names: Vec<&str> = known.keys().map(String::as_str).collect();
            let names = names.join(", ");
            format!("<kube-hop> has no attribute `{name}`, only {names}")
        })?;
        attribute.check(name, value)?;
        tag.push_str(&format!(" {name}"));
        if !attribute.flag {
            tag.push_str(&format!("=\"{}\"", escaped(value)));
        }
    }
    Ok((tag + ">", escaped(manifests)))
}

impl Attribute {
    fn check(&self, name: &str, value: &str) -> Result<(), String> {
        if self.flag && !value.is_empty() {
            return Err(format!("{name} takes no value"));
        }
        if !self.flag && value.is_empty() {
            return Err(format!("{name} needs a value"));
        }
        if self.number && !value.chars().all(|letter| letter.is_ascii_digit()) {
            return Err(format!("{name} is a number, not `{value}`"));
        }
        if !self.values.is_empty() && !self.values.iter().any(|own| own == value) {
            let values = self.values.join("` or `");
            return Err(format!("{name} is `{values}`, not `{value}`"));
        }
        Ok(())
    }
}

/// The words of an info string: `yaml`, `from=pod/a`, `to="http://web -H 'Host: a'"`, `.kubehop`.
fn words(info: &str) -> Vec<(String, String)> {
    let mut words = Vec::new();
    let mut rest = info.trim_matches(['{', '}']).trim();
    while !rest.is_empty() {
        let end = rest.find(|letter: char| letter == '=' || letter.is_whitespace());
        let (name, behind) = rest.split_at(end.unwrap_or(rest.len()));
        let (value, behind) = match behind.strip_prefix('=') {
            Some(behind) => value(behind),
            None => ("", behind),
        };
        words.push((name.trim_start_matches('.').to_owned(), value.to_owned()));
        rest = behind.trim_start();
    }
    words
}

/// A value, which can be quoted, and what is behind it.
fn value(text: &str) -> (&str, &str) {
    for quote in ['"', '\''] {
        if let Some((value, behind)) = text
            .strip_prefix(quote)
            .and_then(|own| own.split_once(quote))
        {
            return (value, behind);
        }
    }
    text.split_at(text.find(char::is_whitespace).unwrap_or(text.len()))
}

/// A text escaped for HTML, also for attributes.
pub(crate) fn escaped(text: &str) -> String {
    let text = text.replace('&', "&amp;").replace('<', "&lt;");
    text.replace('"', "&quot;")
}
