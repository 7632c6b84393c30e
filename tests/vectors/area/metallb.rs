//! metallb: pools, advertisements, nodes, endpoints and Services in steps → addresses, events, who announces.

use kubehop_engine::cluster::Cluster;
use kubehop_engine::cluster::load_balancing::{MetalLbService, Silence};
use kubehop_engine::controllers::metallb::config::Pools;
use kubehop_engine::controllers::metallb::controller::Controller;
use kubehop_engine::controllers::metallb::speaker::{Announced, Speakers};
use kubehop_engine::names::ObjectName;
use serde_json::{Map, Value, json};

use super::compare::{read, run_each, text};
use super::load;
use crate::Case;

/// The namespace of MetalLB and its configuration.
const NAMESPACE: &str = "metallb-system";

/// Compares every case of the recording.
pub(crate) fn run(recording: &Value) -> Vec<Case> {
    run_each(recording, |case| compare(&case["input"], &case["expect"]))
}

fn compare(input: &Value, expect: &Value) -> Result<(), String> {
    let found = outcome(input)?;
    let possible = expect["oneOf"].as_array();
    let possible = possible.map_or(std::slice::from_ref(expect), Vec::as_slice);
    if possible.iter().any(|own| covers(&found, own)) {
        Ok(())
    } else {
        Err(format!("{found}\ninstead of\n{expect}"))
    }
}

/// Whether everything recorded is found; what is not recorded does not matter.
fn covers(found: &Value, recorded: &Value) -> bool {
    match (found, recorded) {
        (Value::Object(found), Value::Object(recorded)) => recorded
            .iter()
            .all(|(key, own)| covers(found.get(key).unwrap_or(&Value::Null), own)),
        (found, recorded) => found == recorded,
    }
}

fn outcome(input: &Value) -> Result<Value, String> {
    let objects = input["objects"].as_array().into_iter().flatten();
    let mut cluster = load::cluster(objects)?;
    let pools = match Pools::of(&cluster, NAMESPACE) {
        Ok(pools) => pools,
        Err(fault) => return Ok(json!({"configError": fault.to_string()})),
    };
    let class = input["lbClass"].as_str().map(Into::into);
    let mut controller = Controller::new(pools, class);
    for step in input["steps"].as_array().into_iter().flatten() {
        take(step, &mut controller, &mut cluster)?;
    }
    let mut services = Map::new();
    for (name, state) in controller.services() {
        let found = service(input, &cluster, &controller, &name, state);
        services.insert(name.to_string(), found);
    }
    for service in cluster.services.values() {
        let none = json!({"addresses": [], "events": []});
        services.entry(service.id().to_string()).or_insert(none);
    }
    Ok(json!({"services": services}))
}

fn take(step: &Value, controller: &mut Controller, cluster: &mut Cluster) -> Result<(), String> {
    let written = step.get("add").or_else(|| step.get("update"));
    if let Some(written) = written {
        let service: kubehop_engine::cluster::object::Service = read(written)?;
        cluster.services.insert(service.id(), service.clone());
        controller.set_service(service);
    } else if let Some(config) = step["config"].as_array() {
        cluster.metallb = load::cluster(config)?.metallb;
        let pools = Pools::of(cluster, NAMESPACE).map_err(|fault| fault.to_string())?;
        controller.set_pools(pools);
    } else {
        let name = text(&step["delete"]);
        let (namespace, name) = name.split_once('/').ok_or("a step without an object")?;
        let name = ObjectName::new(namespace, name);
        cluster.services.remove(&name);
        controller.delete_service(&name);
    }
    Ok(())
}

fn service(
    input: &Value,
    cluster: &Cluster,
    controller: &Controller,
    name: &ObjectName,
    state: &MetalLbService,
) -> Value {
    let events: Vec<String> = state.events.iter().map(ToString::to_string).collect();
    let mut found = json!({"addresses": state.addresses, "events": events});
    let pool = state.pool.as_ref();
    let pool = pool.and_then(|pool| controller.pools().by_name.get(pool));
    let (Some(pool), Some(service)) = (pool, cluster.services.get(name)) else {
        return found;
    };
    found["pool"] = json!(pool.name);
    let alive = input["speakers"].as_array().into_iter().flatten();
    let speakers = Speakers {
        nodes: &cluster.nodes,
        alive: alive.map(|node| text(node).into()).collect(),
        have_memberlist: input["memberlist"] != json!(false),
        ignore_exclusion: input["ignoreExcludeLB"] == json!(true),
    };
    let announcement = speakers.announcement(&Announced {
        service,
        addresses: &state.addresses,
        pool,
        slices: cluster.slices_of(name).collect(),
    });
    let printed = |silence: &Option<Silence>| silence.map_or(json!("announce"), |own| json!(own));
    let all = |nodes: &std::collections::BTreeMap<_, Option<Silence>>| {
        let each = nodes
            .iter()
            .map(|(node, silence): (&smol_str::SmolStr, _)| (node.to_string(), printed(silence)));
        Value::Object(each.collect())
    };
    found["l2"] = all(&announcement.l2);
    found["l2Node"] = json!(announcement.l2_node());
    found["bgp"] = all(&announcement.bgp);
    found
}
