//! Routes, their Gateways and their backends, and what the fixes make of them.

use crate::causes::tests::check_text;
use crate::cluster::Config;
use crate::diagnostic::{Diagnostic, Fault, GatewayFault, Problem, Severity};

/// A Gateway `edge/public` with the listener `web-http`, and an HTTPRoute with this parent.
fn text(parent: &str) -> String {
    format!(
        "apiVersion: gateway.networking.k8s.io/v1\nkind: Gateway\nmetadata: {{name: public, namespace: edge}}\n\
         spec: {{gatewayClassName: c, listeners: [{{name: web-http, port: 80, protocol: HTTP}}]}}\n---\n\
         apiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata: {{name: shop, namespace: edge}}\n\
         spec: {{parentRefs: [{parent}], rules: [{{}}]}}\n"
    )
}

/// The causes in a text with this parent, each with its severity and the text after its fix.
fn found(parent: &str) -> Vec<(Severity, Fault, Option<String>)> {
    let found = check_text(&text(parent), &Config::default()).into_iter();
    let causes = found.filter_map(|(diagnostic, fixed)| match diagnostic.problem {
        Problem::Cause(fault) => Some((diagnostic.severity, fault, fixed)),
        _ => None,
    });
    causes.collect()
}

#[test]
fn a_parent_whose_name_differs_by_a_typo_is_mended() {
    let [
        (
            Severity::Warning,
            Fault::Gateway(GatewayFault::RouteParentMissing { nearest, .. }),
            fixed,
        ),
    ] = &found("{name: pubilc}")[..]
    else {
        panic!("{:?}", found("{name: pubilc}"));
    };
    assert_eq!(nearest, "public");
    assert_eq!(fixed.as_deref(), Some(text("{name: public}").as_str()));
}

#[test]
fn another_name_may_be_a_gateway_outside_the_text() {
    let [(Severity::Info, Fault::Gateway(GatewayFault::RouteParentMissing { nearest, .. }), None)] =
        &found("{name: shared}")[..]
    else {
        panic!("{:?}", found("{name: shared}"));
    };
    assert_eq!(nearest, "");
    assert_eq!(found("{name: public}"), []);
}

#[test]
fn a_section_name_that_differs_by_a_typo_is_mended() {
    let parent = "{name: public, sectionName: web-htpp}";
    let [(Severity::Warning, Fault::Gateway(GatewayFault::RouteNotAttached { .. }), fixed)] =
        &found(parent)[..]
    else {
        panic!("{:?}", found(parent));
    };
    let mended = text("{name: public, sectionName: web-http}");
    assert_eq!(fixed.as_deref(), Some(mended.as_str()));
}

#[test]
fn the_name_of_a_protocol_is_no_typo_of_another() {
    let protocol = text("{name: public, sectionName: https}").replace("web-http", "http");
    let found = check_text(&protocol, &Config::default());
    let is_refused = |(diagnostic, fixed): &&(_, Option<String>)| {
        let Diagnostic { problem, .. } = diagnostic;
        matches!(
            problem,
            Problem::Cause(Fault::Gateway(GatewayFault::RouteNotAttached { .. }))
        ) && fixed.is_none()
    };
    assert_eq!(found.iter().filter(is_refused).count(), 1);
}

#[test]
fn a_reference_grant_is_added_behind_the_route() {
    let service = "---\napiVersion: v1\nkind: Service\nmetadata: {name: web, namespace: store}\n\
                   spec: {ports: [{port: 80}]}\n";
    let backend = "rules: [{backendRefs: [{name: web, namespace: store, port: 80}]}]";
    let text = format!(
        "{}{service}",
        text("{name: public}").replace("rules: [{}]", backend)
    );
    let is_refused = |diagnostic: &Diagnostic| {
        matches!(
            diagnostic.problem,
            Problem::Cause(Fault::Gateway(GatewayFault::RouteBackendUnusable { .. }))
        )
    };
    let found = check_text(&text, &Config::default());
    let refused = found.into_iter().find(|(own, _)| is_refused(own));
    let (_, fixed) = refused.expect("the backend may not be used");
    let fixed = fixed.expect("a fix");
    assert!(fixed.contains("kind: ReferenceGrant"), "{fixed}");
    let again = check_text(&fixed, &Config::default());
    assert!(!again.iter().any(|(own, _)| is_refused(own)), "{again:?}");
}

#[test]
fn a_reference_grant_names_the_groups_of_route_and_service() {
    let grant = |from: &str, to: &str| {
        format!(
            "---\napiVersion: v1\nkind: Service\nmetadata: {{name: web, namespace: store}}\n\
             spec: {{ports: [{{port: 80}}]}}\n---\n\
             apiVersion: gateway.networking.k8s.io/v1beta1\nkind: ReferenceGrant\n\
             metadata: {{name: edge, namespace: store}}\n\
             spec: {{from: [{{group: {from}, kind: HTTPRoute, namespace: edge}}], to: [{{group: {to}, kind: Service}}]}}\n"
        )
    };
    let backend = "rules: [{backendRefs: [{name: web, namespace: store, port: 80}]}]";
    let route = text("{name: public}").replace("rules: [{}]", backend);
    let group = "gateway.networking.k8s.io";
    for (from, to) in [("networking.k8s.io", "\"\""), (group, "core")] {
        let text = format!("{route}{}", grant(from, to));
        let (fixed, is_left) = mended(&text, |fault| {
            matches!(
                fault,
                Fault::Gateway(GatewayFault::ReferenceGrantMisses { .. })
            )
        });
        assert!(fixed.ends_with(&grant(group, "\"\"")), "{fixed}");
        assert!(!is_left, "{fixed}");
    }
}

#[test]
fn the_cause_for_a_route_of_another_kind_has_the_protocols() {
    let text = text("{name: public}").replace("protocol: HTTP", "protocol: TCP");
    let found = check_text(&text, &Config::default()).into_iter();
    let mut told = found.filter_map(|(own, _)| match own.problem {
        Problem::Cause(Fault::Gateway(GatewayFault::RouteNotAttached { listeners, .. })) => {
            Some(listeners)
        }
        _ => None,
    });
    assert_eq!(told.next().as_deref(), Some("web-http (80, TCP)"));
}

#[test]
fn a_certificate_is_a_secret_of_type_tls() {
    let told = |secret: &str| {
        let text = text("{name: public}").replace(
            "port: 80, protocol: HTTP",
            "port: 443, protocol: HTTPS, tls: {certificateRefs: [{name: shop}]}",
        );
        let text = format!(
            "{text}---\napiVersion: v1\nkind: Secret\nmetadata: {{name: shop, namespace: edge}}\n{secret}\n"
        );
        let found = check_text(&text, &Config::default());
        found.into_iter().find_map(|(own, _)| match own.problem {
            Problem::Cause(Fault::Gateway(GatewayFault::CertificateOfOtherType {
                kind, ..
            })) => Some(kind),
            _ => None,
        })
    };
    assert_eq!(
        told("type: example.com/own").as_deref(),
        Some("example.com/own")
    );
    assert_eq!(told("data: {a: YQ==}").as_deref(), Some("Opaque"));
    let tls = "type: kubernetes.io/tls\ndata: {tls.crt: YQ==, tls.key: YQ==}";
    assert_eq!(told(tls), None);
}

/// The text after the fix of the only cause of such a kind, and what is found in it.
fn mended(text: &str, is_meant: fn(&Fault) -> bool) -> (String, bool) {
    let is_found = |diagnostic: &Diagnostic| match &diagnostic.problem {
        Problem::Cause(fault) => is_meant(fault),
        _ => false,
    };
    let found = check_text(text, &Config::default());
    let fixed = found.into_iter().find(|(own, _)| is_found(own));
    let fixed = fixed.and_then(|(_, fixed)| fixed).expect("a fix");
    let again = check_text(&fixed, &Config::default());
    let is_left = again.iter().any(|(own, _)| is_found(own));
    (fixed, is_left)
}

#[test]
fn a_listener_is_opened_for_the_namespace_of_the_route_alone() {
    let text = text("{name: public, namespace: edge}")
        .replace("shop, namespace: edge", "shop, namespace: shop");
    let (fixed, is_left) = mended(&text, |fault| {
        matches!(fault, Fault::Gateway(GatewayFault::RouteNotAttached { .. }))
    });
    let wanted = "[{allowedRoutes: {namespaces: {from: Selector, selector: {matchLabels: \
                  {kubernetes.io/metadata.name: shop}}}}, name: web-http,";
    assert!(fixed.contains(wanted), "{fixed}");
    assert!(!is_left);
}

#[test]
fn the_only_port_of_the_service_is_written() {
    let service = "---\napiVersion: v1\nkind: Service\nmetadata: {name: web, namespace: edge}\n\
                   spec: {ports: [{port: 3000}]}\n";
    let backend = "rules: [{backendRefs: [{name: web, port: 8080}]}]";
    let text = format!(
        "{}{service}",
        text("{name: public}").replace("rules: [{}]", backend)
    );
    let (fixed, is_left) = mended(&text, |fault| {
        matches!(
            fault,
            Fault::Gateway(GatewayFault::RouteBackendUnusable { .. })
        )
    });
    assert!(fixed.contains("{name: web, port: 3000}"), "{fixed}");
    assert!(!is_left);
}
