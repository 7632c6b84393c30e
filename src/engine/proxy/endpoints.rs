//! The endpoints that a Service port uses on a node: all that are ready, or by policy and hints only some
//! (kubernetes `pkg/proxy/endpointslicecache.go`, `pkg/proxy/topology.go`).

use std::collections::BTreeMap;
use std::net::SocketAddr;

use super::is_watched;
use crate::cluster::Cluster;
use crate::cluster::object::{
    AddressType, Endpoint as SliceEndpoint, EndpointSlice, ForName, Node,
};
use crate::names::{Family, ObjectName, Protocol};
use crate::sort;

/// The slices kube-proxy watches, by the Service they belong to.
pub type SlicesByService<'a> = BTreeMap<ObjectName, Vec<&'a EndpointSlice>>;

/// Groups the slices of a family by Service.
pub fn by_service(cluster: &Cluster, family: Family) -> SlicesByService<'_> {
    let mut groups = SlicesByService::new();
    let watched = |slice: &&EndpointSlice| is_watched(&slice.metadata.labels);
    for slice in cluster
        .slices
        .values()
        .filter(watched)
        .filter(|slice| is_of(slice.address_type, family))
    {
        if let Some(service) = slice.service() {
            groups.entry(service).or_default().push(slice);
        }
    }
    groups
}

fn is_of(addresses: AddressType, family: Family) -> bool {
    match addresses {
        AddressType::IPv4 => family == Family::V4,
        AddressType::IPv6 => family == Family::V6,
        AddressType::Fqdn => false,
    }
}

/// An endpoint of one Service port, as seen from one node.
#[derive(Clone, Debug, PartialEq)]
pub struct EndpointInfo<'a> {
    /// Its address and port.
    pub address: SocketAddr,
    /// The same as text, which also orders the endpoints of a Service port.
    pub text: String,
    /// Whether it is on this node.
    pub is_local: bool,
    /// What it can be used for.
    pub state: State,
    hints: (&'a [ForName], &'a [ForName]),
}

/// What an endpoint can be used for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// New connections.
    Ready,
    /// New connections when there is no ready one: it is going away but still answers.
    Terminating,
    /// Nothing.
    Unusable,
}

impl State {
    fn of(endpoint: &SliceEndpoint) -> State {
        let conditions = endpoint.conditions;
        match (
            conditions.is_ready(),
            conditions.is_serving() && conditions.is_terminating(),
        ) {
            (true, _) => State::Ready,
            (false, true) => State::Terminating,
            (false, false) => State::Unusable,
        }
    }
}

/// Every endpoint the slices name for a port of this name and protocol, in the order of their texts. The endpoint's
/// port is the slice's; the Service's `targetPort` is not read. Of several entries with one address the last that is
/// not going away counts, and the first when all are (`addEndpoints`): an address may already belong to a new pod.
pub fn of_port<'a>(
    slices: &[&'a EndpointSlice],
    port: &str,
    protocol: Protocol,
    node: &str,
) -> Vec<EndpointInfo<'a>> {
    let mut found: Vec<(EndpointInfo<'a>, bool)> = Vec::new();
    for slice in slices {
        let fits = |(name, of): (&str, Protocol)| name == port && of == protocol;
        let ports = slice
            .ports
            .iter()
            .filter(|port| fits((port.name(), port.protocol.unwrap_or_default())));
        for number in ports
            .filter_map(|port| port.port)
            .filter(|&number| number != 0)
        {
            let endpoints = slice
                .endpoints
                .iter()
                .filter_map(|endpoint| seen(endpoint, number, node));
            found.extend(endpoints);
        }
    }
    sort::sort_by(&mut found, |(one, _), (other, _)| one.text.cmp(&other.text));
    found.dedup_by(|later, first| {
        let same = later.0.text == first.0.text;
        if same && !later.1 {
            std::mem::swap(later, first);
        }
        same
    });
    found.into_iter().map(|(endpoint, _)| endpoint).collect()
}

/// An endpoint from this node's point of view, and whether it is terminating.
fn seen<'a>(
    endpoint: &'a SliceEndpoint,
    port: u16,
    node: &str,
) -> Option<(EndpointInfo<'a>, bool)> {
    let address = SocketAddr::new(endpoint.address()?, port);
    let hints = endpoint.hints.as_ref();
    let hints = hints.map_or((&[][..], &[][..]), |hints| {
        (&hints.for_nodes[..], &hints.for_zones[..])
    });
    let is_local = endpoint.node_name.as_deref() == Some(node);
    let state = State::of(endpoint);
    let text = address.to_string();
    Some((
        EndpointInfo {
            address,
            text,
            is_local,
            state,
            hints,
        },
        endpoint.conditions.is_terminating(),
    ))
}

/// Which lists a Service port needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lists {
    /// The cluster's only.
    Cluster,
    /// This node's only.
    Local,
    /// Both.
    Both,
}

/// The endpoints that a Service port uses on this node.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Chosen<'a> {
    /// Everyone on one of the lists, in the order of their texts.
    pub reachable: Vec<EndpointInfo<'a>>,
    /// The list of policy `Cluster`: places in `reachable`.
    pub cluster: Vec<usize>,
    /// The list of policy `Local`: places in `reachable`.
    pub local: Vec<usize>,
    /// Whether anyone in the cluster answers: the difference between refusing and dropping.
    pub has_any_endpoint: bool,
}

/// Chooses among the endpoints of a Service port.
pub fn choose<'a>(endpoints: Vec<EndpointInfo<'a>>, lists: Lists, node: &Node) -> Chosen<'a> {
    let on_cluster = |wanted: bool| {
        if wanted {
            cluster_list(&endpoints, node)
        } else {
            Vec::new()
        }
    };
    let on_local = |wanted: bool| {
        if wanted {
            local_list(&endpoints)
        } else {
            Vec::new()
        }
    };
    let (cluster, local) = (
        on_cluster(lists != Lists::Local),
        on_local(lists != Lists::Cluster),
    );
    let somewhere = endpoints
        .iter()
        .any(|endpoint| endpoint.state != State::Unusable);
    let mut chosen = Chosen {
        has_any_endpoint: somewhere,
        ..Chosen::default()
    };
    for (place, endpoint) in endpoints.into_iter().enumerate() {
        let on_list = |list: &[usize]| list.binary_search(&place).is_ok();
        let (in_cluster, in_local) = (on_list(&cluster), on_list(&local));
        let next = chosen.reachable.len();
        chosen.cluster.extend(in_cluster.then_some(next));
        chosen.local.extend(in_local.then_some(next));
        chosen
            .reachable
            .extend((in_cluster || in_local).then_some(endpoint));
    }
    chosen
}

/// The ready endpoints, narrowed by hints; if none is ready, the terminating ones that still serve.
fn cluster_list(endpoints: &[EndpointInfo], node: &Node) -> Vec<usize> {
    let topology = topology(endpoints, node);
    let ready =
        |endpoint: &EndpointInfo| endpoint.state == State::Ready && topology.allows(endpoint);
    or_terminating(endpoints, ready, |endpoint| {
        endpoint.state == State::Terminating
    })
}

/// The ready endpoints of this node whatever their hints; if none is ready, the terminating ones that still serve.
fn local_list(endpoints: &[EndpointInfo]) -> Vec<usize> {
    let is = |endpoint: &EndpointInfo, state| endpoint.is_local && endpoint.state == state;
    or_terminating(
        endpoints,
        |endpoint| is(endpoint, State::Ready),
        |endpoint| is(endpoint, State::Terminating),
    )
}

fn or_terminating(
    endpoints: &[EndpointInfo],
    first: impl Fn(&EndpointInfo) -> bool,
    otherwise: impl Fn(&EndpointInfo) -> bool,
) -> Vec<usize> {
    let places = |of: &dyn Fn(&EndpointInfo) -> bool| {
        endpoints
            .iter()
            .enumerate()
            .filter(|(_, endpoint)| of(endpoint))
            .map(|(place, _)| place)
            .collect::<Vec<_>>()
    };
    let chosen = places(&first);
    if chosen.is_empty() {
        places(&otherwise)
    } else {
        chosen
    }
}

/// How hints narrow the choice.
enum Topology<'a> {
    Anyone,
    SameNode(&'a str),
    SameZone(&'a str),
}

impl Topology<'_> {
    fn allows(&self, endpoint: &EndpointInfo) -> bool {
        match self {
            Topology::Anyone => true,
            Topology::SameNode(node) => names(endpoint.hints.0, node),
            Topology::SameZone(zone) => names(endpoint.hints.1, zone),
        }
    }
}

/// Hints count only when every ready endpoint has them and one is for this node, or for its zone
/// (`topologyModeFromHints`). A node whose zone is not known has none.
fn topology<'a>(endpoints: &[EndpointInfo], node: &'a Node) -> Topology<'a> {
    let ready = || {
        endpoints
            .iter()
            .filter(|endpoint| endpoint.state == State::Ready)
    };
    let every_and_one = |hints: &dyn Fn(&EndpointInfo) -> (bool, bool)| {
        ready().all(|endpoint| hints(endpoint).0) && ready().any(|endpoint| hints(endpoint).1)
    };
    let zone = node.zone().unwrap_or_default();
    if every_and_one(&|endpoint| {
        (
            !endpoint.hints.0.is_empty(),
            names(endpoint.hints.0, node.name()),
        )
    }) {
        Topology::SameNode(node.name())
    } else if !zone.is_empty()
        && every_and_one(&|endpoint| (!endpoint.hints.1.is_empty(), names(endpoint.hints.1, zone)))
    {
        Topology::SameZone(zone)
    } else {
        Topology::Anyone
    }
}

fn names(hints: &[ForName], name: &str) -> bool {
    hints.iter().any(|hint| hint.name == name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn slice(endpoints: serde_json::Value) -> EndpointSlice {
        let object =
            json!({"addressType": "IPv4", "ports": [{"port": 80}], "endpoints": endpoints});
        serde_json::from_value(object).expect("a slice")
    }

    fn node() -> Node {
        let metadata = json!({"name": "a", "labels": {"topology.kubernetes.io/zone": "z1"}});
        serde_json::from_value(json!({ "metadata": metadata })).expect("a node")
    }

    fn chosen(endpoints: serde_json::Value) -> (Vec<String>, Vec<String>) {
        let slice = slice(endpoints);
        let chosen = choose(
            of_port(&[&slice], "", Protocol::Tcp, "a"),
            Lists::Both,
            &node(),
        );
        let texts = |places: &[usize]| {
            places
                .iter()
                .map(|&place| chosen.reachable[place].text.clone())
                .collect()
        };
        (texts(&chosen.cluster), texts(&chosen.local))
    }

    #[test]
    fn endpoints_are_in_the_order_of_their_texts() {
        let (cluster, _) =
            chosen(json!([{"addresses": ["10.0.0.2"]}, {"addresses": ["10.0.0.10"]}]));
        assert_eq!(cluster, ["10.0.0.10:80", "10.0.0.2:80"]);
    }

    #[test]
    fn an_address_with_leading_zeros_is_the_one_without() {
        let (cluster, _) = chosen(json!([{"addresses": ["010.000.0.2"]}]));
        assert_eq!(cluster, ["10.0.0.2:80"]);
    }

    #[test]
    fn hints_count_only_when_every_ready_endpoint_has_one() {
        let hinted = |zone| json!({"addresses": [format!("10.0.0.{zone}")], "hints": {"forZones": [{"name": format!("z{zone}")}]}});
        let (narrowed, _) = chosen(json!([hinted(1), hinted(2)]));
        let (all, _) = chosen(json!([hinted(1), hinted(2), {"addresses": ["10.0.0.3"]}]));
        assert_eq!((narrowed.len(), all.len()), (1, 3));
    }

    #[test]
    fn a_local_endpoint_going_away_is_used_though_another_node_has_a_ready_one() {
        let leaving = json!({"ready": false, "serving": true, "terminating": true});
        let (cluster, local) = chosen(json!([
            {"addresses": ["10.0.0.1"], "nodeName": "a", "conditions": leaving},
            {"addresses": ["10.0.0.2"], "nodeName": "b"},
        ]));
        assert_eq!(
            (cluster, local),
            (
                vec!["10.0.0.2:80".to_owned()],
                vec!["10.0.0.1:80".to_owned()]
            )
        );
    }

    #[test]
    fn of_two_entries_with_one_address_the_one_that_stays_counts() {
        let leaving = json!({"ready": false, "serving": true, "terminating": true});
        let (cluster, _) = chosen(
            json!([{"addresses": ["10.0.0.1"], "conditions": leaving}, {"addresses": ["10.0.0.1"]}]),
        );
        assert_eq!(cluster, ["10.0.0.1:80"]);
    }

    #[test]
    fn of_two_entries_that_stay_the_later_counts() {
        let unready = json!({"addresses": ["10.0.0.1"], "conditions": {"ready": false}});
        let ready = json!({"addresses": ["10.0.0.1"]});
        assert!(chosen(json!([ready, unready])).0.is_empty());
        assert_eq!(chosen(json!([unready, ready])).0, ["10.0.0.1:80"]);
    }

    #[test]
    fn a_node_without_a_zone_takes_no_hint_for_zones() {
        let hinted = |zone: &str| json!({"addresses": [format!("10.0.0.{}", zone.len())], "hints": {"forZones": [{"name": zone}]}});
        let slice = slice(json!([hinted(""), hinted("z1")]));
        let endpoints = of_port(&[&slice], "", Protocol::Tcp, "a");
        assert_eq!(
            choose(endpoints, Lists::Cluster, &Node::default())
                .cluster
                .len(),
            2
        );
    }
}
