//! The Service exists, and the name does not: a pod's name or a port's below it, a headless Service without endpoints.

use super::{AskedName, meant};
use crate::causes::cause::{Cause, Evidence};
use crate::causes::edit::{add_field, set_field};
use crate::causes::names::external_name_target;
use crate::causes::names::stateful_set_name;
use crate::causes::selection::no_endpoint;
use crate::causes::survey::Survey;
use crate::cluster::object::{Pod, Service, ServiceType};
use crate::controllers::endpointslices::is_member;
use crate::diagnostic::{Fault, Fix, NameFault};
use crate::kinds::Kind;
use crate::labels::service_selects;
use crate::names::ObjectName;
use crate::resolve::Resolved;
use crate::syntax::is_dns1123_label;

/// The Service exists; the name below it, or the target of its alias, does not.
pub(in crate::causes) fn of_existing_service(
    survey: &Survey,
    asked: &AskedName,
    service: &Service,
    name: &str,
) -> Vec<Cause> {
    let resolved = survey.resolved;
    let stored = resolved.get(Kind::Service, &asked.id());
    let evidence = |field: &str| -> Vec<Evidence> {
        stored
            .map(|stored| Evidence::of(stored, field))
            .into_iter()
            .collect()
    };
    if service.spec.service_type == ServiceType::ExternalName {
        return stored.map_or_else(Vec::new, |stored| {
            external_name_target::of_service(survey, service, stored)
        });
    }
    match asked.before.as_slice() {
        [port, protocol] if port.starts_with('_') && protocol.starts_with('_') => {
            let fault = Fault::Name(NameFault::NoSrvRecord {
                service: service.metadata.name.to_string(),
                port: port.trim_start_matches('_').to_owned(),
                protocol: protocol.trim_start_matches('_').to_ascii_uppercase(),
                declared: port_names(service),
            });
            let named = service.spec.ports.iter();
            let named = named.filter(|own| own.name == port.trim_start_matches('_'));
            let mut causes: Vec<Cause> = Vec::new();
            for own in named {
                let id = service.id();
                causes.extend(no_endpoint::of_service(survey, &id, own.port, own.protocol));
            }
            causes.push(Cause::certain(fault, evidence("spec.ports")));
            causes
        }
        [host] => {
            let of_set = stateful_set_name::of_ordinal(survey, service, host);
            if !of_set.is_empty() {
                return of_set;
            }
            let cause = stateful_set_name::of_other_service(survey, service, host)
                .or_else(|| meant::pod_misspelt(resolved, asked, host));
            vec![cause.unwrap_or_else(|| of_pod_name(resolved, service, host, evidence("spec")))]
        }
        [] if service.is_headless() => of_headless(survey, service, evidence("spec.clusterIP")),
        [] => {
            let meant = asked.whole(&service.metadata.name, &service.metadata.namespace);
            let fault = Fault::Name(NameFault::NameNotOfCluster {
                name: name.to_owned(),
                meant,
            });
            vec![Cause::certain(fault, evidence("metadata.name"))]
        }
        _ => {
            let fault = Fault::Name(NameFault::NoNameBelowService {
                service: service.metadata.name.to_string(),
            });
            vec![Cause::certain(fault, evidence("metadata.name"))]
        }
    }
}

fn port_names(service: &Service) -> String {
    let ports = service.spec.ports.iter();
    let names: Vec<&str> = ports
        .map(|port| port.name.as_str())
        .filter(|name| !name.is_empty())
        .collect();
    names.join(", ")
}

/// `host.service`: pods have such names only with `hostname`, and `subdomain` naming a headless Service that selects them.
fn of_pod_name(
    resolved: &Resolved,
    service: &Service,
    host: &str,
    mut evidence: Vec<Evidence>,
) -> Cause {
    let name = service.metadata.name.to_string();
    let id = ObjectName::new(service.metadata.namespace.as_str(), host);
    let pod = resolved.cluster.pod(&id);
    let fix = pod.and_then(|pod| published_by(resolved, service, pod));
    let fault = match pod {
        Some(pod) => {
            evidence.splice(0..0, Evidence::of_pod(resolved, pod, "spec"));
            let meant = published_name(resolved, pod).unwrap_or_default();
            Fault::Name(NameFault::PodNameNotPublished {
                service: name,
                meant,
                pod: host.to_owned(),
                subdomain: pod.spec.subdomain.to_string(),
                ready: pod.is_ready(),
            })
        }
        None => Fault::Name(NameFault::NoSuchPodName {
            service: name,
            host: host.to_owned(),
        }),
    };
    Cause::certain(fault, evidence).with_fix(fix)
}

/// The edit of a pod, which no workload makes, that publishes its name below a Service which selects it.
fn published_by(resolved: &Resolved, service: &Service, pod: &Pod) -> Option<Fix> {
    let stored = resolved.get(Kind::Pod, &pod.id())?;
    let (host, below) = (&pod.metadata.name, &service.metadata.name);
    let selector = service.spec.selector.as_ref();
    let would_be = service_selects(selector, &pod.metadata.labels)
        && pod.is_ready()
        && is_dns1123_label(host).is_empty();
    if !would_be || published_name(resolved, pod).is_some() {
        return None;
    }
    let spec = stored.tree.get("spec")?;
    let fields = [
        ("subdomain", &pod.spec.subdomain, below),
        ("hostname", &pod.spec.hostname, host),
    ];
    let wrong = fields.into_iter().filter(|(_, own, wanted)| own != wanted);
    let mut edits = wrong
        .filter_map(|(field, _, wanted)| set_field(stored, spec, field, &format!("\"{wanted}\"")));
    let first = edits.next()?;
    match edits.next() {
        None => Some(first),
        // Both are new, so they are written at the same place.
        Some(second) if second.span == first.span => Some(Fix {
            text: first.text + &second.text,
            ..second
        }),
        Some(_) => None,
    }
}

/// The name under which DNS publishes a pod: below the headless Service of its subdomain, if that selects it.
fn published_name(resolved: &Resolved, pod: &Pod) -> Option<String> {
    let (host, below) = (&pod.spec.hostname, &pod.spec.subdomain);
    let id = ObjectName::new(pod.metadata.namespace.as_str(), below.as_str());
    let selector = resolved.cluster.services.get(&id)?.spec.selector.as_ref();
    let is_published = !host.is_empty() && service_selects(selector, &pod.metadata.labels);
    is_published.then(|| format!("{host}.{below}.{}", id.namespace))
}

/// Whether the Service has endpoints, ready or not.
fn has_endpoints(survey: &Survey, service: &Service) -> bool {
    survey.pods.selected(service).into_iter().any(is_member)
}

/// A headless Service has a name only while it has a ready endpoint.
fn of_headless(survey: &Survey, service: &Service, evidence: Vec<Evidence>) -> Vec<Cause> {
    let fault = Fault::Name(NameFault::HeadlessWithoutReadyEndpoints {
        service: service.metadata.name.to_string(),
    });
    let mut causes: Vec<Cause> = Vec::new();
    for port in &service.spec.ports {
        let of_port = no_endpoint::of_service(survey, &service.id(), port.port, port.protocol);
        for cause in of_port {
            if !causes.contains(&cause) {
                causes.push(cause);
            }
        }
    }
    let stored = survey.resolved.get(Kind::Service, &service.id());
    let spec = stored.and_then(|stored| Some((stored, stored.tree.get("spec")?)));
    let publish = spec
        .filter(|_| has_endpoints(survey, service))
        .and_then(|(stored, spec)| add_field(stored, spec, "publishNotReadyAddresses", "true"));
    causes.push(Cause::certain(fault, evidence).with_fix(publish));
    causes
}

#[cfg(test)]
mod tests {
    use crate::causes::of_trace;
    use crate::network::Network;
    use crate::testing::{dedent, resolved};
    use crate::trace::{Request, trace};

    /// The text of the fix for a call of `web-0.web`, where the pod's spec begins so.
    fn fix(spec: &str) -> Option<String> {
        let text = dedent(
            "
            apiVersion: v1
            kind: Service
            metadata: {name: web}
            spec: {clusterIP: None, selector: {app: web}, ports: [{port: 80}]}
            ---
            apiVersion: v1
            kind: Pod
            metadata: {name: web-0, labels: {app: web}}
            spec: {SPECcontainers: [{name: c, image: web}]}
            ---
            apiVersion: v1
            kind: Pod
            metadata: {name: app}
            spec: {containers: [{name: c, image: app}]}
            ",
        );
        let network = Network::of(resolved(&text.replace("SPEC", spec)));
        let request = Request {
            from: "pod/app".parse().expect("an origin"),
            to: "http://web-0.web".parse().expect("a target"),
        };
        let trace = trace(&network, &request, 0, 0).expect("it can be sent");
        let causes = of_trace(&network, &trace);
        causes.into_iter().find_map(|cause| Some(cause.fix?.text))
    }

    #[test]
    fn the_fix_publishes_the_pods_name() {
        let both = fix("").expect("a fix");
        assert_eq!(both, "subdomain: web, hostname: web-0, ");
        assert_eq!(
            fix("hostname: web-0, subdomain: wbe, ").as_deref(),
            Some("web")
        );
        assert_eq!(
            fix("subdomain: web, ").as_deref(),
            Some("hostname: web-0, ")
        );
        assert_eq!(fix("hostname: web-1, subdomain: wbe, "), None);
        assert_eq!(fix("hostname: web-0, subdomain: web, "), None);
    }
}
