//! A rule that matched, as the node's own tool prints it.

use serde::Serialize;

use crate::engine::netfilter::{Kernel, MatchedRule};
use crate::engine::ruleset::Rules;

/// One rule.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RuleLine {
    /// `nat`, `filter`.
    pub table: &'static str,
    /// Its chain.
    pub chain: String,
    /// Its line, as `iptables-save` prints it.
    pub text: String,
    /// The element of a map that it found, in nftables mode.
    pub found: Option<String>,
    /// Whether it tells anything about this packet.
    pub weight: Weight,
}

/// How much a rule tells about a packet's way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Weight {
    /// It brought the packet nearer to its endpoint, marked it, rewrote it, refused it.
    Telling,
    /// Every packet comes by it: a jump from a built-in chain, the forwarding of what was accepted.
    Routine,
}

impl RuleLine {
    /// The rule of a walk's step.
    pub fn of(kernel: &Kernel, step: MatchedRule) -> RuleLine {
        let (table, chain, text) = (
            kernel.table_name(step),
            kernel.chain_name(step),
            kernel.text(step),
        );
        let found = kernel.element_text(step);
        let telling = match kernel.rules() {
            Rules::Iptables(_) => tells(table, &chain, &text),
            Rules::Nftables(_) => {
                found.is_some() || chain.contains('/') || text.contains("masquerade")
            }
        };
        let weight = if telling {
            Weight::Telling
        } else {
            Weight::Routine
        };
        RuleLine {
            table,
            chain,
            text,
            found,
            weight,
        }
    }

    /// The line without its comment, in parts; the parts that did something are marked: a mark, a choice, a rewrite, a
    /// refusal.
    pub fn parts(&self) -> Vec<(String, bool)> {
        let line = without_comment(&self.text);
        let deeds = [
            "--probability ",
            "-j KUBE-MARK-MASQ",
            "-j DNAT",
            "-j MASQUERADE",
            "-j REJECT",
            "-j DROP",
        ];
        let mut parts = Vec::new();
        let mut rest = line.as_str();
        while let Some((at, deed)) = deeds
            .iter()
            .filter_map(|deed| Some((rest.find(deed)?, *deed)))
            .min()
        {
            let start = at
                + if deed.starts_with("-j") {
                    3
                } else {
                    deed.len()
                };
            let end = match deed {
                "--probability " => rest[start..]
                    .find(' ')
                    .map_or(rest.len(), |length| start + length),
                _ => rest.len(),
            };
            parts.push((rest[..start].to_owned(), false));
            parts.push((rest[start..end].to_owned(), true));
            rest = &rest[end..];
        }
        parts.push((rest.to_owned(), false));
        parts.extend(
            self.found
                .iter()
                .map(|found| (format!("\n   {found}"), true)),
        );
        parts
    }
}

/// Whether an iptables rule tells anything: one of kube-proxy's nat chains, a refusal, or the way to a health check.
fn tells(table: &str, chain: &str, text: &str) -> bool {
    let ends = ["-j REJECT", "-j DROP"]
        .iter()
        .any(|end| text.contains(end));
    let masquerades = chain != "KUBE-POSTROUTING" || text.contains("-j MASQUERADE");
    chain.starts_with("KUBE-")
        && (table == "nat" && masquerades || ends || chain == "KUBE-NODEPORTS")
}

/// The line without ` -m comment --comment …`.
fn without_comment(line: &str) -> String {
    const COMMENT: &str = " -m comment --comment ";
    let Some((before, after)) = line.split_once(COMMENT) else {
        return line.to_owned();
    };
    let length = match after.strip_prefix('"') {
        Some(quoted) => quoted.find('"').map_or(after.len(), |end| end + 2),
        None => after.find(' ').unwrap_or(after.len()),
    };
    format!("{before}{}", &after[length..])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(text: &str) -> Vec<(String, bool)> {
        RuleLine {
            table: "nat",
            chain: String::new(),
            text: text.to_owned(),
            found: None,
            weight: Weight::Telling,
        }
        .parts()
    }

    #[test]
    fn what_a_rule_did_is_marked() {
        let marked = |text: &str| {
            parts(text)
                .into_iter()
                .filter(|part| part.1)
                .map(|part| part.0)
                .collect::<Vec<_>>()
        };
        assert_eq!(
            marked("-A KUBE-SEP-X -p tcp -j DNAT --to-destination 10.0.0.1:80"),
            ["DNAT --to-destination 10.0.0.1:80"]
        );
        assert_eq!(
            marked("-A KUBE-SVC-X -m statistic --mode random --probability 0.5 -j KUBE-SEP-X"),
            ["0.5"]
        );
        assert_eq!(marked("-A KUBE-EXT-X -j KUBE-SVC-X"), Vec::<String>::new());
    }

    #[test]
    fn comments_are_left_out_whether_quoted_or_not() {
        let text = |line: &str| {
            parts(line)
                .into_iter()
                .map(|part| part.0)
                .collect::<String>()
        };
        assert_eq!(
            text(r#"-A X -m comment --comment "default/web -> 10.0.0.1:80" -j Y"#),
            "-A X -j Y"
        );
        assert_eq!(
            text("-A X -m comment --comment default/web -j Y"),
            "-A X -j Y"
        );
    }
}
