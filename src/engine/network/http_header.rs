//! The headers of a request, as curl takes them: `-H 'Host: shop.example.com'`.

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

/// The headers behind a URL: each `-H` with `Name: value` in quotes of either kind, or one word without quotes.
pub(super) fn headers_of(text: &str) -> Result<Vec<HttpHeader>, RequestError> {
    let mut headers = Vec::new();
    let mut rest = text.trim_start();
    while !rest.is_empty() {
        let option = ["-H", "--header"]
            .iter()
            .find_map(|option| rest.strip_prefix(option));
        let value = option.map(str::trim_start).unwrap_or_default();
        let quote = value
            .chars()
            .next()
            .filter(|first| ['\'', '"'].contains(first));
        let (header, after) = match quote {
            Some(quote) => value[1..].split_once(quote),
            None => value.split_once(char::is_whitespace).or(Some((value, ""))),
        }
        .unwrap_or_default();
        if header.is_empty() {
            return Err(RequestError::BadHeader {
                text: rest.to_owned(),
            });
        }
        headers.push(header.parse()?);
        rest = after.trim_start();
    }
    Ok(headers)
}
