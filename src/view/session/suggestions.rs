//! The request bar's request, kept valid while the cluster changes.

use kubehop_engine::sort;
use std::collections::BTreeSet;
use std::net::IpAddr;

use super::RequestDraft;
use crate::simulation::suggestions::{of_service, origins};
use kubehop_engine::cluster::Cluster;
use kubehop_engine::cluster::object::{EndpointSlice, ObjectReference, Service, ServiceType};
use kubehop_engine::cluster::system_objects::is_system;
use kubehop_engine::names::{DEFAULT_NAMESPACE, ObjectName};
use kubehop_engine::network::Network;
use kubehop_engine::trace::{Host, Origin, Target};

/// The request after the cluster changed: `{service}` and `{external}` filled in, and, unless a person chose them,
/// an origin and a target that exist. A request of another text is nobody's choice in this one.
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
        || is_nobodys(&asked.to, cluster)
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

fn own_services(cluster: &Cluster) -> impl Iterator<Item = &Service> {
    let services = cluster.services.values();
    services.filter(|service| !is_system(&service.id()))
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

fn pod_at(cluster: &Cluster, address: IpAddr) -> Option<ObjectName> {
    let mut pods = cluster.pods.values();
    let pod = pods.find(|pod| pod.addresses().any(|own| own == address));
    pod.map(|pod| pod.id())
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
fn is_nobodys(to: &str, cluster: &Cluster) -> bool {
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

/// What a person would try first: the host and path of the first route that clients outside reach, else the outermost
/// address of the first Service.
fn default_target(network: &Network) -> Option<String> {
    if let Some(routed) = network.routed_calls().into_iter().next() {
        return Some(routed.to_string());
    }
    let cluster = network.cluster();
    let service = own_services(cluster).next()?;
    let all = of_service(cluster, service);
    match service.spec.service_type {
        ServiceType::LoadBalancer | ServiceType::NodePort => all.last().cloned(),
        ServiceType::ClusterIP => all.get(1).or(all.first()).cloned(),
        ServiceType::ExternalName => all.first().cloned(),
    }
}

/// Who would try it: the outside client for an outside address, else a pod that is not behind the called Service, else a
/// node. Pods of the Service's namespace come first, and among them those behind no Service.
fn default_origin(network: &Network, to: &str) -> String {
    let cluster = network.cluster();
    let host = to.parse().map(|target: Target| target.host);
    let inside = match &host {
        Ok(Host::Address(address)) => {
            let mut ranges = cluster.config.service_cidrs.iter();
            ranges.any(|range| range.contains(address)) || pod_at(cluster, *address).is_some()
        }
        Ok(host @ Host::Name(name)) => {
            called_service(cluster, host).is_some() || !network.has_entrance(name)
        }
        Err(_) => false,
    };
    if !inside {
        return "client".to_owned();
    }
    let node = || cluster.nodes.keys().last();
    bystander(cluster, host.ok().as_ref())
        .map(Origin::Pod)
        .or_else(|| node().map(|node| Origin::Node(node.to_string())))
        .map_or_else(|| "client".to_owned(), |origin| origin.to_string())
}

/// The pod that would call a host: one that is not behind it.
fn bystander(cluster: &Cluster, host: Option<&Host>) -> Option<ObjectName> {
    let called = host.and_then(|host| called_service(cluster, host));
    let namespace = called.map_or(DEFAULT_NAMESPACE, |service| &service.metadata.namespace);
    let mut behind = pods_behind(cluster, called);
    if let Some(Host::Address(address)) = host {
        behind.extend(pod_at(cluster, *address));
    }
    let selected = pods_behind_any(cluster);
    let pods = cluster.pods.values();
    let bystanders = pods
        .filter(|pod| pod.addresses().next().is_some())
        .map(|pod| pod.id())
        .filter(|pod| !is_system(pod) && !behind.contains(pod));
    bystanders.min_by_key(|pod| (pod.namespace != namespace, selected.contains(pod)))
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

/// The Service that has the address, or the name: `web`, `web.dev`, `web.dev.svc.cluster.local`.
fn called_service<'a>(cluster: &'a Cluster, host: &Host) -> Option<&'a Service> {
    match host {
        Host::Address(address) => {
            let mut services = cluster.services.values();
            services.find(|service| service.addresses().any(|own| own == *address))
        }
        Host::Name(name) => {
            let mut labels = name.split('.');
            let name = labels.next()?;
            let namespace = labels.next().unwrap_or(DEFAULT_NAMESPACE);
            cluster.services.get(&ObjectName::new(namespace, name))
        }
    }
}

/// The pods behind a Service; none if there is no Service.
fn pods_behind(cluster: &Cluster, service: Option<&Service>) -> BTreeSet<ObjectName> {
    let id = service.map(Service::id);
    let slices = id.iter().flat_map(|service| cluster.slices_of(service));
    pods_of(slices)
}

fn pods_behind_any(cluster: &Cluster) -> BTreeSet<ObjectName> {
    pods_of(cluster.slices.values())
}

fn pods_of<'a>(slices: impl Iterator<Item = &'a EndpointSlice>) -> BTreeSet<ObjectName> {
    let endpoints = slices.flat_map(|slice| &slice.endpoints);
    let targets = endpoints.filter_map(|endpoint| endpoint.target_ref.as_ref());
    sort::set(targets.map(ObjectReference::id))
}

#[cfg(test)]
mod tests {
    use super::*;
    use kubehop_engine::testing::resolved;

    fn network(text: &str) -> Network {
        Network::of(resolved(text))
    }

    /// Pods with a label `app` of their own name, and a Service of the first one, in one namespace each.
    fn cluster(pods: &[(&str, &str)], services: &[(&str, &str)]) -> Network {
        let pod = |(namespace, name): &(&str, &str)| {
            format!(
                "apiVersion: v1\nkind: Pod\nmetadata: {{name: {name}, namespace: {namespace}, labels: {{app: {name}}}}}\n\
                 spec: {{containers: [{{name: c, image: c}}]}}\n---\n"
            )
        };
        let service = |(namespace, name): &(&str, &str)| {
            format!(
                "apiVersion: v1\nkind: Service\nmetadata: {{name: {name}, namespace: {namespace}}}\n\
                 spec: {{selector: {{app: {name}}}, ports: [{{port: 80}}]}}\n---\n"
            )
        };
        let namespace = "apiVersion: v1\nkind: Namespace\nmetadata: {name: dev}\n---\n".to_owned();
        let texts = pods.iter().map(pod).chain(services.iter().map(service));
        let text: String = [namespace].into_iter().chain(texts).collect();
        network(&text)
    }

    fn caller(pods: &[(&str, &str)], services: &[(&str, &str)], to: &str) -> String {
        default_origin(&cluster(pods, services), to)
    }

    #[test]
    fn the_caller_is_never_behind_the_service_that_it_calls() {
        let (web, db, dev) = (("default", "web"), ("default", "db"), ("dev", "web"));
        // Another pod, though a Service selects it as well.
        let services = [web, db];
        assert_eq!(caller(&[web, db], &services, "http://web"), "pod/db");
        assert_eq!(caller(&[web, db], &services, "http://db"), "pod/web");
        // One of the same namespace first.
        assert_eq!(caller(&[dev, db, web], &[web], "http://web"), "pod/db");
        let from_dev = caller(&[web, dev, ("dev", "job")], &[dev], "http://web.dev");
        assert_eq!(from_dev, "pod/dev/job");
        // Without one, a pod of another namespace; without any, a node.
        assert_eq!(caller(&[web, dev], &[web], "http://web"), "pod/dev/web");
        assert_eq!(caller(&[web], &[web], "http://web"), "node/node-3");
        // An address outside is called from outside.
        assert_eq!(caller(&[web, db], &[web], "http://198.51.100.1"), "client");
    }

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
        // What nobody has any more is no choice any more.
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
    const WEB: &str = "{apiVersion: v1, kind: Service, metadata: {name: web}, spec: {clusterIP: 10.96.0.50, ports: [{port: 80}]}}\n---\n\
        {apiVersion: v1, kind: Pod, metadata: {name: shell}, spec: {containers: [{name: c, image: c}]}}";

    #[test]
    fn a_call_of_another_text_is_nobodys_choice() {
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
    fn an_ingress_is_called_by_its_host_if_a_controller_serves_it() {
        let ingress = "{apiVersion: networking.k8s.io/v1, kind: Ingress, metadata: {name: web}, spec: {ingressClassName: nginx, rules: [\
            {host: shop.example.com, http: {paths: [{path: /cart, pathType: Prefix, backend: {service: {name: web, port: {number: 80}}}}]}}]}}";
        let controller = |service: &str| {
            format!(
                "{WEB}\n---\n{ingress}\n---\n\
                 {{apiVersion: networking.k8s.io/v1, kind: IngressClass, metadata: {{name: nginx}}, spec: {{controller: k8s.io/ingress-nginx}}}}\n---\n\
                 {{apiVersion: v1, kind: Pod, metadata: {{name: proxy, labels: {{app.kubernetes.io/name: ingress-nginx}}}}, spec: {{containers: [{{name: c, image: c, ports: [{{containerPort: 80}}]}}]}}}}\n---\n\
                 {{apiVersion: v1, kind: Service, metadata: {{name: proxy}}, spec: {{selector: {{app.kubernetes.io/name: ingress-nginx}}, {service}}}}}"
            )
        };
        let called = |text: &str| default_target(&network(text)).expect("something to call");
        let balanced = controller("type: LoadBalancer, ports: [{port: 80}]");
        assert_eq!(called(&balanced), "http://shop.example.com/cart");
        let by_node = controller("type: NodePort, ports: [{port: 80, nodePort: 30080}]");
        assert_eq!(called(&by_node), "http://shop.example.com:30080/cart");
        let tls = "tls: [{hosts: [shop.example.com]}], rules: [";
        let both = "type: LoadBalancer, ports: [{name: http, port: 80}, {name: https, port: 443}]";
        let encrypted = controller(both).replace("rules: [", tls);
        assert_eq!(called(&encrypted), "https://shop.example.com/cart");
        // The controller's Service has no port for it.
        let plain = balanced.replace("rules: [", tls);
        assert_eq!(called(&plain), "http://shop.example.com/cart");
        // Without a controller nobody answers at the host.
        assert_eq!(
            called(&format!("{WEB}\n---\n{ingress}")),
            "http://10.96.0.50"
        );
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
