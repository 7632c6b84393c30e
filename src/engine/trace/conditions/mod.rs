//! Conditions of an answer: what decides it and is not simulated. The verdict is then not "answered", but "answered,
//! unless …".
//!
//! An object that decides over a connection is never ignored silently. Nothing here changes the path: it is the one without
//! these objects, and the verdict names the object that could change it.

mod addresses;
mod corefile;
mod gateway_api;
mod host_route;
mod internal_balancer;
mod mesh;
mod objects;
mod pod_webhook;
mod policy;

use super::{Trace, Unless, Verdict};
use crate::cluster::object::Pod;
use crate::network::{Network, client};

/// What an answer depends on.
struct Condition {
    unless: Unless,
    /// The object that decides, as the verdict names it.
    object: String,
}

/// A trace whose verdict names the condition of its answer, if there is one.
pub(super) fn with_conditions(network: &Network, trace: Trace) -> Trace {
    let by = trace.verdict.answered_by().map(str::to_owned);
    let Some((by, endpoint)) = by.zip(trace.verdict.answering_endpoint()) else {
        return trace;
    };
    match condition(network, &trace) {
        Some(Condition { unless, object }) => Trace {
            verdict: Verdict::AnsweredUnless {
                by,
                endpoint,
                unless,
                object,
            },
            ..trace
        },
        None => trace,
    }
}

/// The first condition that applies.
fn condition(network: &Network, trace: &Trace) -> Option<Condition> {
    corefile::corefile(network, trace)
        .or_else(|| gateway_api::gateway(network, trace))
        .or_else(|| gateway_api::extension_filter(network, trace))
        .or_else(|| gateway_api::backend_tls(network, trace))
        .or_else(|| addresses::not_routed(network, trace))
        .or_else(|| addresses::load_balancer(network, trace))
        .or_else(|| internal_balancer::internal_balancer(network, trace))
        .or_else(|| policy::network_plugin(trace))
        .or_else(|| policy::policy(network, trace))
        .or_else(|| pod_webhook::pod_webhook(network, trace))
        .or_else(|| mesh::mesh_route(network, trace))
        .or_else(|| mesh::mesh(network, trace))
}

/// The pods at both ends of the connection.
fn ends<'a>(network: &'a Network, trace: &Trace) -> Vec<&'a Pod> {
    let source = client::pod(network, &trace.request.from);
    let target = trace
        .answered_by()
        .and_then(|pod| network.cluster().pod(pod));
    source.into_iter().chain(target).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::testing::resolved;
    use crate::trace::{Request, trace};

    const WEB: &str = "
        apiVersion: v1
        kind: Service
        metadata: {name: web}
        spec: {type: LoadBalancer, loadBalancerIP: 198.51.100.20, externalIPs: [192.0.2.9], selector: {app: web}, ports: [{port: 80}]}
        ---
        apiVersion: v1
        kind: Pod
        metadata: {name: web-0, labels: {app: web}}
        spec: {containers: [{name: c, image: web, ports: [{containerPort: 80}]}]}
        ---
        apiVersion: v1
        kind: Pod
        metadata: {name: app, labels: {app: app}}
        spec: {containers: [{name: c, image: app}]}
";

    /// Objects that are not simulated, each with the requests over which it decides, as `from to`.
    const OBJECTS: [(&str, &[&str]); 6] = [
        (
            "
        ---
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata: {name: shop}
        spec: {parentRefs: [{name: gw}], hostnames: [shop.example.com]}
",
            &[
                "client http://shop.example.com",
                "pod/app http://shop.example.com",
            ],
        ),
        (
            "
        ---
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata: {name: mesh}
        spec: {parentRefs: [{kind: Service, name: web}]}
",
            &[
                "client http://198.51.100.20",
                "client http://192.0.2.9",
                "pod/app http://web",
            ],
        ),
        (
            "
        ---
        apiVersion: cilium.io/v2
        kind: CiliumLoadBalancerIPPool
        metadata: {name: lan}
",
            &["client http://198.51.100.20"],
        ),
        (
            "
        ---
        apiVersion: cilium.io/v2
        kind: CiliumNetworkPolicy
        metadata: {name: web}
        spec: {endpointSelector: {matchLabels: {app: web}}}
",
            &[
                "client http://198.51.100.20",
                "client http://192.0.2.9",
                "pod/app http://web",
            ],
        ),
        (
            "
        ---
        apiVersion: cilium.io/v2
        kind: CiliumNetworkPolicy
        metadata: {name: app}
        spec: {endpointSelector: {matchLabels: {app: app}}}
",
            &["pod/app http://web", "pod/app http://shop.example.com"],
        ),
        (
            "
        ---
        apiVersion: v1
        kind: Namespace
        metadata: {name: default, labels: {istio-injection: enabled}}
",
            &[
                "client http://198.51.100.20",
                "client http://192.0.2.9",
                "pod/app http://web",
                "pod/app http://shop.example.com",
            ],
        ),
    ];

    const REQUESTS: [&str; 5] = [
        "client http://198.51.100.20",
        "client http://192.0.2.9",
        "client http://shop.example.com",
        "pod/app http://web",
        "pod/app http://shop.example.com",
    ];

    proptest! {
        #[test]
        fn an_answer_is_conditional_exactly_if_an_object_decides(
            chosen in proptest::collection::vec(any::<bool>(), OBJECTS.len()),
            request in 0..REQUESTS.len(),
        ) {
            let objects = OBJECTS.iter().zip(&chosen).filter(|(_, is_chosen)| **is_chosen);
            let objects: Vec<_> = objects.map(|(object, _)| object).collect();
            let text: String = objects.iter().map(|(text, _)| *text).collect();
            let network = Network::of(resolved(&format!("{WEB}{text}")));
            let written = REQUESTS[request];
            let (from, to) = written.split_once(' ').expect("two words");
            let asked = Request {
                from: from.parse().expect("an origin"),
                to: to.parse().expect("a target"),
            };
            let verdict = trace(&network, &asked, 0, 0).expect("it can be sent").verdict;
            // Nobody but the network outside leads an external IP to a node.
            let is_external_ip = written.ends_with("192.0.2.9");
            let is_decided = objects.iter().any(|(_, over)| over.contains(&written));
            prop_assert!(verdict.is_answered(), "{verdict:?}");
            prop_assert_eq!(verdict.is_conditional(), is_decided || is_external_ip, "{:?}", verdict);
        }
    }
}
