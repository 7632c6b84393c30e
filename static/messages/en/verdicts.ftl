## How the request ended.

verdict-answered = { $by } answered.
    .detail = The client sees the answer come from the address it called.
verdict-answered-unless = { $unless ->
        [corefile] Answered, unless { $object } gives the name another answer.
        [not-routed] { $by } answers if your network routes the address to a node.
        [internal-balancer] { $by } answers if the client is in the load balancer's private network.
        [gateway-api] Answered, unless { $object } decides otherwise.
        [load-balancer] { $by } answers, unless { $object } gives the address to another Service or to none.
        [policy] { $by } answers, unless { $object } forbids it.
        [network-plugin] { $by } answers, unless the network plugin applies { $object }.
        [extension-filter] { $by } answers, unless { $object } decides otherwise.
        [backend-tls] { $by } answers, unless its certificate is not one that { $object } accepts.
        [mesh-route] { $by } answers, unless { $object } sends the request elsewhere.
        [pod-webhook] Answered, if the Pods are older than { $object }.
       *[service-mesh] { $by } answers, unless the service mesh of { $object } decides otherwise.
    }
    .detail = { $unless ->
        [corefile] Of a Corefile, only the plugin kubernetes and the forwarding of all other names are simulated. This line is about the name, or about a name of the search list that is asked before it; the path shown here is the one without the line.
        [not-routed] Kubernetes announces an external IP to nobody: no node has it as its own or answers ARP for it ({ $object }). A router, a static route or a load balancer of yours has to lead it to a node.
        [internal-balancer] An annotation asks the cloud for an internal load balancer: { $object }. Its address is one of the private network, which clients in that network reach, also by VPN or peering, but nobody on the internet. Remove the annotation for a public address; most clouds then make another load balancer.
        [gateway-api] Routes of a mesh, of a proxy's own kind, and those whose Gateway is not in the text, are not simulated: this object decides which Service gets the request, if any. The path shown here is the one without it.
        [load-balancer] This load balancer is not simulated: it decides which address the Service gets and which node answers for it. The path shown here is that of a cloud's load balancer.
        [policy] Policies of this kind are not simulated. This one applies to the client or the endpoint; the path shown here is the one without it.
        [network-plugin] Kubernetes leaves it to the network plugin whether policies apply to this packet; the hop says why. Choose the plugin in the cluster's settings.
        [extension-filter] The rule has a filter of the Gateway's controller (extensionRef). What it does to the request, such as asking for a login or limiting the rate, its controller alone knows; without it, the request takes this path.
        [backend-tls] The Gateway speaks TLS to this Service and checks its certificate against spec.validation. Manifests do not say what the process there presents; one that speaks plain HTTP gives HTTP 502 or 503.
        [mesh-route] Routes of a service mesh are not simulated. They apply to callers with the mesh's sidecar, and at its gateways; the path shown here is the one without them.
        [pod-webhook] The API server has to ask this webhook about new Pods that it selects, or about what makes them (failurePolicy: Fail), and nothing answers behind the webhook's Service: it refuses them with failed calling webhook. In this text a Pod at one of the ends comes after it. Pods that run already stay until they are replaced.
       *[service-mesh] Service meshes are not simulated. A proxy handles the traffic of this Pod and can redirect, encrypt or refuse it; the path shown here is the one without it.
    }
verdict-answered-outside = { $host } is outside the cluster; kubehop assumes that it answers.
    .detail = { $endpoint } stands for every host outside. Whether this one exists, and what answers there, no manifest says.
verdict-redirected = { $by } redirects to { $to }: HTTP { $status }.
    .detail = The client has to send the request again, to that address.
verdict-controller-decides = The request reached { $by }; what becomes of it depends on { $matter ->
        [custom-backend] the implementation of the Gateway
       *[other] the Ingress controller
    }.
    .detail = { $matter ->
        [custom-backend] The backend of the rule is of a kind that is not Kubernetes' own, and not every implementation knows it. One that does not answers 500.
        [external-name] Not every controller proxies to an ExternalName Service.
        [regular-expression] Not every controller reads paths as regular expressions.
       *[other] Only nginx's own engine can evaluate a regular expression of this host.
    }
verdict-refused = Connection refused.
    .detail = { $why ->
        [no-endpoints] The Service port has no endpoints. Compare the Service's selector with the pods' labels and its targetPort with their ports, and check that the pods are ready.
        [nothing-listens] The packet arrived, but nothing listens on that port.
        [policy-egress] The client's NetworkPolicies do not allow it (egress), and this network plugin rejects such packets.
        [policy-ingress] The backend's NetworkPolicies do not allow it (ingress), and this network plugin rejects such packets.
        [process-exited] The Pod was deleted and its process has exited, and kube-proxy's rules still lead to it.
        [no-such-port] The Service has no such port. In nftables and IPVS mode, the kernel rejects the packet.
        [no-local-endpoints] The Service's internal traffic policy is Local, and this node has no local endpoint.
        [unknown-connection] The pod at the other end of the connection is gone, and another pod now has its address.
       *[other] { "" }
    }
verdict-timed-out = No answer: timeout.
    .detail = { $why ->
        [no-local-endpoints] The Service's traffic policy is Local, and this node has no local endpoint.
        [source-not-allowed] The client's address is not in the Service's loadBalancerSourceRanges.
        [policy-egress] The client's NetworkPolicies do not allow it (egress). A policy sees the pod's address and port, not those of the Service.
        [policy-ingress] The NetworkPolicies of the pod behind the Service do not allow it (ingress). A policy sees the pod's address and port, not those of the Service.
        [no-such-port] The Service has no such port. In iptables mode, a packet to such a port is not rejected, but lost.
        [no-host] No host has that address.
        [martian-source] The node's own packet came back to it, and a node drops packets from outside whose source is its own address.
        [loopback-source] The packet comes from a loopback address and may not leave its node. Call one of the node's other addresses.
        [asymmetric-return] The reply does not pass through the node that rewrote the address. A pod's packet to another node's node port is not masqueraded there if the Service has externalTrafficPolicy: Local.
        [nodes-excluded] Every node has the label node.kubernetes.io/exclude-from-external-load-balancers, so the load balancer has no node.
        [no-node-port] The load balancer has no node port to call.
        [not-announced] No node answers for the load balancer's address.
        [no-healthy-node] No node passes the load balancer's health check.
        [node-down] A node that the packet has to pass is down; the last hop names it.
       *[other] A rule dropped the packet.
    }
verdict-unreachable = The network is unreachable from { $from ->
        [client] the outside client
       *[other] { $from }
    }.
    .detail = { $from ->
        [client] The outside client
       *[other] { $from }
    } has no { $family } address, so its kernel knows no way to { $to } and sends nothing. Programs print “Network is unreachable”.
verdict-no-such-name = No such name: { $name }.
    .detail = The client never sends a packet. A pod finds a Service in its own namespace by name, and one in another namespace as name.namespace.
verdict-lookup-failed = { $name } could not be resolved.
    .detail = { $why ->
        [no-endpoints] The cluster's DNS server has no ready endpoint: no name can be resolved, but addresses still work.
        [policy-egress] The client's NetworkPolicies do not let it ask the name server (egress to UDP port 53): every lookup times out, before any packet to the Service.
        [policy-ingress] The NetworkPolicies of the name server's pods do not let the question in (ingress): every lookup times out, before any packet to the Service.
        [node-down] A node that the question has to pass is down; the last hop names it. If it is the caller's own node, nothing can be called from there.
       *[other] The cluster's DNS server did not answer. To call an address, no name server is needed.
    }
verdict-ingress-unreachable = Nothing serves { $host }.
    .detail = { $why ->
        [no-class] The Ingress has no class. Set ingressClassName.
        [no-controller] There is no Ingress controller for its class.
       *[no-address] Its controller cannot be reached from outside the cluster: expose it with a Service of type LoadBalancer or NodePort.
    }
verdict-http-error = { $by } answered { $grpc ->
        [unimplemented] gRPC UNIMPLEMENTED
        [unavailable] gRPC UNAVAILABLE
       *[none] HTTP { $status }
    }.
    .detail = { $why ->
        [no-gateway-listener] No listener of the Gateway is for this port and host.
        [no-gateway-route] No route of the Gateway's listener matches this request.
        [ref-not-permitted] The backend is in another namespace, and no ReferenceGrant there allows the reference.
        [invalid-backend] The backend of the rule is no Service.
        [no-backend] The rule has no backend.
        [no-ingress-rule] No Ingress rule matches this host and path.
        [no-such-service] The rule names a Service that does not exist.
        [no-such-port] The rule names a port that the Service does not have. Use the Service's port, not the pod's.
        [no-endpoints] The Service behind the rule has no endpoint.
        [nothing-listens] The endpoint behind the rule refused the connection.
        [process-exited] The endpoint behind the rule refused the connection: its Pod was deleted and its process has exited.
        [no-local-endpoints] The node fails the load balancer's health check: it has no ready endpoint of the Service.
        [backend-not-resolved] The controller does not find the name of the ExternalName Service.
        [address-not-served] An annotation of the Ingress lists the addresses that are served, and the one that the connection comes from is not among them.
        [credentials-missing] The Ingress asks for a name and password, and the request has none.
        [plain-to-tls-port] The request is in the clear, and the port of the controller that it arrives at is for TLS.
        [tls-to-plain-port] The request is TLS, and the port of the controller that it arrives at is for plain HTTP.
        [backend-not-grpc] The controller speaks HTTP/1.1 to the Service behind the rule.
       *[other] The endpoint behind the rule did not answer.
    }
verdict-unknown = The packet reached { $pod }; whether anything listens on port { $port } is not known.
    .detail = Declare the port in a container, or state it with the pod annotation kubehop/listens.
