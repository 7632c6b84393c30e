//! Gateways and the routes that attach to them.

use serde::Serialize;

/// Gateways and the routes that attach to them.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "testing", derive(schemars::JsonSchema))]
#[serde(tag = "id", rename_all = "kebab-case", rename_all_fields = "camelCase")]
pub enum GatewayFault {
    /// A route that names a Gateway as its parent and is attached to none of its listeners.
    RouteNotAttached {
        /// Kind and name of the route.
        route: String,
        /// The Gateway.
        gateway: String,
        /// Why.
        why: AttachmentFault,
        /// The namespace of the route.
        namespace: String,
        /// The labels that a listener asks of namespaces, if this is why; empty otherwise.
        selector: String,
        /// The Gateway's listeners.
        listeners: String,
    },
    /// A request that no route of a Gateway takes.
    NoRouteMatches {
        /// The Gateway.
        gateway: String,
        /// The `Host` header.
        host: String,
        /// Path and query.
        path: String,
        /// What the nearest match lacks.
        why: RouteNearMiss,
        /// Kind and name of the nearest route; empty without one.
        route: String,
        /// The conditions of its nearest match; where the path is missing, of all its matches: `PathPrefix /api`.
        matches: String,
    },
    /// A request for a port without a route for its host, where the route is attached to the listener of another port.
    RouteOnOtherListener {
        /// The Gateway.
        gateway: String,
        /// The `Host` header.
        host: String,
        /// Kind and name of the route.
        route: String,
        /// The name of the listener that it is attached to.
        listener: String,
        /// The port of that.
        port: u16,
        /// Whether that one speaks TLS.
        is_tls: bool,
    },
    /// A listener of a protocol that no controller speaks.
    ListenerProtocolUnknown {
        /// The Gateway.
        gateway: String,
        /// The listener.
        listener: String,
        /// Its protocol.
        protocol: String,
        /// The protocol that is meant; empty if none is near.
        meant: String,
    },
    /// A port that a Gateway has no listener for.
    NoListenerAtPort {
        /// The Gateway.
        gateway: String,
        /// The port that was called.
        called: u16,
        /// The Gateway's listeners.
        listeners: String,
    },
    /// A host that no listener or route is for, and nearly one is.
    HostOfNoRoute {
        /// The host.
        host: String,
        /// Kind and name of the Gateway or the route.
        object: String,
        /// Its host name, `*.example.com`.
        pattern: String,
        /// How the two differ.
        why: HostMiss,
    },
    /// A redirect to a port of the Gateway that no listener serves.
    RedirectToNoListener {
        /// The Gateway.
        gateway: String,
        /// Where the redirect leads.
        to: String,
        /// The port of that.
        port: u16,
        /// The Gateway's listeners.
        listeners: String,
    },
    /// A port of a backend that looks like one of HTTPS, to which the Gateway speaks plain HTTP.
    RouteBackendSpeaksTls {
        /// Kind and name of the route.
        route: String,
        /// Namespace and name of the Service.
        service: String,
        /// The Service's port.
        port: u16,
    },
    /// A backend that is called with gRPC through an HTTPRoute, to which an implementation speaks HTTP/1.1.
    RouteBackendNotHttp2 {
        /// Kind and name of the route.
        route: String,
        /// Namespace and name of the Service.
        service: String,
        /// The Service's port.
        port: u16,
    },
    /// A backend of a route that requests cannot be sent to.
    RouteBackendUnusable {
        /// Kind and name of the route.
        route: String,
        /// The kind of the backend.
        kind: String,
        /// The name of the backend.
        service: String,
        /// Its namespace.
        namespace: String,
        /// The port.
        port: u16,
        /// The Service's ports.
        ports: String,
        /// Why.
        why: RouteBackendFault,
    },
    /// A route that is refused for a backend without a port.
    RouteBackendWithoutPort {
        /// Kind and name of the route.
        route: String,
        /// The Service of the backend.
        service: String,
        /// The Service's ports.
        ports: String,
    },
    /// A route whose Gateway is in another namespace than the one that it names.
    RouteParentElsewhere {
        /// Kind and name of the route.
        route: String,
        /// The Gateway that it names, with the namespace.
        written: String,
        /// The namespace that has a Gateway of this name.
        meant: String,
    },
    /// A route whose Gateway does not exist in the text, where others do.
    RouteParentMissing {
        /// Kind and name of the route.
        route: String,
        /// The Gateway that it names, with the namespace.
        written: String,
        /// The Gateway whose name differs by a typo; empty if there is none.
        nearest: String,
        /// The Gateways of the text.
        gateways: String,
    },
    /// A listener whose certificate is not there.
    ListenerWithoutCertificate {
        /// The Gateway.
        gateway: String,
        /// The listener.
        listener: String,
        /// The Secrets that it names; empty if none.
        secrets: String,
        /// Whether the Gateway may use them.
        is_permitted: bool,
    },
    /// A listener whose certificate is a Secret of another type than `kubernetes.io/tls`.
    CertificateOfOtherType {
        /// The Gateway.
        gateway: String,
        /// The listener.
        listener: String,
        /// The Secret, `edge/shop-tls`.
        secret: String,
        /// Its type.
        kind: String,
    },
    /// A ReferenceGrant that was meant for a reference and does not apply to it.
    ReferenceGrantMisses {
        /// The grant.
        grant: String,
        /// Why.
        why: GrantMiss,
        /// The kind of the route.
        kind: String,
        /// The namespace of the route.
        from: String,
        /// The Service.
        service: String,
        /// The namespace of the Service.
        namespace: String,
    },
    /// A ListenerSet that its Gateway does not permit.
    ListenerSetNotAllowed {
        /// The ListenerSet.
        set: String,
        /// The Gateway.
        gateway: String,
        /// The namespace of the ListenerSet.
        namespace: String,
        /// Whether the Gateway has no `allowedListeners`.
        is_silent: bool,
    },
    /// A Gateway that a request passed, whose class is assumed to exist: the text has no GatewayClass.
    GatewayClassAssumed {
        /// The Gateway.
        gateway: String,
        /// Its class.
        class: String,
    },
    /// A Gateway whose class does not exist, where others do.
    GatewayWithoutClass {
        /// The Gateway.
        gateway: String,
        /// Its class.
        class: String,
        /// The classes that exist.
        classes: String,
    },
}

/// Why a route is attached to no listener of a Gateway.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "testing", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum AttachmentFault {
    /// No listener has the section name and the port.
    Section,
    /// The protocols of the listeners carry other kinds of routes.
    Kind,
    /// The listeners do not allow the kind or the namespace of the route.
    NotAllowed,
    /// No host name is common to a listener and the route.
    Hostname,
    /// An older route of the other kind, HTTPRoute or GRPCRoute, has a host name of it.
    Conflict,
}

/// What the match that is nearest to a request lacks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[cfg_attr(feature = "testing", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum RouteNearMiss {
    /// No route is attached.
    NoRoute,
    /// The host name.
    Hostname,
    /// The path.
    Path,
    /// The method.
    Method,
    /// A header.
    Header,
    /// A query parameter.
    Query,
    /// gRPC.
    Grpc,
    /// Nothing, but another listener has the more specific host name.
    Listener,
}

/// How the host of a request differs from the one that a rule, a listener or a route is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "testing", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum HostMiss {
    /// By a typo.
    Typo,
    /// It is not one of those that the wildcard stands for.
    Wildcard,
    /// One of them has `www.` before it.
    Www,
}

/// Why requests cannot be sent to a backend of a route.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "testing", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum RouteBackendFault {
    /// All backends have weight 0.
    ZeroWeight,
    /// It is no Service.
    InvalidKind,
    /// It is in another namespace, without a ReferenceGrant there.
    NotPermitted,
    /// There is no such Service.
    NotFound,
    /// The Service does not have the port.
    NoSuchPort,
    /// The rule has no backend.
    NoBackend,
}

/// Why a ReferenceGrant does not apply to a reference.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "testing", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum GrantMiss {
    /// It is not in the namespace of the target.
    Namespace,
    /// It is from another kind or namespace.
    From,
    /// It is to another kind or name.
    To,
}
