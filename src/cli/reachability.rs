//! `kubehop matrix` and `kubehop diff`: who reaches what, and what a change of manifests makes of it.

use std::process::ExitCode;

use clap::ValueEnum;
use kubehop::answers::MatrixAnswer;
use kubehop::matrix::{
    Namespaces, difference, difference_as_json, difference_as_markdown, difference_as_text,
    matrix_as_csv, matrix_as_json, matrix_as_markdown, matrix_as_text,
};

use super::cluster_options::ClusterOptions;
use super::{Input, Speech, input};

/// What `kubehop matrix` reads and how it prints.
#[derive(clap::Args)]
pub(crate) struct MatrixArguments {
    #[command(flatten)]
    input: Input,
    #[command(flatten)]
    filter: NamespaceFilter,
    /// The form of the answer; JSON is described in docs/schema/matrix.json
    #[arg(short, long, value_enum, default_value_t = MatrixForm::Table)]
    output: MatrixForm,
    #[command(flatten)]
    speech: Speech,
}

/// What `kubehop diff` reads and how it prints.
#[derive(clap::Args)]
pub(crate) struct DiffArguments {
    /// The manifests before; - for standard input
    old: String,
    /// The manifests after
    new: String,
    #[command(flatten)]
    options: ClusterOptions,
    #[command(flatten)]
    filter: NamespaceFilter,
    /// The form of the answer; JSON is described in docs/schema/diff.json
    #[arg(short, long, value_enum, default_value_t = DiffForm::Text)]
    output: DiffForm,
    #[command(flatten)]
    speech: Speech,
}

/// The workloads and Services that are looked at.
#[derive(clap::Args)]
struct NamespaceFilter {
    /// Only workloads and Services of this namespace, also kube-system; can be repeated
    #[arg(short, long, value_name = "NAMESPACE")]
    namespace: Vec<String>,
}

impl NamespaceFilter {
    fn namespaces(&self) -> Namespaces {
        if self.namespace.is_empty() {
            Namespaces::Own
        } else {
            Namespaces::Named(self.namespace.clone())
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum MatrixForm {
    Table,
    Csv,
    Json,
    Markdown,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum DiffForm {
    Text,
    Json,
    Markdown,
}

/// Prints who reaches what.
pub(crate) fn matrix(arguments: &MatrixArguments) -> Result<ExitCode, String> {
    let words = || arguments.speech.words();
    let simulation = arguments.input.open_after_events()?.speaking(words());
    let matrix = simulation.matrix(&arguments.filter.namespaces());
    let text = match arguments.output {
        MatrixForm::Table => matrix_as_text(&matrix, &words()),
        MatrixForm::Csv => matrix_as_csv(&matrix),
        MatrixForm::Json => matrix_as_json(&matrix),
        MatrixForm::Markdown => matrix_as_markdown(&matrix, &words()),
    };
    anstream::print!("{text}");
    Ok(ExitCode::SUCCESS)
}

/// Prints what changed; exits with 1 if anything did.
pub(crate) fn diff(arguments: &DiffArguments) -> Result<ExitCode, String> {
    let before = matrix_of(&arguments.old, arguments)?;
    let after = matrix_of(&arguments.new, arguments)?;
    let difference = difference(&before, &after);
    let words = arguments.speech.words();
    let text = match arguments.output {
        DiffForm::Text => difference_as_text(&difference, &words),
        DiffForm::Json => difference_as_json(&difference),
        DiffForm::Markdown => difference_as_markdown(&difference, &words),
    };
    anstream::print!("{text}");
    Ok(if difference.is_empty() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

fn matrix_of(file: &str, arguments: &DiffArguments) -> Result<MatrixAnswer, String> {
    let simulation = input::open_after_events(&[file.to_owned()], &arguments.options)?;
    let simulation = simulation.speaking(arguments.speech.words());
    Ok(simulation.matrix(&arguments.filter.namespaces()))
}
