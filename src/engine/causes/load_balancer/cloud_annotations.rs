//! Annotations of a cloud's load balancer on a Service that is not of type LoadBalancer: they are ignored, because the
//! service controllers of clouds read no other Services (k8s.io/cloud-provider `controllers/service`,
//! `wantsLoadBalancer`).

use smol_str::SmolStr;

use crate::causes::cause::{Cause, Evidence};
use crate::causes::edit::set_field;
use crate::causes::survey::Survey;
use crate::cluster::object::{Service, ServiceType};
use crate::diagnostic::{Fault, LoadBalancerFault};
use crate::resolve::Stored;

/// What the annotations of clouds for load balancers begin with.
const PREFIXES: [&str; 6] = [
    "service.beta.kubernetes.io/aws-load-balancer-",
    "service.beta.kubernetes.io/azure-load-balancer-",
    "service.beta.kubernetes.io/do-loadbalancer-",
    "networking.gke.io/load-balancer-",
    "cloud.google.com/load-balancer-",
    "load-balancer.hetzner.cloud/",
];

/// Every such Service, with its first such annotation.
pub(in crate::causes) fn check(survey: &Survey) -> Vec<Cause> {
    let services = survey.services();
    let causes = services.filter_map(|(stored, service)| of_service(stored, service));
    causes.collect()
}

fn of_service(stored: &Stored, service: &Service) -> Option<Cause> {
    let kind = service.spec.service_type;
    if kind == ServiceType::LoadBalancer {
        return None;
    }
    let mut keys = service.metadata.annotations.keys().map(SmolStr::as_str);
    let key = keys.find(|key| PREFIXES.iter().any(|prefix| key.starts_with(prefix)))?;
    let fault = Fault::LoadBalancer(LoadBalancerFault::CloudAnnotationForOtherType {
        service: stored.name.name.to_string(),
        kind: kind.to_string(),
        annotation: key.to_owned(),
    });
    let evidence = vec![
        Evidence::of(stored, "metadata.annotations"),
        Evidence::of(stored, "spec.type"),
    ];
    let spec = stored.tree.get("spec");
    let can_be =
        matches!(kind, ServiceType::ClusterIP | ServiceType::NodePort) && !service.is_headless();
    let fix = spec
        .filter(|_| can_be)
        .and_then(|spec| set_field(stored, spec, "type", "\"LoadBalancer\""));
    Some(Cause::certain(fault, evidence).possible().with_fix(fix))
}

#[cfg(test)]
mod tests {
    use crate::causes::tests::check_text;
    use crate::cluster::Config;
    use crate::diagnostic::{Fault, LoadBalancerFault, Problem};

    /// The text after the fix, if the annotation of a Service of this type is reported.
    fn told(annotation: &str, kind: &str) -> Option<String> {
        let text = format!(
            "apiVersion: v1\nkind: Service\nmetadata: {{name: web, annotations: {{{annotation}: a}}}}\n\
             spec: {{type: {kind}, ports: [{{port: 80}}]}}\n"
        );
        let found = check_text(&text, &Config::default()).into_iter();
        let mut told = found.filter_map(|(diagnostic, fixed)| match diagnostic.problem {
            Problem::Cause(Fault::LoadBalancer(
                LoadBalancerFault::CloudAnnotationForOtherType { .. },
            )) => fixed,
            _ => None,
        });
        told.next()
    }

    #[test]
    fn clouds_read_annotations_of_type_load_balancer_only() {
        let of_aws = "service.beta.kubernetes.io/aws-load-balancer-type";
        let fixed = told(of_aws, "NodePort").expect("a fix");
        assert!(fixed.contains("type: LoadBalancer"), "{fixed}");
        assert_eq!(told(of_aws, "LoadBalancer"), None);
        assert_eq!(told("prometheus.io/scrape", "NodePort"), None);
    }
}
