//! The external DNS server, to which names outside the cluster's zones are forwarded.

use std::net::{Ipv4Addr, Ipv6Addr};

use super::message::{Data, Record};
use super::{Dns, name};
use crate::names::{Family, ObjectName};

/// A substitute for the Internet's DNS: all names have these documentation addresses (RFC 5737, RFC 3849).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Outside {
    /// The address of A records.
    pub ipv4: Option<Ipv4Addr>,
    /// The address of AAAA records.
    pub ipv6: Option<Ipv6Addr>,
    /// Which names it has.
    pub names: OutsideNames,
}

/// Which names the external DNS server has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum OutsideNames {
    /// All of them, as the server beside which answers were recorded.
    #[default]
    Any,
    /// All but those that only a cluster has: `web.default`, `web.default.svc`, `web-0.web`.
    NoClusterNames,
}

/// Last labels of common names outside a cluster, beside those of countries, which have two letters.
const OUTSIDE_ENDINGS: [&str; 20] = [
    "app",
    "arpa",
    "biz",
    "cloud",
    "com",
    "corp",
    "dev",
    "example",
    "home",
    "info",
    "internal",
    "lan",
    "local",
    "localhost",
    "net",
    "online",
    "org",
    "shop",
    "test",
    "xyz",
];

/// The time to live of external records, in seconds.
const OUTSIDE_TTL: u32 = 60;

impl Default for Outside {
    fn default() -> Self {
        Outside {
            ipv4: Some(Ipv4Addr::new(198, 51, 100, 7)),
            ipv6: None,
            names: OutsideNames::Any,
        }
    }
}

impl Dns<'_> {
    /// Whether the external DNS server has a name: one with a dot, outside the cluster's zones.
    pub fn exists_outside(&self, name: &str) -> bool {
        let name = name.trim_end_matches('.');
        match self.corefile.outside.names {
            OutsideNames::Any => name.contains('.') && !self.answers_for(name),
            OutsideNames::NoClusterNames => {
                name.contains('.') && !self.answers_for(name) && !self.is_cluster_name(name)
            }
        }
    }

    /// Whether a name outside the zones looks like one of the cluster's, and so has no top-level domain.
    fn is_cluster_name(&self, name: &str) -> bool {
        let labels: Vec<&str> = name.split('.').collect();
        let [.., before, last] = labels.as_slice() else {
            return true;
        };
        let cluster = self.index.cluster;
        let is_service = cluster.services.keys().any(|id| id.name == *last);
        let in_namespace = ObjectName::new(*last, *before);
        let is_below_namespace = cluster.namespaces.contains_key(*last)
            && (labels.len() == 2 || cluster.services.contains_key(&in_namespace));
        *last == "svc" || is_service || is_below_namespace || self.lacks_namespace(name, &labels)
    }

    /// Whether a name is a Service's, with a namespace that does not exist: `web.prod`. Nobody outside has it as a host name,
    /// and its last label is not one that names outside the cluster end in.
    fn lacks_namespace(&self, name: &str, labels: &[&str]) -> bool {
        let [service, last] = labels else {
            return false;
        };
        let cluster = self.index.cluster;
        let is_service = cluster.services.keys().any(|id| id.name == *service);
        let mut sets = cluster.each_pod().filter(|pod| pod.spec.subdomain == *last);
        if sets.next().is_some() {
            return true;
        }
        let mut ingresses = cluster.ingresses.values().flat_map(|own| &own.spec.rules);
        let mut routes = cluster.routes.values().flat_map(|own| &own.spec.hostnames);
        let is_outside = last.len() < 3
            || OUTSIDE_ENDINGS.contains(last)
            || ingresses.any(|rule| rule.host == name)
            || routes.any(|host| host == name);
        is_service && !is_outside
    }

    /// The records of a name outside the zones; none if there is no such name.
    pub fn outside(&self, name: &str, family: Family) -> Vec<Record> {
        let names = self.corefile.outside.names;
        if names == OutsideNames::NoClusterNames && !self.exists_outside(name) {
            return Vec::new();
        }
        let data = match family {
            Family::V4 => self.corefile.outside.ipv4.map(Data::A),
            Family::V6 => self.corefile.outside.ipv6.map(Data::Aaaa),
        };
        data.into_iter()
            .map(|data| Record {
                name: name::absolute(name),
                ttl: OUTSIDE_TTL,
                data,
            })
            .collect()
    }
}
