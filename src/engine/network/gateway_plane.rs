//! The Gateways of a cluster with their proxies: which Gateway a packet for a pod is for, and at which address clients
//! reach one.

use std::net::IpAddr;

use super::Network;
use super::ingress_controller::outside_address;
use crate::cluster::Cluster;
use crate::cluster::object::{Pod, Service};
use crate::l7::gateway::data_plane::DataPlanes;
use crate::l7::gateway::{GatewayState, Gateways};
use crate::names::ObjectName;

/// The Gateways of a cluster with their data planes.
pub(crate) struct GatewayPlane {
    /// The Gateways with what is attached to them.
    pub(crate) gateways: Gateways,
    planes: DataPlanes,
}

/// The Gateway that a packet for one of its proxies is for.
pub(crate) struct AddressedGateway<'a> {
    /// Its name.
    pub(crate) name: &'a ObjectName,
    /// Its listeners and routes.
    pub(crate) state: &'a GatewayState,
    /// The port of the listener.
    pub(crate) port: u16,
}

impl GatewayPlane {
    /// The Gateways of a cluster.
    pub(crate) fn of(cluster: &Cluster) -> GatewayPlane {
        GatewayPlane {
            gateways: Gateways::with_assumed_classes(cluster),
            planes: DataPlanes::of(cluster),
        }
    }

    /// The Gateway whose listener a port of a pod belongs to; `None` if the pod is no proxy or no listener has the port.
    pub(crate) fn addressed<'a>(
        &'a self,
        cluster: &Cluster,
        pod: &Pod,
        port: u16,
    ) -> Option<AddressedGateway<'a>> {
        self.planes.gateways_of(&pod.id()).iter().find_map(|name| {
            let state = self.gateways.get(name)?;
            let port = self.listener_port(cluster, name, port);
            let mut listeners = state.listeners.iter();
            let has_port = listeners.any(|listener| listener.listener.port == port);
            has_port.then_some(AddressedGateway { name, state, port })
        })
    }

    /// The port of the Service before a Gateway that leads to a port of its proxies: implementations listen on other ports
    /// inside the pod than the listener has.
    fn listener_port(&self, cluster: &Cluster, gateway: &ObjectName, port: u16) -> u16 {
        let fronts = self.planes.fronts(gateway).iter();
        let mut ports = fronts.filter_map(|name| {
            let service = cluster.services.get(name)?;
            let mut slice_ports = cluster.slices_of(name).flat_map(|slice| &slice.ports);
            let slice_port = slice_ports.find(|it| it.port == Some(port))?;
            let mut ports = service.spec.ports.iter();
            ports
                .find(|it| it.name == slice_port.name())
                .map(|it| it.port)
        });
        ports.next().unwrap_or(port)
    }

    /// The address at which clients outside reach the Gateway that a route or a listener names a host for.
    pub(crate) fn address_of_host(&self, network: &Network, host: &str) -> Option<IpAddr> {
        let gateway = self.gateways.named_by(network.cluster(), host)?;
        outside_address(network, self.front(network, gateway)?)
    }

    /// The Service at which clients outside reach a Gateway.
    pub(super) fn front<'a>(
        &self,
        network: &'a Network,
        gateway: &ObjectName,
    ) -> Option<&'a Service> {
        let fronts = self.planes.fronts(gateway).iter();
        let mut services = fronts.filter_map(|name| network.cluster().services.get(name));
        services.find(|service| outside_address(network, service).is_some())
    }
}
