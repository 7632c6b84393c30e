//! Annotations of an Ingress controller on a Service. ingress-nginx and the controller of NGINX Inc. read those of Ingresses
//! only; Traefik, Contour, Kong, HAProxy and the AWS Load Balancer Controller read some of Services as well.
//! Source: kubernetes/ingress-nginx `internal/ingress/annotations` (every parser takes an Ingress), nginx/kubernetes-ingress
//! `internal/configs/annotations.go`.

use smol_str::SmolStr;

use crate::causes::cause::{Cause, Evidence};
use crate::causes::edit::add_annotation;
use crate::causes::survey::Survey;
use crate::cluster::object::{Ingress, Service};
use crate::diagnostic::{Fault, Fix, IngressConfigFault};
use crate::kinds::Kind;
use crate::l7::ingress::Route;
use crate::names::ObjectName;
use crate::resolve::Stored;

/// What the annotations begin with that are read on Ingresses only.
const PREFIXES: [&str; 3] = ["nginx.ingress.kubernetes.io/", "nginx.org/", "nginx.com/"];

/// Every Service with such an annotation.
pub(in crate::causes) fn check(survey: &Survey) -> Vec<Cause> {
    let services = survey.services();
    let causes = services.filter_map(|(stored, service)| of_service(survey, stored, service));
    causes.collect()
}

/// The same of the Service that a request was sent to.
pub(in crate::causes) fn of_backend(survey: &Survey, route: &Route) -> Option<Cause> {
    let backend = route.backend.service.as_ref()?;
    let namespace = route.ingress.metadata.namespace.as_str();
    let name = ObjectName::new(namespace, backend.name.as_str());
    let service = survey.resolved.cluster.services.get(&name)?;
    of_service(survey, survey.resolved.get(Kind::Service, &name)?, service)
}

fn of_service(survey: &Survey, stored: &Stored, service: &Service) -> Option<Cause> {
    let mut annotations = service.metadata.annotations.iter();
    let (key, value) =
        annotations.find(|(key, _)| PREFIXES.iter().any(|prefix| key.starts_with(prefix)))?;
    let mut ingresses = survey.resolved.cluster.ingresses.values();
    let ingress = ingresses.find(|own| sends_to(own, &stored.name));
    let target = ingress.and_then(|own| survey.resolved.get(Kind::Ingress, &own.metadata.id()));
    let fault = Fault::Ingress(IngressConfigFault::IngressAnnotationOnService {
        service: stored.name.name.to_string(),
        annotation: key.to_string(),
        ingress: ingress.map_or_else(String::new, |own| own.metadata.name.to_string()),
    });
    let mut evidence = vec![Evidence::of_annotation(stored, key)];
    evidence.extend(target.map(|own| Evidence::of(own, "metadata")));
    let fix = target.and_then(|own| annotate(own, key, value));
    Some(Cause::certain(fault, evidence).possible().with_fix(fix))
}

/// Whether an Ingress has a Service as a backend.
fn sends_to(ingress: &Ingress, service: &ObjectName) -> bool {
    let paths = ingress.spec.rules.iter().flat_map(|rule| &rule.http);
    let backends = paths.flat_map(|http| &http.paths).map(|path| &path.backend);
    let mut backends = backends.chain(&ingress.spec.default_backend);
    let is_named = backends.any(|own| {
        let backend = own.service.as_ref();
        backend.is_some_and(|own| own.name == service.name)
    });
    is_named && ingress.metadata.namespace == service.namespace
}

/// The annotation, written on an object that does not have it. A value that would need quotes of its own is left out.
fn annotate(stored: &Stored, key: &SmolStr, value: &SmolStr) -> Option<Fix> {
    let is_plain = !value.contains(['"', '\\', '\n']);
    is_plain
        .then(|| add_annotation(stored, key, value))
        .flatten()
}

#[cfg(test)]
mod tests {
    use crate::causes::tests::check_text;
    use crate::cluster::config::Config;
    use crate::testing::dedent;

    /// What is reported about a Service with this annotation, and the texts after the fixes.
    fn found(annotation: &str, of_ingress: &str) -> Vec<Option<String>> {
        let text = dedent(
            "
            apiVersion: v1
            kind: Service
            metadata: {name: web, annotations: {ANNOTATION: HTTPS}}
            spec: {clusterIP: None, ports: [{port: 80}]}
            ---
            apiVersion: discovery.k8s.io/v1
            kind: EndpointSlice
            metadata: {name: web-1, labels: {kubernetes.io/service-name: web}}
            addressType: IPv4
            endpoints: [{addresses: [192.0.2.7]}]
            ports: [{port: 80}]
            ---
            apiVersion: networking.k8s.io/v1
            kind: Ingress
            metadata:
              name: shop
            spec:
              rules: [{http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: web, port: {number: 80}}}}]}}]
            ",
        );
        let text = text.replace("ANNOTATION", annotation);
        let text = text.replace("  name: shop\n", &format!("  name: shop\n{of_ingress}"));
        let found = check_text(&text, &Config::default()).into_iter();
        found.map(|(_, fixed)| fixed).collect()
    }

    #[test]
    fn an_annotation_of_ingress_nginx_belongs_to_the_ingress() {
        let key = "nginx.ingress.kubernetes.io/backend-protocol";
        let without = found(key, "");
        let [Some(fixed)] = without.as_slice() else {
            panic!("one fix, not {without:?}");
        };
        let line = format!("  annotations: {{{key}: HTTPS}}\n  name: shop\n");
        assert!(fixed.contains(&line), "{fixed}");
        let beside = found(key, "  annotations:\n    a: b\n");
        let [Some(fixed)] = beside.as_slice() else {
            panic!("one fix, not {beside:?}");
        };
        assert!(
            fixed.contains(&format!("    {key}: HTTPS\n    a: b\n")),
            "{fixed}"
        );
    }

    #[test]
    fn other_controllers_read_annotations_of_services() {
        for key in [
            "traefik.ingress.kubernetes.io/service.serversscheme",
            "projectcontour.io/upstream-protocol.tls",
            "konghq.com/protocol",
            "alb.ingress.kubernetes.io/backend-protocol",
        ] {
            assert_eq!(found(key, "").len(), 0, "{key}");
        }
    }
}
