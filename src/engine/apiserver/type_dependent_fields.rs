//! What a Service no longer has when it changes its type (`pkg/registry/core/service/strategy.go`
//! `dropTypeDependentFields`).
//!
//! When the type of a stored Service changes, fields that the server filled in for the old type remain. A field is dropped
//! if the new type does not use it and its value is unchanged; a changed value stays and is rejected.

use std::collections::BTreeSet;

use super::field::Field;
use super::go_json::to_json;
use super::service_spec::{
    has_cluster_ip, has_node_ports, needs_health_check, port_mut, service_type,
};
use crate::manifest::tree::{Yaml, YamlValue};
use crate::sort;

/// Fields of `spec`, and whether a Service has a use for them.
type Use = (&'static [&'static str], fn(&Yaml) -> bool);

const USES: [Use; 6] = [
    (&["ipFamilies"], has_cluster_ip),
    (&["ipFamilyPolicy"], has_cluster_ip),
    (&["healthCheckNodePort"], needs_health_check),
    (&["allocateLoadBalancerNodePorts"], is_load_balancer),
    (&["loadBalancerClass"], is_load_balancer),
    (&["externalTrafficPolicy"], is_accessible),
];

/// Takes from `new` what only the type of `old` had a use for.
pub(super) fn drop_from(new: &mut Yaml, old: &Yaml) {
    let addresses: Use = (&["clusterIP", "clusterIPs"], has_cluster_ip);
    for (fields, has_use) in [addresses].into_iter().chain(USES) {
        let is_outgrown =
            has_use(old) && !has_use(new) && fields.iter().all(|field| is_same(new, old, field));
        if let Some(spec) = new.get_mut("spec").filter(|_| is_outgrown) {
            for field in fields {
                spec.remove(field);
            }
        }
    }
    if has_node_ports(old) && !has_node_ports(new) && node_ports(old).is_superset(&node_ports(new))
    {
        drop_node_ports(new);
    }
    if !is_load_balancer(new)
        && let Some(status) = new.get_mut("status")
    {
        status.set("loadBalancer", YamlValue::Map(Vec::new()));
    }
}

fn is_same(new: &Yaml, old: &Yaml, field: &'static str) -> bool {
    let value = |service| to_json(Field::root(service).at(&["spec", field]).node());
    value(new) == value(old)
}

fn is_load_balancer(service: &Yaml) -> bool {
    service_type(service) == "LoadBalancer"
}

/// Whether it can be reached from outside of the cluster.
fn is_accessible(service: &Yaml) -> bool {
    let has_external_ips = !Field::root(service).at(&["spec", "externalIPs"]).is_empty();
    has_node_ports(service) || service_type(service) == "ClusterIP" && has_external_ips
}

fn node_ports(service: &Yaml) -> BTreeSet<i64> {
    let ports = Field::root(service).at(&["spec", "ports"]).items();
    sort::set(
        ports
            .iter()
            .map(|port| port.child("nodePort").int())
            .filter(|&port| port != 0),
    )
}

fn drop_node_ports(service: &mut Yaml) {
    let count = Field::root(service).at(&["spec", "ports"]).len();
    for place in 0..count {
        if let Some(port) = port_mut(service, place) {
            port.remove("nodePort");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::apiserver::testing::node;

    const BALANCER: &str = r#"{"spec":{"type":"LoadBalancer","clusterIP":"10.96.0.9","clusterIPs":["10.96.0.9"],"allocateLoadBalancerNodePorts":true,"externalTrafficPolicy":"Cluster","ports":[{"port":80,"nodePort":30080}]},"status":{"loadBalancer":{"ingress":[{"ip":"203.0.113.9"}]}}}"#;

    fn changed(from: &str, to: &str) -> String {
        let mut new = node(&BALANCER.replace(from, to));
        drop_from(&mut new, &node(BALANCER));
        to_json(Some(&new))
    }

    #[test]
    fn what_only_a_load_balancer_has_goes_with_it() {
        assert_eq!(
            changed("LoadBalancer\"", "ClusterIP\""),
            r#"{"spec":{"clusterIP":"10.96.0.9","clusterIPs":["10.96.0.9"],"ports":[{"port":80}],"type":"ClusterIP"},"status":{"loadBalancer":{}}}"#
        );
    }

    #[test]
    fn a_name_outside_the_cluster_has_no_address() {
        assert_eq!(
            changed("LoadBalancer\"", "ExternalName\""),
            r#"{"spec":{"ports":[{"port":80}],"type":"ExternalName"},"status":{"loadBalancer":{}}}"#
        );
    }

    #[test]
    fn what_is_still_of_use_stays() {
        assert!(changed("LoadBalancer\"", "NodePort\"").contains(r#""nodePort":30080"#));
    }

    #[test]
    fn another_node_port_is_asked_for_and_stays() {
        let mut new = node(
            &BALANCER
                .replace("LoadBalancer\"", "ClusterIP\"")
                .replace("30080", "30081"),
        );
        drop_from(&mut new, &node(BALANCER));
        assert!(to_json(Some(&new)).contains("30081"));
    }
}
