//! The files of a command, and the cluster that their manifests make.

mod fence;
pub(crate) mod markdown;
mod paths;
pub(crate) mod sources;

use std::io::Read;

use kubehop::Simulation;

use super::cluster_options::ClusterOptions;
use sources::Sources;

/// The file name that means standard input, and kubectl's name for it in messages.
const STANDARD_INPUT: &str = "-";
const STDIN: &str = "STDIN";

/// A file that was read.
pub(crate) struct InputFile {
    /// Its path as messages name it.
    pub(crate) name: String,
    /// What it contains.
    pub(crate) text: String,
}

/// Reads files in their order: a directory's are all `*.yaml` and `*.yml` below it.
///
/// # Errors
/// One sentence: which file could not be read, and why.
pub(crate) fn read_files(paths: &[String]) -> Result<Vec<InputFile>, String> {
    let mut files = Vec::new();
    for path in paths {
        for path in paths::expand(path)? {
            files.push(read(&path)?);
        }
    }
    Ok(files)
}

/// Reads one file.
///
/// # Errors
/// As [`read_files`].
pub(crate) fn read(path: &str) -> Result<InputFile, String> {
    let name = match path {
        STANDARD_INPUT => STDIN,
        path => path,
    };
    Ok(InputFile {
        name: name.to_owned(),
        text: read_text(path)?,
    })
}

/// The manifests of a command, joined.
///
/// # Errors
/// As [`read_files`].
pub(crate) fn read_sources(paths: &[String]) -> Result<Sources, String> {
    Ok(Sources::of_files(&read_files(paths)?))
}

/// The cluster that the files make.
///
/// # Errors
/// As [`read_files`].
pub(crate) fn open(paths: &[String], options: &ClusterOptions) -> Result<Simulation, String> {
    let sources = read_sources(paths)?;
    Ok(Simulation::open_files(sources.joined(), &options.config()))
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
fn read_text(path: &str) -> Result<String, String> {
    let mut bytes = Vec::new();
    let result = match path {
        STANDARD_INPUT => std::io::stdin().read_to_end(&mut bytes).map(drop),
        path => std::fs::read(path).map(|content| bytes = content),
    };
    result.map_err(|error| format!("{path}: {error}"))?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}
