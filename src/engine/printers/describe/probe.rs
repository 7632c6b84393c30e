//! A probe in one line, as `kubectl describe` prints it (`kubectl/pkg/describe/describe.go` `DescribeProbe`).

use crate::manifest::tree::Yaml;
use crate::printers::fields::{at, host_port, number, scalar, text, texts};

/// A probe in one line (`DescribeProbe`).
pub(super) fn probe(probe: &Yaml) -> String {
    let seconds = |field| number(probe, field);
    let how_often = format!(
        "delay={}s timeout={}s period={}s #success={} #failure={}",
        seconds("initialDelaySeconds"),
        seconds("timeoutSeconds"),
        seconds("periodSeconds"),
        seconds("successThreshold"),
        seconds("failureThreshold"),
    );
    let what = if let Some(exec) = at(probe, "exec") {
        format!("exec [{}]", texts(exec, "command").join(" "))
    } else if let Some(get) = at(probe, "httpGet") {
        format!("http-get {}", url(get))
    } else if let Some(socket) = at(probe, "tcpSocket") {
        format!(
            "tcp-socket {}:{}",
            text(socket, "host"),
            scalar(socket, "port")
        )
    } else if let Some(grpc) = at(probe, "grpc") {
        format!(
            "grpc <pod>:{} {}",
            number(grpc, "port"),
            text(grpc, "service")
        )
    } else {
        "unknown".to_owned()
    };
    format!("{what} {how_often}")
}

/// Where a request goes, as Go's `net/url` `URL.String` writes it: the path is no more than a path, a `?` in it becomes
/// `%3F`.
fn url(get: &Yaml) -> String {
    /// Characters beside letters and digits that need no escape in a host.
    const IN_HOST: &str = "-_.~!$&'()*+,;=:[]<>\"";
    /// The same for a path.
    const IN_PATH: &str = "-_.~$&+,/:;=@";
    let (scheme, path) = (text(get, "scheme").to_lowercase(), text(get, "path"));
    let host = match scalar(get, "port") {
        port if port.is_empty() => text(get, "host").to_owned(),
        port => host_port(text(get, "host"), port),
    };
    let slash = if path.is_empty() || path.starts_with('/') {
        ""
    } else {
        "/"
    };
    let path = match path {
        "*" => path.to_owned(),
        path => escaped(path, IN_PATH),
    };
    format!("{scheme}://{}{slash}{path}", escaped(&host, IN_HOST))
}

/// A text with `%` and two digits for every byte that is neither a letter, a digit nor one of `plain`.
fn escaped(text: &str, plain: &str) -> String {
    let escape = |byte: u8| {
        if byte.is_ascii_alphanumeric() || plain.as_bytes().contains(&byte) {
            char::from(byte).to_string()
        } else {
            format!("%{byte:02X}")
        }
    };
    text.bytes().map(escape).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(json: &str) -> String {
        let node = serde_json::from_str::<serde_json::Value>(json).expect("the test writes JSON");
        probe(&Yaml::from(node))
    }

    #[test]
    fn a_probe_is_printed_in_one_line() {
        assert_eq!(
            told(
                r#"{"httpGet": {"path": "/ok", "port": 80, "scheme": "HTTP"}, "periodSeconds": 10}"#
            ),
            "http-get http://:80/ok delay=0s timeout=0s period=10s #success=0 #failure=0"
        );
    }

    #[test]
    fn the_path_of_a_request_is_percent_encoded() {
        let url = |path: &str| {
            let get = format!(
                r#"{{"httpGet": {{"path": "{path}", "port": "web", "host": "10.0.0.1", "scheme": "HTTPS"}}}}"#
            );
            let line = told(&get);
            let url = line.split(' ').nth(1).map(str::to_owned);
            url.unwrap_or_default()
        };
        assert_eq!(
            url("/health?full=true"),
            "https://10.0.0.1:web/health%3Ffull=true"
        );
        assert_eq!(url("a b/é%20"), "https://10.0.0.1:web/a%20b/%C3%A9%2520");
        assert_eq!(url("/:;,@&=+$-_.~"), "https://10.0.0.1:web/:;,@&=+$-_.~");
        assert_eq!(url("/*!()"), "https://10.0.0.1:web/%2A%21%28%29");
        assert_eq!(url("*"), "https://10.0.0.1:web/*");
    }
}
