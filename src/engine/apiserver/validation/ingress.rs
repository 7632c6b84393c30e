//! Rules for Ingresses (`pkg/apis/networking/validation`).

use super::ingress_class::reference;
use super::values::{label, port_number, subdomain};
use crate::apiserver::errors::{ApiError, invalid, invalid_text, required, unsupported};
use crate::apiserver::field::Field;
use crate::apiserver::go_json::to_json;
use crate::cluster::object::CLASS_ANNOTATION;
use crate::manifest::tree::FieldPath;
use crate::syntax::{
    is_dns1123_subdomain, is_valid_port_name, is_wildcard_dns1123_subdomain, quote, sloppy_ip,
};

/// What a path that is compared literally must not contain, and how it must not end.
const NOT_INSIDE: [&str; 5] = ["//", "/./", "/../", "%2f", "%2F"];
const NOT_AT_THE_END: [&str; 2] = ["/..", "/."];

/// What is wrong with an Ingress beside its metadata.
pub(crate) fn errors(ingress: &Field) -> Vec<ApiError> {
    let spec = ingress.child("spec");
    let (default, rules) = (spec.child("defaultBackend"), spec.child("rules"));
    let mut errors = Vec::new();
    if rules.is_empty() && !default.is_set() {
        let detail = "either `defaultBackend` or `rules` must be specified";
        errors.push(invalid(&spec.path, to_json(rules.node()), detail));
    }
    if default.is_set() {
        errors.extend(backend(&default));
    }
    errors.extend(rules.items().iter().flat_map(rule));
    errors.extend(spec.child("tls").items().iter().flat_map(tls));
    let class = spec.child("ingressClassName");
    if class.is_set() {
        errors.extend(subdomain(&class));
    }
    errors
}

/// The two ways to name a class must not disagree when an Ingress is made. The server's path leaves out `metadata`.
pub(crate) fn two_classes(ingress: &Field) -> Vec<ApiError> {
    let class = ingress.at(&["spec", "ingressClassName"]);
    let annotations = ingress.at(&["metadata", "annotations"]);
    let annotation = annotations.entry(CLASS_ANNOTATION);
    if !annotation.is_set() || !class.is_set() || annotation.text() == class.text() {
        return Vec::new();
    }
    let path = FieldPath::default()
        .key("annotations")
        .key(CLASS_ANNOTATION);
    vec![invalid(
        &path,
        quote(annotation.text()),
        "must match `ingressClassName` when both are specified",
    )]
}

fn tls(tls: &Field) -> Vec<ApiError> {
    let host = |host: &Field| invalid_text(&host.path, host.text(), host_errors(host.text()));
    let mut errors: Vec<ApiError> = tls.child("hosts").items().iter().flat_map(host).collect();
    let secret = tls.child("secretName");
    if !secret.text().is_empty() {
        errors.extend(subdomain(&secret));
    }
    errors
}

fn host_errors(host: &str) -> Vec<String> {
    if host.contains('*') {
        is_wildcard_dns1123_subdomain(host)
    } else {
        is_dns1123_subdomain(host)
    }
}

fn rule(rule: &Field) -> Vec<ApiError> {
    let (host, http) = (rule.child("host"), rule.child("http"));
    let mut errors = Vec::new();
    if !host.text().is_empty() {
        if sloppy_ip(host.text()).is_some() {
            errors.push(invalid(
                &host.path,
                quote(host.text()),
                "must be a DNS name, not an IP address",
            ));
        }
        errors.extend(invalid_text(
            &host.path,
            host.text(),
            host_errors(host.text()),
        ));
    }
    let paths = http.child("paths");
    if http.is_set() && paths.is_empty() {
        errors.push(required(&paths.path, ""));
    }
    errors.extend(paths.items().iter().flat_map(http_path));
    errors
}

fn http_path(one: &Field) -> Vec<ApiError> {
    let kind = one.child("pathType");
    if !kind.is_set() {
        return vec![required(&kind.path, "pathType must be specified")];
    }
    let path = one.child("path");
    let mut errors = match kind.text() {
        "Exact" | "Prefix" => literal_path(&path),
        "ImplementationSpecific" if path.text().is_empty() => Vec::new(),
        "ImplementationSpecific" => absolute(&path),
        text => vec![unsupported(
            &kind.path,
            text,
            &["Exact", "ImplementationSpecific", "Prefix"],
        )],
    };
    errors.extend(backend(&one.child("backend")));
    errors
}

fn absolute(path: &Field) -> Vec<ApiError> {
    let error = || invalid(&path.path, quote(path.text()), "must be an absolute path");
    if path.text().starts_with('/') {
        Vec::new()
    } else {
        vec![error()]
    }
}

fn literal_path(path: &Field) -> Vec<ApiError> {
    let text = path.text();
    let wrong = |detail: String| invalid(&path.path, quote(text), detail);
    let inside = NOT_INSIDE.iter().filter(|part| text.contains(*part));
    let end = NOT_AT_THE_END.iter().filter(|part| text.ends_with(*part));
    let mut errors = absolute(path);
    errors.extend(inside.map(|part| wrong(format!("must not contain '{part}'"))));
    errors.extend(end.map(|part| wrong(format!("cannot end with '{part}'"))));
    errors
}

fn backend(backend: &Field) -> Vec<ApiError> {
    let (service, resource) = (backend.child("service"), backend.child("resource"));
    let wrong = |detail: &str| vec![invalid(&backend.path, quote(""), detail)];
    match (service.is_set(), resource.is_set()) {
        (true, true) => wrong("cannot set both resource and service backends"),
        (false, false) => wrong("resource or service backend is required"),
        (false, true) => reference(&resource),
        (true, false) => service_backend(backend, &service),
    }
}

fn service_backend(backend: &Field, service: &Field) -> Vec<ApiError> {
    let (name, port) = (service.child("name"), service.child("port"));
    let (port_name, number) = (port.child("name"), port.child("number"));
    let mut errors = if name.text().is_empty() {
        vec![required(&name.path, "")]
    } else {
        label(&name)
    };
    errors.extend(match (port_name.text(), number.int()) {
        ("", 0) => vec![required(&backend.path, "port name or number is required")],
        ("", _) => port_number(&number),
        (text, 0) => invalid_text(&port_name.path, text, is_valid_port_name(text)),
        (_, _) => vec![invalid(
            &backend.path,
            quote(""),
            "cannot set both port name & port number",
        )],
    });
    errors
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::apiserver::testing::node;

    #[test]
    fn literal_paths_have_no_detours() {
        let path = node("\"/a/../b/.\"");
        let errors = literal_path(&Field::root(&path));
        let details: Vec<&str> = errors.iter().map(|error| error.detail.as_str()).collect();
        assert_eq!(details, ["must not contain '/../'", "cannot end with '/.'"]);
    }

    #[test]
    fn a_backend_names_its_port_in_one_way() {
        let backend_of = |port: &str| {
            let object = node(&format!(r#"{{"service":{{"name":"web","port":{port}}}}}"#));
            backend(&Field::root(&object))
                .iter()
                .map(|error| error.detail.clone())
                .collect::<Vec<_>>()
        };
        assert_eq!(backend_of(r#"{"number":80}"#), [""; 0]);
        assert_eq!(
            backend_of(r#"{"number":80,"name":"http"}"#),
            ["cannot set both port name & port number"]
        );
        assert_eq!(backend_of("{}"), ["port name or number is required"]);
    }
}
