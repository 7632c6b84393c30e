//! `kubectl describe ingress` and `kubectl describe ingressclass`.

use super::service::{endpoints, slices_of};
use super::{DescribeContext, annotations, metadata, pairs};
use crate::manifest::tree::Yaml;
use crate::names::ObjectName;
use crate::printers::fields::{
    at, items, labels, load_balancer_addresses, number, scalar, text, text_or, texts,
};
use crate::printers::table::Page;

pub(crate) fn ingress(page: &mut Page, ingress: &Yaml, context: DescribeContext) {
    let namespace = text(ingress, "metadata.namespace");
    let backend = |backend: &Yaml| self::backend(backend, namespace, context);
    page.field("Name", text(ingress, "metadata.name"));
    page.list("Labels", &pairs(&labels(ingress, "metadata.labels")));
    page.field("Namespace", namespace);
    page.field("Address", load_balancer_addresses(ingress).join(","));
    page.field(
        "Ingress Class",
        at(ingress, "spec.ingressClassName")
            .and_then(Yaml::as_str)
            .unwrap_or("<none>"),
    );
    let default =
        at(ingress, "spec.defaultBackend").map_or_else(|| "<default>".to_owned(), backend);
    page.field("Default backend", &default);
    certificates(page, items(ingress, "spec.tls"));
    page.line(0, "Rules:");
    page.line(1, "Host\tPath\tBackends");
    page.line(1, "----\t----\t--------");
    let with_paths = || {
        items(ingress, "spec.rules")
            .iter()
            .filter(|rule| at(rule, "http").is_some())
    };
    for rule in with_paths() {
        page.line(1, format!("{}\t", text_or(rule, "host", "*")));
        for path in items(rule, "http.paths") {
            let answer = at(path, "backend").map(backend).unwrap_or_default();
            page.line(2, format!("\t{} \t{answer}", text(path, "path")));
        }
    }
    if with_paths().next().is_none() {
        page.line(1, format!("*\t*\t{default}"));
    }
    annotations(page, "Annotations", ingress);
}

fn certificates(page: &mut Page, tls: &[Yaml]) {
    if !tls.is_empty() {
        page.line(0, "TLS:");
    }
    for entry in tls {
        let hosts = texts(entry, "hosts").join(",");
        match text(entry, "secretName") {
            "" => page.line(1, format!("SNI routes {hosts}")),
            secret => page.line(1, format!("{secret} terminates {hosts}")),
        }
    }
}

/// A backend with the endpoints behind it, or why it has none (`describeBackendV1`).
fn backend(backend: &Yaml, namespace: &str, context: DescribeContext) -> String {
    let Some(wanted) = at(backend, "service") else {
        return resource(backend);
    };
    let name = text(wanted, "name");
    let port = match number(wanted, "port.number") {
        0 => text(wanted, "port.name").to_owned(),
        number => number.to_string(),
    };
    let answer = match context
        .store
        .find("Service", &ObjectName::new(namespace, name))
    {
        None => format!("<error: services \"{name}\" not found>"),
        Some(service) => endpoints(
            &slices_of(context, namespace, name),
            &port_name(&service.tree, wanted),
        ),
    };
    format!("{name}:{port} ({answer})")
}

/// The name of the Service's port that a backend means; empty when it means none.
fn port_name(service: &Yaml, wanted: &Yaml) -> String {
    let (number, name) = (number(wanted, "port.number"), text(wanted, "port.name"));
    let is_meant = |port: &&Yaml| {
        number != 0 && self::number(port, "port") == number
            || !name.is_empty() && text(port, "name") == name
    };
    let meant = items(service, "spec.ports").iter().rfind(is_meant);
    meant
        .map(|port| text(port, "name"))
        .unwrap_or_default()
        .to_owned()
}

fn resource(backend: &Yaml) -> String {
    let Some(resource) = at(backend, "resource") else {
        return String::new();
    };
    let (group, kind) = (
        text_or(resource, "apiGroup", "<none>"),
        text(resource, "kind"),
    );
    format!(
        "APIGroup: {group}, Kind: {kind}, Name: {}",
        text(resource, "name")
    )
}

pub(crate) fn class(page: &mut Page, class: &Yaml) {
    page.field("Name", text(class, "metadata.name"));
    metadata(page, class);
    page.field("Controller", text(class, "spec.controller"));
    if let Some(parameters) = at(class, "spec.parameters") {
        page.line(0, "Parameters:");
        for (title, field) in [("APIGroup", "apiGroup"), ("Kind", "kind"), ("Name", "name")] {
            let value = scalar(parameters, field);
            if field != "apiGroup" || !value.is_empty() {
                page.line(1, format!("{title}:\t{value}"));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::described;

    #[test]
    fn a_backend_whose_service_is_missing_prints_an_error() {
        let path =
            r#"{"path": "/", "backend": {"service": {"name": "web", "port": {"number": 80}}}}"#;
        let rule = format!(r#"{{"http": {{"paths": [{path}]}}}}"#);
        let said = described(&[&format!(
            r#"{{"kind": "Ingress", "spec": {{"rules": [{rule}]}}}}"#
        )]);
        assert!(
            said.contains("/   web:80 (<error: services \"web\" not found>)"),
            "{said}"
        );
    }
}
