//! Ports of Services, containers and nodes that do not meet.

use serde::Serialize;

/// Ports of Services, containers and nodes that do not meet.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "testing", derive(schemars::JsonSchema))]
#[serde(tag = "id", rename_all = "kebab-case", rename_all_fields = "camelCase")]
pub enum PortFault {
    /// An object by which the API server calls a Service, on a port that the Service does not have.
    ApiServerCallsOtherPort {
        /// Kind and name of the object, `APIService v1.example.com`.
        object: String,
        /// What the call is for.
        asks: ApiServerCall,
        /// The Service, `default/web`.
        service: String,
        /// The port.
        port: u16,
        /// Whether the port is not written, and 443 is the default.
        is_default: bool,
        /// The Service's ports.
        ports: String,
    },
    /// An object by which the API server calls a Service that does not exist.
    ApiServerCallsNoService {
        /// Kind and name of the object.
        object: String,
        /// What the call is for.
        asks: ApiServerCall,
        /// The Service that it names.
        service: String,
        /// The Service that is likely meant.
        meant: String,
    },
    /// An APIService whose Service has no endpoint.
    ApiServiceWithoutEndpoint {
        /// Kind and name of the APIService.
        object: String,
        /// The Service.
        service: String,
        /// Its port.
        port: u16,
    },
    /// A port of HTTPS that is called with plain HTTP.
    PlainHttpToTlsPort {
        /// The Service.
        service: String,
        /// The port.
        port: u16,
        /// Whether it is the API server's.
        is_api_server: bool,
    },
    /// A port named http that is called with TLS.
    TlsToPlainPort {
        /// The Service.
        service: String,
        /// The port.
        port: u16,
    },
    /// A node port of a Service, called at the address of a pod.
    NodePortOnPod {
        /// The pod.
        pod: String,
        /// The Service.
        service: String,
        /// The node port.
        called: u16,
        /// The port that the Service leads to, as it is written.
        target: String,
    },
    /// A port of a container, called at the address of its node.
    PodPortOnNode {
        /// The pod.
        pod: String,
        /// The node.
        node: String,
        /// The port.
        called: u16,
    },
    /// A container whose variable `PORT` names another port than the one that was reached.
    PortVariableDiffers {
        /// The container.
        container: String,
        /// The value of the variable.
        value: u16,
        /// The port that was reached.
        reached: u16,
    },
    /// A container whose arguments name another port than the one that was reached.
    ArgumentNamesOtherPort {
        /// The container.
        container: String,
        /// The argument, `--port=3000`.
        argument: String,
        /// The port that it names.
        value: u16,
        /// The port that was reached.
        reached: u16,
    },
    /// A node port is called with another protocol than the Service's.
    NodePortOfAnotherProtocol {
        /// The Service.
        service: String,
        /// The node port.
        port: u16,
        /// The protocol of the call.
        called: String,
        /// The protocol of the Service's port.
        declared: String,
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
    /// A pod's `hostPort` is open on the loopback address of its node only.
    HostPortOnLoopback {
        /// The pod's node.
        node: String,
        /// The pod.
        pod: String,
        /// Where the port is open, `127.0.0.1:8088/TCP (node-1)`.
        open: String,
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
        /// Whether the pods' authors state them, in the annotation that decides what listens.
        stated: bool,
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
        /// A pod that has the port.
        meant: String,
        /// Whether the pods without it are another program.
        is_other_program: bool,
        /// A label that only the pods with the port have, `tier=front`.
        label: Option<String>,
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
    /// A node is called on a port of the range of node ports that no Service has.
    NoSuchNodePort {
        /// The port.
        called: u16,
        /// The node ports that Services have, `web 30080, shop 30081`; empty if there are none.
        open: String,
        /// The only node port; 0 if there are none or several.
        only: u16,
    },
    /// A node is called on a port of the range of node ports, and the Service of type LoadBalancer has none allocated.
    NodePortsNotAllocated {
        /// The Service.
        service: String,
        /// The port.
        called: u16,
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
}

/// What the API server calls a Service for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "testing", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum ApiServerCall {
    /// An admission webhook.
    Webhook,
    /// A group of the API that another server serves.
    ApiService,
    /// The conversion of custom resources between their versions.
    Conversion,
}
