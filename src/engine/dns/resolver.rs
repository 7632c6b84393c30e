//! A pod's resolver: the queries it sends for a name (resolv.conf(5), glibc; musl where the pod states it).
//!
//! A name with fewer dots than `ndots` is tried in each search domain first, and then as it is; a final dot disables the
//! search. With the cluster's `ndots:5`, nearly every external name takes three pairs of A and AAAA queries without a match
//! first.

use std::fmt;
use std::net::IpAddr;

use super::coredns::{Data, Dns, Question, Rcode, Record, RecordType, Reply, Response};
use super::resolv_conf::{Kubelet, Libc, ResolvConf};
use crate::names::Family;

/// The resolution of a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Resolution {
    /// All candidates, in order, without final dots.
    pub candidates: Vec<String>,
    /// The lookups, up to the first one with an address.
    pub lookups: Vec<Lookup>,
}

/// The lookup of one candidate, with an A and an AAAA query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lookup {
    /// The candidate.
    pub name: String,
    /// The result.
    pub outcome: Outcome,
    /// CNAMEs and addresses, IPv4 before IPv6.
    pub answer: Vec<Record>,
    /// The responses of the cluster's DNS server to A and AAAA; empty if it was not queried or forwarded the queries.
    pub responses: Vec<Response>,
}

/// The result of looking up a candidate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The cluster's DNS server has addresses.
    Found,
    /// The name exists without addresses; the search continues.
    NoData,
    /// The name does not exist; the search continues.
    NameError,
    /// The query was forwarded to the external DNS server, which has addresses.
    Outside,
    /// The query was forwarded, and the name does not exist there, like all names in search domains; the search continues.
    OutsideDenied,
}

impl Outcome {
    /// Whether the search ends.
    pub fn ends_search(self) -> bool {
        match self {
            Outcome::Found | Outcome::Outside => true,
            Outcome::NoData | Outcome::NameError | Outcome::OutsideDenied => false,
        }
    }
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Outcome::Found => "NOERROR",
            Outcome::NoData => "NODATA",
            Outcome::NameError => "NXDOMAIN",
            Outcome::Outside | Outcome::OutsideDenied => "FORWARDED",
        })
    }
}

impl Resolution {
    /// The addresses, in order; empty if the name was not found.
    pub fn addresses(&self) -> impl Iterator<Item = IpAddr> + '_ {
        let last = self
            .lookups
            .last()
            .filter(|lookup| lookup.outcome.ends_search());
        last.into_iter()
            .flat_map(|lookup| lookup.answer.iter().filter_map(Record::address))
    }
}

/// The candidates of a name, in order, without final dots.
pub fn candidates(file: &ResolvConf, name: &str) -> Vec<String> {
    if let Some(whole) = name.strip_suffix('.') {
        return vec![whole.to_owned()];
    }
    let searched = file
        .searches
        .iter()
        .map(|domain| match domain.trim_end_matches('.') {
            "" => name.to_owned(),
            domain => format!("{name}.{domain}"),
        });
    let as_it_is = std::iter::once(name.to_owned());
    let has_enough_dots = name.matches('.').count() >= file.ndots();
    let all: Vec<String> = if has_enough_dots && file.libc == Libc::Musl {
        as_it_is.collect()
    } else if has_enough_dots {
        as_it_is.chain(searched).collect()
    } else {
        searched.chain(as_it_is).collect()
    };
    let is_first = |&index: &usize| !all[..index].contains(&all[index]);
    (0..all.len())
        .filter(is_first)
        .map(|index| all[index].clone())
        .collect()
}

/// The DNS server that a pod uses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NameServer {
    /// The cluster's DNS server.
    Cluster,
    /// The DNS server of the node, which does not know the cluster's names.
    Outside,
}

impl NameServer {
    /// The first server of a resolv.conf.
    pub fn of(file: &ResolvConf, kubelet: &Kubelet) -> NameServer {
        let is_cluster_dns = |server: &String| {
            kubelet
                .cluster_dns
                .iter()
                .any(|dns| dns.to_string() == *server)
        };
        if file.nameservers.first().is_some_and(is_cluster_dns) {
            NameServer::Cluster
        } else {
            NameServer::Outside
        }
    }
}

/// Resolves a name with this resolv.conf. Literal addresses are handled by the caller.
pub fn resolve(dns: &Dns, server: NameServer, file: &ResolvConf, name: &str) -> Resolution {
    let candidates = candidates(file, name);
    let as_it_is = name.strip_suffix('.').unwrap_or(name);
    let mut lookups: Vec<Lookup> = Vec::new();
    for candidate in &candidates {
        let outside = || ask_outside(dns, candidate, candidate == as_it_is);
        let lookup = match server {
            NameServer::Cluster => ask_cluster(dns, candidate).unwrap_or_else(outside),
            NameServer::Outside => outside(),
        };
        let has_no_data = lookup.outcome == Outcome::NoData && file.libc == Libc::Musl;
        let ends = lookup.outcome.ends_search() || has_no_data;
        lookups.push(lookup);
        if ends {
            break;
        }
    }
    Resolution {
        candidates,
        lookups,
    }
}

/// `None` if the cluster's DNS server forwards the query.
fn ask_cluster(dns: &Dns, name: &str) -> Option<Lookup> {
    let ask = |record_type| match dns.ask(&Question::new(name, record_type)) {
        Reply::Answered(response) => Some(response),
        Reply::Forwarded => None,
    };
    let responses = vec![ask(RecordType::A)?, ask(RecordType::Aaaa)?];
    let [ipv4, ipv6] = [&responses[0].answer, &responses[1].answer];
    let further = ipv6
        .iter()
        .filter(|record| !matches!(record.data, Data::Cname(_)) || ipv4.is_empty());
    let answer: Vec<Record> = ipv4.iter().chain(further).cloned().collect();
    let exists = responses
        .iter()
        .any(|response| response.rcode == Rcode::NoError);
    let outcome = match (
        exists,
        answer.iter().any(|record| record.address().is_some()),
    ) {
        (false, _) => Outcome::NameError,
        (true, true) => Outcome::Found,
        (true, false) => Outcome::NoData,
    };
    Some(Lookup {
        name: name.to_owned(),
        outcome,
        answer,
        responses,
    })
}

/// Whether the external DNS server has no such name: names in search domains, without dots, or in the cluster's domain.
fn ask_outside(dns: &Dns, name: &str, is_as_written: bool) -> Lookup {
    let is_known = is_as_written && dns.exists_outside(name);
    let (outcome, answer) = if is_known {
        (
            Outcome::Outside,
            [Family::V4, Family::V6]
                .map(|family| dns.outside(name, family))
                .concat(),
        )
    } else {
        (Outcome::OutsideDenied, Vec::new())
    };
    Lookup {
        name: name.to_owned(),
        outcome,
        answer,
        responses: Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::cluster_of;

    fn file(ndots: &str) -> ResolvConf {
        let searches = [
            "default.svc.cluster.local",
            "svc.cluster.local",
            "cluster.local",
        ];
        ResolvConf {
            nameservers: vec!["10.96.0.10".to_owned()],
            searches: searches.map(str::to_owned).to_vec(),
            options: vec![format!("ndots:{ndots}")],
            libc: Libc::Glibc,
        }
    }

    #[test]
    fn musl_does_not_search_a_name_with_enough_dots() {
        let musl = ResolvConf {
            libc: Libc::Musl,
            ..file("1")
        };
        assert_eq!(candidates(&musl, "a.b"), ["a.b"]);
        assert_eq!(candidates(&musl, "a").len(), 4);
    }

    /// The outcomes of the lookups for a name in a cluster with the Service `default/web`.
    fn outcomes(server: NameServer, name: &str) -> String {
        let cluster = cluster_of(
            "
            apiVersion: v1
            kind: Service
            metadata: {name: web}
            spec: {clusterIP: 10.96.0.7, ports: [{port: 80}]}
            ",
        );
        let resolution = resolve(&Dns::of(&cluster), server, &file("5"), name);
        let outcomes: Vec<String> = resolution
            .lookups
            .iter()
            .map(|lookup| lookup.outcome.to_string())
            .collect();
        let addresses: Vec<String> = resolution
            .addresses()
            .map(|address| address.to_string())
            .collect();
        format!("{} → {}", outcomes.join(" "), addresses.join(" "))
    }

    #[test]
    fn the_number_of_dots_decides_whether_search_domains_are_tried_first() {
        assert_eq!(
            candidates(&file("5"), "a.b").last().map(String::as_str),
            Some("a.b")
        );
        assert_eq!(
            candidates(&file("1"), "a.b").first().map(String::as_str),
            Some("a.b")
        );
        assert_eq!(candidates(&file("5"), "a.b."), ["a.b"]);
    }

    #[test]
    fn what_a_name_costs() {
        let rows = [
            (
                "a Service of the own namespace",
                "web",
                "NOERROR → 10.96.0.7",
            ),
            (
                "with its namespace",
                "web.default",
                "NXDOMAIN NOERROR → 10.96.0.7",
            ),
            (
                "its whole name without the final dot",
                "web.default.svc.cluster.local",
                "NXDOMAIN NXDOMAIN NXDOMAIN NOERROR → 10.96.0.7",
            ),
            (
                "its whole name",
                "web.default.svc.cluster.local.",
                "NOERROR → 10.96.0.7",
            ),
            (
                "a name outside",
                "www.example.com",
                "NXDOMAIN NXDOMAIN NXDOMAIN FORWARDED → 198.51.100.7",
            ),
            (
                "a name that nobody has",
                "wep",
                "NXDOMAIN NXDOMAIN NXDOMAIN FORWARDED → ",
            ),
        ];
        for (name, asked, expected) in rows {
            assert_eq!(outcomes(NameServer::Cluster, asked), expected, "{name}");
        }
    }

    #[test]
    fn a_server_outside_has_no_name_of_a_service() {
        assert_eq!(
            outcomes(NameServer::Outside, "web.default.svc.cluster.local."),
            "FORWARDED → "
        );
    }
}
