//! `kube-proxy/health`: what every node answers the load balancers.

use kubehop_engine::proxy::health::{HealthCheck, health_checks};
use serde_json::{Value, json};

use super::kube_proxy::{cluster, text, views};
use crate::Case;

pub(crate) fn run(recording: &Value) -> Vec<Case> {
    recording
        .as_array()
        .into_iter()
        .flatten()
        .flat_map(scenario)
        .collect()
}

fn scenario(scenario: &Value) -> Vec<Case> {
    let cluster = cluster(scenario);
    let mut cases = Vec::new();
    for (node, view) in views(scenario, &cluster) {
        let recorded = sorted(view["healthCheck"].as_array().cloned().unwrap_or_default());
        let ours = sorted(
            health_checks(&cluster, node)
                .iter()
                .map(described)
                .collect(),
        );
        let difference = (recorded != ours)
            .then(|| format!("recorded {}\nours     {}", json!(recorded), json!(ours)));
        cases.push(Case {
            name: format!("{}@{}", text(&scenario["name"]), node.name()),
            difference,
        });
    }
    cases
}

fn described(check: &HealthCheck) -> Value {
    let headers: serde_json::Map<String, Value> = check
        .headers()
        .into_iter()
        .map(|(name, value)| (name.to_owned(), json!(value)))
        .collect();
    json!({"port": check.port, "status": check.status(), "families": check.families, "body": check.body, "headers": headers})
}

fn sorted(mut checks: Vec<Value>) -> Vec<Value> {
    checks.sort_by_key(Value::to_string);
    checks
}
