//! gateway-status: objects → the conditions of Gateways, of their listeners, and of the routes' parents.

use kubehop_engine::cluster::object::RouteId;
use kubehop_engine::controllers::gateways::{gateway_status, route_parents};
use kubehop_engine::l7::gateway::Gateways;
use serde_json::{Value, json};

use super::compare::text;
use super::{gateway_routes, name};
use crate::Case;

/// Compares every case of the recording.
pub(crate) fn run(recording: &Value) -> Vec<Case> {
    super::cases(recording)
        .map(|case| Case {
            name: name(case),
            difference: difference(recording, case).err(),
        })
        .collect()
}

fn difference(recording: &Value, case: &Value) -> Result<(), String> {
    let resolved = gateway_routes::resolved(recording, case);
    let cluster = &resolved.cluster;
    let gateways = Gateways::of(cluster);
    let mut wrong = Vec::new();
    for (name, expected) in case["expect"]["gateways"].as_object().into_iter().flatten() {
        let found = cluster
            .gateways
            .iter()
            .find(|(own, _)| own.to_string() == *name);
        let Some((own, gateway)) = found else {
            return Err(format!("no Gateway {name}"));
        };
        let status = gateway_status(own, gateway, &gateways, &[]);
        wrong.extend(difference_of_gateway(expected, &status));
    }
    for (name, expected) in case["expect"]["routes"].as_object().into_iter().flatten() {
        let mut routes = cluster.routes.iter();
        let found = routes.find(|(id, _)| id.to_string() == *name);
        let Some((RouteId { kind, name: own }, route)) = found else {
            return Err(format!("no {name}"));
        };
        let parents = route_parents(*kind, own, route, cluster, &gateways);
        wrong.extend(difference_of_parents(name, expected, &parents));
    }
    if wrong.is_empty() {
        Ok(())
    } else {
        Err(wrong.join("\n"))
    }
}

fn difference_of_gateway(expected: &Value, status: &Value) -> Vec<String> {
    let mut wrong = conditions("Gateway", &expected["conditions"], &status["conditions"]);
    let listeners = expected["listeners"].as_array().into_iter().flatten();
    for listener in listeners {
        let name = text(&listener["name"]);
        let mut known = status["listeners"].as_array().into_iter().flatten();
        let Some(own) = known.find(|own| own["name"] == listener["name"]) else {
            wrong.push(format!("listener {name} has no status"));
            continue;
        };
        if own["attachedRoutes"] != listener["attachedRoutes"] {
            wrong.push(format!(
                "listener {name}: attached {} of {}",
                own["attachedRoutes"], listener["attachedRoutes"]
            ));
        }
        if kinds(&own["supportedKinds"]) != kinds(&listener["supportedKinds"]) {
            wrong.push(format!("listener {name}: kinds {}", own["supportedKinds"]));
        }
        wrong.extend(conditions(
            name,
            &listener["conditions"],
            &own["conditions"],
        ));
    }
    wrong
}

fn kinds(list: &Value) -> Vec<String> {
    let kinds = list.as_array().into_iter().flatten();
    let name = |kind: &Value| {
        kind.as_str()
            .or(kind["kind"].as_str())
            .unwrap_or_default()
            .to_owned()
    };
    let mut names: Vec<String> = kinds.map(name).collect();
    names.sort();
    names
}

fn difference_of_parents(name: &str, expected: &Value, parents: &[Value]) -> Vec<String> {
    let expected: Vec<&Value> = expected.as_array().into_iter().flatten().collect();
    if expected.len() != parents.len() {
        return vec![format!(
            "{name}: {} parents of {}",
            parents.len(),
            expected.len()
        )];
    }
    let mut wrong = Vec::new();
    for (expected, own) in expected.into_iter().zip(parents) {
        for (key, value) in expected["parentRef"].as_object().into_iter().flatten() {
            if own["parentRef"][key] != *value {
                wrong.push(format!("{name}: parentRef {}", own["parentRef"]));
            }
        }
        wrong.extend(conditions(
            name,
            &expected["conditions"],
            &own["conditions"],
        ));
    }
    wrong
}

/// The recorded conditions that are not among the computed ones.
fn conditions(owner: &str, expected: &Value, computed: &Value) -> Vec<String> {
    let computed: Vec<&Value> = computed.as_array().into_iter().flatten().collect();
    let differs = |expected: &&Value| {
        let own = computed.iter().find(|own| own["type"] == expected["type"]);
        let is_same = |own: &&&Value| {
            let is_reason = expected["reason"].is_null() || own["reason"] == expected["reason"];
            own["status"] == expected["status"] && is_reason
        };
        !own.is_some_and(|own| is_same(&own))
    };
    let wrong = expected.as_array().into_iter().flatten().filter(differs);
    wrong
        .map(|expected| format!("{owner}: recorded {expected}, computed {}", json!(computed)))
        .collect()
}
