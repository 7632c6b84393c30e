//! What decides over an answer and is not simulated: then the verdict is not "answered", but "answered, unless …".
//!
//! An object that decides over a connection is never passed over in silence. Nothing here changes the path: it stays the
//! one without these objects, and the verdict names the object that could make it another one.

use std::net::IpAddr;

use smol_str::SmolStr;

use super::{Device, Direction, Hop, Reason, Trace, Unless, Verdict};
use crate::cluster::config::LoadBalancer;
use crate::cluster::object::{LoadBalancerIngress, Pod, RouteKind, Service};
use crate::kinds::Kind;
use crate::l7::gateway::or_own;
use crate::manifest::tree::Yaml;
use crate::names::{DEFAULT_NAMESPACE, ObjectName};
use crate::network::{Host, Network, client};

/// API groups of objects that decide over connections.
const GATEWAY_API: &str = "gateway.networking.k8s.io";
const CILIUM: &str = "cilium.io";
/// Kinds of other groups that are network policies, by their group.
const POLICY_GROUPS: [&str; 5] = [
    CILIUM,
    "crd.projectcalico.org",
    "projectcalico.org",
    "policy.networking.k8s.io",
    "crd.antrea.io",
];

/// The label of a Service that an implementation made for a Gateway.
const GATEWAY_NAME: &str = "gateway.networking.k8s.io/gateway-name";

/// Kinds that route a Service's calls in a service mesh, by group, with the field that names the Service.
const MESH_ROUTES: [(&str, &str, &[&str]); 5] = [
    ("networking.istio.io", "VirtualService", &["spec", "hosts"]),
    ("networking.istio.io", "ServiceEntry", &["spec", "hosts"]),
    ("split.smi-spec.io", "TrafficSplit", &["spec", "service"]),
    (
        "consul.hashicorp.com",
        "ServiceRouter",
        &["metadata", "name"],
    ),
    (
        "consul.hashicorp.com",
        "ServiceSplitter",
        &["metadata", "name"],
    ),
];

/// Containers that take over a pod's traffic.
const SIDECARS: [&str; 5] = [
    "istio-proxy",
    "linkerd-proxy",
    "consul-dataplane",
    "kuma-sidecar",
    "osm-envoy",
];
/// Labels and annotations, of a pod or its namespace, by which a mesh takes over a pod's traffic, with the value; any
/// value if it is `None`.
const INJECTIONS: [(&str, Option<&str>); 7] = [
    ("sidecar.istio.io/inject", Some("true")),
    ("istio-injection", Some("enabled")),
    ("istio.io/rev", None),
    ("istio.io/dataplane-mode", Some("ambient")),
    ("linkerd.io/inject", Some("enabled")),
    ("kuma.io/sidecar-injection", Some("enabled")),
    ("consul.hashicorp.com/connect-inject", Some("true")),
];
/// The same that keep a pod out, whatever its namespace says.
const EXEMPTIONS: [(&str, &str); 3] = [
    ("sidecar.istio.io/inject", "false"),
    ("linkerd.io/inject", "disabled"),
    ("kuma.io/sidecar-injection", "disabled"),
];

/// A trace whose verdict says on what its answer depends.
pub(super) fn with_conditions(network: &Network, trace: Trace) -> Trace {
    let by = trace.verdict.answered_by().map(str::to_owned);
    let Some((by, endpoint)) = by.zip(trace.verdict.answering_endpoint()) else {
        return trace;
    };
    match condition(network, &trace) {
        Some((unless, object)) => Trace {
            verdict: Verdict::AnsweredUnless {
                by,
                endpoint,
                unless,
                object,
            },
            ..trace
        },
        None => trace,
    }
}

/// The first condition that applies, with the object that sets it.
fn condition(network: &Network, trace: &Trace) -> Option<(Unless, String)> {
    gateway(network, trace)
        .or_else(|| extension_filter(network, trace))
        .or_else(|| backend_tls(network, trace))
        .or_else(|| not_routed(network, trace))
        .or_else(|| load_balancer(network, trace))
        .or_else(|| network_plugin(trace))
        .or_else(|| policy(network, trace))
        .or_else(|| mesh_route(network, trace))
        .or_else(|| mesh(network, trace))
}

/// NetworkPolicies that another network plugin would apply to a packet of the request.
fn network_plugin(trace: &Trace) -> Option<(Unless, String)> {
    let hops = trace.hops.iter();
    let mut requests = hops.filter(|hop| hop.direction == Direction::Request);
    requests.find_map(|hop| match &hop.reason {
        Reason::PolicyDepends { policies, .. } => {
            Some((Unless::NetworkPlugin, format!("NetworkPolicy {policies}")))
        }
        _ => None,
    })
}

/// A Gateway or a route for the host or the address that is called.
fn gateway(network: &Network, trace: &Trace) -> Option<(Unless, String)> {
    let takes = |hop: &Hop| matches!(hop.reason, Reason::TakesForGateway { .. });
    if trace.hops.iter().any(takes) {
        return None;
    }
    let by_service = || {
        let service = network.cluster().services.get(trace.service.as_ref()?)?;
        let of_service = |object: &Deciding| is_parent(object, service);
        let route = of_group(network, GATEWAY_API).find(of_service);
        let named = || {
            let gateway = service.metadata.labels.get(GATEWAY_NAME)?;
            Some(format!("Gateway {}/{gateway}", service.metadata.namespace))
        };
        route.as_ref().map(printed).or_else(named)
    };
    let by_address = || {
        let called = trace.called()?.to_string();
        let mut gateways = of_group(network, GATEWAY_API);
        gateways
            .find(|object| has_address(object, &called))
            .as_ref()
            .map(printed)
    };
    let by_host = || {
        let Host::Name(host) = &trace.request.to.host else {
            return None;
        };
        if !leaves_cluster(trace) {
            return None;
        }
        let routes = || of_group(network, GATEWAY_API);
        let named = routes().find(|object| object.kind != "Gateway" && names_host(object, host));
        let listening =
            || routes().find(|object| object.kind == "Gateway" && names_host(object, host));
        let any = || routes().find(|object| takes_any_host(network, object));
        named.or_else(listening).or_else(any).as_ref().map(printed)
    };
    let object = by_service().or_else(by_address).or_else(by_host)?;
    Some((Unless::GatewayApi, object))
}

/// A filter of the controller's own at the rule that the request took, or at its backend.
fn extension_filter(network: &Network, trace: &Trace) -> Option<(Unless, String)> {
    let mut hops = trace.hops.iter();
    let (route, rule, service) = hops.find_map(|hop| match &hop.reason {
        Reason::RoutesForGateway {
            route,
            rule,
            service,
            ..
        } => Some((route, *rule, service)),
        _ => None,
    })?;
    let mut routes = network.cluster().routes.iter();
    let is_taken = |kind: RouteKind, name: &ObjectName| format!("{} {name}", kind.name()) == *route;
    let ((_, name), found) = routes.find(|((kind, name), _)| is_taken(*kind, name))?;
    let rule = found.spec.rules.get(rule)?;
    let backends = rule.backend_refs.iter().filter(|backend| {
        let namespace = or_own(&backend.namespace, &name.namespace);
        ObjectName::new(namespace, backend.name.as_str()).to_string() == *service
    });
    let of_backends = backends.flat_map(|backend| &backend.filters);
    let mut filters = rule.filters.iter().chain(of_backends);
    let own = filters.find_map(|filter| filter.extension_ref.as_ref())?;
    let object = format!("{} {}/{}", own.kind, name.namespace, own.name);
    Some((Unless::ExtensionFilter, object))
}

/// A policy by which the Gateway that took the request speaks TLS to the Service behind the rule, and checks its certificate.
fn backend_tls(network: &Network, trace: &Trace) -> Option<(Unless, String)> {
    let mut hops = trace.hops.iter();
    let service = hops.find_map(|hop| match &hop.reason {
        Reason::RoutesForGateway { .. } => hop.service.as_ref(),
        _ => None,
    });
    let mut last = trace.hops.iter().rev();
    let service = service.or_else(|| last.find_map(|hop| hop.service.as_ref()))?;
    let takes = |hop: &Hop| matches!(hop.reason, Reason::TakesForGateway { .. });
    if !trace.hops.iter().any(takes) {
        return None;
    }
    let mut policies = of_group(network, GATEWAY_API);
    let policy = policies.find(|object| {
        let targets = at(object.tree, &["spec", "targetRefs"]).map_or(&[][..], Yaml::items);
        let is_meant = |target: &Yaml| {
            text(target, &["kind"]) == Some("Service")
                && text(target, &["name"]) == Some(service.name.as_str())
        };
        object.kind == "BackendTLSPolicy"
            && namespace_of(object) == service.namespace
            && targets.iter().any(is_meant)
    })?;
    Some((Unless::BackendTls, printed(&policy)))
}

/// Whether a machine outside the cluster answered.
fn leaves_cluster(trace: &Trace) -> bool {
    trace.hops.iter().any(|hop| {
        let is_answer = matches!(hop.reason, Reason::Answers { .. });
        is_answer && matches!(hop.device, Device::Outside(_))
    })
}

/// Whether a route has a Service as its parent: a mesh then routes calls of the Service by it.
fn is_parent(route: &Deciding, service: &Service) -> bool {
    let parents = at(route.tree, &["spec", "parentRefs"]).map_or(&[][..], Yaml::items);
    parents.iter().any(|parent| {
        let namespace = text(parent, &["namespace"]).unwrap_or(namespace_of(route));
        text(parent, &["kind"]) == Some("Service")
            && text(parent, &["name"]) == Some(service.metadata.name.as_str())
            && namespace == service.metadata.namespace
    })
}

/// Whether a Gateway has an address, by its spec or its status.
fn has_address(gateway: &Deciding, address: &str) -> bool {
    let lists = [["spec", "addresses"], ["status", "addresses"]];
    lists.iter().any(|path| {
        let addresses = at(gateway.tree, path).map_or(&[][..], Yaml::items);
        addresses
            .iter()
            .any(|own| text(own, &["value"]) == Some(address))
    })
}

/// The host names of a route, or of a Gateway's listeners.
fn hosts<'a>(object: &Deciding<'a>) -> Vec<&'a str> {
    let own = at(object.tree, &["spec", "hostnames"]).map_or(&[][..], Yaml::items);
    let listeners = at(object.tree, &["spec", "listeners"]).map_or(&[][..], Yaml::items);
    let of_listeners = listeners.iter().filter_map(|own| text(own, &["hostname"]));
    own.iter()
        .filter_map(Yaml::as_str)
        .chain(of_listeners)
        .collect()
}

fn names_host(object: &Deciding, host: &str) -> bool {
    let host = host.trim_end_matches('.');
    hosts(object)
        .into_iter()
        .any(|own| match own.strip_prefix("*.") {
            Some(domain) => host.len() > domain.len() + 1 && host.ends_with(&format!(".{domain}")),
            None => own.eq_ignore_ascii_case(host),
        })
}

/// Whether a route has no host names and a Gateway that the text does not have: it may take requests for any host.
fn takes_any_host(network: &Network, object: &Deciding) -> bool {
    let parents = at(object.tree, &["spec", "parentRefs"]).map_or(&[][..], Yaml::items);
    let is_elsewhere = |parent: &Yaml| {
        let namespace = text(parent, &["namespace"]).unwrap_or_default();
        let namespace = or_own(namespace, namespace_of(object));
        let name = ObjectName::new(namespace, text(parent, &["name"]).unwrap_or_default());
        let is_gateway = matches!(text(parent, &["kind"]), None | Some("Gateway"));
        is_gateway && !network.cluster().gateways.contains_key(&name)
    };
    hosts(object).is_empty() && parents.iter().any(is_elsewhere)
}

/// An external IP that no node has: something outside has to route it to a node.
fn not_routed(network: &Network, trace: &Trace) -> Option<(Unless, String)> {
    let enters = |reason: &Reason| matches!(reason, Reason::Arrives { .. });
    let entry = trace.hops.iter().find(|hop| enters(&hop.reason))?;
    let address = entry.before.destination.ip();
    let is_balanced = |service: &&Service| balancer_addresses(service).any(|own| own == address);
    let mut services = network.cluster().services.values();
    let service = services.find(|service| service.spec.external_ips.contains(&address))?;
    if network.node_at(address).is_some()
        || network
            .cluster()
            .services
            .values()
            .any(|own| is_balanced(&own))
    {
        return None;
    }
    Some((
        Unless::NotRouted,
        format!("Service {} ({address})", service.id()),
    ))
}

/// A load balancer of the text that is not simulated, and may give out the address that is called: Cilium's.
fn load_balancer(network: &Network, trace: &Trace) -> Option<(Unless, String)> {
    match network.cluster().load_balancing.provider {
        LoadBalancer::Auto | LoadBalancer::Cloud => {}
        LoadBalancer::Metallb | LoadBalancer::Servicelb | LoadBalancer::None => return None,
    }
    let called = trace.called()?;
    let mut services = network.cluster().services.values();
    services.find(|service| balancer_addresses(service).any(|own| own == called))?;
    let mut objects = of_group(network, CILIUM);
    let pool = objects.find(|object| object.kind == "CiliumLoadBalancerIPPool");
    // The settings say that a cloud gives addresses, although the text has pools.
    let mut of_metallb = network.cluster().metallb.pools.iter();
    let of_metallb = || {
        Some(format!(
            "IPAddressPool {}",
            of_metallb.next()?.metadata.id()
        ))
    };
    let object = pool.as_ref().map(printed).or_else(of_metallb)?;
    Some((Unless::LoadBalancer, object))
}

fn balancer_addresses(service: &Service) -> impl Iterator<Item = IpAddr> + '_ {
    let ingress = &service.status.load_balancer.ingress;
    ingress.iter().flat_map(LoadBalancerIngress::addresses)
}

/// A policy of a kind that is not simulated and selects the source or the destination.
fn policy(network: &Network, trace: &Trace) -> Option<(Unless, String)> {
    let ends: Vec<&Pod> = ends(network, trace);
    let policies = POLICY_GROUPS
        .iter()
        .flat_map(|group| of_group(network, group));
    let mut policies = policies.filter(|object| object.kind.ends_with("Policy"));
    let object = policies.find(|object| ends.iter().any(|pod| selects(object, pod)))?;
    Some((Unless::Policy, printed(&object)))
}

/// Whether a policy selects a pod. Labels are compared; of an expression it is assumed that it matches.
fn selects(policy: &Deciding, pod: &Pod) -> bool {
    let is_namespaced = matches!(policy.kind, "CiliumNetworkPolicy" | "NetworkPolicy");
    if is_namespaced && namespace_of(policy) != pod.metadata.namespace {
        return false;
    }
    let selector = at(policy.tree, &["spec", "endpointSelector", "matchLabels"]);
    let labels = selector.map_or(&[][..], Yaml::entries);
    labels.iter().all(|entry| {
        // Cilium writes the source of a label before its key.
        let key = entry
            .key
            .rsplit_once(':')
            .map_or(entry.key.as_str(), |(_, key)| key);
        let value = entry.value.as_str();
        key.starts_with("io.kubernetes.")
            || pod.metadata.labels.get(key).map(SmolStr::as_str) == value
    })
}

/// A route of a service mesh for the Service or the host that is called.
fn mesh_route(network: &Network, trace: &Trace) -> Option<(Unless, String)> {
    let host = trace.request.to.host.to_string();
    let is_named = |object: &Deciding, name: &str| {
        let own = trace.service.as_ref().is_some_and(|service| {
            let (name_of, namespace) = (&service.name, &service.namespace);
            let short = namespace_of(object) == namespace && name == name_of;
            let whole = format!("{name_of}.{namespace}");
            let rest = name.strip_prefix(whole.as_str());
            short || rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(".svc"))
        });
        own || name == host
    };
    let object = MESH_ROUTES.iter().find_map(|(group, kind, path)| {
        let mut routes = of_group(network, group).filter(|object| object.kind == *kind);
        routes.find(|object| match at(object.tree, path) {
            Some(hosts) => {
                let mut names = hosts.items().iter().chain([hosts]);
                names.any(|own| own.as_str().is_some_and(|own| is_named(object, own)))
            }
            None => false,
        })
    })?;
    Some((Unless::MeshRoute, printed(&object)))
}

/// The sidecar of a service mesh at the source or the destination.
fn mesh(network: &Network, trace: &Trace) -> Option<(Unless, String)> {
    let ends = ends(network, trace);
    let pod = ends.into_iter().find(|pod| is_in_mesh(network, pod))?;
    Some((Unless::ServiceMesh, format!("Pod {}", pod.id())))
}

fn is_in_mesh(network: &Network, pod: &Pod) -> bool {
    let containers = pod
        .spec
        .containers
        .iter()
        .chain(pod.spec.init_containers.iter());
    let mut names = containers.map(|container| container.name.as_str());
    if names.any(|name| SIDECARS.contains(&name)) {
        return true;
    }
    let own = |key: &str| {
        let label = pod.metadata.labels.get(key);
        label
            .or_else(|| pod.metadata.annotations.get(key))
            .map(SmolStr::as_str)
    };
    if pod.spec.host_network
        || EXEMPTIONS
            .iter()
            .any(|(key, value)| own(key) == Some(value))
    {
        return false;
    }
    let name = ObjectName::new("", pod.metadata.namespace.as_str());
    let namespace = network.resolved.get(Kind::Namespace, &name);
    let of_namespace = |key: &str| {
        let tree = &namespace?.tree;
        let label = text(tree, &["metadata", "labels", key]);
        label.or_else(|| text(tree, &["metadata", "annotations", key]))
    };
    INJECTIONS.iter().any(|(key, wanted)| {
        let found = own(key).or_else(|| of_namespace(key));
        found.is_some_and(|found| wanted.is_none_or(|wanted| wanted == found))
    })
}

/// The pods at both ends of the connection.
fn ends<'a>(network: &'a Network, trace: &Trace) -> Vec<&'a Pod> {
    let source = client::pod(network, &trace.request.from);
    let target = trace
        .answered_by()
        .and_then(|pod| network.cluster().pod(pod));
    source.into_iter().chain(target).collect()
}

/// An object that can decide over a connection without being simulated.
struct Deciding<'a> {
    kind: &'a str,
    name: &'a ObjectName,
    tree: &'a Yaml,
}

/// The objects of an API group that decide without being simulated: of kinds that are only listed, and of kinds that are
/// stored and validated.
fn of_group<'a>(network: &'a Network, group: &'a str) -> impl Iterator<Item = Deciding<'a>> {
    let listed = network.resolved.not_modelled.iter().filter(move |object| {
        let own = object.api_version.split_once('/');
        own.is_some_and(|(own, _)| own == group)
    });
    let listed = listed.map(|object| Deciding {
        kind: &object.kind,
        name: &object.name,
        tree: &object.tree,
    });
    let stored = network.resolved.of_group(group);
    listed.chain(stored.map(|object| Deciding {
        kind: object.kind.name(),
        name: &object.name,
        tree: &object.tree,
    }))
}

/// `HTTPRoute edge/shop`.
fn printed(object: &Deciding) -> String {
    let (kind, name) = (object.kind, &object.name.name);
    if is_cluster_scoped(kind) {
        format!("{kind} {name}")
    } else {
        format!("{kind} {}/{name}", namespace_of(object))
    }
}

fn is_cluster_scoped(kind: &str) -> bool {
    kind.contains("Clusterwide")
        || kind.starts_with("Global")
        || kind.starts_with("Cluster")
        || kind.contains("AdminNetworkPolicy")
        || kind == "CiliumLoadBalancerIPPool"
}

fn namespace_of<'a>(object: &Deciding<'a>) -> &'a str {
    match object.name.namespace.as_str() {
        "" => DEFAULT_NAMESPACE,
        namespace => namespace,
    }
}

fn at<'a>(tree: &'a Yaml, path: &[&str]) -> Option<&'a Yaml> {
    path.iter().try_fold(tree, |node, key| node.get(key))
}

fn text<'a>(tree: &'a Yaml, path: &[&str]) -> Option<&'a str> {
    at(tree, path)?.as_str()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::testing::resolved;
    use crate::trace::{Request, trace};

    const WEB: &str = "
        apiVersion: v1
        kind: Service
        metadata: {name: web}
        spec: {type: LoadBalancer, loadBalancerIP: 198.51.100.20, externalIPs: [192.0.2.9], selector: {app: web}, ports: [{port: 80}]}
        ---
        apiVersion: v1
        kind: Pod
        metadata: {name: web-0, labels: {app: web}}
        spec: {containers: [{name: c, image: web, ports: [{containerPort: 80}]}]}
        ---
        apiVersion: v1
        kind: Pod
        metadata: {name: app, labels: {app: app}}
        spec: {containers: [{name: c, image: app}]}
";

    /// Objects that are not simulated, each with the requests over which it decides, as `from to`.
    const OBJECTS: [(&str, &[&str]); 6] = [
        (
            "
        ---
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata: {name: shop}
        spec: {parentRefs: [{name: gw}], hostnames: [shop.example.com]}
",
            &[
                "client http://shop.example.com",
                "pod/app http://shop.example.com",
            ],
        ),
        (
            "
        ---
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata: {name: mesh}
        spec: {parentRefs: [{kind: Service, name: web}]}
",
            &[
                "client http://198.51.100.20",
                "client http://192.0.2.9",
                "pod/app http://web",
            ],
        ),
        (
            "
        ---
        apiVersion: cilium.io/v2
        kind: CiliumLoadBalancerIPPool
        metadata: {name: lan}
",
            &["client http://198.51.100.20"],
        ),
        (
            "
        ---
        apiVersion: cilium.io/v2
        kind: CiliumNetworkPolicy
        metadata: {name: web}
        spec: {endpointSelector: {matchLabels: {app: web}}}
",
            &[
                "client http://198.51.100.20",
                "client http://192.0.2.9",
                "pod/app http://web",
            ],
        ),
        (
            "
        ---
        apiVersion: cilium.io/v2
        kind: CiliumNetworkPolicy
        metadata: {name: app}
        spec: {endpointSelector: {matchLabels: {app: app}}}
",
            &["pod/app http://web", "pod/app http://shop.example.com"],
        ),
        (
            "
        ---
        apiVersion: v1
        kind: Namespace
        metadata: {name: default, labels: {istio-injection: enabled}}
",
            &[
                "client http://198.51.100.20",
                "client http://192.0.2.9",
                "pod/app http://web",
                "pod/app http://shop.example.com",
            ],
        ),
    ];

    const REQUESTS: [&str; 5] = [
        "client http://198.51.100.20",
        "client http://192.0.2.9",
        "client http://shop.example.com",
        "pod/app http://web",
        "pod/app http://shop.example.com",
    ];

    proptest! {
        #[test]
        fn an_answer_is_conditional_exactly_if_an_object_decides(
            chosen in proptest::collection::vec(any::<bool>(), OBJECTS.len()),
            request in 0..REQUESTS.len(),
        ) {
            let objects = OBJECTS.iter().zip(&chosen).filter(|(_, is_chosen)| **is_chosen);
            let objects: Vec<_> = objects.map(|(object, _)| object).collect();
            let text: String = objects.iter().map(|(text, _)| *text).collect();
            let network = Network::of(resolved(&format!("{WEB}{text}")));
            let written = REQUESTS[request];
            let (from, to) = written.split_once(' ').expect("two words");
            let asked = Request {
                from: from.parse().expect("an origin"),
                to: to.parse().expect("a target"),
            };
            let verdict = trace(&network, &asked, 0, 0).expect("it can be sent").verdict;
            // Nobody but the network outside leads an external IP to a node.
            let is_external_ip = written.ends_with("192.0.2.9");
            let is_decided = objects.iter().any(|(_, over)| over.contains(&written));
            prop_assert!(verdict.is_answered(), "{verdict:?}");
            prop_assert_eq!(verdict.is_conditional(), is_decided || is_external_ip, "{:?}", verdict);
        }
    }
}
