//! `targetPort`: the port of a Service's endpoints, as a number or as a name (`util/intstr.IntOrString`).

use std::fmt;

use serde::Deserialize;
use serde::de::{self, Deserializer, Visitor};

/// `targetPort`: a port number or the name of a container port.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum TargetPort {
    /// A number, which no container needs to declare.
    Number(u16),
    /// A name, resolved in each pod separately.
    Name(String),
}

impl TargetPort {
    /// The number; `None` for a name.
    pub fn number(&self) -> Option<u16> {
        match self {
            TargetPort::Number(number) => Some(*number),
            TargetPort::Name(_) => None,
        }
    }
}

impl Default for TargetPort {
    fn default() -> Self {
        TargetPort::Number(0)
    }
}

impl fmt::Display for TargetPort {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            TargetPort::Number(number) => write!(f, "{number}"),
            TargetPort::Name(name) => f.write_str(name),
        }
    }
}

impl<'de> Deserialize<'de> for TargetPort {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct NumberOrName;
        impl Visitor<'_> for NumberOrName {
            type Value = TargetPort;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a port number or name")
            }

            fn visit_i64<E: de::Error>(self, number: i64) -> Result<TargetPort, E> {
                u16::try_from(number)
                    .map(TargetPort::Number)
                    .map_err(|_| E::custom("port out of range"))
            }

            fn visit_u64<E: de::Error>(self, number: u64) -> Result<TargetPort, E> {
                u16::try_from(number)
                    .map(TargetPort::Number)
                    .map_err(|_| E::custom("port out of range"))
            }

            fn visit_str<E: de::Error>(self, name: &str) -> Result<TargetPort, E> {
                Ok(TargetPort::Name(name.to_owned()))
            }

            fn visit_unit<E: de::Error>(self) -> Result<TargetPort, E> {
                Ok(TargetPort::default())
            }
        }
        deserializer.deserialize_any(NumberOrName)
    }
}
