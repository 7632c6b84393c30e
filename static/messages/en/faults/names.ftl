## Names that do not resolve, or not to what was meant.

problem-search-list-tried-first = { $tried } names of the search list were asked for before { $name }
    .detail = { $name } has fewer dots ({ $dots }) than options ndots:{ $ndots } in resolv.conf asks for, so the resolver tries every search domain first, each for A and AAAA. A dot at the end ({ $name }.) or a smaller ndots in dnsConfig saves these lookups.
    .docs = https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/#pod-dns-config

problem-corefile-decides = What { $name } resolves to depends on a line of ConfigMap { $configMap }: { $directive }
    .detail = Of a Corefile, only the plugin kubernetes and the forwarding of all other names are simulated. This line is about the name, or about a name of the search list that is asked before it, so in the cluster the answer may be another one. Look the name up in a Pod of the cluster, with nslookup or getent hosts.
    .docs = https://kubernetes.io/docs/tasks/administer-cluster/dns-custom-nameservers/

problem-pod-without-search-list = Pod { $pod } asks the cluster's DNS for { $name } as it is, and that is no whole name
    .detail = With dnsPolicy: None its resolv.conf has only what dnsConfig says. Call { $meant }, add the search domains there, or use dnsPolicy: ClusterFirst.
    .docs = https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/#pod-dns-config

problem-ordinal-out-of-range = StatefulSet { $set } has no Pod { $host }
    .detail = { $replicas ->
        [0] It is scaled to 0.
        [one] Its only Pod is { $first }.
       *[other] Its { $replicas } Pods are { $first } to { $last }.
    }
    .docs = https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/#ordinal-index

problem-ordinal-waits = StatefulSet { $set } has not made { $host } yet: { $pod } is not ready
    .detail = It makes its Pods one after the other, each when the one before it is ready. With podManagementPolicy: Parallel it makes all at once.
    .docs = https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/#pod-management-policies

problem-external-name-without-type = Service { $service } has externalName { $target }, and its type is not ExternalName
    .detail = externalName means something only with type: ExternalName. This Service has a cluster IP, no selector and no endpoints.
    .docs = https://kubernetes.io/docs/concepts/services-networking/service/#externalname

problem-own-name-is-service-name = { $service } is { $pod }'s own host name: its /etc/hosts answered with { $address }, not the cluster's DNS
    .detail = The kubelet writes the Pod's own name into its /etc/hosts, which is read before DNS, so the Pod calls itself. To call the Service, use { $service }.{ $namespace }.
    .docs = https://kubernetes.io/docs/tasks/network/customize-hosts-file-for-pods/

problem-host-alias-resolves = { $name } is in { $pod }'s hostAliases: { $address }
    .detail = /etc/hosts is read before DNS, so no name server was asked. If the address is out of date, change or remove the entry.
    .docs = https://kubernetes.io/docs/tasks/network/customize-hosts-file-for-pods/

problem-stateful-set-service-name-differs = StatefulSet { $set } has { GIVEN($written) ->
        [yes] serviceName { $written }
       *[no] no serviceName
    }, and headless Service { $service } selects its Pods
    .detail = DNS publishes the Pods' names below the Service that serviceName names: { $set }-0.{ $service } does not exist. Set serviceName: { $service }.
    .docs = https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/#stable-network-id

problem-caller-without-cluster-dns = { $caller ->
        [client] The outside client does
       *[other] { $caller } does
    } not ask the cluster's DNS
    .detail = Only Pods get the cluster's name server in their resolv.conf. { $name } is a name inside the cluster: call the cluster IP from a node, or a node port or load balancer address from outside.
    .docs = https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/

problem-host-network-resolver = Pod { $pod } uses its node's resolver, which does not know { $name }
    .detail = With hostNetwork: true, dnsPolicy ClusterFirst acts as Default: the Pod gets the node's resolv.conf. Set dnsPolicy: ClusterFirstWithHostNet.
    .docs = https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/#pod-s-dns-policy

problem-pod-resolver = Pod { $pod } does not ask the cluster's DNS for { $name }
    .detail = { $policy ->
        [None] Its dnsPolicy is None: it asks only the servers of its dnsConfig. Name the cluster's DNS there, or use { $wanted }.
       *[other] Its dnsPolicy is { $policy }: it has its node's resolv.conf. Use { $wanted }.
    }
    .docs = https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/#pod-s-dns-policy

problem-external-name-is-address = Service { $service } is an alias of { $target }, which is an IP address and not a name
    .detail = externalName is a DNS name; digits and dots are looked up as a name, and there is none. For an address, use a Service without a selector and an EndpointSlice.
    .docs = https://kubernetes.io/docs/concepts/services-networking/service/#externalname

problem-external-names-in-circle = Service { $service } is an alias that leads back to itself
    .detail = The way is { $names }, and back to the first: all are of type ExternalName, so no name ever gets an address. Let the last one name a host that has an address, or make it a Service with endpoints.
    .docs = https://kubernetes.io/docs/concepts/services-networking/service/#externalname

problem-external-name-not-found = Service { $service } is an alias of { $target }, which does not exist
    .detail = { GIVEN($meant) ->
        [yes] The Service that it most likely means is { $meant }. externalName must be that whole name: the name server does not apply a search list to it.
       *[no] externalName must be a fully qualified name: the name server does not apply a search list to it. For a Service of the cluster write name.namespace.svc.cluster.local.
    }
    .docs = https://kubernetes.io/docs/concepts/services-networking/service/#externalname

problem-no-srv-record = Service { $service } has no SRV record for port { $port }, protocol { $protocol }
    .detail = A SRV record needs an endpoint port of exactly that name and protocol. { GIVEN($declared) ->
        [yes] The Service's ports are named { $declared }.
       *[no] The Service's port has no name: name it { $port }.
    }
    .docs = https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/

problem-no-name-below-service = DNS has no such name below Service { $service }
    .detail = Below a Service there are names of its endpoints and of its ports (_port._protocol) only.
    .docs = https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/

problem-pod-name-not-published = Pod { $pod } has no name below Service { $service }
    .detail = { $ready ->
        [true] DNS publishes a Pod's name only if its spec.hostname is set and its spec.subdomain is the name of a headless Service that selects it. { GIVEN($subdomain) ->
            [yes] Its subdomain is { $subdomain }.{ GIVEN($meant) ->
                [yes] {" "}Its name is { $meant }.
               *[no] {""}
            }
           *[no] It has no subdomain. A StatefulSet sets both: hostname to the Pod's name, subdomain to spec.serviceName.
        }
       *[other] The Pod is not ready, and DNS publishes names of ready Pods only, unless the Service sets publishNotReadyAddresses: true.
    }
    .docs = https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/

problem-no-such-pod-name = Service { $service } exists; no endpoint of it is named { $host }
    .detail = DNS publishes a Pod's name below a headless Service if the Pod sets hostname and subdomain, as StatefulSets do.
    .docs = https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/

problem-headless-without-ready-endpoints = Headless Service { $service } has no ready endpoint, so DNS has no such name
    .detail = A Service with a cluster IP always has its name. The name of a headless Service is the addresses of its ready endpoints; without any the answer is NXDOMAIN. publishNotReadyAddresses: true publishes the others, too.
    .docs = https://kubernetes.io/docs/concepts/services-networking/service/#headless-services

problem-name-of-other-namespace = There is no { $name } in namespace { $from }; there is one in { $namespace }
    .detail = A short name is looked up in the caller's own namespace. Call { $name }.{ $namespace }, or the whole name { $meant }.
    .docs = https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/

problem-name-not-of-cluster = { $name } is no name of this cluster; { $meant } is
    .detail = The whole name of a Service is name.namespace.svc. and the cluster's domain.
    .docs = https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/

problem-name-misspelt = There is no { $name }; did you mean { $meant }?
    .docs = https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/

problem-no-such-service = This text has no Service { $service } in namespace { $namespace }
    .detail = A Pod finds a Service of its own namespace by name, and one of another namespace as name.namespace.
    .docs = https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/

problem-service-of-other-group = { $service } is a Service of { $apiVersion }, which kubehop does not simulate
    .detail = DNS, kube-proxy and Ingresses know Services of v1 only, and this text has none of that name in namespace { $namespace }. The controller of { $apiVersion } may create one in a cluster (Knative makes one that leads to its gateway). Paste what it creates (kubectl get service { $service } -n { $namespace } -o yaml), or write apiVersion: v1 if an ordinary Service was meant.
    .docs = https://kubernetes.io/docs/concepts/services-networking/service/

problem-musl-does-not-search = musl in Pod { $pod } asks for { $name } as it is only, since it has { $ndots } or more dots
    .detail = glibc goes on with the search list when such a name does not exist; musl (Alpine Linux) does not. Call { $meant }, or raise ndots in dnsConfig (the cluster's own value is 5).
    .docs = https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/#pod-dns-config

problem-absolute-name = The dot at the end of { $name } makes it a whole name, for which no search domain is tried
    .detail = Without the dot it is Service { $service }. With the dot only the whole name { $meant } exists.
    .docs = https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/

problem-name-of-label-only = { $name } is the value of a label that Service { $service } selects, not a name in DNS
    .detail = DNS knows Services by their own names, whatever labels their Pods have. The Service that selects { $label }={ $name } is { $meant }: call that.
    .docs = https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/

problem-name-of-workload-only = { $workload } is the name of a { $kind }, which has no name in DNS
    .detail = { GIVEN($meant) ->
        [yes] Services have names. The one that selects its Pods is { $meant }: call that.
       *[no] Services have names, and none of this text selects its Pods. kubectl expose makes one.
    }
    .docs = https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/

problem-subdomain-without-service = Pod { $pod } has the subdomain { $subdomain }, and namespace { $namespace } has no Service of that name
    .detail = DNS publishes a Pod's name below the headless Service that its subdomain names and that selects it. { GIVEN($meant) ->
        [yes] Service { $meant } selects it: make that its subdomain, or give the Service the name { $subdomain }.
       *[no] Create a headless Service { $subdomain } that selects it.
    }
    .docs = https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/#pod-s-hostname-and-subdomain-fields

problem-name-of-pod-only = { $pod } is the name of a Pod, and Pods have no names of their own in DNS
    .detail = { GIVEN($meant) ->
        [yes] Call { $meant }: the Pod's name below its headless Service.
       *[no] Call a Service that selects it. A Pod of a StatefulSet has a name below the headless Service that serviceName names.
    }
    .docs = https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/#a-aaaa-records-1

problem-external-name-ports = Service { $service } of type ExternalName does not translate port { $called }
    .detail = It is an alias in DNS: the client connects to { $target } on port { $called }, whatever the Service's ports say. { GIVEN($ports) ->
        [yes] Behind the name there is { $ports }: call that port.
       *[no] Call the port that the target has.
    }
    .docs = https://kubernetes.io/docs/concepts/services-networking/service/#externalname

problem-external-name-host = { $isTls ->
        [true] { $target } gets a TLS handshake and a request for { $host }, not for its own name
       *[other] { $target } gets a request with Host: { $host }, not with its own name
    }
    .detail = { $isTls ->
        [true] Service { $service } is only an alias in DNS. The server name (SNI) and the header Host are the name that was called, so the certificate does not fit, or the server answers 404 or 421. Call { $target } itself, or put a proxy between that sets both.
       *[other] Service { $service } is only an alias in DNS. The header Host is the name that was called, and a server with several sites answers 404 or its default page. Send Host: { $target }, or call { $target } itself.
    }
    .docs = https://kubernetes.io/docs/concepts/services-networking/service/#externalname
