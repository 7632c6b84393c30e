//! The data plane of a Gateway whose implementation is not in the text: a Service of type LoadBalancer and a proxy behind
//! it, as GEP-1762 has them. Both are marked with the annotation [`STAND_IN`], and a note says that they are made up.

use serde_json::{Value, json};

use super::Stored;
use crate::cluster::object::{FromNamespaces, Gateway, GatewayClass, Listener, ListenerSet};
use crate::diagnostic::{Diagnostic, Problem, Severity};
use crate::kinds::Kind;
use crate::l7::gateway::data_plane::{GATEWAY_NAME, STAND_IN, is_made_for, is_shared_by};
use crate::l7::gateway::parent_of;
use crate::labels::Labels;
use crate::manifest::deserializer::from_node;
use crate::manifest::tree::Yaml;
use crate::names::ObjectName;

/// What is to be created for the Gateways of a text, with the Gateway that each pair is for.
pub(super) struct StandIn<'a> {
    /// The Gateway.
    pub(super) gateway: &'a Stored,
    /// The Service and the Deployment.
    pub(super) objects: [(Kind, Yaml); 2],
}

impl StandIn<'_> {
    /// The note that they are made up.
    pub(super) fn note(&self) -> Option<Diagnostic> {
        let [(_, service), _] = &self.objects;
        let name = service.get("metadata").and_then(|it| it.get("name"));
        Some(Diagnostic {
            severity: Severity::Info,
            span: self.gateway.span("kind")?,
            problem: Problem::GatewayStandIn {
                gateway: self.gateway.name.to_string(),
                service: name.and_then(Yaml::as_str).unwrap_or_default().to_owned(),
            },
            fix: None,
        })
    }
}

/// The stand-ins for the stored Gateways without an implementation.
///
/// A class that the text does not have counts as existing if the text has no class at all: people paste fragments.
pub(super) fn stand_ins(objects: &[Stored]) -> Vec<StandIn<'_>> {
    let of_kind = |kind: Kind| objects.iter().filter(move |stored| stored.kind == kind);
    let classes: Vec<(&ObjectName, GatewayClass)> = of_kind(Kind::GatewayClass)
        .filter_map(|stored| Some((&stored.name, from_node(&stored.tree).ok()?)))
        .collect();
    let mut found = Vec::new();
    for stored in of_kind(Kind::Gateway) {
        let Ok(gateway) = from_node::<Gateway>(&stored.tree) else {
            continue;
        };
        let class = classes
            .iter()
            .find(|(name, _)| name.name == gateway.spec.gateway_class_name);
        let controller = class.map_or("", |(_, class)| class.spec.controller_name.as_str());
        let has_controller = class.is_some() || classes.is_empty();
        let mut services = of_kind(Kind::Service);
        let is_implemented = services.any(|service| {
            let labels = labels_of(&service.tree);
            is_made_for(&labels, &service.name.namespace, &stored.name)
                || is_shared_by(&labels, controller)
        });
        if has_controller && !is_implemented {
            let mut listeners = gateway.spec.listeners.clone();
            listeners
                .extend(of_kind(Kind::ListenerSet).flat_map(|set| listeners_added(&gateway, set)));
            found.push(StandIn {
                gateway: stored,
                objects: objects_for(&stored.name, &gateway, &listeners),
            });
        }
    }
    found
}

/// The listeners that a ListenerSet adds to a Gateway. Whether a selector has its namespace is asked for each connection.
fn listeners_added(gateway: &Gateway, stored: &Stored) -> Vec<Listener> {
    let Ok(set) = from_node::<ListenerSet>(&stored.tree) else {
        return Vec::new();
    };
    let metadata = &gateway.metadata;
    let own = ObjectName::new(metadata.namespace.clone(), metadata.name.clone());
    let allowed = gateway.spec.allowed_listeners.as_ref();
    let from = allowed.and_then(|it| Some(it.namespaces.as_ref()?.from));
    let may_attach = match from.unwrap_or(FromNamespaces::None) {
        FromNamespaces::All | FromNamespaces::Selector => true,
        FromNamespaces::Same => stored.name.namespace == own.namespace,
        FromNamespaces::None => false,
    };
    if may_attach && parent_of(&stored.name, &set) == Some(own) {
        set.spec.listeners
    } else {
        Vec::new()
    }
}

fn labels_of(object: &Yaml) -> Labels {
    let labels = object.get("metadata").and_then(|it| it.get("labels"));
    labels
        .and_then(|labels| from_node(labels).ok())
        .unwrap_or_default()
}

fn objects_for(name: &ObjectName, gateway: &Gateway, listeners: &[Listener]) -> [(Kind, Yaml); 2] {
    let labels = json!({ GATEWAY_NAME: name.name });
    let metadata = json!({
        "name": format!("{}-{}", name.name, gateway.spec.gateway_class_name),
        "namespace": name.namespace,
        "labels": labels,
        "annotations": { STAND_IN: format!("Gateway {name}") },
    });
    let ports = ports_of(listeners);
    let service_ports = ports.iter().map(|(protocol, port)| {
        let name = format!("{}-{port}", protocol.to_lowercase());
        json!({ "name": name, "port": port, "protocol": protocol, "targetPort": port })
    });
    let mut service = json!({
        "apiVersion": "v1",
        "kind": "Service",
        "metadata": metadata,
        "spec": {
            "type": "LoadBalancer",
            "selector": labels,
            "ports": service_ports.collect::<Vec<Value>>(),
        },
    });
    let asked = gateway
        .status
        .addresses
        .iter()
        .chain(&gateway.spec.addresses);
    let mut asked = asked.filter(|address| address.address_type == "IPAddress");
    if let Some(address) = asked.next() {
        service["spec"]["loadBalancerIP"] = json!(address.value);
    }
    let container_ports = ports
        .iter()
        .map(|(protocol, port)| json!({ "containerPort": port, "protocol": protocol }));
    let container = json!({
        "name": "proxy",
        "image": "gateway-proxy",
        "ports": container_ports.collect::<Vec<Value>>(),
    });
    let template =
        json!({ "metadata": { "labels": labels }, "spec": { "containers": [container] } });
    let deployment = json!({
        "apiVersion": "apps/v1",
        "kind": "Deployment",
        "metadata": metadata,
        "spec": { "replicas": 1, "selector": { "matchLabels": labels }, "template": template },
    });
    [
        (Kind::Service, Yaml::from(service)),
        (Kind::Deployment, Yaml::from(deployment)),
    ]
}

/// The ports of the listeners, each once.
fn ports_of(listeners: &[Listener]) -> Vec<(&'static str, u16)> {
    let mut ports = Vec::new();
    for listener in listeners {
        let protocol = if listener.protocol == "UDP" {
            "UDP"
        } else {
            "TCP"
        };
        if !ports.contains(&(protocol, listener.port)) {
            ports.push((protocol, listener.port));
        }
    }
    ports
}
