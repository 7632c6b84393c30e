//! Redirects: by an annotation, to the application's root, or to TLS.

use super::{annotation, boolean, is_true};
use crate::cluster::object::Ingress;
use crate::l7::http_request::HttpRequest;
use crate::l7::ingress::{Route, without_port};

/// The statuses of redirects (RFC 9110, 15.4).
const MOVED_PERMANENTLY: u16 = 301;
const FOUND: u16 = 302;
const PERMANENT_REDIRECT: u16 = 308;

/// The redirect of a location: to another address, to the application's root, or to TLS.
pub(super) fn redirect(
    primary: &[&Ingress],
    route: &Route,
    rewritten: Option<&str>,
    request: &HttpRequest,
) -> Option<(u16, String)> {
    let ingress = route.ingress;
    if let Some(to) = annotation(ingress, "permanent-redirect") {
        return Some((MOVED_PERMANENTLY, to.to_owned()));
    }
    if let Some(to) = annotation(ingress, "temporal-redirect") {
        return Some((FOUND, to.to_owned()));
    }
    let scheme = if request.is_tls { "https" } else { "http" };
    if let Some(root) = annotation(ingress, "app-root")
        && request.path() == "/"
        && root.starts_with('/')
    {
        return Some((FOUND, format!("{scheme}://{}{root}", request.host)));
    }
    let has_certificate = route
        .matched
        .is_some_and(|matched| has_certificate(primary, &matched.rule.host));
    let to_tls = is_true(ingress, "force-ssl-redirect")
        || (has_certificate && boolean(ingress, "ssl-redirect") != Some(false));
    if to_tls && !request.is_tls {
        let to = format!("https://{}{}", without_port(&request.host), request.uri);
        return Some((PERMANENT_REDIRECT, to));
    }
    // nginx answers a rewrite to another address with a redirect.
    let elsewhere = rewritten.filter(|to| to.starts_with("http://") || to.starts_with("https://"));
    elsewhere.map(|to| (FOUND, format!("{to}{}", request.query())))
}

/// Whether some Ingress has a certificate for the host; without its Secret the controller uses its own default.
fn has_certificate(ingresses: &[&Ingress], host: &str) -> bool {
    let mut tls = ingresses.iter().flat_map(|ingress| &ingress.spec.tls);
    !host.is_empty() && tls.any(|tls| tls.hosts.iter().any(|own| own == host))
}
