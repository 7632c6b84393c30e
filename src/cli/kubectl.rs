//! `kubehop get`, `describe`, `exec`: kubectl's command line with kubehop's own options anywhere in it.
//!
//! kubectl's words have a grammar of their own, which the console of the library reads. kubehop's options are moved to the
//! front, where clap reads them.

use std::process::ExitCode;

use clap::{ArgAction, Command};

use super::cluster_options::ClusterOptions;
use super::input;

/// The commands that take kubectl's words.
const VERBS: [&str; 3] = ["get", "describe", "exec"];

/// The manifests, the cluster, and what follows kubectl's verb.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// A file with manifests, a directory or a pattern; - for standard input
    #[arg(short = 'f', long = "filename", value_name = "FILE", required = true)]
    files: Vec<String>,
    #[command(flatten)]
    options: ClusterOptions,
    /// What follows the verb, as kubectl reads it
    #[arg(required = true, last = true, value_name = "ARGUMENTS")]
    words: Vec<String>,
}

/// Prints what kubectl would.
pub(crate) fn run(verb: &str, arguments: &Arguments) -> Result<ExitCode, String> {
    let mut line = format!("kubectl {verb}");
    for word in &arguments.words {
        line.push(' ');
        line.push_str(&quoted(word));
    }
    let simulation = input::open_after_events(&arguments.files, &arguments.options)?;
    let answer = simulation.console(&line);
    anstream::print!("{}", answer.stdout);
    anstream::eprint!("{}", answer.stderr);
    Ok(ExitCode::from(answer.exit_code))
}

/// A command line whose own options come first, and kubectl's words after `--`. Other commands stay as they are.
pub(crate) fn own_options_first(cli: &Command, line: Vec<String>) -> Vec<String> {
    let verb = line.get(1).map_or("", String::as_str);
    let command = VERBS.contains(&verb).then(|| cli.find_subcommand(verb));
    let Some(command) = command.flatten() else {
        return line;
    };
    let mut words = line.into_iter();
    let mut own: Vec<String> = words.by_ref().take(2).collect();
    let mut kubectl: Vec<String> = Vec::new();
    while let Some(word) = words.next() {
        if word == "--" {
            kubectl.push(word);
            break;
        }
        match own_option(command, &word) {
            None => kubectl.push(word),
            Some(OwnOption::Whole) => own.push(word),
            Some(OwnOption::ValueFollows) => {
                own.push(word);
                own.extend(words.next());
            }
        }
    }
    // What follows `--` is a container's command.
    kubectl.extend(words);
    if !kubectl.is_empty() {
        own.push("--".to_owned());
        own.extend(kubectl);
    }
    own
}

/// An option of kubehop's own in kubectl's command line.
enum OwnOption {
    /// The word has its value with it, or takes none.
    Whole,
    /// The next word is its value.
    ValueFollows,
}

fn own_option(command: &Command, word: &str) -> Option<OwnOption> {
    if let Some(long) = word.strip_prefix("--") {
        let (name, value) = match long.split_once('=') {
            Some((name, value)) => (name, Some(value)),
            None => (long, None),
        };
        if name == "help" {
            return Some(OwnOption::Whole);
        }
        let mut options = command.get_arguments();
        let option = options.find(|option| option.get_long() == Some(name))?;
        let takes_value = matches!(option.get_action(), ArgAction::Set | ArgAction::Append);
        return Some(if takes_value && value.is_none() {
            OwnOption::ValueFollows
        } else {
            OwnOption::Whole
        });
    }
    match word {
        "-h" => Some(OwnOption::Whole),
        "-f" => Some(OwnOption::ValueFollows),
        word if word.starts_with("-f") => Some(OwnOption::Whole),
        _ => None,
    }
}

/// A word as a shell reads it back.
fn quoted(word: &str) -> String {
    format!("'{}'", word.replace('\'', r#"'"'"'"#))
}
