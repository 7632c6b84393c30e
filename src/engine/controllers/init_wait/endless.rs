//! An init container whose command never ends: `sleep infinity`, `tail -f /dev/null`, `while true; do …; done`.
//!
//! Init containers run one after another, and each has to end before the next one and before the containers of the pod; only
//! one with `restartPolicy: Always` may go on (Kubernetes documentation, "Sidecar Containers"). As in `command.rs`, only what
//! is certain is read.

use smol_str::SmolStr;

use super::command::{is_command_flag, is_shell};
use super::programs::base_name;
use super::texts;
use crate::cluster::object::{Container, Pod};

/// Words of a script that may end it, or that decide whether a later command runs.
const LEAVES: [&str; 14] = [
    "break", "case", "do", "elif", "else", "exit", "fi", "for", "if", "kill", "return", "then",
    "trap", "until",
];

/// The first init container of a pod that never ends, with its index.
pub(super) fn endless(pod: &Pod) -> Option<(usize, &Container)> {
    let mut listed = pod.spec.init_containers.iter().enumerate();
    listed.find(|(_, container)| !container.is_sidecar() && never_ends(container))
}

fn never_ends(container: &Container) -> bool {
    if container.command.is_empty() {
        // What the image runs is not known.
        return false;
    }
    let words: Vec<&str> = texts(container).map(SmolStr::as_str).collect();
    match words.as_slice() {
        [shell, flags, script, ..] if is_shell(shell) && is_command_flag(flags) => {
            script_never_ends(script)
        }
        words => command_never_ends(words),
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

/// A script that ends with such a command, or with a loop that nothing leaves.
fn script_never_ends(script: &str) -> bool {
    let script = script.replace("&&", ";");
    if script.contains(['|', '&', '(', '`', '#', '\'', '"']) {
        return false;
    }
    let commands: Vec<Vec<&str>> = script
        .split([';', '\n'])
        .map(|command| command.split_whitespace().collect::<Vec<_>>())
        .filter(|words| !words.is_empty())
        .collect();
    // The word `do` stands before the first command of a loop.
    let is_do = |words: &[&str]| words.first() == Some(&"do");
    let mut words = commands.iter().flat_map(|words| {
        let skipped = usize::from(is_do(words));
        words.iter().skip(skipped)
    });
    let Some(last) = commands.last() else {
        return false;
    };
    if words.any(|word| LEAVES.contains(word)) {
        return false;
    }
    let loops: Vec<&Vec<&str>> = commands
        .iter()
        .filter(|words| words.first() == Some(&"while"))
        .collect();
    match loops.as_slice() {
        [] => command_never_ends(last),
        [only] => {
            let is_forever = matches!(only.as_slice(), ["while", "true" | ":"]);
            is_forever && last.as_slice() == ["done"]
        }
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
            assert!(never_ends(&container(command)), "{command:?}");
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
            &["sh", "-c", "until nslookup db; do sleep 5; done"],
        ] {
            assert!(!never_ends(&container(command)), "{command:?}");
        }
        let without_command = Container {
            args: vec!["sleep".into(), "infinity".into()],
            ..Container::default()
        };
        assert!(!never_ends(&without_command));
    }
}
