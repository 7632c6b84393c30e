//! An Ingress controller on the way: a pod that takes HTTP, looks host and path up in the Ingresses of its class, and
//! opens a connection of its own to the Service behind the rule.
//!
//! Kubernetes brings no controller along, and nothing in the API says which pod is one. kubehop knows the names of the
//! common ones by the label `app.kubernetes.io/name`; of any other the annotation `kubehop/ingress-controller` says what
//! it calls itself, as `spec.controller` of its IngressClass does. Real controllers often call the Service's endpoints
//! directly; here they call its cluster IP, which leads to the same endpoints.
//! Source: kubernetes/website `concepts/services-networking/ingress`, `ingress-controllers`.

use std::net::{IpAddr, SocketAddr};

use smol_str::SmolStr;

use super::forward::Tracer;
use super::reply::{RelayKind, UNAVAILABLE};
use super::{Device, Direction, Failure, Hop, IngressFault, Network, Reason, Scheme};
use crate::engine::cluster::object::{Ingress, Pod, Service};
use crate::engine::l7::ingress::{Route, names_host, route, service_port};
use crate::engine::names::{Family, ObjectName, Protocol};
use crate::engine::netfilter::Packet;

/// The annotation that makes a pod an Ingress controller: what it calls itself.
pub const CONTROLLER: &str = "kubehop/ingress-controller";

/// What common controllers call themselves, by the name their pods carry.
const KNOWN: [(&str, &str); 6] = [
    ("ingress-nginx", "k8s.io/ingress-nginx"),
    ("nginx-ingress", "nginx.org/ingress-controller"),
    ("traefik", "traefik.io/ingress-controller"),
    ("haproxy-ingress", "haproxy-ingress.github.io/controller"),
    ("contour", "projectcontour.io/contour"),
    ("kong", "ingress-controllers.konghq.com/kong"),
];

/// The label that says what a pod is, and the one that says which part of it.
const NAME: &str = "app.kubernetes.io/name";
const COMPONENT: &str = "app.kubernetes.io/component";
/// What named an Ingress' class before there was a field for it.
const CLASS: &str = "kubernetes.io/ingress.class";

/// The status of a controller that has no rule for a request (RFC 9110, 15.5.5).
const NOT_FOUND: u16 = 404;
/// More proxies than this one after another are a circle.
const MOST_RELAYS: usize = 3;

impl Tracer<'_> {
    /// Whether a packet for a pod is a request that the pod, an Ingress controller, passes on.
    pub fn is_for_ingress(&self, pod: &Pod, packet: Packet) -> bool {
        let is_http = matches!(
            self.trace.request.to.scheme,
            Some(Scheme::Http | Scheme::Https)
        );
        let is_new = self.relays.len() < MOST_RELAYS && packet.protocol == Protocol::Tcp;
        is_http && is_new && controller(pod).is_some()
    }

    /// The controller looks the request up.
    pub fn takes_http(&mut self, pod: &Pod, packet: Packet) {
        let world = self.world;
        let (host, path) = (
            self.trace.request.to.host.to_string(),
            self.trace.request.to.path.clone(),
        );
        let path = if path.is_empty() {
            "/".to_owned()
        } else {
            path
        };
        let (place, by) = (Device::Pod(pod.id()), pod.metadata.name.clone());
        let reason = Reason::TakesHttp {
            by: by.to_string(),
            host: host.clone(),
            path: path.clone(),
        };
        self.push(Hop::new(
            place.clone(),
            Direction::Request,
            packet,
            packet,
            reason,
        ));
        let Some(found) = route(served_by(world, pod), &host, &path) else {
            return self.answers_http(place, &by, NOT_FOUND, Failure::NoIngressRule, packet);
        };
        let behind = backend(world, &found).and_then(|(service, port)| {
            let to = self
                .address_behind(service, port)
                .ok_or(Failure::NoEndpoints)?;
            Ok((service, to))
        });
        match behind {
            Ok((service, to)) => self.routes_http(pod, packet, &found, service, to),
            Err(why) => self.answers_http(place, &by, UNAVAILABLE, why, packet),
        }
    }

    /// The controller opens its own connection.
    fn routes_http(
        &mut self,
        pod: &Pod,
        packet: Packet,
        found: &Route<'_>,
        service: &Service,
        to: SocketAddr,
    ) {
        let (place, by) = (Device::Pod(pod.id()), pod.metadata.name.clone());
        let Some(own) = pod.address(Family::of(to.ip())) else {
            return self.answers_http(place, &by, UNAVAILABLE, Failure::NoHost, packet);
        };
        self.relay(RelayKind::Ingress, place.clone(), by.to_string(), packet);
        self.trace.service = Some(service.id());
        let ingress = found.ingress.metadata.name.clone();
        let rule = found
            .matched
            .map(|matched| matched.path.path.clone())
            .unwrap_or_default();
        let (service, port) = (service.metadata.name.clone(), to.port());
        let reason = Reason::RoutesHttp {
            ingress: ingress.to_string(),
            rule: rule.to_string(),
            service,
            port,
        };
        let first = Packet::first(Protocol::Tcp, SocketAddr::new(own, self.chance.port()), to);
        self.push(Hop::new(place, Direction::Request, first, first, reason));
        self.sent_from_pod(&pod.id(), first);
    }

    /// The address and port at which the Service behind a rule is called: its own; of a headless one, an endpoint's.
    fn address_behind(&mut self, service: &Service, port: u16) -> Option<SocketAddr> {
        if let Some(address) = service.addresses().next() {
            return Some(SocketAddr::new(address, port));
        }
        let ready = self.world.ready_endpoints(service, port);
        let chosen = self
            .chance
            .below(u32::try_from(ready.len()).unwrap_or(u32::MAX)) as usize;
        ready.get(chosen).copied()
    }
}

/// The Service behind a rule, and which of its ports.
fn backend<'a>(world: &'a Network, found: &Route<'_>) -> Result<(&'a Service, u16), Failure> {
    let named = found
        .backend
        .service
        .as_ref()
        .ok_or(Failure::NoSuchService)?;
    let name = ObjectName::new(
        found.ingress.metadata.namespace.as_str(),
        named.name.as_str(),
    );
    let service = world
        .cluster()
        .services
        .get(&name)
        .ok_or(Failure::NoSuchService)?;
    service_port(service, &named.port)
        .map(|port| (service, port.port))
        .ok_or(Failure::NoSuchPort)
}

/// What a pod calls itself as an Ingress controller, when it is one.
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
fn class_of<'a>(world: &'a Network, ingress: &'a Ingress) -> Option<&'a str> {
    let classes = &world.cluster().ingress_classes;
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
fn served_by<'a>(world: &'a Network, pod: &'a Pod) -> impl Iterator<Item = &'a Ingress> {
    world.cluster().ingresses.values().filter(move |ingress| {
        let class =
            class_of(world, ingress).and_then(|class| world.cluster().ingress_classes.get(class));
        class.is_some_and(|class| Some(class.spec.controller.as_str()) == controller(pod))
    })
}

/// Where the DNS of the world outside sends clients of a host that an Ingress names; none when no Ingress does.
pub(super) fn address_of<'a>(
    world: &'a Network,
    host: &str,
) -> Option<Result<IpAddr, (IngressFault, &'a Ingress)>> {
    let names_it =
        |ingress: &&Ingress| ingress.spec.rules.iter().any(|rule| names_host(rule, host));
    let ingress = world.cluster().ingresses.values().find(names_it)?;
    Some(entry(world, ingress).map_err(|why| (why, ingress)))
}

/// The class of an Ingress, for people.
pub(super) fn class_name(world: &Network, ingress: &Ingress) -> Option<String> {
    class_of(world, ingress).map(str::to_owned)
}

/// Where the controller of an Ingress can be reached from outside: where its status says, at an address of a Service
/// before it, at a node for a node port, or at its own node when it is on the host's network.
fn entry(world: &Network, ingress: &Ingress) -> Result<IpAddr, IngressFault> {
    if class_of(world, ingress).is_none() {
        return Err(IngressFault::NoClass);
    }
    let pods = world
        .cluster()
        .each_pod()
        .filter(|pod| controller(pod).is_some());
    let serving = pods.filter(|pod| {
        served_by(world, pod).any(|served| served.metadata.id() == ingress.metadata.id())
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
            .flat_map(|pod| services_before(world, pod))
            .find_map(|service| outer(world, service))
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

/// The Services that have a pod among their endpoints.
fn services_before<'a>(world: &'a Network, pod: &Pod) -> impl Iterator<Item = &'a Service> {
    let (cluster, id) = (world.cluster(), pod.id());
    let slices = cluster.slices.values().filter(move |slice| {
        slice.endpoints.iter().any(|own| {
            own.target_ref
                .as_ref()
                .is_some_and(|target| target.id() == id)
        })
    });
    slices.filter_map(|slice| cluster.services.get(&slice.service()?))
}

/// An address of a Service that machines outside can call.
fn outer(world: &Network, service: &Service) -> Option<IpAddr> {
    let balanced = service
        .status
        .load_balancer
        .ingress
        .iter()
        .find_map(|ingress| ingress.ip);
    let external = || service.spec.external_ips.first().copied();
    let node = || {
        world
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
