//! `kubehop completions`: what bash, zsh and fish need to complete the command line.

use std::fmt::Write;

use super::command_table::{CommandEntry, OptionEntry, OptionValue};

/// A shell.
#[derive(Clone, Copy, clap::ValueEnum)]
pub(crate) enum Shell {
    Bash,
    Zsh,
    Fish,
}

/// The script that teaches a shell the commands.
pub(crate) fn script(shell: Shell, commands: &[CommandEntry]) -> String {
    match shell {
        Shell::Bash => bash(commands),
        Shell::Zsh => zsh(commands),
        Shell::Fish => fish(commands),
    }
}

/// Files are bash's default where the function finds nothing.
fn bash(commands: &[CommandEntry]) -> String {
    let names: Vec<&str> = commands
        .iter()
        .map(|command| command.name.as_str())
        .collect();
    let (mut values, mut options) = (String::new(), String::new());
    for command in commands {
        let mut words: Vec<String> = Vec::new();
        for option in &command.options {
            words.push(format!("--{}", option.long));
            if let OptionValue::OneOf(choices) = &option.value {
                let patterns = spellings(option)
                    .into_iter()
                    .map(|name| format!("'{} {name}'", command.name));
                let patterns = patterns.collect::<Vec<_>>().join("|");
                let _ = writeln!(
                    values,
                    "        {patterns}) choices='{}' ;;",
                    choices.join(" ")
                );
            }
        }
        let _ = writeln!(
            options,
            "            {}) choices='{}' ;;",
            command.name,
            words.join(" ")
        );
    }
    format!(
        r#"_kubehop() {{
    local word=${{COMP_WORDS[COMP_CWORD]}} choices=
    if ((COMP_CWORD == 1)); then
        choices='{names}'
    else
        case "${{COMP_WORDS[1]}} ${{COMP_WORDS[COMP_CWORD-1]}}" in
{values}        esac
        if [[ -z $choices && $word == -* ]]; then
            case ${{COMP_WORDS[1]}} in
{options}            esac
        fi
    fi
    # No mapfile: macOS has bash 3.2.
    COMPREPLY=($(compgen -W "$choices" -- "$word"))
}}
complete -o bashdefault -o default -F _kubehop kubehop
"#,
        names = names.join(" ")
    )
}

fn zsh(commands: &[CommandEntry]) -> String {
    let mut names = String::new();
    let mut cases = String::new();
    for command in commands {
        let about = in_quotes(&command.about.replace(':', "\\:"));
        let _ = writeln!(names, "        '{}:{about}'", command.name);
        let _ = writeln!(
            cases,
            "        {})\n            _arguments \\",
            command.name
        );
        for option in &command.options {
            let _ = writeln!(cases, "                {} \\", zsh_option(option));
        }
        cases.push_str("                '*:file:_files'\n            ;;\n");
    }
    format!(
        r#"#compdef kubehop

_kubehop() {{
    local -a commands=(
{names}    )
    if ((CURRENT == 2)); then
        _describe -t commands command commands
        return
    fi
    local command=$words[2]
    shift words
    ((CURRENT--))
    case $command in
{cases}    esac
}}

if [[ $funcstack[1] == _kubehop ]]; then
    _kubehop "$@"
else
    compdef _kubehop kubehop
fi
"#
    )
}

/// An option as `_arguments` reads it: `'*--proxy=[help]:value:(iptables nftables)'`; any option may be repeated.
fn zsh_option(option: &OptionEntry) -> String {
    let mut help = String::new();
    for character in option.help.chars() {
        if "[]:\\".contains(character) {
            help.push('\\');
        }
        help.push(character);
    }
    let help = in_quotes(&help);
    let value = match &option.value {
        OptionValue::Absent => String::new(),
        OptionValue::OneOf(words) => format!(":value:({})", words.join(" ")),
        OptionValue::File => ":file:_files".to_owned(),
        OptionValue::Text(name) => format!(":{}: ", name.to_lowercase()),
    };
    let spellings = spellings(option).into_iter().map(|name| {
        let equals = if name.starts_with("--") && !value.is_empty() {
            "="
        } else {
            ""
        };
        format!("'*{name}{equals}[{help}]{value}'")
    });
    spellings.collect::<Vec<_>>().join(" ")
}

fn fish(commands: &[CommandEntry]) -> String {
    let mut script = String::new();
    for CommandEntry { name, about, .. } in commands {
        let about = fish_text(about);
        let _ = writeln!(
            script,
            "complete -c kubehop -n __fish_use_subcommand -f -a {name} -d '{about}'"
        );
    }
    for command in commands {
        for option in &command.options {
            let _ = write!(
                script,
                "complete -c kubehop -n '__fish_seen_subcommand_from {}' -l {}",
                command.name, option.long
            );
            if let Some(short) = option.short {
                let _ = write!(script, " -s {short}");
            }
            let _ = match &option.value {
                OptionValue::Absent => Ok(()),
                OptionValue::OneOf(words) => write!(script, " -x -a '{}'", words.join(" ")),
                OptionValue::File => write!(script, " -r"),
                OptionValue::Text(_) => write!(script, " -x"),
            };
            let _ = writeln!(script, " -d '{}'", fish_text(&option.help));
        }
    }
    script
}

/// `--output`, and `-o` if it has a short form.
fn spellings(option: &OptionEntry) -> Vec<String> {
    let long = format!("--{}", option.long);
    let short = option.short.map(|short| format!("-{short}"));
    [long].into_iter().chain(short).collect()
}

/// A text between the single quotes of bash and zsh.
fn in_quotes(text: &str) -> String {
    text.replace('\'', r"'\''").replace('\n', " ")
}

/// A text between the single quotes of fish.
fn fish_text(text: &str) -> String {
    text.replace('\\', r"\\")
        .replace('\'', r"\'")
        .replace('\n', " ")
}
