//! Which Ingresses a controller serves, by the flags of its program.
//!
//! A cluster can have several controllers: each has the name that its IngressClass has (`--controller-class`), the
//! class of annotations from before there was a field (`--ingress-class`), and maybe a single namespace
//! (`--watch-namespace`). Source: kubernetes/ingress-nginx `pkg/flags/flags.go`, `internal/ingress/controller/store`.

use smol_str::SmolStr;

use super::CONTROLLER;
use crate::cluster::object::Pod;

/// The flags of a controller's program, with their defaults.
pub(crate) struct Flags<'a> {
    /// The name that its IngressClass has as `spec.controller`.
    pub(crate) controller: &'a str,
    /// The class that it takes from the annotation.
    pub(crate) class: &'a str,
    /// The only namespace whose Ingresses it serves; `None` for all, or if the text does not say which.
    pub(crate) namespace: Option<&'a str>,
    /// Whether it serves Ingresses without a class.
    pub(crate) takes_classless: bool,
    /// The port for requests in the clear.
    pub(crate) http_port: u16,
    /// The port for TLS.
    pub(crate) https_port: u16,
}

/// The names of flags whose place can be asked for.
pub(crate) const CONTROLLER_CLASS: &str = "--controller-class";
pub(crate) const WATCH_NAMESPACE: &str = "--watch-namespace";

impl Flags<'_> {
    /// The flags of a pod of ingress-nginx.
    pub(crate) fn of(pod: &Pod) -> Flags<'_> {
        let text = |name: &str| value_of(pod, name).filter(|value| !value.is_empty());
        let number = |name: &str| text(name)?.parse().ok();
        let namespace = text(WATCH_NAMESPACE).and_then(|value| match value {
            // The chart of ingress-nginx writes it so.
            "$(POD_NAMESPACE)" => Some(pod.metadata.namespace.as_str()),
            _ if value.contains('$') => None,
            _ => Some(value),
        });
        Flags {
            controller: text(CONTROLLER_CLASS).unwrap_or(CONTROLLER),
            class: text("--ingress-class").unwrap_or("nginx"),
            namespace,
            takes_classless: text("--watch-ingress-without-class").is_some_and(|it| it == "true"),
            http_port: number("--http-port").unwrap_or(80),
            https_port: number("--https-port").unwrap_or(443),
        }
    }
}

/// Where a flag is written in a pod's spec, `spec.containers[0].args[1]`, and its words.
pub(crate) fn place_of(pod: &Pod, name: &str) -> Option<(String, String)> {
    let mut words = words_of(pod);
    let (place, word) = words.find(|(_, word)| is_flag(word, name))?;
    let words = match words.next().filter(|_| !word.contains('=')) {
        Some((_, value)) => format!("{word} {value}"),
        None => word.to_owned(),
    };
    Some((place, words))
}

/// The value of a flag: `--name=value`, `--name value`, or `true` for one alone.
fn value_of<'a>(pod: &'a Pod, name: &str) -> Option<&'a str> {
    let mut words = words_of(pod).map(|(_, word)| word);
    let word = words.find(|word| is_flag(word, name))?;
    match word.split_once('=') {
        Some((_, value)) => Some(value),
        None => Some(
            words
                .next()
                .filter(|next| !next.starts_with('-'))
                .unwrap_or("true"),
        ),
    }
}

fn is_flag(word: &str, name: &str) -> bool {
    word.split('=').next() == Some(name)
}

/// The words of all containers' commands, each with its place.
fn words_of(pod: &Pod) -> impl Iterator<Item = (String, &str)> {
    let containers = pod.spec.containers.iter().enumerate();
    containers.flat_map(|(index, container)| {
        let lists = [("command", &container.command), ("args", &container.args)];
        lists.into_iter().flat_map(move |(list, words)| {
            let words = words.iter().map(SmolStr::as_str).enumerate();
            words.map(move |(at, word)| (format!("spec.containers[{index}].{list}[{at}]"), word))
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::object;

    #[test]
    fn flags_are_read_with_an_equals_sign_or_without() {
        for (args, expected) in [
            ("[]", (CONTROLLER, "nginx", None, false)),
            (
                "[/nginx-ingress-controller, --controller-class=example.com/own, --ingress-class, own]",
                ("example.com/own", "own", None, false),
            ),
            (
                "[--watch-namespace=prod, --watch-ingress-without-class]",
                (CONTROLLER, "nginx", Some("prod"), true),
            ),
            (
                "[--watch-namespace=$(POD_NAMESPACE), --watch-ingress-without-class=false]",
                (CONTROLLER, "nginx", Some("edge"), false),
            ),
            ("['--watch-namespace=']", (CONTROLLER, "nginx", None, false)),
        ] {
            let pod: Pod = object(&format!(
                "metadata: {{name: ctl, namespace: edge}}\nspec: {{containers: [{{name: c, args: {args}}}]}}"
            ));
            let flags = Flags::of(&pod);
            let found = (
                flags.controller,
                flags.class,
                flags.namespace,
                flags.takes_classless,
            );
            assert_eq!(found, expected, "{args}");
        }
    }
}
