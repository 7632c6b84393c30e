//! A Service of k3s ServiceLB without an address: others have its port on the nodes, no node is for it, or no node has an
//! endpoint.

use crate::causes::cause::{Cause, Evidence};
use crate::causes::survey::Survey;
use crate::cluster::load_balancing::ServiceLbService;
use crate::cluster::object::{Pod, Service, TrafficPolicy, host_ports};
use crate::controllers::service_lb::status::pods_of;
use crate::controllers::service_lb::{SERVICE_NAME, daemon_set};
use crate::diagnostic::{Fault, LoadBalancerFault};
use crate::labels::Selector;
use crate::resolve::Stored;

/// Why a Service has no address.
pub(in crate::causes) fn cause(
    survey: &Survey,
    stored: &Stored,
    service: &Service,
    state: &ServiceLbService,
) -> Option<Cause> {
    let name = stored.name.name.to_string();
    let cluster = &survey.resolved.cluster;
    if state.nodes.is_empty() {
        let daemon_set = daemon_set::of_service(service, "", &cluster.nodes);
        let selector = Selector::equal_to(&daemon_set.node_selector).to_string();
        let fault = Fault::LoadBalancer(LoadBalancerFault::SvclbWithoutNode {
            service: name,
            selector,
        });
        return Some(Cause::certain(
            fault,
            vec![Evidence::of(stored, "spec.type")],
        ));
    }
    if state.nodes.values().any(|runs| *runs) {
        let is_local = service.spec.external_traffic_policy == Some(TrafficPolicy::Local);
        let fault =
            Fault::LoadBalancer(LoadBalancerFault::SvclbWithoutLocalEndpoint { service: name });
        let evidence = vec![Evidence::of(stored, "spec.externalTrafficPolicy")];
        return is_local.then(|| Cause::certain(fault, evidence));
    }
    let waiting = pods_of(cluster, &stored.name).next()?;
    let (holder, port, index) = holder(survey, service, waiting)?;
    let fault = Fault::LoadBalancer(LoadBalancerFault::SvclbPortTaken {
        service: name,
        port,
        holder: printed(holder),
    });
    let field = format!("spec.ports[{index}].port");
    Some(Cause::certain(fault, vec![Evidence::of(stored, &field)]))
}

/// A Service that asks for an address, which ServiceLB ignores.
pub(in crate::causes) fn ignored_address(
    survey: &Survey,
    stored: &Stored,
    service: &Service,
) -> Option<Cause> {
    let states = &survey.resolved.cluster.load_balancing.service_lb;
    let asked = &service.spec.load_balancer_ip;
    let own: Vec<String> = service
        .load_balancer_vips()
        .map(|own| own.to_string())
        .collect();
    if asked.is_empty() || !states.contains_key(&stored.name) || own.contains(&asked.to_string()) {
        return None;
    }
    let fault = Fault::LoadBalancer(LoadBalancerFault::SvclbIgnoresAddress {
        service: stored.name.name.to_string(),
        address: asked.to_string(),
        addresses: own.join(", "),
    });
    let evidence = Evidence::of(stored, "spec.loadBalancerIP");
    Some(Cause::certain(fault, vec![evidence]))
}

/// The pod that occupies a host port which a pending pod needs on its node, the port, and its index in the Service.
fn holder<'a>(
    survey: &Survey<'a>,
    service: &Service,
    waiting: &Pod,
) -> Option<(&'a Pod, String, usize)> {
    let wanted = host_ports(waiting);
    let pods = survey.resolved.cluster.each_pod();
    let mut there =
        pods.filter(|pod| pod.spec.node_name == waiting.spec.daemon_node && !pod.has_finished());
    there.find_map(|pod| {
        let taken = host_ports(pod);
        let common = wanted
            .iter()
            .find(|own| taken.iter().any(|other| own.conflicts_with(other)))?;
        let mut ports = service.spec.ports.iter();
        let index = ports
            .position(|port| port.port == common.number && port.protocol == common.protocol)?;
        Some((pod, format!("{}/{}", common.protocol, common.number), index))
    })
}

/// `Service first` for a pod of ServiceLB, else `Pod web-0`.
fn printed(pod: &Pod) -> String {
    match pod.metadata.labels.get(SERVICE_NAME) {
        Some(service) => format!("Service {service}"),
        None => format!("Pod {}", pod.metadata.name),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::causes::tests::check_text;
    use crate::cluster::config::{Config, LoadBalancer};
    use crate::diagnostic::Problem;
    use crate::testing::dedent;

    #[test]
    fn the_second_service_with_a_port_waits() {
        let text = dedent(
            "
            apiVersion: v1
            kind: Service
            metadata: {name: first}
            spec: {type: LoadBalancer, selector: {app: a}, ports: [{port: 80}]}
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: second}
            spec: {type: LoadBalancer, selector: {app: a}, ports: [{port: 80}]}
            ---
            apiVersion: v1
            kind: Pod
            metadata: {name: a, labels: {app: a}}
            spec: {containers: [{name: c, image: a, ports: [{containerPort: 80}]}]}
            ",
        );
        let config = Config {
            load_balancer: LoadBalancer::Servicelb,
            ..Config::default()
        };
        let mut found = Vec::new();
        for (diagnostic, _) in check_text(&text, &config) {
            if let Problem::Cause(fault) = diagnostic.problem {
                found.push((diagnostic.span.start.line, fault));
            }
        }
        let taken = Fault::LoadBalancer(LoadBalancerFault::SvclbPortTaken {
            service: "second".into(),
            port: "TCP/80".into(),
            holder: "Service first".into(),
        });
        assert_eq!(found, [(9, taken)]);
    }
}
