//! An HTTP request as a proxy reads it.

/// What a proxy decides by.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub(crate) struct HttpRequest {
    /// The header `Host`.
    pub(crate) host: String,
    /// Path and query, with the leading `/`.
    pub(crate) uri: String,
    /// Whether it came over TLS.
    pub(crate) is_tls: bool,
    /// The other headers.
    pub(crate) headers: Vec<(String, String)>,
}

impl HttpRequest {
    /// A request in the clear without other headers.
    #[cfg(test)]
    pub(crate) fn of(host: &str, uri: &str) -> HttpRequest {
        HttpRequest {
            host: host.to_owned(),
            uri: uri.to_owned(),
            ..HttpRequest::default()
        }
    }

    /// The path, without query and fragment.
    pub(crate) fn path(&self) -> &str {
        self.uri.split(['?', '#']).next().unwrap_or_default()
    }

    /// The query with its `?`; empty without one.
    pub(crate) fn query(&self) -> &str {
        let start = self.uri.find('?').unwrap_or(self.uri.len());
        self.uri[start..].split('#').next().unwrap_or_default()
    }

    /// The value of a header.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let mut headers = self.headers.iter();
        let header = headers.find(|(own, _)| own.eq_ignore_ascii_case(name))?;
        Some(&header.1)
    }

    /// The value of a cookie.
    pub(crate) fn cookie(&self, name: &str) -> Option<&str> {
        let mut cookies = self.header("Cookie")?.split(';');
        cookies.find_map(|cookie| {
            let (own, value) = cookie.trim().split_once('=')?;
            (own == name).then_some(value)
        })
    }
}
