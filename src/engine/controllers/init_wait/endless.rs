//! An init container that never ends well, whatever the cluster does: its command goes on forever (`sleep infinity`,
//! `tail -f /dev/null`, `while true; do …; done`), or always fails (`false`, `exit 1`) and is run again and again.
//!
//! Init containers run one after another, and each has to end before the next one and before the containers of the pod; only
//! one with `restartPolicy: Always` may go on (Kubernetes documentation, "Sidecar Containers"). As in `command.rs`, only what
//! is certain is read.

use smol_str::SmolStr;

use super::command::{is_command_flag, is_shell};
use super::programs::base_name;
use super::texts;
use crate::cluster::object::{Container, Pod};
use crate::diagnostic::WaitFault;

/// Words of a script that may end it, or that decide whether a later command runs.
const LEAVES: [&str; 17] = [
    ".", "break", "case", "do", "elif", "else", "eval", "exit", "fi", "for", "if", "kill",
    "return", "source", "then", "trap", "until",
];

/// The first init container of a pod that never ends well, with its index, and why.
pub(super) fn endless(pod: &Pod) -> Option<(usize, &Container, WaitFault)> {
    let mut listed = pod.spec.init_containers.iter().enumerate();
    listed.find_map(|(index, container)| {
        let why = (!container.is_sidecar()).then(|| fate(container))??;
        Some((index, container, why))
    })
}

/// How a container never ends well; `None` if it may.
fn fate(container: &Container) -> Option<WaitFault> {
    if container.command.is_empty() {
        // What the image runs is not known.
        return None;
    }
    let words: Vec<&str> = texts(container).map(SmolStr::as_str).collect();
    match words.as_slice() {
        [shell, flags, script, ..] if is_shell(shell) && is_command_flag(flags) => {
            fate_of_script(script)
        }
        [program] if base_name(program) == "false" => Some(WaitFault::AlwaysFails),
        words => command_never_ends(words).then_some(WaitFault::NeverEnds),
    }
}

fn command_never_ends(words: &[&str]) -> bool {
    let Some((program, arguments)) = words.split_first() else {
        return false;
    };
    match base_name(program) {
        "exec" => command_never_ends(arguments),
        "sleep" => matches!(arguments, ["infinity" | "inf"]),
        "tail" => {
            arguments.contains(&"/dev/null")
                && arguments.iter().any(|own| ["-f", "-F"].contains(own))
        }
        _ => false,
    }
}

/// The same of a script: of its last command, or of a loop that nothing leaves.
fn fate_of_script(script: &str) -> Option<WaitFault> {
    let script = script.replace("&&", ";");
    if script.contains(['|', '&', '(', '<', '`', '#', '\'', '"', '\\']) {
        return None;
    }
    let commands: Vec<Vec<&str>> = script
        .split([';', '\n'])
        .map(|command| command.split_whitespace().collect::<Vec<_>>())
        .filter(|words| !words.is_empty())
        .collect();
    let (last, before) = commands.split_last()?;
    let status = match last.as_slice() {
        ["exit", status] => status.parse::<u8>().ok(),
        ["false"] => Some(1),
        _ => None,
    };
    let fails = status.is_some_and(|status| status != 0);
    let rest = if fails { before } else { &commands[..] };
    // Another program may take the shell's place.
    if leaves(rest) || before.iter().flatten().any(|word| *word == "exec") {
        return None;
    }
    let goes_on = never_ends(rest).then_some(WaitFault::NeverEnds);
    goes_on.or_else(|| fails.then_some(WaitFault::AlwaysFails))
}

/// Whether any command may end the script, or keep a later one from being run.
fn leaves(commands: &[Vec<&str>]) -> bool {
    let mut words = commands.iter().flat_map(|words| {
        // The word `do` precedes the first command of a loop.
        let skipped = usize::from(words.first() == Some(&"do"));
        words.iter().skip(skipped)
    });
    words.any(|word| LEAVES.contains(word))
}

/// Whether the last command, or the only loop around it, never ends.
fn never_ends(commands: &[Vec<&str>]) -> bool {
    let loops: Vec<&Vec<&str>> = commands
        .iter()
        .filter(|words| words.first() == Some(&"while"))
        .collect();
    let last = commands.last().map_or(&[][..], Vec::as_slice);
    match loops.as_slice() {
        [] => command_never_ends(last),
        [only] => matches!(only.as_slice(), ["while", "true" | ":"]) && last == ["done"],
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn container(command: &[&str]) -> Container {
        Container {
            command: command.iter().map(SmolStr::new).collect(),
            ..Container::default()
        }
    }

    #[test]
    fn what_waits_for_nothing_never_ends() {
        for command in [
            &["sleep", "infinity"][..],
            &["/bin/tail", "-f", "/dev/null"],
            &["sh", "-c", "exec sleep infinity"],
            &["sh", "-c", "echo start; tail -f /dev/null"],
            &["sh", "-c", "while true; do date; sleep 5; done"],
            &["sh", "-c", "while :\ndo\n  sleep 5\ndone\n"],
        ] {
            assert_eq!(
                fate(&container(command)),
                Some(WaitFault::NeverEnds),
                "{command:?}"
            );
        }
    }

    #[test]
    fn what_always_fails_is_run_again() {
        for command in [
            &["false"][..],
            &["sh", "-c", "exit 1"],
            &["sh", "-c", "echo no config; exit 2"],
        ] {
            assert_eq!(
                fate(&container(command)),
                Some(WaitFault::AlwaysFails),
                "{command:?}"
            );
        }
    }

    #[test]
    fn what_may_end_does() {
        for command in [
            &["sleep", "30"][..],
            &["tail", "/dev/null"],
            &["tail", "-f", "/var/log/app.log"],
            &["sh", "-c", "sleep infinity & wait-for db"],
            &["sh", "-c", "test -f /ready || sleep infinity"],
            &[
                "sh",
                "-c",
                "while true; do nslookup db && break; sleep 5; done",
            ],
            &[
                "sh",
                "-c",
                "if test -f /ready; then exit 0; fi; sleep infinity",
            ],
            &["sh", "-c", "while true; do sleep 5; done; echo"],
            &["sh", "-c", "test -f /ready && exit 0; exit 1"],
            &["sh", "-c", "exit 0"],
            &["sh", "-c", "exec check; exit 1"],
            &["sh", "-c", "echo not \\\nexit 1"],
            &["sh", "-c", "until nslookup db; do sleep 5; done"],
        ] {
            assert_eq!(fate(&container(command)), None, "{command:?}");
        }
        let without_command = Container {
            args: vec!["sleep".into(), "infinity".into()],
            ..Container::default()
        };
        assert_eq!(fate(&without_command), None);
    }
}
