//! Comments of rules as data: of kube-proxy's rules the Service port and the purpose, of portmap's the sandbox.

use std::fmt;
use std::net::SocketAddr;
use std::sync::Arc;

use super::{ChainName, SandboxId};
use crate::names::ServicePortName;

/// The name of the CNI network, as flannel's configuration has it.
const CNI_NETWORK: &str = "cbr0";

/// A comment.
#[derive(Clone, Debug, PartialEq)]
pub enum Comment {
    /// The same text on every node.
    Fixed(&'static str),
    /// A Service port, and the purpose of the rule.
    Of(Arc<ServicePortName>, Purpose),
    /// The ports of a pod's sandbox in the CNI network.
    PortMappings(SandboxId),
}

/// What a rule does for its Service port.
#[derive(Clone, Debug, PartialEq)]
pub enum Purpose {
    /// Only the port's name.
    Itself,
    /// Takes traffic to the cluster IP.
    ClusterIp,
    /// Takes traffic to one of the external IPs.
    ExternalIp,
    /// Takes traffic to the load balancer's address.
    LoadBalancerIp,
    /// Rejects: no endpoint on any node.
    NoEndpoints,
    /// Drops: no endpoint on this node.
    NoLocalEndpoints,
    /// Drops what this firewall chain did not accept.
    NotAccepted(ChainName),
    /// Documents that a later rule drops traffic outside the source ranges.
    OtherDropped,
    /// Accepts health checks of the load balancer.
    HealthCheck,
    /// Exempts pods from the external traffic policy.
    PodTraffic,
    /// Marks traffic of this node itself.
    MasqueradeLocal,
    /// Exempts traffic of this node from the external traffic policy.
    RouteLocal,
    /// Marks all traffic from outside.
    MasqueradeExternal,
    /// Chooses an endpoint.
    Endpoint(SocketAddr),
}

impl Comment {
    /// The Service port of the rule; `None` for a fixed text.
    pub fn service_port(&self) -> Option<&ServicePortName> {
        match self {
            Comment::Fixed(_) | Comment::PortMappings(_) => None,
            Comment::Of(name, _) => Some(name),
        }
    }
}

impl fmt::Display for Comment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (name, about) = match self {
            Comment::Fixed(words) => return f.write_str(words),
            Comment::Of(name, about) => (name, about),
            // The tool escapes quotes.
            Comment::PortMappings(sandbox) => {
                return write!(f, r#"dnat name: \"{CNI_NETWORK}\" id: \"{sandbox}\""#);
            }
        };
        match about {
            Purpose::Itself => write!(f, "{name}"),
            Purpose::ClusterIp => write!(f, "{name} cluster IP"),
            Purpose::ExternalIp => write!(f, "{name} external IP"),
            Purpose::LoadBalancerIp => write!(f, "{name} loadbalancer IP"),
            Purpose::NoEndpoints => write!(f, "{name} has no endpoints"),
            Purpose::NoLocalEndpoints => write!(f, "{name} has no local endpoints"),
            Purpose::NotAccepted(chain) => write!(f, "{name} traffic not accepted by {chain}"),
            Purpose::OtherDropped => write!(
                f,
                "other traffic to {name} will be dropped by KUBE-PROXY-FIREWALL"
            ),
            Purpose::HealthCheck => write!(f, "{name} health check node port"),
            Purpose::PodTraffic => write!(f, "pod traffic for {name} external destinations"),
            Purpose::MasqueradeLocal => write!(
                f,
                "masquerade LOCAL traffic for {name} external destinations"
            ),
            Purpose::RouteLocal => {
                write!(f, "route LOCAL traffic for {name} external destinations")
            }
            Purpose::MasqueradeExternal => {
                write!(f, "masquerade traffic for {name} external destinations")
            }
            Purpose::Endpoint(endpoint) => write!(f, "{name} -> {endpoint}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::names::ObjectName;

    #[test]
    fn comments_read_as_kube_proxy_writes_them() {
        let name = Arc::new(ServicePortName {
            service: ObjectName::new("default", "web"),
            port: "http".into(),
        });
        let comment = Comment::Of(
            name,
            Purpose::Endpoint("[fd00::3]:80".parse().expect("a literal address")),
        );
        assert_eq!(comment.to_string(), "default/web:http -> [fd00::3]:80");
    }
}
