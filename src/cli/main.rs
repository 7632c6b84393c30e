//! The text tool: the page's answers as text, for terminals and for tests of documentation.

mod files;
mod trace;

use std::process::ExitCode;

use clap::{Parser, Subcommand, ValueEnum};
use ipnet::IpNet;
use kubehop::engine::causes;
use kubehop::engine::cluster::config::{Config, LoadBalancer, ProxyMode};
use kubehop::engine::console::kubectl::{Clock, Output, run};
use kubehop::engine::diagnostic::Severity;
use kubehop::engine::names::Family;
use kubehop::engine::trace::Network;
use kubehop::view::i18n::Catalogue;
use kubehop::view::report::problems;

/// What Kubernetes makes of your manifests, and where a packet goes then.
#[derive(Parser)]
#[command(name = "kubehop", version)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Follows one connection, hop by hop
    Trace(trace::Arguments),
    /// Prints the rules of a node, as the node's own tool prints them
    Rules {
        #[command(flatten)]
        input: Input,
        /// The node; the first one when left out
        #[arg(long)]
        node: Option<String>,
        /// The rules for IPv6
        #[arg(long)]
        ipv6: bool,
    },
    /// Prints objects as kubectl does: kubehop get svc,pods -o wide -f FILE
    Get(Kubectl),
    /// Describes objects as kubectl does: kubehop describe service web -f FILE
    Describe(Kubectl),
    /// Prints what env, printenv and cat /etc/resolv.conf print in a pod: kubehop exec web -f FILE -- env
    Exec(Kubectl),
    /// Says what is wrong with manifests; exits with 1 when a server would refuse any
    Check {
        #[command(flatten)]
        input: Input,
    },
}

/// What follows the verb, as kubectl reads it, with the manifests as `-f FILE` and what happens to them as `--after EVENT`.
#[derive(clap::Args)]
struct Kubectl {
    #[arg(
        trailing_var_arg = true,
        allow_hyphen_values = true,
        required = true,
        value_name = "ARGUMENTS"
    )]
    arguments: Vec<String>,
}

/// Manifests and the cluster they are put into.
#[derive(clap::Args)]
struct Input {
    /// Files with manifests; - for standard input
    #[arg(required = true)]
    files: Vec<String>,
    /// kube-proxy's mode
    #[arg(long, value_enum, default_value_t = Proxy::Iptables)]
    proxy: Proxy,
    /// How many nodes there are when the manifests name none
    #[arg(long, default_value_t = 3)]
    nodes: u8,
    /// Where pods get their addresses from: one range a family, the primary family's first
    #[arg(long, value_name = "RANGE", value_delimiter = ',')]
    pod_cidr: Vec<IpNet>,
    /// Where Services get their addresses from, likewise
    #[arg(long, value_name = "RANGE", value_delimiter = ',')]
    service_cidr: Vec<IpNet>,
    /// Nobody gives LoadBalancer Services an address
    #[arg(long)]
    no_load_balancer: bool,
    /// What happens then, in this order: unready pod/NAME, ready pod/NAME, delete pod/NAME, gone pod/NAME,
    /// scale deployment/NAME=3, down node/NAME
    #[arg(long, value_name = "EVENT")]
    after: Vec<String>,
}

impl Default for Input {
    fn default() -> Input {
        Input {
            files: Vec::new(),
            proxy: Proxy::Iptables,
            nodes: 3,
            pod_cidr: Vec::new(),
            service_cidr: Vec::new(),
            no_load_balancer: false,
            after: Vec::new(),
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Proxy {
    Iptables,
    Nftables,
}

impl Input {
    fn config(&self) -> Config {
        let mut config = Config {
            nodes: self.nodes,
            ..Config::default()
        };
        config.proxy.mode = match self.proxy {
            Proxy::Iptables => ProxyMode::Iptables,
            Proxy::Nftables => ProxyMode::Nftables,
        };
        if !self.pod_cidr.is_empty() {
            config.pod_cidrs.clone_from(&self.pod_cidr);
        }
        if !self.service_cidr.is_empty() {
            config.service_cidrs.clone_from(&self.service_cidr);
        }
        if self.no_load_balancer {
            config.load_balancer = LoadBalancer::None;
        }
        config
    }
}

fn main() -> ExitCode {
    let done = match Cli::parse().command {
        Command::Trace(arguments) => trace::run(&arguments),
        Command::Rules { input, node, ipv6 } => {
            rules(&input, node, if ipv6 { Family::V6 } else { Family::V4 })
        }
        Command::Get(Kubectl { arguments }) => kubectl("get", arguments),
        Command::Describe(Kubectl { arguments }) => kubectl("describe", arguments),
        Command::Exec(Kubectl { arguments }) => kubectl("exec", arguments),
        Command::Check { input } => check(&input),
    };
    done.unwrap_or_else(|error| {
        anstream::eprintln!("error: {error}");
        ExitCode::from(2)
    })
}

/// Prints a node's rules.
fn rules(input: &Input, node: Option<String>, family: Family) -> Result<ExitCode, String> {
    let world = Network::of(files::after(files::resolved(input)?.0, &input.after)?);
    let node = match node {
        Some(node) if world.cluster().nodes.contains_key(node.as_str()) => node,
        Some(node) => return Err(format!("nodes \"{node}\" not found")),
        None => world
            .cluster()
            .nodes
            .keys()
            .next()
            .cloned()
            .ok_or("there is no node")?
            .to_string(),
    };
    anstream::println!("{}", world.rules_text(&node, family));
    Ok(ExitCode::SUCCESS)
}

/// Prints what kubectl would.
fn kubectl(verb: &str, arguments: Vec<String>) -> Result<ExitCode, String> {
    let (mut line, mut input) = (format!("kubectl {verb}"), Input::default());
    let mut arguments = arguments.into_iter();
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "-f" | "--filename" => input.files.extend(arguments.next()),
            "--after" => input.after.extend(arguments.next()),
            _ => line.push_str(&format!(" '{argument}'")),
        }
    }
    if input.files.is_empty() {
        return Err("-f FILE is missing".to_owned());
    }
    let resolved = files::after(files::resolved(&input)?.0, &input.after)?;
    let Output { stdout, stderr } = run(&resolved, &line, Clock::default());
    anstream::print!("{stdout}");
    anstream::eprint!("{stderr}");
    Ok(
        if stdout.is_empty() && !stderr.starts_with("No resources found") {
            ExitCode::FAILURE
        } else {
            ExitCode::SUCCESS
        },
    )
}

/// Prints what is wrong.
fn check(input: &Input) -> Result<ExitCode, String> {
    let (resolved, places) = files::resolved(input)?;
    let words = Catalogue::english();
    let mut all = resolved.diagnostics.clone();
    all.extend(causes::check(&resolved));
    all.sort_by_key(|diagnostic| diagnostic.span);
    anstream::print!("{}", problems(&all, &words, |position| places.of(position)));
    let refused = all
        .iter()
        .any(|diagnostic| diagnostic.severity == Severity::Error);
    Ok(if refused {
        ExitCode::FAILURE
    } else {
        ExitCode::SUCCESS
    })
}
