//! `kubehop completions` and `kubehop man`.

use std::process::Command;

use crate::folder::Folder;

/// The commands that `--help` lists.
fn commands(folder: &Folder) -> Vec<String> {
    let (help, _) = folder.stdout(&["--help"]);
    let listed = help.lines().skip_while(|line| *line != "Commands:").skip(1);
    let listed = listed.take_while(|line| !line.is_empty());
    let names = listed.filter_map(|line| line.split_whitespace().next());
    names
        .filter(|name| *name != "help")
        .map(str::to_owned)
        .collect()
}

/// The long options that a command's `--help` lists.
fn options(folder: &Folder, command: &str) -> Vec<String> {
    let (help, _) = folder.stdout(&[command, "--help"]);
    let lines = help.lines().filter_map(|line| {
        let line = line.trim_start();
        let line = line.strip_prefix('-')?;
        let long = line.split("--").nth(1).or_else(|| line.strip_prefix('-'))?;
        Some(long.split([' ', '=']).next()?.to_owned())
    });
    lines.collect()
}

#[test]
fn every_command_and_option_of_the_help_is_in_the_scripts_and_the_page() {
    let folder = Folder::new("completions");
    let commands = commands(&folder);
    assert!(commands.len() > 10, "{commands:?}");
    let (bash, _) = folder.stdout(&["completions", "bash"]);
    let (zsh, _) = folder.stdout(&["completions", "zsh"]);
    let (fish, _) = folder.stdout(&["completions", "fish"]);
    let (man, _) = folder.stdout(&["man"]);
    for command in commands {
        let options = options(&folder, &command);
        assert!(
            options.contains(&"help".to_owned()),
            "{command}: {options:?}"
        );
        for option in options {
            assert!(
                bash.contains(&format!("--{option}")),
                "bash: {command} --{option}"
            );
            assert!(
                zsh.contains(&format!("--{option}")),
                "zsh: {command} --{option}"
            );
            let line = format!("'__fish_seen_subcommand_from {command}' -l {option}");
            assert!(fish.contains(&line), "fish: {command} --{option}");
            let line = format!("\\-\\-{}\\fR", option.replace('-', "\\-"));
            assert!(man.contains(&line), "man: {command} --{option}");
        }
        assert!(
            man.contains(&format!(".SS kubehop {command}")),
            "man: {command}"
        );
    }
}

/// What bash offers for the last of some words.
fn completed(script: &str, words: &[&str]) -> String {
    let words: Vec<String> = words.iter().map(|word| format!("'{word}'")).collect();
    let last = words.len() - 1;
    let words = words.join(" ");
    let line = format!(
        "{script}\nCOMP_WORDS=({words}); COMP_CWORD={last}; _kubehop; echo \"${{COMPREPLY[*]}}\""
    );
    let output = Command::new("bash").args(["-c", &line]).output();
    let output = output.expect("bash runs");
    assert!(
        output.stderr.is_empty(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8_lossy(&output.stdout)
        .trim_end()
        .to_owned()
}

#[test]
fn bash_offers_commands_options_and_values() {
    let folder = Folder::new("bash");
    let (script, _) = folder.stdout(&["completions", "bash"]);
    for (words, offered) in [
        (&["kubehop", "tr"][..], "trace"),
        (&["kubehop", "m"], "matrix man mdbook"),
        (
            &["kubehop", "trace", "--proxy", ""],
            "iptables nftables ipvs",
        ),
        (&["kubehop", "trace", "-o", "m"], "markdown mermaid"),
        (&["kubehop", "trace", "web.yaml", "--ex"], "--explain"),
        (&["kubehop", "trace", "--to", "w"], ""),
        (&["kubehop", "nothing", "--t"], ""),
    ] {
        assert_eq!(completed(&script, words), offered, "{words:?}");
    }
}
