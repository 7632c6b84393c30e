//! What both views print of a Service.

use smol_str::SmolStr;

use kubehop_engine::cluster::object::{ClusterIp, Service, ServiceType};

/// The address in kubectl's EXTERNAL-IP column.
pub(super) enum ExternalAddress {
    /// An IP address or a host name.
    Given(String),
    /// `<pending>`: no load balancer has given one.
    Pending,
}

/// The external address of a Service of type LoadBalancer; `None` for other types.
pub(super) fn external_address(service: &Service) -> Option<ExternalAddress> {
    if service.spec.service_type != ServiceType::LoadBalancer {
        return None;
    }
    let ingress = service.status.load_balancer.ingress.first();
    let address = ingress.and_then(|ingress| {
        let ip = ingress.ip.map(|ip| ip.to_string());
        ip.or_else(|| ingress.hostname.as_ref().map(SmolStr::to_string))
    });
    Some(address.map_or(ExternalAddress::Pending, ExternalAddress::Given))
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
