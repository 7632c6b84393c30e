//! An L7 proxy: a pod of an Ingress controller. It accepts HTTP, looks host and path up in the Ingresses of its class, and
//! opens a connection of its own to the Service behind the rule.
//!
//! Kubernetes does not include a controller, and nothing in the API says which pod is one. kubehop knows the common ones
//! by the label `app.kubernetes.io/name`; for any other the annotation `kubehop/ingress-controller` has the name that
//! `spec.controller` of its IngressClass has. Real controllers often call the Service's endpoints directly; here they call
//! its cluster IP, which leads to the same endpoints.
//! Source: kubernetes/website `concepts/services-networking/ingress`, `ingress-controllers`.

use std::net::{IpAddr, SocketAddr};

use smol_str::SmolStr;

use super::process::answer_http;
use super::step::{Chance, Fate, Flow, NewConnection, Position, Proxy, ProxyKind, Step, Visit};
use super::{Device, Failure, IngressFault, Network, Reason};
use crate::cluster::object::{Ingress, Pod, Service};
use crate::l7::ingress::{Route, names_host, route, service_port};
use crate::names::{Family, ObjectName, Protocol};
use crate::netfilter::Packet;

/// The annotation that makes a pod an Ingress controller: its controller name.
pub const CONTROLLER: &str = "kubehop/ingress-controller";

/// The controller names of common controllers, by the name label of their pods.
const KNOWN: [(&str, &str); 6] = [
    ("ingress-nginx", "k8s.io/ingress-nginx"),
    ("nginx-ingress", "nginx.org/ingress-controller"),
    ("traefik", "traefik.io/ingress-controller"),
    ("haproxy-ingress", "haproxy-ingress.github.io/controller"),
    ("contour", "projectcontour.io/contour"),
    ("kong", "ingress-controllers.konghq.com/kong"),
];

/// The labels for the application of a pod and its component.
const NAME: &str = "app.kubernetes.io/name";
const COMPONENT: &str = "app.kubernetes.io/component";
/// The annotation for the class of an Ingress, from before there was a field for it.
const CLASS: &str = "kubernetes.io/ingress.class";

/// The statuses of a proxy that has no rule, no server, was refused, or was not answered (RFC 9110, 15.5.5 and 15.6).
const NOT_FOUND: u16 = 404;
const BAD_GATEWAY: u16 = 502;
const UNAVAILABLE: u16 = 503;
const GATEWAY_TIMEOUT: u16 = 504;
/// More proxies in a row than this are a circle.
const MOST_PROXIES: u64 = 3;

/// Whether a packet for a pod is a request that the pod, an Ingress controller, passes on.
pub(crate) fn accepts(flow: &Flow, pod: &Pod, packet: &Packet, proxies: u64) -> bool {
    flow.is_http()
        && proxies < MOST_PROXIES
        && packet.protocol == Protocol::Tcp
        && controller(pod).is_some()
}

/// A packet reached a controller: it looks the request up and opens its own connection, or answers with an error.
pub(crate) fn pass_on<'a>(
    flow: &Flow<'a>,
    pod: &'a Pod,
    packet: Packet,
    chance: &mut Chance,
) -> Step<'a> {
    let host = flow.request.to.host.to_string();
    let path = match flow.request.to.path.as_str() {
        "" => "/",
        path => path,
    };
    let reason = Reason::TakesHttp {
        by: pod.metadata.name.to_string(),
        host: host.clone(),
        path: path.to_owned(),
    };
    let accepting = Visit::new(Device::Pod(pod.id()), packet, reason);
    match connect(flow, pod, packet, &host, path, chance) {
        Ok(connection) => Step::new(accepting, Fate::Terminate(Box::new(connection))),
        Err((status, why)) => {
            let device = Device::Pod(pod.id());
            let mut step = answer_http(device, &pod.metadata.name, status, why, packet);
            step.visits.insert(0, accepting);
            step
        }
    }
}

/// The connection that a controller opens for a request, or the HTTP status that it answers with.
fn connect<'a>(
    flow: &Flow<'a>,
    pod: &'a Pod,
    packet: Packet,
    host: &str,
    path: &str,
    chance: &mut Chance,
) -> Result<NewConnection<'a>, (u16, Failure)> {
    let network = flow.network;
    let found = route(served_by(network, pod), host, path);
    let found = found.ok_or((NOT_FOUND, Failure::NoIngressRule))?;
    let (service, port) = backend(network, &found).map_err(|why| (UNAVAILABLE, why))?;
    let to = address_of_backend(network, service, port, chance)
        .ok_or((UNAVAILABLE, Failure::NoEndpoints))?;
    let own = pod
        .address(Family::of(to.ip()))
        .ok_or((UNAVAILABLE, Failure::NoHost))?;
    let rule = found.matched.map(|matched| matched.path.path.to_string());
    let reason = Reason::RoutesHttp {
        ingress: found.ingress.metadata.name.to_string(),
        rule: rule.unwrap_or_default(),
        service: service.metadata.name.clone(),
        port: to.port(),
    };
    let mut next_chance = chance.of_next_connection();
    let source = SocketAddr::new(own, next_chance.port());
    let first = Packet::first(Protocol::Tcp, source, to);
    let device = Device::Pod(pod.id());
    Ok(NewConnection {
        opening: Visit::new(device.clone(), first, reason),
        proxy: Proxy {
            kind: ProxyKind::L7,
            device,
            name: pod.metadata.name.to_string(),
            accepted: packet,
        },
        to: Position::PodEgress(pod),
        service: Some(service),
        chance: next_chance,
    })
}

/// The HTTP error of a proxy whose own connection was refused.
pub(crate) fn answer_refused<'a>(proxy: Proxy, why: Failure) -> Step<'a> {
    let status = if why == Failure::NoEndpoints {
        UNAVAILABLE
    } else {
        BAD_GATEWAY
    };
    answer_http(proxy.device, &proxy.name, status, why, proxy.accepted)
}

/// The HTTP error of a proxy whose own connection got no answer.
pub(crate) fn answer_timed_out<'a>(proxy: Proxy, why: Failure) -> Step<'a> {
    answer_http(
        proxy.device,
        &proxy.name,
        GATEWAY_TIMEOUT,
        why,
        proxy.accepted,
    )
}

/// The address at which a backend Service is called: its own, or, of a headless one, that of a ready endpoint.
fn address_of_backend(
    network: &Network,
    service: &Service,
    port: u16,
    chance: &mut Chance,
) -> Option<SocketAddr> {
    if let Some(address) = service.addresses().next() {
        return Some(SocketAddr::new(address, port));
    }
    let ready = network.ready_endpoints(service, port);
    let count = u32::try_from(ready.len()).unwrap_or(u32::MAX);
    let chosen = chance.rng.below(count) as usize;
    ready.get(chosen).copied()
}

/// The Service and port of a rule's backend.
fn backend<'a>(network: &'a Network, found: &Route<'_>) -> Result<(&'a Service, u16), Failure> {
    let named = found
        .backend
        .service
        .as_ref()
        .ok_or(Failure::NoSuchService)?;
    let name = ObjectName::new(
        found.ingress.metadata.namespace.as_str(),
        named.name.as_str(),
    );
    let service = network
        .cluster()
        .services
        .get(&name)
        .ok_or(Failure::NoSuchService)?;
    service_port(service, &named.port)
        .map(|port| (service, port.port))
        .ok_or(Failure::NoSuchPort)
}

/// The controller name of a pod; `None` if it is not a pod of an Ingress controller.
fn controller(pod: &Pod) -> Option<&str> {
    let labels = &pod.metadata.labels;
    let is_part = labels
        .get(COMPONENT)
        .is_some_and(|component| component != "controller");
    let known = |name: &SmolStr| {
        KNOWN
            .iter()
            .find(|(known, _)| known == name)
            .map(|(_, controller)| *controller)
    };
    let stated = pod
        .metadata
        .annotations
        .get(CONTROLLER)
        .map(SmolStr::as_str);
    stated.or_else(|| labels.get(NAME).filter(|_| !is_part).and_then(known))
}

/// The class of an Ingress: the one it names, or the default one.
fn class_of<'a>(network: &'a Network, ingress: &'a Ingress) -> Option<&'a str> {
    let classes = &network.cluster().ingress_classes;
    let named = ingress
        .spec
        .ingress_class_name
        .as_ref()
        .or_else(|| ingress.metadata.annotations.get(CLASS));
    let default = || {
        classes
            .values()
            .find(|class| class.is_default())
            .map(|class| &class.metadata.name)
    };
    named.or_else(default).map(SmolStr::as_str)
}

/// The Ingresses that a controller's pod serves: those of the classes that name it.
fn served_by<'a>(network: &'a Network, pod: &'a Pod) -> impl Iterator<Item = &'a Ingress> {
    network.cluster().ingresses.values().filter(move |ingress| {
        let class = class_of(network, ingress)
            .and_then(|class| network.cluster().ingress_classes.get(class));
        class.is_some_and(|class| Some(class.spec.controller.as_str()) == controller(pod))
    })
}

/// The address that the DNS outside has for a host of an Ingress: that of its controller. `None` if no Ingress has the host.
pub(crate) fn address_of<'a>(
    network: &'a Network,
    host: &str,
) -> Option<Result<IpAddr, (IngressFault, &'a Ingress)>> {
    let names_it =
        |ingress: &&Ingress| ingress.spec.rules.iter().any(|rule| names_host(rule, host));
    let ingress = network.cluster().ingresses.values().find(names_it)?;
    Some(controller_address(network, ingress).map_err(|why| (why, ingress)))
}

/// The name of the class of an Ingress.
pub(crate) fn class_name(network: &Network, ingress: &Ingress) -> Option<String> {
    class_of(network, ingress).map(str::to_owned)
}

/// The address at which clients outside reach the controller of an Ingress: that of its status, of a Service in front of
/// it, of a node for a node port, or of its own node if it is on the host's network.
fn controller_address(network: &Network, ingress: &Ingress) -> Result<IpAddr, IngressFault> {
    if class_of(network, ingress).is_none() {
        return Err(IngressFault::NoClass);
    }
    let pods = network
        .cluster()
        .each_pod()
        .filter(|pod| controller(pod).is_some());
    let serving = pods.filter(|pod| {
        served_by(network, pod).any(|served| served.metadata.id() == ingress.metadata.id())
    });
    let serving: Vec<&Pod> = serving.collect();
    if serving.is_empty() {
        return Err(IngressFault::NoController);
    }
    let reported = ingress
        .status
        .load_balancer
        .ingress
        .iter()
        .find_map(|ingress| ingress.ip);
    let by_service = || {
        serving
            .iter()
            .flat_map(|pod| services_in_front(network, pod))
            .find_map(|service| outside_address(network, service))
    };
    let on_host = || {
        serving
            .iter()
            .find(|pod| pod.spec.host_network)
            .and_then(|pod| pod.addresses().next())
    };
    reported
        .or_else(by_service)
        .or_else(on_host)
        .ok_or(IngressFault::NoAddress)
}

/// The Services that have the pod as an endpoint.
fn services_in_front<'a>(network: &'a Network, pod: &Pod) -> impl Iterator<Item = &'a Service> {
    let (cluster, id) = (network.cluster(), pod.id());
    let slices = cluster.slices.values().filter(move |slice| {
        slice.endpoints.iter().any(|own| {
            own.target_ref
                .as_ref()
                .is_some_and(|target| target.id() == id)
        })
    });
    slices.filter_map(|slice| cluster.services.get(&slice.service()?))
}

/// The address of a Service for clients outside the cluster.
fn outside_address(network: &Network, service: &Service) -> Option<IpAddr> {
    let balanced = service
        .status
        .load_balancer
        .ingress
        .iter()
        .find_map(|ingress| ingress.addresses().next());
    let external = || service.spec.external_ips.first().copied();
    let node = || {
        network
            .cluster()
            .nodes
            .values()
            .find_map(|node| node.addresses().next())
    };
    let has_node_port = service.spec.ports.iter().any(|port| port.node_port > 0);
    balanced
        .or_else(external)
        .or_else(|| node().filter(|_| has_node_port))
}
