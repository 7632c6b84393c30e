//! Requests at small Gateways, each for one sentence of the specification.

use super::{
    BackendFault, Conflict, Decision, Forward, GatewayState, GatewayTraffic, Gateways,
    ParentOutcome, Refusal,
};
use crate::cluster::object::RouteKind;
use crate::l7::http_request::HttpRequest;
use crate::names::ObjectName;
use crate::testing::resolved;

/// A Gateway with these listeners, and other documents of the namespace `default`, of which `web` and `old` are Services
/// with a ready pod on port 80 each, and `dns` has port 53 with TCP and UDP, ready with UDP alone.
fn gateways(listeners: &str, documents: &str) -> Gateways {
    let gateway = format!(
        "
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {{name: front}}
spec: {{gatewayClassName: hop, listeners: {listeners}}}
---
{documents}
---
{SERVICES}"
    );
    Gateways::with_assumed_classes(&resolved(&gateway).cluster)
}

const SERVICES: &str = "
{apiVersion: v1, kind: Service, metadata: {name: web}, spec: {selector: {app: a}, ports: [{port: 80}]}}
---
{apiVersion: v1, kind: Service, metadata: {name: old}, spec: {selector: {app: a}, ports: [{port: 80}]}}
---
apiVersion: v1
kind: Service
metadata: {name: dns}
spec:
  ports: [{name: tcp, port: 53}, {name: udp, port: 53, protocol: UDP}]
---
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata: {name: dns-1, labels: {kubernetes.io/service-name: dns}}
addressType: IPv4
endpoints: [{addresses: [10.1.1.1]}]
ports: [{name: udp, port: 53, protocol: UDP}]
---
apiVersion: v1
kind: Pod
metadata: {name: a, labels: {app: a}}
spec: {containers: [{name: c, image: a}]}
";

const HTTP: &str = "[{name: http, port: 80, protocol: HTTP}]";

fn front(gateways: &Gateways) -> &GatewayState {
    gateways
        .get(&ObjectName::new("default", "front"))
        .expect("the Gateway")
}

/// An HTTPRoute `shop` with these rules.
fn http_route(rules: &str) -> String {
    format!(
        "{{apiVersion: gateway.networking.k8s.io/v1, kind: HTTPRoute, metadata: {{name: shop}}, \
         spec: {{parentRefs: [{{name: front}}], rules: {rules}}}}}"
    )
}

fn forwarded(decision: Decision<'_>) -> Box<Forward<'_>> {
    match decision {
        Decision::Forwarded(_, forward) => forward,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_kind_of_another_group_is_no_route_of_the_listener() {
    for (group, is_attached) in [
        ("\"\"", false),
        ("example.com", false),
        ("gateway.networking.k8s.io", true),
    ] {
        let listener = format!(
            "[{{name: http, port: 80, protocol: HTTP, allowedRoutes: {{kinds: [{{group: {group}, kind: HTTPRoute}}]}}}}]"
        );
        let gateways = gateways(
            &listener,
            &http_route("[{backendRefs: [{name: web, port: 80}]}]"),
        );
        let state = front(&gateways);
        assert_eq!(state.listeners[0].fault.is_none(), is_attached, "{group}");
        assert_eq!(state.attached[0].len(), usize::from(is_attached), "{group}");
    }
}

#[test]
fn a_number_that_a_service_has_twice_is_the_port_of_the_routes_protocol() {
    let route = "{apiVersion: gateway.networking.k8s.io/v1, kind: UDPRoute, metadata: {name: dns}, \
                 spec: {parentRefs: [{name: front}], rules: [{backendRefs: [{name: dns, port: 53}]}]}}\n---\n\
                 {apiVersion: gateway.networking.k8s.io/v1, kind: TCPRoute, metadata: {name: dns}, \
                 spec: {parentRefs: [{name: front}], rules: [{backendRefs: [{name: dns, port: 53}]}]}}";
    let listeners = "[{name: udp, port: 53, protocol: UDP}, {name: tcp, port: 53, protocol: TCP}]";
    let gateways = gateways(listeners, route);
    let share = |traffic| {
        forwarded(front(&gateways).decide(53, &traffic)).shares[0]
            .target
            .clone()
    };
    assert!(share(GatewayTraffic::Udp).is_ok());
    assert_eq!(share(GatewayTraffic::Tcp), Err(BackendFault::NotReady));
}

#[test]
fn the_copies_of_a_backends_filter_are_of_its_requests_alone() {
    let rules = "[{backendRefs: [{name: web, port: 80, filters: [{type: RequestMirror, \
                 requestMirror: {backendRef: {name: old, port: 80}}}]}, {name: old, port: 80}]}]";
    let gateways = gateways(HTTP, &http_route(rules));
    let request = HttpRequest::of("a.example", "/");
    let forward = forwarded(front(&gateways).decide(80, &GatewayTraffic::Http(&request)));
    let copies = |index: usize| forward.mirrors_of(&forward.shares[index]).len();
    assert_eq!([copies(0), copies(1)], [1, 0]);
}

#[test]
fn an_invalid_copy_of_a_backend_is_an_unresolved_reference() {
    let rules = "[{backendRefs: [{name: web, port: 80, filters: [{type: RequestMirror, \
                 requestMirror: {backendRef: {name: nowhere, port: 80}}}]}]}]";
    let gateways = gateways(HTTP, &http_route(rules));
    let shop = ObjectName::new("default", "shop");
    assert_eq!(
        gateways.fault_of(RouteKind::Http, &shop),
        Some(BackendFault::NotFound)
    );
    let request = HttpRequest::of("a.example", "/");
    let forward = forwarded(front(&gateways).decide(80, &GatewayTraffic::Http(&request)));
    assert!(forward.mirrors_of(&forward.shares[0]).is_empty());
}

#[test]
fn of_tls_and_https_listeners_on_one_port_the_most_specific_host_name_takes_the_connection() {
    let listeners = "[{name: tls, port: 443, protocol: TLS, hostname: '*.example', tls: {mode: Passthrough}}, \
                      {name: https, port: 443, protocol: HTTPS, hostname: a.example, \
                       tls: {options: {example.com/certificate: own}}}]";
    let gateways = gateways(
        listeners,
        &http_route("[{backendRefs: [{name: web, port: 80}]}]"),
    );
    let listener = |host: &str| {
        let request = HttpRequest {
            is_tls: true,
            ..HttpRequest::of(host, "/")
        };
        match front(&gateways).decide_over_tls(443, &request) {
            Decision::NoRoute { listener } => listener.listener.name.to_string(),
            Decision::Forwarded(taken, _) => taken.listener.listener.name.to_string(),
            other => format!("{other:?}"),
        }
    };
    assert_eq!(listener("a.example"), "https");
    assert_eq!(listener("b.example"), "tls");
    assert_eq!(listener("b.other"), "NoListener");
}

#[test]
fn of_an_http_route_and_a_grpc_route_with_one_host_name_the_older_is_accepted() {
    let route = |kind: &str, name: &str, created: &str, hostnames: &str| {
        format!(
            "---\n{{apiVersion: gateway.networking.k8s.io/v1, kind: {kind}, \
             metadata: {{name: {name}, creationTimestamp: {created}}}, \
             spec: {{parentRefs: [{{name: front}}], hostnames: {hostnames}, \
             rules: [{{backendRefs: [{{name: web, port: 80}}]}}]}}}}\n"
        )
    };
    let outcome = |gateways: &Gateways, kind, name: &str| {
        let parents = gateways.parents_of(kind, &ObjectName::new("default", name));
        parents[0].outcome.clone()
    };
    let (early, late) = ("2026-01-01T00:00:00Z", "2026-01-02T00:00:00Z");
    let texts = [
        route("HTTPRoute", "shop", late, "[shop.example, a.other]"),
        route("GRPCRoute", "grpc", early, "['*.example']"),
        route("HTTPRoute", "other", late, "[b.other]"),
    ];
    let found = gateways(HTTP, &texts.concat());
    assert_eq!(
        outcome(&found, RouteKind::Http, "shop"),
        ParentOutcome::Refused(Refusal::HostnameConflict)
    );
    for (kind, name) in [(RouteKind::Grpc, "grpc"), (RouteKind::Http, "other")] {
        assert_eq!(
            outcome(&found, kind, name),
            ParentOutcome::Accepted(vec![0])
        );
    }
    assert_eq!(front(&found).attached[0].len(), 2);
    let request = HttpRequest {
        host: "a.other".into(),
        uri: "/".into(),
        ..HttpRequest::default()
    };
    assert!(matches!(
        front(&found).decide(80, &GatewayTraffic::Http(&request)),
        Decision::NoRoute { .. }
    ));
}

/// A ListenerSet of the namespace `default` for `front`.
fn listener_set(name: &str, created: &str, listeners: &str) -> String {
    format!(
        "---\n{{apiVersion: gateway.networking.k8s.io/v1, kind: ListenerSet, \
         metadata: {{name: {name}, creationTimestamp: '{created}'}}, \
         spec: {{parentRef: {{name: front}}, listeners: {listeners}}}}}\n"
    )
}

/// A route to `web` with these parents.
fn route_of(name: &str, parents: &str) -> String {
    format!(
        "---\n{{apiVersion: gateway.networking.k8s.io/v1, kind: HTTPRoute, metadata: {{name: {name}}}, \
         spec: {{parentRefs: {parents}, rules: [{{backendRefs: [{{name: web, port: 80}}]}}]}}}}\n"
    )
}

const SAME: &str =
    "[{name: http, port: 80, protocol: HTTP}], allowedListeners: {namespaces: {from: Same}}";

#[test]
fn a_listener_set_adds_listeners_that_its_own_routes_attach_to() {
    let set = listener_set(
        "more",
        "2026-01-01T00:00:00Z",
        "[{name: http, port: 81, protocol: HTTP}]",
    );
    let routes = route_of("at-set", "[{name: more, kind: ListenerSet}]")
        + &route_of("at-gateway", "[{name: front}]");
    let found = gateways(SAME, &(set.clone() + &routes));
    let names = |index: usize| {
        let attached = front(&found).attached[index].iter();
        attached
            .map(|route| route.name.name.as_str())
            .collect::<Vec<_>>()
    };
    assert_eq!((names(0), names(1)), (vec!["at-gateway"], vec!["at-set"]));
    let silent = gateways(HTTP, &(set + &routes));
    assert_eq!(front(&silent).listeners.len(), 1);
    let parents = silent.parents_of(RouteKind::Http, &ObjectName::new("default", "at-set"));
    assert_eq!(
        parents[0].outcome,
        ParentOutcome::Refused(Refusal::NoMatchingParent)
    );
}

#[test]
fn the_gateways_listener_comes_first_and_then_that_of_the_oldest_set() {
    let own = "[{name: a, port: 80, protocol: HTTP}, {name: b, port: 81, protocol: HTTP}, \
               {name: c, port: 82, protocol: TCP}]";
    let sets = listener_set("a-late", "2026-01-02T00:00:00Z", own)
        + &listener_set(
            "b-early",
            "2026-01-01T00:00:00Z",
            "[{name: d, port: 81, protocol: HTTP}, {name: e, port: 82, protocol: HTTP, hostname: x.example}]",
        );
    let found = gateways(SAME, &sets);
    let listeners = front(&found).listeners.iter();
    let conflicts: Vec<_> = listeners
        .map(|it| (it.listener.name.as_str(), it.conflict))
        .collect();
    assert_eq!(
        conflicts,
        [
            ("http", None),
            ("d", None),
            ("e", None),
            ("a", Some(Conflict::Listener)),
            ("b", Some(Conflict::Listener)),
            ("c", Some(Conflict::Protocol)),
        ]
    );
}
