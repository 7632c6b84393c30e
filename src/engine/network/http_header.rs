//! The method and headers of a request, as curl takes them: `-X POST -H 'Host: shop.example.com'`.

use std::fmt;
use std::str::FromStr;

use super::RequestError;

/// A header of an HTTP request: `Name: value`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HttpHeader {
    /// The name.
    pub name: String,
    /// The value.
    pub value: String,
}

impl FromStr for HttpHeader {
    type Err = RequestError;

    fn from_str(text: &str) -> Result<HttpHeader, RequestError> {
        let error = || RequestError::BadHeader {
            text: text.to_owned(),
        };
        let (name, value) = text.split_once(':').ok_or_else(error)?;
        let is_token = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&*+-.^_|~".contains(&byte);
        let is_value = !value.chars().any(char::is_control) && !value.contains(['\'', '"']);
        if name.is_empty() || !name.bytes().all(is_token) || !is_value {
            return Err(error());
        }
        Ok(HttpHeader {
            name: name.to_owned(),
            value: value.trim().to_owned(),
        })
    }
}

impl fmt::Display for HttpHeader {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.name, self.value)
    }
}

/// The options of a request beside its URL.
#[derive(Default)]
pub(super) struct RequestOptions {
    /// The method; empty if it is not stated.
    pub method: String,
    /// The headers.
    pub headers: Vec<HttpHeader>,
}

impl RequestOptions {
    /// Reads the options at the beginning of a text, as curl takes them, and gives what comes behind them: each `-H` with
    /// `Name: value`, and `-X` with a method, in quotes of either kind or as one word.
    pub(super) fn read<'a>(&mut self, text: &'a str) -> Result<&'a str, RequestError> {
        let mut rest = text.trim_start();
        while rest.starts_with('-') {
            let is_of = |names: [&str; 3]| {
                let found = names.iter().find_map(|name| rest.strip_prefix(name));
                found.map(|value| value.trim_start_matches('=').trim_start())
            };
            let header = is_of(["-H", "--header", "--header"]);
            let method = is_of(["-X", "--request", "--method"]);
            let (value, after) = first_value(header.or(method).unwrap_or_default());
            if value.is_empty() {
                return Err(RequestError::BadHeader {
                    text: rest.to_owned(),
                });
            }
            if header.is_some() {
                self.headers.push(value.parse()?);
            } else {
                self.method = method_of(value)?;
            }
            rest = after.trim_start();
        }
        Ok(rest)
    }
}

/// A value in quotes or the first word, and what follows it. The value is empty if a quote is not closed.
fn first_value(text: &str) -> (&str, &str) {
    let mut chars = text.chars();
    match chars.next().filter(|first| ['\'', '"'].contains(first)) {
        Some(quote) => text[1..].split_once(quote).unwrap_or_default(),
        None => text.split_once(char::is_whitespace).unwrap_or((text, "")),
    }
}

/// A method of HTTP. Methods are case-sensitive tokens; people mean `POST` when they type `post`.
pub(super) fn method_of(text: &str) -> Result<String, RequestError> {
    if text.bytes().all(|byte| byte.is_ascii_alphabetic()) {
        return Ok(text.to_ascii_uppercase());
    }
    Err(RequestError::BadHeader {
        text: format!("-X {text}"),
    })
}

/// A method before the URL, as in `POST http://web/`, and what follows it.
pub(super) fn leading_method(text: &str) -> Option<(&str, &str)> {
    let (word, rest) = text.split_once(char::is_whitespace)?;
    let is_method = !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_uppercase());
    is_method.then_some((word, rest.trim_start()))
}
