//! Who listens in a cluster: pods on the ports they declare, and whatever a slice names that is no pod.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader};
use std::net::{IpAddr, SocketAddr};
use std::process::{Child, Command, Stdio};

use kubehop_engine::cluster::object::Pod;
use kubehop_engine::trace::Network;

use super::network::Namespaces;
use super::peer::{READY, Socket};

/// Servers under way; they end with this.
pub(crate) struct Servers(Vec<Child>);

impl Drop for Servers {
    fn drop(&mut self) {
        for child in &mut self.0 {
            // Its standard input ends, which is its sign to go.
            drop(child.stdin.take());
            let _ = child.wait();
        }
    }
}

impl Servers {
    /// Starts everyone who listens, and waits until they do.
    pub(crate) fn start(world: &Network, network: &Namespaces) -> Result<Servers, String> {
        let mut servers = Servers(Vec::new());
        let mut taken = BTreeMap::new();
        for (name, namespace, sockets) in listeners(world, network)? {
            let free: Vec<Socket> = sockets
                .into_iter()
                .filter(|socket| taken.insert(*socket, name.clone()).is_none())
                .collect();
            servers.add(&name, &namespace, &free)?;
        }
        Ok(servers)
    }

    fn add(&mut self, name: &str, namespace: &str, sockets: &[Socket]) -> Result<(), String> {
        let own = std::env::current_exe().map_err(|error| error.to_string())?;
        let mut child = Command::new("ip")
            .args(["netns", "exec", namespace])
            .arg(own)
            .args(["serve", name])
            .args(sockets.iter().map(Socket::to_string))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .map_err(|error| format!("{name}: {error}"))?;
        let stdout = child.stdout.take().ok_or("no standard output")?;
        self.0.push(child);
        let mut line = String::new();
        BufReader::new(stdout)
            .read_line(&mut line)
            .map_err(|error| error.to_string())?;
        if line.trim() == READY {
            Ok(())
        } else {
            Err(line.trim().to_owned())
        }
    }
}

/// Machines outside that slices name: not of a node, not of a pod.
pub(crate) fn machines(world: &Network) -> Vec<IpAddr> {
    let named = world
        .cluster()
        .slices
        .values()
        .flat_map(|slice| &slice.endpoints);
    let addresses = named.filter_map(|endpoint| endpoint.addresses.first()?.parse().ok());
    addresses
        .filter(|&address| world.pod_at(address).is_none() && world.node_at(address).is_none())
        .collect()
}

/// Who listens: name, namespace, sockets. Pods come first: what a pod on the host's network has, its node has not.
fn listeners(
    world: &Network,
    network: &Namespaces,
) -> Result<Vec<(String, String, Vec<Socket>)>, String> {
    let mut all = Vec::new();
    for pod in world
        .cluster()
        .pods
        .values()
        .filter(|pod| pod.addresses().next().is_some())
    {
        let namespace = network.pod_namespace(world, &pod.id())?.to_owned();
        all.push((
            pod.metadata.name.to_string(),
            namespace,
            sockets(world, pod),
        ));
    }
    for (node, object) in &world.cluster().nodes {
        let own = object
            .addresses()
            .flat_map(|address| of_slices(world, address))
            .collect();
        all.push((
            node.to_string(),
            network.node_namespace(node)?.to_owned(),
            own,
        ));
    }
    for machine in machines(world) {
        all.push((
            machine.to_string(),
            network.machine_namespace(machine)?.to_owned(),
            of_slices(world, machine),
        ));
    }
    Ok(all)
}

/// What a pod listens on: its declared ports, or, when it declares none, those that slices name.
fn sockets(world: &Network, pod: &Pod) -> Vec<Socket> {
    let declared: Vec<_> = pod
        .serving_containers()
        .flat_map(|container| &container.ports)
        .collect();
    let at = |address: IpAddr| {
        if declared.is_empty() {
            of_slices(world, address)
        } else {
            declared
                .iter()
                .map(|port| Socket {
                    protocol: port.protocol,
                    address: SocketAddr::new(address, port.container_port),
                })
                .collect()
        }
    };
    pod.addresses().flat_map(at).collect()
}

/// The ports that slices name at an address.
fn of_slices(world: &Network, address: IpAddr) -> Vec<Socket> {
    let text = address.to_string();
    let named = world.cluster().slices.values().filter(|slice| {
        slice
            .endpoints
            .iter()
            .any(|endpoint| endpoint.addresses.first().is_some_and(|own| *own == text))
    });
    let ports = named.flat_map(|slice| &slice.ports);
    let socket = |port: u16, protocol| Socket {
        protocol,
        address: SocketAddr::new(address, port),
    };
    ports
        .filter_map(|port| Some(socket(port.port?, port.protocol.unwrap_or_default())))
        .collect()
}
