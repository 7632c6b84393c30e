//! An external IP of a Service that is an address of a pool of MetalLB: its speakers announce the addresses that MetalLB gave,
//! those of `status.loadBalancer`, and no others. Source: metallb `speaker/main.go`, `handleService`.

use std::net::IpAddr;

use crate::causes::cause::{Cause, Evidence};
use crate::causes::survey::Survey;
use crate::cluster::object::Service;
use crate::controllers::metallb::config::silent_pool;
use crate::diagnostic::{Fault, LoadBalancerFault};
use crate::resolve::Stored;

/// Every such address.
pub(in crate::causes) fn check(survey: &Survey) -> Vec<Cause> {
    let services = survey.services();
    let found = services.flat_map(|(stored, service)| {
        let addresses = service.spec.external_ips.iter();
        addresses.filter_map(move |address| of_service(survey, stored, service, *address))
    });
    found.collect()
}

/// Why no host has a called address: it is such an external IP.
pub(in crate::causes) fn of_address(survey: &Survey, address: IpAddr) -> Option<Cause> {
    let mut services = survey.services();
    services.find_map(|(stored, service)| of_service(survey, stored, service, address))
}

fn of_service(
    survey: &Survey,
    stored: &Stored,
    service: &Service,
    address: IpAddr,
) -> Option<Cause> {
    let mut own = service.spec.external_ips.iter();
    let index = own.position(|own| *own == address)?;
    let cluster = &survey.resolved.cluster;
    let mut nodes = cluster.nodes.values();
    if nodes.any(|node| node.addresses().any(|own| own == address)) {
        return None;
    }
    let pool = silent_pool(cluster, address)?;
    let fault = Fault::LoadBalancer(LoadBalancerFault::ExternalIpOfPool {
        service: stored.name.name.to_string(),
        address: address.to_string(),
        pool: pool.name.to_string(),
    });
    let field = format!("spec.externalIPs[{index}]");
    Some(Cause::certain(fault, vec![Evidence::of(stored, &field)]))
}

#[cfg(test)]
mod tests {
    use crate::causes::tests::check_text;
    use crate::cluster::Config;
    use crate::diagnostic::{Fault, LoadBalancerFault, Problem};

    /// The external IPs of the pool 192.0.2.0/28 that no advertisement announces, with another object in the text.
    fn silent(addresses: &str, other: &str) -> Vec<String> {
        let text = format!(
            "apiVersion: v1\nkind: Service\nmetadata: {{name: web}}\n\
             spec: {{externalIPs: [{addresses}], ports: [{{port: 80}}]}}\n---\n\
             apiVersion: metallb.io/v1beta1\nkind: IPAddressPool\n\
             metadata: {{name: lan, namespace: metallb-system}}\nspec: {{addresses: [192.0.2.0/28]}}\n---\n{other}"
        );
        let mut found = Vec::new();
        for (diagnostic, _) in check_text(&text, &Config::default()) {
            if let Problem::Cause(Fault::LoadBalancer(LoadBalancerFault::ExternalIpOfPool {
                address,
                ..
            })) = diagnostic.problem
            {
                found.push(address);
            }
        }
        found
    }

    #[test]
    fn metallb_announces_no_external_ip() {
        let advertisement = |kind: &str| {
            format!(
                "apiVersion: metallb.io/v1beta1\nkind: {kind}\nmetadata: {{name: lan, namespace: metallb-system}}\n"
            )
        };
        let addresses = "192.0.2.9, 198.51.100.9";
        let layer_2 = advertisement("L2Advertisement");
        assert_eq!(silent(addresses, &layer_2), ["192.0.2.9"]);
        // A router may know the whole pool.
        let bgp = advertisement("BGPAdvertisement");
        assert!(silent(addresses, &bgp).is_empty());
        // Another Service has the address from MetalLB: a node answers for it.
        let other = "apiVersion: v1\nkind: Service\nmetadata: {name: api}\n\
             spec: {type: LoadBalancer, loadBalancerIP: 192.0.2.9, ports: [{port: 81}]}\n";
        assert!(silent(addresses, &format!("{layer_2}---\n{other}")).is_empty());
    }
}
