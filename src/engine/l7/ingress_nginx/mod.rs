//! What ingress-nginx adds to the specification of Ingress: regular expressions, rewrites, redirects, canaries.
//!
//! All paths of a host, whichever Ingress they are in, become locations of one nginx server. As soon as one of them has
//! `use-regex` or a `rewrite-target` that differs from its path, every one of them is a case-insensitive regular expression
//! `~* "^path"`, and the first that matches decides, in the order of their length; `pathType` then means nothing.
//! Source: kubernetes/ingress-nginx `internal/ingress/controller/{controller,location}.go`, `template/template.go`,
//! `rootfs/etc/nginx/lua/{lua_ingress,balancer}.lua`; its annotations.

mod access;
mod annotations;
mod canary;
mod flags;
mod locations;
mod redirect;

use super::http_request::HttpRequest;
use super::ingress::{default_route, route, service_port};
use super::{ControllerMatter, HttpDecision};
use crate::cluster::object::{BackendPort, HttpPath, Ingress, PathType, Service};
pub(crate) use access::{ALLOWED, Denied, REFUSED, denied};
pub(crate) use annotations::{
    BACKEND_PROTOCOLS, is_backend_protocol, meant_annotation, with_prefix_of_today,
};
use canary::canary_of;
pub(crate) use flags::{CONTROLLER_CLASS, Flags, WATCH_NAMESPACE, place_of as flag_place};
use locations::{Location, MatchedLocation, Unreadable, first_match, locations_of};
use redirect::redirect;
use smol_str::SmolStr;

/// The name that an IngressClass has for ingress-nginx.
pub const CONTROLLER: &str = "k8s.io/ingress-nginx";

/// What all annotations of ingress-nginx begin with (flag `--annotations-prefix`).
const PREFIX: &str = "nginx.ingress.kubernetes.io/";

/// What ingress-nginx does with a request, by all Ingresses of its class.
pub(crate) fn decide<'a>(ingresses: &[&'a Ingress], request: &HttpRequest) -> HttpDecision<'a> {
    let (canaries, primary): (Vec<&Ingress>, Vec<&Ingress>) =
        ingresses.iter().partition(|ingress| is_canary(ingress));
    let locations = locations_of(&primary, &request.host);
    let found = if locations.iter().any(Location::enforces_regex) {
        match first_match(locations, request.path()) {
            Ok(found) => found.or_else(|| MatchedLocation::plain(default_route(&primary))),
            Err(Unreadable) => {
                return HttpDecision::NotKnown(ControllerMatter::UnreadableExpression);
            }
        }
    } else {
        MatchedLocation::plain(route(
            primary.iter().copied(),
            &request.host,
            request.path(),
        ))
    };
    let Some(MatchedLocation { route, rewritten }) = found else {
        return HttpDecision::NoRule;
    };
    if let Some((status, to)) = redirect(&primary, &route, rewritten.as_deref(), request) {
        return HttpDecision::Redirect { status, to };
    }
    HttpDecision::Pass {
        canary: canary_of(&canaries, &route, request),
        rewritten: rewritten.map(|path| format!("{path}{}", request.query())),
        route,
    }
}

/// Whether an Ingress is a canary: it takes a share of the requests of another one.
pub(crate) fn is_canary(ingress: &Ingress) -> bool {
    is_true(ingress, "canary")
}

/// Whether ingress-nginx reads a path as a regular expression, because of its own Ingress.
pub(crate) fn is_regex(ingress: &Ingress, path: &HttpPath) -> bool {
    is_true(ingress, "use-regex") || rewrite_target(ingress, path).is_some()
}

/// Whether the controller's admission webhook accepts the path (`strict-validate-path-type`, the default since 1.12):
/// letters, digits and `/`, `_`, `-`, `.` for Exact and Prefix.
pub(crate) fn is_valid_for_its_type(path: &HttpPath) -> bool {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"/_-.".contains(&byte);
    path.path_type == PathType::ImplementationSpecific || path.path.bytes().all(is_plain)
}

/// Whether an Ingress has annotations of ingress-nginx.
pub(crate) fn has_annotations(ingress: &Ingress) -> bool {
    let mut keys = ingress.metadata.annotations.keys();
    keys.any(|key| key.starts_with(PREFIX))
}

/// Whether a controller speaks gRPC to the backends of an Ingress: ingress-nginx only with `backend-protocol`.
pub(crate) fn speaks_grpc(ingress: &Ingress, controller: Option<&str>) -> bool {
    let protocol = annotation(ingress, "backend-protocol").unwrap_or("HTTP");
    let is_grpc = ["GRPC", "GRPCS"]
        .iter()
        .any(|own| own.eq_ignore_ascii_case(protocol.trim()));
    controller != Some(CONTROLLER) || is_grpc
}

/// The port at which the name of an ExternalName Service is called: the target port, or the backend's own number where
/// the Service has no such port; `None` for the name of a port that it does not have.
pub(crate) fn external_port(service: &Service, port: &BackendPort) -> Option<u16> {
    let found = service_port(service, port);
    let target = found.map(|own| own.target_port.number().unwrap_or(own.port));
    target.or(Some(port.number).filter(|number| *number > 0))
}

pub(crate) fn annotation<'a>(ingress: &'a Ingress, name: &str) -> Option<&'a str> {
    let key = format!("{PREFIX}{name}");
    ingress
        .metadata
        .annotations
        .get(key.as_str())
        .map(SmolStr::as_str)
}

/// A boolean annotation; `None` without a value that Go's `ParseBool` reads.
fn boolean(ingress: &Ingress, name: &str) -> Option<bool> {
    match annotation(ingress, name)? {
        "1" | "t" | "T" | "true" | "TRUE" | "True" => Some(true),
        "0" | "f" | "F" | "false" | "FALSE" | "False" => Some(false),
        _ => None,
    }
}

fn is_true(ingress: &Ingress, name: &str) -> bool {
    boolean(ingress, name) == Some(true)
}

/// The annotation `rewrite-target`, if it says something else than the path.
pub(crate) fn rewrite_target<'a>(ingress: &'a Ingress, path: &HttpPath) -> Option<&'a str> {
    let target = annotation(ingress, "rewrite-target")?;
    (!target.is_empty() && target != path.path).then_some(target)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::object;

    fn ingress(annotations: &str, spec: &str) -> Ingress {
        object(&format!(
            "metadata: {{name: a, annotations: {{{annotations}}}}}\nspec: {spec}"
        ))
    }

    /// Rules of one host: `path type service`.
    fn rules(paths: &[(&str, &str, &str)]) -> String {
        let paths: Vec<String> = paths
            .iter()
            .map(|(path, path_type, service)| {
                format!("{{path: '{path}', pathType: {path_type}, backend: {{service: {{name: {service}, port: {{number: 80}}}}}}}}")
            })
            .collect();
        format!(
            "{{rules: [{{host: a.com, http: {{paths: [{}]}}}}]}}",
            paths.join(", ")
        )
    }

    fn ask(ingresses: &[&Ingress], uri: &str) -> String {
        answer(ingresses, &HttpRequest::of("a.com", uri))
    }

    /// The Service with its path, a redirect, or `404`.
    fn answer(ingresses: &[&Ingress], request: &HttpRequest) -> String {
        match decide(ingresses, request) {
            HttpDecision::NoRule => "404".to_owned(),
            HttpDecision::Redirect { status, to } => format!("{status} {to}"),
            HttpDecision::NotKnown(matter) => format!("{matter:?}"),
            HttpDecision::Pass {
                route,
                rewritten,
                canary,
            } => {
                let service = route.backend.service.as_ref().expect("a Service");
                let canary = canary.map(|own| format!(" canary {}/{}", own.weight, own.total));
                let path = rewritten.map(|path| format!(" {path}"));
                format!(
                    "{}{}{}",
                    service.name,
                    path.unwrap_or_default(),
                    canary.unwrap_or_default()
                )
            }
        }
    }

    #[test]
    fn a_rewrite_makes_every_path_of_the_host_an_expression_without_case() {
        let rewriting = ingress(
            "nginx.ingress.kubernetes.io/rewrite-target: /$2",
            &rules(&[("/api(/|$)(.*)", "ImplementationSpecific", "api")]),
        );
        let plain = ingress(
            "",
            &rules(&[("/web", "Prefix", "web"), ("/one", "Exact", "one")]),
        );
        let both = [&rewriting, &plain];
        for (uri, expected) in [
            ("/api", "api /"),
            ("/API/users?x=1", "api /users?x=1"),
            ("/apis", "404"),
            ("/WEB/x", "web"),
            ("/website", "web"),
            ("/one/more", "one"),
            ("/two", "404"),
        ] {
            assert_eq!(ask(&both, uri), expected, "{uri}");
        }
        assert_eq!(ask(&[&plain], "/website"), "404");
    }

    #[test]
    fn the_longest_expression_is_tried_first() {
        let regex = ingress(
            "nginx.ingress.kubernetes.io/use-regex: 'true'",
            &rules(&[
                ("/foo/bar/.+", "Prefix", "long"),
                ("/foo/bar/[A-Z0-9]{3}", "Prefix", "longest"),
                ("/foo/bar/bar", "Prefix", "short"),
                ("/", "Prefix", "root"),
            ]),
        );
        assert_eq!(ask(&[&regex], "/foo/bar/bar"), "longest");
        assert_eq!(ask(&[&regex], "/foo/bar/b"), "long");
        assert_eq!(ask(&[&regex], "/x"), "root");
    }

    #[test]
    fn what_only_pcre_reads_is_not_evaluated() {
        let regex = ingress(
            "nginx.ingress.kubernetes.io/use-regex: 'true'",
            &rules(&[("/(?!admin).*", "ImplementationSpecific", "web")]),
        );
        assert_eq!(ask(&[&regex], "/x"), "UnreadableExpression");
    }

    #[test]
    fn plain_http_is_redirected_where_there_is_a_certificate() {
        let tls = |annotations: &str| {
            let spec = rules(&[("/", "Prefix", "web")]);
            ingress(
                annotations,
                &spec.replacen('{', "{tls: [{hosts: [a.com]}], ", 1),
            )
        };
        assert_eq!(ask(&[&tls("")], "/x?y"), "308 https://a.com/x?y");
        let off = tls("nginx.ingress.kubernetes.io/ssl-redirect: 'false'");
        assert_eq!(ask(&[&off], "/x"), "web");
        let secure = HttpRequest {
            is_tls: true,
            ..HttpRequest::of("a.com", "/x")
        };
        assert_eq!(answer(&[&tls("")], &secure), "web");
        let forced = "nginx.ingress.kubernetes.io/force-ssl-redirect: 'true'";
        let forced = ingress(forced, &rules(&[("/", "Prefix", "web")]));
        assert_eq!(ask(&[&forced], "/"), "308 https://a.com/");
    }

    #[test]
    fn a_canary_takes_its_share_or_what_its_header_selects() {
        let primary = ingress("", &rules(&[("/", "Prefix", "web")]));
        let canary = ingress(
            "nginx.ingress.kubernetes.io/canary: 'true', nginx.ingress.kubernetes.io/canary-weight: '30', nginx.ingress.kubernetes.io/canary-by-header: X-Canary",
            &rules(&[("/", "Prefix", "next")]),
        );
        let both = [&primary, &canary];
        assert_eq!(ask(&both, "/"), "web canary 30/100");
        let with = |value: &str| HttpRequest {
            headers: vec![("x-canary".to_owned(), value.to_owned())],
            ..HttpRequest::of("a.com", "/")
        };
        assert_eq!(answer(&both, &with("always")), "web canary 100/100");
        assert_eq!(answer(&both, &with("never")), "web canary 0/100");
        assert_eq!(answer(&both, &with("maybe")), "web canary 30/100");
        assert_eq!(ask(&[&canary], "/"), "404");
    }
}
