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
/// `localhost` only. A pod with a subdomain has its whole name there, too: it finds itself where DNS does not have it.
pub fn entry(pod: Option<&Pod>, cluster: &Cluster, name: &str) -> Option<HostsEntry> {
    let name = name.trim_end_matches('.');
    if name.eq_ignore_ascii_case("localhost") {
        return Some(HostsEntry::Localhost);
    }
    let pod = pod?;
    let whole = pod.full_host_name(&cluster.config.domain);
    let mut own = [pod.host_name()].into_iter().chain(whole.as_deref());
    if !pod.spec.host_network && own.any(|own| name.eq_ignore_ascii_case(own)) {
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
    let name = pod.host_name();
    let whole = pod.full_host_name(&cluster.config.domain);
    for address in pod.addresses() {
        match &whole {
            None => text += &format!("{address}\t{name}\n"),
            Some(whole) => text += &format!("{address}\t{whole}\t{name}\n"),
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
            let found = entry(Some(&pod), &Cluster::default(), name).map(HostsEntry::address);
            assert_eq!(found, address, "{name}");
        }
        assert_eq!(entry(None, &Cluster::default(), "shop"), None);
    }

    /// The last line of the file of a pod in the namespace `data`, by its name and `spec`.
    fn own_line(name: &str, spec: &str) -> String {
        let pod: Pod = object(&format!(
            "
            metadata: {{name: {name}, namespace: data}}
            spec: {spec}
            status: {{podIPs: [{{ip: 10.244.0.9}}]}}
            "
        ));
        let text = file(Some(&pod), &Cluster::default());
        text.lines().last().unwrap_or_default().to_owned()
    }

    #[test]
    fn a_pod_with_a_subdomain_knows_its_whole_name() {
        assert_eq!(
            own_line("db-0", "{hostname: db-0, subdomain: db}"),
            "10.244.0.9\tdb-0.db.data.svc.cluster.local\tdb-0"
        );
        let pod: Pod = object(
            "
            metadata: {name: db-0, namespace: data}
            spec: {hostname: db-0, subdomain: db}
            status: {podIPs: [{ip: 10.244.0.9}]}
            ",
        );
        let found = |name| entry(Some(&pod), &Cluster::default(), name);
        let own = Some(HostsEntry::Own([10, 244, 0, 9].into()));
        assert_eq!(found("db-0.db.data.svc.cluster.local"), own);
        assert_eq!(found("db-0"), own);
        assert_eq!(found("db-0.db"), None, "the file has whole names only");
    }

    #[test]
    fn an_overridden_host_name_has_no_domain_and_a_long_one_is_cut() {
        assert_eq!(
            own_line(
                "db-0",
                "{hostname: db, subdomain: db, hostnameOverride: a.example}"
            ),
            "10.244.0.9\ta.example"
        );
        let long = format!("{}-{}", "a".repeat(62), "b".repeat(9));
        assert_eq!(
            own_line(&long, "{}"),
            format!("10.244.0.9\t{}", "a".repeat(62))
        );
    }
}
