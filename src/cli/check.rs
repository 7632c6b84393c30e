//! `kubehop check`: what is wrong with manifests, and whether what is expected of them holds.

use std::process::ExitCode;

use kubehop::answers::{PositionAnswer, SeverityAnswer};
use kubehop::{
    Simulation, expectations_as_json, expectations_as_text, problems_as_json, problems_as_text,
};

use super::{Input, Output, files};

/// What to check.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    input: Input,
    /// A file of expectations: who calls what, and how that must end; - for standard input. The format is described in
    /// docs/expectations.md
    #[arg(long, value_name = "FILE")]
    expect: Vec<String>,
    /// The form of the answer; JSON is described in docs/schema
    #[arg(long, value_enum, default_value_t = Output::Text)]
    output: Output,
}

/// Prints what is wrong with the manifests, then one line for each expectation.
///
/// # Errors
/// One sentence: a file that cannot be read, an event that is not possible, or files of expectations with mistakes, each
/// at its line and column.
pub(crate) fn run(arguments: &Arguments) -> Result<ExitCode, String> {
    let files = files::read_files(&arguments.input.files)?;
    let options = &arguments.input.options;
    let simulation = Simulation::open_files(&files, &options.config());
    let simulation = files::after_events(simulation, &options.after)?;
    let answer = simulation.problems();
    match arguments.output {
        Output::Json if !arguments.expect.is_empty() => {}
        Output::Json => anstream::print!("{}", problems_as_json(&answer)),
        Output::Text => {
            let position = |position| files::position_in_file(&files, position);
            anstream::print!("{}", problems_as_text(&answer.problems, position));
        }
    }
    let is_error = |severity| severity == SeverityAnswer::Error;
    let mut problems = answer.problems.iter();
    let mut failed = problems.any(|problem| is_error(problem.severity));
    for file in &arguments.expect {
        failed |= !expectations_hold(&simulation, file, arguments.output)?;
    }
    Ok(if failed {
        ExitCode::FAILURE
    } else {
        ExitCode::SUCCESS
    })
}

/// Prints whether each expectation of a file holds. Returns whether all do.
fn expectations_hold(simulation: &Simulation, file: &str, output: Output) -> Result<bool, String> {
    let text = files::read(file)?;
    let position =
        |position: PositionAnswer| format!("{file}:{}:{}", position.line, position.column);
    let answer = match simulation.check(&text) {
        Ok(answer) => answer,
        Err(mistakes) => {
            anstream::eprint!("{}", problems_as_text(&mistakes.problems, position));
            return Err(format!("{file}: no expectation was checked"));
        }
    };
    anstream::print!(
        "{}",
        match output {
            Output::Text => expectations_as_text(&answer, position),
            Output::Json => expectations_as_json(&answer),
        }
    );
    Ok(answer.all_met())
}
