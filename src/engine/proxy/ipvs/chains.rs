//! The rules of `iptables` around the virtual servers.
//!
//! ```text
//! PREROUTING, OUTPUT ─▶ KUBE-SERVICES: marks for masquerading, accepts
//! INPUT              ─▶ KUBE-IPVS-FILTER: refuses what is for no virtual server of a Service's address
//!                    ─▶ KUBE-PROXY-FIREWALL ─▶ KUBE-SOURCE-RANGES-FIREWALL: drops other sources
//! (IPVS: a virtual server sends the packet on)
//! OUTPUT             ─▶ KUBE-IPVS-OUT-FILTER
//! POSTROUTING        ─▶ KUBE-POSTROUTING: masquerades what is marked, and endpoints that call themselves
//! ```

use ipnet::IpNet;

use super::sets::Sets;
use crate::cluster::config::ProxyConfig;
use crate::names::{Family, Protocol};
use crate::proxy::MASQUERADE_MARK;
use crate::proxy::local::LocalDetector;
use crate::ruleset::ipvs::{SetFields, SetName, SetRole};
use crate::ruleset::{
    AddressMatch, ChainId, ChainName, Comment, CtState, DropReason, Hook, Match, Polarity,
    RejectReason, Rule, Ruleset, SharedChain, SourcePort, Table, Target,
};

/// Both tables.
pub(super) fn ruleset(
    config: &ProxyConfig,
    sets: &Sets,
    detector: Option<&LocalDetector>,
    family: Family,
) -> Ruleset {
    let mut writer = Writer {
        family,
        sets,
        nat: Table::default(),
        filter: Table::default(),
    };
    let nat = NatChains::add(&mut writer.nat);
    writer.nat_services(&nat, config, detector);
    writer.node_ports(&nat);
    writer.load_balancers(&nat);
    writer.postrouting(&nat);
    writer.filter_table();
    Ruleset {
        family,
        nat: writer.nat,
        filter: writer.filter,
    }
}

/// kube-proxy's chains of the nat table.
struct NatChains {
    services: ChainId,
    postrouting: ChainId,
    node_port: ChainId,
    load_balancer: ChainId,
    mark_masq: ChainId,
}

impl NatChains {
    fn add(nat: &mut Table) -> NatChains {
        let [prerouting, output, hook_postrouting] =
            [Hook::Prerouting, Hook::Output, Hook::Postrouting].map(|hook| nat.add(hook.chain()));
        let [services, postrouting, node_port, load_balancer, mark_masq] = [
            SharedChain::Services,
            SharedChain::Postrouting,
            SharedChain::IpvsNodePort,
            SharedChain::IpvsLoadBalancer,
            SharedChain::MarkMasq,
        ]
        .map(|chain| nat.add(ChainName::Shared(chain)));
        let portals = || [fixed("kubernetes service portals")];
        nat.append(prerouting, Rule::new(portals(), Target::Jump(services)));
        nat.append(output, Rule::new(portals(), Target::Jump(services)));
        let comment = [fixed("kubernetes postrouting rules")];
        nat.append(
            hook_postrouting,
            Rule::new(comment, Target::Jump(postrouting)),
        );
        nat.append(mark_masq, Rule::new([], Target::OrMark(MASQUERADE_MARK)));
        NatChains {
            services,
            postrouting,
            node_port,
            load_balancer,
            mark_masq,
        }
    }
}

struct Writer<'a> {
    family: Family,
    sets: &'a Sets,
    nat: Table,
    filter: Table,
}

impl Writer<'_> {
    fn in_set(&self, role: SetRole, fields: SetFields) -> Match {
        let family = self.family;
        Match::InSet(SetName { role, family }, fields)
    }

    /// The set's comment and the lookup; `None` if the set is empty, for which most rules are left out.
    fn in_filled(&self, role: SetRole, fields: SetFields) -> Option<[Match; 2]> {
        let lookup = [fixed(role.comment()), self.in_set(role, fields)];
        self.sets.has(role).then_some(lookup)
    }

    fn nat_services(
        &mut self,
        chains: &NatChains,
        config: &ProxyConfig,
        detector: Option<&LocalDetector>,
    ) {
        let services = chains.services;
        let from_loopback = Match::Source(Polarity::Is, loopback(self.family));
        self.nat
            .append(services, Rule::new([from_loopback], Target::Return));
        let portal = SetFields::DestinationPort;
        if let Some(balancer) = self.in_filled(SetRole::LoadBalancer, portal) {
            let rule = Rule::new(balancer, Target::Jump(chains.load_balancer));
            self.nat.append(services, rule);
        }
        if let Some(rule) = self.cluster_ips(chains, config, detector) {
            self.nat.append(services, rule);
        }
        if let Some(external) = self.in_filled(SetRole::ExternalIp, portal) {
            let rule = Rule::new(external.clone(), Target::Jump(chains.mark_masq));
            self.nat.append(services, rule);
            self.external_ips(services, &external);
        }
        if let Some(external) = self.in_filled(SetRole::ExternalIpLocal, portal) {
            self.external_ips(services, &external);
        }
        let to_node = Rule::new([Match::LocalDestination], Target::Jump(chains.node_port));
        self.nat.append(services, to_node);
        for role in [SetRole::ClusterIp, SetRole::LoadBalancer] {
            if self.sets.has(role) {
                let accept = Rule::new([self.in_set(role, portal)], Target::Accept);
                self.nat.append(services, accept);
            }
        }
    }

    /// What calls a cluster IP from elsewhere than a pod must come back through this node. A process of the node calls it
    /// from the cluster IP itself, since the dummy interface has it.
    fn cluster_ips(
        &self,
        chains: &NatChains,
        config: &ProxyConfig,
        detector: Option<&LocalDetector>,
    ) -> Option<Rule> {
        let fields = match (config.masquerade_all, detector) {
            (true, _) | (false, Some(_)) => SetFields::DestinationPort,
            (false, None) => SetFields::SourceDestinationPort,
        };
        let mut matches = self.in_filled(SetRole::ClusterIp, fields)?.to_vec();
        let from_elsewhere = detector.filter(|_| !config.masquerade_all);
        matches.extend(from_elsewhere.map(|detector| match detector {
            LocalDetector::Source(range) => {
                Match::Source(Polarity::IsNot, AddressMatch::Range(*range))
            }
            LocalDetector::Interface(interface) => {
                Match::InputInterface(Polarity::IsNot, interface.clone())
            }
        }));
        Some(Rule::new(matches, Target::Jump(chains.mark_masq)))
    }

    /// Accepts what comes from outside the node, and what is for an address of the node.
    fn external_ips(&mut self, services: ChainId, external: &[Match; 2]) {
        let with = |more: &[Match]| [external.as_slice(), more].concat();
        let from_outside = with(&[
            Match::BridgedIn(Polarity::IsNot),
            Match::LocalSource(Polarity::IsNot),
        ]);
        self.nat
            .append(services, Rule::new(from_outside, Target::Accept));
        let to_node = with(&[Match::LocalDestination]);
        self.nat
            .append(services, Rule::new(to_node, Target::Accept));
    }

    /// Node ports are masqueraded unless their policy is Local.
    fn node_ports(&mut self, chains: &NatChains) {
        let sets = [
            (
                Protocol::Tcp,
                SetRole::NodePortLocalTcp,
                SetRole::NodePortTcp,
            ),
            (
                Protocol::Udp,
                SetRole::NodePortLocalUdp,
                SetRole::NodePortUdp,
            ),
            (
                Protocol::Sctp,
                SetRole::NodePortLocalSctp,
                SetRole::NodePortSctp,
            ),
        ];
        for (protocol, local, all) in sets {
            let fields = match protocol {
                Protocol::Tcp | Protocol::Udp => SetFields::Destination,
                Protocol::Sctp => SetFields::DestinationPort,
            };
            let mark = Target::Jump(chains.mark_masq);
            for (role, target) in [(local, Target::Return), (all, mark)] {
                if let Some(lookup) = self.in_filled(role, fields) {
                    let mut matches = vec![Match::ProtocolAlone(protocol)];
                    matches.extend(lookup);
                    self.nat
                        .append(chains.node_port, Rule::new(matches, target));
                }
            }
        }
    }

    fn load_balancers(&mut self, chains: &NatChains) {
        let portal = SetFields::DestinationPort;
        if let Some(local) = self.in_filled(SetRole::LoadBalancerLocal, portal) {
            self.nat
                .append(chains.load_balancer, Rule::new(local, Target::Return));
        }
        let mark = Rule::new([], Target::Jump(chains.mark_masq));
        self.nat.append(chains.load_balancer, mark);
    }

    fn postrouting(&mut self, chains: &NatChains) {
        let chain = chains.postrouting;
        let itself = SetFields::DestinationPortSource;
        if let Some(itself) = self.in_filled(SetRole::LoopBack, itself) {
            let rule = Rule::new(itself, Target::Masquerade(SourcePort::Kept));
            self.nat.append(chain, rule);
        }
        let unmarked = [Match::Mark(Polarity::IsNot, MASQUERADE_MARK)];
        self.nat.append(chain, Rule::new(unmarked, Target::Return));
        self.nat
            .append(chain, Rule::new([], Target::XorMark(MASQUERADE_MARK)));
        let comment = [fixed("kubernetes service traffic requiring SNAT")];
        let masquerade = Rule::new(comment, Target::Masquerade(SourcePort::Random));
        self.nat.append(chain, masquerade);
    }

    fn filter_table(&mut self) {
        let hooks = [Hook::Input, Hook::Forward, Hook::Output];
        let hooks = hooks.map(|hook| self.filter.add(hook.chain()));
        let own = [
            SharedChain::Forward,
            SharedChain::IpvsNodePort,
            SharedChain::ProxyFirewall,
            SharedChain::SourceRangesFirewall,
            SharedChain::IpvsFilter,
            SharedChain::IpvsOutFilter,
        ];
        let own = own.map(|chain| self.filter.add(ChainName::Shared(chain)));
        let [forward, node_port, firewall, ranges, filter, out_filter] = own;
        self.hook_filter(hooks, own);
        self.source_ranges(firewall, ranges);
        self.closed_to_node(out_filter);
        self.forwarding(forward);
        let role = SetRole::HealthCheckNodePort;
        let health = [
            fixed(role.comment()),
            self.in_set(role, SetFields::Destination),
        ];
        self.filter
            .append(node_port, Rule::new(health, Target::Accept));
        self.service_addresses(filter);
    }

    /// Each jump is inserted at the top of its hook when kube-proxy starts, so that the one installed last comes first.
    fn hook_filter(&mut self, hooks: [ChainId; 3], own: [ChainId; 6]) {
        let [input, forward, output] = hooks;
        let [
            kube_forward,
            node_port,
            firewall,
            _ranges,
            filter,
            out_filter,
        ] = own;
        let jumps = [
            (input, "kubernetes ipvs access filter", filter),
            (input, "kube-proxy firewall rules", firewall),
            (input, "kubernetes health check rules", node_port),
            (forward, "kube-proxy firewall rules", firewall),
            (forward, "kubernetes forwarding rules", kube_forward),
            (output, "kubernetes ipvs access filter", out_filter),
        ];
        for (hook, comment, chain) in jumps {
            let rule = Rule::new([fixed(comment)], Target::Jump(chain));
            self.filter.append(hook, rule);
        }
    }

    fn source_ranges(&mut self, firewall: ChainId, ranges: ChainId) {
        let portal = SetFields::DestinationPort;
        if let Some(lookup) = self.in_filled(SetRole::LoadBalancerFirewall, portal) {
            self.filter
                .append(firewall, Rule::new(lookup, Target::Jump(ranges)));
        }
        for role in [
            SetRole::LoadBalancerSourceCidr,
            SetRole::LoadBalancerSourceIp,
        ] {
            if let Some(lookup) = self.in_filled(role, SetFields::DestinationPortSource) {
                self.filter
                    .append(ranges, Rule::new(lookup, Target::Return));
            }
        }
        let drop = Rule::new([], Target::Drop(DropReason::SourceNotAllowed));
        self.filter.append(ranges, drop);
    }

    /// A process of the node calls a load balancer's address from this address itself.
    fn closed_to_node(&mut self, out_filter: ChainId) {
        for &key in &self.sets.closed_to_node {
            let from = AddressMatch::One(key.1.ip());
            let matches = [Match::Source(Polarity::Is, from), Match::VirtualServer(key)];
            let drop = Rule::new(matches, Target::Drop(DropReason::SourceNotAllowed));
            self.filter.append(out_filter, drop);
        }
    }

    fn forwarding(&mut self, forward: ChainId) {
        let marked = [
            fixed("kubernetes forwarding rules"),
            Match::Mark(Polarity::Is, MASQUERADE_MARK),
        ];
        self.filter
            .append(forward, Rule::new(marked, Target::Accept));
        let later = [
            fixed("kubernetes forwarding conntrack rule"),
            Match::State(Polarity::Is, &[CtState::Related, CtState::Established]),
        ];
        self.filter
            .append(forward, Rule::new(later, Target::Accept));
    }

    /// Nothing of the node itself may be reached by the address of a Service
    /// (<https://github.com/kubernetes/kubernetes/issues/72236>).
    fn service_addresses(&mut self, filter: ChainId) {
        let portal = SetFields::DestinationPort;
        let through = [
            (SetRole::LoadBalancer, portal),
            (SetRole::ClusterIp, portal),
            (SetRole::ExternalIp, portal),
            (SetRole::ExternalIpLocal, portal),
            (SetRole::HealthCheckNodePort, SetFields::Destination),
        ];
        for (role, fields) in through {
            let rule = Rule::new([self.in_set(role, fields)], Target::Return);
            self.filter.append(filter, rule);
        }
        let other = [
            Match::State(Polarity::Is, &[CtState::New]),
            self.in_set(SetRole::ServiceIps, SetFields::Destination),
        ];
        let refuse = Rule::new(other, Target::Reject(RejectReason::NoSuchPort));
        self.filter.append(filter, refuse);
    }
}

/// 127.0.0.0/8, or ::1.
fn loopback(family: Family) -> AddressMatch {
    let range = match family {
        Family::V4 => IpNet::new([127, 0, 0, 0].into(), 8),
        Family::V6 => IpNet::new(std::net::Ipv6Addr::LOCALHOST.into(), 128),
    };
    AddressMatch::Range(range.expect("a literal length"))
}

fn fixed(words: &'static str) -> Match {
    Match::Comment(Comment::Fixed(words))
}
