//! Area `kubectl_output`: what commands print of stored objects, the cells of single objects, and ages.
//!
//! The recordings left out when objects were made. In a scenario it was three hours before the command; of a single
//! object the recorded AGE tells it, and that AGE is printed again. The slices' random suffixes are numbers there, in an
//! order that has no meaning: any order that gives the recorded text will do.

use std::sync::Arc;

use kubehop_engine::console::kubectl::run_over;
use kubehop_engine::kinds::columns_of;
use kubehop_engine::manifest::tree::Yaml;
use kubehop_engine::names::ObjectName;
use kubehop_engine::printers::age::{Timestamp, human_duration};
use kubehop_engine::printers::get::Detail;
use kubehop_engine::printers::store::ObjectStore;
use serde_json::{Value, json};

use super::super::Case;
use super::compare::{run_each, same, text};
use super::{cases, endpointslice, load, name};

/// When the scenarios were recorded, by the deletion time of a pod that had been going for 30 seconds.
const NOW_IN_SCENARIOS: &str = "2026-11-23T01:33:04Z";

/// When their objects had been made.
const MADE: &str = "2026-11-22T22:33:00Z";

/// When the cells were recorded.
const NOW_IN_SUITES: &str = "2026-11-23T01:07:02Z";

/// What stands for the random end of a slice's name.
const RANDOM: &str = "<rand5>";

/// So many slices have their names tried in every order.
const TRIED: usize = 6;

pub(crate) fn run(recording: &Value) -> Vec<Case> {
    run_each(recording, |case| compare(recording, case))
}

fn compare(recording: &Value, case: &Value) -> Result<(), String> {
    let (input, expect) = (&case["input"], &case["expect"]);
    if let Some(seconds) = input["ageSeconds"].as_i64() {
        return same(&expect["text"], &human_duration(seconds).into());
    }
    match input.get("object") {
        Some(object) => same(
            &as_texts(&expect["cells"]),
            &cells(object, input["wide"] == true, &expect["cells"])?,
        ),
        None => scenario(recording, input, text(&expect["stdout"])),
    }
}

fn moment(time: &str) -> Timestamp {
    Timestamp::read(time).expect("a time written here")
}

/// The cells of one object, which is given the age of the recorded one.
fn cells(object: &Value, is_wide: bool, recorded: &Value) -> Result<Value, String> {
    let now = moment(NOW_IN_SUITES);
    let printer = columns_of(text(&object["kind"]));
    let place = printer
        .columns
        .iter()
        .position(|column| *column == "AGE")
        .ok_or("no column AGE")?;
    let mut object = object.clone();
    if let Some(seconds) = seconds_of(text(&recorded[0][place])) {
        object["metadata"]["creationTimestamp"] = Timestamp(now.0 - seconds).written().into();
    }
    let detail = if is_wide {
        Detail::Wide
    } else {
        Detail::Narrow
    };
    let mut cells = printer.row(&Yaml::from(object), detail, now);
    cells.truncate(
        printer.columns.len()
            + if is_wide {
                printer.wide_columns.len()
            } else {
                0
            },
    );
    Ok(json!([cells]))
}

/// The seconds of an age with one unit.
fn seconds_of(age: &str) -> Option<i64> {
    let unit = match age.chars().last()? {
        's' => 1,
        'm' => 60,
        'h' => 3600,
        'd' => 86400,
        'y' => 365 * 86400,
        _ => return None,
    };
    age.get(..age.len() - 1)?
        .parse::<i64>()
        .ok()
        .map(|count| count * unit)
}

/// Counts were recorded as numbers.
fn as_texts(rows: &Value) -> Value {
    let cell = |cell: &Value| {
        cell.as_str()
            .map_or_else(|| cell.to_string(), str::to_owned)
    };
    let row = |row: &Value| {
        row.as_array()
            .into_iter()
            .flatten()
            .map(cell)
            .collect::<Vec<_>>()
    };
    json!(
        rows.as_array()
            .into_iter()
            .flatten()
            .map(row)
            .collect::<Vec<_>>()
    )
}

fn scenario(recording: &Value, input: &Value, recorded: &str) -> Result<(), String> {
    let (objects, is_exact) = match input["objects"].as_str() {
        Some(elsewhere) => (objects_elsewhere(elsewhere)?, false),
        None => (objects(recording, input), true),
    };
    let wanted = if is_exact {
        recorded.to_owned()
    } else {
        with_counts(recorded)
    };
    let mut first = None;
    for order in orders(objects.iter().filter(|object| is_random(object)).count()) {
        let printed = run_over(
            &store(&objects, &order),
            text(&input["command"]),
            moment(NOW_IN_SCENARIOS),
        )
        .stdout;
        let printed = if is_exact {
            printed
        } else {
            with_counts(&printed)
        };
        if printed == wanted {
            return Ok(());
        }
        first.get_or_insert(printed);
    }
    Err(format!(
        "recorded\n{wanted}\ncomputed\n{}",
        first.unwrap_or_default()
    ))
}

fn objects(recording: &Value, input: &Value) -> Vec<Value> {
    let derived = match input["derived"]["$ref"].as_str() {
        Some(id) => &recording["shared"][id],
        None => &input["derived"],
    };
    let made = ["endpoints", "slices"].map(|key| derived[key].as_array().into_iter().flatten());
    load::objects(recording, &input["objects"])
        .chain(made.into_iter().flatten())
        .cloned()
        .collect()
}

/// The objects of a case of another area, and what the controllers make of them.
fn objects_elsewhere(words: &str) -> Result<Vec<Value>, String> {
    let wanted = words.split('"').nth(1).ok_or("no name of a case")?;
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/vectors");
    let folder = std::env::var_os("KUBEHOP_VECTORS").map_or(root, std::path::PathBuf::from);
    let file = std::fs::read_to_string(folder.join("endpointslice.json"))
        .map_err(|error| error.to_string())?;
    let recording: Value = serde_json::from_str(&file).map_err(|error| error.to_string())?;
    let case = cases(&recording)
        .find(|case| name(case) == wanted)
        .ok_or("no such case")?;
    let made = endpointslice::whole_cluster(&case["input"], &Value::Null)?;
    let endpoints = made["endpoints"]
        .as_array()
        .into_iter()
        .flatten()
        .map(|object| of_kind("Endpoints", object));
    let slices = made["slices"]
        .as_array()
        .into_iter()
        .flatten()
        .map(|object| unnamed(of_kind("EndpointSlice", object)));
    let written = case["input"]["objects"]
        .as_array()
        .into_iter()
        .flatten()
        .cloned();
    Ok(written.chain(endpoints).chain(slices).collect())
}

fn of_kind(kind: &str, object: &Value) -> Value {
    let mut object = object.clone();
    object["kind"] = kind.into();
    object
}

/// A slice with its random ending as recordings write it.
fn unnamed(mut slice: Value) -> Value {
    let name = text(&slice["metadata"]["name"]);
    let beginning = name
        .rsplit_once('-')
        .map_or(name, |(beginning, _)| beginning);
    slice["metadata"]["name"] = format!("{beginning}-{RANDOM}").into();
    slice
}

/// Which addresses stand in which slice has no meaning; how many are left out has.
fn with_counts(table: &str) -> String {
    let word = |word: &str| {
        if word.contains(',') {
            "…".to_owned()
        } else {
            word.to_owned()
        }
    };
    let line = |line: &str| {
        line.split_whitespace()
            .map(word)
            .collect::<Vec<_>>()
            .join(" ")
    };
    table.lines().map(line).collect::<Vec<_>>().join("\n")
}

fn is_random(object: &Value) -> bool {
    text(&object["metadata"]["name"]).ends_with(RANDOM)
}

/// The orders in which so many slices may have been numbered.
fn orders(count: usize) -> Vec<Vec<usize>> {
    let first: Vec<usize> = (1..=count).collect();
    if count > TRIED {
        return vec![first];
    }
    let mut orders = vec![Vec::new()];
    for number in first {
        let with_number = |order: Vec<usize>| {
            (0..=order.len()).map(move |place| {
                let mut order = order.clone();
                order.insert(place, number);
                order
            })
        };
        orders = orders.into_iter().flat_map(with_number).collect();
    }
    orders
}

fn store(objects: &[Value], order: &[usize]) -> ObjectStore {
    let mut numbers = order.iter();
    let stored = objects.iter().map(|object| {
        let mut object = object.clone();
        let number = if is_random(&object) {
            numbers.next()
        } else {
            None
        };
        let metadata = &mut object["metadata"];
        if let Some(number) = number {
            metadata["name"] = text(&metadata["name"])
                .replace(RANDOM, &format!("{number:05}"))
                .into();
        }
        if metadata.get("creationTimestamp").is_none() {
            metadata["creationTimestamp"] = MADE.into();
        }
        // The recording took this annotation off what the controller made, and its time out of what was printed.
        if metadata["labels"]["endpoints.kubernetes.io/managed-by"] == "endpoint-controller" {
            metadata["annotations"]["endpoints.kubernetes.io/last-change-trigger-time"] =
                "<time>".into();
        }
        let id = ObjectName::new(text(&metadata["namespace"]), text(&metadata["name"]));
        (
            text(&object["kind"]).to_owned(),
            id,
            Arc::new(Yaml::from(object)),
        )
    });
    let stored: Vec<(String, ObjectName, Arc<Yaml>)> = stored.collect();
    ObjectStore::new(
        stored
            .iter()
            .map(|(kind, id, tree)| (kind.as_str(), id.clone(), Arc::clone(tree))),
    )
}
