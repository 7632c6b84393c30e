//! A Service of type LoadBalancer that nobody gives an address: `EXTERNAL-IP` stays `<pending>`.

use crate::engine::apiserver::Kind;
use crate::engine::cluster::object::ServiceType;
use crate::engine::controllers::pod_index::PodIndex;
use crate::engine::diagnostic::{Diagnostic, Problem, Severity};
use crate::engine::resolve::{Resolved, Stored};

/// Every such Service, at its type.
pub fn check(resolved: &Resolved, _: &PodIndex) -> Vec<Diagnostic> {
    let waits = |stored: &&Stored| {
        resolved
            .cluster
            .services
            .get(&stored.name)
            .is_some_and(|service| {
                service.spec.service_type == ServiceType::LoadBalancer
                    && service.status.load_balancer.ingress.is_empty()
            })
    };
    let said = |stored: &Stored| {
        let problem = Problem::LoadBalancerPending {
            service: stored.name.name.to_string(),
        };
        Some(Diagnostic {
            severity: Severity::Warning,
            span: stored.span("spec.type")?,
            problem,
            fix: None,
        })
    };
    resolved
        .of_kind(Kind::Service)
        .filter(waits)
        .filter_map(said)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::tests::said;
    use crate::engine::cluster::config::{Config, LoadBalancer};

    const TEXT: &str = "apiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec:\n  type: LoadBalancer\n  ports: [{port: 80}]\n";

    #[test]
    fn without_a_cloud_the_address_stays_pending() {
        let config = Config {
            load_balancer: LoadBalancer::None,
            ..Config::default()
        };
        let found = said(TEXT, &config);
        let start = found[0].0.span.start;
        assert_eq!((found.len(), start.line, start.column), (1, 5, 9));
        assert!(said(TEXT, &Config::default()).is_empty());
    }
}
