//! Netfilter's hooks: the points of the kernel's packet path at which rules are evaluated.

use super::{ChainName, TableName};

/// A hook.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Hook {
    /// The packet was received, before routing.
    Prerouting,
    /// It is for a process of this node.
    Input,
    /// It is routed to another destination.
    Forward,
    /// A process of this node sent it.
    Output,
    /// It leaves, after routing.
    Postrouting,
}

impl Hook {
    /// The name, as `nft` prints it; the built-in chain of `iptables` has it in capitals.
    pub fn name(self) -> &'static str {
        match self {
            Hook::Prerouting => "prerouting",
            Hook::Input => "input",
            Hook::Forward => "forward",
            Hook::Output => "output",
            Hook::Postrouting => "postrouting",
        }
    }

    /// The built-in chain of `iptables` at the hook.
    pub fn chain(self) -> ChainName {
        ChainName::BuiltIn(self)
    }

    /// The tables of `iptables` that have a chain at the hook, in the order of evaluation.
    pub fn tables(self) -> &'static [TableName] {
        match self {
            Hook::Prerouting | Hook::Postrouting => &[TableName::Nat],
            Hook::Input | Hook::Forward => &[TableName::Filter],
            Hook::Output => &[TableName::Nat, TableName::Filter],
        }
    }
}
