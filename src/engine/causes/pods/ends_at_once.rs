//! A container whose process ends as soon as it has started: the kubelet restarts it with growing pauses
//! (`CrashLoopBackOff`), and nothing listens.

use smol_str::SmolStr;

use crate::causes::cause::{Cause, Evidence};
use crate::causes::edit::pod_spec;
use crate::cluster::object::{Container, Pod};
use crate::diagnostic::{EndFault, Fault, PodFault};
use crate::manifest::tree::{Yaml, YamlValue};
use crate::network::{LISTENS, Network};

/// Images whose program is a shell, which ends without a terminal.
const SHELL_IMAGES: [&str; 10] = [
    "alpine",
    "amazonlinux",
    "archlinux",
    "bash",
    "busybox",
    "centos",
    "debian",
    "fedora",
    "rockylinux",
    "ubuntu",
];
/// Commands that do their work and end.
const SHORT: [&str; 12] = [
    "cat", "date", "echo", "env", "exit", "false", "hostname", "id", "ls", "printf", "pwd", "true",
];

/// The only container of the pod that answered ends at once.
pub(in crate::causes) fn of_pod(network: &Network, pod: &Pod) -> Option<Cause> {
    let [container] = pod.spec.containers.as_slice() else {
        return None;
    };
    if pod.metadata.annotations.contains_key(LISTENS) {
        return None;
    }
    let (why, field) = if container.command.is_empty() && container.args.is_empty() {
        let is_shell = is_shell_image(&container.image) && !has_terminal(network, pod);
        (is_shell.then_some(EndFault::Shell)?, "image")
    } else if has_no_program(container) {
        (EndFault::NoSuchProgram, "command")
    } else {
        (ends(container).then_some(EndFault::Command)?, "command")
    };
    let words = container.command.iter().chain(&container.args);
    let words: Vec<&str> = words.map(SmolStr::as_str).collect();
    let fault = Fault::Pod(PodFault::ProcessEndsAtOnce {
        pod: pod.metadata.name.to_string(),
        container: container.name.to_string(),
        image: container.image.to_string(),
        command: words.join(" "),
        why,
    });
    let field = format!("spec.containers[0].{field}");
    let evidence: Option<Evidence> = Evidence::of_pod(&network.resolved, pod, &field);
    Some(Cause::likely(fault, evidence.into_iter().collect()))
}

/// `busybox`, `docker.io/library/busybox:1.36`, and no image of somebody else.
fn is_shell_image(image: &str) -> bool {
    let name = image.split('@').next().unwrap_or(image);
    let name = name.strip_prefix("docker.io/").unwrap_or(name);
    let name = name.strip_prefix("library/").unwrap_or(name);
    let name = name.split(':').next().unwrap_or(name);
    SHELL_IMAGES.contains(&name)
}

/// `stdin: true` keeps a shell alive.
fn has_terminal(network: &Network, pod: &Pod) -> bool {
    let spec = pod_spec(&network.resolved, &pod.id()).map(|(_, spec)| spec);
    let containers = spec.and_then(|spec| spec.get("containers"));
    let first = containers.map_or(&[][..], Yaml::items).first();
    let stdin = first.and_then(|first| first.get("stdin"));
    stdin.is_some_and(|stdin| stdin.value == YamlValue::Bool(true))
}

/// Whether the first item of a command is a command line, `node server.js`: no shell splits it, and the runtime looks for
/// a program of that name. A directory of an absolute path may have a space.
fn has_no_program(container: &Container) -> bool {
    let Some(program) = container.command.first().map(SmolStr::as_str) else {
        return false;
    };
    let name = if program.starts_with('/') {
        base_name(program)
    } else {
        program
    };
    name.trim().contains(char::is_whitespace)
}

/// Whether a container's command consists of commands that end.
fn ends(container: &Container) -> bool {
    let words = container.command.iter().chain(&container.args);
    let words: Vec<&str> = words.map(SmolStr::as_str).collect();
    let is_short = |command: &str| {
        let first = command.split_whitespace().next();
        first.is_none_or(|program| SHORT.contains(&base_name(program)))
    };
    match words.as_slice() {
        // Of an image whose own program gets the arguments nothing is known.
        _ if container.command.is_empty() => false,
        [shell, "-c", script] if ["sh", "bash", "ash"].contains(&base_name(shell)) => {
            script.split([';', '\n', '&', '|']).all(is_short)
        }
        [program, ..] => is_short(program),
        [] => false,
    }
}

fn base_name(program: &str) -> &str {
    program.rsplit('/').next().unwrap_or(program)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_line_in_one_item_names_no_program() {
        let is_found = |program: &str| {
            let container = Container {
                command: vec![program.into()],
                ..Container::default()
            };
            !has_no_program(&container)
        };
        for program in ["node server.js", "/bin/sh -c", "sleep 3600"] {
            assert!(!is_found(program), "{program}");
        }
        for program in ["node", "/app/server", "/opt/my app/server"] {
            assert!(is_found(program), "{program}");
        }
        assert!(!has_no_program(&Container::default()));
    }
}
