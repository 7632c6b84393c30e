//! networkpolicy: nodes, namespaces, pods and policies → who may talk to whom, half by half.

use std::net::{IpAddr, SocketAddr};

use kubehop_engine::cluster::Cluster;
use kubehop_engine::cluster::config::NetworkPlugin;
use kubehop_engine::cluster::object::Pod;
use kubehop_engine::names::{ObjectName, PolicyType, Protocol};
use kubehop_engine::policy::{Allowance, Decision, Owner, Peer, Policies, Port, Undefined};
use serde_json::{Value, json};

use super::compare::{read, text};
use super::{defaulting, load, name};
use crate::Case;

/// Compares every case of the recording.
pub(crate) fn run(recording: &Value) -> Vec<Case> {
    super::cases(recording)
        .map(|case| Case {
            name: name(case),
            difference: compare(recording, case).err(),
        })
        .collect()
}

fn compare(recording: &Value, case: &Value) -> Result<(), String> {
    let input = &case["input"];
    let policies = stored_policies(&input["policies"])?;
    let objects = load::objects(recording, &input["objects"]);
    let mut cluster = load::cluster(objects.chain(&policies))?;
    let decisions = Policies::of(&cluster);
    cluster.config.plugin = NetworkPlugin::Cilium;
    let of_cilium = Policies::of(&cluster);
    let connections = case["expect"]["connections"]
        .as_array()
        .into_iter()
        .flatten();
    let wrong: Vec<String> = connections
        .filter_map(|row| {
            let compared = compare_row(&cluster, &decisions, row);
            compared
                .and_then(|()| compare_cilium(&cluster, [&decisions, &of_cilium], row))
                .err()
        })
        .collect();
    if wrong.is_empty() {
        Ok(())
    } else {
        Err(wrong.join("\n"))
    }
}

/// The policies of a case as the API server stores them.
pub(crate) fn stored_policies(written: &Value) -> Result<Vec<Value>, String> {
    let stored = defaulting::stored(&written.as_array().cloned().unwrap_or_default());
    let count = written.as_array().map_or(0, Vec::len);
    if stored.len() == count {
        Ok(stored)
    } else {
        Err("a policy was rejected".to_owned())
    }
}

fn compare_row(cluster: &Cluster, policies: &Policies, row: &Value) -> Result<(), String> {
    let connection = Connection::read(cluster, policies, row)?;
    let halves = [
        connection.decide(policies, PolicyType::Egress),
        connection.decide(policies, PolicyType::Ingress),
    ];
    let computed = json!({
        "egress": halves[0].as_ref().map(half),
        "ingress": halves[1].as_ref().map(half),
    });
    let recorded = json!({ "egress": row["egress"], "ingress": row["ingress"] });
    let (computed, recorded) = (
        merged(computed, whole(halves.iter().flatten())),
        merged(recorded, of_row(row)),
    );
    if computed == recorded {
        Ok(())
    } else {
        Err(format!(
            "{} → {}\nrecorded {recorded}\ncomputed {computed}",
            row["from"], row["to"]
        ))
    }
}

/// Where a block alone allows the address of a pod or a node, Cilium drops the packet.
fn compare_cilium(
    cluster: &Cluster,
    [api, cilium]: [&Policies; 2],
    row: &Value,
) -> Result<(), String> {
    let connection = Connection::read(cluster, api, row)?;
    let is_denied_by_cilium = |direction: PolicyType| {
        let [api, cilium] = [api, cilium].map(|policies| connection.decide(policies, direction));
        let allowances = [api, cilium].map(|decision| decision.map(|it| it.allowance));
        allowances == [Some(Allowance::Allowed), Some(Allowance::Denied)]
    };
    let differs = [PolicyType::Egress, PolicyType::Ingress]
        .into_iter()
        .any(is_denied_by_cilium);
    let tags = row["cni"].as_array().into_iter().flatten();
    let is_tagged = tags.map(text).any(|tag| tag.starts_with("ipBlock-"));
    if differs == is_tagged {
        Ok(())
    } else {
        let (from, to) = (&row["from"], &row["to"]);
        Err(format!(
            "{from} → {to} differs with Cilium: {differs}, cni {}",
            row["cni"]
        ))
    }
}

/// The fields of a recorded row that say how it ends.
pub(crate) fn of_row(row: &Value) -> Value {
    let keys = ["verdict", "plugin", "reason", "docs"];
    let fields = keys.iter().filter(|key| !row[**key].is_null());
    fields
        .map(|key| ((*key).to_owned(), row[*key].clone()))
        .collect()
}

fn merged(mut first: Value, second: Value) -> Value {
    if let (Some(first), Value::Object(second)) = (first.as_object_mut(), second) {
        first.extend(second);
    }
    first
}

/// One recorded connection.
struct Connection<'a> {
    source: Peer<'a>,
    destination: Peer<'a>,
    port: Port,
}

impl<'a> Connection<'a> {
    fn read(
        cluster: &'a Cluster,
        policies: &Policies,
        row: &Value,
    ) -> Result<Connection<'a>, String> {
        let (protocol, to) = text(&row["to"]).split_once(' ').ok_or("no protocol")?;
        let to: SocketAddr = to.parse().map_err(|_| format!("no address: {to}"))?;
        let protocol: Protocol = read(&protocol.to_uppercase().into())?;
        let from: IpAddr = read(&row["from"]["ip"])?;
        Ok(Connection {
            source: peer(cluster, from, row["from"]["pod"].as_str()),
            destination: match row["toPod"].as_str() {
                None => on_host(cluster, policies, to.ip()),
                pod => peer(cluster, to.ip(), pod),
            },
            port: Port {
                protocol,
                number: to.port(),
            },
        })
    }

    /// The decision of a half; `None` if nobody is held there: a pod on the host's network accepts what it likes unless
    /// a policy selects it.
    fn decide(&self, policies: &Policies, direction: PolicyType) -> Option<Decision> {
        let (subject, peer) = match direction {
            PolicyType::Egress => (&self.source, &self.destination),
            PolicyType::Ingress => (&self.destination, &self.source),
        };
        let (pod, is_on_host) = match subject.owner {
            Owner::Pod(pod) | Owner::EndedPod(pod) => (pod, false),
            Owner::HostNetworkPod(pod) => (pod, true),
            Owner::Node(_) | Owner::Outside => return None,
        };
        let decision = policies.decide(direction, pod, peer, self.port);
        let is_held = !is_on_host || decision.is_isolated() || direction == PolicyType::Egress;
        is_held.then_some(decision)
    }
}

fn peer<'a>(cluster: &'a Cluster, address: IpAddr, pod: Option<&str>) -> Peer<'a> {
    let named = pod.and_then(|name| {
        let (namespace, name) = name.split_once('/')?;
        cluster.pod(&ObjectName::new(namespace, name))
    });
    let owner = match named {
        Some(pod) => owner_of(pod),
        None => node_at(cluster, address).map_or(Owner::Outside, Owner::Node),
    };
    Peer { address, owner }
}

/// The owner of an address: a pod on a node's network if a policy isolates it, else the node or nobody.
fn on_host<'a>(cluster: &'a Cluster, policies: &Policies, address: IpAddr) -> Peer<'a> {
    let isolated = cluster.each_pod().find(|pod| {
        pod.spec.host_network
            && pod.addresses().any(|own| own == address)
            && policies.isolates(PolicyType::Ingress, pod)
    });
    match isolated {
        Some(pod) => Peer {
            address,
            owner: Owner::HostNetworkPod(pod),
        },
        None => peer(cluster, address, None),
    }
}

fn owner_of(pod: &Pod) -> Owner<'_> {
    if pod.has_finished() {
        Owner::EndedPod(pod)
    } else if pod.spec.host_network {
        Owner::HostNetworkPod(pod)
    } else {
        Owner::Pod(pod)
    }
}

fn node_at(cluster: &Cluster, address: IpAddr) -> Option<&str> {
    let mut nodes = cluster.nodes.values();
    nodes
        .find(|node| node.addresses().any(|own| own == address))
        .map(kubehop_engine::cluster::object::Node::name)
}

/// A half as it is recorded.
fn half(decision: &Decision) -> Value {
    let policies: Vec<String> = decision.selecting.iter().map(ToString::to_string).collect();
    let by: Vec<Value> = decision
        .by
        .iter()
        .map(|(policy, rule)| json!({ "policy": policy.to_string(), "rule": rule }))
        .collect();
    match decision.allowance {
        Allowance::Allowed => {
            json!({ "verdict": "allow", "policies": policies, "allowedBy": by })
        }
        Allowance::Denied => json!({ "verdict": "drop", "policies": policies, "allowedBy": by }),
        Allowance::Undefined(case) => {
            let mut half = json!({ "plugin": true, "reason": reason(case, decision.direction) });
            if case.is_documented_as_allowed() {
                half["docs"] = "allow".into();
            }
            if !policies.is_empty() {
                half["policies"] = json!(policies);
            }
            half
        }
    }
}

/// How both halves together end.
fn whole<'a>(halves: impl Iterator<Item = &'a Decision>) -> Value {
    let mut reasons: Vec<&str> = Vec::new();
    let mut is_documented = true;
    for decision in halves {
        match decision.allowance {
            Allowance::Denied => return json!({ "verdict": "drop" }),
            Allowance::Allowed => {}
            Allowance::Undefined(case) => {
                is_documented &= case.is_documented_as_allowed();
                let reason = reason(case, decision.direction);
                if !reasons.contains(&reason) {
                    reasons.push(reason);
                }
            }
        }
    }
    match (reasons.is_empty(), is_documented) {
        (true, _) => json!({ "verdict": "allow" }),
        (false, true) => {
            json!({ "plugin": true, "reason": reasons.join("; "), "docs": "allow" })
        }
        (false, false) => json!({ "plugin": true, "reason": reasons.join("; ") }),
    }
}

/// The recorded words for a case that is left to the plugin.
pub(crate) fn reason(case: Undefined, direction: PolicyType) -> &'static str {
    match (case, direction) {
        (Undefined::FromOwnNode, _) => {
            "from the pod's own node: the API says it is allowed; plugins differ for hostNetwork pods and masqueraded packets"
        }
        (Undefined::ToOwnNode, _) => {
            "to the pod's own node: the documentation says it is always allowed; plugins differ"
        }
        (Undefined::Itself, _) => {
            "a pod to itself does not leave the pod; the documentation says a pod cannot block access to itself"
        }
        (Undefined::Hairpin, _) => {
            "a pod through a Service to itself: the packet leaves the pod and comes back masqueraded; the documentation says a pod cannot block access to itself, plugins differ on hairpin packets"
        }
        (Undefined::HostNetwork, PolicyType::Ingress) => {
            "the destination is a hostNetwork pod: what policies do there is up to the plugin; most ignore them"
        }
        (Undefined::HostNetwork, PolicyType::Egress) => {
            "a hostNetwork pod: what policies do to its own traffic is up to the plugin; most ignore them"
        }
        (Undefined::HostNetworkPeer, PolicyType::Ingress) => {
            "the source is a hostNetwork pod: seen as its node by most plugins, as the pod by others"
        }
        (Undefined::HostNetworkPeer, PolicyType::Egress) => {
            "the destination is a hostNetwork pod: seen as its node by most plugins, as the pod by others"
        }
        (Undefined::EndedPod, PolicyType::Ingress) => {
            "the address is that of a pod that has ended; nothing answers there"
        }
        (Undefined::EndedPod, PolicyType::Egress) => {
            "the address is that of a pod that has ended; selectors may or may not still match it"
        }
        (Undefined::SidecarPort, _) => {
            "the port name belongs to a sidecar (init container that keeps running): plugins differ on whether its names count"
        }
        (Undefined::MasqueradedOnOwnNode, _) => {
            "masqueraded on the pod's own node: plugins that filter before POSTROUTING still see the client's address and drop it; to others it comes from the pod's own node, which the API says is allowed"
        }
        (Undefined::OpenConnection, _) => "an open connection, which no recording has",
        (Undefined::NoEndpoints, _) => {
            "no endpoints: kube-proxy refuses (REJECT) and the egress policy may drop; which of the two FORWARD rules comes first is up to the plugin"
        }
    }
}
