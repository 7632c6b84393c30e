//! Ingress controllers: which pod is one, which Ingresses it serves, and at which address clients reach it.
//!
//! Kubernetes does not include a controller, and nothing in the API says which pod is one. kubehop recognises the
//! common ones by the label `app.kubernetes.io/name`; for any other the annotation `kubehop/ingress-controller` has the
//! name that `spec.controller` of its IngressClass has. Source: kubernetes/website
//! `concepts/services-networking/ingress`, `ingress-controllers`.

use std::net::IpAddr;

use smol_str::SmolStr;

use super::{IngressFault, Network};
use crate::cluster::Cluster;
use crate::cluster::object::{CLASS_ANNOTATION, Ingress, Pod, Service};
use crate::l7::INGRESS_NGINX;
use crate::l7::ingress::names_host;
use crate::l7::ingress_nginx::{self, Flags};
use crate::labels::Labels;

/// The annotation that makes a pod an Ingress controller: its controller name.
pub const CONTROLLER: &str = "kubehop/ingress-controller";

/// The controller names of common controllers, by the name label of their pods.
const KNOWN: [(&str, &str); 6] = [
    ("ingress-nginx", INGRESS_NGINX),
    ("nginx-ingress", "nginx.org/ingress-controller"),
    ("traefik", "traefik.io/ingress-controller"),
    ("haproxy-ingress", "haproxy-ingress.github.io/controller"),
    ("contour", "projectcontour.io/contour"),
    ("kong", "ingress-controllers.konghq.com/kong"),
];

/// The labels for the application of a pod and its component.
const NAME: &str = "app.kubernetes.io/name";
const COMPONENT: &str = "app.kubernetes.io/component";

/// The controller name of a pod; `None` if it is not a pod of an Ingress controller.
pub(crate) fn controller(pod: &Pod) -> Option<&str> {
    let stated = pod.metadata.annotations.get(CONTROLLER);
    let stated = stated.map(SmolStr::as_str);
    stated.or_else(|| controller_by(&pod.metadata.labels))
}

/// The controller that the labels of a pod, or a selector of such pods, name.
pub(crate) fn controller_by(labels: &Labels) -> Option<&'static str> {
    let component = labels.get(COMPONENT);
    if component.is_some_and(|component| component != "controller") {
        return None;
    }
    let name = labels.get(NAME)?;
    let mut known = KNOWN.iter();
    known
        .find(|(known, _)| known == name)
        .map(|(_, controller)| *controller)
}

/// The Ingresses that a controller's pod serves: those of the classes that name it, and what its flags say.
pub(crate) fn served_by<'a>(
    cluster: &'a Cluster,
    pod: &'a Pod,
) -> impl Iterator<Item = &'a Ingress> {
    let flags = nginx_flags(pod);
    let ingresses = cluster.ingresses.values();
    ingresses.filter(move |ingress| takes(cluster, pod, flags.as_ref(), ingress))
}

/// Whether a controller's pod serves an Ingress.
pub(crate) fn serves(cluster: &Cluster, pod: &Pod, ingress: &Ingress) -> bool {
    takes(cluster, pod, nginx_flags(pod).as_ref(), ingress)
}

/// The flags of a pod, if it is one of ingress-nginx.
fn nginx_flags(pod: &Pod) -> Option<Flags<'_>> {
    (controller(pod) == Some(ingress_nginx::CONTROLLER)).then(|| Flags::of(pod))
}

/// [`serves`], with the flags of the pod.
fn takes(cluster: &Cluster, pod: &Pod, flags: Option<&Flags>, ingress: &Ingress) -> bool {
    match flags {
        Some(flags) => nginx_serves(cluster, flags, ingress),
        None => controller_of(cluster, ingress) == controller(pod),
    }
}

/// Whether ingress-nginx with these flags serves an Ingress.
fn nginx_serves(cluster: &Cluster, flags: &Flags, ingress: &Ingress) -> bool {
    let is_watched = flags
        .namespace
        .is_none_or(|watched| ingress.metadata.namespace == watched);
    let annotated = ingress.metadata.annotations.get(CLASS_ANNOTATION);
    let by_annotation = ingress.spec.ingress_class_name.is_none()
        && annotated.is_some_and(|class| class == flags.class);
    let by_class = controller_of(cluster, ingress) == Some(flags.controller);
    let is_taken = flags.takes_classless && cluster.class_of(ingress).is_none();
    is_watched && (by_class || by_annotation || is_taken)
}

/// The pods of Ingress controllers.
pub(crate) fn controllers(cluster: &Cluster) -> impl Iterator<Item = &Pod> {
    cluster.each_pod().filter(|pod| controller(pod).is_some())
}

/// Whether any controller of the cluster serves an Ingress.
pub(crate) fn is_served(cluster: &Cluster, ingress: &Ingress) -> bool {
    controllers(cluster).any(|pod| serves(cluster, pod, ingress))
}

/// The name of the controller that an Ingress is for; `None` if its class does not exist.
pub(crate) fn controller_of<'a>(cluster: &'a Cluster, ingress: &'a Ingress) -> Option<&'a str> {
    let name = cluster.class_of(ingress)?;
    match cluster.ingress_classes.get(name) {
        Some(class) => Some(class.spec.controller.as_str()),
        None => controller_of_annotation(ingress),
    }
}

/// Controllers that take Ingresses with their own name in the annotation from before there were classes, whether a
/// class of that name exists or not (ingress-nginx `internal/ingress/controller/store`, `GetIngressClass`).
fn controller_of_annotation(ingress: &Ingress) -> Option<&'static str> {
    if ingress.spec.ingress_class_name.is_some() {
        return None;
    }
    usual_controller(ingress.metadata.annotations.get(CLASS_ANNOTATION)?)
}

/// The controller whose installation makes a class of that name.
fn usual_controller(class: &str) -> Option<&'static str> {
    match class {
        "nginx" => Some(INGRESS_NGINX),
        "traefik" => Some("traefik.io/ingress-controller"),
        "contour" => Some("projectcontour.io/contour"),
        "kong" => Some("ingress-controllers.konghq.com/kong"),
        _ => None,
    }
}

/// The controller whose installation makes a class of that name, and the label `app.kubernetes.io/name` of its pods.
pub fn usual_installation(class: &str) -> Option<(&'static str, &'static str)> {
    let controller = usual_controller(class)?;
    Some((controller, label_of(controller)?))
}

/// The label `app.kubernetes.io/name` of the pods of a controller.
pub(crate) fn label_of(controller: &str) -> Option<&'static str> {
    let mut known = KNOWN.iter();
    let (label, _) = known.find(|(_, known)| *known == controller)?;
    Some(label)
}

/// The address that the DNS outside has for a host of an Ingress: that of its controller. `None` if no Ingress has the
/// host.
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
    network.cluster().class_of(ingress).map(str::to_owned)
}

/// The address at which clients outside reach the controller of an Ingress: that of its status, of a Service in front
/// of it, of a node for a node port, or of its own node if it is on the host's network.
fn controller_address(network: &Network, ingress: &Ingress) -> Result<IpAddr, IngressFault> {
    let serving = serving_pods(network, ingress);
    if serving.is_empty() {
        return Err(match network.cluster().class_of(ingress) {
            Some(_) => IngressFault::NoController,
            None => IngressFault::NoClass,
        });
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

/// The pods of the controllers that serve an Ingress.
fn serving_pods<'a>(network: &'a Network, ingress: &Ingress) -> Vec<&'a Pod> {
    let cluster = network.cluster();
    let pods = controllers(cluster);
    pods.filter(|pod| serves(cluster, pod, ingress)).collect()
}

/// The Services at which clients outside reach the controllers of an Ingress.
pub(super) fn fronts_of<'a>(network: &'a Network, ingress: &Ingress) -> Vec<&'a Service> {
    let pods = serving_pods(network, ingress).into_iter();
    let services = pods.flat_map(|pod| services_in_front(network, pod));
    services
        .filter(|service| outside_address(network, service).is_some())
        .collect()
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
pub(super) fn outside_address(network: &Network, service: &Service) -> Option<IpAddr> {
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
