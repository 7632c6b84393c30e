//! The flags of kubectl's verbs, separated from words as kubectl's own library does (`spf13/pflag`).
//!
//! A verb has a struct of its flags beside it, and a table of how they are written ([`Flags::OWN`]).

use super::command::{Arguments, Refusal};

/// The flags of a verb; the default is a line without any.
pub(super) trait Flags: Default + 'static {
    /// How they are written. They come before the common ones: `-l` of `run` is `--labels`.
    const OWN: &'static [Flag<Self>];

    /// Those that several verbs have.
    const COMMON: &'static [Flag<Arguments>] = COMMON_FLAGS;

    /// Those that kubectl has and that are not read here.
    const NOT_READ: &'static [NotRead] = &[];
}

/// A flag that is refused as one that kubehop does not read: its letter and its name.
pub(super) type NotRead = (Option<char>, &'static str);

/// A verb that has the common flags only.
#[derive(Default)]
pub(super) struct NoFlags;

impl Flags for NoFlags {
    const OWN: &'static [Flag<Self>] = &[];
}

/// A flag, and what it sets.
pub(super) struct Flag<T> {
    letter: Option<char>,
    name: &'static str,
    /// Its value if none is written (`NoOptDefVal` of pflag); without one, the next word is its value.
    default: Option<&'static str>,
    set: Set<T>,
}

/// How a flag is set.
enum Set<T> {
    /// It is known and changes nothing here.
    Nothing,
    Switch(fn(&mut T, bool)),
    /// The value is read.
    Value(fn(&mut T, &str)),
    /// The value is stored as it is.
    Text(fn(&mut T) -> &mut Option<String>),
}

/// A switch as pflag writes it if it is only there.
const ON: &str = "true";

/// A flag that is on by being there.
pub(super) const fn switch<T>(
    letter: Option<char>,
    name: &'static str,
    set: fn(&mut T, bool),
) -> Flag<T> {
    Flag {
        letter,
        name,
        default: Some(ON),
        set: Set::Switch(set),
    }
}

/// A flag with a value: the next word, or what follows `=`.
pub(super) const fn value<T>(
    letter: Option<char>,
    name: &'static str,
    set: fn(&mut T, &str),
) -> Flag<T> {
    Flag {
        letter,
        name,
        default: None,
        set: Set::Value(set),
    }
}

/// A flag whose value is stored as it is: the next word, or what follows `=`.
pub(super) const fn text_value<T>(
    letter: Option<char>,
    name: &'static str,
    field: fn(&mut T) -> &mut Option<String>,
) -> Flag<T> {
    Flag {
        letter,
        name,
        default: None,
        set: Set::Text(field),
    }
}

/// A flag whose value can only follow `=`, and is `true` without one.
const fn optional_value<T>(name: &'static str, set: fn(&mut T, &str)) -> Flag<T> {
    Flag {
        letter: None,
        name,
        default: Some(ON),
        set: Set::Value(set),
    }
}

/// A switch that changes nothing here.
pub(super) const fn ignored_switch<T>(letter: Option<char>, name: &'static str) -> Flag<T> {
    Flag {
        letter,
        name,
        default: Some(ON),
        set: Set::Nothing,
    }
}

/// A flag whose value changes nothing here.
pub(super) const fn ignored_value<T>(letter: Option<char>, name: &'static str) -> Flag<T> {
    Flag {
        letter,
        name,
        default: None,
        set: Set::Nothing,
    }
}

const NAMESPACE: Flag<Arguments> =
    text_value(Some('n'), "namespace", |arguments| &mut arguments.namespace);

const ALL_NAMESPACES: Flag<Arguments> = switch(Some('A'), "all-namespaces", |arguments, is_on| {
    arguments.all_namespaces = is_on;
});

const SELECTOR: Flag<Arguments> =
    text_value(Some('l'), "selector", |arguments| &mut arguments.selector);

const FIELD_SELECTOR: Flag<Arguments> = text_value(None, "field-selector", |arguments| {
    &mut arguments.field_selector
});

const DRY_RUN: Flag<Arguments> = optional_value("dry-run", |arguments, value| {
    arguments.dry_run = Some(value.to_owned());
});

/// The flags of verbs that select objects.
const COMMON_FLAGS: &[Flag<Arguments>] = &[NAMESPACE, ALL_NAMESPACES, SELECTOR];

/// The flags of verbs that take one object, or none.
pub(super) const NAMESPACE_ONLY: &[Flag<Arguments>] = &[NAMESPACE];

/// The flags of verbs that select objects of one namespace.
pub(super) const NAMESPACE_AND_SELECTOR: &[Flag<Arguments>] = &[NAMESPACE, SELECTOR];

/// The same for verbs that select objects by their fields, too.
pub(super) const COMMON_AND_FIELD_SELECTOR: &[Flag<Arguments>] =
    &[NAMESPACE, ALL_NAMESPACES, SELECTOR, FIELD_SELECTOR];

/// The flags of verbs that change or make one object.
pub(super) const NAMESPACE_AND_DRY_RUN: &[Flag<Arguments>] = &[NAMESPACE, DRY_RUN];

/// The flags of verbs that change objects of one namespace.
pub(super) const COMMON_AND_DRY_RUN: &[Flag<Arguments>] = &[NAMESPACE, SELECTOR, DRY_RUN];

/// The same for verbs that select objects by their fields, too.
pub(super) const COMMON_FIELD_SELECTOR_AND_DRY_RUN: &[Flag<Arguments>] =
    &[NAMESPACE, ALL_NAMESPACES, SELECTOR, FIELD_SELECTOR, DRY_RUN];

/// Flags of every verb that change nothing here.
const GLOBAL_FLAGS: &[Flag<Arguments>] = &[
    ignored_value(Some('v'), "v"),
    ignored_value(None, "cache-dir"),
    ignored_value(None, "kubeconfig"),
    ignored_value(None, "request-timeout"),
    ignored_switch(None, "disable-compression"),
    ignored_switch(None, "insecure-skip-tls-verify"),
    ignored_switch(None, "match-server-version"),
];

/// Flags of every verb that are not read here: there is one cluster, and one user. All but one have a value.
const GLOBAL_NOT_READ: &[NotRead] = &[
    (Some('s'), "server"),
    (None, "as"),
    (None, "as-group"),
    (None, "as-uid"),
    (None, "as-user-extra"),
    (None, "certificate-authority"),
    (None, "client-certificate"),
    (None, "client-key"),
    (None, "cluster"),
    (None, "context"),
    (None, "kuberc"),
    (None, "password"),
    (None, "profile"),
    (None, "profile-output"),
    (None, "tls-server-name"),
    (None, "token"),
    (None, "user"),
    (None, "username"),
    (None, WARNINGS_AS_ERRORS),
];

const WARNINGS_AS_ERRORS: &str = "warnings-as-errors";

/// Objects that are named by files.
pub(super) const FILENAME: NotRead = (Some('f'), "filename");

/// Objects that are named by a directory of Kustomize.
pub(super) const KUSTOMIZE: NotRead = (Some('k'), "kustomize");

/// Directories below the one that is named.
pub(super) const RECURSIVE: NotRead = (Some('R'), "recursive");

/// The form in which a changed object is printed.
pub(super) const OUTPUT: NotRead = (Some('o'), "output");

/// The names of a verb's flags.
pub(super) fn names<F: Flags>() -> Vec<&'static str> {
    let common = F::COMMON.iter().map(|flag| flag.name);
    common.chain(F::OWN.iter().map(|flag| flag.name)).collect()
}

/// How many of the words before a verb belong to it: flags of every verb with their values.
pub(super) fn flags_before_verb(words: &[&str]) -> usize {
    let mut index = 0;
    while let Some(word) = words.get(index).filter(|word| word.starts_with('-')) {
        let wants_next = COMMON_FLAGS
            .iter()
            .chain(GLOBAL_FLAGS)
            .any(|flag| flag.default.is_none() && flag.is_written_alone(word))
            || GLOBAL_NOT_READ.iter().any(|&(letter, name)| {
                name != WARNINGS_AS_ERRORS && is_written_alone(letter, name, word)
            });
        index += if wants_next { 2 } else { 1 };
    }
    index.min(words.len())
}

/// Whether a word is a flag without its value.
fn is_written_alone(letter: Option<char>, name: &str, word: &str) -> bool {
    word.strip_prefix("--").is_some_and(|own| own == name)
        || letter.is_some_and(|letter| word == format!("-{letter}"))
}

/// The refusal of a value that is no whole number (pflag's `InvalidValueError`).
pub(super) fn not_a_number(verb: &str, value: &str, flag: &str) -> Refusal {
    let why = format!("strconv.ParseInt: parsing {value:?}: invalid syntax");
    see(verb, &wrong_value(value, flag, &why))
}

/// The refusal of a flag that a command does not have.
pub(super) fn unknown_flag(verb: &str, name: &str) -> Refusal {
    see(verb, &format!("unknown flag: --{name}"))
}

fn wrong_value(value: &str, flag: &str, why: &str) -> String {
    format!("invalid argument {value:?} for {flag:?} flag: {why}")
}

/// A refusal of a flag, with where kubectl says to look.
fn see(verb: &str, error: &str) -> Refusal {
    Refusal(format!(
        "error: {error}\nSee 'kubectl {verb} --help' for usage.\n"
    ))
}

/// Reads the words behind a verb: its arguments and its flags.
pub(super) fn read<F: Flags>(verb: &str, words: &[&str]) -> Result<(Arguments, F), Refusal> {
    let (mut arguments, mut flags) = (Arguments::default(), F::default());
    let mut words = words.iter().copied();
    while let Some(word) = words.next() {
        if word == "--" {
            arguments.before_dashes = Some(arguments.words.len());
            arguments.words.extend(words.by_ref().map(str::to_owned));
        } else if let Some(long) = word.strip_prefix("--") {
            read_long(&mut arguments, &mut flags, long, &mut words)
                .map_err(|wrong| wrong.refusal(verb))?;
        } else if let Some(letters) = word.strip_prefix('-').filter(|letters| !letters.is_empty()) {
            read_letters(&mut arguments, &mut flags, letters, &mut words)
                .map_err(|wrong| wrong.refusal(verb))?;
        } else {
            arguments.words.push(word.to_owned());
        }
    }
    Ok((arguments, flags))
}

/// What is wrong with a flag.
enum Wrong {
    /// kubectl refuses it, in these words.
    Flag(String),
    /// kubectl has it.
    NotRead(&'static str),
}

impl Wrong {
    fn refusal(self, verb: &str) -> Refusal {
        match self {
            Wrong::Flag(words) => see(verb, &words),
            Wrong::NotRead(name) => Refusal(format!(
                "error: kubehop does not read --{name} of kubectl {verb}\n"
            )),
        }
    }
}

/// The name of a flag that kubectl has and that is not read here.
fn not_read<F: Flags>(is_meant: impl Fn(&NotRead) -> bool) -> Option<&'static str> {
    let mut flags = F::NOT_READ.iter().chain(GLOBAL_NOT_READ);
    flags.find(|flag| is_meant(flag)).map(|(_, name)| *name)
}

fn read_long<'a, F: Flags>(
    arguments: &mut Arguments,
    flags: &mut F,
    text: &'a str,
    words: &mut impl Iterator<Item = &'a str>,
) -> Result<(), Wrong> {
    let (name, value) = text
        .split_once('=')
        .map_or((text, None), |(name, value)| (name, Some(value)));
    let mut common = F::COMMON.iter().chain(GLOBAL_FLAGS);
    let done = if let Some(flag) = F::OWN.iter().find(|flag| flag.name == name) {
        flag.set(flags, value, words)
    } else if let Some(flag) = common.find(|flag| flag.name == name) {
        flag.set(arguments, value, words)
    } else {
        return Err(not_read::<F>(|(_, own)| *own == name).map_or_else(
            || Wrong::Flag(format!("unknown flag: --{name}")),
            Wrong::NotRead,
        ));
    };
    done.map_err(|wrong| match wrong {
        WrongValue::Missing => Wrong::Flag(format!("flag needs an argument: --{name}")),
        WrongValue::Words(words) => Wrong::Flag(words),
    })
}

/// Letters may be combined, and the value of the last one may follow at once: `-Aowide`.
fn read_letters<'a, F: Flags>(
    arguments: &mut Arguments,
    flags: &mut F,
    letters: &'a str,
    words: &mut impl Iterator<Item = &'a str>,
) -> Result<(), Wrong> {
    for (place, letter) in letters.char_indices() {
        let rest = &letters[place + letter.len_utf8()..];
        let is_meant = Some(letter);
        let mut common = F::COMMON.iter().chain(GLOBAL_FLAGS);
        let done = if let Some(flag) = F::OWN.iter().find(|flag| flag.letter == is_meant) {
            flag.set_by_letter(flags, rest, words)
        } else if let Some(flag) = common.find(|flag| flag.letter == is_meant) {
            flag.set_by_letter(arguments, rest, words)
        } else {
            let unknown =
                || Wrong::Flag(format!("unknown shorthand flag: '{letter}' in -{letters}"));
            return Err(
                not_read::<F>(|(own, _)| *own == is_meant).map_or_else(unknown, Wrong::NotRead)
            );
        };
        match done {
            Ok(Rest::Letters) => {}
            Ok(Rest::Value) => break,
            Err(WrongValue::Missing) => {
                return Err(Wrong::Flag(format!(
                    "flag needs an argument: '{letter}' in -{letters}"
                )));
            }
            Err(WrongValue::Words(words)) => return Err(Wrong::Flag(words)),
        }
    }
    Ok(())
}

/// What is wrong with the value of a flag.
enum WrongValue {
    /// The line ends before it.
    Missing,
    /// kubectl refuses it, in these words.
    Words(String),
}

/// What follows a letter in the same word.
enum Rest {
    Letters,
    Value,
}

impl<T> Flag<T> {
    fn is_written_alone(&self, word: &str) -> bool {
        is_written_alone(self.letter, self.name, word)
    }

    /// Sets it to the value that follows `=`, to its default, or to the next word.
    fn set<'a>(
        &self,
        into: &mut T,
        value: Option<&'a str>,
        words: &mut impl Iterator<Item = &'a str>,
    ) -> Result<(), WrongValue> {
        let value = value.or(self.default).or_else(|| words.next());
        let value = value.ok_or(WrongValue::Missing)?;
        match self.set {
            Set::Nothing => {}
            Set::Switch(set) => set(into, self.truth(value)?),
            Set::Value(set) => set(into, value),
            Set::Text(field) => *field(into) = Some(value.to_owned()),
        }
        Ok(())
    }

    /// The value of a switch (Go's `strconv.ParseBool`).
    fn truth(&self, value: &str) -> Result<bool, WrongValue> {
        match value {
            "1" | "t" | "T" | ON | "TRUE" | "True" => Ok(true),
            "0" | "f" | "F" | "false" | "FALSE" | "False" => Ok(false),
            _ => {
                let letter = self.letter.map(|letter| format!("-{letter}, "));
                let flag = format!("{}--{}", letter.unwrap_or_default(), self.name);
                let why = format!("strconv.ParseBool: parsing {value:?}: invalid syntax");
                Err(WrongValue::Words(wrong_value(value, &flag, &why)))
            }
        }
    }

    /// Sets it, its value being what follows the letter or the next word.
    fn set_by_letter<'a>(
        &self,
        into: &mut T,
        rest: &'a str,
        words: &mut impl Iterator<Item = &'a str>,
    ) -> Result<Rest, WrongValue> {
        let after_sign = rest.strip_prefix('=');
        if self.default.is_some() && after_sign.is_none() {
            self.set(into, None, words)?;
            return Ok(Rest::Letters);
        }
        let value = (!rest.is_empty()).then(|| after_sign.unwrap_or(rest));
        self.set(into, value, words)?;
        Ok(Rest::Value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Default)]
    struct TestFlags {
        is_on: bool,
    }

    impl Flags for TestFlags {
        const OWN: &'static [Flag<Self>] = &[switch(Some('x'), "extra", |flags, is_on| {
            flags.is_on = is_on;
        })];

        const NOT_READ: &'static [NotRead] = &[(Some('f'), "filename")];
    }

    fn refusal(words: &[&str]) -> String {
        match read::<TestFlags>("get", words) {
            Ok((_, flags)) => flags.is_on.to_string(),
            Err(Refusal(words)) => words,
        }
    }

    #[test]
    fn a_switch_is_written_as_go_reads_truth_values() {
        for (word, is_on) in [
            ("--extra", "true"),
            ("--extra=T", "true"),
            ("--extra=0", "false"),
            ("-x=false", "false"),
        ] {
            assert_eq!(refusal(&[word]), is_on, "{word}");
        }
        assert_eq!(
            refusal(&["--extra=maybe"]),
            "error: invalid argument \"maybe\" for \"-x, --extra\" flag: strconv.ParseBool: parsing \"maybe\": \
             invalid syntax\nSee 'kubectl get --help' for usage.\n"
        );
    }

    #[test]
    fn a_flag_of_kubectl_that_is_not_read_is_not_called_unknown() {
        let not_read =
            |name: &str| format!("error: kubehop does not read --{name} of kubectl get\n");
        assert_eq!(refusal(&["-f", "a.yaml"]), not_read("filename"));
        assert_eq!(refusal(&["--context=a"]), not_read("context"));
        assert_eq!(refusal(&["--request-timeout", "5s", "-x"]), "true");
        assert_eq!(
            flags_before_verb(&["--context", "a", "-v=6", "-n", "b", "get"]),
            5
        );
        assert!(refusal(&["--frob"]).starts_with("error: unknown flag: --frob\n"));
    }

    #[test]
    fn the_words_before_two_dashes_are_counted() {
        let count = |words: &[&str]| {
            let read = read::<TestFlags>("exec", words);
            read.map(|(arguments, _)| (arguments.before_dashes, arguments.words.len()))
        };
        assert_eq!(count(&["pod", "--", "curl", "-x"]), Ok((Some(1), 3)));
        assert_eq!(count(&["pod", "curl"]), Ok((None, 2)));
    }
}
