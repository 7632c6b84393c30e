//! `sed` and `tr` behind a pipe.

use regex_lite::{Captures, Regex};

use super::ProgramError;
use super::grep::{Syntax, extended};

/// `sed [-n] [-E] SCRIPT` with one command: `s/a/b/g`, `2p`, `2,5d`, `/text/p`, `$p`.
pub(in crate::console) fn sed(arguments: &[String], input: &str) -> Result<String, ProgramError> {
    let (mut is_quiet, mut syntax, mut script) = (false, Syntax::Basic, None);
    for argument in arguments {
        match argument.as_str() {
            "-n" => is_quiet = true,
            "-E" | "-r" => syntax = Syntax::Extended,
            "-e" => {}
            own if script.is_none() && !own.starts_with('-') => script = Some(own),
            _ => return Err(wrong()),
        }
    }
    let script = script.ok_or_else(wrong)?.trim();
    let (range, action) = Range::read(script, syntax).ok_or_else(wrong)?;
    let action = Action::read(action, syntax).ok_or_else(wrong)?;
    let last = input.lines().count();
    let mut text = String::new();
    for (number, line) in (1..).zip(input.lines()) {
        let is_meant = range.has(number, last, line);
        let (mut own, mut prints) = (line.to_owned(), false);
        match &action {
            Action::Delete if is_meant => continue,
            Action::Print => prints = is_meant,
            Action::Substitute(substitution) if is_meant => {
                (own, prints) = substitution.of(line);
            }
            Action::Delete | Action::Substitute(_) => {}
        }
        let count = usize::from(!is_quiet) + usize::from(prints);
        text += &format!("{own}\n").repeat(count);
    }
    Ok(text)
}

fn wrong() -> ProgramError {
    ProgramError(
        "sed: kubehop reads sed [-n] [-E] 's/A/B/[gip]', 'N[,M]p', 'N[,M]d', '/A/p'".to_owned(),
    )
}

enum Range {
    All,
    /// From a line to another; `usize::MAX` is `$`.
    Lines(usize, usize),
    Matching(Regex),
}

impl Range {
    /// The range, and the command behind it.
    fn read(script: &str, syntax: Syntax) -> Option<(Range, &str)> {
        if let Some(rest) = script.strip_prefix('/') {
            let (pattern, action) = rest.split_once('/')?;
            return Some((Range::Matching(regex(pattern, syntax, false)?), action));
        }
        let end = script.find(|letter: char| letter.is_ascii_alphabetic())?;
        let (range, action) = script.split_at(end);
        let line = |text: &str| match text.trim() {
            "$" => Some(usize::MAX),
            number => number.parse().ok(),
        };
        let range = match range.split_once(',') {
            _ if range.trim().is_empty() => Range::All,
            Some((first, last)) => Range::Lines(line(first)?, line(last)?),
            None => Range::Lines(line(range)?, line(range)?),
        };
        Some((range, action))
    }

    fn has(&self, number: usize, last: usize, line: &str) -> bool {
        match self {
            Range::All => true,
            // A range whose end is before its start is its first line.
            Range::Lines(from, to) => {
                let from = (*from).min(if *from == usize::MAX { last } else { *from });
                from == number || (from..=*to).contains(&number)
            }
            Range::Matching(regex) => regex.is_match(line),
        }
    }
}

enum Action {
    Print,
    Delete,
    Substitute(Substitution),
}

struct Substitution {
    regex: Regex,
    new: String,
    is_global: bool,
    prints: bool,
}

impl Action {
    fn read(text: &str, syntax: Syntax) -> Option<Action> {
        match text.trim() {
            "p" => Some(Action::Print),
            "d" => Some(Action::Delete),
            own => {
                let rest = own.strip_prefix('s')?;
                let sign = rest.chars().next()?;
                let mut parts = rest[sign.len_utf8()..].split(sign);
                let (old, new, flags) = (parts.next()?, parts.next()?, parts.next()?);
                if parts.next().is_some() || flags.chars().any(|flag| !"gipI".contains(flag)) {
                    return None;
                }
                Some(Action::Substitute(Substitution {
                    regex: regex(old, syntax, flags.contains(['i', 'I']))?,
                    new: new.to_owned(),
                    is_global: flags.contains('g'),
                    prints: flags.contains('p'),
                }))
            }
        }
    }
}

impl Substitution {
    /// The line after it, and whether it is printed once more.
    fn of(&self, line: &str) -> (String, bool) {
        let count = usize::from(!self.is_global);
        let new = self
            .regex
            .replacen(line, count, |found: &Captures<'_>| self.replacement(found));
        (new.into_owned(), self.prints && self.regex.is_match(line))
    }

    /// What replaces a match: `&` and `\0` are the match, `\1` is its first group.
    fn replacement(&self, found: &Captures<'_>) -> String {
        let group = |index: usize| found.get(index).map_or("", |own| own.as_str());
        let mut text = String::new();
        let mut letters = self.new.chars();
        while let Some(letter) = letters.next() {
            match letter {
                '&' => text += group(0),
                '\\' => match letters.next() {
                    Some('n') => text.push('\n'),
                    Some(next) => match next.to_digit(10) {
                        Some(index) => text += group(index as usize),
                        None => text.push(next),
                    },
                    None => {}
                },
                letter => text.push(letter),
            }
        }
        text
    }
}

fn regex(pattern: &str, syntax: Syntax, ignore_case: bool) -> Option<Regex> {
    let pattern = match syntax {
        Syntax::Basic => extended(pattern),
        Syntax::Extended | Syntax::Fixed => pattern.to_owned(),
    };
    let flags = if ignore_case { "(?i)" } else { "" };
    Regex::new(&format!("{flags}{pattern}")).ok()
}

/// `tr SET SET`, `tr -d SET`, `tr -s SET`.
pub(in crate::console) fn tr(arguments: &[String], input: &str) -> Result<String, ProgramError> {
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["-d", from] => {
            let from = set(from);
            Ok(input
                .chars()
                .filter(|letter| !from.contains(letter))
                .collect())
        }
        ["-s", of] => {
            let of = set(of);
            let mut before = None;
            let is_first =
                |letter: &char| before.replace(*letter) != Some(*letter) || !of.contains(letter);
            Ok(input.chars().filter(is_first).collect())
        }
        [from, to] if !from.starts_with('-') || from.len() == 1 => {
            let (from, to) = (set(from), set(to));
            let other = |letter: char| {
                let place = from.iter().rposition(|own| *own == letter);
                let place = place.map(|place| place.min(to.len().saturating_sub(1)));
                place
                    .and_then(|place| to.get(place))
                    .copied()
                    .unwrap_or(letter)
            };
            Ok(input.chars().map(other).collect())
        }
        _ => Err(ProgramError(
            "tr: kubehop reads tr SET SET, tr -d SET, tr -s SET".to_owned(),
        )),
    }
}

/// The letters of `a-z`, `\n`, `,`.
fn set(text: &str) -> Vec<char> {
    let text = text.replace("\\n", "\n").replace("\\t", "\t");
    let text = text.replace("[:upper:]", "A-Z").replace("[:lower:]", "a-z");
    let letters: Vec<char> = text.chars().collect();
    let mut set = Vec::new();
    let mut rest = letters.as_slice();
    loop {
        rest = match rest {
            [first, '-', last, rest @ ..] => {
                set.extend(*first..=*last);
                rest
            }
            [letter, rest @ ..] => {
                set.push(*letter);
                rest
            }
            [] => return set,
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sed_and_tr_write_what_the_real_ones_do() {
        let input = "alpha 1\nbeta 2\nBeta 3\n";
        let run = |line: &str| {
            let words = super::super::words(line);
            let (name, rest) = words.split_first().expect("a program");
            let done = if name == "tr" {
                tr(rest, input)
            } else {
                sed(rest, input)
            };
            done.unwrap_or_else(|ProgramError(why)| why)
        };
        for (line, wanted) in [
            ("sed s/a/o/", "olpha 1\nbeto 2\nBeto 3\n"),
            ("sed s/a/o/g", "olpho 1\nbeto 2\nBeto 3\n"),
            ("sed -n s/beta/x/ip", "x 2\nx 3\n"),
            (
                r"sed 's/\([a-z]*\) \(.\)/\2 <&>/'",
                "1 <alpha 1>\n2 <beta 2>\nB3 <eta 3>\n",
            ),
            ("sed -E 's|(.*) (.)|\\2|'", "1\n2\n3\n"),
            ("sed -n 2p", "beta 2\n"),
            ("sed -n 2,3p", "beta 2\nBeta 3\n"),
            ("sed -n '$p'", "Beta 3\n"),
            ("sed 1d", "beta 2\nBeta 3\n"),
            ("sed '2,$d'", "alpha 1\n"),
            ("sed -n /eta/p", "beta 2\nBeta 3\n"),
            ("tr a-z A-Z", "ALPHA 1\nBETA 2\nBETA 3\n"),
            ("tr -d '\\n0-9'", "alpha beta Beta "),
            ("tr ' ' '\\n'", "alpha\n1\nbeta\n2\nBeta\n3\n"),
            ("tr -s a-z", input),
        ] {
            assert_eq!(run(line), wanted, "{line}");
        }
        assert!(run("sed y/a/b/").starts_with("sed: kubehop reads "));
    }
}
