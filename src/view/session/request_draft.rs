//! The request bar's request, kept valid while the cluster changes.

use std::net::IpAddr;

use serde::{Deserialize, Serialize};

use super::default_request::{
    bystander, called_service, default_origin, default_target, own_services, pod_at, pods_behind,
};
use crate::simulation::suggestions::origins;
use kubehop_engine::cluster::Cluster;
use kubehop_engine::cluster::object::Service;
use kubehop_engine::cluster::system_objects::is_system;
use kubehop_engine::names::{DEFAULT_NAMESPACE, ObjectName};
use kubehop_engine::network::Network;
use kubehop_engine::trace::{Host, Origin, Target};

/// A request as typed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RequestDraft {
    /// The caller: `client`, `pod/NAME`, `node/NAME` or an IP address.
    pub from: String,
    /// What is called, as a URL or `host:port`.
    pub to: String,
    /// Whether a person typed or chose it.
    pub by_hand: bool,
}

impl Default for RequestDraft {
    /// The outside client, who calls nothing yet.
    fn default() -> RequestDraft {
        RequestDraft {
            from: "client".to_owned(),
            to: String::new(),
            by_hand: false,
        }
    }
}

/// The request after the cluster changed: `{service}` and `{external}` filled in, and, unless a person chose them,
/// an origin and a target that exist. A request that was chosen for another text counts as not chosen.
pub(super) fn settled(asked: &RequestDraft, before: &Cluster, network: &Network) -> RequestDraft {
    let cluster = network.cluster();
    let is_another_text = is_another_text(before, cluster);
    let mut asked = RequestDraft {
        to: filled(&asked.to, cluster),
        by_hand: asked.by_hand && !is_another_text,
        ..asked.clone()
    };
    if !origins(cluster).contains(&asked.from) && is_gone(&asked.from, cluster) {
        asked.from = default_origin(network, &asked.to);
    }
    let lost = asked.to.is_empty()
        || is_unassigned(&asked.to, cluster)
        || (!asked.by_hand && !is_served(&asked.to, cluster));
    if lost && let Some(to) = default_target(network) {
        asked = RequestDraft {
            from: default_origin(network, &to),
            to,
            by_hand: false,
        };
    } else if lost && is_another_text {
        asked = RequestDraft::default();
    } else if !asked.by_hand
        && (is_another_text || is_node(&asked.from) || calls_itself(&asked, cluster))
    {
        asked.from = default_origin(network, &asked.to);
    }
    asked
}

/// Whether one text cannot have become the other by edits: they have nothing in common.
pub(super) fn is_another_text(before: &Cluster, after: &Cluster) -> bool {
    has_objects(before) && !share_objects(before, after)
}

/// Whether a text made anything.
pub(super) fn has_objects(cluster: &Cluster) -> bool {
    own_services(cluster).next().is_some() || own_pods(cluster).next().is_some()
}

/// Whether one text may have become the other by edits: they have a Service or a pod in common.
fn share_objects(before: &Cluster, after: &Cluster) -> bool {
    own_services(before).any(|service| after.services.contains_key(&service.id()))
        || own_pods(before).any(|pod| after.pods.contains_key(pod))
}

fn own_pods(cluster: &Cluster) -> impl Iterator<Item = &ObjectName> {
    let pods = cluster.pods.keys();
    pods.filter(|pod| !is_system(pod))
}

fn is_node(from: &str) -> bool {
    matches!(from.parse(), Ok(Origin::Node(_)))
}

/// Whether something of the cluster takes connections at the target: a Service at one of its addresses or names, a node
/// port, a pod, or the host of an Ingress or a route.
fn is_served(to: &str, cluster: &Cluster) -> bool {
    let Ok(target) = to.parse::<Target>() else {
        return false;
    };
    match &target.host {
        Host::Name(name) => {
            called_service(cluster, &target.host).is_some() || is_routed(name, cluster)
        }
        Host::Address(address) => {
            let mut nodes = cluster.nodes.values();
            let is_of_node = nodes.any(|node| node.addresses().any(|own| own == *address));
            own_services(cluster).any(|service| {
                let mut ports = service.spec.ports.iter();
                has_address(service, *address)
                    || (is_of_node && ports.any(|port| port.node_port == target.port))
            }) || pod_at(cluster, *address).is_some()
        }
    }
}

/// Whether a Service has the address: as a cluster IP, an external one or its load balancer's.
fn has_address(service: &Service, address: IpAddr) -> bool {
    let mut ingress = service.status.load_balancer.ingress.iter();
    service.addresses().any(|own| own == address)
        || service.spec.external_ips.contains(&address)
        || ingress.any(|ingress| ingress.ip == Some(address))
}

/// Whether an Ingress or a route of a Gateway names the host.
fn is_routed(host: &str, cluster: &Cluster) -> bool {
    let mut rules = cluster
        .ingresses
        .values()
        .flat_map(|ingress| &ingress.spec.rules);
    let mut routes = cluster.routes.values();
    rules.any(|rule| rule.host == host)
        || routes.any(|route| route.spec.hostnames.iter().any(|own| own == host))
}

/// Whether the origin is a pod or node that is not there any more.
fn is_gone(from: &str, cluster: &Cluster) -> bool {
    match from.parse() {
        Ok(Origin::Pod(pod)) => !cluster.pods.contains_key(&pod),
        Ok(Origin::Node(node)) => !cluster.nodes.contains_key(node.as_str()),
        Ok(Origin::Outside(_)) => false,
        Err(_) => true,
    }
}

/// Whether the target names an address of the cluster's own ranges that nothing has, or is nothing at all.
fn is_unassigned(to: &str, cluster: &Cluster) -> bool {
    let Ok(Target { host, .. }) = to.parse() else {
        return to.contains('{');
    };
    match host {
        Host::Name(name) => {
            let first = name.split('.').next().unwrap_or_default();
            !cluster.services.keys().any(|service| service.name == first) && !name.contains('.')
        }
        Host::Address(address) => {
            let of_services = cluster
                .config
                .service_cidrs
                .iter()
                .any(|range| range.contains(&address));
            of_services
                && !cluster
                    .services
                    .values()
                    .any(|service| service.addresses().any(|own| own == address))
        }
    }
}

/// `{service}` becomes the first Service's address, `{external}` its load balancer's, each with the port if not the
/// scheme's own.
fn filled(to: &str, cluster: &Cluster) -> String {
    if !to.contains('{') {
        return to.to_owned();
    }
    let service = own_services(cluster).next();
    let port = service
        .and_then(|service| service.spec.ports.first())
        .map_or(80, |port| port.port);
    let suffix = if port == 80 {
        String::new()
    } else {
        format!(":{port}")
    };
    let text = |address: IpAddr| match address {
        IpAddr::V4(address) => format!("{address}{suffix}"),
        IpAddr::V6(address) => format!("[{address}]{suffix}"),
    };
    let own = service
        .and_then(|service| service.addresses().next())
        .map(text);
    let external = service.and_then(|service| {
        service
            .status
            .load_balancer
            .ingress
            .iter()
            .find_map(|ingress| ingress.ip)
    });
    let external = external.map(text).or_else(|| own.clone());
    to.replace("{service}", &own.unwrap_or_default())
        .replace("{external}", &external.unwrap_or_default())
}

/// The namespace that lacks a pod which could call what is called from inside; `None` where there is one, or where the
/// outside client calls.
pub(super) fn lacks_caller(asked: &RequestDraft, cluster: &Cluster) -> Option<String> {
    let host = asked.to.parse().map(|target: Target| target.host).ok()?;
    if !is_node(&asked.from) || bystander(cluster, Some(&host)).is_some() {
        return None;
    }
    let called = called_service(cluster, &host);
    let namespace = called.map_or(DEFAULT_NAMESPACE, |service| &service.metadata.namespace);
    Some(namespace.to_owned())
}

/// Whether the caller is a pod behind the Service that it calls.
fn calls_itself(asked: &RequestDraft, cluster: &Cluster) -> bool {
    let called = asked.to.parse().ok();
    let called = called.and_then(|target: Target| called_service(cluster, &target.host));
    match asked.from.parse() {
        Ok(Origin::Pod(pod)) => called.is_some() && pods_behind(cluster, called).contains(&pod),
        Ok(Origin::Node(_) | Origin::Outside(_)) | Err(_) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::session::default_request::tests::{WEB, cluster, network};
    use kubehop_engine::testing::resolved;

    #[test]
    fn a_pod_that_a_change_puts_behind_its_service_calls_no_more_unless_a_person_chose_it() {
        let (web, client) = (("default", "web"), ("default", "zoo"));
        let cluster = cluster(&[web, client], &[web]);
        let asked = |by_hand| RequestDraft {
            from: "pod/web".to_owned(),
            to: "http://web".to_owned(),
            by_hand,
        };
        assert_eq!(
            settled(&asked(false), cluster.cluster(), &cluster).from,
            "pod/zoo"
        );
        assert_eq!(
            settled(&asked(true), cluster.cluster(), &cluster).from,
            "pod/web"
        );
        // A chosen target that no longer exists is no choice any more.
        let lost = RequestDraft {
            to: "http://gone".to_owned(),
            ..asked(true)
        };
        let found = settled(&lost, cluster.cluster(), &cluster);
        assert!(!found.by_hand && found.from == "pod/zoo");
    }

    /// The request that a text made, after another text took its place.
    fn pasted(from: &str, to: &str, before: &str, after: &str) -> (String, String) {
        let asked = RequestDraft {
            from: from.to_owned(),
            to: to.to_owned(),
            by_hand: true,
        };
        let found = settled(&asked, &resolved(before).cluster, &network(after));
        (found.from, found.to)
    }

    const NODE_PORT: &str = "{apiVersion: v1, kind: Service, metadata: {name: shop}, spec: {type: NodePort, ports: [{port: 80, nodePort: 30123}]}}";

    #[test]
    fn a_call_of_another_text_is_not_kept() {
        let node_port = default_target(&network(NODE_PORT)).expect("a node port");
        assert!(node_port.ends_with(":30123"), "{node_port}");
        let web = ("pod/shell".to_owned(), "http://10.96.0.50".to_owned());
        // A node port that no Service has any more.
        assert_eq!(pasted("client", &node_port, NODE_PORT, WEB), web);
        assert_eq!(
            pasted("node/node-3", "http://web", NODE_PORT, WEB),
            ("pod/shell".to_owned(), "http://web".to_owned())
        );
        // Nothing can be called.
        let pod = "{apiVersion: v1, kind: Pod, metadata: {name: lone}, spec: {containers: [{name: c, image: c}]}}";
        let nothing = RequestDraft::default();
        assert_eq!(pasted(&web.0, &web.1, WEB, pod), (nothing.from, nothing.to));
        // An edit of the same text leaves what a person chose.
        let edited = WEB.replace("name: shell", "name: other");
        let chosen = pasted("client", "http://192.168.0.11:30123", WEB, &edited);
        assert_eq!(chosen.1, "http://192.168.0.11:30123");
    }

    #[test]
    fn a_route_that_clients_outside_reach_is_called_by_its_host_and_path() {
        let called = |text: &str| {
            let found = settled(
                &RequestDraft::default(),
                &Cluster::default(),
                &network(text),
            );
            (found.from, found.to)
        };
        let outside = |to: &str| ("client".to_owned(), to.to_owned());
        let gateway = |listener: &str, route: &str| {
            format!(
                "{WEB}\n---\n\
                 {{apiVersion: gateway.networking.k8s.io/v1, kind: Gateway, metadata: {{name: edge}}, spec: {{gatewayClassName: any, listeners: [{listener}]}}}}\n---\n\
                 {{apiVersion: gateway.networking.k8s.io/v1, kind: HTTPRoute, metadata: {{name: web}}, spec: {{parentRefs: [{{name: edge}}], {route}}}}}"
            )
        };
        let http = "{name: http, port: 80, protocol: HTTP}";
        let backend = "backendRefs: [{name: web, port: 80}]";
        let named = gateway(
            http,
            &format!("hostnames: [shop.example.com], rules: [{{{backend}}}]"),
        );
        assert_eq!(called(&named), outside("http://shop.example.com/"));
        // The first rule that asks for no more than a path.
        let rules = format!(
            "hostnames: ['*.example.com'], rules: [\
             {{matches: [{{path: {{value: /beta}}, headers: [{{name: x-beta, value: '1'}}]}}], {backend}}}, \
             {{matches: [{{path: {{type: Exact, value: /api/v1}}}}], {backend}}}]"
        );
        let at_port = gateway("{name: http, port: 8080, protocol: HTTP}", &rules);
        assert_eq!(
            called(&at_port),
            outside("http://www.example.com:8080/api/v1")
        );
        // The listener's host, and the Gateway's address where nothing names a host.
        let listener = "{name: http, port: 80, protocol: HTTP, hostname: shop.example.com}";
        let by_listener = gateway(listener, &format!("rules: [{{{backend}}}]"));
        assert_eq!(called(&by_listener), outside("http://shop.example.com/"));
        let path = format!("rules: [{{matches: [{{path: {{value: /api}}}}], {backend}}}]");
        let by_address = called(&gateway(http, &path));
        assert_eq!(by_address.0, "client");
        assert!(
            by_address.1.starts_with("http://198.51.100."),
            "{by_address:?}"
        );
        assert!(by_address.1.ends_with("/api"), "{by_address:?}");
    }

    #[test]
    fn a_caller_is_lacking_where_every_pod_is_behind_the_service() {
        let (web, other) = (("default", "web"), ("default", "zoo"));
        let asked = |from: &str| RequestDraft {
            from: from.to_owned(),
            to: "http://web".to_owned(),
            by_hand: false,
        };
        let alone = cluster(&[web], &[web]);
        let lacking = lacks_caller(&asked("node/node-1"), alone.cluster());
        assert_eq!(lacking.as_deref(), Some("default"));
        assert_eq!(lacks_caller(&asked("client"), alone.cluster()), None);
        let two = cluster(&[web, other], &[web]);
        assert_eq!(lacks_caller(&asked("node/node-1"), two.cluster()), None);
        // Once there is one, it calls.
        assert_eq!(
            settled(&asked("node/node-1"), alone.cluster(), &two).from,
            "pod/zoo"
        );
    }
}
