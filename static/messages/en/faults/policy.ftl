## NetworkPolicies that drop the packet, or would not do what they seem to say.

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
        [host-network] a selector is for pods of the cluster, but { $found } uses the network of its node, and the packet has the address of the node: only an ipBlock with that address can allow it
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

problem-policy-namespaces-none = No namespace of this text has the labels { $selector } that NetworkPolicy { $policy } asks for
    .detail = A namespaceSelector compares labels, and this item allows nobody. { GIVEN($meant) ->
        [yes] The name of a namespace is its label kubernetes.io/metadata.name: write kubernetes.io/metadata.name: { $meant }, or give namespace { $meant } the label.
       *[no] Give the namespace the label, or select it by kubernetes.io/metadata.name, which every namespace has.
    }
    .docs = https://kubernetes.io/docs/concepts/services-networking/network-policies/#targeting-a-namespace-by-its-name

problem-policy-forgets-dns = The egress rules of NetworkPolicy { $policy } do not allow DNS
    .detail = { $pod } cannot ask the cluster's name server (UDP and TCP port 53), so every name times out before a packet to the Service leaves. Allow egress to kube-dns, by the pods' port 53.
    .docs = https://kubernetes.io/docs/concepts/services-networking/network-policies/#default-deny-all-egress-traffic

problem-policy-ignored = The chosen network plugin ignores NetworkPolicies: { $policies ->
        [one] { $policies } policy does nothing
       *[other] { $policies } policies do nothing
    }
    .detail = The API server stores and prints them, but nothing enforces them, as with flannel alone. Choose a plugin that enforces them in the cluster's settings.
    .docs = https://kubernetes.io/docs/concepts/services-networking/network-policies/#prerequisites

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
    .detail = A name is looked up in the containers of the destination pods, with its protocol ({ $protocol }). { GIVEN($declared) ->
        [yes] They name { $declared }.
       *[no] None of their ports has a name: write the number, or name the port in the Pods.
    }
    .docs = https://kubernetes.io/docs/concepts/services-networking/network-policies/#networkpolicy-resource

problem-policy-rules-without-type = The { $list } rules of NetworkPolicy { $policy } have no effect: policyTypes has no { $missing }
    .detail = A policy isolates its Pods only for the directions in policyTypes, so this policy blocks no { $half } traffic, as if these rules were not there. Add { $missing }, or remove policyTypes: it then follows from the rules.
    .docs = https://kubernetes.io/docs/concepts/services-networking/network-policies/#networkpolicy-resource

problem-policy-allows-cluster-ip = NetworkPolicy { $policy } allows { $block }, which has the address of Service { $service }; policies see { $isPod ->
        [true] the Pod
       *[false] the endpoint
    } behind it
    .detail = { $isPod ->
        [true] kube-proxy replaces the cluster IP by a Pod address ({ $found }) before policies are asked. Allow the Pods, with podSelector and namespaceSelector.
       *[false] kube-proxy replaces the cluster IP by the address of an endpoint ({ $found }) before policies are asked. That is not a Pod's own address, as with the API server, so no selector matches it: allow it by ipBlock.
    }
    .docs = https://kubernetes.io/docs/concepts/services-networking/network-policies/

problem-policy-sees-node = NetworkPolicy { $policy } allows { $client }, and the packet has { $found }: the node replaced the source
    .detail = With externalTrafficPolicy: Cluster the node that takes the connection replaces the client's address by its own. Set externalTrafficPolicy: Local on Service { $service }, or allow the nodes' addresses.
    .docs = https://kubernetes.io/docs/concepts/services-networking/service/#external-traffic-policy
