//! The registry: every program of the console, and where it runs.

mod container;
mod curl;
mod dig;
mod dns;
mod ip;
mod node;
mod nslookup;
mod ping;
mod probe;

use super::shell::{ProgramError, awk, edit, filters, grep, query, run_at};
use super::{Call, Output, Shell, Site, kubectl};

/// A program.
struct Program {
    name: &'static str,
    at: &'static [SiteKind],
    run: Run,
    /// A line that shows its use.
    example: &'static str,
}

/// Where programs run.
#[derive(Clone, Copy, PartialEq, Eq)]
enum SiteKind {
    Outside,
    Pod,
    Node,
}

/// How a program is run.
enum Run {
    /// It reads the cluster.
    Tool(fn(&Call<'_>) -> Output),
    /// It reads lines and writes lines: its arguments and its input.
    Filter(fn(&[String], &str) -> Result<String, ProgramError>),
}

const EVERYWHERE: &[SiteKind] = &[SiteKind::Outside, SiteKind::Pod, SiteKind::Node];
const OUTSIDE: &[SiteKind] = &[SiteKind::Outside];
const POD: &[SiteKind] = &[SiteKind::Pod];
const NODE: &[SiteKind] = &[SiteKind::Node];
const INSIDE: &[SiteKind] = &[SiteKind::Pod, SiteKind::Node];

const PROGRAMS: &[Program] = &[
    filter("ag", grep::ag, "… | ag kimho"),
    filter("awk", awk::awk, "… | awk '{print $2}'"),
    tool(
        "cat",
        EVERYWHERE,
        container::cat,
        "kubectl exec POD -- cat /etc/resolv.conf",
    ),
    tool("conntrack", NODE, node::conntrack, "ssh NODE conntrack -L"),
    tool(
        "curl",
        EVERYWHERE,
        curl::curl,
        "curl -v http://ADDRESS:PORT",
    ),
    tool(
        "dig",
        EVERYWHERE,
        dig::dig,
        "kubectl exec POD -- dig NAME.default.svc.cluster.local",
    ),
    tool("echo", EVERYWHERE, echo, "echo TEXT"),
    tool("env", POD, container::env, "kubectl exec POD -- env"),
    filter("grep", grep::grep, "… | grep -v kimho"),
    filter("head", filters::head, "… | head -n 5"),
    tool("help", OUTSIDE, help, "help"),
    tool(
        "hostname",
        INSIDE,
        container::hostname,
        "kubectl exec POD -- hostname",
    ),
    tool("ip", INSIDE, ip::ip, "ssh NODE ip route"),
    tool(
        "ip6tables-save",
        NODE,
        node::ip6tables_save,
        "ssh NODE ip6tables-save",
    ),
    tool(
        "iptables",
        NODE,
        node::iptables_list,
        "ssh NODE iptables -t nat -L -n",
    ),
    tool(
        "iptables-save",
        NODE,
        node::iptables_save,
        "ssh NODE iptables-save -t nat",
    ),
    filter("jq", query::jq, "… -o json | jq '.items[].metadata.name'"),
    tool(
        "kubectl",
        OUTSIDE,
        kubectl::kubectl,
        "kubectl get svc,pods -o wide",
    ),
    tool(
        "nc",
        EVERYWHERE,
        probe::nc,
        "kubectl exec POD -- nc -zv NAME 80",
    ),
    tool("nft", NODE, node::nft, "ssh NODE nft list ruleset"),
    tool("ipvsadm", NODE, node::ipvsadm, "ssh NODE ipvsadm -Ln"),
    tool("ipset", NODE, node::ipset, "ssh NODE ipset list"),
    tool(
        "nslookup",
        EVERYWHERE,
        nslookup::nslookup,
        "kubectl exec POD -- nslookup NAME",
    ),
    tool(
        "ping",
        EVERYWHERE,
        ping::ping,
        "kubectl exec POD -- ping NAME",
    ),
    tool(
        "printenv",
        POD,
        container::printenv,
        "kubectl exec POD -- printenv HOSTNAME",
    ),
    filter("sed", edit::sed, "… | sed 's/A/B/g'"),
    tool("sh", INSIDE, sh, "kubectl exec POD -- sh -c 'env | sort'"),
    filter("sort", filters::sort, "… | sort -rn"),
    tool("ss", NODE, node::ss, "ssh NODE ss -ltn"),
    tool("ssh", OUTSIDE, ssh, "ssh NODE iptables-save"),
    filter("tail", filters::tail, "… | tail -n +2"),
    tool(
        "telnet",
        EVERYWHERE,
        probe::telnet,
        "kubectl exec POD -- telnet NAME 80",
    ),
    filter("tr", edit::tr, "… | tr ' ' '\\n'"),
    filter("uniq", filters::uniq, "… | sort | uniq -c"),
    filter("wc", filters::wc, "… | wc -l"),
    tool(
        "wget",
        EVERYWHERE,
        probe::wget,
        "kubectl exec POD -- wget -qO- http://NAME",
    ),
    filter("yq", query::yq, "… -o yaml | yq .spec.ports"),
];

const fn tool(
    name: &'static str,
    at: &'static [SiteKind],
    run: fn(&Call<'_>) -> Output,
    example: &'static str,
) -> Program {
    Program {
        name,
        at,
        run: Run::Tool(run),
        example,
    }
}

const fn filter(
    name: &'static str,
    run: fn(&[String], &str) -> Result<String, ProgramError>,
    example: &'static str,
) -> Program {
    Program {
        name,
        at: EVERYWHERE,
        run: Run::Filter(run),
        example,
    }
}

/// The names of all programs, in alphabetical order.
pub(super) fn all_names() -> impl Iterator<Item = &'static str> {
    PROGRAMS.iter().map(|program| program.name)
}

fn here(place: SiteKind) -> impl Iterator<Item = &'static Program> {
    PROGRAMS
        .iter()
        .filter(move |program| program.at.contains(&place))
}

impl Site<'_> {
    fn place(self) -> SiteKind {
        match self {
            Site::Outside => SiteKind::Outside,
            Site::Pod(..) => SiteKind::Pod,
            Site::Node(_) => SiteKind::Node,
        }
    }
}

/// Runs a program with its arguments at a site; `input` is what comes through a pipe.
pub(super) fn execute(
    shell: Shell<'_>,
    site: Site<'_>,
    words: &[String],
    input: Option<&str>,
) -> Output {
    let Some((name, rest)) = words.split_first() else {
        return Output::default();
    };
    let call = |arguments| Call {
        shell,
        site,
        arguments,
        input,
    };
    let place = site.place();
    let program = here(place).find(|program| program.name == name.as_str());
    let Some(program) = program else {
        let is_kubectl = name == "k" || input.is_none() && kubectl::is_verb(name);
        if place == SiteKind::Outside && is_kubectl {
            return kubectl::kubectl(&call(words));
        }
        return unknown(name, place);
    };
    match program.run {
        Run::Tool(_) if input.is_some() && !reads_lines(words) => {
            Output::error(2, &format!("sh: {name} reads no lines: begin with it"))
        }
        Run::Tool(run) => run(&call(rest)),
        Run::Filter(run) => {
            let Some(input) = input else {
                let example = program.example;
                let message = format!("sh: {name} reads what comes through a pipe: {example}");
                return Output::error(2, &message);
            };
            filtered(program.name, run(rest, input))
        }
    }
}

/// The output of a filter.
fn filtered(name: &str, result: Result<String, ProgramError>) -> Output {
    match result {
        // grep found nothing.
        Ok(stdout) => Output {
            status: u8::from(stdout.is_empty() && matches!(name, "grep" | "ag")),
            ..Output::answer(stdout)
        },
        Err(ProgramError(message)) => Output::error(2, &message),
    }
}

/// Whether a program that reads the cluster takes what comes through a pipe: `cat`, and `kubectl apply -f -`.
fn reads_lines(words: &[String]) -> bool {
    let [name, rest @ ..] = words else {
        return false;
    };
    name == "cat"
        || name == "kubectl" && rest.iter().any(|word| word == "-" || word.ends_with("=-"))
}

fn unknown(name: &str, place: SiteKind) -> Output {
    if let Some(program) = PROGRAMS
        .iter()
        .find(|program| program.name == name && program.at != OUTSIDE)
    {
        let message = format!("sh: {name}: command not found\nTry: {}", program.example);
        return Output::error(127, &message);
    }
    let programs: Vec<&str> = here(place).map(|program| program.name).collect();
    let list = match place {
        SiteKind::Outside => "Programs",
        SiteKind::Pod | SiteKind::Node => "Programs here",
    };
    Output::error(
        127,
        &format!(
            "sh: {name}: command not found\n{list}: {}",
            programs.join(", ")
        ),
    )
}

/// `echo`.
fn echo(call: &Call<'_>) -> Output {
    Output::answer(format!("{}\n", call.arguments.join(" ")))
}

/// `help`: a line for each program.
fn help(_: &Call<'_>) -> Output {
    let line = |program: &Program| format!("{:<15} {}\n", program.name, program.example);
    let lines: String = PROGRAMS.iter().map(line).collect();
    Output::answer(
        lines + "\nOne after another: a; b    b if a succeeds: a && b    b if a fails: a || b\n",
    )
}

/// `sh -c 'a | b'`.
fn sh(call: &Call<'_>) -> Output {
    match call.arguments {
        [option, line] if option == "-c" => run_at(call.shell, call.site, line),
        _ => Output::error(
            2,
            "sh: there is no shell to type into: sh -c 'PROGRAM | PROGRAM'",
        ),
    }
}

/// `ssh NODE PROGRAM`: an administrator's way to a node.
fn ssh(call: &Call<'_>) -> Output {
    let Some((target, command)) = call.arguments.split_first() else {
        return Output::error(255, "usage: ssh destination [command [argument ...]]");
    };
    let name = target.rsplit('@').next().unwrap_or(target);
    let nodes = &call.shell.network.cluster().nodes;
    let Some((node, _)) = nodes.get_key_value(name) else {
        return Output::error(
            255,
            &format!("ssh: Could not resolve hostname {name}: Name or service not known"),
        );
    };
    if command.is_empty() {
        return Output::error(2, "kubehop has no shell to log in to: ssh NODE PROGRAM");
    }
    run_at(call.shell, Site::Node(node), &command.join(" "))
}
