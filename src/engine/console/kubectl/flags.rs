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
}

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
pub(super) const fn optional_value<T>(name: &'static str, set: fn(&mut T, &str)) -> Flag<T> {
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

/// The flags of every verb.
const COMMON_FLAGS: &[Flag<Arguments>] = &[NAMESPACE, ALL_NAMESPACES, SELECTOR];

/// The same for verbs that select objects by their fields, too.
pub(super) const COMMON_AND_FIELD_SELECTOR: &[Flag<Arguments>] =
    &[NAMESPACE, ALL_NAMESPACES, SELECTOR, FIELD_SELECTOR];

/// The flags of every verb, for verbs with `--dry-run`.
pub(super) const COMMON_AND_DRY_RUN: &[Flag<Arguments>] =
    &[NAMESPACE, ALL_NAMESPACES, SELECTOR, DRY_RUN];

/// The same for verbs that select objects by their fields, too.
pub(super) const COMMON_FIELD_SELECTOR_AND_DRY_RUN: &[Flag<Arguments>] =
    &[NAMESPACE, ALL_NAMESPACES, SELECTOR, FIELD_SELECTOR, DRY_RUN];

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
            .any(|flag| flag.default.is_none() && flag.is_written_alone(word));
        index += if wants_next { 2 } else { 1 };
    }
    index.min(words.len())
}

/// Reads the words behind a verb: its arguments and its flags.
pub(super) fn read<F: Flags>(verb: &str, words: &[&str]) -> Result<(Arguments, F), Refusal> {
    let see = |error: String| {
        Refusal(format!(
            "error: {error}\nSee 'kubectl {verb} --help' for usage.\n"
        ))
    };
    let (mut arguments, mut flags) = (Arguments::default(), F::default());
    let mut words = words.iter().copied();
    while let Some(word) = words.next() {
        if word == "--" {
            arguments.words.extend(words.by_ref().map(str::to_owned));
        } else if let Some(long) = word.strip_prefix("--") {
            read_long(&mut arguments, &mut flags, long, &mut words).map_err(see)?;
        } else if let Some(letters) = word.strip_prefix('-').filter(|letters| !letters.is_empty()) {
            read_letters(&mut arguments, &mut flags, letters, &mut words).map_err(see)?;
        } else {
            arguments.words.push(word.to_owned());
        }
    }
    Ok((arguments, flags))
}

fn read_long<'a, F: Flags>(
    arguments: &mut Arguments,
    flags: &mut F,
    text: &'a str,
    words: &mut impl Iterator<Item = &'a str>,
) -> Result<(), String> {
    let (name, value) = text
        .split_once('=')
        .map_or((text, None), |(name, value)| (name, Some(value)));
    let done = if let Some(flag) = F::OWN.iter().find(|flag| flag.name == name) {
        flag.set(flags, value, words)
    } else if let Some(flag) = F::COMMON.iter().find(|flag| flag.name == name) {
        flag.set(arguments, value, words)
    } else {
        return Err(format!("unknown flag: --{name}"));
    };
    done.map_err(|MissingValue| format!("flag needs an argument: --{name}"))
}

/// Letters may be combined, and the value of the last one may follow at once: `-Aowide`.
fn read_letters<'a, F: Flags>(
    arguments: &mut Arguments,
    flags: &mut F,
    letters: &'a str,
    words: &mut impl Iterator<Item = &'a str>,
) -> Result<(), String> {
    for (place, letter) in letters.char_indices() {
        let rest = &letters[place + letter.len_utf8()..];
        let is_meant = Some(letter);
        let done = if let Some(flag) = F::OWN.iter().find(|flag| flag.letter == is_meant) {
            flag.set_by_letter(flags, rest, words)
        } else if let Some(flag) = F::COMMON.iter().find(|flag| flag.letter == is_meant) {
            flag.set_by_letter(arguments, rest, words)
        } else {
            return Err(format!("unknown shorthand flag: '{letter}' in -{letters}"));
        };
        match done {
            Ok(Rest::Letters) => {}
            Ok(Rest::Value) => break,
            Err(MissingValue) => {
                return Err(format!("flag needs an argument: '{letter}' in -{letters}"));
            }
        }
    }
    Ok(())
}

/// A flag needs a value, and the line ends.
struct MissingValue;

/// What follows a letter in the same word.
enum Rest {
    Letters,
    Value,
}

impl<T> Flag<T> {
    fn is_written_alone(&self, word: &str) -> bool {
        let is_name = word
            .strip_prefix("--")
            .is_some_and(|name| name == self.name);
        is_name
            || self
                .letter
                .is_some_and(|letter| word == format!("-{letter}"))
    }

    /// Sets it to the value that follows `=`, to its default, or to the next word.
    fn set<'a>(
        &self,
        into: &mut T,
        value: Option<&'a str>,
        words: &mut impl Iterator<Item = &'a str>,
    ) -> Result<(), MissingValue> {
        let value = value.or(self.default).or_else(|| words.next());
        let value = value.ok_or(MissingValue)?;
        match self.set {
            Set::Nothing => {}
            Set::Switch(set) => set(into, value == ON),
            Set::Value(set) => set(into, value),
            Set::Text(field) => *field(into) = Some(value.to_owned()),
        }
        Ok(())
    }

    /// Sets it, its value being what follows the letter or the next word.
    fn set_by_letter<'a>(
        &self,
        into: &mut T,
        rest: &'a str,
        words: &mut impl Iterator<Item = &'a str>,
    ) -> Result<Rest, MissingValue> {
        if self.default.is_some() {
            self.set(into, None, words)?;
            return Ok(Rest::Letters);
        }
        let value = (!rest.is_empty()).then(|| rest.strip_prefix('=').unwrap_or(rest));
        self.set(into, value, words)?;
        Ok(Rest::Value)
    }
}
