//! Paths of Ingress rules that look like regular expressions.
//!
//! ingress-nginx reads a path as an expression only with `use-regex` or a `rewrite-target`, and its admission webhook
//! refuses expressions in paths of type Exact and Prefix (`strict-validate-path-type`, the default since 1.12).
//! Source: kubernetes/ingress-nginx `docs/user-guide/nginx-configuration/configmap.md`, `docs/faq.md`.

use super::wildcard_path;
use crate::causes::cause::{Cause, Evidence};
use crate::causes::survey::Survey;
use crate::cluster::object::{HttpPath, Ingress, Pod};
use crate::diagnostic::{Fault, IngressConfigFault};
use crate::kinds::Kind;
use crate::l7::ingress::{Route, has_regex_characters, matches_host};
use crate::l7::ingress_nginx::{self, has_annotations, is_regex, is_valid_for_its_type};
use crate::network::ingress_controller::{controller, controller_of, served_by};

/// Every path that the webhook of ingress-nginx refuses.
pub(in crate::causes) fn check(survey: &Survey) -> Vec<Cause> {
    let cluster = &survey.resolved.cluster;
    let mut causes = Vec::new();
    for ingress in cluster.ingresses.values() {
        let is_nginx = match controller_of(cluster, ingress) {
            Some(controller) => controller == ingress_nginx::CONTROLLER,
            None => has_annotations(ingress),
        };
        let paths = ingress.spec.rules.iter().flat_map(|rule| &rule.http);
        for path in paths.flat_map(|http| &http.paths) {
            let is_told = wildcard_path::is_literal(cluster, ingress, path);
            if is_nginx && !is_told && !is_valid_for_its_type(path) {
                causes.push(refused(survey, ingress, path).possible());
            }
        }
    }
    causes
}

/// The same for the path that took a request.
pub(in crate::causes) fn refused_path(survey: &Survey, route: &Route) -> Option<Cause> {
    let path = route.matched?.path;
    let of_nginx = controller_of(&survey.resolved.cluster, route.ingress);
    if of_nginx != Some(ingress_nginx::CONTROLLER) || is_valid_for_its_type(path) {
        return None;
    }
    Some(refused(survey, route.ingress, path).possible())
}

/// A path for the host is written as an expression, and ingress-nginx reads it as it is.
pub(in crate::causes) fn not_an_expression(
    survey: &Survey,
    pod: &Pod,
    host: &str,
) -> Option<Cause> {
    if controller(pod) != Some(ingress_nginx::CONTROLLER) {
        return None;
    }
    for ingress in served_by(&survey.resolved.cluster, pod) {
        let rules = ingress.spec.rules.iter();
        let of_host = rules.filter(|rule| matches_host(rule, host));
        let mut paths = of_host
            .flat_map(|rule| &rule.http)
            .flat_map(|http| &http.paths);
        let literal =
            |path: &&HttpPath| has_regex_characters(&path.path) && !is_regex(ingress, path);
        if let Some(path) = paths.find(literal) {
            let fault = Fault::Ingress(IngressConfigFault::IngressPathNotARegex {
                ingress: ingress.metadata.name.to_string(),
                path: path.path.to_string(),
            });
            return Some(Cause::certain(fault, evidence(survey, ingress, path)));
        }
    }
    None
}

fn refused(survey: &Survey, ingress: &Ingress, path: &HttpPath) -> Cause {
    let fault = Fault::Ingress(IngressConfigFault::IngressPathOfWrongType {
        ingress: ingress.metadata.name.to_string(),
        path: path.path.to_string(),
        path_type: format!("{:?}", path.path_type),
        regex: is_regex(ingress, path),
    });
    Cause::certain(fault, evidence(survey, ingress, path))
}

/// The path where it is written.
fn evidence(survey: &Survey, ingress: &Ingress, path: &HttpPath) -> Vec<Evidence> {
    let Some(stored) = survey.resolved.get(Kind::Ingress, &ingress.metadata.id()) else {
        return Vec::new();
    };
    for (rule_index, rule) in ingress.spec.rules.iter().enumerate() {
        let mut paths = rule.http.iter().flat_map(|http| &http.paths);
        if let Some(index) = paths.position(|own| std::ptr::eq(own, path)) {
            let field = format!("spec.rules[{rule_index}].http.paths[{index}]");
            return vec![
                Evidence::of(stored, &format!("{field}.pathType")),
                Evidence::of(stored, &format!("{field}.path")),
            ];
        }
    }
    Vec::new()
}
