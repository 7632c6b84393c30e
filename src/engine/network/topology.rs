//! What devices know about the cluster: which pod, node or Service has an address, and the kernels of the nodes.

use crate::sort;
use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::net::{IpAddr, SocketAddr};

use smol_str::SmolStr;

use super::gateway_plane::GatewayPlane;
use super::target::Target;
use super::{ingress_controller, routed_calls};
use crate::cluster::Cluster;
use crate::cluster::config::ProxyMode;
use crate::cluster::object::{EndpointSlice, LoadBalancerIngress, Node, Pod, Service, ServicePort};
use crate::names::{Family, ObjectName, Protocol};
use crate::netfilter::Kernel;
use crate::policy::{Owner, Policies};
use crate::resolve::Resolved;
use crate::resolve::events::RulesLag;
use crate::ruleset::PrintedLine;

/// The addresses at which clients outside reach what serves a host; `None` for what does not serve it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entrances {
    /// The Ingress controller's.
    pub ingress: Option<IpAddr>,
    /// The Gateway's.
    pub gateway: Option<IpAddr>,
}

/// A resolved cluster with the kernels of its nodes. The rules of a kernel are made when they are first needed.
pub struct Network {
    /// The cluster, and the diagnostics of the text it came from.
    pub resolved: Resolved,
    kernels: BTreeMap<(SmolStr, Family), OnceCell<Kernel>>,
    policies: OnceCell<Policies>,
    gateways: OnceCell<GatewayPlane>,
    /// The Services that answer on an address, ports aside.
    services: OnceCell<BTreeMap<IpAddr, Vec<ObjectName>>>,
    pods: BTreeMap<IpAddr, ObjectName>,
    ended_pods: BTreeMap<IpAddr, ObjectName>,
    host_pods: BTreeMap<IpAddr, Vec<ObjectName>>,
    nodes: BTreeMap<IpAddr, String>,
    bridges: BTreeMap<IpAddr, String>,
}

impl Network {
    /// The network of a resolved cluster.
    pub fn of(resolved: Resolved) -> Network {
        let cluster = &resolved.cluster;
        let families = [Family::V4, Family::V6];
        let both = cluster
            .nodes
            .keys()
            .flat_map(|node| families.map(|family| (node.clone(), family)));
        let kernels = sort::map(both.map(|key| (key, OnceCell::new())));
        let PodAddresses {
            pods,
            ended_pods,
            host_pods,
        } = PodAddresses::of(cluster);
        let mut nodes = BTreeMap::new();
        let mut bridges = BTreeMap::new();
        for node in cluster.nodes.values() {
            let name = || node.name().to_owned();
            nodes.extend(node.addresses().map(|address| (address, name())));
            let own = families
                .into_iter()
                .filter_map(|family| node.bridge_address(family));
            bridges.extend(own.map(|address| (address, name())));
        }
        Network {
            kernels,
            policies: OnceCell::new(),
            gateways: OnceCell::new(),
            services: OnceCell::new(),
            pods,
            ended_pods,
            host_pods,
            nodes,
            bridges,
            resolved,
        }
    }

    /// The cluster.
    pub fn cluster(&self) -> &Cluster {
        &self.resolved.cluster
    }

    /// The cluster as kube-proxy and Ingress controllers know it: an older one after an event with a lag.
    pub fn programmed(&self) -> &Cluster {
        let lag = self.resolved.lag.as_ref();
        lag.map_or(self.cluster(), |lag| &lag.programmed)
    }

    /// The lag of the rules, if an event with one ended the pod and its process on a port has exited.
    pub fn lag_after_exit(&self, pod: &Pod, port: u16) -> Option<&RulesLag> {
        let lag = self.resolved.lag.as_deref();
        lag.filter(|lag| lag.has_exited(pod, port))
    }

    /// The kernel of a node in a family; `None` if there is no such node.
    pub fn kernel(&self, node: &str, family: Family) -> Option<&Kernel> {
        let kernel = self.kernels.get(&(node.into(), family))?;
        let cluster = self.programmed();
        let object = cluster.nodes.get(node)?;
        Some(kernel.get_or_init(|| Kernel::of_node(cluster, object, family)))
    }

    /// The number of IPv4 rules that kube-proxy has on a node.
    pub fn rule_count(&self, node: &str) -> usize {
        self.kernel(node, Family::V4)
            .map_or(0, |kernel| kernel.rules().count())
    }

    /// A node's rules as its own tool prints them, line by line.
    pub fn rules_lines(&self, node: &str, family: Family) -> Vec<PrintedLine> {
        self.kernel(node, family).map_or(Vec::new(), Kernel::lines)
    }

    /// The same as one text.
    pub fn rules_text(&self, node: &str, family: Family) -> String {
        PrintedLine::join(&self.rules_lines(node, family))
    }

    /// The commands that print them.
    pub fn rules_command(&self, node: &str, family: Family) -> &'static str {
        let is_beside = self
            .kernel(node, family)
            .is_some_and(|kernel| kernel.rules_beside().is_some());
        match (self.cluster().config.proxy.mode, family, is_beside) {
            (ProxyMode::Iptables, Family::V4, _) => "iptables-save",
            (ProxyMode::Iptables, Family::V6, _) => "ip6tables-save",
            (ProxyMode::Ipvs, Family::V4, _) => "ipvsadm -Ln; ipset list; iptables-save",
            (ProxyMode::Ipvs, Family::V6, _) => "ipvsadm -Ln; ipset list; ip6tables-save",
            (ProxyMode::Nftables, Family::V4, false) => "nft list table ip kube-proxy",
            (ProxyMode::Nftables, Family::V6, false) => "nft list table ip6 kube-proxy",
            (ProxyMode::Nftables, Family::V4, true) => {
                "nft list table ip kube-proxy; iptables-save -t nat"
            }
            (ProxyMode::Nftables, Family::V6, true) => {
                "nft list table ip6 kube-proxy; ip6tables-save -t nat"
            }
        }
    }

    /// The pod that has an address of its own.
    pub fn pod_at(&self, address: IpAddr) -> Option<&Pod> {
        self.cluster().pod(self.pods.get(&address)?)
    }

    /// The NetworkPolicies of the cluster.
    pub fn policies(&self) -> &Policies {
        self.policies.get_or_init(|| Policies::of(self.cluster()))
    }

    /// The addresses at which clients outside reach what serves a host.
    pub fn entrances(&self, host: &str) -> Entrances {
        Entrances {
            ingress: ingress_controller::address_of(self, host).and_then(Result::ok),
            gateway: self.gateway_plane().address_of_host(self, host),
        }
    }

    /// Whether clients outside reach what serves a host.
    pub fn has_entrance(&self, host: &str) -> bool {
        let Entrances { ingress, gateway } = self.entrances(host);
        ingress.or(gateway).is_some()
    }

    /// A request for each host and route that clients outside can reach through a Gateway or an Ingress controller.
    pub fn routed_calls(&self) -> Vec<Target> {
        routed_calls::of(self)
    }

    /// The Gateways of the cluster with their proxies.
    pub(crate) fn gateway_plane(&self) -> &GatewayPlane {
        self.gateways
            .get_or_init(|| GatewayPlane::of(self.cluster()))
    }

    /// What has an address. A pod on the network of its node has the node's address where it declares the port.
    pub fn owner(&self, at: SocketAddr, protocol: Protocol) -> Owner<'_> {
        let address = at.ip();
        let pod = |name| self.cluster().pod(name);
        if let Some(pod) = self.pod_at(address) {
            return Owner::Pod(pod);
        }
        let host_pods = self.host_pods.get(&address).into_iter().flatten();
        let mut host_pods = host_pods.filter_map(pod);
        if let Some(pod) = host_pods.find(|pod| declares(pod, at.port(), protocol)) {
            return Owner::HostNetworkPod(pod);
        }
        if let Some(node) = self.node_at(address).or_else(|| self.bridge_at(address)) {
            return Owner::Node(node);
        }
        let ended = self.ended_pods.get(&address).and_then(pod);
        ended.map_or(Owner::Outside, Owner::EndedPod)
    }

    /// The pod behind an endpoint: by its own address, or, on the host's network, by what the slices say.
    pub fn endpoint_pod(&self, endpoint: SocketAddr) -> Option<&Pod> {
        if let Some(pod) = self.pod_at(endpoint.ip()) {
            return Some(pod);
        }
        let slices = self.cluster().slices.values();
        let target = slices
            .flat_map(|slice| &slice.endpoints)
            .filter(|own| own.address() == Some(endpoint.ip()))
            .filter_map(|own| own.target_ref.as_ref())
            .find(|target| target.kind == "Pod")?;
        self.cluster().pod(&target.id())
    }

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

    /// Whether the kubelet of a node stopped reporting: its `Ready` condition is `Unknown`.
    pub fn is_down(&self, node: &str) -> bool {
        self.cluster().nodes.get(node).is_some_and(Node::is_down)
    }

    /// The node that has an address.
    pub fn node_at(&self, address: IpAddr) -> Option<&str> {
        self.nodes.get(&address).map(String::as_str)
    }

    /// The node whose pods' bridge has this address: known inside the cluster only.
    pub fn bridge_at(&self, address: IpAddr) -> Option<&str> {
        self.bridges.get(&address).map(String::as_str)
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

/// The addresses of pods, by whether they are the pods' own.
struct PodAddresses {
    pods: BTreeMap<IpAddr, ObjectName>,
    ended_pods: BTreeMap<IpAddr, ObjectName>,
    host_pods: BTreeMap<IpAddr, Vec<ObjectName>>,
}

impl PodAddresses {
    fn of(cluster: &Cluster) -> PodAddresses {
        let mut addresses = PodAddresses {
            pods: BTreeMap::new(),
            ended_pods: BTreeMap::new(),
            host_pods: BTreeMap::new(),
        };
        for pod in cluster.each_pod() {
            let own = pod.addresses().map(|address| (address, pod.id()));
            match (is_alive(pod), pod.spec.host_network) {
                (true, false) => addresses.pods.extend(own),
                (false, false) => addresses.ended_pods.extend(own),
                (true, true) => {
                    for (address, name) in own {
                        addresses.host_pods.entry(address).or_default().push(name);
                    }
                }
                (false, true) => {}
            }
        }
        addresses
    }
}

/// Whether a container of a pod declares a port.
fn declares(pod: &Pod, number: u16, protocol: Protocol) -> bool {
    let mut ports = pod
        .serving_containers()
        .flat_map(|container| &container.ports);
    ports.any(|port| port.container_port == number && port.protocol == protocol)
}

/// Whether a pod's network namespace is there: it has not ended.
fn is_alive(pod: &Pod) -> bool {
    !pod.has_finished()
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
