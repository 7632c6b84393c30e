## Why the packet took this path. .detail continues the paragraph; .note is a remark; .stop labels the hop on the
## timeline.

reason-opens = { $from ->
        [client] The outside client opens a connection to { $to }.
       *[other] { $from } opens a connection to { $to }.
    }
    .detail = { $virtual ->
        [true] That is the virtual address of Service { $service }: no machine has it, it exists only in rules.
       *[other] { "" }
    }
    .stop = { $from ->
        [client] outside client
       *[other] { $from }
    }
reason-resolves = { $server } resolves { $name } to { $address }.
    .detail = { GIVEN($alias) ->
        [yes] It is an alias (CNAME) of { $alias }. { $tried ->
            [0] { "" }
           *[other] Names tried before without a match: { $tried }.
        }
       *[no] { $count ->
            [one] { $tried ->
                [0] The first name tried exists.
                [one] One other name from the search list was tried before, without a match.
               *[other] { $tried } other names from the search list were tried before, without a match.
            }
           *[other] The name has { $count } addresses, and the client uses one of them.
        }
    }
    .stop = DNS
reason-asks = The resolver asks { $server } for { $name }.
    .detail = A DNS query is a packet like any other: it goes to the address of the cluster's DNS server.
    .stop = DNS
reason-asked = The resolver asks { $server } for { $name }: { $outcome }.
    .detail = { $by } answers. The resolver tries the next name from its search list.
    .stop = DNS
reason-responds = { $by } looks up { $name }: { $outcome }.
    .stop = { $by }
reason-ingress-unreachable = Nothing serves { $host }.
    .detail = { $why ->
        [no-class] Ingress { $ingress } has no ingressClassName, and no IngressClass is marked as the default: every controller ignores it.
        [no-controller] Ingress { $ingress } has the class { $class }, and no pod is a controller for that class. An Ingress does nothing by itself: install a controller and its IngressClass.
       *[no-address] The controller for Ingress { $ingress } is running, but no Service gives it an address outside the cluster.
    }
    .stop = no controller
reason-continues = { $from ->
        [client] The outside client sends more data
       *[other] { $from } sends more data
    } on its open connection to { $to }.
    .detail = { $protocol ->
        [UDP] UDP has no connections; packets between the same two ports count as one flow while they keep coming.
       *[other] A kept-alive connection is not a new connection: no endpoint is chosen again.
    }
    .stop = more data
reason-no-such-name = { $server } has no address for { $name }.
    .detail = { $tried ->
        [one] One name was tried.
       *[other] { $tried } names were tried: one for each domain in the search list, then the name as written.
    }
    .stop = DNS
reason-balances = The cloud load balancer of { $service } forwards the connection to { $node }.
    .detail = { $nodes ->
        [one] It is the only node that passes the health check.
       *[other] { $nodes } nodes pass the health check; any of them can be chosen.
    }{ $excluded ->
        [0] { "" }
        [one] { " " }One node is excluded by the label node.kubernetes.io/exclude-from-external-load-balancers.
       *[other] { " " }{ $excluded } nodes are excluded by the label node.kubernetes.io/exclude-from-external-load-balancers.
    }
    .stop = load balancer
reason-no-healthy-node = The cloud load balancer of { $service } has no node to send the connection to.
    .detail = { $excluded ->
        [0] No node passes the health check: with externalTrafficPolicy: Local, only nodes with a ready endpoint do.
       *[other] No other node passes the health check than those that have the label node.kubernetes.io/exclude-from-external-load-balancers ({ $excluded }), and those are left out.
    }
    .stop = load balancer
reason-answers-arp = { $node } answers ARP for { $address }: MetalLB elected it for { $service }.
    .detail = { $candidates ->
        [1] It is the only candidate.
       *[other] Of { $candidates } candidates it is the one with the most weight, then with the smallest hash of its name and the address. The address is on no interface: the rules of kube-proxy take the packet.
    }
    .stop = MetalLB (layer 2)
reason-routes-by-bgp = The router sends the connection for { $address } to { $node }.
    .detail = { $nodes ->
        [1] It is the only node that announces the address of { $service } by BGP.
       *[other] { $nodes } nodes announce the address of { $service } by BGP; the router spreads connections over them (ECMP).
    }
    .stop = router (BGP)
reason-not-announced = Nobody answers for { $address }: MetalLB announces the address of { $service } from no node.
    .stop = no answer to ARP
reason-svclb-forwards = { $pod } sends the connection on to { $to }, for Service { $service }.
    .detail = kube-proxy has no rule for the address that was called, since the Service's status has other ones; so the hostPort of this Pod of k3s ServiceLB decides. The backend sees the Pod's address.
    .stop = svclb Pod
reason-svclb-drops = { $pod } drops the packet: { $client } is not among the clients of Service { $service }.
    .stop = svclb Pod
reason-no-listener = The load balancer of { $service } does not listen on port { $port }: the Service has no such port.
    .stop = load balancer
reason-no-node-port = The cloud load balancer of { $service } opens its own connections to node ports, and port { $port } has none.
    .detail = With allocateLoadBalancerNodePorts: false only a load balancer that forwards packets unchanged (ipMode: VIP) or calls pods directly can serve the Service.
    .stop = load balancer
reason-reopens = { $byName ->
        [true] The nodes do not know the address of the load balancer, only its host name is in the status. It opens its own connection to { $to }.
       *[other] The load balancer does not forward packets (ipMode: Proxy): it opens its own connection to { $to }.
    }
    .detail = { $node } sees the load balancer of { $service } as the source, not the client.
    .stop = load balancer
reason-arrives = { $node } receives the packet on port { $port }.
    .detail = { $nodePort ->
        [true] No process listens on that port; the kernel's NAT rules decide where the packet goes.
       *[other] The kernel evaluates its NAT rules first.
    }
    .note = { $nodePort ->
        [true] kube-proxy opens this port on every node.
       *[other] { "" }
    }
    .stop = { $node } :{ $port }
reason-dnat = { $count ->
        [one] kube-proxy's rules pick the only endpoint
       *[other] kube-proxy's rules pick 1 of { $count } endpoints
    }
    .detail = { $masquerade ->
        [external] and rewrite the destination to { $endpoint }. The source becomes an address of { $node }, so that the reply comes back through it.
        [node] and rewrite the destination to { $endpoint }. The packet does not come from a pod, so its source is rewritten as well, to an address and port of { $node }.
        [hairpin] and rewrite the destination to { $endpoint }, which is the client itself. The source becomes an address of { $node }; otherwise the pod would receive a packet from its own address (hairpin).
       *[no] and rewrite the destination to { $endpoint }. The source address stays unchanged.
    }
    .note = { $masquerade ->
        [external] The endpoint sees { $node } as the source, not the client. To preserve the client's address: externalTrafficPolicy: Local
       *[other] { "" }
    }{ $inTurn ->
        [true] { " " }IPVS takes the endpoints in turn (rr): of { $count } connections through this node to this address, each endpoint gets one. Where the turn begins is not known: kube-proxy adds endpoints in no order.
       *[other] { "" }
    }
    .stop = kube-proxy rewrites
reason-host-port = The container port mapping (CNI portmap) forwards port { $port } of { $node } to { $pod }.
    .detail = { $masquerade ->
        [hairpin] The destination becomes { $endpoint }. The client is a pod of the same node, so the source becomes an address of { $node }; otherwise the reply would not come back through the rewrite.
        [node] The destination becomes { $endpoint }. No pod can reply to 127.0.0.1, so the source becomes an address of { $node }.
       *[no] The destination becomes { $endpoint }. The source address stays unchanged.
    }
    .note = Nothing listens on the node itself, and kube-proxy has no part in it: the CNI plugin writes these rules when the pod starts.
    .stop = hostPort
reason-rejects = kube-proxy's rules on { $node } reject the packet (rule “{ $service }”).
    .detail = { $why ->
        [no-such-port] The Service does not have that port. In nftables and IPVS mode, the packet is rejected immediately with an ICMP error.
        [no-local-endpoints] Its internal traffic policy is Local and this node has no endpoint of it. A virtual server of IPVS without endpoints answers with an ICMP error; in iptables mode, the packet is dropped.
       *[other] A packet to a Service without endpoints is rejected immediately with an ICMP error.
    }
    .stop = kube-proxy rejects
reason-drops = kube-proxy's rules on { $node } drop the packet (rule “{ $rule }”).
    .detail = No error is sent: the client waits for an answer that never comes.
    .stop = dropped
reason-policy-allows = NetworkPolicy { $policy } allows it: { $pod } may { $half ->
        [egress] open
       *[ingress] accept
    } this connection (spec.{ $half }[{ $rule }]).
    .detail = It sees { $from } → { $to }: the destination is rewritten already, and the source is what earlier nodes left.
    .stop = { $half } open
reason-policy-drops = No NetworkPolicy allows { $pod } to { $half ->
        [egress] open
       *[ingress] accept
    } this connection.
    .detail = { $pod } is isolated for { $half } by { $policies }, and no rule matches { $from } → { $to }: policies see the pod's port, not the Service's. { $rejects ->
        [true] The network plugin rejects the packet, so the client gets an error immediately.
       *[other] The packet is dropped without an error: the client waits.
    }
    .stop = { $half } shut
reason-policy-depends = The network plugin decides whether { $pod } may { $half ->
        [egress] open
       *[ingress] accept
    } this connection.
    .detail = { $pod } is isolated for { $half } by { $policies }, and the policies see { $from } → { $to }. { $case ->
        [from-own-node] No rule allows it, but it comes from the pod's own node: the API says that is allowed, because probes need it. Some plugins drop it.
        [to-own-node] No rule allows it, but it goes to the pod's own node: the documentation says that is always allowed. Some plugins drop it.
        [itself] No rule allows it, but a pod can always reach itself.
        [hairpin] No rule allows it. The pod calls itself through a Service: the documentation says that a pod cannot block access to itself, but the packet leaves the pod, and some plugins drop it.
        [host-network] The pod is on its node's network; most plugins do not apply policies to such pods.
        [host-network-peer] The other pod is on its node's network: most plugins see the node's address, others the pod's labels, and the two differ here.
        [ended-pod] The address is that of a pod that has ended.
        [sidecar-port] Only a sidecar container has the port name that the rule asks for; some plugins do not look there.
        [open-connection] The connection was open before, and no rule allows it now. Some plugins let open connections go on, others cut them when a policy changes.
        [masqueraded-on-own-node] The source is rewritten on the pod's own node. Plugins that filter before that still see the client, which no rule allows; for others the packet comes from the pod's own node, which is allowed.
       *[no-endpoints] No rule allows it, and kube-proxy rejects it: which of the two rules comes first depends on the plugin.
    } { $passes ->
        [true] kubehop lets it pass
       *[other] kubehop drops it
    }; choose your plugin in the cluster's settings.
    .stop = { $half }: depends
reason-no-rule = No rule on { $node } matches { $to }.
    .detail = { GIVEN($service) ->
        [yes] Service { $service } has that address, but not that port. The packet is routed unchanged.
       *[no] The packet is routed unchanged.
    }
    .stop = { $node }
reason-conntrack-hit = { $node } tracks this connection and sends the packet to { $endpoint }, like the first packet.
    .detail = The NAT rules are not evaluated again, even if they have changed since.
    .stop = conntrack
reason-takes-http = { $by }, an Ingress controller, receives the request: Host { $host }, path { $path }.
    .stop = { $by }
reason-routes-http = Ingress { $ingress } routes the request to Service { $service }, port { $port }.
    .detail = { GIVEN($rule) ->
        [yes] Its path { $rule } matches.
       *[no] No rule matches, so its default backend is used.
    }{ $canary ->
        [true] {" "}It is the canary of another Ingress for this host and path.
       *[other] { "" }
    }{ GIVEN($rewritten) ->
        [yes] {" "}The path becomes { $rewritten }.
       *[no] { "" }
    }{ GIVEN($external) ->
        [yes] {" "}The backend is an ExternalName: the controller looks { $external } up itself.
       *[no] { "" }
    } The controller opens its own connection.
    .stop = Ingress rule
reason-takes-for-gateway = { GIVEN($listener) ->
        [yes] { $by } receives it for Gateway { $gateway }, at listener { $listener } (port { $port }).
       *[no] { $by } receives it for Gateway { $gateway }; no listener of port { $port } is for it.
    }
    .stop = { $by }
reason-routes-for-gateway = { $route }, rule { $rule }, routes it to Service { $service }, port { $port }.
    .detail = { GIVEN($matched) ->
        [yes] Its match is { $matched }.
       *[no] The rule has no conditions.
    }{ GIVEN($request) ->
        [yes] {" "}The backend gets { $request }.
       *[no] {" "}The bytes are passed on as they are.
    }{ GIVEN($mirrors) ->
        [yes] {" "}Copies go to { $mirrors }; their answers are dropped.
       *[no] { "" }
    }{ GIVEN($timeout) ->
        [yes] {" "}The request may take { $timeout }.
       *[no] { "" }
    }{ GIVEN($response) ->
        [yes] {" "}On the way back the proxy changes the headers of the answer: { $response }.
       *[no] { "" }
    }{ GIVEN($allowedOrigin) ->
        [yes] {" "}The answer allows pages of { $allowedOrigin } to read it (filter CORS).
       *[no] { "" }
    }{ GIVEN($deniedOrigin) ->
        [yes] {" "}The filter CORS does not allow { $deniedOrigin }: the backend answers, but a browser keeps the answer from a page of that origin.
       *[no] { "" }
    } The proxy opens its own connection.
    .stop = rule { $rule }
reason-redirects-for-gateway = { $by } answers by itself: HTTP { $status }, Location { $to }.
    .detail = { $route }, rule { $rule }, has the filter RequestRedirect.
    .stop = HTTP { $status }
reason-answers-preflight = { $by } answers the preflight request by itself: HTTP 200 or 204.
    .detail = { $route }, rule { $rule }, has the filter CORS; the backend is not asked. { GIVEN($headers) ->
        [yes] The answer has { $headers }.
       *[no] The answer has no header Access-Control-Allow-Origin; some implementations answer 403.
    } { $denial ->
        [none] The browser then sends the request.
        [origin] The origin { $denied } is not in allowOrigins: the browser does not send the request and reports a CORS error.
        [method] The method { $denied } is not in allowMethods: the browser does not send the request and reports a CORS error.
       *[header] The header { $denied } is not in allowHeaders: the browser does not send the request and reports a CORS error.
    }
    .stop = preflight
reason-gateway-closes = { $by } closes the connection.
    .detail = { $why ->
        [no-gateway-listener] No listener of the Gateway is for this port, protocol and host.
        [no-gateway-route] No route is attached to the listener for this connection.
        [ref-not-permitted] The backend is in another namespace, and no ReferenceGrant there allows the reference.
        [no-such-service] The backend of the route does not exist.
       *[other] The route has no backend that can be called.
    }
    .stop = { $by }
reason-redirects-http = { $by } answers by itself: HTTP { $status }, Location { $to }.
    .detail = { $status ->
        [308] ingress-nginx redirects plain HTTP to HTTPS where the host has a certificate (ssl-redirect: "false" switches that off), or force-ssl-redirect is set.
       *[other] An annotation of the Ingress says so.
    }
    .stop = HTTP { $status }
reason-controller-decides = What { $by } does with the request is up to its controller, { $controller }.
    .detail = { $matter ->
        [custom-backend] The backend of the rule is of an implementation's own kind. Where the implementation knows it, the request goes there; elsewhere the answer is 500.
        [external-name] The backend is an ExternalName Service. ingress-nginx proxies to the name; other controllers do it only when it is allowed, or not at all.
        [regular-expression] A path of type ImplementationSpecific looks like a regular expression, and controllers read those differently.
       *[other] A path before any that matches is a regular expression with look-around or back references, which only nginx's own engine evaluates.
    }
    .stop = { $by }
reason-answers-http = { $by } answers by itself: { $grpc ->
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
        [no-ingress-rule] No Ingress of its class has a rule that matches this host and path.
        [no-such-service] The Service in the rule does not exist.
        [no-such-port] The rule must use a port of the Service, not of its pods.
        [no-endpoints] The Service behind the rule has no endpoint.
        [nothing-listens] The endpoint refused the connection.
        [process-exited] The endpoint refused the connection: its Pod was deleted and its process has exited.
        [no-local-endpoints] The node has no ready endpoint of the Service, so load balancers should not send traffic to it.
        [backend-not-resolved] Its resolver does not find the name of the ExternalName Service.
        [address-not-served] An annotation of the Ingress lists the addresses that are served, and the one that the connection comes from is not among them.
        [credentials-missing] The Ingress asks for a name and password, and the request has none.
        [plain-to-tls-port] The request is in the clear, and the port of the controller that it arrives at is for TLS.
        [tls-to-plain-port] The request is TLS, and the port of the controller that it arrives at is for plain HTTP.
        [backend-not-grpc] It speaks HTTP/1.1 to the Service behind the rule, and the request is gRPC.
       *[other] The endpoint did not answer.
    }
    .stop = { $grpc ->
        [unimplemented] gRPC UNIMPLEMENTED
        [unavailable] gRPC UNAVAILABLE
       *[none] HTTP { $status }
    }
reason-routes = Routed from { $from } to { $to }.
    .detail = { $masquerade ->
        [true] The pod's own connection comes back to it: { $to } puts its own address in place of the source.
       *[other] { "" }
    }
    .stop = { $to }
reason-answers = { $by } answers on port { $port }.
    .detail = { $listening ->
        [declared] A container declares this port.
        [assumed] The pod declares no ports, so every port is assumed to be open: Kubernetes does not know what a process listens on.
        [stated] The pod's annotation says that it listens on this port.
        [kube-proxy] This health check tells load balancers whether the node has a ready endpoint of the Service.
       *[outside] The address is outside the cluster; kubehop assumes that something listens there.
    }
    .stop = { $by }
reason-not-known-to-listen = The packet reaches { $pod }. Does anything listen on { $port }?
    .detail = The manifests do not say: the pod declares { $declared }. Kubernetes sends the packet there anyway; most likely nothing listens, and the connection is refused.
    .stop = { $pod }
reason-listens-on-loopback = The packet reaches { $pod }. The process listens on the loopback address only, it seems.
    .detail = By its argument { $argument } the process listens on the loopback address. One that listens there refuses what arrives at the Pod's address, although kubectl port-forward and requests inside the Pod work.
    .stop = { $pod }
reason-only-sibling-declares = The packet reaches { $pod }. Does anything listen there?
    .detail = The manifests do not say: { $pod } declares no port, and { $sibling }, behind the same Service { $service }, declares { $declared }. Most likely { $pod } runs something else, and the connection is refused.
    .stop = { $pod }
reason-closed = Nothing listens on port { $port } of { $by }.
    .detail = The kernel refuses the connection.
    .stop = { $by }
reason-process-exited = The process of { $by } has exited, and rules still lead to its port { $port }.
    .detail = The Pod was deleted { $lag } s ago. Its kernel refuses the connection until the Pod is gone; kube-proxy and controllers have not yet seen the new EndpointSlice.
    .stop = { $by } has exited
reason-no-route = { $from ->
        [client] The outside client
       *[other] { $from }
    } has no { $family } address: its kernel knows no way to { $to }.
    .detail = Without an address of the family there is no route. The call fails at once, and no packet is sent.
    .stop = no route
reason-no-host = Nothing answers at { $to }: no host has that address.
    .detail = Cluster IPs and pod IPs exist only inside the cluster; a packet to an unassigned address is lost.
    .stop = no host
reason-node-down = { $node } no longer responds.
    .detail = Its rules and pods are down as well, until the cluster detects the failure and replaces them.
    .stop = { $node } is down
reason-relays = { $by } receives the answer and returns it on the connection the request came in on.
    .stop = { $by }
reason-reverse-nat = The reply returns to { $node }, where connection tracking reverses { $rewrites ->
        [one] the rewrite.
       *[other] both rewrites.
    }
    .stop = conntrack reverses
reason-forwarded = The reply passes through { $node } unchanged.
    .stop = { $node }
reason-martian-source = { $node } receives a packet from outside whose source is one of its own addresses, { $source }. The kernel drops it as a martian source before any rule is evaluated.
    .stop = dropped
reason-loopback-source = The packet would leave { $node } with the loopback address { $source } as its source. The kernel drops it: no other machine could reply to that address.
    .stop = dropped
reason-asymmetric-return = The reply comes directly from { $from }, not through { $node }, which rewrote the address. It matches no known connection and is lost.
    .stop = asymmetric return
reason-returns = The reply reaches { $to ->
        [client] the outside client
       *[other] { $to }
    } from { $from }, the address that was called.
    .stop = reply
reason-refused = { $to ->
        [client] The outside client
       *[other] { $to }
    } receives an error immediately: { $protocol ->
        [UDP] port unreachable.
       *[other] connection refused.
    }
    .stop = refused
