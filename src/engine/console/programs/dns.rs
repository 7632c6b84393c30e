//! The name server that `nslookup` and `dig` ask (`nslookup.rs`, `dig.rs`).
//!
//! Each question is a packet to the name server of the site, which crosses the same rules as any other: a trace decides
//! whether it is answered, CoreDNS what the answer is.

use std::net::IpAddr;

use super::super::{Act, Call, Site};
use super::container::resolv_conf;
use super::curl::connect;
use crate::cluster::object::Pod;
use crate::dns::coredns::{Dns, Question, Rcode, RecordType, Reply, Response};
use crate::dns::resolv_conf::Kubelet;
use crate::dns::resolver::NameServer;
use crate::names::{Family, Protocol};
use crate::network::{Failure, Host, Request, Scheme, Target, Verdict};

/// The name server that a program asks.
pub(super) struct Server {
    pub(super) address: IpAddr,
    knows_cluster: bool,
    request: Request,
    /// Why it does not answer.
    failure: Option<Failure>,
}

/// A reply of a server.
pub(super) struct Answer {
    pub(super) response: Response,
    pub(super) is_authoritative: bool,
}

impl Server {
    pub(super) fn of(call: &Call<'_>, named: Option<&str>) -> Option<Server> {
        let mut file = resolv_conf(call, pod_of(call));
        if let Some(named) = named {
            file.nameservers = vec![named.to_owned()];
        }
        let address: IpAddr = file.nameservers.first()?.parse().ok()?;
        let cluster = call.shell.network.cluster();
        let server = NameServer::of(&file, &Kubelet::of(cluster));
        let request = Request {
            from: call.site.origin(),
            to: Target {
                scheme: Some(Scheme::Transport(Protocol::Udp)),
                host: Host::Address(address),
                port: 53,
                path: String::new(),
                method: String::new(),
                headers: Vec::new(),
            },
        };
        let failure = match connect(call, &request) {
            Ok(trace) => match trace.verdict {
                Verdict::Refused { why } | Verdict::TimedOut { why } => Some(why),
                _ => None,
            },
            Err(_) => Some(Failure::NoHost),
        };
        // A resolver outside is asked beyond what is simulated.
        let is_simulated = server == NameServer::Cluster || failure == Some(Failure::PolicyEgress);
        Some(Server {
            address,
            knows_cluster: server == NameServer::Cluster,
            request,
            failure: failure.filter(|_| is_simulated),
        })
    }

    pub(super) fn ask(&self, call: &Call<'_>, name: &str, record_type: &RecordType) -> Answer {
        let dns = Dns::in_the_world(call.shell.network.cluster());
        let question = Question::new(name, record_type.clone());
        if self.knows_cluster
            && let Reply::Answered(response) = dns.ask(&question)
        {
            return Answer {
                response,
                is_authoritative: true,
            };
        }
        let family = match record_type {
            RecordType::A => Some(Family::V4),
            RecordType::Aaaa => Some(Family::V6),
            _ => None,
        };
        let exists = dns.exists_outside(name);
        let answer = family
            .filter(|_| exists)
            .map(|family| dns.outside(name, family));
        let rcode = if exists {
            Rcode::NoError
        } else {
            Rcode::NameError
        };
        Answer {
            response: Response {
                question,
                rcode,
                answer: answer.unwrap_or_default(),
                authority: Vec::new(),
                additional: Vec::new(),
            },
            is_authoritative: false,
        }
    }

    /// What both tools print about a server that does not answer, once for each try.
    pub(super) fn no_reply(&self) -> Option<String> {
        let why = self.failure?;
        let refused = matches!(
            why,
            Failure::NoEndpoints | Failure::NothingListens | Failure::ProcessExited
        );
        let why = if refused {
            "connection refused"
        } else {
            "timed out"
        };
        Some(format!(";; communications error to {}#53: {why}\n", self.address).repeat(3))
    }

    pub(super) fn acts(&self) -> Vec<Act> {
        vec![Act::Connect(self.request.clone())]
    }
}

/// The pod that a program runs in.
pub(super) fn pod_of<'a>(call: &Call<'a>) -> Option<&'a Pod> {
    match call.site {
        Site::Pod(pod, _) => Some(pod),
        Site::Outside | Site::Node(_) => None,
    }
}
