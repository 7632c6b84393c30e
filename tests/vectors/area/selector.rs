//! Area `selector`: a selector in one of its forms, labels → whether it matches, how it prints, what is wrong with it.

use kubehop_engine::labels::{
    LabelSelector, Labels, Requirement, Selector, SelectorError, service_selects,
};
use serde_json::{Value, json};

use super::super::Case;
use super::compare::{read, run_each, same, text};

/// Compares whatever a case recorded of its form.
pub(crate) fn run(recording: &Value) -> Vec<Case> {
    run_each(recording, |case| {
        let (input, expect) = (&case["input"], &case["expect"]);
        let computed = match input {
            _ if input.get("serviceSelector").is_some() => service(input)?,
            _ if input.get("labelSelector").is_some() => label_selector(input)?,
            _ if input.get("requirement").is_some() => match requirement(&input["requirement"]) {
                Ok(_) => json!({ "ok": true }),
                Err(error) => json!({ "error": error.0 }),
            },
            _ => by_text(input, expect)?,
        };
        same(expect, &computed)
    })
}

fn service(input: &Value) -> Result<Value, String> {
    let selector: Option<Labels> = read(&input["serviceSelector"])?;
    let labels: Labels = read(&input["labels"])?;
    let map = Selector::equal_to(&selector.clone().unwrap_or_default()).matches(&labels);
    Ok(json!({ "mapMatch": map, "serviceSelectsPod": service_selects(selector.as_ref(), &labels) }))
}

fn label_selector(input: &Value) -> Result<Value, String> {
    let written: Option<LabelSelector> = read(&input["labelSelector"])?;
    let errors = written
        .as_ref()
        .map(|selector| selector.errors("spec.selector"))
        .unwrap_or_default();
    let selector = written.map_or(Ok(Selector::Nothing), |selector| selector.selector());
    let mut computed = outcome(selector, input)?;
    computed["validationErrors"] = Value::from(errors);
    Ok(computed)
}

/// A text, beside it sometimes the requirements it means, which must choose the same.
fn by_text(input: &Value, expect: &Value) -> Result<Value, String> {
    let selector = text(&input["text"]).parse::<Selector>();
    if let Some(list) = input.get("requirements").and_then(Value::as_array) {
        let requirements = list
            .iter()
            .map(requirement)
            .collect::<Result<_, _>>()
            .map(Selector::all);
        same(&expect["match"], &outcome(requirements, input)?["match"])?;
    }
    let mut computed = outcome(selector, input)?;
    if let Some(fields) = computed.as_object_mut() {
        fields.retain(|field, _| field == "error" || expect.get(field).is_some());
    }
    Ok(computed)
}

fn outcome(selector: Result<Selector, SelectorError>, input: &Value) -> Result<Value, String> {
    let labels: Option<Labels> = read(&input["labels"])?;
    Ok(match selector {
        Err(error) => json!({ "error": error.0 }),
        Ok(selector) => {
            json!({ "canonical": selector.to_string(), "match": selector.matches(&labels.unwrap_or_default()) })
        }
    })
}

fn requirement(input: &Value) -> Result<Requirement, SelectorError> {
    let values = read(&input["values"]).map_err(SelectorError)?;
    Requirement::new(text(&input["key"]), text(&input["operator"]), values)
}
