//! Names of chains. Names of a Service port's chains end in a hash, since `iptables` allows 28 characters
//! (kubernetes `pkg/proxy/iptables/proxier.go`, `portProtoHash`).

use std::fmt;
use std::str::FromStr;

use data_encoding::BASE32;
use sha2::{Digest, Sha256};

use super::{ChainKind, Hook};

/// The name of a chain.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ChainName {
    /// A built-in chain: the kernel starts it at a hook.
    BuiltIn(Hook),
    /// A chain that kube-proxy has on every node.
    Shared(SharedChain),
    /// A chain of a Service port or one of its endpoints.
    Of(ChainRole, Hash),
    /// A chain of the CNI plugin `portmap`.
    PortMap(PortMapChain),
}

impl ChainName {
    /// What the chain is for.
    pub fn kind(self) -> ChainKind {
        match self {
            ChainName::BuiltIn(_) => ChainKind::Hook,
            ChainName::Shared(chain) => chain.kind(),
            ChainName::Of(role, _) => role.kind(),
            ChainName::PortMap(chain) => chain.kind(),
        }
    }
}

/// A chain of the CNI plugin `portmap`, which forwards `hostPort`s.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum PortMapChain {
    /// `CNI-HOSTPORT-DNAT`.
    Dnat,
    /// `CNI-HOSTPORT-SETMARK`.
    SetMark,
    /// `CNI-HOSTPORT-MASQ`.
    Masquerade,
    /// `CNI-DN-…`: the ports of one pod.
    Pod(SandboxId),
}

impl PortMapChain {
    fn kind(self) -> ChainKind {
        match self {
            PortMapChain::Dnat | PortMapChain::Pod(_) => ChainKind::HostPort,
            PortMapChain::SetMark | PortMapChain::Masquerade => ChainKind::Masquerade,
        }
    }
}

impl fmt::Display for PortMapChain {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            PortMapChain::Dnat => f.write_str("CNI-HOSTPORT-DNAT"),
            PortMapChain::SetMark => f.write_str("CNI-HOSTPORT-SETMARK"),
            PortMapChain::Masquerade => f.write_str("CNI-HOSTPORT-MASQ"),
            PortMapChain::Pod(sandbox) => {
                write!(f, "CNI-DN-{:.*}", SandboxId::IN_CHAIN, sandbox.to_string())
            }
        }
    }
}

/// The id of a pod's sandbox container. The container runtime chooses it; kubehop derives one from the pod's name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct SandboxId([u8; 32]);

impl SandboxId {
    /// The number of digits in the name of a chain, which has at most 28 characters.
    const IN_CHAIN: usize = 21;

    /// The id of a pod, by its `namespace/name`.
    pub fn of(pod: &str) -> SandboxId {
        SandboxId(Sha256::digest(pod.as_bytes()).into())
    }
}

impl fmt::Display for SandboxId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

/// A chain that kube-proxy has on every node; some are in both tables.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum SharedChain {
    /// `KUBE-SERVICES`.
    Services,
    /// `KUBE-NODEPORTS`.
    NodePorts,
    /// `KUBE-POSTROUTING`.
    Postrouting,
    /// `KUBE-MARK-MASQ`.
    MarkMasq,
    /// `KUBE-EXTERNAL-SERVICES`.
    ExternalServices,
    /// `KUBE-FORWARD`.
    Forward,
    /// `KUBE-PROXY-FIREWALL`.
    ProxyFirewall,
    /// `KUBE-FIREWALL`.
    Firewall,
    /// `KUBE-NODE-PORT` (IPVS).
    IpvsNodePort,
    /// `KUBE-LOAD-BALANCER` (IPVS).
    IpvsLoadBalancer,
    /// `KUBE-SOURCE-RANGES-FIREWALL` (IPVS).
    SourceRangesFirewall,
    /// `KUBE-IPVS-FILTER`.
    IpvsFilter,
    /// `KUBE-IPVS-OUT-FILTER`.
    IpvsOutFilter,
}

impl SharedChain {
    /// The name.
    pub fn as_str(self) -> &'static str {
        match self {
            SharedChain::Services => "KUBE-SERVICES",
            SharedChain::NodePorts => "KUBE-NODEPORTS",
            SharedChain::Postrouting => "KUBE-POSTROUTING",
            SharedChain::MarkMasq => "KUBE-MARK-MASQ",
            SharedChain::ExternalServices => "KUBE-EXTERNAL-SERVICES",
            SharedChain::Forward => "KUBE-FORWARD",
            SharedChain::ProxyFirewall => "KUBE-PROXY-FIREWALL",
            SharedChain::Firewall => "KUBE-FIREWALL",
            SharedChain::IpvsNodePort => "KUBE-NODE-PORT",
            SharedChain::IpvsLoadBalancer => "KUBE-LOAD-BALANCER",
            SharedChain::SourceRangesFirewall => "KUBE-SOURCE-RANGES-FIREWALL",
            SharedChain::IpvsFilter => "KUBE-IPVS-FILTER",
            SharedChain::IpvsOutFilter => "KUBE-IPVS-OUT-FILTER",
        }
    }

    fn kind(self) -> ChainKind {
        match self {
            SharedChain::Services => ChainKind::Services,
            SharedChain::NodePorts => ChainKind::NodePorts,
            SharedChain::Postrouting | SharedChain::MarkMasq => ChainKind::Masquerade,
            SharedChain::ExternalServices
            | SharedChain::Forward
            | SharedChain::ProxyFirewall
            | SharedChain::Firewall
            | SharedChain::SourceRangesFirewall
            | SharedChain::IpvsFilter
            | SharedChain::IpvsOutFilter => ChainKind::Filter,
            SharedChain::IpvsNodePort => ChainKind::NodePorts,
            SharedChain::IpvsLoadBalancer => ChainKind::Services,
        }
    }
}

impl fmt::Display for ChainName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ChainName::BuiltIn(hook) => f.write_str(match hook {
                Hook::Prerouting => "PREROUTING",
                Hook::Input => "INPUT",
                Hook::Forward => "FORWARD",
                Hook::Output => "OUTPUT",
                Hook::Postrouting => "POSTROUTING",
            }),
            ChainName::Shared(chain) => f.write_str(chain.as_str()),
            ChainName::Of(role, hash) => write!(f, "{}{hash}", role.prefix()),
            ChainName::PortMap(chain) => write!(f, "{chain}"),
        }
    }
}

/// What a chain of a Service port is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ChainRole {
    /// Chooses among the endpoints of the cluster.
    Service,
    /// Chooses among the endpoints on this node.
    Local,
    /// Takes traffic to addresses that clients outside know.
    External,
    /// Lets through only the load balancer's source ranges.
    Firewall,
    /// Sends to one endpoint.
    Endpoint,
}

impl ChainRole {
    /// The role in terms of every mode.
    pub fn kind(self) -> ChainKind {
        match self {
            ChainRole::Service => ChainKind::ServicePort,
            ChainRole::Local => ChainKind::LocalEndpoints,
            ChainRole::External => ChainKind::External,
            ChainRole::Firewall => ChainKind::Firewall,
            ChainRole::Endpoint => ChainKind::Endpoint,
        }
    }

    /// The prefix of the names of such chains.
    pub fn prefix(self) -> &'static str {
        match self {
            ChainRole::Service => "KUBE-SVC-",
            ChainRole::Local => "KUBE-SVL-",
            ChainRole::External => "KUBE-EXT-",
            ChainRole::Firewall => "KUBE-FW-",
            ChainRole::Endpoint => "KUBE-SEP-",
        }
    }
}

/// The first 16 characters of the base32 of a SHA-256.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Hash([u8; Hash::LENGTH]);

impl Hash {
    const LENGTH: usize = 16;
    /// Five bits a character.
    const BYTES: usize = Hash::LENGTH * 5 / 8;

    /// The hash of the concatenated parts.
    pub fn of(parts: &[&str]) -> Hash {
        let mut sha = Sha256::new();
        for part in parts {
            sha.update(part.as_bytes());
        }
        let mut characters = [0; Hash::LENGTH];
        BASE32.encode_mut(&sha.finalize()[..Hash::BYTES], &mut characters);
        Hash(characters)
    }

    /// The characters.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).expect("base32 is ASCII")
    }
}

impl fmt::Display for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The text is not 16 characters of base32.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotAHash;

impl FromStr for Hash {
    type Err = NotAHash;

    fn from_str(text: &str) -> Result<Hash, NotAHash> {
        let of_base32 = |byte: &u8| matches!(byte, b'A'..=b'Z' | b'2'..=b'7');
        let characters = <[u8; Hash::LENGTH]>::try_from(text.as_bytes()).map_err(|_| NotAHash)?;
        if characters.iter().all(of_base32) {
            Ok(Hash(characters))
        } else {
            Err(NotAHash)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_services_chain_has_the_name_kube_proxy_gives_it() {
        let name = ChainName::Of(ChainRole::Service, Hash::of(&["default/web", "tcp"]));
        assert_eq!(name.to_string(), "KUBE-SVC-LOLE4ISW44XBNF3G");
    }

    #[test]
    fn an_endpoints_chain_has_the_name_kube_proxy_gives_it() {
        let name = ChainName::Of(
            ChainRole::Endpoint,
            Hash::of(&["default/web", "tcp", "10.244.1.3:8080"]),
        );
        assert_eq!(name.to_string(), "KUBE-SEP-23NJSXDYUSXY5E7Q");
    }

    #[test]
    fn a_hash_reads_back_what_it_prints() {
        let hash = Hash::of(&["default/web", "tcp"]);
        assert_eq!(hash.to_string().parse(), Ok(hash));
        assert_eq!("web".parse::<Hash>(), Err(NotAHash));
    }
}
