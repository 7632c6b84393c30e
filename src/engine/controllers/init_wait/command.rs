//! What the command of an init container waits for: the conditions of `until CONDITION; do …; done`, or a command that has
//! to succeed, since the kubelet runs a failed init container again.
//!
//! Only what is certain is read. A condition with `||`, a loop that ends for another reason as well, or a name that the
//! manifest does not spell out waits for nothing that is known here.

use smol_str::SmolStr;

use super::Awaited;
use super::programs::{base_name, of_command, of_device};
use crate::cluster::object::{Container, Pod};
use crate::cluster::service_variables::Variable;

/// Where the API server's token and the namespace of a pod are mounted.
const OWN_NAMESPACE: &str = "$(cat /var/run/secrets/kubernetes.io/serviceaccount/namespace)";

/// Everything that a command of a container waits for, in its order.
pub(super) fn awaited<'a>(
    pod: &Pod,
    container: &Container,
    services: &[Variable],
    command: impl Iterator<Item = &'a SmolStr>,
) -> Vec<Awaited> {
    let value = |text: &str| with_values(text, pod, container, services);
    let words: Vec<&str> = command.map(SmolStr::as_str).collect();
    let script = match words.as_slice() {
        [shell, flags, script, ..] if is_shell(shell) && is_command_flag(flags) => script,
        [program, ..] if is_shell(program) => return Vec::new(),
        words => return known(words, value),
    };
    let script = value(script);
    let conditions = conditions(&script);
    let found = conditions.iter().flat_map(|condition| {
        let parts = condition.split("&&");
        parts.filter_map(|part| of_device(part).or_else(|| of_command(&split(part))))
    });
    found.filter(is_spelt_out).collect()
}

/// What a command awaits that no shell runs: the kubelet expands `$(NAME)` in it.
fn known(words: &[&str], value: impl Fn(&str) -> String) -> Vec<Awaited> {
    let words: Vec<String> = words.iter().map(|word| value(word)).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let found = of_command(&words);
    found.into_iter().filter(is_spelt_out).collect()
}

fn is_spelt_out(awaited: &Awaited) -> bool {
    let is_of_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-');
    !awaited.host.is_empty() && awaited.host.chars().all(is_of_name)
}

pub(super) fn is_shell(program: &str) -> bool {
    matches!(base_name(program), "sh" | "bash" | "ash" | "dash")
}

/// `-c`, also among others: `-ec`, `-xec`.
pub(super) fn is_command_flag(flags: &str) -> bool {
    flags.starts_with('-') && !flags.starts_with("--") && flags.ends_with('c')
}

/// The conditions that a script waits for.
fn conditions(script: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut rest = script;
    while let Some((start, loops)) = next_loop(rest) {
        let after = &rest[start..];
        let Some((condition, body)) = split_at_do(after) else {
            break;
        };
        let end = body.find("done").unwrap_or(body.len());
        if loops && !may_end_well(&body[..end]) && is_simple(condition) {
            found.push(condition.to_owned());
        }
        rest = &body[end..];
    }
    let tried = tried_in_bounded_loop(script).filter(|condition| is_simple(condition));
    found.extend(tried.map(str::to_owned));
    let is_plain = |c: char| !matches!(c, ';' | '|' | '\n' | '&' | '(');
    if found.is_empty() && script.trim().chars().all(is_plain) {
        found.push(script.trim().to_owned());
    }
    found
}

fn is_simple(condition: &str) -> bool {
    !condition.contains('|') && !condition.contains('[')
}

/// Whether the body of a loop may end it without a failure, after which the kubelet would run the container again.
fn may_end_well(body: &str) -> bool {
    let is_failure = |rest: &str| rest.trim_start().starts_with(|c| ('1'..='9').contains(&c));
    let leaves = ["break", "return"].iter().any(|word| body.contains(word));
    leaves || body.split("exit").skip(1).any(|rest| !is_failure(rest))
}

/// What `for …; do CONDITION && exit 0; …; done; exit 1` tries.
fn tried_in_bounded_loop(script: &str) -> Option<&str> {
    let (_, after) = script.split_once("for ")?;
    let (_, body) = after
        .split_once(" do ")
        .or_else(|| after.split_once("\ndo"))?;
    let (body, rest) = body.split_once("done")?;
    if !rest.contains("exit 1") {
        return None;
    }
    let mut commands = body.split([';', '\n']);
    let tried = commands.find_map(|command| command.trim().strip_suffix("&& exit 0"))?;
    Some(tried.trim())
}

/// The position after `until` or `while`, and whether the loop ends when its condition succeeds.
fn next_loop(script: &str) -> Option<(usize, bool)> {
    let at = |word: &str| {
        let starts = script.match_indices(word).map(|(index, _)| index);
        let mut own = starts.filter(|index| {
            let before = script[..*index].chars().next_back();
            before.is_none_or(|c| c.is_whitespace() || c == ';')
        });
        own.next()
    };
    let until = at("until ").map(|index| (index + "until ".len(), true));
    let negated = at("while ! ").map(|index| (index + "while ! ".len(), true));
    let endless = at("while ").map(|index| (index + "while ".len(), false));
    [until, negated, endless]
        .into_iter()
        .flatten()
        .min_by_key(|(index, loops)| (*index, !loops))
        .map(|first| match negated {
            // `while ! ` begins like any other `while `.
            Some(own) if own.0 == first.0 + "! ".len() => own,
            _ => first,
        })
}

/// The condition before `do`, and what follows.
fn split_at_do(text: &str) -> Option<(&str, &str)> {
    let end = text.find([';', '\n'])?;
    let after = text[end + 1..].trim_start();
    let body = after.strip_prefix("do")?;
    let is_word = body.starts_with(char::is_whitespace) || body.starts_with(';');
    is_word.then(|| (text[..end].trim(), body))
}

/// A script with the values that the manifest and the variables of Services give: `$(NAME)`, `${NAME}`, `$NAME`.
fn with_values(text: &str, pod: &Pod, container: &Container, services: &[Variable]) -> String {
    let namespace = pod.metadata.namespace.as_str();
    let mut text = text.replace(OWN_NAMESPACE, namespace);
    for variable in container.env.iter().rev() {
        let is_namespace = variable.value_from.as_ref().is_some_and(|from| {
            let field = from.field_ref.as_ref();
            field.is_some_and(|field| field.field_path == "metadata.namespace")
        });
        let value = match (&variable.value_from, is_namespace) {
            (_, true) => namespace,
            (None, false) => variable.value.as_str(),
            (Some(_), false) => continue,
        };
        text = with_value(&text, &variable.name, value);
    }
    for variable in services {
        text = with_value(&text, &variable.name, &variable.value);
    }
    text
}

/// Whether a text may refer to a variable of a Service.
pub(super) fn mentions_services(text: &str) -> bool {
    ["_SERVICE_HOST", "_ADDR"]
        .iter()
        .any(|end| text.contains(end))
}

fn with_value(text: &str, name: &str, value: &str) -> String {
    let text = text.replace(&format!("$({name})"), value);
    let text = text.replace(&format!("${{{name}}}"), value);
    with_bare_value(&text, name, value)
}

/// `$NAME`, but not the beginning of `$NAMES`.
fn with_bare_value(text: &str, name: &str, value: &str) -> String {
    let form = format!("${name}");
    let mut parts = text.split(form.as_str());
    let mut whole = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let goes_on = part.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '_');
        whole.push_str(if goes_on { &form } else { value });
        whole.push_str(part);
    }
    whole
}

/// The words of a simple command, without redirections and quotes.
fn split(command: &str) -> Vec<&str> {
    let words = command.split_whitespace();
    let words = words.map(|word| word.trim_matches(['"', '\'']));
    words
        .take_while(|word| !word.contains(['>', '<']) && !word.starts_with('&'))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::object;

    /// What each command waits for: `host` or `host:port`.
    fn awaits(command: &str) -> Vec<String> {
        let pod: Pod = object(&format!(
            "
            metadata: {{name: web, namespace: shop}}
            spec:
              initContainers:
              - name: wait
                env: [{{name: DB, value: db}}, {{name: NS, valueFrom: {{fieldRef: {{fieldPath: metadata.namespace}}}}}}]
                command: {command}
            "
        ));
        let container = &pod.spec.init_containers[0];
        let services = [("DB_SERVICE_HOST", "db"), ("DB_SERVICE_PORT", "5432")];
        let services = services.map(|(name, value)| Variable::new(name.to_owned(), value));
        let found = awaited(&pod, container, &services, container.command.iter());
        let shown = found.iter().map(|own| match own.port {
            Some(port) => format!("{}:{port}", own.host),
            None => own.host.clone(),
        });
        shown.collect()
    }

    #[test]
    fn loops_and_plain_commands_wait() {
        for (command, expected) in [
            (
                "[sh, -c, 'until nslookup mydb; do echo waiting; sleep 2; done']",
                "mydb",
            ),
            (
                "[sh, -c, 'until nslookup mydb.$(cat /var/run/secrets/kubernetes.io/serviceaccount/namespace).svc.cluster.local; do sleep 2; done;']",
                "mydb.shop.svc.cluster.local",
            ),
            ("[nslookup, mydb]", "mydb"),
            ("[/bin/sh, -ec, 'nslookup $DB.$(NS)']", "db.shop"),
            (
                "[sh, -c, \"until nc -zv -w30 ${DB} 5432 > /dev/null 2>&1\\ndo\\n  sleep 1\\ndone\\necho up\"]",
                "db:5432",
            ),
            (
                "[sh, -c, 'while ! nc -z -w 2 db 5432; do sleep 1; done']",
                "db:5432",
            ),
            (
                "[sh, -c, 'until curl -sf http://api:8080/healthz; do sleep 1; done']",
                "api:8080",
            ),
            (
                "[sh, -c, 'until wget -qO- https://api/; do sleep 1; done']",
                "api:443",
            ),
            (
                "[sh, -c, 'until pg_isready -h db -U app; do sleep 1; done']",
                "db:5432",
            ),
            (
                "[sh, -c, 'until timeout 2 redis-cli -h cache -p 6380 ping; do sleep 1; done']",
                "cache:6380",
            ),
            (
                "[bash, -c, 'until mysqladmin ping -hdb --silent; do sleep 1; done']",
                "db:3306",
            ),
            ("[getent, hosts, db]", "db"),
            (
                "[sh, -c, 'until nc -z $DB_SERVICE_HOST ${DB_SERVICE_PORT}; do sleep 1; done']",
                "db:5432",
            ),
            (
                "[nc, -z, $(DB_SERVICE_HOST), $(DB_SERVICE_PORT)]",
                "db:5432",
            ),
            (
                "[sh, -c, 'for i in $(seq 1 30); do nc -z db 5432 && exit 0; sleep 2; done; exit 1']",
                "db:5432",
            ),
            (
                "[sh, -c, 'until nc -z db 5432; do n=$((n+1)); [ $n -gt 9 ] && exit 1; sleep 1; done']",
                "db:5432",
            ),
        ] {
            assert_eq!(awaits(command), [expected], "{command}");
        }
    }

    #[test]
    fn programs_made_for_waiting_and_devices_wait() {
        for (command, expected) in [
            ("[/wait-for-it.sh, 'db:5432', -t, '0', --, run]", "db:5432"),
            ("[wait-for-it, --strict, 'db:5432', --, run]", "db:5432"),
            ("[./wait-for, 'db:5432', -t, '60']", "db:5432"),
            (
                "[dockerize, -wait, 'tcp://db:5432', -timeout, 60s]",
                "db:5432",
            ),
            ("[dockerize, -wait, 'http://api/healthz']", "api:80"),
            (
                "[bash, -c, 'until (echo > /dev/tcp/db/5432) >/dev/null 2>&1; do sleep 1; done']",
                "db:5432",
            ),
        ] {
            assert_eq!(awaits(command), [expected], "{command}");
        }
    }

    #[test]
    fn what_may_end_otherwise_waits_for_nothing_known() {
        for command in [
            "[sh, -c, 'until nslookup mydb || [ $n -gt 5 ]; do n=$((n+1)); done']",
            "[sh, -c, 'until nslookup mydb; do n=$((n+1)); [ $n -gt 5 ] && break; done']",
            "[sh, -c, 'nslookup mydb || true']",
            "[sh, -c, 'while true; do sleep 1; done']",
            "[sh, -c, 'while nslookup mydb; do sleep 1; done']",
            "[sh, -c, 'for i in 1 2 3; do nslookup mydb && exit 0; sleep 1; done']",
            "[sh, -c, 'until nslookup $UNKNOWN; do sleep 1; done']",
            "[sh, -c, 'until nc -z $CACHE_SERVICE_HOST 6379; do sleep 1; done']",
            "[sh, -c, 'until nc -zuv dns 53; do sleep 1; done']",
            "[sh, -c, 'nslookup mydb; echo done']",
            "[wait-for-it.sh, 'db:5432', -t, '30', --, run]",
            "[cp, a, b]",
            "[]",
        ] {
            assert_eq!(awaits(command), [""; 0], "{command}");
        }
    }
}
