//! A gRPC call through an HTTPRoute: without `appProtocol: kubernetes.io/h2c` at the Service's port an implementation speaks
//! HTTP/1.1 to the backend (Gateway API GEP-1911, "Backend Protocol Selection"). A GRPCRoute says by itself what is spoken.

use super::called_port::CalledPort;
use crate::causes::cause::{Cause, Evidence};
use crate::causes::edit::set_field;
use crate::causes::survey::Survey;
use crate::cluster::object::RouteKind;
use crate::diagnostic::{Fault, GatewayFault};
use crate::kinds::Kind;
use crate::trace::{Scheme, Trace, Unless, Verdict};

/// The port of the Service behind the HTTPRoute that took a gRPC call, if it says nothing of HTTP/2.
pub(in crate::causes) fn of_answer(survey: &Survey, trace: &Trace) -> Option<Cause> {
    let is_grpc = matches!(trace.request.to.scheme, Some(Scheme::Grpc | Scheme::Grpcs));
    // Over TLS both ends agree on the protocol.
    let is_over_tls = matches!(
        trace.verdict,
        Verdict::AnsweredUnless {
            unless: Unless::BackendTls,
            ..
        }
    );
    if !is_grpc || is_over_tls {
        return None;
    }
    let called = CalledPort::of(survey, trace)?;
    if called.route.kind != RouteKind::Http || called.port.app_protocol.is_some() {
        return None;
    }
    let fault = Fault::Gateway(GatewayFault::RouteBackendNotHttp2 {
        route: called.route.to_string(),
        service: called.service.to_string(),
        port: called.port.port,
    });
    let stored = survey.resolved.get(Kind::Service, called.service)?;
    let evidence = Evidence::of(stored, &format!("spec.ports[{}]", called.index));
    let written = stored
        .tree
        .at(&["spec", "ports"])?
        .items()
        .get(called.index)?;
    let fix = set_field(stored, written, "appProtocol", "\"kubernetes.io/h2c\"");
    Some(
        Cause::certain(fault, vec![evidence])
            .possible()
            .with_fix(fix),
    )
}

#[cfg(test)]
mod tests {
    use crate::causes::of_trace;
    use crate::cluster::config::Config;
    use crate::diagnostic::{Fault, GatewayFault};
    use crate::manifest::Source;
    use crate::network::Network;
    use crate::resolve::resolve;
    use crate::testing::dedent;
    use crate::trace::{Request, trace};

    /// Whether a call through a route of this kind to such a port is reported.
    fn is_told(kind: &str, port: &str) -> bool {
        let text = dedent(
            "
            apiVersion: gateway.networking.k8s.io/v1
            kind: Gateway
            metadata: {name: edge}
            spec: {gatewayClassName: hop, listeners: [{name: http, port: 80, protocol: HTTP}]}
            ---
            apiVersion: gateway.networking.k8s.io/v1
            kind: KIND
            metadata: {name: greeter}
            spec: {parentRefs: [{name: edge}], hostnames: [greeter.example.com], rules: [{backendRefs: [{name: greeter, port: 9000}]}]}
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: greeter}
            spec: {selector: {app: greeter}, ports: [PORT]}
            ---
            apiVersion: v1
            kind: Pod
            metadata: {name: greeter-0, labels: {app: greeter}}
            spec: {containers: [{name: c, image: greeter, ports: [{containerPort: 9000}]}]}
            ",
        );
        let text = text.replace("KIND", kind).replace("PORT", port);
        let network = Network::of(resolve(&Source::read(&text), &Config::default()));
        let request = Request {
            from: "client".parse().expect("an origin"),
            to: "grpc://greeter.example.com/hello.Greeter/Say"
                .parse()
                .expect("a target"),
        };
        let trace = trace(&network, &request, 0, 0).expect("the client has an address");
        let mut causes = of_trace(&network, &trace).into_iter();
        causes.any(|cause| {
            let fault = cause.fault;
            matches!(
                fault,
                Fault::Gateway(GatewayFault::RouteBackendNotHttp2 { .. })
            )
        })
    }

    #[test]
    fn an_http_route_needs_to_be_told_of_http_2() {
        let plain = "{port: 9000}";
        assert!(is_told("HTTPRoute", plain));
        assert!(!is_told("GRPCRoute", plain));
        let stated = "{port: 9000, appProtocol: kubernetes.io/h2c}";
        assert!(!is_told("HTTPRoute", stated));
    }
}
