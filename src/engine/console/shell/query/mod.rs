//! `jq` and `yq` with the part of jq's language that people use on objects: paths, `[]`, `|`, `,`, `select`, `length`,
//! `keys`, comparisons.

mod filter;
mod parser;

use serde_json::Value;

use super::ProgramError;
use crate::console::kubectl::yaml;
use crate::manifest::reader::read;
use parser::FilterParser;

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

/// The letters of the flags, and the filter.
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

/// The values of a filter.
fn run(program: &str, filter: &str, value: Value) -> Result<Vec<Value>, ProgramError> {
    let mut parser = FilterParser {
        rest: filter.trim(),
    };
    let filter = match (parser.pipe(), parser.rest) {
        (Some(filter), "") => filter,
        (_, rest) => {
            return Err(ProgramError(format!(
                "{program}: error: syntax error at {rest:?}; kubehop reads paths, [], |, select(), length, keys, == and !="
            )));
        }
    };
    filter
        .apply(value)
        .map_err(|why| ProgramError(format!("{program}: error (at <stdin>:0): {why}")))
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
