//! The sets of `ipset` that kube-proxy fills in IPVS mode (kubernetes `pkg/proxy/ipvs/ipset.go`).

use std::fmt;
use std::net::{IpAddr, SocketAddr};

use ipnet::IpNet;

use crate::names::{Family, Protocol};

/// What a set holds; the order is that of kube-proxy's table of sets.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum SetRole {
    /// Endpoints on this node, each with itself as source: they call themselves.
    LoopBack,
    /// Cluster IPs.
    ClusterIp,
    /// External IPs.
    ExternalIp,
    /// External IPs with `externalTrafficPolicy: Local`.
    ExternalIpLocal,
    /// Addresses of load balancers.
    LoadBalancer,
    /// Those with source ranges.
    LoadBalancerFirewall,
    /// Those with `externalTrafficPolicy: Local`.
    LoadBalancerLocal,
    /// Those that a node may call by themselves.
    LoadBalancerSourceIp,
    /// Those with source ranges, with each range.
    LoadBalancerSourceCidr,
    /// Node ports of TCP.
    NodePortTcp,
    /// Those with `externalTrafficPolicy: Local`.
    NodePortLocalTcp,
    /// Node ports of UDP.
    NodePortUdp,
    /// Those with `externalTrafficPolicy: Local`.
    NodePortLocalUdp,
    /// Node ports of SCTP, with the node's addresses.
    NodePortSctp,
    /// Those with `externalTrafficPolicy: Local`.
    NodePortLocalSctp,
    /// Ports of health checks.
    HealthCheckNodePort,
    /// The addresses of `kube-ipvs0`.
    ServiceIps,
}

impl SetRole {
    /// All roles.
    pub const ALL: [SetRole; 17] = [
        SetRole::LoopBack,
        SetRole::ClusterIp,
        SetRole::ExternalIp,
        SetRole::ExternalIpLocal,
        SetRole::LoadBalancer,
        SetRole::LoadBalancerFirewall,
        SetRole::LoadBalancerLocal,
        SetRole::LoadBalancerSourceIp,
        SetRole::LoadBalancerSourceCidr,
        SetRole::NodePortTcp,
        SetRole::NodePortLocalTcp,
        SetRole::NodePortUdp,
        SetRole::NodePortLocalUdp,
        SetRole::NodePortSctp,
        SetRole::NodePortLocalSctp,
        SetRole::HealthCheckNodePort,
        SetRole::ServiceIps,
    ];

    /// The name without its prefix.
    fn stem(self) -> &'static str {
        match self {
            SetRole::LoopBack => "LOOP-BACK",
            SetRole::ClusterIp => "CLUSTER-IP",
            SetRole::ExternalIp => "EXTERNAL-IP",
            SetRole::ExternalIpLocal => "EXTERNAL-IP-LOCAL",
            SetRole::LoadBalancer => "LOAD-BALANCER",
            SetRole::LoadBalancerFirewall => "LOAD-BALANCER-FW",
            SetRole::LoadBalancerLocal => "LOAD-BALANCER-LOCAL",
            SetRole::LoadBalancerSourceIp => "LOAD-BALANCER-SOURCE-IP",
            SetRole::LoadBalancerSourceCidr => "LOAD-BALANCER-SOURCE-CIDR",
            SetRole::NodePortTcp => "NODE-PORT-TCP",
            SetRole::NodePortLocalTcp => "NODE-PORT-LOCAL-TCP",
            SetRole::NodePortUdp => "NODE-PORT-UDP",
            SetRole::NodePortLocalUdp => "NODE-PORT-LOCAL-UDP",
            SetRole::NodePortSctp => "NODE-PORT-SCTP-HASH",
            SetRole::NodePortLocalSctp => "NODE-PORT-LOCAL-SCTP-HASH",
            SetRole::HealthCheckNodePort => "HEALTH-CHECK-NODE-PORT",
            SetRole::ServiceIps => "IPVS-IPS",
        }
    }

    /// The comment of rules that look into it.
    pub fn comment(self) -> &'static str {
        match self {
            SetRole::LoopBack => {
                "Kubernetes endpoints dst ip:port, source ip for solving hairpin purpose"
            }
            SetRole::ClusterIp => "Kubernetes service cluster ip + port for masquerade purpose",
            SetRole::ExternalIp => {
                "Kubernetes service external ip + port for masquerade and filter purpose"
            }
            SetRole::ExternalIpLocal => {
                "Kubernetes service external ip + port with externalTrafficPolicy=local"
            }
            SetRole::LoadBalancer => "Kubernetes service lb portal",
            SetRole::LoadBalancerFirewall => {
                "Kubernetes service load balancer ip + port for load balancer with sourceRange"
            }
            SetRole::LoadBalancerLocal => {
                "Kubernetes service load balancer ip + port with externalTrafficPolicy=local"
            }
            SetRole::LoadBalancerSourceIp => {
                "Kubernetes service load balancer ip + port + source IP for packet filter purpose"
            }
            SetRole::LoadBalancerSourceCidr => {
                "Kubernetes service load balancer ip + port + source cidr for packet filter purpose"
            }
            SetRole::NodePortTcp => "Kubernetes nodeport TCP port for masquerade purpose",
            SetRole::NodePortLocalTcp => {
                "Kubernetes nodeport TCP port with externalTrafficPolicy=local"
            }
            SetRole::NodePortUdp => "Kubernetes nodeport UDP port for masquerade purpose",
            SetRole::NodePortLocalUdp => {
                "Kubernetes nodeport UDP port with externalTrafficPolicy=local"
            }
            SetRole::NodePortSctp => {
                "Kubernetes nodeport SCTP port for masquerade purpose with type 'hash ip:port'"
            }
            SetRole::NodePortLocalSctp => {
                "Kubernetes nodeport SCTP port with externalTrafficPolicy=local with type 'hash ip:port'"
            }
            SetRole::HealthCheckNodePort => "Kubernetes health check node port",
            SetRole::ServiceIps => "Kubernetes ipvs service ips",
        }
    }

    /// The type, as `ipset` prints it.
    pub fn type_name(self) -> &'static str {
        match self {
            SetRole::LoopBack | SetRole::LoadBalancerSourceIp => "hash:ip,port,ip",
            SetRole::LoadBalancerSourceCidr => "hash:ip,port,net",
            SetRole::ClusterIp
            | SetRole::ExternalIp
            | SetRole::ExternalIpLocal
            | SetRole::LoadBalancer
            | SetRole::LoadBalancerFirewall
            | SetRole::LoadBalancerLocal
            | SetRole::NodePortSctp
            | SetRole::NodePortLocalSctp => "hash:ip,port",
            SetRole::NodePortTcp
            | SetRole::NodePortLocalTcp
            | SetRole::NodePortUdp
            | SetRole::NodePortLocalUdp
            | SetRole::HealthCheckNodePort => "bitmap:port",
            SetRole::ServiceIps => "hash:ip",
        }
    }
}

/// The name of a set: `KUBE-CLUSTER-IP`, for IPv6 `KUBE-6-CLUSTER-IP`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SetName {
    /// What it holds.
    pub role: SetRole,
    /// The family.
    pub family: Family,
}

/// The length of the longest name that the kernel takes (`IPSET_MAXNAMELEN`).
const LONGEST_NAME: usize = 31;

impl fmt::Display for SetName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let prefix = match self.family {
            Family::V4 => "KUBE-",
            Family::V6 => "KUBE-6-",
        };
        let name = format!("{prefix}{}", self.role.stem());
        f.write_str(&name[..name.len().min(LONGEST_NAME)])
    }
}

/// The fields of a packet that are looked up in a set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SetFields {
    /// `dst`.
    Destination,
    /// `dst,dst`: address and port.
    DestinationPort,
    /// `dst,dst,src`.
    DestinationPortSource,
    /// `src,dst`: the source with the destination's port.
    SourceDestinationPort,
}

impl SetFields {
    /// The form that `--match-set` takes.
    pub fn as_str(self) -> &'static str {
        match self {
            SetFields::Destination => "dst",
            SetFields::DestinationPort => "dst,dst",
            SetFields::DestinationPortSource => "dst,dst,src",
            SetFields::SourceDestinationPort => "src,dst",
        }
    }
}

/// A set.
#[derive(Clone, Debug, PartialEq)]
pub struct IpSet {
    /// The name.
    pub name: SetName,
    /// The entries, sorted.
    pub entries: Vec<SetEntry>,
}

/// An entry of a set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum SetEntry {
    /// An address.
    Address(IpAddr),
    /// A port.
    Port(u16),
    /// An address and port.
    AddressPort(IpAddr, Protocol, u16),
    /// An address and port, with another address.
    AddressPortAddress(IpAddr, Protocol, u16, IpAddr),
    /// An address and port, with a range.
    AddressPortNet(IpAddr, Protocol, u16, IpNet),
}

impl fmt::Display for SetEntry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            SetEntry::Address(address) => write!(f, "{address}"),
            SetEntry::Port(port) => write!(f, "{port}"),
            SetEntry::AddressPort(address, protocol, port) => {
                write!(f, "{address},{}:{port}", protocol.lower())
            }
            SetEntry::AddressPortAddress(address, protocol, port, other) => {
                write!(f, "{address},{}:{port},{other}", protocol.lower())
            }
            SetEntry::AddressPortNet(address, protocol, port, range) => {
                write!(f, "{address},{}:{port},", protocol.lower())?;
                if range.prefix_len() == range.max_prefix_len() {
                    write!(f, "{}", range.addr())
                } else {
                    write!(f, "{range}")
                }
            }
        }
    }
}

impl IpSet {
    /// Whether it has the fields of a packet.
    pub fn has(
        &self,
        fields: SetFields,
        protocol: Protocol,
        from: IpAddr,
        destination: SocketAddr,
    ) -> bool {
        let (to, port) = (destination.ip(), destination.port());
        let has = |entry: SetEntry| self.entries.binary_search(&entry).is_ok();
        match fields {
            SetFields::Destination => has(SetEntry::Port(port)) || has(SetEntry::Address(to)),
            SetFields::DestinationPort => has(SetEntry::AddressPort(to, protocol, port)),
            SetFields::SourceDestinationPort => has(SetEntry::AddressPort(from, protocol, port)),
            SetFields::DestinationPortSource => {
                has(SetEntry::AddressPortAddress(to, protocol, port, from))
                    || self.has_range(to, protocol, port, from)
            }
        }
    }

    fn has_range(&self, to: IpAddr, protocol: Protocol, port: u16, from: IpAddr) -> bool {
        self.entries.iter().any(|entry| match entry {
            SetEntry::AddressPortNet(address, of, number, range) => {
                (*address, *of, *number) == (to, protocol, port) && range.contains(&from)
            }
            SetEntry::Address(_)
            | SetEntry::Port(_)
            | SetEntry::AddressPort(..)
            | SetEntry::AddressPortAddress(..) => false,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_ipv6_have_a_digit_and_are_cut_where_the_kernel_cuts_them() {
        let name = |role, family| SetName { role, family }.to_string();
        assert_eq!(name(SetRole::ClusterIp, Family::V4), "KUBE-CLUSTER-IP");
        assert_eq!(
            name(SetRole::LoadBalancerSourceCidr, Family::V6),
            "KUBE-6-LOAD-BALANCER-SOURCE-CID"
        );
    }

    #[test]
    fn every_role_is_at_its_place() {
        for (place, role) in SetRole::ALL.into_iter().enumerate() {
            assert_eq!(role as usize, place);
        }
    }
}
