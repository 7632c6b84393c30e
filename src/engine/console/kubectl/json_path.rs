//! `-o jsonpath=`: `{.items[*].metadata.name}`, with `{range}`, filters and quoted text.
//!
//! Source: kubernetes `client-go/util/jsonpath`. Values of one expression have a space between them. `..`, unions and the
//! step of a slice are not read.

use std::cmp::Ordering;

use serde_json::Value;

use super::command::Refusal;
use super::resource_args::error;

/// A template.
pub(super) struct Template {
    text: String,
    parts: Vec<Part>,
}

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
    /// `[1:3]`, `[-2:]`.
    Slice(Option<i64>, Option<i64>),
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
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

/// The signs of comparisons, those that begin like another before it.
const SIGNS: [(&str, Sense); 6] = [
    ("==", Sense::Equal),
    ("!=", Sense::Unequal),
    ("<=", Sense::LessOrEqual),
    (">=", Sense::GreaterOrEqual),
    ("<", Sense::Less),
    (">", Sense::Greater),
];

/// A template is wrong, and why.
type Wrong = String;

impl Template {
    /// Reads a template.
    pub(super) fn read(text: &str) -> Result<Template, Refusal> {
        let mut rest = text;
        let parts = parts(&mut rest, Depth::Outside);
        let parts = parts.map_err(|why| error(&format!("error parsing jsonpath {text}, {why}")))?;
        Ok(Template {
            text: text.to_owned(),
            parts,
        })
    }

    /// What the template takes of a value.
    pub(super) fn print(&self, value: &Value) -> Result<String, Refusal> {
        let mut text = String::new();
        print_parts(&self.parts, value, &mut text).map_err(|why| self.failure(&why))?;
        Ok(text)
    }

    /// What kubectl says of a template that cannot be executed; it prints the object as Go writes its memory, which is
    /// left out.
    fn failure(&self, why: &str) -> Refusal {
        let template = &self.text;
        error(&format!(
            "error executing jsonpath {template:?}: Error executing template: {why}. Printing more information for \
             debugging the template:\n\ttemplate was:\n\t\t{template}"
        ))
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

    /// The values at the path, or why a step of it cannot be taken.
    pub(super) fn checked_values<'v>(&self, from: &'v Value) -> Result<Vec<&'v Value>, Wrong> {
        let mut here = vec![from];
        for step in &self.0 {
            if let Some(why) = here.iter().find_map(|value| step.fault(value)) {
                return Err(why);
            }
            here = here.into_iter().flat_map(|value| step.of(value)).collect();
        }
        Ok(here)
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
        let found = SIGNS.into_iter().find_map(|(sign, sense)| {
            let parts = filter.split_once(sign)?;
            Some((parts, sense))
        });
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
    let wrong = || format!("invalid array index {inside}");
    let number = |text: &str| text.parse::<i64>().map_err(|_| wrong());
    let Some((from, to)) = inside.split_once(':') else {
        return number(inside).map(Step::Index);
    };
    let bound = |text: &str| (!text.is_empty()).then(|| number(text)).transpose();
    Ok(Step::Slice(bound(from)?, bound(to)?))
}

/// Where a number leads in a list; negative ones count from its end.
fn place(number: i64, length: usize) -> i64 {
    let length = i64::try_from(length).unwrap_or(i64::MAX);
    if number < 0 {
        length.saturating_add(number)
    } else {
        number
    }
}

/// The beginning and the end of a slice.
fn bounds(from: Option<i64>, to: Option<i64>, length: usize) -> (i64, i64) {
    let end = i64::try_from(length).unwrap_or(i64::MAX);
    let from = from.map_or(0, |from| place(from, length));
    (from, to.map_or(end, |to| place(to, length)))
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
                let index = usize::try_from(place(*index, items.len())).ok();
                index
                    .and_then(|index| items.get(index))
                    .into_iter()
                    .collect()
            }
            (Step::Slice(from, to), Value::Array(items)) => {
                let (from, to) = bounds(*from, *to, items.len());
                let part = usize::try_from(from).ok().zip(usize::try_from(to).ok());
                part.and_then(|(from, to)| items.get(from..to))
                    .into_iter()
                    .flatten()
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

    /// Why a step cannot be taken (`evalArray`).
    fn fault(&self, value: &Value) -> Option<Wrong> {
        let (from, to) = match self {
            Step::Index(index) => (Some(*index), None),
            Step::Slice(from, to) => (*from, *to),
            Step::Field(_) | Step::All | Step::Filter(..) => return None,
        };
        let length = match value {
            Value::Array(items) => items.len(),
            Value::Null => return None,
            Value::Bool(_) => return Some(no_list("bool")),
            Value::Number(number) if number.is_f64() => return Some(no_list("float64")),
            Value::Number(_) => return Some(no_list("int64")),
            Value::String(_) => return Some(no_list("string")),
            Value::Object(_) => return Some(no_list("map[string]interface {}")),
        };
        let (first, end) = match self {
            Step::Index(index) => {
                let first = place(*index, length);
                (first, first.saturating_add(1))
            }
            _ => bounds(from, to, length),
        };
        let count = i64::try_from(length).unwrap_or(i64::MAX);
        let outside = if first >= count || first < 0 {
            first
        } else {
            end.saturating_sub(1)
        };
        let is_inside = first == end || (0..count).contains(&first) && (0..=count).contains(&end);
        (!is_inside).then(|| format!("array index out of bounds: index {outside}, length {length}"))
    }
}

fn no_list(of_type: &str) -> Wrong {
    format!("{of_type} is not array or slice")
}

fn holds(found: &[&Value], compared: Option<&(Sense, Value)>) -> bool {
    match compared {
        None => !found.is_empty(),
        Some((sense, wanted)) => {
            let is_equal = found.contains(&wanted);
            let order = found.first().and_then(|own| order(own, wanted));
            let is = |orders: &[Ordering]| order.is_some_and(|own| orders.contains(&own));
            !found.is_empty()
                && match sense {
                    Sense::Equal => is_equal,
                    Sense::Unequal => !is_equal,
                    Sense::Less => is(&[Ordering::Less]),
                    Sense::LessOrEqual => is(&[Ordering::Less, Ordering::Equal]),
                    Sense::Greater => is(&[Ordering::Greater]),
                    Sense::GreaterOrEqual => is(&[Ordering::Greater, Ordering::Equal]),
                }
        }
    }
}

/// The order of two numbers or two texts.
fn order(one: &Value, other: &Value) -> Option<Ordering> {
    match (one, other) {
        (Value::Number(one), Value::Number(other)) => one.as_f64()?.partial_cmp(&other.as_f64()?),
        (Value::String(one), Value::String(other)) => Some(one.cmp(other)),
        _ => None,
    }
}

fn print_parts(parts: &[Part], value: &Value, text: &mut String) -> Result<(), Wrong> {
    for part in parts {
        match part {
            Part::Text(own) => text.push_str(own),
            Part::Values(path) => {
                let found = path.checked_values(value)?;
                let found: Vec<String> = found.into_iter().map(printed).collect();
                text.push_str(&found.join(" "));
            }
            Part::Range(path, inner) => {
                for each in path.checked_values(value)? {
                    print_parts(inner, each, text)?;
                }
            }
        }
    }
    Ok(())
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
            ("{.items[0].ports[:1]}", "80"),
            ("{.items[-2:].metadata.name}", "a b"),
            ("{.items[1].ports[*]}", ""),
            ("{.items[0].ports[?(@>80)]}", "443"),
            ("{.items[?(@.metadata.name<=\"a\")].metadata.name}", "a"),
        ] {
            let read = Template::read(template).and_then(|read| read.print(&list));
            assert_eq!(read, Ok(wanted.to_owned()), "{template}");
        }
        for wrong in ["{.a", "{end}", "{range .a}", "{.a[}", "{.a[x]}", "{..a}"] {
            assert!(Template::read(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn an_index_outside_of_a_list_is_an_error() {
        let list = serde_json::json!({"items": [], "kind": "List"});
        for (template, why) in [
            (
                "{.items[0].metadata.name}",
                "array index out of bounds: index 0, length 0",
            ),
            (
                "{.items[-1]}",
                "array index out of bounds: index -1, length 0",
            ),
            (
                "{.items[0:2]}",
                "array index out of bounds: index 0, length 0",
            ),
            ("{.kind[0]}", "string is not array or slice"),
        ] {
            let read = Template::read(template).and_then(|read| read.print(&list));
            let wanted = format!(
                "error: error executing jsonpath {template:?}: Error executing template: {why}. Printing more \
                 information for debugging the template:\n\ttemplate was:\n\t\t{template}\n"
            );
            assert_eq!(read, Err(Refusal(wanted)), "{template}");
        }
        let two = serde_json::json!({"items": [1, 2]});
        for (template, wanted) in [("{.items[2:2]}", Some("")), ("{.items[1:3]}", None)] {
            let read = Template::read(template).and_then(|read| read.print(&two));
            assert_eq!(read.ok().as_deref(), wanted, "{template}");
        }
    }
}
