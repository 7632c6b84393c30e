//! Routes of other kinds than Ingress and HTTPRoute: Traefik's, OpenShift's, Contour's and those of other proxies.

use super::objects::{Deciding, of_group};
use crate::manifest::tree::Yaml;
use crate::network::Network;

/// Kinds that route the requests for a host, by group, with the field below which the host is written.
const HOST_ROUTES: [(&str, &str, &[&str]); 9] = [
    ("traefik.io", "IngressRoute", &["spec", "routes"]),
    ("traefik.containo.us", "IngressRoute", &["spec", "routes"]),
    ("route.openshift.io", "Route", &["spec", "host"]),
    (
        "projectcontour.io",
        "HTTPProxy",
        &["spec", "virtualhost", "fqdn"],
    ),
    ("k8s.nginx.org", "VirtualServer", &["spec", "host"]),
    ("getambassador.io", "Mapping", &["spec", "hostname"]),
    ("getambassador.io", "Host", &["spec", "hostname"]),
    ("apisix.apache.org", "ApisixRoute", &["spec", "http"]),
    (
        "gateway.solo.io",
        "VirtualService",
        &["spec", "virtualHost", "domains"],
    ),
];

/// The first of them for a host.
pub(super) fn of_host<'a>(network: &'a Network, host: &str) -> Option<Deciding<'a>> {
    let host = host.trim_end_matches('.');
    HOST_ROUTES.iter().find_map(|(group, kind, path)| {
        let mut objects = of_group(network, group).filter(|object| object.kind == *kind);
        objects.find(|object| {
            let written = object.tree.at(path);
            written.is_some_and(|written| names(written, host))
        })
    })
}

/// Whether a text below a field is the host, or names it in backquotes, as Traefik's ``Host(`shop.example.com`)`` does.
fn names(written: &Yaml, host: &str) -> bool {
    let is_host =
        |text: &str| text.eq_ignore_ascii_case(host) || text.contains(&format!("`{host}`"));
    written.as_str().is_some_and(is_host)
        || written.items().iter().any(|item| names(item, host))
        || written
            .entries()
            .iter()
            .any(|entry| names(&entry.value, host))
}
