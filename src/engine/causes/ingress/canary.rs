//! A canary of ingress-nginx without the Ingress that it is a canary of: nobody gets its requests.
//! Source: kubernetes/ingress-nginx `internal/ingress/controller/controller.go`, `mergeAlternativeBackends`.

use crate::causes::cause::{Cause, Evidence};
use crate::causes::survey::Survey;
use crate::cluster::object::Pod;
use crate::diagnostic::{Fault, IngressConfigFault};
use crate::kinds::Kind;
use crate::l7::http_request::HttpRequest;
use crate::l7::ingress::route;
use crate::l7::ingress_nginx::{self, is_canary};
use crate::network::ingress_controller::{controller, served_by};

/// Why no rule takes a request: the only one for its host and path is that of a canary.
pub(in crate::causes) fn alone(survey: &Survey, pod: &Pod, request: &HttpRequest) -> Option<Cause> {
    if controller(pod) != Some(ingress_nginx::CONTROLLER) {
        return None;
    }
    let served = served_by(&survey.resolved.cluster, pod);
    let canaries = served.filter(|ingress| is_canary(ingress));
    let found = route(canaries, &request.host, request.path())?;
    let matched = found.matched?;
    let fault = Fault::Ingress(IngressConfigFault::CanaryAlone {
        ingress: found.ingress.metadata.name.to_string(),
        host: matched.rule.host.to_string(),
        path: matched.path.path.to_string(),
    });
    let stored = (survey.resolved).get(Kind::Ingress, &found.ingress.metadata.id());
    let evidence = stored.map(|stored| Evidence::of(stored, "metadata.annotations"));
    Some(Cause::certain(fault, evidence.into_iter().collect()))
}
