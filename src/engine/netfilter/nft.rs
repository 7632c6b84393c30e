//! kube-proxy's nftables chains against one packet (`nft_do_chain`). Lookups in sets and maps take the place of trying
//! rule after rule.

use super::chain::{ChainOutcome, is};
use super::kernel::Kernel;
use super::traversal::Traversal;
use crate::ruleset::nft::{
    BaseChainType, Contents, Element, ElementVerdict, NftRule, NftStatement, NftTable, NftVerdict,
    SetId,
};
use crate::ruleset::{ChainId, CtState, Hash, RuleId, RuleTable, SourcePort};

/// Asks the chains at the hook a packet is at.
pub(super) fn hook(kernel: &Kernel, table: &NftTable, passing: &mut Traversal) -> ChainOutcome {
    for (start, kind) in table.at(passing.hook) {
        if kind == BaseChainType::Nat && !passing.asks_nat() {
            continue;
        }
        match chain(kernel, table, passing, start) {
            ChainOutcome::Through | ChainOutcome::Accept => {}
            ended @ (ChainOutcome::Drop | ChainOutcome::Reject) => return ended,
        }
    }
    ChainOutcome::Through
}

fn chain(kernel: &Kernel, table: &NftTable, passing: &mut Traversal, id: ChainId) -> ChainOutcome {
    for (place, rule) in (0..).zip(&table.chain(id).rules) {
        passing.examined += 1;
        if !rule
            .parts
            .iter()
            .all(|part| holds(kernel, table, passing, part))
        {
            continue;
        }
        let Some(found) = look_up(table, passing, rule) else {
            continue;
        };
        passing.note(RuleId {
            family: table.family,
            table: RuleTable::KubeProxy,
            chain: id,
            rule: place,
            element: found.map(|(index, _)| index),
        });
        match act(
            kernel,
            table,
            passing,
            rule,
            found.map(|(_, element)| element),
        ) {
            After::NextRule => {}
            After::Ends(outcome) => return outcome,
        }
    }
    ChainOutcome::Through
}

/// What comes after a rule that matched.
enum After {
    NextRule,
    Ends(ChainOutcome),
}

/// The element a rule looks up, with its place; none at all when it looks one up that is not there.
fn look_up<'a>(
    table: &'a NftTable,
    passing: &Traversal,
    rule: &NftRule,
) -> Option<Option<(u32, &'a Element)>> {
    let Some(map) = rule.map() else {
        return Some(None);
    };
    let port = (passing.packet.protocol, passing.packet.destination.port());
    let place = match &table.set(map).contents {
        Contents::ByAddress(elements) => {
            elements.binary_search_by_key(&(passing.packet.destination.ip(), port), |(key, _)| *key)
        }
        Contents::ByPort(elements) => elements.binary_search_by_key(&port, |(key, _)| *key),
        Contents::Addresses(_) | Contents::Connections(_) | Contents::Clients { .. } => {
            return None;
        }
    };
    let place = place.ok()?;
    Some(
        table
            .element(map, place)
            .map(|element| (place as u32, element)),
    )
}

fn act(
    kernel: &Kernel,
    table: &NftTable,
    passing: &mut Traversal,
    rule: &NftRule,
    found: Option<&Element>,
) -> After {
    let goto = |passing: &mut Traversal, to| After::Ends(chain(kernel, table, passing, to));
    let ended = match &rule.verdict {
        NftVerdict::Continue => return After::NextRule,
        NftVerdict::Jump(to) => match chain(kernel, table, passing, *to) {
            ChainOutcome::Through => return After::NextRule,
            decided @ (ChainOutcome::Accept | ChainOutcome::Drop | ChainOutcome::Reject) => decided,
        },
        NftVerdict::Goto(to) => return goto(passing, *to),
        NftVerdict::GotoOneOf(chains) => {
            let to = chains[passing.draws.pick(chains.len())];
            return goto(passing, to);
        }
        NftVerdict::Drop(_) => ChainOutcome::Drop,
        NftVerdict::Reject(_) => ChainOutcome::Reject,
        NftVerdict::Masquerade => passing.masquerade(kernel, SourcePort::Random),
        NftVerdict::Dnat(to) => passing.dnat(*to),
        NftVerdict::DnatOneOf(endpoints) => {
            let to = endpoints[passing.draws.pick(endpoints.len())];
            passing.dnat(to)
        }
        NftVerdict::ByAddress(_) | NftVerdict::ByPort(_) => {
            match found.map(|element| element.verdict) {
                Some(ElementVerdict::Goto(to)) => return goto(passing, to),
                Some(ElementVerdict::Drop(_)) => ChainOutcome::Drop,
                None => return After::NextRule,
            }
        }
    };
    After::Ends(ended)
}

fn holds(kernel: &Kernel, table: &NftTable, passing: &mut Traversal, part: &NftStatement) -> bool {
    let (source, destination) = (passing.packet.source.ip(), passing.packet.destination);
    match part {
        NftStatement::DestinationIn(set) => match &table.set(*set).contents {
            Contents::Addresses(addresses) => addresses.binary_search(&destination.ip()).is_ok(),
            Contents::Connections(_)
            | Contents::Clients { .. }
            | Contents::ByAddress(_)
            | Contents::ByPort(_) => false,
        },
        NftStatement::Destination(sense, ranges) => is(
            *sense,
            ranges.iter().any(|range| range.contains(&destination.ip())),
        ),
        NftStatement::Source(sense, ranges) => {
            is(*sense, ranges.iter().any(|range| range.contains(&source)))
        }
        NftStatement::Remembered(set) => match table.set(*set).contents {
            Contents::Clients { list, seconds } => {
                passing.seconds = seconds;
                // An element is gone the moment its time is over; `xt_recent` still counts that second.
                passing.is_remembered(list, seconds.saturating_sub(1))
            }
            Contents::Addresses(_)
            | Contents::Connections(_)
            | Contents::ByAddress(_)
            | Contents::ByPort(_) => false,
        },
        NftStatement::Remember(set) => {
            passing.remembered = clients(table, *set);
            true
        }
        NftStatement::InputInterface(sense, interface) => is(*sense, passing.came_by(interface)),
        NftStatement::LocalSource => kernel.is_local(source),
        NftStatement::LocalDestination => kernel.is_local(destination.ip()),
        NftStatement::New => passing.is_in(CtState::New),
        NftStatement::Translated => passing.is_dnat(),
        NftStatement::Protocol(protocol) => passing.packet.protocol == *protocol,
        NftStatement::Marked(bits) => passing.mark & bits != 0,
        NftStatement::OrMark(bits) => {
            passing.mark |= bits;
            true
        }
        NftStatement::XorMark(bits) => {
            passing.mark ^= bits;
            true
        }
        NftStatement::ConnectionIn(set) => match &table.set(*set).contents {
            Contents::Connections(keys) => {
                let key = (
                    destination.ip(),
                    (passing.packet.protocol, destination.port()),
                );
                source == destination.ip() && keys.binary_search(&key).is_ok()
            }
            Contents::Addresses(_)
            | Contents::Clients { .. }
            | Contents::ByAddress(_)
            | Contents::ByPort(_) => false,
        },
    }
}

/// The list of a set of clients.
fn clients(table: &NftTable, set: SetId) -> Option<Hash> {
    match table.set(set).contents {
        Contents::Clients { list, .. } => Some(list),
        Contents::Addresses(_)
        | Contents::Connections(_)
        | Contents::ByAddress(_)
        | Contents::ByPort(_) => None,
    }
}

#[cfg(test)]
mod tests {

    use crate::cluster::config::ProxyMode;
    use crate::cluster::object::Node;
    use crate::names::{Family, Protocol};
    use crate::netfilter::{
        Affinity, Arrival, Kernel, Packet, PacketIn, RulesVerdict, Tracking, Walk, walk,
    };
    use crate::rng::Rng;
    use crate::testing::service_with_endpoint;
    use serde_json::json;

    /// A Service with affinity and one endpoint, and a packet to an address.
    fn walked(to: &str) -> (Kernel, Walk) {
        let spec = json!({"clusterIP": "10.96.0.10", "ports": [{"port": 80}], "sessionAffinity": "ClientIP"});
        let mut cluster = service_with_endpoint(&spec);
        cluster.config.proxy.mode = ProxyMode::Nftables;
        let kernel = Kernel::of_node(&cluster, &Node::default(), Family::V4);
        let address = |text: &str| text.parse().expect("a literal address");
        let packet = Packet::first(Protocol::Tcp, address("10.244.1.2:40000"), address(to));
        let (affinity, arrival) = (Affinity::default(), Arrival::Interface("cni0"));
        let entering = PacketIn {
            packet,
            arrival,
            tracking: Tracking::New,
            affinity: &affinity,
            now: 0,
        };
        let walk = walk(&kernel, &entering, &Rng::new(0, 0));
        (kernel, walk)
    }

    #[test]
    fn an_address_in_the_map_leads_to_its_service_and_the_client_is_remembered() {
        let (kernel, walk) = walked("10.96.0.10:80");
        assert_eq!(
            walk.verdict,
            RulesVerdict::Dnat("10.244.1.3:8080".parse().expect("a literal address"))
        );
        assert!(
            walk.affinity
                .is_some_and(|affinity| affinity.seconds == 10_800)
        );
        let step = kernel.decisive(&walk).expect("a rule");
        assert_eq!(
            kernel.line(step).text(),
            "ip daddr . meta l4proto . th dport vmap @service-ips"
        );
        let element = "10.96.0.10 . tcp . 80 : goto service-PFISGYVC-default/web/tcp/";
        assert_eq!(kernel.element_text(step).as_deref(), Some(element));
        assert_eq!(
            kernel
                .service_port(step)
                .map(ToString::to_string)
                .as_deref(),
            Some("default/web")
        );
    }

    #[test]
    fn an_unused_port_of_a_cluster_ip_is_refused() {
        assert_eq!(walked("10.96.0.10:9999").1.verdict, RulesVerdict::Reject);
    }

    #[test]
    fn an_unallocated_cluster_ip_is_dropped() {
        assert_eq!(walked("10.96.0.11:80").1.verdict, RulesVerdict::Drop);
    }
}
