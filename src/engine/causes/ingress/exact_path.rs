//! A path of type Exact takes requests for this very path and for nothing below it (kubernetes/website
//! `concepts/services-networking/ingress`, "Path types").

use crate::causes::cause::{Cause, Evidence};
use crate::causes::survey::Survey;
use crate::cluster::object::{Ingress, PathType, Pod};
use crate::diagnostic::{Fault, Fix, IngressConfigFault};
use crate::kinds::Kind;
use crate::l7::ingress::matches_host;
use crate::network::ingress_controller::served_by;

/// Why no rule takes a request: one for its host has a path of type Exact that the request's is below.
pub(in crate::causes) fn above(
    survey: &Survey,
    pod: &Pod,
    host: &str,
    path: &str,
) -> Option<Cause> {
    let mut served = served_by(&survey.resolved.cluster, pod);
    served.find_map(|ingress| of_ingress(survey, ingress, host, path))
}

fn of_ingress(survey: &Survey, ingress: &Ingress, host: &str, called: &str) -> Option<Cause> {
    let rules = ingress.spec.rules.iter().enumerate();
    let mut of_host = rules.filter(|(_, rule)| matches_host(rule, host));
    let (place, exact) = of_host.find_map(|(rule, written)| {
        let paths = written.http.iter().flat_map(|http| &http.paths);
        let mut paths = paths.enumerate();
        let (index, path) = paths.find(|(_, own)| {
            let is_exact = own.path_type == PathType::Exact;
            is_exact && is_below(called, &own.path)
        })?;
        Some((format!("spec.rules[{rule}].http.paths[{index}]"), path))
    })?;
    let fault = Fault::Ingress(IngressConfigFault::IngressPathIsExact {
        ingress: ingress.metadata.name.to_string(),
        path: exact.path.to_string(),
        called: called.to_owned(),
    });
    let stored = survey.resolved.get(Kind::Ingress, &ingress.metadata.id())?;
    let own = Evidence::of(stored, &format!("{place}.pathType"));
    let fix = own.span.map(|span| Fix {
        span,
        text: "Prefix".to_owned(),
    });
    Some(Cause::certain(fault, vec![own]).with_fix(fix))
}

fn is_below(called: &str, path: &str) -> bool {
    let rest = called.strip_prefix(path.trim_end_matches('/'));
    called != path && rest.is_some_and(|rest| rest.starts_with('/'))
}

#[cfg(test)]
mod tests {
    use super::is_below;

    #[test]
    fn a_path_is_below_another_one_by_its_elements() {
        for (called, path, expected) in [
            ("/index.html", "/", true),
            ("/api/users", "/api", true),
            ("/api/", "/api", true),
            ("/apis", "/api", false),
            ("/api", "/api", false),
            ("/", "/", false),
        ] {
            assert_eq!(is_below(called, path), expected, "{called} {path}");
        }
    }
}
