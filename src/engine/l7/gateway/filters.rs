//! Filters of a rule or a backend: headers, rewrites, redirects (Gateway API `apis/v1/httproute_types.go`).

use std::fmt;

use serde::{Serialize, Serializer};
use smol_str::SmolStr;

use super::hostname::host_of;
use crate::cluster::object::{
    HeaderModifier, HeaderValue, PathModifier, RequestRedirect, RouteFilter,
};
use crate::l7::http_request::HttpRequest;

/// A request as a backend gets it.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct SentRequest {
    /// The HTTP method.
    pub method: String,
    /// The header `Host`.
    pub host: String,
    /// Path and query.
    pub uri: String,
    /// The other headers; those of one name are one, joined by `,`.
    pub headers: Vec<(String, String)>,
}

/// `GET shop.example/v1, x-a: 1`.
impl fmt::Display for SentRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}{}", self.method, self.host, self.uri)?;
        for (name, value) in &self.headers {
            write!(f, ", {name}: {value}")?;
        }
        Ok(())
    }
}

/// A redirect that the Gateway answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Redirect {
    /// The status.
    pub status: u16,
    /// The header `Location`.
    pub location: String,
}

/// Applies the filters that change a request, in their order. `prefix` is what the match's path matched.
pub(super) fn change_request(request: &mut SentRequest, filters: &[RouteFilter], prefix: &str) {
    for filter in filters {
        if let Some(modifier) = &filter.request_header_modifier {
            for change in changes(modifier) {
                change.apply(&mut request.headers);
            }
        }
        let Some(rewrite) = &filter.url_rewrite else {
            continue;
        };
        if !rewrite.hostname.is_empty() {
            request.host = rewrite.hostname.to_string();
        }
        if let Some(modifier) = &rewrite.path {
            request.uri = with_path(&request.uri, modifier, prefix);
        }
    }
}

/// What a `RequestHeaderModifier` or `ResponseHeaderModifier` does to one header.
#[derive(Clone, Debug, PartialEq)]
pub enum HeaderChange {
    /// The header gets this value.
    Set(HeaderValue),
    /// The value is appended to those that the header has.
    Add(HeaderValue),
    /// The header is removed.
    Remove(SmolStr),
}

/// `set X-A: 1`, in the words of the fields.
impl fmt::Display for HeaderChange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            HeaderChange::Set(header) => write!(f, "set {}: {}", header.name, header.value),
            HeaderChange::Add(header) => write!(f, "add {}: {}", header.name, header.value),
            HeaderChange::Remove(name) => write!(f, "remove {name}"),
        }
    }
}

impl Serialize for HeaderChange {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl HeaderChange {
    /// Changes headers. Names are compared without regard to case.
    pub fn apply(&self, headers: &mut Vec<(String, String)>) {
        let is_named = |own: &str, name: &str| own.eq_ignore_ascii_case(name);
        match self {
            HeaderChange::Set(header) => {
                headers.retain(|(own, _)| !is_named(own, &header.name));
                headers.push((header.name.to_string(), header.value.to_string()));
            }
            HeaderChange::Add(header) => {
                let mut known = headers.iter_mut();
                match known.find(|(own, _)| is_named(own, &header.name)) {
                    Some((_, value)) => *value = format!("{value},{}", header.value),
                    None => headers.push((header.name.to_string(), header.value.to_string())),
                }
            }
            HeaderChange::Remove(name) => headers.retain(|(own, _)| !is_named(own, name)),
        }
    }
}

/// The changes of a response that filters make, in their order.
pub(super) fn response_changes<'a>(
    filters: impl Iterator<Item = &'a RouteFilter>,
) -> Vec<HeaderChange> {
    let modifiers = filters.filter_map(|it| it.response_header_modifier.as_ref());
    modifiers.flat_map(changes).collect()
}

/// What a filter does, in the order of the API: `set`, `add`, `remove`.
fn changes(modifier: &HeaderModifier) -> Vec<HeaderChange> {
    let set = first_of_each_name(&modifier.set).cloned();
    let add = first_of_each_name(&modifier.add).cloned();
    let remove = modifier.remove.iter().cloned();
    set.map(HeaderChange::Set)
        .chain(add.map(HeaderChange::Add))
        .chain(remove.map(HeaderChange::Remove))
        .collect()
}

/// Names differ only in case: the first entry counts, the others are ignored (`HTTPHeader.Name`).
fn first_of_each_name(written: &[HeaderValue]) -> impl Iterator<Item = &HeaderValue> {
    let is_first = |(index, header): &(usize, &HeaderValue)| {
        let mut earlier = written[..*index].iter();
        !earlier.any(|other| other.name.eq_ignore_ascii_case(&header.name))
    };
    let entries = written.iter().enumerate().filter(is_first);
    entries.map(|(_, header)| header)
}

/// A path and query with another path; the query is kept.
fn with_path(uri: &str, modifier: &PathModifier, prefix: &str) -> String {
    let (path, query) = match uri.find('?') {
        Some(start) => uri.split_at(start),
        None => (uri, ""),
    };
    let replaced = match (&modifier.replace_full_path, &modifier.replace_prefix_match) {
        (Some(full), _) => full.to_string(),
        (None, Some(replacement)) => {
            let rest = path.strip_prefix(prefix).unwrap_or(path);
            format!("{}{rest}", replacement.trim_end_matches('/'))
        }
        (None, None) => path.to_owned(),
    };
    let path = if replaced.is_empty() { "/" } else { &replaced };
    format!("{path}{query}")
}

/// What a redirect answers to a request on a listener's port.
pub(super) fn redirect(
    request: &HttpRequest,
    listener_port: u16,
    filter: &RequestRedirect,
    prefix: &str,
) -> Redirect {
    let scheme = match filter.scheme.as_str() {
        "" if request.is_tls => "https",
        "" => "http",
        given => given,
    };
    let host = match filter.hostname.as_str() {
        "" => host_as_written(&request.host),
        given => given.to_owned(),
    };
    let well_known = if scheme == "https" { 443 } else { 80 };
    let port = match filter.port {
        Some(port) => port,
        None if !filter.scheme.is_empty() => well_known,
        None => listener_port,
    };
    let port = if port == well_known {
        String::new()
    } else {
        format!(":{port}")
    };
    let uri = match &filter.path {
        Some(modifier) => with_path(&request.uri, modifier, prefix),
        None => request.uri.clone(),
    };
    Redirect {
        status: filter.status_code.unwrap_or(302),
        location: format!("{scheme}://{host}{port}{uri}"),
    }
}

/// The host of a `Host` header without its port, in the letters of the request.
fn host_as_written(header: &str) -> String {
    header
        .get(..host_of(header).len())
        .unwrap_or(header)
        .to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::object;

    fn rewritten(uri: &str, prefix: &str, replacement: &str) -> String {
        let modifier = PathModifier {
            replace_prefix_match: Some(replacement.into()),
            ..PathModifier::default()
        };
        with_path(uri, &modifier, prefix)
    }

    #[test]
    fn a_replaced_prefix_leaves_no_empty_path_and_no_double_slash() {
        // The table at HTTPPathModifier; the prefix has lost its slash at the end.
        for (uri, prefix, replacement, expected) in [
            ("/foo/bar", "/foo", "/xyz", "/xyz/bar"),
            ("/foo/bar", "/foo", "/xyz/", "/xyz/bar"),
            ("/foo", "/foo", "/xyz", "/xyz"),
            ("/foo/", "/foo", "/xyz", "/xyz/"),
            ("/foo/bar", "/foo", "", "/bar"),
            ("/foo/", "/foo", "/", "/"),
            ("/foo", "/foo", "", "/"),
            ("/foo?a=b", "/foo", "/", "/?a=b"),
        ] {
            assert_eq!(
                rewritten(uri, prefix, replacement),
                expected,
                "{uri} {prefix} {replacement}"
            );
        }
    }

    #[test]
    fn of_headers_whose_names_differ_in_case_the_first_entry_counts() {
        let modifier: HeaderModifier = object(
            "{set: [{name: X-A, value: one}, {name: x-a, value: two}], \
             add: [{name: X-B, value: three}, {name: x-b, value: four}], remove: [X-C]}",
        );
        let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        let mut headers = vec![pair("x-b", "old"), pair("x-c", "old")];
        for change in changes(&modifier) {
            change.apply(&mut headers);
        }
        assert_eq!(headers, [pair("x-b", "old,three"), pair("X-A", "one")]);
    }

    #[test]
    fn a_redirect_names_no_port_that_its_scheme_implies() {
        let request = |is_tls| HttpRequest {
            host: "Shop.example:8080".into(),
            uri: "/a".into(),
            is_tls,
            ..HttpRequest::default()
        };
        let to = |scheme: &str, port, listener, is_tls| {
            let filter = RequestRedirect {
                scheme: scheme.into(),
                port,
                ..RequestRedirect::default()
            };
            redirect(&request(is_tls), listener, &filter, "").location
        };
        assert_eq!(to("https", None, 8080, false), "https://Shop.example/a");
        assert_eq!(to("", None, 8080, false), "http://Shop.example:8080/a");
        assert_eq!(to("", None, 443, true), "https://Shop.example/a");
        assert_eq!(
            to("http", Some(443), 80, false),
            "http://Shop.example:443/a"
        );
    }
}
