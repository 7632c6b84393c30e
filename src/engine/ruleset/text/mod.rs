//! The two texts of a rule: the input of `iptables-restore` that kube-proxy writes, and the output of `iptables-save`.
//!
//! kube-proxy writes the matches in the order of its arguments. The kernel keeps the addresses, the interface and the
//! protocol of a rule apart from its matches, so `iptables-save` prints those first, with prefix lengths, and then the
//! matches with their defaults filled in.

mod restore;
mod save;

use std::fmt::{self, Write};

use super::printed::{LineWriter, heading};
use super::{
    Chain, ChainId, ChainName, CtState, Effect, PartKind, Polarity, PrintedLine, Rule, RuleId,
    Ruleset, SourcePort, Table, TableName, Target,
};
use crate::names::Family;
use crate::sort::sort_by_key;

pub(super) use save::kept;

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
    PrintedLine::join(&lines(ruleset, name, form))
}

/// Both tables as `iptables-save` prints them.
pub fn saved(ruleset: &Ruleset) -> Vec<PrintedLine> {
    let mut saved = lines(ruleset, TableName::Filter, Form::Save);
    saved.push(PrintedLine::default());
    saved.extend(lines(ruleset, TableName::Nat, Form::Save));
    saved
}

/// The lines of a table.
pub fn lines(ruleset: &Ruleset, name: TableName, form: Form) -> Vec<PrintedLine> {
    let table = ruleset.table(name);
    let chains = match form {
        Form::Restore => table.ids().collect(),
        Form::Save => built_in_first(table),
    };
    let mut lines = vec![heading(format_args!("*{}", name.as_str()))];
    for (_, chain) in &chains {
        let policy = if is_built_in(chain) { "ACCEPT" } else { "-" };
        lines.push(heading(format_args!(":{} {policy} [0:0]", chain.name)));
    }
    for (id, chain) in chains {
        for (index, rule) in (0..).zip(&chain.rules) {
            let id = RuleId {
                family: ruleset.family,
                table: name.into(),
                chain: id,
                rule: index,
                element: None,
            };
            lines.push(line(table, id, rule, form));
        }
    }
    let mut commit = LineWriter::default();
    let _ = commit.write_str("COMMIT");
    lines.push(commit.finish(None));
    lines
}

/// The chains as the tools print them: the built-in ones in the order of their hooks, the others by name.
pub(super) fn built_in_first(table: &Table) -> Vec<(ChainId, &Chain)> {
    let mut chains: Vec<(ChainId, &Chain)> = table.ids().collect();
    sort_by_key(&mut chains, |(_, chain)| {
        (!is_built_in(chain)).then(|| chain.name.to_string())
    });
    chains
}

/// One rule, from `-A`.
pub fn line(table: &Table, id: RuleId, rule: &Rule, form: Form) -> PrintedLine {
    let mut line = LineWriter::default();
    // Writing into a string cannot fail.
    let _ = write_rule(&mut line, id, table, rule, form);
    line.finish(Some(id))
}

/// Whether the kernel starts a chain at a hook.
fn is_built_in(chain: &Chain) -> bool {
    matches!(chain.name, ChainName::BuiltIn(_))
}

fn write_rule(
    f: &mut LineWriter,
    id: RuleId,
    table: &Table,
    rule: &Rule,
    form: Form,
) -> fmt::Result {
    write!(f, "-A {}", table.chain(id.chain).name)?;
    match form {
        Form::Restore => restore::write_matches(f, &rule.matches)?,
        Form::Save => save::write_matches(f, &rule.matches, id.family)?,
    }
    write_target(f, table, rule, form, id.family)
}

/// The target. What acts on the packet is a part of its own, behind `-j`.
fn write_target(
    f: &mut LineWriter,
    table: &Table,
    rule: &Rule,
    form: Form,
    family: Family,
) -> fmt::Result {
    match (&rule.target, form) {
        (Target::Jump(chain), _) => {
            let kind = match rule.effect(table) {
                Effect::MarkForMasquerade => PartKind::Action,
                _ => PartKind::Plain,
            };
            f.write_str(" -j ")?;
            f.part(kind, format_args!("{}", table.chain(*chain).name))
        }
        (Target::Accept, _) => f.write_str(" -j ACCEPT"),
        (Target::Drop(_), _) => action(f, format_args!("DROP")),
        (Target::Reject(_), Form::Restore) => action(f, format_args!("REJECT")),
        (Target::Reject(_), Form::Save) => action(
            f,
            format_args!("REJECT --reject-with {}-port-unreachable", icmp(family)),
        ),
        (Target::Return, _) => f.write_str(" -j RETURN"),
        (Target::OrMark(bits), Form::Restore) => write!(f, " -j MARK --or-mark {bits:#010x}"),
        (Target::OrMark(bits), Form::Save) => {
            write!(f, " -j MARK --set-xmark {bits:#x}/{bits:#x}")
        }
        (Target::XorMark(bits), Form::Restore) => write!(f, " -j MARK --xor-mark {bits:#010x}"),
        (Target::XorMark(bits), Form::Save) => write!(f, " -j MARK --set-xmark {bits:#x}/0x0"),
        (Target::Masquerade(SourcePort::Random), _) => {
            action(f, format_args!("MASQUERADE --random-fully"))
        }
        (Target::Masquerade(SourcePort::Kept), _) => action(f, format_args!("MASQUERADE")),
        (Target::Dnat(endpoint), _) => action(f, format_args!("DNAT --to-destination {endpoint}")),
        (Target::Nothing, _) => Ok(()),
    }
}

fn action(f: &mut LineWriter, target: fmt::Arguments<'_>) -> fmt::Result {
    f.write_str(" -j ")?;
    f.part(PartKind::Action, target)
}

fn icmp(family: Family) -> &'static str {
    match family {
        Family::V4 => "icmp",
        Family::V6 => "icmp6",
    }
}

pub(super) fn not(sense: Polarity) -> &'static str {
    match sense {
        Polarity::Is => "",
        Polarity::IsNot => " !",
    }
}

pub(super) fn joined(states: &[CtState]) -> String {
    states
        .iter()
        .map(|state| state.as_str())
        .collect::<Vec<_>>()
        .join(",")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::names::Protocol;
    use crate::ruleset::{AddressMatch, Comment, Hash, Hook, Match, OneOf, SharedChain};

    fn both(matches: Vec<Match>, target: Target) -> (String, String) {
        let mut table = Table::default();
        let chain = table.add(ChainName::Shared(SharedChain::Services));
        let id = RuleId {
            family: Family::V4,
            table: TableName::Nat.into(),
            chain,
            rule: 0,
            element: None,
        };
        let rule = Rule::new(matches, target);
        let text = |form| line(&table, id, &rule, form).to_string();
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
            "-A KUBE-SERVICES -m comment --comment \"default/web cluster IP\" -m tcp -p tcp -d 10.96.0.10 --dport 80 ! -s 10.244.0.0/16 \
             -j MARK --or-mark 0x00004000"
        );
        assert_eq!(
            save,
            "-A KUBE-SERVICES ! -s 10.244.0.0/16 -d 10.96.0.10/32 -p tcp -m comment --comment \"default/web cluster IP\" -m tcp --dport 80 \
             -j MARK --set-xmark 0x4000/0x4000"
        );
    }

    #[test]
    fn iptables_save_prints_the_kernels_own_chains_first_and_the_others_by_name() {
        let mut nat = Table::default();
        nat.add(Hook::Prerouting.chain());
        nat.add(Hook::Input.chain());
        nat.add(ChainName::Shared(SharedChain::Services));
        nat.add(ChainName::Shared(SharedChain::MarkMasq));
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
            "-A KUBE-SERVICES -m statistic --mode random --probability 0.3333333333 -j ACCEPT"
        );
        assert_eq!(
            save,
            "-A KUBE-SERVICES -m statistic --mode random --probability 0.33333333349 -j ACCEPT"
        );
    }

    #[test]
    fn an_affinity_list_has_the_name_of_its_chain() {
        let list = Hash::of(&["default/web", "tcp", "10.244.1.3:8080"]);
        let (restore, save) = both(
            vec![Match::RecentCheck {
                list,
                seconds: 10_800,
            }],
            Target::Return,
        );
        let expected = "-A KUBE-SERVICES -m recent --name KUBE-SEP-23NJSXDYUSXY5E7Q --rcheck --seconds 10800 --reap -j RETURN";
        assert_eq!(restore, expected);
        assert_eq!(
            save,
            "-A KUBE-SERVICES -m recent --rcheck --seconds 10800 --reap --name KUBE-SEP-23NJSXDYUSXY5E7Q --mask 255.255.255.255 \
             --rsource -j RETURN"
        );
    }

    #[test]
    fn the_parts_of_a_line_are_the_line_and_say_what_acts() {
        let mut table = Table::default();
        let chain = table.add(ChainName::Shared(SharedChain::Services));
        let id = RuleId {
            family: Family::V4,
            table: TableName::Nat.into(),
            chain,
            rule: 0,
            element: None,
        };
        let of_kind = |matches: Vec<Match>, target, kind| {
            let line = line(&table, id, &Rule::new(matches, target), Form::Save);
            let whole: String = line.parts().map(|part| part.text).collect();
            assert_eq!(whole, line.text());
            let parts = line.parts().filter(|part| part.kind == kind);
            parts.map(|part| part.text.to_owned()).collect::<Vec<_>>()
        };
        let to = "10.0.0.1:80".parse().expect("a literal address");
        let comment = || Match::Comment(Comment::Fixed("default/web"));
        assert_eq!(
            of_kind(vec![comment()], Target::Dnat(to), PartKind::Action),
            ["DNAT --to-destination 10.0.0.1:80"]
        );
        assert_eq!(
            of_kind(vec![comment()], Target::Jump(chain), PartKind::Comment),
            [" -m comment --comment \"default/web\""]
        );
        assert_eq!(
            of_kind(
                vec![Match::Statistic(OneOf(2))],
                Target::Jump(chain),
                PartKind::Probability
            ),
            ["0.50000000000"]
        );
        assert!(of_kind(vec![], Target::Jump(chain), PartKind::Action).is_empty());
    }
}
