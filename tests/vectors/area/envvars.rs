//! Area `envvars`: Services, a pod → its variables, whose order has no meaning; `$(VAR)` expansion.

use std::collections::BTreeMap;

use kubehop_engine::cluster::object::{Container, EnvVar, Pod, Service};
use kubehop_engine::dns::environment::{Variable, environment, expand, service_variables};
use serde_json::{Value, json};

use super::super::Case;
use super::compare::{read, run_each, same, text};

/// Compares every variable with its value.
pub(crate) fn run(recording: &Value) -> Vec<Case> {
    run_each(recording, |case| {
        let (input, expect) = (&case["input"], &case["expect"]);
        if let Some(string) = input.get("string") {
            let env: BTreeMap<String, String> = read(&input["env"])?;
            return same(
                &expect["value"],
                &Value::from(expand(text(string), |name| env.get(name).cloned())),
            );
        }
        let services: Vec<Service> = read(&input["services"])?;
        let variables = match pod(input)? {
            None => service_variables(&services),
            Some(pod) => environment(&services, &pod, &container(input)?),
        };
        let mut recorded: Vec<String> = read(&expect["env"])?;
        let mut computed: Vec<String> = variables.iter().map(Variable::to_string).collect();
        recorded.sort();
        computed.sort();
        same(&Value::from(recorded), &Value::from(computed))
    })
}

/// The pod, whole or by the two fields that count; none where only the Services' variables were recorded.
fn pod(input: &Value) -> Result<Option<Pod>, String> {
    if let Some(pod) = input.get("pod") {
        return read(pod).map(Some);
    }
    let Some(namespace) = input.get("namespace") else {
        return Ok(None);
    };
    let spec = json!({ "enableServiceLinks": input["enableServiceLinks"] });
    read(&json!({ "metadata": { "name": "pod", "namespace": namespace }, "spec": spec })).map(Some)
}

fn container(input: &Value) -> Result<Container, String> {
    let written: Vec<String> = read::<Option<_>>(&input["containerEnv"])?.unwrap_or_default();
    let variable = |line: &String| {
        let (name, value) = line
            .split_once('=')
            .ok_or_else(|| format!("{line} is no variable"))?;
        Ok(EnvVar {
            name: name.into(),
            value: value.into(),
            value_from: None,
        })
    };
    Ok(Container {
        env: written
            .iter()
            .map(variable)
            .collect::<Result<_, String>>()?,
        ..Container::default()
    })
}
