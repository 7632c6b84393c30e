//! A target as people type it: a URL, a name with a port, the arguments of curl.

use std::fmt;
use std::net::IpAddr;
use std::str::FromStr;

use super::RequestError;
use super::http_header::{RequestOptions, leading_method};
use super::target::{Host, Scheme, Target, stated_method};
use crate::names::Protocol;

impl FromStr for Target {
    type Err = RequestError;

    fn from_str(text: &str) -> Result<Target, RequestError> {
        let text = text.trim();
        if text.starts_with("ping ") {
            return Err(RequestError::Ping {
                text: text.to_owned(),
            });
        }
        let mut options = RequestOptions::default();
        let text = text.strip_prefix("curl ").map_or(text, str::trim_start);
        let text = match leading_method(text) {
            Some((method, rest)) => {
                options.method = method.to_owned();
                rest
            }
            None => options.read(text)?,
        };
        let ReadScheme {
            scheme,
            implied,
            keeps_path,
            rest,
        } = read_scheme(text)?;
        let (rest, headers) = rest.split_once(char::is_whitespace).unwrap_or((rest, ""));
        let unread = options.read(headers)?;
        if !unread.is_empty() {
            return Err(RequestError::BadHeader {
                text: unread.to_owned(),
            });
        }
        let (authority, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
        // A name and password are no part of the address.
        let authority = authority.rsplit('@').next().unwrap_or_default();
        let path = if keeps_path { path } else { "" };
        let (host, port) = split_port(authority).ok_or_else(|| RequestError::BadPort {
            text: text.to_owned(),
        })?;
        if host.is_empty() {
            return Err(RequestError::NoHost {
                text: text.to_owned(),
            });
        }
        let port = port_number(port, implied, text)?;
        let host = host
            .parse()
            .map_or_else(|_| Host::Name(host.to_ascii_lowercase()), Host::Address);
        Ok(Target {
            scheme,
            host,
            port,
            path: path.to_owned(),
            method: stated_method(options.method, scheme),
            headers: options.headers,
        })
    }
}

/// What a URL begins with.
struct ReadScheme<'a> {
    scheme: Option<Scheme>,
    /// The port, if none is written.
    implied: Option<u16>,
    /// Whether what follows the host is sent; the name of a database changes no packet.
    keeps_path: bool,
    /// What follows.
    rest: &'a str,
}

fn read_scheme(text: &str) -> Result<ReadScheme<'_>, RequestError> {
    let Some((written, rest)) = text.split_once("://") else {
        return Ok(ReadScheme {
            scheme: None,
            implied: Some(80),
            keeps_path: true,
            rest: text,
        });
    };
    if let Some((scheme, port)) = application_of(written) {
        return Ok(ReadScheme {
            scheme: Some(scheme),
            implied: Some(port),
            keeps_path: !matches!(scheme, Scheme::Transport(_)),
            rest,
        });
    }
    let scheme = scheme_of(written)?;
    let implied = match scheme {
        Scheme::Https | Scheme::Grpcs => Some(443),
        Scheme::Http | Scheme::Grpc => Some(80),
        Scheme::Transport(_) => None,
    };
    Ok(ReadScheme {
        scheme: Some(scheme),
        implied,
        keeps_path: true,
        rest,
    })
}

/// The port as written, else the scheme's default.
fn port_number(
    written: Option<&str>,
    implied: Option<u16>,
    text: &str,
) -> Result<u16, RequestError> {
    let text = || text.to_owned();
    let Some(written) = written else {
        return implied.ok_or_else(|| RequestError::NoPort { text: text() });
    };
    let number = written.parse().ok().filter(|&port| port > 0);
    number.ok_or_else(|| RequestError::BadPort { text: text() })
}

/// What the scheme of an application's URL means for packets, with the port that its clients call if none is written; as
/// IANA registers it, or the application's documentation says.
fn application_of(scheme: &str) -> Option<(Scheme, u16)> {
    let port = match scheme.to_ascii_lowercase().as_str() {
        "ws" => return Some((Scheme::Http, 80)),
        "wss" => return Some((Scheme::Https, 443)),
        "redis" | "rediss" => 6379,
        "postgres" | "postgresql" => 5432,
        "mysql" | "mariadb" => 3306,
        "mongodb" => 27017,
        "amqp" => 5672,
        "amqps" => 5671,
        "mqtt" => 1883,
        "nats" => 4222,
        "kafka" => 9092,
        "ldap" => 389,
        "ssh" => 22,
        "smtp" => 25,
        _ => return None,
    };
    Some((Scheme::Transport(Protocol::Tcp), port))
}

fn scheme_of(text: &str) -> Result<Scheme, RequestError> {
    match text.to_ascii_lowercase().as_str() {
        "http" => Ok(Scheme::Http),
        "https" => Ok(Scheme::Https),
        "grpc" => Ok(Scheme::Grpc),
        "grpcs" => Ok(Scheme::Grpcs),
        "icmp" | "ping" => Err(RequestError::Ping {
            text: text.to_owned(),
        }),
        other => other
            .parse()
            .map(Scheme::Transport)
            .map_err(|_| RequestError::UnknownScheme {
                text: text.to_owned(),
            }),
    }
}

/// `host:port`, `host`, `[v6]:port`, `[v6]` or a bare IPv6 address; `None` if something other than a port follows the bracket.
fn split_port(authority: &str) -> Option<(&str, Option<&str>)> {
    if let Some(inside) = authority.strip_prefix('[') {
        let (host, rest) = inside.split_once(']')?;
        return match rest {
            "" => Some((host, None)),
            port => port.strip_prefix(':').map(|port| (host, Some(port))),
        };
    }
    match authority.matches(':').count() {
        1 => authority
            .split_once(':')
            .map(|(host, port)| (host, Some(port))),
        _ => Some((authority, None)),
    }
}

impl fmt::Display for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.scheme {
            Some(Scheme::Http) => f.write_str("http://")?,
            Some(Scheme::Https) => f.write_str("https://")?,
            Some(Scheme::Grpc) => f.write_str("grpc://")?,
            Some(Scheme::Grpcs) => f.write_str("grpcs://")?,
            Some(Scheme::Transport(protocol)) => write!(f, "{}://", protocol.lower())?,
            None => {}
        }
        match &self.host {
            Host::Address(IpAddr::V6(address)) => write!(f, "[{address}]")?,
            host => write!(f, "{host}")?,
        }
        let implied = match self.scheme {
            Some(Scheme::Http | Scheme::Grpc) => Some(80),
            Some(Scheme::Https | Scheme::Grpcs) => Some(443),
            Some(Scheme::Transport(_)) | None => None,
        };
        if implied != Some(self.port) {
            write!(f, ":{}", self.port)?;
        }
        f.write_str(&self.path)?;
        if !self.method.is_empty() {
            write!(f, " -X {}", self.method)?;
        }
        for header in &self.headers {
            write!(f, " -H '{header}'")?;
        }
        Ok(())
    }
}

impl From<Target> for String {
    fn from(target: Target) -> String {
        target.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_people_type_is_read_and_printed_back() {
        for (text, printed, port) in [
            (
                "http://192.168.0.12:30123",
                "http://192.168.0.12:30123",
                30123,
            ),
            ("http://kimho", "http://kimho", 80),
            (
                "https://Kimho.default.svc/a/b",
                "https://kimho.default.svc/a/b",
                443,
            ),
            ("kimho:406", "kimho:406", 406),
            ("10.96.0.1", "10.96.0.1:80", 80),
            ("udp://10.96.0.10:53", "udp://10.96.0.10:53", 53),
            ("http://[fd00::1]:8080/x", "http://[fd00::1]:8080/x", 8080),
            ("fd00::1", "[fd00::1]:80", 80),
            ("grpc://web", "grpc://web", 80),
            (
                "grpcs://web/pkg.Service/Get",
                "grpcs://web/pkg.Service/Get",
                443,
            ),
            (
                "http://10.96.0.1/app -H \"Host:  shop.example.com\" --header X-Canary:always",
                "http://10.96.0.1/app -H 'Host: shop.example.com' -H 'X-Canary: always'",
                80,
            ),
            (
                "curl -X post http://web/a -H a:b",
                "http://web/a -X POST -H 'a: b'",
                80,
            ),
            ("DELETE http://web/a", "http://web/a -X DELETE", 80),
            ("http://web --request=PUT", "http://web -X PUT", 80),
        ] {
            let target: Target = text.parse().expect(text);
            assert_eq!(
                (target.to_string().as_str(), target.port),
                (printed, port),
                "{text}"
            );
        }
    }

    #[test]
    fn a_text_that_is_no_target_has_an_error() {
        for text in [
            "",
            "http://",
            "http://:80",
            "ftp://web",
            "web:0",
            "web:70000",
            "tcp://web",
            "[fd00::1",
            "[::1]x",
            "http://web host",
            "http://web -H",
            "http://web -H 'Host: a",
            "http://web -H Host",
            "http://web -H 'X Y: z'",
        ] {
            assert!(text.parse::<Target>().is_err(), "{text}");
        }
    }

    #[test]
    fn a_ping_is_refused_because_services_have_ports_only() {
        for text in ["icmp://10.96.0.10", "ping://web", "ping web"] {
            assert!(
                matches!(text.parse::<Target>(), Err(RequestError::Ping { .. })),
                "{text}"
            );
        }
    }
}
