//! A line of the console: programs with pipes between them, as a shell runs them.
//!
//! ```text
//! kubectl exec kimho-pod -- env | grep KIMHO | sort
//! ```
//!
//! The first program asks the cluster; the others filter what comes before them. What a program says about errors is
//! shown, and does not go through the pipe.

mod filters;
mod grep;

use super::kubectl::{self, Clock, Output, words};
use crate::resolve::Resolved;

/// The programs that read what comes through a pipe.
const FILTERS: [(&str, Filter); 7] = [
    ("ag", grep::ag),
    ("cat", filters::cat),
    ("grep", grep::grep),
    ("head", filters::head),
    ("sort", filters::sort),
    ("tail", filters::tail),
    ("wc", filters::wc),
];

/// A program that reads lines and writes lines: its arguments and its input.
type Filter = fn(&[String], &str) -> Result<String, ProgramError>;

/// Why a program writes no lines, in its own words.
#[derive(Clone, Debug, PartialEq, Eq)]
struct ProgramError(String);

/// What a line typed into the console prints about a cluster.
pub fn run(resolved: &Resolved, line: &str, clock: Clock) -> Output {
    let stages = stages(line);
    let (first, rest) = stages.split_first().expect("a line has a first part");
    if stages.len() > 1 && stages.iter().any(|stage| stage.trim().is_empty()) {
        return refused("sh: syntax error near unexpected token `|'");
    }
    let mut output = kubectl::run(resolved, first, clock);
    for stage in rest {
        let words = words(stage);
        let (name, arguments) = words.split_first().expect("it is not blank");
        let filter = FILTERS.iter().find(|(own, _)| own == name);
        let Some((_, filter)) = filter else {
            let programs = FILTERS.map(|(own, _)| own).join(", ");
            return refused(&format!(
                "sh: {name}: command not found\nAfter a pipe: {programs}"
            ));
        };
        match filter(arguments, &output.stdout) {
            Ok(stdout) => output.stdout = stdout,
            Err(ProgramError(message)) => {
                output.stdout = String::new();
                output.stderr += &format!("{message}\n");
            }
        }
    }
    output
}

fn refused(message: &str) -> Output {
    Output {
        stdout: String::new(),
        stderr: format!("{message}\n"),
    }
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
    use crate::testing::resolved;

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
        let Output { stdout, stderr } = run(&resolved(TEXT), line, Clock::default());
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
                "sh: frob: command not found\nAfter a pipe: ag, cat, grep, head, sort, tail, wc\n",
            ),
            (
                "kubectl get pods |",
                "sh: syntax error near unexpected token `|'\n",
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
