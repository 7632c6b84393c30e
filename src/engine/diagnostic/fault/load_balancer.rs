//! Addresses of load balancers: the cloud's, MetalLB's and those of k3s ServiceLB.

use serde::Serialize;

/// Addresses of load balancers: the cloud's, MetalLB's and those of k3s ServiceLB.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "testing", derive(schemars::JsonSchema))]
#[serde(tag = "id", rename_all = "kebab-case", rename_all_fields = "camelCase")]
pub enum LoadBalancerFault {
    /// A LoadBalancer Service in a cluster where nothing assigns addresses.
    LoadBalancerPending {
        /// The Service.
        service: String,
    },
    /// A LoadBalancer Service with MetalLB without any pool.
    NoAddressPool {
        /// The Service.
        service: String,
    },
    /// A pool in namespace `default`, where MetalLB hardly ever runs.
    PoolInDefaultNamespace {
        /// The pool.
        pool: String,
    },
    /// A Service asks MetalLB for an address that no pool has.
    AddressOutsidePools {
        /// The Service.
        service: String,
        /// The address.
        address: String,
        /// The pools with their ranges, `lan (192.0.2.10-192.0.2.20)`.
        pools: String,
    },
    /// An external IP of a Service is an address of a pool of MetalLB, which announces only what it gave itself.
    ExternalIpOfPool {
        /// The Service.
        service: String,
        /// The address.
        address: String,
        /// The pool.
        pool: String,
    },
    /// A Service asks for an address of a load balancer, and is of another type than LoadBalancer.
    AddressForOtherType {
        /// The Service.
        service: String,
        /// Its type.
        kind: String,
        /// The address that it asks for, as written.
        address: String,
        /// Whether it asks by an annotation, and not by `spec.loadBalancerIP`.
        by_annotation: bool,
    },
    /// An annotation with the prefix of MetalLB's that MetalLB does not read.
    MisspeltMetallbAnnotation {
        /// The Service.
        service: String,
        /// The annotation.
        annotation: String,
        /// The one that MetalLB reads; empty if it is like none of them.
        meant: String,
    },
    /// A Service that is not of type LoadBalancer has an annotation for the load balancer of a cloud.
    CloudAnnotationForOtherType {
        /// The Service.
        service: String,
        /// Its type.
        kind: String,
        /// The annotation.
        annotation: String,
    },
    /// A pool of MetalLB with the address of a node.
    PoolHasNodeAddress {
        /// The pool.
        pool: String,
        /// The node.
        node: String,
        /// The address of the node.
        address: String,
    },
    /// A Service asks MetalLB for an address that another one has, and the two do not share a key.
    AddressNotShared {
        /// The Service.
        service: String,
        /// The address.
        address: String,
        /// The Services with the address.
        others: String,
        /// The sharing key of the others; empty if they have none.
        key: String,
    },
    /// A Service has the sharing key of another one, whose address it cannot have: with `Local` both must be `Local` with equal selectors.
    SharingNeedsSameBackends {
        /// The Service.
        service: String,
        /// The other Service.
        other: String,
        /// The address.
        address: String,
    },
    /// A Service has the sharing key of another one, and both have the same port.
    SharedPortTaken {
        /// The Service.
        service: String,
        /// The other Service.
        other: String,
        /// The address.
        address: String,
        /// The port, `TCP/80`.
        port: String,
    },
    /// MetalLB has no free address for a Service.
    PoolsExhausted {
        /// The Service.
        service: String,
        /// The pools that it may have addresses of; empty if it may have none.
        pools: String,
    },
    /// A Service that could have an address of pools which MetalLB does not use without being asked (`autoAssign: false`).
    PoolsOnRequest {
        /// The Service.
        service: String,
        /// The pools.
        pools: String,
    },
    /// A Service whose addresses are of a family that no pool has.
    PoolsOfOtherFamily {
        /// The Service.
        service: String,
        /// The family, `IPv6`.
        family: String,
        /// The pools with their ranges.
        pools: String,
    },
    /// A Service asks MetalLB for a pool that does not exist.
    UnknownAddressPool {
        /// The Service.
        service: String,
        /// The pool.
        pool: String,
        /// The pools that exist.
        pools: String,
    },
    /// A Service asks for an address of a pool that is pinned to others.
    PoolForOtherServices {
        /// The Service.
        service: String,
        /// The pool.
        pool: String,
    },
    /// MetalLB gives a Service no address, in its own words.
    AllocationRefused {
        /// The Service.
        service: String,
        /// The end of its event.
        words: String,
    },
    /// A pool that no L2Advertisement or BGPAdvertisement is about.
    PoolNotAdvertised {
        /// The pool.
        pool: String,
    },
    /// An advertisement names a pool that does not exist.
    AdvertisesUnknownPool {
        /// The advertisement, `L2Advertisement lan`.
        advertisement: String,
        /// The pool.
        pool: String,
        /// The pools that exist.
        pools: String,
    },
    /// An advertisement whose node selectors match no node.
    AdvertisementWithoutNode {
        /// The advertisement.
        advertisement: String,
    },
    /// A Service that the advertisements of its pool do not select.
    ServiceNotAdvertised {
        /// The Service.
        service: String,
        /// The first of them.
        advertisement: String,
    },
    /// A Service that may share its address, and an advertisement with service selectors.
    SharedAddressNotAdvertised {
        /// The Service.
        service: String,
        /// The advertisement.
        advertisement: String,
    },
    /// A Service whose candidates for announcing have no endpoint that serves (`Local`), or are excluded.
    NoAnnouncingNode {
        /// The Service.
        service: String,
        /// The nodes that may announce.
        candidates: String,
        /// The nodes with an endpoint that serves.
        endpoints: String,
    },
    /// A Service without an endpoint that serves: MetalLB announces its address from no node.
    NobodyAnnouncesWithoutEndpoint {
        /// The Service.
        service: String,
    },
    /// A BGPAdvertisement in a text without a BGPPeer.
    NoBgpPeer {
        /// The advertisement.
        advertisement: String,
    },
    /// A Service of ServiceLB whose port others have on every node.
    SvclbPortTaken {
        /// The Service.
        service: String,
        /// The port, `TCP/80`.
        port: String,
        /// Who has it, `Service first`, `Pod web-0`.
        holder: String,
    },
    /// A Service of ServiceLB that asks for an address: it gets those of nodes.
    SvclbIgnoresAddress {
        /// The Service.
        service: String,
        /// The address that it asks for.
        address: String,
        /// The addresses that it has; empty if it has none.
        addresses: String,
    },
    /// A Service of ServiceLB that no node serves, by the labels or taints of the nodes.
    SvclbWithoutNode {
        /// The Service.
        service: String,
        /// The node selector of its DaemonSet; empty if taints keep it away.
        selector: String,
    },
    /// A node is called on the port of a Service of ServiceLB, and runs no pod of it.
    SvclbNotOnNode {
        /// The Service.
        service: String,
        /// The node.
        node: String,
        /// Where it is open, `192.168.0.11:80, 192.168.0.13:80`.
        open: String,
    },
    /// A `Local` Service of ServiceLB without a ready endpoint on a node that serves it.
    SvclbWithoutLocalEndpoint {
        /// The Service.
        service: String,
    },
    /// A LoadBalancer Service in a cluster all of whose nodes are excluded from external load balancers.
    AllNodesExcluded {
        /// The Service.
        service: String,
        /// The names of the nodes.
        nodes: String,
    },
    /// A load balancer that calls node ports, and a Service without any.
    BalancerWithoutNodePorts {
        /// The Service.
        service: String,
    },
    /// A LoadBalancer Service whose class no load balancer of the cluster serves.
    LoadBalancerOfClass {
        /// The Service.
        service: String,
        /// `spec.loadBalancerClass`.
        class: String,
    },
    /// A ConfigMap with address pools, which MetalLB read before its version 0.13.
    MetallbConfigMapIgnored {
        /// The ConfigMap.
        config_map: String,
    },
}
