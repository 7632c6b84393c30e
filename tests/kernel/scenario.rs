//! Scenarios: a manifest, and who calls what in its cluster.
//!
//! One file each in `scenarios/`: the first line says in a comment what it shows, lines that begin with `#>` say how
//! it is run:
//!
//! ```text
//! #> iptables nftables          kube-proxy's modes; iptables alone when left out
//! #> dual-stack                 ranges of both families
//! #> everyone                   every pod, node and the client outside call every address of every Service
//! #> pod/a -> tcp://10.96.0.9:1 one call
//! ```

use std::collections::BTreeSet;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::path::Path;

use kubehop::view::lessons::LESSONS;
use kubehop_engine::cluster::config::{Config, NetworkPlugin, ProxyMode};
use kubehop_engine::cluster::object::Service;
use kubehop_engine::names::{Family, Protocol};
use kubehop_engine::trace::{CLIENT, Network, Origin, Request};

use super::peer::Socket;

/// The client outside, in the family it has no usual address of: of a range kept for documentation (RFC 3849).
const CLIENT_V6: IpAddr = IpAddr::V6(Ipv6Addr::new(0x2001, 0xdb8, 0x7, 0, 0, 0, 0, 7));
/// A port that no Service here has.
const UNUSED: u16 = 9;

/// A manifest and who calls what.
pub(crate) struct Scenario {
    /// Its file's name, and what it shows.
    pub(crate) title: String,
    /// The manifest.
    pub(crate) manifest: String,
    /// The cluster it is put into, once for each mode.
    pub(crate) configs: Vec<Config>,
    everyone: bool,
    calls: Vec<(Origin, String)>,
}

/// Who calls, and what.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Call {
    pub(crate) from: Origin,
    pub(crate) to: Socket,
}

impl Call {
    /// The same as a trace takes it.
    pub(crate) fn request(&self) -> Result<Request, String> {
        let text = format!("{}://{}", self.to.protocol.lower(), self.to.address);
        let to = text.parse().map_err(|error| format!("{text}: {error}"))?;
        Ok(Request {
            from: self.from.clone(),
            to,
        })
    }
}

/// The lessons, and every file of the folder.
pub(crate) fn all(folder: &Path) -> Result<Vec<Scenario>, String> {
    let lesson = |lesson: &kubehop::view::lessons::Lesson| Scenario {
        title: format!("lesson {}", lesson.id),
        manifest: lesson.manifest.to_owned(),
        configs: vec![of_mode(ProxyMode::Iptables), of_mode(ProxyMode::Nftables)],
        everyone: true,
        calls: Vec::new(),
    };
    let failed = |error: std::io::Error| format!("{}: {error}", folder.display());
    let entries = folder.read_dir().map_err(failed)?;
    let mut files = entries
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<Result<Vec<_>, _>>()
        .map_err(failed)?;
    files.sort();
    let own = files.iter().map(|file| read(file));
    LESSONS
        .iter()
        .map(|one| Ok(lesson(one)))
        .chain(own)
        .collect()
}

fn of_mode(mode: ProxyMode) -> Config {
    let mut config = Config::default();
    config.proxy.mode = mode;
    config
}

fn read(file: &Path) -> Result<Scenario, String> {
    let manifest =
        std::fs::read_to_string(file).map_err(|error| format!("{}: {error}", file.display()))?;
    let name = file.file_stem().unwrap_or_default().to_string_lossy();
    let sentence = manifest
        .lines()
        .next()
        .unwrap_or_default()
        .trim_start_matches(['#', ' ']);
    let title = format!("{name}: {sentence}");
    let mut scenario = Scenario {
        title,
        manifest: String::new(),
        configs: Vec::new(),
        everyone: false,
        calls: vec![],
    };
    let (mut modes, mut dual) = (Vec::new(), false);
    for line in manifest.lines().filter_map(|line| line.strip_prefix("#> ")) {
        let wrong = || format!("{}: {line}", file.display());
        match (line, line.split_once(" -> ")) {
            (_, Some((from, to))) => scenario
                .calls
                .push((from.parse().map_err(|_| wrong())?, to.to_owned())),
            ("everyone", None) => scenario.everyone = true,
            ("dual-stack", None) => dual = true,
            (words, None) => {
                for word in words.split_whitespace() {
                    modes.push(ProxyMode::named(word).ok_or_else(wrong)?);
                }
            }
        }
    }
    if modes.is_empty() {
        modes.push(ProxyMode::Iptables);
    }
    scenario.configs = modes.into_iter().map(of_mode).collect();
    scenario
        .configs
        .iter_mut()
        .filter(|_| dual)
        .for_each(make_dual);
    if manifest.contains("kind: NetworkPolicy") {
        for config in &mut scenario.configs {
            config.plugin = NetworkPlugin::Calico;
        }
    }
    scenario.manifest = manifest;
    Ok(scenario)
}

fn make_dual(config: &mut Config) {
    let range = |text: &str| text.parse().expect("a literal range");
    config.pod_cidrs.push(range("fd00:10:244::/56"));
    config.service_cidrs.push(range("fd00:10:96::/112"));
}

impl Scenario {
    /// Every call, each once.
    pub(crate) fn calls(&self, world: &Network) -> Result<Vec<Call>, String> {
        let mut calls = BTreeSet::new();
        for (from, to) in &self.calls {
            let (protocol, address) = to
                .split_once("://")
                .ok_or_else(|| format!("no protocol: {to}"))?;
            calls.insert(Call {
                from: from.clone(),
                to: format!("{protocol}/{address}").parse()?,
            });
        }
        if self.everyone {
            calls.extend(everyone(world));
        }
        Ok(calls.into_iter().collect())
    }
}

/// Everyone calls everything that their family of addresses reaches.
fn everyone(world: &Network) -> Vec<Call> {
    let cluster = world.cluster();
    let own = cluster
        .pods
        .values()
        .filter(|pod| pod.metadata.namespace != "kube-system");
    let pods = own.map(|pod| (Origin::Pod(pod.id()), pod.addresses().collect()));
    let nodes = cluster.nodes.values().map(|node| {
        (
            Origin::Node(node.name().to_owned()),
            node.addresses().collect(),
        )
    });
    let outside = [CLIENT, CLIENT_V6].map(|address| (Origin::Outside(address), vec![address]));
    let callers: Vec<(Origin, Vec<IpAddr>)> = pods.chain(nodes).chain(outside).collect();
    let mut calls = Vec::new();
    for to in destinations(world) {
        let family = Family::of(to.address.ip());
        let reach = |(from, addresses): &&(Origin, Vec<IpAddr>)| {
            let loopback = to.address.ip().is_loopback();
            let is_node = matches!(from, Origin::Node(_));
            (is_node || !loopback) && addresses.iter().any(|own| Family::of(*own) == family)
        };
        calls.extend(callers.iter().filter(reach).map(|(from, _)| Call {
            from: from.clone(),
            to,
        }));
    }
    calls
}

/// Every address and port of the text's own Services, and a port each has not.
fn destinations(world: &Network) -> BTreeSet<Socket> {
    let cluster = world.cluster();
    let systems = |service: &&Service| {
        let name = service.id();
        name.namespace != "kube-system" && name.name != "kubernetes"
    };
    let nodes: Vec<IpAddr> = cluster
        .nodes
        .values()
        .flat_map(|node| node.addresses().collect::<Vec<_>>())
        .collect();
    let mut all = BTreeSet::new();
    for service in cluster.services.values().filter(systems) {
        let at = |address, port, protocol| Socket {
            protocol,
            address: SocketAddr::new(address, port),
        };
        let virtuals = service
            .load_balancer_vips()
            .chain(service.spec.external_ips.iter().copied());
        let addresses: Vec<IpAddr> = service.addresses().chain(virtuals).collect();
        for port in service
            .spec
            .ports
            .iter()
            .filter(|port| port.protocol != Protocol::Sctp)
        {
            all.extend(
                addresses
                    .iter()
                    .map(|address| at(*address, port.port, port.protocol)),
            );
            if port.node_port > 0 {
                let loopback = IpAddr::V4(Ipv4Addr::LOCALHOST);
                all.extend(
                    nodes
                        .iter()
                        .chain([&loopback])
                        .map(|node| at(*node, port.node_port, port.protocol)),
                );
            }
        }
        all.extend(
            service
                .addresses()
                .map(|address| at(address, UNUSED, Protocol::Tcp)),
        );
    }
    all
}
