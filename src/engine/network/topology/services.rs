//! Which Service has an address and port, and its endpoints.

use std::collections::BTreeMap;
use std::net::{IpAddr, SocketAddr};

use super::Network;
use crate::cluster::object::{EndpointSlice, LoadBalancerIngress, Service, ServicePort};
use crate::names::{ObjectName, Protocol};

impl Network {
    /// Whether an EndpointSlice has this address and port.
    pub fn is_backend(&self, endpoint: SocketAddr) -> bool {
        self.cluster().slices.values().any(|slice| {
            slice
                .ports
                .iter()
                .any(|port| port.port == Some(endpoint.port()))
                && slice
                    .endpoints
                    .iter()
                    .any(|own| own.address() == Some(endpoint.ip()))
        })
    }

    /// The ready endpoints of a Service's port, in the order of its slices, as controllers know them.
    pub fn ready_endpoints(&self, service: &Service, port: u16) -> Vec<SocketAddr> {
        let name = service
            .spec
            .ports
            .iter()
            .find(|own| own.port == port)
            .map(|own| own.name.as_str());
        let id = service.id();
        let slices = self.programmed().slices_of(&id).flat_map(|slice| {
            let number = slice
                .ports
                .iter()
                .find(|own| own.name.as_deref() == name)
                .and_then(|own| own.port);
            let ready = slice
                .endpoints
                .iter()
                .filter(|own| own.conditions.is_ready());
            ready.filter_map(move |own| Some(SocketAddr::new(own.address()?, number?)))
        });
        slices.collect()
    }

    /// Whether an address is a Service's, but one that is routed outside the cluster: a load balancer's or external one.
    pub fn is_external(&self, address: IpAddr) -> bool {
        self.cluster().services.values().any(|service| {
            service.spec.external_ips.contains(&address)
                || service
                    .status
                    .load_balancer
                    .ingress
                    .iter()
                    .any(|ingress| ingress.addresses().any(|own| own == address))
        })
    }

    /// The addresses of the load balancer with a host name; none if no Service has one of that name.
    pub fn balancer_addresses(&self, host: &str) -> Vec<IpAddr> {
        let services = self.cluster().services.values();
        let ingress = services.flat_map(|service| &service.status.load_balancer.ingress);
        let mut named = ingress.filter(|ingress| {
            let name = ingress.hostname.as_ref();
            name.is_some_and(|name| name.eq_ignore_ascii_case(host))
        });
        named
            .next()
            .map_or(Vec::new(), |ingress| ingress.addresses().collect())
    }

    /// The Service that an address and port belong to: a cluster IP, an external or load balancer's address, or a node
    /// port of a node's address, in the order of kube-proxy's rules. A Service with the address but without the port
    /// counts when no other has both.
    pub fn service_at(&self, address: IpAddr, port: u16, protocol: Protocol) -> Option<&Service> {
        let services = &self.cluster().services;
        let by_address = || services_by_address(services.values());
        let names = self.services.get_or_init(by_address).get(&address);
        let names = names.map_or(&[][..], Vec::as_slice);
        let own = || names.iter().filter_map(|name| services.get(name));
        let behind = |service: &&Service| self.has_node_port(service, address, port, protocol);
        let answers = own().find(|service| has_service_port(service, port, protocol));
        answers
            .or_else(|| services.values().find(behind))
            .or_else(|| own().next())
    }

    /// Whether a Service has a port at an address: its own port at an address of its own, its node port at a node's.
    pub fn has_port(&self, service: &Service, at: SocketAddr, protocol: Protocol) -> bool {
        let own = has_address(service, at.ip()) && has_service_port(service, at.port(), protocol);
        own || self.has_node_port(service, at.ip(), at.port(), protocol)
    }

    fn has_node_port(
        &self,
        service: &Service,
        address: IpAddr,
        port: u16,
        protocol: Protocol,
    ) -> bool {
        let of_a_node = || {
            self.node_at(address)
                .or_else(|| self.bridge_at(address))
                .is_some()
        };
        let mut ports = service.spec.ports.iter();
        ports.any(|own| own.node_port == port && own.protocol == protocol && port > 0)
            && (address.is_loopback() || of_a_node())
    }
}

/// Whether a Service has a port of its own, node ports aside.
fn has_service_port(service: &Service, port: u16, protocol: Protocol) -> bool {
    service
        .spec
        .ports
        .iter()
        .any(|own| own.port == port && own.protocol == protocol)
}

/// The Services of each address, by name.
fn services_by_address<'a>(
    services: impl Iterator<Item = &'a Service>,
) -> BTreeMap<IpAddr, Vec<ObjectName>> {
    let mut by_address: BTreeMap<IpAddr, Vec<ObjectName>> = BTreeMap::new();
    for service in services {
        for address in addresses(service) {
            by_address.entry(address).or_default().push(service.id());
        }
    }
    by_address
}

/// Whether a Service answers on an address, ports aside.
fn has_address(service: &Service, address: IpAddr) -> bool {
    addresses(service).any(|own| own == address)
}

/// The cluster IPs, external addresses and load balancer's addresses of a Service.
fn addresses(service: &Service) -> impl Iterator<Item = IpAddr> + '_ {
    let ingress = service.status.load_balancer.ingress.iter();
    let balanced = ingress.flat_map(LoadBalancerIngress::addresses);
    let external = service.spec.external_ips.iter().copied();
    service.addresses().chain(external).chain(balanced)
}

/// Whether a slice has a usable endpoint for a Service's port: slices name the port as the Service does.
pub fn serves(slices: &[&EndpointSlice], port: &ServicePort) -> bool {
    slices.iter().any(|slice| {
        let is_usable = slice
            .endpoints
            .iter()
            .any(|endpoint| endpoint.conditions.is_ready() || endpoint.conditions.is_serving());
        let has_port = slice.ports.iter().any(|other| {
            other.name() == port.name
                && other.protocol.unwrap_or_default() == port.protocol
                && other.port.is_some()
        });
        is_usable && has_port
    })
}
