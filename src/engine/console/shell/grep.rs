//! `grep`, and `ag` as people use it behind a pipe.

use regex_lite::{Regex, RegexBuilder};

use super::ProgramError;

/// How lines are searched.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Search {
    ignore_case: bool,
    invert: bool,
    count: bool,
    numbers: bool,
    whole_words: bool,
    syntax: Syntax,
}

/// What the pattern is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Syntax {
    /// `+`, `|`, `(` mean themselves unless a backslash is before them.
    #[default]
    Basic,
    /// `grep -E`, and `ag`.
    Extended,
    /// `grep -F`.
    Fixed,
}

/// `grep [-ivcnwEF] PATTERN`.
pub(in crate::console) fn grep(arguments: &[String], input: &str) -> Result<String, ProgramError> {
    let (search, words) = options("grep", arguments, Search::default())?;
    let Some((pattern, files)) = words.split_first() else {
        let usage = "Usage: grep [OPTION]... PATTERNS [FILE]...";
        return Err(ProgramError(usage.to_owned()));
    };
    super::filters::no_files("grep", files)?;
    lines(search, "grep", pattern, input)
}

/// `ag [-ivcw] PATTERN`: extended syntax, and the case counts only if the pattern has a capital letter.
pub(in crate::console) fn ag(arguments: &[String], input: &str) -> Result<String, ProgramError> {
    let extended = Search {
        syntax: Syntax::Extended,
        ..Search::default()
    };
    let (mut search, words) = options("ag", arguments, extended)?;
    let Some((pattern, files)) = words.split_first() else {
        let usage = "ERR: What do you want to search for?";
        return Err(ProgramError(usage.to_owned()));
    };
    super::filters::no_files("ag", files)?;
    search.ignore_case |= !pattern.chars().any(char::is_uppercase);
    lines(search, "ag", pattern, input)
}

fn options<'a>(
    program: &str,
    arguments: &'a [String],
    mut search: Search,
) -> Result<(Search, Vec<&'a str>), ProgramError> {
    let mut words = Vec::new();
    let mut is_over = false;
    for argument in arguments {
        let letters = argument.strip_prefix('-').filter(|rest| !rest.is_empty());
        match letters {
            Some("-") if !is_over => is_over = true,
            Some(letters) if !is_over => {
                for letter in letters.chars() {
                    set(&mut search, letter)
                        .ok_or_else(|| super::filters::invalid_option(program, letter))?;
                }
            }
            _ => words.push(argument.as_str()),
        }
    }
    Ok((search, words))
}

/// Sets the option of a letter; `None` if there is no such option.
fn set(search: &mut Search, letter: char) -> Option<()> {
    match letter {
        'i' => search.ignore_case = true,
        'v' => search.invert = true,
        'c' => search.count = true,
        'n' => search.numbers = true,
        'w' => search.whole_words = true,
        'E' => search.syntax = Syntax::Extended,
        'F' => search.syntax = Syntax::Fixed,
        _ => return None,
    }
    Some(())
}

fn lines(
    search: Search,
    program: &str,
    pattern: &str,
    input: &str,
) -> Result<String, ProgramError> {
    let regex = compiled(search, pattern)
        .ok_or_else(|| ProgramError(format!("{program}: invalid pattern: {pattern}")))?;
    let matching = input
        .lines()
        .enumerate()
        .filter(|(_, line)| regex.is_match(line) != search.invert);
    if search.count {
        return Ok(format!("{}\n", matching.count()));
    }
    let line = |(index, line): (usize, &str)| {
        if search.numbers {
            format!("{}:{line}\n", index + 1)
        } else {
            format!("{line}\n")
        }
    };
    Ok(matching.map(line).collect())
}

/// The pattern; `None` if it is not valid.
fn compiled(search: Search, pattern: &str) -> Option<Regex> {
    let pattern = match search.syntax {
        Syntax::Fixed => regex_lite::escape(pattern),
        Syntax::Extended => pattern.to_owned(),
        Syntax::Basic => extended(pattern),
    };
    let pattern = if search.whole_words {
        format!(r"\b(?:{pattern})\b")
    } else {
        pattern
    };
    let mut builder = RegexBuilder::new(&pattern);
    builder.case_insensitive(search.ignore_case).build().ok()
}

/// A basic pattern in extended syntax: `a|b` matches that text, `a\|b` either letter.
pub(super) fn extended(basic: &str) -> String {
    let mut pattern = String::new();
    let mut letters = basic.chars();
    while let Some(letter) = letters.next() {
        match letter {
            '+' | '?' | '|' | '(' | ')' | '{' | '}' => {
                pattern.push('\\');
                pattern.push(letter);
            }
            '\\' => match letters.next() {
                Some(next @ ('+' | '?' | '|' | '(' | ')' | '{' | '}')) => pattern.push(next),
                Some(next) => {
                    pattern.push('\\');
                    pattern.push(next);
                }
                None => pattern.push_str("\\\\"),
            },
            letter => pattern.push(letter),
        }
    }
    pattern
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_option_does_what_greps_does() {
        let input = "Alpha\nbeta\nalpha+beta\n";
        for (arguments, wanted) in [
            (&["alpha"][..], "alpha+beta\n"),
            (&["-i", "ALPHA"], "Alpha\nalpha+beta\n"),
            (&["-vi", "alpha"], "beta\n"),
            (&["-c", "a$"], "3\n"),
            (&["-n", "beta"], "2:beta\n3:alpha+beta\n"),
            (&["a+b"], "alpha+beta\n"),
            (&["-E", "A|^b"], "Alpha\nbeta\n"),
            (&[r"A\|^b"], "Alpha\nbeta\n"),
            (&["-F", "a+b"], "alpha+beta\n"),
            (&["-w", "bet"], ""),
            (&["--", "-x"], ""),
        ] {
            let arguments: Vec<String> = arguments.iter().map(ToString::to_string).collect();
            assert_eq!(
                grep(&arguments, input).as_deref(),
                Ok(wanted),
                "{arguments:?}"
            );
        }
        let smart = |pattern: &str| ag(&[pattern.to_owned()], input);
        assert_eq!(smart("alpha").as_deref(), Ok("Alpha\nalpha+beta\n"));
        assert_eq!(smart("Alpha").as_deref(), Ok("Alpha\n"));
        assert!(smart("(").is_err());
    }
}
