//! A LoadBalancer Service in a cluster without a load balancer controller: `EXTERNAL-IP` stays `<pending>`.

use crate::engine::apiserver::Kind;
use crate::engine::cluster::object::{Service, ServiceType};
use crate::engine::controllers::pod_index::PodIndex;
use crate::engine::diagnostic::{Diagnostic, Problem, Severity};
use crate::engine::resolve::Resolved;

/// Reports every such Service, at `spec.type`.
pub(super) fn check(resolved: &Resolved, _: &PodIndex) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for stored in resolved.of_kind(Kind::Service) {
        let service = resolved.cluster.services.get(&stored.name);
        if service.is_some_and(is_pending)
            && let Some(span) = stored.span("spec.type")
        {
            found.push(Diagnostic {
                severity: Severity::Warning,
                span,
                problem: Problem::LoadBalancerPending {
                    service: stored.name.name.to_string(),
                },
                fix: None,
            });
        }
    }
    found
}

fn is_pending(service: &Service) -> bool {
    service.spec.service_type == ServiceType::LoadBalancer
        && service.status.load_balancer.ingress.is_empty()
}

#[cfg(test)]
mod tests {
    use super::super::tests::check_text;
    use crate::engine::cluster::config::{Config, LoadBalancer};
    use crate::engine::testing::dedent;

    const TEXT: &str = "
        apiVersion: v1
        kind: Service
        metadata: {name: web}
        spec:
          type: LoadBalancer
          ports: [{port: 80}]
    ";

    #[test]
    fn without_a_cloud_the_address_stays_pending() {
        let text = dedent(TEXT);
        let config = Config {
            load_balancer: LoadBalancer::None,
            ..Config::default()
        };
        let found = check_text(&text, &config);
        let start = found[0].0.span.start;
        assert_eq!((found.len(), start.line, start.column), (1, 5, 9));
        assert!(check_text(&text, &Config::default()).is_empty());
    }
}
