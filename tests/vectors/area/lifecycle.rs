//! Where a pod stands in EndpointSlices and Endpoints in each state of its life.

use kubehop_engine::cluster::object::{Endpoints, Node, Pod, Service};
use kubehop_engine::controllers::endpoints::endpoints_of;
use kubehop_engine::controllers::endpointslices::{EndpointSliceContext, reconcile};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{cases, name};
use crate::Case;

pub(crate) fn run(recording: &Value) -> Vec<Case> {
    cases(recording)
        .map(|case| Case {
            name: name(case),
            difference: compare(case).err(),
        })
        .collect()
}

fn compare(case: &Value) -> Result<(), String> {
    let (service, pod) = (service(&case["input"])?, pod(&case["input"])?);
    let node = Node::deserialize(json!({"metadata": {"name": "node-1"}}))
        .map_err(|error| error.to_string())?;
    let nodes = [("node-1".into(), node)].into();
    let slices = reconcile(
        &service,
        &[&pod],
        Vec::new(),
        &EndpointSliceContext::new(&nodes),
    )
    .slices;
    let endpoint = slices.iter().flat_map(|slice| &slice.endpoints).next();
    let answer = json!({
        "inEndpointSlice": endpoint.is_some(),
        "conditions": endpoint.map(|endpoint| endpoint.conditions),
        "inEndpoints": endpoints_of(&service, &[&pod]).and_then(|endpoints| listed(&endpoints)),
    });
    if answer == case["expect"] {
        Ok(())
    } else {
        Err(format!("got  {answer}\nwant {}", case["expect"]))
    }
}

/// In which list of the Endpoints the pod is.
fn listed(endpoints: &Endpoints) -> Option<&'static str> {
    let subset = endpoints.subsets.first()?;
    Some(if subset.addresses.is_empty() {
        "notReadyAddresses"
    } else {
        "addresses"
    })
}

fn service(input: &Value) -> Result<Service, String> {
    let service = json!({
        "metadata": {"name": "web", "namespace": "default"},
        "spec": {
            "selector": {"app": "web"},
            "clusterIP": "10.96.0.10",
            "ipFamilies": ["IPv4"],
            "ports": [{"port": 80, "targetPort": 80}],
            "publishNotReadyAddresses": input["publishNotReadyAddresses"],
        },
    });
    Service::deserialize(service).map_err(|error| error.to_string())
}

fn pod(input: &Value) -> Result<Pod, String> {
    let conditions = match input["readyCondition"].as_str() {
        Some(status @ ("True" | "False" | "Unknown")) => {
            json!([{"type": "Ready", "status": status}])
        }
        _ => json!([]),
    };
    let addresses = if input["hasPodIP"] == true {
        json!([{"ip": "10.244.0.5"}])
    } else {
        json!([])
    };
    let deleted = (input["deletionTimestampSet"] == true).then_some("2026-01-01T00:00:00Z");
    let pod = json!({
        "metadata": {"name": "pod", "namespace": "default", "deletionTimestamp": deleted, "labels": {"app": "web"}},
        "spec": {"nodeName": "node-1"},
        "status": {"phase": input["phase"], "conditions": conditions, "podIPs": addresses},
    });
    Pod::deserialize(pod).map_err(|error| error.to_string())
}
