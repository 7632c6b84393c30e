//! An object of the text that kubectl or the API server refuses: it does not exist, and what needs it fails elsewhere.
//!
//! The refusal itself is among the errors of the text. A verdict names it where it is the cause, since a Service
//! without pods, or a name that is not found, looks the same when the object was never written.

use crate::causes::cause::{Cause, Evidence};
use crate::causes::survey::Survey;
use crate::cluster::object::label;
use crate::diagnostic::{ApplyFault, Fault};
use crate::kinds::Kind;
use crate::labels::{Labels, Selector};
use crate::manifest::tree::{Yaml, YamlValue};
use crate::names::ObjectName;
use crate::resolve::RefusedObject;
use crate::sort;
use crate::syntax::typo_distance;

/// The refused Service of that name.
pub(in crate::causes) fn service_named(survey: &Survey, name: &ObjectName) -> Option<Cause> {
    of_kind(survey, &[Kind::Service])
        .find(|object| object.name == *name)
        .map(cause)
}

/// The refused Service of that namespace whose name is a slip away, as `my_web` is from `my-web`.
pub(in crate::causes) fn service_nearly_named(survey: &Survey, name: &ObjectName) -> Option<Cause> {
    let is_near = |object: &&RefusedObject| {
        object.name.namespace == name.namespace
            && typo_distance(&name.name, &object.name.name).is_some()
    };
    of_kind(survey, &[Kind::Service]).find(is_near).map(cause)
}

/// The refused Service with that node port; where no Service has any, the one that would have some.
pub(in crate::causes) fn service_with_node_port(survey: &Survey, port: u16) -> Option<Cause> {
    let mut services = survey.resolved.cluster.services.values();
    let has_any = services.any(|own| own.spec.ports.iter().any(|port| port.node_port != 0));
    let opens_ports = |object: &&RefusedObject| {
        let service_type = object.tree.at(&["spec", "type"]).and_then(Yaml::as_str);
        service_type == Some("NodePort") && !has_any
    };
    let has_port = |object: &&RefusedObject| {
        let ports = object.tree.at(&["spec", "ports"]);
        let mut ports = ports.into_iter().flat_map(Yaml::items);
        ports.any(|own| {
            let written = own.get("nodePort").map(|own| &own.value);
            written == Some(&YamlValue::Int(port.into()))
        })
    };
    let services = || of_kind(survey, &[Kind::Service]);
    let found = services().find(has_port);
    found.or_else(|| services().find(opens_ports)).map(cause)
}

/// A refused advertisement of MetalLB.
pub(in crate::causes) fn advertisement(survey: &Survey) -> Option<Cause> {
    let mut refused = of_kind(survey, &[Kind::L2Advertisement, Kind::BGPAdvertisement]);
    refused.next().map(cause)
}

/// A refused pod, or a refused workload whose pods, have the labels of a selector.
pub(in crate::causes) fn pods_with(
    survey: &Survey,
    namespace: &str,
    selector: &Labels,
) -> Option<Cause> {
    let matcher = Selector::equal_to(selector);
    let is_meant = |object: &&RefusedObject| {
        let Some(path) = object.kind.modelled().and_then(Kind::pod_path) else {
            return false;
        };
        let pod = object.tree.at(path);
        let labels = pod.and_then(|pod| pod.at(&["metadata", "labels"]));
        // They are those of its selector if the template is the mistake.
        let selected = object.tree.at(&["spec", "selector", "matchLabels"]);
        let mut labels = labels.into_iter().chain(selected);
        object.name.namespace == namespace && labels.any(|own| matcher.matches(&labels_of(own)))
    };
    let mut refused = survey.resolved.refused.iter();
    refused.find(is_meant).map(cause)
}

/// Refused endpoints that were written for a Service.
pub(in crate::causes) fn endpoints_of(survey: &Survey, service: &ObjectName) -> Option<Cause> {
    let is_meant = |object: &&RefusedObject| {
        let written = if object.kind.modelled() == Some(Kind::Endpoints) {
            Some(object.name.name.as_str())
        } else {
            object
                .tree
                .at(&["metadata", "labels", label::SERVICE_NAME])
                .and_then(Yaml::as_str)
        };
        object.name.namespace == service.namespace && written == Some(service.name.as_str())
    };
    let kinds = [Kind::Endpoints, Kind::EndpointSlice];
    of_kind(survey, &kinds).find(is_meant).map(cause)
}

/// A refused Ingress or route for a host.
pub(in crate::causes) fn route_of_host(survey: &Survey, host: &str) -> Option<Cause> {
    let is_meant = |object: &&RefusedObject| {
        let rules = object.tree.at(&["spec", "rules"]).into_iter();
        let of_rules = rules
            .flat_map(Yaml::items)
            .filter_map(|rule| rule.get("host"));
        let listed = object.tree.at(&["spec", "hostnames"]).into_iter();
        let mut hosts = of_rules
            .chain(listed.flat_map(Yaml::items))
            .filter_map(Yaml::as_str);
        hosts.any(|own| bare_host(own) == host)
    };
    let kinds = [
        Kind::Ingress,
        Kind::HTTPRoute,
        Kind::GRPCRoute,
        Kind::TLSRoute,
    ];
    of_kind(survey, &kinds).find(is_meant).map(cause)
}

/// The host in what may have been written for one: `https://web.example.com:8080/`.
fn bare_host(written: &str) -> &str {
    let rest = written.split_once("://").map_or(written, |(_, rest)| rest);
    rest.split([':', '/']).next().unwrap_or(rest)
}

fn of_kind<'a>(survey: &Survey<'a>, kinds: &[Kind]) -> impl Iterator<Item = &'a RefusedObject> {
    let refused = survey.resolved.refused.iter();
    refused.filter(move |object| {
        object
            .kind
            .modelled()
            .is_some_and(|own| kinds.contains(&own))
    })
}

fn cause(object: &RefusedObject) -> Cause {
    let (kind, name) = (object.kind.name().to_owned(), object.name.name.to_string());
    let fault = Fault::Apply(if object.message.is_empty() {
        ApplyFault::SeparatorMissing { kind, name }
    } else {
        ApplyFault::ObjectRefused {
            kind,
            name,
            message: object.message.replace('\n', " "),
        }
    });
    let evidence = Evidence {
        object: format!("{} {}", object.kind.name(), object.name),
        field: object.field.clone(),
        span: Some(object.span),
    };
    Cause::certain(fault, vec![evidence]).with_fix(object.fix.clone())
}

/// The labels as they would be read if they had been quoted.
fn labels_of(tree: &Yaml) -> Labels {
    let labels = tree.entries().iter().map(|entry| {
        let value = entry.value.as_str().map(str::to_owned);
        let value = value.unwrap_or_else(|| serde_json::Value::from(&entry.value).to_string());
        (entry.key.as_str().into(), value.into())
    });
    sort::map(labels)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::resolved;

    const REFUSED: &str = "
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: front}
        spec:
          selector: {matchLabels: {app: web}}
          template:
            metadata: {labels: {app: website}}
            spec: {containers: [{name: c, image: nginx}]}
        ---
        apiVersion: v1
        kind: Pod
        metadata: {name: canary, labels: {app: canary, stable: no}}
        spec: {containers: [{name: c, image: nginx}]}
        ---
        apiVersion: v1
        kind: Endpoints
        metadata: {name: db}
        subsets: [{addresses: [{ip: 127.0.0.1}], ports: [{port: 5432}]}]
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: web}
        spec: {type: NodePort, ports: [{port: 80, nodePort: 8080}]}
        ---
        apiVersion: networking.k8s.io/v1
        kind: Ingress
        metadata: {name: shop}
        spec: {rules: [{host: shop.example.com, http: {paths: [{path: /}]}}]}
    ";

    /// The object that a cause names.
    fn named(cause: Option<Cause>) -> Option<String> {
        match cause?.fault {
            Fault::Apply(ApplyFault::ObjectRefused { kind, name, .. }) => {
                Some(format!("{kind} {name}"))
            }
            other => panic!("a refused object, not {other:?}"),
        }
    }

    #[test]
    fn a_refused_object_is_found_by_what_was_asked_of_it() {
        let resolved = resolved(REFUSED);
        let survey = Survey::of(&resolved);
        let id = |name: &str| ObjectName::new("default", name);
        let pods = |key: &str, value: &str| {
            let selector = sort::map([(key.into(), value.into())]);
            named(pods_with(&survey, "default", &selector))
        };
        assert_eq!(pods("app", "web").as_deref(), Some("Deployment front"));
        assert_eq!(pods("app", "canary").as_deref(), Some("Pod canary"));
        assert_eq!(pods("app", "other"), None);
        let endpoints = named(endpoints_of(&survey, &id("db")));
        assert_eq!(endpoints.as_deref(), Some("Endpoints db"));
        let service = named(service_named(&survey, &id("web")));
        assert_eq!(service.as_deref(), Some("Service web"));
        assert_eq!(named(service_nearly_named(&survey, &id("wbe"))), service);
        assert_eq!(named(service_nearly_named(&survey, &id("other"))), None);
        assert_eq!(named(service_with_node_port(&survey, 8080)), service);
        // No Service has a node port, and this one would have some.
        assert_eq!(named(service_with_node_port(&survey, 30080)), service);
        let ingress = named(route_of_host(&survey, "shop.example.com"));
        assert_eq!(ingress.as_deref(), Some("Ingress shop"));
    }
}
