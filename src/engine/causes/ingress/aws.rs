//! The AWS Load Balancer Controller: an application load balancer for Ingresses calls node ports (`target-type: instance`, the
//! default) or pods (`ip`), and a backend can be an action that an annotation describes.
//! Source: kubernetes-sigs/aws-load-balancer-controller `docs/guide/ingress/annotations.md`,
//! `pkg/targetgroupbinding`, `pkg/ingress/enhanced_backend_builder.go`.

use super::class::{AWS, likely_controller};
use crate::causes::cause::{Cause, Evidence};
use crate::causes::edit::add_annotation;
use crate::causes::survey::Survey;
use crate::cluster::Cluster;
use crate::cluster::object::{BackendService, Ingress, Service, ServiceType};
use crate::diagnostic::{Fault, IngressConfigFault};
use crate::kinds::Kind;
use crate::labels::Labels;
use crate::names::ObjectName;

const TARGET_TYPE: &str = "alb.ingress.kubernetes.io/target-type";
const ACTIONS: &str = "alb.ingress.kubernetes.io/actions.";
/// The port of a backend that is an action.
const ACTION_PORT: &str = "use-annotation";

/// Every Service without node ports behind an Ingress whose load balancer calls node ports.
pub(in crate::causes) fn check(survey: &Survey) -> Vec<Cause> {
    let ingresses = survey.resolved.cluster.ingresses.values();
    ingresses
        .filter_map(|ingress| of_ingress(survey, ingress))
        .collect()
}

/// Whether a backend is an action that an annotation of its Ingress describes: there is no Service of that name.
pub(super) fn is_action(ingress: &Ingress, backend: &BackendService) -> bool {
    let key = format!("{ACTIONS}{}", backend.name);
    let annotations = &ingress.metadata.annotations;
    backend.port.name == ACTION_PORT && annotations.contains_key(key.as_str())
}

fn of_ingress(survey: &Survey, ingress: &Ingress) -> Option<Cause> {
    let cluster = &survey.resolved.cluster;
    if likely_controller(cluster, ingress) != Some(AWS) || has_class_parameters(cluster, ingress) {
        return None;
    }
    let paths = ingress.spec.rules.iter().flat_map(|rule| &rule.http);
    let backends = paths.flat_map(|http| &http.paths).map(|path| &path.backend);
    let mut backends = backends.chain(&ingress.spec.default_backend);
    let service = backends.find_map(|backend| {
        let backend = backend.service.as_ref()?;
        let namespace = ingress.metadata.namespace.as_str();
        let name = ObjectName::new(namespace, backend.name.as_str());
        let service = cluster.services.get(&name)?;
        lacks_node_ports(ingress, service).then_some(service)
    })?;
    let fault = Fault::Ingress(IngressConfigFault::AlbTargetsNodePorts {
        ingress: ingress.metadata.name.to_string(),
        service: service.metadata.name.to_string(),
    });
    let stored = survey.resolved.get(Kind::Ingress, &ingress.metadata.id())?;
    let of_service = survey.resolved.get(Kind::Service, &service.id());
    let mut evidence = vec![Evidence::of(stored, "metadata.annotations")];
    evidence.extend(of_service.map(|own| Evidence::of(own, "spec.type")));
    let fix = add_annotation(stored, TARGET_TYPE, "ip");
    Some(Cause::likely(fault, evidence).with_fix(fix))
}

/// Whether the targets of a Service are its node ports, and it has none. Its own annotation comes before that of the Ingress.
fn lacks_node_ports(ingress: &Ingress, service: &Service) -> bool {
    let target = |annotations: &Labels| annotations.get(TARGET_TYPE).map(ToString::to_string);
    let target =
        target(&service.metadata.annotations).or_else(|| target(&ingress.metadata.annotations));
    let is_instance = target.is_none_or(|own| own == "instance");
    let mut ports = service.spec.ports.iter();
    is_instance
        && service.spec.service_type == ServiceType::ClusterIP
        && ports.all(|own| own.node_port == 0)
}

/// Whether the class has parameters: they can change the default.
fn has_class_parameters(cluster: &Cluster, ingress: &Ingress) -> bool {
    let name = cluster.class_of(ingress);
    let class = name.and_then(|name| cluster.ingress_classes.get(name));
    class.is_some_and(|class| class.spec.parameters.is_some())
}

#[cfg(test)]
mod tests {
    use crate::causes::tests::check_text;
    use crate::cluster::config::Config;
    use crate::testing::dedent;

    /// The texts after the fixes of all problems of an Ingress with this annotation, before a Service of this type.
    fn fixed(annotation: &str, kind: &str, backend: &str) -> Vec<Option<String>> {
        let text = dedent(
            "
            apiVersion: networking.k8s.io/v1
            kind: IngressClass
            metadata: {name: alb}
            spec: {controller: ingress.k8s.aws/alb}
            ---
            apiVersion: networking.k8s.io/v1
            kind: Ingress
            metadata:
              name: shop
              annotations:
                ANNOTATION
            spec:
              ingressClassName: alb
              rules: [{http: {paths: [{path: /, pathType: Prefix, backend: {service: BACKEND}}]}}]
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: web}
            spec: {type: KIND, selector: {app: web}, ports: [{port: 80}]}
            ---
            apiVersion: v1
            kind: Pod
            metadata: {name: web, labels: {app: web}}
            spec: {containers: [{name: c, image: web, ports: [{containerPort: 80}]}]}
            ",
        );
        let text = text.replace("ANNOTATION", annotation);
        let text = text.replace("KIND", kind).replace("BACKEND", backend);
        let found = check_text(&text, &Config::default()).into_iter();
        found.map(|(_, fixed)| fixed).collect()
    }

    const WEB: &str = "{name: web, port: {number: 80}}";

    #[test]
    fn a_load_balancer_that_calls_node_ports_needs_some() {
        let scheme = "alb.ingress.kubernetes.io/scheme: internal";
        let found = fixed(scheme, "ClusterIP", WEB);
        let [Some(mended)] = found.as_slice() else {
            panic!("one fix, not {found:?}");
        };
        let lines = format!("    alb.ingress.kubernetes.io/target-type: ip\n    {scheme}\n");
        assert!(mended.contains(&lines), "{mended}");
        assert_eq!(fixed(scheme, "NodePort", WEB), []);
        let by_pods = "alb.ingress.kubernetes.io/target-type: ip";
        assert_eq!(fixed(by_pods, "ClusterIP", WEB), []);
    }

    #[test]
    fn an_action_is_no_service() {
        let action = "alb.ingress.kubernetes.io/actions.to-https: '{}'";
        let backend = "{name: to-https, port: {name: use-annotation}}";
        assert_eq!(fixed(action, "NodePort", backend), []);
        let other = "alb.ingress.kubernetes.io/actions.other: '{}'";
        assert_eq!(fixed(other, "NodePort", backend).len(), 1);
    }
}
