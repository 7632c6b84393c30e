## Ports of Services, containers and nodes that do not meet.

problem-api-server-calls-other-port = { $object } sends the API server to port { $port } of Service { $service }, which does not have it
    .detail = { $isDefault ->
        [true] No port is written there, which means 443; the Service has { $ports }.
       *[false] The Service has { $ports }.
    } { $asks ->
        [api-service] The APIService is not Available (ServicePortError), and requests for its API group fail.
        [conversion] Custom resources cannot be converted between their versions.
       *[webhook] The webhook cannot be called (no service port { $port } found): with failurePolicy: Fail the API server refuses every object that it would ask about.
    }
    .docs = https://kubernetes.io/docs/reference/access-authn-authz/extensible-admission-controllers/#service-reference

problem-api-server-calls-no-service = { $object } sends the API server to Service { $service }, which does not exist
    .detail = There is { $meant }. { $asks ->
        [api-service] The APIService is not Available (ServiceNotFound), and requests for its API group fail.
        [conversion] Custom resources cannot be converted between their versions.
       *[webhook] The webhook cannot be called: with failurePolicy: Fail the API server refuses every object that it would ask about.
    }
    .docs = https://kubernetes.io/docs/reference/access-authn-authz/extensible-admission-controllers/#service-reference

problem-api-service-without-endpoint = { $object } is not Available: Service { $service } has no endpoint for port { $port }
    .detail = Its condition says MissingEndpoints. Requests for its API group fail (kubectl top for metrics-server), and namespaces cannot be deleted until it answers.
    .docs = https://kubernetes.io/docs/tasks/extend-kubernetes/configure-aggregation-layer/

problem-plain-http-to-tls-port = Port { $port } of Service { $service } is called with http, and speaks TLS
    .detail = { $isApiServer ->
        [true] The API server serves HTTPS only:
       *[false] It is named https. If the Pods serve TLS there,
    } the connection is made and the answer is 400, "Client sent an HTTP request to an HTTPS server" or the like. Call it with https.
    .docs = https://kubernetes.io/docs/tasks/run-application/access-api-from-pod/

problem-tls-to-plain-port = Port { $port } of Service { $service } is called with https, and leads to a port named http
    .detail = A Service passes bytes on and adds no TLS. If the Pods speak plain HTTP there, the connection is made and the handshake fails: "wrong version number", "SSL_ERROR_RX_RECORD_TOO_LONG" or the like. Call it with http, or send it to a port where the Pods serve TLS.
    .docs = https://kubernetes.io/docs/concepts/services-networking/service/

problem-node-port-on-pod = { $called } is the node port of Service { $service }, and Pod { $pod } is called on it
    .detail = Node ports are open at the addresses of nodes only. Call a node on { $called }, or the Pod on { $target }.
    .docs = https://kubernetes.io/docs/concepts/services-networking/service/#type-nodeport

problem-pod-port-on-node = Port { $called } is a container's of Pod { $pod }, not { $node }'s
    .detail = A Pod has an address of its own, and what its containers listen on is open there, not on the node. A Service of type NodePort or hostPort opens a port on nodes.
    .docs = https://kubernetes.io/docs/concepts/services-networking/service/#type-nodeport

problem-port-variable-differs = Container { $container } has PORT={ $value }, and port { $reached } is called
    .detail = Many programs listen on the port that this variable names. The container declares no ports, so kubehop assumes that { $reached } is open; if the program reads PORT, the connection is refused: set targetPort: { $value }.
    .docs = https://kubernetes.io/docs/concepts/services-networking/service/#field-spec-ports

problem-argument-names-other-port = Container { $container } runs with { $argument }, and port { $reached } is called
    .detail = Many programs listen on the port that such an argument names. The container declares no ports, so kubehop assumes that { $reached } is open; if the program listens on { $value } only, the connection is refused: set targetPort: { $value }.
    .docs = https://kubernetes.io/docs/concepts/services-networking/service/#field-spec-ports

problem-node-port-of-another-protocol = Node port { $port } of Service { $service } is { $declared }, and it is called with { $called }
    .detail = { $port }/{ $declared } and { $port }/{ $called } are two ports. Add a port with protocol: { $called } to the Service if the Pods listen for it.
    .docs = https://kubernetes.io/docs/concepts/services-networking/service/#type-nodeport

problem-container-port-on-node = { $called } is the port of the container in Pod { $pod }; on nodes it is port { $hostPort }
    .detail = hostPort is what the node opens, containerPort what the process listens on in the Pod. Call { $node } on port { $hostPort }.
    .docs = https://kubernetes.io/docs/concepts/extend-kubernetes/compute-storage-net/network-plugins/#support-hostport

problem-node-port-on-loopback = In { $mode } mode, node ports are not open on localhost
    .detail = kube-proxy serves the node port of Service { $service } on { $node } at { $open }, not on the loopback address. In iptables mode, IPv4 localhost works as well.
    .docs = https://kubernetes.io/docs/reference/networking/virtual-ips/#migrating-from-iptables-mode-to-nftables

problem-target-port-not-found = Port { $port } of Service { $service } has no endpoint
    .detail = { GIVEN($declared) ->
        [yes] No container of the selected Pods has a port named { $target }. The port names are { $declared }.
       *[no] No container of the selected Pods has a port named { $target }, or any named port. Name the port, or use a port number.
    }
    .docs = https://kubernetes.io/docs/concepts/services-networking/service/#field-spec-ports

problem-target-port-of-another-protocol = Port { $port } of Service { $service } looks for { $target } with { $wanted }; the Pods declare it with { $declared }
    .detail = A named targetPort is looked up by name and protocol. Set the same protocol in the container's port and in the Service's.
    .docs = https://kubernetes.io/docs/concepts/services-networking/service/#field-spec-ports

problem-target-port-of-init-container = Only init container { $container } declares port { $target }
    .detail = A named targetPort of Service { $service } is looked up in the containers and in sidecars (init containers with restartPolicy Always). An init container that exits serves nothing.
    .docs = https://kubernetes.io/docs/concepts/services-networking/service/#field-spec-ports

problem-host-port-elsewhere = Port { $called } of { $node } is not the hostPort of Pod { $pod }
    .detail = A hostPort is open on the Pod's own node only, for its protocol and hostIP: { $open }. Call it there, run a Pod on every node (DaemonSet), or use a Service of type NodePort.
    .docs = https://kubernetes.io/docs/concepts/extend-kubernetes/compute-storage-net/network-plugins/#support-hostport

problem-host-port-on-loopback = The hostPort of Pod { $pod } is only on the loopback address of { $node }
    .detail = Its hostIP makes it { $open }: only processes on that node itself reach it. Leave hostIP out to open the port on every address of the node, or use a Service of type NodePort.
    .docs = https://kubernetes.io/docs/concepts/extend-kubernetes/compute-storage-net/network-plugins/#support-hostport

problem-service-port-of-another-protocol = Port { $port } of Service { $service } is { $declared }, and it is called with { $called }
    .detail = { $port }/{ $declared } and { $port }/{ $called } are two ports. Add one with protocol: { $called } if the Pods listen for it.
    .docs = https://kubernetes.io/docs/concepts/services-networking/service/#field-spec-ports

problem-target-port-called = { $called } is the target port of Service { $service }; its own port is { $port }
    .detail = A Service is called on its own port, whether at its cluster IP, an external address or a load balancer's. The rules send it on to the target port. Call { $port }.
    .docs = https://kubernetes.io/docs/concepts/services-networking/service/#field-spec-ports

problem-service-has-no-such-port = Service { $service } has no port { $called }
    .detail = It has { $ports }.
    .docs = https://kubernetes.io/docs/concepts/services-networking/service/#field-spec-ports

problem-service-protocol-differs = Port { $port } of Service { $service } is { $wanted }; the Pods declare { $target } with { $declared }
    .detail = A Service port without protocol is TCP. If the Pods listen with { $declared }, set protocol: { $declared } on the Service's port.
    .docs = https://kubernetes.io/docs/concepts/services-networking/service/#field-spec-ports

problem-target-port-not-declared = Port { $port } of Service { $service } leads to port { $target }, { $stated ->
        [true] on which no selected Pod listens
       *[other] which no selected Pod declares
    }
    .detail = { $stated ->
        [true] The annotation kubehop/listens of the Pods states { $declared }. targetPort is the port that the container listens on; without one it equals port.
       *[other] The Pods declare { $declared }. targetPort is the port that the container listens on; without one it equals port. What containers declare is information only: if something listens on { $target }, state it with the annotation kubehop/listens.
    }
    .docs = https://kubernetes.io/docs/concepts/services-networking/service/#field-spec-ports

problem-headless-maps-no-ports = Headless Service { $service } does not map port { $port } to { $target }
    .detail = The name of a headless Service is the Pods' own addresses, so nothing translates the port. Call port { $target }.
    .docs = https://kubernetes.io/docs/concepts/services-networking/service/#headless-services

problem-only-sibling-declares-port = Pod { $pod } declares no port, and { $sibling } behind the same Service { $service } declares { $declared }
    .detail = The Service sends { $pod } its share of the connections all the same. If nothing listens there, that share is refused: give the Pod other labels, or make the selector narrower. If something does, declare the port.
    .docs = https://kubernetes.io/docs/concepts/services-networking/service/#field-spec-ports

problem-pod-declares-other-ports = Pod { $pod } declares { $declared }, and is called on { $port }
    .detail = Most likely the process listens on the declared port: call that one. What containers declare is information only, so if something listens on { $port }, declare it or state it with the annotation kubehop/listens.
    .docs = https://kubernetes.io/docs/concepts/services-networking/service/#field-spec-ports

problem-target-port-missing-in-some = { $pods } of { $all } Pods of Service { $service } have no port named { $target } and get no connections
    .detail = { GIVEN($declared) ->
        [yes] { $pod } declares { $declared }.
       *[no] { $pod } declares no named port.
    } A named targetPort is looked up in each Pod; one without it is no endpoint for the port, although it is ready. { $isOtherProgram ->
        [true] If it is another program than { $meant }, nothing is missing and the selector takes in too much: { GIVEN($label) ->
            [yes] add { $label } to it, which only the Pods with the port have.
           *[no] give the meant Pods a label of their own, and select it.
        }
       *[other] Name the port { $target } there, too.
    }
    .docs = https://kubernetes.io/docs/concepts/services-networking/service/#field-spec-ports

problem-node-port-called = { $called } is the node port of Service { $service }; its own address has port { $port }
    .detail = A node port is open on the nodes. At the name of the Service, its cluster IP or an address of a load balancer, call port { $port }.
    .docs = https://kubernetes.io/docs/concepts/services-networking/service/#type-nodeport

problem-no-such-node-port = No Service has the node port { $called }
    .detail = { GIVEN($open) ->
        [yes] Node ports of this cluster: { $open }.
       *[no] No Service has any: only types NodePort and LoadBalancer open a port on the nodes.
    }
    .docs = https://kubernetes.io/docs/concepts/services-networking/service/#type-nodeport

problem-node-ports-not-allocated = Service { $service } has no node port: allocateLoadBalancerNodePorts is false
    .detail = So no node opens { $called }. Call the address of the load balancer, or set the field to true (or write nodePort: { $called } at the port).
    .docs = https://kubernetes.io/docs/concepts/services-networking/service/#load-balancer-nodeport-allocation

problem-service-port-on-node = { $nodePort ->
        [0] Nodes do not open port { $called } of Service { $service }: it has no node port
       *[other] On nodes, Service { $service } is port { $nodePort }, not { $called }
    }
    .detail = { $nodePort ->
        [0] Its address is the cluster IP, for Pods and nodes only. For a port on { $node }, set type: NodePort.
       *[other] Call { $node } on port { $nodePort }; { $called } is a port of the Service or of its Pods.
    }
    .docs = https://kubernetes.io/docs/concepts/services-networking/service/#type-nodeport
