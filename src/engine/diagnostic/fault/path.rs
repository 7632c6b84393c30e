//! What a packet meets on its way: the wrong side of a node, traffic policies, rewriting, balancing.

use serde::Serialize;

/// What a packet meets on its way: the wrong side of a node, traffic policies, rewriting, balancing.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "testing", derive(schemars::JsonSchema))]
#[serde(tag = "id", rename_all = "kebab-case", rename_all_fields = "camelCase")]
pub enum PathFault {
    /// A redirect to the URL that was asked for.
    RedirectToItself {
        /// The URL.
        to: String,
    },
    /// Rules that lead to the address of a pod that an event removed.
    RulesLeadToRemovedPod {
        /// The pod.
        pod: String,
        /// Its address.
        address: String,
        /// How many seconds after the event the rules follow.
        lag: u16,
    },
    /// A pod that sees an address of a node as the client of a connection from outside.
    SourceIsRewritten {
        /// The Service.
        service: String,
        /// The pod.
        pod: String,
        /// The client's address.
        client: String,
        /// The address that the pod sees.
        seen: String,
    },
    /// A pod that reached itself through a Service.
    HairpinConnection {
        /// The Service.
        service: String,
        /// The pod.
        pod: String,
    },
    /// A caller without an address of the family that it calls.
    CallerOfOtherFamily {
        /// The pod, node or machine.
        caller: String,
        /// The families that it has; empty if it has no address.
        own: String,
        /// The family that is called.
        called: String,
        /// The Service that has the called address; empty if none has.
        service: String,
        /// The Service's address that the caller can call; empty if there is none.
        instead: String,
    },
    /// A node port whose answer does not come back by the node that was called.
    ReplyBypassesNode {
        /// The Service.
        service: String,
        /// The node that was called.
        node: String,
        /// The caller.
        caller: String,
        /// The Service's name for the caller, `web.default`.
        name: String,
        /// The Service's port.
        port: u16,
    },
    /// An address of the Services' range that no Service has.
    UnallocatedClusterIp {
        /// The address.
        address: String,
        /// The range.
        range: String,
    },
    /// An external IP of a Service is the address of a node, and kube-proxy in IPVS mode binds it on the other nodes.
    NodeAddressBound {
        /// The Service.
        service: String,
        /// The address.
        address: String,
        /// The node that has it.
        node: String,
    },
    /// A connection whose endpoint was chosen among several.
    ChosenAtRandom {
        /// The Service.
        service: String,
        /// How many there were.
        endpoints: usize,
    },
    /// An open connection that stays with an endpoint which gets no new ones.
    ConnectionKeepsEndpoint {
        /// The pod.
        pod: String,
        /// The protocol.
        protocol: String,
    },
    /// What the pod that answered calls in its turn, by the annotation `kubehop/calls`.
    CallsNext {
        /// The pod.
        pod: String,
        /// What it calls, as the annotation says it.
        to: String,
        /// Whether that can be read as a request.
        is_request: bool,
    },
    /// A caller outside the cluster that uses a Service's cluster IP.
    ClusterIpFromOutside {
        /// The Service.
        service: String,
        /// The cluster IP.
        address: String,
        /// Where the port is open outside, `198.51.100.9:80, 192.168.0.11:30080`; empty if nowhere.
        open: String,
    },
    /// A caller outside the cluster that uses a pod's address.
    PodIpFromOutside {
        /// The pod.
        pod: String,
        /// Its address.
        address: String,
    },
    /// A pod that calls `localhost`, which is itself, on the port of a Service.
    LocalhostMeantService {
        /// The pod.
        pod: String,
        /// The port.
        port: u16,
        /// The Service.
        service: String,
        /// Its name for the pod: `redis`, `redis.data`.
        name: String,
    },
    /// A caller that uses `localhost`, which is the caller itself.
    LocalhostIsTheCaller {
        /// The pod, node or machine.
        caller: String,
        /// The port.
        port: u16,
        /// The Service that has it as a node port; empty if none has.
        service: String,
        /// Where that node port is open: `192.168.0.11:30080`; empty if there is none.
        open: String,
    },
    /// A Service with topology-aware routing whose endpoints get no hints.
    TopologyHintsNotSet {
        /// The Service.
        service: String,
        /// Why.
        why: HintsFault,
        /// Its ready endpoints.
        endpoints: usize,
        /// The zones of the nodes.
        zones: usize,
    },
    /// An annotation that is close to one for topology-aware routing, and has no effect.
    TopologyAnnotationUnread {
        /// The Service.
        service: String,
        /// The annotation.
        annotation: String,
        /// Its value.
        value: String,
        /// The annotation that is meant; empty if the key is right, and the value has no meaning.
        meant: String,
    },
    /// A node that does not follow the hints of a Service's endpoints.
    HintsNotForNode {
        /// The Service.
        service: String,
        /// The node.
        node: String,
        /// Its zone; empty if it has none.
        zone: String,
    },
    /// A Service that prefers endpoints on the caller's node, which has none.
    NoEndpointOnNode {
        /// The Service.
        service: String,
        /// The node.
        node: String,
        /// The nodes with a ready endpoint.
        nodes: String,
        /// The node's zone, if it has a ready endpoint; empty otherwise.
        zone: String,
    },
    /// A pod that was deleted and whose process exits before the rules that lead to it are gone.
    ExitsBeforeRules {
        /// The pod.
        pod: String,
        /// The container with the port.
        container: String,
        /// What is wrong with its `preStop` hook.
        why: HookFault,
        /// How many seconds the process keeps running.
        seconds: u64,
        /// The grace period, in seconds.
        grace: u64,
        /// How many seconds the rules need.
        lag: u16,
    },
    /// A pod that was deleted and whose process runs until the rules that lead to it are gone.
    LivesUntilRules {
        /// The pod.
        pod: String,
        /// How many seconds the process keeps running.
        seconds: u64,
        /// How many seconds the rules need.
        lag: u16,
    },
    /// A traffic policy `Local` on a node without an endpoint.
    NoLocalEndpoint {
        /// The Service.
        service: String,
        /// The field that sets it.
        policy: String,
        /// The node.
        node: String,
        /// The nodes with a ready endpoint.
        nodes: String,
    },
    /// A client outside a Service's loadBalancerSourceRanges.
    SourceNotInRanges {
        /// The Service.
        service: String,
        /// The client's address.
        client: String,
        /// The ranges.
        ranges: String,
        /// The name at which pods reach the Service without that filter; empty for other callers.
        internal: String,
    },
    /// A Service that balances connections, called with a protocol that sends all requests over one.
    ConnectionBalanced {
        /// The Service.
        service: String,
        /// How many endpoints it has.
        endpoints: usize,
    },
    /// A Service that another proxy than kube-proxy implements.
    ServiceOfAnotherProxy {
        /// The Service.
        service: String,
        /// The value of the label that says so.
        proxy: String,
    },
    /// A Service with session affinity: everyone behind the client's address gets the same endpoint.
    AffinityByAddress {
        /// The Service.
        service: String,
        /// The client's address, as the node sees it.
        client: String,
        /// How many endpoints there are.
        endpoints: usize,
        /// After how many seconds without a new connection another endpoint may be chosen.
        seconds: u64,
    },
    /// An open connection to an endpoint that is gone.
    ConnectionOutlivesEndpoint {
        /// The address of the endpoint.
        address: String,
        /// `TCP` or `UDP`.
        protocol: String,
    },
}

/// Why a `preStop` hook does not keep a process running for long enough.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "testing", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum HookFault {
    /// There is no hook.
    Missing,
    /// It takes less time than the rules.
    TooShort,
    /// How long it takes is not known.
    Unknown,
    /// The grace period ends before it does.
    CutOff,
}

/// Why the EndpointSlice controller sets no topology hints (event `TopologyAwareHintsDisabled`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "testing", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum HintsFault {
    /// A node has no zone.
    NodeWithoutZone,
    /// All nodes are in one zone.
    OneZone,
    /// An endpoint is on a node without a zone.
    EndpointWithoutZone,
    /// There are fewer endpoints than zones.
    FewerEndpointsThanZones,
    /// Some zone would be overloaded by more than 20 %.
    OverloadThreshold,
}
