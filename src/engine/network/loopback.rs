//! Whether a container's arguments say that its process listens on the loopback address only.
//!
//! Such a process answers inside its pod (`kubectl exec`, `kubectl port-forward`), and refuses what arrives at the pod's
//! address. Arguments are not part of Kubernetes: what they mean is likely, not certain.

use smol_str::SmolStr;

use crate::cluster::object::{Container, Pod};

/// Options that name the address to listen on.
const LISTENING: [&str; 9] = [
    "addr",
    "address",
    "bind",
    "bind-address",
    "host",
    "http",
    "ip",
    "listen",
    "listen-address",
];
/// What makes an option name somebody else's address.
const OF_OTHERS: [&str; 9] = [
    "backend", "connect", "database", "endpoint", "peer", "proxy", "server", "target", "upstream",
];

/// An argument that names a loopback address to listen on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct LoopbackArgument {
    /// The container's index in `spec.containers`.
    pub(crate) container: usize,
    /// `command` or `args`.
    pub(crate) list: &'static str,
    /// The argument's index in that list.
    pub(crate) index: usize,
    /// The argument.
    pub(crate) text: SmolStr,
}

/// The argument of a pod's container that says that its process listens on this port of the loopback address only.
pub(crate) fn loopback_argument(pod: &Pod, port: u16) -> Option<LoopbackArgument> {
    let containers = pod.spec.containers.iter().enumerate();
    containers
        .filter(|(_, container)| serves(pod, container, port))
        .find_map(|(index, container)| argument_of(index, container, port))
}

/// Whether the port is this container's: it declares it, or it is the only container and declares none.
fn serves(pod: &Pod, container: &Container, port: u16) -> bool {
    let mut ports = container.ports.iter();
    let is_alone = pod.spec.containers.len() == 1 && container.ports.is_empty();
    is_alone || ports.any(|own| own.container_port == port)
}

fn argument_of(container: usize, spec: &Container, port: u16) -> Option<LoopbackArgument> {
    let lists = [("command", &spec.command), ("args", &spec.args)];
    // An option and its value may be two arguments, and a shell's argument is a whole command line.
    let mut before = "";
    for (list, arguments) in lists {
        for (index, text) in arguments.iter().enumerate() {
            for word in text.split_whitespace() {
                if is_loopback(before, word, port) {
                    return Some(LoopbackArgument {
                        container,
                        list,
                        index,
                        text: text.clone(),
                    });
                }
                before = word;
            }
        }
    }
    None
}

/// Whether a word, after the word before it, tells a process to listen on the loopback address.
fn is_loopback(before: &str, word: &str, port: u16) -> bool {
    let (option, value) = match word.split_once('=') {
        Some((option, value)) if option.starts_with('-') => (option, value),
        _ => (before, word),
    };
    let value = value.trim_matches(['"', '\'']);
    let (address, of_value) = match value.rsplit_once(':') {
        Some((address, number)) if !address.is_empty() => (address, number.parse().ok()),
        _ => (value, None),
    };
    let is_loopback = matches!(address, "127.0.0.1" | "localhost" | "[::1]");
    let is_port = of_value.is_none_or(|number: u16| number == port);
    is_loopback && is_port && is_listening(option)
}

/// `--listen`, `-bind-address`, `--web.listen-address`.
fn is_listening(option: &str) -> bool {
    let Some(name) = option.strip_prefix('-') else {
        return false;
    };
    let name = name.trim_start_matches('-').to_lowercase();
    if OF_OTHERS.iter().any(|other| name.contains(other)) {
        return false;
    }
    let last = name.rsplit(['.', '_']).next().unwrap_or_default();
    matches!(name.as_str(), "b" | "h" | "l") || LISTENING.contains(&last)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::object;

    fn found(container: &str, port: u16) -> Option<String> {
        let pod: Pod = object(&format!("spec: {{containers: [{container}]}}"));
        loopback_argument(&pod, port).map(|argument| argument.text.to_string())
    }

    #[test]
    fn an_option_to_listen_with_a_loopback_address_is_found() {
        for container in [
            "{args: ['--listen=127.0.0.1:8080']}",
            "{args: [--host, localhost]}",
            "{args: ['--web.listen-address=[::1]:8080']}",
            "{command: [sh, -c, 'exec server -b 127.0.0.1:8080']}",
        ] {
            assert!(found(container, 8080).is_some(), "{container}");
        }
    }

    #[test]
    fn other_addresses_ports_and_servers_are_not() {
        for container in [
            "{args: ['--listen=0.0.0.0:8080']}",
            "{args: ['--listen=127.0.0.1:9090']}",
            "{args: ['--upstream=http://127.0.0.1:8080']}",
            "{args: ['--proxy-listen=127.0.0.1:8080']}",
            "{args: ['curl', 'localhost:8080']}",
            "{args: ['--listen=127.0.0.1:8080'], ports: [{containerPort: 9090}]}",
        ] {
            assert_eq!(found(container, 8080), None, "{container}");
        }
    }
}
