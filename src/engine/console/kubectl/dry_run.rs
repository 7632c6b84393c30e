//! `--dry-run`: a command that prints what it would do.

use super::super::Output;
use super::command::{Arguments, Refusal};
use super::resource_args::error;

/// Whether a command changes anything (`DryRunStrategy` of kubectl).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum DryRun {
    /// It does.
    None,
    /// kubectl sends nothing.
    Client,
    /// The server stores nothing.
    Server,
}

impl DryRun {
    /// The value of the flag of a line.
    pub(super) fn of(arguments: &Arguments) -> Result<DryRun, Refusal> {
        match arguments.dry_run.as_deref() {
            None | Some("none") => Ok(DryRun::None),
            Some("client") => Ok(DryRun::Client),
            Some("server") => Ok(DryRun::Server),
            Some("true") => Err(error(
                "--dry-run flag without a value was specified. A value must be set: \"none\", \"server\", or \"client\".",
            )),
            Some(other) => Err(error(&format!(
                "Invalid dry-run value ({other}). Must be \"none\", \"server\", or \"client\"."
            ))),
        }
    }

    /// What is behind the operation in what kubectl prints: `deployment.apps/web scaled (dry run)`.
    pub(super) fn note(self) -> &'static str {
        match self {
            DryRun::None => "",
            DryRun::Client => " (dry run)",
            DryRun::Server => " (server dry run)",
        }
    }

    /// The output without what is not done.
    pub(super) fn applied_to(self, mut output: Output) -> Output {
        if self != DryRun::None {
            output.acts.clear();
        }
        output
    }
}
