//! The CNI plugin `portmap`: rules that forward a `hostPort` of a node to the pod that has it.
//!
//! ```text
//! PREROUTING, OUTPUT ─▶ CNI-HOSTPORT-DNAT (destination is the node's own) ─▶ CNI-DN-… of the pod ─▶ DNAT
//! POSTROUTING        ─▶ CNI-HOSTPORT-MASQ: what the pod's chain marked gets the node's address as its source
//! ```
//!
//! The container runtime runs the plugin when it starts a pod; kube-proxy has no part in it. Its jumps are appended to the
//! hooks, behind kube-proxy's, and nothing listens on the node. It marks connections from the pod's own range, since the
//! answer would go back without passing the node's rules, and those from 127.0.0.1, which no pod can answer. It uses
//! `iptables` wherever the node has it, also where kube-proxy uses `nft`
//! (containernetworking/plugins `plugins/meta/portmap/portmap_iptables.go`).

use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use ipnet::IpNet;

use crate::cluster::Cluster;
use crate::cluster::object::{HostPort, Node, Pod, host_ports};
use crate::names::{Family, Protocol};
use crate::ruleset::{
    AddressMatch, ChainId, ChainName, Comment, Hook, Match, Polarity, PortMapChain, Rule, Ruleset,
    SandboxId, SourcePort, Table, Target,
};

/// The bit of a packet's mark that asks for masquerading (`markMasqBit`, 13).
const MASQUERADE_MARK: u32 = 0x2000;
/// The most ports that one rule of `multiport` takes.
const PORTS_PER_RULE: usize = 15;

/// A pod with the ports of its node that lead to it.
struct MappedPod<'a> {
    pod: &'a Pod,
    address: IpAddr,
    ports: Vec<HostPort>,
}

/// Adds the plugin's chains to a node's nat table; none if no pod of the node has a `hostPort` in the family.
pub(crate) fn install(nat: &mut Table, cluster: &Cluster, node: &Node, family: Family) {
    let pods = mapped_pods(cluster, node, family);
    if pods.is_empty() {
        return;
    }
    let [dnat, set_mark, masquerade] = [
        PortMapChain::Dnat,
        PortMapChain::SetMark,
        PortMapChain::Masquerade,
    ]
    .map(|chain| nat.add(ChainName::PortMap(chain)));
    hook(nat, dnat, masquerade);
    let comment = Match::Comment(Comment::Fixed("CNI portfwd masquerade mark"));
    nat.append(
        set_mark,
        Rule::new([comment], Target::OrMark(MASQUERADE_MARK)),
    );
    nat.append(
        masquerade,
        Rule::new(
            [Match::Mark(Polarity::Is, MASQUERADE_MARK)],
            Target::Masquerade(SourcePort::Kept),
        ),
    );
    for mapped in pods {
        forward(nat, node, &mapped, dnat, set_mark);
    }
}

/// The plugin's rules alone; `None` if there are none.
pub(crate) fn rules(cluster: &Cluster, node: &Node, family: Family) -> Option<Ruleset> {
    let mut nat = Table::default();
    for hook in [
        Hook::Prerouting,
        Hook::Input,
        Hook::Output,
        Hook::Postrouting,
    ] {
        nat.add(hook.chain());
    }
    let built_in = nat.chains.len();
    install(&mut nat, cluster, node, family);
    (nat.chains.len() > built_in).then_some(Ruleset {
        family,
        nat,
        filter: Table::default(),
    })
}

fn hook(nat: &mut Table, dnat: ChainId, masquerade: ChainId) {
    for hook in [Hook::Prerouting, Hook::Output] {
        let chain = nat.find(hook.chain()).expect("every nat table has it");
        let rule = Rule::new([Match::LocalDestination], Target::Jump(dnat));
        nat.append(chain, rule);
    }
    let chain = nat.find(Hook::Postrouting.chain());
    let comment = Match::Comment(Comment::Fixed("CNI portfwd requiring masquerade"));
    nat.prepend(
        chain.expect("every nat table has it"),
        Rule::new([comment], Target::Jump(masquerade)),
    );
}

/// The running pods of a node with a `hostPort` in a family.
fn mapped_pods<'a>(cluster: &'a Cluster, node: &Node, family: Family) -> Vec<MappedPod<'a>> {
    let mut mapped = Vec::new();
    for pod in cluster.each_pod() {
        let is_here = pod.spec.node_name == node.name();
        if !is_here || pod.spec.host_network || pod.has_finished() {
            continue;
        }
        let ports = host_ports(pod);
        if let (Some(address), false) = (pod.address(family), ports.is_empty()) {
            mapped.push(MappedPod {
                pod,
                address,
                ports,
            });
        }
    }
    mapped
}

fn forward(nat: &mut Table, node: &Node, mapped: &MappedPod, dnat: ChainId, set_mark: ChainId) {
    let sandbox = SandboxId::of(&mapped.pod.id().to_string());
    let chain = nat.add(ChainName::PortMap(PortMapChain::Pod(sandbox)));
    for protocol in [Protocol::Sctp, Protocol::Tcp, Protocol::Udp] {
        let ports = mapped.ports.iter().filter(|port| port.protocol == protocol);
        let numbers: Vec<u16> = ports.map(|port| port.number).collect();
        for numbers in numbers.chunks(PORTS_PER_RULE) {
            let comment = Match::Comment(Comment::PortMappings(sandbox));
            let ports = Match::DestinationPorts(protocol, numbers.to_vec());
            nat.append(dnat, Rule::new([comment, ports], Target::Jump(chain)));
        }
    }
    let family = Family::of(mapped.address);
    // The range of the pod's interface; without one on the node the interface has a single address.
    let range = node
        .pod_cidr(family)
        .filter(|range| range.contains(&mapped.address));
    let range = range.map_or(IpNet::from(mapped.address), |range| range.trunc());
    for port in &mapped.ports {
        let Some(called) = called(port, family) else {
            continue;
        };
        let mark = |nat: &mut Table, source| {
            let from = Match::Source(Polarity::Is, source);
            let matches: Vec<Match> = std::iter::once(from).chain(called.clone()).collect();
            nat.append(chain, Rule::new(matches, Target::Jump(set_mark)));
        };
        mark(nat, AddressMatch::Range(range));
        if family == Family::V4 {
            mark(nat, AddressMatch::One(Ipv4Addr::LOCALHOST.into()));
        }
        let to = SocketAddr::new(mapped.address, port.container_port);
        nat.append(chain, Rule::new(called.clone(), Target::Dnat(to)));
    }
}

/// The conditions on what is called; `None` for a `hostIP` of the other family.
fn called(port: &HostPort, family: Family) -> Option<Vec<Match>> {
    let mut matches = Vec::new();
    if !port.address.is_empty() {
        // Validation lets only addresses through.
        let address: IpAddr = port.address.parse().ok()?;
        if Family::of(address) != family {
            return None;
        }
        if !address.is_unspecified() {
            let one = AddressMatch::One(address);
            matches.push(Match::Destination(Polarity::Is, one));
        }
    }
    matches.push(Match::Protocol(port.protocol));
    matches.push(Match::DestinationPort(port.number));
    Some(matches)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ruleset::TableName;
    use crate::ruleset::text::{Form, table};
    use crate::testing::resolved;

    #[test]
    fn a_host_port_has_the_rules_that_portmap_writes() {
        let cluster = resolved(
            "
            apiVersion: v1
            kind: Pod
            metadata: {name: edge}
            spec:
              nodeName: node-1
              containers:
              - name: c
                image: edge
                ports:
                - {containerPort: 80, hostPort: 8088}
                - {containerPort: 53, hostPort: 53, hostIP: 192.168.0.11, protocol: UDP}
            ",
        )
        .cluster;
        let node = &cluster.nodes["node-1"];
        let rules = rules(&cluster, node, Family::V4).expect("has ports");
        let text = table(&rules, TableName::Nat, Form::Save);
        let sandbox = SandboxId::of("default/edge").to_string();
        let text = text
            .replace(&sandbox, "SANDBOX")
            .replace(&sandbox[..21], "POD");
        expect_test::expect![[r#"
            *nat
            :PREROUTING ACCEPT [0:0]
            :INPUT ACCEPT [0:0]
            :OUTPUT ACCEPT [0:0]
            :POSTROUTING ACCEPT [0:0]
            :CNI-DN-POD - [0:0]
            :CNI-HOSTPORT-DNAT - [0:0]
            :CNI-HOSTPORT-MASQ - [0:0]
            :CNI-HOSTPORT-SETMARK - [0:0]
            -A PREROUTING -m addrtype --dst-type LOCAL -j CNI-HOSTPORT-DNAT
            -A OUTPUT -m addrtype --dst-type LOCAL -j CNI-HOSTPORT-DNAT
            -A POSTROUTING -m comment --comment "CNI portfwd requiring masquerade" -j CNI-HOSTPORT-MASQ
            -A CNI-DN-POD -s 10.244.0.0/24 -p tcp -m tcp --dport 8088 -j CNI-HOSTPORT-SETMARK
            -A CNI-DN-POD -s 127.0.0.1/32 -p tcp -m tcp --dport 8088 -j CNI-HOSTPORT-SETMARK
            -A CNI-DN-POD -p tcp -m tcp --dport 8088 -j DNAT --to-destination 10.244.0.5:80
            -A CNI-DN-POD -s 10.244.0.0/24 -d 192.168.0.11/32 -p udp -m udp --dport 53 -j CNI-HOSTPORT-SETMARK
            -A CNI-DN-POD -s 127.0.0.1/32 -d 192.168.0.11/32 -p udp -m udp --dport 53 -j CNI-HOSTPORT-SETMARK
            -A CNI-DN-POD -d 192.168.0.11/32 -p udp -m udp --dport 53 -j DNAT --to-destination 10.244.0.5:53
            -A CNI-HOSTPORT-DNAT -p tcp -m comment --comment "dnat name: \"cbr0\" id: \"SANDBOX\"" -m multiport --dports 8088 -j CNI-DN-POD
            -A CNI-HOSTPORT-DNAT -p udp -m comment --comment "dnat name: \"cbr0\" id: \"SANDBOX\"" -m multiport --dports 53 -j CNI-DN-POD
            -A CNI-HOSTPORT-MASQ -m mark --mark 0x2000/0x2000 -j MASQUERADE
            -A CNI-HOSTPORT-SETMARK -m comment --comment "CNI portfwd masquerade mark" -j MARK --set-xmark 0x2000/0x2000
            COMMIT
        "#]]
        .assert_eq(&text);
        assert_eq!(super::rules(&cluster, node, Family::V6), None);
        assert_eq!(
            super::rules(&cluster, &cluster.nodes["node-2"], Family::V4),
            None
        );
    }
}
