## What a packet meets on its way: the wrong side of a node, traffic policies, rewriting, balancing.

problem-redirect-to-itself = The redirect leads to the URL that was asked for: { $to }
    .detail = A client that follows it goes round until it gives up (ERR_TOO_MANY_REDIRECTS). The rule applies to the redirected request as well: let it apply to the listener for HTTP only, for instance with sectionName in parentRefs, and route the HTTPS listener to a backend.
    .docs = https://kubernetes.io/docs/concepts/services-networking/gateway/

problem-rules-lead-to-removed-pod = kube-proxy's rules still lead to { $address }, the address of { $pod }, which is gone
    .detail = The rules follow { $lag } s after the event. Until then connections that they send there get no answer. A preStop hook that sleeps for as long keeps the process running until the rules have changed.
    .docs = https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#pod-termination

problem-source-is-rewritten = { $pod } sees { $seen } as the client, not { $client }
    .detail = With externalTrafficPolicy Cluster any Pod of { $service } may answer, and the reply has to return through the node that was called, so kube-proxy masquerades the connection. With the policy Local the client's address stays, and only nodes with a ready Pod answer. For HTTP, a proxy can pass the address on in X-Forwarded-For.
    .docs = https://kubernetes.io/docs/tutorials/services/source-ip/

problem-hairpin-connection = { $pod } reached itself through Service { $service }
    .detail = Its node masquerades such a connection, so { $pod } sees an address of the node as the client. It works only where the network plugin sends a packet out of the interface that it came from (hairpin mode); elsewhere { $pod } waits for an answer that never comes whenever it is chosen itself.
    .docs = https://kubernetes.io/docs/tasks/debug/debug-application/debug-service/

problem-caller-of-other-family = { $caller ->
        [client] The outside client
       *[other] { $caller }
    } has no { $called } address
    .detail = { GIVEN($own) ->
        [yes] It has { $own } only, so it cannot call an address of { $called }.
       *[no] It has no address.
    }{ GIVEN($service) ->
        [yes] { " " }{ GIVEN($instead) ->
            [yes] Service { $service } has { $instead } as well: call it by name or by that address.
           *[no] Service { $service } has { $called } only. With ipFamilyPolicy: PreferDualStack it gets addresses of both families where the cluster has both.
        }
       *[no] { "" }
    }
    .docs = https://kubernetes.io/docs/concepts/services-networking/dual-stack/

problem-reply-bypasses-node = The answer of Service { $service } does not come back by { $node }
    .detail = With externalTrafficPolicy: Local, { $node } sends the packet on without writing its own address into it, so the endpoint answers { $caller ->
        [client] the outside client
       *[other] { $caller }
    } directly, from an address that was never called. Inside the cluster call { $name } on port { $port }.
    .docs = https://kubernetes.io/docs/reference/networking/virtual-ips/#external-traffic-policy

problem-unallocated-cluster-ip = No Service has the address { $address }
    .detail = It is in the range of cluster IPs, { $range }, so no host has it either. Maybe the Service was deleted and made again: it gets another address then. Call it by its name.
    .docs = https://kubernetes.io/docs/concepts/services-networking/cluster-ip-allocation/

problem-node-address-bound = The other nodes take { $address }, the address of { $node }, for their own: it is an external IP of Service { $service }
    .detail = In IPVS mode kube-proxy binds external IPs to the interface kube-ipvs0 of every node that does not have them. Packets from these nodes and their Pods to { $node } then never leave the node: the Service's port answers, and the kubelet, the API server and any other port of { $node } refuse. Use a node port or a load balancer instead, or another mode of kube-proxy.
    .docs = https://kubernetes.io/docs/reference/networking/virtual-ips/#proxy-mode-ipvs

problem-chosen-at-random = kube-proxy chose this endpoint of Service { $service } at random, one of { $endpoints }
    .detail = Each new connection gets a random endpoint, not the next one in turn (round robin): a few connections may all go to one Pod, and only many of them spread evenly.
    .docs = https://kubernetes.io/docs/reference/networking/virtual-ips/

problem-connection-keeps-endpoint = The open connection stays with { $pod }, which gets no new ones
    .detail = Connection tracking keeps the endpoint that was chosen for the first packet ({ $protocol }), whatever the Service has now. Open a new connection to get another endpoint.
    .docs = https://kubernetes.io/docs/reference/networking/virtual-ips/

problem-calls-next = To answer, { $pod } calls { $to }
    .detail = { $isRequest ->
        [true] The Pod's annotation kubehop/calls says so. It is a connection of its own, from the Pod.
       *[false] The Pod's annotation kubehop/calls says so, but that is not a request. Write it as http://backend or tcp://db:5432.
    }
    .docs = https://kubernetes.io/docs/tasks/access-application-cluster/connecting-frontend-backend/

problem-cluster-ip-from-outside = { $address } is the cluster IP of Service { $service }: only nodes and Pods know it
    .detail = { GIVEN($open) ->
        [yes] From outside, call { $open }.
       *[no] From outside, use a Service of type NodePort or LoadBalancer, an Ingress, or kubectl port-forward service/{ $service }.
    }
    .docs = https://kubernetes.io/docs/concepts/services-networking/service/#publishing-services-service-types

problem-pod-ip-from-outside = { $address } is the address of Pod { $pod }: only nodes and Pods have a route to it
    .detail = From outside, use a Service of type NodePort or LoadBalancer, an Ingress, or kubectl port-forward pod/{ $pod }.
    .docs = https://kubernetes.io/docs/concepts/cluster-administration/networking/

problem-localhost-meant-service = localhost is Pod { $pod } itself; port { $port } is that of Service { $service }
    .detail = Every Pod has a loopback address of its own, which its containers share, and nothing in this one is known to listen on port { $port }. What runs in another Pod is called by the Service's name: { $name }:{ $port }.
    .docs = https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/

problem-localhost-is-the-caller = localhost is the caller itself ({ $caller ->
        [client] the outside client
       *[other] { $caller }
    }), and nothing listens on its port { $port }
    .detail = { GIVEN($open) ->
        [yes] { $port } is the node port of Service { $service }, and node ports are open on the addresses of nodes: { $open }. Where the nodes are containers or virtual machines of your own machine (kind, minikube, Docker Desktop), localhost reaches them only through a mapped port or kubectl port-forward.
       *[no] Every Pod and every machine has a loopback address of its own. Call a Service by its name or cluster IP; from your own machine, kubectl port-forward opens a port on localhost.
    }
    .docs = https://kubernetes.io/docs/tasks/access-application-cluster/port-forward-access-application-cluster/

problem-topology-hints-not-set = Service { $service } asks for topology-aware routing and gets no hints
    .detail = { $why ->
        [node-without-zone] A ready node has no label topology.kubernetes.io/zone.
        [one-zone] All ready nodes are in one zone.
        [endpoint-without-zone] An endpoint is on a node without a zone.
        [fewer-endpoints-than-zones] There are fewer ready endpoints ({ $endpoints }) than zones ({ $zones }).
       *[other] { $endpoints } ready endpoints cannot be distributed among { $zones } zones in proportion to their CPUs without overloading one by more than 20 % (the overload threshold).
    } So the controller sets no hints (its event is TopologyAwareHintsDisabled), and every zone uses all endpoints. trafficDistribution: PreferSameZone has no such threshold.
    .docs = https://kubernetes.io/docs/concepts/services-networking/topology-aware-routing/#safeguards

problem-topology-annotation-unread = { GIVEN($meant) ->
        [yes] Annotation { $annotation } has no effect on Service { $service }
       *[no] Annotation { $annotation } with the value { $value } has no effect on Service { $service }
    }
    .detail = { GIVEN($meant) ->
        [yes] Did you mean { $meant }?
       *[no] Only Auto has an effect; Disabled is the same as no annotation.
    } So endpoints get no hints, and every zone uses all of them. trafficDistribution: PreferSameZone also keeps connections in their zone, and the API server validates it.
    .docs = https://kubernetes.io/docs/concepts/services-networking/topology-aware-routing/

problem-hints-not-for-node = No endpoint of Service { $service } is for the zone of { $node }
    .detail = { GIVEN($zone) ->
        [yes] No ready endpoint has a hint for zone { $zone }, so kube-proxy on { $node } uses all endpoints, also those of other zones.
       *[no] { $node } has no label topology.kubernetes.io/zone, so its kube-proxy uses all endpoints.
    }
    .docs = https://kubernetes.io/docs/concepts/services-networking/service/#traffic-distribution

problem-no-endpoint-on-node = Service { $service } prefers endpoints on the caller's node, and { $node } has none
    .detail = Its ready endpoints are on { $nodes }. PreferSameNode is only a preference, so kube-proxy on { $node } uses { GIVEN($zone) ->
        [yes] those of its zone, { $zone }
       *[no] all of them
    }. Run a Pod on every node that calls the Service (a DaemonSet does). Only internalTrafficPolicy: Local keeps connections on the node, and it drops them where there is no endpoint.
    .docs = https://kubernetes.io/docs/concepts/services-networking/service/#traffic-distribution

problem-exits-before-rules = Pod { $pod } stops { $seconds } s after its deletion, and the rules change only after { $lag } s
    .detail = { $why ->
        [missing] Container { $container } has no preStop hook, so SIGTERM comes at once, and most programs exit at it. A preStop hook that sleeps for { $lag } s keeps the Pod answering until no rule leads to it.
        [unknown] How long the preStop hook of container { $container } takes is not known; kubehop assumes that it ends at once. Let it sleep for at least { $lag } s.
        [cut-off] The preStop hook of container { $container } takes longer than the grace period, which cuts it off. Raise terminationGracePeriodSeconds.
       *[too-short] The preStop hook of container { $container } is too short. Let it sleep for at least { $lag } s.
    } The grace period is { $grace } s, and must be longer than the hook. A controller that retries another endpoint hides this failure.
    .docs = https://kubernetes.io/docs/concepts/containers/container-lifecycle-hooks/

problem-lives-until-rules = Pod { $pod } is terminating and still answers
    .detail = Its preStop hook keeps it running for { $seconds } s, and the rules change after { $lag } s. So no new connection fails.
    .docs = https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#pod-termination

problem-no-local-endpoint = Service { $service } has no endpoint on { $node }, and its { $policy } is Local
    .detail = { GIVEN($nodes) ->
        [yes] Only nodes with an endpoint serve it: { $nodes }. { $policy ->
            [externalTrafficPolicy] Run a Pod on every node that is called (a DaemonSet does), or set the policy to Cluster, which hides the client's address from the Pods.
           *[other] Set the policy to Cluster, or run a Pod on every node.
        }
       *[no] No node has a ready endpoint.
    }
    .docs = https://kubernetes.io/docs/reference/networking/virtual-ips/#traffic-policies

problem-source-not-in-ranges = { $client } is in none of the loadBalancerSourceRanges of Service { $service }
    .detail = They are { $ranges }. The rules filter every packet to the load balancer's address, also those of Pods and nodes; the node port and the cluster IP are not filtered.
    .docs = https://kubernetes.io/docs/concepts/services-networking/service/#loadbalancer

problem-connection-balanced = All requests of this connection go to the same one of { $endpoints } endpoints of Service { $service }
    .detail = kube-proxy balances connections, not requests, and gRPC (HTTP/2) sends many requests over one connection that stays open; so does keep-alive. Pods that are added later get nothing from it. To spread requests, use a headless Service with a client that balances, or a proxy that does, such as a service mesh or an Ingress.
    .docs = https://kubernetes.io/docs/reference/networking/virtual-ips/

problem-service-of-another-proxy = kube-proxy ignores Service { $service }: its label service-proxy-name is { $proxy }
    .detail = With the label service.kubernetes.io/service-proxy-name, whatever its value, kube-proxy writes no rules for a Service and leaves it to another proxy. Without that proxy nobody has its address: remove the label.
    .docs = https://kubernetes.io/docs/reference/labels-annotations-taints/#servicekubernetesioservice-proxy-name

problem-affinity-by-address = Service { $service } sends everyone with the address { $client } to one of its { $endpoints } endpoints
    .detail = sessionAffinity: ClientIP goes by the source address that the node sees, for { $seconds } s after the last new connection. Clients behind one NAT, proxy or load balancer count as one, and each node remembers for itself. For sessions of single users, use cookies in an Ingress or Gateway.
    .docs = https://kubernetes.io/docs/concepts/services-networking/service/#session-affinity

problem-connection-outlives-endpoint = The open connection leads to { $address }, which no host has any more
    .detail = Connection tracking keeps the endpoint that was chosen for the first packet. { $protocol ->
        [UDP] UDP has no end: the entry lives as long as packets come from the same port. kube-proxy deletes it only when the Service has other endpoints. Send from a new socket.
       *[other] Open a new connection: the client has to notice by a timeout or keep-alive.
    }
    .docs = https://kubernetes.io/docs/reference/networking/virtual-ips/
