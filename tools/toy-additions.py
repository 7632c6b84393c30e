#!/usr/bin/env python3
"""What adding a kind, a device, a verdict or a cause touches: `make places`, or `tools/toy-additions.py verdict`.

A toy of each sort is added to a copy of the last commit, and the files that changed are counted. What a person would
begin with is written here; the compiler says the rest: wherever a `match` lacks the new variant, the arm that rustc
suggests is taken over, until everything compiles. docs/decisions/014-toy-additions.md says why.
"""
import json
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
COPY = ROOT / "target" / "toy-additions"
MOST_ROUNDS = 8



def said(file, message):
    """A message in both languages."""
    return [(f"static/messages/{language}/{file}.ftl", None, message) for language in ("en", "ko")]


KIND = """//! `v1 LimitRange`.

use super::spec::KindSpec;
use crate::api_resources::built_in;
use crate::apiserver::errors::required;

/// `v1 LimitRange`.
pub(super) static SPEC: KindSpec = KindSpec {
    validate: |object| {
        let limits = object.at(&["spec", "limits"]);
        if limits.is_empty() { vec![required(&limits.path, "")] } else { Vec::new() }
    },
    ..KindSpec::new(built_in("", "LimitRange"), "v1")
};
"""

DEVICE = """//! A toy that passes everything on.

use super::step::{Fate, Position, Step};
use crate::netfilter::Packet;

/// A packet reached the toy.
pub(crate) fn pass(packet: Packet) -> Step<'static> {
    Step::silent(Fate::Forward { to: Position::Outside, packet })
}
"""

CAUSE = """//! A toy that is the cause of nothing.

use crate::causes::cause::Cause;
use crate::causes::survey::Survey;
use crate::diagnostic::{Fault, NameFault};

/// Nothing fails because of it.
pub(in crate::causes) fn check(survey: &Survey) -> Vec<Cause> {
    let names = survey.resolved.cluster.services.keys().filter(|_| false);
    let fault = |name: String| Fault::Name(NameFault::Toy { name });
    names.map(|name| Cause::certain(fault(name.to_string()), Vec::new())).collect()
}
"""

# For each sort: the files that a person writes, and lines that follow a line of a file (the end of the file for None).
TOYS = {
    "kind": (
        {"src/engine/kinds/limit_range.rs": KIND},
        [
            ("src/engine/kinds/mod.rs", "    Job => job,", "    LimitRange => limit_range,"),
            ("src/engine/manifest/fields.txt", "v1 Endpoints core.Endpoints", "v1 LimitRange core.LimitRange"),
            ("src/engine/manifest/fields.txt", None, "core.LimitRange metadata:meta.ObjectMeta"),
        ],
    ),
    "device": (
        {"src/engine/network/toy.rs": DEVICE},
        [
            ("src/engine/network/mod.rs", "mod topology;", "pub(crate) mod toy;"),
            ("src/engine/network/device.rs", "pub enum Device {", "    /// A toy.\n    Toy(String),"),
            (
                "src/engine/network/step.rs",
                "pub(crate) enum Position<'a> {",
                "    /// A toy.\n    Toy(&'a str),",
            ),
        ]
        + said("reasons", "reason-toy = Toy\n    .stop = Toy")
        + [("src/engine/network/reason.rs", "pub enum Reason {", "    /// A toy passes it on.\n    Toy {},")],
    ),
    "verdict": (
        {},
        [
            (
                "src/engine/network/verdict.rs",
                "pub enum Verdict {",
                "    /// A toy.\n    Toy {\n        /// Why.\n        why: Failure,\n    },",
            ),
        ]
        + said("verdicts", "verdict-toy = Toy"),
    ),
    "cause": (
        {"src/engine/causes/names/toy.rs": CAUSE},
        [
            ("src/engine/causes/mod.rs", "    pub(super) mod stateful_set_name;", "    pub(super) mod toy;"),
            ("src/engine/causes/mod.rs", "    names::stateful_set_name::check,", "    names::toy::check,"),
            (
                "src/engine/diagnostic/fault/names.rs",
                "pub enum NameFault {",
                "    /// A toy.\n    Toy {\n        /// The name.\n        name: String,\n    },",
            ),
        ]
        + said("faults/names", "problem-toy = Toy { $name }"),
    ),
}

SAID = {
    "kind": "a kind that is stored and validated",
    "device": "a device, its reason included",
    "verdict": "a verdict, the device that gives it not counted",
    "cause": "a cause",
}


def run(*command, where=COPY):
    done = subprocess.run(command, cwd=where, capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit(f"toy-additions: {' '.join(command)}\n{done.stderr}")
    return done.stdout


def prepare():
    """A clean copy of the last commit."""
    head = run("git", "rev-parse", "HEAD", where=ROOT).strip()
    if not COPY.exists():
        run("git", "worktree", "prune", where=ROOT)
        run("git", "worktree", "add", "--detach", str(COPY), head, where=ROOT)
    run("git", "reset", "--quiet", "--hard", head)
    run("git", "clean", "--quiet", "-fd", "src")


def add(files, lines):
    for name, text in files.items():
        (COPY / name).write_text(text)
    for name, after, more in lines:
        text = (COPY / name).read_text()
        if after is None:
            text = f"{text}{more}\n"
        elif text.count(f"{after}\n") == 1:
            text = text.replace(f"{after}\n", f"{after}\n{more}\n")
        else:
            sys.exit(f"toy-additions: {name} has not one line {after!r}: write its toy anew in this script")
        (COPY / name).write_text(text)


def complaints():
    """The errors of the compiler, each with its message and the edits that would mend it."""
    command = ["cargo", "check", "--quiet", "--offline", "--bin", "kubehop", "--message-format=json"]
    command += ["--target-dir", str(ROOT / "target")]
    done = subprocess.run(command, cwd=COPY, capture_output=True, text=True)
    for line in done.stdout.splitlines():
        message = json.loads(line).get("message") or {}
        if message.get("level") != "error" or not message.get("code"):
            continue
        spans = [span for child in message["children"] for span in child["spans"]]
        edits = [span for span in spans if span["suggested_replacement"] is not None]
        yield message["code"]["code"], message["rendered"], edits


def add_missing_arms():
    """Takes over the arms that rustc suggests; says whether there were any."""
    edits = set()
    for code, rendered, suggested in complaints():
        if code != "E0004" or not suggested:
            sys.exit(f"toy-additions: the toy does not compile; write it anew in this script\n{rendered}")
        for span in suggested:
            place = (span["file_name"], span["byte_start"], span["byte_end"])
            # rustc writes the path of the enum as its crate knows it; files import the enum.
            edits.add((*place, re.sub(r"(?:\w+::)+(\w+::\w+)", r"\1", span["suggested_replacement"])))
    for name, start, end, text in sorted(edits, reverse=True):
        source = (COPY / name).read_bytes()
        (COPY / name).write_bytes(source[:start] + text.encode() + source[end:])
    return bool(edits)


def touched():
    lines = run("git", "status", "--porcelain", "--untracked-files=all").splitlines()
    return sorted((line[3:], line[:2].strip() == "??") for line in lines)


def main():
    for sort in sys.argv[1:] or TOYS:
        prepare()
        add(*TOYS[sort])
        for _ in range(MOST_ROUNDS):
            if not add_missing_arms():
                break
        files = touched()
        print(f"{SAID[sort]}: {len(files)} files")
        for name, is_new in files:
            print(f"  {'new ' if is_new else '    '}{name}")
    run("git", "worktree", "remove", "--force", str(COPY), where=ROOT)


main()
