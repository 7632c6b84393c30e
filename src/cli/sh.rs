//! `kubehop sh`: the console of the page in a terminal. Lines come from standard input.

use std::io::{BufRead, IsTerminal, Write};
use std::process::ExitCode;

use kubehop::ConsoleSession;
use kubehop_engine::console::{OutputPiece, here_document_end};

use super::Input;

/// Runs lines until the input ends; the exit code is that of the last one.
///
/// # Errors
/// One sentence: a file or the input that cannot be read, or an event that is not possible.
pub(crate) fn run(input: &Input) -> Result<ExitCode, String> {
    if input.files.iter().any(|file| file == "-") {
        return Err("standard input has the lines of the console: name a file".to_owned());
    }
    let mut session = ConsoleSession::new(input.open_after_events()?);
    let stdin = std::io::stdin();
    let is_typed = stdin.is_terminal();
    let mut status = 0;
    prompt(is_typed);
    let mut lines = stdin.lock().lines();
    let unreadable = |error: std::io::Error| format!("standard input: {error}");
    while let Some(line) = lines.next() {
        let mut line = line.map_err(unreadable)?;
        let end = here_document_end(&line).map(str::to_owned);
        while let Some(end) = &end {
            let Some(next) = lines.next() else { break };
            let next = next.map_err(unreadable)?;
            line = format!("{line}\n{next}");
            if next == *end {
                break;
            }
        }
        if line.trim() == "exit" {
            break;
        }
        if !line.trim().is_empty() {
            let answer = session.run(&line);
            for piece in answer.pieces() {
                match piece {
                    OutputPiece::Answer(text) => anstream::print!("{text}"),
                    OutputPiece::Note(text) | OutputPiece::Error(text) => {
                        anstream::eprint!("{text}");
                    }
                }
            }
            status = answer.status;
        }
        prompt(is_typed);
    }
    Ok(ExitCode::from(status))
}

/// Where a person types; a file of lines has none.
fn prompt(is_typed: bool) {
    if is_typed {
        anstream::print!("$ ");
        // A prompt that is not seen yet comes with the next line.
        let _ = std::io::stdout().flush();
    }
}
