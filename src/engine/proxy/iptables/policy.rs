//! The chains of one Service port: `KUBE-EXT-`, `KUBE-FW-`, `KUBE-SVC-` and `KUBE-SVL-`.

use super::balance;
use super::service::{destination, with};
use super::{Writer, comment};
use crate::cluster::object::TrafficPolicy;
use crate::proxy::service_ports::ServicePortInfo;
use crate::ruleset::{
    AddressMatch, ChainId, ChainName, ChainRole, Hash, Match, Polarity, Purpose, Target,
};

/// The chains a Service port needs on this node.
pub(super) struct Chains {
    /// `KUBE-SVC-`: policy Cluster.
    pub service: Option<ChainId>,
    /// `KUBE-SVL-`: policy Local.
    pub local: Option<ChainId>,
    /// `KUBE-EXT-`: from outside.
    pub external: Option<ChainId>,
    /// `KUBE-FW-`: source ranges.
    pub firewall: Option<ChainId>,
}

impl Chains {
    /// Adds them to the table, empty.
    pub(super) fn add(writer: &mut Writer, port: &ServicePortInfo) -> Chains {
        let hash = hash(port);
        let mut add =
            |wanted: bool, role| wanted.then(|| writer.nat.add(ChainName::Of(role, hash)));
        let endpoints = &port.endpoints;
        // Even without a usable endpoint, pods and the node itself are taken past the external policy.
        let external = endpoints.has_any_endpoint && port.is_external();
        Chains {
            service: add(!endpoints.cluster.is_empty(), ChainRole::Service),
            local: add(!endpoints.local.is_empty(), ChainRole::Local),
            external: add(external, ChainRole::External),
            firewall: add(
                external && !port.vips.is_empty() && !port.source_ranges.is_empty(),
                ChainRole::Firewall,
            ),
        }
    }
}

/// What the names of a Service port's chains end in.
pub(super) fn hash(port: &ServicePortInfo) -> Hash {
    Hash::of(&[&port.text, port.protocol.lower()])
}

/// Fills them.
pub(super) fn write(writer: &mut Writer, port: &ServicePortInfo, chains: &Chains) {
    masquerade_cluster_ip(writer, port, chains);
    external(writer, port, chains);
    firewall(writer, port, chains);
    balance::write(writer, port, chains);
}

/// What comes to the cluster IP from elsewhere than a pod must come back through this node.
fn masquerade_cluster_ip(writer: &mut Writer, port: &ServicePortInfo, chains: &Chains) {
    let chain = match port.internal {
        TrafficPolicy::Cluster => chains.service,
        TrafficPolicy::Local => chains.local,
    };
    let from = writer.pod_match(Polarity::IsNot);
    let from = from.filter(|_| !writer.config.masquerade_all);
    let Some(chain) = chain.filter(|_| writer.config.masquerade_all || from.is_some()) else {
        return;
    };
    let to = destination(port.protocol, port.cluster_ip, port.port);
    let mut matches = with(comment(port, Purpose::ClusterIp), to);
    matches.extend(from);
    writer.nat(chain, matches, Target::Jump(writer.frame.mark_masq));
}

fn external(writer: &mut Writer, port: &ServicePortInfo, chains: &Chains) {
    let Some(chain) = chains.external else { return };
    let mark = Target::Jump(writer.frame.mark_masq);
    match port.external {
        TrafficPolicy::Cluster => {
            writer.nat(chain, [comment(port, Purpose::MasqueradeExternal)], mark);
            if let Some(service) = chains.service {
                writer.nat(chain, [], Target::Jump(service));
            }
        }
        TrafficPolicy::Local => {
            short_cuts(writer, port, chain, chains.service);
            if let Some(local) = chains.local {
                writer.nat(chain, [], Target::Jump(local));
            }
        }
    }
}

/// Pods and the node itself use an address outside as they would use the cluster IP.
fn short_cuts(
    writer: &mut Writer,
    port: &ServicePortInfo,
    chain: ChainId,
    service: Option<ChainId>,
) {
    let Some(service) = service.map(Target::Jump) else {
        return;
    };
    if let Some(from_pod) = writer.pod_match(Polarity::Is) {
        writer.nat(
            chain,
            [comment(port, Purpose::PodTraffic), from_pod],
            service.clone(),
        );
    }
    let mark = Target::Jump(writer.frame.mark_masq);
    writer.nat(
        chain,
        [
            comment(port, Purpose::MasqueradeLocal),
            Match::LocalSource(Polarity::Is),
        ],
        mark,
    );
    writer.nat(
        chain,
        [
            comment(port, Purpose::RouteLocal),
            Match::LocalSource(Polarity::Is),
        ],
        service,
    );
}

fn firewall(writer: &mut Writer, port: &ServicePortInfo, chains: &Chains) {
    let (Some(chain), Some(external)) = (chains.firewall, chains.external) else {
        return;
    };
    let about = || comment(port, Purpose::LoadBalancerIp);
    let mut allow = |sources: AddressMatch| {
        writer.nat(
            chain,
            [about(), Match::Source(Polarity::Is, sources)],
            Target::Jump(external),
        );
    };
    port.source_ranges
        .iter()
        .for_each(|&range| allow(AddressMatch::Range(range)));
    // A node whose own address is allowed may have the balancer's address on an interface, and use it as its source.
    let node = writer.node_address;
    if node.is_some_and(|node| port.source_ranges.iter().any(|range| range.contains(&node))) {
        for &vip in &port.vips {
            let from_vip = Match::Source(Polarity::Is, AddressMatch::One(vip));
            writer.nat(chain, [about(), from_vip], Target::Jump(external));
        }
    }
    writer.nat(
        chain,
        [comment(port, Purpose::OtherDropped)],
        Target::Nothing,
    );
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::names::Family;
    use crate::proxy::iptables::rules;
    use crate::ruleset::{Chain, Effect, Rule};
    use crate::testing::{object, range, service_with_endpoint};
    use serde_json::json;

    /// The sources that each rule of `KUBE-SVC-` which marks for masquerading matches.
    fn masqueraded_sources(masquerade_all: bool) -> Vec<Vec<Match>> {
        let spec = json!({"clusterIP": "10.96.0.10", "ports": [{"port": 80}]});
        let mut cluster = service_with_endpoint(&spec);
        cluster.config.proxy.masquerade_all = masquerade_all;
        let nat = rules(&cluster, &object("metadata: {name: a}"), Family::V4).nat;
        let is_service =
            |chain: &&Chain| matches!(chain.name, ChainName::Of(ChainRole::Service, _));
        let marks = |rule: &&Rule| rule.effect(&nat) == Effect::MarkForMasquerade;
        let chains = nat.chains.iter().filter(is_service);
        let marking = chains.flat_map(|chain| &chain.rules).filter(marks);
        marking
            .map(|rule| {
                let matches = rule.matches.iter().cloned();
                matches
                    .filter(|part| matches!(part, Match::Source(..)))
                    .collect()
            })
            .collect()
    }

    #[test]
    fn masquerade_all_marks_every_source() {
        let no_pod = Match::Source(Polarity::IsNot, AddressMatch::Range(range("10.244.0.0/16")));
        assert_eq!(masqueraded_sources(false), [vec![no_pod]]);
        assert_eq!(masqueraded_sources(true), [Vec::<Match>::new()]);
    }
}
