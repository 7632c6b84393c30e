//! Makes challenges: takes manifests in which connections work, breaks them in one known way, and proves with the engine
//! that a connection fails then, that its cause is known, and that the repair makes it work again.
//!
//! The same text, requests and seed give the same challenge. What is proved holds in every mode of kube-proxy.

mod breakers;
mod breaks;
mod comments;
mod working;

pub use breakers::Breaker;
pub use comments::without_stale_comments;

use breaks::{Break, breaks};
use comments::without_comments_at;
use kubehop_engine::sort;
use working::{Working, working};

use super::Simulation;
use super::answers::SeverityAnswer;
use kubehop_engine::causes;
use kubehop_engine::cluster::Config;
use kubehop_engine::cluster::config::ProxyMode;
use kubehop_engine::diagnostic::{Fault, Fix};
use kubehop_engine::manifest::edit::applied;
use kubehop_engine::rng::Rng;
use kubehop_engine::trace::{RuleLines, Trace, Verdict, outcomes};

/// The longest text that challenges are made of, in bytes: breaking it opens the cluster again and again.
pub const MAX_TEXT: usize = 64 << 10;

/// At most this many connections must still work beside the one that fails.
const KEPT: usize = 4;

/// The modes of kube-proxy in which a challenge is proved.
const MODES: [ProxyMode; 3] = [ProxyMode::Iptables, ProxyMode::Nftables, ProxyMode::Ipvs];

/// A broken cluster, what must hold in the end, and what was done to it.
#[derive(Clone, Debug, PartialEq)]
pub struct GeneratedChallenge {
    /// The broken manifests.
    pub manifest: String,
    /// Who calls.
    pub from: String,
    /// What is called and fails.
    pub to: String,
    /// How it fails; `None` if that depends on the mode of kube-proxy.
    pub verdict: Option<Verdict>,
    /// What is broken.
    pub breaker: Breaker,
    /// Why the connection fails, as an entry of the catalogue of causes.
    pub cause: Fault,
    /// The edit of the broken manifests that undoes it.
    pub repair: Fix,
    /// What it replaces.
    pub broken: String,
    /// What must hold in the end, as a file of expectations: what worked before.
    pub expectations: String,
}

impl GeneratedChallenge {
    /// Breaks a text so that a connection fails which works in it. The connections `asked` for come first; others are
    /// calls of its Services. `None` if nothing works in the text, or nothing breaks it in a way that can be explained.
    pub fn of(
        text: &str,
        config: &Config,
        asked: &[(String, String)],
        seed: u64,
    ) -> Option<GeneratedChallenge> {
        if text.len() > MAX_TEXT {
            return None;
        }
        let before = Simulation::open(text, config);
        let configs = MODES.map(|mode| in_mode(config, mode));
        let mut works = working(&before, asked);
        for config in &configs {
            let simulation = Simulation::open(text, config);
            works.retain(|one| holds(&simulation, &one.expectation()));
        }
        let mut rng = Rng::new(seed, 0);
        let mut ways = breaks(text, &mut rng);
        // Each sort of mistake is as likely as another, however many fields can have it.
        shuffle(&mut ways, &mut rng);
        let mut sorts: Vec<Breaker> = ways.iter().map(|way| way.breaker).collect();
        sort::sort(&mut sorts);
        sorts.dedup();
        shuffle(&mut sorts, &mut rng);
        let of_sort = |sort: Breaker| ways.iter().filter(move |way| way.breaker == sort);
        let mut in_order = sorts.into_iter().flat_map(of_sort);
        in_order.find_map(|way| challenge(text, &configs, &works, way, &before))
    }

    /// The manifests with the repair.
    pub fn repaired(&self) -> String {
        applied(&self.manifest, std::slice::from_ref(&self.repair))
    }
}

/// The challenge that a break makes, if it is one.
fn challenge(
    text: &str,
    configs: &[Config],
    works: &[Working],
    way: &Break,
    before: &Simulation,
) -> Option<GeneratedChallenge> {
    let (text, edit) = without_comments_at(text, &way.edit);
    let manifest = applied(&text, std::slice::from_ref(&edit));
    let (first, _) = configs.split_first()?;
    let broken = Simulation::open(&manifest, first);
    if errors(&broken) > errors(before) {
        return None;
    }
    let (symptom, trace) = works
        .iter()
        .find_map(|one| Some((one, failure(&broken, one)?)))?;
    let cause = cause(&broken, &trace)?;
    let mut is_alike = true;
    let fails_for_it = |config: &Config| {
        let simulation = Simulation::open(&manifest, config);
        let Some(other) = failure(&simulation, symptom) else {
            return false;
        };
        is_alike &= other.verdict == trace.verdict;
        self::cause(&simulation, &other).as_ref() == Some(&cause)
    };
    let is_broken = configs.iter().all(fails_for_it);
    let (from, to) = (symptom.from.clone(), symptom.to.clone());
    let kept = works.iter().filter(|one| *one != symptom).take(KEPT);
    let expected = std::iter::once(symptom).chain(kept);
    let made = GeneratedChallenge {
        from,
        to,
        verdict: is_alike.then(|| trace.verdict.clone()),
        breaker: way.breaker,
        cause: cause.clone(),
        repair: undo(&text, &edit),
        broken: edit.text,
        expectations: expected.map(Working::expectation).collect(),
        manifest: manifest.clone(),
    };
    let repaired = made.repaired();
    let is_repaired =
        |config: &Config| holds(&Simulation::open(&repaired, config), &made.expectations);
    (is_broken && configs.iter().all(is_repaired)).then_some(made)
}

/// The first cause of a failure.
fn cause(simulation: &Simulation, trace: &Trace) -> Option<Fault> {
    let causes = causes::of_trace(simulation.network(), trace);
    causes.into_iter().next().map(|cause| cause.fault)
}

/// The trace of a connection that is answered in no way it can end.
fn failure(simulation: &Simulation, one: &Working) -> Option<Trace> {
    let request = simulation.request(&one.from, &one.to).ok()?;
    let found = outcomes(simulation.network(), &request, 0, RuleLines::Printed).ok()?;
    let fails = found.iter().all(|outcome| outcome.trace.is_failure());
    found
        .into_iter()
        .next()
        .map(|outcome| outcome.trace)
        .filter(|_| fails)
}

fn holds(simulation: &Simulation, expectations: &str) -> bool {
    let answer = simulation.check(expectations);
    answer.is_ok_and(|answer| answer.all_met())
}

/// How many objects a server would reject.
fn errors(simulation: &Simulation) -> usize {
    let problems = simulation.problems().problems;
    let is_error = |severity: SeverityAnswer| severity == SeverityAnswer::Error;
    problems.iter().filter(|one| is_error(one.severity)).count()
}

fn in_mode(config: &Config, mode: ProxyMode) -> Config {
    let mut config = config.clone();
    config.proxy.mode = mode;
    config
}

/// The edit that undoes an edit of a text.
fn undo(text: &str, edit: &Fix) -> Fix {
    let (before, after) = parts(text, edit);
    let mut span = edit.span;
    span.end = span.start;
    for letter in edit.text.chars() {
        span.end.offset += u32::try_from(letter.len_utf8()).unwrap_or_default();
        match letter {
            '\n' => (span.end.line, span.end.column) = (span.end.line + 1, 1),
            _ => span.end.column += 1,
        }
    }
    Fix {
        span,
        text: text[before.len()..text.len() - after.len()].to_owned(),
    }
}

/// What is before and behind an edit.
fn parts<'a>(text: &'a str, edit: &Fix) -> (&'a str, &'a str) {
    let (start, end) = (edit.span.start.offset, edit.span.end.offset);
    let before = text.get(..start as usize).unwrap_or(text);
    (before, text.get(end as usize..).unwrap_or_default())
}

/// Fisher and Yates.
fn shuffle<T>(items: &mut [T], rng: &mut Rng) {
    for last in (1..items.len()).rev() {
        let other = rng.below(u32::try_from(last + 1).unwrap_or(u32::MAX)) as usize;
        items.swap(last, other);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use kubehop_engine::testing::WEB_POD;

    const SHELL: &str = "\
---
apiVersion: v1
kind: Pod
metadata: {name: shell}
spec: {containers: [{name: shell, image: curlimages/curl}]}
";

    fn text() -> String {
        format!("{WEB_POD}{SHELL}")
    }

    fn made(seed: u64) -> GeneratedChallenge {
        let made = GeneratedChallenge::of(&text(), &Config::default(), &[], seed);
        made.expect("this text can be broken")
    }

    #[test]
    fn a_seed_gives_one_challenge_and_many_seeds_give_many_sorts() {
        assert_eq!(made(7), made(7));
        let sorts: std::collections::BTreeSet<Breaker> =
            (0..40).map(|seed| made(seed).breaker).collect();
        assert!(sorts.len() >= 5, "{sorts:?}");
    }

    #[test]
    fn the_repair_gives_the_text_back() {
        for seed in 0..40 {
            let made = made(seed);
            assert_ne!(made.manifest, text());
            assert_eq!(made.repaired(), text(), "{seed}");
        }
    }

    #[test]
    fn a_node_port_is_broken_by_its_number_or_by_the_type_of_its_service() {
        let number = "ports: [{port: 80, targetPort: 8080, nodePort: 30123}]";
        let numbered = text()
            .replace("spec:\n  selector", "spec:\n  type: NodePort\n  selector")
            .replace("ports: [{port: 80, targetPort: 8080}]", number);
        let given = numbered.replace(", nodePort: 30123", "");
        let sorts = |text: &str, port: u16| {
            let to = format!("http://192.168.0.11:{port}");
            let asked = [("client".to_owned(), to)];
            let made = (0..40)
                .filter_map(|seed| GeneratedChallenge::of(text, &Config::default(), &asked, seed));
            made.map(|made| made.breaker)
                .collect::<std::collections::BTreeSet<_>>()
        };
        assert!(sorts(&numbered, 30123).contains(&Breaker::NodePort {}));
        // A server rejects a node port of type ClusterIP, so the number must be the server's.
        let open = Simulation::open(&given, &Config::default());
        let mut services = open.network().cluster().services.values();
        let service = services.find(|service| service.metadata.name == "web");
        let port = service.expect("the Service").spec.ports[0].node_port;
        assert!(sorts(&given, port).contains(&Breaker::ServiceType {}));
    }

    #[test]
    fn nothing_is_made_of_a_text_in_which_nothing_works() {
        for text in [
            "",
            "a: [",
            "apiVersion: v1\nkind: Service\nmetadata: {name: web}\n",
        ] {
            let made = GeneratedChallenge::of(text, &Config::default(), &[], 0);
            assert_eq!(made, None, "{text}");
        }
        let long = format!("# {}\n{}", "x".repeat(MAX_TEXT), text());
        let made = GeneratedChallenge::of(&long, &Config::default(), &[], 0);
        assert_eq!(made, None);
    }
}
