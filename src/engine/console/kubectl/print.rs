//! The forms in which `kubectl get` prints what it found: tables, names, JSON, YAML.

use smol_str::SmolStr;

use super::super::watch::{Row, RowSubject};
use super::command::{Arguments, Refusal};
use super::custom_columns::CustomColumns;
use super::get::GetFlags;
use super::json_path::Template;
use super::look_up::FoundObjects;
use super::resource_args::error;
use super::yaml;
use crate::api_resources::Scope;
use crate::kinds::{columns_of, wide_columns_of};
use crate::printers::age::Timestamp;
use crate::printers::fields::label_line;
use crate::printers::get::{Detail, Printer};
use crate::printers::store::Item;
use crate::printers::table::table;

/// A form.
pub(super) enum Format {
    /// Rows and columns.
    Table(Columns),
    /// `service/web`.
    Name,
    /// The objects themselves.
    Json,
    /// The objects themselves.
    Yaml,
    /// What a template takes of the objects.
    JsonPath(Template),
    /// A table whose columns are named.
    CustomColumns(CustomColumns),
}

/// Which columns a table has beside the usual ones.
pub(super) struct Columns {
    is_wide: bool,
    namespace: bool,
    headers: bool,
    kinds: bool,
    labels: bool,
    label_columns: Vec<String>,
}

impl Format {
    /// The form that a command requests.
    pub(super) fn of(arguments: &Arguments, flags: &GetFlags) -> Result<Format, Refusal> {
        match flags.output.as_str() {
            "" | "wide" => Ok(Format::Table(Columns {
                is_wide: flags.output == "wide",
                namespace: arguments.all_namespaces,
                headers: !flags.no_headers,
                kinds: flags.show_kind,
                labels: flags.show_labels,
                label_columns: flags.label_columns.clone(),
            })),
            "name" => Ok(Format::Name),
            "json" => Ok(Format::Json),
            "yaml" => Ok(Format::Yaml),
            "jsonpath" | "jsonpath=" => {
                Err(error("template format specified but no template given"))
            }
            "custom-columns" | "custom-columns=" => Err(error(
                "custom-columns format specified but no custom columns given",
            )),
            other if other.starts_with("jsonpath=") => {
                Template::read(&other["jsonpath=".len()..]).map(Format::JsonPath)
            }
            other if other.starts_with("custom-columns=") => {
                CustomColumns::read(&other["custom-columns=".len()..]).map(Format::CustomColumns)
            }
            other => Err(no_printer(other, &FORMS, &PRINTED_FORMS)),
        }
    }
}

/// The forms of kubectl's `get`, sorted.
const FORMS: [&str; 14] = [
    "custom-columns",
    "custom-columns-file",
    "go-template",
    "go-template-file",
    "json",
    "jsonpath",
    "jsonpath-as-json",
    "jsonpath-file",
    "kyaml",
    "name",
    "template",
    "templatefile",
    "wide",
    "yaml",
];

/// Those that are printed here.
const PRINTED_FORMS: [&str; 6] = ["custom-columns", "json", "jsonpath", "name", "wide", "yaml"];

/// The refusal of a form: of one that kubectl has, that it is not here.
pub(super) fn no_printer(form: &str, forms: &[&str], printed: &[&str]) -> Refusal {
    let name = form.split('=').next().unwrap_or_default();
    if forms.contains(&name) && !printed.contains(&name) {
        let here = printed.join(", ");
        return error(&format!(
            "kubehop does not print -o {name}; here are {here}"
        ));
    }
    let allowed = forms.join(",");
    error(&format!(
        "unable to match a printer suitable for the output format {form:?}, allowed formats are: {allowed}"
    ))
}

/// A table for each run of one kind, a free line between those with headers. Names have their kind when there are several
/// kinds.
pub(super) fn tables(found: &[FoundObjects], columns: &Columns, now: Timestamp) -> String {
    let has_several = found
        .windows(2)
        .any(|pair| matches!(pair, [a, b] if a.resource != b.resource));
    let has_kinds = columns.kinds || has_several;
    let runs = found.chunk_by(|a, b| a.resource == b.resource);
    let tables = runs.map(|run| {
        let items: Vec<&Item> = run.iter().flat_map(|found| &found.items).copied().collect();
        one_table(&items, columns, has_kinds, now)
    });
    tables
        .filter(|table| !table.is_empty())
        .collect::<Vec<_>>()
        .join(if columns.headers { "\n" } else { "" })
}

fn one_table(items: &[&Item], columns: &Columns, has_kinds: bool, now: Timestamp) -> String {
    table(&lines_of_cells(items, columns, has_kinds, now))
}

/// The rows of a table of one kind: the header, if it has one, and each object's.
pub(super) fn rows(found: &[FoundObjects], columns: &Columns, now: Timestamp) -> Vec<Row> {
    let items: Vec<&Item> = found.iter().flat_map(|own| &own.items).copied().collect();
    let cells = lines_of_cells(&items, columns, columns.kinds, now);
    let printed = table(&cells);
    let header = columns.headers.then_some(RowSubject::Header);
    let objects = items
        .iter()
        .map(|item| RowSubject::Object(item.name.clone()));
    let subjects = header.into_iter().chain(objects);
    let rows = subjects.zip(cells).zip(printed.lines());
    rows.map(|((subject, cells), printed)| Row {
        subject,
        cells,
        printed: printed.to_owned(),
    })
    .collect()
}

/// The cells of each line of a table; nothing if it has no objects.
fn lines_of_cells(
    items: &[&Item],
    columns: &Columns,
    has_kinds: bool,
    now: Timestamp,
) -> Vec<Vec<String>> {
    let Some(first) = items.first() else {
        return Vec::new();
    };
    let printer = if columns.is_wide {
        wide_columns_of(first.resource.kind)
    } else {
        columns_of(first.resource.kind)
    };
    // The kind precedes the name, which events have in a column of `-o wide` only.
    let place_of_name = printer.columns.iter().position(|title| *title == "NAME");
    let has_namespace = columns.namespace && first.resource.scope == Scope::Namespace;
    let wide_columns = if columns.is_wide {
        printer.wide_columns.len()
    } else {
        0
    };
    let row = |item: &&Item| {
        let mut cells = printer.row(&item.tree, Detail::Wide, now);
        cells.truncate(printer.columns.len() + wide_columns);
        let name = place_of_name.and_then(|place| cells.get_mut(place));
        if let Some(name) = name.filter(|_| has_kinds) {
            *name = format!("{}/{name}", item.resource.prefix());
        }
        let namespace = has_namespace.then(|| item.name.namespace.to_string());
        namespace
            .into_iter()
            .chain(cells)
            .chain(label_cells(item, columns))
            .collect()
    };
    let header = columns
        .headers
        .then(|| header(printer, columns, has_namespace));
    header.into_iter().chain(items.iter().map(row)).collect()
}

fn header(printer: &Printer, columns: &Columns, has_namespace: bool) -> Vec<String> {
    let wide = if columns.is_wide {
        printer.wide_columns
    } else {
        &[]
    };
    let usual = has_namespace
        .then_some("NAMESPACE")
        .into_iter()
        .chain(printer.columns.iter().chain(wide).copied());
    let of_label = |label: &String| label.rsplit('/').next().unwrap_or_default().to_uppercase();
    let labels = columns
        .label_columns
        .iter()
        .map(of_label)
        .chain(columns.labels.then(|| "LABELS".to_owned()));
    usual.map(str::to_owned).chain(labels).collect()
}

fn label_cells(item: &Item, columns: &Columns) -> Vec<String> {
    let labels = item.labels();
    // A missing label is an empty cell (`decorateTable` in cli-runtime).
    let of_label = |name: &String| {
        labels
            .get(name.as_str())
            .map_or("", SmolStr::as_str)
            .to_owned()
    };
    let own = columns.label_columns.iter().map(of_label);
    own.chain(columns.labels.then(|| label_line(&labels)))
        .collect()
}

/// The names, each with its kind.
pub(super) fn names(found: &[FoundObjects]) -> String {
    let items = found.iter().flat_map(|found| &found.items);
    items
        .map(|item| format!("{}/{}\n", item.resource.prefix(), item.name.name))
        .collect()
}

/// The objects as JSON.
pub(super) fn json(found: &[FoundObjects], is_single: bool) -> String {
    json_text(&objects(found, is_single))
}

/// A value as JSON, as Go indents and escapes it.
pub(super) fn json_text(value: &serde_json::Value) -> String {
    let mut text = Vec::new();
    let formatter = serde_json::ser::PrettyFormatter::with_indent(b"    ");
    let mut serializer = serde_json::Serializer::with_formatter(&mut text, formatter);
    let written = serde::Serialize::serialize(value, &mut serializer);
    let text = written
        .ok()
        .and_then(|()| String::from_utf8(text).ok())
        .unwrap_or_default();
    // These letters occur only in texts; Go escapes them so that HTML may contain the JSON.
    text.replace('&', "\\u0026")
        .replace('<', "\\u003c")
        .replace('>', "\\u003e")
        + "\n"
}

/// The objects as YAML.
pub(super) fn yaml(found: &[FoundObjects], is_single: bool) -> String {
    yaml::write(&objects(found, is_single))
}

/// The one object that was requested by name, or a list.
pub(super) fn objects(found: &[FoundObjects], is_single: bool) -> serde_json::Value {
    let mut items = found
        .iter()
        .flat_map(|found| &found.items)
        .map(|item| serde_json::Value::from(&*item.tree));
    match (is_single, items.next()) {
        (true, Some(object)) => object,
        (_, first) => {
            let items: Vec<serde_json::Value> = first.into_iter().chain(items).collect();
            let metadata = serde_json::json!({"resourceVersion": ""});
            serde_json::json!({"apiVersion": "v1", "items": items, "kind": "List", "metadata": metadata})
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unknown_form_is_refused() {
        let flags = GetFlags {
            output: "jason".to_owned(),
            ..GetFlags::default()
        };
        let words = Format::of(&Arguments::default(), &flags)
            .err()
            .map(|Refusal(words)| words)
            .unwrap_or_default();
        assert!(
            words.starts_with(
                "error: unable to match a printer suitable for the output format \"jason\", allowed formats are: \
                 custom-columns,custom-columns-file,go-template,"
            ),
            "{words}"
        );
        let Refusal(words) = no_printer("go-template={{.}}", &FORMS, &PRINTED_FORMS);
        assert!(
            words.starts_with(
                "error: kubehop does not print -o go-template; here are custom-columns,"
            ),
            "{words}"
        );
    }

    #[test]
    fn json_is_escaped_as_go_escapes_it() {
        let tree = serde_json::json!({"note": "a < b & c"});
        let item = Item {
            resource: &crate::api_resources::RESOURCES[0],
            name: Default::default(),
            tree: std::sync::Arc::new((tree).into()),
        };
        let found = [FoundObjects {
            resource: item.resource,
            items: vec![&item],
        }];
        assert_eq!(
            json(&found, true),
            "{\n    \"note\": \"a \\u003c b \\u0026 c\"\n}\n"
        );
    }
}
