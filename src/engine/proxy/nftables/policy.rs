//! The chains of one Service port: `external-`, `firewall-`, `service-` and `local-`.

use ipnet::IpNet;

use super::{Writer, balance};
use crate::cluster::object::TrafficPolicy;
use crate::proxy::MASQUERADE_MARK;
use crate::proxy::service_ports::ServicePortInfo;
use crate::ruleset::nft::{Base, NftChainRole, NftStatement, NftVerdict};
use crate::ruleset::{ChainId, DropReason, Polarity};

/// The chains a Service port needs on this node.
pub(super) struct Chains {
    /// `service-`: policy Cluster.
    pub service: Option<ChainId>,
    /// `local-`: policy Local.
    pub local: Option<ChainId>,
    /// `external-`: from outside.
    pub external: Option<ChainId>,
    /// `firewall-`: source ranges.
    pub firewall: Option<ChainId>,
}

impl Chains {
    /// Adds them to the table, empty.
    pub(super) fn add(writer: &mut Writer, port: &ServicePortInfo) -> Chains {
        let base = Base::of_port(&port.name, port.protocol);
        let mut add = |wanted: bool, role| wanted.then(|| writer.chain(port, role, &base));
        let endpoints = &port.endpoints;
        Chains {
            service: add(!endpoints.cluster.is_empty(), NftChainRole::Service),
            local: add(!endpoints.local.is_empty(), NftChainRole::Local),
            external: add(
                endpoints.has_any_endpoint && port.is_external(),
                NftChainRole::External,
            ),
            // Source ranges are checked before endpoints.
            firewall: add(
                !port.vips.is_empty() && !port.source_ranges.is_empty(),
                NftChainRole::Firewall,
            ),
        }
    }
}

/// Fills them.
pub(super) fn write(writer: &mut Writer, port: &ServicePortInfo, chains: &Chains) {
    external(writer, port, chains);
    firewall(writer, port, chains);
    balance::write(writer, port, chains);
}

fn external(writer: &mut Writer, port: &ServicePortInfo, chains: &Chains) {
    let Some(chain) = chains.external else { return };
    let policy = match port.external {
        TrafficPolicy::Cluster => {
            writer.commented(
                chain,
                [NftStatement::OrMark(MASQUERADE_MARK)],
                NftVerdict::Continue,
                "masquerade",
            );
            chains.service
        }
        TrafficPolicy::Local => {
            short_cuts(writer, chain, chains.service);
            chains.local
        }
    };
    if let Some(policy) = policy {
        writer.rule(chain, [], NftVerdict::Goto(policy));
    }
}

/// Pods and the node itself use an address outside as they would use the cluster IP.
fn short_cuts(writer: &mut Writer, chain: ChainId, service: Option<ChainId>) {
    let Some(service) = service.map(NftVerdict::Goto) else {
        return;
    };
    if let Some(from_pod) = writer.pod_part(Polarity::Is) {
        writer.commented(
            chain,
            [from_pod],
            service.clone(),
            "short-circuit pod traffic",
        );
    }
    let mark = [
        NftStatement::LocalSource,
        NftStatement::OrMark(MASQUERADE_MARK),
    ];
    writer.commented(
        chain,
        mark,
        NftVerdict::Continue,
        "masquerade local traffic",
    );
    writer.commented(
        chain,
        [NftStatement::LocalSource],
        service,
        "short-circuit local traffic",
    );
}

fn firewall(writer: &mut Writer, port: &ServicePortInfo, chains: &Chains) {
    let Some(chain) = chains.firewall else { return };
    let mut allowed = port.source_ranges.clone();
    // A node whose own address is allowed may have the balancer's address on an interface, and use it as its source.
    let node = writer.node_address;
    if node.is_some_and(|node| allowed.iter().any(|range| range.contains(&node))) {
        allowed.extend(port.vips.iter().copied().map(IpNet::from));
    }
    writer.rule(
        chain,
        [NftStatement::Source(Polarity::IsNot, allowed)],
        NftVerdict::Drop(DropReason::SourceNotAllowed),
    );
}
