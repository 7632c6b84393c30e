//! The text tool: the page's answers as text, for terminals and for tests of documentation.

mod challenge;
mod check;
mod cluster_options;
mod command_table;
mod completions;
mod gateway;
mod http_options;
mod input;
mod kubectl;
mod man;
mod mdbook;
mod reachability;
mod sh;
mod svg;
mod trace;

use std::process::ExitCode;

use clap::{CommandFactory, Parser, Subcommand};
use kubehop::{Catalogue, Family, Language, Simulation};

use cluster_options::ClusterOptions;

/// What Kubernetes makes of your manifests, and where a packet goes then.
#[derive(Parser)]
#[command(name = "kubehop", version)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Follows one connection, hop by hop; exits with 1 if it fails, with 3 if an object that is not simulated decides
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
    #[command(override_usage = "kubehop get -f FILE [OPTIONS] ARGUMENTS…")]
    Get(kubectl::Arguments),
    /// Describes objects as kubectl does: kubehop describe service web -f FILE
    #[command(override_usage = "kubehop describe -f FILE [OPTIONS] ARGUMENTS…")]
    Describe(kubectl::Arguments),
    /// Prints what a program prints in a pod: kubehop exec web -f FILE -- curl -v http://web
    #[command(override_usage = "kubehop exec -f FILE [OPTIONS] POD -- COMMAND…")]
    Exec(kubectl::Arguments),
    /// The console of the page: kubectl, curl, dig, the tools of a node, and pipes. Reads lines from standard input; the
    /// exit code is that of the last line
    Sh(Input),
    /// Says what is wrong with manifests, and whether expectations hold; exits with 1 when a server would refuse any, or
    /// when one does not hold
    Check(check::Arguments),
    /// Breaks manifests in one known way: a challenge to mend, with hints and what must hold in the end
    Challenge(challenge::Arguments),
    /// Who reaches what: the outside and every workload, against every port of every Service
    Matrix(reachability::MatrixArguments),
    /// What two versions of manifests change in that: what became reachable and what no longer is; exits with 1 if
    /// anything changed
    Diff(reachability::DiffArguments),
    /// Writes the Gateways and HTTPRoutes that do what the Ingresses do; what has no equivalent is named in comments. With
    /// --to, what becomes of a request through both
    Gateway(gateway::Arguments),
    /// Prints what a shell needs to complete the command line: source <(kubehop completions bash)
    Completions {
        /// The shell
        shell: completions::Shell,
    },
    /// Prints the manual page: kubehop man | man -l -
    Man,
    /// A preprocessor of mdBook: blocks of manifests become pictures that can be played
    Mdbook(mdbook::Arguments),
}

/// In which language a command answers. Names, rules and what programs print are the same in each.
#[derive(clap::Args)]
struct Speech {
    /// The language of the sentences
    #[arg(long, alias = "lang", value_enum, default_value_t = LanguageName::En)]
    language: LanguageName,
}

#[derive(Clone, Copy, clap::ValueEnum)]
enum LanguageName {
    En,
    Ko,
}

impl Speech {
    fn words(&self) -> Catalogue {
        Catalogue::named(match self.language {
            LanguageName::En => Language::English,
            LanguageName::Ko => Language::Korean,
        })
    }
}

/// Manifests and the cluster they are put into.
#[derive(clap::Args)]
struct Input {
    /// Files with manifests, directories with all *.yaml and *.yml below them, or patterns; - for standard input
    #[arg(required = true)]
    files: Vec<String>,
    #[command(flatten)]
    options: ClusterOptions,
}

impl Input {
    /// The cluster after them.
    fn open_after_events(&self) -> Result<Simulation, String> {
        input::open_after_events(&self.files, &self.options)
    }
}

fn main() -> ExitCode {
    // Bytes that are not UTF-8 stand for themselves in no name of Kubernetes.
    let line = std::env::args_os().map(|word| word.to_string_lossy().into_owned());
    let line = kubectl::own_options_first(&Cli::command(), line.collect());
    let done = match Cli::parse_from(line).command {
        Command::Trace(arguments) => trace::run(&arguments),
        Command::Svg(arguments) => svg::run(&arguments),
        Command::Rules { input, node, ipv6 } => {
            rules(&input, node, if ipv6 { Family::V6 } else { Family::V4 })
        }
        Command::Get(arguments) => kubectl::run("get", &arguments),
        Command::Describe(arguments) => kubectl::run("describe", &arguments),
        Command::Exec(arguments) => kubectl::run("exec", &arguments),
        Command::Sh(input) => sh::run(&input),
        Command::Check(arguments) => check::run(&arguments),
        Command::Challenge(arguments) => challenge::run(&arguments),
        Command::Matrix(arguments) => reachability::matrix(&arguments),
        Command::Diff(arguments) => reachability::diff(&arguments),
        Command::Gateway(arguments) => gateway::run(&arguments),
        Command::Completions { shell } => {
            let commands = command_table::commands(Cli::command());
            anstream::print!("{}", completions::script(shell, &commands));
            Ok(ExitCode::SUCCESS)
        }
        Command::Man => {
            anstream::print!("{}", manual());
            Ok(ExitCode::SUCCESS)
        }
        Command::Mdbook(arguments) => mdbook::run(&arguments),
    };
    done.unwrap_or_else(|error| {
        anstream::eprintln!("error: {error}");
        ExitCode::from(2)
    })
}

/// The manual page.
fn manual() -> String {
    let about = Cli::command().get_about().map(ToString::to_string);
    man::page(
        &about.unwrap_or_default(),
        &command_table::commands(Cli::command()),
    )
}

/// Prints a node's rules.
fn rules(input: &Input, node: Option<String>, family: Family) -> Result<ExitCode, String> {
    let simulation = input.open_after_events()?;
    let first = || simulation.nodes().into_iter().next();
    let node = node.or_else(first).ok_or("there is no node")?;
    let rules = simulation.rules(&node, family);
    let rules = rules.ok_or_else(|| format!("nodes \"{node}\" not found"))?;
    anstream::println!("{}", rules.text);
    Ok(ExitCode::SUCCESS)
}
