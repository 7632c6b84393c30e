//! Listeners of a protocol that no controller speaks. The names of protocols are written in capitals, and a controller's
//! own ones have a prefix: `example.com/foo` (Gateway API `apis/v1/gateway_types.go`, `ProtocolType`).

use crate::causes::cause::{Cause, Evidence};
use crate::causes::survey::Survey;
use crate::cluster::object::Listener;
use crate::diagnostic::{Fault, Fix, GatewayFault};
use crate::kinds::Kind;
use crate::l7::gateway::CompiledRoute;
use crate::names::ObjectName;
use crate::network::AddressedGateway;
use crate::resolve::Stored;
use crate::syntax::typo_distance;

const PROTOCOLS: [&str; 5] = ["HTTP", "HTTPS", "TLS", "TCP", "UDP"];

/// Every such listener of every Gateway.
pub(in crate::causes) fn check(survey: &Survey) -> Vec<Cause> {
    let gateways = survey.resolved.cluster.gateways.keys();
    let causes = gateways.flat_map(|name| of_gateway(survey, name, |_| true));
    causes.collect()
}

/// Such listeners of a Gateway that a request is for, by its port and host.
pub(super) fn of_request(survey: &Survey, gateway: &AddressedGateway, host: &str) -> Vec<Cause> {
    of_gateway(survey, gateway.name, |listener| {
        let hostname = listener.hostname.as_str();
        let fits = hostname.is_empty() || CompiledRoute::fits_host(hostname, host);
        fits && listener.port == gateway.port
    })
}

fn of_gateway(
    survey: &Survey,
    name: &ObjectName,
    is_meant: impl Fn(&Listener) -> bool,
) -> Vec<Cause> {
    let gateway = survey.resolved.cluster.gateways.get(name);
    let stored = survey.resolved.get(Kind::Gateway, name);
    let Some((gateway, stored)) = gateway.zip(stored) else {
        return Vec::new();
    };
    let listeners = gateway.spec.listeners.iter().enumerate();
    let meant = listeners.filter(|(_, listener)| is_meant(listener));
    let causes = meant.filter_map(|(index, listener)| of_listener(stored, index, listener));
    causes.collect()
}

fn of_listener(stored: &Stored, index: usize, listener: &Listener) -> Option<Cause> {
    let written = listener.protocol.as_str();
    if written.contains('/') || PROTOCOLS.contains(&written) {
        return None;
    }
    let upper = written.to_uppercase();
    let near = PROTOCOLS
        .iter()
        .filter_map(|own| Some((typo_distance(&upper, own)?, *own)));
    let same = PROTOCOLS.iter().find(|own| **own == upper).copied();
    let meant = same.or_else(|| near.min().map(|(_, own)| own));
    let fault = Fault::Gateway(GatewayFault::ListenerProtocolUnknown {
        gateway: stored.name.to_string(),
        listener: listener.name.to_string(),
        protocol: written.to_owned(),
        meant: meant.unwrap_or_default().to_owned(),
    });
    let evidence = Evidence::of(stored, &format!("spec.listeners[{index}].protocol"));
    let fix = evidence.span.zip(meant).map(|(span, meant)| Fix {
        span,
        text: meant.to_owned(),
    });
    Some(Cause::likely(fault, vec![evidence]).with_fix(fix))
}

#[cfg(test)]
mod tests {
    use crate::causes::tests::check_text;
    use crate::cluster::Config;
    use crate::diagnostic::{Fault, GatewayFault, Problem};

    /// The protocol suggested for a listener with this one, and the text after the fix.
    fn told(protocol: &str) -> Option<(String, Option<String>)> {
        let text = format!(
            "apiVersion: gateway.networking.k8s.io/v1\nkind: Gateway\nmetadata: {{name: public}}\n\
             spec: {{gatewayClassName: c, listeners: [{{name: web, port: 80, protocol: {protocol}}}]}}\n"
        );
        let found = check_text(&text, &Config::default()).into_iter();
        let mut unknown = found.filter_map(|(diagnostic, fixed)| match diagnostic.problem {
            Problem::Cause(Fault::Gateway(GatewayFault::ListenerProtocolUnknown {
                meant, ..
            })) => Some((meant, fixed)),
            _ => None,
        });
        unknown.next()
    }

    #[test]
    fn protocols_are_written_in_capitals() {
        for known in ["HTTP", "TCP", "example.com/http"] {
            assert_eq!(told(known), None, "{known}");
        }
        let (meant, fixed) = told("http").expect("is told");
        assert_eq!(meant, "HTTP");
        let fixed = fixed.expect("a fix");
        assert!(fixed.contains("protocol: HTTP}"), "{fixed}");
        assert_eq!(told("GRPC"), Some((String::new(), None)));
    }
}
