//! EndpointSlices, Endpoints and mirroring as the real controllers made them.

use std::collections::BTreeMap;
use std::sync::Arc;

use kubehop_engine::cluster::object::{AddressType, EndpointSlice, Endpoints, Node, Pod, Service};
use kubehop_engine::controllers::endpoints::endpoints_of;
use kubehop_engine::controllers::endpointslices::{
    Distributions, EndpointSliceContext, ZoneShares, endpoint_of, endpoint_ports, find_port,
    reconcile,
};
use kubehop_engine::controllers::mirroring::{self, mirror};
use kubehop_engine::controllers::pod_index::PodIndex;
use kubehop_engine::names::ObjectName;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use smol_str::SmolStr;

use super::endpointslice_canonical::{canonical, gather_hints, wanted};
use super::{cases, name};
use crate::Case;

/// What a suite's input is made of that its recording leaves out, by the suite's own name for the test.
const LEFT_OUT: [(&str, LeftOut); 3] = [
    (
        "TestReconcileEndpointSlicesRecreation/slice_owned_by_other_Service_UID",
        LeftOut::OtherOwner,
    ),
    (
        "TestReconcileEndpointSlicesReplaceDeprecated",
        LeftOut::OldAddressType,
    ),
    ("TestReconcileEndpointSlicesNamedPorts", LeftOut::FivePorts),
];

#[derive(Clone, Copy, PartialEq)]
enum LeftOut {
    /// The existing slices belong to another Service of the same name.
    OtherOwner,
    /// The existing slices have the address type `IP`, which no Service has any more.
    OldAddressType,
    /// The pods declare their port under five numbers in turn.
    FivePorts,
}

pub(crate) fn run(recording: &Value) -> Vec<Case> {
    cases(recording)
        .map(|case| Case {
            name: name(case),
            difference: compare(case).err(),
        })
        .collect()
}

fn compare(case: &Value) -> Result<(), String> {
    let (input, expect) = (&case["input"], &case["expect"]);
    let is_in = |key: &str| input.get(key).is_some();
    let answer = match () {
        () if is_in("servicePort") => port_found(input)?,
        () if is_in("addressType") => one_endpoint(input)?,
        () if is_in("podCount") => sizes_of_uniform(input, left_out(&name(case)))?,
        () if is_in("objects") => whole_cluster(input, expect)?,
        () if is_in("endpoints") => mirrored(input, expect)?,
        () if is_in("pods") => reconciled(input, expect, left_out(&name(case)))?,
        () => ports_of_pod(input)?,
    };
    let (answer, expect) = (
        canonical(&answer),
        canonical(&wanted(input, expect, &answer)),
    );
    if answer == expect {
        Ok(())
    } else {
        Err(format!("got  {answer}\nwant {expect}"))
    }
}

fn left_out(name: &str) -> Option<LeftOut> {
    LEFT_OUT
        .iter()
        .find(|(test, _)| name.contains(test))
        .map(|&(_, what)| what)
}

fn read<T: DeserializeOwned>(value: &Value) -> Result<T, String> {
    T::deserialize(value).map_err(|error| format!("{error} in {value}"))
}

fn read_list<T: DeserializeOwned>(value: &Value) -> Result<Vec<T>, String> {
    value.as_array().into_iter().flatten().map(read).collect()
}

/// The port a Service's port means. The suite also asks with numbers and protocols that an API server refuses, which
/// the model cannot hold: others stand in for them.
fn port_found(input: &Value) -> Result<Value, String> {
    const STANDS_IN_FOR_MINUS_ONE: u16 = 65_535;
    let mut pod = input["pod"].clone();
    for containers in ["containers", "initContainers"] {
        let containers = pod["spec"]
            .get_mut(containers)
            .and_then(Value::as_array_mut);
        for port in containers
            .into_iter()
            .flatten()
            .filter_map(|container| container.get_mut("ports")?.as_array_mut())
        {
            for port in port.iter_mut().filter_map(Value::as_object_mut) {
                port.remove("hostPort");
                if port["containerPort"] == -1 {
                    port["containerPort"] = json!(STANDS_IN_FOR_MINUS_ONE);
                }
                if port.get("protocol") == Some(&json!("snmp")) {
                    port["protocol"] = json!("SCTP");
                }
            }
        }
    }
    Ok(
        match find_port(&read::<Pod>(&pod)?, &read(&input["servicePort"])?) {
            Some(STANDS_IN_FOR_MINUS_ONE) => json!({"port": -1, "error": ""}),
            Some(port) => json!({"port": port, "error": ""}),
            None => json!({"port": 0, "error": "no suitable port for manifest: "}),
        },
    )
}

fn one_endpoint(input: &Value) -> Result<Value, String> {
    let node: Option<Node> = read(&input["node"])?;
    let address_type: AddressType = read(&input["addressType"])?;
    let endpoint = endpoint_of(
        &read(&input["pod"])?,
        node.as_ref(),
        &read(&input["service"])?,
        address_type,
    );
    Ok(json!({"endpoint": endpoint}))
}

fn ports_of_pod(input: &Value) -> Result<Value, String> {
    Ok(json!({"ports": endpoint_ports(&read(&input["service"])?, &read(&input["pod"])?)}))
}

/// The controller over a service and pods that are given one by one.
fn reconciled(input: &Value, expect: &Value, left_out: Option<LeftOut>) -> Result<Value, String> {
    let service: Service = read(&input["service"])?;
    let pods: Vec<Pod> = read_list(&input["pods"])?;
    let mut existing: Vec<EndpointSlice> = read_list(&input["existingSlices"])?;
    if left_out == Some(LeftOut::OtherOwner) {
        existing.clear();
    }
    for slice in &mut existing {
        slice
            .metadata
            .namespace
            .clone_from(&service.metadata.namespace);
    }
    let nodes = nodes(input);
    let done = reconcile(
        &service,
        &pods.iter().collect::<Vec<_>>(),
        existing,
        &around(input, &nodes)?,
    );
    if expect.get("sliceSizes").is_some() {
        return Ok(json!({"sliceSizes": sizes(&done.slices)}));
    }
    let errors: Vec<String> = done.skipped.iter().map(ToString::to_string).collect();
    let error = if errors.len() > 1 {
        format!("[{}]", errors.join(", "))
    } else {
        errors.join("")
    };
    let mut slices: Vec<Value> = done.slices.iter().map(|slice| json!(slice)).collect();
    for slice in &mut slices {
        gather_hints(input, slice);
    }
    Ok(json!({"slices": slices, "error": error}))
}

fn around<'a>(
    input: &Value,
    nodes: &'a BTreeMap<SmolStr, Node>,
) -> Result<EndpointSliceContext<'a>, String> {
    let per_slice = input["maxEndpointsPerSlice"]
        .as_u64()
        .and_then(|most| usize::try_from(most).ok());
    let shares = input
        .get("topologyCache")
        .and_then(|_| ZoneShares::of(nodes).ok());
    let distributions = match input.get("preferSameTrafficDistribution") {
        Some(Value::Bool(true)) => Distributions::All,
        _ => Distributions::PreferCloseOnly,
    };
    Ok(EndpointSliceContext {
        nodes,
        shares,
        per_slice: per_slice.ok_or("no size")?,
        distributions,
    })
}

fn nodes(input: &Value) -> BTreeMap<SmolStr, Node> {
    let named = |node: &Value| {
        let metadata = json!({"metadata": {"name": node["name"], "labels": node["labels"]}});
        read::<Node>(&metadata)
            .ok()
            .map(|node| (node.metadata.name.clone(), node))
    };
    input["nodes"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(named)
        .collect()
}

/// The controller over pods of which only the number is given. The suites' existing slices hold the first pods, under
/// port 80 with the Service's port name.
fn sizes_of_uniform(input: &Value, left_out: Option<LeftOut>) -> Result<Value, String> {
    let service: Service = read(&input["service"])?;
    let count = input["podCount"].as_u64().ok_or("no pods")?;
    let declared = |number: u64| {
        if left_out == Some(LeftOut::FivePorts) {
            8080 + number % 5
        } else {
            8080
        }
    };
    let pod = |number: u64| {
        read::<Pod>(&json!({
            "metadata": {"name": format!("pod{number}"), "namespace": service.metadata.namespace},
            "spec": {"nodeName": "node-1", "containers": [{"ports": [
                {"name": "http", "containerPort": declared(number), "protocol": "TCP"}]}]},
            "status": {"podIPs": [{"ip": format!("10.0.{}.{}", number / 200, number % 200)}],
                "conditions": [{"type": "Ready", "status": "True"}]},
        }))
    };
    let pods = (0..count).map(pod).collect::<Result<Vec<Pod>, String>>()?;
    let mut rest = pods.iter();
    let mut existing = Vec::new();
    for (number, size) in input["existingSliceSizes"]
        .as_array()
        .into_iter()
        .flatten()
        .enumerate()
    {
        let size = size
            .as_u64()
            .and_then(|size| usize::try_from(size).ok())
            .ok_or("no size")?;
        let endpoints: Vec<Value> = rest
            .by_ref()
            .take(size)
            .map(|pod| json!(endpoint_of(pod, None, &service, AddressType::IPv4)))
            .collect();
        let name = service.spec.ports.first().map(|port| port.name.clone());
        let old = left_out == Some(LeftOut::OldAddressType);
        existing.push(json!({
            "metadata": {"name": format!("existing-{number}"), "labels": service.metadata.labels},
            "addressType": if old { "FQDN" } else { "IPv4" },
            "endpoints": endpoints,
            "ports": [{"name": name, "port": 80, "protocol": "TCP"}],
        }));
    }
    let node = read::<Node>(&json!({"metadata": {"name": "node-1"}}))?;
    let nodes = BTreeMap::from([("node-1".into(), node)]);
    let existing = read_list(&Value::Array(existing))?;
    let done = reconcile(
        &service,
        &pods.iter().collect::<Vec<_>>(),
        existing,
        &around(input, &nodes)?,
    );
    Ok(json!({"sliceSizes": sizes(&done.slices)}))
}

fn sizes(slices: &[EndpointSlice]) -> Vec<usize> {
    slices.iter().map(|slice| slice.endpoints.len()).collect()
}

/// All controllers over all objects of a cluster.
pub(crate) fn whole_cluster(input: &Value, expect: &Value) -> Result<Value, String> {
    let of_kind = |kind: &str| {
        let objects = input["objects"].as_array().into_iter().flatten();
        Value::Array(
            objects
                .filter(|object| object["kind"] == kind)
                .cloned()
                .collect(),
        )
    };
    let nodes: Vec<Node> = read_list(&of_kind("Node"))?;
    let nodes: BTreeMap<SmolStr, Node> = nodes
        .into_iter()
        .map(|node| (node.metadata.name.clone(), node))
        .collect();
    let pods: Vec<Pod> = read_list(&of_kind("Pod"))?;
    let pods: BTreeMap<ObjectName, Arc<Pod>> = pods
        .into_iter()
        .map(|pod| (pod.id(), Arc::new(pod)))
        .collect();
    let services: Vec<Service> = read_list(&of_kind("Service"))?;
    let written: Vec<Endpoints> = read_list(&of_kind("Endpoints"))?;
    let index = PodIndex::new(&pods, &services);
    let (mut slices, mut endpoints) = (Vec::new(), Vec::new());
    for service in &services {
        let selected = index.selected(service);
        slices.extend(
            reconcile(
                service,
                &selected,
                Vec::new(),
                &EndpointSliceContext::new(&nodes),
            )
            .slices,
        );
        let own = written
            .iter()
            .find(|endpoints| endpoints.metadata.id() == service.id());
        let mirrored = own.filter(|own| mirroring::is_mirrored(own, Some(service)));
        slices.extend(
            mirrored
                .into_iter()
                .flat_map(|own| mirror(own, &[], mirroring::PER_SUBSET)),
        );
        endpoints.extend(endpoints_of(service, &selected).or_else(|| own.cloned()));
    }
    if expect.get("sliceSizes").is_some() {
        let addresses = endpoints
            .iter()
            .flat_map(|endpoints| &endpoints.subsets)
            .map(|subset| subset.addresses.len());
        return Ok(
            json!({"sliceSizes": sizes(&slices), "endpointsAddresses": addresses.sum::<usize>()}),
        );
    }
    Ok(json!({"slices": slices, "endpoints": endpoints}))
}

fn mirrored(input: &Value, expect: &Value) -> Result<Value, String> {
    let with_type = |slice: &Value| {
        let mut slice = slice.clone();
        if slice["addressType"] == "" {
            slice["addressType"] = json!("IPv4");
        }
        slice
    };
    let existing: Vec<Value> = input["existingSlices"]
        .as_array()
        .into_iter()
        .flatten()
        .map(with_type)
        .collect();
    let existing: Vec<EndpointSlice> = read_list(&Value::Array(existing))?;
    let most = input["maxEndpointsPerSubset"]
        .as_u64()
        .and_then(|most| usize::try_from(most).ok());
    let slices = mirror(
        &read(&input["endpoints"])?,
        &existing,
        most.ok_or("no size")?,
    );
    if expect.get("sliceSizes").is_some() {
        return Ok(json!({"sliceSizes": sizes(&slices)}));
    }
    Ok(json!({"slices": slices, "error": ""}))
}
