//! Annotations of ingress-nginx that have no effect: their name is misspelt, or the controller does not know their value. It
//! ignores both without a word on the Ingress (kubernetes/ingress-nginx `internal/ingress/annotations`).

use smol_str::SmolStr;

use super::class::likely_controller;
use crate::causes::cause::{Cause, Evidence};
use crate::causes::edit::rename_key;
use crate::causes::survey::Survey;
use crate::cluster::object::Ingress;
use crate::diagnostic::{Fault, IngressConfigFault};
use crate::kinds::Kind;
use crate::l7::ingress_nginx::{
    self, BACKEND_PROTOCOLS, annotation, is_backend_protocol, meant_annotation,
};

const BACKEND_PROTOCOL: &str = "nginx.ingress.kubernetes.io/backend-protocol";

/// Every such annotation of Ingresses that ingress-nginx serves, or that have no known controller.
pub(in crate::causes) fn check(survey: &Survey) -> Vec<Cause> {
    let ingresses = survey.resolved.cluster.ingresses.values();
    ingresses
        .flat_map(|ingress| of_ingress(survey, ingress))
        .collect()
}

/// The same of one Ingress.
pub(in crate::causes) fn of_ingress(survey: &Survey, ingress: &Ingress) -> Vec<Cause> {
    let cluster = &survey.resolved.cluster;
    let controller = likely_controller(cluster, ingress);
    if controller.is_some_and(|name| name != ingress_nginx::CONTROLLER) {
        return Vec::new();
    }
    let keys = ingress.metadata.annotations.keys().map(SmolStr::as_str);
    let misspelt = keys.filter_map(|key| misspelt(survey, ingress, key));
    misspelt.chain(unknown_protocol(survey, ingress)).collect()
}

fn misspelt(survey: &Survey, ingress: &Ingress, key: &str) -> Option<Cause> {
    let meant = meant_annotation(key)?;
    let stored = survey.resolved.get(Kind::Ingress, &ingress.metadata.id())?;
    let written = stored.tree.at(&["metadata", "annotations"])?;
    let fix = rename_key(stored, written, key, &meant);
    let fault = Fault::Ingress(IngressConfigFault::MisspeltIngressAnnotation {
        ingress: ingress.metadata.name.to_string(),
        annotation: key.to_owned(),
        meant,
    });
    let evidence = Evidence::of_annotation(stored, key);
    Some(Cause::certain(fault, vec![evidence]).with_fix(fix))
}

fn unknown_protocol(survey: &Survey, ingress: &Ingress) -> Option<Cause> {
    let value = annotation(ingress, "backend-protocol")?;
    if value.is_empty() || is_backend_protocol(value) {
        return None;
    }
    let stored = survey.resolved.get(Kind::Ingress, &ingress.metadata.id())?;
    let fault = Fault::Ingress(IngressConfigFault::BackendProtocolUnknown {
        ingress: ingress.metadata.name.to_string(),
        value: value.to_owned(),
        known: BACKEND_PROTOCOLS.join(", "),
    });
    let evidence = Evidence::of_annotation(stored, BACKEND_PROTOCOL);
    Some(Cause::certain(fault, vec![evidence]))
}

#[cfg(test)]
mod tests {
    use crate::causes::tests::check_text;
    use crate::cluster::config::Config;

    /// The texts after the fixes of all problems of an Ingress with this annotation.
    fn found(class: &str, annotation: &str) -> Vec<Option<String>> {
        let text = format!(
            "apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata:\n  name: shop\n  annotations:\n    example.com/a: b\n    {annotation}\n\
             spec: {{ingressClassName: {class}, rules: [{{host: shop.example.com}}]}}\n"
        );
        let found = check_text(&text, &Config::default()).into_iter();
        let lines = found.map(|(diagnostic, fixed)| {
            assert_eq!(diagnostic.span.start.line, 7, "{diagnostic:?}");
            fixed
        });
        lines.collect()
    }

    #[test]
    fn a_misspelt_annotation_is_written_right() {
        let found = found("nginx", "nginx.ingress.kubernetes.io/proxy-body-sise: 8m");
        let [Some(fixed)] = found.as_slice() else {
            panic!("one fix, not {found:?}");
        };
        let line = "    nginx.ingress.kubernetes.io/proxy-body-size: 8m\n";
        assert!(fixed.contains(line), "{fixed}");
    }

    #[test]
    fn annotations_of_ingresses_with_another_controller_are_not_misspelt() {
        let found = found("traefik", "nginx.ingress.kubernetes.io/proxy-body-sise: 8m");
        // That the annotation is not Traefik's is reported, but not that its name is wrong.
        assert_eq!(found, [None]);
    }

    #[test]
    fn protocols_are_those_that_the_controller_knows() {
        for (value, expected) in [("HTTPS", 0), ("grpc", 0), ("HTTP2", 1)] {
            let annotation = format!("nginx.ingress.kubernetes.io/backend-protocol: {value}");
            assert_eq!(found("nginx", &annotation).len(), expected, "{value}");
        }
    }
}
