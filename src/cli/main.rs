//! The text tool: the page's answers as text, for terminals and for tests of documentation.

mod files;
mod svg;
mod trace;

use std::process::ExitCode;

use clap::{Parser, Subcommand, ValueEnum};
use ipnet::IpNet;
use kubehop::answers::SeverityAnswer;
use kubehop::{Config, Family, LoadBalancer, ProxyMode, problems_as_text};

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
    /// Draws the cluster, and a connection through it, as an SVG file on standard output
    Svg(svg::Arguments),
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
        Command::Svg(arguments) => svg::run(&arguments),
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
    let simulation = files::open_after_events(input)?;
    let first = || simulation.nodes().into_iter().next();
    let node = node.or_else(first).ok_or("there is no node")?;
    let rules = simulation.rules(&node, family);
    let rules = rules.ok_or_else(|| format!("nodes \"{node}\" not found"))?;
    anstream::println!("{}", rules.text);
    Ok(ExitCode::SUCCESS)
}

/// Prints what kubectl would.
fn kubectl(verb: &str, arguments: Vec<String>) -> Result<ExitCode, String> {
    let mut line = format!("kubectl {verb}");
    let mut input = Input::default();
    let mut arguments = arguments.into_iter();
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "-f" | "--filename" => input.files.extend(arguments.next()),
            "--after" => input.after.extend(arguments.next()),
            _ => {
                line.push(' ');
                line.push_str(&quoted(&argument));
            }
        }
    }
    if input.files.is_empty() {
        return Err("-f FILE is missing".to_owned());
    }
    let answer = files::open_after_events(&input)?.console(&line);
    anstream::print!("{}", answer.stdout);
    anstream::eprint!("{}", answer.stderr);
    Ok(ExitCode::from(answer.exit_code))
}

/// A word as a shell reads it back.
fn quoted(word: &str) -> String {
    format!("'{}'", word.replace('\'', r#"'"'"'"#))
}

/// Prints what is wrong with the manifests.
fn check(input: &Input) -> Result<ExitCode, String> {
    let (simulation, lines) = files::open(input)?;
    let problems = simulation.problems().problems;
    anstream::print!(
        "{}",
        problems_as_text(&problems, |position| lines.name(position))
    );
    let is_error = |severity| severity == SeverityAnswer::Error;
    let rejected = problems.iter().any(|problem| is_error(problem.severity));
    Ok(if rejected {
        ExitCode::FAILURE
    } else {
        ExitCode::SUCCESS
    })
}
