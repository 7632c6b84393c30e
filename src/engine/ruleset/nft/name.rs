//! Names in kube-proxy's nftables table: long enough to be read, with a hash in front (kubernetes
//! `pkg/proxy/nftables/proxier.go`, `hashAndTruncate`).

use std::fmt;
use std::net::SocketAddr;
use std::sync::Arc;

use super::super::{ChainKind, Hash};
use crate::names::{Protocol, ServicePortName};

/// The name of a chain, set or map.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NftChainName {
    /// The same on every node.
    Fixed(&'static str),
    /// Of a Service port or one of its endpoints.
    Of(NftChainRole, Base),
}

impl fmt::Display for NftChainName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            NftChainName::Fixed(name) => f.write_str(name),
            NftChainName::Of(role, base) => write!(f, "{}{base}", role.prefix()),
        }
    }
}

/// What a chain or set of a Service port is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NftChainRole {
    /// Chooses among the endpoints of the cluster.
    Service,
    /// Chooses among the endpoints on this node.
    Local,
    /// Takes traffic to addresses known outside the cluster.
    External,
    /// Lets only the load balancer's source ranges through.
    Firewall,
    /// Sends to one endpoint.
    Endpoint,
    /// Remembers the clients of one endpoint.
    Affinity,
}

impl NftChainRole {
    /// The role in terms of every mode.
    pub fn kind(self) -> ChainKind {
        match self {
            NftChainRole::Service => ChainKind::ServicePort,
            NftChainRole::Local => ChainKind::LocalEndpoints,
            NftChainRole::External => ChainKind::External,
            NftChainRole::Firewall => ChainKind::Firewall,
            NftChainRole::Endpoint | NftChainRole::Affinity => ChainKind::Endpoint,
        }
    }

    fn prefix(self) -> &'static str {
        match self {
            NftChainRole::Service => "service-",
            NftChainRole::Local => "local-",
            NftChainRole::External => "external-",
            NftChainRole::Firewall => "firewall-",
            NftChainRole::Endpoint => "endpoint-",
            NftChainRole::Affinity => "affinity-",
        }
    }
}

/// What the names of a Service port, or of one of its endpoints, have in common.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Base {
    /// The hash of the whole.
    pub hash: Hash,
    words: Arc<str>,
}

/// How long the common part may be: 256 for a name, less 16 for its role.
const LONGEST: usize = 240;
/// How much of the hash is printed.
const PRINTED: usize = 8;

impl Base {
    /// Of a Service port: `namespace/name/protocol/port`.
    pub fn of_port(name: &ServicePortName, protocol: Protocol) -> Base {
        Base::of(words(name, protocol))
    }

    /// Of an endpoint: the port's, two underscores, `address/port`. A chain's name may not hold a colon.
    pub fn of_endpoint(name: &ServicePortName, protocol: Protocol, endpoint: SocketAddr) -> Base {
        let address = endpoint.ip().to_string().replace(':', ".");
        Base::of(format!(
            "{}__{address}/{}",
            words(name, protocol),
            endpoint.port()
        ))
    }

    fn of(words: String) -> Base {
        Base {
            hash: Hash::of(&[&words]),
            words: words.into(),
        }
    }
}

fn words(name: &ServicePortName, protocol: Protocol) -> String {
    let ServicePortName { service, port } = name;
    format!(
        "{}/{}/{}/{port}",
        service.namespace,
        service.name,
        protocol.lower()
    )
}

impl fmt::Display for Base {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let whole = format!("{}-{}", &self.hash.as_str()[..PRINTED], self.words);
        match whole.get(..LONGEST - 3).filter(|_| whole.len() > LONGEST) {
            Some(cut) => write!(f, "{cut}..."),
            None => f.write_str(&whole),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::names::ObjectName;

    fn web() -> ServicePortName {
        ServicePortName {
            service: ObjectName::new("default", "web"),
            port: "".into(),
        }
    }

    #[test]
    fn a_service_ports_chain_has_the_name_kube_proxy_gives_it() {
        let name = NftChainName::Of(NftChainRole::Service, Base::of_port(&web(), Protocol::Tcp));
        assert_eq!(name.to_string(), "service-PFISGYVC-default/web/tcp/");
    }

    #[test]
    fn an_ipv6_endpoints_chain_has_dots_for_colons() {
        let endpoint = "[fd00:244:1::3]:8080".parse().expect("a literal address");
        let name = NftChainName::Of(
            NftChainRole::Endpoint,
            Base::of_endpoint(&web(), Protocol::Tcp, endpoint),
        );
        assert_eq!(
            name.to_string(),
            "endpoint-OH36HZRR-default/web/tcp/__fd00.244.1..3/8080"
        );
    }
}
