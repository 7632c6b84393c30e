//! `curl`: opens the connection of its arguments, and prints how it ended as curl 8.18 does.
//!
//! The connection is a trace like any other. Nothing runs in a pod, so that a body is known only where a proxy answers by
//! itself, and for the image of the tutorial, which answers with its host name.

mod options;
mod report;

use self::options::{Options, UsageError};
use self::report::Report;
pub(super) use self::report::{kubia, no_body};
use crate::console::{Call, Output};
use crate::network::{HttpHeader, Request, Target};
use crate::trace::Trace;

/// `curl [OPTION]… URL`.
pub(super) fn curl(call: &Call<'_>) -> Output {
    let options = match Options::read(call.arguments) {
        Ok(options) => options,
        Err(UsageError(message)) => return Output::error(2, &message),
    };
    let Some(url) = &options.url else {
        return Output::error(
            2,
            "curl: (2) no URL specified\ncurl: try 'curl --help' or 'curl --manual' for more information",
        );
    };
    let url = if url.contains("://") {
        url.clone()
    } else {
        format!("http://{url}")
    };
    let Ok(mut to) = url.parse::<Target>() else {
        return Output::error(
            3,
            "curl: (3) URL rejected: Malformed input to a URL function",
        );
    };
    to.headers = options
        .headers
        .iter()
        .filter_map(|text| text.parse::<HttpHeader>().ok())
        .collect();
    if let Some(method) = options.stated_method()
        && let Err(error) = to.state_method(method)
    {
        return Output::error(2, &format!("kubehop: {error}"));
    }
    let request = Request {
        from: call.site.origin(),
        to,
    };
    match connect(call, &request) {
        Ok(trace) => Report {
            network: call.shell.network,
            options: &options,
            request: &request,
            trace: &trace,
        }
        .output(),
        Err(message) => Output::error(7, &format!("curl: (7) {message}")),
    }
}

/// The trace of a connection that a program opens, as the next one of the session.
pub(super) fn connect(call: &Call<'_>, request: &Request) -> Result<Trace, String> {
    let mut connections = call.shell.connections.clone();
    let second = connections.next();
    let trace = connections.connect(call.shell.network, request, second);
    trace.map_err(|error| format!("Failed to connect to {}: {error}", request.to.host))
}

#[cfg(test)]
mod tests {
    use crate::console::kubectl::Clock;
    use crate::console::{Act, Shell, run};
    use crate::network::Network;
    use crate::testing::resolved;
    use crate::trace::Connections;

    /// The request that a line sends, as people write it; else what is printed.
    fn sent(line: &str) -> String {
        let text = "
            apiVersion: v1
            kind: Pod
            metadata: {name: web}
            spec: {containers: [{name: web, image: nginx}]}
        ";
        let network = Network::of(resolved(text));
        let shell = Shell {
            network: &network,
            connections: &Connections::default(),
            text,
            clock: Clock::default(),
        };
        let output = run(shell, line);
        match output.acts.first() {
            Some(Act::Connect(request)) => request.to.to_string(),
            Some(Act::Change(_) | Act::Edit(_) | Act::Watch(_)) | None => output.stderr,
        }
    }

    #[test]
    fn the_method_of_an_option_is_sent() {
        for (options, wanted) in [
            ("", "http://10.0.0.1/a"),
            ("-X GET", "http://10.0.0.1/a"),
            ("-X POST", "http://10.0.0.1/a -X POST"),
            ("-XDELETE", "http://10.0.0.1/a -X DELETE"),
            ("--request PUT", "http://10.0.0.1/a -X PUT"),
            ("-I", "http://10.0.0.1/a -X HEAD"),
            ("-I -X PATCH", "http://10.0.0.1/a -X PATCH"),
        ] {
            let line = format!("curl {options} http://10.0.0.1/a");
            assert_eq!(sent(&line), wanted, "{line}");
        }
        assert!(sent("curl -X P/T http://10.0.0.1/a").starts_with("kubehop: "));
    }
}
