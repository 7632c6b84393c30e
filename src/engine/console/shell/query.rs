//! `jq` and `yq` with the part of jq's language that people use on objects: paths, `[]`, `|`, `,`, `select`, `length`,
//! `keys`, comparisons.

use serde_json::{Map, Value};

use super::ProgramError;
use crate::console::kubectl::yaml;
use crate::manifest::reader::read;

/// A filter.
enum Filter {
    /// `.`.
    Identity,
    /// `.a`, `."a b"`.
    Field(String),
    /// `.[0]`.
    Index(i64),
    /// `.[]`.
    Each,
    /// `length`.
    Length,
    /// `keys`.
    Keys,
    /// `a | b`, and `.a.b`.
    Pipe(Box<Filter>, Box<Filter>),
    /// `a, b`.
    Both(Box<Filter>, Box<Filter>),
    /// `a == b`; `true` for `!=`.
    Compare(Box<Filter>, Sense, Box<Filter>),
    /// `select(a)`.
    Select(Box<Filter>),
    /// `[a]`.
    Collect(Box<Filter>),
    /// A text, a number, `null`.
    Literal(Value),
    /// `a?`.
    Try(Box<Filter>),
}

/// How two values are compared.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sense {
    Equal,
    Unequal,
}

/// `jq [-r] [-c] FILTER`.
pub(in crate::console) fn jq(arguments: &[String], input: &str) -> Result<String, ProgramError> {
    let (letters, filter) = options("jq", arguments)?;
    let value: Value = serde_json::from_str(input)
        .map_err(|error| ProgramError(format!("jq: parse error: {error}")))?;
    let mut text = String::new();
    for value in run("jq", &filter, value)? {
        text += &match value {
            Value::String(own) if letters.contains('r') => own,
            own if letters.contains('c') => own.to_string(),
            own => serde_json::to_string_pretty(&own).unwrap_or_default(),
        };
        text.push('\n');
    }
    Ok(text)
}

/// `yq FILTER`, over the first document.
pub(in crate::console) fn yq(arguments: &[String], input: &str) -> Result<String, ProgramError> {
    let (_, filter) = options("yq", arguments)?;
    let value = match serde_json::from_str(input) {
        Ok(value) => value,
        Err(_) => match read(input) {
            Ok(document) => Value::from(&document.tree),
            Err(_) => {
                return Err(ProgramError(
                    "Error: bad file '-': yaml: it cannot be read".to_owned(),
                ));
            }
        },
    };
    let mut text = String::new();
    for value in run("yq", &filter, value)? {
        text += &match value {
            Value::String(own) => own + "\n",
            own => yaml::write(&own),
        };
    }
    Ok(text)
}

fn options(program: &str, arguments: &[String]) -> Result<(String, String), ProgramError> {
    let (flags, filters): (Vec<&String>, Vec<&String>) =
        arguments.iter().partition(|own| own.starts_with('-'));
    let letters: String = flags
        .iter()
        .flat_map(|own| own.chars())
        .filter(|letter| *letter != '-')
        .collect();
    if let Some(letter) = letters.chars().find(|letter| !"rc".contains(*letter)) {
        return Err(ProgramError(format!(
            "{program}: Unknown arguments: -{letter}"
        )));
    }
    match filters.as_slice() {
        [] => Ok((letters, ".".to_owned())),
        [filter] => Ok((letters, (*filter).clone())),
        [_, file, ..] => Err(ProgramError(format!(
            "{program}: error: Could not open file {file}: No such file or directory"
        ))),
    }
}

fn run(program: &str, filter: &str, value: Value) -> Result<Vec<Value>, ProgramError> {
    let mut reader = Reader {
        rest: filter.trim(),
    };
    let read = reader.pipe();
    let read = match (read, reader.rest) {
        (Some(filter), "") => filter,
        _ => {
            return Err(ProgramError(format!(
                "{program}: error: syntax error at {:?}; kubehop reads paths, [], |, select(), length, keys, == and !=",
                reader.rest
            )));
        }
    };
    read.of(value)
        .map_err(|why| ProgramError(format!("{program}: error (at <stdin>:0): {why}")))
}

/// Reads a filter from its beginning; what is not read yet is in `rest`.
struct Reader<'a> {
    rest: &'a str,
}

impl Reader<'_> {
    fn take(&mut self, sign: &str) -> bool {
        let rest = self.rest.trim_start();
        let found = rest.strip_prefix(sign);
        self.rest = found.unwrap_or(rest);
        found.is_some()
    }

    fn pipe(&mut self) -> Option<Filter> {
        let left = self.comma()?;
        if self.take("|") {
            return Some(Filter::Pipe(Box::new(left), Box::new(self.pipe()?)));
        }
        Some(left)
    }

    fn comma(&mut self) -> Option<Filter> {
        let mut left = self.comparison()?;
        while self.take(",") {
            left = Filter::Both(Box::new(left), Box::new(self.comparison()?));
        }
        Some(left)
    }

    fn comparison(&mut self) -> Option<Filter> {
        let left = self.term()?;
        let sense = match (self.take("=="), self.take("!=")) {
            (true, _) => Sense::Equal,
            (false, true) => Sense::Unequal,
            (false, false) => return Some(left),
        };
        Some(Filter::Compare(
            Box::new(left),
            sense,
            Box::new(self.term()?),
        ))
    }

    fn term(&mut self) -> Option<Filter> {
        let mut term = self.primary()?;
        loop {
            let next = if self.rest.starts_with("[") {
                self.brackets()?
            } else if self.rest.starts_with('.') {
                self.rest = &self.rest[1..];
                self.field()?
            } else if self.rest.starts_with('?') {
                self.rest = &self.rest[1..];
                term = Filter::Try(Box::new(term));
                continue;
            } else {
                return Some(term);
            };
            term = Filter::Pipe(Box::new(term), Box::new(next));
        }
    }

    fn primary(&mut self) -> Option<Filter> {
        if self.take("(") {
            let inside = self.pipe()?;
            return self.take(")").then_some(inside);
        }
        if self.take("[") {
            let inside = self.pipe()?;
            return self.take("]").then_some(Filter::Collect(Box::new(inside)));
        }
        if self.rest.starts_with('"') {
            return self.text().map(|text| Filter::Literal(text.into()));
        }
        if self.take(".") {
            if self.rest.starts_with(|letter: char| {
                letter.is_alphabetic() || letter == '_' || letter == '"'
            }) {
                return self.field();
            }
            return Some(Filter::Identity);
        }
        let word = self.word();
        match word {
            "length" => Some(Filter::Length),
            "keys" => Some(Filter::Keys),
            "select" => {
                let condition = self.take("(").then(|| self.pipe())??;
                self.take(")")
                    .then_some(Filter::Select(Box::new(condition)))
            }
            literal => serde_json::from_str(literal).ok().map(Filter::Literal),
        }
    }

    /// Letters, digits, `_` and `-` of a number.
    fn word(&mut self) -> &str {
        let is_in_word = |letter: char| letter.is_alphanumeric() || letter == '_' || letter == '-';
        let end = self
            .rest
            .find(|letter| !is_in_word(letter))
            .unwrap_or(self.rest.len());
        let (word, rest) = self.rest.split_at(end);
        self.rest = rest;
        word
    }

    fn field(&mut self) -> Option<Filter> {
        if self.rest.starts_with('"') {
            return self.text().map(Filter::Field);
        }
        if self.rest.starts_with('[') {
            return self.brackets();
        }
        let is_in_name = |letter: char| letter.is_alphanumeric() || letter == '_';
        let end = self
            .rest
            .find(|letter| !is_in_name(letter))
            .unwrap_or(self.rest.len());
        let (name, rest) = self.rest.split_at(end);
        self.rest = rest;
        (!name.is_empty()).then(|| Filter::Field(name.to_owned()))
    }

    fn text(&mut self) -> Option<String> {
        let (text, rest) = self.rest[1..].split_once('"')?;
        self.rest = rest;
        Some(text.to_owned())
    }

    fn brackets(&mut self) -> Option<Filter> {
        let (inside, rest) = self.rest[1..].split_once(']')?;
        self.rest = rest;
        match inside.trim() {
            "" => Some(Filter::Each),
            own if own.starts_with('"') => Some(Filter::Field(own.trim_matches('"').to_owned())),
            own => own.parse().ok().map(Filter::Index),
        }
    }
}

impl Filter {
    /// The values that a filter makes of one.
    fn of(&self, value: Value) -> Result<Vec<Value>, String> {
        Ok(match self {
            Filter::Identity => vec![value],
            Filter::Literal(own) => vec![own.clone()],
            Filter::Field(name) => vec![field(name, value)?],
            Filter::Index(index) => vec![index_of(*index, value)?],
            Filter::Each => match value {
                Value::Array(items) => items,
                Value::Object(fields) => fields.into_iter().map(|(_, value)| value).collect(),
                other => return Err(format!("Cannot iterate over {}", described(&other))),
            },
            Filter::Length => vec![match &value {
                Value::Array(items) => items.len().into(),
                Value::Object(fields) => fields.len().into(),
                Value::String(text) => text.chars().count().into(),
                Value::Null => 0.into(),
                other => return Err(format!("{} has no length", described(other))),
            }],
            Filter::Keys => vec![keys(&value)?],
            Filter::Pipe(first, second) => {
                let mut found = Vec::new();
                for value in first.of(value)? {
                    found.extend(second.of(value)?);
                }
                found
            }
            Filter::Both(first, second) => {
                let mut found = first.of(value.clone())?;
                found.extend(second.of(value)?);
                found
            }
            Filter::Compare(left, sense, right) => {
                let mut found = Vec::new();
                for right in right.of(value.clone())? {
                    for left in left.of(value.clone())? {
                        found.push(((left == right) == (*sense == Sense::Equal)).into());
                    }
                }
                found
            }
            Filter::Select(condition) => {
                let holds = |own: &Value| !matches!(own, Value::Null | Value::Bool(false));
                let count = condition
                    .of(value.clone())?
                    .iter()
                    .filter(|own| holds(own))
                    .count();
                vec![value; count]
            }
            Filter::Collect(inside) => vec![Value::Array(inside.of(value)?)],
            Filter::Try(inside) => inside.of(value).unwrap_or_default(),
        })
    }
}

fn field(name: &str, value: Value) -> Result<Value, String> {
    match value {
        Value::Object(mut fields) => Ok(fields.remove(name).unwrap_or_default()),
        Value::Null => Ok(Value::Null),
        other => Err(format!("Cannot index {} with \"{name}\"", kind(&other))),
    }
}

fn index_of(index: i64, value: Value) -> Result<Value, String> {
    match value {
        Value::Array(items) => {
            let length = i64::try_from(items.len()).unwrap_or(i64::MAX);
            let index = usize::try_from(if index < 0 { length + index } else { index }).ok();
            Ok(index
                .and_then(|index| items.into_iter().nth(index))
                .unwrap_or_default())
        }
        Value::Null => Ok(Value::Null),
        other => Err(format!("Cannot index {} with number", kind(&other))),
    }
}

fn keys(value: &Value) -> Result<Value, String> {
    match value {
        Value::Object(fields) => {
            let mut names: Vec<&String> = Map::keys(fields).collect();
            crate::sort::sort(&mut names);
            Ok(names
                .into_iter()
                .map(|name| Value::from(name.as_str()))
                .collect())
        }
        Value::Array(items) => Ok((0..items.len()).map(Value::from).collect()),
        other => Err(format!("{} has no keys", described(other))),
    }
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    }
}

/// The kind of a value, and the value: `string ("a")`.
fn described(value: &Value) -> String {
    format!("{} ({value})", kind(value))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn filters_give_what_jqs_do() {
        let input = r#"{"items": [{"name": "a", "ports": [80, 443], "on": true}, {"name": "b", "ports": []}]}"#;
        for (filter, wanted) in [
            (".items[].name", "\"a\"\n\"b\"\n"),
            ("-r .items[0].name", "a\n"),
            (".items | length", "2\n"),
            (".items[-1].name", "\"b\"\n"),
            ("-c .items[0].ports", "[80,443]\n"),
            ("-r .items[]|select(.name==\"b\")|.name", "b\n"),
            ("-r .items[]|select(.on).name", "a\n"),
            ("-c .items[0]|keys", "[\"name\",\"on\",\"ports\"]\n"),
            ("-c [.items[].ports[]?]", "[80,443]\n"),
            ("-c .items[0].name,.nothing.more", "\"a\"\nnull\n"),
            ("-r .items[]|select(.name!=\"a\")|.[\"name\"]", "b\n"),
        ] {
            let arguments: Vec<String> = filter.split_whitespace().map(str::to_owned).collect();
            let arguments = match arguments.as_slice() {
                [flag, rest @ ..] if flag.starts_with('-') => vec![flag.clone(), rest.join(" ")],
                words => vec![words.join(" ")],
            };
            assert_eq!(jq(&arguments, input).as_deref(), Ok(wanted), "{filter}");
        }
        for wrong in [".items[", "foo", ".items | ", ".items.name"] {
            assert!(jq(&[wrong.to_owned()], input).is_err(), "{wrong}");
        }
        assert_eq!(yq(&[".a[0]".to_owned()], "a: [x]\n").as_deref(), Ok("x\n"));
    }
}
