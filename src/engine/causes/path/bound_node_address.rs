//! An external IP that is the address of a node, in IPVS mode: kube-proxy binds it to the dummy interface of every other node,
//! which then no longer reaches the node that has it. Source: kubernetes `pkg/proxy/ipvs/proxier.go`, `syncProxyRules`.

use std::net::IpAddr;

use crate::causes::cause::{Cause, Evidence};
use crate::causes::survey::Survey;
use crate::cluster::config::ProxyMode;
use crate::cluster::object::{Node, Service};
use crate::diagnostic::{Fault, PathFault};
use crate::proxy::service_ports::is_served;
use crate::resolve::Stored;
use crate::trace::Trace;

/// Every such address.
pub(in crate::causes) fn check(survey: &Survey) -> Vec<Cause> {
    let services = survey.services();
    let found = services.flat_map(|(stored, service)| {
        let addresses = service.spec.external_ips.iter();
        addresses.filter_map(move |address| of_service(survey, stored, service, *address))
    });
    found.collect()
}

/// The called address is one: other nodes keep the packets for themselves.
pub(in crate::causes) fn of_trace(survey: &Survey, trace: &Trace) -> Option<Cause> {
    let called = trace.called()?;
    let mut services = survey.services();
    services.find_map(|(stored, service)| of_service(survey, stored, service, called))
}

fn of_service(
    survey: &Survey,
    stored: &Stored,
    service: &Service,
    address: IpAddr,
) -> Option<Cause> {
    let cluster = &survey.resolved.cluster;
    let proxy = &cluster.config.proxy;
    let binds = proxy.mode == ProxyMode::Ipvs && proxy.external_ips && is_served(service);
    if !binds || cluster.nodes.len() < 2 {
        return None;
    }
    let mut own = service.spec.external_ips.iter();
    let index = own.position(|own| *own == address)?;
    let mut nodes = cluster.nodes.values();
    let node = nodes.find(|node| has_internal(node, address))?;
    let fault = Fault::Path(PathFault::NodeAddressBound {
        service: stored.name.name.to_string(),
        address: address.to_string(),
        node: node.metadata.name.to_string(),
    });
    let field = format!("spec.externalIPs[{index}]");
    Some(Cause::certain(fault, vec![Evidence::of(stored, &field)]))
}

/// Whether the address is on an interface of the node, and not one that a cloud translates.
fn has_internal(node: &Node, address: IpAddr) -> bool {
    let internal = (node.status.addresses.iter()).filter(|own| own.address_type == "InternalIP");
    let mut parsed = internal.filter_map(|own| own.address.parse::<IpAddr>().ok());
    parsed.any(|own| own == address)
}

#[cfg(test)]
mod tests {
    use crate::causes::tests::check_text;
    use crate::cluster::config::{Config, ProxyMode};
    use crate::diagnostic::{Fault, PathFault, Problem};

    /// The nodes whose addresses are bound elsewhere, in a cluster of nodes 192.168.0.11 and following.
    fn bound(spec: &str, mode: ProxyMode) -> Vec<String> {
        let text = format!(
            "apiVersion: v1\nkind: Service\nmetadata: {{name: web}}\nspec: {{{spec}, ports: [{{port: 80}}]}}\n"
        );
        let config = Config {
            proxy: mode.into(),
            ..Config::default()
        };
        let mut found = Vec::new();
        for (diagnostic, _) in check_text(&text, &config) {
            if let Problem::Cause(Fault::Path(PathFault::NodeAddressBound { node, .. })) =
                diagnostic.problem
            {
                found.push(node);
            }
        }
        found
    }

    #[test]
    fn in_ipvs_mode_other_nodes_take_the_address_of_a_node() {
        let spec = "externalIPs: [192.168.0.12, 203.0.113.90]";
        assert_eq!(bound(spec, ProxyMode::Ipvs), ["node-2"]);
        // The rules of the other modes are only for the Service's port.
        assert!(bound(spec, ProxyMode::Iptables).is_empty());
        assert!(bound(spec, ProxyMode::Nftables).is_empty());
        // kube-proxy has nothing for a headless Service.
        let headless = "clusterIP: None, externalIPs: [192.168.0.12]";
        assert!(bound(headless, ProxyMode::Ipvs).is_empty());
    }
}
