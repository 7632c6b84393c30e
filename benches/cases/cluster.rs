//! What a text is made into: 1 000 Services over 10 000 pods, and 10 000 over 150 000.
//!
//! The text has a Service and a Deployment for each name, and nodes of 150 pods each. Reading is not measured here; what
//! is measured is admission, the workloads' pods, their nodes and addresses, EndpointSlices and Endpoints.

use std::fmt::Write;
use std::hint::black_box;

use kubehop_engine::cluster::Config;
use kubehop_engine::manifest::Source;
use kubehop_engine::resolve::resolve;

use super::{Amount, Case, Run};

pub(super) fn cases() -> Vec<Case> {
    let case = |name, prepare| Case {
        name,
        amount: Amount::Once,
        prepare,
    };
    vec![
        case("cluster/resolve 1 000 Services over 10 000 pods", || {
            resolving(1_000, 10)
        }),
        case("cluster/resolve 10 000 Services over 150 000 pods", || {
            resolving(10_000, 15)
        }),
    ]
}

fn resolving(services: u32, pods: u32) -> Run {
    let source = Source::read(&text(services, pods));
    let config = Config {
        pod_cidrs: vec!["10.128.0.0/9".parse().expect("a range")],
        ..Config::default()
    };
    Box::new(move || {
        let resolved = resolve(black_box(&source), &config);
        assert!(
            resolved.cluster.pods.len() > (services * pods) as usize,
            "every pod was made"
        );
        Box::new(resolved)
    })
}

fn text(services: u32, pods: u32) -> String {
    let mut text = String::new();
    for number in 0..(services * pods).div_ceil(150) {
        let _ = writeln!(
            text,
            "---\napiVersion: v1\nkind: Node\nmetadata:\n  name: node-{number}\nstatus:\n  allocatable:\n    pods: 160"
        );
    }
    for number in 0..services {
        let _ = write!(
            text,
            "---\napiVersion: v1\nkind: Service\nmetadata:\n  name: web-{number}\nspec:\n  selector:\n    app: web-{number}\n    \
             tier: front\n  ports:\n  - name: http\n    port: 80\n    targetPort: http\n\
             ---\napiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web-{number}\nspec:\n  replicas: {pods}\n  selector:\n    \
             matchLabels:\n      app: web-{number}\n  template:\n    metadata:\n      labels:\n        app: web-{number}\n        \
             tier: front\n    spec:\n      containers:\n      - name: web\n        image: registry.example/web:1.{number}\n        \
             ports:\n        - name: http\n          containerPort: 8080\n"
        );
    }
    text
}
