//! What both views print of a Service.

use smol_str::SmolStr;

use kubehop_engine::cluster::object::{ClusterIp, LoadBalancerIngress, Service, ServiceType};

/// How a line begins that shows external addresses.
pub(super) const EXTERNAL_IP: &str = "EXTERNAL-IP";

/// How a line begins that shows more of them, below those of the first one.
pub(super) const MORE_EXTERNAL_IPS: &str = "            ";

/// What kubectl's EXTERNAL-IP column has of a Service.
pub(super) struct ExternalAddresses {
    /// The addresses and host names of its load balancer, then those of the spec.
    pub(super) given: Vec<String>,
    /// `<pending>`: no load balancer has given one.
    pub(super) is_pending: bool,
}

/// The external addresses of a Service.
pub(super) fn external_addresses(service: &Service) -> ExternalAddresses {
    let own = service.spec.external_ips.iter().map(ToString::to_string);
    let given: Vec<String> = balanced_addresses(service).into_iter().chain(own).collect();
    let is_balanced = service.spec.service_type == ServiceType::LoadBalancer;
    ExternalAddresses {
        is_pending: is_balanced && given.is_empty(),
        given,
    }
}

/// The addresses and host names that a load balancer gave to a Service.
pub(super) fn balanced_addresses(service: &Service) -> Vec<String> {
    if service.spec.service_type != ServiceType::LoadBalancer {
        return Vec::new();
    }
    let ingress = service.status.load_balancer.ingress.iter();
    let address = |ingress: &LoadBalancerIngress| {
        let ip = ingress.ip.map(|ip| ip.to_string());
        ip.or_else(|| ingress.hostname.as_ref().map(SmolStr::to_string))
    };
    ingress.filter_map(address).collect()
}

/// The cluster IP, `None` for a headless Service as kubectl prints it, or the name an ExternalName leads to.
pub(super) fn own_address(service: &Service) -> String {
    match &service.spec.cluster_ip {
        ClusterIp::Unset if service.spec.service_type == ServiceType::ExternalName => {
            service.spec.external_name.to_string()
        }
        ip => ip.to_string(),
    }
}

/// The selector as kubectl prints it; `None` if the Service has none.
pub(super) fn selector(service: &Service) -> Option<String> {
    let selector = service.spec.selector.as_ref()?;
    let pairs: Vec<String> = selector
        .iter()
        .map(|(key, value)| format!("{key}={value}"))
        .collect();
    Some(pairs.join(","))
}
