//! kubehop held against a real Linux kernel: `make test-kernel`.
//!
//! For each scenario the manifest is resolved, its cluster is built of network namespaces, the rules kubehop wrote are
//! loaded into each node, and real connections are made. Who answered, which source the server saw, and whether a
//! failure was a refusal or silence must be what the traces say; the rules the kernel counted packets at must be those
//! the traces matched; and the real tools must print the rules as kubehop prints them.
//!
//! The program starts itself again in a mount and network namespace of its own, where it makes everything else. No
//! address, route or rule of the machine is touched, and the kernel takes all of it away with the last process inside,
//! however that ends.

mod expected;
mod network;
mod peer;
mod rules;
mod scenario;
mod servers;
mod shell;
mod trial;

use std::path::Path;
use std::process::{Command, ExitCode};

use trial::Tally;

/// What the run needs, each with the Debian package that has it.
const TOOLS: [(&str, &str); 3] = [("ip", "iproute2"), ("iptables-restore", "iptables"), ("nft", "nftables")];

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let done = match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["serve", name, ..] => peer::serve(name, &arguments[2..]).map(|()| ExitCode::SUCCESS),
        ["call"] => peer::call().map(|()| ExitCode::SUCCESS),
        ["inside", only @ ..] => inside(only),
        only => outside(only),
    };
    done.unwrap_or_else(|error| {
        println!("error: {error}");
        ExitCode::FAILURE
    })
}

/// Starts the run in namespaces of its own, or says why it cannot be run here.
fn outside(only: &[&str]) -> Result<ExitCode, String> {
    if let Some(reason) = why_not() {
        println!("skipped: {reason}");
        return Ok(ExitCode::SUCCESS);
    }
    let own = std::env::current_exe().map_err(|error| error.to_string())?;
    let only = only.iter().filter(|argument| !argument.starts_with('-'));
    let status = Command::new("unshare").args(["--mount", "--net"]).arg(own).arg("inside").args(only).status();
    let status = status.map_err(|error| format!("unshare: {error}"))?;
    let left = shell::run("ip netns list", "")?;
    match left.contains("kubehop-") {
        true => Err(format!("left behind: {left}")),
        false => Ok(if status.success() { ExitCode::SUCCESS } else { ExitCode::FAILURE }),
    }
}

/// Why a run is not possible here.
fn why_not() -> Option<String> {
    if !cfg!(target_os = "linux") {
        return Some("the test needs a Linux kernel".to_owned());
    }
    if let Some((tool, package)) = TOOLS.iter().find(|(tool, _)| !shell::has(tool)) {
        return Some(format!("{tool} is missing (Debian: apt-get install {package})"));
    }
    let tried = shell::run("unshare --mount --net ip link add kubehop-try type bridge", "");
    tried.err().map(|error| format!("network namespaces need root and a kernel that has them ({error})"))
}

/// The run itself. `ip netns` names namespaces by files, which here stand where nobody else sees them.
fn inside(only: &[&str]) -> Result<ExitCode, String> {
    shell::run("mkdir -p /run/netns", "")?;
    shell::run("mount -t tmpfs kubehop-netns /run/netns", "")?;
    let missing = trial::missing()?;
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/kernel/scenarios");
    let mut tally = Tally::default();
    for scenario in scenario::all(&folder)? {
        if only.is_empty() || only.iter().any(|name| scenario.title.contains(name)) {
            trial::run(&scenario, &missing, &mut tally);
        }
    }
    println!("\n{} connections, {} packets counted at rules of Services", tally.connections, tally.packets);
    println!("{} passed, {} failed", tally.passed, tally.failed);
    Ok(if tally.failed == 0 && tally.passed > 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
