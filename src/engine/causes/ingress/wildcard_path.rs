//! A path of an Ingress rule that ends in `/*`, as load balancers of clouds write it. For a path of type Prefix or Exact, and
//! for nginx and Traefik in any, the star is a character like every other one: `/*` is for no request but `/*`. The AWS
//! controller refuses the Ingress. Type Prefix means what is meant, without the star.
//! Source: kubernetes/website `concepts/services-networking/ingress`, "Path types"; kubernetes-sigs/aws-load-balancer-controller
//! `pkg/ingress/model_build_listener_rules.go`.

use super::class::{AWS, likely_controller};
use crate::causes::cause::{Cause, Evidence};
use crate::causes::survey::Survey;
use crate::cluster::Cluster;
use crate::cluster::object::{HttpPath, Ingress, PathType, Pod};
use crate::diagnostic::{Fault, Fix, IngressConfigFault};
use crate::kinds::Kind;
use crate::l7::ingress::{has_regex_characters, matches_host};
use crate::l7::ingress_nginx::{self, is_regex};
use crate::l7::traefik;
use crate::manifest::yaml_quote::quoted;
use crate::network::ingress_controller::served_by;

/// Every such path.
pub(in crate::causes) fn check(survey: &Survey) -> Vec<Cause> {
    let cluster = &survey.resolved.cluster;
    let ingresses = cluster.ingresses.values();
    let causes = ingresses.flat_map(|ingress| {
        let places = places_of(ingress);
        let literal = places.filter(|(_, path)| is_literal(cluster, ingress, path));
        literal.filter_map(|(place, path)| of_path(survey, ingress, &place, path))
    });
    causes.collect()
}

/// The same for a host whose rules take no request of this path.
pub(in crate::causes) fn of_host(survey: &Survey, pod: &Pod, host: &str) -> Option<Cause> {
    let cluster = &survey.resolved.cluster;
    let mut served = served_by(cluster, pod);
    served.find_map(|ingress| {
        let rules = ingress.spec.rules.iter();
        let is_of_host = |own: &HttpPath| {
            let mut rules = rules.clone().filter(|rule| matches_host(rule, host));
            rules.any(|rule| {
                let mut paths = rule.http.iter().flat_map(|http| &http.paths);
                paths.any(|path| std::ptr::eq(path, own))
            })
        };
        let mut places = places_of(ingress);
        let is_meant = |path: &HttpPath| is_of_host(path) && is_literal(cluster, ingress, path);
        let (place, path) = places.find(|(_, path)| is_meant(path))?;
        of_path(survey, ingress, &place, path)
    })
}

/// Whether a path ends in a star that its controller reads as it is.
pub(super) fn is_literal(cluster: &Cluster, ingress: &Ingress, path: &HttpPath) -> bool {
    let Some(rest) = path.path.strip_suffix('*') else {
        return false;
    };
    if !rest.ends_with('/') || has_regex_characters(rest) {
        return false;
    }
    match likely_controller(cluster, ingress) {
        Some(ingress_nginx::CONTROLLER) => !is_regex(ingress, path),
        Some(traefik::CONTROLLER) => true,
        Some(AWS) => path.path_type != PathType::ImplementationSpecific,
        Some(_) | None => false,
    }
}

/// The paths of an Ingress, each with its place.
fn places_of(ingress: &Ingress) -> impl Iterator<Item = (String, &HttpPath)> {
    let rules = ingress.spec.rules.iter().enumerate();
    rules.flat_map(|(rule, written)| {
        let paths = written.http.iter().flat_map(|http| &http.paths).enumerate();
        paths.map(move |(index, path)| (format!("spec.rules[{rule}].http.paths[{index}]"), path))
    })
}

fn of_path(survey: &Survey, ingress: &Ingress, place: &str, path: &HttpPath) -> Option<Cause> {
    let rest = path.path.trim_end_matches('*').trim_end_matches('/');
    let meant = if rest.is_empty() { "/" } else { rest };
    let is_prefix = path.path_type == PathType::Prefix;
    let controller = likely_controller(&survey.resolved.cluster, ingress);
    let fault = Fault::Ingress(IngressConfigFault::IngressPathWithStar {
        ingress: ingress.metadata.name.to_string(),
        path: path.path.to_string(),
        meant: meant.to_owned(),
        is_prefix,
        is_refused: controller == Some(AWS),
    });
    let stored = survey.resolved.get(Kind::Ingress, &ingress.metadata.id())?;
    let own = Evidence::of(stored, &format!("{place}.path"));
    let fix = own.span.filter(|_| is_prefix).map(|span| Fix {
        span,
        text: quoted(meant),
    });
    Some(Cause::certain(fault, vec![own]).with_fix(fix))
}

#[cfg(test)]
mod tests {
    use crate::causes::tests::check_text;
    use crate::cluster::config::Config;
    use crate::diagnostic::{Fault, IngressConfigFault, Problem};

    /// The text after the fix, if the star of a path is reported.
    fn told(class: &str, path: &str, kind: &str) -> Option<Option<String>> {
        let text = format!(
            "apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: {{name: shop, annotations: {{alb.ingress.kubernetes.io/target-type: ip}}}}\n\
             spec: {{ingressClassName: {class}, rules: [{{host: shop.example.com, http: {{paths: [{{path: {path}, pathType: {kind}, backend: {{service: {{name: web, port: {{number: 80}}}}}}}}]}}}}]}}\n"
        );
        let found = check_text(&text, &Config::default()).into_iter();
        let mut told = found.filter_map(|(diagnostic, fixed)| match diagnostic.problem {
            Problem::Cause(Fault::Ingress(IngressConfigFault::IngressPathWithStar { .. })) => {
                Some(fixed)
            }
            _ => None,
        });
        told.next()
    }

    #[test]
    fn a_star_is_no_wildcard_in_a_prefix() {
        for (class, path, part) in [
            ("nginx", "/*", "path: /,"),
            ("alb", "/api/*", "path: /api,"),
            ("traefik", "/api/*", "path: /api,"),
        ] {
            let fixed = told(class, path, "Prefix").flatten().expect("a fix");
            assert!(fixed.contains(part), "{fixed}");
        }
        assert_eq!(told("nginx", "/*", "ImplementationSpecific"), Some(None));
        assert_eq!(told("alb", "/*", "ImplementationSpecific"), None);
        assert_eq!(told("gce", "/*", "Prefix"), None);
        assert_eq!(told("nginx", "/a(b)/*", "Prefix"), None);
        assert_eq!(told("nginx", "/api", "Prefix"), None);
    }
}
