//! Why a packet went this way: enums with arguments, no sentences.
//!
//! A variant's name is the id of its sentence in the message catalogue (`reason-…`).

use std::net::{IpAddr, SocketAddr};

use serde::Serialize;
use smol_str::SmolStr;

use super::printed::printed_list;
use super::{
    Failure, GatewayReason, GrpcStatus, IngressFault, Listening, LoadBalancerReason, Masquerade,
};
use crate::l7::ControllerMatter;
use crate::names::{Family, PolicyType, Protocol};
use crate::policy::Undefined;

/// What happened at one hop, and why.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "testing", derive(schemars::JsonSchema))]
#[serde(tag = "id", rename_all = "kebab-case", rename_all_fields = "camelCase")]
pub enum Reason {
    /// The client opens a connection.
    Opens {
        /// Who, as [`super::Origin`] prints it.
        from: String,
        /// To what address.
        to: SocketAddr,
        /// By which protocol.
        protocol: Protocol,
        /// The name of the Service with that address; `None` if no Service has it.
        service: Option<SmolStr>,
        /// Whether the address is the Service's own, which no machine has.
        r#virtual: bool,
    },
    /// The name has an address.
    Resolves {
        /// The name that was answered.
        name: String,
        /// Its address.
        address: IpAddr,
        /// How many names of the search list were tried before it without an answer.
        tried: usize,
        /// The name server that was asked.
        server: IpAddr,
        /// How many addresses it has; the client takes one of them.
        count: usize,
        /// The name it is an alias (CNAME) of.
        alias: Option<String>,
    },
    /// The resolver asks a name server.
    Asks {
        /// The name.
        name: String,
        /// The name server.
        server: IpAddr,
    },
    /// The resolver asked for a name that does not exist, and tries the next one.
    Asked {
        /// The name.
        name: String,
        /// The name server.
        server: IpAddr,
        /// The result, as `dig` prints it: `NXDOMAIN`.
        outcome: String,
        /// Who answered.
        by: String,
    },
    /// A name server answers.
    Responds {
        /// Its pod.
        by: String,
        /// The name it was asked for.
        name: String,
        /// The response code, as `dig` prints it: `NOERROR`.
        outcome: String,
    },
    /// An Ingress has rules for the host, but no controller serves it.
    IngressUnreachable {
        /// The host.
        host: String,
        /// The Ingress.
        ingress: String,
        /// Its class, when it has one.
        class: Option<String>,
        /// What is missing.
        why: IngressFault,
    },
    /// The client sends more on a connection that is open.
    Continues {
        /// Who, as [`super::Origin`] prints it.
        from: String,
        /// To what address.
        to: SocketAddr,
        /// By which protocol.
        protocol: Protocol,
    },
    /// The name does not exist, or has no address.
    NoSuchName {
        /// The name as the client wrote it.
        name: String,
        /// How many names were tried.
        tried: usize,
        /// The name server that was asked.
        server: IpAddr,
    },
    /// A node's kernel takes the packet in.
    Arrives {
        /// The node.
        node: String,
        /// The port it came to.
        port: u16,
        /// Whether it is a node port: nothing listens on it, only rules are there.
        node_port: bool,
    },
    /// kube-proxy's rules pick an endpoint and rewrite the destination.
    Dnat {
        /// How many endpoints it could have been.
        count: usize,
        /// The one.
        endpoint: SocketAddr,
        /// Why and to what the source was rewritten, too.
        masquerade: Masquerade,
        /// The node whose rules they are.
        node: String,
        /// The Service that was called.
        service: Option<SmolStr>,
        /// Whether a virtual server of IPVS takes the endpoints in turn, where rules draw lots.
        in_turn: bool,
    },
    /// The rules of the CNI plugin portmap forward a `hostPort` of the node to the pod that has it.
    HostPort {
        /// The node.
        node: String,
        /// The port of the node.
        port: u16,
        /// The pod.
        pod: String,
        /// Its address and port.
        endpoint: SocketAddr,
        /// Why and to what the source was rewritten, too.
        masquerade: Masquerade,
    },
    /// kube-proxy's rules refuse: the Service has no endpoint at all, or not that port.
    Rejects {
        /// The Service port, as rules name it.
        service: SmolStr,
        /// The node.
        node: String,
        /// Which of the two.
        why: Failure,
    },
    /// kube-proxy's rules drop it: endpoints exist, but none this packet may use.
    Drops {
        /// The comment of the rule.
        rule: String,
        /// The node.
        node: String,
    },
    /// The node's routing drops it before any rule is evaluated: it comes from outside with the node's own address.
    MartianSource {
        /// The node.
        node: String,
        /// The address.
        source: IpAddr,
    },
    /// The packet has a loopback address as its source, and rules send it to another machine: the kernel drops it.
    LoopbackSource {
        /// The node.
        node: String,
        /// The address.
        source: IpAddr,
    },
    /// A rule of a NetworkPolicy allows the connection of an isolated pod.
    PolicyAllows {
        /// The pod.
        pod: String,
        /// The direction, seen from the pod; answers call it `half`.
        #[serde(rename = "half")]
        direction: PolicyType,
        /// The policy.
        policy: String,
        /// The index of the rule.
        rule: usize,
        /// The source that the policy sees.
        from: SocketAddr,
        /// The destination that the policy sees.
        to: SocketAddr,
    },
    /// The NetworkPolicies of a pod do not allow the connection.
    PolicyDrops {
        /// The pod.
        pod: String,
        /// The direction, seen from the pod; answers call it `half`.
        #[serde(rename = "half")]
        direction: PolicyType,
        /// The policies that isolate the pod.
        #[serde(serialize_with = "printed_list")]
        #[cfg_attr(feature = "testing", schemars(with = "String"))]
        policies: Vec<SmolStr>,
        /// Whether the plugin rejects the packet instead of dropping it.
        rejects: bool,
        /// The source that the policies see.
        from: SocketAddr,
        /// The destination that the policies see.
        to: SocketAddr,
    },
    /// Whether the connection of an isolated pod passes depends on the network plugin.
    PolicyDepends {
        /// The pod.
        pod: String,
        /// The direction, seen from the pod; answers call it `half`.
        #[serde(rename = "half")]
        direction: PolicyType,
        /// The policies that isolate the pod.
        #[serde(serialize_with = "printed_list")]
        #[cfg_attr(feature = "testing", schemars(with = "String"))]
        policies: Vec<SmolStr>,
        /// What Kubernetes leaves to the plugin.
        case: Undefined,
        /// Whether it passes here.
        passes: bool,
        /// The source that the policies see.
        from: SocketAddr,
        /// The destination that the policies see.
        to: SocketAddr,
    },
    /// No rule of the node matches the address.
    NoRule {
        /// The address.
        to: SocketAddr,
        /// The node.
        node: String,
        /// The Service that has the address, when one has it without that port.
        service: Option<SmolStr>,
    },
    /// The node tracks the connection: its rules are not evaluated again.
    ConntrackHit {
        /// The node.
        node: String,
        /// Where the connection's first packet was sent.
        endpoint: SocketAddr,
    },
    /// An Ingress controller takes a request.
    TakesHttp {
        /// Its pod.
        by: String,
        /// The `Host` header.
        host: String,
        /// The path.
        path: String,
    },
    /// An Ingress controller passes a request on, on a connection of its own.
    RoutesHttp {
        /// The Ingress.
        ingress: String,
        /// The path of the rule; empty for the default backend.
        rule: String,
        /// The Service behind it.
        service: SmolStr,
        /// The Service's port.
        port: u16,
        /// The path that the backend gets, if the controller rewrites it.
        rewritten: Option<String>,
        /// The name that an ExternalName Service is an alias of.
        external: Option<String>,
        /// Whether it is the canary.
        canary: bool,
    },
    /// An Ingress controller answers with a redirect.
    RedirectsHttp {
        /// Its pod.
        by: String,
        /// The HTTP status.
        status: u16,
        /// Where to.
        to: String,
    },
    /// What the controller does is left to it.
    ControllerDecides {
        /// Its pod.
        by: String,
        /// Its name, as an IngressClass has it.
        controller: String,
        /// What it decides.
        matter: ControllerMatter,
    },
    /// An Ingress controller answers with an error of its own.
    AnswersHttp {
        /// Its pod.
        by: String,
        /// The HTTP status.
        status: u16,
        /// What a client of gRPC gets instead of it.
        grpc: GrpcStatus,
        /// Why.
        why: Failure,
    },
    /// The packet crosses from one node to another.
    Routes {
        /// From.
        from: String,
        /// To.
        to: String,
        /// Whether the node it comes to masquerades it.
        masquerade: bool,
    },
    /// The pod's process answers.
    Answers {
        /// The pod, or the address of what is outside the model.
        by: String,
        /// Its port.
        port: u16,
        /// Whether the port is declared by a container, or what is known is less.
        listening: Listening,
    },
    /// Nothing in the pod is known to listen on that port.
    NotKnownToListen {
        /// The pod.
        pod: String,
        /// The port.
        port: u16,
        /// The ports its containers declare, joined by `, `.
        declared: String,
    },
    /// The process behind that port listens on the loopback address only, as its container's arguments say.
    ListensOnLoopback {
        /// The pod.
        pod: String,
        /// The port.
        port: u16,
        /// The argument.
        argument: String,
    },
    /// The pod declares no port, and another pod behind the same Service declares some.
    OnlySiblingDeclares {
        /// The pod.
        pod: String,
        /// The Service.
        service: String,
        /// The other pod.
        sibling: String,
        /// The ports that it declares, joined by `, `.
        declared: String,
    },
    /// Nothing listens on that port.
    Closed {
        /// The pod, node or address.
        by: String,
        /// The port.
        port: u16,
    },
    /// The pod was deleted and its process has exited, and rules still lead to it.
    ProcessExited {
        /// The pod.
        by: String,
        /// The port.
        port: u16,
        /// How many seconds the rules are older than the end of the pod.
        lag: u16,
    },
    /// Nobody has the address.
    NoHost {
        /// The address.
        to: SocketAddr,
    },
    /// The sender has no address of the family: its kernel has no route to it and sends nothing.
    NoRoute {
        /// The sender.
        from: SmolStr,
        /// The address.
        to: IpAddr,
        /// Its family.
        family: Family,
    },
    /// The node does not answer any more.
    NodeDown {
        /// The node.
        node: String,
    },
    /// Who opened a connection of its own hands the answer on.
    Relays {
        /// The pod or load balancer.
        by: String,
    },
    /// Back at the node that rewrote it: connection tracking undoes the rewrites.
    ReverseNat {
        /// The node.
        node: String,
        /// How many rewrites: 1 (destination) or 2 (source, too).
        rewrites: usize,
    },
    /// The reply comes through a node that rewrote nothing.
    Forwarded {
        /// The node.
        node: String,
    },
    /// The answer comes another way than by the node that rewrote the address, and is lost.
    AsymmetricReturn {
        /// The source address and port.
        from: SocketAddr,
        /// The node that would know what to make of it.
        node: String,
    },
    /// The answer reaches the client, from the address it called.
    Returns {
        /// The client, as [`super::Origin`] prints it.
        to: String,
        /// The address the client sees.
        from: SocketAddr,
    },
    /// The client gets the error that the port is unreachable: "connection refused".
    Refused {
        /// The client.
        to: String,
        /// What it spoke.
        protocol: Protocol,
    },
    /// What a load balancer does.
    #[serde(untagged)]
    LoadBalancer(LoadBalancerReason),
    /// What a proxy of a Gateway does.
    #[serde(untagged)]
    Gateway(GatewayReason),
}
