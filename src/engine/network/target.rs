//! What is called: scheme, host, port, and the HTTP request. `target_text.rs` reads and prints it.

use std::fmt;
use std::net::IpAddr;

use serde::Serialize;

use super::RequestError;
use super::http_header::{HttpHeader, method_of};
use crate::names::Protocol;

/// What is called: `http://kimho`, `https://10.96.0.1`, `tcp://10.96.0.10:53`, `kimho:406`, `[fd00::1]:80`; and with
/// a method and headers as curl takes them, before or behind it: `http://10.96.0.1/app -X POST -H 'Host: shop.example.com'`,
/// `POST http://10.96.0.1/app`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(into = "String")]
pub struct Target {
    /// As written before `://`; `None` if it is left out.
    pub scheme: Option<Scheme>,
    /// A name or an address.
    pub host: Host,
    /// As written, or the scheme's.
    pub port: u16,
    /// The path after the host, with its leading `/`; empty if there is none.
    pub path: String,
    /// The method of an HTTP request; empty if it is not stated.
    pub method: String,
    /// The headers of an HTTP request.
    pub headers: Vec<HttpHeader>,
}

/// The part before `://`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scheme {
    /// HTTP over TCP, port 80.
    Http,
    /// HTTP over TLS over TCP, port 443.
    Https,
    /// gRPC, which is HTTP/2 with many requests on one connection; in the clear, port 80.
    Grpc,
    /// gRPC over TLS, port 443.
    Grpcs,
    /// A bare connection.
    Transport(Protocol),
}

/// A name or an address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Host {
    /// To be looked up first.
    Name(String),
    /// Used as it is.
    Address(IpAddr),
}

impl fmt::Display for Host {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Host::Name(name) => f.write_str(name),
            Host::Address(address) => write!(f, "{address}"),
        }
    }
}

impl Target {
    /// The transport its connection uses.
    pub fn protocol(&self) -> Protocol {
        match self.scheme {
            Some(Scheme::Transport(protocol)) => protocol,
            Some(Scheme::Http | Scheme::Https | Scheme::Grpc | Scheme::Grpcs) | None => {
                Protocol::Tcp
            }
        }
    }

    /// Whether it is a request in HTTP.
    pub fn is_http(&self) -> bool {
        match self.scheme {
            Some(Scheme::Http | Scheme::Https | Scheme::Grpc | Scheme::Grpcs) => true,
            Some(Scheme::Transport(_)) | None => false,
        }
    }

    /// Whether it uses TLS.
    pub fn is_tls(&self) -> bool {
        match self.scheme {
            Some(Scheme::Https | Scheme::Grpcs) => true,
            Some(Scheme::Http | Scheme::Grpc | Scheme::Transport(_)) | None => false,
        }
    }

    /// Whether all its requests go over one connection.
    pub fn keeps_connection(&self) -> bool {
        match self.scheme {
            Some(Scheme::Grpc | Scheme::Grpcs) => true,
            Some(Scheme::Http | Scheme::Https | Scheme::Transport(_)) | None => false,
        }
    }

    /// Sets the method of the HTTP request.
    ///
    /// # Errors
    /// If it is not the name of a method.
    pub fn state_method(&mut self, method: &str) -> Result<(), RequestError> {
        self.method = stated_method(method_of(method)?, self.scheme);
        Ok(())
    }

    /// The path of an HTTP request, which a URL may leave out.
    pub(crate) fn http_path(&self) -> &str {
        match self.path.as_str() {
            "" => "/",
            path => path,
        }
    }

    /// The method of the HTTP request: as stated, or what curl and gRPC use.
    pub fn http_method(&self) -> &str {
        match self.scheme {
            _ if !self.method.is_empty() => &self.method,
            Some(Scheme::Grpc | Scheme::Grpcs) => "POST",
            Some(Scheme::Http | Scheme::Https | Scheme::Transport(_)) | None => "GET",
        }
    }

    /// The value of the header `Host`: as stated, or the host that is called.
    pub fn host_header(&self) -> String {
        let stated = self.header("Host");
        stated.map_or_else(|| self.host.to_string(), str::to_owned)
    }

    /// The value of the first header of a name, whatever its case.
    pub fn header(&self, name: &str) -> Option<&str> {
        let mut headers = self.headers.iter();
        let stated = headers.find(|header| header.name.eq_ignore_ascii_case(name))?;
        Some(&stated.value)
    }
}

/// A method as a request stores it: empty where it is the default.
pub(super) fn stated_method(method: String, scheme: Option<Scheme>) -> String {
    let is_grpc = matches!(scheme, Some(Scheme::Grpc | Scheme::Grpcs));
    if method == "GET" && !is_grpc {
        return String::new();
    }
    method
}
