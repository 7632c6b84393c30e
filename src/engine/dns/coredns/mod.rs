//! The cluster's DNS server: CoreDNS with the `kubernetes` plugin (coredns `plugin/kubernetes`, 1.13.1).
//!
//! CoreDNS watches Services, EndpointSlices and namespaces, and creates records when it is asked: it parses the name into
//! namespace, Service, and endpoint or port, and looks them up. It distinguishes names that do not exist (NXDOMAIN) from
//! names without records of the type (NODATA). Resolvers continue after both, but only the former means that the Service
//! is missing.

mod corefile;
mod directives;
mod index;
mod lookup;
mod message;
mod name;
mod outside;
mod records;
mod server_blocks;

pub use corefile::{Corefile, PodMode};
pub use directives::{DecidingLine, deciding_line};
pub use message::{Data, Question, Rcode, Record, RecordType, Reply, Response};
pub use outside::{Outside, OutsideNames};

use crate::cluster::Cluster;
use crate::names::Family;
use index::DnsIndex;
use lookup::NoSuchName;

/// CoreDNS for a snapshot of a cluster. It is built once; each query takes a few lookups.
pub struct Dns<'a> {
    corefile: Corefile,
    index: DnsIndex<'a>,
}

/// A question for a name in a zone. The zone is spelled as in the question.
#[derive(Clone, Copy)]
struct Asked<'q> {
    name: &'q str,
    zone: &'q str,
}

impl<'a> Dns<'a> {
    /// CoreDNS with a Corefile.
    pub fn new(cluster: &'a Cluster, corefile: Corefile) -> Dns<'a> {
        Dns {
            corefile,
            index: DnsIndex::new(cluster),
        }
    }

    /// CoreDNS as configured by kubeadm.
    pub fn of(cluster: &'a Cluster) -> Dns<'a> {
        Dns::new(cluster, Corefile::kubeadm(&cluster.config.domain))
    }

    /// The same, beside an external DNS server without the cluster's names.
    pub fn in_the_world(cluster: &'a Cluster) -> Dns<'a> {
        let mut corefile = Corefile::kubeadm(&cluster.config.domain);
        corefile.outside.names = OutsideNames::NoClusterNames;
        Dns::new(cluster, corefile)
    }

    /// Answers or forwards a query.
    pub fn ask(&self, question: &Question) -> Reply {
        let name = name::absolute(&question.name);
        let Some(zone) = self.zone(&name) else {
            return Reply::Forwarded;
        };
        let asked = Asked { name: &name, zone };
        let found = match &question.record_type {
            RecordType::A => self.addresses(asked, Family::V4, &[]),
            RecordType::Aaaa => self.addresses(asked, Family::V6, &[]),
            RecordType::Srv => return self.srv(question, asked),
            RecordType::Cname => self.cname(asked),
            RecordType::Txt => self.txt(asked),
            RecordType::Ptr => self.ptr(asked),
            RecordType::Soa => Ok(self.soa_at_apex(asked)),
            RecordType::Mx | RecordType::Ns | RecordType::Other(_) => {
                self.found(asked).map(|_| Vec::new())
            }
        };
        self.reply(question, asked, found.map(|answer| (answer, Vec::new())))
    }

    /// Whether a name is in one of the zones.
    pub fn answers_for(&self, name: &str) -> bool {
        self.zone(&name::absolute(name)).is_some()
    }

    /// The longest matching zone, spelled as in the name.
    fn zone<'q>(&self, name: &'q str) -> Option<&'q str> {
        let within = |zone: &&String| name::is_within(name, zone);
        let longest = self
            .corefile
            .zones
            .iter()
            .filter(within)
            .map(|zone| name::absolute(zone).len())
            .max()?;
        name.get(name.len() - longest..)
    }

    fn reply(
        &self,
        question: &Question,
        asked: Asked,
        found: Result<(Vec<Record>, Vec<Record>), NoSuchName>,
    ) -> Reply {
        let question = Question {
            name: asked.name.to_owned(),
            record_type: question.record_type.clone(),
        };
        let denial = |question, rcode| {
            let authority = vec![self.soa(asked.zone)];
            Reply::Answered(Response {
                question,
                rcode,
                answer: Vec::new(),
                authority,
                additional: Vec::new(),
            })
        };
        match found {
            Err(NoSuchName) if self.falls_through(asked.name) => Reply::Forwarded,
            Err(NoSuchName) => denial(question, Rcode::NameError),
            Ok((answer, _)) if answer.is_empty() => denial(question, Rcode::NoError),
            Ok((answer, additional)) => {
                let (rcode, authority) = (Rcode::NoError, Vec::new());
                Reply::Answered(Response {
                    question,
                    rcode,
                    answer,
                    authority,
                    additional,
                })
            }
        }
    }

    fn falls_through(&self, name: &str) -> bool {
        self.corefile
            .fall_through
            .iter()
            .any(|zone| name::is_within(name, zone))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A cluster with Services in the namespace `default`, each with name and `spec` as JSON.
    fn cluster(services: &[(&str, &str)]) -> Cluster {
        let mut cluster = Cluster::default();
        cluster.ensure_namespace(&"default".into());
        for (name, spec) in services {
            let text = format!(
                r#"{{"metadata":{{"name":"{name}","namespace":"default"}},"spec":{spec}}}"#
            );
            let service: crate::cluster::object::Service =
                serde_json::from_str(&text).expect("a literal Service");
            cluster.services.insert(service.id(), service);
        }
        cluster
    }

    const WEB: (&str, &str) = (
        "web",
        r#"{"clusterIP":"10.96.0.7","ports":[{"name":"http","port":80}]}"#,
    );

    /// The response on one line: code, then records.
    fn ask(cluster: &Cluster, name: &str, record_type: RecordType) -> String {
        match Dns::of(cluster).ask(&Question::new(name, record_type)) {
            Reply::Forwarded => "FORWARDED".to_owned(),
            Reply::Answered(response) => {
                let records = response.answer.iter().map(|record| format!(" {record}"));
                format!("{}{}", response.rcode, records.collect::<String>())
            }
        }
    }

    #[test]
    fn a_service_resolves_with_and_without_endpoints() {
        let answer = ask(
            &cluster(&[WEB]),
            "WEB.default.svc.cluster.local",
            RecordType::A,
        );
        assert_eq!(
            answer,
            "NOERROR WEB.default.svc.cluster.local. 30 IN A 10.96.0.7"
        );
    }

    #[test]
    fn an_alias_for_a_name_below_itself_has_no_records() {
        let below = r#"{"type":"ExternalName","externalName":"a.ext.default.svc.cluster.local"}"#;
        assert_eq!(
            ask(
                &cluster(&[("ext", below)]),
                "ext.default.svc.cluster.local",
                RecordType::A
            ),
            "NOERROR"
        );
    }

    #[test]
    fn a_missing_record_is_not_a_missing_name() {
        let cluster = cluster(&[WEB]);
        assert_eq!(
            ask(&cluster, "web.default.svc.cluster.local", RecordType::Aaaa),
            "NOERROR"
        );
        assert_eq!(
            ask(&cluster, "wep.default.svc.cluster.local", RecordType::A),
            "NXDOMAIN"
        );
        assert_eq!(ask(&cluster, "web.default", RecordType::A), "FORWARDED");
    }

    #[test]
    fn an_soa_record_lives_five_minutes_at_most() {
        let cluster = cluster(&[WEB]);
        let corefile = Corefile {
            ttl: 3600,
            ..Corefile::kubeadm("cluster.local")
        };
        let question = Question::new("wep.default.svc.cluster.local", RecordType::A);
        let Reply::Answered(response) = Dns::new(&cluster, corefile).ask(&question) else {
            panic!("the name is in the zone");
        };
        let authority: Vec<String> = response.authority.iter().map(Record::to_string).collect();
        assert_eq!(
            authority,
            [
                "cluster.local. 300 IN SOA ns.dns.cluster.local. hostmaster.cluster.local. 0 7200 1800 86400 3600"
            ]
        );
    }

    #[test]
    fn only_the_address_of_a_pod_that_runs_has_a_verified_name() {
        let mut cluster = cluster(&[]);
        let mut pod: crate::cluster::object::Pod = crate::testing::object(
            "
            metadata: {name: job, namespace: default}
            status: {phase: Running, podIPs: [{ip: 10.244.1.5}]}
            ",
        );
        let mut answer = |phase: &str| {
            pod.status.phase = smol_str::SmolStr::from(phase).into();
            cluster.pods.insert(pod.id(), pod.clone().into());
            let corefile = Corefile {
                pods: PodMode::Verified,
                ..Corefile::kubeadm("cluster.local")
            };
            let question = Question::new("10-244-1-5.default.pod.cluster.local", RecordType::A);
            match Dns::new(&cluster, corefile).ask(&question) {
                Reply::Answered(response) => response.rcode.to_string(),
                Reply::Forwarded => "FORWARDED".to_owned(),
            }
        };
        assert_eq!(answer("Running"), "NOERROR");
        for phase in ["Succeeded", "Failed", "Unknown"] {
            assert_eq!(answer(phase), "NXDOMAIN", "{phase}");
        }
    }

    #[test]
    fn a_headless_service_without_endpoints_does_not_exist() {
        let cluster = cluster(&[("db", r#"{"clusterIP":"None"}"#)]);
        assert_eq!(
            ask(&cluster, "db.default.svc.cluster.local", RecordType::A),
            "NXDOMAIN"
        );
    }

    #[test]
    fn an_alias_of_a_missing_name_has_no_address() {
        let alias = (
            "old",
            r#"{"type":"ExternalName","externalName":"gone.default.svc.cluster.local"}"#,
        );
        assert_eq!(
            ask(
                &cluster(&[alias]),
                "old.default.svc.cluster.local",
                RecordType::A
            ),
            "NOERROR"
        );
    }

    proptest::proptest! {
        #[test]
        fn any_name_gets_an_answer(name in "([a-z*_-]{0,3}|[0-9]|web|default|svc|pod|가|[.]){0,12}([.]cluster[.]local|[.]in-addr[.]arpa|[.]ip6[.]arpa)?[.]?") {
            let cluster = cluster(&[WEB]);
            for record_type in ["A", "SRV", "PTR", "TXT", "SOA"] {
                proptest::prop_assert!(!ask(&cluster, &name, RecordType::named(record_type)).is_empty());
            }
        }
    }

    #[test]
    fn aliases_in_a_ring_end() {
        let a = (
            "a",
            r#"{"type":"ExternalName","externalName":"b.default.svc.cluster.local"}"#,
        );
        let b = (
            "b",
            r#"{"type":"ExternalName","externalName":"a.default.svc.cluster.local"}"#,
        );
        assert_eq!(
            ask(
                &cluster(&[a, b]),
                "a.default.svc.cluster.local",
                RecordType::A
            ),
            "NOERROR"
        );
    }
}
