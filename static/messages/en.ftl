# All English sentences of kubehop, in Fluent syntax (projectfluent.org/fluent/guide). The output of real tools
# (API server errors, kubectl tables, rules) is not translated.
#
# A message id is the name of an enum, a dash, and the name of the variant; the arguments are the variant's fields.
# The value is the headline; .detail explains what it means and how to fix it.
# GIVEN tests an optional argument: { GIVEN($name) -> [yes] … *[no] … }.


## What is wrong with the manifests

problem-rejected = { $message }

problem-unchangeable-by-apply = { $message }
    .detail = kubectl create rejects a second object with the same name. kubectl apply would update the first object instead, and this is the server's response to that. Delete the first object, or leave the field unchanged.

problem-server-warning = { $message }
    .detail = The API server accepts the object and prints this warning.

problem-duplicate-key = Duplicate key { $key }
    .detail = The API server accepts it silently and uses the last value. Remove the key you do not need.

problem-not-modelled = { $kinds }: { $count ->
        [one] accepted, but not simulated
       *[other] { $count } objects are accepted, but not simulated
    }
    .detail = { $decides ->
        [true] Such objects decide over connections: where one can change the answer, the verdict names it.
       *[false] They have no effect on the simulation.
    }

problem-nodes-assumed = The text names no nodes: { $nodes } are assumed for its { $pods } pods
    .detail = A kubelet runs 110 pods at most. Write Node objects to have other nodes.
problem-gateway-stand-in = Service { $service } and a proxy stand in for the implementation of Gateway { $gateway }
    .detail = A controller creates what receives the requests of a Gateway. The text has none of its objects, so kubehop adds a Service of type LoadBalancer and one proxy. Paste the implementation's Service to use it instead.
problem-pod-range-learnt = No node has a podCIDR: the pod range is taken to be { $range }
    .detail = It is the range around the pods' addresses. kube-proxy masquerades by its clusterCIDR whatever comes from outside that range; set the pod range if yours is another one.

problem-capped = Only { $shown } of { $asked } are simulated
    .detail = This is the most that kubehop simulates at once.

problem-selects-nothing = Service { $service } selects no Pod
    .detail = { $pods ->
        [0] No Pod in the Service's namespace has the labels { $selector }. Add them to the intended Pods, or change the selector.
        [one] No Pod in the Service's namespace has the labels { $selector }. One Pod has { $nearest }: is that the intended one?
       *[other] No Pod in the Service's namespace has the labels { $selector }. { $pods } Pods have { $nearest }: are those the intended ones?
    }
    .docs = https://kubernetes.io/docs/tasks/debug/debug-application/debug-service/

problem-target-port-not-found = Port { $port } of Service { $service } has no endpoint
    .detail = { GIVEN($declared) ->
        [yes] No container of the selected Pods has a port named { $target }. The port names are { $declared }.
       *[no] No container of the selected Pods has a port named { $target }, or any named port. Name the port, or use a port number.
    }
    .docs = https://kubernetes.io/docs/concepts/services-networking/service/#field-spec-ports

problem-load-balancer-pending = Service { $service } is waiting for an external address
    .detail = Nothing in this cluster assigns load balancer addresses, so EXTERNAL-IP stays <pending>. Turn on the cloud load balancer under Cluster, or use the Service's node port.
    .docs = https://kubernetes.io/docs/concepts/services-networking/service/#loadbalancer

problem-selects-other-namespace = Service { $service } selects no Pod: those it means are in namespace { $namespace }
    .detail = { $pods ->
        [one] A selector matches Pods of its own namespace only, { $serviceNamespace }. One Pod of namespace { $namespace } has the labels { $selector }.
       *[other] A selector matches Pods of its own namespace only, { $serviceNamespace }. { $pods } Pods of namespace { $namespace } have the labels { $selector }.
    } Create the Service there, and call it from here as { $service }.{ $namespace }.
    .docs = https://kubernetes.io/docs/tasks/debug/debug-application/debug-service/

problem-selects-custom-workload = Service { $service } selects the Pods of { $kind } { $name }, which kubehop does not simulate
    .detail = The Pod template of { $kind } { $name } has the labels { $selector }. In a cluster with its controller these Pods are the Service's endpoints; here there are none, so a connection is refused.
    .docs = https://kubernetes.io/docs/tasks/debug/debug-application/debug-service/

problem-selects-pods-of-an-operator = Whether Service { $service } selects a Pod cannot be known from this text
    .detail = No Pod in this text has the labels { $selector }. { $named ->
        [true] They look like those of { $kind } { $name }, whose operator creates Pods in the cluster; kubehop does not simulate operators. Compare with kubectl get pods -l { $selector }.
       *[other] The text has objects such as { $kind } { $name }, whose operator may create Pods in the cluster; kubehop does not simulate operators. Compare with kubectl get pods -l { $selector }.
    }
    .docs = https://kubernetes.io/docs/tasks/debug/debug-application/debug-service/

problem-selects-nothing-in-text = Service { $service } selects no Pod in this text
    .detail = The text has no Pod in namespace { $namespace }, so they may come from elsewhere. Only Pods with the labels { $selector } will be behind the Service.
    .docs = https://kubernetes.io/docs/tasks/debug/debug-application/debug-service/

problem-no-selector-no-endpoints = Service { $service } has no selector and no endpoints
    .detail = Without a selector no controller writes EndpointSlices. Add a selector, or write an EndpointSlice with the label kubernetes.io/service-name: { $service }.
    .docs = https://kubernetes.io/docs/concepts/services-networking/service/#services-without-selectors

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

problem-selected-pods-pending = { $pods ->
        [one] The Pod that Service { $service } selects is Pending: { $pod }
       *[other] All { $pods } Pods that Service { $service } selects are Pending, such as { $pod }
    }
    .detail = { $scheduled ->
        [true] It has a node and no address yet.
       *[other] The scheduler finds no node for it: { $why }
    }{ GIVEN($nodes) ->
        [yes] { " " }Node by node: { $nodes }.
       *[no] { "" }
    }{ $preempts ->
        [true] { " " }A Pod that runs may have a lower priority: the scheduler may remove it to make room, which is not simulated.
       *[other] { "" }
    }
    .docs = https://kubernetes.io/docs/tasks/debug/debug-application/debug-pods/

problem-node-ports-taken = { $pods ->
        [one] Pod { $pod } does not run: other Pods have its ports of the nodes
       *[other] { $pods } Pods of { $owner } do not run: other Pods have their ports of the nodes
    }
    .detail = { $why }{ $preempts ->
        [true] { " " }A Pod that runs may have a lower priority: the scheduler may remove it to make room, which is not simulated.
       *[other] { "" }
    }
    .docs = https://kubernetes.io/docs/tasks/debug/debug-application/debug-pods/
problem-no-such-scheduler = { $pods ->
        [one] Pod { $pod } stays Pending: nothing here runs its scheduler, { $scheduler }
       *[other] { $pods } Pods of { $owner } stay Pending: nothing here runs their scheduler, { $scheduler }
    }
    .detail = kube-scheduler places the Pods of default-scheduler and leaves all others to the scheduler that they name, without an event. If your cluster runs { $scheduler }, paste its manifests, too, or leave schedulerName out here; otherwise remove it.
    .docs = https://kubernetes.io/docs/tasks/extend-kubernetes/configure-multiple-schedulers/
problem-nodes-full = { $pods ->
        [one] Pod { $pod } does not run: no node has room for it
       *[other] { $pods } Pods of { $owner } do not run: no node has room for them
    }
    .detail = A kubelet runs 110 pods at most, unless status.allocatable.pods of its node says otherwise. { $why }{ $preempts ->
        [true] { " " }A Pod that runs may have a lower priority: the scheduler may remove it to make room, which is not simulated.
       *[other] { "" }
    }
    .docs = https://kubernetes.io/docs/tasks/debug/debug-application/debug-pods/
problem-selected-pod-on-missing-node = Pod { $pod } of Service { $service } names node { $node }, which does not exist
    .detail = A Pod with spec.nodeName never meets the scheduler: it waits for the kubelet of that node, and after a while it is deleted. The nodes here: { $nodes }.
    .docs = https://kubernetes.io/docs/concepts/scheduling-eviction/assign-pod-node/#nodename
problem-pod-fits-no-node = { $pods ->
        [one] Pod { $pod } does not run: no node takes it
       *[other] { $pods } Pods of { $owner } do not run: no node takes them
    }
    .detail = { $why }{ GIVEN($nodes) ->
        [yes] { " " }Node by node: { $nodes }.
       *[no] { "" }
    }{ $preempts ->
        [true] { " " }A Pod that runs may have a lower priority: the scheduler may remove it to make room, which is not simulated.
       *[other] { "" }
    }
    .docs = https://kubernetes.io/docs/concepts/scheduling-eviction/assign-pod-node/
problem-host-port-elsewhere = Port { $called } of { $node } is not the hostPort of Pod { $pod }
    .detail = A hostPort is open on the Pod's own node only, for its protocol and hostIP: { $open }. Call it there, run a Pod on every node (DaemonSet), or use a Service of type NodePort.
    .docs = https://kubernetes.io/docs/concepts/extend-kubernetes/compute-storage-net/network-plugins/#support-hostport

problem-policy-isolates = { $pod } is isolated for { $half } by NetworkPolicy { $policies }
    .detail = { $hasRules ->
        [true] Once a policy selects a pod for a direction, only what some rule allows passes. No rule allows this connection; add one, in these policies or in another: policies only add up.
       *[other] They have no rule for { $half }, so nothing passes. Add a policy that allows this connection: policies only add up, and no order matters.
    }
    .docs = https://kubernetes.io/docs/concepts/services-networking/network-policies/#the-two-sorts-of-pod-isolation
problem-policy-nearest-rule = { $rule } of NetworkPolicy { $policy } almost allows it: { $part ->
        [protocol] it is for { $wanted }, and the packet is { $found }
        [port] it is for port { $wanted }, and the pod's port is { $found }
        [outside] a selector is for pods of the cluster, and this end is { $found }: only an ipBlock can allow it
        [pod-selector] it is for pods with { $wanted }, and this end has { GIVEN($found) ->
            [yes] { $found }
           *[no] no labels
        }
        [namespace-selector] it is for namespaces with { $wanted }, and this end has { GIVEN($found) ->
            [yes] { $found }
           *[no] no labels
        }
        [own-namespace] a podSelector alone means pods of namespace { $wanted }, and this end is of { $found }
        [except] it excepts { $wanted }, and the packet has { $found }
       *[ip-block] it is for { $wanted }, and the packet has { $found }
    }
    .detail = { $differences ->
        [one] Everything else of the rule matches.
       *[other] { $differences } fields of the rule differ.
    } The rule is about { $half } of { $pod }.
    .docs = https://kubernetes.io/docs/concepts/services-networking/network-policies/#behavior-of-to-and-from-selectors
problem-policy-allows-service-port = NetworkPolicy { $policy } allows port { $port } of Service { $service }, and the pods have { $target }
    .detail = Policies see packets after kube-proxy rewrote them: the pod's address and port, never those of the Service. Allow port { $target }.
    .docs = https://kubernetes.io/docs/concepts/services-networking/network-policies/#networkpolicy-resource
problem-policy-forgets-dns = The egress rules of NetworkPolicy { $policy } do not allow DNS
    .detail = { $pod } cannot ask the cluster's name server (UDP and TCP port 53), so every name times out before a packet to the Service leaves. Allow egress to kube-dns, by the pods' port 53.
    .docs = https://kubernetes.io/docs/concepts/services-networking/network-policies/#default-deny-all-egress-traffic
problem-policy-ignored = The chosen network plugin ignores NetworkPolicies: { $policies ->
        [one] { $policies } policy does nothing
       *[other] { $policies } policies do nothing
    }
    .detail = The API server stores and prints them, but nothing enforces them, as with flannel alone. Choose a plugin that enforces them in the cluster's settings.
    .docs = https://kubernetes.io/docs/concepts/services-networking/network-policies/#prerequisites
problem-policy-namespaces-none = No namespace of this text has the labels { $selector } that NetworkPolicy { $policy } asks for
    .detail = A namespaceSelector compares labels, and this item allows nobody. { GIVEN($meant) ->
        [yes] The name of a namespace is its label kubernetes.io/metadata.name: write kubernetes.io/metadata.name: { $meant }, or give namespace { $meant } the label.
       *[no] Give the namespace the label, or select it by kubernetes.io/metadata.name, which every namespace has.
    }
    .docs = https://kubernetes.io/docs/concepts/services-networking/network-policies/#targeting-a-namespace-by-its-name

problem-policy-selects-nothing = NetworkPolicy { $policy } selects no Pod of namespace { $namespace }
    .detail = No pod there has { $selector }: the policy isolates nothing. A policy selects pods of its own namespace only.
    .docs = https://kubernetes.io/docs/concepts/services-networking/network-policies/#networkpolicy-resource
problem-policy-of-other-namespace = NetworkPolicy { $policy } is in namespace { $namespace }, which has no Pod
    .detail = Pods with { $selector } are in { $meant }. A policy selects pods of its own namespace only.
    .docs = https://kubernetes.io/docs/concepts/services-networking/network-policies/#networkpolicy-resource
problem-policy-peers-meant-as-one = NetworkPolicy { $policy } allows all Pods of namespaces with { $namespaces }
    .detail = Two items of the list mean either: any pod of those namespaces, or a pod with { $pods } of namespace { $namespace }, where there is none. For pods with { $pods } of those namespaces, write both selectors in one item: leave out the second dash.
    .docs = https://kubernetes.io/docs/concepts/services-networking/network-policies/#behavior-of-to-and-from-selectors
problem-policy-peers-meant-apart = A peer of NetworkPolicy { $policy } matches no Pod
    .detail = Both selectors in one item mean both: pods with { $pods } in namespaces with { $namespaces }, and there is none. Pods with { $pods } are in namespace { $namespace }: for either, make two items, each with a dash of its own.
    .docs = https://kubernetes.io/docs/concepts/services-networking/network-policies/#behavior-of-to-and-from-selectors
problem-policy-port-name-unknown = No Pod has the port { $port } that NetworkPolicy { $policy } allows
    .detail = A name is looked up in the containers of the destination pods, with its protocol ({ $protocol }). { $declared ->
        [none] They name none.
       *[other] They name { $declared }.
    }
    .docs = https://kubernetes.io/docs/concepts/services-networking/network-policies/#networkpolicy-resource
problem-all-nodes-excluded = No node serves the load balancer of Service { $service }: all are excluded
    .detail = Nodes with the label node.kubernetes.io/exclude-from-external-load-balancers, whatever its value, are left out ({ $nodes }). kubeadm sets it on control planes. Remove it, or add a node without it.
    .docs = https://kubernetes.io/docs/reference/labels-annotations-taints/#node-kubernetes-io-exclude-from-external-load-balancers
problem-balancer-without-node-ports = The load balancer of Service { $service } calls node ports, and the Service has none
    .detail = allocateLoadBalancerNodePorts is false. Set it to true, or use a load balancer that forwards packets unchanged (ipMode: VIP) or calls pods directly.
    .docs = https://kubernetes.io/docs/concepts/services-networking/service/#load-balancer-nodeport-allocation

problem-selected-pods-finished = The Pods that Service { $service } selects have finished
    .detail = { GIVEN($why) ->
        [yes] The first of them: { $why }.{ " " }
       *[no] { "" }
    }Pods in phase Succeeded or Failed are no endpoints, and the Pods of a Job end. Select Pods that keep running.
    .docs = https://kubernetes.io/docs/tasks/debug/debug-application/debug-service/

problem-selected-pod-terminating = Pod { $pod } of Service { $service } is terminating
    .detail = A terminating Pod is not ready: it serves the connections it has. It gets new ones only while no other endpoint is ready and its containers still are.
    .docs = https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#pod-termination

problem-selected-pod-not-ready = Pod { $pod } of Service { $service } is not ready
    .detail = Only ready Pods get connections. Its readiness probe fails, or a container is not running: kubectl describe shows the events.
    .docs = https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/

problem-liveness-probe-fails = The kubelet restarts container { $container } of Pod { $pod } again and again: its liveness probe { $probe } always fails
    .detail = { $why ->
        [no-such-port] The container has no port of that name{ GIVEN($names) ->
            [yes] { "" }; its port names are { $names }
           *[no] { "" }
        }.
        [asks-node] The kubelet runs on the node, so the host 127.0.0.1 or localhost is the node itself and not the Pod. Leave host out.
       *[runs-false] The command exits with 1, whatever the program does.
    } After failureThreshold failures the container is killed and started anew, with growing pauses (CrashLoopBackOff): the Pod answers only now and then.
    .docs = https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/

problem-init-container-waits = Pod { $pod } never starts: its init container { $container } waits for Service { $service }{ $why ->
        [no-service] { "" }, which does not exist
        [no-such-port] { "" }, which has no port { $port }
        [no-endpoint] { "" }, which has no endpoint on port { $port }
       *[other] { "" }, whose name does not resolve
    }
    .detail = { $why ->
        [no-service] It repeats { $command } until that succeeds, and namespace { $namespace } of this text has no such Service. Create it, or correct the name.
        [no-such-port] It repeats { $command } until that succeeds. Call a port that the Service has.
        [no-endpoint] It repeats { $command } until that succeeds. The Service needs a ready Pod first.
        [own-name] It repeats { $command } until that succeeds. The Pod is behind that Service itself, gets there only when it is ready, and is ready only after this init container: both wait forever. With publishNotReadyAddresses: true a headless Service has the names of Pods before they are ready.
       *[no-record] It repeats { $command } until that succeeds. The name of a headless Service has the addresses of ready Pods only, and there is none.
    } The status is Init, the containers of the Pod do not run, and it gets no connections.
    .docs = https://kubernetes.io/docs/concepts/workloads/pods/init-containers/

problem-process-ends-at-once = The process of container { $container } ends as soon as it has started
    .detail = { $why ->
        [shell] The image { $image } runs a shell, which ends at once without a terminal.
       *[command] Nothing in its command ({ $command }) keeps running.
    } The kubelet restarts it again and again (CrashLoopBackOff): Pod { $pod } is not ready, nothing listens, and connections are refused. Give it the command of a server.
    .docs = https://kubernetes.io/docs/tasks/debug/debug-application/debug-pods/

problem-containers-share-a-port = Containers { $first } and { $second } of { $owner } both have port { $port }
    .detail = The containers of a Pod share one network namespace. The process that listens second ends with "address already in use", is restarted again and again, and the Pod is not ready. Give one of them another port.
    .docs = https://kubernetes.io/docs/concepts/workloads/pods/#pod-networking

problem-started-before-service = { $pod } started before Service { $service }, so it has no { $variable }
    .detail = Variables of Services are written when a container starts. The name in DNS works all the same; for the variables create the Service first, or restart the Pod.
    .docs = https://kubernetes.io/docs/concepts/services-networking/service/#environment-variables

problem-readiness-probe-fails = Pod { $pod } of Service { $service } can never be ready: its { $startup ->
        [true] startup
       *[other] readiness
    } probe { $probe } always fails
    .detail = { $why ->
        [no-such-port] Container { $container } has no port of that name{ GIVEN($names) ->
            [yes] { "" }; its port names are { $names }
           *[no] { "" }
        }. Only ready Pods get connections.
        [asks-node] The kubelet runs on the node, so the host 127.0.0.1 or localhost is the node itself and not the Pod. Leave host out: the Pod's own address is asked. Only ready Pods get connections.
       *[runs-false] The command exits with 1, whatever the program does. Only ready Pods get connections.
    }
    .docs = https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/

problem-needed-object-missing = { $owner } needs { $kind } { $name }, which namespace { $namespace } of this text does not have
    .detail = Its containers do not start before it exists: the Pods stay at CreateContainerConfigError or ContainerCreating, are not ready, and get no connections. { GIVEN($meant) ->
        [yes] Did you mean { $meant }?
       *[no] { GIVEN($elsewhere) ->
            [yes] Namespace { $elsewhere } has one of this name; a Pod uses those of its own namespace only.
           *[no] If something else creates it, such as an operator, all is well: kubehop assumes so.
        }
    }
    .docs = https://kubernetes.io/docs/tasks/configure-pod-container/configure-pod-configmap/
problem-account-missing = { $owner } runs as ServiceAccount { $name }, which namespace { $namespace } of this text does not have
    .detail = Unless something else creates it, the API server rejects the Pod: error looking up service account { $namespace }/{ $name }: serviceaccount "{ $name }" not found. { $isPod ->
        [true] kubectl prints that, and there is no Pod.
       *[other] No Pod is created; kubectl get events shows FailedCreate.
    } { GIVEN($meant) ->
        [yes] Did you mean { $meant }?
       *[no] { GIVEN($elsewhere) ->
            [yes] Namespace { $elsewhere } has one of this name; a Pod uses those of its own namespace only.
           *[no] kubehop assumes that it exists.
        }
    }
    .docs = https://kubernetes.io/docs/tasks/configure-pod-container/configure-service-account/
problem-evicted-after = { $pod } leaves { $node } after { $seconds } s: it tolerates { $taint } only that long
    .detail = The toleration has tolerationSeconds, so the Pod is deleted when they have passed since it came to the node, or since the node got the taint. { $replaced ->
        [true] Its workload makes another one, on this node again if no other takes it.
       *[other] Nothing makes another one.
    } Without tolerationSeconds it stays. To see what happens then, delete the Pod.
    .docs = https://kubernetes.io/docs/concepts/scheduling-eviction/taint-and-toleration/
problem-process-only-waits = Container { $container } runs { $command }, which listens on nothing
    .detail = kubehop takes ports for open that a container declares, and all of one that declares none; it starts no process. This command only waits, so in a cluster the connection is refused: run the server instead, or state what listens with the annotation kubehop/listens.
    .docs = https://kubernetes.io/docs/tasks/inject-data-application/define-command-argument-container/
problem-readiness-assumed = { $pod } gets connections only while its readiness probe { $probe } succeeds
    .detail = Manifests do not say whether it does; kubehop assumes so. To see what happens otherwise, make the Pod not ready: the Service then has one endpoint less, and without any it refuses connections. kubectl describe pod shows how the probe ends.{ GIVEN($port) ->
        [yes] { " " }No container declares port { $port }, only { $declared }: if nothing listens on { $port }, the probe always fails.
       *[no] { "" }
    }
    .docs = https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/

problem-source-is-rewritten = { $pod } sees { $seen } as the client, not { $client }
    .detail = With externalTrafficPolicy Cluster any Pod of { $service } may answer, and the reply has to return through the node that was called, so kube-proxy masquerades the connection. With the policy Local the client's address stays, and only nodes with a ready Pod answer. For HTTP, a proxy can pass the address on in X-Forwarded-For.
    .docs = https://kubernetes.io/docs/tutorials/services/source-ip/

problem-calls-next = To answer, { $pod } calls { $to }
    .detail = { $isRequest ->
        [true] The Pod's annotation kubehop/calls says so. It is a connection of its own, from the Pod.
       *[false] The Pod's annotation kubehop/calls says so, but that is not a request. Write it as http://backend or tcp://db:5432.
    }
    .docs = https://kubernetes.io/docs/tasks/access-application-cluster/connecting-frontend-backend/

problem-hairpin-connection = { $pod } reached itself through Service { $service }
    .detail = Its node masquerades such a connection, so { $pod } sees an address of the node as the client. It works only where the network plugin sends a packet out of the interface that it came from (hairpin mode); elsewhere { $pod } waits for an answer that never comes whenever it is chosen itself.
    .docs = https://kubernetes.io/docs/tasks/debug/debug-application/debug-service/

problem-search-list-tried-first = { $tried } names of the search list were asked for before { $name }
    .detail = { $name } has fewer dots ({ $dots }) than options ndots:{ $ndots } in resolv.conf asks for, so the resolver tries every search domain first, each for A and AAAA. A dot at the end ({ $name }.) or a smaller ndots in dnsConfig saves these lookups.
    .docs = https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/#pod-dns-config

problem-container-not-running = { $isInit ->
        [true] Init container { $container } of Pod { $pod } does not run: { $reason }
       *[other] Container { $container } of Pod { $pod } does not run: { $reason }
    }
    .detail = { $why ->
        [exits] Its process ends{ GIVEN($last) ->
            [yes] { "" } (the last time: { $last })
           *[no] { "" }
        }, and the kubelet starts it again and again; kubectl logs --previous shows what it printed.
        [image] The image cannot be pulled. Check its name and tag, and that imagePullSecrets are right.
        [config] It refers to a ConfigMap, a Secret or a key that is not there.
        [creating] Its network or its volumes are not ready yet; if that lasts, the events say what is missing.
       *[other] The events say more.
    } Until it runs, the Pod is not ready and gets no connections of Service { $service }.{ GIVEN($message) ->
        [yes] { "" } The kubelet says: { $message }
       *[no] { "" }
    }
    .docs = https://kubernetes.io/docs/tasks/debug/debug-application/debug-pods/

problem-container-reported-unready = { $isStarting ->
        [true] Container { $container } of Pod { $pod } runs and has not started yet
       *[other] Container { $container } of Pod { $pod } runs and is not ready
    }
    .detail = { $isStarting ->
        [true] Its startup probe has not succeeded, and no other probe runs before it has. Only ready Pods get connections of Service { $service }.
       *[other] { GIVEN($probe) ->
            [yes] Its readiness probe { $probe } fails: kubectl describe shows with which error. Only ready Pods get connections of Service { $service }.
           *[no] Its status says so. Only ready Pods get connections of Service { $service }.
        }
    }
    .docs = https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/

problem-pod-reported-unready = Pod { $pod } of Service { $service } is not ready: { $reason }
    .detail = Only ready Pods get connections. The condition in its status gives that reason{ GIVEN($message) ->
        [yes] : { $message }
       *[no] .
    }
    .docs = https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#pod-readiness-status

problem-pod-of-lost-node = Pod { $pod } of Service { $service } is not ready: its node { $node } does not report
    .detail = When a node is not Ready, the node controller marks its Pods as not ready, whatever their processes do, and the Service gets along without them. Their replacements wait until the Pods are evicted (after 5 minutes). Run Pods on several nodes.
    .docs = https://kubernetes.io/docs/concepts/architecture/nodes/#node-controller

problem-pod-made-unready = Pod { $pod } of Service { $service } is not ready: an event made it so
    .detail = You added the event. A readiness probe that begins to fail does the same: the Pod keeps its address and gets no new connections. Make it ready again, or give the Service another endpoint.
    .docs = https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/

problem-object-refused = { $kind } { $name } does not exist: it was refused
    .detail = { $message }
    .docs = https://kubernetes.io/docs/reference/using-api/api-concepts/

problem-selected-pod-removed = Pod { $pod } of Service { $service } is gone, and nothing creates it again
    .detail = An event removed it. Only the Pods of a workload (a Deployment, a StatefulSet, …) are replaced.
    .docs = https://kubernetes.io/docs/concepts/workloads/pods/#working-with-pods

problem-rules-lead-to-removed-pod = kube-proxy's rules still lead to { $address }, the address of { $pod }, which is gone
    .detail = The rules follow { $lag } s after the event. Until then connections that they send there get no answer. A preStop hook that sleeps for as long keeps the process running until the rules have changed.
    .docs = https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#pod-termination

problem-host-of-no-rule = No Ingress rule is for { $host }; Ingress { $ingress } has { $rule }
    .detail = { $why ->
        [typo] The two differ by a letter or two. A rule is for exactly its host.
        [www] A rule is for exactly its host, with or without www. Add a rule for the other name.
       *[wildcard] A wildcard stands for exactly one label: { $rule } is for neither a name with more labels nor the name without one.
    }
    .docs = https://kubernetes.io/docs/concepts/services-networking/ingress/#hostname-wildcards
problem-ingress-refuses-address = Ingress { $ingress } does not serve { $seen }
    .detail = Its annotation { $annotation } lists { $ranges }. { $isRewritten ->
        [true] ingress-nginx sees { $seen } in place of { $client }: kube-proxy or a load balancer rewrote the source on the way. externalTrafficPolicy: Local on the controller's Service keeps it; behind an HTTP proxy use-forwarded-headers reads X-Forwarded-For.
       *[false] That is the address which the controller sees.
    }
    .docs = https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/annotations/#whitelist-source-range

problem-ingress-asks-for-credentials = Ingress { $ingress } asks for a name and password
    .detail = With auth-type and auth-secret ingress-nginx answers 401 to every request without the header Authorization (curl -u NAME:PASSWORD).
    .docs = https://kubernetes.github.io/ingress-nginx/examples/auth/basic/

problem-ingress-path-taken = Ingress { $ingress } has a path of Ingress { $first }: { GIVEN($host) ->
        [yes] { $host }
       *[no] *
    }{ $path }
    .detail = ingress-nginx serves the path of the older Ingress. Its admission webhook refuses the other one: host and path are "already defined in ingress { $first }". Use another host or path, put both into one Ingress, or make one a canary.
    .docs = https://kubernetes.github.io/ingress-nginx/how-it-works/

problem-ingress-certificate-missing = Ingress { $ingress } has a certificate in Secret { $secret }, which namespace { $namespace } of this text does not have
    .detail = { GIVEN($meant) ->
        [yes] Did you mean { $meant }?
       *[no] There is one in { $elsewhere }. An Ingress reads Secrets of its own namespace only.
    } Without it the controller answers with a certificate of its own, which clients do not trust.
    .docs = https://kubernetes.io/docs/concepts/services-networking/ingress/#tls

problem-ingress-without-class = Ingress { $ingress } has no class, and no IngressClass is the default
    .detail = A controller serves the Ingresses of its classes. { GIVEN($classes) ->
        [yes] Set ingressClassName to one of these: { $classes }.
       *[no] The text has no IngressClass: paste the one of your controller and set ingressClassName to its name (kubectl get ingressclass).
    } Some controllers can be told to take Ingresses without a class, too.
    .docs = https://kubernetes.io/docs/concepts/services-networking/ingress/#ingress-class

problem-ingress-class-missing = Ingress { $ingress } has class { $class }, which the text does not have
    .detail = { GIVEN($classes) ->
        [yes] No controller takes it. The classes are { $classes }.
       *[no] The text has no IngressClass. It needs one of that name, and the controller that it names.
    }
    .docs = https://kubernetes.io/docs/concepts/services-networking/ingress/#ingress-class

problem-pod-without-search-list = Pod { $pod } asks the cluster's DNS for { $name } as it is, and that is no whole name
    .detail = With dnsPolicy: None its resolv.conf has only what dnsConfig says. Call { $meant }, add the search domains there, or use dnsPolicy: ClusterFirst.
    .docs = https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/#pod-dns-config

problem-stateful-set-without-service = StatefulSet { $set } has serviceName { $service }, and there is no such Service
    .detail = DNS publishes the names of its Pods below that Service. Create a headless Service { $service } (clusterIP: None) that selects them.
    .docs = https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/#stable-network-id

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

problem-selected-pods-of-other-family = The Pods that Service { $service } selects have no { $wanted } address
    .detail = { $pod } has { $found }. An EndpointSlice lists only addresses of the Service's ipFamilies. Use a family that the Pods have, or give nodes and Pods both.
    .docs = https://kubernetes.io/docs/concepts/services-networking/dual-stack/

problem-external-name-without-type = Service { $service } has externalName { $target }, and its type is not ExternalName
    .detail = externalName means something only with type: ExternalName. This Service has a cluster IP, no selector and no endpoints.
    .docs = https://kubernetes.io/docs/concepts/services-networking/service/#externalname

problem-container-port-on-node = { $called } is the port of the container in Pod { $pod }; on nodes it is port { $hostPort }
    .detail = hostPort is what the node opens, containerPort what the process listens on in the Pod. Call { $node } on port { $hostPort }.
    .docs = https://kubernetes.io/docs/concepts/extend-kubernetes/compute-storage-net/network-plugins/#support-hostport

problem-selects-job-pods-only = Service { $service } selects only Pods of { $kind } { $job }, which end
    .detail = While they run they are its endpoints. Afterwards they are Succeeded or Failed, and the Service has none. For a server that keeps running use a Deployment or a StatefulSet.
    .docs = https://kubernetes.io/docs/concepts/workloads/controllers/job/

problem-selected-pod-stated-not-ready = Pod { $pod } of Service { $service } is not ready: the annotation kubehop/ready says so
    .detail = Only ready Pods get connections. Remove the annotation to have the readiness probe pass.
    .docs = https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/

problem-readiness-gate-not-set = Pod { $pod } of Service { $service } waits for its readiness gate { $condition }
    .detail = The Pod is ready only when something sets the condition { $condition } to True in its status. Nothing in this text does; usually a controller outside it (a load balancer's, a rollout's) must. The containers themselves may all be ready.
    .docs = https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#pod-readiness-gate

problem-target-port-of-another-protocol = Port { $port } of Service { $service } looks for { $target } with { $wanted }; the Pods declare it with { $declared }
    .detail = A named targetPort is looked up by name and protocol. Set the same protocol in the container's port and in the Service's.
    .docs = https://kubernetes.io/docs/concepts/services-networking/service/#field-spec-ports

problem-target-port-of-init-container = Only init container { $container } declares port { $target }
    .detail = A named targetPort of Service { $service } is looked up in the containers and in sidecars (init containers with restartPolicy Always). An init container that exits serves nothing.
    .docs = https://kubernetes.io/docs/concepts/services-networking/service/#field-spec-ports

problem-no-address-pool = Service { $service } waits for an address: MetalLB has no pool
    .detail = MetalLB gives addresses of IPAddressPools only, and there is none. Create an IPAddressPool in the namespace of MetalLB, and an L2Advertisement or a BGPAdvertisement for it.
    .docs = https://metallb.io/configuration/
problem-address-outside-pools = Service { $service } asks for { $address }, which no pool of MetalLB has
    .detail = MetalLB gives only addresses of its pools: { $pools }. Ask for one of these, or add the address to a pool. Until then EXTERNAL-IP stays <pending>.
    .docs = https://metallb.io/usage/
problem-address-not-shared = Service { $service } asks for { $address }, which { $others } has
    .detail = Two Services may have one address of MetalLB if the annotation metallb.io/allow-shared-ip has the same value on both ({ GIVEN($key) ->
        [no] the other has none
       *[other] the other has "{ $key }"
    }), and no port is the same.
    .docs = https://metallb.io/usage/
problem-sharing-needs-same-backends = Service { $service } cannot share { $address } with { $other }: traffic policies or selectors differ
    .detail = With equal metallb.io/allow-shared-ip two Services share an address only if both have externalTrafficPolicy: Cluster, or both Local and the same selector: one node answers for the address, and must have endpoints of both. Set both to Cluster, or give each its own address.
    .docs = https://metallb.io/usage/
problem-shared-port-taken = Service { $service } cannot share { $address } with { $other }: both have port { $port }
    .detail = Services with one address are told apart by port and protocol. Use another port, or give each Service its own address.
    .docs = https://metallb.io/usage/
problem-pools-exhausted = No address is free for Service { $service }
    .detail = { GIVEN($pools) ->
        [no] MetalLB has no pool from which this Service gets addresses by itself: autoAssign is false, the pool is for other Services, or its addresses are of the other family.
       *[other] Every address of { $pools } is in use. Add addresses to a pool, delete a Service, or let Services share an address (metallb.io/allow-shared-ip).
    } Until then EXTERNAL-IP stays <pending>.
    .docs = https://metallb.io/configuration/
problem-unknown-address-pool = Service { $service } asks for pool { $pool }, which does not exist
    .detail = The annotation metallb.io/address-pool names the pool. There are: { $pools }.
    .docs = https://metallb.io/usage/
problem-pool-for-other-services = Service { $service } may not have addresses of pool { $pool }
    .detail = The pool has serviceAllocation, which names the namespaces and labels of the Services that it is for. This Service is not one of them, so MetalLB refuses it even if it asks.
    .docs = https://metallb.io/configuration/
problem-allocation-refused = MetalLB gives Service { $service } no address
    .detail = Its event says: { $words }
    .docs = https://metallb.io/usage/
problem-pool-not-advertised = Nobody announces the addresses of pool { $pool }
    .detail = Services get addresses of the pool, and nobody answers for them: no L2Advertisement and no BGPAdvertisement is about it. Create an L2Advertisement in the same namespace; one without ipAddressPools is about every pool.
    .docs = https://metallb.io/configuration/
problem-advertises-unknown-pool = { $advertisement } names pool { $pool }, which does not exist
    .detail = An advertisement that names pools is about these only. There are: { $pools }.
    .docs = https://metallb.io/configuration/
problem-advertisement-without-node = The node selectors of { $advertisement } match no node
    .detail = Only nodes that one of nodeSelectors matches announce the addresses. Correct the labels, or leave nodeSelectors out for all nodes.
    .docs = https://metallb.io/configuration/
problem-service-not-advertised = { $advertisement } is not about Service { $service }
    .detail = Its serviceSelectors do not match the labels of the Service, and no other advertisement is about the address: nobody answers for it.
    .docs = https://metallb.io/configuration/
problem-shared-address-not-advertised = Nobody announces the address of Service { $service }, which may be shared
    .detail = { $advertisement } has serviceSelectors. MetalLB does not apply them to Services with metallb.io/allow-shared-ip and announces nothing. Remove the annotation, or the selectors.
    .docs = https://metallb.io/configuration/
problem-no-announcing-node = No node may announce the address of Service { $service }
    .detail = Nodes that may announce: { $candidates }. Nodes with an endpoint that serves: { $endpoints }. With externalTrafficPolicy: Local a node must be both; nodes with the label node.kubernetes.io/exclude-from-external-load-balancers never announce.
    .docs = https://metallb.io/configuration/
problem-nobody-announces-without-endpoint = MetalLB announces the address of Service { $service } from no node: it has no endpoint
    .detail = The Service has its address all the same. As long as no endpoint serves, clients get no answer to ARP and wait until they give up, instead of being refused.
    .docs = https://metallb.io/configuration/
problem-no-bgp-peer = No router hears of { $advertisement }: there is no BGPPeer
    .detail = Nodes announce routes to the routers of BGPPeers. This text has none; the path here assumes that your cluster has.
    .docs = https://metallb.io/configuration/
problem-svclb-port-taken = Service { $service } waits for an address: port { $port } of every node is taken
    .detail = ServiceLB of k3s listens for a Service with a Pod on each node, which needs the port of the Service on the node. { $holder } has it, so the svclb Pods stay Pending and EXTERNAL-IP stays <pending>. Use another port, or one Ingress or Gateway for both.
    .docs = https://docs.k3s.io/networking/networking-services#service-load-balancer
problem-svclb-ignores-address = ServiceLB does not give Service { $service } the address { $address }
    .detail = { GIVEN($addresses) ->
        [no] ServiceLB of k3s gives a Service the addresses of nodes and ignores spec.loadBalancerIP.
       *[yes] ServiceLB of k3s gives a Service the addresses of nodes and ignores spec.loadBalancerIP. This Service has { $addresses }.
    }
    .docs = https://docs.k3s.io/networking/networking-services#service-load-balancer
problem-svclb-without-node = No node serves Service { $service }
    .detail = { GIVEN($selector) ->
        [no] The svclb Pods of k3s ServiceLB tolerate the taints of control planes only; every node has another one.
       *[other] ServiceLB of k3s runs its Pods on nodes with { $selector } only, since a node has the label svccontroller.k3s.cattle.io/enablelb. No node has these labels.
    }
    .docs = https://docs.k3s.io/networking/networking-services#service-load-balancer
problem-svclb-without-local-endpoint = No node of Service { $service } has both an svclb Pod and a ready endpoint
    .detail = With externalTrafficPolicy: Local ServiceLB reports only nodes with a ready Pod of the Service, so EXTERNAL-IP stays <pending>.
    .docs = https://docs.k3s.io/networking/networking-services#service-load-balancer

problem-load-balancer-of-class = Service { $service } waits for a load balancer of class { $class }
    .detail = A Service with loadBalancerClass is left to the implementation of that class; the cluster's own load balancer ignores it. Nothing in this text serves { $class }, so EXTERNAL-IP stays <pending>.
    .docs = https://kubernetes.io/docs/concepts/services-networking/service/#load-balancer-class

problem-caller-without-cluster-dns = { $caller } does not ask the cluster's DNS
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

problem-external-name-not-found = Service { $service } is an alias of { $target }, which does not exist
    .detail = { GIVEN($meant) ->
        [yes] The Service that it most likely means is { $meant }. externalName must be that whole name: the name server does not apply a search list to it.
       *[no] externalName must be a fully qualified name: the name server does not apply a search list to it. For a Service of the cluster write name.namespace.svc.cluster.local.
    }
    .docs = https://kubernetes.io/docs/concepts/services-networking/service/#externalname

problem-external-names-in-circle = Service { $service } is an alias that leads back to itself
    .detail = The way is { $names }, and back to the first: all are of type ExternalName, so no name ever gets an address. Let the last one name a host that has an address, or make it a Service with endpoints.
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

problem-service-of-other-group = { $service } is a Service of { $apiVersion }, which kubehop does not simulate
    .detail = DNS, kube-proxy and Ingresses know Services of v1 only, and this text has none of that name in namespace { $namespace }. The controller of { $apiVersion } may create one in a cluster (Knative makes one that leads to its gateway). Paste what it creates (kubectl get service { $service } -n { $namespace } -o yaml), or write apiVersion: v1 if an ordinary Service was meant.
    .docs = https://kubernetes.io/docs/concepts/services-networking/service/

problem-no-such-service = This text has no Service { $service } in namespace { $namespace }
    .detail = A Pod finds a Service of its own namespace by name, and one of another namespace as name.namespace.
    .docs = https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/

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

problem-own-name-is-service-name = { $service } is { $pod }'s own host name: its /etc/hosts answered with { $address }, not the cluster's DNS
    .detail = The kubelet writes the Pod's own name into its /etc/hosts, which is read before DNS, so the Pod calls itself. To call the Service, use { $service }.{ $namespace }.
    .docs = https://kubernetes.io/docs/tasks/network/customize-hosts-file-for-pods/

problem-host-alias-resolves = { $name } is in { $pod }'s hostAliases: { $address }
    .detail = /etc/hosts is read before DNS, so no name server was asked. If the address is out of date, change or remove the entry.
    .docs = https://kubernetes.io/docs/tasks/network/customize-hosts-file-for-pods/

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
problem-chosen-at-random = kube-proxy chose this endpoint of Service { $service } at random, one of { $endpoints }
    .detail = Each new connection draws anew: that is no round robin, so a few connections may all go to one Pod. Only many of them spread evenly.
    .docs = https://kubernetes.io/docs/reference/networking/virtual-ips/
problem-connection-keeps-endpoint = The open connection stays with { $pod }, which gets no new ones
    .detail = Connection tracking keeps the endpoint that was chosen for the first packet ({ $protocol }), whatever the Service has now. Open a new connection to get another endpoint.
    .docs = https://kubernetes.io/docs/reference/networking/virtual-ips/
problem-node-port-of-another-protocol = Node port { $port } of Service { $service } is { $declared }, and it is called with { $called }
    .detail = { $port }/{ $declared } and { $port }/{ $called } are two ports. Add a port with protocol: { $called } to the Service if the Pods listen for it.
    .docs = https://kubernetes.io/docs/concepts/services-networking/service/#type-nodeport
problem-cluster-ip-from-outside = { $address } is the cluster IP of Service { $service }: only nodes and Pods know it
    .detail = { GIVEN($open) ->
        [yes] From outside, call { $open }.
       *[no] From outside, use a Service of type NodePort or LoadBalancer, an Ingress, or kubectl port-forward service/{ $service }.
    }
    .docs = https://kubernetes.io/docs/concepts/services-networking/service/#publishing-services-service-types

problem-pod-ip-from-outside = { $address } is the address of Pod { $pod }: only nodes and Pods have a route to it
    .detail = From outside, use a Service of type NodePort or LoadBalancer, an Ingress, or kubectl port-forward pod/{ $pod }.
    .docs = https://kubernetes.io/docs/concepts/cluster-administration/networking/

problem-node-port-on-loopback = In { $mode } mode, node ports are not open on localhost
    .detail = kube-proxy serves the node port of Service { $service } on { $node } at { $open }, not on the loopback address. In iptables mode, IPv4 localhost works as well.
    .docs = https://kubernetes.io/docs/reference/networking/virtual-ips/#migrating-from-iptables-mode-to-nftables

problem-localhost-is-the-caller = localhost is the caller itself ({ $caller ->
        [client] the outside client
       *[other] { $caller }
    }), and nothing listens on its port { $port }
    .detail = { GIVEN($open) ->
        [yes] { $port } is the node port of Service { $service }, and node ports are open on the addresses of nodes: { $open }. Where the nodes are containers or virtual machines of your own machine (kind, minikube, Docker Desktop), localhost reaches them only through a mapped port or kubectl port-forward.
       *[no] Every Pod and every machine has a loopback address of its own. Call a Service by its name or cluster IP; from your own machine, kubectl port-forward opens a port on localhost.
    }
    .docs = https://kubernetes.io/docs/tasks/access-application-cluster/port-forward-access-application-cluster/

problem-stateful-set-service-name-differs = StatefulSet { $set } has { GIVEN($written) ->
        [yes] serviceName { $written }
       *[no] no serviceName
    }, and headless Service { $service } selects its Pods
    .detail = DNS publishes the Pods' names below the Service that serviceName names: { $set }-0.{ $service } does not exist. Set serviceName: { $service }.
    .docs = https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/#stable-network-id

problem-listens-on-loopback = Container { $container } listens on the loopback address only: { $argument }
    .detail = What arrives at the Pod's address is refused on port { $port }; kubectl port-forward and requests inside the Pod work. Listen on 0.0.0.0 or [::].
    .docs = https://kubernetes.io/docs/tasks/debug/debug-application/debug-service/

problem-service-variable-looks-like-setting = Container { $container } gets { $variable } from Service { $service }
    .detail = It is configured by variables with the same prefix ({ $setting }), so the program may read that one as its own setting. Set the variable yourself, set enableServiceLinks: false, or rename the Service.
    .docs = https://kubernetes.io/docs/concepts/services-networking/service/#environment-variables

problem-headless-maps-no-ports = Headless Service { $service } does not map port { $port } to { $target }
    .detail = The name of a headless Service is the Pods' own addresses, so nothing translates the port. Call port { $target }.
    .docs = https://kubernetes.io/docs/concepts/services-networking/service/#headless-services

problem-only-sibling-declares-port = Pod { $pod } declares no port, and { $sibling } behind the same Service { $service } declares { $declared }
    .detail = The Service sends { $pod } its share of the connections all the same. If nothing listens there, that share is refused: give the Pod other labels, or make the selector narrower. If something does, declare the port.
    .docs = https://kubernetes.io/docs/concepts/services-networking/service/#field-spec-ports

problem-pod-declares-other-ports = Pod { $pod } declares { $declared }, and is called on { $port }
    .detail = Most likely the process listens on the declared port: call that one. What containers declare is information only, so if something listens on { $port }, declare it or state it with the annotation kubehop/listens.
    .docs = https://kubernetes.io/docs/concepts/services-networking/service/#field-spec-ports

problem-topology-hints-not-set = Service { $service } asks for topology-aware routing and gets no hints
    .detail = { $why ->
        [node-without-zone] A ready node has no label topology.kubernetes.io/zone.
        [one-zone] All ready nodes are in one zone.
        [endpoint-without-zone] An endpoint is on a node without a zone.
        [fewer-endpoints-than-zones] There are fewer ready endpoints ({ $endpoints }) than zones ({ $zones }).
       *[other] { $endpoints } ready endpoints cannot be distributed among { $zones } zones in proportion to their CPUs without overloading one by more than 20 % (the overload threshold).
    } So the controller sets no hints (its event is TopologyAwareHintsDisabled), and every zone uses all endpoints. trafficDistribution: PreferSameZone has no such threshold.
    .docs = https://kubernetes.io/docs/concepts/services-networking/topology-aware-routing/#safeguards

problem-hints-not-for-node = No endpoint of Service { $service } is for the zone of { $node }
    .detail = { GIVEN($zone) ->
        [yes] No ready endpoint has a hint for zone { $zone }, so kube-proxy on { $node } uses all endpoints, also those of other zones.
       *[no] { $node } has no label topology.kubernetes.io/zone, so its kube-proxy uses all endpoints.
    }
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

problem-apply-removes-selector = kubectl apply would remove the selector { $selector } of Service { $service }
    .detail = kubectl create refuses this second document; kubectl apply updates the first object with it. Without a selector nobody updates the Service's EndpointSlices any more, and nobody deletes them: connections keep going to the Pods of that moment, and fail when those are gone. Delete the old slices (kubectl delete endpointslices -l kubernetes.io/service-name={ $service }), or delete the Service first.
    .docs = https://kubernetes.io/docs/concepts/services-networking/service/#services-without-selectors

problem-namespace-comes-later = { $object } is before its Namespace { $namespace } in the text
    .detail = kubectl apply sends documents in their order. Unless namespace { $namespace } exists already, { $objects ->
        [1] this object is
       *[other] these { $objects } objects are
    } refused the first time: namespaces "{ $namespace }" not found. Move the Namespace to the front. kubehop goes on as if it were there.
    .docs = https://kubernetes.io/docs/concepts/overview/working-with-objects/namespaces/

problem-apply-merges-ports = kubectl apply would lose a port { $port } of Service { $service }
    .detail = kubectl create refuses this second document. kubectl apply merges it into the first one, and identifies ports by their number alone, not by number and protocol: of { $written } only { $stored } remains. kubectl apply --server-side identifies them by both; kubectl replace stores the document as written.
    .docs = https://kubernetes.io/docs/reference/using-api/server-side-apply/

problem-no-local-endpoint = Service { $service } has no endpoint on { $node }, and its { $policy } is Local
    .detail = { GIVEN($nodes) ->
        [yes] Only nodes with an endpoint serve it: { $nodes }. Set the policy to Cluster, or run a Pod on every node.
       *[no] No node has a ready endpoint.
    }
    .docs = https://kubernetes.io/docs/reference/networking/virtual-ips/#traffic-policies

problem-selects-other-program = Service { $service } also selects { $pod }, which does not declare port { $target }
    .detail = { $meant } declares it; { $pods } of { $all } selected Pods declare only other ports, and get that share of the connections. { GIVEN($label) ->
        [yes] Add { $label } to the selector: only the Pods with the port have it.
       *[no] Give the meant Pods a label of their own, and select it.
    }
    .docs = https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/

problem-selects-job-pods = Service { $service } also selects the Pods of { $kind } { $job }
    .detail = { $pods } of { $all } selected Pods are the Job's. While they run they get that share of the connections. Give the Job's Pods other labels, or add a label to the selector that only the meant Pods have.
    .docs = https://kubernetes.io/docs/tasks/debug/debug-application/debug-service/

problem-source-not-in-ranges = { $client } is in none of the loadBalancerSourceRanges of Service { $service }
    .detail = They are { $ranges }. The rules filter every packet to the load balancer's address, also those of Pods and nodes; the node port and the cluster IP are not filtered.
    .docs = https://kubernetes.io/docs/concepts/services-networking/service/#loadbalancer

problem-no-ingress-rule-matches = { $hostKnown ->
        [true] No path of the Ingress rules for { $host } matches { $path }
       *[other] No Ingress rule is for host { $host }
    }
    .detail = { GIVEN($rules) ->
        [yes] The rules are for { $rules }.
       *[no] No Ingress has a rule.
    } A rule applies only if host and path both match; without a match the controller answers 404.
    .docs = https://kubernetes.io/docs/concepts/services-networking/ingress/

problem-ingress-backend-missing = Ingress { $ingress } sends it to Service { $service }, which namespace { $namespace } does not have
    .detail = { GIVEN($elsewhere) ->
        [yes] There is one in { $elsewhere }. A backend is always in the namespace of its Ingress.
       *[no] { GIVEN($nearest) ->
            [yes] There is { $nearest }: was it meant?
           *[no] A backend is looked up by name in the namespace of its Ingress.
        }
    }
    .docs = https://kubernetes.io/docs/concepts/services-networking/ingress/

problem-ingress-path-not-a-regex = Path { $path } of Ingress { $ingress } looks like a regular expression, and ingress-nginx reads it as it is written
    .detail = Expressions need the annotation nginx.ingress.kubernetes.io/use-regex: "true" (or a rewrite-target); then all paths of the host are expressions without regard to case. Use pathType: ImplementationSpecific for them.
    .docs = https://kubernetes.io/docs/concepts/services-networking/ingress/

problem-ingress-path-of-wrong-type = The webhook of ingress-nginx refuses path { $path } of Ingress { $ingress }: its type is { $pathType }
    .detail = Since ingress-nginx 1.12 (strict-validate-path-type) paths of type Exact and Prefix may have letters, digits, / _ - and . only. Use pathType: ImplementationSpecific. { $regex ->
        [true] Without that webhook ingress-nginx reads the path as a regular expression all the same.
       *[other] Without that webhook ingress-nginx compares it as it is written, because no use-regex or rewrite-target makes it an expression.
    }
    .docs = https://kubernetes.io/docs/concepts/services-networking/ingress/

problem-ingress-backend-not-grpc = Ingress { $ingress } speaks HTTP/1.1 to Service { $service }
    .detail = gRPC is HTTP/2. Set the annotation nginx.ingress.kubernetes.io/backend-protocol: GRPC, and call the host with TLS: ingress-nginx offers HTTP/2 to clients on its TLS port.
    .docs = https://kubernetes.io/docs/concepts/services-networking/ingress/

problem-workload-makes-no-pods = { $workload } makes no Pod, so Service { $service } has no endpoint
    .detail = { $suspended ->
        [true] Its Pods would have the labels of the selector, and spec.suspend is true.
       *[other] Its Pods would have the labels of the selector, and no node is right for them: { $why }
    }
    .docs = https://kubernetes.io/docs/tasks/debug/debug-application/debug-service/

problem-workload-scaled-to-zero = { $workload } is scaled to 0, so Service { $service } has no endpoint
    .detail = Its Pods have the labels of the selector, and it has none. Set replicas to 1 or more.
    .docs = https://kubernetes.io/docs/tasks/debug/debug-application/debug-service/

problem-selects-workload-labels = Service { $service } selects labels of { $workload }, not of its Pods
    .detail = { $selector } is in metadata.labels of the workload. A Service looks at Pods, which get the labels of the template: { $labels }. Select those, or add the label to spec.template.metadata.labels.
    .docs = https://kubernetes.io/docs/tasks/debug/debug-application/debug-service/

problem-endpoints-overwritten = The Endpoints written for Service { $service } are overwritten, since it has a selector
    .detail = The controller writes the Endpoints and EndpointSlices of a Service with a selector, from the Pods that match. To write them yourself, remove spec.selector.
    .docs = https://kubernetes.io/docs/concepts/services-networking/service/#services-without-selectors

problem-endpoints-in-other-namespace = { $kind } for Service { $service } is in namespace { $written }, and the Service is in { $namespace }
    .detail = A Service uses endpoints of its own namespace only. Write namespace: { $namespace }.
    .docs = https://kubernetes.io/docs/concepts/services-networking/service/#services-without-selectors

problem-slice-of-other-family = EndpointSlice { $slice } has { $written } addresses, and Service { $service } has only { $wanted }
    .detail = kube-proxy handles each family by itself: endpoints of { $written } serve a cluster IP of { $written } only. Write a slice with addressType { $wanted }, or give the Service both families.
    .docs = https://kubernetes.io/docs/concepts/services-networking/endpoint-slices/

problem-target-port-missing-in-some = { $pods } of { $all } Pods of Service { $service } have no port named { $target } and get no connections
    .detail = { GIVEN($declared) ->
        [yes] { $pod } declares { $declared }.
       *[no] { $pod } declares no named port.
    } A named targetPort is looked up in each Pod; one without it is no endpoint for the port, although it is ready. Name the port { $target } there, too.
    .docs = https://kubernetes.io/docs/concepts/services-networking/service/#field-spec-ports

problem-pod-port-on-node = Port { $called } is a container's of Pod { $pod }, not { $node }'s
    .detail = A Pod has an address of its own, and what its containers listen on is open there, not on the node. A Service of type NodePort or hostPort opens a port on nodes.
    .docs = https://kubernetes.io/docs/concepts/services-networking/service/#type-nodeport
problem-argument-names-other-port = Container { $container } runs with { $argument }, and port { $reached } is called
    .detail = Many programs listen on the port that such an argument names. The container declares no ports, so kubehop assumes that { $reached } is open; if the program listens on { $value } only, the connection is refused: set targetPort: { $value }.
    .docs = https://kubernetes.io/docs/concepts/services-networking/service/#field-spec-ports
problem-port-variable-differs = Container { $container } has PORT={ $value }, and port { $reached } is called
    .detail = Many programs listen on the port that this variable names. The container declares no ports, so kubehop assumes that { $reached } is open; if the program reads PORT, the connection is refused: set targetPort: { $value }.
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

problem-node-port-on-pod = { $called } is the node port of Service { $service }, and Pod { $pod } is called on it
    .detail = Node ports are open at the addresses of nodes only. Call a node on { $called }, or the Pod on { $target }.
    .docs = https://kubernetes.io/docs/concepts/services-networking/service/#type-nodeport

problem-plain-http-to-tls-port = Port { $port } of Service { $service } is called with http, and speaks TLS
    .detail = { $isApiServer ->
        [true] The API server serves HTTPS only:
       *[false] It is named https. If the Pods serve TLS there,
    } the connection is made and the answer is 400, "Client sent an HTTP request to an HTTPS server" or the like. Call it with https.
    .docs = https://kubernetes.io/docs/tasks/run-application/access-api-from-pod/

problem-service-port-on-node = { $nodePort ->
        [0] Nodes do not open port { $called } of Service { $service }: it has no node port
       *[other] On nodes, Service { $service } is port { $nodePort }, not { $called }
    }
    .detail = { $nodePort ->
        [0] Its address is the cluster IP, for Pods and nodes only. For a port on { $node }, set type: NodePort.
       *[other] Call { $node } on port { $nodePort }; { $called } is a port of the Service or of its Pods.
    }
    .docs = https://kubernetes.io/docs/concepts/services-networking/service/#type-nodeport

problem-service-of-another-proxy = kube-proxy ignores Service { $service }: its label service-proxy-name is { $proxy }
    .detail = With the label service.kubernetes.io/service-proxy-name, whatever its value, kube-proxy writes no rules for a Service and leaves it to another proxy. Without that proxy nobody has its address: remove the label.
    .docs = https://kubernetes.io/docs/reference/labels-annotations-taints/#servicekubernetesioservice-proxy-name

problem-endpoint-is-cluster-ip = An endpoint of Service { $service } is { $address }, the cluster IP of Service { $other }
    .detail = A cluster IP is no host: kube-proxy rewrites a connection once, and nobody has the address that this gives. Use the addresses of the Pods, or type: ExternalName with the name of the other Service.
    .docs = https://kubernetes.io/docs/concepts/services-networking/service/#services-without-selectors

problem-policy-allows-cluster-ip = NetworkPolicy { $policy } allows { $block }, which has the address of Service { $service }; policies see the Pod behind it
    .detail = kube-proxy replaces the cluster IP by a Pod address ({ $found }) before policies are asked. Allow the Pods, with podSelector and namespaceSelector.
    .docs = https://kubernetes.io/docs/concepts/services-networking/network-policies/

problem-policy-sees-node = NetworkPolicy { $policy } allows { $client }, and the packet has { $found }: the node replaced the source
    .detail = With externalTrafficPolicy: Cluster the node that takes the connection replaces the client's address by its own. Set externalTrafficPolicy: Local on Service { $service }, or allow the nodes' addresses.
    .docs = https://kubernetes.io/docs/concepts/services-networking/service/#external-traffic-policy

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
    } A parent that does not exist gets no entry in status.parents: the route is attached to nothing, and nobody says so.
    .docs = https://kubernetes.io/docs/concepts/services-networking/gateway/

problem-pool-in-default-namespace = IPAddressPool { $pool } is in namespace default
    .detail = MetalLB reads its objects in its own namespace only, which is metallb-system unless it was installed elsewhere. In default nobody reads them, and EXTERNAL-IP stays <pending>. kubehop assumes that MetalLB runs in default; write namespace: metallb-system if it does not.
    .docs = https://metallb.io/configuration/

problem-metallb-config-map-ignored = MetalLB does not read ConfigMap { $configMap }
    .detail = Since version 0.13 MetalLB is configured by custom resources, and the pools of this ConfigMap give out no address. Write an IPAddressPool, and an L2Advertisement or BGPAdvertisement for it, in MetalLB's namespace.
    .docs = https://metallb.io/configuration/migration_to_crds/

problem-listener-without-certificate = Listener { $listener } of Gateway { $gateway } has no certificate and is not served
    .detail = { $isPermitted ->
        [true] { GIVEN($secrets) ->
            [yes] The text has no Secret { $secrets } of type kubernetes.io/tls in the namespace that certificateRefs names. If something else creates it, such as cert-manager, paste it here, too.
           *[no] Its tls names no certificateRefs.
        }
       *[other] Secret { $secrets } is in another namespace, without a ReferenceGrant there from Gateways to Secrets.
    }
    .docs = https://kubernetes.io/docs/concepts/services-networking/gateway/

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

problem-musl-does-not-search = musl in Pod { $pod } asks for { $name } as it is only, since it has { $ndots } or more dots
    .detail = glibc goes on with the search list when such a name does not exist; musl (Alpine Linux) does not. Call { $meant }, or raise ndots in dnsConfig (the cluster's own value is 5).
    .docs = https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/#pod-dns-config

problem-absolute-name = The dot at the end of { $name } makes it a whole name, for which no search domain is tried
    .detail = Without the dot it is Service { $service }. With the dot only the whole name { $meant } exists.
    .docs = https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/

problem-name-of-workload-only = { $workload } is the name of a { $kind }, which has no name in DNS
    .detail = { GIVEN($meant) ->
        [yes] Services have names. The one that selects its Pods is { $meant }: call that.
       *[no] Services have names, and none of this text selects its Pods. kubectl expose makes one.
    }
    .docs = https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/

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

problem-affinity-by-address = Service { $service } sends everyone with the address { $client } to one of its { $endpoints } endpoints
    .detail = sessionAffinity: ClientIP goes by the source address that the node sees, for { $seconds } s after the last new connection. Clients behind one NAT, proxy or load balancer count as one, and each node remembers for itself. For sessions of single users, use cookies in an Ingress or Gateway.
    .docs = https://kubernetes.io/docs/concepts/services-networking/service/#session-affinity

problem-route-backend-speaks-tls = The Gateway speaks plain HTTP to port { $port } of Service { $service }, which looks like one of HTTPS
    .detail = { $route } has no BackendTLSPolicy for this Service: a Gateway then begins no TLS of its own. A process that speaks TLS there answers 400 ("plain HTTP request was sent to HTTPS port") or closes the connection, which gives 502 or 503. Write a BackendTLSPolicy whose targetRefs name the Service, or send the requests to its HTTP port.
    .docs = https://kubernetes.io/docs/concepts/services-networking/gateway/

problem-ingress-backend-speaks-tls = ingress-nginx speaks plain HTTP to port { $port } of Service { $service }, which looks like one of HTTPS
    .detail = Ingress { $ingress } has no annotation nginx.ingress.kubernetes.io/backend-protocol. A process that speaks TLS there answers 400 ("plain HTTP request was sent to HTTPS port") or closes the connection, which gives 502. Set backend-protocol: "HTTPS".
    .docs = https://kubernetes.io/docs/concepts/services-networking/ingress/

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

problem-connection-outlives-endpoint = The open connection leads to { $address }, which no host has any more
    .detail = Connection tracking keeps the endpoint that was chosen for the first packet. { $protocol ->
        [UDP] UDP has no end: the entry lives as long as packets come from the same port. kube-proxy deletes it only when the Service has other endpoints. Send from a new socket.
       *[other] Open a new connection: the client has to notice by a timeout or keep-alive.
    }
    .docs = https://kubernetes.io/docs/reference/networking/virtual-ips/

problem-connection-balanced = All requests of this connection go to the same one of { $endpoints } endpoints of Service { $service }
    .detail = kube-proxy balances connections, not requests, and gRPC (HTTP/2) sends many requests over one connection that stays open; so does keep-alive. Pods that are added later get nothing from it. To spread requests, use a headless Service with a client that balances, or a proxy that does, such as a service mesh or an Ingress.
    .docs = https://kubernetes.io/docs/reference/networking/virtual-ips/

problem-route-not-attached = { $route } is not attached to Gateway { $gateway }
    .detail = { $why ->
        [section] No listener has the sectionName and the port of its parentRef.
        [kind] No listener takes routes of this kind: HTTP and HTTPS take HTTPRoutes and GRPCRoutes, TLS takes TLSRoutes, TCP and UDP their own, and allowedRoutes.kinds may take less.
        [not-allowed] No listener allows this kind of route from namespace { $namespace }. Without allowedRoutes.namespaces a listener allows routes of the Gateway's namespace only.
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
problem-redirect-to-itself = The redirect leads to the URL that was asked for: { $to }
    .detail = A client that follows it goes round until it gives up (ERR_TOO_MANY_REDIRECTS). The rule applies to the redirected request as well: let it apply to the listener for HTTP only, for instance with sectionName in parentRefs, and route the HTTPS listener to a backend.
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
problem-ingress-backend-port = Ingress { $ingress } sends it to port { $port } of Service { $service }, which it does not have
    .detail = A backend names the Service's port, not the Pods'. The Service has { $ports }.
    .docs = https://kubernetes.io/docs/concepts/services-networking/ingress/


## Why the packet took this path. .detail continues the paragraph; .note is a remark; .stop labels the hop on the timeline.

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
        [true] Any node can be called: the port is open on all of them.
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
    .detail = The container's argument { $argument } names the loopback address. A process that listens there refuses what arrives at the Pod's address, although kubectl port-forward and requests inside the Pod work.
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


## How the request ended

verdict-answered = { $by } answered.
    .detail = The client sees the answer come from the address it called.
verdict-answered-unless = { $unless ->
        [not-routed] { $by } answers if your network routes the address to a node.
        [internal-balancer] { $by } answers if the client is in the load balancer's private network.
        [gateway-api] Answered, unless { $object } decides otherwise.
        [load-balancer] { $by } answers, unless { $object } gives the address to another Service or to none.
        [policy] { $by } answers, unless { $object } forbids it.
        [network-plugin] { $by } answers, unless the network plugin applies { $object }.
        [extension-filter] { $by } answers, unless { $object } decides otherwise.
        [backend-tls] { $by } answers, unless its certificate is not one that { $object } accepts.
        [mesh-route] { $by } answers, unless { $object } sends the request elsewhere.
       *[service-mesh] { $by } answers, unless the service mesh of { $object } decides otherwise.
    }
    .detail = { $unless ->
        [not-routed] Kubernetes announces an external IP to nobody: no node has it as its own or answers ARP for it ({ $object }). A router, a static route or a load balancer of yours has to lead it to a node.
        [internal-balancer] An annotation asks the cloud for an internal load balancer: { $object }. Its address is one of the private network, which clients in that network reach, also by VPN or peering, but nobody on the internet. Remove the annotation for a public address; most clouds then make another load balancer.
        [gateway-api] Routes of a mesh, and routes whose Gateway is not in the text, are not simulated: this object decides which Service gets the request, if any. The path shown here is the one without it.
        [load-balancer] This load balancer is not simulated: it decides which address the Service gets and which node answers for it. The path shown here is that of a cloud's load balancer.
        [policy] Policies of this kind are not simulated. This one applies to the client or the endpoint; the path shown here is the one without it.
        [network-plugin] Kubernetes leaves it to the network plugin whether policies apply to this packet; the hop says why. Choose the plugin in the cluster's settings.
        [extension-filter] The rule has a filter of the Gateway's controller (extensionRef). What it does to the request, such as asking for a login or limiting the rate, its controller alone knows; without it, the request takes this path.
        [backend-tls] The Gateway speaks TLS to this Service and checks its certificate against spec.validation. Manifests do not say what the process there presents; one that speaks plain HTTP gives HTTP 502 or 503.
        [mesh-route] Routes of a service mesh are not simulated. They apply to callers with the mesh's sidecar, and at its gateways; the path shown here is the one without them.
       *[service-mesh] Service meshes are not simulated. A proxy handles the traffic of this Pod and can redirect, encrypt or refuse it; the path shown here is the one without it.
    }
verdict-answered-outside = { $host } is outside the cluster; kubehop assumes that it answers.
    .detail = { $endpoint } stands for every host outside. Whether this one exists, and what answers there, no manifest says.
verdict-redirected = { $by } redirects to { $to }: HTTP { $status }.
    .detail = The client has to send the request again, to that address.
verdict-controller-decides = The request reached { $by }; what becomes of it depends on the Ingress controller.
    .detail = { $matter ->
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
        [backend-not-grpc] The controller speaks HTTP/1.1 to the Service behind the rule.
       *[other] The endpoint behind the rule did not answer.
    }
verdict-unknown = The packet reached { $pod }; whether anything listens on port { $port } is not known.
    .detail = Declare the port in a container, or state it with the pod annotation kubehop/listens.


## The request

request-no-origin = { $text } is not a valid origin. Write pod/name, pod/namespace/name, node/name or an IP address.
request-no-such-origin = { $text } does not exist, or has no address yet.
request-no-address = { $text } has no { $family } address.
request-no-host = A host name or address is missing.
request-bad-port = The port must be a number from 1 to 65535.
request-ping = ping uses ICMP, which has no ports, and a Service has rules only for its ports: its ClusterIP does not answer ping even when the Service works. Call one of its ports.
request-bad-header = { $text } is neither a header nor a method. Write -H 'Name: value' or -X POST behind the URL.
request-unknown-scheme = The scheme must be one of http, https, grpc, grpcs, tcp, udp, sctp.
request-no-port = A port is missing.


## Events, as the text tool takes them

event-no-event = { $text } is not a valid event. Write unready, ready, delete or gone followed by pod/name, or scale deployment/name=3, rollout restart deployment/name, image deployment/name, down node/name, node back name, cordon name, uncordon name, label pod/name key=value. lag=2 at the end shows the moment before kube-proxy's rules follow, 2 seconds later.
event-no-pod = { $text } is not a pod. Write pod/name or pod/namespace/name.
event-no-node = { $text } is not a node. Write node/name.
event-no-workload = { $text } cannot be scaled. Write deployment/name=3; statefulset, replicaset and replicationcontroller work the same way. In a namespace other than default, write deployment/namespace/name=3.
event-no-replicas = { $text } does not give the number of Pods. Write deployment/name=3, with a number from 0 to 65535.
event-no-rollout = { $text } cannot be rolled out. Write deployment/name, statefulset/name or daemonset/name. In a namespace other than default, write deployment/namespace/name.
event-no-image = { $text } is not a container with an image. Write container=image, for example app=web:2.
event-no-object = { $text } is not an object of a kind that kubehop models. Write kind/name or kind/namespace/name, for example pod/web-0.
event-no-key-value = { $text } is not a valid change. Write key=value, or key- to remove the key.
event-no-lag = { $text } is not a valid lag. Write lag=2, with a number of seconds from 0 to 3600.
event-no-such-object = { $text } does not exist.


## Expectations (`kubehop check --expect`)

# What is wrong with a file of expectations.
expectation-not-yaml = { $message }
expectation-wrong-shape = { GIVEN($field) ->
    [yes] { $field } must be
   *[no] This must be
} { $wanted ->
    [list] a list.
    [mapping] a mapping.
    [number] a number.
    [status] an HTTP status from 100 to 599.
    [shares] a mapping from who answers to a percentage.
    [percent] a percentage from 0 to 100.
    [range] a range of addresses, 10.244.0.0/16.
   *[text] a text.
}
expectation-unknown-field = There is no field { $field } here. The fields are { $known }.
expectation-missing-field = The field { $field } is missing.
expectation-unknown-outcome = { $text } is not an outcome. The outcomes are { $known }.
expectation-no-answerer = { $text } names nobody who can answer. Write pod/name, deployment/name, node/name, an IP address, or outside.
expectation-other-question = “{ $wanted }” does not fit the question: a connection is answered or fails, and only what run names prints.

# What became of an expectation. $wanted is in the words of the file: answered by deployment/web.
judgement-met = { $wanted }
judgement-not-met = expected { $wanted }. { $found }
judgement-not-printed = expected { $wanted }, but no line of the output contains it.
judgement-printed = expected { $wanted }, but the output contains it.
judgement-other-source = expected { $wanted }, but the source is { $source }.
judgement-other-share = expected { $wanted }, but the share is { $percent } %.
judgement-other-pods = expected { $wanted }, but { $count ->
    [one] one pod answers.
   *[other] { $count } pods answer.
}
judgement-impossible = expected { $wanted }. { $why }


## Cluster events. .act labels the button that applies the event; .command is its name in the command palette; .cause says
## in the log what no kubectl command does.

happening-unready = { $pod } is not ready
    .act = Not ready
    .command = { $pod }: not ready
    .cause = No kubectl command: its readiness probe fails
happening-ready = { $pod } is ready
    .act = Ready
    .command = { $pod }: ready
    .cause = No kubectl command: its readiness probe succeeds
happening-deleted = { $pod } deleted
    .act = Delete
    .command = { $pod }: delete
happening-gone = { $pod } removed
    .act = Remove
    .command = { $pod }: remove
happening-scaled = { $kind } { $name }: { $replicas ->
        [one] { $replicas } Pod
       *[other] { $replicas } Pods
    }
    .act = Scale to { $replicas }
    .command = { $kind } { $name }: scale to { $replicas }
happening-node-down = { $node } is down
    .act = Node down
    .command = { $node }: down
    .cause = No kubectl command: the machine stops
happening-restarted = { $kind } { $name } restarted
    .act = Rollout restart
    .command = kubectl rollout restart { $object }
happening-image-set = { $kind } { $name }: { GIVEN($image) ->
        [yes] image { $image }
       *[no] next image
    }
    .act = Set image
    .command = kubectl set image { $object } { GIVEN($image) ->
        [yes] { $image }
       *[no] (next tag)
    }
happening-node-back = { $node } is back
    .act = Node back
    .command = { $node }: back
    .cause = No kubectl command: the machine runs again
happening-cordoned = { $node } cordoned
    .act = Cordon
    .command = kubectl cordon { $node }
happening-uncordoned = { $node } uncordoned
    .act = Uncordon
    .command = kubectl uncordon { $node }
happening-labeled = { $object }: { $changes }
    .act = Label { $changes }
    .command = kubectl label --overwrite { $object } { $changes }
happening-annotated = { $object }: { $changes }
    .act = Annotate { $changes }
    .command = kubectl annotate --overwrite { $object } { $changes }
happening-lagging = { $event }; the rules follow { $lag } s later
    .act = Delete, rules { $lag } s late
    .command = { $event }, with rules that follow { $lag } s later


## The picture

caption-outside = outside
caption-cluster = cluster
caption-client = client
caption-service = service
caption-endpoints = endpoints
caption-pods = pods
caption-outside-client = outside client
caption-outside-machine = outside
caption-load-balancer = load balancer
caption-rules = { $count ->
        [one] { $count } rule
       *[other] { $count } rules
    }
caption-process = process
caption-selects = selector { $selector } · { $ready } of { $total } endpoints ready
caption-selector = selector
caption-no-selector = no selector
caption-no-label = no { $key }
caption-calls = calls { $host }
caption-ready = { $ready } of { $total } ready
caption-no-endpoint-here = no endpoint here
caption-selects-by-hand = no selector · { $ready } of { $total } endpoints ready
caption-alias = DNS alias: no address, no rules
caption-no-endpoint = no endpoint
caption-not-selected = not selected
caption-behind = behind { $service }
caption-stopped = ✕ stopped
caption-not-running = not running
caption-not-ready = not ready
caption-terminating = terminating
caption-added = added
caption-removed = removed
caption-new-pod = new · { $address }
caption-gone = gone
caption-pending = EXTERNAL-IP <pending>
caption-isolated = isolated: { $half } { $policies }
caption-gate-open = { $half }: open { $rule ->
        [0] { "" }
       *[other] { $policy }, rule { $rule }
    }
caption-gate-shut = { $half }: shut { $policies }
caption-gate-depends = { $half }: depends
caption-more = + { $count } more
caption-groups = Also in { $namespace }: Services { $services }{ $workloads ->
        [0] {""}
       *[other] {" "}· other workloads { $workloads }
    }
caption-namespace = Services { $services } · Pods { $pods }
caption-more-nodes = + { $count } more nodes


## Sentences of the page

page-hop = hop { $hop } of { $hops }
    .short = { $hop } / { $hops }
page-resolved = { $services ->
        [one] { $services } Service
       *[other] { $services } Services
    } · { $pods ->
        [one] { $pods } Pod
       *[other] { $pods } Pods
    } · { $nodes ->
        [one] { $nodes } Node
       *[other] { $nodes } Nodes
    } resolved in { $took } ms
page-nothing-to-call = No Service to call yet. Type an address or a name.
page-errors = { $count ->
        [one] { $count } error
       *[other] { $count } errors
    }
page-warnings = { $count ->
        [one] { $count } warning
       *[other] { $count } warnings
    }
page-notes = { $count ->
        [one] { $count } note
       *[other] { $count } notes
    }
page-alike-problems = { $count } more of this kind
page-more-problems = … { $count } more. “Copy” has all of them.
page-found = { $count } found
page-more-found = … { $count } more. More words find fewer.
page-more-chains = … { $count } more chains. The search finds what is in them.
page-more-slices = … { $count } more EndpointSlices. The search finds them.
page-found-lines = { $count } of { $total } lines
page-came-later = Created after the Pod, so the Pod has no variables for them: { $services }. Create Services first, or restart the Pod. DNS names work either way.
page-course-step = step { $step } of { $steps }
page-course-done = { $done } of { $lessons } done
page-course-minutes = { $minutes } min
page-course-hints = { $count ->
    [0] no hint
    [one] 1 hint
   *[other] { $count } hints
}
page-course-hint = Hint { $hint } of { $hints }
page-course-hop = Show hop { $hop }
page-course-many = { $connections } sent, { $pods ->
    [one] one pod answered
   *[other] { $pods } pods answered
}

# What the check of a lesson requires.
required-answered = is answered
required-answered-by = is answered by { $by }
required-source-seen = the source seen is { $source ->
        [client] the outside client
       *[other] { $source }
    }
required-refused = is refused
required-timed-out = times out
required-no-such-name = the name does not exist
required-lookup-failed = the name cannot be looked up
required-status = HTTP status { $status }
required-pods = { $count ->
    [one] one pod answers
   *[other] { $count } pods answer
}
required-share = { $by } answers { $percent } %
required-prints = prints “{ $text }”
required-prints-not = does not print “{ $text }”


## Labels on the page

label-about = About
label-about-note = kubehop is a simulation. It computes in your browser what Kubernetes 1.36, with kube-proxy in iptables, nftables or IPVS mode, makes of your manifests, and walks each packet through the same rules that it prints. The console has kubectl, curl, dig and the tools of a node; help lists them. Nothing you type leaves this page.

    Not modelled: the CNI plugin's own rules and masquerading, MTU, and what a process does with a connection. A port that a container declares is assumed to be open, and so is every port of a pod that declares none.
label-after = after
label-before = before
label-cell-absent = –
label-cell-answered = answered
label-cell-no-name = no name
label-cell-refused = refused
label-cell-timeout = timeout
label-cell-unknown = unknown
label-close = Close
label-cluster-domain = DNS domain
label-cluster-intro = Settings that the manifests do not contain. Nodes in the manifests replace the nodes set here.
label-cluster-creation = Creation order
label-cluster-load-balancer = LoadBalancer Services
label-cluster-network-plugin = NetworkPolicies, enforced by
label-cluster-nodes = Nodes
label-cluster-pods = Pod addresses
label-cluster-services = Service addresses
label-column-after = after
label-column-before = before
label-column-connection = connection
label-column-connections = CONNECTIONS
label-column-endpoint = ENDPOINT
label-column-expected = EXPECTED
label-column-from-to = from ↓  to →
label-column-outcome = OUTCOME
label-column-pod = POD
label-commands = Commands
label-console-hint = A terminal outside the simulated cluster: kubectl, curl and dig. kubectl exec POD -- curl http://NAME calls from a pod, ssh NODE iptables-save shows a node; pipes lead to grep, awk, jq and others. help lists everything, Tab completes.
label-copied = Copied
label-copy = Copy
label-copy-json = Copy trace as JSON
label-copy-problems = Copy problems as text
label-both-compare = Compare with a Gateway
label-both-close = Close the comparison
label-both-title = The same request through Ingress and Gateway
label-both-same = No difference
label-both-differs = They differ in
label-both-end = outcome
label-both-why = why
label-both-rule = taken by
label-both-service = Service
label-both-path = path it gets
label-both-answered = a pod answers
label-both-play = Play it
label-both-added = Gateways and HTTPRoutes made of the Ingresses are at the end of the text. Undo takes them away; comments in them name what has no equivalent.
label-copy-trace = Copy trace as text
label-diff-gained = Became reachable
label-diff-lost = No longer reachable
label-diff-nothing = Nothing changed.
label-diff-other = Other changes
label-editor-by-word = by word
label-editor-close = close
label-editor-completions = Completions
label-editor-control-character = Control character
label-editor-current-match = current match
label-editor-find = Find
label-editor-find-all = all
label-editor-find-next = next
label-editor-find-previous = previous
label-editor-go = go
label-editor-go-to-line = Go to line
label-editor-hint = Tab indents. To leave the editor, press Escape and then Tab.
label-editor-match-case = match case
label-editor-no-problems = No problems
label-editor-on-line = on line
label-editor-problems = Problems
label-editor-regexp = regexp
label-editor-replace = replace
label-editor-replace-all = replace all
label-editor-replace-by = Replace
label-editor-replaced-matches = replaced $ matches
label-editor-replaced-on-line = replaced match on line $
label-editor-selection-deleted = Selection deleted
label-embed = Embed
label-embed-note = Paste this HTML into your page to show this cluster and this request. The element loads the program only when somebody plays it; the frame is for pages that allow no scripts. Nothing is sent anywhere.
label-export = Save as a file
label-export-json = Trip as JSON
label-export-markdown = Trip as Markdown
label-export-mermaid = Trip as Mermaid diagram
label-export-png = Picture as PNG
label-export-svg = Picture as SVG
label-error = error
label-events = Events
label-examples = Examples
label-failed = failed
label-farther = Zoom out
label-fit = Fit
label-fit-all = Whole picture
label-fix = Fix
label-fix-preview = What Fix changes at line
label-call-instead = Call
label-documentation = Documentation
label-cause-likely = Probably:
label-cause-possible = Possibly:
label-from = From
label-happened = Events so far
label-header-here = Header at this hop
label-never-chosen = not chosen
label-outcome = Outcome
label-outcome-count = Count
label-outcome-expected = By the rules
label-outcome-share = Share
label-outcomes = Outcomes
label-the-reply = the reply
label-creation-as-written = as written
label-creation-services-first = Services first
label-link-copy = Edit a copy
label-link-damaged = This link is damaged: part of it is missing or changed. Ask for it again, or for the state as a file. What you had before is unchanged.
label-link-in-part = This version of kubehop did not understand everything that was opened, and left out: {"{parts}"}. The text is complete.
label-link-is-view-only = A view-only link: its manifests and cluster stay as they are. Send, step and look around.
label-link-length = {"{length}"} characters
label-link-load = Load
label-link-locked = This link is view-only. Edit a copy to change it.
label-link-long = {"{length}"} characters: some chat programs and mail readers cut a link of this length. A file is safer.
label-link-no-room = A link would have {"{length}"} characters, which browsers do not open. Save the state as a file instead.
label-link-open-file = Open a file…
label-link-save-file = Save as a file
label-link-source = This address asks to load manifests from {"{host}"}. That site will see your network address. Nothing else is sent.
label-link-source-address = The address after ?src= is not one that manifests can be loaded from.
label-link-source-too-large = The manifests at the address after ?src= are too large: kubehop reads up to 8 MiB.
label-link-source-unreachable = The manifests at the address after ?src= cannot be loaded: there is no file, or its site does not allow other pages to read it (CORS). Save the file and open it here.
label-link-too-large = This link unpacks to more than 8 MiB and was not opened. Ask for the state as a file. What you had before is unchanged.
label-link-too-new = This was made by a newer version of kubehop. Reload the page to get that version, or ask for the manifests as a file.
label-link-unread = The part of the page that reads links cannot be loaded. Check your connection and reload the page.
label-link-view-only = View only
label-link-form = HTML
label-link-open-whole = Open in kubehop
label-link-readonly = Nothing can be changed
label-link-with-text = With the manifests
label-load-balancer-cloud = a cloud assigns addresses
label-load-balancer-auto = what the text shows, else a cloud
label-load-balancer-metallb = MetalLB, with the pools of the text
label-load-balancer-none = no addresses: <pending>
label-load-balancer-servicelb = k3s ServiceLB
label-network-plugin-antrea = Antrea
label-network-plugin-api = as the Kubernetes API says
label-network-plugin-calico = Calico
label-network-plugin-cilium = Cilium
label-network-plugin-kube-router = kube-router, k3s: rejects
label-network-plugin-none = none (flannel alone): policies do nothing
label-more = More
label-nearer = Zoom in
label-new-client = + a client Pod
label-next = Next
label-no-endpoints = no endpoints
label-no-lesson = These are your own manifests. Choose an example above to read about it.
label-no-lookup = The request uses an IP address, so no name is resolved. Call a Service by name to see how the resolver works.
label-no-nodes = There are no Nodes.
label-no-request-in-lesson = The lesson asks what will happen: choose an answer there, then send.
label-no-request = Choose who calls and what, then press Send.
label-environment = Environment variables
label-environment-of-a-pod = Choose a Pod as the origin to see the Service environment variables it started with.
label-lit-so-far = Lit: what has matched up to hop { "{hop}" }
label-drawn = drawn
label-not-drawn = not drawn
label-rule-count = { "{count}" } rules
label-rule-count-one = 1 rule
label-search-rules = Search the rules
label-search-endpoints = Search Services, pods, addresses, nodes
label-nothing-found = Nothing found.
label-search = Search the cluster
label-search-hint = Name, address, node, label such as app=web
label-all-kinds = All
label-kind = Kind
label-kind-services = Services
label-kind-pods = Pods
label-kind-nodes = Nodes
label-namespace = Namespace
label-all-namespaces = All namespaces
label-on-the-path = on the path
label-edge-left = Width of the left panel
label-edge-right = Width of the right panel
label-no-slices = There are no EndpointSlices.
label-node = Node
label-none = none
label-note = note
label-outside-client = outside client
label-own-text = Your own manifests
label-pause = Pause
label-picture = Picture of the cluster
label-play = Play
label-play-or-pause = Play or pause
label-previous = Prev
label-problems = Problems
label-proxy-mode = kube-proxy mode
label-questions = DNS queries, in order
label-send = Send
label-send-many = Send 100 connections
label-send-more = Send more
label-send-more-note = Sends more data on the open connection
label-sent = sent { "{count}" }
label-share = Share
label-share-note = The link contains your manifests, request and settings, and nothing is sent anywhere: browsers keep the part after # to themselves.
label-show-in-text = Show in the text
label-simulates = Kubernetes 1.36 rules · a simulation
label-sheet = Larger panel
label-speed = Speed
label-stale = The manifests cannot be parsed: this is the last valid picture.
label-state-not-ready = not ready
label-state-ready = ready
label-state-terminating = terminating
label-take-all-back = Undo all
label-take-back = Undo
label-terminal = Terminal
label-step-back = Step back
label-step-forward = Step forward
label-stream = Stream
label-switch-theme = Light or dark
label-tab-cluster = Cluster
label-tab-dns = DNS
label-tab-endpoints = Endpoints
label-tab-kubectl = kubectl
label-tab-lesson = Lesson
label-tab-manifests = Manifests
label-tab-packet = Packet
label-tab-rules = Rules
label-to = to
label-track = Packet path
label-total = total
label-close-or-clear = Close a dialog, or clear the selection
label-left-side = Manifests and cluster
label-request = Request
label-right-side = Packet details
label-shortcuts = Keyboard shortcuts
label-single-keys = Single keys (S, N, C, F, D and ?) do something
label-skip-links = Skip links
label-skip-to-request = Skip to the request
label-skip-to-track = Skip to the packet's path
label-stage = Simulation
label-step-hops = One hop back or forward
label-download = Download
label-earlier-states = Earlier states
label-not-kept = The browser has no room for this state and does not keep it. Download the manifests before you close the page.
label-opened-link = Opened from a link
label-type-a-command = Type a command
label-view = View
label-view-concept = Concept
label-matrix = Who reaches what
label-matrix-all = All
label-matrix-copy = Copy as Markdown
label-matrix-empty = No workload and no Service port here.
label-matrix-namespaces = Namespace
label-matrix-open = Open in the picture
label-matrix-progress = Opening connections: {"{done}"} of {"{total}"} cells
label-matrix-took = {"{count}"} cells, worked out in {"{time}"} ms
label-view-matrix = Matrix
label-view-network = Network
label-warning = warning
label-what-can-happen = Possible events
label-working = Reading …
label-why = Why this path


## The examples

label-lesson-multi-port = One Service, three ports
    .text = A Service is a name and a virtual address. This Service, `kimho`, has three ports, and each refers to a container port by name: `http`, `https`, `kimhotarget`.

    Press Send. The packet to port 80 never passes through a device called Service: the node's own rules replace its destination with the pod's address, and connection tracking restores the original address in the reply.

    Now change the target to port 406. No container has a port named `kimhotarget`, so that port has no endpoint, and the kernel refuses the connection.
label-lesson-manual-endpoints = Manual Endpoints
    .text = Kubernetes does not create endpoints for a Service without a selector. Here the author did: the Endpoints object with the same name contains `100.100.100.31`, a machine outside the cluster.

    Pods call the Service as if the machine were inside the cluster. If the machine moves, only the Endpoints object changes.
label-lesson-node-port = Access from outside: NodePort
    .text = `type: NodePort` opens port 30123 on every node. The client can call any of them, even one that runs no pod of the Service.

    The node picks an endpoint. Because the reply must come back through the node, the node also replaces the client's address with its own. The pod sees the node as the source.
label-lesson-load-balancer = Access from outside: LoadBalancer
    .text = A cloud gives the Service its own address and forwards each connection to one of the nodes. From there on it is the same as with a NodePort.

    Under Cluster, set LoadBalancer Services to “no addresses”: EXTERNAL-IP then stays `<pending>`, and only the node port is left.
label-lesson-broken-selector = A Service without endpoints
    .text = The selector asks for `app: kimo`, but the pods have the label `app: kimho`. The Service exists and has an address, but every connection is refused.

    Press Send to see where, then press Fix.

label-course = Course
label-course-all = All
label-course-fewer = Fewer
label-course-reset = Back to the manifests of the lesson
label-course-predict = Predict
label-course-send = Send
label-course-run = Run
label-course-choose-first = Choose an answer first
label-course-your-choice = your choice
label-course-what-happens = what happens
label-course-sent = Sent
label-course-ran = Printed
label-course-compare = Compare
label-course-right = Right.
label-course-not-this-time = Not this time.
label-course-other-cluster = The manifests are not those of the lesson any more, so no answer fits. Go back to them to compare.
label-course-change = Change one thing
label-course-check = Check
label-course-check-note = the engine judges what happens, not the text
label-course-holds = Holds:
label-course-fails = Does not hold:
label-course-passed = Done.
label-course-next = Next lesson
label-course-made = Made for you
label-course-today = Today's challenge
label-course-another = Another one
label-course-link = Link to this challenge
label-course-unreadable = The files of the lesson cannot be loaded.
label-tour-welcome = A call to a Service is ready. Press Send and watch its packet, hop by hop.
label-tour-start = Show me around
label-tour-skip = Skip
label-tour-back = Back
label-tour-next = Next
label-tour-done = Done
label-tour-editor = The manifests
label-tour-editor-text = Paste your own here, or change these. The cluster follows at once, and what an API server would reject is listed below.
label-tour-send = Send
label-tour-send-text = Choose who calls and what is called, then press Send. ×100 shows how connections are spread over pods.
label-tour-header = The header
label-tour-header-text = Source and destination of the packet at this hop. What the hop rewrites is struck out, and the list says why. Underlined terms explain themselves.
label-tour-rules = The rules
label-tour-rules-text = The rules that kube-proxy wrote on the node, as the node would print them; those that matched are lit. The Lesson tab begins with the first step.
label-glossary-lesson = Lesson
label-lesson-section-basics = Services
label-lesson-section-discovery = Finding a Service
label-lesson-section-outside = From outside
label-lesson-section-traffic = Where traffic goes
label-lesson-section-debug = Debugging
label-lesson-section-gateway = The Gateway API
label-lesson-section-own-hardware = Without a cloud: MetalLB and k3s
label-lesson-section-challenges = Challenges: broken clusters

# Generated challenges: where to look, by what is broken.
breaker-selector = `kubectl get endpointslices` lists no pod behind the Service. Which pods does it select, and which labels do they have?
breaker-label = Compare `kubectl get pods --show-labels` with the selector of the Service.
breaker-target-port = The Service has endpoints or should have. At which port of the pods do they answer?
breaker-service-port = Which port is called, and which ports does the Service have?
breaker-port-name = Ports can be called by their names. Is every name that is used declared?
breaker-container-port = The packet reaches the pod. On which port does the container listen?
breaker-node-port = Which node port does `kubectl get svc` print?
breaker-service-type = From where can a Service of this type be called?
breaker-service-name = Which Services does `kubectl get svc -A` list, letter by letter?
breaker-namespace = In which namespace is each object? `kubectl get svc,pods -A` prints it.
breaker-external-name = What does `dig` answer for the name, and where does the CNAME lead?
breaker-traffic-policy = Do all nodes treat the packet alike? Look at the rules of the node that drops it.
breaker-replicas = How many pods does `kubectl get deployments,pods` list?
breaker-probe = Which pods are ready, and what do their readiness probes ask?
breaker-default-deny = Nothing is wrong with the Service. Who may reach these pods? `kubectl get networkpolicies -A`.
breaker-policy-rule = Nothing is wrong with the Service. Which rule of which NetworkPolicy should let this connection pass?
breaker-backend = The proxy answers, but it cannot pass the request on. Where does the route send it?
breaker-host-name = Which host does the request name, and which hosts does the proxy know?
breaker-class = Which controller takes care of this object? Its class says so.
breaker-parent = To which Gateway is the route attached?
breaker-grant = The route and its backend are in two namespaces. Who allows that?
breaker-slice = These endpoints are written by hand. To which Service do they belong, and on which port?
breaker-advertisement = Which pool has the address, and which pools are announced?
generated-title = Challenge { $number }
generated-goal = `{ $from }` used to reach `{ $to }`. { GIVEN($failure) ->
    [yes] Now: { $failure }
   *[no] Now it fails.
} Make it work again, and keep everything else that works.
generated-change = One thing in the manifests was broken. Find it, and change the manifests so that the checks hold.
generated-replaced = Line { $line }: `{ $now }` was `{ $before }` before.
generated-added = `{ $now }` at line { $line } was added. Take it away.
generated-summary = It was this: { $cause }
