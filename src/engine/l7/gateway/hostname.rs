//! Host names of listeners and routes: exact ones, and `*.example.com` for any number of labels before `.example.com`
//! (Gateway API `apis/v1/shared_types.go`, `Hostname`).

/// Whether a host name fits a pattern; an empty pattern fits every one. The host has lower case and no port.
pub(crate) fn fits(pattern: &str, host: &str) -> bool {
    match pattern.strip_prefix('*') {
        _ if pattern.is_empty() => true,
        Some(suffix) => host.len() > suffix.len() && host.ends_with(suffix),
        None => pattern == host,
    }
}

/// The pattern of the names that fit both; `None` if there are none.
pub(crate) fn intersection<'a>(one: &'a str, other: &'a str) -> Option<&'a str> {
    let is_wildcard = |pattern: &str| pattern.starts_with('*');
    if one.is_empty() || one == other {
        return Some(other);
    }
    if other.is_empty() {
        return Some(one);
    }
    match (is_wildcard(one), is_wildcard(other)) {
        (false, false) => None,
        (true, false) => fits(one, other).then_some(other),
        (false, true) => fits(other, one).then_some(one),
        (true, true) if one.len() >= other.len() => one.ends_with(&other[1..]).then_some(one),
        (true, true) => other.ends_with(&one[1..]).then_some(other),
    }
}

/// How specific a pattern is: its characters if it is no wildcard, then its characters. The greater wins.
pub(crate) fn specificity(pattern: &str) -> (usize, usize) {
    let exact = if pattern.starts_with('*') {
        0
    } else {
        pattern.len()
    };
    (exact, pattern.len())
}

/// The host of a `Host` header or URL, in lower case and without its port.
pub(crate) fn host_of(header: &str) -> String {
    crate::l7::ingress::without_port(header).to_ascii_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wildcard_fits_any_number_of_labels_but_not_none() {
        for (pattern, host, expected) in [
            ("", "a.example", true),
            ("*.example", "a.example", true),
            ("*.example", "b.a.example", true),
            ("*.example", "example", false),
            ("*.example", ".example", false),
            ("*.example", "aexample", false),
            ("a.example", "b.a.example", false),
        ] {
            assert_eq!(fits(pattern, host), expected, "{host} of {pattern}");
        }
    }

    #[test]
    fn the_narrower_pattern_is_the_intersection() {
        for (one, other, expected) in [
            ("", "a.b", Some("a.b")),
            ("*.b", "a.b", Some("a.b")),
            ("*.b", "b", None),
            ("*.b", "*.a.b", Some("*.a.b")),
            ("*.b", "*.ab", None),
            ("*.a", "*.b", None),
            ("a.b", "c.b", None),
        ] {
            assert_eq!(intersection(one, other), expected, "{one} and {other}");
            assert_eq!(intersection(other, one), expected, "{other} and {one}");
        }
    }
}
