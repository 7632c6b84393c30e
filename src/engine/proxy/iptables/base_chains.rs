//! The chains and rules every node has, whatever its Services.
//!
//! Each jump into kube-proxy's chains is inserted at the top of its hook when kube-proxy starts, so that the one
//! installed last comes first.

use ipnet::IpNet;

use super::node_ports::NodePorts;
use crate::cluster::config::ProxyConfig;
use crate::proxy::MASQUERADE_MARK;
use crate::ruleset::{
    AddressMatch, ChainId, ChainName, Comment, CtState, DropReason, Hook, Match, Polarity, Rule,
    SharedChain, SourcePort, Table, Target,
};

/// Where the rules of Services go.
#[derive(Clone, Copy)]
pub(super) struct BaseChains {
    /// nat `KUBE-SERVICES`.
    pub services: ChainId,
    /// nat `KUBE-NODEPORTS`.
    pub node_ports: ChainId,
    /// nat `KUBE-MARK-MASQ`.
    pub mark_masq: ChainId,
    /// filter `KUBE-SERVICES`: cluster IPs of Services without endpoints.
    pub unanswered: ChainId,
    /// filter `KUBE-EXTERNAL-SERVICES`: external addresses of Services without endpoints.
    pub unanswered_external: ChainId,
    /// filter `KUBE-NODEPORTS`: ports of health checks.
    pub health_checks: ChainId,
    /// filter `KUBE-PROXY-FIREWALL`: load balancer addresses with source ranges.
    pub firewall: ChainId,
}

impl BaseChains {
    /// Writes the shared chains into empty tables.
    pub(super) fn install(
        nat: &mut Table,
        filter: &mut Table,
        config: &ProxyConfig,
        node_ports: &NodePorts,
    ) -> BaseChains {
        let (services, nat_node_ports, mark_masq) = install_nat(nat);
        let hooks = [Hook::Input, Hook::Forward, Hook::Output].map(|hook| filter.add(hook.chain()));
        let own = [
            SharedChain::Services,
            SharedChain::ExternalServices,
            SharedChain::Forward,
            SharedChain::NodePorts,
            SharedChain::ProxyFirewall,
            SharedChain::Firewall,
        ]
        .map(|chain| filter.add(ChainName::Shared(chain)));
        hook_filter(filter, hooks, own);
        let [
            unanswered,
            unanswered_external,
            forward,
            health_checks,
            firewall,
            kube_firewall,
        ] = own;
        if node_ports.answers_on_localhost() {
            filter.append(kube_firewall, block_incoming_localnet());
        }
        forwarding(filter, forward, config);
        BaseChains {
            services,
            node_ports: nat_node_ports,
            mark_masq,
            unanswered,
            unanswered_external,
            health_checks,
            firewall,
        }
    }
}

fn install_nat(nat: &mut Table) -> (ChainId, ChainId, ChainId) {
    let [prerouting, _input, output, postrouting] = [
        Hook::Prerouting,
        Hook::Input,
        Hook::Output,
        Hook::Postrouting,
    ]
    .map(|hook| nat.add(hook.chain()));
    let [services, node_ports, kube_postrouting, mark_masq] = [
        SharedChain::Services,
        SharedChain::NodePorts,
        SharedChain::Postrouting,
        SharedChain::MarkMasq,
    ]
    .map(|chain| nat.add(ChainName::Shared(chain)));
    let portals = || vec![fixed("kubernetes service portals")];
    nat.append(prerouting, Rule::new(portals(), Target::Jump(services)));
    nat.append(output, Rule::new(portals(), Target::Jump(services)));
    let comment = [fixed("kubernetes postrouting rules")];
    nat.append(
        postrouting,
        Rule::new(comment, Target::Jump(kube_postrouting)),
    );
    let unmarked = [Match::Mark(Polarity::IsNot, MASQUERADE_MARK)];
    nat.append(kube_postrouting, Rule::new(unmarked, Target::Return));
    // The mark is taken off again, so that a packet that comes back in is not masqueraded twice.
    nat.append(
        kube_postrouting,
        Rule::new([], Target::XorMark(MASQUERADE_MARK)),
    );
    let comment = [fixed("kubernetes service traffic requiring SNAT")];
    nat.append(
        kube_postrouting,
        Rule::new(comment, Target::Masquerade(SourcePort::Random)),
    );
    nat.append(mark_masq, Rule::new([], Target::OrMark(MASQUERADE_MARK)));
    (services, node_ports, mark_masq)
}

fn hook_filter(filter: &mut Table, hooks: [ChainId; 3], own: [ChainId; 6]) {
    let [input, forward, output] = hooks;
    let [
        services,
        external,
        kube_forward,
        node_ports,
        firewall,
        kube_firewall,
    ] = own;
    let new = |words| vec![Match::State(Polarity::Is, &[CtState::New]), fixed(words)];
    let (balancer, portals) = (
        "kubernetes load balancer firewall",
        "kubernetes service portals",
    );
    let visible = "kubernetes externally-visible service portals";
    let jumps = [
        (input, vec![], kube_firewall),
        (input, new(balancer), firewall),
        (
            input,
            vec![fixed("kubernetes health check service ports")],
            node_ports,
        ),
        (input, new(visible), external),
        (forward, new(balancer), firewall),
        (
            forward,
            vec![fixed("kubernetes forwarding rules")],
            kube_forward,
        ),
        (forward, new(portals), services),
        (forward, new(visible), external),
        (output, vec![], kube_firewall),
        (output, new(balancer), firewall),
        (output, new(portals), services),
    ];
    for (hook, matches, chain) in jumps {
        filter.append(hook, Rule::new(matches, Target::Jump(chain)));
    }
}

/// Node ports on 127.0.0.1 need `route_localnet`, which would let neighbours reach the node's own loopback services
/// (CVE-2020-8558).
fn block_incoming_localnet() -> Rule {
    let matches = [
        fixed("block incoming localnet connections"),
        Match::Destination(Polarity::Is, loopback()),
        Match::Source(Polarity::IsNot, loopback()),
        Match::State(
            Polarity::IsNot,
            &[CtState::Related, CtState::Established, CtState::Dnat],
        ),
    ];
    Rule::new(matches, Target::Drop(DropReason::IncomingLoopback))
}

fn forwarding(filter: &mut Table, forward: ChainId, config: &ProxyConfig) {
    let mut invalid = vec![Match::State(Polarity::Is, &[CtState::Invalid])];
    invalid.extend(
        config
            .nfacct
            .then_some(Match::Account("ct_state_invalid_dropped_pkts")),
    );
    filter.append(
        forward,
        Rule::new(invalid, Target::Drop(DropReason::InvalidState)),
    );
    let marked = [
        fixed("kubernetes forwarding rules"),
        Match::Mark(Polarity::Is, MASQUERADE_MARK),
    ];
    filter.append(forward, Rule::new(marked, Target::Accept));
    let later = [
        fixed("kubernetes forwarding conntrack rule"),
        Match::State(Polarity::Is, &[CtState::Related, CtState::Established]),
    ];
    filter.append(forward, Rule::new(later, Target::Accept));
}

/// 127.0.0.0/8.
pub(super) fn loopback() -> AddressMatch {
    AddressMatch::Range(IpNet::new([127, 0, 0, 0].into(), 8).expect("8 is a length"))
}

fn fixed(words: &'static str) -> Match {
    Match::Comment(Comment::Fixed(words))
}
