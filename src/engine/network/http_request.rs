//! The HTTP request that a proxy on the way reads.

use super::{Request, Scheme};
use crate::l7::http_request::HttpRequest;

impl From<&Request> for HttpRequest {
    fn from(request: &Request) -> HttpRequest {
        let target = &request.to;
        let headers = target.headers.iter();
        let others = headers.filter(|header| !header.name.eq_ignore_ascii_case("Host"));
        HttpRequest {
            host: target.host_header(),
            method: target.http_method().to_owned(),
            uri: target.http_path().to_owned(),
            headers: others
                .map(|header| (header.name.clone(), header.value.clone()))
                .collect(),
            is_tls: target.is_tls(),
            is_grpc: matches!(target.scheme, Some(Scheme::Grpc | Scheme::Grpcs)),
        }
    }
}
