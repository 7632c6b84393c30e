//! How fast a pasted text is read: `cargo bench --bench manifest`.

use std::fmt::Write;
use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use kubehop::engine::manifest::Source;

/// A text of about `size` bytes: Services and Deployments as people write them.
fn manifests(size: usize) -> String {
    let mut text = String::new();
    for number in 0.. {
        if text.len() >= size {
            break;
        }
        write!(
            text,
            "---\napiVersion: v1\nkind: Service\nmetadata:\n  name: web-{number}\n  labels: {{app: web-{number}, tier: front}}\n\
             spec:\n  type: ClusterIP\n  selector:\n    app: web-{number}\n  ports:\n  - name: http\n    port: 80\n    \
             targetPort: http\n  - name: metrics\n    port: 9090\n    targetPort: 9090 # scraped\n\
             ---\napiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web-{number}\nspec:\n  replicas: 3\n  selector:\n    \
             matchLabels:\n      app: web-{number}\n  template:\n    metadata:\n      labels:\n        app: web-{number}\n    \
             spec:\n      containers:\n      - name: web\n        image: \"registry.example/web:1.{number}\"\n        \
             ports:\n        - name: http\n          containerPort: 8080\n"
        )
        .expect("a string takes any text");
    }
    text
}

fn reading(criterion: &mut Criterion) {
    let text = manifests(5_000_000);
    let mut group = criterion.benchmark_group("manifest");
    group.sample_size(10).throughput(Throughput::Bytes(text.len() as u64));
    group.bench_function("read 5 MB", |bencher| bencher.iter(|| Source::read(black_box(&text))));
    group.bench_function("decode 5 MB", |bencher| {
        let source = Source::read(&text);
        bencher.iter(|| black_box(&source).rejections().count());
    });
    let source = Source::read(&text);
    let place = text.len() / 2 + text[text.len() / 2..].find("name: web").expect("there are more Services");
    let typed = format!("{}x{}", &text[..place], &text[place..]);
    group.bench_function("one keystroke in 5 MB", |bencher| bencher.iter(|| source.update(black_box(&typed))));
    group.finish();
}

criterion_group!(benches, reading);
criterion_main!(benches);
