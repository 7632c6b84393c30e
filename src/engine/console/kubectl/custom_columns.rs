//! `-o custom-columns=NAME:.metadata.name,NODE:.spec.nodeName`.

use serde_json::Value;

use super::command::Refusal;
use super::json_path::Path;
use super::look_up::FoundObjects;
use super::resource_args::error;
use crate::printers::table::table;
use crate::sort;

/// The columns, each with its heading and where its values are.
pub(super) struct CustomColumns(Vec<(String, Path)>);

impl CustomColumns {
    /// Reads `NAME:.metadata.name,NODE:.spec.nodeName`.
    pub(super) fn read(text: &str) -> Result<CustomColumns, Refusal> {
        let column = |column: &str| {
            let (heading, path) = column.split_once(':').ok_or_else(|| {
                error(&format!(
                    "unexpected custom-columns spec: {column}, expected <header>:<json-path-expr>"
                ))
            })?;
            let path = relaxed(path).ok_or_else(|| error(UNEXPECTED))?;
            let path = Path::read(path).map_err(|why| error(&why))?;
            Ok((heading.to_owned(), path))
        };
        text.split(',')
            .map(column)
            .collect::<Result<_, _>>()
            .map(CustomColumns)
    }

    /// The table of some objects.
    pub(super) fn print(
        &self,
        found: &[FoundObjects<'_>],
        headers: bool,
    ) -> Result<String, Refusal> {
        let heading = self.0.iter().map(|(heading, _)| heading.clone()).collect();
        let mut rows: Vec<Vec<String>> = Vec::new();
        if headers {
            rows.push(heading);
        }
        for item in found.iter().flat_map(|found| &found.items) {
            let tree = Value::from(&*item.tree);
            let cell = |(_, path): &(String, Path)| {
                let values = path.checked_values(&tree).map_err(|why| error(&why))?;
                let values: Vec<String> = values.into_iter().map(go_text).collect();
                Ok(if values.is_empty() {
                    "<none>".to_owned()
                } else {
                    values.join(",")
                })
            };
            rows.push(self.0.iter().map(cell).collect::<Result<_, Refusal>>()?);
        }
        Ok(table(&rows))
    }
}

const UNEXPECTED: &str = "unexpected path string, expected a 'name1.name2' or '.name1.name2' or '{name1.name2}' or \
                          '{.name1.name2}'";

/// The path in `.metadata.name`, `{.metadata.name}` or `metadata.name` (`RelaxedJSONPathExpression`).
fn relaxed(text: &str) -> Option<&str> {
    let inside = match text.strip_prefix('{') {
        Some(inside) => inside.strip_suffix('}')?,
        None => text,
    };
    (!inside.is_empty() && !inside.contains(['{', '}'])).then_some(inside)
}

/// A value as Go's `fmt.Sprint` writes it.
fn go_text(value: &Value) -> String {
    match value {
        Value::Null => "<nil>".to_owned(),
        Value::Bool(_) | Value::Number(_) => value.to_string(),
        Value::String(text) => text.clone(),
        Value::Array(items) => {
            let items: Vec<String> = items.iter().map(go_text).collect();
            format!("[{}]", items.join(" "))
        }
        Value::Object(fields) => {
            let fields = sort::map(fields.iter().map(|(key, value)| (key, go_text(value))));
            let fields = fields.iter().map(|(key, value)| format!("{key}:{value}"));
            format!("map[{}]", fields.collect::<Vec<_>>().join(" "))
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn lists_and_mappings_are_written_as_go_writes_them() {
        let labels = json!({"b": 1, "a": {"c": [true, "x", null]}});
        assert_eq!(go_text(&labels), "map[a:map[c:[true x <nil>]] b:1]");
    }

    #[test]
    fn braces_and_the_first_dot_may_be_left_out() {
        for text in [".a.b", "a.b", "{.a.b}", "{a.b}"] {
            let path = relaxed(text).map(|path| path.trim_start_matches('.'));
            assert_eq!(path, Some("a.b"), "{text}");
        }
        for text in ["", "{", "{.a}{.b}", "{.a"] {
            assert_eq!(relaxed(text), None, "{text}");
        }
    }
}
