//! Names that do not resolve, or not to what was meant.

use serde::Serialize;

/// Names that do not resolve, or not to what was meant.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "testing", derive(schemars::JsonSchema))]
#[serde(tag = "id", rename_all = "kebab-case", rename_all_fields = "camelCase")]
pub enum NameFault {
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
    /// A name that a line of the text's Corefile is about.
    CorefileDecides {
        /// The name that was called.
        name: String,
        /// The ConfigMap, `kube-system/coredns`.
        config_map: String,
        /// The line.
        directive: String,
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
    /// A Service with `externalName` and another type.
    ExternalNameWithoutType {
        /// The Service.
        service: String,
        /// `spec.externalName`.
        target: String,
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
    /// A StatefulSet whose `serviceName` is not the headless Service that selects its pods.
    StatefulSetServiceNameDiffers {
        /// The StatefulSet.
        set: String,
        /// Its `serviceName`.
        written: String,
        /// The headless Service that selects its pods.
        service: String,
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
        /// The policy with which it would ask.
        wanted: String,
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
    /// ExternalName Services that are aliases of each other.
    ExternalNamesInCircle {
        /// The Service that was asked for.
        service: String,
        /// The Services of the circle: `a → b`.
        names: String,
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
        /// The name under which DNS does publish it; empty if it does not.
        meant: String,
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
    /// The name of an object whose kind is called Service and which is of another API group.
    ServiceOfOtherGroup {
        /// Its name.
        service: String,
        /// Its namespace.
        namespace: String,
        /// Its `apiVersion`.
        api_version: String,
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
    /// A name with a dot at its end, for which the search list is not used.
    AbsoluteName {
        /// The name, with its dot.
        name: String,
        /// The Service that the name without the dot means, `default/web`.
        service: String,
        /// The whole name.
        meant: String,
    },
    /// The value of a label, which is no name of DNS.
    NameOfLabelOnly {
        /// The value, which was called.
        name: String,
        /// The label.
        label: String,
        /// The only Service that selects it.
        service: String,
        /// Its name.
        meant: String,
    },
    /// The name of a pod, which is no name of DNS.
    NameOfWorkloadOnly {
        /// Its kind.
        kind: String,
        /// Its name.
        workload: String,
        /// The name of a Service that selects its pods; empty if there is none.
        meant: String,
    },
    /// A pod's name below a Service that does not exist: its subdomain names none.
    SubdomainWithoutService {
        /// The pod.
        pod: String,
        /// Its `spec.subdomain`.
        subdomain: String,
        /// The namespace.
        namespace: String,
        /// The only headless Service that selects it; empty if there is none.
        meant: String,
    },
    /// The name of a pod, which has no name of its own.
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
}
