//! Listeners of a Gateway: which of them are served, which kinds of routes they carry, and their certificates
//! (Gateway API `apis/v1/gateway_types.go`).

use serde::Serialize;

use super::references::{GROUP, Referrer, is_permitted, or_own};
use crate::cluster::Cluster;
use crate::cluster::object::{
    FromNamespaces, Listener, ListenerTls, RouteGroupKind, RouteKind, RouteNamespaces,
    SecretContent, TargetReference, TlsMode,
};
use crate::names::ObjectName;

/// The protocol of a listener.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum ListenerProtocol {
    /// HTTP in the clear.
    Http,
    /// HTTP over TLS that ends at the Gateway.
    Https,
    /// TLS.
    Tls,
    /// TCP.
    Tcp,
    /// UDP.
    Udp,
}

impl ListenerProtocol {
    fn of(listener: &Listener) -> Option<ListenerProtocol> {
        match listener.protocol.as_str() {
            "HTTP" => Some(ListenerProtocol::Http),
            "HTTPS" => Some(ListenerProtocol::Https),
            "TLS" => Some(ListenerProtocol::Tls),
            "TCP" => Some(ListenerProtocol::Tcp),
            "UDP" => Some(ListenerProtocol::Udp),
            _ => None,
        }
    }

    /// The kinds of routes that it can carry.
    fn kinds(self) -> &'static [RouteKind] {
        match self {
            ListenerProtocol::Http | ListenerProtocol::Https => &[RouteKind::Http, RouteKind::Grpc],
            ListenerProtocol::Tls => &[RouteKind::Tls],
            ListenerProtocol::Tcp => &[RouteKind::Tcp],
            ListenerProtocol::Udp => &[RouteKind::Udp],
        }
    }

    /// Whether it is carried by TCP and distinguishes host names.
    fn has_hostnames(self) -> bool {
        match self {
            ListenerProtocol::Http | ListenerProtocol::Https | ListenerProtocol::Tls => true,
            ListenerProtocol::Tcp | ListenerProtocol::Udp => false,
        }
    }
}

/// Why references of a listener are not resolved.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub enum ListenerFault {
    /// `allowedRoutes.kinds` names a kind that the protocol cannot carry.
    InvalidRouteKinds,
    /// A certificate is missing or no certificate.
    InvalidCertificateRef,
    /// A certificate is in another namespace, without a ReferenceGrant there.
    RefNotPermitted,
}

/// Why a listener cannot be beside another one of its port.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Conflict {
    /// One of them speaks TCP, the other one HTTP, HTTPS or TLS.
    Protocol,
    /// A listener that comes first, the Gateway's or an older ListenerSet's, has the same protocol and host name.
    Listener,
}

/// A listener, as the controller reads it.
#[derive(Clone, Debug, PartialEq)]
pub struct ListenerState {
    /// The listener as stored.
    pub listener: Listener,
    /// Its protocol; `None` if no controller is known to support it.
    pub protocol: Option<ListenerProtocol>,
    /// The ListenerSet that it is of; `None` for the Gateway's own.
    pub set: Option<ObjectName>,
    /// Why it cannot be beside another listener of its port.
    pub conflict: Option<Conflict>,
    /// The kinds of routes that may attach.
    pub kinds: Vec<RouteKind>,
    /// Why its references are not resolved.
    pub fault: Option<ListenerFault>,
    /// Whether it needs a certificate and has none.
    pub lacks_certificate: bool,
}

impl ListenerState {
    /// Whether it accepts connections.
    pub fn is_served(&self) -> bool {
        self.protocol.is_some() && self.conflict.is_none() && !self.lacks_certificate
    }

    /// Whether routes of a namespace may attach. A listener of a ListenerSet is in the namespace of that.
    pub(super) fn allows_namespace(&self, cluster: &Cluster, gateway: &str, route: &str) -> bool {
        let own = self.set.as_ref().map_or(gateway, |set| &set.namespace);
        allows(
            &self.listener.allowed_routes.namespaces,
            cluster,
            own,
            route,
        )
    }
}

/// Whether something in the namespace `own` allows the namespace `other`.
pub(super) fn allows(allowed: &RouteNamespaces, cluster: &Cluster, own: &str, other: &str) -> bool {
    match allowed.from {
        FromNamespaces::All => true,
        FromNamespaces::None => false,
        FromNamespaces::Same => own == other,
        FromNamespaces::Selector => {
            let selector = allowed.selector.as_ref().and_then(|it| it.selector().ok());
            let both = selector.zip(cluster.namespaces.get(other));
            both.is_some_and(|(selector, labels)| selector.matches(labels))
        }
    }
}

/// The listeners of a Gateway or a ListenerSet, in their order.
pub(super) fn listeners_of(
    cluster: &Cluster,
    referrer: Referrer,
    set: Option<&ObjectName>,
    listeners: &[Listener],
) -> Vec<ListenerState> {
    let state = |listener: &Listener| {
        let protocol = ListenerProtocol::of(listener);
        let (kinds, has_invalid_kind) = kinds_of(listener, protocol);
        let (certificate_fault, usable) = certificates(cluster, referrer, listener, protocol);
        let kind_fault = has_invalid_kind.then_some(ListenerFault::InvalidRouteKinds);
        let is_conflicted = protocol.is_some_and(|it| is_conflicted(listeners, listener.port, it));
        ListenerState {
            listener: listener.clone(),
            protocol,
            set: set.cloned(),
            conflict: is_conflicted.then_some(Conflict::Protocol),
            kinds,
            fault: certificate_fault.or(kind_fault),
            lacks_certificate: !usable,
        }
    };
    listeners.iter().map(state).collect()
}

/// Why a listener cannot be beside those that come first.
pub(super) fn conflict_with(listener: &ListenerState, first: &[ListenerState]) -> Option<Conflict> {
    let protocol = listener.protocol?;
    let of_port = first.iter().filter(|other| {
        let is_same_port = other.listener.port == listener.listener.port;
        is_same_port && other.conflict.is_none()
    });
    let conflict = |other: &ListenerState| {
        let theirs = other.protocol?;
        let is_same_name = other.listener.hostname == listener.listener.hostname;
        let is_tcp = |it: ListenerProtocol| it == ListenerProtocol::Tcp;
        if theirs == protocol {
            is_same_name.then_some(Conflict::Listener)
        } else {
            let is_beside_tcp = is_tcp(theirs) && protocol.has_hostnames()
                || is_tcp(protocol) && theirs.has_hostnames();
            is_beside_tcp.then_some(Conflict::Protocol)
        }
    };
    of_port.filter_map(conflict).next()
}

/// TCP beside HTTP, HTTPS or TLS on one port: all of them conflict.
fn is_conflicted(listeners: &[Listener], port: u16, protocol: ListenerProtocol) -> bool {
    let of_port = listeners.iter().filter(|listener| listener.port == port);
    let mut others = of_port.filter_map(ListenerProtocol::of);
    match protocol {
        ListenerProtocol::Udp => false,
        ListenerProtocol::Tcp => others.any(ListenerProtocol::has_hostnames),
        ListenerProtocol::Http | ListenerProtocol::Https | ListenerProtocol::Tls => {
            others.any(|other| other == ListenerProtocol::Tcp)
        }
    }
}

/// The kinds of routes that may attach, and whether others are asked for.
fn kinds_of(listener: &Listener, protocol: Option<ListenerProtocol>) -> (Vec<RouteKind>, bool) {
    let carried = protocol.map_or(&[][..], ListenerProtocol::kinds);
    let asked = &listener.allowed_routes.kinds;
    if asked.is_empty() {
        return (carried.to_vec(), false);
    }
    let names =
        |asked: &RouteGroupKind, kind: RouteKind| asked.group == GROUP && asked.kind == kind.name();
    let is_asked = |kind: &RouteKind| asked.iter().any(|it| names(it, *kind));
    let is_carried = |it: &RouteGroupKind| carried.iter().any(|kind| names(it, *kind));
    let allowed = carried.iter().copied().filter(is_asked).collect();
    (allowed, !asked.iter().all(is_carried))
}

/// The first thing wrong with a listener's certificates, and whether one can be used or none is needed.
fn certificates(
    cluster: &Cluster,
    referrer: Referrer,
    listener: &Listener,
    protocol: Option<ListenerProtocol>,
) -> (Option<ListenerFault>, bool) {
    let mode = listener.tls.as_ref().map(|tls| tls.mode);
    let terminates = match protocol {
        Some(ListenerProtocol::Https) => true,
        Some(ListenerProtocol::Tls) => mode == Some(TlsMode::Terminate),
        Some(ListenerProtocol::Http | ListenerProtocol::Tcp | ListenerProtocol::Udp) | None => {
            false
        }
    };
    if !terminates {
        return (None, true);
    }
    let references = listener.tls.iter().flat_map(|tls| &tls.certificate_refs);
    let faults: Vec<Option<ListenerFault>> = references
        .map(|it| certificate_fault(cluster, referrer, it))
        .collect();
    if faults.is_empty() {
        let is_left_to_controller = listener.tls.as_ref().is_some_and(ListenerTls::has_options);
        let fault = (!is_left_to_controller).then_some(ListenerFault::InvalidCertificateRef);
        return (fault, is_left_to_controller);
    }
    let is_usable = faults.contains(&None);
    (faults.into_iter().flatten().next(), is_usable)
}

fn certificate_fault(
    cluster: &Cluster,
    referrer: Referrer,
    reference: &TargetReference,
) -> Option<ListenerFault> {
    let target = TargetReference {
        namespace: or_own(&reference.namespace, referrer.namespace),
        ..reference.clone()
    };
    if !is_permitted(cluster, referrer, &target) {
        return Some(ListenerFault::RefNotPermitted);
    }
    let is_secret = target.group.is_empty() && target.kind == "Secret";
    let name = ObjectName::new(target.namespace, target.name);
    match cluster.secrets.get(&name) {
        Some(SecretContent::Certificate) if is_secret => None,
        Some(SecretContent::Certificate | SecretContent::Other) | None => {
            Some(ListenerFault::InvalidCertificateRef)
        }
    }
}
