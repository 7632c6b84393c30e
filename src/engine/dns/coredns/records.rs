//! The records of a name, by their type.

use std::collections::BTreeSet;
use std::net::IpAddr;

use super::lookup::{EntryTarget, NameEntry, NoSuchName};
use super::{Asked, Data, Dns, Question, Record, Reply, name};
use crate::names::Family;

/// The text of `dns-version` (the version of the Kubernetes DNS specification), and its time to live.
const VERSION: (&str, u32) = ("1.1.0", 28_800);

/// The maximum number of CNAMEs that are followed.
const CNAMES: usize = 8;

/// The longest time to live of an SOA record, in seconds (`plugin.SOA`).
const SOA_TTL: u32 = 300;

impl Dns<'_> {
    fn record(&self, name: &str, data: Data) -> Record {
        Record {
            name: name.to_owned(),
            ttl: self.corefile.ttl,
            data,
        }
    }

    /// A or AAAA records, with the CNAME of an ExternalName Service (`plugin.A`, `plugin.AAAA`).
    pub(super) fn addresses(
        &self,
        asked: Asked,
        family: Family,
        before: &[Record],
    ) -> Result<Vec<Record>, NoSuchName> {
        let mut records = Vec::new();
        for found in self.found(asked)? {
            match found.host {
                EntryTarget::Address(address) if Family::of(address) == family => {
                    records.push(self.record(asked.name, Data::of(address)));
                }
                EntryTarget::Address(_) => {}
                EntryTarget::Name(target) => {
                    records.extend(self.alias(asked, &target, family, before));
                }
            }
        }
        Ok(each_once(records))
    }

    /// A CNAME with the records of its target; empty if the target is a name in the zone without such records.
    fn alias(&self, asked: Asked, target: &str, family: Family, before: &[Record]) -> Vec<Record> {
        let cname = self.record(asked.name, Data::Cname(name::absolute(target)));
        // A target below the name itself would recurse without end (`plugin.Name.Matches`).
        let leads_to_itself = name::is_within(target, asked.name);
        if leads_to_itself || before.len() >= CNAMES || before.contains(&cname) {
            return Vec::new();
        }
        let target = name::absolute(target);
        if !name::is_within(&target, asked.zone) {
            return [vec![cname], self.outside(&target, family)].concat();
        }
        let further = [before, std::slice::from_ref(&cname)].concat();
        let next = Asked {
            name: &target,
            zone: asked.zone,
        };
        match self.addresses(next, family, &further) {
            Ok(records) if !records.is_empty() => [vec![cname], records].concat(),
            Ok(_) | Err(NoSuchName) => Vec::new(),
        }
    }

    /// SRV records, with the addresses of the targets in the additional section (`plugin.SRV`).
    pub(super) fn srv(&self, question: &Question, asked: Asked) -> Reply {
        let is_address = |found: &NameEntry| matches!(found.host, EntryTarget::Address(_));
        let found = self.found(asked).map(|mut found| {
            found.retain(is_address);
            let weight = u16::try_from(100 / found.len().max(1))
                .unwrap_or_default()
                .max(1);
            let (mut answer, mut additional) = (Vec::new(), Vec::new());
            for found in found {
                let (Some(port), EntryTarget::Address(address)) = (found.port, found.host) else {
                    continue;
                };
                let target = found.owner;
                additional.push(self.record(&target, Data::of(address)));
                answer.push(self.record(
                    asked.name,
                    Data::Srv {
                        priority: 0,
                        weight,
                        port,
                        target,
                    },
                ));
            }
            (each_once(answer), each_once(additional))
        });
        self.reply(question, asked, found)
    }

    /// The CNAME of an ExternalName Service.
    pub(super) fn cname(&self, asked: Asked) -> Result<Vec<Record>, NoSuchName> {
        let first = self.found(asked)?.into_iter().next();
        Ok(match first.map(|found| found.host) {
            Some(EntryTarget::Name(target)) => {
                vec![self.record(asked.name, Data::Cname(name::absolute(&target)))]
            }
            Some(EntryTarget::Address(_)) | None => Vec::new(),
        })
    }

    /// TXT records. Only `dns-version` has one; other names exist if they have records of another type.
    pub(super) fn txt(&self, asked: Asked) -> Result<Vec<Record>, NoSuchName> {
        let (text, ttl) = VERSION;
        if name::labels_above(asked.name, asked.zone) == ["dns-version"] {
            return Ok(vec![Record {
                name: asked.name.to_owned(),
                ttl,
                data: Data::Txt(text.to_owned()),
            }]);
        }
        if self.records_at(asked)?.is_empty() {
            Err(NoSuchName)
        } else {
            Ok(Vec::new())
        }
    }

    /// PTR records: the names of an address.
    pub(super) fn ptr(&self, asked: Asked) -> Result<Vec<Record>, NoSuchName> {
        let Some(address) = name::reversed_address(asked.name) else {
            return self.records_at(asked).map(|_| Vec::new());
        };
        let targets = self.names_of(address);
        if targets.is_empty() {
            Err(NoSuchName)
        } else {
            Ok(targets
                .into_iter()
                .map(|target| self.record(asked.name, Data::Ptr(target)))
                .collect())
        }
    }

    /// The SOA record, if the name is the zone itself.
    pub(super) fn soa_at_apex(&self, asked: Asked) -> Vec<Record> {
        let at_apex = asked.name.len() == asked.zone.len();
        at_apex.then(|| self.soa(asked.zone)).into_iter().collect()
    }

    /// The SOA record of a zone.
    pub(super) fn soa(&self, zone: &str) -> Record {
        let (ns, mailbox) = (format!("ns.dns.{zone}"), format!("hostmaster.{zone}"));
        let minimum = self.corefile.ttl;
        Record {
            name: zone.to_owned(),
            ttl: minimum.min(SOA_TTL),
            data: Data::Soa {
                ns,
                mailbox,
                serial: 0,
                minimum,
            },
        }
    }

    /// The entries of a name. The name server's own name exists, but its address is not modelled.
    pub(super) fn found(&self, asked: Asked) -> Result<Vec<NameEntry>, NoSuchName> {
        if name::labels_above(asked.name, asked.zone) == ["ns", "dns"] {
            Ok(Vec::new())
        } else {
            self.records_at(asked)
        }
    }
}

fn each_once(records: Vec<Record>) -> Vec<Record> {
    let mut seen = BTreeSet::new();
    records
        .into_iter()
        .filter(|record| seen.insert(record.clone()))
        .collect()
}

impl Data {
    fn of(address: IpAddr) -> Data {
        match address {
            IpAddr::V4(address) => Data::A(address),
            IpAddr::V6(address) => Data::Aaaa(address),
        }
    }
}
