//! A program whose arguments have another port than the one that is called: `--port=3000`, `-listen=:5678`,
//! `http.server 8000`.
//!
//! What an option means is the program's own matter, so the cause is possible only; a container that declares ports has
//! said where it listens.

use crate::causes::cause::{Cause, Evidence};
use crate::cluster::object::{Container, Pod};
use crate::diagnostic::{Fault, PortFault};
use crate::network::{LISTENS, Network};
use crate::trace::Trace;

/// Names of options that programs have for the port or the address that they listen on, without dashes.
const OPTIONS: [&str; 16] = [
    "addr",
    "address",
    "b",
    "bind",
    "bind-address",
    "http-addr",
    "http-port",
    "http.port",
    "listen",
    "listen-addr",
    "listen-address",
    "p",
    "port",
    "server.port",
    "web.listen-address",
    "web.port",
];

/// An argument that names a port.
struct Named<'a> {
    container: &'a str,
    /// `args[1]`, or `command[0]`.
    place: String,
    text: String,
    port: u16,
}

/// The arguments of the pod that answered name a port, and none of them the one that was called.
pub(in crate::causes) fn of_answer(network: &Network, trace: &Trace, pod: &Pod) -> Option<Cause> {
    let reached = trace.verdict.answering_endpoint()?.port();
    let declares = |own: &Container| !own.ports.is_empty();
    if pod.serving_containers().any(declares) || pod.metadata.annotations.contains_key(LISTENS) {
        return None;
    }
    let [container] = pod.spec.containers.as_slice() else {
        return None;
    };
    let named = named_ports(container);
    if named.iter().any(|own| own.port == reached) {
        return None;
    }
    let first = named.into_iter().next()?;
    let field = format!("spec.containers[0].{}", first.place);
    let fault = Fault::Port(PortFault::ArgumentNamesOtherPort {
        container: first.container.to_owned(),
        argument: first.text,
        value: first.port,
        reached,
    });
    let evidence = Evidence::of_pod(&network.resolved, pod, &field);
    Some(Cause::certain(fault, evidence.into_iter().collect()).possible())
}

/// The ports that a container's command and arguments name, in their order.
fn named_ports(container: &Container) -> Vec<Named<'_>> {
    let lists = [("command", &container.command), ("args", &container.args)];
    let words = lists.into_iter().flat_map(|(list, words)| {
        let numbered = words.iter().enumerate();
        // A shell's script is one argument with several words.
        numbered.flat_map(move |(index, word)| {
            let parts = word.split_whitespace();
            parts.map(move |part| (format!("{list}[{index}]"), part))
        })
    });
    let mut found = Vec::new();
    let mut before = "";
    for (place, word) in words {
        let (option, value) = match word.split_once('=') {
            Some((option, value)) => (option, value),
            None => (before, word),
        };
        let name = option.trim_start_matches('-');
        let is_option = name.len() < option.len() && OPTIONS.contains(&name);
        if (is_option || option == "http.server")
            && let Some(port) = port_of(value)
        {
            let is_joined = word.contains('=');
            found.push(Named {
                container: &container.name,
                place,
                text: if is_joined {
                    word.to_owned()
                } else {
                    format!("{before} {word}")
                },
                port,
            });
        }
        before = word;
    }
    found
}

/// `8080`, `:8080`, `0.0.0.0:8080`.
fn port_of(value: &str) -> Option<u16> {
    let value = value.trim_matches(['"', '\'']);
    let digits = value.rsplit_once(':').map_or(value, |(_, port)| port);
    digits.parse().ok().filter(|port| *port != 0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::object;

    #[test]
    fn ports_are_found_in_the_options_that_programs_have_for_them() {
        for (written, expected) in [
            ("args: [--port=3000]", &[("--port=3000", 3000)][..]),
            ("args: [--port, '3000']", &[("--port 3000", 3000)]),
            (
                "args: ['-listen=:5678', -text=a]",
                &[("-listen=:5678", 5678)],
            ),
            (
                "args: ['--bind', '0.0.0.0:8000', app]",
                &[("--bind 0.0.0.0:8000", 8000)],
            ),
            (
                "command: [python, -m, http.server, '8000']",
                &[("http.server 8000", 8000)],
            ),
            (
                "command: [sh, -c, 'exec serve -p 4000']",
                &[("-p 4000", 4000)],
            ),
            ("args: [--workers=4, --timeout, '30', -p, data]", &[]),
            ("args: [--config=/etc/port]", &[]),
        ] {
            let container: Container = object(&format!("{{name: c, {written}}}"));
            let found = named_ports(&container);
            let found = found.iter().map(|own| (own.text.as_str(), own.port));
            assert_eq!(found.collect::<Vec<_>>(), expected, "{written}");
        }
    }
}
