//! Two Ingresses of ingress-nginx with the same host and path: its admission webhook refuses the second one, and without the
//! webhook the older one serves (ingress-nginx `internal/ingress/controller/controller.go`, `checkOverlap`).

use crate::causes::cause::{Cause, Evidence};
use crate::causes::survey::Survey;
use crate::cluster::object::{HttpPath, Ingress};
use crate::diagnostic::{Fault, IngressConfigFault};
use crate::kinds::Kind;
use crate::l7::ingress_nginx::{self, annotation};
use crate::network::ingress_controller::controller_of;

/// Every path that an Ingress further up has as well.
pub(in crate::causes) fn check(survey: &Survey) -> Vec<Cause> {
    let mut seen: Vec<(&str, &HttpPath, &Ingress)> = Vec::new();
    let mut causes = Vec::new();
    for ingress in served(survey) {
        let rules = ingress.spec.rules.iter().enumerate();
        for (index, rule) in rules {
            let paths = rule.http.iter().flat_map(|http| &http.paths).enumerate();
            for (place, path) in paths {
                let host = rule.host.as_str();
                let same = |(other, own, of): &&(&str, &HttpPath, &Ingress)| {
                    let is_path = own.path == path.path && own.path_type == path.path_type;
                    *other == host && is_path && of.metadata.id() != ingress.metadata.id()
                };
                if let Some((.., first)) = seen.iter().find(same) {
                    let field = format!("spec.rules[{index}].http.paths[{place}].path");
                    causes.extend(of_pair(survey, first, ingress, (host, path), &field));
                } else {
                    seen.push((host, path, ingress));
                }
            }
        }
    }
    causes
}

/// The Ingresses of ingress-nginx that are no canaries, in the order of the text.
fn served<'a>(survey: &'a Survey) -> impl Iterator<Item = &'a Ingress> {
    let cluster = &survey.resolved.cluster;
    let stored = survey.resolved.of_kind(Kind::Ingress);
    let all = stored.filter_map(|own| cluster.ingresses.get(&own.name));
    all.filter(|own: &&Ingress| {
        let is_canary = annotation(own, "canary") == Some("true");
        controller_of(cluster, own) == Some(ingress_nginx::CONTROLLER) && !is_canary
    })
}

fn of_pair(
    survey: &Survey,
    first: &Ingress,
    second: &Ingress,
    (host, path): (&str, &HttpPath),
    field: &str,
) -> Option<Cause> {
    let fault = Fault::Ingress(IngressConfigFault::IngressPathTaken {
        ingress: second.metadata.id().to_string(),
        first: first.metadata.id().to_string(),
        host: host.to_owned(),
        path: path.path.to_string(),
    });
    let stored = survey.resolved.get(Kind::Ingress, &second.metadata.id())?;
    let other = survey.resolved.get(Kind::Ingress, &first.metadata.id())?;
    let evidence = vec![
        Evidence::of(stored, field),
        Evidence::of(other, "spec.rules"),
    ];
    Some(Cause::likely(fault, evidence))
}
