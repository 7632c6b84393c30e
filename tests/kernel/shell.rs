//! The system's own tools, run and looked after.

use std::io::Write;
use std::process::{Command, Stdio};

/// Runs a command line, words split at blanks, with a text on its standard input; gives what it printed, or how it
/// failed.
pub(crate) fn run(line: &str, input: &str) -> Result<String, String> {
    let mut words = line.split_whitespace();
    let program = words.next().unwrap_or_default();
    let mut child = Command::new(program)
        .args(words)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|error| format!("{line}: {error}"))?;
    let mut stdin = child.stdin.take().ok_or("no standard input")?;
    // Nothing here writes more than a pipe holds before it has read all of its input.
    stdin
        .write_all(input.as_bytes())
        .map_err(|error| format!("{line}: {error}"))?;
    drop(stdin);
    let output = child
        .wait_with_output()
        .map_err(|error| format!("{line}: {error}"))?;
    if output.status.success() {
        return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
    }
    Err(format!(
        "{line}: {}",
        String::from_utf8_lossy(&output.stderr).trim()
    ))
}

/// The same inside a network namespace.
pub(crate) fn run_in(namespace: &str, line: &str, input: &str) -> Result<String, String> {
    run(&format!("ip netns exec {namespace} {line}"), input)
}

/// Whether a program is on the path.
pub(crate) fn has(program: &str) -> bool {
    run(&format!("which {program}"), "").is_ok()
}
