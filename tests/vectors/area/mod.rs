//! One file for each area: what it gives the engine, and how it compares the answer.

mod compare;
pub(crate) mod decode;
pub(crate) mod defaulting;
pub(crate) mod dns;
pub(crate) mod dns_resolve;
pub(crate) mod endpointslice;
mod endpointslice_canonical;
pub(crate) mod envvars;
pub(crate) mod gateway_routes;
pub(crate) mod gateway_status;
pub(crate) mod gateway_validation;
pub(crate) mod ingress;
pub(crate) mod ipalloc;
mod kube_proxy;
pub(crate) mod kube_proxy_flows;
pub(crate) mod kube_proxy_health;
pub(crate) mod kube_proxy_ipvs_flows;
pub(crate) mod kube_proxy_journeys;
pub(crate) mod kube_proxy_nftables_flows;
pub(crate) mod kube_proxy_nftables_rules;
mod kube_proxy_outcome;
pub(crate) mod kube_proxy_rules;
pub(crate) mod kubectl_output;
pub(crate) mod lifecycle;
mod load;
pub(crate) mod metallb;
pub(crate) mod networkpolicy;
pub(crate) mod networkpolicy_kubectl;
pub(crate) mod networkpolicy_services;
pub(crate) mod networkpolicy_validation;
pub(crate) mod resolvconf;
pub(crate) mod selector;
pub(crate) mod servicelb;
pub(crate) mod syntax;
pub(crate) mod validation;

use serde_json::Value;

/// The cases of a recording: its `cases`, its `rulesets`, or, where it is a plain list, its items.
pub(crate) fn cases(recording: &Value) -> impl Iterator<Item = &Value> {
    let keys = ["cases", "rulesets", "flows", "differences"];
    let list = keys
        .iter()
        .find_map(|key| recording.get(key))
        .unwrap_or(recording);
    list.as_array().into_iter().flatten()
}

/// A case's own name.
pub(crate) fn name(case: &Value) -> String {
    let keys = ["name", "scenario", "vector"];
    let text = keys
        .iter()
        .find_map(|key| case.get(key))
        .and_then(Value::as_str);
    text.unwrap_or("without a name").to_owned()
}
