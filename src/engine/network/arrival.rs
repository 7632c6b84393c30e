//! How a request arrives at the pod of an Ingress controller: at one of its ports, over TLS or in the clear.
//!
//! A load balancer can end TLS itself, by an annotation of its Service; what it sends on is then in the clear. ingress-nginx
//! has a port for each, and answers 400 to the other.
//! Source: kubernetes/cloud-provider-aws `docs/service_controller.md`, digitalocean-cloud-controller-manager
//! `docs/controllers/services/annotations.md`; nginx `ngx_http_request.c`.

use smol_str::SmolStr;

use super::ingress_controller::controller;
use super::{Failure, Origin, Request};
use crate::cluster::Cluster;
use crate::cluster::object::{Pod, Service, ServicePort, ServiceType};
use crate::l7::http_request::HttpRequest;
use crate::l7::ingress_nginx::{self, Flags};

/// Annotations of Services that make a load balancer end TLS, each with the one for the ports where it does so.
const ENDS_TLS: [(&str, &str); 2] = [
    (
        "service.beta.kubernetes.io/aws-load-balancer-ssl-cert",
        "service.beta.kubernetes.io/aws-load-balancer-ssl-ports",
    ),
    (
        "service.beta.kubernetes.io/do-loadbalancer-certificate-id",
        "service.beta.kubernetes.io/do-loadbalancer-tls-ports",
    ),
];

/// A request as it arrives at a pod.
pub(crate) fn arriving(cluster: &Cluster, pod: &Pod, request: &Request) -> HttpRequest {
    let sent = HttpRequest::from(request);
    let is_ended = sent.is_tls && end_of_tls(cluster, pod, request).is_some();
    HttpRequest {
        is_tls: sent.is_tls && !is_ended,
        ..sent
    }
}

/// The Service whose load balancer ends the TLS of a client outside, and the annotation by which it does.
pub(crate) fn end_of_tls<'a>(
    cluster: &'a Cluster,
    pod: &Pod,
    request: &Request,
) -> Option<(&'a Service, &'static str)> {
    let Origin::Outside(_) = request.from else {
        return None;
    };
    let id = pod.id();
    let mut slices = cluster.slices.values().filter(|slice| {
        slice.endpoints.iter().any(|own| {
            let target = own.target_ref.as_ref();
            target.is_some_and(|target| target.id() == id)
        })
    });
    slices.find_map(|slice| {
        let service = cluster.services.get(&slice.service()?)?;
        let mut ports = service.spec.ports.iter();
        let port = ports.find(|own| own.port == request.to.port)?;
        Some((service, ends_tls_at(service, port)?))
    })
}

/// The annotation by which the load balancer of a Service ends TLS at a port.
fn ends_tls_at(service: &Service, port: &ServicePort) -> Option<&'static str> {
    if service.spec.service_type != ServiceType::LoadBalancer {
        return None;
    }
    let annotations = &service.metadata.annotations;
    let number = port.port.to_string();
    let found = ENDS_TLS.iter().find(|(certificate, ports)| {
        let listed = annotations.get(*ports).map(SmolStr::as_str);
        let is_meant = listed.is_none_or(|listed| {
            let mut listed = listed.split(',').map(str::trim);
            listed.any(|own| own == "*" || own == number || own == port.name)
        });
        annotations.contains_key(*certificate) && is_meant
    });
    found.map(|(certificate, _)| *certificate)
}

/// The failure of a request at a port of ingress-nginx that is for the other sort.
pub(super) fn of_other_port(pod: &Pod, port: u16, is_tls: bool) -> Option<Failure> {
    if controller(pod) != Some(ingress_nginx::CONTROLLER) {
        return None;
    }
    let flags = Flags::of(pod);
    if is_tls && port == flags.http_port {
        Some(Failure::TlsToPlainPort)
    } else if !is_tls && port == flags.https_port {
        Some(Failure::PlainToTlsPort)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::object;

    #[test]
    fn ingress_nginx_has_a_port_for_each() {
        let of = |args: &str| -> Pod {
            object(&format!(
                "metadata: {{name: ctl, labels: {{app.kubernetes.io/name: ingress-nginx}}}}\nspec: {{containers: [{{name: c, args: {args}}}]}}"
            ))
        };
        let own = of("['--http-port=8080', '--https-port=8443']");
        for (pod, port, is_tls, expected) in [
            (of("[]"), 80, false, None),
            (of("[]"), 443, true, None),
            (of("[]"), 443, false, Some(Failure::PlainToTlsPort)),
            (of("[]"), 80, true, Some(Failure::TlsToPlainPort)),
            (own.clone(), 80, true, None),
            (own.clone(), 8080, true, Some(Failure::TlsToPlainPort)),
            (own, 8443, true, None),
        ] {
            assert_eq!(
                of_other_port(&pod, port, is_tls),
                expected,
                "{port} {is_tls}"
            );
        }
    }

    #[test]
    fn a_load_balancer_ends_tls_at_the_ports_that_are_listed() {
        let service = |annotations: &str| -> Service {
            object(&format!(
                "metadata: {{name: ctl, annotations: {{{annotations}}}}}\nspec: {{type: LoadBalancer, ports: [{{name: https, port: 443}}]}}"
            ))
        };
        let certificate = ENDS_TLS[0].0;
        for (annotations, expected) in [
            (String::new(), false),
            (format!("{certificate}: arn"), true),
            (
                format!("{certificate}: arn, {}: https", ENDS_TLS[0].1),
                true,
            ),
            (
                format!("{certificate}: arn, {}: '8443'", ENDS_TLS[0].1),
                false,
            ),
        ] {
            let service = service(&annotations);
            let port = service.spec.ports.first().expect("it has a port");
            let found = ends_tls_at(&service, port).is_some();
            assert_eq!(found, expected, "{annotations}");
        }
    }
}
