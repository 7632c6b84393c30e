//! What a refused object becomes after its fixes.

use crate::cluster::config::Config;
use crate::manifest::Source;
use crate::resolve::resolve;
use crate::testing::dedent;

/// The text after the first fix that is offered.
fn fixed(text: &str) -> String {
    let resolved = resolve(&Source::read(text), &Config::default());
    let mut fixes = resolved
        .diagnostics
        .iter()
        .filter_map(|own| own.fix.as_ref());
    let fix = fixes.next().unwrap_or_else(|| panic!("no fix: {text}"));
    let before = &text[..fix.span.start.offset as usize];
    let after = &text[fix.span.end.offset as usize..];
    format!("{before}{}{after}", fix.text)
}

/// Whether every object of a text is accepted.
fn is_accepted(text: &str) -> bool {
    resolve(&Source::read(text), &Config::default())
        .counts
        .rejected
        == 0
}

#[test]
fn one_fix_makes_the_server_accept_the_object() {
    for (refused, repaired) in [
        (
            "metadata: {name: web}\nspec: {type: NodePort, ports: [{port: 80, nodePort: 8080}]}",
            "nodePort: 30080",
        ),
        (
            "metadata: {name: web, labels: {debug: true}}\nspec: {ports: [{port: 80}]}",
            "debug: \"true\"",
        ),
        (
            "metadata: {name: web}\nspec: {selector: {version: 1.10}, ports: [{port: 80}]}",
            "version: \"1.10\"",
        ),
        (
            "metadata: {name: My_Web}\nspec: {ports: [{port: 80}]}",
            "name: my-web",
        ),
        (
            "metadata: {name: web}\nspec: {ports: [{port: 80, targetport: 8080}]}",
            "targetPort: 8080",
        ),
    ] {
        let fixed = fixed(&format!("apiVersion: v1\nkind: Service\n{refused}\n"));
        assert!(fixed.contains(repaired), "{fixed}");
        assert!(is_accepted(&fixed), "{fixed}");
    }
}

/// Applies the fixes of a document in turn, until the API server accepts it; then it has this part.
fn assert_repaired(text: &str, part: &str) {
    let mut text = text.to_owned();
    for _ in 0..4 {
        if is_accepted(&text) {
            break;
        }
        text = fixed(&text);
    }
    assert!(is_accepted(&text), "{text}");
    assert!(text.contains(part), "{text}");
}

#[test]
fn what_is_written_in_another_way_than_the_server_reads_it_is_rewritten() {
    for (refused, repaired_part) in [
        ("spec: {ports: [{port: \"80\"}]}", "port: 80}"),
        (
            "spec: {ports: [{port: 80, nodePort: 30080}]}",
            "{type: NodePort, ports:",
        ),
        (
            "spec: {type: ClusterIP, ports: [{port: 80, nodePort: 30080}]}",
            "{type: NodePort, ports:",
        ),
        (
            "spec: {ports: [{port: 80, protocol: tcp}]}",
            "protocol: TCP",
        ),
        (
            "spec: {type: Loadbalancer, ports: [{port: 80}]}",
            "type: LoadBalancer",
        ),
        (
            "spec: {clusterIP: none, ports: [{port: 80}]}",
            "clusterIP: None",
        ),
        (
            "spec: {ports: [{port: 80, targetPort: '8080'}]}",
            "targetPort: 8080",
        ),
        (
            "spec: {ports: [{port: 80, name: http}, {port: 443, name: http}]}",
            "{port: 443, name: port-443}",
        ),
        (
            "spec:\n  ports:\n  - port: 80\n  targetPort: 8080\n",
            "  - port: 80\n    targetPort: 8080\n",
        ),
        (
            "spec:\n  ports:\n  - port: 80\n    selector:\n      app: web\n",
            "  - port: 80\n  selector:\n    app: web\n",
        ),
    ] {
        let text = format!("apiVersion: v1\nkind: Service\nmetadata:\n  name: web\n{refused}");
        assert_repaired(&text, repaired_part);
    }
}

#[test]
fn a_service_gets_what_this_cluster_has() {
    for (refused, repaired_part) in [
        (
            "spec: {ports: [{port: 80, name: HTTP_web}]}",
            "name: http-web}",
        ),
        (
            "spec: {ipFamilyPolicy: RequireDualStack, ports: [{port: 80}]}",
            "ipFamilyPolicy: PreferDualStack,",
        ),
        (
            "spec: {clusterIP: 10.96.0.10, ports: [{port: 80}]}",
            "clusterIP: \"\",",
        ),
        (
            "spec: {clusterIP: 172.30.4.5, ports: [{port: 80}]}",
            "clusterIP: \"\",",
        ),
        (
            "spec: {ipFamilies: [IPv6], ports: [{port: 80}]}",
            "ipFamilies: [IPv4],",
        ),
        (
            "spec: {type: ExternalName, externalName: 'https://api.example.com/v1'}",
            "externalName: api.example.com}",
        ),
        (
            "spec: {type: ExternalName, externalName: 'Api.example.com:8443'}",
            "externalName: api.example.com}",
        ),
    ] {
        let text = format!("apiVersion: v1\nkind: Service\nmetadata:\n  name: web\n{refused}");
        assert_repaired(&text, repaired_part);
    }
}

#[test]
fn a_value_gets_the_shape_of_its_type() {
    for (refused, repaired_part) in [
        (
            "spec:\n  ports:\n    port: 80\n    targetPort: 8080\n",
            "    - port: 80\n      targetPort: 8080\n",
        ),
        ("spec: {ports: {port: 80}}\n", "spec: {ports: [{port: 80}]}"),
        (
            "spec:\n  selector:\n  - app: web\n  ports: [{port: 80}]\n",
            "  selector: {app: web}\n",
        ),
        (
            "spec: {ports: [{port: 80}], externalIPs: 192.0.2.9}\n",
            "externalIPs: [192.0.2.9]",
        ),
        (
            "spec: {type: LoadBalancer, ports: [{port: 80}], loadBalancerSourceRanges: [192.0.2.9]}\n",
            "[192.0.2.9/32]",
        ),
        (
            "spec: {ports: [{port: 80, name: Http_Web}]}\n",
            "name: http-web",
        ),
    ] {
        let text = format!("apiVersion: v1\nkind: Service\nmetadata:\n  name: web\n{refused}");
        assert_repaired(&text, repaired_part);
    }
    for (command, repaired_part) in [
        ("sleep infinity", "command: [sleep, infinity]"),
        ("echo $A", "command: [sh, -c, echo $A]"),
    ] {
        let text = format!(
            "apiVersion: v1\nkind: Pod\nmetadata: {{name: a}}\nspec: {{containers: [{{name: My_App, image: i, command: {command}}}]}}\n"
        );
        assert_repaired(&text, repaired_part);
        assert_repaired(&text, "name: my-app");
    }
}

#[test]
fn an_ingress_gets_the_host_of_a_url_and_a_port_in_an_object() {
    for (host, port, repaired_parts) in [
        (
            "https://Shop.example.com/",
            "80",
            ["host: shop.example.com", "port: {number: 80}"],
        ),
        (
            "shop.example.com:8080",
            "http",
            ["host: shop.example.com", "port: {name: http}"],
        ),
        (
            "shop.example.com",
            "{name: '80'}",
            ["host: shop.example.com", "port: {number: 80}"],
        ),
        (
            "'*.Example.com'",
            "'80'",
            ["host: '*.example.com'", "port: {number: 80}"],
        ),
    ] {
        let text = format!(
            "apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: {{name: shop}}\nspec:\n  rules:\n  - host: {host}\n    http: {{paths: [{{path: /, pathType: Prefix, backend: {{service: {{name: web, port: {port}}}}}}}]}}\n"
        );
        for part in repaired_parts {
            assert_repaired(&text, part);
        }
    }
}

#[test]
fn addresses_of_a_policy_are_a_range_in_an_item_of_their_own() {
    for (peers, repaired_part) in [
        ("    - ipBlock: {cidr: 192.0.2.9}\n", "{cidr: 192.0.2.9/32}"),
        (
            "    - podSelector: {}\n    ports: [{port: '80'}]\n",
            "[{port: 80}]",
        ),
        (
            "    - podSelector: {}\n  policyTypes: Ingress\n",
            "policyTypes: [Ingress]",
        ),
        (
            "    - ipBlock:\n        cidr: 192.0.2.0/24\n      podSelector: {}\n",
            "        cidr: 192.0.2.0/24\n    - podSelector: {}\n",
        ),
        (
            "    - {podSelector: {}, ipBlock: {cidr: 192.0.2.0/24}}\n",
            "    - {podSelector: {}}\n    - {ipBlock:",
        ),
        (
            "    -   {podSelector: {}, ipBlock: {cidr: 192.0.2.0/24}}\n",
            "    -   {podSelector: {}}\n    - {ipBlock:",
        ),
        (
            "      [{podSelector: {}, ipBlock: {cidr: 192.0.2.0/24}}]\n",
            "[{podSelector: {}}, {ipBlock:",
        ),
        (
            "    - namespaceSelector: {}\n      podSelector: {}\n      ipBlock: {cidr: 192.0.2.0/24}\n",
            "      podSelector: {}\n    - ipBlock: {cidr",
        ),
    ] {
        let text = format!(
            "apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {{name: guard}}\nspec:\n  podSelector: {{}}\n  ingress:\n  - from:\n{peers}"
        );
        assert_repaired(&text, repaired_part);
    }
}

#[test]
fn the_port_of_a_probe_loses_its_quotes() {
    let text = "apiVersion: v1\nkind: Pod\nmetadata: {name: web}\nspec:\n  containers:\n  - name: c\n    image: i\n    readinessProbe: {tcpSocket: {port: '8080'}}\n";
    assert_repaired(text, "tcpSocket: {port: 8080}");
}

#[test]
fn a_kind_gets_the_version_that_serves_it() {
    for (version, kind, repaired_part) in [
        ("apps/v1", "Service", "apiVersion: v1\n"),
        ("v1", "Servce", "kind: Service\n"),
        ("v1", "service", "kind: Service\n"),
    ] {
        let text = format!(
            "apiVersion: {version}\nkind: {kind}\nmetadata: {{name: web}}\nspec: {{ports: [{{port: 80}}]}}\n"
        );
        assert_repaired(&text, repaired_part);
    }
}

#[test]
fn an_old_ingress_becomes_one_of_today() {
    for (backend, today) in [
        (
            "          serviceName: web\n          servicePort: 80\n",
            "          service: {name: web, port: {number: 80}}\n",
        ),
        (
            "          serviceName: web\n          servicePort: http\n",
            "          service: {name: web, port: {name: http}}\n",
        ),
    ] {
        let text = format!(
            "apiVersion: extensions/v1beta1\nkind: Ingress\nmetadata: {{name: web}}\nspec:\n  rules:\n  - http:\n      paths:\n      - path: /\n        backend:\n{backend}"
        );
        for part in [today, "pathType: Prefix", "networking.k8s.io/v1\n"] {
            assert_repaired(&text, part);
        }
    }
}

#[test]
fn values_of_a_route_get_the_types_of_its_schema() {
    let text = "apiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata: {name: shop}\n\
        spec: {parentRefs: [{name: public}], hostnames: shop.example.com, rules: [{backendRefs: [{name: web, port: \"80\"}]}]}\n";
    assert_repaired(text, "hostnames: [shop.example.com]");
    assert_repaired(text, "port: 80}");
    let block = "apiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata: {name: shop}\nspec:\n  parentRefs:\n    \
        name: public\n    namespace: edge\n  rules:\n  - backendRefs: {name: web, port: 80}\n";
    assert_repaired(block, "    - name: public\n      namespace: edge\n");
    assert_repaired(block, "backendRefs: [{name: web, port: 80}]");
    let of_ingress = "apiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata: {name: shop}\n\
        spec: {rules: [{matches: [{path: {type: Prefix, value: /api}}], backendRefs: [{name: web, port: 80}]}]}\n";
    assert_repaired(of_ingress, "type: PathPrefix,");
}

#[test]
fn an_old_address_pool_becomes_one_of_today() {
    for spec in [
        "spec:\n  protocol: layer2\n  addresses: [192.0.2.0/28]\n",
        "spec:\n  addresses: [192.0.2.0/28]\n  protocol: layer2\n",
    ] {
        let text = format!(
            "apiVersion: metallb.io/v1beta1\nkind: AddressPool\nmetadata: {{name: lan, namespace: metallb-system}}\n{spec}"
        );
        assert_repaired(&text, "kind: IPAddressPool\n");
        assert_repaired(&text, "spec:\n  addresses: [192.0.2.0/28]\n");
    }
}

#[test]
fn a_workload_selects_its_own_template() {
    let template = "  template:\n    metadata: {labels: {app: web}}\n    spec: {containers: [{name: c, image: i}]}\n";
    for (selector, part) in [
        ("", "  selector: {matchLabels: {app: web}}\n"),
        (
            "  selector: {matchLabels: {app: site}}\n",
            "labels: {app: site}}",
        ),
        (
            "  selector: {matchLabels: {app: web, tier: front}}\n",
            "{tier: front, app: web}",
        ),
    ] {
        let text = format!(
            "apiVersion: apps/v1\nkind: Deployment\nmetadata: {{name: web}}\nspec:\n{selector}{template}"
        );
        assert_repaired(&text, part);
    }
}

#[test]
fn what_cannot_have_been_meant_has_no_fix() {
    for refused in [
        "spec: {type: Internal, ports: [{port: 80}]}",
        "spec: {ports: [{port: \"http\"}]}",
        "spec: {ports: [{port: 80}], colour: red}",
        "spec: {type: ExternalName, externalName: 'https://'}",
        // A headless Service that is to have a load balancer: which of the two is meant is not written.
        "spec: {type: LoadBalancer, clusterIP: None, ports: [{port: 80}]}",
    ] {
        let text = format!("apiVersion: v1\nkind: Service\nmetadata: {{name: web}}\n{refused}\n");
        let resolved = resolve(&Source::read(&text), &Config::default());
        let fixes = resolved.diagnostics.iter().filter(|own| own.fix.is_some());
        assert_eq!(fixes.count(), 0, "{text}");
    }
}

#[test]
fn ports_get_names_in_block_and_flow_style() {
    for ports in [
        "  - port: 80\n    targetPort: 8080\n  - port: 443",
        "  - {port: 80, targetPort: 8080}\n  - {port: 443}",
    ] {
        let text = format!(
            "apiVersion: v1\nkind: Service\nmetadata: {{name: web}}\nspec:\n  ports:\n{ports}\n"
        );
        let both = fixed(&fixed(&text));
        assert!(is_accepted(&both), "{both}");
    }
}

#[test]
fn a_taken_node_port_is_replaced_by_a_free_one() {
    let text = dedent(
        "
        apiVersion: v1
        kind: Service
        metadata: {name: a}
        spec: {type: NodePort, ports: [{port: 80, nodePort: 30080}]}
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: b}
        spec: {type: NodePort, ports: [{port: 80, nodePort: 30080}]}
        ",
    );
    let fixed = fixed(&text);
    assert!(fixed.contains("nodePort: 30081"), "{fixed}");
    assert!(is_accepted(&fixed));
}
