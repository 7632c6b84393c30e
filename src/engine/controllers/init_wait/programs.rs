//! What a program needs to succeed that waits for something: the name it looks up, or the host and port it connects to.

use super::Awaited;

/// The name of a program without the directory.
pub(super) fn base_name(program: &str) -> &str {
    program.rsplit('/').next().unwrap_or(program)
}

/// The port that a shell's redirection to `/dev/tcp/HOST/PORT` connects to.
pub(super) fn of_device(condition: &str) -> Option<Awaited> {
    let (_, rest) = condition.split_once("/dev/tcp/")?;
    let (host, rest) = rest.split_once('/')?;
    let end = rest.find(|c: char| !c.is_ascii_digit());
    let port = rest.get(..end.unwrap_or(rest.len()))?;
    Some(Awaited::port(&[condition.trim()], host, port.parse().ok()?))
}

/// What a command needs to succeed.
pub(super) fn of_command(words: &[&str]) -> Option<Awaited> {
    let (program, arguments) = words.split_first()?;
    let named = |host: &str| Some(Awaited::name(words, host));
    match base_name(program) {
        "timeout" => of_command(arguments.get(1..)?),
        "nslookup" => match plain(arguments, &[]).as_slice() {
            [host] => named(host),
            _ => None,
        },
        "host" => match plain(arguments, &["-t", "-W"]).as_slice() {
            [host] => named(host),
            _ => None,
        },
        "getent" => match plain(arguments, &["-s"]).as_slice() {
            ["hosts" | "ahosts" | "ahostsv4", host] => named(host),
            _ => None,
        },
        "nc" | "ncat" | "netcat" => of_netcat(words, arguments),
        "curl" | "wget" => of_url(words, arguments),
        "wait-for-it.sh" | "wait-for-it" => of_wait_for_it(words, arguments),
        "wait-for.sh" | "wait-for" => of_address(words, arguments.first()?),
        "dockerize" => {
            let mut pairs = arguments.windows(2);
            let urls = pairs.find_map(|pair| (pair[0] == "-wait").then_some(pair[1]));
            let url = urls?;
            match url.strip_prefix("tcp://") {
                Some(address) => of_address(words, address),
                None => of_url(words, &[url]),
            }
        }
        "pg_isready" => of_options(words, arguments, ("-h", "--host"), ("-p", "--port"), 5432),
        "redis-cli" => of_options(words, arguments, ("-h", "--host"), ("-p", "--port"), 6379),
        "mysqladmin" | "mysql" | "mariadb-admin" => {
            of_options(words, arguments, ("-h", "--host"), ("-P", "--port"), 3306)
        }
        _ => None,
    }
}

/// The arguments that are no options; `with_value` are options whose value is the next word.
fn plain<'a>(arguments: &[&'a str], with_value: &[&str]) -> Vec<&'a str> {
    let mut found = Vec::new();
    let mut words = arguments.iter();
    while let Some(word) = words.next() {
        if with_value.contains(word) {
            words.next();
        } else if !word.starts_with('-') {
            found.push(*word);
        }
    }
    found
}

fn of_netcat(words: &[&str], arguments: &[&str]) -> Option<Awaited> {
    let is_udp = |word: &&&str| {
        let letters = word.strip_prefix('-').filter(|rest| !rest.starts_with('-'));
        **word == "--udp" || letters.is_some_and(|letters| letters.contains('u'))
    };
    // A datagram without a reply counts as success.
    if arguments.iter().any(|word| is_udp(&word)) {
        return None;
    }
    match plain(arguments, &["-w", "-q", "-i", "-G", "-zw", "-vzw", "-zvw"]).as_slice() {
        [host, port] => Some(Awaited::port(words, host, port.parse().ok()?)),
        _ => None,
    }
}

/// vishnubob/wait-for-it: what follows `--` runs after its time, 15 s if `-t` says nothing, also without a connection, unless it
/// is strict.
fn of_wait_for_it(words: &[&str], arguments: &[&str]) -> Option<Awaited> {
    let end = arguments.iter().position(|word| *word == "--");
    let (own, runs) = arguments.split_at(end.unwrap_or(arguments.len()));
    let is_endless = own.windows(2).any(|pair| pair == ["-t", "0"])
        || own
            .iter()
            .any(|word| matches!(*word, "-t0" | "--timeout=0"));
    let is_strict = own.iter().any(|word| matches!(*word, "-s" | "--strict"));
    let waits = runs.is_empty() || is_endless || is_strict;
    let address = plain(own, &["-t", "-h", "-p"]).into_iter().next()?;
    of_address(words, address).filter(|_| waits)
}

/// `db:5432`.
fn of_address(words: &[&str], address: &str) -> Option<Awaited> {
    let (host, port) = address.split_once(':')?;
    Some(Awaited::port(words, host, port.parse().ok()?))
}

fn of_url(words: &[&str], arguments: &[&str]) -> Option<Awaited> {
    let mut urls = arguments.iter().filter_map(|word| {
        let plain = word.strip_prefix("http://").map(|rest| (rest, 80));
        plain.or_else(|| word.strip_prefix("https://").map(|rest| (rest, 443)))
    });
    let (rest, default) = urls.next()?;
    let authority = rest.split(['/', '?', '#']).next()?;
    match authority.split_once(':') {
        Some((host, port)) => Some(Awaited::port(words, host, port.parse().ok()?)),
        None => Some(Awaited::port(words, authority, default)),
    }
}

fn of_options(
    words: &[&str],
    arguments: &[&str],
    host: (&str, &str),
    port: (&str, &str),
    default: u16,
) -> Option<Awaited> {
    let value = |(short, long): (&str, &str)| {
        arguments.iter().enumerate().find_map(|(index, word)| {
            if *word == short || *word == long {
                return arguments.get(index + 1).copied();
            }
            let joined = word
                .strip_prefix(long)
                .and_then(|rest| rest.strip_prefix('='));
            joined.or_else(|| word.strip_prefix(short).filter(|rest| !rest.is_empty()))
        })
    };
    let number = match value(port) {
        Some(text) => text.parse().ok()?,
        None => default,
    };
    Some(Awaited::port(words, value(host)?, number))
}
