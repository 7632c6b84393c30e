//! An HTTP request as a proxy reads it, an Ingress controller's as well as a Gateway's.

/// An HTTP request or a gRPC call.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct HttpRequest {
    /// The header `Host`.
    pub host: String,
    /// The method, in upper case.
    pub method: String,
    /// Path and query, with the leading `/`.
    pub uri: String,
    /// The other headers.
    pub headers: Vec<(String, String)>,
    /// Whether it came over TLS.
    pub is_tls: bool,
    /// Whether it is a gRPC call; the path is `/service/method`.
    pub is_grpc: bool,
}

impl HttpRequest {
    /// A request in the clear without other headers.
    #[cfg(test)]
    pub(crate) fn of(host: &str, uri: &str) -> HttpRequest {
        HttpRequest {
            host: host.to_owned(),
            method: "GET".to_owned(),
            uri: uri.to_owned(),
            ..HttpRequest::default()
        }
    }

    /// The path, without query and fragment.
    pub fn path(&self) -> &str {
        match self.uri.split(['?', '#']).next() {
            None | Some("") => "/",
            Some(path) => path,
        }
    }

    /// The query with its `?`; empty without one.
    pub fn query(&self) -> &str {
        let start = self.uri.find('?').unwrap_or(self.uri.len());
        self.uri[start..].split('#').next().unwrap_or_default()
    }

    /// The first value of a query parameter.
    pub fn query_value(&self, name: &str) -> Option<&str> {
        let (_, query) = self.uri.split_once('?')?;
        let query = query.split('#').next()?;
        let mut pairs = query
            .split('&')
            .map(|pair| pair.split_once('=').unwrap_or((pair, "")));
        pairs.find(|(own, _)| *own == name).map(|(_, value)| value)
    }

    /// The value of a header.
    pub fn header(&self, name: &str) -> Option<&str> {
        let mut headers = self.headers.iter();
        let found = headers.find(|(own, _)| own.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.as_str())
    }

    /// The value of a cookie.
    pub fn cookie(&self, name: &str) -> Option<&str> {
        let mut cookies = self.header("Cookie")?.split(';');
        cookies.find_map(|cookie| {
            let (own, value) = cookie.trim().split_once('=')?;
            (own == name).then_some(value)
        })
    }

    /// Whether a browser asks if it may send a request to another origin (Fetch Standard, "CORS-preflight request").
    pub fn is_preflight(&self) -> bool {
        let asks = ["Origin", "Access-Control-Request-Method"];
        self.method == "OPTIONS" && asks.iter().all(|name| self.header(name).is_some())
    }
}
