//! How a trace ended, and why it failed: enums with arguments, no sentences (`verdict-…` in the message catalogue).

use std::net::SocketAddr;

use serde::Serialize;

use crate::l7::ControllerMatter;
use crate::names::Family;

/// How the trace ended. A trace has exactly one.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "testing", derive(schemars::JsonSchema))]
#[serde(tag = "id", rename_all = "kebab-case", rename_all_fields = "camelCase")]
pub enum Verdict {
    /// Answered, and the answer reached the client.
    Answered {
        /// The pod or address that answered.
        by: String,
        /// Its address and port.
        endpoint: SocketAddr,
    },
    /// Answered, if what is not simulated, or not decided by the cluster, allows it.
    AnsweredUnless {
        /// The pod or address that answered.
        by: String,
        /// Its address and port.
        endpoint: SocketAddr,
        /// What it depends on.
        unless: Unless,
        /// The object that decides, `HTTPRoute edge/shop`.
        object: String,
    },
    /// The request left the cluster; that something answers outside is assumed.
    AnsweredOutside {
        /// The name or address that was called.
        host: String,
        /// The made-up address, and the port.
        endpoint: SocketAddr,
    },
    /// An Ingress controller answered with a redirect.
    Redirected {
        /// The controller's pod.
        by: String,
        /// The HTTP status.
        status: u16,
        /// Where to.
        to: String,
    },
    /// Kubernetes leaves to the Ingress controller what happens to the request.
    ControllerDecides {
        /// The controller's pod.
        by: String,
        /// What it decides.
        matter: ControllerMatter,
    },
    /// Refused: the client learns at once.
    Refused {
        /// Why.
        why: Failure,
    },
    /// Nothing comes back: the client waits until it gives up.
    TimedOut {
        /// Why.
        why: Failure,
    },
    /// The client has no address of the family that it calls: its kernel sends no packet.
    Unreachable {
        /// The client.
        from: String,
        /// The address.
        to: String,
        /// Its family.
        family: Family,
    },
    /// The name could not be resolved.
    NoSuchName {
        /// The name.
        name: String,
    },
    /// The name server could not be reached.
    LookupFailed {
        /// The name.
        name: String,
        /// Why.
        why: Failure,
    },
    /// An Ingress has rules for the host, but no controller serves it.
    IngressUnreachable {
        /// The host.
        host: String,
        /// What is missing.
        why: IngressFault,
    },
    /// An Ingress controller answered with an error of its own.
    HttpError {
        /// The controller's pod.
        by: String,
        /// The HTTP status.
        status: u16,
        /// What a client of gRPC gets instead of it.
        grpc: GrpcStatus,
        /// Why.
        why: Failure,
    },
    /// The packet reached the pod; whether a process listens there, the manifests do not say.
    Unknown {
        /// The pod.
        pod: String,
        /// The port.
        port: u16,
    },
}

impl Verdict {
    /// Whether an answer reached the client, so that the connection is open.
    pub fn is_answered(&self) -> bool {
        self.answered_by().is_some()
    }

    /// Who answered: the name of a pod, else a host or an address; `None` if no answer reached the client.
    pub fn answered_by(&self) -> Option<&str> {
        match self {
            Verdict::Answered { by, .. }
            | Verdict::AnsweredUnless { by, .. }
            | Verdict::Redirected { by, .. }
            | Verdict::HttpError { by, .. } => Some(by),
            Verdict::AnsweredOutside { host, .. } => Some(host),
            Verdict::ControllerDecides { .. }
            | Verdict::Refused { .. }
            | Verdict::TimedOut { .. }
            | Verdict::Unreachable { .. }
            | Verdict::NoSuchName { .. }
            | Verdict::LookupFailed { .. }
            | Verdict::IngressUnreachable { .. }
            | Verdict::Unknown { .. } => None,
        }
    }

    /// The endpoint whose answer nothing else decides; `None` if the connection ended otherwise.
    pub fn answering_endpoint(&self) -> Option<SocketAddr> {
        match self {
            Verdict::Answered { endpoint, .. } | Verdict::AnsweredOutside { endpoint, .. } => {
                Some(*endpoint)
            }
            Verdict::AnsweredUnless { .. }
            | Verdict::Redirected { .. }
            | Verdict::ControllerDecides { .. }
            | Verdict::Refused { .. }
            | Verdict::TimedOut { .. }
            | Verdict::Unreachable { .. }
            | Verdict::NoSuchName { .. }
            | Verdict::LookupFailed { .. }
            | Verdict::IngressUnreachable { .. }
            | Verdict::HttpError { .. }
            | Verdict::Unknown { .. } => None,
        }
    }

    /// Whether the client did not get what it asked for.
    pub fn is_failure(&self) -> bool {
        match self {
            Verdict::Answered { .. }
            | Verdict::AnsweredUnless { .. }
            | Verdict::AnsweredOutside { .. }
            | Verdict::Redirected { .. }
            | Verdict::ControllerDecides { .. }
            | Verdict::Unknown { .. } => false,
            Verdict::Refused { .. }
            | Verdict::TimedOut { .. }
            | Verdict::Unreachable { .. }
            | Verdict::NoSuchName { .. }
            | Verdict::LookupFailed { .. }
            | Verdict::IngressUnreachable { .. }
            | Verdict::HttpError { .. } => true,
        }
    }

    /// Whether the answer depends on something that is not simulated.
    pub fn is_conditional(&self) -> bool {
        matches!(self, Verdict::AnsweredUnless { .. })
    }

    /// Whether its causes repeat its general sentence in more detail. Those of an answer are notes, and its condition is
    /// printed as well.
    pub fn is_told_by_its_causes(&self) -> bool {
        !matches!(
            self,
            Verdict::Answered { .. } | Verdict::AnsweredUnless { .. }
        )
    }
}

/// What an answer depends on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "testing", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Unless {
    /// A line of the Corefile may give the name another answer.
    Corefile,
    /// The network outside must route an external IP to a node; Kubernetes does not announce it.
    NotRouted,
    /// An annotation asks the cloud for a load balancer inside its private network, and the caller is outside.
    InternalBalancer,
    /// A Gateway or a route of the Gateway API decides who gets the request.
    GatewayApi,
    /// A load balancer of the text (MetalLB, k3s ServiceLB) decides who has the address.
    LoadBalancer,
    /// A network policy of a kind that is not simulated selects one of the ends.
    Policy,
    /// The network plugin may apply a NetworkPolicy where Kubernetes leaves it to the plugin.
    NetworkPlugin,
    /// The API server cannot ask a webhook about new pods, and creates none without it.
    PodWebhook,
    /// A sidecar of a service mesh handles the traffic of one of the ends.
    ServiceMesh,
    /// A BackendTLSPolicy makes a Gateway speak TLS to the Service.
    BackendTls,
    /// The rule of a Gateway's route has a filter of the controller's own.
    ExtensionFilter,
    /// A route of a service mesh is for the Service or the host that is called.
    MeshRoute,
}

/// The status of gRPC that a proxy of a Gateway answers to a call that it cannot send on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "testing", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum GrpcStatus {
    /// The request is no gRPC call.
    None,
    /// `UNIMPLEMENTED`: no route takes the call.
    Unimplemented,
    /// `UNAVAILABLE`: the backend cannot be called.
    Unavailable,
}

/// Why a connection fails.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "testing", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Failure {
    /// The Service has no endpoint.
    NoEndpoints,
    /// The Service has endpoints, but none on this node, and its policy is Local.
    NoLocalEndpoints,
    /// The client is not in the load balancer's source ranges.
    SourceNotAllowed,
    /// A rule drops it.
    Dropped,
    /// The NetworkPolicies of the client do not allow it.
    PolicyEgress,
    /// The NetworkPolicies of the backend do not allow it.
    PolicyIngress,
    /// Nothing listens on the port.
    NothingListens,
    /// The pod was deleted and its process has exited, and rules still lead to it.
    ProcessExited,
    /// Nobody has the address.
    NoHost,
    /// The Service does not have that port.
    NoSuchPort,
    /// No node is fit to take the load balancer's connections.
    NoHealthyNode,
    /// Every node is excluded from external load balancers.
    NodesExcluded,
    /// The Service has no node port for the load balancer to call.
    NoNodePort,
    /// No node answers for the load balancer's address.
    NotAnnounced,
    /// A node's own packet came back to it.
    MartianSource,
    /// A packet from the loopback address would have to leave its node.
    LoopbackSource,
    /// The answer does not come by the node that rewrote the address.
    AsymmetricReturn,
    /// The node does not answer any more.
    NodeDown,
    /// The process of an open connection is gone, and another one has its address.
    UnknownConnection,
    /// No Ingress has a rule for the host and path.
    NoIngressRule,
    /// The Service that an Ingress names does not exist.
    NoSuchService,
    /// A proxy does not find the name of its backend, an ExternalName.
    BackendNotResolved,
    /// A proxy speaks HTTP/1.1 to a backend that is called with gRPC.
    BackendNotGrpc,
    /// A proxy does not serve the address that the connection comes from.
    AddressNotServed,
    /// A proxy asks for a name and password.
    CredentialsMissing,
    /// A request in the clear arrives at the port of a proxy that is for TLS.
    PlainToTlsPort,
    /// TLS arrives at the port of a proxy that is for requests in the clear.
    TlsToPlainPort,
    /// No listener of the Gateway is for the port, the protocol and the host.
    NoGatewayListener,
    /// No route of the Gateway's listener matches.
    NoGatewayRoute,
    /// The backend is in another namespace, without a ReferenceGrant there.
    RefNotPermitted,
    /// The backend of a route is no Service.
    InvalidBackend,
    /// The rule of a route has no backend.
    NoBackend,
}

/// What an Ingress lacks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "testing", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum IngressFault {
    /// It names no class, and no class is the default one.
    NoClass,
    /// No pod is a controller of its class.
    NoController,
    /// There is a controller, but no Service gives it an address that can be reached from outside.
    NoAddress,
}
