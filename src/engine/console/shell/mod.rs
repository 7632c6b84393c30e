//! A line of the console: programs with pipes between them, as a shell runs them.
//!
//! ```text
//! kubectl exec kimho-pod -- env | grep KIMHO | sort; kubectl get svc kimho && kubectl get ep kimho
//! ```
//!
//! The first program reads the cluster; the others filter what comes before them. What a program prints about errors is
//! shown, and does not go through the pipe.

pub(super) mod awk;
pub(super) mod edit;
pub(super) mod filters;
pub(super) mod grep;
mod line;
pub(super) mod query;

pub use line::here_document_end;

use super::programs::execute;
use super::{Act, INTERRUPT, Output, Shell, Site, Watch};

/// Why a program writes no lines, in its own words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct ProgramError(pub(super) String);

/// Runs a line as it is typed. An empty line, and one that begins with `#`, does nothing.
pub fn run(shell: Shell<'_>, line: &str) -> Output {
    run_at(shell, Site::Outside, typed(line))
}

/// Runs the commands of a line one after another, each by `run`, which carries out its acts before the next one.
pub fn run_each(line: &str, mut run: impl FnMut(&str) -> Output) -> Output {
    let line = typed(line);
    if line.is_empty() {
        return Output::default();
    }
    let commands = match line::commands(line) {
        Ok(commands) => commands,
        Err(message) => return Output::error(2, &message),
    };
    let mut output = Output::default();
    for command in commands {
        if command.joint.runs_after(output.status) {
            output.append(run(command.text.trim()));
        }
    }
    output
}

/// A line without the prompt and without a comment.
fn typed(line: &str) -> &str {
    let line = line.trim();
    let line = line.strip_prefix("$ ").unwrap_or(line);
    if line.starts_with('#') || line == INTERRUPT {
        ""
    } else {
        line
    }
}

/// Runs a line at a site: what `sh -c` does. A command finds the connections of those before it.
pub(super) fn run_at(shell: Shell<'_>, site: Site<'_>, line: &str) -> Output {
    let mut connections = shell.connections.clone();
    run_each(line, |command| {
        let output = run_pipeline(
            Shell {
                connections: &connections,
                ..shell
            },
            site,
            command,
        );
        for act in &output.acts {
            if let Act::Connect(request) = act {
                let second = connections.next();
                let _ = connections.connect(shell.network, request, second);
            }
        }
        output
    })
}

fn run_pipeline(shell: Shell<'_>, site: Site<'_>, line_as_typed: &str) -> Output {
    let (line, document) = match line::here_document(line_as_typed) {
        Ok(read) => read,
        Err(message) => return Output::error(2, &message),
    };
    let mut stages = stages(&line).into_iter();
    let stages: Vec<Vec<String>> = stages.by_ref().map(|stage| words(&stage)).collect();
    if stages.iter().any(Vec::is_empty) {
        return Output::error(2, "sh: syntax error near unexpected token `|'");
    }
    let (mut output, mut input) = (Output::default(), document);
    for (index, words) in stages.iter().enumerate() {
        let mut next = execute(shell, site, words, input.as_deref());
        if index + 1 < stages.len() {
            input = Some(next.take_answer());
        }
        output.append(next);
    }
    for act in &mut output.acts {
        if let Act::Watch(watch) = act {
            *watch = Watch::new(line_as_typed, &output.rows, &output.stdout);
        }
    }
    output
}

/// The words of a line as a shell splits it: at spaces, quotes taken off.
pub(super) fn words(line: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut quote: Option<char> = None;
    let mut letters = line.chars();
    while let Some(letter) = letters.next() {
        match (quote, letter) {
            (Some(open), letter) if open == letter => quote = None,
            (None, '\'' | '"') => {
                quote = Some(letter);
                word.get_or_insert_default();
            }
            (None, '\\') => word.get_or_insert_default().extend(letters.next()),
            (None, letter) if letter.is_whitespace() => words.extend(word.take()),
            (_, letter) => word.get_or_insert_default().push(letter),
        }
    }
    words.extend(word);
    words
}

/// The parts of a line between pipes that are not in quotes; at least one.
fn stages(line: &str) -> Vec<String> {
    let mut stages = vec![String::new()];
    let mut quote: Option<char> = None;
    for letter in line.chars() {
        match (quote, letter) {
            (None, '|') => {
                stages.push(String::new());
                continue;
            }
            (Some(open), letter) if open == letter => quote = None,
            (None, '\'' | '"') => quote = Some(letter),
            _ => {}
        }
        if let Some(stage) = stages.last_mut() {
            stage.push(letter);
        }
    }
    stages
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::console::kubectl::Clock;
    use crate::testing::resolved;
    use crate::trace::{Connections, Network};

    const TEXT: &str = "
        apiVersion: v1
        kind: Service
        metadata: {name: kimho}
        spec:
          selector: {app: kimho}
          ports: [{name: http, port: 80}, {name: kimho-port, port: 406}]
        ---
        apiVersion: v1
        kind: Pod
        metadata: {name: kimho-pod, labels: {app: kimho}}
        spec: {containers: [{name: kimho, image: luksa/kubia}]}
        ---
        apiVersion: v1
        kind: Pod
        metadata: {name: client}
        spec: {containers: [{name: shell, image: curlimages/curl}]}
    ";

    fn said(line: &str) -> String {
        let network = Network::of(resolved(TEXT));
        let shell = Shell {
            network: &network,
            connections: &Connections::default(),
            text: TEXT,
            clock: Clock::default(),
        };
        let Output { stdout, stderr, .. } = run(shell, line);
        stdout + &stderr
    }

    #[test]
    fn a_line_goes_through_its_pipes() {
        for (line, wanted) in [
            (
                "kubectl exec kimho-pod -- env | ag kimho_service_port",
                "KIMHO_SERVICE_PORT=80\nKIMHO_SERVICE_PORT_HTTP=80\nKIMHO_SERVICE_PORT_KIMHO_PORT=406\n",
            ),
            (
                "kubectl exec kimho-pod -- env | grep KIMHO_SERVICE_PORT | sort -r | head -n 1",
                "KIMHO_SERVICE_PORT_KIMHO_PORT=406\n",
            ),
            ("kubectl get pods | tail -n +2 | wc -l", "2\n"),
            (
                "kubectl get pods --no-headers | grep -v kimho | wc -l",
                "1\n",
            ),
            ("kubectl get po | grep 'a|b'", ""),
            ("echo a; echo 'b;c' && echo d || echo e;", "a\nb;c\nd\n"),
            (
                "kubectl get po nope || echo none",
                "none\nError from server (NotFound): pods \"nope\" not found\n",
            ),
            ("kubectl get po | grep -E 'NAME|client' | wc -l", "2\n"),
        ] {
            assert_eq!(said(line), wanted, "{line}");
        }
    }

    #[test]
    fn what_cannot_be_run_says_so_as_the_tools_do() {
        for (line, wanted) in [
            (
                "kubectl get pods | frob",
                "sh: frob: command not found\nPrograms: ag, awk, cat, curl, dig, echo, grep, head, help, jq, kubectl, nc, nslookup, ping, sed, sort, ssh, tail, telnet, tr, uniq, wc, wget, yq\n",
            ),
            (
                "kubectl get pods |",
                "sh: syntax error near unexpected token `|'\n",
            ),
            (
                "kubectl get po > file",
                "sh: this shell has no >: it has pipes (|), ;, && and ||, and no files\n",
            ),
            (
                "echo a && && echo b",
                "sh: syntax error near unexpected token `&&'\n",
            ),
            (
                "kubectl apply -f - <<EOF",
                "sh: a here-document goes on until a line \"EOF\"; where there is one line only, use a pipe or the editor\n",
            ),
            ("| grep a", "sh: syntax error near unexpected token `|'\n"),
            (
                "kubectl get nothing | grep a",
                "error: the server doesn't have a resource type \"nothing\"\n",
            ),
            (
                "kubectl get po | grep",
                "Usage: grep [OPTION]... PATTERNS [FILE]...\n",
            ),
            (
                "kubectl get po | grep -y a",
                "grep: invalid option -- 'y'\n",
            ),
            (
                "kubectl get po | head -n x",
                "head: invalid number of lines: 'x'\n",
            ),
            (
                "kubectl get po | wc -l pods.txt",
                "wc: pods.txt: No such file or directory\n",
            ),
        ] {
            assert_eq!(said(line), wanted, "{line}");
        }
    }
}
