//! A canary of ingress-nginx without the Ingress that it is a canary of: it gets no requests.
//!
//! A canary belongs to the path of another Ingress with the same host, path and pathType, to no other one.
//! Source: kubernetes/ingress-nginx `internal/ingress/controller/controller.go`, `mergeAlternativeBackends`.

use crate::causes::cause::{Cause, Evidence};
use crate::causes::survey::Survey;
use crate::cluster::object::{HttpPath, Ingress, Pod};
use crate::diagnostic::{Fault, IngressConfigFault};
use crate::kinds::Kind;
use crate::l7::http_request::HttpRequest;
use crate::l7::ingress::route;
use crate::l7::ingress_nginx::{self, is_canary};
use crate::network::ingress_controller::{controller, controller_of, served_by};

/// Every canary with a path that no other Ingress has; a text without any other Ingress of the host may be a part of what
/// the cluster has.
pub(in crate::causes) fn check(survey: &Survey) -> Vec<Cause> {
    let ingresses = survey.resolved.cluster.ingresses.values();
    let canaries = ingresses.filter(|ingress| is_canary(ingress) && may_be_nginx(survey, ingress));
    let causes = canaries.filter_map(|ingress| {
        let (host, path) = paths_of(ingress).find(|own| !has_main(survey, own))?;
        let cause = of_path(survey, ingress, host, path);
        let is_told = !paths_of_mains(survey, host).is_empty();
        Some(if is_told { cause } else { cause.possible() })
    });
    causes.collect()
}

/// Why no rule takes a request: the only one for its host and path is that of a canary.
pub(in crate::causes) fn alone(survey: &Survey, pod: &Pod, request: &HttpRequest) -> Option<Cause> {
    if controller(pod) != Some(ingress_nginx::CONTROLLER) {
        return None;
    }
    let served = served_by(&survey.resolved.cluster, pod);
    let canaries = served.filter(|ingress| is_canary(ingress));
    let found = route(canaries, &request.host, request.path())?;
    let matched = found.matched?;
    let host = matched.rule.host.as_str();
    Some(of_path(survey, found.ingress, host, matched.path))
}

/// Whether ingress-nginx may serve an Ingress: it does, or the text does not contain the Ingress' class.
fn may_be_nginx(survey: &Survey, ingress: &Ingress) -> bool {
    let served_by = controller_of(&survey.resolved.cluster, ingress);
    served_by.is_none_or(|name| name == ingress_nginx::CONTROLLER)
}

/// The paths of an Ingress, each with its host.
fn paths_of(ingress: &Ingress) -> impl Iterator<Item = (&str, &HttpPath)> {
    let rules = ingress.spec.rules.iter();
    rules.flat_map(|rule| {
        let paths = rule.http.iter().flat_map(|http| &http.paths);
        paths.map(move |path| (rule.host.as_str(), path))
    })
}

/// The paths of a host that a canary can belong to.
fn paths_of_mains<'a>(survey: &Survey<'a>, host: &str) -> Vec<&'a HttpPath> {
    let ingresses = survey.resolved.cluster.ingresses.values();
    let mains = ingresses.filter(|own| !is_canary(own) && may_be_nginx(survey, own));
    let paths = mains.flat_map(paths_of);
    let of_host = paths.filter(|(own, _)| *own == host);
    of_host.map(|(_, path)| path).collect()
}

fn has_main(survey: &Survey, (host, path): &(&str, &HttpPath)) -> bool {
    let mains = paths_of_mains(survey, host);
    mains
        .iter()
        .any(|own| own.path == path.path && own.path_type == path.path_type)
}

fn of_path(survey: &Survey, ingress: &Ingress, host: &str, path: &HttpPath) -> Cause {
    let others = paths_of_mains(survey, host).into_iter();
    let others = others.map(|own| format!("{} ({:?})", own.path, own.path_type));
    let others: Vec<String> = others.collect();
    let fault = Fault::Ingress(IngressConfigFault::CanaryAlone {
        ingress: ingress.metadata.name.to_string(),
        host: host.to_owned(),
        path: path.path.to_string(),
        path_type: format!("{:?}", path.path_type),
        others: others.join(", "),
    });
    let stored = (survey.resolved).get(Kind::Ingress, &ingress.metadata.id());
    let evidence = stored.map(|stored| Evidence::of(stored, "metadata.annotations"));
    Cause::certain(fault, evidence.into_iter().collect())
}

#[cfg(test)]
mod tests {
    use crate::causes::tests::check_text;
    use crate::cluster::config::Config;
    use crate::diagnostic::{Fault, IngressConfigFault, Problem, Severity};

    fn ingress(name: &str, host: &str, path: &str, annotations: &str) -> String {
        format!(
            "apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: {{name: {name}, annotations: {{{annotations}}}}}\n\
             spec: {{ingressClassName: nginx, rules: [{{host: {host}, http: {{paths: [{{path: {path}, pathType: Prefix, backend: {{service: {{name: web, port: {{number: 80}}}}}}}}]}}}}]}}\n---\n"
        )
    }

    /// The severity reported for a canary of `shop.example.com/` beside these Ingresses, and the paths it could belong to.
    fn told(others: &str, controller: &str) -> Option<(Severity, String)> {
        let class = format!(
            "apiVersion: networking.k8s.io/v1\nkind: IngressClass\nmetadata: {{name: nginx}}\nspec: {{controller: {controller}}}\n"
        );
        let canary = ingress(
            "next",
            "shop.example.com",
            "/",
            "nginx.ingress.kubernetes.io/canary: 'true'",
        );
        let text = format!("{canary}{others}{class}");
        let found = check_text(&text, &Config::default()).into_iter();
        let mut canaries = found.filter_map(|(diagnostic, _)| match diagnostic.problem {
            Problem::Cause(Fault::Ingress(IngressConfigFault::CanaryAlone { others, .. })) => {
                Some((diagnostic.severity, others))
            }
            _ => None,
        });
        canaries.next()
    }

    #[test]
    fn a_canary_belongs_to_another_ingress_with_its_host_and_path() {
        let nginx = "k8s.io/ingress-nginx";
        let main = ingress("shop", "shop.example.com", "/", "");
        assert_eq!(told(&main, nginx), None);
        let other_host = ingress("blog", "blog.example.com", "/", "");
        let alone = Some((Severity::Info, String::new()));
        assert_eq!(told("", nginx), alone);
        assert_eq!(told(&other_host, nginx), alone);
        let other_path = ingress("shop", "shop.example.com", "/api", "");
        let beside = Some((Severity::Warning, "/api (Prefix)".to_owned()));
        assert_eq!(told(&other_path, nginx), beside);
        assert_eq!(told("", "example.com/ours"), None);
    }
}
