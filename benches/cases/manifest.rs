//! How fast a pasted text is read and admitted, and what a keystroke in it costs.

use std::fmt::Write;
use std::hint::black_box;

use kubehop_engine::cluster::Config;
use kubehop_engine::manifest::Source;
use kubehop_engine::resolve::resolve;

use super::{Amount, Case, Run};

/// Bytes of the larger text.
const LARGE: usize = 5_000_000;

pub(super) fn cases() -> Vec<Case> {
    let rate = |name, prepare| Case {
        name,
        amount: Amount::Bytes(LARGE as u64),
        prepare,
    };
    vec![
        rate("manifest/read 5 MB", reading),
        rate("manifest/read, admit and resolve 5 MB", admitting),
        Case {
            name: "manifest/one keystroke in 2 MB",
            amount: Amount::Once,
            prepare: typing,
        },
    ]
}

fn reading() -> Run {
    let text = manifests(LARGE);
    Box::new(move || Box::new(Source::read(black_box(&text))))
}

fn admitting() -> Run {
    let text = manifests(LARGE);
    Box::new(move || {
        let source = Source::read(black_box(&text));
        let resolved = resolve(&source, &Config::default());
        Box::new((source, resolved))
    })
}

fn typing() -> Run {
    let text = manifests(2_000_000);
    let place = text.len() / 2
        + text[text.len() / 2..]
            .find("name: web")
            .expect("there are more Services");
    let typed = format!("{}x{}", &text[..place], &text[place..]);
    let source = Source::read(&text);
    Box::new(move || Box::new(source.update(black_box(&typed))))
}

/// A text of about `size` bytes: Services and Deployments as people write them.
fn manifests(size: usize) -> String {
    let mut text = String::new();
    for number in 0.. {
        if text.len() >= size {
            break;
        }
        let _ = write!(
            text,
            "---\napiVersion: v1\nkind: Service\nmetadata:\n  name: web-{number}\n  labels: {{app: web-{number}, tier: front}}\n\
             spec:\n  type: ClusterIP\n  selector:\n    app: web-{number}\n  ports:\n  - name: http\n    port: 80\n    \
             targetPort: http\n  - name: metrics\n    port: 9090\n    targetPort: 9090 # scraped\n\
             ---\napiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web-{number}\nspec:\n  replicas: 3\n  selector:\n    \
             matchLabels:\n      app: web-{number}\n  template:\n    metadata:\n      labels:\n        app: web-{number}\n    \
             spec:\n      containers:\n      - name: web\n        image: \"registry.example/web:1.{number}\"\n        \
             ports:\n        - name: http\n          containerPort: 8080\n"
        );
    }
    text
}
