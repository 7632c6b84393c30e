## Gateways and the routes that attach to them.

problem-route-not-attached = { $route } is not attached to Gateway { $gateway }
    .detail = { $why ->
        [section] No listener has the sectionName and the port of its parentRef.
        [kind] No listener takes routes of this kind: HTTP and HTTPS take HTTPRoutes and GRPCRoutes, TLS takes TLSRoutes, TCP and UDP their own, and allowedRoutes.kinds may take less.
        [not-allowed] No listener allows this kind of route from namespace { $namespace }. { GIVEN($selector) ->
            [yes] Its allowedRoutes.namespaces.selector asks for namespaces with { $selector }: give the Namespace these labels, or allow others.
           *[no] Without allowedRoutes.namespaces a listener allows routes of the Gateway's namespace only.
        }
        [conflict] An HTTPRoute and a GRPCRoute of one listener must not share a host name: the older one is accepted, and the other kind has one of this route's.
       *[hostname] It has no host name in common with a listener.
    } The listeners are { $listeners }.
    .docs = https://kubernetes.io/docs/concepts/services-networking/gateway/

problem-no-route-matches = No route of Gateway { $gateway } matches { $host }{ $path }
    .detail = { $why ->
        [no-route] No route is attached to a listener of this port.
        [hostname] { $route } is for other host names.
        [path] { $route } is for this host, but no match has this path: its matches are { $matches }. Exact compares the whole path, PathPrefix whole elements between slashes: /api is for /api and /api/v1, not for /apis.
        [method] { $route } has a match for this path, but for another method: { $matches }.
        [header] { $route } has a match for this path, but the request lacks a header or its value: { $matches }.
        [query] { $route } has a match for this path, but the request lacks a query parameter or its value: { $matches }.
        [grpc] { $route } takes gRPC calls only, and this request is none: call it with grpc://.
       *[listener] { $route } would match, but another listener has the more specific host name, and only routes of that listener are asked.
    }
    .docs = https://kubernetes.io/docs/concepts/services-networking/gateway/

problem-route-on-other-listener = { $route } is for { $host }, but is attached only to listener { $listener } of Gateway { $gateway }
    .detail = No route is attached to a listener of the called port. { $isTls ->
        [true] Call https:// at port { $port }, attach a second route to the called listener that redirects there,
       *[other] Call http:// at port { $port },
    } or remove sectionName and port from the route's parentRefs: it then attaches to every listener that allows it.
    .docs = https://kubernetes.io/docs/concepts/services-networking/gateway/

problem-listener-protocol-unknown = Listener { $listener } of Gateway { $gateway } has protocol { $protocol }, which no controller supports
    .detail = { GIVEN($meant) ->
        [yes] Protocol names are in upper case: { $meant }.
       *[no] The protocols are HTTP, HTTPS, TLS, TCP and UDP; gRPC uses HTTP or HTTPS.
    } A listener with any other protocol is not served (Accepted is False, UnsupportedProtocol), and no route attaches to it.
    .docs = https://kubernetes.io/docs/concepts/services-networking/gateway/

problem-no-listener-at-port = Gateway { $gateway } has no listener at port { $called }
    .detail = Its listeners are { $listeners }. A Gateway answers only on the ports of its listeners; https:// needs one of protocol HTTPS (or TLS) at port 443 with a certificate.
    .docs = https://kubernetes.io/docs/concepts/services-networking/gateway/

problem-host-of-no-route = No route is for { $host }; { $object } has { $pattern }
    .detail = { $why ->
        [typo] The two differ by a letter or two.
        [www] A host name is exact, with or without www. Add the other one.
       *[wildcard] A wildcard stands for one or more labels: { $pattern } is not for the name without any. Add it to the host names.
    }
    .docs = https://kubernetes.io/docs/concepts/services-networking/gateway/

problem-redirect-to-no-listener = The redirect leads to { $to }, and Gateway { $gateway } has no listener at port { $port }
    .detail = Its listeners are { $listeners }. A client that follows the redirect gets no answer from this Gateway. Add a listener for that port, with a certificate for HTTPS.
    .docs = https://kubernetes.io/docs/concepts/services-networking/gateway/

problem-route-backend-not-http2 = { $route } may speak HTTP/1.1 to port { $port } of Service { $service }, and gRPC is HTTP/2
    .detail = Implementations speak HTTP/2 without TLS to a backend of an HTTPRoute only if its port has appProtocol: kubernetes.io/h2c (Istio also goes by a port name that begins with grpc). Without it the call ends in UNAVAILABLE, "protocol error". Set appProtocol on the Service's port, or use a GRPCRoute.
    .docs = https://kubernetes.io/docs/concepts/services-networking/service/#application-protocol

problem-route-backend-speaks-tls = The Gateway speaks plain HTTP to port { $port } of Service { $service }, which looks like one of HTTPS
    .detail = { $route } has no BackendTLSPolicy for this Service: a Gateway then begins no TLS of its own. A process that speaks TLS there answers 400 ("plain HTTP request was sent to HTTPS port") or closes the connection, which gives 502 or 503. Write a BackendTLSPolicy whose targetRefs name the Service, or send the requests to its HTTP port.
    .docs = https://kubernetes.io/docs/concepts/services-networking/gateway/

problem-route-backend-unusable = { $why ->
        [invalid-kind] { $route } sends requests to { $kind } { $service }, which is no Service
        [not-permitted] { $route } may not use Service { $service } of namespace { $namespace }
        [not-found] { $route } sends requests to Service { $service }, which does not exist in namespace { $namespace }
        [no-such-port] { $route } sends requests to port { $port } of Service { $service }, which it does not have
        [zero-weight] Every backend of a rule of { $route } has weight 0
       *[no-backend] { $route } has a rule without a backend
    }
    .detail = { $why ->
        [invalid-kind] Only Services are backends here.
        [not-permitted] A reference to another namespace needs a ReferenceGrant in that namespace: from the route's kind and namespace, to Services.
        [not-found] A backend without a namespace is looked up in the route's own.
        [no-such-port] A backend names the Service's port, not the Pods'. The Service has { $ports }.
        [zero-weight] Nothing is sent to a backend of weight 0, so the requests of this rule are answered with HTTP 500. Give one of them a weight.
       *[no-backend] Its requests are answered with an error.
    }
    .docs = https://kubernetes.io/docs/concepts/services-networking/gateway/

problem-route-backend-without-port = A backend of { $route } names no port; Service { $service } has { $ports }
    .detail = A Service as a backend needs the port to call: the Service's own, not the Pods'. The API server refuses the route without it.
    .docs = https://kubernetes.io/docs/concepts/services-networking/gateway/

problem-route-parent-elsewhere = { $route } names Gateway { $written }, which does not exist; namespace { $meant } has one of this name
    .detail = A parentRef without a namespace is looked up in the route's own. Write namespace: { $meant }; the Gateway's listeners must allow routes of this namespace (allowedRoutes).
    .docs = https://kubernetes.io/docs/concepts/services-networking/gateway/

problem-route-parent-missing = { $route } names Gateway { $written }, which { GIVEN($gateways) ->
        [yes] does not exist
       *[no] this text does not have
    }
    .detail = { GIVEN($nearest) ->
        [yes] The nearest name is { $nearest }.
       *[no] { GIVEN($gateways) ->
            [yes] The text has { $gateways }.
           *[no] The text has no Gateway, so where the requests of the route arrive cannot be known from it. Paste the Gateway as well, or compare with kubectl get gateways.
        }
    } A parent that does not exist gets no entry in status.parents: the route is attached to nothing, and no status reports it.
    .docs = https://kubernetes.io/docs/concepts/services-networking/gateway/

problem-listener-without-certificate = Listener { $listener } of Gateway { $gateway } has no certificate and is not served
    .detail = { $isPermitted ->
        [true] { GIVEN($secrets) ->
            [yes] The text has no Secret { $secrets } of type kubernetes.io/tls in the namespace that certificateRefs names. If something else creates it, such as cert-manager, paste it here, too.
           *[no] Its tls names no certificateRefs.
        }
       *[other] Secret { $secrets } is in another namespace, without a ReferenceGrant there from Gateways to Secrets.
    }
    .docs = https://kubernetes.io/docs/concepts/services-networking/gateway/

problem-certificate-of-other-type = Listener { $listener } of Gateway { $gateway } is not served: Secret { $secret } is of type { $kind }
    .detail = A certificate is a Secret of type kubernetes.io/tls with the keys tls.crt and tls.key (kubectl create secret tls). The type of a Secret cannot be changed: delete it and create it again. Until then the condition ResolvedRefs of the listener is False (InvalidCertificateRef).
    .docs = https://kubernetes.io/docs/concepts/configuration/secret/#tls-secrets

problem-reference-grant-misses = { $why ->
        [namespace] ReferenceGrant { $grant } is not in { $namespace }, the namespace of Service { $service }
        [from] ReferenceGrant { $grant } is not from { $kind }s of namespace { $from }
       *[to] ReferenceGrant { $grant } is not to Service { $service }
    }
    .detail = { $why ->
        [namespace] The owner of the target permits the reference: the grant is in namespace { $namespace }, and its from names { $from }.
        [from] Its spec.from needs group gateway.networking.k8s.io, kind { $kind }, namespace { $from }.
       *[to] Its spec.to needs group "", kind Service, and no name or { $service }.
    }
    .docs = https://kubernetes.io/docs/concepts/services-networking/gateway/

problem-listener-set-not-allowed = Gateway { $gateway } does not allow ListenerSet { $set }
    .detail = { $isSilent ->
        [true] A Gateway without allowedListeners takes no listeners of ListenerSets: none of these is served.
       *[other] Its allowedListeners does not include namespace { $namespace }: none of the listeners is served.
    }
    .docs = https://kubernetes.io/docs/concepts/services-networking/gateway/

problem-gateway-class-assumed = kubehop assumes that GatewayClass { $class } exists and that its controller serves Gateway { $gateway }
    .detail = The text has no GatewayClass, as is usual for a part of a cluster's manifests. In a cluster without this class, or without its controller, the Gateway has no address and nothing answers: kubectl get gatewayclass shows the class and whether it is accepted, kubectl get gateway whether the Gateway is programmed.
    .docs = https://kubernetes.io/docs/concepts/services-networking/gateway/

problem-gateway-without-class = Gateway { $gateway } has class { $class }, which the text does not have
    .detail = No controller serves a Gateway whose GatewayClass does not exist: it stays without an address. The classes are { $classes }. If { $class } exists in the cluster, paste it here, too.
    .docs = https://kubernetes.io/docs/concepts/services-networking/gateway/
