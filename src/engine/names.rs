//! Names and protocols, printed as kubectl and kube-proxy print them: `default/web`, `default/web:http`, `TCP`.
//!
//! Sources: kubernetes `pkg/proxy/types.go`, apimachinery `pkg/types/namespacedname.go`.

use std::cmp::Ordering;
use std::fmt;
use std::net::IpAddr;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use smol_str::SmolStr;

/// The namespace of objects that name none.
pub const DEFAULT_NAMESPACE: &str = "default";

/// The name of an object, printed as `namespace/name` (`types.NamespacedName`).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
pub struct ObjectName {
    /// The namespace; empty for cluster-scoped objects.
    pub namespace: SmolStr,
    /// `metadata.name`.
    pub name: SmolStr,
}

impl ObjectName {
    /// The name `namespace/name`.
    pub fn new(namespace: impl Into<SmolStr>, name: impl Into<SmolStr>) -> Self {
        ObjectName {
            namespace: namespace.into(),
            name: name.into(),
        }
    }
}

impl fmt::Display for ObjectName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.namespace, self.name)
    }
}

/// A name in the order of its printed form, as controllers compare `namespace/name`: `a-b/x` is before `a/x`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct PrintedOrder<'a>(pub &'a ObjectName);

impl PrintedOrder<'_> {
    fn bytes(&self) -> impl Iterator<Item = u8> {
        let ObjectName { namespace, name } = self.0;
        namespace.bytes().chain([b'/']).chain(name.bytes())
    }
}

impl Ord for PrintedOrder<'_> {
    fn cmp(&self, other: &Self) -> Ordering {
        self.bytes().cmp(other.bytes())
    }
}

impl PartialOrd for PrintedOrder<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// A Service port, printed as `ns/name:port`, or `ns/name` if the port is unnamed (`proxy.ServicePortName` without the
/// protocol).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct ServicePortName {
    /// The Service.
    pub service: ObjectName,
    /// The port's name, empty if it is unnamed.
    pub port: SmolStr,
}

impl fmt::Display for ServicePortName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.port.is_empty() {
            write!(f, "{}", self.service)
        } else {
            write!(f, "{}:{}", self.service, self.port)
        }
    }
}

/// A transport protocol of Services. Kubernetes prints it in upper case ([`fmt::Display`]), rules and hashes in lower
/// case ([`Protocol::lower`]).
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[cfg_attr(feature = "testing", derive(schemars::JsonSchema))]
#[serde(rename_all = "UPPERCASE")]
pub enum Protocol {
    /// Transmission Control Protocol, the default.
    #[default]
    Tcp,
    /// User Datagram Protocol.
    Udp,
    /// Stream Control Transmission Protocol.
    Sctp,
}

impl Protocol {
    /// The number in IP headers.
    pub fn number(self) -> u8 {
        match self {
            Protocol::Tcp => 6,
            Protocol::Udp => 17,
            Protocol::Sctp => 132,
        }
    }

    /// All protocols, in the order Kubernetes lists them.
    pub const ALL: [Protocol; 3] = [Protocol::Tcp, Protocol::Udp, Protocol::Sctp];

    /// `tcp`, `udp` or `sctp`.
    pub fn lower(self) -> &'static str {
        match self {
            Protocol::Tcp => "tcp",
            Protocol::Udp => "udp",
            Protocol::Sctp => "sctp",
        }
    }
}

impl fmt::Display for Protocol {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Protocol::Tcp => "TCP",
            Protocol::Udp => "UDP",
            Protocol::Sctp => "SCTP",
        })
    }
}

/// The text does not name a protocol of Services.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownProtocol(pub String);

impl FromStr for Protocol {
    type Err = UnknownProtocol;

    /// Parses case-insensitively.
    fn from_str(text: &str) -> Result<Self, UnknownProtocol> {
        Protocol::ALL
            .into_iter()
            .find(|protocol| protocol.lower().eq_ignore_ascii_case(text))
            .ok_or_else(|| UnknownProtocol(text.to_owned()))
    }
}

/// An IP family. kube-proxy has one set of rules per family.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[cfg_attr(feature = "testing", derive(schemars::JsonSchema))]
pub enum Family {
    /// `IPv4`.
    #[default]
    #[serde(rename = "IPv4")]
    V4,
    /// `IPv6`.
    #[serde(rename = "IPv6")]
    V6,
}

impl Family {
    /// The family that an address belongs to.
    pub fn of(address: IpAddr) -> Family {
        match address {
            IpAddr::V4(_) => Family::V4,
            IpAddr::V6(_) => Family::V6,
        }
    }
}

impl fmt::Display for Family {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Family::V4 => "IPv4",
            Family::V6 => "IPv6",
        })
    }
}

/// A direction of connections, seen from the pods that a NetworkPolicy selects: `policyTypes[]`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "testing", derive(schemars::JsonSchema))]
#[serde(rename_all(serialize = "lowercase"))]
pub enum PolicyType {
    /// Connections to the pods.
    Ingress,
    /// Connections from the pods.
    Egress,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hyphen_is_before_the_slash_of_printed_names() {
        let [one, other] = ["a", "a-b"].map(|namespace| ObjectName::new(namespace, "x"));
        assert!(one < other);
        assert!(PrintedOrder(&other) < PrintedOrder(&one));
    }

    #[test]
    fn a_service_port_prints_as_kube_proxy_writes_it() {
        let service = ObjectName::new("default", "web");
        let unnamed = ServicePortName {
            service: service.clone(),
            port: SmolStr::default(),
        };
        let named = ServicePortName {
            service,
            port: "http".into(),
        };
        assert_eq!(
            (unnamed.to_string(), named.to_string()),
            ("default/web".into(), "default/web:http".into())
        );
    }

    #[test]
    fn protocols_parse_what_they_print() {
        for protocol in Protocol::ALL {
            assert_eq!(protocol.to_string().parse(), Ok(protocol));
        }
        assert_eq!(
            "icmp".parse::<Protocol>(),
            Err(UnknownProtocol("icmp".into()))
        );
    }
}
