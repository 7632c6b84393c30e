//! Requests that Traefik does not take by an annotation of the Ingress, and backends that it refuses unless it is
//! configured to allow them.

use super::rules::controller_of_request;
use crate::causes::cause::{Cause, Evidence};
use crate::causes::edit::replace_in;
use crate::causes::survey::Survey;
use crate::cluster::object::{BackendService, Ingress, Pod, ServiceType};
use crate::diagnostic::{Fault, Fix, IngressConfigFault};
use crate::kinds::Kind;
use crate::l7::http_request::HttpRequest;
use crate::l7::ingress::matches_host;
use crate::l7::traefik::{
    CONTROLLER, ENTRY_POINTS, RouterMiss, TLS, allows_external_names, router_miss,
};
use crate::names::ObjectName;
use crate::network::ingress_controller::{controller, served_by};
use crate::resolve::Stored;
use crate::trace::{ControllerMatter, Trace};

/// An Ingress with rules for the host whose routers are for other entry points, or for TLS only.
pub(super) fn of_entry_point(
    survey: &Survey,
    (pod, port): (&Pod, u16),
    request: &HttpRequest,
) -> Option<Cause> {
    if controller(pod) != Some(CONTROLLER) {
        return None;
    }
    let mut served = served_by(&survey.resolved.cluster, pod);
    served.find_map(|ingress| {
        let mut rules = ingress.spec.rules.iter();
        let is_of_host = rules.any(|rule| matches_host(rule, &request.host));
        let miss = router_miss(ingress, pod, port, request.is_tls).filter(|_| is_of_host)?;
        not_taken(survey, ingress, miss)
    })
}

fn not_taken(survey: &Survey, ingress: &Ingress, miss: RouterMiss) -> Option<Cause> {
    let stored = survey.resolved.get(Kind::Ingress, &ingress.metadata.id())?;
    let (key, arrived) = match miss {
        RouterMiss::EntryPoint(arrived) => (ENTRY_POINTS, arrived),
        RouterMiss::Plain => (TLS, String::new()),
    };
    let listed = ingress.metadata.annotations.get(key)?;
    let fault = Fault::Ingress(IngressConfigFault::IngressOnOtherEntryPoint {
        ingress: ingress.metadata.name.to_string(),
        listed: listed.to_string(),
        arrived: arrived.clone(),
    });
    let fix = (!arrived.is_empty())
        .then(|| with_entry_point(stored, key, listed, &arrived))
        .flatten();
    let evidence = Evidence::of_annotation(stored, key);
    Some(Cause::certain(fault, vec![evidence]).with_fix(fix))
}

/// The edit that adds an entry point to the list.
fn with_entry_point(stored: &Stored, key: &str, listed: &str, arrived: &str) -> Option<Fix> {
    let value = stored.tree.at(&["metadata", "annotations"])?.get(key)?;
    replace_in(stored, value, listed, &format!("{listed},{arrived}"))
}

/// The backend of the rule for a host is an ExternalName Service, and no setting allows Traefik to proxy to one.
pub(in crate::causes) fn of_external_name(
    survey: &Survey,
    trace: &Trace,
    matter: ControllerMatter,
) -> Option<Cause> {
    let (pod, _) = controller_of_request(survey, trace)?;
    let is_asked = matter == ControllerMatter::ExternalName && controller(pod) == Some(CONTROLLER);
    if !is_asked || allows_external_names(pod) {
        return None;
    }
    let host = HttpRequest::from(&trace.request).host;
    let cluster = &survey.resolved.cluster;
    let mut served = served_by(cluster, pod);
    let (ingress, backend) = served.find_map(|ingress| {
        let rules = ingress.spec.rules.iter();
        let rules = rules.filter(|rule| matches_host(rule, &host));
        let paths = rules
            .flat_map(|rule| &rule.http)
            .flat_map(|http| &http.paths);
        let mut backends = paths.filter_map(|path| path.backend.service.as_ref());
        let backend = backends.find(|own| is_alias(survey, ingress, own))?;
        Some((ingress, backend))
    })?;
    let name = ObjectName::new(ingress.metadata.namespace.as_str(), backend.name.as_str());
    let fault = Fault::Ingress(IngressConfigFault::TraefikRefusesExternalName {
        ingress: ingress.metadata.name.to_string(),
        service: backend.name.to_string(),
    });
    let stored = survey.resolved.get(Kind::Service, &name)?;
    let mut evidence = vec![Evidence::of(stored, "spec.type")];
    let flags = Evidence::of_pod(survey.resolved, pod, "spec.containers[0].args");
    evidence.extend(flags);
    Some(Cause::likely(fault, evidence))
}

fn is_alias(survey: &Survey, ingress: &Ingress, backend: &BackendService) -> bool {
    let name = ObjectName::new(ingress.metadata.namespace.as_str(), backend.name.as_str());
    let service = survey.resolved.cluster.services.get(&name);
    service.is_some_and(|own| own.spec.service_type == ServiceType::ExternalName)
}
