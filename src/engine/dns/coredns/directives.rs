//! The lines of a Corefile that decide over names beside the plugin `kubernetes` and the forwarding of all others. What they
//! answer is not simulated, but which names they are about is.
//!
//! A question is handled by the server block with the longest zone. Inside it the plugins are called in the order that
//! CoreDNS is built with, whatever the order of the lines: `rewrite`, `template` and `hosts` before `kubernetes`; `file`,
//! `secondary`, `etcd` and `forward` after it (coredns `plugin.cfg`, `plugin/rewrite/name.go`, `plugin/hosts`,
//! `plugin/template`, 1.13.1).

use std::net::IpAddr;

use regex_lite::Regex;

use super::name::{absolute, is_within};
use super::server_blocks::{Directive, Line, server_blocks};

/// A line of a Corefile that decides over a name.
#[derive(Debug, PartialEq, Eq)]
pub struct DecidingLine {
    /// The line as written, with the zone of its server block and the plugin around it.
    pub directive: String,
    /// Its index in the text.
    pub number: usize,
}

/// The line that decides over a name: of a Corefile, or of a part that its server block for all names imports.
pub fn deciding_line(text: &str, name: &str) -> Option<DecidingLine> {
    let name = absolute(name).to_ascii_lowercase();
    let blocks = server_blocks(text);
    let zones = blocks.iter().flat_map(|block| {
        let zones = block.zones.iter();
        zones.map(move |zone| (*zone, block))
    });
    let own = zones.filter(|(zone, _)| is_within(&name, zone));
    let (zone, block) = own.max_by_key(|(zone, _)| absolute(zone).len())?;
    let mut directives = block.directives.iter();
    let is_of_kubernetes = directives.any(|own| {
        let zones = own.zones(0, "");
        own.plugin() == "kubernetes" && is_within_any(&name, &zones) && !own.falls_through()
    });
    let mut directives = block.directives.iter();
    let (plugin, line) = directives.find_map(|own| {
        let line = own.deciding(&name, zone, is_of_kubernetes)?;
        Some((own, line))
    })?;
    let mut directive = plugin.own.words.join(" ");
    if line.number != plugin.own.number {
        directive = format!("{directive} {{ {} }}", line.words.join(" "));
    }
    if zone != "." {
        directive = format!("{zone}: {directive}");
    }
    Some(DecidingLine {
        directive,
        number: line.number,
    })
}

fn is_within_any(name: &str, zones: &[&str]) -> bool {
    zones.iter().any(|zone| is_within(name, zone))
}

impl<'c> Directive<'c> {
    fn plugin(&self) -> &'c str {
        self.own.words.first().copied().unwrap_or_default()
    }

    fn argument(&self, index: usize) -> Option<&'c str> {
        self.own.words.get(index + 1).copied()
    }

    /// The zones among the arguments, those from `first` on; the server block's where none is written.
    fn zones(&self, first: usize, of_block: &'c str) -> Vec<&'c str> {
        let written = self.own.words.get(first + 1..).unwrap_or_default();
        if written.is_empty() && !of_block.is_empty() {
            vec![of_block]
        } else {
            written.to_vec()
        }
    }

    /// Whether a name that the plugin does not have goes to the next one.
    fn falls_through(&self) -> bool {
        let mut options = self.options.iter();
        options.any(|line| line.words.first() == Some(&"fallthrough"))
    }

    /// The line because of which the plugin may answer for a name, or change it: its own, or one of its block.
    fn deciding(&self, name: &str, of_block: &'c str, is_of_kubernetes: bool) -> Option<&Line<'c>> {
        match self.plugin() {
            "rewrite" => self.rewrites(name),
            "hosts" => self.is_host(name, of_block),
            "template" => self.is_of_template(name, of_block),
            _ if is_of_kubernetes => None,
            plugin => (self.is_of_zone(plugin, name, of_block)).then_some(&self.own),
        }
    }

    /// Whether a plugin that has all names of its zones has this one.
    fn is_of_zone(&self, plugin: &str, name: &str, of_block: &'c str) -> bool {
        match plugin {
            "file" => is_within_any(name, &self.zones(1, of_block)),
            "secondary" | "etcd" => is_within_any(name, &self.zones(0, of_block)),
            "forward" => {
                let from = self.argument(0).unwrap_or(".");
                is_within(name, from) && (from != "." || of_block != ".")
            }
            _ => false,
        }
    }

    /// `rewrite [continue|stop] name [exact|prefix|suffix|substring|regex] FROM TO`, on one line or in a block.
    fn rewrites(&self, name: &str) -> Option<&Line<'c>> {
        let arguments = self.own.words.get(1..).unwrap_or_default();
        let arguments = match arguments {
            ["continue" | "stop", rest @ ..] => rest,
            all => all,
        };
        let rules = self
            .options
            .iter()
            .map(|line| (line, line.words.as_slice()));
        let mut rules = rules.chain([(&self.own, arguments)]);
        let found = rules.find(|(_, rule)| match rule {
            ["name", "prefix", from, ..] => name.starts_with(from),
            ["name", "suffix", from, ..] => name.ends_with(&absolute(from).to_ascii_lowercase()),
            ["name", "substring", from, ..] => name.contains(from),
            ["name", "regex", from, ..] => matches_expression(from, name),
            ["name", "exact", from, ..] | ["name", from, _, ..] => {
                absolute(from).eq_ignore_ascii_case(name)
            }
            _ => false,
        });
        found.map(|(line, _)| line)
    }

    /// The lines of `hosts`, and every name of its zones if it does not fall through.
    fn is_host(&self, name: &str, of_block: &'c str) -> Option<&Line<'c>> {
        let mut lines = self.options.iter();
        let listed = lines.find(|line| match line.words.as_slice() {
            [address, names @ ..] if address.parse::<IpAddr>().is_ok() => {
                let mut names = names.iter();
                names.any(|own| absolute(own).eq_ignore_ascii_case(name))
            }
            _ => false,
        });
        let has_all = !self.falls_through() && is_within_any(name, &self.zones(1, of_block));
        listed.or(has_all.then_some(&self.own))
    }

    /// `template CLASS TYPE [ZONE…] { match EXPRESSION }`, which takes every name where it says no expression.
    fn is_of_template(&self, name: &str, of_block: &'c str) -> Option<&Line<'c>> {
        let mut expressions = self
            .options
            .iter()
            .filter_map(|line| match line.words.as_slice() {
                ["match", expression] => Some((line, *expression)),
                _ => None,
            })
            .peekable();
        let is_of_addresses = self.argument(1).is_none_or(|own| {
            let own = own.to_ascii_uppercase();
            matches!(own.as_str(), "A" | "AAAA" | "ANY")
        });
        if !is_of_addresses || !is_within_any(name, &self.zones(2, of_block)) {
            return None;
        }
        if expressions.peek().is_none() {
            return Some(&self.own);
        }
        let found = expressions.find(|(_, own)| matches_expression(own, name));
        found.map(|(line, _)| line)
    }
}

/// Whether an expression matches; one that cannot be read is assumed to.
fn matches_expression(text: &str, name: &str) -> bool {
    let text = text.trim_matches('"');
    Regex::new(text).map_or(true, |expression| expression.is_match(name))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::dedent;

    /// The line that decides over a name.
    fn deciding(text: &str, name: &str) -> String {
        let line = deciding_line(&dedent(text), name);
        line.map(|line| line.directive).unwrap_or_default()
    }

    #[test]
    fn kubeadms_corefile_decides_over_nothing_else() {
        let text = "
            .:53 {
                errors
                health {
                   lameduck 5s
                }
                ready
                kubernetes cluster.local in-addr.arpa ip6.arpa {
                   pods insecure
                   fallthrough in-addr.arpa ip6.arpa
                   ttl 30
                }
                prometheus :9153
                forward . /etc/resolv.conf {
                   max_concurrent 1000
                }
                cache 30
                loop
                reload
                loadbalance
            }
            ";
        for name in ["web.default.svc.cluster.local", "shop.example.com", "x"] {
            assert_eq!(deciding(text, name), "", "{name}");
        }
    }

    #[test]
    fn each_plugin_is_about_its_own_names() {
        let text = "
            .:53 {
                rewrite name api.internal.example api.default.svc.cluster.local
                rewrite stop {
                    name regex (.*)\\.corp\\.example\\.$ {1}.default.svc.cluster.local answer auto
                }
                rewrite continue name suffix .old.example .new.example  # all of them
                hosts {
                    10.0.0.9 db.lan db
                    fallthrough
                }
                template IN A dyn.example {
                    match ^ip-(.*)
                    answer \"{{ .Name }} 60 IN A 10.0.0.1\"
                }
                kubernetes cluster.local { pods insecure }
                forward lan.example 10.0.0.53
                forward . /etc/resolv.conf
            }
            consul.local:53 {
                cache 30
                forward . 10.150.0.1
            }
            ";
        for (name, line) in [
            (
                "api.internal.example",
                "rewrite name api.internal.example api.default.svc.cluster.local",
            ),
            (
                "API.internal.example.",
                "rewrite name api.internal.example api.default.svc.cluster.local",
            ),
            ("api.internal.example.default.svc.cluster.local", ""),
            (
                "web.corp.example",
                "rewrite stop { name regex (.*)\\.corp\\.example\\.$ {1}.default.svc.cluster.local answer auto }",
            ),
            (
                "web.old.example",
                "rewrite continue name suffix .old.example .new.example",
            ),
            ("old.example", ""),
            ("db.lan", "hosts { 10.0.0.9 db.lan db }"),
            ("web.lan", ""),
            (
                "ip-1.dyn.example",
                "template IN A dyn.example { match ^ip-(.*) }",
            ),
            ("web.dyn.example", ""),
            ("web.lan.example", "forward lan.example 10.0.0.53"),
            (
                "web.service.consul.local",
                "consul.local: forward . 10.150.0.1",
            ),
            ("web.default.svc.cluster.local", ""),
        ] {
            assert_eq!(deciding(text, name), line, "{name}");
        }
    }

    #[test]
    fn parts_that_are_imported_are_of_all_names() {
        let text = "
            hosts {
                10.0.0.9 db.lan
            }
            ";
        assert_eq!(deciding(text, "db.lan"), "hosts { 10.0.0.9 db.lan }");
        // Without fallthrough no other plugin is called.
        assert_eq!(deciding(text, "web.lan"), "hosts");
        assert_eq!(
            deciding("rewrite name a.example b.example", "a.example"),
            "rewrite name a.example b.example"
        );
    }
}
