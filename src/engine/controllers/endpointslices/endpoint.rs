//! A pod as an endpoint: whether it is one, and its conditions.
//!
//! kubernetes `staging/src/k8s.io/endpointslice/utils.go` (`podToEndpoint`) and `util/controller_utils.go`
//! (`ShouldPodBeInEndpoints`, `ShouldSetHostname`).

use smol_str::SmolStr;

use crate::cluster::object::{
    AddressType, Endpoint, EndpointConditions, Node, ObjectReference, Pod, Service,
};
use crate::names::Family;

/// Whether a selected pod is an endpoint: it has an address and has not finished. Terminating pods are endpoints with the
/// condition `terminating`.
pub fn is_member(pod: &Pod) -> bool {
    !pod.has_finished() && pod.addresses().next().is_some()
}

/// The endpoint of a pod; `None` if the pod has no address of that type.
pub fn endpoint_of(
    pod: &Pod,
    node: Option<&Node>,
    service: &Service,
    address_type: AddressType,
) -> Option<Endpoint> {
    let family = match address_type {
        AddressType::IPv4 => Family::V4,
        AddressType::IPv6 => Family::V6,
        AddressType::Fqdn => return None,
    };
    let address = pod.address(family)?;
    Some(Endpoint {
        addresses: vec![address.to_string().into()],
        conditions: conditions(pod, service),
        hostname: published_hostname(pod, service).map(SmolStr::from),
        target_ref: Some(reference(pod)),
        node_name: Some(pod.spec.node_name.clone()).filter(|name| !name.is_empty()),
        zone: node.and_then(zone_of),
        hints: None,
    })
}

/// The zone of a node; a label without a value is as good as none.
fn zone_of(node: &Node) -> Option<SmolStr> {
    node.zone()
        .filter(|zone| !zone.is_empty())
        .map(SmolStr::from)
}

/// The endpoint's conditions. This controller sets all three.
pub fn conditions(pod: &Pod, service: &Service) -> EndpointConditions {
    let (serving, terminating) = (pod.is_ready(), pod.is_terminating());
    let ready = service.spec.publish_not_ready_addresses || (serving && !terminating);
    EndpointConditions {
        ready: Some(ready),
        serving: Some(serving),
        terminating: Some(terminating),
    }
}

/// The pod's host name, if its subdomain is this Service, which publishes it in DNS.
pub fn published_hostname<'a>(pod: &'a Pod, service: &Service) -> Option<&'a str> {
    let is_published = pod.spec.subdomain == service.metadata.name
        && pod.metadata.namespace == service.metadata.namespace
        && !pod.spec.hostname.is_empty();
    is_published.then_some(pod.spec.hostname.as_str())
}

/// The `targetRef` of a pod's endpoint.
pub fn reference(pod: &Pod) -> ObjectReference {
    ObjectReference {
        kind: "Pod".into(),
        namespace: pod.metadata.namespace.clone(),
        name: pod.metadata.name.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cluster::object::{ConditionStatus, PodIp};
    use crate::testing::object;
    use smol_str::SmolStr;

    fn pod(phase: &str, ready: &str) -> Pod {
        let mut pod = Pod::default();
        pod.status.phase = SmolStr::from(phase).into();
        pod.status.pod_ips = vec![PodIp {
            ip: "10.244.1.5".parse().ok(),
        }];
        pod.set_ready(ConditionStatus::from(SmolStr::from(ready)));
        pod
    }

    #[test]
    fn only_pods_that_ended_or_have_no_address_are_left_out() {
        for (phase, member) in [
            ("Pending", true),
            ("Running", true),
            ("Unknown", true),
            ("Succeeded", false),
            ("Failed", false),
        ] {
            assert_eq!(is_member(&pod(phase, "True")), member, "{phase}");
        }
        assert!(!is_member(&Pod::default()), "without an address");
    }

    #[test]
    fn an_address_with_leading_zeros_is_written_without() {
        let pod: Pod = object("status: {podIPs: [{ip: 010.244.001.005}]}");
        let endpoint = endpoint_of(&pod, None, &Service::default(), AddressType::IPv4);
        let addresses = endpoint.map(|endpoint| endpoint.addresses);
        assert_eq!(addresses, Some(vec!["10.244.1.5".into()]));
    }

    #[test]
    fn a_node_whose_zone_has_no_name_gives_its_endpoints_none() {
        let zone = |value: &str| {
            let mut node = Node::default();
            let labels = node.metadata.labels_mut();
            labels.insert("topology.kubernetes.io/zone".into(), value.into());
            let ready = pod("Running", "True");
            let endpoint = endpoint_of(&ready, Some(&node), &Service::default(), AddressType::IPv4);
            endpoint.and_then(|endpoint| endpoint.zone)
        };
        assert_eq!(zone(""), None);
        assert_eq!(zone("zone-a"), Some("zone-a".into()));
    }

    #[test]
    fn a_pod_going_away_serves_on_but_is_not_ready_unless_the_service_publishes_all() {
        let mut leaving = pod("Running", "True");
        leaving.metadata.deletion_timestamp = Some("2026-01-01T00:00:00Z".into());
        let mut service = Service::default();
        let state = |ready| EndpointConditions {
            ready: Some(ready),
            serving: Some(true),
            terminating: Some(true),
        };
        assert_eq!(conditions(&leaving, &service), state(false));
        service.spec.publish_not_ready_addresses = true;
        assert_eq!(conditions(&leaving, &service), state(true));
    }
}
