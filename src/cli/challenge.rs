//! `kubehop challenge`: breaks manifests in one known way.

use std::process::ExitCode;

use clap::ValueEnum;
use kubehop::challenge::GeneratedChallenge;
use kubehop::course::challenge_words;

use super::cluster_options::ClusterOptions;
use super::{Speech, input};

/// What is broken, and what is printed.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Files with manifests in which a connection works, directories or patterns; - for standard input
    #[arg(required = true)]
    files: Vec<String>,
    #[command(flatten)]
    options: ClusterOptions,
    /// Which challenge: the same number gives the same one
    #[arg(long, default_value_t = 0)]
    seed: u64,
    /// What is printed
    #[arg(short, long, value_enum, default_value_t = Part::Manifests)]
    output: Part,
    #[command(flatten)]
    speech: Speech,
}

/// A part of a challenge.
#[derive(Clone, Copy, ValueEnum)]
enum Part {
    /// The broken manifests, below their goal as a comment
    Manifests,
    /// What must hold in the end: the file of expectations for kubehop check
    Expectations,
    /// Where to look, what is wrong, what mends it
    Hints,
}

/// Prints a part of the challenge.
///
/// # Errors
/// One sentence: which file could not be read, or that nothing works in the manifests.
pub(crate) fn run(arguments: &Arguments) -> Result<ExitCode, String> {
    let sources = input::read_sources(&arguments.files)?;
    let text = sources.joined().text();
    let seed = arguments.seed;
    let made = GeneratedChallenge::of(text, &arguments.options.config(), &[], seed);
    let made = made.ok_or("no connection works in these manifests that could be broken")?;
    let words = arguments.speech.words();
    let said = challenge_words(&made, seed, &words);
    match arguments.output {
        Part::Manifests => anstream::print!("# {}\n{}", said.goal, made.manifest),
        Part::Expectations => anstream::print!("{}", made.expectations),
        Part::Hints => {
            for (number, hint) in said.hints.iter().enumerate() {
                anstream::println!("{}. {hint}", number + 1);
            }
        }
    }
    Ok(ExitCode::SUCCESS)
}
