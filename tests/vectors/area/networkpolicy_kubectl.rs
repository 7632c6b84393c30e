//! networkpolicy-kubectl: stored NetworkPolicies, command → what kubectl prints. In `get` cases every object is three
//! hours old; `describe` prints the object's own creation time.

use std::sync::Arc;

use kubehop_engine::console::kubectl::run_over;
use kubehop_engine::manifest::tree::Yaml;
use kubehop_engine::names::ObjectName;
use kubehop_engine::printers::age::Timestamp;
use kubehop_engine::printers::store::ObjectStore;
use serde_json::{Value, json};

use super::compare::{run_each, same, text};
use super::load;
use crate::Case;

const NOW: &str = "2026-03-04T08:06:07Z";
const THREE_HOURS_BEFORE: &str = "2026-03-04T05:06:07Z";

/// Compares every case of the recording.
pub(crate) fn run(recording: &Value) -> Vec<Case> {
    run_each(recording, |case| compare(recording, case))
}

fn compare(recording: &Value, case: &Value) -> Result<(), String> {
    let (input, expect) = (&case["input"], &case["expect"]);
    let now = Timestamp::read(NOW).expect("a time written here");
    let objects = load::objects(recording, &input["objects"]);
    let printed = run_over(&store(objects), text(&input["command"]), now);
    let stderr = expect.get("stderr").map_or("", text);
    same(
        &json!({ "stdout": expect["stdout"], "stderr": stderr }),
        &json!({ "stdout": printed.stdout, "stderr": printed.stderr }),
    )
}

fn store<'a>(objects: impl Iterator<Item = &'a Value>) -> ObjectStore {
    let stored: Vec<(String, ObjectName, Arc<Yaml>)> = objects.map(stored).collect();
    ObjectStore::new(
        stored
            .iter()
            .map(|(kind, id, tree)| (kind.as_str(), id.clone(), Arc::clone(tree))),
    )
}

fn stored(object: &Value) -> (String, ObjectName, Arc<Yaml>) {
    let mut object = object.clone();
    let metadata = &mut object["metadata"];
    if metadata.get("creationTimestamp").is_none() {
        metadata["creationTimestamp"] = THREE_HOURS_BEFORE.into();
    }
    let id = ObjectName::new(text(&metadata["namespace"]), text(&metadata["name"]));
    let kind = text(&object["kind"]).to_owned();
    (kind, id, Arc::new(Yaml::from(object)))
}
