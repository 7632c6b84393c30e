//! NetworkPolicies: 1 000 of them over 10 000 pods in 100 namespaces, beside one policy over ten pods.
//!
//! A decision is asked for each half of a new connection. Each namespace has a policy that denies everything and others
//! that allow one workload's peers, so that a pod has two policies however many there are.

use std::fmt::Write;
use std::hint::black_box;

use kubehop_engine::causes;
use kubehop_engine::cluster::Config;
use kubehop_engine::cluster::object::Pod;
use kubehop_engine::manifest::Source;
use kubehop_engine::names::{ObjectName, PolicyType, Protocol};
use kubehop_engine::network::Network;
use kubehop_engine::policy::{Peer, Policies, Port};
use kubehop_engine::resolve::{Resolved, resolve};

use super::{Amount, Case, Run};

/// How many decisions one run asks for.
const DECISIONS: u64 = 10_000;

/// How many pods each workload has.
const REPLICAS: u32 = 10;

pub(super) fn cases() -> Vec<Case> {
    let once = |name, prepare| Case {
        name,
        amount: Amount::Once,
        prepare,
    };
    let deciding = |name, prepare| Case {
        name,
        amount: Amount::Times(DECISIONS),
        prepare,
    };
    vec![
        deciding("policies/decide, 2 policies over 10 pods", || {
            deciding_between(1, 1)
        }),
        deciding("policies/decide, 1 000 policies over 10 000 pods", || {
            deciding_between(100, 10)
        }),
        once("policies/index 1 000 policies", indexing),
        once(
            "policies/resolve 1 000 policies over 10 000 pods",
            resolving,
        ),
        once(
            "policies/problems of 1 000 policies over 10 000 pods",
            checking,
        ),
    ]
}

fn deciding_between(namespaces: u32, workloads: u32) -> Run {
    let network = Network::of(resolved(namespaces, workloads));
    let pods: Vec<ObjectName> = network.cluster().each_pod().map(Pod::id).collect();
    Box::new(move || {
        let policies = network.policies();
        for number in 0..DECISIONS {
            let pod = |index: u64| network.cluster().pod(&pods[index as usize % pods.len()]);
            let (Some(backend), Some(client)) = (pod(number), pod(number * 7 + 1)) else {
                continue;
            };
            let Some(address) = client.addresses().next() else {
                continue;
            };
            let peer = Peer {
                address,
                owner: network.owner((address, 40_000).into(), Protocol::Tcp),
            };
            let port = Port {
                protocol: Protocol::Tcp,
                number: 8080,
            };
            black_box(policies.decide(PolicyType::Ingress, backend, &peer, port));
        }
        Box::new(())
    })
}

fn indexing() -> Run {
    let resolved = resolved(100, 10);
    Box::new(move || Box::new(Policies::of(black_box(&resolved.cluster))))
}

fn resolving() -> Run {
    let source = Source::read(&text(100, 10));
    Box::new(move || Box::new(resolve(black_box(&source), &config())))
}

fn checking() -> Run {
    let resolved = resolved(100, 10);
    Box::new(move || Box::new(causes::check(black_box(&resolved))))
}

fn resolved(namespaces: u32, workloads: u32) -> Resolved {
    resolve(&Source::read(&text(namespaces, workloads)), &config())
}

fn config() -> Config {
    Config {
        pod_cidrs: vec!["10.128.0.0/9".parse().expect("a range")],
        ..Config::default()
    }
}

/// Namespaces with workloads of ten pods. Each workload but the first has a policy that lets one other workload of its
/// namespace, and the monitoring of every namespace, call it.
fn text(namespaces: u32, workloads: u32) -> String {
    let mut text = String::new();
    for number in 0..(namespaces * workloads * REPLICAS).div_ceil(150) {
        let _ = writeln!(
            text,
            "---\napiVersion: v1\nkind: Node\nmetadata:\n  name: node-{number}\nstatus:\n  allocatable:\n    pods: 160"
        );
    }
    for namespace in 0..namespaces {
        let _ = writeln!(
            text,
            "---\napiVersion: v1\nkind: Namespace\nmetadata: {{name: team-{namespace}, labels: {{team: t{namespace}}}}}\n\
             ---\napiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {{name: default-deny, namespace: team-{namespace}}}\n\
             spec: {{podSelector: {{}}, policyTypes: [Ingress]}}"
        );
        for workload in 0..workloads {
            let _ = writeln!(
                text,
                "---\napiVersion: apps/v1\nkind: Deployment\nmetadata: {{name: web-{workload}, namespace: team-{namespace}}}\n\
                 spec:\n  replicas: {REPLICAS}\n  selector: {{matchLabels: {{app: web-{workload}}}}}\n  template:\n    \
                 metadata: {{labels: {{app: web-{workload}}}}}\n    spec: {{containers: [{{name: web, image: web:1, ports: [{{name: http, containerPort: 8080}}]}}]}}"
            );
            if workload > 0 || workloads == 1 {
                let from = (workload + 1) % workloads;
                let _ = writeln!(
                    text,
                    "---\napiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {{name: allow-{workload}, namespace: team-{namespace}}}\n\
                     spec:\n  podSelector: {{matchLabels: {{app: web-{workload}}}}}\n  ingress:\n  - from:\n    - podSelector: {{matchLabels: {{app: web-{from}}}}}\n    \
                     - namespaceSelector: {{}}\n      podSelector: {{matchLabels: {{app: prometheus}}}}\n    ports: [{{port: http}}]"
                );
            }
        }
    }
    text
}
