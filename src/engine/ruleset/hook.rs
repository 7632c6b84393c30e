//! The places in the kernel where rules are asked (netfilter's hooks), and what is asked there.

use super::{ChainName, TableName};

/// A place in the kernel where rules are asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Hook {
    /// A packet came in.
    Prerouting,
    /// It is for this node.
    Input,
    /// It is for elsewhere.
    Forward,
    /// This node made it.
    Output,
    /// It goes out.
    Postrouting,
}

impl Hook {
    /// Its name, as `nft` writes it; the built-in chain of `iptables` bears it in capitals.
    pub fn name(self) -> &'static str {
        match self {
            Hook::Prerouting => "prerouting",
            Hook::Input => "input",
            Hook::Forward => "forward",
            Hook::Output => "output",
            Hook::Postrouting => "postrouting",
        }
    }

    /// The built-in chain of `iptables` there.
    pub fn chain(self) -> ChainName {
        ChainName::Fixed(match self {
            Hook::Prerouting => "PREROUTING",
            Hook::Input => "INPUT",
            Hook::Forward => "FORWARD",
            Hook::Output => "OUTPUT",
            Hook::Postrouting => "POSTROUTING",
        })
    }

    /// The tables of `iptables` asked there, in order.
    pub fn tables(self) -> &'static [TableName] {
        match self {
            Hook::Prerouting | Hook::Postrouting => &[TableName::Nat],
            Hook::Input | Hook::Forward => &[TableName::Filter],
            Hook::Output => &[TableName::Nat, TableName::Filter],
        }
    }
}
