//! The manifest files of a command, and the cluster that they make.

use std::io::Read;

use kubehop::answers::PositionAnswer;
use kubehop::{JoinedFiles, Simulation};

use super::cluster_options::ClusterOptions;

/// The file name that means standard input, and kubectl's name for it in messages.
const STANDARD_INPUT: &str = "-";
const STDIN: &str = "STDIN";

/// `file:line:column` of a position in the joined text.
pub(crate) fn position_in_file(files: &JoinedFiles, position: PositionAnswer) -> String {
    let names = files.names();
    let (file, line) = (names.name(position.line), names.line_in_file(position.line));
    format!("{file}:{line}:{}", position.column)
}

/// Reads files in their order.
///
/// # Errors
/// One sentence: which file could not be read, and why.
pub(crate) fn read_files(paths: &[String]) -> Result<JoinedFiles, String> {
    let mut files = JoinedFiles::default();
    for path in paths {
        let text = read(path)?;
        let name = match path.as_str() {
            STANDARD_INPUT => STDIN,
            path => path,
        };
        files.push(name, &text);
    }
    Ok(files)
}

/// The cluster that the files make.
///
/// # Errors
/// As [`read_files`].
pub(crate) fn open(paths: &[String], options: &ClusterOptions) -> Result<Simulation, String> {
    let files = read_files(paths)?;
    Ok(Simulation::open_files(&files, &options.config()))
}

/// The cluster that the files make, after the events of `--after`.
///
/// # Errors
/// One sentence: which file could not be read, which event is not valid or is about something that does not exist.
pub(crate) fn open_after_events(
    paths: &[String],
    options: &ClusterOptions,
) -> Result<Simulation, String> {
    after_events(open(paths, options)?, &options.after)
}

/// The simulation after events, in their order.
///
/// # Errors
/// One sentence: which event is not valid or is about something that does not exist.
pub(crate) fn after_events(before: Simulation, events: &[String]) -> Result<Simulation, String> {
    let read: Result<Vec<_>, _> = events.iter().map(|text| before.event(text)).collect();
    let mut simulation = before;
    for event in read.map_err(|error| error.text)? {
        simulation = simulation.apply(&event).map_err(|error| error.text)?;
    }
    Ok(simulation)
}

/// The text of a file. Bytes that are not UTF-8 read as U+FFFD, as a browser reads a dropped file.
pub(crate) fn read(path: &str) -> Result<String, String> {
    let mut bytes = Vec::new();
    let result = match path {
        STANDARD_INPUT => std::io::stdin().read_to_end(&mut bytes).map(drop),
        path => std::fs::read(path).map(|content| bytes = content),
    };
    result.map_err(|error| format!("{path}: {error}"))?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}
