//! `head`, `tail`, `wc`, `sort` and `uniq` behind a pipe.

use super::ProgramError;
use crate::sort;

/// How many lines `head` and `tail` print.
const LINES: usize = 10;

/// `uniq [-c] [-d]`: of equal lines one after the other, one.
pub(in crate::console) fn uniq(arguments: &[String], input: &str) -> Result<String, ProgramError> {
    let (letters, files) = flags("uniq", arguments, "cd")?;
    no_files("uniq", &files)?;
    let lines: Vec<&str> = input.lines().collect();
    let mut text = String::new();
    for run in lines.chunk_by(|one, next| one == next) {
        if letters.contains('d') && run.len() < 2 {
            continue;
        }
        if letters.contains('c') {
            text += &format!("{:>7} ", run.len());
        }
        text += &format!("{}\n", run[0]);
    }
    Ok(text)
}

/// `head [-n N]`.
pub(in crate::console) fn head(arguments: &[String], input: &str) -> Result<String, ProgramError> {
    let number = line_number("head", arguments)?;
    let count = parsed("head", number.unwrap_or("10"))?;
    Ok(joined(input.lines().take(count)))
}

/// `tail [-n N]`, or from line N on with `-n +N`.
pub(in crate::console) fn tail(arguments: &[String], input: &str) -> Result<String, ProgramError> {
    let number = line_number("tail", arguments)?;
    if let Some(first) = number.and_then(|number| number.strip_prefix('+')) {
        let first: usize = parsed("tail", first)?;
        return Ok(joined(input.lines().skip(first.saturating_sub(1))));
    }
    let count = number.map_or(Ok(LINES), |number| parsed("tail", number))?;
    let lines = input.lines().count();
    Ok(joined(input.lines().skip(lines.saturating_sub(count))))
}

/// `wc [-lwc]`: lines, words and bytes.
pub(in crate::console) fn wc(arguments: &[String], input: &str) -> Result<String, ProgramError> {
    let (letters, files) = flags("wc", arguments, "lwc")?;
    no_files("wc", &files)?;
    let counts = [
        ('l', input.matches('\n').count()),
        ('w', input.split_whitespace().count()),
        ('c', input.len()),
    ];
    let wanted = counts
        .iter()
        .filter(|(letter, _)| letters.is_empty() || letters.contains(*letter));
    let wanted: Vec<usize> = wanted.map(|(_, count)| *count).collect();
    if let [one] = wanted.as_slice() {
        return Ok(format!("{one}\n"));
    }
    let cells: Vec<String> = wanted.iter().map(|count| format!("{count:>7}")).collect();
    Ok(format!("{}\n", cells.join(" ")))
}

/// `sort [-rnu]`, by bytes.
pub(in crate::console) fn sort(arguments: &[String], input: &str) -> Result<String, ProgramError> {
    let (letters, files) = flags("sort", arguments, "rnu")?;
    no_files("sort", &files)?;
    let mut lines: Vec<&str> = input.lines().collect();
    sort::sort(&mut lines);
    if letters.contains('n') {
        sort::sort_by_key(&mut lines, |line| leading_number(line));
    }
    if letters.contains('u') {
        lines.dedup();
    }
    if letters.contains('r') {
        lines.reverse();
    }
    Ok(joined(lines.into_iter()))
}

/// The number that a line begins with; 0 without one.
fn leading_number(line: &str) -> i64 {
    let text = line.trim_start();
    let digits = text
        .char_indices()
        .find(|&(index, letter)| !(letter.is_ascii_digit() || index == 0 && letter == '-'));
    let end = digits.map_or(text.len(), |(index, _)| index);
    text[..end].parse().unwrap_or_default()
}

/// The value of `-n N`, `-nN` or `-N`; `None` if it is left out.
fn line_number<'a>(
    program: &str,
    arguments: &'a [String],
) -> Result<Option<&'a str>, ProgramError> {
    match arguments {
        [] => Ok(None),
        [option] if option == "-n" => Err(ProgramError(format!(
            "{program}: option requires an argument -- 'n'"
        ))),
        [option, value] if option == "-n" => Ok(Some(value)),
        [option] => match option.strip_prefix("-n").or(option.strip_prefix('-')) {
            Some(value) => Ok(Some(value)),
            None => Err(no_file(program, option)),
        },
        [.., file] => Err(no_file(program, file)),
    }
}

fn parsed(program: &str, number: &str) -> Result<usize, ProgramError> {
    let message = || ProgramError(format!("{program}: invalid number of lines: '{number}'"));
    number.parse().map_err(|_| message())
}

/// The letters of options, each one of those known, and the other words.
fn flags(
    program: &str,
    arguments: &[String],
    known: &str,
) -> Result<(String, Vec<String>), ProgramError> {
    let (mut letters, mut words) = (String::new(), Vec::new());
    for argument in arguments {
        match argument.strip_prefix('-') {
            Some(own) => letters.push_str(own),
            None => words.push(argument.clone()),
        }
    }
    match letters.chars().find(|letter| !known.contains(*letter)) {
        Some(letter) => Err(invalid_option(program, letter)),
        None => Ok((letters, words)),
    }
}

pub(in crate::console) fn invalid_option(program: &str, letter: char) -> ProgramError {
    ProgramError(format!("{program}: invalid option -- '{letter}'"))
}

/// There are no files: the programs read what comes through the pipe.
pub(in crate::console) fn no_files<T: AsRef<str>>(
    program: &str,
    files: &[T],
) -> Result<(), ProgramError> {
    match files.first() {
        Some(file) => Err(no_file(program, file.as_ref())),
        None => Ok(()),
    }
}

fn no_file(program: &str, file: &str) -> ProgramError {
    ProgramError(format!("{program}: {file}: No such file or directory"))
}

fn joined<'a>(lines: impl Iterator<Item = &'a str>) -> String {
    lines.map(|line| format!("{line}\n")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    type Program = fn(&[String], &str) -> Result<String, ProgramError>;

    #[test]
    fn each_program_prints_what_the_real_one_does() {
        let input = "b 2\na 10\nb 2\n";
        for (program, arguments, wanted) in [
            (head as Program, &["-1"][..], "b 2\n"),
            (head, &["-n", "2"], "b 2\na 10\n"),
            (head, &["-n9"], input),
            (tail, &["-n", "1"], "b 2\n"),
            (tail, &["-n", "+2"], "a 10\nb 2\n"),
            (tail, &[], input),
            (wc, &[], "      3       6      13\n"),
            (wc, &["-l"], "3\n"),
            (wc, &["-lw"], "      3       6\n"),
            (sort, &[], "a 10\nb 2\nb 2\n"),
            (sort, &["-ru"], "b 2\na 10\n"),
            (uniq, &[], input),
            (uniq, &["-d"], ""),
        ] {
            let arguments: Vec<String> = arguments.iter().map(ToString::to_string).collect();
            assert_eq!(
                program(&arguments, input).as_deref(),
                Ok(wanted),
                "{arguments:?}"
            );
        }
        assert_eq!(
            uniq(&["-c".to_owned()], "a\na\nb\n").as_deref(),
            Ok("      2 a\n      1 b\n")
        );
        assert_eq!(
            sort(&["-n".to_owned()], "10 a\n9 b\n").as_deref(),
            Ok("9 b\n10 a\n")
        );
    }
}
