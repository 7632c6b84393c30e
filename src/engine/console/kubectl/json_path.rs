//! `-o jsonpath=`: `{.items[*].metadata.name}`, with `{range}`, filters and quoted text.
//!
//! Source: kubernetes `client-go/util/jsonpath`. Values of one expression have a space between them. `..` and slices are
//! not read.

use serde_json::Value;

use super::command::Refusal;
use super::resource_args::error;

/// A template.
pub(super) struct Template(Vec<Part>);

enum Part {
    Text(String),
    Values(Path),
    Range(Path, Vec<Part>),
}

/// A path from a value to others.
pub(super) struct Path(Vec<Step>);

enum Step {
    /// `.name`, `['name']`.
    Field(String),
    /// `[2]`, `[-1]`.
    Index(i64),
    /// `[*]`, `.*`.
    All,
    /// `[?(@.type=="Ready")]`; without a comparison, the values that have the path.
    Filter(Path, Option<(Sense, Value)>),
}

/// How a filter compares.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sense {
    Equal,
    Unequal,
}

/// A template is wrong, and why.
type Wrong = String;

impl Template {
    /// Reads a template.
    pub(super) fn read(text: &str) -> Result<Template, Refusal> {
        let mut rest = text;
        let parts = parts(&mut rest, Depth::Outside);
        let parts = parts.map_err(|why| error(&format!("error parsing jsonpath {text}, {why}")))?;
        Ok(Template(parts))
    }

    /// What the template takes of a value.
    pub(super) fn print(&self, value: &Value) -> String {
        let mut text = String::new();
        print_parts(&self.0, value, &mut text);
        text
    }
}

/// Whether `{end}` is expected.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Depth {
    Outside,
    InRange,
}

fn parts(rest: &mut &str, depth: Depth) -> Result<Vec<Part>, Wrong> {
    let mut found = Vec::new();
    while !rest.is_empty() {
        let start = rest.find('{').unwrap_or(rest.len());
        if start > 0 {
            found.push(Part::Text(rest[..start].to_owned()));
            *rest = &rest[start..];
            continue;
        }
        let end = closing(rest).ok_or("unclosed action")?;
        let inside = rest[1..end].trim();
        *rest = &rest[end + 1..];
        if inside == "end" {
            return match depth {
                Depth::InRange => Ok(found),
                Depth::Outside => Err("not in range, nothing to end".to_owned()),
            };
        }
        if let Some(path) = inside.strip_prefix("range ") {
            let path = Path::read(path.trim())?;
            found.push(Part::Range(path, parts(rest, Depth::InRange)?));
        } else if inside.starts_with(['"', '\'']) {
            let text = inside.trim_matches(['"', '\'']);
            let text = text.replace("\\n", "\n").replace("\\t", "\t");
            found.push(Part::Text(text));
        } else {
            found.push(Part::Values(Path::read(inside)?));
        }
    }
    match depth {
        Depth::Outside => Ok(found),
        Depth::InRange => Err("unclosed range".to_owned()),
    }
}

/// The position of the `}` that closes the first `{`, quoted text aside.
fn closing(text: &str) -> Option<usize> {
    let mut quote = None;
    text.char_indices().find_map(|(index, letter)| {
        match (quote, letter) {
            (Some(open), letter) if open == letter => quote = None,
            (None, '"' | '\'') => quote = Some(letter),
            (None, '}') => return Some(index),
            _ => {}
        }
        None
    })
}

impl Path {
    /// Reads `.items[*].metadata.name`; `$` and `@` at its beginning are the value itself.
    pub(super) fn read(text: &str) -> Result<Path, Wrong> {
        let mut rest = text.strip_prefix(['$', '@']).unwrap_or(text);
        let mut steps = Vec::new();
        while !rest.is_empty() {
            if rest.starts_with("..") {
                return Err("kubehop does not read ..".to_owned());
            }
            if rest.starts_with('[') {
                let end = bracket(rest).ok_or("unterminated array")?;
                steps.push(step(&rest[1..end])?);
                rest = &rest[end + 1..];
                continue;
            }
            rest = rest.strip_prefix('.').unwrap_or(rest);
            let (name, after) = field_name(rest);
            if name == "*" {
                steps.push(Step::All);
            } else if !name.is_empty() {
                steps.push(Step::Field(name));
            } else if !after.is_empty() && !after.starts_with('[') {
                return Err(format!("unrecognized character in action: {after:?}"));
            }
            rest = after;
        }
        Ok(Path(steps))
    }

    /// The values at the path.
    pub(super) fn values<'v>(&self, from: &'v Value) -> Vec<&'v Value> {
        let mut here = vec![from];
        for step in &self.0 {
            here = here.into_iter().flat_map(|value| step.of(value)).collect();
        }
        here
    }
}

/// A name up to the next `.` or `[`; a backslash takes a dot into it.
fn field_name(text: &str) -> (String, &str) {
    let mut name = String::new();
    let mut letters = text.char_indices();
    while let Some((index, letter)) = letters.next() {
        match letter {
            '.' | '[' => return (name, &text[index..]),
            '\\' => name.extend(letters.next().map(|(_, letter)| letter)),
            letter => name.push(letter),
        }
    }
    (name, "")
}

/// The position of the `]` that closes the first `[`.
fn bracket(text: &str) -> Option<usize> {
    let mut depth = 0;
    text.char_indices().find_map(|(index, letter)| {
        match letter {
            '[' => depth += 1,
            ']' => depth -= 1,
            _ => {}
        }
        (depth == 0).then_some(index)
    })
}

fn step(inside: &str) -> Result<Step, Wrong> {
    let inside = inside.trim();
    if inside == "*" {
        return Ok(Step::All);
    }
    if let Some(filter) = inside
        .strip_prefix("?(")
        .and_then(|rest| rest.strip_suffix(')'))
    {
        let compared = [("==", Sense::Equal), ("!=", Sense::Unequal)];
        let found = compared
            .into_iter()
            .find_map(|(sign, sense)| Some((filter.split_once(sign)?, sense)));
        return match found {
            Some(((path, value), sense)) => {
                let path = Path::read(path.trim())?;
                Ok(Step::Filter(path, Some((sense, literal(value.trim())))))
            }
            None => Ok(Step::Filter(Path::read(filter.trim())?, None)),
        };
    }
    if inside.starts_with(['"', '\'']) {
        let name = inside.trim_matches(['"', '\'']);
        return Ok(Step::Field(name.to_owned()));
    }
    let index = inside.parse().map(Step::Index);
    index.map_err(|_| format!("invalid array index {inside}"))
}

fn literal(text: &str) -> Value {
    if text.starts_with(['"', '\'']) {
        return Value::from(text.trim_matches(['"', '\'']));
    }
    serde_json::from_str(text).unwrap_or_else(|_| Value::from(text))
}

impl Step {
    fn of<'v>(&self, value: &'v Value) -> Vec<&'v Value> {
        match (self, value) {
            (Step::Field(name), Value::Object(fields)) => fields.get(name).into_iter().collect(),
            (Step::Index(index), Value::Array(items)) => {
                let length = i64::try_from(items.len()).unwrap_or(i64::MAX);
                let index = if *index < 0 { length + index } else { *index };
                let index = usize::try_from(index).ok();
                index
                    .and_then(|index| items.get(index))
                    .into_iter()
                    .collect()
            }
            (Step::All, Value::Array(items)) => items.iter().collect(),
            (Step::All, Value::Object(fields)) => fields.values().collect(),
            (Step::Filter(path, compared), Value::Array(items)) => {
                let mut items: Vec<&Value> = items.iter().collect();
                items.retain(|item| holds(&path.values(item), compared.as_ref()));
                items
            }
            _ => Vec::new(),
        }
    }
}

fn holds(found: &[&Value], compared: Option<&(Sense, Value)>) -> bool {
    match compared {
        None => !found.is_empty(),
        Some((sense, wanted)) => {
            let is_equal = found.contains(&wanted);
            is_equal == (*sense == Sense::Equal) && !found.is_empty()
        }
    }
}

fn print_parts(parts: &[Part], value: &Value, text: &mut String) {
    for part in parts {
        match part {
            Part::Text(own) => text.push_str(own),
            Part::Values(path) => {
                let found: Vec<String> = path.values(value).into_iter().map(printed).collect();
                text.push_str(&found.join(" "));
            }
            Part::Range(path, inner) => {
                for each in path.values(value) {
                    print_parts(inner, each, text);
                }
            }
        }
    }
}

/// A value as the templates of kubectl print it.
pub(super) fn printed(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn templates_take_what_kubectls_do() {
        let list = serde_json::json!({"items": [
            {"metadata": {"name": "a", "labels": {"app.kubernetes.io/name": "x"}}, "ports": [80, 443]},
            {"metadata": {"name": "b"}, "ports": []},
        ]});
        for (template, wanted) in [
            ("{.items[*].metadata.name}", "a b"),
            ("{.items[0].ports[-1]}", "443"),
            ("{.items[0].ports}", "[80,443]"),
            ("{range .items[*]}{.metadata.name}{\"\\n\"}{end}", "a\nb\n"),
            ("{.items[?(@.metadata.name==\"b\")].metadata.name}", "b"),
            ("{.items[?(@.metadata.labels)].metadata.name}", "a"),
            (r"{.items[0].metadata.labels.app\.kubernetes\.io/name}", "x"),
            ("{$.items[1]['metadata'].name}", "b"),
            ("name: {.items[1].metadata.name}", "name: b"),
            ("{.nothing}", ""),
        ] {
            let read = Template::read(template).map(|read| read.print(&list));
            assert_eq!(read, Ok(wanted.to_owned()), "{template}");
        }
        for wrong in ["{.a", "{end}", "{range .a}", "{.a[}", "{.a[x]}", "{..a}"] {
            assert!(Template::read(wrong).is_err(), "{wrong}");
        }
    }
}
