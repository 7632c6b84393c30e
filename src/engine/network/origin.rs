//! Who opens a connection, as people type it.

use std::fmt;
use std::net::IpAddr;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::RequestError;
use crate::names::{DEFAULT_NAMESPACE, ObjectName};

/// Who opens the connection. Reads and prints as `pod/web`, `pod/ns/web`, `node/node-1`, `client` or an address.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub enum Origin {
    /// A process in a pod.
    Pod(ObjectName),
    /// A process on a node.
    Node(String),
    /// A machine outside the cluster.
    Outside(IpAddr),
}

impl Origin {
    /// Its name alone: of a pod, a node, or `client`, or an address. `client` is always the one outside: a pod or node of
    /// that name has its kind before it.
    pub fn short(&self) -> String {
        match self {
            Origin::Pod(pod) if pod.name == OUTSIDE_CLIENT => format!("pod/{OUTSIDE_CLIENT}"),
            Origin::Node(node) if node == OUTSIDE_CLIENT => format!("node/{OUTSIDE_CLIENT}"),
            Origin::Pod(pod) => pod.name.to_string(),
            Origin::Node(node) => node.clone(),
            Origin::Outside(_) => self.to_string(),
        }
    }
}

/// How the outside client is written.
const OUTSIDE_CLIENT: &str = "client";

/// The outside client of every example: an address of a range kept for documentation (RFC 5737).
pub const CLIENT: IpAddr = IpAddr::V4(std::net::Ipv4Addr::new(203, 0, 113, 7));

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Origin::Pod(pod) if pod.namespace == DEFAULT_NAMESPACE => {
                write!(f, "pod/{}", pod.name)
            }
            Origin::Pod(pod) => write!(f, "pod/{pod}"),
            Origin::Node(node) => write!(f, "node/{node}"),
            Origin::Outside(CLIENT) => f.write_str(OUTSIDE_CLIENT),
            Origin::Outside(address) => write!(f, "{address}"),
        }
    }
}

impl From<Origin> for String {
    fn from(origin: Origin) -> String {
        origin.to_string()
    }
}

impl FromStr for Origin {
    type Err = RequestError;

    fn from_str(text: &str) -> Result<Origin, RequestError> {
        if let Some(pod) = text.strip_prefix("pod/").filter(|pod| !pod.is_empty()) {
            let (namespace, name) = pod.split_once('/').unwrap_or((DEFAULT_NAMESPACE, pod));
            return Ok(Origin::Pod(ObjectName::new(namespace, name)));
        }
        if let Some(node) = text.strip_prefix("node/").filter(|node| !node.is_empty()) {
            return Ok(Origin::Node(node.to_owned()));
        }
        match text {
            OUTSIDE_CLIENT => Ok(Origin::Outside(CLIENT)),
            address => address
                .parse()
                .map(Origin::Outside)
                .map_err(|_| RequestError::NoOrigin {
                    text: text.to_owned(),
                }),
        }
    }
}

impl TryFrom<String> for Origin {
    type Error = RequestError;

    fn try_from(text: String) -> Result<Origin, RequestError> {
        text.parse()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_origin_prints_what_it_reads() {
        for text in [
            "pod/web",
            "pod/dev/web",
            "node/node-1",
            "client",
            "203.0.113.9",
            "fd00::9",
        ] {
            assert_eq!(text.parse::<Origin>().expect(text).to_string(), text);
        }
        assert!("web".parse::<Origin>().is_err());
    }

    #[test]
    fn a_pod_called_client_differs_from_the_client_outside() {
        for (origin, short) in [
            ("client", "client"),
            ("pod/client", "pod/client"),
            ("pod/dev/client", "pod/client"),
            ("node/client", "node/client"),
            ("pod/web", "web"),
        ] {
            assert_eq!(origin.parse::<Origin>().expect(origin).short(), short);
        }
    }
}
