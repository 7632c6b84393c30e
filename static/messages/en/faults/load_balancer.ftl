## Addresses of load balancers: the cloud's, MetalLB's and those of k3s ServiceLB.

problem-load-balancer-pending = Service { $service } is waiting for an external address
    .detail = Nothing in this cluster assigns load balancer addresses, so EXTERNAL-IP stays <pending>. Turn on the cloud load balancer under Cluster, or use the Service's node port.
    .docs = https://kubernetes.io/docs/concepts/services-networking/service/#loadbalancer

problem-no-address-pool = Service { $service } waits for an address: MetalLB has no pool
    .detail = MetalLB gives addresses of IPAddressPools only, and there is none. Create an IPAddressPool in the namespace of MetalLB, and an L2Advertisement or a BGPAdvertisement for it.
    .docs = https://metallb.io/configuration/

problem-pool-in-default-namespace = IPAddressPool { $pool } is in namespace default
    .detail = MetalLB reads its objects in its own namespace only, which is metallb-system unless it was installed elsewhere. In default nobody reads them, and EXTERNAL-IP stays <pending>. kubehop assumes that MetalLB runs in default; write namespace: metallb-system if it does not.
    .docs = https://metallb.io/configuration/

problem-address-outside-pools = Service { $service } asks for { $address }, which no pool of MetalLB has
    .detail = MetalLB gives only addresses of its pools: { $pools }. Ask for one of these, or add the address to a pool. Until then EXTERNAL-IP stays <pending>.
    .docs = https://metallb.io/usage/

problem-external-ip-of-pool = MetalLB does not announce { $address }: it is only an external IP of Service { $service }
    .detail = The address is of pool { $pool }, and MetalLB answers ARP only for addresses that it gave to a Service of type LoadBalancer (status.loadBalancer). So no host answers for this one. In place of externalIPs set type: LoadBalancer and the annotation metallb.io/loadBalancerIPs: { $address }.
    .docs = https://metallb.io/usage/

problem-address-for-other-type = Service { $service } asks for { $address }, and is of type { $kind }
    .detail = Load balancers give addresses only to Services of type LoadBalancer; { $byAnnotation ->
        [true] the annotation has no effect on others.
       *[other] spec.loadBalancerIP has no effect on others.
    } Set type: LoadBalancer.
    .docs = https://kubernetes.io/docs/concepts/services-networking/service/#loadbalancer

problem-misspelt-metallb-annotation = MetalLB does not read the annotation { $annotation } of Service { $service }
    .detail = { GIVEN($meant) ->
        [yes] Most likely { $meant } is meant.
       *[no] It reads metallb.io/address-pool, metallb.io/loadBalancerIPs and metallb.io/allow-shared-ip only.
    } Without it MetalLB chooses the pool and the address itself, and shares it with no other Service.
    .docs = https://metallb.io/usage/

problem-cloud-annotation-for-other-type = Annotation { $annotation } has no effect on Service { $service }, which is of type { $kind }
    .detail = Clouds create load balancers only for Services of type LoadBalancer, and ignore these annotations on Services of other types. Set type: LoadBalancer, or remove the annotation.
    .docs = https://kubernetes.io/docs/concepts/services-networking/service/#loadbalancer

problem-pool-has-node-address = Pool { $pool } contains { $address }, the address of node { $node }
    .detail = MetalLB may give it to a Service. Then { $node } and the node that announces the Service both answer ARP for it, and connections to the node break. Use a range that nothing else uses, including nodes, routers and DHCP.
    .docs = https://metallb.io/configuration/

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

problem-pools-on-request = Service { $service } gets no address, since it does not ask for a pool and autoAssign is false
    .detail = MetalLB gives addresses of { $pools } only to Services that ask for the pool by the annotation metallb.io/address-pool. Set the annotation, or remove autoAssign: false. Until then EXTERNAL-IP stays <pending>.
    .docs = https://metallb.io/configuration/

problem-pools-of-other-family = No pool of MetalLB has { $family } addresses, which Service { $service } needs
    .detail = The pools are { $pools }. The address of a load balancer is of the same family as the cluster IP: add { $family } addresses to a pool, or set ipFamilies of the Service.
    .docs = https://metallb.io/usage/

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

problem-svclb-port-taken = Service { $service } waits for an address: port { $port } is taken on every node that serves it
    .detail = ServiceLB of k3s listens for a Service with a Pod on each node that may serve it, which needs the port of the Service on the node. { $holder } has it, so the svclb Pods stay Pending and EXTERNAL-IP stays <pending>. Use another port, or one Ingress or Gateway for both.
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

problem-svclb-not-on-node = k3s ServiceLB does not serve Service { $service } on { $node }
    .detail = The Service is open at { $open }. ServiceLB runs a Pod on each node where the port is free and, as soon as one node has the label svccontroller.k3s.cattle.io/enablelb, only on nodes with it.
    .docs = https://docs.k3s.io/networking/networking-services#service-load-balancer

problem-svclb-without-local-endpoint = No node of Service { $service } has both an svclb Pod and a ready endpoint
    .detail = With externalTrafficPolicy: Local ServiceLB reports only nodes with a ready Pod of the Service, so EXTERNAL-IP stays <pending>.
    .docs = https://docs.k3s.io/networking/networking-services#service-load-balancer

problem-all-nodes-excluded = No node serves the load balancer of Service { $service }: all are excluded
    .detail = Nodes with the label node.kubernetes.io/exclude-from-external-load-balancers, whatever its value, are left out ({ $nodes }). kubeadm sets it on control planes. Remove it, or add a node without it.
    .docs = https://kubernetes.io/docs/reference/labels-annotations-taints/#node-kubernetes-io-exclude-from-external-load-balancers

problem-balancer-without-node-ports = The load balancer of Service { $service } calls node ports, and the Service has none
    .detail = allocateLoadBalancerNodePorts is false. Set it to true, or use a load balancer that forwards packets unchanged (ipMode: VIP) or calls pods directly.
    .docs = https://kubernetes.io/docs/concepts/services-networking/service/#load-balancer-nodeport-allocation

problem-load-balancer-of-class = Service { $service } waits for a load balancer of class { $class }
    .detail = A Service with loadBalancerClass is left to the implementation of that class; the cluster's own load balancer ignores it. Nothing in this text serves { $class }, so EXTERNAL-IP stays <pending>.
    .docs = https://kubernetes.io/docs/concepts/services-networking/service/#load-balancer-class

problem-metallb-config-map-ignored = MetalLB does not read ConfigMap { $configMap }
    .detail = Since version 0.13 MetalLB is configured by custom resources, and the pools of this ConfigMap give out no address. Write an IPAddressPool, and an L2Advertisement or BGPAdvertisement for it, in MetalLB's namespace.
    .docs = https://metallb.io/configuration/migration_to_crds/
