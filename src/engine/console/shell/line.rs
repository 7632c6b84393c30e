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

/// The commands of a line; an error is what the shell says.
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

fn unknown(what: &str) -> String {
    format!("sh: this shell has no {what}: it has pipes (|), ;, && and ||, and no files")
}
