//! networkpolicy-services: a connection to a Service → every backend that it could get, with both halves.
//!
//! A trace has a hop for each isolated pod whose policies are asked, with the addresses that they see. The backend's
//! policies are not asked about a packet that the client's dropped.

use std::net::SocketAddr;

use kubehop_engine::cluster::Config;
use kubehop_engine::manifest::Source;
use kubehop_engine::names::{ObjectName, PolicyType};
use kubehop_engine::network::{Failure, Masquerade, Network, Origin, Reason, Request, Verdict};
use kubehop_engine::policy::Undefined;
use kubehop_engine::resolve::resolve;
use kubehop_engine::trace::{Direction, PossibleOutcome, RuleLines, Trace, outcomes};
use serde_json::{Value, json};

use super::compare::{read, run_each, text};
use super::{load, networkpolicy};
use crate::Case;

/// So many seeds are tried until a load balancer chooses the recorded node.
const MOST_SEEDS: u64 = 200;

/// Compares every case of the recording.
pub(crate) fn run(recording: &Value) -> Vec<Case> {
    run_each(recording, |case| compare(recording, case))
}

fn compare(recording: &Value, case: &Value) -> Result<(), String> {
    let (input, expect) = (&case["input"], &case["expect"]);
    let network = network(recording, input)?;
    let request = request(input)?;
    let found = outcomes_by(&network, &request, input["from"]["via"].as_str())?;
    let Some(backends) = expect["backends"].as_array() else {
        return match found.as_slice() {
            [one] => compare_whole(expect, &one.trace),
            several => Err(format!("{} outcomes", several.len())),
        };
    };
    let wrong: Vec<String> = backends
        .iter()
        .filter_map(|backend| compare_backend(backend, &found).err())
        .collect();
    if wrong.is_empty() && backends.len() == found.len() {
        Ok(())
    } else {
        Err(format!(
            "{} of {} outcomes\n{}",
            found.len(),
            backends.len(),
            wrong.join("\n")
        ))
    }
}

/// The network of a recording, read as a live dump: addresses are used as they are.
fn network(recording: &Value, input: &Value) -> Result<Network, String> {
    let ranges = |key: &str| read(&input["cluster"][key]);
    let config = Config {
        pod_cidrs: ranges("clusterCIDRs")?,
        service_cidrs: ranges("serviceCIDRs")?,
        ..Config::default()
    };
    let objects: Vec<Value> = load::objects(recording, &input["objects"])
        .cloned()
        .collect();
    let objects = objects
        .iter()
        .map(|object| with_pod_ranges(object, &objects));
    let policies = input["policies"].as_array().into_iter().flatten().cloned();
    let documents: Vec<String> = objects.chain(policies).map(|it| it.to_string()).collect();
    let resolved = resolve(&Source::read(&documents.join("\n---\n")), &config);
    Ok(Network::of(resolved))
}

/// A node with the ranges that its pods are from, which the recording leaves out.
fn with_pod_ranges(object: &Value, objects: &[Value]) -> Value {
    let mut object = object.clone();
    let is_on_node = |pod: &&Value| {
        object["kind"] == "Node"
            && pod["spec"]["nodeName"] == object["metadata"]["name"]
            && pod["spec"]["hostNetwork"] != true
    };
    let pod = objects.iter().find(is_on_node);
    let addresses = pod.and_then(|pod| pod["status"]["podIPs"].as_array());
    if let Some(addresses) = addresses {
        let ranges = addresses
            .iter()
            .map(|address| range_of(text(&address["ip"])));
        object["spec"]["podCIDRs"] = ranges.collect();
    }
    object
}

/// The range of a node: a /24 of IPv4 or a /64 of IPv6.
fn range_of(address: &str) -> String {
    if let Some((prefix, _)) = address.rsplit_once("::") {
        return format!("{prefix}::/64");
    }
    let (prefix, _) = address.rsplit_once('.').unwrap_or_default();
    format!("{prefix}.0/24")
}

fn request(input: &Value) -> Result<Request, String> {
    let from = &input["from"];
    let from = match text(&from["kind"]) {
        "pod" => {
            let name = text(&from["pod"]).split_once('/').ok_or("no namespace")?;
            Origin::Pod(ObjectName::new(name.0, name.1))
        }
        "node" => Origin::Node(text(&from["node"]).to_owned()),
        _ => Origin::Outside(read(&from["ip"])?),
    };
    let (protocol, to) = text(&input["to"]).split_once(' ').ok_or("no protocol")?;
    let to = format!("{protocol}://{to}");
    let to = to.parse().map_err(|error| format!("{to}: {error:?}"))?;
    Ok(Request { from, to })
}

/// All outcomes of a request that comes in by a node, if one is recorded.
fn outcomes_by(
    network: &Network,
    request: &Request,
    via: Option<&str>,
) -> Result<Vec<PossibleOutcome>, String> {
    for seed in 0..MOST_SEEDS {
        let found = outcomes(network, request, seed, RuleLines::Printed)
            .map_err(|error| format!("{error:?}"))?;
        let is_by_node = |found: &PossibleOutcome| match entry_node(&found.trace) {
            Some(node) => via.is_none_or(|via| node == via),
            None => true,
        };
        if found.iter().all(is_by_node) {
            return Ok(found);
        }
    }
    Err(format!("no seed of {MOST_SEEDS} leads to {via:?}"))
}

fn entry_node(trace: &Trace) -> Option<&str> {
    trace.hops.iter().find_map(|hop| match &hop.reason {
        Reason::Arrives { node, .. } => Some(node.as_str()),
        _ => None,
    })
}

fn compare_whole(expect: &Value, trace: &Trace) -> Result<(), String> {
    let has_case = cases_of(trace).contains(&Undefined::NoEndpoints);
    let failure = failure(&trace.verdict);
    let is_same = match (text(&expect["kubeProxy"]), expect["plugin"] == true) {
        ("reject", is_open) => failure == Some(Failure::NoEndpoints) && has_case == is_open,
        ("drop", _) => failure == Some(Failure::NoLocalEndpoints),
        _ => failure == Some(Failure::PolicyEgress) && expect["verdict"] == "drop",
    };
    if has_case && is_same {
        Ok(())
    } else if is_same {
        compare_half(&expect["egress"], PolicyType::Egress, trace)
    } else {
        Err(format!("{expect}\ncomputed {:?}", trace.verdict))
    }
}

fn failure(verdict: &Verdict) -> Option<Failure> {
    match verdict {
        Verdict::Refused { why } | Verdict::TimedOut { why } => Some(*why),
        _ => None,
    }
}

fn compare_backend(backend: &Value, found: &[PossibleOutcome]) -> Result<(), String> {
    let endpoint: SocketAddr = read(&backend["endpoint"])?;
    let outcome = found
        .iter()
        .find(|outcome| endpoint_of(&outcome.trace) == Some(endpoint))
        .ok_or_else(|| format!("no outcome with {endpoint}"))?;
    let trace = &outcome.trace;
    let wrong = |what: &str| {
        format!(
            "{endpoint}: {what}\nrecorded {backend}\ncomputed {:?}\n{:?}",
            trace.verdict,
            gates(trace)
        )
    };
    if let Some(share) = backend["probability"].as_str() {
        let (part, whole) = share.split_once('/').ok_or("no share")?;
        let share = part.parse::<f64>().unwrap_or(0.0) / whole.parse::<f64>().unwrap_or(1.0);
        if (share - outcome.probability).abs() > 1e-6 {
            return Err(wrong("probability"));
        }
    }
    if backend["masquerade"].as_bool() != Some(is_masqueraded(trace)) {
        return Err(wrong("masquerade"));
    }
    compare_half(&backend["egress"], PolicyType::Egress, trace).map_err(|why| wrong(&why))?;
    compare_half(&backend["ingress"], PolicyType::Ingress, trace).map_err(|why| wrong(&why))?;
    let stopped = matches!(
        failure(&trace.verdict),
        Some(Failure::PolicyEgress | Failure::PolicyIngress)
    );
    let depends = !cases_of(trace).is_empty();
    let is_open = depends && !matches!(gates(trace).last(), Some(Reason::PolicyDrops { .. }));
    let computed = match (stopped, is_open) {
        (_, true) => Value::Null,
        (true, false) => json!("drop"),
        (false, false) => json!("allow"),
    };
    if backend["verdict"] == computed {
        Ok(())
    } else {
        Err(wrong("verdict"))
    }
}

/// The endpoint that a connection gets: the last destination before a reply.
fn endpoint_of(trace: &Trace) -> Option<SocketAddr> {
    let mut hops = trace.hops.iter().rev();
    let last = hops.find(|hop| hop.direction == Direction::Request)?;
    Some(last.after.destination)
}

fn is_masqueraded(trace: &Trace) -> bool {
    trace.hops.iter().any(|hop| {
        matches!(&hop.reason, Reason::Dnat { masquerade, .. } if *masquerade != Masquerade::No)
    })
}

/// The hops of policies, in words.
fn gates(trace: &Trace) -> Vec<&Reason> {
    let is_gate = |reason: &&Reason| {
        matches!(
            reason,
            Reason::PolicyAllows { .. } | Reason::PolicyDrops { .. } | Reason::PolicyDepends { .. }
        )
    };
    trace
        .hops
        .iter()
        .map(|hop| &hop.reason)
        .filter(is_gate)
        .collect()
}

fn cases_of(trace: &Trace) -> Vec<Undefined> {
    let reasons = trace.hops.iter().map(|hop| &hop.reason);
    reasons
        .filter_map(|reason| match reason {
            Reason::PolicyDepends { case, .. } => Some(*case),
            _ => None,
        })
        .collect()
}

/// What a hop of a half says: `allow`, `drop` or `plugin`, the policies, the case and what the policy sees.
struct Asked {
    verdict: &'static str,
    policies: Vec<String>,
    case: Option<Undefined>,
    from: SocketAddr,
    to: SocketAddr,
}

fn asked(trace: &Trace, wanted: PolicyType) -> Option<Asked> {
    trace.hops.iter().find_map(|hop| match &hop.reason {
        Reason::PolicyAllows {
            direction,
            policy,
            from,
            to,
            ..
        } if *direction == wanted => Some(Asked {
            verdict: "allow",
            policies: vec![policy.clone()],
            case: None,
            from: *from,
            to: *to,
        }),
        Reason::PolicyDrops {
            direction,
            policies,
            from,
            to,
            ..
        } if *direction == wanted => Some(Asked {
            verdict: "drop",
            policies: policies.iter().map(ToString::to_string).collect(),
            case: None,
            from: *from,
            to: *to,
        }),
        Reason::PolicyDepends {
            direction,
            policies,
            case,
            from,
            to,
            ..
        } if *direction == wanted => Some(Asked {
            verdict: "plugin",
            policies: policies.iter().map(ToString::to_string).collect(),
            case: Some(*case),
            from: *from,
            to: *to,
        }),
        _ => None,
    })
}

fn compare_half(half: &Value, direction: PolicyType, trace: &Trace) -> Result<(), String> {
    let policies: Vec<&str> = half["policies"]
        .as_array()
        .into_iter()
        .flatten()
        .map(text)
        .collect();
    let was_dropped_before =
        direction == PolicyType::Ingress && failure(&trace.verdict) == Some(Failure::PolicyEgress);
    let Some(asked) = asked(trace, direction) else {
        return if policies.is_empty() || was_dropped_before {
            Ok(())
        } else {
            Err(format!("{direction:?} was not asked"))
        };
    };
    let names: Vec<&str> = policies
        .iter()
        .filter_map(|name| Some(name.split_once('/')?.1))
        .collect();
    let allowing: Vec<&str> = half["allowedBy"]
        .as_array()
        .into_iter()
        .flatten()
        .map(|by| text(&by["policy"]))
        .filter_map(|name| Some(name.split_once('/')?.1))
        .collect();
    let is_same = match asked.case {
        None if asked.verdict == "allow" => {
            half["verdict"] == "allow" && allowing.contains(&asked.policies[0].as_str())
        }
        None => half["verdict"] == "drop" && asked.policies == names,
        Some(case) => {
            let reason = networkpolicy::reason(case, direction);
            half["plugin"] == true && text(&half["reason"]) == reason && asked.policies == names
        }
    };
    if !is_same {
        return Err(format!("{direction:?}"));
    }
    same_view(&half["seen"], &asked)
}

/// `192.168.7.12 → tcp 10.244.2.72:8102`; the first source is the one before masquerading on the pod's own node.
fn same_view(seen: &Value, asked: &Asked) -> Result<(), String> {
    let Some((source, destination)) = seen.as_str().and_then(|seen| seen.split_once(" → "))
    else {
        return Ok(());
    };
    let source = source.split(", or").next().unwrap_or_default();
    let to = destination.split(' ').next_back().unwrap_or_default();
    let (from, destination) = (asked.from.ip().to_string(), asked.to.to_string());
    if (source, to) == (from.as_str(), destination.as_str()) {
        Ok(())
    } else {
        Err(format!("sees {from} → {destination}"))
    }
}
