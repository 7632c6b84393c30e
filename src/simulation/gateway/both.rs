//! The same request through an Ingress controller and through a Gateway, in a cluster that has both for its host.
//!
//! Both get the request at their own address, with the header `Host` that it has: the name itself leads to one of them
//! only. Where chance chooses, all ways are listed with their shares, so that no difference comes from a draw.

use kubehop_engine::sort;
use std::collections::BTreeMap;
use std::net::IpAddr;

use kubehop_engine::causes::{self, Cause};
use kubehop_engine::network::{Host, HttpHeader, Network, Scheme, Verdict};
use kubehop_engine::trace::{
    GatewayReason, Hop, Reason, Request, RequestError, RuleLines, Trace, outcomes,
};

use crate::simulation::answers::{BothAnswer, PartAnswer, SideAnswer, VERSION, WayAnswer};
use crate::simulation::convert;
use crate::view::i18n::Catalogue;

/// A request through both.
pub(crate) struct Both {
    pub(crate) ingress: Side,
    pub(crate) gateway: Side,
}

/// One of the two.
pub(crate) struct Side {
    /// What is called, with the address and the header `Host`.
    pub(crate) request: Request,
    /// What can become of the request, in the order of the rules, each once.
    ways: Vec<Way>,
}

/// What becomes of a request.
#[derive(Clone, PartialEq)]
struct Way {
    /// How likely it is.
    share: f64,
    /// The Ingress or the route that takes the request; empty if none does.
    rule: String,
    /// Namespace, name and port of the Service that gets it; empty if the proxy answers by itself.
    service: String,
    /// The path that the Service gets.
    path: String,
    /// How it ends.
    verdict: Verdict,
    /// Why it fails, most specific first; empty if it does not.
    causes: Vec<Cause>,
}

/// Sends a request through both; `None` if its host is not served by both.
///
/// # Errors
/// If the caller does not exist.
pub(crate) fn both(
    network: &Network,
    request: &Request,
    seed: u64,
) -> Result<Option<Both>, RequestError> {
    if !request.to.is_http() {
        return Ok(None);
    }
    let entrances = network.entrances(&request.to.host_header());
    let (Some(ingress), Some(gateway)) = (entrances.ingress, entrances.gateway) else {
        return Ok(None);
    };
    Ok(Some(Both {
        ingress: Side::of(
            network,
            at_address(request, ingress, Entrance::Ingress),
            seed,
        )?,
        gateway: Side::of(
            network,
            at_address(request, gateway, Entrance::Gateway),
            seed,
        )?,
    }))
}

/// What a request enters the cluster by.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Entrance {
    Ingress,
    Gateway,
}

/// The same request at an address. A Gateway listens on the ports of its listeners, whatever port of a node was called.
fn at_address(request: &Request, address: IpAddr, entrance: Entrance) -> Request {
    let mut request = request.clone();
    let host = request.to.host_header();
    let is_stated = request.to.host == Host::Address(address);
    if !is_stated || entrance == Entrance::Gateway {
        request.to.port = match request.to.scheme {
            Some(Scheme::Https | Scheme::Grpcs) => 443,
            Some(Scheme::Http | Scheme::Grpc | Scheme::Transport(_)) | None => 80,
        };
    }
    let mut headers = request.to.headers.iter();
    if !headers.any(|header| header.name.eq_ignore_ascii_case("Host")) {
        request.to.headers.push(HttpHeader {
            name: "Host".to_owned(),
            value: host,
        });
    }
    request.to.host = Host::Address(address);
    request
}

impl Side {
    fn of(network: &Network, request: Request, seed: u64) -> Result<Side, RequestError> {
        let mut ways: Vec<Way> = Vec::new();
        for outcome in outcomes(network, &request, seed, RuleLines::Printed)? {
            let way = Way::of(network, &outcome.trace, outcome.probability);
            match ways.iter_mut().find(|known| known.is_like(&way)) {
                Some(known) => known.share += way.share,
                None => ways.push(way),
            }
        }
        ways.retain(|way| way.share > 0.0);
        Ok(Side { request, ways })
    }

    fn answer(&self, words: &Catalogue) -> SideAnswer {
        SideAnswer {
            to: self.request.to.to_string(),
            ways: self.ways.iter().map(|way| way.answer(words)).collect(),
        }
    }
}

impl Both {
    /// Both sides, and what differs between them.
    pub(crate) fn answer(&self, words: &Catalogue) -> BothAnswer {
        let parts = [
            (PartAnswer::End, Way::end as fn(&Way) -> String),
            (PartAnswer::Service, |way| way.service.clone()),
            (PartAnswer::Path, |way| way.path.clone()),
        ];
        let differs = |key: fn(&Way) -> String| {
            shares(&self.ingress.ways, key) != shares(&self.gateway.ways, key)
        };
        BothAnswer {
            version: VERSION,
            ingress: self.ingress.answer(words),
            gateway: self.gateway.answer(words),
            differences: parts
                .into_iter()
                .filter(|(_, key)| differs(*key))
                .map(|(part, _)| part)
                .collect(),
        }
    }
}

/// How likely each value of a part is, in tenths of a percent.
fn shares(ways: &[Way], key: fn(&Way) -> String) -> BTreeMap<String, i64> {
    let mut sums: BTreeMap<String, f64> = BTreeMap::new();
    for way in ways {
        *sums.entry(key(way)).or_default() += way.share;
    }
    let rounded = sums.into_iter();
    sort::map(rounded.map(|(key, share)| (key, (share * 1000.0).round() as i64)))
}

impl Way {
    fn of(network: &Network, trace: &Trace, share: f64) -> Way {
        let mut way = Way {
            share,
            rule: String::new(),
            service: String::new(),
            path: String::new(),
            verdict: trace.verdict.clone(),
            causes: if trace.verdict.is_failure() {
                causes::of_trace(network, trace)
            } else {
                Vec::new()
            },
        };
        for hop in &trace.hops {
            way.take(network, trace, hop);
        }
        way
    }

    /// What a hop says of the way.
    fn take(&mut self, network: &Network, trace: &Trace, hop: &Hop) {
        match &hop.reason {
            Reason::RoutesHttp {
                ingress,
                service,
                port,
                rewritten,
                ..
            } => {
                self.rule = format!("Ingress {ingress}");
                self.service = service_at(network, hop).unwrap_or_else(|| service.to_string());
                self.service += &format!(":{port}");
                let own = trace.request.to.path.as_str();
                self.path = path_of(rewritten.as_deref().unwrap_or(own));
            }
            Reason::Gateway(GatewayReason::RoutesForGateway {
                route,
                rule,
                service,
                port,
                request,
                ..
            }) => {
                self.rule = format!("{route} rules[{rule}]");
                let service = service.as_ref().map(ToString::to_string);
                self.service = format!("{}:{port}", service.unwrap_or_default());
                // `GET shop.example.com/cart?id=1, accept: text/html`
                let request = request.as_deref().unwrap_or_default();
                let uri = request.find('/').map_or("", |at| &request[at..]);
                self.path = path_of(uri.split(", ").next().unwrap_or_default());
            }
            Reason::Gateway(GatewayReason::RedirectsForGateway { route, rule, .. }) => {
                self.rule = format!("{route} rules[{rule}]");
            }
            _ => {}
        }
    }

    /// Whether another way differs only in the endpoint.
    fn is_like(&self, other: &Way) -> bool {
        (&self.rule, &self.service, &self.path) == (&other.rule, &other.service, &other.path)
            && self.end() == other.end()
    }

    /// How the request ends, without the pod that answers.
    fn end(&self) -> String {
        match &self.verdict {
            Verdict::Answered { .. } => String::new(),
            Verdict::Redirected { status, to, .. } => format!("{status} {to}"),
            Verdict::HttpError { status, .. } => status.to_string(),
            Verdict::AnsweredUnless { unless, object, .. } => format!("{unless:?} {object}"),
            other => format!("{other:?}"),
        }
    }

    fn answer(&self, words: &Catalogue) -> WayAnswer {
        WayAnswer {
            probability: self.share,
            rule: self.rule.clone(),
            service: self.service.clone(),
            path: self.path.clone(),
            end: match &self.verdict {
                Verdict::Answered { .. } => words.label("both-answered"),
                Verdict::Redirected { status, to, .. } => format!("HTTP {status} → {to}"),
                Verdict::HttpError { status, .. } => format!("HTTP {status}"),
                other => words.format(other).text,
            },
            why: self.why(words),
            causes: self
                .causes
                .iter()
                .map(|own| convert::cause(own, words))
                .collect(),
        }
    }

    /// The first cause in a sentence, else what the verdict says; empty if the request does not fail.
    fn why(&self, words: &Catalogue) -> String {
        if !self.verdict.is_failure() {
            return String::new();
        }
        match self.causes.first() {
            Some(cause) => words.format(&cause.fault).text,
            None => words.format(&self.verdict).detail.unwrap_or_default(),
        }
    }
}

/// The Service whose cluster IP a proxy calls.
fn service_at(network: &Network, hop: &Hop) -> Option<String> {
    let called = hop.before.destination.ip();
    let mut services = network.cluster().services.iter();
    let found = services.find(|(_, service)| service.addresses().any(|own| own == called));
    found.map(|(name, _)| name.to_string())
}

/// A path without its query.
fn path_of(uri: &str) -> String {
    match uri.split(['?', '#']).next() {
        None | Some("") => "/".to_owned(),
        Some(path) => path.to_owned(),
    }
}
