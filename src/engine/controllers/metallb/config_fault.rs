//! Why a configuration of MetalLB is invalid, printed in MetalLB's words (metallb `internal/config/config.go`).

use std::fmt;
use std::net::IpAddr;

use ipnet::IpNet;
use smol_str::SmolStr;

use crate::labels::SelectorError;
use crate::names::Family;
use crate::syntax::quote;

/// Why a configuration is invalid.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ConfigFault {
    /// A pool cannot be used.
    Pool {
        /// Its name.
        pool: SmolStr,
        /// Why.
        fault: Box<ConfigFault>,
    },
    /// A pool has no addresses.
    NoAddresses,
    /// A range of a pool cannot be read.
    Range {
        /// The pool.
        pool: SmolStr,
        /// The range as it is written.
        text: String,
        /// Why.
        fault: RangeFault,
    },
    /// A pool has a range whose addresses another one has.
    Overlap {
        /// The pool.
        pool: SmolStr,
        /// Its range.
        range: IpNet,
        /// The range that is already defined.
        other: IpNet,
    },
    /// The namespaces of a pool's Services have a name twice.
    RepeatedNamespace,
    /// Something is there twice: `pool "lan"`, `peers "a"`.
    Repeated(String),
    /// A selector cannot match.
    Selector(SelectorError),
    /// An advertisement for some Services has routes that are no single addresses.
    SelectorsAndLength {
        /// The field of the length.
        field: &'static str,
        /// The advertisement.
        advertisement: SmolStr,
    },
    /// The routes of an advertisement are longer than an address.
    LengthOfFamily {
        /// The length.
        length: i64,
        /// The addresses.
        family: Family,
    },
    /// The routes of an advertisement are longer than every prefix of a range.
    LengthOfRange {
        /// The length of its IPv4 routes.
        length: i64,
        /// That of the range's shortest prefix.
        prefix: u8,
        /// The range as it is written.
        addresses: String,
    },
    /// Two advertisements of one route have different local preferences.
    LocalPreference {
        /// That of the later one.
        own: i64,
        /// That of the earlier one.
        other: i64,
    },
}

/// Why a range of addresses cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RangeFault {
    /// It is no CIDR.
    Cidr(String),
    /// Its first or its last address is none.
    End {
        /// The range.
        text: String,
        /// Which of the two.
        which: RangeEnd,
        /// The address, as written.
        written: String,
    },
    /// It ends before it begins.
    Reversed {
        /// The range.
        text: String,
        /// Its first address.
        start: IpAddr,
        /// Its last address.
        end: IpAddr,
    },
}

/// An end of a range that is written `start-end`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RangeEnd {
    /// Its first address.
    Start,
    /// Its last address.
    End,
}

impl ConfigFault {
    /// The field of the object that is at fault.
    pub fn field(&self) -> &'static str {
        match self {
            ConfigFault::Pool { fault, .. } => fault.field(),
            ConfigFault::NoAddresses | ConfigFault::Range { .. } | ConfigFault::Overlap { .. } => {
                "spec.addresses"
            }
            ConfigFault::RepeatedNamespace
            | ConfigFault::Repeated(_)
            | ConfigFault::Selector(_)
            | ConfigFault::SelectorsAndLength { .. }
            | ConfigFault::LengthOfFamily { .. }
            | ConfigFault::LengthOfRange { .. }
            | ConfigFault::LocalPreference { .. } => "spec",
        }
    }
}

impl fmt::Display for ConfigFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ConfigFault::Pool { pool, fault } => write!(f, "parsing address pool {pool}: {fault}"),
            ConfigFault::NoAddresses => f.write_str("pool has no prefixes defined"),
            ConfigFault::Range { pool, text, fault } => write!(
                f,
                "invalid CIDR {} in pool {}: {fault}",
                quote(text),
                quote(pool)
            ),
            ConfigFault::Overlap { pool, range, other } => write!(
                f,
                "CIDR {} in pool {} overlaps with already defined CIDR {}",
                quote(&range.to_string()),
                quote(pool),
                quote(&other.to_string())
            ),
            ConfigFault::RepeatedNamespace => {
                f.write_str("duplicate definition in namespaces field")
            }
            ConfigFault::Repeated(what) => write!(f, "duplicate definition of {what}"),
            ConfigFault::Selector(SelectorError(why)) => f.write_str(why),
            ConfigFault::SelectorsAndLength {
                field,
                advertisement,
            } => write!(
                f,
                "serviceSelectors and {field} are mutually exclusive, both cannot be set in {advertisement}"
            ),
            ConfigFault::LengthOfFamily { length, family } => {
                write!(f, "invalid aggregation length {length} for {family}")
            }
            ConfigFault::LengthOfRange {
                length,
                prefix,
                addresses,
            } => write!(
                f,
                "invalid aggregation length {length}: prefix {prefix} in this pool is more specific than the \
                 aggregation length for addresses {addresses}"
            ),
            ConfigFault::LocalPreference { own, other } => write!(
                f,
                "invalid local preference {own}: local preferernce {other} was already set for the same type of BGP \
                 update. Check existing BGP advertisements with common pools and aggregation lengths"
            ),
        }
    }
}

impl fmt::Display for RangeFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            RangeFault::Cidr(text) => write!(f, "invalid CIDR {}", quote(text)),
            RangeFault::End {
                text,
                which,
                written,
            } => write!(
                f,
                "invalid IP range {}: invalid {which} IP {}",
                quote(text),
                quote(written)
            ),
            RangeFault::Reversed { text, start, end } => write!(
                f,
                "invalid IP range {}: start IP {} is after the end IP {}",
                quote(text),
                quote(&start.to_string()),
                quote(&end.to_string())
            ),
        }
    }
}

impl fmt::Display for RangeEnd {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            RangeEnd::Start => "start",
            RangeEnd::End => "end",
        })
    }
}

impl From<SelectorError> for ConfigFault {
    fn from(error: SelectorError) -> ConfigFault {
        ConfigFault::Selector(error)
    }
}
