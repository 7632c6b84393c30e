//! The commands of a line, and what joins them.

/// A command, the pipes in it included, and when it runs.
pub(super) struct Command {
    pub(super) joint: Joint,
    pub(super) text: String,
}

/// What is before a command.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Joint {
    /// `;`, and the beginning of the line.
    Always,
    /// `&&`: it runs if the one before succeeded.
    Succeeded,
    /// `||`: it runs if the one before failed.
    Failed,
}

impl Joint {
    pub(super) fn runs_after(self, status: u8) -> bool {
        match self {
            Joint::Always => true,
            Joint::Succeeded => status == 0,
            Joint::Failed => status != 0,
        }
    }
}

/// The commands of a line; an error is what the shell prints.
pub(super) fn commands(line: &str) -> Result<Vec<Command>, String> {
    let mut commands = vec![Command {
        joint: Joint::Always,
        text: String::new(),
    }];
    let mut quote: Option<char> = None;
    let mut letters = line.chars().peekable();
    while let Some(letter) = letters.next() {
        let next = letters.peek().copied();
        let joint = match (quote, letter, next) {
            (Some(open), letter, _) if open == letter => {
                quote = None;
                None
            }
            (None | Some('"'), '`', _) | (None | Some('"'), '$', Some('(')) => {
                return Err(unknown("$(…)"));
            }
            // The lines of a here-document belong to the command.
            (None, '<', Some('<')) => {
                if let Some(command) = commands.last_mut() {
                    command.text.push('<');
                    command.text.extend(letters.by_ref());
                }
                break;
            }
            (None, '>' | '<', _) => return Err(unknown(&letter.to_string())),
            (None, '\'' | '"', _) => {
                quote = Some(letter);
                None
            }
            (None, ';', _) => Some(Joint::Always),
            (None, '&', Some('&')) => Some(Joint::Succeeded),
            (None, '|', Some('|')) => Some(Joint::Failed),
            (None, '&', _) => return Err(unknown("&")),
            _ => None,
        };
        if let Some(joint) = joint {
            if joint != Joint::Always {
                letters.next();
            }
            commands.push(Command {
                joint,
                text: String::new(),
            });
            continue;
        }
        let Some(command) = commands.last_mut() else {
            continue;
        };
        command.text.push(letter);
        if letter == '\\' && quote.is_none() {
            command.text.extend(letters.next());
        }
    }
    checked(commands)
}

/// The commands without the empty one behind a last `;`.
fn checked(mut commands: Vec<Command>) -> Result<Vec<Command>, String> {
    let is_empty = |command: &Command| command.text.trim().is_empty();
    if commands.len() > 1 {
        commands.pop_if(|last| last.joint == Joint::Always && is_empty(last));
    }
    for (index, command) in commands.iter().enumerate() {
        let word = command.text.split_whitespace().next();
        if let Some(word @ ("for" | "while" | "until" | "if" | "case")) = word {
            return Err(unknown(word));
        }
        if is_empty(command) {
            let after = commands.get(index + 1).map(|next| next.joint);
            let sign = match after.unwrap_or(command.joint) {
                Joint::Always => ";",
                Joint::Succeeded => "&&",
                Joint::Failed => "||",
            };
            return Err(format!("sh: syntax error near unexpected token `{sign}'"));
        }
    }
    Ok(commands)
}

/// A command without its here-document (`<<EOF`), and the document.
pub(super) fn here_document(command: &str) -> Result<(String, Option<String>), String> {
    let Some((before, after)) = split_at_document(command) else {
        return Ok((command.to_owned(), None));
    };
    let (first, lines) = after.split_once('\n').unwrap_or((after, ""));
    let (end, rest) = delimiter(first);
    let body: Vec<&str> = lines.lines().take_while(|line| *line != end).collect();
    if body.len() == lines.lines().count() {
        return Err(format!(
            "sh: a here-document goes on until a line {end:?}; where there is one line only, use a pipe or the editor"
        ));
    }
    let text = body.iter().map(|line| format!("{line}\n")).collect();
    Ok((format!("{before} {rest}"), Some(text)))
}

/// The line that ends the here-document of a line, if that has one.
pub fn here_document_end(line: &str) -> Option<&str> {
    let (_, after) = split_at_document(line)?;
    Some(delimiter(after).0).filter(|end| !end.is_empty())
}

/// What is before and behind a `<<` that is not in quotes.
fn split_at_document(line: &str) -> Option<(&str, &str)> {
    let (before, after) = line.split_once("<<")?;
    let quotes = before.matches(['\'', '"']).count();
    (quotes % 2 == 0).then_some((before, after))
}

/// The word behind `<<`, and what follows it.
fn delimiter(after: &str) -> (&str, &str) {
    let after = after.trim_start_matches(['-', ' ']);
    let (word, rest) = after
        .split_once([' ', '|'])
        .map_or((after, ""), |(word, _)| (word, &after[word.len()..]));
    (word.trim().trim_matches(['\'', '"']), rest)
}

fn unknown(what: &str) -> String {
    format!("sh: this shell has no {what}: it has pipes (|), ;, && and ||, and no files")
}
