//! A line as people type it: `kubectl get svc,pods -o wide -A`.
//!
//! Flags and words are told apart as kubectl's own library does (`spf13/pflag`), and what it would refuse is refused in
//! its words.

/// What was asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Command {
    /// `kubectl get`.
    Get(Request),
    /// `kubectl describe`.
    Describe(Request),
    /// `kubectl exec`; the program and its arguments follow the pod.
    Exec(Request),
    /// `kubectl api-resources`.
    ApiResources,
}

/// The words and flags of `get`, `describe` and `exec`.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub(super) struct Request {
    /// The words that are no flags: `svc,pods`, `web`, `svc/web`.
    pub words: Vec<String>,
    /// `-n`, unless everything is asked for.
    pub namespace: Option<String>,
    /// `-A`.
    pub all_namespaces: bool,
    /// `-l`.
    pub selector: Option<String>,
    /// `-o`, as written.
    pub output: String,
    /// `--show-labels`.
    pub show_labels: bool,
    /// `-L`: labels with a column of their own.
    pub label_columns: Vec<String>,
    /// `--no-headers`.
    pub no_headers: bool,
    /// `--ignore-not-found`.
    pub ignore_not_found: bool,
    /// `-c`: the container that `exec` runs in.
    pub container: Option<String>,
}

/// The line is refused; these are the words on the error channel, with their line end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal(pub String);

/// A flag: its letter, its name, and whether a value belongs to it.
struct Flag {
    letter: Option<char>,
    name: &'static str,
    value: Wants,
}

/// Whether a flag wants a value.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Wants {
    /// It is on by being there.
    Nothing,
    /// The next word, or what follows `=`.
    Value,
}

/// What a flag does to the request.
type Set = fn(&mut Request, &str);

const FLAGS: &[(Flag, Set)] = &[
    (flag('n', "namespace", Wants::Value), |request, value| {
        request.namespace = Some(value.to_owned());
    }),
    (
        flag('A', "all-namespaces", Wants::Nothing),
        |request, value| request.all_namespaces = value == "true",
    ),
    (flag('l', "selector", Wants::Value), |request, value| {
        request.selector = Some(value.to_owned());
    }),
];

/// The flags that only `get` has.
const GET_FLAGS: &[(Flag, Set)] = &[
    (flag('o', "output", Wants::Value), |request, value| {
        request.output = value.to_owned();
    }),
    (long("show-labels", Wants::Nothing), |request, value| {
        request.show_labels = value == "true";
    }),
    (
        flag('L', "label-columns", Wants::Value),
        |request, value| {
            request
                .label_columns
                .extend(value.split(',').map(str::to_owned));
        },
    ),
    (long("no-headers", Wants::Nothing), |request, value| {
        request.no_headers = value == "true";
    }),
    (
        long("ignore-not-found", Wants::Nothing),
        |request, value| request.ignore_not_found = value == "true",
    ),
];

/// The flags that only `exec` has; there is no process to type into.
const EXEC_FLAGS: &[(Flag, Set)] = &[
    (flag('c', "container", Wants::Value), |request, value| {
        request.container = Some(value.to_owned());
    }),
    (flag('i', "stdin", Wants::Nothing), |_, _| ()),
    (flag('t', "tty", Wants::Nothing), |_, _| ()),
];

const fn flag(letter: char, name: &'static str, value: Wants) -> Flag {
    Flag {
        letter: Some(letter),
        name,
        value,
    }
}

const fn long(name: &'static str, value: Wants) -> Flag {
    Flag {
        letter: None,
        name,
        value,
    }
}

/// Reads a line; `kubectl` or `k` may be left out.
pub(super) fn read(line: &str) -> Result<Command, Refusal> {
    let words = words(line);
    let mut words = words
        .iter()
        .map(String::as_str)
        .skip_while(|word| *word == "$")
        .peekable();
    words.next_if(|word| matches!(*word, "kubectl" | "k"));
    // Flags may come before the command.
    let (before, rest): (Vec<&str>, Vec<&str>) = {
        let all: Vec<&str> = words.collect();
        let place = command_place(&all);
        (all[..place].to_vec(), all[place..].to_vec())
    };
    let Some((&command, after)) = rest.split_first() else {
        return Err(refused("kubectl controls the Kubernetes cluster manager."));
    };
    let flags = [before.as_slice(), after].concat();
    match command {
        "get" => request(&flags, "get", &[FLAGS, GET_FLAGS]).map(Command::Get),
        "describe" => request(&flags, "describe", &[FLAGS]).map(Command::Describe),
        "exec" => request(&flags, "exec", &[FLAGS, EXEC_FLAGS]).map(Command::Exec),
        "api-resources" => Ok(Command::ApiResources),
        unknown => Err(refused(&format!(
            "error: unknown command {unknown:?} for \"kubectl\""
        ))),
    }
}

fn refused(words: &str) -> Refusal {
    Refusal(format!("{words}\n"))
}

/// The first word that is neither a flag nor a flag's value.
fn command_place(words: &[&str]) -> usize {
    let mut place = 0;
    while let Some(word) = words.get(place).filter(|word| word.starts_with('-')) {
        let wants_next = FLAGS.iter().any(|(flag, _)| {
            let is_meant = *word == format!("--{}", flag.name)
                || flag.letter.is_some_and(|it| *word == format!("-{it}"));
            is_meant && flag.value == Wants::Value
        });
        place += if wants_next { 2 } else { 1 };
    }
    place.min(words.len())
}

fn request(
    words: &[&str],
    command: &str,
    flags: &[&'static [(Flag, Set)]],
) -> Result<Request, Refusal> {
    let see = |error: String| {
        refused(&format!(
            "error: {error}\nSee 'kubectl {command} --help' for usage."
        ))
    };
    let mut request = Request::default();
    let mut words = words.iter().copied();
    while let Some(word) = words.next() {
        if word == "--" {
            request.words.extend(words.by_ref().map(str::to_owned));
        } else if let Some(long) = word.strip_prefix("--") {
            long_flag(&mut request, long, &mut words, flags).map_err(see)?;
        } else if let Some(letters) = word.strip_prefix('-').filter(|letters| !letters.is_empty()) {
            short_flags(&mut request, letters, &mut words, flags).map_err(see)?;
        } else {
            request.words.push(word.to_owned());
        }
    }
    Ok(request)
}

fn long_flag<'a>(
    request: &mut Request,
    text: &'a str,
    words: &mut impl Iterator<Item = &'a str>,
    flags: &[&'static [(Flag, Set)]],
) -> Result<(), String> {
    let (name, value) = text
        .split_once('=')
        .map_or((text, None), |(name, value)| (name, Some(value)));
    let found = flags
        .iter()
        .copied()
        .flatten()
        .find(|(flag, _)| flag.name == name);
    let (flag, set) = found.ok_or_else(|| format!("unknown flag: --{name}"))?;
    let value = match (value, flag.value) {
        (Some(value), _) => value,
        (None, Wants::Nothing) => "true",
        (None, Wants::Value) => words
            .next()
            .ok_or_else(|| format!("flag needs an argument: --{name}"))?,
    };
    set(request, value);
    Ok(())
}

/// Letters may stand together, and the value of the last one may follow at once: `-Aowide`.
fn short_flags<'a>(
    request: &mut Request,
    letters: &'a str,
    words: &mut impl Iterator<Item = &'a str>,
    flags: &[&'static [(Flag, Set)]],
) -> Result<(), String> {
    for (place, letter) in letters.char_indices() {
        let found = flags
            .iter()
            .copied()
            .flatten()
            .find(|(flag, _)| flag.letter == Some(letter));
        let (flag, set) =
            found.ok_or_else(|| format!("unknown shorthand flag: '{letter}' in -{letters}"))?;
        if flag.value == Wants::Nothing {
            set(request, "true");
            continue;
        }
        let rest = &letters[place + letter.len_utf8()..];
        let value = match rest {
            "" => words
                .next()
                .ok_or_else(|| format!("flag needs an argument: '{letter}' in -{letters}"))?,
            rest => rest.strip_prefix('=').unwrap_or(rest),
        };
        set(request, value);
        break;
    }
    Ok(())
}

/// The words of a line as a shell splits it: at spaces, quotes taken off.
pub(in crate::console) fn words(line: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut quote: Option<char> = None;
    for letter in line.chars() {
        match (quote, letter) {
            (Some(open), letter) if open == letter => quote = None,
            (None, '\'' | '"') => {
                quote = Some(letter);
                word.get_or_insert_default();
            }
            (None, letter) if letter.is_whitespace() => words.extend(word.take()),
            (_, letter) => word.get_or_insert_default().push(letter),
        }
    }
    words.extend(word);
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    fn get(line: &str) -> Request {
        match read(line) {
            Ok(Command::Get(request)) => request,
            other => panic!("{line} is read as {other:?}"),
        }
    }

    #[test]
    fn flags_may_stand_anywhere_and_be_written_in_every_way() {
        let wanted = Request {
            words: vec!["svc".into(), "web".into()],
            namespace: Some("dev".into()),
            output: "wide".into(),
            ..Request::default()
        };
        for line in [
            "kubectl get svc web -n dev -o wide",
            "k -n dev get svc web -owide",
            "$ kubectl get --namespace=dev svc --output wide web",
            "get svc -o=wide web -n=dev",
        ] {
            assert_eq!(get(line), wanted, "{line}");
        }
    }

    #[test]
    fn letters_may_stand_together() {
        let request = get("kubectl get po -Aowide");
        assert_eq!(
            (request.all_namespaces, request.output.as_str()),
            (true, "wide")
        );
    }

    #[test]
    fn quotes_hold_a_selector_together() {
        assert_eq!(
            get("get po -l 'app in (a, b)'").selector.as_deref(),
            Some("app in (a, b)")
        );
    }

    #[test]
    fn what_kubectl_does_not_know_it_refuses_in_its_words() {
        let refusals = [
            (
                "kubectl frob",
                "error: unknown command \"frob\" for \"kubectl\"\n",
            ),
            (
                "kubectl get po --frob",
                "error: unknown flag: --frob\nSee 'kubectl get --help' for usage.\n",
            ),
            (
                "kubectl describe po -o yaml",
                "error: unknown shorthand flag: 'o' in -o\nSee 'kubectl describe --help' for usage.\n",
            ),
            (
                "kubectl get po -n",
                "error: flag needs an argument: 'n' in -n\nSee 'kubectl get --help' for usage.\n",
            ),
        ];
        for (line, words) in refusals {
            assert_eq!(read(line), Err(Refusal(words.to_owned())), "{line}");
        }
    }
}
