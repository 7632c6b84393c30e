//! `/etc/hosts` of a pod, which the resolver reads before it asks a name server (nsswitch.conf: `hosts: files dns`).
//!
//! The kubelet writes `localhost`, the pod's own host name, and `spec.hostAliases`. A pod on the host's network has the
//! node's file, with the aliases behind it. Source: kubernetes `pkg/kubelet/kubelet_pods.go` (`managedHostsFileContent`).

use std::net::{IpAddr, Ipv4Addr};

use crate::cluster::Cluster;
use crate::cluster::object::Pod;

/// What the file has for a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HostsEntry {
    /// `localhost`, which is the caller itself.
    Localhost,
    /// The pod's own host name with its address.
    Own(IpAddr),
    /// `spec.hostAliases` at this index, with its address.
    Alias(usize, IpAddr),
}

impl HostsEntry {
    /// The address that the name resolves to.
    pub fn address(self) -> IpAddr {
        match self {
            HostsEntry::Localhost => Ipv4Addr::LOCALHOST.into(),
            HostsEntry::Own(address) | HostsEntry::Alias(_, address) => address,
        }
    }
}

/// The first entry that the file has for a name; `None` if a name server is asked. Without a pod the file has
/// `localhost` only.
pub fn entry(pod: Option<&Pod>, name: &str) -> Option<HostsEntry> {
    let name = name.trim_end_matches('.');
    if name.eq_ignore_ascii_case("localhost") {
        return Some(HostsEntry::Localhost);
    }
    let pod = pod?;
    if !pod.spec.host_network && name.eq_ignore_ascii_case(own_name(pod)) {
        return pod.addresses().next().map(HostsEntry::Own);
    }
    let aliases = pod.spec.host_aliases.iter().enumerate();
    let mut named = aliases.filter(|(_, alias)| {
        let mut names = alias.hostnames.iter();
        names.any(|own| own.eq_ignore_ascii_case(name))
    });
    named.find_map(|(index, alias)| Some(HostsEntry::Alias(index, alias.ip.parse().ok()?)))
}

/// The file itself, as the kubelet writes it; without a pod, that of a machine.
pub fn file(pod: Option<&Pod>, cluster: &Cluster) -> String {
    let Some(pod) = pod.filter(|pod| !pod.spec.host_network) else {
        return format!(
            "127.0.0.1\tlocalhost\n{}",
            pod.map(aliases).unwrap_or_default()
        );
    };
    let mut text = "# Kubernetes-managed hosts file.\n127.0.0.1\tlocalhost\n::1\tlocalhost ip6-localhost ip6-loopback\n\
                    fe00::\tip6-localnet\nfe00::\tip6-mcastprefix\nfe00::1\tip6-allnodes\nfe00::2\tip6-allrouters\n"
        .to_owned();
    let name = own_name(pod);
    let subdomain = pod.spec.subdomain.as_str();
    for address in pod.addresses() {
        if subdomain.is_empty() {
            text += &format!("{address}\t{name}\n");
        } else {
            let namespace = &pod.metadata.namespace;
            let domain = &cluster.config.domain;
            text += &format!("{address}\t{name}.{subdomain}.{namespace}.svc.{domain}\t{name}\n");
        }
    }
    text + &aliases(pod)
}

/// The lines of `spec.hostAliases`.
fn aliases(pod: &Pod) -> String {
    if pod.spec.host_aliases.is_empty() {
        return String::new();
    }
    let lines = pod.spec.host_aliases.iter();
    let lines = lines.map(|alias| format!("{}\t{}\n", alias.ip, alias.hostnames.join("\t")));
    let lines: String = lines.collect();
    format!("\n# Entries added by HostAliases.\n{lines}")
}

/// The pod's host name.
pub fn own_name(pod: &Pod) -> &str {
    if pod.spec.hostname.is_empty() {
        &pod.metadata.name
    } else {
        &pod.spec.hostname
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::object;

    #[test]
    fn the_own_name_aliases_and_localhost_are_in_the_file() {
        let pod: Pod = object(
            "
            metadata: {name: shop}
            spec:
              hostAliases: [{ip: 10.96.7.7, hostnames: [ledger.corp.example, ledger]}]
            status: {podIPs: [{ip: 10.244.0.9}]}
            ",
        );
        for (name, address) in [
            ("localhost", Some("127.0.0.1")),
            ("shop", Some("10.244.0.9")),
            ("Ledger.corp.example", Some("10.96.7.7")),
            ("ledger.corp", None),
        ] {
            let address = address.map(|text| text.parse().expect("a literal address"));
            let found = entry(Some(&pod), name).map(HostsEntry::address);
            assert_eq!(found, address, "{name}");
        }
        assert_eq!(entry(None, "shop"), None);
    }
}
