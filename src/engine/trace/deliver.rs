//! Where a packet ends up: at a process of a node, in a pod, outside the cluster, or nowhere.

use super::forward::Tracer;
use super::listen::{Port, port_of};
use super::{Device, Direction, Failure, Hop, Listening, Reason, Scheme, Verdict};
use crate::engine::cluster::object::Pod;
use crate::engine::names::{ObjectName, Protocol};
use crate::engine::netfilter::Packet;
use crate::engine::proxy::health::{HealthCheck, health_check_at};

/// What answers the health checks of load balancers.
const KUBE_PROXY: &str = "kube-proxy";
/// The status that lets a load balancer send (RFC 9110, 15.3.1).
const OK: u16 = 200;

impl Tracer<'_> {
    /// The packet reached a process of a node: of a pod on the host's network, or of the node itself.
    pub fn on_node(&mut self, node: &str, packet: Packet) {
        let world = self.world;
        let pods = world.cluster().each_pod();
        let mut on_host = pods.filter(|pod| pod.spec.host_network && pod.spec.node_name == node);
        let open = |pod: &&Pod| {
            matches!(
                port_of(pod, packet.destination, packet.protocol),
                Port::Open(_)
            )
        };
        if let Some(pod) = on_host.find(open) {
            return self.answer(pod, packet);
        }
        if let Some(check) = self.health_check(node, packet) {
            return self.checks_health(node, &check, packet);
        }
        let place = Device::Node(node.to_owned());
        if world.is_backend(packet.destination) {
            self.answered(place, node, Listening::Assumed, packet)
        } else {
            self.closed(place, node, packet, Failure::NothingListens)
        }
    }

    /// What kube-proxy answers a load balancer there.
    fn health_check(&self, node: &str, packet: Packet) -> Option<HealthCheck> {
        let cluster = self.world.cluster();
        let node = cluster
            .nodes
            .get(node)
            .filter(|_| packet.protocol == Protocol::Tcp)?;
        health_check_at(cluster, node, packet.destination)
    }

    fn checks_health(&mut self, node: &str, check: &HealthCheck, packet: Packet) {
        let place = Device::Node(node.to_owned());
        let is_http = matches!(self.trace.request.to.scheme, Some(Scheme::Http));
        match check.status() {
            status if is_http && status != OK => {
                self.answers_http(place, KUBE_PROXY, status, Failure::NoLocalEndpoints, packet);
            }
            _ => self.answered(place, KUBE_PROXY, Listening::KubeProxy, packet),
        }
    }

    /// The packet reached a pod.
    pub fn answer(&mut self, pod: &Pod, packet: Packet) {
        let place = Device::Pod(pod.id());
        let name = &pod.metadata.name;
        if self.memory.expects_another(pod, packet.protocol) {
            return self.closed(place, name, packet, Failure::UnknownConnection);
        }
        match port_of(pod, packet.destination, packet.protocol) {
            Port::Open(_) if self.is_for_ingress(pod, packet) => self.takes_http(pod, packet),
            Port::Open(how) => self.answered(place, name, how, packet),
            Port::Closed => self.closed(place, name, packet, Failure::NothingListens),
            Port::Unknown(declared) => {
                let port = packet.destination.port();
                let reason = Reason::NotKnownToListen {
                    pod: name.to_string(),
                    port,
                    declared,
                };
                self.push(Hop::new(place, Direction::Request, packet, packet, reason));
                self.trace.verdict = Verdict::Unknown {
                    pod: name.to_string(),
                    port,
                };
            }
        }
    }

    /// The packet goes out of the cluster: to a load balancer or where an external IP is routed to, to any machine, or,
    /// where the address is of the cluster's own ranges, to nobody.
    pub fn leave(&mut self, node: &str, packet: Packet) {
        let to = packet.destination;
        if self.world.is_external(to.ip()) {
            return self.sent_from_outside(packet);
        }
        let config = &self.world.cluster().config;
        let ours = config
            .service_cidrs
            .iter()
            .chain(&config.pod_cidrs)
            .any(|range| range.contains(&to.ip()));
        if ours {
            let reason = Reason::NoHost { to };
            self.push(Hop::new(
                Device::Node(node.to_owned()),
                Direction::Request,
                packet,
                packet,
                reason,
            ));
            let is_own = |service: &ObjectName| {
                let service = self.world.cluster().services.get(service);
                service.is_some_and(|service| service.addresses().any(|own| own == to.ip()))
            };
            let no_port = self.trace.service.as_ref().is_some_and(is_own);
            return self.lost(if no_port {
                Failure::NoSuchPort
            } else {
                Failure::NoHost
            });
        }
        let name = to.ip().to_string();
        self.answered(Device::Outside(to.ip()), &name, Listening::Outside, packet);
    }

    /// No machine has the address.
    pub fn nobody(&mut self, packet: Packet) {
        let reason = Reason::NoHost {
            to: packet.destination,
        };
        self.ends_here(packet, reason, Failure::NoHost);
    }

    /// The machine that has the address does not answer.
    pub fn at_dead_node(&mut self, node: &str, packet: Packet) {
        let reason = Reason::NodeDown {
            node: node.to_owned(),
        };
        self.ends_here(packet, reason, Failure::NodeDown);
    }

    /// The packet gets no further than where it was last.
    fn ends_here(&mut self, packet: Packet, reason: Reason, why: Failure) {
        let last = self.trace.hops.last();
        let place = last.map_or(Device::Outside(packet.source.ip()), |hop| {
            hop.device.clone()
        });
        let at_client = last.is_some_and(|hop| hop.at_client);
        let mut hop = Hop::new(place, Direction::Request, packet, packet, reason);
        hop.at_client = at_client;
        self.push(hop);
        self.lost(why);
    }
}
