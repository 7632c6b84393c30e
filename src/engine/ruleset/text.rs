//! The two texts of a rule: what kube-proxy feeds to `iptables-restore`, and what `iptables-save` prints of it.
//!
//! kube-proxy writes the matches in the order of its arguments. The kernel knows addresses, interface and protocol of
//! a rule apart from its matches, so `iptables-save` prints those first, with their lengths, and then the matches
//! with everything their defaults filled in.

use std::fmt::{self, Write};

use super::{
    AddressMatch, Chain, ChainRole, CtState, Match, OneOf, Polarity, Rule, Ruleset, Table,
    TableName, Target,
};
use crate::engine::names::Family;
use crate::engine::sort::sort_by_key;

/// Which text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// As kube-proxy feeds it to `iptables-restore`.
    Restore,
    /// As `iptables-save` prints it.
    Save,
}

/// A table, from `*nat` to `COMMIT`.
pub fn table(ruleset: &Ruleset, name: TableName, form: Form) -> String {
    let table = ruleset.table(name);
    let mut text = format!("*{}\n", name.as_str());
    let mut chains: Vec<&Chain> = table.chains.iter().collect();
    match form {
        Form::Restore => {}
        // The kernel's own chains stand in the order of their hooks; the tools sort the others by name.
        Form::Save => sort_by_key(&mut chains, |chain| {
            (!is_built_in(chain)).then(|| chain.name.to_string())
        }),
    }
    for chain in &chains {
        let policy = if is_built_in(chain) { "ACCEPT" } else { "-" };
        let _ = writeln!(text, ":{} {policy} [0:0]", chain.name);
    }
    for chain in chains {
        for rule in &chain.rules {
            let _ = write_rule(&mut text, ruleset.family, table, chain, rule, form);
            text.push('\n');
        }
    }
    text.push_str("COMMIT\n");
    text
}

/// One rule, from `-A`.
pub fn rule(family: Family, table: &Table, chain: &Chain, rule: &Rule, form: Form) -> String {
    let mut text = String::new();
    let _ = write_rule(&mut text, family, table, chain, rule, form);
    text
}

/// Whether a chain is one of the kernel's own, where hooks begin.
fn is_built_in(chain: &Chain) -> bool {
    ["PREROUTING", "INPUT", "FORWARD", "OUTPUT", "POSTROUTING"]
        .iter()
        .any(|name| chain.name == super::ChainName::Fixed(name))
}

fn write_rule(
    f: &mut String,
    family: Family,
    table: &Table,
    chain: &Chain,
    rule: &Rule,
    form: Form,
) -> fmt::Result {
    write!(f, "-A {}", chain.name)?;
    match form {
        Form::Restore => rule
            .matches
            .iter()
            .try_for_each(|part| write_match(f, part))?,
        Form::Save => {
            (0..HEADS).try_for_each(|place| {
                rule.matches
                    .iter()
                    .filter(|part| head(part) == Some(place))
                    .try_for_each(|part| save_head(f, part))
            })?;
            rule.matches
                .iter()
                .try_for_each(|part| save_match(f, part, family))?;
        }
    }
    match form {
        Form::Restore => write_target(f, table, &rule.target),
        Form::Save => save_target(f, table, &rule.target, family),
    }
}

fn write_match(f: &mut String, part: &Match) -> fmt::Result {
    match part {
        Match::Comment(comment) => write_comment(f, &comment.to_string()),
        Match::Source(sense, addresses) => write!(f, "{} -s {addresses}", not(*sense)),
        Match::Destination(sense, addresses) => write!(f, "{} -d {addresses}", not(*sense)),
        Match::InputInterface(sense, interface) => write!(f, "{} -i {interface}", not(*sense)),
        Match::Protocol(protocol) => write!(f, " -m {0} -p {0}", protocol.lower()),
        Match::DestinationPort(port) => write!(f, " --dport {port}"),
        Match::LocalSource => f.write_str(" -m addrtype --src-type LOCAL"),
        Match::LocalDestination => f.write_str(" -m addrtype --dst-type LOCAL"),
        Match::Mark(sense, bits) => write!(
            f,
            " -m mark{} --mark {bits:#010x}/{bits:#010x}",
            not(*sense)
        ),
        Match::State(sense, states) => write!(
            f,
            " -m conntrack{} --ctstate {}",
            not(*sense),
            joined(states)
        ),
        Match::Statistic(chance) => {
            write!(
                f,
                " -m statistic --mode random --probability {:.10}",
                chance.probability()
            )
        }
        Match::RecentCheck { list, seconds } => {
            write!(
                f,
                " -m recent --name {}{list} --rcheck --seconds {seconds} --reap",
                ChainRole::Endpoint.prefix()
            )
        }
        Match::RecentSet { list } => write!(
            f,
            " -m recent --name {}{list} --set",
            ChainRole::Endpoint.prefix()
        ),
        Match::Account(name) => write!(f, " -m nfacct --nfacct-name {name}"),
    }
}

/// A comment of one word needs no quotes in a shell's eyes.
fn write_comment(f: &mut String, comment: &str) -> fmt::Result {
    if comment.contains(' ') {
        write!(f, " -m comment --comment \"{comment}\"")
    } else {
        write!(f, " -m comment --comment {comment}")
    }
}

fn write_target(f: &mut String, table: &Table, target: &Target) -> fmt::Result {
    match target {
        Target::Jump(chain) => write!(f, " -j {}", table.chain(*chain).name),
        Target::Accept => f.write_str(" -j ACCEPT"),
        Target::Drop => f.write_str(" -j DROP"),
        Target::Reject => f.write_str(" -j REJECT"),
        Target::Return => f.write_str(" -j RETURN"),
        Target::OrMark(bits) => write!(f, " -j MARK --or-mark {bits:#010x}"),
        Target::XorMark(bits) => write!(f, " -j MARK --xor-mark {bits:#010x}"),
        Target::Masquerade => f.write_str(" -j MASQUERADE --random-fully"),
        Target::Dnat(endpoint) => write!(f, " -j DNAT --to-destination {endpoint}"),
        Target::Nothing => Ok(()),
    }
}

/// How many fields a rule has apart from its matches.
const HEADS: u8 = 4;

/// The place `iptables-save` prints a field at, for those the kernel keeps apart from the matches.
fn head(part: &Match) -> Option<u8> {
    match part {
        Match::Source(..) => Some(0),
        Match::Destination(..) => Some(1),
        Match::InputInterface(..) => Some(2),
        Match::Protocol(_) => Some(3),
        Match::Comment(_)
        | Match::DestinationPort(_)
        | Match::LocalSource
        | Match::LocalDestination
        | Match::Mark(..)
        | Match::State(..)
        | Match::Statistic(_)
        | Match::RecentCheck { .. }
        | Match::RecentSet { .. }
        | Match::Account(_) => None,
    }
}

fn save_head(f: &mut String, part: &Match) -> fmt::Result {
    match part {
        Match::Source(sense, addresses) => {
            write!(f, "{} -s {}", not(*sense), with_length(*addresses))
        }
        Match::Destination(sense, addresses) => {
            write!(f, "{} -d {}", not(*sense), with_length(*addresses))
        }
        Match::Protocol(protocol) => write!(f, " -p {}", protocol.lower()),
        other => write_match(f, other),
    }
}

fn save_match(f: &mut String, part: &Match, family: Family) -> fmt::Result {
    let mask = match family {
        Family::V4 => "255.255.255.255",
        Family::V6 => "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
    };
    match part {
        Match::Source(..) | Match::Destination(..) | Match::InputInterface(..) => Ok(()),
        // Only letters, digits, `_` and `-` go without quotes, and `/` is in every comment.
        Match::Comment(comment) => write!(f, " -m comment --comment \"{comment}\""),
        Match::Protocol(protocol) => write!(f, " -m {}", protocol.lower()),
        Match::Mark(sense, bits) => write!(f, " -m mark{} --mark {bits:#x}/{bits:#x}", not(*sense)),
        Match::Statistic(chance) => write!(
            f,
            " -m statistic --mode random --probability {:.11}",
            kept(*chance)
        ),
        Match::RecentCheck { list, seconds } => {
            let name = ChainRole::Endpoint.prefix();
            write!(
                f,
                " -m recent --rcheck --seconds {seconds} --reap --name {name}{list} --mask {mask} --rsource"
            )
        }
        Match::RecentSet { list } => {
            write!(
                f,
                " -m recent --set --name {}{list} --mask {mask} --rsource",
                ChainRole::Endpoint.prefix()
            )
        }
        // The tool prints a blank after the option and another before the name.
        Match::Account(name) => write!(f, " -m nfacct --nfacct-name  {name}"),
        Match::DestinationPort(_)
        | Match::LocalSource
        | Match::LocalDestination
        | Match::State(..) => write_match(f, part),
    }
}

fn save_target(f: &mut String, table: &Table, target: &Target, family: Family) -> fmt::Result {
    match target {
        Target::OrMark(bits) => write!(f, " -j MARK --set-xmark {bits:#x}/{bits:#x}"),
        Target::XorMark(bits) => write!(f, " -j MARK --set-xmark {bits:#x}/0x0"),
        Target::Reject => write!(
            f,
            " -j REJECT --reject-with {}-port-unreachable",
            icmp(family)
        ),
        other => write_target(f, table, other),
    }
}

fn icmp(family: Family) -> &'static str {
    match family {
        Family::V4 => "icmp",
        Family::V6 => "icmp6",
    }
}

/// What the kernel kept of a probability.
fn kept(chance: OneOf) -> f64 {
    f64::from(chance.threshold()) / f64::from(1u32 << 31)
}

fn with_length(addresses: AddressMatch) -> ipnet::IpNet {
    match addresses {
        AddressMatch::One(address) => address.into(),
        AddressMatch::Range(range) => range,
    }
}

fn not(sense: Polarity) -> &'static str {
    match sense {
        Polarity::Is => "",
        Polarity::IsNot => " !",
    }
}

fn joined(states: &[CtState]) -> String {
    states
        .iter()
        .map(|state| state.as_str())
        .collect::<Vec<_>>()
        .join(",")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::names::Protocol;
    use crate::engine::ruleset::{ChainName, Comment, Hash};

    fn both(matches: Vec<Match>, target: Target) -> (String, String) {
        let mut chains = Table::default();
        chains.add(ChainName::Fixed("C"));
        let written = Rule::new(matches, target);
        let text = |form| rule(Family::V4, &chains, &chains.chains[0], &written, form);
        (text(Form::Restore), text(Form::Save))
    }

    #[test]
    fn addresses_and_protocol_come_first_in_what_iptables_save_prints() {
        let matches = vec![
            Match::Comment(Comment::Fixed("default/web cluster IP")),
            Match::Protocol(Protocol::Tcp),
            Match::Destination(Polarity::Is, AddressMatch::One([10, 96, 0, 10].into())),
            Match::DestinationPort(80),
            Match::Source(
                Polarity::IsNot,
                AddressMatch::Range("10.244.0.0/16".parse().expect("a literal range")),
            ),
        ];
        let (restore, save) = both(matches, Target::OrMark(0x4000));
        assert_eq!(
            restore,
            "-A C -m comment --comment \"default/web cluster IP\" -m tcp -p tcp -d 10.96.0.10 --dport 80 ! -s 10.244.0.0/16 \
             -j MARK --or-mark 0x00004000"
        );
        assert_eq!(
            save,
            "-A C ! -s 10.244.0.0/16 -d 10.96.0.10/32 -p tcp -m comment --comment \"default/web cluster IP\" -m tcp --dport 80 \
             -j MARK --set-xmark 0x4000/0x4000"
        );
    }

    #[test]
    fn iptables_save_prints_the_kernels_own_chains_first_and_the_others_by_name() {
        let mut nat = Table::default();
        let names = ["PREROUTING", "INPUT", "KUBE-SERVICES", "KUBE-MARK-MASQ"];
        for name in names {
            nat.add(ChainName::Fixed(name));
        }
        let ruleset = Ruleset {
            family: Family::V4,
            nat,
            filter: Table::default(),
        };
        let text = table(&ruleset, TableName::Nat, Form::Save);
        let chains: Vec<&str> = text
            .lines()
            .filter_map(|line| line.strip_prefix(':')?.split(' ').next())
            .collect();
        assert_eq!(
            chains,
            ["PREROUTING", "INPUT", "KUBE-MARK-MASQ", "KUBE-SERVICES"]
        );
    }

    #[test]
    fn a_probability_is_printed_as_written_and_as_kept() {
        let (restore, save) = both(vec![Match::Statistic(OneOf(3))], Target::Accept);
        assert_eq!(
            restore,
            "-A C -m statistic --mode random --probability 0.3333333333 -j ACCEPT"
        );
        assert_eq!(
            save,
            "-A C -m statistic --mode random --probability 0.33333333349 -j ACCEPT"
        );
    }

    #[test]
    fn an_affinity_list_bears_the_name_of_its_chain() {
        let list = Hash::of(&["default/web", "tcp", "10.244.1.3:8080"]);
        let (restore, save) = both(
            vec![Match::RecentCheck {
                list,
                seconds: 10_800,
            }],
            Target::Return,
        );
        let expected = "-A C -m recent --name KUBE-SEP-23NJSXDYUSXY5E7Q --rcheck --seconds 10800 --reap -j RETURN";
        assert_eq!(restore, expected);
        assert_eq!(
            save,
            "-A C -m recent --rcheck --seconds 10800 --reap --name KUBE-SEP-23NJSXDYUSXY5E7Q --mask 255.255.255.255 \
             --rsource -j RETURN"
        );
    }
}
