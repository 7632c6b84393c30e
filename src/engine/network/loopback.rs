//! Whether a container's arguments say that its process listens on the loopback address only.
//!
//! Such a process answers inside its pod (`kubectl exec`, `kubectl port-forward`), and refuses what arrives at the
//! pod's address. Arguments are not part of Kubernetes: what they mean is likely, not certain.

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

/// A server that listens on 127.0.0.1 if nothing says otherwise, by its documentation.
struct LocalServer {
    /// The program or script, and the command of it.
    words: &'static [&'static str],
    /// How an option for the address begins.
    options: &'static [&'static str],
    /// The variable for it; empty if there is none.
    variable: &'static str,
}

const LOCAL_SERVERS: [LocalServer; 5] = [
    LocalServer {
        words: &["flask", "run"],
        options: &["-h", "--host"],
        variable: "FLASK_RUN_HOST",
    },
    // The address is no option: `runserver 0.0.0.0:8000`, `runserver 0:8000`.
    LocalServer {
        words: &["manage.py", "runserver"],
        options: &["0", "["],
        variable: "",
    },
    LocalServer {
        words: &["uvicorn"],
        options: &["--host", "--uds", "--fd"],
        variable: "UVICORN_HOST",
    },
    LocalServer {
        words: &["artisan", "serve"],
        options: &["--host"],
        variable: "SERVER_HOST",
    },
    LocalServer {
        words: &["rails", "server"],
        options: &["-b", "--binding"],
        variable: "BINDING",
    },
];

/// An argument that names a loopback address to listen on, or a server that listens there without one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct LoopbackArgument {
    /// The container's index in `spec.containers`.
    pub(crate) container: usize,
    /// `command` or `args`.
    pub(crate) list: &'static str,
    /// The argument's index in that list.
    pub(crate) index: usize,
    /// The argument; of a server that listens there by default its words, `flask run`.
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
    let mut servers = LOCAL_SERVERS.iter();
    servers.find_map(|server| local_server(container, spec, server))
}

/// The argument that runs a server which listens on the loopback address by default, if nothing names another address.
fn local_server(
    container: usize,
    spec: &Container,
    server: &LocalServer,
) -> Option<LoopbackArgument> {
    let lists = [("command", &spec.command), ("args", &spec.args)].into_iter();
    let arguments = lists.flat_map(|(list, arguments)| {
        let arguments = arguments.iter().enumerate();
        arguments.map(move |(index, text)| (list, index, text))
    });
    let mut words = arguments.flat_map(|(list, index, text)| {
        let words = text.split_whitespace();
        words.map(move |word| (list, index, word))
    });
    let (program, rest) = server.words.split_first()?;
    let mut before = "";
    let (list, index, _) = words.find(|(.., word)| {
        let is_run = runs_next(before);
        before = word;
        is_run && word.rsplit('/').next() == Some(program)
    })?;
    let after: Vec<&str> = words.map(|(.., word)| word).collect();
    let is_run = rest.iter().all(|word| after.contains(word));
    let names_address = |word: &&str| server.options.iter().any(|own| word.starts_with(own));
    let is_stated = spec.env.iter().any(|own| own.name == server.variable);
    (is_run && !is_stated && !after.iter().any(names_address)).then(|| LoopbackArgument {
        container,
        list,
        index,
        text: server.words.join(" ").into(),
    })
}

/// Whether the word after this one is a program; `pip install` names packages.
fn runs_next(word: &str) -> bool {
    let programs = ["", "-c", "-m", "&&", "exec", "php", "run"];
    programs.contains(&word) || word.ends_with(';') || word.contains("python")
}

/// Whether a word, after the word before it, makes a process listen on the loopback address.
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
            "{command: [flask, --app, shop, run]}",
            "{command: [python, ./manage.py], args: [runserver, '8080']}",
            "{command: [sh, -c, 'python -m uvicorn shop:app --port 8080']}",
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
            "{command: [flask, run, '--host=0.0.0.0']}",
            "{command: [flask, run], env: [{name: FLASK_RUN_HOST, value: 0.0.0.0}]}",
            "{command: [flask, db, upgrade]}",
            "{command: [sh, -c, 'pip install uvicorn; gunicorn shop:app']}",
            "{command: [sh, -c, 'python manage.py runserver 0:8080']}",
            "{args: ['--listen=127.0.0.1:8080'], ports: [{containerPort: 9090}]}",
        ] {
            assert_eq!(found(container, 8080), None, "{container}");
        }
    }
}
