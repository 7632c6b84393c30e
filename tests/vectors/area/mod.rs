//! One file for each area: what it gives the engine, and how it compares the answer.

mod compare;
pub mod decode;
pub mod defaulting;
pub mod dns;
pub mod dns_resolve;
pub mod endpointslice;
pub mod envvars;
pub mod ingress;
pub mod ipalloc;
mod kube_proxy;
pub mod kube_proxy_flows;
pub mod kube_proxy_health;
pub mod kube_proxy_journeys;
pub mod kube_proxy_nftables_flows;
pub mod kube_proxy_nftables_rules;
mod kube_proxy_outcome;
pub mod kube_proxy_rules;
pub mod kubectl_output;
pub mod lifecycle;
mod load;
pub mod resolvconf;
pub mod selector;
pub mod syntax;
pub mod validation;

use serde_json::Value;

/// The cases of a recording: its `cases`, its `rulesets`, or, where it is a plain list, its items.
pub fn cases(recording: &Value) -> impl Iterator<Item = &Value> {
    let keys = ["cases", "rulesets", "flows", "differences"];
    let list = keys
        .iter()
        .find_map(|key| recording.get(key))
        .unwrap_or(recording);
    list.as_array().into_iter().flatten()
}

/// A case's own name.
pub fn name(case: &Value) -> String {
    let keys = ["name", "scenario", "vector"];
    let text = keys
        .iter()
        .find_map(|key| case.get(key))
        .and_then(Value::as_str);
    text.unwrap_or("without a name").to_owned()
}
