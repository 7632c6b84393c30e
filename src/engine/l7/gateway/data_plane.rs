//! The data plane of a Gateway: which Services stand before it and which pods are its proxies.
//!
//! What it is made of is the implementation's to decide. Envoy Gateway, Istio, Cilium, Contour, kgateway and NGINX Gateway
//! Fabric label the objects that they make for a Gateway; Traefik's own Service and pods serve all Gateways of its class.
//! Source: gateway-api GEP-1762 (`gateway.networking.k8s.io/gateway-name`), and the implementations' documentation.

use std::collections::BTreeMap;
use std::net::IpAddr;

use crate::cluster::Cluster;
use crate::cluster::object::{Gateway, Pod, Service};
use crate::labels::{Labels, service_selects};
use crate::names::ObjectName;

/// The label with the name of the Gateway that an object was made for, in the Gateway's namespace.
pub(crate) const GATEWAY_NAME: &str = "gateway.networking.k8s.io/gateway-name";

/// The annotation of what kubehop made, because the text has no implementation.
pub(crate) const STAND_IN: &str = "kubehop/stand-in";

/// Labels with a Gateway's name, and with its namespace where the object may be in another one.
const OWNER_LABELS: [(&str, Option<&str>); 4] = [
    (GATEWAY_NAME, None),
    (
        "gateway.envoyproxy.io/owning-gateway-name",
        Some("gateway.envoyproxy.io/owning-gateway-namespace"),
    ),
    ("io.cilium.gateway/owning-gateway", None),
    (
        "projectcontour.io/owning-gateway-name",
        Some("projectcontour.io/owning-gateway-namespace"),
    ),
];

/// Controllers whose own Service and pods serve all Gateways of their class, by the name label of these.
const SHARED: [(&str, &str); 1] = [("traefik.io/gateway-controller", "traefik")];

/// The label for the application of an object.
const APPLICATION: &str = "app.kubernetes.io/name";

/// Whether labels say that an object was made for a Gateway.
pub(crate) fn is_made_for(labels: &Labels, namespace: &str, gateway: &ObjectName) -> bool {
    OWNER_LABELS.iter().any(|(name, namespace_label)| {
        let in_namespace = match namespace_label.and_then(|label| labels.get(label)) {
            Some(stated) => *stated == gateway.namespace,
            None => gateway.namespace == namespace,
        };
        in_namespace && labels.get(*name) == Some(&gateway.name)
    })
}

/// Whether labels are those of a data plane that serves all Gateways of a controller.
pub(crate) fn is_shared_by(labels: &Labels, controller: &str) -> bool {
    let application = labels.get(APPLICATION);
    SHARED
        .iter()
        .any(|(own, name)| *own == controller && application.is_some_and(|it| it == name))
}

/// The Services and pods of every Gateway.
#[derive(Debug, Default)]
pub(crate) struct DataPlanes {
    /// The Services before each Gateway.
    fronts: BTreeMap<ObjectName, Vec<ObjectName>>,
    /// The Gateways that each pod is a proxy of.
    pods: BTreeMap<ObjectName, Vec<ObjectName>>,
}

impl DataPlanes {
    pub(crate) fn of(cluster: &Cluster) -> DataPlanes {
        let mut planes = DataPlanes::default();
        for (name, gateway) in &cluster.gateways {
            planes.add(cluster, name, gateway);
        }
        planes
    }

    fn add(&mut self, cluster: &Cluster, name: &ObjectName, gateway: &Gateway) {
        let class = cluster
            .gateway_classes
            .get(&gateway.spec.gateway_class_name);
        let controller = class.map_or("", |class| class.spec.controller_name.as_str());
        let is_own = |labels: &Labels, namespace: &str| {
            is_made_for(labels, namespace, name) || is_shared_by(labels, controller)
        };
        let services = cluster.services.values();
        let fronts: Vec<&Service> = services
            .filter(|it| is_own(&it.metadata.labels, &it.metadata.namespace))
            .collect();
        for pod in cluster.each_pod() {
            let is_proxy = is_own(&pod.metadata.labels, &pod.metadata.namespace)
                || fronts.iter().any(|service| selects(service, pod));
            if is_proxy {
                self.pods.entry(pod.id()).or_default().push(name.clone());
            }
        }
        let fronts = fronts.into_iter().map(Service::id).collect();
        self.fronts.insert(name.clone(), fronts);
    }

    /// The Services before a Gateway.
    pub(crate) fn fronts(&self, gateway: &ObjectName) -> &[ObjectName] {
        self.fronts.get(gateway).map_or(&[], Vec::as_slice)
    }

    /// The addresses of a Gateway: those that load balancers gave to the Services before it.
    pub(crate) fn addresses(&self, cluster: &Cluster, gateway: &ObjectName) -> Vec<IpAddr> {
        let services = self
            .fronts(gateway)
            .iter()
            .filter_map(|name| cluster.services.get(name));
        let ingress = services.flat_map(|service| &service.status.load_balancer.ingress);
        ingress.filter_map(|ingress| ingress.ip).collect()
    }

    /// The Gateways that a pod is a proxy of.
    pub(crate) fn gateways_of(&self, pod: &ObjectName) -> &[ObjectName] {
        self.pods.get(pod).map_or(&[], Vec::as_slice)
    }
}

fn selects(service: &Service, pod: &Pod) -> bool {
    service.metadata.namespace == pod.metadata.namespace
        && service_selects(service.spec.selector.as_ref(), &pod.metadata.labels)
}
