## EndpointSlices and Endpoints that somebody wrote by hand.

problem-slice-without-service-label = EndpointSlice { $slice } belongs to no Service
    .detail = kube-proxy finds the EndpointSlices of a Service by the label kubernetes.io/service-name. Add kubernetes.io/service-name: { $service } to the labels of the slice.
    .docs = https://kubernetes.io/docs/concepts/services-networking/endpoint-slices/

problem-endpoints-of-another-name = { $kind } for a Service { $written }, which does not exist
    .detail = They belong to a Service by name. Service { $service } has no endpoints: was it meant?
    .docs = https://kubernetes.io/docs/concepts/services-networking/service/#services-without-selectors

problem-slice-of-domain-names = EndpointSlice { $slice } lists domain names, which kube-proxy ignores
    .detail = addressType FQDN has no implementation in kube-proxy. For one name outside the cluster make Service { $service } of type ExternalName, or list IP addresses.
    .docs = https://kubernetes.io/docs/concepts/services-networking/endpoint-slices/

problem-slice-port-name-differs = No port of EndpointSlice { $slice } has the name of port { $port } of Service { $service }
    .detail = Port names must be equal. The Service's port { GIVEN($wanted) ->
        [yes] is named { $wanted }
       *[no] has no name
    }; the slice { GIVEN($written) ->
        [yes] has { $written }.
       *[no] has { $ports ->
            [0] no port at all
           *[other] a port without a name
        }.
    }
    .docs = https://kubernetes.io/docs/concepts/services-networking/endpoint-slices/

problem-slice-protocol-differs = EndpointSlice { $slice } has the port of Service { $service } for { $written }, not for { $wanted }
    .detail = Port { $port } of the Service is { $wanted }. Name and protocol must both be equal.
    .docs = https://kubernetes.io/docs/concepts/services-networking/endpoint-slices/

problem-slice-not-ready = No endpoint of EndpointSlice { $slice } is ready
    .detail = kube-proxy sends new connections of Service { $service } to ready endpoints only. Who writes the slice sets conditions.ready.
    .docs = https://kubernetes.io/docs/concepts/services-networking/endpoint-slices/

problem-endpoints-overwritten = The Endpoints written for Service { $service } are overwritten, since it has a selector
    .detail = The controller writes the Endpoints and EndpointSlices of a Service with a selector, from the Pods that match. To write them yourself, remove spec.selector.
    .docs = https://kubernetes.io/docs/concepts/services-networking/service/#services-without-selectors

problem-endpoints-in-other-namespace = { $kind } for Service { $service } is in namespace { $written }, and the Service is in { $namespace }
    .detail = A Service uses endpoints of its own namespace only. Write namespace: { $namespace }.
    .docs = https://kubernetes.io/docs/concepts/services-networking/service/#services-without-selectors

problem-slice-of-other-family = EndpointSlice { $slice } has { $written } addresses, and Service { $service } has only { $wanted }
    .detail = kube-proxy handles each family by itself: endpoints of { $written } serve a cluster IP of { $written } only. Write a slice with addressType { $wanted }, or give the Service both families.
    .docs = https://kubernetes.io/docs/concepts/services-networking/endpoint-slices/

problem-endpoint-is-cluster-ip = An endpoint of Service { $service } is { $address }, the cluster IP of Service { $other }
    .detail = A cluster IP is no host: kube-proxy rewrites a connection once, and nobody has the address that this gives. Use the addresses of the Pods, or type: ExternalName with the name of the other Service.
    .docs = https://kubernetes.io/docs/concepts/services-networking/service/#services-without-selectors
