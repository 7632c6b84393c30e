//! Whether a request fits a match, and which of several matches is first (Gateway API `apis/v1/httproute_types.go`,
//! `HTTPRouteRule.Matches`; `grpcroute_types.go`).

use std::cmp::Reverse;

use super::compiled::{CompiledMatch, CompiledRoute, GrpcTest, PathTest};
use super::hostname;
use crate::cluster::object::RouteKind;
use crate::l7::http_request::HttpRequest;
use crate::names::PrintedOrder;

impl CompiledMatch {
    /// Whether all conditions hold.
    pub(super) fn fits(&self, request: &HttpRequest) -> bool {
        self.fits_path(request)
            && self.fits_method(request)
            && self.fits_headers(request)
            && self.fits_queries(request)
    }

    /// Whether the HTTP method, or the gRPC service and method, are those that are wanted.
    pub(super) fn fits_method(&self, request: &HttpRequest) -> bool {
        let method = self.method.as_ref();
        let grpc = self.grpc.as_ref();
        method.is_none_or(|method| *method == request.method)
            && grpc.is_none_or(|test| test.fits(request.path()))
    }

    pub(super) fn fits_path(&self, request: &HttpRequest) -> bool {
        let path = request.path();
        match &self.path {
            PathTest::Exact(value) => value == path,
            PathTest::Prefix(value) => {
                let rest = path.strip_prefix(value.as_str());
                rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
            }
            PathTest::Expression(test, _) => test.fits(path),
        }
    }

    pub(super) fn fits_headers(&self, request: &HttpRequest) -> bool {
        let mut headers = self.headers.iter();
        headers.all(|test| {
            request
                .header(&test.name)
                .is_some_and(|value| test.value.fits(value))
        })
    }

    pub(super) fn fits_queries(&self, request: &HttpRequest) -> bool {
        let mut queries = self.queries.iter();
        queries.all(|test| {
            request
                .query_value(&test.name)
                .is_some_and(|it| test.value.fits(it))
        })
    }

    /// The prefix that a rewrite replaces, without a slash at the end.
    pub(super) fn prefix(&self) -> &str {
        match &self.path {
            PathTest::Prefix(value) => value,
            PathTest::Exact(_) | PathTest::Expression(..) => "",
        }
    }
}

impl GrpcTest {
    /// Whether the path `/service/method` fits.
    fn fits(&self, path: &str) -> bool {
        let call = path.strip_prefix('/').and_then(|path| path.split_once('/'));
        call.is_some_and(|(service, method)| {
            self.service.as_ref().is_none_or(|test| test.fits(service))
                && self.method.as_ref().is_none_or(|test| test.fits(method))
        })
    }
}

/// The rank of a match among those that fit; the least one takes the request.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Rank<'a> {
    hostname: Reverse<(usize, usize)>,
    path: Reverse<(u8, usize)>,
    method: Reverse<(bool, usize, usize)>,
    headers: Reverse<usize>,
    queries: Reverse<usize>,
    /// A route without a time is the youngest.
    created: (bool, &'a str),
    name: PrintedOrder<'a>,
    kind: RouteKind,
    indices: (usize, usize),
}

/// The rank of a match of a route whose most specific matching host name is given.
pub(super) fn rank<'a>(
    route: &'a CompiledRoute,
    hostname: &str,
    indices: (usize, usize),
    matched: &CompiledMatch,
) -> Rank<'a> {
    let path = match &matched.path {
        PathTest::Exact(value) => (3, value.chars().count()),
        // Its rank is the implementation's to decide; Envoy Gateway has it between the others.
        PathTest::Expression(_, length) => (2, *length),
        PathTest::Prefix(value) => (1, value.chars().count()),
    };
    let (service, method) = matched.grpc.as_ref().map_or((0, 0), |test| test.lengths);
    let created = route.route.metadata.creation_timestamp.as_deref();
    Rank {
        hostname: Reverse(hostname::specificity(hostname)),
        path: Reverse(path),
        method: Reverse((matched.method.is_some(), service, method)),
        headers: Reverse(matched.headers.len()),
        queries: Reverse(matched.queries.len()),
        created: (created.is_none(), created.unwrap_or_default()),
        name: PrintedOrder(&route.name),
        kind: route.kind,
        indices,
    }
}
