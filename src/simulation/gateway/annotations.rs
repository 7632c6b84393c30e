//! Annotations of ingress-nginx: those that are converted, and the notes about the others.

use kubehop_engine::cluster::object::Ingress;
use smol_str::SmolStr;

/// What all annotations of ingress-nginx begin with.
const PREFIX: &str = "nginx.ingress.kubernetes.io/";

/// The annotations that are converted, or that have no meaning in the Gateway API.
const CONVERTED: [&str; 18] = [
    "app-root",
    "canary",
    "canary-by-header",
    "canary-by-header-pattern",
    "canary-by-header-value",
    "canary-weight",
    "canary-weight-total",
    "force-ssl-redirect",
    "permanent-redirect",
    "permanent-redirect-code",
    "rewrite-target",
    "ssl-redirect",
    "temporal-redirect",
    "temporal-redirect-code",
    "upstream-vhost",
    "use-regex",
    "x-forwarded-prefix",
    "preserve-trailing-slash",
];

/// Annotations without an equivalent that have something near it.
const NEAR: [(&str, &str); 9] = [
    (
        "backend-protocol",
        "state the protocol in the Service's appProtocol, or use a GRPCRoute or BackendTLSPolicy",
    ),
    (
        "canary-by-cookie",
        "a rule can match the header Cookie by a regular expression",
    ),
    ("enable-cors", "some implementations have the filter CORS"),
    (
        "mirror-target",
        "the filter RequestMirror sends copies to a Service",
    ),
    (
        "server-alias",
        "add the names to the hostnames of the route, and listeners for them",
    ),
    (
        "from-to-www-redirect",
        "add a route for the other name with the filter RequestRedirect",
    ),
    (
        "proxy-read-timeout",
        "timeouts of a rule limit the whole request",
    ),
    (
        "proxy-next-upstream-tries",
        "some implementations have retries",
    ),
    ("affinity", "some implementations have sessionPersistence"),
];

/// The value of an annotation of ingress-nginx.
pub(super) fn value<'a>(ingress: &'a Ingress, name: &str) -> Option<&'a str> {
    let key = format!("{PREFIX}{name}");
    let value = ingress.metadata.annotations.get(key.as_str());
    value.map(SmolStr::as_str)
}

/// Whether a boolean annotation is true, in a word that Go's `ParseBool` reads.
pub(super) fn is_true(ingress: &Ingress, name: &str) -> bool {
    value(ingress, name)
        .is_some_and(|value| ["1", "t", "T", "true", "TRUE", "True"].contains(&value))
}

/// Whether a boolean annotation is false.
pub(super) fn is_false(ingress: &Ingress, name: &str) -> bool {
    value(ingress, name)
        .is_some_and(|value| ["0", "f", "F", "false", "FALSE", "False"].contains(&value))
}

/// Whether ingress-nginx reads the paths of the Ingress as expressions.
pub(super) fn has_expressions(ingress: &Ingress) -> bool {
    let mut paths = ingress
        .spec
        .rules
        .iter()
        .flat_map(|rule| &rule.http)
        .flat_map(|http| &http.paths);
    is_true(ingress, "use-regex")
        || rewrite_target(ingress).is_some_and(|target| paths.any(|path| path.path != target))
}

/// Where `rewrite-target` leads.
pub(super) fn rewrite_target(ingress: &Ingress) -> Option<&str> {
    value(ingress, "rewrite-target").filter(|target| !target.is_empty())
}

/// Removes the annotations of ingress-nginx from an Ingress, and returns their keys.
pub(super) fn forget(ingress: &mut Ingress) -> Vec<String> {
    let keys = ingress.metadata.annotations.keys();
    let own: Vec<_> = keys
        .filter(|key| key.starts_with(PREFIX))
        .cloned()
        .collect();
    for key in &own {
        ingress.metadata.annotations.remove(key);
    }
    own.iter().map(ToString::to_string).collect()
}

/// One sentence for each annotation that has no equivalent.
pub(super) fn notes(ingress: &Ingress) -> Vec<String> {
    let mut notes: Vec<String> = Vec::new();
    for (key, value) in ingress.metadata.annotations.iter() {
        if let Some(name) = key.strip_prefix(PREFIX) {
            if !CONVERTED.contains(&name) {
                let near = NEAR.iter().find(|(near, _)| *near == name);
                let near = near
                    .map(|(_, near)| format!("; {near}"))
                    .unwrap_or_default();
                notes.push(format!("Not converted: {key}: {value}{near}."));
            }
        } else if key.starts_with("cert-manager.io/") {
            notes.push(format!("cert-manager reads {key}: {value} on the Gateway."));
        } else if key.contains("ingress.kubernetes.io/")
            || key.contains("traefik")
            || key.contains("haproxy")
        {
            notes.push(format!(
                "Not converted, another controller's: {key}: {value}."
            ));
        }
    }
    notes
}
