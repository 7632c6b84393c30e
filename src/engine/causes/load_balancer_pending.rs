//! A Service of type LoadBalancer without an address: `EXTERNAL-IP` stays `<pending>`.

use super::cause::{Cause, Evidence};
use super::survey::Survey;
use super::{metallb_pool, service_lb_pending};
use crate::cluster::object::ServiceType;
use crate::diagnostic::Fault;

/// Every such Service.
pub(super) fn check(survey: &Survey) -> Vec<Cause> {
    let mut causes = Vec::new();
    for (stored, service) in survey.services() {
        let is_load_balancer = service.spec.service_type == ServiceType::LoadBalancer;
        if !is_load_balancer || !service.status.load_balancer.ingress.is_empty() {
            continue;
        }
        if service.spec.load_balancer_class.is_none() {
            let balancing = &survey.resolved.cluster.load_balancing;
            let metallb = balancing.metallb.get(&stored.name);
            let service_lb = balancing.service_lb.get(&stored.name);
            let cause = metallb
                .and_then(|state| metallb_pool::cause(survey, stored, service, state))
                .or_else(|| service_lb_pending::cause(survey, stored, service, service_lb?));
            if let Some(cause) = cause {
                causes.push(cause);
                continue;
            }
        }
        let name = stored.name.name.to_string();
        let (fault, field) = match &service.spec.load_balancer_class {
            Some(class) => {
                let class = class.to_string();
                (
                    Fault::LoadBalancerOfClass {
                        service: name,
                        class,
                    },
                    "spec.loadBalancerClass",
                )
            }
            None => (Fault::LoadBalancerPending { service: name }, "spec.type"),
        };
        causes.push(Cause::certain(fault, vec![Evidence::of(stored, field)]));
    }
    causes
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::causes::tests::check_text;
    use crate::cluster::config::{Config, LoadBalancer};
    use crate::diagnostic::Problem;
    use crate::testing::dedent;

    const TEXT: &str = "
        apiVersion: v1
        kind: Service
        metadata: {name: web}
        spec:
          type: LoadBalancer
          selector: {app: web}
          ports: [{port: 80}]
    ";

    #[test]
    fn without_a_cloud_the_address_stays_pending() {
        let text = dedent(TEXT);
        let config = Config {
            load_balancer: LoadBalancer::None,
            ..Config::default()
        };
        let pending = |config: &Config| {
            let mut positions = Vec::new();
            for (diagnostic, _) in check_text(&text, config) {
                if let Problem::Cause(Fault::LoadBalancerPending { .. }) = diagnostic.problem {
                    positions.push((diagnostic.span.start.line, diagnostic.span.start.column));
                }
            }
            positions
        };
        assert_eq!(pending(&config), [(5, 9)]);
        assert_eq!(pending(&Config::default()), []);
    }
}
