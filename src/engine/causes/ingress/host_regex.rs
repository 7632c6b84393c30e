//! A path that ingress-nginx reads as a regular expression because of another Ingress for the same host: one `use-regex` or
//! `rewrite-target` makes expressions of all paths of the host, and `pathType` then means nothing
//! (kubernetes/ingress-nginx `docs/user-guide/ingress-path-matching.md`).

use super::class::likely_controller;
use crate::causes::cause::{Cause, Evidence};
use crate::causes::survey::Survey;
use crate::cluster::object::{HttpPath, Ingress, PathType, Pod};
use crate::diagnostic::{Fault, IngressConfigFault};
use crate::kinds::Kind;
use crate::l7::http_request::HttpRequest;
use crate::l7::ingress::{Route, route};
use crate::l7::ingress_nginx::{self, annotation, is_canary, is_regex};
use crate::network::ingress_controller::{controller, served_by};

const PREFIX: &str = "nginx.ingress.kubernetes.io/";

/// Every path of type Exact for which that is so.
pub(in crate::causes) fn check(survey: &Survey) -> Vec<Cause> {
    let cluster = &survey.resolved.cluster;
    let of_nginx = cluster.ingresses.values().filter(|own| {
        likely_controller(cluster, own) == Some(ingress_nginx::CONTROLLER) && !is_canary(own)
    });
    let of_nginx: Vec<&Ingress> = of_nginx.collect();
    let mut causes = Vec::new();
    for ingress in &of_nginx {
        for rule in &ingress.spec.rules {
            let paths = rule.http.iter().flat_map(|http| &http.paths);
            for path in paths.filter(|own| own.path_type == PathType::Exact) {
                let other = enforcer(&of_nginx, &rule.host).filter(|_| !is_regex(ingress, path));
                let cause = other.and_then(|other| told(survey, ingress, path, other));
                causes.extend(cause.map(Cause::possible));
            }
        }
    }
    causes
}

/// The same for the path that took a request, if `pathType` would have decided otherwise.
pub(super) fn of_route(
    survey: &Survey,
    pod: &Pod,
    taken: &Route,
    request: &HttpRequest,
) -> Option<Cause> {
    let matched = taken.matched?;
    if controller(pod) != Some(ingress_nginx::CONTROLLER) || is_regex(taken.ingress, matched.path) {
        return None;
    }
    let served = served_by(&survey.resolved.cluster, pod);
    let served: Vec<&Ingress> = served.filter(|own| !is_canary(own)).collect();
    let other = enforcer(&served, &matched.rule.host)?;
    let by_type = route(served.iter().copied(), &request.host, request.path());
    let path_by_type = by_type.and_then(|own| own.matched).map(|own| own.path);
    let is_same = path_by_type.is_some_and(|own| std::ptr::eq(own, matched.path));
    let cause = (!is_same).then(|| told(survey, taken.ingress, matched.path, other));
    cause.flatten()
}

/// The first Ingress that makes expressions of all paths of a host.
fn enforcer<'a>(ingresses: &[&'a Ingress], host: &str) -> Option<&'a Ingress> {
    let mut ingresses = ingresses.iter().copied();
    ingresses.find(|ingress| {
        let rules = ingress.spec.rules.iter().filter(|rule| rule.host == host);
        let mut paths = rules
            .flat_map(|rule| &rule.http)
            .flat_map(|http| &http.paths);
        paths.any(|path| is_regex(ingress, path))
    })
}

fn told(survey: &Survey, ingress: &Ingress, path: &HttpPath, other: &Ingress) -> Option<Cause> {
    let fault = Fault::Ingress(IngressConfigFault::ExpressionsByOtherIngress {
        ingress: ingress.metadata.name.to_string(),
        path: path.path.to_string(),
        path_type: format!("{:?}", path.path_type),
        other: other.metadata.name.to_string(),
    });
    let stored = survey.resolved.get(Kind::Ingress, &ingress.metadata.id())?;
    let by = survey.resolved.get(Kind::Ingress, &other.metadata.id())?;
    let names = ["use-regex", "rewrite-target"].into_iter();
    let mut names = names.filter(|name| annotation(other, name).is_some());
    let key = format!("{PREFIX}{}", names.next()?);
    let evidence = vec![
        Evidence::of(stored, &place_of(ingress, path)?),
        Evidence::of_annotation(by, &key),
    ];
    Some(Cause::certain(fault, evidence))
}

/// Where a path of an Ingress has its type.
fn place_of(ingress: &Ingress, path: &HttpPath) -> Option<String> {
    let mut rules = ingress.spec.rules.iter().enumerate();
    rules.find_map(|(rule, written)| {
        let mut paths = written.http.iter().flat_map(|http| &http.paths);
        let index = paths.position(|own| std::ptr::eq(own, path))?;
        Some(format!("spec.rules[{rule}].http.paths[{index}].pathType"))
    })
}

#[cfg(test)]
mod tests {
    use crate::causes::tests::check_text;
    use crate::cluster::config::Config;
    use crate::diagnostic::{Fault, IngressConfigFault, Problem};
    use crate::testing::dedent;

    /// How many paths are reported beside an Ingress with these annotations for this host.
    fn told(annotations: &str, host: &str) -> usize {
        let text = dedent(
            "
            apiVersion: networking.k8s.io/v1
            kind: Ingress
            metadata: {name: status}
            spec:
              ingressClassName: nginx
              rules: [{host: shop.example.com, http: {paths: [{path: /status, pathType: Exact, backend: {service: {name: web, port: {number: 80}}}}]}}]
            ---
            apiVersion: networking.k8s.io/v1
            kind: Ingress
            metadata: {name: api, annotations: {ANNOTATIONS}}
            spec:
              ingressClassName: nginx
              rules: [{host: HOST, http: {paths: [{path: /api, pathType: ImplementationSpecific, backend: {service: {name: web, port: {number: 80}}}}]}}]
            ",
        );
        let text = text
            .replace("ANNOTATIONS", annotations)
            .replace("HOST", host);
        let found = check_text(&text, &Config::default()).into_iter();
        let told = found.filter(|(diagnostic, _)| {
            matches!(
                diagnostic.problem,
                Problem::Cause(Fault::Ingress(
                    IngressConfigFault::ExpressionsByOtherIngress { .. }
                ))
            )
        });
        told.count()
    }

    #[test]
    fn another_ingress_of_the_host_makes_expressions() {
        let rewrites = "nginx.ingress.kubernetes.io/rewrite-target: /";
        let expressions = "nginx.ingress.kubernetes.io/use-regex: 'true'";
        assert_eq!(told(rewrites, "shop.example.com"), 1);
        assert_eq!(told(expressions, "shop.example.com"), 1);
        assert_eq!(told(rewrites, "other.example.com"), 0);
        assert_eq!(told("", "shop.example.com"), 0);
    }
}
