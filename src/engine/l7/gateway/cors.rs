//! Which pages of other origins may read an answer (Gateway API `HTTPCORSFilter`; Fetch Standard, "CORS protocol").

use smol_str::SmolStr;

use crate::cluster::object::{CorsFilter, HeaderValue};
use crate::l7::http_request::HttpRequest;

/// The answer to a preflight request: whether a page may send a request that it asks for.
#[derive(Clone, Debug, PartialEq)]
pub struct Preflight {
    /// The headers of the answer; empty if no filter allows the origin.
    pub headers: Vec<HeaderValue>,
    /// What the answer does not allow, so that the browser does not send the request; `None` if it sends it.
    pub denied: Option<Denied>,
}

/// What a page asked for and may not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Denied {
    /// The page is of another origin.
    Origin(String),
    /// The method.
    Method(String),
    /// A header.
    Header(String),
}

/// The methods that need no permission (Fetch Standard, "CORS-safelisted method").
const SAFE_METHODS: [&str; 3] = ["GET", "HEAD", "POST"];

/// What the filter answers to a preflight request. Where an answer may have `*` or what was asked for, it is the latter:
/// both mean the same to a browser.
pub(super) fn preflight(cors: &CorsFilter, request: &HttpRequest) -> Preflight {
    let header = |name: &str| request.header(name).unwrap_or_default();
    let origin = header("Origin");
    if !allows(cors, origin) {
        return Preflight {
            headers: Vec::new(),
            denied: Some(Denied::Origin(origin.to_owned())),
        };
    }
    let method = header("Access-Control-Request-Method");
    let asked = header("Access-Control-Request-Headers");
    let of_list = |list: &[SmolStr], asked: &str| match list {
        [any] if any == "*" => asked.to_owned(),
        list => list.join(", "),
    };
    let credentials = if cors.allow_credentials { "true" } else { "" };
    let answered = [
        ("Access-Control-Allow-Origin", origin.to_owned()),
        (
            "Access-Control-Allow-Methods",
            of_list(&cors.allow_methods, method),
        ),
        (
            "Access-Control-Allow-Headers",
            of_list(&cors.allow_headers, asked),
        ),
        ("Access-Control-Allow-Credentials", credentials.to_owned()),
        (
            "Access-Control-Max-Age",
            cors.max_age.unwrap_or(5).to_string(),
        ),
    ];
    let given = answered.into_iter().filter(|(_, value)| !value.is_empty());
    let headers = given.map(|(name, value)| HeaderValue {
        name: name.into(),
        value: value.into(),
    });
    Preflight {
        headers: headers.collect(),
        denied: denied(cors, method, asked),
    }
}

/// Methods are compared as they are written, names of headers without regard to case. A browser asks for those headers only
/// that need permission: for `Content-Type` if it is `application/json`.
fn denied(cors: &CorsFilter, method: &str, asked: &str) -> Option<Denied> {
    let is_any = |list: &[SmolStr]| list.iter().any(|own| own == "*");
    let allows_method = SAFE_METHODS.contains(&method)
        || is_any(&cors.allow_methods)
        || cors.allow_methods.iter().any(|own| own == method);
    if !allows_method {
        return Some(Denied::Method(method.to_owned()));
    }
    let allows_header = |name: &&str| {
        let mut own = cors.allow_headers.iter();
        is_any(&cors.allow_headers) || own.any(|own| own.eq_ignore_ascii_case(name))
    };
    let mut names = asked
        .split(',')
        .map(str::trim)
        .filter(|name| !name.is_empty());
    let missing = names.find(|name| !allows_header(name))?;
    Some(Denied::Header(missing.to_owned()))
}

/// Whether a filter allows an origin, `https://app.example.com:8443`.
pub(super) fn allows(cors: &CorsFilter, origin: &str) -> bool {
    let origin = origin.to_ascii_lowercase();
    let mut patterns = cors.allow_origins.iter();
    patterns.any(|pattern| fits(&pattern.to_ascii_lowercase(), &origin))
}

/// Whether an entry of `allowOrigins` matches an origin. `*` in a host matches one or more labels, alone or as the first
/// label.
fn fits(pattern: &str, origin: &str) -> bool {
    if pattern == "*" || pattern == origin {
        return true;
    }
    let (Some(pattern), Some(origin)) = (parts(pattern), parts(origin)) else {
        return false;
    };
    let (scheme, host, port) = pattern;
    if (scheme, port) != (origin.0, origin.2) {
        return false;
    }
    match host.strip_prefix('*') {
        Some("") => true,
        Some(suffix) => origin
            .1
            .strip_suffix(suffix)
            .is_some_and(|it| !it.is_empty()),
        None => host == origin.1,
    }
}

/// Scheme, host and port; a default port may be left out.
fn parts(origin: &str) -> Option<(&str, &str, &str)> {
    let (scheme, rest) = origin.split_once("://")?;
    let (host, port) = rest.rsplit_once(':').unwrap_or((rest, ""));
    let default = if scheme == "https" { "443" } else { "80" };
    let port = if port.is_empty() { default } else { port };
    Some((scheme, host, port))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::object;

    #[test]
    fn an_origin_is_allowed_by_scheme_host_and_port() {
        for (pattern, origin, expected) in [
            ("*", "https://a.example", true),
            ("https://a.example", "https://A.example", true),
            ("https://a.example", "http://a.example", false),
            ("https://a.example", "https://a.example:8443", false),
            ("https://a.example:443", "https://a.example", true),
            ("https://*.example", "https://b.a.example", true),
            ("https://*.example", "https://example", false),
            ("https://*", "https://a.example", true),
            ("https://*", "http://a.example", false),
            ("https://a.example", "null", false),
        ] {
            let cors = CorsFilter {
                allow_origins: vec![pattern.into()],
                ..CorsFilter::default()
            };
            assert_eq!(allows(&cors, origin), expected, "{pattern} {origin}");
        }
    }

    /// The headers that answer a preflight from an origin about a method and headers, and what is denied.
    fn answer(filter: &str, asked: [&str; 3]) -> (String, Option<Denied>) {
        const NAMES: [&str; 3] = [
            "Origin",
            "Access-Control-Request-Method",
            "Access-Control-Request-Headers",
        ];
        let headers = NAMES.into_iter().zip(asked);
        let headers = headers.filter(|(_, value)| !value.is_empty());
        let request = HttpRequest {
            method: "OPTIONS".into(),
            headers: headers
                .map(|(name, value)| (name.to_owned(), value.to_owned()))
                .collect(),
            ..HttpRequest::default()
        };
        let answer = preflight(&object(filter), &request);
        let headers = answer.headers.iter().map(|own| {
            let name = own.name.trim_start_matches("Access-Control-");
            format!("{name}: {}", own.value)
        });
        (headers.collect::<Vec<_>>().join("; "), answer.denied)
    }

    #[test]
    fn a_preflight_is_answered_with_what_the_filter_allows() {
        let origin = "https://a.example";
        let plain =
            "{allowOrigins: ['https://a.example'], allowMethods: [PUT], allowHeaders: [X-A]}";
        assert_eq!(
            answer(plain, [origin, "PUT", "x-a"]),
            (
                "Allow-Origin: https://a.example; Allow-Methods: PUT; Allow-Headers: X-A; Max-Age: 5".to_owned(),
                None
            )
        );
        let denied = |filter: &str, asked| answer(filter, asked).1;
        assert_eq!(denied(plain, [origin, "POST", ""]), None);
        assert_eq!(
            denied(plain, [origin, "DELETE", ""]),
            Some(Denied::Method("DELETE".into()))
        );
        assert_eq!(
            denied(plain, [origin, "PUT", "x-a,x-b"]),
            Some(Denied::Header("x-b".into()))
        );
        assert_eq!(
            answer(plain, ["https://b.example", "PUT", ""]),
            (
                String::new(),
                Some(Denied::Origin("https://b.example".into()))
            )
        );
        let open = "{allowOrigins: ['*'], allowMethods: ['*'], allowHeaders: ['*'], allowCredentials: true, maxAge: 60}";
        assert_eq!(
            answer(open, [origin, "DELETE", ""]),
            (
                "Allow-Origin: https://a.example; Allow-Methods: DELETE; Allow-Credentials: true; Max-Age: 60".to_owned(),
                None
            )
        );
    }
}
