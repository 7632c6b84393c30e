## Addresses of load balancers: the cloud's, MetalLB's and those of k3s ServiceLB.

problem-load-balancer-pending = 서비스 { $service }에 아직 외부 IP 주소가 없습니다
    .detail = 이 클러스터에는 로드밸런서 주소를 할당하는 구성 요소가 없어 EXTERNAL-IP가 계속 <pending>입니다. ‘클러스터’ 탭에서 클라우드 로드밸런서를 켜거나, 노드포트로 서비스에 접속하세요.
    .docs = https://kubernetes.io/docs/concepts/services-networking/service/#loadbalancer

problem-no-address-pool = 서비스 { $service }에 주소가 없습니다. MetalLB에 주소 풀이 없습니다
    .detail = MetalLB는 IPAddressPool에 있는 주소만 할당하는데, 풀이 하나도 없습니다. MetalLB의 네임스페이스에 IPAddressPool과 이를 알리는 L2Advertisement 또는 BGPAdvertisement를 만드세요.
    .docs = https://metallb.io/configuration/

problem-pool-in-default-namespace = IPAddressPool { $pool } 오브젝트가 default 네임스페이스에 있습니다
    .detail = MetalLB는 자신이 설치된 네임스페이스의 오브젝트만 읽으며, 따로 지정하지 않았다면 그 네임스페이스는 metallb-system입니다. default에 있으면 아무도 읽지 않아 EXTERNAL-IP가 계속 <pending>입니다. kubehop은 MetalLB가 default에서 실행된다고 가정합니다. 그렇지 않다면 namespace: metallb-system으로 적으세요.
    .docs = https://metallb.io/configuration/

problem-address-outside-pools = 서비스 { $service }에서 요청한 { $address } 주소가 MetalLB의 어떤 풀에도 없습니다
    .detail = MetalLB는 풀에 있는 주소만 할당합니다: { $pools }. 이 중에서 요청하거나 풀에 주소를 추가하세요. 그때까지 EXTERNAL-IP는 <pending>입니다.
    .docs = https://metallb.io/usage/

problem-external-ip-of-pool = MetalLB는 { $address } 주소를 알리지 않습니다. 서비스 { $service }의 externalIPs에만 있는 주소입니다
    .detail = 이 주소는 { $pool } 풀에 속하지만, MetalLB는 LoadBalancer 타입의 서비스에 할당한 주소(status.loadBalancer)에 대해서만 ARP에 응답합니다. 따라서 이 주소에 응답하는 호스트가 없습니다. externalIPs 대신 type: LoadBalancer와 metallb.io/loadBalancerIPs: { $address } 어노테이션을 설정하세요.
    .docs = https://metallb.io/usage/

problem-address-for-other-type = 서비스 { $service }에서 { $address } 주소를 요청하지만 타입이 { $kind }입니다
    .detail = 로드밸런서는 LoadBalancer 타입의 서비스에만 주소를 할당합니다. { $byAnnotation ->
        [true] 다른 타입에서는 이 어노테이션이 효과가 없습니다.
       *[other] 다른 타입에서는 spec.loadBalancerIP가 효과가 없습니다.
    } type: LoadBalancer를 설정하세요.
    .docs = https://kubernetes.io/docs/concepts/services-networking/service/#loadbalancer

problem-misspelt-metallb-annotation = MetalLB는 서비스 { $service }의 { $annotation } 어노테이션을 읽지 않습니다
    .detail = { GIVEN($meant) ->
        [yes] 혹시 { $meant } 어노테이션인가요?
       *[no] MetalLB가 읽는 어노테이션은 metallb.io/address-pool, metallb.io/loadBalancerIPs, metallb.io/allow-shared-ip뿐입니다.
    } 이 어노테이션이 없으면 MetalLB가 풀과 주소를 임의로 선택하며, 주소를 다른 서비스와 공유하지 않습니다.
    .docs = https://metallb.io/usage/

problem-cloud-annotation-for-other-type = { $annotation } 어노테이션은 { $kind } 타입인 서비스 { $service }에서 효과가 없습니다
    .detail = 클라우드는 LoadBalancer 타입의 서비스에만 로드밸런서를 만들며, 다른 타입의 서비스에서는 이런 어노테이션을 읽지 않습니다. type: LoadBalancer를 설정하거나 어노테이션을 제거하세요.
    .docs = https://kubernetes.io/docs/concepts/services-networking/service/#loadbalancer

problem-pool-has-node-address = { $pool } 풀에 { $node } 노드의 주소 { $address }도 포함되어 있습니다
    .detail = MetalLB가 이 주소를 서비스에 할당할 수 있습니다. 그러면 { $node } 노드와 서비스의 주소를 알리는 노드가 모두 이 주소의 ARP 요청에 응답하므로 노드로 가는 연결이 끊깁니다. 노드, 라우터, DHCP 등 다른 곳에서 쓰지 않는 대역을 사용하세요.
    .docs = https://metallb.io/configuration/

problem-address-not-shared = 서비스 { $service }에서 요청한 { $address } 주소를 이미 사용 중입니다: { $others }
    .detail = 두 서비스가 MetalLB의 주소 하나를 함께 쓰려면 metallb.io/allow-shared-ip 어노테이션 값이 같고({ GIVEN($key) ->
        [no] 상대 서비스에는 없습니다
       *[other] 상대 서비스의 값: "{ $key }"
    }), 겹치는 포트가 없어야 합니다.
    .docs = https://metallb.io/usage/

problem-sharing-needs-same-backends = 서비스 { $service }의 트래픽 정책이나 셀렉터가 { $other }의 것과 달라 { $address } 주소를 함께 쓸 수 없습니다
    .detail = metallb.io/allow-shared-ip 값이 같아도 둘 다 externalTrafficPolicy: Cluster이거나, 둘 다 Local이면서 셀렉터가 같아야 주소를 함께 쓸 수 있습니다. 한 노드가 그 주소에 응답하므로 두 서비스의 엔드포인트가 모두 그 노드에 있어야 하기 때문입니다. 둘 다 Cluster로 바꾸거나 서로 다른 주소를 쓰세요.
    .docs = https://metallb.io/usage/

problem-shared-port-taken = 두 서비스({ $service }, { $other })에 모두 { $port } 포트가 있어 { $address } 주소를 함께 쓸 수 없습니다
    .detail = 주소가 같은 서비스는 포트와 프로토콜로 구분됩니다. 다른 포트를 쓰거나 서로 다른 주소를 쓰세요.
    .docs = https://metallb.io/usage/

problem-pools-exhausted = 서비스 { $service }에 할당할 주소가 남아 있지 않습니다
    .detail = { GIVEN($pools) ->
        [no] MetalLB에 이 서비스가 자동으로 주소를 받을 수 있는 풀이 없습니다. autoAssign이 false이거나, 다른 서비스용 풀이거나, IP 패밀리(IPv4/IPv6)가 다릅니다.
       *[other] 풀의 모든 주소가 사용 중입니다: { $pools }. 풀에 주소를 추가하거나, 서비스를 삭제하거나, 서비스끼리 주소를 함께 쓰게 하세요(metallb.io/allow-shared-ip).
    } 그때까지 EXTERNAL-IP는 <pending>입니다.
    .docs = https://metallb.io/configuration/

problem-pools-on-request = 서비스 { $service }에서 풀을 지정하지 않았고 autoAssign이 false이므로 주소를 받지 못합니다
    .detail = MetalLB는 다음 풀의 주소를 metallb.io/address-pool 어노테이션으로 그 풀을 지정한 서비스에만 할당합니다: { $pools }. 어노테이션을 설정하거나 autoAssign: false를 제거하세요. 그때까지 EXTERNAL-IP는 <pending>입니다.
    .docs = https://metallb.io/configuration/

problem-pools-of-other-family = 서비스 { $service }에 필요한 { $family } 주소를 가진 MetalLB 풀이 없습니다
    .detail = 풀: { $pools }. 로드밸런서의 주소는 ClusterIP와 IP 패밀리가 같습니다. 풀에 { $family } 주소를 추가하거나 서비스의 ipFamilies를 설정하세요.
    .docs = https://metallb.io/usage/

problem-unknown-address-pool = 서비스 { $service }에서 요청한 { $pool } 풀이 없습니다
    .detail = metallb.io/address-pool 어노테이션에 풀의 이름을 적습니다. 있는 풀: { $pools }.
    .docs = https://metallb.io/usage/

problem-pool-for-other-services = 서비스 { $service }에는 { $pool } 풀의 주소를 할당할 수 없습니다
    .detail = 이 풀의 serviceAllocation에 정해진 네임스페이스와 레이블에 이 서비스가 해당하지 않습니다. 주소를 직접 요청해도 MetalLB가 거부합니다.
    .docs = https://metallb.io/configuration/

problem-allocation-refused = MetalLB가 서비스 { $service }에 주소를 할당하지 않습니다
    .detail = 이벤트 내용: { $words }
    .docs = https://metallb.io/usage/

problem-pool-not-advertised = { $pool } 풀의 주소를 알리는 노드가 없습니다
    .detail = 서비스가 이 풀의 주소를 받더라도 응답하는 노드가 없습니다. 이 풀에 해당하는 L2Advertisement도 BGPAdvertisement도 없기 때문입니다. 같은 네임스페이스에 L2Advertisement를 만드세요. ipAddressPools를 적지 않으면 모든 풀에 적용됩니다.
    .docs = https://metallb.io/configuration/

problem-advertises-unknown-pool = { $advertisement }에 적힌 { $pool } 풀이 없습니다
    .detail = 풀 이름을 적은 광고는 그 풀에만 적용됩니다. 있는 풀: { $pools }.
    .docs = https://metallb.io/configuration/

problem-advertisement-without-node = { $advertisement }의 노드 셀렉터와 일치하는 노드가 없습니다
    .detail = nodeSelectors 중 하나와 일치하는 노드만 주소를 알립니다. 레이블을 고치거나, 모든 노드에서 알리려면 nodeSelectors를 빼세요.
    .docs = https://metallb.io/configuration/

problem-service-not-advertised = { $advertisement } 광고는 서비스 { $service }에 적용되지 않습니다
    .detail = serviceSelectors가 서비스의 레이블과 일치하지 않고, 이 주소에 적용되는 다른 광고도 없어서 응답하는 노드가 없습니다.
    .docs = https://metallb.io/configuration/

problem-shared-address-not-advertised = 주소 공유를 허용한 서비스 { $service }의 주소를 알리는 노드가 없습니다
    .detail = { $advertisement }에 serviceSelectors가 있습니다. MetalLB는 metallb.io/allow-shared-ip가 있는 서비스에는 이를 적용하지 않고 아무것도 알리지 않습니다. 어노테이션이나 셀렉터를 제거하세요.
    .docs = https://metallb.io/configuration/

problem-no-announcing-node = 서비스 { $service }의 주소를 알릴 수 있는 노드가 없습니다
    .detail = 알릴 수 있는 노드: { $candidates }. 처리 가능한 엔드포인트가 있는 노드: { $endpoints }. externalTrafficPolicy: Local에서는 둘 다 해당하는 노드여야 하며, node.kubernetes.io/exclude-from-external-load-balancers 레이블이 있는 노드는 주소를 알리지 않습니다.
    .docs = https://metallb.io/configuration/

problem-nobody-announces-without-endpoint = 서비스 { $service }에 엔드포인트가 없어 MetalLB가 어느 노드에서도 주소를 알리지 않습니다
    .detail = 그래도 서비스에는 주소가 있습니다. 처리 가능한 엔드포인트가 생길 때까지 클라이언트는 ARP 응답을 받지 못해, 연결이 거부되는 대신 타임아웃까지 기다립니다.
    .docs = https://metallb.io/configuration/

problem-no-bgp-peer = BGPPeer가 없어 { $advertisement }의 경로를 받을 라우터가 없습니다
    .detail = 노드는 BGPPeer에 적힌 라우터에 경로를 알립니다. 이 텍스트에는 BGPPeer가 없으며, 여기서는 클러스터에 있다고 가정합니다.
    .docs = https://metallb.io/configuration/

problem-svclb-port-taken = 서비스 { $service }에 아직 주소가 없습니다. 이 서비스를 맡을 수 있는 모든 노드에서 { $port } 포트가 사용 중입니다
    .detail = k3s의 ServiceLB는 서비스를 맡을 수 있는 각 노드의 파드로 서비스의 포트를 받으며, 이 파드에는 노드의 같은 포트가 필요합니다. 그 포트를 이미 사용 중이라({ $holder }) svclb 파드는 Pending, EXTERNAL-IP는 <pending> 상태로 남습니다. 다른 포트를 쓰거나 인그레스 또는 게이트웨이 하나로 합치세요.
    .docs = https://docs.k3s.io/networking/networking-services#service-load-balancer

problem-svclb-ignores-address = ServiceLB는 서비스 { $service }에 { $address } 주소를 할당하지 않습니다
    .detail = { GIVEN($addresses) ->
        [no] k3s의 ServiceLB는 spec.loadBalancerIP를 무시하고 노드의 주소를 서비스에 할당합니다.
       *[yes] k3s의 ServiceLB는 spec.loadBalancerIP를 무시하고 노드의 주소를 서비스에 할당합니다. 이 서비스의 주소: { $addresses }.
    }
    .docs = https://docs.k3s.io/networking/networking-services#service-load-balancer

problem-svclb-without-node = 서비스 { $service }의 트래픽을 처리할 노드가 없습니다
    .detail = { GIVEN($selector) ->
        [no] k3s ServiceLB의 svclb 파드는 컨트롤 플레인의 테인트만 허용하는데, 모든 노드에 다른 테인트가 있습니다.
       *[other] svccontroller.k3s.cattle.io/enablelb 레이블이 있는 노드가 있으면 k3s의 ServiceLB는 { $selector } 레이블이 있는 노드에서만 실행됩니다. 그런 노드가 없습니다.
    }
    .docs = https://docs.k3s.io/networking/networking-services#service-load-balancer

problem-svclb-not-on-node = k3s ServiceLB는 { $node } 노드에서 서비스 { $service }의 트래픽을 받지 않습니다
    .detail = 서비스가 열려 있는 주소: { $open }. ServiceLB는 포트가 비어 있는 노드마다 파드를 실행하며, svccontroller.k3s.cattle.io/enablelb 레이블이 있는 노드가 하나라도 있으면 그 레이블이 있는 노드에서만 실행합니다.
    .docs = https://docs.k3s.io/networking/networking-services#service-load-balancer

problem-svclb-without-local-endpoint = svclb 파드와 준비된 엔드포인트가 함께 있는 노드가 서비스 { $service }에 없습니다
    .detail = externalTrafficPolicy: Local에서는 서비스의 준비된 파드가 있는 노드만 주소로 쓰이므로 EXTERNAL-IP는 <pending>입니다.
    .docs = https://docs.k3s.io/networking/networking-services#service-load-balancer

problem-all-nodes-excluded = { $service } 서비스의 로드밸런서가 사용할 노드가 없습니다. 모든 노드가 제외되어 있습니다
    .detail = node.kubernetes.io/exclude-from-external-load-balancers 레이블이 있는 노드는 값과 관계없이 제외됩니다({ $nodes }). kubeadm은 컨트롤 플레인에 이 레이블을 설정합니다. 레이블을 제거하거나 레이블이 없는 노드를 추가하세요.
    .docs = https://kubernetes.io/docs/reference/labels-annotations-taints/#node-kubernetes-io-exclude-from-external-load-balancers

problem-balancer-without-node-ports = { $service } 서비스의 로드밸런서는 노드포트를 호출하는데 서비스에 노드포트가 없습니다
    .detail = allocateLoadBalancerNodePorts 값이 false입니다. true로 바꾸거나, 패킷을 그대로 전달하거나(ipMode: VIP) 파드를 직접 호출하는 로드밸런서를 사용하세요.
    .docs = https://kubernetes.io/docs/concepts/services-networking/service/#load-balancer-nodeport-allocation

problem-load-balancer-of-class = { $service } 서비스가 클래스 { $class }의 로드밸런서를 기다립니다
    .detail = loadBalancerClass를 지정한 서비스는 그 클래스의 구현이 맡고, 클러스터의 기본 로드밸런서는 무시합니다. 이 매니페스트에는 { $class } 클래스를 맡는 것이 없으므로 EXTERNAL-IP는 <pending>으로 남습니다.
    .docs = https://kubernetes.io/docs/concepts/services-networking/service/#load-balancer-class

problem-metallb-config-map-ignored = MetalLB는 { $configMap } 컨피그맵을 읽지 않습니다
    .detail = MetalLB는 0.13 버전부터 커스텀 리소스로 설정합니다. 이 컨피그맵의 풀에서는 주소를 할당하지 않습니다. MetalLB의 네임스페이스에 IPAddressPool과 이를 알리는 L2Advertisement 또는 BGPAdvertisement를 만드세요.
    .docs = https://metallb.io/configuration/migration_to_crds/
