//! A Service of type LoadBalancer without an address: `EXTERNAL-IP` stays `<pending>`.

use std::net::IpAddr;

use super::{metallb_pool, service_lb};
use crate::causes::called_service::CalledService;
use crate::causes::cause::{Cause, Evidence};
use crate::causes::survey::Survey;
use crate::cluster::object::{Service, ServiceType};
use crate::controllers::metallb::config::Pools;
use crate::controllers::metallb::{ADDRESSES, annotation};
use crate::diagnostic::{Fault, LoadBalancerFault};
use crate::resolve::Stored;

/// Every such Service, and those that do not get the address that they ask for.
pub(in crate::causes) fn check(survey: &Survey) -> Vec<Cause> {
    let mut causes = Vec::new();
    for (stored, service) in survey.services() {
        causes.extend(service_lb::ignored_address(survey, stored, service));
        causes.extend(of_service(survey, stored, service));
    }
    causes
}

/// Why no Service has an address that is called: one asks for it and does not get it, or it is of a pool of MetalLB, and
/// Services wait for one.
pub(in crate::causes) fn of_asked_address(survey: &Survey, address: IpAddr) -> Vec<Cause> {
    let balancing = &survey.resolved.cluster.load_balancing;
    let pools = Pools::of(&survey.resolved.cluster, &balancing.metallb_namespace);
    let is_pooled = pools.is_ok_and(|pools| pools.pool_of(&[address]).is_some());
    let mut causes = Vec::new();
    for (stored, service) in survey.services() {
        let waits = is_pooled && balancing.metallb.contains_key(&stored.name);
        if asks_for(service, address) || waits {
            causes.extend(service_lb::ignored_address(survey, stored, service));
            causes.extend(of_service(survey, stored, service));
        }
    }
    causes
}

/// The same, where a Service has the address and not the port: another one that has the port asks for the address as well.
pub(in crate::causes) fn of_asked_port(survey: &Survey, called: &CalledService) -> Option<Cause> {
    let mut services = survey.services();
    services.find_map(|(stored, service)| {
        let mut ports = service.spec.ports.iter();
        let has_port = ports.any(|own| own.port == called.port && own.protocol == called.protocol);
        let asks = has_port && asks_for(service, called.address);
        of_service(survey, stored, service).filter(|_| asks)
    })
}

fn asks_for(service: &Service, address: IpAddr) -> bool {
    let written = annotation(service, ADDRESSES);
    let mut asked = written
        .split(',')
        .chain([service.spec.load_balancer_ip.as_str()]);
    asked.any(|own| own.trim().parse() == Ok(address))
}

/// Why a Service has no address; `None` if it has one.
fn of_service(survey: &Survey, stored: &Stored, service: &Service) -> Option<Cause> {
    let is_load_balancer = service.spec.service_type == ServiceType::LoadBalancer;
    if !is_load_balancer || !service.status.load_balancer.ingress.is_empty() {
        return None;
    }
    let name = stored.name.name.to_string();
    if let Some(class) = &service.spec.load_balancer_class {
        let class = class.to_string();
        let fault = Fault::LoadBalancer(LoadBalancerFault::LoadBalancerOfClass {
            service: name,
            class,
        });
        let evidence = Evidence::of(stored, "spec.loadBalancerClass");
        return Some(Cause::certain(fault, vec![evidence]));
    }
    let balancing = &survey.resolved.cluster.load_balancing;
    let metallb = balancing.metallb.get(&stored.name);
    let service_lb = balancing.service_lb.get(&stored.name);
    let own = metallb
        .and_then(|state| metallb_pool::cause(survey, stored, service, state))
        .or_else(|| service_lb::cause(survey, stored, service, service_lb?));
    own.or_else(|| {
        let fault = Fault::LoadBalancer(LoadBalancerFault::LoadBalancerPending { service: name });
        Some(Cause::certain(
            fault,
            vec![Evidence::of(stored, "spec.type")],
        ))
    })
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
                if let Problem::Cause(Fault::LoadBalancer(
                    LoadBalancerFault::LoadBalancerPending { .. },
                )) = diagnostic.problem
                {
                    positions.push((diagnostic.span.start.line, diagnostic.span.start.column));
                }
            }
            positions
        };
        assert_eq!(pending(&config), [(5, 9)]);
        assert_eq!(pending(&Config::default()), []);
    }
}
