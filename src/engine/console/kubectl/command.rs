//! A line as people type it: `kubectl get svc,pods -o wide -A`.
//!
//! What kubectl would refuse is refused in its words.

use super::flags::{NoFlags, flags_before_verb, names};
use super::verbs::{Run, VERBS, Verb};

/// The words behind a verb, and the flags that all or several verbs have: which objects are meant, and whether anything
/// is done to them.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub(super) struct Arguments {
    /// The words that are no flags: `svc,pods`, `web`, `svc/web`.
    pub words: Vec<String>,
    /// How many of them are before `--`, if it is there.
    pub before_dashes: Option<usize>,
    /// `-n`, unless all namespaces are requested.
    pub namespace: Option<String>,
    /// `-A`.
    pub all_namespaces: bool,
    /// `-l`.
    pub selector: Option<String>,
    /// `--field-selector`, which not every verb has.
    pub field_selector: Option<String>,
    /// `--dry-run` as written, which not every verb has.
    pub dry_run: Option<String>,
}

impl Arguments {
    /// Whether objects are selected by their labels or fields.
    pub(super) fn selects(&self) -> bool {
        let is_set =
            |text: &Option<String>| text.as_ref().is_some_and(|text| !text.trim().is_empty());
        is_set(&self.selector) || is_set(&self.field_selector)
    }
}

/// The line is refused; these are the words on the error channel, with their line end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal(pub String);

/// Finds the verb of a line, and the words that are its own; `kubectl` or `k` may be left out.
pub(super) fn read(words: &[String]) -> Result<(&'static Verb, Vec<&str>), Refusal> {
    let words = words
        .iter()
        .map(String::as_str)
        .skip_while(|word| *word == "$");
    let mut words = words.peekable();
    words.next_if(|word| matches!(*word, "kubectl" | "k"));
    // Flags may come before the verb.
    let all: Vec<&str> = words.collect();
    let (before, rest) = all.split_at(flags_before_verb(&all));
    let Some((&name, after)) = rest.split_first() else {
        return Err(Refusal(help()));
    };
    let verb = verb_named(name).ok_or_else(|| no_verb(name))?;
    Ok((verb, [before, after].concat()))
}

/// The commands of kubectl that are not here.
const NOT_HERE: [&str; 20] = [
    "alpha",
    "api-versions",
    "attach",
    "auth",
    "autoscale",
    "certificate",
    "cluster-info",
    "completion",
    "config",
    "cp",
    "diff",
    "events",
    "kustomize",
    "options",
    "plugin",
    "proxy",
    "replace",
    "taint",
    "top",
    "wait",
];

/// The refusal of a word that is no verb here.
fn no_verb(name: &str) -> Refusal {
    Refusal(if NOT_HERE.contains(&name) {
        format!(
            "error: kubehop has no kubectl {name}; kubectl help lists the commands that are here\n"
        )
    } else {
        format!(
            "error: unknown command {name:?} for \"kubectl\"{}\n",
            suggestions(name)
        )
    })
}

/// Whether a line asks what a verb does; what is behind `--` is another program's.
pub(super) fn asks_for_help(words: &[&str]) -> bool {
    let mut own = words.iter().take_while(|word| **word != "--");
    own.any(|word| matches!(*word, "-h" | "--help"))
}

/// An example of a verb, and its flags.
pub(super) fn help_of(verb: &Verb) -> String {
    let flags: Vec<String> = (verb.flags)()
        .iter()
        .map(|name| format!("--{name}"))
        .collect();
    let flags = match flags.as_slice() {
        [] => String::new(),
        flags => format!("\nThese flags are here:\n  {}\n", flags.join(" ")),
    };
    format!("An example:\n  kubectl {}\n{flags}", verb.example)
}

/// The help about a verb by name: `kubectl help get`.
pub(super) fn help_about(name: &str) -> Result<String, Refusal> {
    verb_named(name).map(help_of).ok_or_else(|| no_verb(name))
}

fn verb_named(name: &str) -> Option<&'static Verb> {
    VERBS.iter().find(|verb| verb.name == name)
}

/// Whether kubectl has a verb, so that `kubectl` before it may be left out.
pub(in crate::console) fn is_verb(word: &str) -> bool {
    verb_named(word).is_some()
}

/// The names of the verbs.
pub(in crate::console) fn verbs() -> impl Iterator<Item = &'static str> {
    VERBS.iter().map(|verb| verb.name)
}

/// The names of the flags of a verb: `--namespace`.
pub(in crate::console) fn flags_of(verb: &str) -> Vec<String> {
    let flags = verb_named(verb).map_or_else(names::<NoFlags>, |verb| (verb.flags)());
    flags.iter().map(|name| format!("--{name}")).collect()
}

/// The verbs that cobra suggests instead: those of at most two changed letters, and those that begin so.
fn suggestions(typed: &str) -> String {
    let typed = typed.to_lowercase();
    let mut names: Vec<&str> = verbs()
        .chain(NOT_HERE)
        .filter(|name| name.starts_with(&typed) || distance(&typed, name) <= 2)
        .collect();
    if names.is_empty() {
        return "\nkubehop: kubectl help lists the commands that are here".to_owned();
    }
    crate::sort::sort(&mut names);
    format!("\n\nDid you mean this?\n\t{}", names.join("\n\t"))
}

/// How many letters are added, left out or changed between two words (Levenshtein).
fn distance(one: &str, other: &str) -> usize {
    let mut row: Vec<usize> = (0..=other.chars().count()).collect();
    for (above, letter) in one.chars().enumerate() {
        let mut before = above;
        row[0] = above + 1;
        for (column, own) in other.chars().enumerate() {
            let changed = before + usize::from(own != letter);
            before = row[column + 1];
            row[column + 1] = changed.min(before + 1).min(row[column] + 1);
        }
    }
    row.last().copied().unwrap_or_default()
}

/// The commands that there are, with an example of each.
pub(super) fn help() -> String {
    let (explaining, working): (Vec<&Verb>, Vec<&Verb>) = VERBS
        .iter()
        .partition(|verb| matches!(verb.run, Run::Refuse(_)));
    let lines = |verbs: Vec<&Verb>| -> String {
        let lines = verbs.into_iter().map(|verb| verb.example);
        lines
            .map(|example| format!("  kubectl {example}\n"))
            .collect()
    };
    format!(
        "kubectl controls the Kubernetes cluster manager.\n\nThese commands are here:\n{}\nThese only say why they do \
         nothing here:\n{}",
        lines(working),
        lines(explaining)
    )
}

#[cfg(test)]
mod tests {
    use super::super::flags;
    use super::super::get::GetFlags;
    use super::*;
    use crate::console::shell::words;

    /// Reads a line of `get`.
    fn get(line: &str) -> Result<(Arguments, GetFlags), Refusal> {
        let words = words(line);
        let (verb, words) = read(&words)?;
        assert_eq!(verb.name, "get", "{line}");
        flags::read(verb.name, &words)
    }

    #[test]
    fn flags_may_stand_anywhere_and_be_written_in_every_way() {
        let arguments = Arguments {
            words: vec!["svc".into(), "web".into()],
            namespace: Some("dev".into()),
            ..Arguments::default()
        };
        let flags = GetFlags {
            output: "wide".into(),
            ..GetFlags::default()
        };
        for line in [
            "kubectl get svc web -n dev -o wide",
            "k -n dev get svc web -owide",
            "$ kubectl get --namespace=dev svc --output wide web",
            "get svc -o=wide web -n=dev",
        ] {
            let read = get(line).expect("the flags are known");
            assert_eq!(read, (arguments.clone(), flags.clone()), "{line}");
        }
    }

    #[test]
    fn letters_may_stand_together() {
        let (arguments, flags) = get("kubectl get po -Aowide").expect("the flags are known");
        assert_eq!(
            (arguments.all_namespaces, flags.output.as_str()),
            (true, "wide")
        );
    }

    #[test]
    fn quotes_hold_a_selector_together() {
        let (arguments, _) = get("get po -l 'app in (a, b)'").expect("the flags are known");
        assert_eq!(arguments.selector.as_deref(), Some("app in (a, b)"));
    }

    #[test]
    fn what_kubectl_does_not_know_it_refuses_in_its_words() {
        let of_get = [
            (
                "kubectl get po --frob",
                "error: unknown flag: --frob\nSee 'kubectl get --help' for usage.\n",
            ),
            (
                "kubectl get po -n",
                "error: flag needs an argument: 'n' in -n\nSee 'kubectl get --help' for usage.\n",
            ),
        ];
        for (line, refusal) in of_get {
            assert_eq!(get(line), Err(Refusal(refusal.to_owned())), "{line}");
        }
        let described = flags::read::<NoFlags>("describe", &["po", "-o", "yaml"]);
        assert_eq!(
            described.err(),
            Some(Refusal(
                "error: unknown shorthand flag: 'o' in -o\nSee 'kubectl describe --help' for usage.\n"
                    .to_owned()
            ))
        );
        let refusal = |line: &str| match read(&words(line)) {
            Err(Refusal(refusal)) => refusal,
            Ok((verb, _)) => panic!("{line} is read as {}", verb.name),
        };
        assert!(
            refusal("kubectl frob")
                .starts_with("error: unknown command \"frob\" for \"kubectl\"\n")
        );
        assert_eq!(
            refusal("kubectl top pods"),
            "error: kubehop has no kubectl top; kubectl help lists the commands that are here\n"
        );
        assert_eq!(
            refusal("kubectl tpo"),
            "error: unknown command \"tpo\" for \"kubectl\"\n\nDid you mean this?\n\tcp\n\ttop\n"
        );
        assert_eq!(
            refusal("kubectl gte"),
            "error: unknown command \"gte\" for \"kubectl\"\n\nDid you mean this?\n\tget\n"
        );
    }
}
