//! Who reaches what, and requests through a Gateway: the budgets of the matrix (a second for 100 workloads and 100 Services)
//! and of routing (10 000 requests a second through 1 000 routes).

use std::fmt::Write;
use std::hint::black_box;

use kubehop::simulation::matrix::{Matrix, Namespaces};
use kubehop_engine::cluster::Config;
use kubehop_engine::l7::gateway::{GatewayTraffic, Gateways};
use kubehop_engine::l7::http_request::HttpRequest;
use kubehop_engine::manifest::Source;
use kubehop_engine::names::ObjectName;
use kubehop_engine::network::Network;
use kubehop_engine::resolve::resolve;

use super::{Amount, Case, Run};

/// How many requests one run routes.
const REQUESTS: u32 = 10_000;

pub(super) fn cases() -> Vec<Case> {
    let matrix = |name, prepare| Case {
        name,
        amount: Amount::Once,
        prepare,
    };
    let routing = |name, prepare| Case {
        name,
        amount: Amount::Times(REQUESTS.into()),
        prepare,
    };
    vec![
        matrix("matrix/100 workloads × 100 Services", || walking(100, "")),
        matrix(
            "matrix/100 workloads × 100 Services, NetworkPolicies",
            || walking(100, POLICIES),
        ),
        routing("gateway/requests through 10 routes", || requesting(10)),
        routing("gateway/requests through 1 000 routes", || {
            requesting(1_000)
        }),
    ]
}

/// Every second workload may be called only by those of its half.
const POLICIES: &str = "
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: default-deny}
spec: {podSelector: {}, policyTypes: [Ingress]}
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: halves}
spec:
  podSelector: {matchLabels: {half: h0}}
  ingress: [{from: [{podSelector: {matchLabels: {half: h0}}}], ports: [{port: http}]}]
";

/// Every cell of the matrix of so many workloads with a Service each.
fn walking(workloads: u32, policies: &str) -> Run {
    let mut text = policies.to_owned();
    for number in 0..workloads {
        let half = number % 2;
        let _ = write!(
            text,
            "\n---\napiVersion: v1\nkind: Service\nmetadata: {{name: web-{number}}}\n\
             spec: {{selector: {{app: web-{number}}}, ports: [{{port: 80, targetPort: http}}]}}\n\
             ---\napiVersion: apps/v1\nkind: Deployment\nmetadata: {{name: web-{number}}}\n\
             spec:\n  replicas: 3\n  selector: {{matchLabels: {{app: web-{number}}}}}\n  template:\n    \
             metadata: {{labels: {{app: web-{number}, half: h{half}}}}}\n    \
             spec: {{containers: [{{name: web, image: web:1, ports: [{{name: http, containerPort: 8080}}]}}]}}\n"
        );
    }
    let network = Network::of(resolve(&Source::read(&text), &Config::default()));
    Box::new(move || {
        let matrix = Matrix::of(black_box(&network), &Namespaces::Own);
        let count = workloads as usize * (workloads as usize + 1);
        assert_eq!(matrix.len(), count, "every workload and the outside");
        let cells = (0..matrix.len()).map(|cell| matrix.walk(&network, cell));
        Box::new(cells.collect::<Vec<_>>())
    })
}

/// Requests through one listener with so many routes: each has its own host, three paths and a header.
fn requesting(routes: u32) -> Run {
    let mut text = "
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: front}
spec: {gatewayClassName: hop, listeners: [{name: http, port: 80, protocol: HTTP}]}
---
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {ports: [{port: 80}]}
"
    .to_owned();
    for number in 0..routes {
        let _ = write!(
            text,
            "---\napiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata: {{name: shop-{number}}}\n\
             spec:\n  parentRefs: [{{name: front}}]\n  hostnames: [\"shop-{number}.example\", \"*.shop-{number}.example\"]\n  rules:\n  \
             - matches: [{{path: {{value: /api}}}}, {{path: {{type: Exact, value: /}}}}]\n    backendRefs: [{{name: web, port: 80}}]\n  \
             - matches: [{{path: {{value: /api/v2}}, headers: [{{name: x-team, value: blue}}]}}]\n    backendRefs: [{{name: web, port: 80}}]\n"
        );
    }
    let resolved = resolve(&Source::read(&text), &Config::default());
    let gateways = Gateways::with_assumed_classes(&resolved.cluster);
    let calls = (0..REQUESTS).map(|number| HttpRequest {
        host: format!("shop-{}.example", number * 7 % routes),
        method: "GET".to_owned(),
        uri: "/api/v2/items?page=2".to_owned(),
        headers: vec![("X-Team".to_owned(), "blue".to_owned())],
        ..HttpRequest::default()
    });
    let calls: Vec<HttpRequest> = calls.collect();
    let name = ObjectName::new("default", "front");
    Box::new(move || {
        let front = gateways.get(&name).expect("the Gateway");
        for call in &calls {
            black_box(front.decide(80, &GatewayTraffic::Http(black_box(call))));
        }
        Box::new(())
    })
}
