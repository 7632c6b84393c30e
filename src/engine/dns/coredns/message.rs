//! DNS questions, records and responses, printed as by `dig`.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// A question: name and type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// The full name, without a search list.
    pub name: String,
    /// The record type.
    pub record_type: RecordType,
}

/// A record type (`QTYPE`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RecordType {
    /// An IPv4 address.
    A,
    /// An IPv6 address.
    Aaaa,
    /// The location of a service: port and name.
    Srv,
    /// The name of an address.
    Ptr,
    /// An alias.
    Cname,
    /// Text.
    Txt,
    /// A mail server; the cluster has none.
    Mx,
    /// The start of a zone of authority.
    Soa,
    /// A name server of a zone.
    Ns,
    /// Any other type; the cluster has no such records.
    Other(String),
}

/// A resource record.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Record {
    /// The owner's name, with a final dot.
    pub name: String,
    /// The time to live in seconds.
    pub ttl: u32,
    /// The record data.
    pub data: Data,
}

/// Record data.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Data {
    /// An IPv4 address.
    A(Ipv4Addr),
    /// An IPv6 address.
    Aaaa(Ipv6Addr),
    /// A port and a target name.
    Srv {
        /// The priority, always 0.
        priority: u16,
        /// The weight among records of the same priority.
        weight: u16,
        /// The port.
        port: u16,
        /// The target's name.
        target: String,
    },
    /// The name of an address.
    Ptr(String),
    /// An alias.
    Cname(String),
    /// Text.
    Txt(String),
    /// The start of a zone of authority.
    Soa {
        /// The primary name server.
        ns: String,
        /// The mailbox of the administrator, with `.` for `@`.
        mailbox: String,
        /// The serial number. CoreDNS uses the time of the last change; kubehop has no clock and uses 0.
        serial: u32,
        /// The time to live of negative responses, in seconds.
        minimum: u32,
    },
}

/// The response code (`RCODE`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rcode {
    /// `NOERROR`: the name exists.
    NoError,
    /// `NXDOMAIN`: the name does not exist.
    NameError,
}

/// An authoritative response.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Response {
    /// The question.
    pub question: Question,
    /// The response code.
    pub rcode: Rcode,
    /// The answer section.
    pub answer: Vec<Record>,
    /// The authority section: the zone's SOA record in negative responses.
    pub authority: Vec<Record>,
    /// The additional section.
    pub additional: Vec<Record>,
}

/// What CoreDNS does with a query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reply {
    /// It responds.
    Answered(Response),
    /// It forwards the query to the DNS server of its node.
    Forwarded,
}

impl Question {
    /// A question for a name and type.
    pub fn new(name: impl Into<String>, record_type: RecordType) -> Question {
        Question {
            name: name.into(),
            record_type,
        }
    }
}

impl RecordType {
    /// Parses the name of a type, in upper case.
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
    /// The address of an A or AAAA record.
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
