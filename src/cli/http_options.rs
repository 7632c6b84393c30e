//! The options of an HTTP request: method and headers, as curl takes them.

/// What is said in an HTTP request beside its URL.
#[derive(clap::Args)]
pub(crate) struct HttpOptions {
    /// The method of the HTTP request: POST
    #[arg(
        short = 'X',
        long = "request",
        visible_alias = "method",
        value_name = "METHOD",
        requires = "to"
    )]
    method: Option<String>,
    /// A header of the HTTP request: 'Host: shop.example.com'
    #[arg(short = 'H', long = "header", value_name = "HEADER", requires = "to")]
    headers: Vec<String>,
    /// The header Host of the HTTP request
    #[arg(long, value_name = "NAME", requires = "to")]
    host: Option<String>,
}

impl HttpOptions {
    /// What is called, with method and headers behind it as a request is written.
    pub(crate) fn target(&self, url: &str) -> String {
        let host = self.host.iter().map(|name| format!("Host: {name}"));
        let mut target = url.to_owned();
        if let Some(method) = &self.method {
            target.push_str(&format!(" -X {method}"));
        }
        for header in host.chain(self.headers.iter().cloned()) {
            let quote = if header.contains('\'') { '"' } else { '\'' };
            target.push_str(&format!(" -H {quote}{header}{quote}"));
        }
        target
    }
}
