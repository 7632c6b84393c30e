//! Which pages of other origins may read an answer (Gateway API `HTTPCORSFilter`; Fetch Standard, "CORS protocol").

use crate::cluster::object::CorsFilter;

/// Whether a filter allows an origin, `https://app.example.com:8443`.
pub(super) fn allows(cors: &CorsFilter, origin: &str) -> bool {
    let origin = origin.to_ascii_lowercase();
    let mut patterns = cors.allow_origins.iter();
    patterns.any(|pattern| fits(&pattern.to_ascii_lowercase(), &origin))
}

/// Whether an origin is one of those that an entry of `allowOrigins` stands for. `*` in a host stands for one or more
/// labels, alone or as the first one.
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
            };
            assert_eq!(allows(&cors, origin), expected, "{pattern} {origin}");
        }
    }
}
