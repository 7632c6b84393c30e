//! `rewrite-target` of ingress-nginx: the whole path of a request becomes the target. What shall stay of it is captured by a
//! group of the path, `/api(/|$)(.*)`, and named in the target, `/$2`.
//! Source: kubernetes/ingress-nginx `docs/examples/rewrite`.

use crate::causes::cause::{Cause, Evidence};
use crate::causes::survey::Survey;
use crate::cluster::object::{HttpPath, Ingress, PathType};
use crate::diagnostic::{Fault, Fix, IngressConfigFault};
use crate::kinds::Kind;
use crate::l7::ingress::{Route, has_regex_characters};
use crate::l7::ingress_nginx::{self, rewrite_target};
use crate::manifest::yaml_quote::quoted;
use crate::network::ingress_controller::controller_of;

const ANNOTATION: &str = "metadata.annotations[nginx.ingress.kubernetes.io/rewrite-target]";

/// Every path without the group that its target names: all requests get the same path.
pub(in crate::causes) fn check(survey: &Survey) -> Vec<Cause> {
    let cluster = &survey.resolved.cluster;
    let ingresses = cluster.ingresses.values();
    let of_nginx = ingresses.filter(|own| {
        controller_of(cluster, own).is_none_or(|name| name == ingress_nginx::CONTROLLER)
    });
    of_nginx
        .flat_map(|ingress| of_ingress(survey, ingress))
        .collect()
}

fn of_ingress(survey: &Survey, ingress: &Ingress) -> Vec<Cause> {
    let rules = ingress.spec.rules.iter().enumerate();
    let places = rules.flat_map(|(rule, written)| {
        let paths = written.http.iter().flat_map(|http| &http.paths);
        let paths = paths.enumerate();
        paths.map(move |(index, path)| {
            (format!("spec.rules[{rule}].http.paths[{index}].path"), path)
        })
    });
    let causes = places.filter_map(|(field, path)| of_path(survey, ingress, &field, path));
    causes.collect()
}

fn of_path(survey: &Survey, ingress: &Ingress, field: &str, path: &HttpPath) -> Option<Cause> {
    let target = rewrite_target(ingress, path)?;
    let named = groups_named(target).max()?;
    let groups = groups_of(&path.path);
    if path.path_type == PathType::Exact || named <= groups {
        return None;
    }
    let meant = match (groups, named) {
        (0, 1) => Some(format!("{}/(.*)", path.path.trim_end_matches('/'))),
        (0, 2) => Some(with_rest(&path.path)),
        (_, _) => None,
    };
    let meant = meant.filter(|_| !has_regex_characters(&path.path));
    let fault = Fault::Ingress(IngressConfigFault::RewriteWithoutGroup {
        ingress: ingress.metadata.name.to_string(),
        path: path.path.to_string(),
        target: target.to_owned(),
        group: format!("${named}"),
        meant: meant.clone().unwrap_or_default(),
    });
    let stored = survey.resolved.get(Kind::Ingress, &ingress.metadata.id())?;
    let own = Evidence::of(stored, field);
    // A path with a group is refused in one of type Prefix.
    let can_be = path.path_type == PathType::ImplementationSpecific;
    let span = own.span.filter(|_| can_be);
    let fix = span.zip(meant).map(|(span, meant)| Fix {
        span,
        text: quoted(&meant),
    });
    let evidence = vec![own, Evidence::of(stored, ANNOTATION)];
    Some(Cause::certain(fault, evidence).with_fix(fix))
}

/// A request whose path is longer than the rule's path; `rewrite-target` drops the rest of it.
pub(in crate::causes) fn lost_path(survey: &Survey, route: &Route, path: &str) -> Option<Cause> {
    let (ingress, own) = (route.ingress, route.matched?.path);
    if controller_of(&survey.resolved.cluster, ingress) != Some(ingress_nginx::CONTROLLER) {
        return None;
    }
    let target = rewrite_target(ingress, own)?;
    let is_longer = path.trim_end_matches('/').len() > own.path.trim_end_matches('/').len();
    if target.contains('$') || has_regex_characters(&own.path) || !is_longer {
        return None;
    }
    let fault = Fault::Ingress(IngressConfigFault::RewriteDropsPath {
        ingress: ingress.metadata.name.to_string(),
        path: path.to_owned(),
        target: target.to_owned(),
        meant: with_rest(&own.path),
    });
    let stored = survey.resolved.get(Kind::Ingress, &ingress.metadata.id())?;
    let evidence = Evidence::of(stored, ANNOTATION);
    Some(Cause::certain(fault, vec![evidence]).possible())
}

/// A path with what comes after it as its second group, `/api(/|$)(.*)`. It begins with a slash, as every path does.
fn with_rest(path: &str) -> String {
    match path.trim_end_matches('/') {
        "" => "/()(.*)".to_owned(),
        path => format!("{path}(/|$)(.*)"),
    }
}

/// The numbers of the groups that a target names: 2 of `/$2`.
fn groups_named(target: &str) -> impl Iterator<Item = usize> {
    let parts = target.split('$').skip(1);
    parts.filter_map(|part| {
        let digit = part.chars().next()?.to_digit(10)?;
        usize::try_from(digit).ok()
    })
}

/// How many groups a path captures.
fn groups_of(path: &str) -> usize {
    let plain = path.replace("\\(", "");
    plain.matches('(').count() - plain.matches("(?:").count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::causes::tests::check_text;
    use crate::cluster::config::Config;
    use crate::diagnostic::Problem;

    /// The text after the fix, if the path lacks a group of the target.
    fn told(path: &str, target: &str) -> Option<Option<String>> {
        let text = format!(
            "apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: {{name: shop, annotations: {{nginx.ingress.kubernetes.io/rewrite-target: {target}}}}}\n\
             spec: {{rules: [{{host: shop.example.com, http: {{paths: [{{path: {path}, pathType: ImplementationSpecific, backend: {{service: {{name: web, port: {{number: 80}}}}}}}}]}}}}]}}\n"
        );
        let found = check_text(&text, &Config::default()).into_iter();
        let mut told = found.filter_map(|(diagnostic, fixed)| match diagnostic.problem {
            Problem::Cause(Fault::Ingress(IngressConfigFault::RewriteWithoutGroup { .. })) => {
                Some(fixed)
            }
            _ => None,
        });
        told.next()
    }

    #[test]
    fn a_target_names_groups_of_the_path() {
        for (path, target) in [
            ("/api(/|$)(.*)", "/$2"),
            ("/api", "/"),
            ("/api/(?:v1|v2)/(.*)", "/$1"),
        ] {
            assert_eq!(told(path, target), None, "{path} {target}");
        }
        for (path, target, part) in [
            ("/api", "/$2", "path: /api(/|$)(.*),"),
            ("/api/", "/$1", "path: /api/(.*),"),
            ("/", "/$2", "path: /()(.*),"),
        ] {
            let fixed = told(path, target).flatten().expect("a fix");
            assert!(fixed.contains(part), "{fixed}");
        }
        assert_eq!(told("/api/(.*)", "/$2"), Some(None));
        assert_eq!(groups_of("/a\\(b(c)(?:d)"), 1);
    }
}
