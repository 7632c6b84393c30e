//! The commands and options of the tool as a plain table, read from clap's: for shells and for the manual page.

use clap::{Arg, ArgAction, Command};

/// A command.
pub(crate) struct CommandEntry {
    pub(crate) name: String,
    /// What it does, as `--help` says it.
    pub(crate) about: String,
    /// How it is called, behind the tool's name.
    pub(crate) usage: String,
    pub(crate) options: Vec<OptionEntry>,
}

/// An option of a command.
pub(crate) struct OptionEntry {
    pub(crate) long: String,
    pub(crate) short: Option<char>,
    pub(crate) help: String,
    pub(crate) value: OptionValue,
}

/// What follows an option.
pub(crate) enum OptionValue {
    /// Nothing.
    Absent,
    /// One of these words.
    OneOf(Vec<String>),
    /// The path of a file.
    File,
    /// Any text; the name it has in `--help`.
    Text(String),
}

/// The commands in the order of `--help`, without `help` itself.
pub(crate) fn commands(mut tool: Command) -> Vec<CommandEntry> {
    tool.build();
    let own = tool
        .get_subcommands()
        .filter(|command| command.get_name() != "help");
    own.cloned().map(entry).collect()
}

fn entry(mut command: Command) -> CommandEntry {
    let usage = command.render_usage().to_string();
    let usage = usage
        .trim_start_matches("Usage: ")
        .trim_start_matches("kubehop ");
    let options = command.get_arguments().filter_map(option);
    CommandEntry {
        name: command.get_name().to_owned(),
        about: command
            .get_about()
            .map(ToString::to_string)
            .unwrap_or_default(),
        usage: usage.to_owned(),
        options: options.collect(),
    }
}

/// `None` for what is not an option: files and kubectl's words.
fn option(argument: &Arg) -> Option<OptionEntry> {
    Some(OptionEntry {
        long: argument.get_long()?.to_owned(),
        short: argument.get_short(),
        help: argument
            .get_help()
            .map(ToString::to_string)
            .unwrap_or_default(),
        value: value(argument),
    })
}

fn value(argument: &Arg) -> OptionValue {
    if !matches!(argument.get_action(), ArgAction::Set | ArgAction::Append) {
        return OptionValue::Absent;
    }
    let words: Vec<String> = argument
        .get_possible_values()
        .iter()
        .map(|word| word.get_name().to_owned())
        .collect();
    let name = argument.get_value_names().and_then(|names| names.first());
    let name = name.map(ToString::to_string).unwrap_or_default();
    if !words.is_empty() {
        OptionValue::OneOf(words)
    } else if name == "FILE" {
        OptionValue::File
    } else {
        OptionValue::Text(name)
    }
}
