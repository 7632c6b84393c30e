//! What is compared of EndpointSlices and Endpoints.
//!
//! Never compared: the order of endpoints, slices and subsets, drawn name endings, and what only a server keeps
//! (`uid`, `generation`, `generateName`). A protocol that a suite left out reads as TCP, which is what the API server
//! would have stored.

use serde_json::{Value, json};

/// What the recording expects of those things that are asked here. Slices that stood beside the question, given neither
/// to us nor kept by the controller for this Service, are left out.
pub(super) fn wanted(input: &Value, expect: &Value, answer: &Value) -> Value {
    let mut expect = expect.clone();
    let is_whole_cluster = input.get("objects").is_some();
    let ours = |slice: &Value| {
        let labels = &slice["metadata"]["labels"];
        let names = answer["slices"]
            .as_array()
            .into_iter()
            .flatten()
            .map(|slice| &slice["metadata"]["labels"]);
        let given = input["existingSlices"].as_array().into_iter().flatten();
        names.into_iter().any(|ours| {
            [
                "kubernetes.io/service-name",
                "endpointslice.kubernetes.io/managed-by",
            ]
            .iter()
            .all(|key| ours[key] == labels[key])
        }) || given
            .into_iter()
            .any(|given| given["metadata"]["name"] == slice["metadata"]["name"])
    };
    if let Some(slices) = expect
        .get_mut("slices")
        .and_then(Value::as_array_mut)
        .filter(|_| !is_whole_cluster)
    {
        slices.retain(ours);
        for slice in slices {
            gather_hints(input, slice);
        }
    }
    expect
}

/// Where zones share endpoints out, which of a zone's endpoints is given away is chance: only how often each zone is
/// hinted at is compared.
pub(super) fn gather_hints(input: &Value, slice: &mut Value) {
    if input.get("topologyCache").is_none() {
        return;
    }
    let endpoints = slice.get_mut("endpoints").and_then(Value::as_array_mut);
    let endpoints = endpoints
        .into_iter()
        .flatten()
        .filter_map(Value::as_object_mut);
    let hints: Vec<Value> = endpoints
        .filter_map(|endpoint| endpoint.remove("hints"))
        .collect();
    slice["hints"] = Value::Array(hints);
}

/// Values without what is never compared, lists whose order means nothing sorted.
pub(super) fn canonical(value: &Value) -> Value {
    match value {
        Value::Array(items) => {
            let mut items: Vec<Value> = items.iter().map(canonical).collect();
            items.sort_by_key(Value::to_string);
            Value::Array(items)
        }
        Value::Object(entries) => {
            Value::Object(entries.iter().filter_map(canonical_entry).collect())
        }
        other => other.clone(),
    }
}

fn canonical_entry((key, value): (&String, &Value)) -> Option<(String, Value)> {
    let value = match (key.as_str(), value) {
        ("uid" | "generation" | "generateName" | "apiVersion" | "kind", value)
            if value != "Pod" =>
        {
            return None;
        }
        // The order of ports and of an Endpoints' addresses has a meaning.
        ("ports" | "addresses" | "notReadyAddresses", Value::Array(ports)) => {
            Value::Array(ports.iter().map(canonical).collect())
        }
        ("protocol", Value::String(text)) if text.is_empty() => json!("TCP"),
        ("addressType", Value::String(text)) if text.is_empty() => json!("IPv4"),
        ("name", Value::String(text)) => json!(without_ending(text)),
        ("annotations" | "labels", Value::Object(entries)) if entries.is_empty() => return None,
        ("endpoints" | "subsets", Value::Null) => return None,
        (_, value) => canonical(value),
    };
    Some((key.clone(), value))
}

/// A slice's name without its drawn ending: `web-x2x8k` as a server gives it, `web--x2x8kq7d` as the suites' fake one.
fn without_ending(name: &str) -> &str {
    let drawn = |ending: &str| {
        ending == "<rand5>"
            || ending
                .bytes()
                .all(|byte| b"bcdfghjklmnpqrstvwxz2456789".contains(&byte))
    };
    match name.rsplit_once('-') {
        Some((base, ending)) if [5, 7, 8].contains(&ending.len()) && drawn(ending) => {
            base.trim_end_matches('-')
        }
        _ => name,
    }
}
