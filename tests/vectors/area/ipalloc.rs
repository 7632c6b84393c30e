//! ipalloc: ranges of Services, node ports and pods → their bands, sizes and well-known addresses.

use ipnet::IpNet;
use kubehop_engine::apiserver::Allocator;
use kubehop_engine::cluster::Config;
use kubehop_engine::cluster::ip_ranges::{
    APISERVER_SERVICE_RANGE, Bands, DNS_INDEX, KUBERNETES_INDEX, ServiceRange, port_bands,
};
use kubehop_engine::controllers::ipam::{NODE_MASK_V4, NODE_MASK_V6, node_range};
use serde_json::{Value, json};

use super::{cases, name};
use crate::Case;

/// How many node ranges the recording lists.
const LISTED: u32 = 6;

/// Compares every case of the recording.
pub(crate) fn run(recording: &Value) -> Vec<Case> {
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
    if bands.static_size > 0 {
        answer["dynamicBandStart"] = json!(range.address(bands.static_size + 1));
        answer["staticBand"] = json!([range.address(1), range.address(bands.static_size)]);
    }
    // Only ranges small enough to be filled were filled for the recording.
    if expected.get("fullError").is_some() {
        fill(range, bands, &mut answer);
    }
    answer
}

/// Allocates until the range is full.
fn fill(range: ServiceRange, bands: Bands, answer: &mut Value) {
    let static_band = 1..=bands.static_size;
    let is_static = |address| {
        static_band
            .clone()
            .any(|index| range.address(index) == Some(address))
    };
    let mut allocator = Allocator::with_ranges(&[range.0], (30_000, 32_767));
    let (mut count, mut before_static) = (0, None);
    answer["fullError"] = loop {
        match allocator.next_address(range.family(), "default/web") {
            Ok(address) if is_static(address) => before_static = before_static.or(Some(count)),
            Ok(_) => {}
            Err(refusal) => break json!(refusal.to_string()),
        }
        count += 1;
    };
    answer["dynamicAllocationsBeforeStaticBandUsed"] = json!(before_static.unwrap_or(-1));
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
        .map(|index| node_range(cluster, mask, index))
        .collect();
    let given: Vec<IpNet> = (0..LISTED)
        .map_while(|index| node_range(cluster, mask, index).ok())
        .collect();
    json!({ "firstNodeCIDRs": given, "error": ranges.err().map(|error| error.to_string()).unwrap_or_default() })
}

fn fact_value(fact: &str) -> Value {
    match fact {
        "kubeadm default service subnet" => json!(Config::default().service_cidrs[0]),
        "kubeadm default cluster DNS IP" => {
            let range = ServiceRange(Config::default().service_cidrs[0]);
            json!(range.address(DNS_INDEX.into()))
        }
        "kube-apiserver flag default service CIDR (no kubeadm)" => json!(APISERVER_SERVICE_RANGE),
        "kubeadm default DNS domain" => json!(Config::default().domain),
        "default node CIDR mask IPv4" => json!(NODE_MASK_V4),
        "default node CIDR mask IPv6" => json!(NODE_MASK_V6),
        _ => Value::Null,
    }
}
