//! Load balancers that a cloud makes inside its private network only.

use super::Condition;
use super::addresses::balancer_addresses;
use crate::cluster::config::LoadBalancer;
use crate::cluster::object::Service;
use crate::network::Network;
use crate::trace::{Origin, Trace, Unless};

/// Annotations that ask for an internal load balancer, each with the values that do. Sources: the clouds' documentation
/// of LoadBalancer Services.
const INTERNAL: [(&str, &[&str]); 10] = [
    ("cloud.google.com/load-balancer-type", &["Internal"]),
    ("networking.gke.io/load-balancer-type", &["Internal"]),
    (
        "oci-network-load-balancer.oraclecloud.com/internal",
        &["true"],
    ),
    (
        "service.beta.kubernetes.io/alibaba-cloud-loadbalancer-address-type",
        &["intranet"],
    ),
    (
        "service.beta.kubernetes.io/aws-load-balancer-internal",
        &["true", "0.0.0.0/0"],
    ),
    (
        "service.beta.kubernetes.io/aws-load-balancer-scheme",
        &["internal"],
    ),
    (
        "service.beta.kubernetes.io/azure-load-balancer-internal",
        &["true"],
    ),
    (
        "service.beta.kubernetes.io/oci-load-balancer-internal",
        &["true"],
    ),
    (
        "service.beta.kubernetes.io/openstack-internal-load-balancer",
        &["true"],
    ),
    (
        "service.kubernetes.io/ibm-load-balancer-cloud-provider-ip-type",
        &["private"],
    ),
];

/// The annotation by which the load balancer that is called from outside is an internal one, with its Service.
pub(super) fn internal_balancer(network: &Network, trace: &Trace) -> Option<Condition> {
    // What gives addresses outside clouds reads no cloud's annotations.
    match network.cluster().load_balancing.provider {
        LoadBalancer::Auto | LoadBalancer::Cloud => {}
        LoadBalancer::Metallb | LoadBalancer::Servicelb | LoadBalancer::None => return None,
    }
    let Origin::Outside(_) = trace.request.from else {
        return None;
    };
    let called = trace.called()?;
    let mut services = network.cluster().services.values();
    let service = services.find(|own| balancer_addresses(own).any(|address| address == called))?;
    let (key, value) = internal_annotation(service)?;
    Some(Condition {
        unless: Unless::InternalBalancer,
        object: format!("{key}: {value} (Service {})", service.id()),
    })
}

fn internal_annotation(service: &Service) -> Option<(&'static str, &str)> {
    let annotations = &service.metadata.annotations;
    INTERNAL.iter().find_map(|(key, values)| {
        let value = annotations.get(*key)?.as_str();
        values.contains(&value).then_some((*key, value))
    })
}
