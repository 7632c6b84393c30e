//! A line as people type it: `kubectl get svc,pods -o wide -A`.
//!
//! What kubectl would refuse is refused in its words.

use super::flags::{
    APPLY_FLAGS, CHANGE_FLAGS, CREATE_FLAGS, DEBUG_FLAGS, DELETE_FLAGS, DRAIN_FLAGS, EXEC_FLAGS,
    EXPLAIN_FLAGS, EXPOSE_FLAGS, FLAGS, Flag, GET_FLAGS, LOGS_FLAGS, PATCH_FLAGS, RUN_FLAGS,
    SCALE_FLAGS, SET_FLAGS, Set, Wants, long_flag, short_flags,
};

/// What was asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Command {
    /// The verb.
    pub verb: Verb,
    /// Its words and flags.
    pub request: Request,
}

/// What kubectl is to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verb {
    /// It prints what is stored.
    Read(ReadVerb),
    /// It is about a process in a container or on a node.
    Process(ProcessVerb),
    /// It changes the cluster: one or more events.
    Change(ChangeVerb),
    /// It writes objects: an edit of the text.
    Write(WriteVerb),
    /// `kubectl edit`.
    Edit,
}

/// A command that prints what is stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ReadVerb {
    /// `kubectl get`.
    Get,
    /// `kubectl describe`.
    Describe,
    /// `kubectl explain`.
    Explain,
    /// `kubectl api-resources`.
    ApiResources,
    /// `kubectl version`.
    Version,
}

/// A command about a process in a container or on a node.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ProcessVerb {
    /// `kubectl exec`; the program and its arguments follow the pod.
    Exec,
    /// `kubectl debug node/NAME`; the program and its arguments follow the node.
    Debug,
    /// `kubectl port-forward`.
    PortForward,
    /// `kubectl logs`.
    Logs,
}

/// A command that changes the cluster.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ChangeVerb {
    /// `kubectl delete`.
    Delete,
    /// `kubectl scale`.
    Scale,
    /// `kubectl label`.
    Label,
    /// `kubectl annotate`.
    Annotate,
    /// `kubectl cordon`.
    Cordon,
    /// `kubectl uncordon`.
    Uncordon,
    /// `kubectl drain`.
    Drain,
    /// `kubectl rollout`.
    Rollout,
    /// `kubectl set image`.
    Set,
}

/// A command that writes objects.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum WriteVerb {
    /// `kubectl apply`.
    Apply,
    /// `kubectl create`.
    Create,
    /// `kubectl run`; the words behind `--` follow the name.
    Run,
    /// `kubectl expose`.
    Expose,
    /// `kubectl patch`.
    Patch,
}

/// A verb with its name, its flags beside those of all, and an example.
type VerbEntry = (Verb, &'static str, &'static [(Flag, Set)], &'static str);

/// Every verb.
const VERBS: &[VerbEntry] = &[
    (
        Verb::Read(ReadVerb::Get),
        "get",
        GET_FLAGS,
        "get svc,pods -o wide",
    ),
    (
        Verb::Read(ReadVerb::Describe),
        "describe",
        &[],
        "describe svc NAME",
    ),
    (
        Verb::Read(ReadVerb::Explain),
        "explain",
        EXPLAIN_FLAGS,
        "explain svc.spec.ports",
    ),
    (
        Verb::Read(ReadVerb::ApiResources),
        "api-resources",
        &[],
        "api-resources",
    ),
    (
        Verb::Process(ProcessVerb::Exec),
        "exec",
        EXEC_FLAGS,
        "exec POD -- curl http://NAME",
    ),
    (
        Verb::Process(ProcessVerb::Debug),
        "debug",
        DEBUG_FLAGS,
        "debug node/NAME -it --image=busybox -- iptables-save",
    ),
    (
        Verb::Change(ChangeVerb::Delete),
        "delete",
        DELETE_FLAGS,
        "delete pod NAME",
    ),
    (
        Verb::Change(ChangeVerb::Scale),
        "scale",
        SCALE_FLAGS,
        "scale deployment NAME --replicas=3",
    ),
    (
        Verb::Change(ChangeVerb::Label),
        "label",
        CHANGE_FLAGS,
        "label pod NAME app=web",
    ),
    (
        Verb::Change(ChangeVerb::Annotate),
        "annotate",
        CHANGE_FLAGS,
        "annotate svc NAME key=value",
    ),
    (
        Verb::Change(ChangeVerb::Cordon),
        "cordon",
        &[],
        "cordon NODE",
    ),
    (
        Verb::Change(ChangeVerb::Uncordon),
        "uncordon",
        &[],
        "uncordon NODE",
    ),
    (
        Verb::Change(ChangeVerb::Drain),
        "drain",
        DRAIN_FLAGS,
        "drain NODE --ignore-daemonsets",
    ),
    (
        Verb::Change(ChangeVerb::Rollout),
        "rollout",
        &[],
        "rollout restart deployment NAME",
    ),
    (
        Verb::Change(ChangeVerb::Set),
        "set",
        SET_FLAGS,
        "set image deployment/NAME CONTAINER=IMAGE",
    ),
    (
        Verb::Write(WriteVerb::Apply),
        "apply",
        APPLY_FLAGS,
        "get svc NAME -o yaml | kubectl apply -f -",
    ),
    (
        Verb::Write(WriteVerb::Create),
        "create",
        CREATE_FLAGS,
        "create deployment NAME --image=nginx",
    ),
    (
        Verb::Write(WriteVerb::Run),
        "run",
        RUN_FLAGS,
        "run NAME --image=busybox --rm -it -- wget -qO- http://NAME",
    ),
    (
        Verb::Write(WriteVerb::Expose),
        "expose",
        EXPOSE_FLAGS,
        "expose deployment NAME --port=80",
    ),
    (
        Verb::Write(WriteVerb::Patch),
        "patch",
        PATCH_FLAGS,
        "patch svc NAME -p '{\"spec\": {\"type\": \"NodePort\"}}'",
    ),
    (Verb::Read(ReadVerb::Version), "version", &[], "version"),
    (Verb::Edit, "edit", &[], "edit svc NAME"),
    (
        Verb::Process(ProcessVerb::PortForward),
        "port-forward",
        &[],
        "port-forward svc/NAME 8080:80",
    ),
    (
        Verb::Process(ProcessVerb::Logs),
        "logs",
        LOGS_FLAGS,
        "logs POD",
    ),
];

/// The words and flags of a command.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub(super) struct Request {
    /// The words that are no flags: `svc,pods`, `web`, `svc/web`.
    pub words: Vec<String>,
    /// `-n`, unless everything is asked for.
    pub namespace: Option<String>,
    /// `-A`.
    pub all_namespaces: bool,
    /// `--field-selector`.
    pub field_selector: Option<String>,
    /// `--sort-by`.
    pub order_path: Option<String>,
    /// `--dry-run`.
    pub dry_run: Option<String>,
    /// `-l`.
    pub selector: Option<String>,
    /// `-o`, as written.
    pub output: String,
    /// `--show-labels`.
    pub show_labels: bool,
    /// `-L`: labels with a column of their own.
    pub label_columns: Vec<String>,
    /// `--no-headers`.
    pub no_headers: bool,
    /// `--ignore-not-found`.
    pub ignore_not_found: bool,
    /// `-c`: the container that `exec` runs in.
    pub container: Option<String>,
    /// `-w`.
    pub watch: bool,
    /// `--replicas`.
    pub replicas: Option<String>,
    /// `--overwrite`.
    pub overwrite: bool,
    /// `--image` of `debug`, `-f` of `apply`.
    pub value: Option<String>,
    /// `--all` of `delete`.
    pub all: bool,
    /// `--wait=false`: what is deleted still stops when kubectl is done.
    pub does_not_wait: bool,
    /// `--ignore-daemonsets`.
    pub ignore_daemon_sets: bool,
    /// `--force`.
    pub force: bool,
    /// `--recursive`.
    pub recursive: bool,
    /// The options of commands that make an object, by their names.
    pub options: Vec<(&'static str, String)>,
}

impl Request {
    /// The last value of an option.
    pub(super) fn option(&self, name: &str) -> Option<&str> {
        self.all(name).last()
    }

    /// All values of an option.
    pub(super) fn all(&self, name: &str) -> impl Iterator<Item = &str> {
        let options = self.options.iter();
        options
            .filter(move |(own, _)| *own == name)
            .map(|(_, value)| value.as_str())
    }
}

/// The line is refused; these are the words on the error channel, with their line end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal(pub String);

/// Reads a line; `kubectl` or `k` may be left out.
pub(super) fn read(words: &[String]) -> Result<Command, Refusal> {
    let words = words
        .iter()
        .map(String::as_str)
        .skip_while(|word| *word == "$");
    let mut words = words.peekable();
    words.next_if(|word| matches!(*word, "kubectl" | "k"));
    // Flags may come before the command.
    let all: Vec<&str> = words.collect();
    let (before, rest) = all.split_at(command_index(&all));
    let Some((&command, after)) = rest.split_first() else {
        return Err(Refusal(help()));
    };
    let found = VERBS.iter().find(|(_, name, ..)| *name == command);
    let Some((verb, name, own, _)) = found else {
        return Err(refused(&format!(
            "error: unknown command {command:?} for \"kubectl\"{}",
            suggestions(command)
        )));
    };
    let request = request(&[before, after].concat(), name, &[FLAGS, own])?;
    Ok(Command {
        verb: *verb,
        request,
    })
}

fn refused(words: &str) -> Refusal {
    Refusal(format!("{words}\n"))
}

/// Whether kubectl has a verb, so that `kubectl` before it may be left out.
pub(in crate::console) fn is_verb(word: &str) -> bool {
    VERBS.iter().any(|(_, name, ..)| *name == word)
}

/// The names of the verbs.
pub(in crate::console) fn verbs() -> impl Iterator<Item = &'static str> {
    VERBS.iter().map(|(_, name, ..)| *name)
}

/// The names of the flags of a verb: `--namespace`.
pub(in crate::console) fn flags_of(verb: &str) -> Vec<String> {
    let found = VERBS.iter().find(|(_, name, ..)| *name == verb);
    let own = found.map_or(&[][..], |(_, _, own, _)| own);
    let flags = FLAGS.iter().chain(own);
    flags.map(|(flag, _)| format!("--{}", flag.name)).collect()
}

/// The verbs that cobra suggests instead: those of at most two changed letters, and those that begin so.
fn suggestions(typed: &str) -> String {
    let typed = typed.to_lowercase();
    let mut names: Vec<&str> = verbs()
        .filter(|name| name.starts_with(&typed) || distance(&typed, name) <= 2)
        .collect();
    if names.is_empty() {
        return "\nkubehop: kubectl help lists the commands that are here".to_owned();
    }
    crate::sort::sort(&mut names);
    format!("\n\nDid you mean this?\n\t{}", names.join("\n\t"))
}

/// How many letters are added, left out or changed between two words (Levenshtein).
fn distance(one: &str, other: &str) -> usize {
    let mut row: Vec<usize> = (0..=other.chars().count()).collect();
    for (above, letter) in one.chars().enumerate() {
        let mut before = above;
        row[0] = above + 1;
        for (column, own) in other.chars().enumerate() {
            let changed = before + usize::from(own != letter);
            before = row[column + 1];
            row[column + 1] = changed.min(before + 1).min(row[column] + 1);
        }
    }
    row.last().copied().unwrap_or_default()
}

/// The commands that there are, with an example of each.
pub(super) fn help() -> String {
    let (explaining, working): (Vec<&VerbEntry>, Vec<&VerbEntry>) =
        VERBS.iter().partition(|(verb, ..)| {
            matches!(
                verb,
                Verb::Edit | Verb::Process(ProcessVerb::PortForward | ProcessVerb::Logs)
            )
        });
    let lines = |verbs: Vec<&VerbEntry>| -> String {
        let lines = verbs
            .into_iter()
            .map(|(.., example)| format!("  kubectl {example}\n"));
        lines.collect()
    };
    format!(
        "kubectl controls the Kubernetes cluster manager.\n\nThese commands are here:\n{}\nThese only say why they do \
         nothing here:\n{}",
        lines(working),
        lines(explaining)
    )
}

/// The first word that is neither a flag nor a flag's value.
fn command_index(words: &[&str]) -> usize {
    let mut index = 0;
    while let Some(word) = words.get(index).filter(|word| word.starts_with('-')) {
        let wants_next = FLAGS.iter().any(|(flag, _)| {
            let is_meant = *word == format!("--{}", flag.name)
                || flag.letter.is_some_and(|it| *word == format!("-{it}"));
            is_meant && flag.value == Wants::Value
        });
        index += if wants_next { 2 } else { 1 };
    }
    index.min(words.len())
}

fn request(
    words: &[&str],
    command: &str,
    flags: &[&'static [(Flag, Set)]],
) -> Result<Request, Refusal> {
    let see = |error: String| {
        refused(&format!(
            "error: {error}\nSee 'kubectl {command} --help' for usage."
        ))
    };
    let mut request = Request::default();
    let mut words = words.iter().copied();
    while let Some(word) = words.next() {
        if word == "--" {
            request.words.extend(words.by_ref().map(str::to_owned));
        } else if let Some(long) = word.strip_prefix("--") {
            long_flag(&mut request, long, &mut words, flags).map_err(see)?;
        } else if let Some(letters) = word.strip_prefix('-').filter(|letters| !letters.is_empty()) {
            short_flags(&mut request, letters, &mut words, flags).map_err(see)?;
        } else {
            request.words.push(word.to_owned());
        }
    }
    Ok(request)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_line(line: &str) -> Result<Command, Refusal> {
        read(&crate::console::shell::words(line))
    }

    fn get(line: &str) -> Request {
        match read_line(line) {
            Ok(Command {
                verb: Verb::Read(ReadVerb::Get),
                request,
            }) => request,
            other => panic!("{line} is read as {other:?}"),
        }
    }

    #[test]
    fn flags_may_stand_anywhere_and_be_written_in_every_way() {
        let wanted = Request {
            words: vec!["svc".into(), "web".into()],
            namespace: Some("dev".into()),
            output: "wide".into(),
            ..Request::default()
        };
        for line in [
            "kubectl get svc web -n dev -o wide",
            "k -n dev get svc web -owide",
            "$ kubectl get --namespace=dev svc --output wide web",
            "get svc -o=wide web -n=dev",
        ] {
            assert_eq!(get(line), wanted, "{line}");
        }
    }

    #[test]
    fn letters_may_stand_together() {
        let request = get("kubectl get po -Aowide");
        assert_eq!(
            (request.all_namespaces, request.output.as_str()),
            (true, "wide")
        );
    }

    #[test]
    fn quotes_hold_a_selector_together() {
        assert_eq!(
            get("get po -l 'app in (a, b)'").selector.as_deref(),
            Some("app in (a, b)")
        );
    }

    #[test]
    fn what_kubectl_does_not_know_it_refuses_in_its_words() {
        let refusals = [
            (
                "kubectl get po --frob",
                "error: unknown flag: --frob\nSee 'kubectl get --help' for usage.\n",
            ),
            (
                "kubectl describe po -o yaml",
                "error: unknown shorthand flag: 'o' in -o\nSee 'kubectl describe --help' for usage.\n",
            ),
            (
                "kubectl get po -n",
                "error: flag needs an argument: 'n' in -n\nSee 'kubectl get --help' for usage.\n",
            ),
        ];
        for (line, words) in refusals {
            assert_eq!(read_line(line), Err(Refusal(words.to_owned())), "{line}");
        }
        let Err(Refusal(unknown)) = read_line("kubectl frob") else {
            panic!("frob is no command");
        };
        assert!(unknown.starts_with("error: unknown command \"frob\" for \"kubectl\"\n"));
        assert_eq!(
            read_line("kubectl gte"),
            Err(Refusal(
                "error: unknown command \"gte\" for \"kubectl\"\n\nDid you mean this?\n\tget\n"
                    .to_owned()
            ))
        );
    }
}
