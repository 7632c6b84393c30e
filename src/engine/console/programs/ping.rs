//! `ping`: what answers at an address, in words. The rules are walked for ports only, and ICMP has none, so neither a reply
//! nor its time is printed.

use std::net::{IpAddr, SocketAddr};

use super::super::{Call, Output};
use super::curl::connect;
use crate::cluster::config::ProxyMode;
use crate::cluster::object::Service;
use crate::names::Protocol;
use crate::network::{Host, Request, Scheme, Target, Verdict};
use crate::policy::Owner;

const USAGE: &str = "ping: usage error: Destination address required";

/// `ping [-c COUNT] [-W SECONDS] HOST`.
pub(super) fn ping(call: &Call<'_>) -> Output {
    let Some(host) = destination(call.arguments) else {
        return Output::error(1, USAGE);
    };
    let address = match address_of(call, host) {
        Ok(address) => address,
        Err(why) => return Output::error(2, &format!("ping: {host}: {why}")),
    };
    let (answers, why) = answer(call, address);
    Output {
        stdout: format!("PING {host} ({address})\n"),
        stderr: format!("kubehop: {why}\n"),
        status: u8::from(!answers),
        ..Output::default()
    }
}

/// The word that is neither an option nor the value of one.
fn destination(arguments: &[String]) -> Option<&str> {
    let mut words = arguments.iter();
    while let Some(word) = words.next() {
        match word.strip_prefix('-') {
            // A count, an interval, a size, a deadline, a time to wait, a hop limit, an interface.
            Some("c" | "i" | "s" | "w" | "W" | "t" | "I") => {
                words.next();
            }
            Some(_) => {}
            None => return Some(word),
        }
    }
    None
}

/// The address of a host, as its name resolves at the site; otherwise the resolver's error.
fn address_of(call: &Call<'_>, host: &str) -> Result<IpAddr, &'static str> {
    const NOT_KNOWN: &str = "Name or service not known";
    let in_url = match host.parse() {
        Ok(IpAddr::V6(address)) => format!("[{address}]"),
        Ok(IpAddr::V4(_)) | Err(_) => host.to_owned(),
    };
    let mut to: Target = in_url.parse().map_err(|_| NOT_KNOWN)?;
    if let Host::Address(address) = to.host {
        return Ok(address);
    }
    to.scheme = Some(Scheme::Transport(Protocol::Tcp));
    let request = Request {
        from: call.site.origin(),
        to,
    };
    let trace = connect(call, &request).map_err(|_| NOT_KNOWN)?;
    match trace.verdict {
        Verdict::LookupFailed { .. } => Err("Temporary failure in name resolution"),
        _ => trace.called().ok_or(NOT_KNOWN),
    }
}

/// Whether something answers at an address, and why.
fn answer(call: &Call<'_>, address: IpAddr) -> (bool, String) {
    let network = call.shell.network;
    let cluster = network.cluster();
    if let Some(service) = cluster
        .services
        .values()
        .find(|service| has(service, address))
    {
        return of_service(service, address, cluster.config.proxy.mode);
    }
    match network.owner(SocketAddr::new(address, 0), Protocol::Tcp) {
        Owner::Pod(pod) | Owner::HostNetworkPod(pod) => (
            true,
            format!(
                "{address} is Pod {}: its kernel answers, whether or not a process listens on a port; what a NetworkPolicy \
                 does to ICMP is up to the network plugin",
                pod.metadata.name
            ),
        ),
        Owner::Node(node) if network.is_down(node) => {
            (false, format!("{address} is node {node}, which is down"))
        }
        Owner::Node(node) => (
            true,
            format!("{address} is node {node}: its kernel answers"),
        ),
        Owner::EndedPod(pod) => (
            false,
            format!(
                "{address} was the address of Pod {}, which has ended: nothing answers",
                pod.metadata.name
            ),
        ),
        Owner::Outside => (
            false,
            format!(
                "{address} belongs to nothing in this cluster; what is outside is not simulated"
            ),
        ),
    }
}

/// Whether a Service has the address: as a cluster IP, an external IP, or its load balancer's.
fn has(service: &Service, address: IpAddr) -> bool {
    let mut balanced = service.status.load_balancer.ingress.iter();
    service.addresses().any(|own| own == address)
        || service.spec.external_ips.contains(&address)
        || balanced.any(|ingress| ingress.ip == Some(address))
}

fn of_service(service: &Service, address: IpAddr, mode: ProxyMode) -> (bool, String) {
    let name = &service.metadata.name;
    let is_cluster_ip = service.addresses().any(|own| own == address);
    match mode {
        ProxyMode::Ipvs => (
            true,
            format!(
                "{address} is an address of Service {name}. In the mode ipvs it is on the interface kube-ipvs0 of every node, \
                 whose kernel answers, even if the Service has no endpoint"
            ),
        ),
        ProxyMode::Nftables if is_cluster_ip => (
            false,
            format!(
                "{address} is the cluster IP of Service {name}. kube-proxy rejects what is sent to none of its ports, and \
                 ICMP has no ports: Destination Port Unreachable. Try a port: {}",
                instead(service)
            ),
        ),
        ProxyMode::Nftables | ProxyMode::Iptables => (
            false,
            format!(
                "{address} is an address of Service {name}. kube-proxy has rules only for its ports, and ICMP has no ports: \
                 nothing answers, even if the Service works. Try a port: {}",
                instead(service)
            ),
        ),
    }
}

/// A command that shows whether the Service answers.
fn instead(service: &Service) -> String {
    let port = service.spec.ports.first().map_or(80, |port| port.port);
    format!("nc -zv {} {port}", service.metadata.name)
}

#[cfg(test)]
mod tests {
    use crate::cluster::Config;
    use crate::cluster::config::ProxyMode;
    use crate::console::kubectl::Clock;
    use crate::console::{Output, Shell, run};
    use crate::manifest::Source;
    use crate::network::Network;
    use crate::resolve::resolve;
    use crate::trace::Connections;

    const TEXT: &str = "
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {clusterIP: 10.96.0.20, selector: {app: web}, ports: [{port: 8080}]}
---
apiVersion: v1
kind: Pod
metadata: {name: web, labels: {app: web}}
spec: {containers: [{name: web, image: nginx}]}
";

    fn typed(line: &str, proxy_mode: ProxyMode) -> Output {
        let config = Config {
            proxy: proxy_mode.into(),
            ..Config::default()
        };
        let network = Network::of(resolve(&Source::read(TEXT), &config));
        let shell = Shell {
            network: &network,
            connections: &Connections::default(),
            text: TEXT,
            clock: Clock::default(),
        };
        run(shell, line)
    }

    #[test]
    fn a_cluster_ip_answers_only_where_a_node_has_it() {
        for (mode, status, says) in [
            (
                ProxyMode::Iptables,
                1,
                "nothing answers, even if the Service works. Try a port: nc -zv web 8080",
            ),
            (ProxyMode::Nftables, 1, "Destination Port Unreachable"),
            (ProxyMode::Ipvs, 0, "kube-ipvs0"),
        ] {
            let output = typed("kubectl exec web -- ping -c 1 web.default", mode);
            assert_eq!(output.status, status, "{mode:?}");
            assert_eq!(output.stdout, "PING web.default (10.96.0.20)\n");
            assert!(output.stderr.contains(says), "{}", output.stderr);
        }
    }

    #[test]
    fn pods_and_nodes_answer_and_names_are_resolved_first() {
        let at = |line| typed(line, ProxyMode::Iptables);
        let pod = at("ssh node-1 ping 10.244.0.5");
        assert_eq!(
            (pod.status, pod.stderr.contains("is Pod web")),
            (0, true),
            "{}",
            pod.stderr
        );
        let node = at("kubectl exec web -- ping -W1 192.168.0.12");
        assert_eq!(
            (node.status, node.stderr.contains("is node node-2")),
            (0, true),
            "{}",
            node.stderr
        );
        let unknown = at("kubectl exec web -- ping nope");
        assert!(
            unknown
                .stderr
                .starts_with("ping: nope: Name or service not known"),
            "{}",
            unknown.stderr
        );
        assert!(
            at("kubectl exec web -- ping -c 3")
                .stderr
                .starts_with(super::USAGE)
        );
    }
}
