//! What can be wrong with a cluster although the API server accepts it: the catalogue of causes.
//!
//! Each variant's name is the id of its sentences in the message catalogue (`problem-…`).

use serde::Serialize;

/// A cause with its arguments.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "id", rename_all = "kebab-case", rename_all_fields = "camelCase")]
pub enum Fault {
    /// A Service whose selector matches no pod of its namespace.
    SelectsNothing {
        /// The Service.
        service: String,
        /// Its selector as kubectl prints it, `app=web`.
        selector: String,
        /// The nearest selector that pods match.
        nearest: Option<String>,
        /// How many pods match that one.
        pods: usize,
    },
    /// An object of the text that kubectl or the API server refuses, so that it does not exist.
    ObjectRefused {
        /// Its kind.
        kind: String,
        /// Its name.
        name: String,
        /// What kubectl prints.
        message: String,
    },
    /// A bare pod that an event removed.
    SelectedPodRemoved {
        /// The Service.
        service: String,
        /// The pod.
        pod: String,
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
    /// Names of the search list that were asked for before an outside name.
    SearchListTriedFirst {
        /// The name.
        name: String,
        /// How many names were asked for before it.
        tried: usize,
        /// How many dots it has.
        dots: usize,
        /// `ndots` of the caller's resolv.conf.
        ndots: usize,
    },
    /// An Ingress without a class, in a cluster without a default one.
    IngressWithoutClass {
        /// The Ingress.
        ingress: String,
        /// The classes that exist.
        classes: String,
    },
    /// An Ingress whose class does not exist.
    IngressClassMissing {
        /// The Ingress.
        ingress: String,
        /// Its class.
        class: String,
        /// The classes that exist; empty if there is none.
        classes: String,
    },
    /// A pod that asks the cluster's DNS and has no search list.
    PodWithoutSearchList {
        /// The pod.
        pod: String,
        /// The name that it asks for.
        name: String,
        /// The whole name.
        meant: String,
    },
    /// A StatefulSet whose `serviceName` names a Service that does not exist.
    StatefulSetWithoutService {
        /// The StatefulSet.
        set: String,
        /// The Service.
        service: String,
    },
    /// The name of a pod that a StatefulSet does not make.
    OrdinalOutOfRange {
        /// The StatefulSet.
        set: String,
        /// The name.
        host: String,
        /// How many pods it makes.
        replicas: usize,
        /// The first one.
        first: String,
        /// The last one.
        last: String,
    },
    /// The name of a pod that a StatefulSet makes only when an earlier one is ready.
    OrdinalWaits {
        /// The StatefulSet.
        set: String,
        /// The name.
        host: String,
        /// The pod that is not ready.
        pod: String,
    },
    /// Selected pods without an address of the Service's families.
    SelectedPodsOfOtherFamily {
        /// The Service.
        service: String,
        /// Its families.
        wanted: String,
        /// One of the pods.
        pod: String,
        /// The families of its addresses.
        found: String,
    },
    /// A Service with `externalName` and another type.
    ExternalNameWithoutType {
        /// The Service.
        service: String,
        /// `spec.externalName`.
        target: String,
    },
    /// A node is called on the port of a container, where another number is its `hostPort`.
    ContainerPortOnNode {
        /// The node.
        node: String,
        /// The port that is called.
        called: u16,
        /// The pod.
        pod: String,
        /// Its `hostPort`.
        host_port: u16,
    },
    /// A Service that selects the pods of Jobs only.
    SelectsJobPodsOnly {
        /// The Service.
        service: String,
        /// `Job` or `CronJob`.
        kind: String,
        /// The Job.
        job: String,
    },
    /// A pod that calls a Service by a name that is its own host name, too: `/etc/hosts` resolves it to the pod itself.
    OwnNameIsServiceName {
        /// The pod.
        pod: String,
        /// The Service.
        service: String,
        /// The namespace of both.
        namespace: String,
        /// The pod's address.
        address: String,
    },
    /// A name that an entry of the pod's `hostAliases` resolves.
    HostAliasResolves {
        /// The pod.
        pod: String,
        /// The name.
        name: String,
        /// The entry's address.
        address: String,
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
    /// A node port that was called on the node's loopback address, in nftables mode.
    NodePortOnLoopback {
        /// The Service.
        service: String,
        /// The node.
        node: String,
        /// Where the node port is open, `192.168.0.11:30080`.
        open: String,
        /// The mode of kube-proxy, `nftables`.
        mode: String,
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
    /// A StatefulSet whose `serviceName` is not the headless Service that selects its pods.
    StatefulSetServiceNameDiffers {
        /// The StatefulSet.
        set: String,
        /// Its `serviceName`.
        written: String,
        /// The headless Service that selects its pods.
        service: String,
    },
    /// A process that listens on the loopback address only, as its arguments say.
    ListensOnLoopback {
        /// The container.
        container: String,
        /// The argument.
        argument: String,
        /// The port.
        port: u16,
    },
    /// A Service whose variables have the prefix of its pods' own settings.
    ServiceVariableLooksLikeSetting {
        /// The Service.
        service: String,
        /// The container.
        container: String,
        /// The container's own variable.
        setting: String,
        /// The Service's variable, `SERVER_PORT=tcp://10.96.0.20:80`.
        variable: String,
    },
    /// Why a pod is isolated: policies select it, and no rule allows the connection.
    PolicyIsolates {
        /// The pod.
        pod: String,
        /// `ingress` or `egress`, seen from the pod.
        half: &'static str,
        /// The policies that isolate it.
        policies: String,
        /// Whether they have a rule at all.
        has_rules: bool,
    },
    /// The rule that comes closest to allowing a connection.
    PolicyNearestRule {
        /// The pod.
        pod: String,
        /// `ingress` or `egress`, seen from the pod.
        half: &'static str,
        /// The policy.
        policy: String,
        /// The rule, `spec.ingress[0]`.
        rule: String,
        /// Which field differs, `pod-selector`.
        part: &'static str,
        /// What the rule asks for.
        wanted: String,
        /// What the connection has.
        found: String,
        /// How many fields differ.
        differences: usize,
    },
    /// A policy that allows the port of a Service, where the pods behind it have another one.
    PolicyAllowsServicePort {
        /// The policy.
        policy: String,
        /// The Service.
        service: String,
        /// Its port, which the policy allows.
        port: u16,
        /// The port of the pods.
        target: u16,
    },
    /// A policy with egress rules of which none allows DNS.
    PolicyForgetsDns {
        /// The policy.
        policy: String,
        /// A pod that it isolates.
        pod: String,
    },
    /// The network plugin of the cluster does not enforce NetworkPolicies, and there are some.
    PolicyIgnored {
        /// How many policies there are.
        policies: usize,
    },
    /// A policy whose selector matches no pod of its namespace.
    PolicySelectsNothing {
        /// The policy.
        policy: String,
        /// Its namespace.
        namespace: String,
        /// Its selector.
        selector: String,
    },
    /// A policy in a namespace without pods, whose selector matches pods of another one.
    PolicyOfOtherNamespace {
        /// The policy.
        policy: String,
        /// Its namespace.
        namespace: String,
        /// Its selector.
        selector: String,
        /// The namespace of the pods.
        meant: String,
    },
    /// Two peers, a `namespaceSelector` and a `podSelector`, that look like one.
    PolicyPeersMeantAsOne {
        /// The policy.
        policy: String,
        /// The `namespaceSelector`.
        namespaces: String,
        /// The `podSelector`.
        pods: String,
        /// The policy's namespace.
        namespace: String,
    },
    /// A peer with a `namespaceSelector` and a `podSelector` that looks like two.
    PolicyPeersMeantApart {
        /// The policy.
        policy: String,
        /// The `namespaceSelector`.
        namespaces: String,
        /// The `podSelector`.
        pods: String,
        /// The policy's namespace.
        namespace: String,
    },
    /// A port name of a rule that no container of the pods has.
    PolicyPortNameUnknown {
        /// The policy.
        policy: String,
        /// The port name.
        port: String,
        /// The protocol of the rule's port.
        protocol: String,
        /// The names that the containers have.
        declared: String,
    },
    /// A Service whose selector matches pods of another namespace only.
    SelectsOtherNamespace {
        /// The Service.
        service: String,
        /// Its namespace.
        service_namespace: String,
        /// Its selector.
        selector: String,
        /// The namespace of the pods.
        namespace: String,
        /// How many pods match there.
        pods: usize,
    },
    /// A Service whose selector matches the pod template of a kind that is not simulated.
    SelectsCustomWorkload {
        /// The Service.
        service: String,
        /// Its selector.
        selector: String,
        /// The kind of the object with the template.
        kind: String,
        /// Its name.
        name: String,
    },
    /// A Service whose selector no pod of the text has, beside objects whose controllers may create pods.
    SelectsPodsOfAnOperator {
        /// The Service.
        service: String,
        /// Its selector.
        selector: String,
        /// The kind of such an object.
        kind: String,
        /// Its name.
        name: String,
        /// Whether the selector names that object or its API group.
        named: bool,
    },
    /// A Service whose selector no pod matches, in a text without any pod of its namespace.
    SelectsNothingInText {
        /// The Service.
        service: String,
        /// Its selector.
        selector: String,
        /// Its namespace.
        namespace: String,
    },
    /// A Service without a selector and without written endpoints.
    NoSelectorNoEndpoints {
        /// The Service.
        service: String,
    },
    /// An EndpointSlice without the label that names its Service.
    SliceWithoutServiceLabel {
        /// The slice.
        slice: String,
        /// The Service it looks meant for.
        service: String,
    },
    /// Endpoints or an EndpointSlice for a Service name that does not exist, a typo away from one that does.
    EndpointsOfAnotherName {
        /// The Service.
        service: String,
        /// `Endpoints` or `EndpointSlice`.
        kind: String,
        /// The name that is written.
        written: String,
    },
    /// An EndpointSlice of domain names, which kube-proxy ignores.
    SliceOfDomainNames {
        /// The slice.
        slice: String,
        /// The Service.
        service: String,
    },
    /// An EndpointSlice none of whose ports has the name of the Service's port.
    SlicePortNameDiffers {
        /// The slice.
        slice: String,
        /// The Service.
        service: String,
        /// The Service's port.
        port: u16,
        /// Its name; empty if it has none.
        wanted: String,
        /// The names in the slice.
        written: String,
    },
    /// An EndpointSlice whose port has another protocol than the Service's.
    SliceProtocolDiffers {
        /// The slice.
        slice: String,
        /// The Service.
        service: String,
        /// The Service's port.
        port: u16,
        /// Its protocol.
        wanted: String,
        /// The slice's protocol.
        written: String,
    },
    /// An EndpointSlice none of whose endpoints is ready.
    SliceNotReady {
        /// The slice.
        slice: String,
        /// The Service.
        service: String,
    },
    /// All selected pods are pending.
    SelectedPodsPending {
        /// The Service.
        service: String,
        /// One of them.
        pod: String,
        /// How many there are.
        pods: usize,
        /// Whether that pod has a node.
        scheduled: bool,
        /// The scheduler's message.
        why: String,
    },
    /// All selected pods have finished.
    SelectedPodsFinished {
        /// The Service.
        service: String,
        /// How many there are.
        pods: usize,
        /// Why the first one has, in the words of its status; empty if it does not say.
        why: String,
    },
    /// A selected pod is terminating.
    SelectedPodTerminating {
        /// The Service.
        service: String,
        /// The pod.
        pod: String,
    },
    /// A selected pod is not ready.
    SelectedPodNotReady {
        /// The Service.
        service: String,
        /// The pod.
        pod: String,
    },
    /// A container of a selected pod that does not run, as the status of a live dump says.
    ContainerNotRunning {
        /// The Service.
        service: String,
        /// The pod.
        pod: String,
        /// The container.
        container: String,
        /// Whether it is an init container.
        is_init: bool,
        /// The kubelet's reason, `CrashLoopBackOff`.
        reason: String,
        /// What that means.
        why: ContainerFault,
        /// The kubelet's message; empty if it has none.
        message: String,
        /// How the container ended the last time, `OOMKilled, exit code 137`; empty if it never did.
        last: String,
    },
    /// A container of a selected pod that runs and is not ready, as the status of a live dump says.
    ContainerReportedUnready {
        /// The Service.
        service: String,
        /// The pod.
        pod: String,
        /// The container.
        container: String,
        /// Its readiness probe, `http-get :8080/healthz`; empty if it has none.
        probe: String,
        /// Whether its startup probe has not succeeded yet.
        is_starting: bool,
    },
    /// A selected pod that is not ready for a reason that its condition names.
    PodReportedUnready {
        /// The Service.
        service: String,
        /// The pod.
        pod: String,
        /// The condition's reason.
        reason: String,
        /// The condition's message.
        message: String,
    },
    /// A selected pod whose node does not report.
    PodOfLostNode {
        /// The Service.
        service: String,
        /// The pod.
        pod: String,
        /// The node.
        node: String,
    },
    /// A selected pod that an event made not ready.
    PodMadeUnready {
        /// The Service.
        service: String,
        /// The pod.
        pod: String,
    },
    /// The annotation `kubehop/ready` says that a selected pod is not ready.
    SelectedPodStatedNotReady {
        /// The Service.
        service: String,
        /// The pod.
        pod: String,
    },
    /// A readiness gate of a selected pod whose condition is not set.
    ReadinessGateNotSet {
        /// The Service.
        service: String,
        /// The pod.
        pod: String,
        /// The condition.
        condition: String,
    },
    /// A named `targetPort` that no selected pod declares.
    TargetPortNotFound {
        /// The Service.
        service: String,
        /// Its port.
        port: u16,
        /// The name.
        target: String,
        /// The names that the pods declare, joined by `, `.
        declared: String,
    },
    /// A named `targetPort` that the selected pods declare for another protocol.
    TargetPortOfAnotherProtocol {
        /// The Service.
        service: String,
        /// Its port.
        port: u16,
        /// The name.
        target: String,
        /// The Service port's protocol.
        wanted: String,
        /// The container port's protocol.
        declared: String,
    },
    /// A named `targetPort` that only an init container declares.
    TargetPortOfInitContainer {
        /// The Service.
        service: String,
        /// Its port.
        port: u16,
        /// The name.
        target: String,
        /// The init container.
        container: String,
    },
    /// Pods that do not run, since other pods have the ports of the nodes that they need.
    NodePortsTaken {
        /// The pod, or the workload that made it: `Deployment edge`.
        owner: String,
        /// One of the pods that do not run.
        pod: String,
        /// How many there are.
        pods: usize,
        /// The message of the scheduler or the kubelet.
        why: String,
    },
    /// Pods that do not run, since every node that they fit on has as many pods as it takes.
    NodesFull {
        /// The pod, or the workload that made it.
        owner: String,
        /// One of the pods that do not run.
        pod: String,
        /// How many there are.
        pods: usize,
        /// The message of the scheduler.
        why: String,
    },
    /// A port of a node is called that a pod has as its `hostPort` elsewhere.
    HostPortElsewhere {
        /// The node that is called.
        node: String,
        /// The port and protocol of the call.
        called: String,
        /// The pod.
        pod: String,
        /// Where the pod's port is open, `192.168.0.11:8088/TCP`.
        open: String,
    },
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
    /// A Service asks MetalLB for an address that no pool has.
    AddressOutsidePools {
        /// The Service.
        service: String,
        /// The address.
        address: String,
        /// The pools with their ranges, `lan (192.0.2.10-192.0.2.20)`.
        pools: String,
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
    /// A caller that is not a pod asks for the name of a Service.
    CallerWithoutClusterDns {
        /// The caller.
        caller: String,
        /// The name.
        name: String,
    },
    /// A pod on the host's network with `dnsPolicy: ClusterFirst` asks its node's resolver.
    HostNetworkResolver {
        /// The pod.
        pod: String,
        /// The name.
        name: String,
    },
    /// A pod whose `dnsPolicy` keeps it from the cluster's DNS.
    PodResolver {
        /// The pod.
        pod: String,
        /// `Default` or `None`.
        policy: String,
        /// The name.
        name: String,
    },
    /// An ExternalName Service whose target is an IP address.
    ExternalNameIsAddress {
        /// The Service.
        service: String,
        /// `spec.externalName`.
        target: String,
    },
    /// An ExternalName Service whose target does not exist.
    ExternalNameNotFound {
        /// The Service.
        service: String,
        /// `spec.externalName`.
        target: String,
        /// The whole name of the Service that it most likely means; empty if there is none.
        meant: String,
    },
    /// A SRV name of a port that no endpoint has.
    NoSrvRecord {
        /// The Service.
        service: String,
        /// The port's name.
        port: String,
        /// The protocol.
        protocol: String,
        /// The names of the Service's ports.
        declared: String,
    },
    /// A name below a Service that DNS does not have.
    NoNameBelowService {
        /// The Service.
        service: String,
    },
    /// A pod's name below a Service that does not publish it.
    PodNameNotPublished {
        /// The Service.
        service: String,
        /// The pod.
        pod: String,
        /// The pod's `spec.subdomain`.
        subdomain: String,
        /// Whether the pod is ready.
        ready: bool,
    },
    /// A name below a Service that is no pod's.
    NoSuchPodName {
        /// The Service.
        service: String,
        /// The name.
        host: String,
    },
    /// A headless Service without ready endpoints, which has no name in DNS.
    HeadlessWithoutReadyEndpoints {
        /// The Service.
        service: String,
    },
    /// A short name of a Service of another namespace.
    NameOfOtherNamespace {
        /// The name.
        name: String,
        /// The Service's namespace.
        namespace: String,
        /// The caller's namespace.
        from: String,
        /// The whole name.
        meant: String,
    },
    /// A name with a part left out, or of another cluster domain.
    NameNotOfCluster {
        /// The name.
        name: String,
        /// The whole name.
        meant: String,
    },
    /// A name a typo away from a Service's.
    NameMisspelt {
        /// The name.
        name: String,
        /// The whole name.
        meant: String,
    },
    /// A name of a Service that the text does not contain.
    NoSuchService {
        /// The name.
        name: String,
        /// The Service.
        service: String,
        /// The namespace.
        namespace: String,
    },
    /// A Service is called with another protocol than its port has.
    ServicePortOfAnotherProtocol {
        /// The Service.
        service: String,
        /// The port.
        port: u16,
        /// The protocol of the call.
        called: String,
        /// The protocol of the port.
        declared: String,
    },
    /// A Service is called on its target port.
    TargetPortCalled {
        /// The Service.
        service: String,
        /// The target port.
        called: u16,
        /// The Service's port.
        port: u16,
    },
    /// A Service is called on a port it does not have.
    ServiceHasNoSuchPort {
        /// The Service.
        service: String,
        /// The port and protocol of the call.
        called: String,
        /// The Service's ports.
        ports: String,
    },
    /// A Service port with another protocol than the selected pods declare for its target.
    ServiceProtocolDiffers {
        /// The Service.
        service: String,
        /// Its port.
        port: u16,
        /// The target port.
        target: u16,
        /// The Service port's protocol.
        wanted: String,
        /// The containers' protocol.
        declared: String,
    },
    /// A numeric target port that no selected pod declares, although all declare ports.
    TargetPortNotDeclared {
        /// The Service.
        service: String,
        /// Its port.
        port: u16,
        /// The target port.
        target: u16,
        /// The ports that the pods declare.
        declared: String,
    },
    /// A headless Service whose port and target port differ.
    HeadlessMapsNoPorts {
        /// The Service.
        service: String,
        /// Its port.
        port: u16,
        /// The target port.
        target: u16,
    },
    /// A pod without declared ports, where another pod behind the same Service declares some.
    OnlySiblingDeclaresPort {
        /// The Service.
        service: String,
        /// The pod.
        pod: String,
        /// The other pod.
        sibling: String,
        /// The ports that it declares.
        declared: String,
    },
    /// A pod that is called on a port it does not declare, and declares others.
    PodDeclaresOtherPorts {
        /// The pod.
        pod: String,
        /// The port that is called.
        port: u16,
        /// The ports that it declares.
        declared: String,
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
    /// A node that does not follow the hints of a Service's endpoints.
    HintsNotForNode {
        /// The Service.
        service: String,
        /// The node.
        node: String,
        /// Its zone; empty if it has none.
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
    /// A second document of a Service without the first one's selector, which `kubectl apply` would remove.
    ApplyRemovesSelector {
        /// The Service.
        service: String,
        /// The selector that is stored, `app=web`.
        selector: String,
    },
    /// A second document of a Service, whose ports `kubectl apply` merges with those of the first by their numbers.
    ApplyMergesPorts {
        /// The Service.
        service: String,
        /// The number that several ports have.
        port: u16,
        /// The ports with that number that the document has, `dns-tcp 53/TCP, dns 53/UDP`.
        written: String,
        /// The one that is stored.
        stored: String,
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
    /// A pod behind a Service whose readiness probe can never succeed.
    ReadinessProbeFails {
        /// The Service.
        service: String,
        /// The pod.
        pod: String,
        /// The container.
        container: String,
        /// The probe, `http-get :web/healthz`.
        probe: String,
        /// Why it fails.
        why: ProbeFault,
        /// The names of the container's ports.
        names: String,
    },
    /// A pod that answered, and that is ready only if its readiness probe succeeds, which is assumed.
    ReadinessAssumed {
        /// The pod.
        pod: String,
        /// The probe, `http-get :8080/healthz`.
        probe: String,
    },
    /// A Service whose selector also matches pods that do not declare the port that it leads to, beside pods that do.
    SelectsOtherProgram {
        /// The Service.
        service: String,
        /// A pod that does not declare the port.
        pod: String,
        /// How many pods are like it.
        pods: usize,
        /// How many pods are selected.
        all: usize,
        /// The port that the Service leads to.
        target: u16,
        /// A pod that declares the port.
        meant: String,
        /// A label that only the pods that declare the port have, `tier=front`.
        label: Option<String>,
    },
    /// A Service whose selector also matches pods of a Job.
    SelectsJobPods {
        /// The Service.
        service: String,
        /// `Job` or `CronJob`.
        kind: String,
        /// The Job.
        job: String,
        /// Its pods.
        pods: usize,
        /// All selected pods.
        all: usize,
    },
    /// A client outside a Service's loadBalancerSourceRanges.
    SourceNotInRanges {
        /// The Service.
        service: String,
        /// The client's address.
        client: String,
        /// The ranges.
        ranges: String,
    },
    /// A request that no Ingress rule matches.
    NoIngressRuleMatches {
        /// The `Host` header.
        host: String,
        /// The path.
        path: String,
        /// Whether some rule has that host.
        host_known: bool,
        /// The hosts and paths of all rules.
        rules: String,
    },
    /// An Ingress rule whose Service does not exist.
    IngressBackendMissing {
        /// The Ingress.
        ingress: String,
        /// The Service.
        service: String,
        /// The Ingress' namespace.
        namespace: String,
        /// Another namespace that has such a Service.
        elsewhere: Option<String>,
        /// A Service whose name is a typo away.
        nearest: Option<String>,
    },
    /// A path of an Ingress rule that looks like a regular expression and is not read as one.
    IngressPathNotARegex {
        /// The Ingress.
        ingress: String,
        /// The path.
        path: String,
    },
    /// A path of type Exact or Prefix that the admission webhook of ingress-nginx refuses.
    IngressPathOfWrongType {
        /// The Ingress.
        ingress: String,
        /// The path.
        path: String,
        /// Its type.
        path_type: String,
        /// Whether it would be read as a regular expression.
        regex: bool,
    },
    /// A request of gRPC to an Ingress whose controller speaks HTTP/1.1 to the backend.
    IngressBackendNotGrpc {
        /// The Ingress.
        ingress: String,
        /// The Service.
        service: String,
    },
    /// A Service that balances connections, called with a protocol that sends all requests over one.
    ConnectionBalanced {
        /// The Service.
        service: String,
        /// How many endpoints it has.
        endpoints: usize,
    },
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
    /// A Service whose selector is that of a workload without pods.
    WorkloadScaledToZero {
        /// The Service.
        service: String,
        /// Kind and name of the workload.
        workload: String,
    },
    /// A Service whose selector is the labels of a workload, not of its pods.
    SelectsWorkloadLabels {
        /// The Service.
        service: String,
        /// Its selector.
        selector: String,
        /// Kind and name of the workload.
        workload: String,
        /// The labels of its pods.
        labels: String,
    },
    /// Endpoints that were written for a Service with a selector: the controller overwrites them.
    EndpointsOverwritten {
        /// The Service.
        service: String,
    },
    /// Endpoints or an EndpointSlice in another namespace than the Service.
    EndpointsInOtherNamespace {
        /// The Service.
        service: String,
        /// `Endpoints` or `EndpointSlice`.
        kind: String,
        /// Its namespace.
        written: String,
        /// The namespace of the Service.
        namespace: String,
    },
    /// An EndpointSlice of a family of addresses that the Service does not have.
    SliceOfOtherFamily {
        /// The slice.
        slice: String,
        /// The Service.
        service: String,
        /// The families of the Service, `IPv4`.
        wanted: String,
        /// The family of the slice.
        written: String,
    },
    /// A named target port that some of the selected pods do not declare.
    TargetPortMissingInSome {
        /// The Service.
        service: String,
        /// The name.
        target: String,
        /// One of the pods without it.
        pod: String,
        /// How many pods lack it.
        pods: usize,
        /// How many pods are selected.
        all: usize,
        /// The names that the pod declares.
        declared: String,
    },
    /// A Service is called by its own address on its node port.
    NodePortCalled {
        /// The Service.
        service: String,
        /// The node port.
        called: u16,
        /// The Service's port.
        port: u16,
    },
    /// A node is called on the port of a Service that is not its node port.
    ServicePortOnNode {
        /// The Service.
        service: String,
        /// The node.
        node: String,
        /// The port.
        called: u16,
        /// The node port; 0 if the Service has none.
        node_port: u16,
    },
    /// A Service that another proxy than kube-proxy implements.
    ServiceOfAnotherProxy {
        /// The Service.
        service: String,
        /// The value of the label that says so.
        proxy: String,
    },
    /// An endpoint that is the cluster IP of another Service.
    EndpointIsClusterIp {
        /// The Service.
        service: String,
        /// The endpoint's address.
        address: String,
        /// The other Service.
        other: String,
    },
    /// A policy that allows the address of a Service, where the packet has a pod's.
    PolicyAllowsClusterIp {
        /// The policy.
        policy: String,
        /// The Service.
        service: String,
        /// The range that the policy allows.
        block: String,
        /// The address that the packet has.
        found: String,
    },
    /// A policy that allows the client's address, where the packet has a node's.
    PolicySeesNode {
        /// The policy.
        policy: String,
        /// The Service.
        service: String,
        /// The client's address.
        client: String,
        /// The address that the packet has.
        found: String,
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
    /// A ConfigMap with address pools, which MetalLB read before its version 0.13.
    MetallbConfigMapIgnored {
        /// The ConfigMap.
        config_map: String,
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
    /// A name with as many dots as `ndots`, which musl does not search.
    MuslDoesNotSearch {
        /// The pod.
        pod: String,
        /// The name.
        name: String,
        /// `ndots` of its resolv.conf.
        ndots: usize,
        /// The whole name.
        meant: String,
    },
    /// The name of a pod, which is no name of DNS.
    NameOfPodOnly {
        /// The pod.
        pod: String,
        /// The name that DNS has; empty if it has none.
        meant: String,
    },
    /// A port of an ExternalName Service, which translates no ports.
    ExternalNamePorts {
        /// The Service.
        service: String,
        /// `spec.externalName`.
        target: String,
        /// The port that was called.
        called: u16,
        /// The ports behind the name, `8080/TCP`; empty if not known.
        ports: String,
    },
    /// A request to an ExternalName Service with the Service's name as host name.
    ExternalNameHost {
        /// The Service.
        service: String,
        /// The host name that the request has.
        host: String,
        /// `spec.externalName`.
        target: String,
        /// Whether it is a request with TLS.
        is_tls: bool,
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
    /// An Ingress whose controller speaks plain HTTP to a port of TLS.
    IngressBackendSpeaksTls {
        /// The Ingress.
        ingress: String,
        /// The Service.
        service: String,
        /// Its port.
        port: u16,
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
    /// An open connection to an endpoint that is gone.
    ConnectionOutlivesEndpoint {
        /// The address of the endpoint.
        address: String,
        /// `TCP` or `UDP`.
        protocol: String,
    },
    /// An Ingress rule for a port that the Service does not have.
    IngressBackendPort {
        /// The Ingress.
        ingress: String,
        /// The Service.
        service: String,
        /// The port, by number or name.
        port: String,
        /// The Service's ports.
        ports: String,
    },
}

/// Why a route is attached to no listener of a Gateway.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum AttachmentFault {
    /// No listener has the section name and the port.
    Section,
    /// The listeners do not allow the kind or the namespace of the route.
    NotAllowed,
    /// No host name is common to a listener and the route.
    Hostname,
}

/// What the match that is nearest to a request lacks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
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
    /// Nothing, but another listener has the more specific host name.
    Listener,
}

/// Why requests cannot be sent to a backend of a route.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum RouteBackendFault {
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
#[serde(rename_all = "kebab-case")]
pub enum GrantMiss {
    /// It is not in the namespace of the target.
    Namespace,
    /// It is from another kind or namespace.
    From,
    /// It is to another kind or name.
    To,
}

/// Why a `preStop` hook does not keep a process running for long enough.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
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

/// Why a container does not run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ContainerFault {
    /// Its process ends.
    Exits,
    /// The image cannot be pulled.
    Image,
    /// It refers to a ConfigMap, a Secret or a key that is not there.
    Config,
    /// It is being created.
    Creating,
    /// Another reason.
    Other,
}

/// Why a readiness probe can never succeed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ProbeFault {
    /// It asks a port by a name that the container does not declare. (kubernetes `pkg/probe/util.go`, `ResolveContainerPort`.)
    NoSuchPort,
    /// It runs `false`, which always exits with 1.
    RunsFalse,
}
