//! The page of the Kubernetes documentation that explains a cause.

use crate::diagnostic::Fault;

const DEBUG_SERVICES: &str =
    "https://kubernetes.io/docs/tasks/debug/debug-application/debug-service/";
const DEBUG_PODS: &str = "https://kubernetes.io/docs/tasks/debug/debug-application/debug-pods/";
const STABLE_NETWORK_ID: &str =
    "https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/#stable-network-id";
const ENVIRONMENT: &str =
    "https://kubernetes.io/docs/concepts/services-networking/service/#environment-variables";
const DNS: &str = "https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/";
const DNS_POLICY: &str =
    "https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/#pod-s-dns-policy";
const WITHOUT_SELECTORS: &str =
    "https://kubernetes.io/docs/concepts/services-networking/service/#services-without-selectors";
const ENDPOINT_SLICES: &str =
    "https://kubernetes.io/docs/concepts/services-networking/endpoint-slices/";
const EXTERNAL_NAME: &str =
    "https://kubernetes.io/docs/concepts/services-networking/service/#externalname";
const HEADLESS: &str =
    "https://kubernetes.io/docs/concepts/services-networking/service/#headless-services";
const LOAD_BALANCER: &str =
    "https://kubernetes.io/docs/concepts/services-networking/service/#loadbalancer";
const LOAD_BALANCER_CLASS: &str =
    "https://kubernetes.io/docs/concepts/services-networking/service/#load-balancer-class";
const PORTS: &str =
    "https://kubernetes.io/docs/concepts/services-networking/service/#field-spec-ports";
const TRAFFIC_POLICIES: &str =
    "https://kubernetes.io/docs/reference/networking/virtual-ips/#traffic-policies";
const TOPOLOGY: &str =
    "https://kubernetes.io/docs/concepts/services-networking/topology-aware-routing/#safeguards";
const TRAFFIC_DISTRIBUTION: &str =
    "https://kubernetes.io/docs/concepts/services-networking/service/#traffic-distribution";
const VIRTUAL_IPS: &str = "https://kubernetes.io/docs/reference/networking/virtual-ips/";
const INGRESS: &str = "https://kubernetes.io/docs/concepts/services-networking/ingress/";
const READINESS_GATE: &str =
    "https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#pod-readiness-gate";
const PROBES: &str = "https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/";
const HOST_PORT: &str = "https://kubernetes.io/docs/concepts/extend-kubernetes/compute-storage-net/network-plugins/#support-hostport";
const EXCLUDED_NODES: &str = "https://kubernetes.io/docs/reference/labels-annotations-taints/#node-kubernetes-io-exclude-from-external-load-balancers";
const NODE_PORT_ALLOCATION: &str = "https://kubernetes.io/docs/concepts/services-networking/service/#load-balancer-nodeport-allocation";
const TERMINATION: &str =
    "https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#pod-termination";

/// The page for a cause.
pub fn page(fault: &Fault) -> &'static str {
    match fault {
        Fault::StatefulSetServiceNameDiffers { .. } => STABLE_NETWORK_ID,
        Fault::ServiceVariableLooksLikeSetting { .. } => ENVIRONMENT,
        Fault::ListensOnLoopback { .. }
        | Fault::SelectsNothing { .. }
        | Fault::SelectsOtherNamespace { .. }
        | Fault::SelectsCustomWorkload { .. }
        | Fault::SelectsPodsOfAnOperator { .. }
        | Fault::SelectsNothingInText { .. }
        | Fault::SelectedPodsFinished { .. }
        | Fault::SelectsJobPods { .. } => DEBUG_SERVICES,
        Fault::NoSelectorNoEndpoints { .. } | Fault::EndpointsOfAnotherName { .. } => {
            WITHOUT_SELECTORS
        }
        Fault::SliceWithoutServiceLabel { .. }
        | Fault::SliceOfDomainNames { .. }
        | Fault::SlicePortNameDiffers { .. }
        | Fault::SliceProtocolDiffers { .. }
        | Fault::SliceNotReady { .. } => ENDPOINT_SLICES,
        Fault::SelectedPodsPending { .. }
        | Fault::NodePortsTaken { .. }
        | Fault::NodesFull { .. } => DEBUG_PODS,
        Fault::HostPortElsewhere { .. } => HOST_PORT,
        Fault::SelectedPodTerminating { .. } => TERMINATION,
        Fault::SelectedPodNotReady { .. } | Fault::SelectedPodStatedNotReady { .. } => PROBES,
        Fault::ReadinessGateNotSet { .. } => READINESS_GATE,
        Fault::TargetPortNotFound { .. }
        | Fault::TargetPortOfAnotherProtocol { .. }
        | Fault::TargetPortOfInitContainer { .. }
        | Fault::ServicePortOfAnotherProtocol { .. }
        | Fault::TargetPortCalled { .. }
        | Fault::ServiceHasNoSuchPort { .. }
        | Fault::ServiceProtocolDiffers { .. }
        | Fault::TargetPortNotDeclared { .. }
        | Fault::OnlySiblingDeclaresPort { .. }
        | Fault::PodDeclaresOtherPorts { .. } => PORTS,
        Fault::NoIngressRuleMatches { .. }
        | Fault::IngressBackendMissing { .. }
        | Fault::IngressPathNotARegex { .. }
        | Fault::IngressPathOfWrongType { .. }
        | Fault::IngressBackendNotGrpc { .. }
        | Fault::IngressBackendPort { .. } => INGRESS,
        Fault::ConnectionBalanced { .. } => VIRTUAL_IPS,
        Fault::NoLocalEndpoint { .. } => TRAFFIC_POLICIES,
        Fault::TopologyHintsNotSet { .. } => TOPOLOGY,
        Fault::HintsNotForNode { .. } => TRAFFIC_DISTRIBUTION,
        Fault::LoadBalancerPending { .. } | Fault::SourceNotInRanges { .. } => LOAD_BALANCER,
        Fault::AllNodesExcluded { .. } => EXCLUDED_NODES,
        Fault::BalancerWithoutNodePorts { .. } => NODE_PORT_ALLOCATION,
        Fault::LoadBalancerOfClass { .. } => LOAD_BALANCER_CLASS,
        Fault::CallerWithoutClusterDns { .. }
        | Fault::NoSrvRecord { .. }
        | Fault::NoNameBelowService { .. }
        | Fault::PodNameNotPublished { .. }
        | Fault::NoSuchPodName { .. }
        | Fault::NameOfOtherNamespace { .. }
        | Fault::NameNotOfCluster { .. }
        | Fault::NameMisspelt { .. }
        | Fault::NoSuchService { .. } => DNS,
        Fault::HostNetworkResolver { .. } | Fault::PodResolver { .. } => DNS_POLICY,
        Fault::ExternalNameIsAddress { .. } | Fault::ExternalNameNotFound { .. } => EXTERNAL_NAME,
        Fault::HeadlessWithoutReadyEndpoints { .. } | Fault::HeadlessMapsNoPorts { .. } => HEADLESS,
    }
}
