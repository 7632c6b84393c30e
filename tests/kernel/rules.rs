//! The very rules kubehop wrote, loaded into the kernel and read back by the real tools.

use std::collections::BTreeSet;

use kubehop_engine::names::Family;
use kubehop_engine::ruleset::text::{self, Form};
use kubehop_engine::ruleset::{Rules, Ruleset, TableName, nft};

use super::shell::run_in;

/// How many differing lines are shown.
const SHOWN: usize = 8;

/// The chains whose rules only the first packet of a connection to a Service comes by.
const OF_SERVICES: [&str; 6] = [
    "KUBE-SVC-",
    "KUBE-SVL-",
    "KUBE-SEP-",
    "KUBE-EXT-",
    "KUBE-FW-",
    "KUBE-MARK-MASQ ",
];

/// Loads a node's rules into its namespace.
pub(crate) fn load(namespace: &str, rules: &Rules) -> Result<(), String> {
    match rules {
        Rules::Iptables(ruleset) => {
            let tables = [TableName::Nat, TableName::Filter]
                .map(|table| text::table(ruleset, table, Form::Restore));
            run_in(
                namespace,
                &format!("{}-restore", tool(ruleset.family)),
                &tables.concat(),
            )
            .map(drop)
        }
        Rules::Nftables(table) => run_in(namespace, "nft -f -", &nft::text::table(table)).map(drop),
        Rules::Ipvs(_) => Err("no scenario has virtual servers".to_owned()),
    }
}

/// Loads the nat table of rules that a node has in `iptables` beside kube-proxy's table of `nft`.
pub(crate) fn load_nat(namespace: &str, ruleset: &Ruleset) -> Result<(), String> {
    let table = text::table(ruleset, TableName::Nat, Form::Restore);
    run_in(
        namespace,
        &format!("{}-restore", tool(ruleset.family)),
        &table,
    )
    .map(drop)
}

/// The lines in which the real tool's print of the loaded rules differs from kubehop's.
pub(crate) fn printed_otherwise(namespace: &str, rules: &Rules) -> Result<Vec<String>, String> {
    let (ours, theirs) = match rules {
        Rules::Iptables(ruleset) => {
            let tables = [TableName::Filter, TableName::Nat]
                .map(|table| text::table(ruleset, table, Form::Save));
            (
                tables.concat(),
                uncounted(&run_in(
                    namespace,
                    &format!("{}-save", tool(ruleset.family)),
                    "",
                )?),
            )
        }
        Rules::Nftables(table) => {
            let family = match table.family {
                Family::V4 => "ip",
                Family::V6 => "ip6",
            };
            let theirs = run_in(
                namespace,
                &format!("nft list table {family} {}", nft::TABLE),
                "",
            )?;
            (in_order(&nft::text::table(table)), in_order(&theirs))
        }
        Rules::Ipvs(_) => return Err("no scenario has virtual servers".to_owned()),
    };
    Ok(differing(&ours, &theirs))
}

/// Packets of the rules of Services by rule: how many the kernel counted; none in a mode without counters.
pub(crate) fn counted(namespace: &str, rules: &Rules) -> Result<Vec<(u64, String)>, String> {
    let Rules::Iptables(ruleset) = rules else {
        return Ok(Vec::new());
    };
    let text = run_in(
        namespace,
        &format!("{}-save -c -t nat", tool(ruleset.family)),
        "",
    )?;
    let counter = |line: &str| {
        let (packets, rule) = line.strip_prefix('[')?.split_once(':')?;
        let rule = rule.split_once("] ")?.1;
        Some((packets.parse().ok()?, rule.to_owned()))
    };
    let of_services = |rule: &str| {
        let chain = rule.trim_start_matches("-A ");
        OF_SERVICES.iter().any(|prefix| chain.starts_with(prefix))
    };
    Ok(text
        .lines()
        .filter_map(counter)
        .filter(|(packets, rule)| *packets > 0 && of_services(rule))
        .collect())
}

fn tool(family: Family) -> &'static str {
    match family {
        Family::V4 => "iptables",
        Family::V6 => "ip6tables",
    }
}

/// Without the tool's remarks, and without the packets that came by meanwhile.
fn uncounted(text: &str) -> String {
    let lines = text
        .lines()
        .filter(|line| !line.starts_with('#'))
        .map(|line| match line.split_once(" [") {
            Some((chain, _)) if line.starts_with(':') => format!("{chain} [0:0]\n"),
            _ => format!("{line}\n"),
        });
    lines.collect()
}

/// A table's text with one element of a set a line, in order: the kernel keeps them in no order.
fn in_order(text: &str) -> String {
    const ELEMENTS: &str = "elements = { ";
    let whole = text.replace(",\n\t\t\t     ", ", ");
    let line = |line: &str| match line.split_once(ELEMENTS) {
        Some((before, elements)) => {
            let mut elements: Vec<&str> = elements.trim_end_matches(" }").split(", ").collect();
            elements.sort_unstable();
            elements
                .iter()
                .map(|element| format!("{before}element {element}\n"))
                .collect()
        }
        None => format!("{line}\n"),
    };
    whole.lines().map(line).collect()
}

/// The first lines at which two texts part.
fn differing(ours: &str, theirs: &str) -> Vec<String> {
    if ours == theirs {
        return Vec::new();
    }
    let (own, real): (BTreeSet<&str>, BTreeSet<&str>) =
        (ours.lines().collect(), theirs.lines().collect());
    let mut lines: Vec<String> = own
        .difference(&real)
        .map(|line| format!("kubehop: {line}"))
        .collect();
    lines.extend(real.difference(&own).map(|line| format!("tool:    {line}")));
    if lines.is_empty() {
        let pairs = ours
            .lines()
            .zip(theirs.lines())
            .filter(|(own, real)| own != real);
        lines.extend(pairs.flat_map(|(own, real)| {
            [
                format!("kubehop here: {own}"),
                format!("tool here:    {real}"),
            ]
        }));
    }
    lines.truncate(SHOWN);
    lines
}
