//! Listeners of a Gateway: which of them are served, which kinds of routes they carry, and their certificates
//! (Gateway API `apis/v1/gateway_types.go`).

use serde::Serialize;

use super::references::{GROUP, Referrer, is_permitted, or_own};
use crate::cluster::Cluster;
use crate::cluster::object::{
    FromNamespaces, Gateway, Listener, ListenerTls, RouteGroupKind, RouteKind, SecretContent,
    TargetReference, TlsMode,
};
use crate::names::ObjectName;

/// What a listener speaks.
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

/// A listener, and what the controller makes of it.
#[derive(Clone, Debug, PartialEq)]
pub struct ListenerState {
    /// The listener as stored.
    pub listener: Listener,
    /// What it speaks; `None` if no controller is known to speak it.
    pub protocol: Option<ListenerProtocol>,
    /// Whether another listener of its port speaks TCP and it does not, or the other way.
    pub is_conflicted: bool,
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
        self.protocol.is_some() && !self.is_conflicted && !self.lacks_certificate
    }

    /// Whether routes of a namespace may attach.
    pub(super) fn allows_namespace(&self, cluster: &Cluster, gateway: &str, route: &str) -> bool {
        let allowed = &self.listener.allowed_routes.namespaces;
        match allowed.from {
            FromNamespaces::All => true,
            FromNamespaces::Same => gateway == route,
            FromNamespaces::Selector => {
                let selector = allowed.selector.as_ref().and_then(|it| it.selector().ok());
                let labels = cluster.namespaces.get(route);
                let both = selector.zip(labels);
                both.is_some_and(|(selector, labels)| selector.matches(labels))
            }
        }
    }
}

/// The listeners of a Gateway, in their order.
pub(super) fn listeners_of(cluster: &Cluster, gateway: &Gateway) -> Vec<ListenerState> {
    let listeners = &gateway.spec.listeners;
    let state = |listener: &Listener| {
        let protocol = ListenerProtocol::of(listener);
        let (kinds, has_invalid_kind) = kinds_of(listener, protocol);
        let (certificate_fault, usable) = certificates(cluster, gateway, listener, protocol);
        let kind_fault = has_invalid_kind.then_some(ListenerFault::InvalidRouteKinds);
        ListenerState {
            listener: listener.clone(),
            protocol,
            is_conflicted: protocol.is_some_and(|it| is_conflicted(listeners, listener.port, it)),
            kinds,
            fault: certificate_fault.or(kind_fault),
            lacks_certificate: !usable,
        }
    };
    listeners.iter().map(state).collect()
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
    gateway: &Gateway,
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
        .map(|it| certificate_fault(cluster, gateway, it))
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
    gateway: &Gateway,
    reference: &TargetReference,
) -> Option<ListenerFault> {
    let own = &gateway.metadata.namespace;
    let target = TargetReference {
        namespace: or_own(&reference.namespace, own),
        ..reference.clone()
    };
    let referrer = Referrer {
        kind: "Gateway",
        namespace: own,
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
