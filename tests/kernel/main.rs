//! kubehop held against a real Linux kernel: `make test-kernel`.
//!
//! For each scenario the manifest is resolved, its cluster is built of network namespaces, the rules kubehop wrote are
//! loaded into each node, and real connections are made. Who answered, which source the server saw, and whether a
//! failure was a refusal or silence must be what the traces say; the rules the kernel counted packets at must be those
//! the traces matched; and the real tools must print the rules as kubehop prints them.
//!
//! For each trial, a scenario in one mode, the program starts itself again in a separate mount and network namespace,
//! where it makes everything else. No address, route or rule of the machine is touched, and the kernel takes all of it
//! away with the last process inside, however that ends. So trials run side by side and cannot meet.

mod cloud;
mod expected;
mod links;
mod network;
mod peer;
mod policies;
mod rules;
mod runs;
mod scenario;
mod servers;
mod shares;
mod shell;
mod tally;
mod trial;

use std::path::Path;
use std::process::ExitCode;

use kubehop_engine::cluster::config::Config;
use scenario::Scenario;

/// What the run needs, each with the Debian package that has it.
const TOOLS: [(&str, &str); 3] = [
    ("ip", "iproute2"),
    ("iptables-restore", "iptables"),
    ("nft", "nftables"),
];

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let done = match arguments
        .iter()
        .map(String::as_str)
        .collect::<Vec<_>>()
        .as_slice()
    {
        ["serve", name, ..] => peer::serve(name, &arguments[2..]).map(|()| ExitCode::SUCCESS),
        ["call"] => peer::call().map(|()| ExitCode::SUCCESS),
        ["inside", number] => inside(number).map(|()| ExitCode::SUCCESS),
        only => outside(only),
    };
    done.unwrap_or_else(|error| {
        println!("error: {error}");
        ExitCode::FAILURE
    })
}

/// Runs all trials, or those whose title has one of these words; or says why that is not possible here.
fn outside(only: &[&str]) -> Result<ExitCode, String> {
    if let Some(reason) = why_not() {
        println!("skipped: {reason}");
        return Ok(ExitCode::SUCCESS);
    }
    let only: Vec<&&str> = only
        .iter()
        .filter(|argument| !argument.starts_with('-'))
        .collect();
    let scenarios = scenarios()?;
    let wanted = trials(&scenarios).enumerate().filter(|(_, (scenario, _))| {
        let named = |name: &&&str| scenario.title.contains(**name);
        only.is_empty() || only.iter().any(named)
    });
    let tally = runs::side_by_side(wanted.map(|(number, _)| number).collect());
    let left = shell::run("ip netns list", "")?;
    if left.contains("kubehop-") {
        return Err(format!("left behind: {left}"));
    }
    println!(
        "\n{} connections, {} packets counted at rules of Services",
        tally.connections, tally.packets
    );
    for (lacking, trials) in &tally.not_run {
        println!("skipped: {trials} trials, because this kernel has no {lacking}");
    }
    println!("{} passed, {} failed", tally.passed, tally.failed);
    Ok(if tally.failed == 0 && tally.passed > 0 {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

fn scenarios() -> Result<Vec<Scenario>, String> {
    scenario::all(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/kernel/scenarios"))
}

/// Each scenario in each of its modes, in the same order in both processes.
fn trials(scenarios: &[Scenario]) -> impl Iterator<Item = (&Scenario, &Config)> {
    scenarios.iter().flat_map(|scenario| {
        scenario
            .configs
            .iter()
            .map(move |config| (scenario, config))
    })
}

/// Why a run is not possible here.
fn why_not() -> Option<String> {
    if !cfg!(target_os = "linux") {
        return Some("the test needs a Linux kernel".to_owned());
    }
    if let Some((tool, package)) = TOOLS.iter().find(|(tool, _)| !shell::has(tool)) {
        return Some(format!(
            "{tool} is missing (Debian: apt-get install {package})"
        ));
    }
    if let Err(error) = shell::run(
        "unshare --mount --net ip link add kubehop-try type bridge",
        "",
    ) {
        return Some(format!(
            "network namespaces need root and a kernel that has them ({error})"
        ));
    }
    let bridged = shell::run(
        "unshare --net ls /proc/sys/net/bridge/bridge-nf-call-iptables",
        "",
    );
    bridged.err().map(|_| {
        "the kernel shows iptables no packets of bridges (modprobe br_netfilter)".to_owned()
    })
}

/// One trial. `ip netns` names namespaces by files, which are invisible outside of this mount namespace.
fn inside(number: &str) -> Result<(), String> {
    shell::run("mkdir -p /run/netns", "")?;
    shell::run("mount -t tmpfs kubehop-netns /run/netns", "")?;
    let scenarios = scenarios()?;
    let number: usize = number.parse().map_err(|_| format!("no number: {number}"))?;
    let (scenario, config) = trials(&scenarios).nth(number).ok_or("no such trial")?;
    println!("{}", trial::run(scenario, config));
    Ok(())
}
