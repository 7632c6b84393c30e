//! What curl prints of a connection.

use std::net::{IpAddr, SocketAddr};

use super::options::{Limit, Options};
use crate::console::{Act, Output};
use crate::l7::gateway::HeaderChange;
use crate::names::Family;
use crate::network::{ControllerMatter, Failure, Host, Request, Target, Verdict};
use crate::trace::{Direction, GatewayReason, Hop, Network, Reason, Trace};

/// The version whose words these are.
const VERSION: &str = "8.18.0";

/// How long Linux tries to open a connection (`tcp_syn_retries` 6), in milliseconds.
const KERNEL_LIMIT: u32 = 127_000;

/// What is printed of a connection.
pub(super) struct Report<'a> {
    pub(super) network: &'a Network,
    pub(super) options: &'a Options,
    pub(super) request: &'a Request,
    pub(super) trace: &'a Trace,
}

/// How a connection ended for curl.
enum End {
    /// An HTTP status, and the body where it is known.
    Answer(u16, Option<String>),
    /// Exit code and message.
    Error(u8, String),
    /// What comes back is not known.
    Unknown(String),
}

impl Report<'_> {
    pub(super) fn output(&self) -> Output {
        let mut output = Output {
            acts: vec![Act::Connect(self.request.clone())],
            ..Output::default()
        };
        let end = self.end();
        if self.options.verbose {
            self.write_connection(&mut output.stderr, &end);
        }
        let status = match &end {
            End::Answer(status, _) => *status,
            End::Error(..) | End::Unknown(_) => 0,
        };
        match end {
            End::Answer(status, _) if self.options.fail && status >= 400 => {
                output.status = 22;
                output.turn();
                self.complain(
                    &mut output.stderr,
                    &format!("curl: (22) The requested URL returned error: {status}"),
                );
            }
            End::Answer(status, body) => {
                output.turn();
                self.write_answer(&mut output, status, body);
                if self.options.verbose {
                    let Target { host, port, .. } = &self.request.to;
                    output.turn();
                    output.stderr +=
                        &format!("* Connection #0 to host {host}:{port} left intact\n");
                }
            }
            End::Error(code, message) => {
                output.status = code;
                output.turn();
                self.complain(&mut output.stderr, &format!("curl: ({code}) {message}"));
            }
            End::Unknown(note) => output.stderr += &format!("kubehop: {note}\n"),
        }
        if let Some(format) = &self.options.write_out {
            let format = format
                .replace("\\n", "\n")
                .replace("%{http_code}", &format!("{status:03}"));
            let format = format.replace("%{response_code}", &format!("{status:03}"));
            let peer = self.called().map(|at| at.ip().to_string());
            output.stdout += &format.replace("%{remote_ip}", &peer.unwrap_or_default());
        }
        output
    }

    fn complain(&self, stderr: &mut String, message: &str) {
        if !self.options.silent || self.options.show_error {
            *stderr += &format!("{message}\n");
        }
    }

    fn write_answer(&self, output: &mut Output, status: u16, body: Option<String>) {
        if self.options.include || self.options.head {
            output.stdout += &format!("HTTP/1.1 {status} {}\r\n", reason_phrase(status));
            for header in self.answer_headers() {
                output.stdout += &format!("{header}\r\n");
            }
            output.stdout += "\r\n";
        }
        if self.options.discards || self.options.head {
            return;
        }
        if let Some(body) = body {
            output.stdout += &body;
            return;
        }
        output.stderr += &no_body(self.trace);
    }

    /// The address and port that curl calls; `None` if the name has none.
    fn called(&self) -> Option<SocketAddr> {
        let address = self.trace.called()?;
        Some(SocketAddr::new(address, self.request.to.port))
    }

    fn end(&self) -> End {
        let host = &self.request.to.host;
        let port = self.request.to.port;
        match &self.trace.verdict {
            Verdict::Answered { .. } | Verdict::AnsweredOutside { .. } => {
                End::Answer(200, kubia(self.network, self.trace))
            }
            Verdict::AnsweredUnless { object, .. } => End::Unknown(format!(
                "{object} decides, which is not simulated; without it, a pod answers"
            )),
            Verdict::Redirected { status, .. } | Verdict::HttpError { status, .. } => {
                let is_nginx = |hop: &Hop| matches!(hop.reason, Reason::TakesHttp { .. });
                let by_nginx = self.trace.hops.iter().any(is_nginx);
                End::Answer(*status, by_nginx.then(|| nginx_page(*status)))
            }
            Verdict::ControllerDecides {
                matter: ControllerMatter::CustomBackend,
                ..
            } => End::Unknown("the Gateway's implementation decides what it answers".to_owned()),
            Verdict::ControllerDecides { .. } => {
                End::Unknown("the Ingress controller decides what it answers".to_owned())
            }
            Verdict::Unknown { pod, port } => End::Unknown(format!(
                "the packet reaches {pod}; its manifest does not say whether anything listens on port {port}"
            )),
            Verdict::Refused { .. } | Verdict::Unreachable { .. } => End::Error(
                7,
                format!(
                    "Failed to connect to {host} port {port} after 0 ms: Could not connect to server"
                ),
            ),
            Verdict::TimedOut { .. } => End::Error(28, self.timeout(host, port)),
            Verdict::NoSuchName { .. } | Verdict::IngressUnreachable { .. } => {
                End::Error(6, format!("Could not resolve host: {host}"))
            }
            Verdict::LookupFailed { why, .. } => self.lookup_failed(host, *why),
        }
    }

    fn lookup_failed(&self, host: &Host, why: Failure) -> End {
        match self.options.limit {
            Some(Limit::Connect(limit) | Limit::Whole(limit)) if why != Failure::NoEndpoints => {
                End::Error(
                    28,
                    format!("Resolving timed out after {limit} milliseconds"),
                )
            }
            _ => End::Error(6, format!("Could not resolve host: {host}")),
        }
    }

    fn timeout(&self, host: &Host, port: u16) -> String {
        match self.options.limit {
            Some(Limit::Connect(limit)) => {
                format!(
                    "Failed to connect to {host} port {port} after {limit} ms: Timeout was reached"
                )
            }
            Some(Limit::Whole(limit)) => format!("Connection timed out after {limit} milliseconds"),
            None => format!(
                "Failed to connect to {host} port {port} after {KERNEL_LIMIT} ms: Could not connect to server"
            ),
        }
    }

    /// What `-v` prints before the answer.
    fn write_connection(&self, text: &mut String, end: &End) {
        let (host, port) = (&self.request.to.host, self.request.to.port);
        let Some(called) = self.called() else {
            let message = match end {
                End::Error(_, message) => message.as_str(),
                End::Answer(..) | End::Unknown(_) => "",
            };
            *text += &format!("* {message}\n* closing connection #0\n");
            return;
        };
        if let Host::Name(name) = host {
            let addresses = |family| self.addresses(family);
            *text += &format!(
                "* Host {name}:{port} was resolved.\n* IPv6: {}\n* IPv4: {}\n",
                addresses(Family::V6),
                addresses(Family::V4)
            );
        }
        *text += &format!("*   Trying {called}...\n");
        let source = self.source();
        let from = source.map_or(String::new(), |source| {
            format!("{} port {}", source.ip(), source.port())
        });
        match end {
            End::Error(_, message) if matches!(self.trace.verdict, Verdict::Unreachable { .. }) => {
                *text += &format!(
                    "* Immediate connect fail for {}: Network is unreachable\n* {message}\n* closing connection #0\n",
                    called.ip()
                );
            }
            End::Error(_, message) => {
                let why = match self.trace.verdict {
                    Verdict::Refused { .. } => "Connection refused",
                    _ => "Connection timed out",
                };
                if self.options.limit.is_none() || why == "Connection refused" {
                    *text += &format!(
                        "* connect to {} port {port} from {from} failed: {why}\n",
                        called.ip()
                    );
                }
                *text += &format!("* {message}\n* closing connection #0\n");
            }
            End::Answer(status, _) => {
                *text += &format!(
                    "* Established connection to {host} ({} port {port}) from {from} \n",
                    called.ip()
                );
                self.write_exchange(text, *status);
            }
            End::Unknown(_) => {}
        }
    }

    fn write_exchange(&self, text: &mut String, status: u16) {
        let to = &self.request.to;
        if to.is_tls() {
            *text += "* kubehop simulates no TLS\n";
        }
        let method = to.http_method();
        let path = if to.path.is_empty() { "/" } else { &to.path };
        let port = if to.port == 80 || to.port == 443 {
            String::new()
        } else {
            format!(":{}", to.port)
        };
        let own_host = to
            .headers
            .iter()
            .any(|header| header.name.eq_ignore_ascii_case("Host"));
        let host = if own_host {
            to.host_header()
        } else {
            format!("{}{port}", to.host)
        };
        let agent = format!("curl/{VERSION}");
        let agent = self.options.user_agent.as_deref().unwrap_or(&agent);
        *text += &format!(
            "* using HTTP/1.x\n> {method} {path} HTTP/1.1\n> Host: {host}\n> User-Agent: {agent}\n> Accept: */*\n"
        );
        for header in to
            .headers
            .iter()
            .filter(|header| !header.name.eq_ignore_ascii_case("Host"))
        {
            *text += &format!("> {}: {}\n", header.name, header.value);
        }
        *text += &format!(
            "> \n* Request completely sent off\n< HTTP/1.1 {status} {}\n",
            reason_phrase(status)
        );
        for header in self.answer_headers() {
            *text += &format!("< {header}\n");
        }
        *text += "< \n";
    }

    /// The headers of the answer that are known: `Location: …`, and those that a route of a Gateway sets or adds. What the
    /// program in the pod sends is not known.
    fn answer_headers(&self) -> Vec<String> {
        if let Verdict::Redirected { to, .. } = &self.trace.verdict {
            return vec![format!("Location: {to}")];
        }
        let changes = self.trace.hops.iter().filter_map(|hop| match &hop.reason {
            Reason::Gateway(
                GatewayReason::RoutesForGateway { response, .. }
                | GatewayReason::AnswersPreflight { response, .. },
            ) => Some(response),
            _ => None,
        });
        let changes = changes.flatten().filter_map(|change| match change {
            HeaderChange::Set(header) | HeaderChange::Add(header) => {
                Some(format!("{}: {}", header.name, header.value))
            }
            HeaderChange::Remove(_) => None,
        });
        changes.collect()
    }

    /// The addresses of a name in a family, as curl lists them.
    fn addresses(&self, family: Family) -> String {
        let found: Vec<IpAddr> = match &self.trace.lookup {
            Some(lookup) => lookup.resolution.addresses().collect(),
            None => self.trace.called().into_iter().collect(),
        };
        let found = found
            .into_iter()
            .filter(|address| Family::of(*address) == family);
        let found: Vec<String> = found.map(|address| address.to_string()).collect();
        if found.is_empty() {
            "(none)".to_owned()
        } else {
            found.join(", ")
        }
    }

    /// The client's own address and port.
    fn source(&self) -> Option<SocketAddr> {
        let mut hops = self.trace.hops.iter();
        let first = hops.find(|hop| hop.direction == Direction::Request)?;
        Some(first.before.source)
    }
}

/// The body of a pod's answer, known only for the image of the tutorial: it answers with its host name.
pub(in crate::console::programs) fn kubia(network: &Network, trace: &Trace) -> Option<String> {
    let pod = trace.answered_by()?;
    let containers = &network.cluster().pod(pod)?.spec.containers;
    let is_kubia = containers
        .iter()
        .any(|own| own.image.starts_with("luksa/kubia"));
    is_kubia.then(|| format!("You've hit {}\n", pod.name))
}

/// The note where a pod answers and its answer is not known.
pub(in crate::console::programs) fn no_body(trace: &Trace) -> String {
    let by = trace.verdict.answered_by().unwrap_or_default();
    let at = trace.verdict.answering_endpoint();
    let at = at.map_or(String::new(), |at| format!(" at {at}"));
    format!("kubehop: {by}{at} answers; nothing runs in it, so there is no body\n")
}

/// The page of an nginx that answers by itself.
fn nginx_page(status: u16) -> String {
    let title = format!("{status} {}", reason_phrase(status));
    format!(
        "<html>\r\n<head><title>{title}</title></head>\r\n<body>\r\n<center><h1>{title}</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n"
    )
}

/// The words behind a status, nginx's where it has its own.
fn reason_phrase(status: u16) -> &'static str {
    match status {
        200 => "OK",
        301 => "Moved Permanently",
        302 => "Moved Temporarily",
        307 => "Temporary Redirect",
        308 => "Permanent Redirect",
        400 => "Bad Request",
        404 => "Not Found",
        500 => "Internal Server Error",
        502 => "Bad Gateway",
        503 => "Service Temporarily Unavailable",
        504 => "Gateway Time-out",
        _ => "",
    }
}
