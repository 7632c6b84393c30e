//! The rules of an HTTPRoute for one path of an Ingress.

use kubehop_engine::cluster::object::{Backend, HttpPath, Ingress};
use kubehop_engine::names::ObjectName;
use serde_json::{Value, json};

use super::paths::{PathMatch, PathRewrite, rewritten};
use super::{IngressGroup, annotations, redirects};

/// The rules of a route, and the notes about them.
#[derive(Default)]
pub(super) struct RouteRules {
    pub(super) rules: Vec<Value>,
    pub(super) notes: Vec<String>,
}

/// A path in its Ingress and host.
pub(super) struct PathInHost<'a> {
    pub(super) ingress: &'a Ingress,
    pub(super) host: &'a str,
    pub(super) path: &'a HttpPath,
    /// Whether the paths of the host are expressions.
    pub(super) is_expression: bool,
}

impl RouteRules {
    /// Adds the rules that serve a path; those with header matches, of a canary, first.
    pub(super) fn serve(&mut self, group: &IngressGroup<'_>, path: &PathInHost<'_>) {
        let (matched, rewrite) = self.matched(path);
        if matched.looks_around() {
            let written = &path.path.path;
            let note = format!(
                "{written} looks ahead or behind, which linear engines cannot: few implementations accept it."
            );
            self.notes.push(note);
        }
        let matches = |header: Option<Value>| {
            let mut one = json!({"path": matched.value()});
            if let Some(header) = header {
                one["headers"] = json!([header]);
            }
            json!([one])
        };
        match redirects::elsewhere(path.ingress) {
            Some(Ok(filter)) => {
                return self
                    .rules
                    .push(json!({"matches": matches(None), "filters": [filter]}));
            }
            Some(Err(note)) => self.notes.push(note),
            None => {}
        }
        let filters = filters(path.ingress, rewrite);
        let primary = self.backend(group, path.ingress, &path.path.backend);
        let canary = canary_of(group, path);
        let canary_backend =
            canary.map(|(ingress, path)| (ingress, self.backend(group, ingress, &path.backend)));
        let mut push = |header: Option<Value>, backends: Vec<Value>| {
            let mut rule = json!({"matches": matches(header), "backendRefs": backends});
            if !filters.is_empty() {
                rule["filters"] = filters.clone().into();
            }
            self.rules.push(rule);
        };
        let Some((ingress, canary)) = canary_backend else {
            return push(None, primary.into_iter().collect());
        };
        let [always, never] = header_matches(ingress);
        if let Some(header) = always {
            push(Some(header), canary.clone().into_iter().collect());
        }
        if let Some(header) = never {
            push(Some(header), primary.clone().into_iter().collect());
        }
        push(None, weighted(ingress, primary, canary));
    }

    /// Adds rules that lead the same requests to HTTPS.
    pub(super) fn lead_to_https(&mut self, path: &PathInHost<'_>) {
        let (matched, _) = self.matched(path);
        let filters = [redirects::to_https()];
        self.rules
            .push(json!({"matches": [{"path": matched.value()}], "filters": filters}));
    }

    /// Adds the redirect from `/` to the application's root.
    pub(super) fn lead_to_root(&mut self, ingress: &Ingress) {
        if let Some(filter) = redirects::app_root(ingress) {
            let matched = PathMatch::Exact("/".to_owned()).value();
            self.rules
                .push(json!({"matches": [{"path": matched}], "filters": [filter]}));
        }
    }

    fn matched(&mut self, path: &PathInHost<'_>) -> (PathMatch, Option<PathRewrite>) {
        if !path.is_expression {
            return (PathMatch::plain(path.path), None);
        }
        let target = annotations::rewrite_target(path.ingress);
        let Some(target) = target.filter(|target| path.path.path != **target) else {
            return (PathMatch::expression(path.path), None);
        };
        rewritten(path.path, target).unwrap_or_else(|()| {
            let written = &path.path.path;
            let note = format!(
                "Not converted: rewrite-target {target} of {written}: a URLRewrite replaces a prefix or the whole path. Backends get the path as it was sent."
            );
            if !self.notes.contains(&note) {
                self.notes.push(note);
            }
            (PathMatch::expression(path.path), None)
        })
    }

    /// The reference to a backend: by the number of the Service's port.
    pub(super) fn backend(
        &mut self,
        group: &IngressGroup<'_>,
        ingress: &Ingress,
        backend: &Backend,
    ) -> Option<Value> {
        let Some(own) = &backend.service else {
            let name = &ingress.metadata.name;
            self.notes.push(format!(
                "Not converted: a backend of Ingress {name} that is no Service."
            ));
            return None;
        };
        if own.port.name.is_empty() {
            return Some(json!({"name": own.name, "port": own.port.number}));
        }
        let name = ObjectName::new(group.namespace, own.name.as_str());
        let service = group.cluster.services.get(&name);
        let mut ports = service.into_iter().flat_map(|service| &service.spec.ports);
        let Some(port) = ports.find(|port| port.name == own.port.name) else {
            let (name, port) = (&own.name, &own.port.name);
            let note = format!(
                "Service {name} with a port named {port} is not in these files: an HTTPRoute needs its number."
            );
            self.notes.push(note);
            return None;
        };
        Some(json!({"name": own.name, "port": port.port}))
    }
}

/// The filters of a rule that sends requests on.
fn filters(ingress: &Ingress, rewrite: Option<PathRewrite>) -> Vec<Value> {
    let mut filters: Vec<Value> = Vec::new();
    let path = rewrite.map(|rewrite| match rewrite {
        PathRewrite::Prefix(path) => {
            json!({"type": "ReplacePrefixMatch", "replacePrefixMatch": path})
        }
        PathRewrite::Full(path) => json!({"type": "ReplaceFullPath", "replaceFullPath": path}),
    });
    let mut rewrite = serde_json::Map::new();
    rewrite.extend(path.map(|path| ("path".to_owned(), path)));
    let host = annotations::value(ingress, "upstream-vhost");
    rewrite.extend(host.map(|host| ("hostname".to_owned(), host.into())));
    if !rewrite.is_empty() {
        filters.push(json!({"type": "URLRewrite", "urlRewrite": rewrite}));
    }
    if let Some(prefix) = annotations::value(ingress, "x-forwarded-prefix") {
        let set = json!([{"name": "X-Forwarded-Prefix", "value": prefix}]);
        filters
            .push(json!({"type": "RequestHeaderModifier", "requestHeaderModifier": {"set": set}}));
    }
    filters
}

/// The canary of a path: another Ingress for the same host, path and type.
fn canary_of<'a>(
    group: &IngressGroup<'a>,
    own: &PathInHost<'_>,
) -> Option<(&'a Ingress, &'a HttpPath)> {
    let mut canaries = group
        .ingresses
        .iter()
        .filter(|ingress| annotations::is_true(ingress, "canary"));
    canaries.find_map(|&ingress| {
        let rules = ingress
            .spec
            .rules
            .iter()
            .filter(|rule| rule.host == own.host);
        let mut paths = rules
            .flat_map(|rule| &rule.http)
            .flat_map(|http| &http.paths);
        let path =
            paths.find(|path| path.path == own.path.path && path.path_type == own.path.path_type);
        Some((ingress, path?))
    })
}

/// The header matches with which a request always and never goes to the canary.
fn header_matches(canary: &Ingress) -> [Option<Value>; 2] {
    let Some(name) = annotations::value(canary, "canary-by-header") else {
        return [None, None];
    };
    let matching =
        |kind: &str, value: &str| Some(json!({"type": kind, "name": name, "value": value}));
    let value = annotations::value(canary, "canary-by-header-value");
    let pattern = annotations::value(canary, "canary-by-header-pattern");
    match (value, pattern) {
        (Some(value), _) => [matching("Exact", value), None],
        (None, Some(pattern)) => [matching("RegularExpression", pattern), None],
        (None, None) => [matching("Exact", "always"), matching("Exact", "never")],
    }
}

/// The backends of a canary's rule with their weights.
fn weighted(canary: &Ingress, primary: Option<Value>, next: Option<Value>) -> Vec<Value> {
    let number =
        |name: &str| annotations::value(canary, name).and_then(|text| text.parse::<u32>().ok());
    let total = number("canary-weight-total").unwrap_or(100).max(1);
    let weight = number("canary-weight").unwrap_or(0).min(total);
    let mut backends: Vec<Value> = Vec::new();
    for (backend, weight) in [(primary, total - weight), (next, weight)] {
        if let Some(mut backend) = backend {
            backend["weight"] = weight.into();
            backends.push(backend);
        }
    }
    backends
}
