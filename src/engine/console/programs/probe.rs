//! `nc -z` (OpenBSD), `telnet` (inetutils) and `wget` (BusyBox): open a connection and print how it ended.

use super::super::{Act, Call, Output};
use super::curl::{connect, kubia, no_body};
use crate::network::{Host, Request, Target, Verdict};
use crate::trace::Trace;

const NC_USAGE: &str = "usage: nc [-uvz] [-w timeout] [destination] [port]";

/// `nc -zv [-u] [-w SECONDS] HOST PORT`.
pub(super) fn nc(call: &Call<'_>) -> Output {
    let (mut words, mut options) = (Vec::new(), String::new());
    let mut arguments = call.arguments.iter();
    while let Some(word) = arguments.next() {
        match word.strip_prefix('-') {
            Some("w") => {
                arguments.next();
            }
            Some(own) if own.starts_with('w') => {}
            Some(own) => options += own,
            None => words.push(word.as_str()),
        }
    }
    if let Some(letter) = options.chars().find(|letter| !"zvu".contains(*letter)) {
        return Output::error(1, &format!("nc: invalid option -- '{letter}'\n{NC_USAGE}"));
    }
    let [host, port] = words.as_slice() else {
        return Output::error(1, NC_USAGE);
    };
    let scheme = if options.contains('u') { "udp" } else { "tcp" };
    let Some(to) = target(scheme, host, port) else {
        return Output::error(1, &format!("nc: port number invalid: {port}"));
    };
    let request = Request {
        from: call.site.origin(),
        to,
    };
    let said = match connect(call, &request) {
        Ok(trace) => nc_result(&trace, host, port, scheme),
        Err(message) => Err(format!("nc: {message}")),
    };
    let (status, message) = match said {
        Ok(message) => (0, message),
        Err(message) => (1, message),
    };
    let says = options.contains('v');
    Output {
        stderr: if says {
            format!("{message}\n")
        } else {
            String::new()
        },
        status,
        acts: vec![Act::Connect(request)],
        ..Output::default()
    }
}

fn nc_result(trace: &Trace, host: &str, port: &str, scheme: &str) -> Result<String, String> {
    let called = called(trace);
    let at = match trace.request.to.host {
        Host::Name(_) => format!("{host} ({called}) {port}"),
        Host::Address(_) => format!("{host} {port}"),
    };
    let service = service_name(port);
    let succeeded = format!("Connection to {at} port [{scheme}/{service}] succeeded!");
    let failed = |why: &str| {
        Err(format!(
            "nc: connect to {host} port {port} ({scheme}) {why}"
        ))
    };
    let unknown = |why: &str| {
        Err(format!(
            "nc: getaddrinfo for host \"{host}\" port {port}: {why}"
        ))
    };
    match &trace.verdict {
        Verdict::Refused { .. } => failed("failed: Connection refused"),
        // A datagram that is lost looks like one that was taken.
        Verdict::TimedOut { .. } if scheme == "udp" => Ok(succeeded),
        Verdict::TimedOut { .. } => failed("failed: Connection timed out"),
        Verdict::NoSuchName { .. } | Verdict::IngressUnreachable { .. } => {
            unknown("Name or service not known")
        }
        Verdict::Unreachable { .. } => failed("failed: Network is unreachable"),
        Verdict::LookupFailed { .. } => unknown("Temporary failure in name resolution"),
        Verdict::Unknown { pod, port } => Err(not_said(pod, *port)),
        Verdict::Answered { .. }
        | Verdict::AnsweredUnless { .. }
        | Verdict::AnsweredOutside { .. }
        | Verdict::Redirected { .. }
        | Verdict::ControllerDecides { .. }
        | Verdict::HttpError { .. } => Ok(succeeded),
    }
}

/// `telnet HOST PORT`, with which people try whether a port is open.
pub(super) fn telnet(call: &Call<'_>) -> Output {
    let [host, port] = call.arguments else {
        return Output::error(1, "usage: telnet HOST PORT");
    };
    let Some(to) = target("tcp", host, port) else {
        return Output::error(1, &format!("telnet: bad port {port}"));
    };
    let request = Request {
        from: call.site.origin(),
        to,
    };
    let trace = match connect(call, &request) {
        Ok(trace) => trace,
        Err(message) => return Output::error(1, &format!("telnet: {message}")),
    };
    let mut said = match telnet_error(&trace, host, port) {
        Some(error) => Output::error(1, &error),
        None => Output::answer(format!("Connected to {host}.\nEscape character is '^]'.\n")),
    };
    let called = called(&trace);
    if !called.is_empty() {
        said.stdout = format!("Trying {called}...\n{}", said.stdout);
    }
    said.acts.push(Act::Connect(request));
    said
}

fn telnet_error(trace: &Trace, host: &str, port: &str) -> Option<String> {
    let failed = |why: &str| Some(format!("telnet: Unable to connect to remote host: {why}"));
    let unknown = |why: &str| Some(format!("telnet: could not resolve {host}/{port}: {why}"));
    match &trace.verdict {
        Verdict::Refused { .. } => failed("Connection refused"),
        Verdict::TimedOut { .. } => failed("Connection timed out"),
        Verdict::Unreachable { .. } => failed("Network is unreachable"),
        Verdict::NoSuchName { .. } | Verdict::IngressUnreachable { .. } => {
            unknown("Name or service not known")
        }
        Verdict::LookupFailed { .. } => unknown("Temporary failure in name resolution"),
        Verdict::Unknown { pod, port } => Some(not_said(pod, *port)),
        Verdict::Answered { .. }
        | Verdict::AnsweredUnless { .. }
        | Verdict::AnsweredOutside { .. }
        | Verdict::Redirected { .. }
        | Verdict::ControllerDecides { .. }
        | Verdict::HttpError { .. } => None,
    }
}

/// The target of a host and a port; `None` if the port is no number.
fn target(scheme: &str, host: &str, port: &str) -> Option<Target> {
    let in_url = if host.contains(':') {
        format!("[{host}]")
    } else {
        host.to_owned()
    };
    format!("{scheme}://{in_url}:{port}").parse().ok()
}

/// The note where the manifest does not state whether a port is open.
pub(super) fn not_said(pod: &str, port: u16) -> String {
    format!(
        "kubehop: the packet reaches {pod}; its manifest does not say whether anything listens on port {port}"
    )
}

fn called(trace: &Trace) -> String {
    trace
        .called()
        .map(|address| address.to_string())
        .unwrap_or_default()
}

/// The name of a port in `/etc/services`, as far as people probe them.
fn service_name(port: &str) -> &'static str {
    match port {
        "22" => "ssh",
        "53" => "domain",
        "80" => "http",
        "443" => "https",
        "3306" => "mysql",
        "5432" => "postgresql",
        "6379" => "redis",
        "8080" => "http-alt",
        _ => "*",
    }
}

/// `wget [-q] [-O-] [-T SECONDS] URL`.
pub(super) fn wget(call: &Call<'_>) -> Output {
    let (url, output) = match wget_words(call.arguments) {
        Ok(read) => read,
        Err(message) => return Output::error(1, &message),
    };
    let Ok(to) = url.parse::<Target>() else {
        return Output::error(1, &format!("wget: not an http or ftp url: {url}"));
    };
    let request = Request {
        from: call.site.origin(),
        to,
    };
    let trace = match connect(call, &request) {
        Ok(trace) => trace,
        Err(message) => return Output::error(1, &format!("wget: {message}")),
    };
    let called = called(&trace);
    let mut stderr = String::new();
    if !output.is_quiet && !called.is_empty() {
        let Target { host, port, .. } = &request.to;
        stderr += &format!("Connecting to {host} ({called}:{port})\n");
    }
    let body = kubia(call.shell.network, &trace);
    let mut said = Output::noted(stderr, String::new());
    match (wget_error(&trace, &called), body) {
        (Some(error), _) => {
            said.status = 1;
            said.stderr += &format!("{error}\n");
        }
        (None, None) => said.stderr += &no_body(&trace),
        (None, Some(body)) if output.is_printed => said.stdout = body,
        (None, Some(_)) => {}
    }
    said.acts.push(Act::Connect(request));
    said
}

/// Where wget writes to.
#[derive(Default)]
struct WgetOutput {
    /// `-q`.
    is_quiet: bool,
    /// `-O-`: the body goes to standard output, not into a file.
    is_printed: bool,
}

/// The URL, and where wget writes to.
fn wget_words(arguments: &[String]) -> Result<(String, WgetOutput), String> {
    let (mut url, mut output) = (None, WgetOutput::default());
    let mut words = arguments.iter();
    while let Some(word) = words.next() {
        match word.as_str() {
            "-q" => output.is_quiet = true,
            "-O-" | "-qO-" => {
                output.is_quiet |= word == "-qO-";
                output.is_printed = true;
            }
            "--spider" | "-S" => {}
            "-O" | "-qO" => {
                output.is_quiet |= word == "-qO";
                output.is_printed = words.next().is_some_and(|file| file == "-");
            }
            "-T" => {
                words.next();
            }
            own if own.starts_with("-T") => {}
            own if own.starts_with('-') => {
                return Err(format!(
                    "wget: unrecognized option: {}",
                    own.trim_start_matches('-')
                ));
            }
            own => url = Some(own),
        }
    }
    let url = url.ok_or("Usage: wget [-q] [-O-] [-T SECONDS] URL")?;
    let url = if url.contains("://") {
        url.to_owned()
    } else {
        format!("http://{url}")
    };
    Ok((url, output))
}

fn wget_error(trace: &Trace, called: &str) -> Option<String> {
    let host = &trace.request.to.host;
    match &trace.verdict {
        Verdict::Refused { .. } => Some(format!(
            "wget: can't connect to remote host ({called}): Connection refused"
        )),
        Verdict::Unreachable { .. } => Some(format!(
            "wget: can't connect to remote host ({called}): Network is unreachable"
        )),
        Verdict::TimedOut { .. } => Some("wget: download timed out".to_owned()),
        Verdict::NoSuchName { .. }
        | Verdict::LookupFailed { .. }
        | Verdict::IngressUnreachable { .. } => Some(format!("wget: bad address '{host}'")),
        Verdict::HttpError { status, .. } => {
            Some(format!("wget: server returned error: HTTP/1.1 {status}"))
        }
        Verdict::Unknown { pod, port } => Some(not_said(pod, *port)),
        Verdict::Answered { .. }
        | Verdict::AnsweredUnless { .. }
        | Verdict::AnsweredOutside { .. }
        | Verdict::Redirected { .. }
        | Verdict::ControllerDecides { .. } => None,
    }
}
