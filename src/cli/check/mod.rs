//! `kubehop check`: what is wrong with manifests, and whether what is expected of them holds. Manifests are in YAML files,
//! which make one cluster, or in blocks of Markdown files, which make one for each example.

mod sarif;

use std::process::ExitCode;

use kubehop::answers::{CheckAnswer, ProblemAnswer, SeverityAnswer, VERSION};
use kubehop::expectations::ExpectationAnswer;
use kubehop::{Catalogue, Simulation, check_as_json, expectations_as_text, problems_as_text};

use super::cluster_options::ClusterOptions;
use super::input::markdown::{Example, examples, is_markdown};
use super::input::sources::Sources;
use super::input::{self, InputFile};
use super::{Input, Speech};

/// What to check.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    input: Input,
    /// A file of expectations: who calls what, and how that must end; - for standard input. The format is described in
    /// docs/expectations.md
    #[arg(long, value_name = "FILE")]
    expect: Vec<String>,
    /// The form of the answer: JSON is described in docs/schema/check.json, SARIF 2.1.0 is what code review tools read
    #[arg(long, value_enum, default_value_t = CheckForm::Text)]
    output: CheckForm,
    #[command(flatten)]
    speech: Speech,
}

#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum CheckForm {
    Text,
    Json,
    Sarif,
}

/// What became of one cluster and the expectations about it. Every position is in its file.
#[derive(Default)]
struct CheckedCluster {
    problems: Vec<ProblemAnswer>,
    expectations: Vec<ExpectationAnswer>,
    /// What is wrong with files of expectations, none of which was checked.
    mistakes: Vec<ProblemAnswer>,
}

/// The exit code of a command that could not do what it was asked for.
const NOT_DONE: u8 = 2;

/// Prints what is wrong with the manifests, then one line for each expectation.
///
/// # Errors
/// One sentence: a file that cannot be read, an event that is not possible, or Markdown without a block of kubehop's.
pub(crate) fn run(arguments: &Arguments) -> Result<ExitCode, String> {
    let files = input::read_files(&arguments.input.files)?;
    let examples = all_examples(files, &arguments.expect)?;
    let options = &arguments.input.options;
    let mut checked: Vec<CheckedCluster> = Vec::new();
    for example in &examples {
        let mut cluster = check(example, options, arguments.speech.words())?;
        // Manifests that are shared with a cluster before are wrong once.
        let is_known = |problem: &ProblemAnswer| {
            checked
                .iter()
                .any(|before| before.problems.contains(problem))
        };
        cluster.problems.retain(|problem| !is_known(problem));
        checked.push(cluster);
    }
    match arguments.output {
        CheckForm::Text => print_text(&checked),
        CheckForm::Json => anstream::print!("{}", check_as_json(&answer(&checked))),
        CheckForm::Sarif => anstream::print!("{}", sarif::log(&answer(&checked))),
    }
    let is_unread = checked.iter().any(|cluster| !cluster.mistakes.is_empty());
    Ok(if is_unread {
        ExitCode::from(NOT_DONE)
    } else if checked.iter().any(CheckedCluster::has_failed) {
        ExitCode::FAILURE
    } else {
        ExitCode::SUCCESS
    })
}

/// The clusters of a command: one of all YAML files with the files of `--expect`, then those of Markdown files.
fn all_examples(files: Vec<InputFile>, expect: &[String]) -> Result<Vec<Example>, String> {
    let (documents, manifests): (Vec<_>, Vec<_>) =
        files.into_iter().partition(|file| is_markdown(&file.name));
    let mut all: Vec<Example> = Vec::new();
    if !manifests.is_empty() {
        let mut expectations: Vec<Sources> = Vec::new();
        for path in expect {
            expectations.push(Sources::of_files(&[input::read(path)?]));
        }
        all.push(Example {
            manifests: Sources::of_files(&manifests),
            expectations,
        });
    } else if !expect.is_empty() {
        return Err(
            "--expect is about YAML files; Markdown has blocks `yaml kubehop-expect`".to_owned(),
        );
    }
    for document in &documents {
        all.extend(examples(document)?);
    }
    match documents.first() {
        Some(first) if all.is_empty() => Err(format!("{}: no block `yaml kubehop`", first.name)),
        Some(_) | None => Ok(all),
    }
}

/// Opens a cluster and judges what is expected of it.
fn check(
    example: &Example,
    options: &ClusterOptions,
    words: Catalogue,
) -> Result<CheckedCluster, String> {
    let manifests = &example.manifests;
    let simulation = Simulation::open_files(manifests.joined(), &options.config()).speaking(words);
    let simulation = input::after_events(simulation, &options.after)?;
    let mut checked = CheckedCluster {
        problems: simulation.problems().problems,
        ..CheckedCluster::default()
    };
    for problem in &mut checked.problems {
        manifests.locate_problem(problem);
    }
    for file in &example.expectations {
        match simulation.check(file.joined().text()) {
            Ok(mut answer) => {
                for expectation in &mut answer.expectations {
                    file.locate_expectation(expectation);
                    manifests.locate_causes(expectation);
                }
                checked.expectations.extend(answer.expectations);
            }
            Err(mut answer) => {
                for mistake in &mut answer.problems {
                    file.locate_problem(mistake);
                }
                checked.mistakes.extend(answer.problems);
            }
        }
    }
    Ok(checked)
}

impl CheckedCluster {
    fn has_failed(&self) -> bool {
        let mut problems = self.problems.iter();
        problems.any(|problem| problem.severity == SeverityAnswer::Error)
            || self.expectations.iter().any(|expectation| !expectation.met)
    }
}

/// Prints each cluster's problems and expectations.
fn print_text(checked: &[CheckedCluster]) {
    let mut unread: Vec<&str> = Vec::new();
    for cluster in checked {
        anstream::print!("{}", problems_as_text(&cluster.problems));
        anstream::print!("{}", expectations_as_text(&cluster.expectations));
        anstream::eprint!("{}", problems_as_text(&cluster.mistakes));
        let mistakes = cluster.mistakes.iter();
        unread.extend(mistakes.filter_map(|mistake| mistake.file.as_deref()));
    }
    unread.dedup();
    for file in unread {
        anstream::eprintln!("error: {file}: not every expectation was checked");
    }
}

/// All clusters in one answer; what is wrong with a file of expectations is a problem as well.
fn answer(checked: &[CheckedCluster]) -> CheckAnswer {
    let problems = checked
        .iter()
        .flat_map(|cluster| cluster.problems.iter().chain(&cluster.mistakes));
    let expectations = checked.iter().flat_map(|cluster| &cluster.expectations);
    CheckAnswer {
        version: VERSION,
        problems: problems.cloned().collect(),
        expectations: expectations.cloned().collect(),
    }
}
