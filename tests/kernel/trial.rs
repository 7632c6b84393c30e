//! One scenario in one mode: built, called, compared.

use std::collections::{BTreeMap, BTreeSet};
use std::net::{IpAddr, SocketAddr};
use std::thread;

use kubehop_engine::cluster::config::Config;
use kubehop_engine::manifest::Source;
use kubehop_engine::names::Family;
use kubehop_engine::netfilter::Kernel;
use kubehop_engine::resolve::resolve;
use kubehop_engine::ruleset::Rules;
use kubehop_engine::ruleset::TableName;
use kubehop_engine::ruleset::text::{self, Form};
use kubehop_engine::trace::{Network, Origin};

use super::expected::Expected;
use super::network::Namespaces;
use super::peer::Seen;
use super::policies;
use super::rules;
use super::scenario::{Call, Scenario};
use super::servers::{Servers, machines};
use super::shares::Share;
use super::shell::{self, run_in};
use super::tally::Tally;

/// What kube-proxy's rules need of a kernel: the words in a rule, and one that tries it.
const MATCHES: [(&str, &str); 4] = [
    (
        "-m statistic",
        "-A POSTROUTING -m statistic --mode random --probability 0.5",
    ),
    ("-m recent", "-A POSTROUTING -m recent --name kubehop --set"),
    ("-m addrtype", "-A PREROUTING -m addrtype --dst-type LOCAL"),
    (
        "--random-fully",
        "-A POSTROUTING -j MASQUERADE --random-fully",
    ),
];

/// The words of these that this kernel does not understand.
fn lacking(words: &[(&'static str, &str)]) -> Result<Option<&'static str>, String> {
    shell::run("ip netns add kubehop-try", "")?;
    let lacks = |rule: &str| run_in("kubehop-try", &format!("iptables -t nat {rule}"), "").is_err();
    let lacking = words
        .iter()
        .find(|(_, rule)| lacks(rule))
        .map(|(words, _)| *words);
    shell::run("ip netns delete kubehop-try", "")?;
    Ok(lacking)
}

/// Runs a scenario in one of its modes.
pub(crate) fn run(scenario: &Scenario, config: &Config) -> Tally {
    let mode = config.proxy.mode.name();
    println!("{} [{mode}]", scenario.title);
    let mut tally = Tally::default();
    if let Err(error) = in_mode(scenario, config, &mut tally) {
        tally.check("to be run", &[error]);
    }
    tally
}

fn in_mode(scenario: &Scenario, config: &Config, tally: &mut Tally) -> Result<(), String> {
    let world = Network::of(resolve(&Source::read(&scenario.manifest), config));
    let used: Vec<_> = MATCHES
        .into_iter()
        .filter(|(words, _)| uses(&world, words))
        .collect();
    if let Some(lacking) = lacking(&used)? {
        println!("    not run: this kernel has no {lacking}");
        tally.not_run.insert(lacking.to_owned(), 1);
        return Ok(());
    }
    let calls = scenario.calls(&world)?;
    let clients: BTreeSet<IpAddr> = calls
        .iter()
        .filter_map(|call| match call.from {
            Origin::Outside(address) => Some(address),
            Origin::Pod(_) | Origin::Node(_) => None,
        })
        .collect();
    let all = clients.iter().copied().chain(machines(&world)).collect();
    let network = Namespaces::build(&world, &all, &clients)?;
    each_kernel(&world, &network, |node, namespace, kernel| {
        rules::load(namespace, kernel.rules())?;
        if let Some(beside) = kernel.rules_beside() {
            rules::load_nat(namespace, beside)?;
        }
        policies::load(&world, node, namespace, &all)?;
        let what = format!("the tool prints the rules of {node} as kubehop does");
        tally.check(&what, &rules::printed_otherwise(namespace, kernel.rules())?);
        Ok(())
    })?;
    let _servers = Servers::start(&world, &network)?;
    let traced = |(place, call): (usize, &Call)| Expected::of(&world, &call.request()?, place);
    let expected: Vec<Expected> = calls
        .iter()
        .enumerate()
        .map(traced)
        .collect::<Result<_, _>>()?;
    let seen = connect(&world, &network, &calls, &expected)?;
    for ((call, expected), seen) in calls.iter().zip(&expected).zip(&seen) {
        tally.check(
            &format!("{} -> {}", call.from, call.to),
            &expected.differing(seen),
        );
    }
    shares(&expected, &seen, tally);
    let (matched, packets) = counters(&world, &network, &expected, tally)?;
    let of = |wanted: fn(&Seen) -> bool| seen.iter().flatten().filter(|seen| wanted(seen)).count();
    let connections = seen.iter().map(Vec::len).sum::<usize>();
    tally.connections += connections;
    tally.packets += packets;
    println!(
        "    {} calls, {connections} connections: {} answered, {} refused, {} silent; {packets} packets at {matched} rules",
        calls.len(),
        of(|seen| matches!(seen, Seen::Answered { .. })),
        of(|seen| *seen == Seen::Refused),
        of(|seen| *seen == Seen::Silence),
    );
    Ok(())
}

/// Whether some rule of the cluster has these words.
fn uses(world: &Network, words: &str) -> bool {
    let kernels = world
        .cluster()
        .nodes
        .keys()
        .filter_map(|node| world.kernel(node, Family::V4));
    kernels.map(Kernel::rules).any(|rules| match rules {
        Rules::Iptables(rules) => text::table(rules, TableName::Nat, Form::Restore).contains(words),
        Rules::Nftables(_) | Rules::Ipvs(_) => false,
    })
}

/// Does something for each node and family of its addresses.
fn each_kernel(
    world: &Network,
    network: &Namespaces,
    mut todo: impl FnMut(&str, &str, &Kernel) -> Result<(), String>,
) -> Result<(), String> {
    for (node, object) in &world.cluster().nodes {
        for family in [Family::V4, Family::V6]
            .into_iter()
            .filter(|family| object.address(*family).is_some())
        {
            let kernel = world.kernel(node, family).ok_or("a node has a kernel")?;
            todo(node, network.node_namespace(node)?, kernel)?;
        }
    }
    Ok(())
}

/// Makes the connections of all calls: each caller's in turn, all callers' at once. Gives what each call saw.
fn connect(
    world: &Network,
    network: &Namespaces,
    calls: &[Call],
    expected: &[Expected],
) -> Result<Vec<Vec<Seen>>, String> {
    let mut callers: BTreeMap<&Origin, Vec<usize>> = BTreeMap::new();
    for (number, call) in calls.iter().enumerate() {
        callers.entry(&call.from).or_default().push(number);
    }
    let mut batches = Vec::new();
    for (from, numbers) in callers {
        let one = |&number: &usize| format!("{}\n", expected[number].order(calls[number].to));
        let text: String = numbers.iter().map(one).collect();
        batches.push((network.namespace(world, from)?, numbers, text));
    }
    let own = std::env::current_exe().map_err(|error| error.to_string())?;
    let line = format!("{} call", own.display());
    let line = &line;
    let told: Vec<Result<(Vec<usize>, String), String>> = thread::scope(|scope| {
        let start = |(namespace, numbers, text): (&'_ str, Vec<usize>, String)| {
            let namespace = namespace.to_owned();
            scope.spawn(move || run_in(&namespace, line, &text).map(|told| (numbers, told)))
        };
        let started: Vec<_> = batches.into_iter().map(start).collect();
        started
            .into_iter()
            .map(|caller| {
                caller
                    .join()
                    .unwrap_or_else(|_| Err("a caller broke off".into()))
            })
            .collect()
    });
    let mut seen = vec![Vec::new(); calls.len()];
    for told in told {
        let (numbers, text) = told?;
        for line in text.lines() {
            let (number, what) = line.split_once(' ').ok_or("no number")?;
            let number: usize = number.parse().map_err(|_| format!("no number: {line}"))?;
            seen[numbers[number]].push(what.parse()?);
        }
    }
    Ok(seen)
}

/// Compares what each endpoint got of the connections of all calls: too small a lean of every call shows in their sum.
fn shares(expected: &[Expected], seen: &[Vec<Seen>], tally: &mut Tally) {
    let mut all: BTreeMap<SocketAddr, Share> = BTreeMap::new();
    for (expected, seen) in expected.iter().zip(seen) {
        for (endpoint, share) in expected.shares_of_endpoints(seen) {
            all.entry(endpoint).or_default().add(&share);
        }
    }
    for (endpoint, share) in all {
        let unlikely: Vec<String> = share
            .is_unlikely()
            .then(|| share.to_string())
            .into_iter()
            .collect();
        tally.check(
            &format!("{endpoint} gets its share of all calls"),
            &unlikely,
        );
    }
}

/// Compares the rules at which the kernel counted packets with those the traces matched; gives their number and packets.
fn counters(
    world: &Network,
    network: &Namespaces,
    expected: &[Expected],
    tally: &mut Tally,
) -> Result<(usize, u64), String> {
    let (mut matched, mut packets) = (0, 0);
    each_kernel(world, network, |node, namespace, kernel| {
        let counted = rules::counted(namespace, kernel.rules())?;
        let traced: BTreeSet<&String> = expected
            .iter()
            .filter_map(|one| one.rules.get(node))
            .flatten()
            .collect();
        let untraced = counted.iter().filter(|(_, rule)| !traced.contains(rule));
        let differing: Vec<String> = untraced
            .map(|(packets, rule)| format!("{packets} packets at {rule}"))
            .collect();
        matched += counted.len();
        packets += counted.iter().map(|(packets, _)| packets).sum::<u64>();
        if let Rules::Iptables(_) = kernel.rules() {
            tally.check(
                &format!("the kernel counts packets on {node} where the traces match"),
                &differing,
            );
        }
        Ok(())
    })?;
    Ok((matched, packets))
}
