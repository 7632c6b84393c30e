//! The flags of kubectl's verbs, told apart from words as kubectl's own library does (`spf13/pflag`).

use super::command::Request;

/// A flag: its letter, its name, and whether a value belongs to it.
pub(super) struct Flag {
    pub(super) letter: Option<char>,
    pub(super) name: &'static str,
    pub(super) value: Wants,
}

/// Whether a flag wants a value.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Wants {
    /// It is on by being there.
    Nothing,
    /// The next word, or what follows `=`.
    Value,
}

/// What a flag does to the request.
pub(super) type Set = fn(&mut Request, &str);

/// A flag that is known and changes nothing here.
const NO_EFFECT: Set = |_, _| ();

const FIELD_SELECTOR: Set = |request, value| request.field_selector = Some(value.to_owned());

/// `--dry-run=client`.
const DRY_RUN: (Flag, Set) = (long("dry-run", Wants::Nothing), |request, value| {
    request.dry_run = Some(value.to_owned());
});

pub(super) const FLAGS: &[(Flag, Set)] = &[
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
pub(super) const GET_FLAGS: &[(Flag, Set)] = &[
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
    (flag('w', "watch", Wants::Nothing), |request, value| {
        request.watch = value == "true";
    }),
    (long("field-selector", Wants::Value), FIELD_SELECTOR),
    (long("sort-by", Wants::Value), |request, value| {
        request.order_path = Some(value.to_owned());
    }),
    (long("no-headers", Wants::Nothing), |request, value| {
        request.no_headers = value == "true";
    }),
    (
        long("ignore-not-found", Wants::Nothing),
        |request, value| request.ignore_not_found = value == "true",
    ),
];

/// The flags that only `exec` has; there is no process to type into.
pub(super) const EXEC_FLAGS: &[(Flag, Set)] = &[
    (flag('c', "container", Wants::Value), |request, value| {
        request.container = Some(value.to_owned());
    }),
    (flag('i', "stdin", Wants::Nothing), |_, _| ()),
    (flag('t', "tty", Wants::Nothing), |_, _| ()),
];

pub(super) const EXPLAIN_FLAGS: &[(Flag, Set)] =
    &[(long("recursive", Wants::Nothing), |request, value| {
        request.recursive = value == "true";
    })];

pub(super) const DEBUG_FLAGS: &[(Flag, Set)] = &[
    (long("image", Wants::Value), |request, value| {
        request.value = Some(value.to_owned());
    }),
    (long("profile", Wants::Value), NO_EFFECT),
    (flag('i', "stdin", Wants::Nothing), NO_EFFECT),
    (flag('t', "tty", Wants::Nothing), NO_EFFECT),
];

pub(super) const DELETE_FLAGS: &[(Flag, Set)] = &[
    DRY_RUN,
    (long("field-selector", Wants::Value), FIELD_SELECTOR),
    (long("all", Wants::Nothing), |request, value| {
        request.all = value == "true";
    }),
    (long("wait", Wants::Nothing), |request, value| {
        request.does_not_wait = value == "false";
    }),
    (
        long("ignore-not-found", Wants::Nothing),
        |request, value| {
            request.ignore_not_found = value == "true";
        },
    ),
    (long("force", Wants::Nothing), |request, value| {
        request.force = value == "true";
    }),
    (long("now", Wants::Nothing), NO_EFFECT),
    (long("grace-period", Wants::Value), NO_EFFECT),
];

pub(super) const SCALE_FLAGS: &[(Flag, Set)] = &[
    DRY_RUN,
    (long("replicas", Wants::Value), |request, value| {
        request.replicas = Some(value.to_owned());
    }),
];

pub(super) const SET_FLAGS: &[(Flag, Set)] = &[DRY_RUN];

pub(super) const CHANGE_FLAGS: &[(Flag, Set)] = &[
    DRY_RUN,
    (long("field-selector", Wants::Value), FIELD_SELECTOR),
    (long("overwrite", Wants::Nothing), |request, value| {
        request.overwrite = value == "true";
    }),
    (long("all", Wants::Nothing), |request, value| {
        request.all = value == "true";
    }),
];

pub(super) const DRAIN_FLAGS: &[(Flag, Set)] = &[
    (
        long("ignore-daemonsets", Wants::Nothing),
        |request, value| {
            request.ignore_daemon_sets = value == "true";
        },
    ),
    (long("force", Wants::Nothing), |request, value| {
        request.force = value == "true";
    }),
    (long("delete-emptydir-data", Wants::Nothing), NO_EFFECT),
];

pub(super) const APPLY_FLAGS: &[(Flag, Set)] = &[DRY_RUN, FILENAME];

/// An option that is kept by its name.
macro_rules! kept {
    ($name:literal, $wants:ident) => {
        (long($name, Wants::$wants), |request, value| {
            request.options.push(($name, value.to_owned()));
        })
    };
    ($letter:literal, $name:literal, $wants:ident) => {
        (flag($letter, $name, Wants::$wants), |request, value| {
            request.options.push(($name, value.to_owned()));
        })
    };
}

const FILENAME: (Flag, Set) = (flag('f', "filename", Wants::Value), |request, value| {
    request.value = Some(value.to_owned());
});

pub(super) const CREATE_FLAGS: &[(Flag, Set)] = &[
    DRY_RUN,
    FILENAME,
    (flag('r', "replicas", Wants::Value), |request, value| {
        request.replicas = Some(value.to_owned());
    }),
    kept!("image", Value),
    kept!("port", Value),
    kept!("tcp", Value),
    kept!("node-port", Value),
    kept!("clusterip", Value),
    kept!("external-name", Value),
];

pub(super) const RUN_FLAGS: &[(Flag, Set)] = &[
    DRY_RUN,
    // Here `-l` is not a selector.
    (flag('l', "labels", Wants::Value), |request, value| {
        request.selector = Some(value.to_owned());
    }),
    kept!("image", Value),
    kept!("port", Value),
    kept!("env", Value),
    kept!("restart", Value),
    kept!("command", Nothing),
    kept!("rm", Nothing),
    kept!('i', "stdin", Nothing),
    kept!('t', "tty", Nothing),
];

pub(super) const EXPOSE_FLAGS: &[(Flag, Set)] = &[
    DRY_RUN,
    kept!('l', "labels", Value),
    kept!("name", Value),
    kept!("port", Value),
    kept!("target-port", Value),
    kept!("protocol", Value),
    kept!("type", Value),
    kept!("cluster-ip", Value),
    kept!("external-ip", Value),
    kept!("session-affinity", Value),
];

pub(super) const PATCH_FLAGS: &[(Flag, Set)] =
    &[DRY_RUN, kept!('p', "patch", Value), kept!("type", Value)];

pub(super) const LOGS_FLAGS: &[(Flag, Set)] = &[
    (flag('c', "container", Wants::Value), NO_EFFECT),
    (flag('f', "follow", Wants::Nothing), NO_EFFECT),
    (flag('p', "previous", Wants::Nothing), NO_EFFECT),
    (long("tail", Wants::Value), NO_EFFECT),
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

pub(super) fn long_flag<'a>(
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
        .rev()
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
pub(super) fn short_flags<'a>(
    request: &mut Request,
    letters: &'a str,
    words: &mut impl Iterator<Item = &'a str>,
    flags: &[&'static [(Flag, Set)]],
) -> Result<(), String> {
    for (place, letter) in letters.char_indices() {
        let found = flags
            .iter()
            .rev()
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
