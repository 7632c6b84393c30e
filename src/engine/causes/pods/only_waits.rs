//! A container whose command waits and listens on nothing: `sleep infinity`, `tail -f /dev/null`.

use smol_str::SmolStr;

use crate::causes::cause::{Cause, Evidence};
use crate::cluster::object::Pod;
use crate::diagnostic::{Fault, PodFault};
use crate::network::{LISTENS, Network};

/// Programs that run a script: `sh -c SCRIPT`.
const SHELLS: [&str; 3] = ["sh", "bash", "ash"];

/// The only container of the pod, if it runs such a command.
pub(in crate::causes) fn of_pod(network: &Network, pod: &Pod) -> Option<Cause> {
    let [container] = pod.spec.containers.as_slice() else {
        return None;
    };
    if pod.metadata.annotations.contains_key(LISTENS) || container.command.is_empty() {
        return None;
    }
    let words = container.command.iter().chain(&container.args);
    let words: Vec<&str> = words.map(SmolStr::as_str).collect();
    let is_idle = match words.as_slice() {
        [shell, "-c", script] if SHELLS.contains(&program(shell)) => script
            .split([';', '&', '|', '\n'])
            .all(|command| is_waiting(command.split_whitespace())),
        words => is_waiting(words.iter().copied()),
    };
    let fault = Fault::Pod(PodFault::ProcessOnlyWaits {
        container: container.name.to_string(),
        command: words.join(" "),
    });
    let evidence = Evidence::of_pod(&network.resolved, pod, "spec.containers[0].command");
    let cause = Cause::likely(fault, evidence.into_iter().collect());
    is_idle.then_some(cause)
}

/// Whether a command does nothing but wait, or is a part of a loop around such commands.
fn is_waiting<'a>(words: impl Iterator<Item = &'a str>) -> bool {
    let mut words = words.skip_while(|word| ["exec", "while", "do"].contains(word));
    match words.next().map(program) {
        None | Some("sleep" | "true" | ":" | "done" | "wait") => true,
        Some("tail") => words.any(|word| word == "/dev/null"),
        Some(_) => false,
    }
}

/// `/bin/sleep` is `sleep`.
fn program(word: &str) -> &str {
    word.rsplit('/').next().unwrap_or(word)
}
