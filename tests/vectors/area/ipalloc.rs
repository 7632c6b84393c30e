//! ipalloc: ranges of Services, node ports and pods → their bands, sizes and well-known addresses.

use ipnet::IpNet;
use kubehop::engine::cluster::ip_ranges::{
    APISERVER_SERVICE_RANGE, DNS_DOMAIN, DNS_INDEX, KUBEADM_SERVICE_RANGE, KUBERNETES_INDEX,
    NODE_MASK_V4, NODE_MASK_V6, ServiceRange, node_range, port_bands,
};
use serde_json::{Value, json};

use super::{cases, name};
use crate::Case;

/// How many node ranges the recording lists.
const LISTED: u32 = 6;

/// Compares every case of the recording.
pub fn run(recording: &Value) -> Vec<Case> {
    cases(recording)
        .map(|case| Case {
            name: name(case),
            difference: difference(case),
        })
        .collect()
}

fn difference(case: &Value) -> Option<String> {
    let (input, expected) = (&case["input"], &case["expect"]);
    let text = |field: &str| input[field].as_str();
    let answer = match (
        text("cidr"),
        text("range"),
        text("clusterCIDR"),
        text("fact"),
    ) {
        (Some(cidr), ..) => services(cidr, expected),
        (_, Some(range), ..) => node_ports(range),
        (_, _, Some(cluster), _) => node_ranges(
            cluster,
            input["nodeMask"].as_u64().unwrap_or_default() as u8,
        ),
        (.., Some(fact)) => json!({ "value": fact_value(fact) }),
        _ => Value::Null,
    };
    (answer != *expected).then(|| format!("recorded: {expected}\nkubehop:  {answer}"))
}

fn services(cidr: &str, expected: &Value) -> Value {
    let range = ServiceRange(cidr.parse().expect("a range"));
    let bands = range.bands();
    let mut answer = json!({
        "rangeSize": range.size() as u64, "free": bands.free as u64, "staticBandSize": bands.static_size as u64,
        "kubernetesServiceIP": range.address(KUBERNETES_INDEX.into()),
    });
    match range.address(DNS_INDEX.into()) {
        Some(address) => answer["kubeDNSIP"] = json!(address),
        None => {
            answer["kubeDNSError"] = json!(format!(
                "unable to get internal Kubernetes Service IP from the given service CIDR: can't generate IP with index {DNS_INDEX} from subnet. subnet too small. subnet: \"{cidr}\""
            ));
        }
    }
    if let (Some(start), Some((first, last))) = (range.dynamic_start(), range.static_band()) {
        answer["dynamicBandStart"] = json!(start);
        answer["staticBand"] = json!([first, last]);
    }
    // Only ranges small enough to be filled were filled for the recording.
    if expected.get("fullError").is_some() {
        answer["fullError"] =
            json!(kubehop::engine::apiserver::allocation::allocator::Refusal::Full.to_string());
        let before_static = bands
            .places(0)
            .take_while(|place| *place >= bands.static_size)
            .count();
        let has_bands = bands.static_size > 0;
        answer["dynamicAllocationsBeforeStaticBandUsed"] = if has_bands {
            json!(before_static)
        } else {
            json!(-1)
        };
    }
    answer
}

fn node_ports(range: &str) -> Value {
    let (first, last) = range.split_once('-').expect("two ports");
    let (first, last): (u16, u16) = (
        first.parse().expect("a port"),
        last.parse().expect("a port"),
    );
    let bands = port_bands((first, last));
    let dynamic = first + bands.static_size as u16;
    let mut answer = json!({
        "size": bands.free as u64, "staticBandSize": bands.static_size as u64, "dynamicBand": [dynamic, last],
    });
    if bands.static_size > 0 {
        answer["staticBand"] = json!([first, dynamic - 1]);
    }
    answer
}

fn node_ranges(cluster: &str, mask: u8) -> Value {
    let cluster: IpNet = cluster.parse().expect("a range");
    let ranges: Result<Vec<IpNet>, _> = (0..LISTED)
        .map(|place| node_range(cluster, mask, place))
        .collect();
    let given: Vec<IpNet> = (0..LISTED)
        .map_while(|place| node_range(cluster, mask, place).ok())
        .collect();
    json!({ "firstNodeCIDRs": given, "error": ranges.err().map(|error| error.to_string()).unwrap_or_default() })
}

fn fact_value(fact: &str) -> Value {
    match fact {
        "kubeadm default service subnet" => json!(KUBEADM_SERVICE_RANGE),
        "kubeadm default cluster DNS IP" => {
            json!(
                ServiceRange(KUBEADM_SERVICE_RANGE.parse().expect("a range"))
                    .address(DNS_INDEX.into())
            )
        }
        "kubeadm default DNS domain" => json!(DNS_DOMAIN),
        "kube-apiserver flag default service CIDR (no kubeadm)" => json!(APISERVER_SERVICE_RANGE),
        "default node CIDR mask IPv4" => json!(NODE_MASK_V4),
        "default node CIDR mask IPv6" => json!(NODE_MASK_V6),
        _ => Value::Null,
    }
}
