//! `kubehop gateway`: what it writes is accepted, and requests end where they ended before.

use expect_test::expect_file;
use kubehop::{Config, Simulation, answers::SeverityAnswer};

use crate::folder::Folder;

/// An ingress-nginx controller, and four workloads with a Service each.
fn cluster() -> String {
    let mut text = String::from(
        "\
apiVersion: v1
kind: Namespace
metadata: {name: ingress-nginx}
---
apiVersion: networking.k8s.io/v1
kind: IngressClass
metadata: {name: nginx}
spec: {controller: k8s.io/ingress-nginx}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: ingress-nginx-controller, namespace: ingress-nginx}
spec:
  selector: {matchLabels: {app.kubernetes.io/name: ingress-nginx}}
  template:
    metadata: {labels: {app.kubernetes.io/name: ingress-nginx}}
    spec: {containers: [{name: controller, image: controller, ports: [{containerPort: 80}, {containerPort: 443}]}]}
---
apiVersion: v1
kind: Service
metadata: {name: ingress-nginx-controller, namespace: ingress-nginx}
spec:
  type: LoadBalancer
  selector: {app.kubernetes.io/name: ingress-nginx}
  ports: [{name: http, port: 80}, {name: https, port: 443}]
---
apiVersion: v1
kind: Secret
metadata: {name: shop-tls}
type: kubernetes.io/tls
data: {tls.crt: '', tls.key: ''}
",
    );
    for name in ["web", "api", "next", "fallback"] {
        text.push_str(&format!(
            "\
---
apiVersion: apps/v1
kind: Deployment
metadata: {{name: {name}}}
spec:
  selector: {{matchLabels: {{app: {name}}}}}
  template:
    metadata: {{labels: {{app: {name}}}}}
    spec: {{containers: [{{name: app, image: nginx, ports: [{{containerPort: 8080}}]}}]}}
---
apiVersion: v1
kind: Service
metadata: {{name: {name}}}
spec: {{selector: {{app: {name}}}, ports: [{{name: http, port: 80, targetPort: 8080}}]}}
"
        ));
    }
    text
}

/// The workloads that can answer a request with their shares, a redirect, or the verdict.
fn answer(simulation: &Simulation, url: &str) -> String {
    let request = simulation.request("client", url).expect(url);
    let outcomes = simulation.explain(&request, 0).expect(url).outcomes;
    let mut shares: Vec<(String, f64)> = Vec::new();
    for outcome in outcomes {
        let trace = &outcome.trace;
        let said = |name: &str| trace.verdict.arguments.get(name).map(ToString::to_string);
        // Only the Deployment's name: pods have other names in another text.
        let pod = trace.answered_by.as_deref().unwrap_or_default();
        let workload = pod.rsplitn(3, '-').last().unwrap_or_default();
        let end = match (said("status"), said("to")) {
            (Some(status), Some(to)) => format!("{status} {to}"),
            (Some(status), None) => status,
            (None, _) if trace.failed => trace.verdict.id.clone(),
            (None, _) => workload.to_owned(),
        };
        match shares.iter_mut().find(|(known, _)| *known == end) {
            Some((_, share)) => *share += outcome.probability,
            None => shares.push((end, outcome.probability)),
        }
    }
    let mut words: Vec<String> = shares
        .into_iter()
        .filter(|(_, share)| *share > 0.0)
        .map(|(end, share)| format!("{end} {:.0}%", share * 100.0))
        .collect();
    words.sort();
    words.join(", ")
}

/// Converts Ingresses, and asks both clusters the same.
fn compare(name: &str, ingresses: &str, rows: &[(&str, &str)]) -> String {
    let folder = Folder::new(name);
    folder.write("cluster.yaml", &cluster());
    folder.write("ingresses.yaml", ingresses);
    let (converted, _) = folder.stdout(&["gateway", "cluster.yaml", "ingresses.yaml"]);
    let before = format!("{}---\n{ingresses}", cluster());
    let after = format!("{}---\n{converted}", cluster());
    let before = Simulation::open(&before, &Config::default());
    let after = Simulation::open(&after, &Config::default());
    let mut problems = after.problems().problems.into_iter();
    let rejected = problems.find(|problem| problem.severity == SeverityAnswer::Error);
    assert_eq!(rejected, None, "{converted}");
    let conditions = after
        .console("kubectl get gateways,httproutes -A -o yaml")
        .stdout;
    assert!(!conditions.contains("status: \"False\""), "{conditions}");
    for (url, expected) in rows {
        assert_eq!(answer(&before, url), *expected, "{url} through Ingress");
        assert_eq!(answer(&after, url), *expected, "{url} through\n{converted}");
    }
    converted
}

#[test]
fn hosts_paths_and_default_backends_lead_where_they_led() {
    let ingresses = "\
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: shop}
spec:
  ingressClassName: nginx
  defaultBackend: {service: {name: fallback, port: {number: 80}}}
  rules:
  - host: shop.example.com
    http:
      paths:
      - {path: /, pathType: Prefix, backend: {service: {name: web, port: {name: http}}}}
      - {path: /api/, pathType: Prefix, backend: {service: {name: api, port: {number: 80}}}}
      - {path: /api/next, pathType: Exact, backend: {service: {name: next, port: {number: 80}}}}
  - host: '*.example.com'
    http:
      paths:
      - {path: /any, pathType: ImplementationSpecific, backend: {service: {name: next, port: {number: 80}}}}
";
    let converted = compare(
        "gateway-hosts",
        ingresses,
        &[
            ("http://shop.example.com", "default/web 100%"),
            ("http://shop.example.com/apis", "default/web 100%"),
            ("http://shop.example.com/api", "default/api 100%"),
            ("http://shop.example.com/api/x", "default/api 100%"),
            ("http://shop.example.com/api/next", "default/next 100%"),
            ("http://shop.example.com/api/next/", "default/api 100%"),
            ("http://other.example.com/any/x", "default/next 100%"),
            ("http://other.example.com/x", "default/fallback 100%"),
        ],
    );
    expect_file!["gateway-hosts.yaml"].assert_eq(&converted);
}

/// Two Ingresses of one host, one of which rewrites paths, and a redirect.
const ANNOTATED: &str = "\
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: api
  annotations:
    nginx.ingress.kubernetes.io/rewrite-target: /$2
    nginx.ingress.kubernetes.io/limit-rps: '10'
    nginx.ingress.kubernetes.io/proxy-read-timeout: '30'
    cert-manager.io/cluster-issuer: letsencrypt
spec:
  ingressClassName: nginx
  tls: [{hosts: [shop.example.com], secretName: shop-tls}]
  rules:
  - host: shop.example.com
    http:
      paths:
      - {path: '/api(/|$)(.*)', pathType: ImplementationSpecific, backend: {service: {name: api, port: {number: 80}}}}
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: shop, annotations: {nginx.ingress.kubernetes.io/app-root: /home}}
spec:
  ingressClassName: nginx
  rules:
  - host: shop.example.com
    http:
      paths:
      - {path: /, pathType: Prefix, backend: {service: {name: web, port: {number: 80}}}}
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: old, annotations: {nginx.ingress.kubernetes.io/permanent-redirect: 'https://shop.example.com/new'}}
spec:
  ingressClassName: nginx
  rules:
  - host: old.example.com
    http:
      paths:
      - {path: /, pathType: Prefix, backend: {service: {name: web, port: {number: 80}}}}
";

#[test]
fn plain_http_leads_to_https_and_annotations_become_filters() {
    let converted = compare(
        "gateway-filters",
        ANNOTATED,
        &[
            (
                "http://shop.example.com/",
                "302 \"http://shop.example.com/home\" 100%",
            ),
            (
                "http://shop.example.com/api/x",
                "308 \"https://shop.example.com/api/x\" 100%",
            ),
            (
                "https://shop.example.com/",
                "302 \"https://shop.example.com/home\" 100%",
            ),
            ("https://shop.example.com/x", "default/web 100%"),
            ("https://shop.example.com/api", "default/api 100%"),
            ("https://shop.example.com/api/users?x=1", "default/api 100%"),
            ("https://shop.example.com/apis", "default/web 100%"),
            (
                "http://old.example.com/x",
                "301 \"https://shop.example.com/new\" 100%",
            ),
        ],
    );
    expect_file!["gateway-filters.yaml"].assert_eq(&converted);
}

#[test]
fn a_canary_keeps_its_share_and_its_header() {
    let ingresses = "\
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: shop}
spec:
  ingressClassName: nginx
  rules:
  - host: shop.example.com
    http:
      paths:
      - {path: /, pathType: Prefix, backend: {service: {name: web, port: {number: 80}}}}
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: shop-canary
  annotations:
    nginx.ingress.kubernetes.io/canary: 'true'
    nginx.ingress.kubernetes.io/canary-weight: '20'
    nginx.ingress.kubernetes.io/canary-by-header: X-Next
    nginx.ingress.kubernetes.io/canary-by-cookie: next
spec:
  ingressClassName: nginx
  rules:
  - host: shop.example.com
    http:
      paths:
      - {path: /, pathType: Prefix, backend: {service: {name: next, port: {number: 80}}}}
";
    let converted = compare(
        "gateway-canary",
        ingresses,
        &[
            (
                "http://shop.example.com/x",
                "default/next 20%, default/web 80%",
            ),
            (
                "http://shop.example.com/x -H 'X-Next: always'",
                "default/next 100%",
            ),
            (
                "http://shop.example.com/x -H 'X-Next: never'",
                "default/web 100%",
            ),
            (
                "http://shop.example.com/x -H 'X-Next: maybe'",
                "default/next 20%, default/web 80%",
            ),
        ],
    );
    expect_file!["gateway-canary.yaml"].assert_eq(&converted);
}

#[test]
fn limits_of_the_kinds_are_kept() {
    let mut ingresses = String::new();
    for number in 0..70 {
        ingresses.push_str(&format!(
            "---\napiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: {{name: site-{number}}}\nspec:\n  ingressClassName: nginx\n  rules:\n  - host: site-{number}.example.com\n    http:\n      paths:\n"
        ));
        for path in 0..if number == 0 { 40 } else { 1 } {
            ingresses.push_str(&format!(
                "      - {{path: /p{path}, pathType: Prefix, backend: {{service: {{name: web, port: {{number: 80}}}}}}}}\n"
            ));
        }
    }
    let rows = [
        ("http://site-0.example.com/p39", "default/web 100%"),
        ("http://site-69.example.com/p0", "default/web 100%"),
        ("http://site-69.example.com/p1", "404 100%"),
    ];
    let converted = compare("gateway-limits", &ingresses, &rows);
    assert_eq!(converted.matches("kind: Gateway\n").count(), 2);
    assert_eq!(converted.matches("name: site-0-part-").count(), 2);
}

#[test]
fn annotations_of_a_controller_that_does_not_serve_the_ingress_are_named() {
    let folder = Folder::new("gateway-other");
    folder.write(
        "ingress.yaml",
        "\
apiVersion: networking.k8s.io/v1
kind: IngressClass
metadata: {name: traefik, annotations: {ingressclass.kubernetes.io/is-default-class: 'true'}}
spec: {controller: traefik.io/ingress-controller}
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: shop, annotations: {nginx.ingress.kubernetes.io/app-root: /home}}
spec:
  rules:
  - http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: web, port: {name: http}}}}]}
",
    );
    let (converted, _) = folder.stdout(&["gateway", "ingress.yaml", "--class", "cilium"]);
    expect_file!["gateway-other.yaml"].assert_eq(&converted);
}

#[test]
fn files_without_an_ingress_are_an_error() {
    let folder = Folder::new("gateway-none");
    folder.write("cluster.yaml", &cluster());
    assert_eq!(
        folder.run(&["gateway", "cluster.yaml"]),
        "error: there is no Ingress\n[exit 2]\n"
    );
}

#[test]
fn one_request_goes_through_both_and_what_differs_comes_first() {
    let folder = Folder::new("gateway-both");
    folder.write("cluster.yaml", &cluster());
    folder.write(
        "ingresses.yaml",
        "\
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: shop, annotations: {nginx.ingress.kubernetes.io/rewrite-target: /v1/$1}}
spec:
  ingressClassName: nginx
  rules:
  - host: shop.example.com
    http:
      paths:
      - {path: /, pathType: Prefix, backend: {service: {name: web, port: {name: http}}}}
      - {path: /api/(.*), pathType: ImplementationSpecific, backend: {service: {name: api, port: {number: 80}}}}
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: plain}
spec:
  ingressClassName: nginx
  rules:
  - host: plain.example.com
    http:
      paths:
      - {path: /cart, pathType: Prefix, backend: {service: {name: web, port: {name: http}}}}
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: secure}
spec:
  ingressClassName: nginx
  tls: [{hosts: [secure.example.com], secretName: missing}]
  rules:
  - host: secure.example.com
    http:
      paths:
      - {path: /, pathType: Prefix, backend: {service: {name: web, port: {name: http}}}}
",
    );
    let files = ["gateway", "cluster.yaml", "ingresses.yaml"];
    let ask = |options: &[&str]| folder.stdout(&[&files[..], options].concat());
    let (same, code) = ask(&["--to", "http://plain.example.com/cart/1?a=b"]);
    expect_file!["gateway-both-same.txt"].assert_eq(&same);
    assert_eq!(code, 0);
    let (missing, code) = ask(&["--to", "http://plain.example.com/nothing"]);
    assert!(missing.contains("100.0%  HTTP 404"), "{missing}");
    assert_eq!(code, 0);
    let (rewritten, code) = ask(&["--to", "http://shop.example.com/api/x", "--language", "ko"]);
    assert_eq!(rewritten.matches("/v1/x").count(), 2, "{rewritten}");
    assert_eq!(code, 0);
    // ingress-nginx has a default certificate; a listener without one is not served.
    let (differs, code) = ask(&["--to", "https://secure.example.com/"]);
    expect_file!["gateway-both-differs.txt"].assert_eq(&differs);
    assert_eq!(code, 1);
}
