//! Service meshes: their routes, and the proxies that they put into pods.

use smol_str::SmolStr;

use super::objects::{Deciding, namespace_of, of_group, printed, text};
use super::{Condition, ends};
use crate::cluster::object::Pod;
use crate::kinds::Kind;
use crate::names::ObjectName;
use crate::network::Network;
use crate::trace::{Trace, Unless};

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

/// A route of a service mesh for the Service or the host that is called.
pub(super) fn mesh_route(network: &Network, trace: &Trace) -> Option<Condition> {
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
        routes.find(|object| match object.tree.at(path) {
            Some(hosts) => {
                let mut names = hosts.items().iter().chain([hosts]);
                names.any(|own| own.as_str().is_some_and(|own| is_named(object, own)))
            }
            None => false,
        })
    })?;
    Some(Condition {
        unless: Unless::MeshRoute,
        object: printed(&object),
    })
}

/// The sidecar of a service mesh at the source or the destination.
pub(super) fn mesh(network: &Network, trace: &Trace) -> Option<Condition> {
    let ends = ends(network, trace);
    let pod = ends.into_iter().find(|pod| is_in_mesh(network, pod))?;
    Some(Condition {
        unless: Unless::ServiceMesh,
        object: format!("Pod {}", pod.id()),
    })
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
