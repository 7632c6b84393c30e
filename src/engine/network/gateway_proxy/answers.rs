//! What a Gateway's proxy answers by itself, and the reason of what it sends on.

use crate::cluster::object::{Pod, RouteId};
use crate::l7::gateway::{Denied, Forward, HeaderChange, MatchedRoute, Preflight, Share};
use crate::netfilter::Packet;
use crate::network::step::{
    Fate, Reply, ReplyOutcome, Step, Visit, accepting_segment, refusing_segment,
};
use crate::network::{Device, Failure, GatewayReason, PreflightDenial, Reason, Request, Verdict};

/// The connection of a client that speaks no HTTP ends.
pub(super) fn closed<'a>(pod: &Pod, packet: Packet, why: Failure) -> Step<'a> {
    let reason = Reason::Gateway(GatewayReason::GatewayCloses {
        by: pod.metadata.name.to_string(),
        why,
    });
    Step::new(
        Visit::new(Device::Pod(pod.id()), packet, reason),
        Fate::Reply(Reply {
            packet: packet.answer(refusing_segment(&packet)),
            outcome: ReplyOutcome::Refused(why),
        }),
    )
}

/// The proxy redirects the client to another address.
pub(super) fn redirected<'a>(
    pod: &Pod,
    packet: Packet,
    taken: &MatchedRoute,
    status: u16,
    to: String,
) -> Step<'a> {
    let by = pod.metadata.name.to_string();
    let reason = Reason::Gateway(GatewayReason::RedirectsForGateway {
        by: by.clone(),
        route: RouteId::new(taken.route.kind, &taken.route.name),
        rule: taken.rule,
        status,
        to: to.clone(),
    });
    Step::new(
        Visit::new(Device::Pod(pod.id()), packet, reason),
        Fate::Reply(Reply {
            packet: packet.answer(accepting_segment(&packet)),
            outcome: ReplyOutcome::Answered(Verdict::Redirected { by, status, to }),
        }),
    )
}

/// The proxy answers a browser that asks whether a page may send a request.
pub(super) fn answers_preflight<'a>(
    pod: &Pod,
    packet: Packet,
    taken: &MatchedRoute,
    answer: &Preflight,
) -> Step<'a> {
    let by = pod.metadata.name.to_string();
    let (denial, denied) = match &answer.denied {
        None => (PreflightDenial::None, None),
        Some(Denied::Origin(origin)) => (PreflightDenial::Origin, Some(origin)),
        Some(Denied::Method(method)) => (PreflightDenial::Method, Some(method)),
        Some(Denied::Header(header)) => (PreflightDenial::Header, Some(header)),
    };
    let changes = answer.headers.iter().cloned().map(HeaderChange::Set);
    let headers = answer.headers.iter();
    let headers = headers.map(|header| format!("{}: {}", header.name, header.value));
    let reason = Reason::Gateway(GatewayReason::AnswersPreflight {
        by: by.clone(),
        route: RouteId::new(taken.route.kind, &taken.route.name),
        rule: taken.rule,
        headers: headers.collect::<Vec<_>>().join("; "),
        response: changes.collect(),
        denial,
        denied: denied.cloned(),
    });
    let endpoint = packet.destination;
    Step::new(
        Visit::new(Device::Pod(pod.id()), packet, reason),
        Fate::Reply(Reply {
            packet: packet.answer(accepting_segment(&packet)),
            outcome: ReplyOutcome::Answered(Verdict::Answered { by, endpoint }),
        }),
    )
}

/// The reason of the connection to a backend, with the request as the backend gets it. `request` is `None` for a
/// connection that is not HTTP.
pub(super) fn routes(
    taken: &MatchedRoute,
    forward: &Forward,
    share: &Share,
    request: Option<&Request>,
) -> Reason {
    let target = share.target.as_ref().ok();
    let written = taken.route.rule(taken.rule);
    let matched = written.and_then(|rule| rule.matches.get(taken.matched));
    let mirrors = forward.mirrors_of(share).into_iter();
    let mirrors = mirrors.map(|(target, _)| target.service);
    let timeout = written.map(|rule| rule.timeouts.request.clone());
    let origin = request.and_then(|request| request.to.header("Origin"));
    let is_allowed = origin.and_then(|origin| forward.allows_origin(share, origin));
    let origin_if = |wanted| {
        origin
            .filter(|_| is_allowed == Some(wanted))
            .map(str::to_owned)
    };
    Reason::Gateway(GatewayReason::RoutesForGateway {
        route: RouteId::new(taken.route.kind, &taken.route.name),
        rule: taken.rule,
        matched: matched.map(ToString::to_string),
        service: target.map(|it| it.service.clone()),
        port: target.map_or(0, |it| it.port),
        request: request.map(|_| forward.request_of(share).to_string()),
        mirrors: mirrors.collect(),
        timeout: timeout.filter(|own| !own.is_empty()),
        response: forward.response_changes(Some(share)),
        allowed_origin: origin_if(true),
        denied_origin: origin_if(false),
    })
}
