//! Names of chains. Those of a Service port end in a hash, since a chain's name has at most 28 characters
//! (kubernetes `pkg/proxy/iptables/proxier.go`, `portProtoHash`).

use std::fmt;
use std::str::FromStr;

use data_encoding::BASE32;
use sha2::{Digest, Sha256};

/// The name of a chain.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ChainName {
    /// The same on every node.
    Fixed(&'static str),
    /// Of a Service port or one of its endpoints.
    Of(ChainRole, Hash),
}

impl fmt::Display for ChainName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ChainName::Fixed(name) => f.write_str(name),
            ChainName::Of(role, hash) => write!(f, "{}{hash}", role.prefix()),
        }
    }
}

/// What a hashed chain is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ChainRole {
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
}

impl ChainRole {
    /// What the names of such chains begin with.
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

    /// The hash of the parts, one after another.
    pub fn of(parts: &[&str]) -> Hash {
        let mut sha = Sha256::new();
        for part in parts {
            sha.update(part.as_bytes());
        }
        let mut characters = [0; Hash::LENGTH];
        BASE32.encode_mut(&sha.finalize()[..Hash::BYTES], &mut characters);
        Hash(characters)
    }

    /// Its characters.
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
