//! `/etc/resolv.conf` of a pod: name servers, search domains, options (kubernetes `pkg/kubelet/network/dns/dns.go`).
//!
//! The kubelet writes the file from the pod's `dnsPolicy` and `dnsConfig`, its own configuration, and the node's file.
//! For a pod with `hostNetwork`, the policy `ClusterFirst` silently means `Default`: such a pod does not use the cluster's
//! DNS server.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use ipnet::IpNet;
use smol_str::SmolStr;

use crate::cluster::Cluster;
use crate::cluster::ip_ranges::DNS_INDEX;
use crate::cluster::object::{DnsConfig, DnsOption, DnsPolicy, Pod};
use crate::sort;
use crate::syntax::SUBDOMAIN_LENGTH;

/// The maximum number of name servers (glibc's `MAXNS`).
const NAMESERVERS: usize = 3;

/// The maximum number of search domains (`MaxDNSSearchPaths`).
const SEARCHES: usize = 32;

/// The maximum length of the search list in characters (`MaxDNSSearchListChars`).
const SEARCH_CHARACTERS: usize = 2048;

/// The maximum `ndots` (glibc's `RES_MAXNDOTS`).
const NDOTS: usize = 15;

/// The contents of a resolv.conf.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct ResolvConf {
    /// `nameserver`: addresses of DNS servers, in the order they are queried.
    pub nameservers: Vec<String>,
    /// `search`: domains appended to short names, in order.
    pub searches: Vec<String>,
    /// `options`, for example `ndots:5`.
    pub options: Vec<String>,
    /// The C library that reads the file. It is not part of it.
    pub libc: Libc,
}

/// The C library of a pod's programs, which searches names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Libc {
    /// glibc tries the search domains also after a name with enough dots was not found as it is.
    #[default]
    Glibc,
    /// musl (Alpine Linux) never does, and a name without addresses ends its search (musl `src/network/lookup_name.c`).
    Musl,
}

/// The annotation of a pod that states its C library: `musl`, or `glibc`.
pub const LIBC_ANNOTATION: &str = "kubehop/libc";

/// A `nameserver` line without an address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EmptyNameserver;

/// The kubelet configuration that affects resolv.conf.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kubelet {
    /// `clusterDNS`.
    pub cluster_dns: Vec<IpAddr>,
    /// `clusterDomain`.
    pub cluster_domain: String,
    /// The addresses of the node.
    pub node_ips: Vec<IpAddr>,
    /// The node's file, named by `resolvConf`; `None` if that is empty.
    pub host: Option<ResolvConf>,
}

/// The DNS server that nodes use, outside the cluster (a documentation address, RFC 5737).
pub const OUTSIDE_RESOLVER: IpAddr = IpAddr::V4(Ipv4Addr::new(203, 0, 113, 53));

/// The port of name servers.
pub(crate) const DNS_PORT: u16 = 53;

impl Kubelet {
    /// The configuration of kubeadm, on a node that uses [`OUTSIDE_RESOLVER`].
    pub fn of(cluster: &Cluster) -> Kubelet {
        let host = ResolvConf {
            nameservers: vec![OUTSIDE_RESOLVER.to_string()],
            ..ResolvConf::default()
        };
        Kubelet {
            cluster_dns: cluster
                .config
                .service_cidrs
                .first()
                .map(cluster_dns)
                .into_iter()
                .collect(),
            cluster_domain: cluster.config.domain.clone(),
            node_ips: Vec::new(),
            host: Some(host),
        }
    }

    /// The pod's resolv.conf (`GetPodDNS`).
    pub fn resolv_conf(&self, pod: &Pod) -> ResolvConf {
        let stated = pod.metadata.annotations.get(LIBC_ANNOTATION);
        let libc = match stated.map(SmolStr::as_str) {
            Some("musl") => Libc::Musl,
            Some(_) | None => Libc::Glibc,
        };
        let file = match pod.spec.dns_policy {
            DnsPolicy::None => ResolvConf::default(),
            DnsPolicy::ClusterFirst if pod.spec.host_network => self.default_file(),
            DnsPolicy::ClusterFirst | DnsPolicy::ClusterFirstWithHostNet => {
                self.cluster_file(&pod.metadata.namespace)
            }
            DnsPolicy::Default => self.default_file(),
        };
        let file = match &pod.spec.dns_config {
            None => file,
            Some(config) => file.with(config),
        };
        ResolvConf { libc, ..file }.within_limits()
    }

    /// Without a cluster DNS server, the kubelet falls back to the node's file.
    fn cluster_file(&self, namespace: &str) -> ResolvConf {
        if self.cluster_dns.is_empty() {
            return self.default_file();
        }
        ResolvConf {
            nameservers: self.cluster_dns.iter().map(IpAddr::to_string).collect(),
            searches: self.cluster_searches(namespace),
            options: vec!["ndots:5".to_owned()],
            libc: Libc::Glibc,
        }
    }

    fn cluster_searches(&self, namespace: &str) -> Vec<String> {
        let host = self
            .host
            .iter()
            .flat_map(|host| host.searches.iter().cloned());
        let domain = &self.cluster_domain;
        if domain.is_empty() {
            return host.collect();
        }
        let cluster = [
            format!("{namespace}.svc.{domain}"),
            format!("svc.{domain}"),
            domain.clone(),
        ];
        each_once(cluster.into_iter().chain(host))
    }

    /// The node's file; without one, the node itself as DNS server and no search domains.
    fn default_file(&self) -> ResolvConf {
        self.host.clone().unwrap_or_else(|| {
            let local = |address: &IpAddr| match address {
                IpAddr::V4(_) => Ipv4Addr::LOCALHOST.to_string(),
                IpAddr::V6(_) => Ipv6Addr::LOCALHOST.to_string(),
            };
            let mut nameservers: Vec<String> = self.node_ips.iter().map(local).collect();
            if nameservers.is_empty() {
                nameservers.push(Ipv4Addr::LOCALHOST.to_string());
            }
            ResolvConf {
                nameservers,
                searches: vec![".".to_owned()],
                options: Vec::new(),
                libc: Libc::Glibc,
            }
        })
    }
}

fn cluster_dns(range: &IpNet) -> IpAddr {
    match range.network() {
        IpAddr::V4(first) => IpAddr::V4(Ipv4Addr::from(
            u32::from(first).saturating_add(u32::from(DNS_INDEX)),
        )),
        IpAddr::V6(first) => IpAddr::V6(Ipv6Addr::from(
            u128::from(first).saturating_add(u128::from(DNS_INDEX)),
        )),
    }
}

impl ResolvConf {
    /// Parses a file as the kubelet does. All `nameserver` lines count, the last `search` line without the root domain
    /// `.`, and the last value of each option.
    pub fn parse(text: &str) -> Result<ResolvConf, EmptyNameserver> {
        let mut file = ResolvConf::default();
        let mut error = None;
        for line in text.lines() {
            let mut fields = line.split_whitespace();
            match fields.next() {
                Some("nameserver") => match fields.next() {
                    Some(address) => file.nameservers.push(address.to_owned()),
                    None => error = Some(EmptyNameserver),
                },
                Some("search") => {
                    let domains = fields.filter(|domain| *domain != ".");
                    file.searches = domains.map(without_final_dot).collect();
                }
                Some("options") => {
                    file.options =
                        merge_options(file.options.iter().map(String::as_str).chain(fields));
                }
                Some(_) | None => {}
            }
        }
        error.map_or(Ok(file), Err)
    }

    /// `ndots`: names with fewer dots are tried in the search domains first. 1 by default, at most 15 (glibc).
    pub fn ndots(&self) -> usize {
        let value = self
            .options
            .iter()
            .rev()
            .find_map(|option| option.strip_prefix("ndots:"));
        value
            .and_then(|value| value.parse().ok())
            .unwrap_or(1)
            .min(NDOTS)
    }

    fn with(mut self, config: &DnsConfig) -> ResolvConf {
        let own: Vec<String> = config.options.iter().map(option_text).collect();
        self.nameservers = each_once(
            self.nameservers
                .into_iter()
                .chain(config.nameservers.iter().map(SmolStr::to_string)),
        );
        self.searches = each_once(
            self.searches
                .into_iter()
                .chain(config.searches.iter().map(SmolStr::to_string)),
        );
        self.options = merge_options(self.options.iter().chain(&own).map(String::as_str));
        self
    }

    fn within_limits(mut self) -> ResolvConf {
        self.nameservers.truncate(NAMESERVERS);
        self.searches = searches_within_limits(self.searches);
        self
    }
}

/// Truncates a search list to the limits of resolvers (`formDNSSearchFitsLimits`): 32 domains, 2048 characters in total,
/// and no domain longer than a domain name.
pub fn searches_within_limits(mut searches: Vec<String>) -> Vec<String> {
    searches.truncate(SEARCHES);
    searches.retain(|search| search.len() <= SUBDOMAIN_LENGTH);
    while searches.join(" ").len() > SEARCH_CHARACTERS {
        searches.pop();
    }
    searches
}

fn without_final_dot(domain: &str) -> String {
    domain.strip_suffix('.').unwrap_or(domain).to_owned()
}

fn option_text(option: &DnsOption) -> String {
    match option.value.as_deref() {
        None | Some("") => option.name.to_string(),
        Some(value) => format!("{}:{value}", option.name),
    }
}

/// Removes options that are overridden by a later one with the same name.
fn merge_options<'a>(options: impl Iterator<Item = &'a str>) -> Vec<String> {
    let by_name = sort::map(options.map(|option| {
        (
            option.split_once(':').map_or(option, |(name, _)| name),
            option,
        )
    }));
    by_name.into_values().map(str::to_owned).collect()
}

fn each_once(items: impl Iterator<Item = String>) -> Vec<String> {
    let mut distinct: Vec<String> = Vec::new();
    for item in items {
        if !distinct.contains(&item) {
            distinct.push(item);
        }
    }
    distinct
}

/// The file as containerd writes it.
impl fmt::Display for ResolvConf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.searches.is_empty() {
            writeln!(f, "search {}", self.searches.join(" "))?;
        }
        for nameserver in &self.nameservers {
            writeln!(f, "nameserver {nameserver}")?;
        }
        if self.options.is_empty() {
            Ok(())
        } else {
            writeln!(f, "options {}", self.options.join(" "))
        }
    }
}

impl fmt::Display for EmptyNameserver {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("nameserver list is empty ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pod(policy: DnsPolicy) -> Pod {
        let mut pod = Pod::default();
        pod.metadata.namespace = "dev".into();
        pod.spec.dns_policy = policy;
        pod
    }

    #[test]
    fn a_pod_searches_its_namespace_first() {
        let file = Kubelet::of(&Cluster::default()).resolv_conf(&pod(DnsPolicy::ClusterFirst));
        assert_eq!(
            file.to_string(),
            "search dev.svc.cluster.local svc.cluster.local cluster.local\nnameserver 10.96.0.10\noptions ndots:5\n"
        );
    }

    #[test]
    fn cluster_first_on_the_hosts_network_is_the_nodes_file() {
        let kubelet = Kubelet::of(&Cluster::default());
        let mut on_host = pod(DnsPolicy::ClusterFirst);
        on_host.spec.host_network = true;
        assert_eq!(
            kubelet.resolv_conf(&on_host),
            kubelet.resolv_conf(&pod(DnsPolicy::Default))
        );
        on_host.spec.dns_policy = DnsPolicy::ClusterFirstWithHostNet;
        assert_eq!(kubelet.resolv_conf(&on_host).ndots(), 5);
    }

    #[test]
    fn own_options_win_by_name() {
        let mut own = pod(DnsPolicy::ClusterFirst);
        let option = DnsOption {
            name: "ndots".into(),
            value: Some("2".into()),
        };
        own.spec.dns_config = Some(DnsConfig {
            options: vec![option],
            ..DnsConfig::default()
        });
        assert_eq!(
            Kubelet::of(&Cluster::default()).resolv_conf(&own).options,
            ["ndots:2"]
        );
    }

    #[test]
    fn the_root_is_no_search_domain_of_the_nodes_file() {
        let file =
            ResolvConf::parse("search . example.com.\noptions ndots:1\noptions ndots:3 edns0");
        assert_eq!(
            file.map(|file| (file.searches.join(" "), file.options.join(" "))),
            Ok(("example.com".to_owned(), "edns0 ndots:3".to_owned()))
        );
    }
}
