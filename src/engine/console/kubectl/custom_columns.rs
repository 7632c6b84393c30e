//! `-o custom-columns=NAME:.metadata.name,NODE:.spec.nodeName`.

use super::command::Refusal;
use super::json_path::{Path, printed};
use super::look_up::FoundObjects;
use super::resource_args::error;
use crate::printers::table::table;

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
            let path = path.trim_start_matches('{').trim_end_matches('}');
            let path = Path::read(path).map_err(|why| error(&why))?;
            Ok((heading.to_owned(), path))
        };
        text.split(',')
            .map(column)
            .collect::<Result<_, _>>()
            .map(CustomColumns)
    }

    /// The table of some objects.
    pub(super) fn print(&self, found: &[FoundObjects<'_>], headers: bool) -> String {
        let heading = self.0.iter().map(|(heading, _)| heading.clone()).collect();
        let mut rows: Vec<Vec<String>> = Vec::new();
        if headers {
            rows.push(heading);
        }
        for item in found.iter().flat_map(|found| &found.items) {
            let tree = serde_json::Value::from(&*item.tree);
            let cell = |(_, path): &(String, Path)| {
                let values: Vec<String> = path.values(&tree).into_iter().map(printed).collect();
                if values.is_empty() {
                    "<none>".to_owned()
                } else {
                    values.join(",")
                }
            };
            rows.push(self.0.iter().map(cell).collect());
        }
        table(&rows)
    }
}
