//! servicelb: objects of a k3s cluster → the DaemonSets, pods, addresses and events of Services; or the environment of a
//! container → what its entry script writes.

use std::collections::BTreeMap;

use kubehop_engine::cluster::Config;
use kubehop_engine::cluster::config::LoadBalancer;
use kubehop_engine::cluster::object::Service;
use kubehop_engine::controllers::service_lb::daemon_set::{self, SvclbDaemonSet};
use kubehop_engine::controllers::service_lb::entry::{self, EntryRule, Forwarding};
use kubehop_engine::controllers::service_lb::status::pods_of;
use kubehop_engine::manifest::Source;
use kubehop_engine::names::{Family, ObjectName};
use kubehop_engine::resolve::{Resolved, resolve};
use serde_json::{Map, Value, json};

use super::compare::{read, run_each, same, text};
use crate::Case;

/// Compares every case of the recording.
pub(crate) fn run(recording: &Value) -> Vec<Case> {
    run_each(recording, |case| {
        let (input, expect) = (&case["input"], &case["expect"]);
        if input.get("containers").is_some() {
            same(expect, &entries(input)?)
        } else {
            compare_services(input, expect)
        }
    })
}

fn compare_services(input: &Value, expect: &Value) -> Result<(), String> {
    let objects = input["objects"].as_array().ok_or("no objects")?;
    let texts: Vec<String> = objects.iter().map(with_policy).collect();
    let range = |text: &str| text.parse().expect("a literal range");
    let config = Config {
        load_balancer: LoadBalancer::Servicelb,
        service_cidrs: vec![range("10.43.0.0/16"), range("fd00:43::/112")],
        pod_cidrs: vec![range("10.42.0.0/16")],
        rootless: input["rootless"] == json!(true),
        ..Config::default()
    };
    let resolved = resolve(&Source::read(&texts.join("\n---\n")), &config);
    let recorded = expect["services"].as_object().ok_or("no services")?;
    for (name, recorded) in recorded {
        let (namespace, name) = name.split_once('/').ok_or("a name without a namespace")?;
        let written = objects.iter().find(|own| {
            own["kind"] == "Service"
                && own["metadata"]["name"] == name
                && own["metadata"]["namespace"] == namespace
        });
        let written = written.ok_or("a Service that is not there")?;
        let found = service(&resolved, written)?;
        for (key, recorded) in recorded.as_object().into_iter().flatten() {
            same(recorded, found.get(key).unwrap_or(&Value::Null))
                .map_err(|words| format!("{name} {key}\n{words}"))?;
        }
    }
    Ok(())
}

/// An object as it is created: the recordings leave the policy of Services with two cluster IPs out.
fn with_policy(object: &Value) -> String {
    let mut object = object.clone();
    if object["spec"]["clusterIPs"]
        .as_array()
        .is_some_and(|own| own.len() == 2)
    {
        object["spec"]["ipFamilyPolicy"] = json!("RequireDualStack");
    }
    object.to_string()
}

fn service(resolved: &Resolved, written: &Value) -> Result<Value, String> {
    let cluster = &resolved.cluster;
    let service: Service = read(written)?;
    let name = service.id();
    let found = cluster.services.get(&name);
    let addresses: Vec<String> = found
        .map(|own| {
            own.load_balancer_vips()
                .map(|own| own.to_string())
                .collect()
        })
        .unwrap_or_default();
    let Some(state) = cluster.load_balancing.service_lb.get(&name) else {
        return Ok(json!({"ingress": addresses, "daemonSet": null}));
    };
    let uid = text(&written["metadata"]["uid"]);
    let daemon_set = daemon_set::of_service(&service, uid, &cluster.nodes);
    if daemon_set.name != state.daemon_set {
        return Err(format!("{} is not {}", state.daemon_set, daemon_set.name));
    }
    let events: Vec<String> = state.events.iter().map(ToString::to_string).collect();
    Ok(json!({
        "ingress": addresses,
        "daemonSet": printed(&daemon_set),
        "pods": pods(resolved, &name),
        "events": events,
    }))
}

fn printed(daemon_set: &SvclbDaemonSet) -> Value {
    let containers = daemon_set.containers.iter().map(|own| {
        let environment: BTreeMap<&str, &str> = own
            .environment
            .iter()
            .map(|(name, value)| (*name, value.as_str()))
            .collect();
        json!({
            "name": own.name,
            "hostPort": own.port,
            "protocol": own.protocol.to_string(),
            "env": environment,
        })
    });
    let mut printed = json!({
        "namespace": daemon_set.name.namespace,
        "name": daemon_set.name.name,
        "containers": containers.collect::<Vec<Value>>(),
        "priorityClassName": daemon_set.priority_class,
    });
    if !daemon_set.node_selector.is_empty() {
        printed["nodeSelector"] = json!(daemon_set.node_selector);
    }
    printed
}

/// Where the pods are, and whether they run. A pod that waits for the port names its node all the same.
fn pods(resolved: &Resolved, service: &ObjectName) -> Value {
    let pods = pods_of(&resolved.cluster, service).map(|pod| {
        let (node, phase) = if pod.spec.node_name.is_empty() {
            (&pod.spec.daemon_node, "Pending")
        } else {
            (&pod.spec.node_name, "Running")
        };
        (node.to_string(), json!(phase))
    });
    Value::Object(pods.collect())
}

fn entries(input: &Value) -> Result<Value, String> {
    let is_on = |family: &str| input["forwarding"][family] != json!(false);
    let forwarding = Forwarding {
        v4: is_on("ipv4"),
        v6: is_on("ipv6"),
    };
    let containers = input["containers"].as_array().into_iter().flatten();
    let mut added: Vec<Vec<EntryRule>> = Vec::new();
    for container in containers {
        let environment: BTreeMap<String, String> = read(&container["env"])?;
        added.push(entry::rules(&environment, forwarding));
    }
    let commands: Vec<Vec<String>> = added
        .iter()
        .map(|rules| rules.iter().map(ToString::to_string).collect())
        .collect();
    let all: Vec<EntryRule> = added.into_iter().flatten().collect();
    let mut found = json!({"commands": commands});
    for (key, family) in [("rules", Family::V4), ("rules6", Family::V6)] {
        let mut tables = Map::new();
        for table in ["filter", "nat"] {
            let rules = entry::in_effect(&all, table, family);
            if !rules.is_empty() {
                let texts: Vec<String> = rules.into_iter().map(EntryRule::saved).collect();
                tables.insert(table.to_owned(), json!(texts));
            }
        }
        if !tables.is_empty() {
            found[key] = Value::Object(tables);
        }
    }
    Ok(found)
}
