//! Questions, records and answers, printed as `dig` prints them.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// What is asked: a name, a type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// The whole name; no search list is applied to it.
    pub name: String,
    /// The type of record.
    pub record_type: RecordType,
}

/// The type of a record, `QTYPE`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RecordType {
    /// An IPv4 address.
    A,
    /// An IPv6 address.
    Aaaa,
    /// A port and a name.
    Srv,
    /// The name of an address.
    Ptr,
    /// Another name.
    Cname,
    /// A text.
    Txt,
    /// Where mail goes; the cluster has none.
    Mx,
    /// Who is responsible for a zone.
    Soa,
    /// A zone's name servers.
    Ns,
    /// Any other; the cluster has none of them.
    Other(String),
}

/// One record.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Record {
    /// Whose it is, with the final dot.
    pub name: String,
    /// How long it may be kept, in seconds.
    pub ttl: u32,
    /// What it says.
    pub data: Data,
}

/// What a record says.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Data {
    /// An IPv4 address.
    A(Ipv4Addr),
    /// An IPv6 address.
    Aaaa(Ipv6Addr),
    /// A port of a name.
    Srv {
        /// Lower is preferred; always 0.
        priority: u16,
        /// Its share among those of the same priority.
        weight: u16,
        /// The port.
        port: u16,
        /// The name.
        target: String,
    },
    /// The name of an address.
    Ptr(String),
    /// Another name.
    Cname(String),
    /// A text.
    Txt(String),
    /// Who is responsible for a zone.
    Soa {
        /// The name server.
        ns: String,
        /// A mailbox, its `@` written as a dot.
        mailbox: String,
        /// The version; CoreDNS gives the time of the last change, this model has no clock and gives 0.
        serial: u32,
        /// How long a denial may be kept, in seconds.
        minimum: u32,
    },
}

/// `RCODE`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rcode {
    /// The name exists.
    NoError,
    /// The name does not exist.
    NameError,
}

/// An answer, always an authoritative one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Response {
    /// What was asked.
    pub question: Question,
    /// Whether the name exists.
    pub rcode: Rcode,
    /// What was asked for.
    pub answer: Vec<Record>,
    /// Of a denial: who denies.
    pub authority: Vec<Record>,
    /// What will be asked next.
    pub additional: Vec<Record>,
}

/// What CoreDNS does with a question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reply {
    /// It answers.
    Answered(Response),
    /// It passes it on to the resolver of its node.
    Forwarded,
}

impl Question {
    /// A question.
    pub fn new(name: impl Into<String>, record_type: RecordType) -> Question {
        Question {
            name: name.into(),
            record_type,
        }
    }
}

impl RecordType {
    /// The type of that name, in upper case.
    pub fn named(name: &str) -> RecordType {
        match name {
            "A" => RecordType::A,
            "AAAA" => RecordType::Aaaa,
            "SRV" => RecordType::Srv,
            "PTR" => RecordType::Ptr,
            "CNAME" => RecordType::Cname,
            "TXT" => RecordType::Txt,
            "MX" => RecordType::Mx,
            "SOA" => RecordType::Soa,
            "NS" => RecordType::Ns,
            other => RecordType::Other(other.to_owned()),
        }
    }
}

impl Record {
    /// The address it gives, if it gives one.
    pub fn address(&self) -> Option<IpAddr> {
        match self.data {
            Data::A(address) => Some(IpAddr::V4(address)),
            Data::Aaaa(address) => Some(IpAddr::V6(address)),
            Data::Srv { .. } | Data::Ptr(_) | Data::Cname(_) | Data::Txt(_) | Data::Soa { .. } => {
                None
            }
        }
    }
}

impl fmt::Display for RecordType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            RecordType::A => "A",
            RecordType::Aaaa => "AAAA",
            RecordType::Srv => "SRV",
            RecordType::Ptr => "PTR",
            RecordType::Cname => "CNAME",
            RecordType::Txt => "TXT",
            RecordType::Mx => "MX",
            RecordType::Soa => "SOA",
            RecordType::Ns => "NS",
            RecordType::Other(name) => name,
        })
    }
}

impl fmt::Display for Record {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {} IN ", self.name, self.ttl)?;
        match &self.data {
            Data::A(address) => write!(f, "A {address}"),
            Data::Aaaa(address) => write!(f, "AAAA {address}"),
            Data::Srv {
                priority,
                weight,
                port,
                target,
            } => write!(f, "SRV {priority} {weight} {port} {target}"),
            Data::Ptr(name) => write!(f, "PTR {name}"),
            Data::Cname(name) => write!(f, "CNAME {name}"),
            Data::Txt(text) => write!(f, "TXT \"{text}\""),
            Data::Soa {
                ns,
                mailbox,
                serial,
                minimum,
            } => {
                write!(f, "SOA {ns} {mailbox} {serial} 7200 1800 86400 {minimum}")
            }
        }
    }
}

impl fmt::Display for Rcode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Rcode::NoError => "NOERROR",
            Rcode::NameError => "NXDOMAIN",
        })
    }
}

impl fmt::Display for Response {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Question { name, record_type } = &self.question;
        let (answer, authority, additional) = (
            self.answer.len(),
            self.authority.len(),
            self.additional.len(),
        );
        writeln!(f, ";; ->>HEADER<<- opcode: QUERY, status: {}", self.rcode)?;
        writeln!(
            f,
            ";; flags: qr aa rd; QUERY: 1, ANSWER: {answer}, AUTHORITY: {authority}, ADDITIONAL: {additional}"
        )?;
        writeln!(f, "\n;; QUESTION SECTION:\n;{name} IN {record_type}")?;
        let sections = [
            ("ANSWER", &self.answer),
            ("AUTHORITY", &self.authority),
            ("ADDITIONAL", &self.additional),
        ];
        for (section, records) in sections
            .into_iter()
            .filter(|(_, records)| !records.is_empty())
        {
            writeln!(f, "\n;; {section} SECTION:")?;
            for record in records {
                writeln!(f, "{record}")?;
            }
        }
        Ok(())
    }
}
