## What a packet meets on its way: the wrong side of a node, traffic policies, rewriting, balancing.

problem-redirect-to-itself = 요청한 URL로 다시 리다이렉트합니다: { $to }
    .detail = 리다이렉트를 따르는 클라이언트는 포기할 때까지 같은 요청을 되풀이합니다(ERR_TOO_MANY_REDIRECTS). 리다이렉트된 요청에도 같은 규칙이 적용되기 때문입니다. parentRefs의 sectionName 등으로 이 규칙을 HTTP 리스너에만 적용하고, HTTPS 리스너는 백엔드로 라우팅하세요.
    .docs = https://kubernetes.io/docs/concepts/services-networking/gateway/

problem-rules-lead-to-removed-pod = kube-proxy의 규칙이 이미 삭제된 { $pod } 파드의 { $address } 주소를 아직 가리킵니다
    .detail = 규칙은 이벤트가 발생하고 { $lag }초 후에 바뀝니다. 그때까지 그 주소로 보낸 연결은 응답이 없습니다. preStop 훅에서 그 시간만큼 sleep하면 규칙이 바뀔 때까지 프로세스가 계속 실행됩니다.
    .docs = https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#pod-termination

problem-source-is-rewritten = { $pod } 파드가 보는 클라이언트 주소는 { $seen }입니다(원래 주소 { $client })
    .detail = externalTrafficPolicy가 Cluster이면 { $service } 서비스의 어느 파드든 응답할 수 있고, 응답은 요청을 받은 노드를 거쳐 돌아가야 합니다. 그래서 kube-proxy가 연결을 마스커레이딩합니다. 정책을 Local로 바꾸면 클라이언트 주소가 유지되지만, 준비된 파드가 있는 노드만 응답합니다. HTTP라면 프록시가 X-Forwarded-For 헤더로 주소를 전달할 수 있습니다.
    .docs = https://kubernetes.io/docs/tutorials/services/source-ip/

problem-hairpin-connection = { $pod } 파드가 { $service } 서비스를 거쳐 자기 자신에게 연결했습니다
    .detail = 노드가 이런 연결을 마스커레이딩하므로 { $pod } 파드에는 노드의 주소가 클라이언트로 보입니다. 패킷이 들어온 인터페이스로 다시 나갈 수 있는 네트워크 플러그인(헤어핀 모드)에서만 동작합니다. 그렇지 않으면 { $pod } 파드가 자기 자신으로 선택될 때마다 응답을 받지 못하고 기다리게 됩니다.
    .docs = https://kubernetes.io/docs/tasks/debug/debug-application/debug-service/

problem-caller-of-other-family = { $caller ->
        [client] 외부 클라이언트
       *[other] { $caller }
    }에 { $called } 주소가 없습니다
    .detail = { GIVEN($own) ->
        [yes] { $own }만 있으므로 { $called } 주소를 호출할 수 없습니다.
       *[no] 주소가 없습니다.
    }{ GIVEN($service) ->
        [yes] { " " }{ GIVEN($instead) ->
            [yes] { $service } 서비스에는 { $instead }도 있습니다. 이름이나 그 주소로 호출하세요.
           *[no] { $service } 서비스에는 { $called }만 있습니다. ipFamilyPolicy: PreferDualStack이면 클러스터에 두 IP 패밀리가 모두 있을 때 주소를 둘 다 받습니다.
        }
       *[no] { "" }
    }
    .docs = https://kubernetes.io/docs/concepts/services-networking/dual-stack/

problem-reply-bypasses-node = { $service } 서비스의 응답이 { $node } 노드를 거치지 않고 돌아옵니다
    .detail = externalTrafficPolicy: Local이면 { $node } 노드는 출발지를 자기 주소로 바꾸지 않고 패킷을 전달합니다. 그래서 엔드포인트가 { $caller ->
        [client] 외부 클라이언트
       *[other] { $caller }
    }에 직접 응답하며, 응답의 출발지는 호출한 주소가 아닙니다. 클러스터 안에서는 { $name } 이름의 { $port } 포트를 호출하세요.
    .docs = https://kubernetes.io/docs/reference/networking/virtual-ips/#external-traffic-policy

problem-unallocated-cluster-ip = { $address } 주소를 가진 서비스가 없습니다
    .detail = ClusterIP 대역 { $range } 안의 주소이므로 이 주소를 가진 호스트도 없습니다. 서비스를 지우고 다시 만들면 다른 주소를 받습니다. 이름으로 호출하세요.
    .docs = https://kubernetes.io/docs/concepts/services-networking/cluster-ip-allocation/

problem-node-address-bound = { $node } 노드의 주소인 { $address } 주소를 다른 노드들이 자기 주소로 여깁니다. 서비스 { $service }의 externalIPs에 이 주소가 있습니다
    .detail = IPVS 모드에서 kube-proxy는 externalIPs의 주소를 그 주소가 없는 모든 노드의 kube-ipvs0 인터페이스에 할당합니다. 그러면 이 노드들과 그 위의 파드가 { $node } 노드로 보내는 패킷은 노드 밖으로 나가지 않습니다. 서비스의 포트는 응답하지만, { $node } 노드의 kubelet과 API 서버를 비롯한 다른 포트는 연결을 거부합니다. 노드포트나 로드밸런서를 쓰거나, kube-proxy를 다른 모드로 바꾸세요.
    .docs = https://kubernetes.io/docs/reference/networking/virtual-ips/#proxy-mode-ipvs

problem-chosen-at-random = kube-proxy가 { $service } 서비스의 엔드포인트 { $endpoints }개 중 하나를 무작위로 선택했습니다
    .detail = 새 연결마다 무작위로 다시 고르며, 라운드 로빈이 아닙니다. 연결이 몇 개뿐이면 모두 한 파드로 갈 수도 있고, 많을수록 고르게 나뉩니다.
    .docs = https://kubernetes.io/docs/reference/networking/virtual-ips/

problem-connection-keeps-endpoint = 열려 있는 연결은 새 연결을 받지 않는 { $pod } 파드로 계속 이어집니다
    .detail = 연결 추적은 첫 패킷({ $protocol })에서 선택한 엔드포인트를 유지하며, 서비스의 현재 엔드포인트는 확인하지 않습니다. 다른 엔드포인트로 연결하려면 연결을 새로 여세요.
    .docs = https://kubernetes.io/docs/reference/networking/virtual-ips/

problem-calls-next = { $pod } 파드는 응답하기 위해 { $to } 주소를 호출합니다
    .detail = { $isRequest ->
        [true] 파드의 어노테이션 kubehop/calls에 적힌 내용입니다. 파드에서 시작하는 별도의 연결입니다.
       *[false] 파드의 어노테이션 kubehop/calls에 적혀 있지만 요청으로 읽을 수 없습니다. http://backend 또는 tcp://db:5432처럼 쓰세요.
    }
    .docs = https://kubernetes.io/docs/tasks/access-application-cluster/connecting-frontend-backend/

problem-cluster-ip-from-outside = { $address } 주소는 서비스 { $service }의 ClusterIP이며, 노드와 파드만 알고 있습니다
    .detail = { GIVEN($open) ->
        [yes] 클러스터 밖에서는 { $open } 주소로 호출하세요.
       *[no] 클러스터 밖에서는 NodePort나 LoadBalancer 타입의 서비스, 인그레스, 또는 kubectl port-forward service/{ $service } 명령을 사용하세요.
    }
    .docs = https://kubernetes.io/docs/concepts/services-networking/service/#publishing-services-service-types

problem-pod-ip-from-outside = { $address } 주소는 { $pod } 파드의 주소이며, 노드와 파드에만 경로가 있습니다
    .detail = 클러스터 밖에서는 NodePort나 LoadBalancer 타입의 서비스, 인그레스, 또는 kubectl port-forward pod/{ $pod } 명령을 사용하세요.
    .docs = https://kubernetes.io/docs/concepts/cluster-administration/networking/

problem-localhost-meant-service = localhost는 { $pod } 파드 자신이며, { $port }번 포트는 { $service } 서비스의 포트입니다
    .detail = 루프백 주소는 파드마다 따로 있고 그 파드의 컨테이너끼리만 공유합니다. 이 파드에서 { $port }번 포트로 수신한다고 알려진 프로세스는 없습니다. 다른 파드에서 실행되는 프로세스는 서비스의 이름으로 호출하세요: { $name }:{ $port }
    .docs = https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/

problem-localhost-is-the-caller = localhost는 호출자({ $caller ->
        [client] 외부 클라이언트
       *[other] { $caller }
    }) 자신이며, { $port }번 포트에서 수신하는 프로세스가 없습니다
    .detail = { GIVEN($open) ->
        [yes] { $port }번은 { $service } 서비스의 노드포트이며, 노드포트는 노드의 주소에서 열립니다: { $open }. 노드가 내 컴퓨터의 컨테이너나 가상 머신이라면(kind, minikube, Docker Desktop) 포트를 매핑하거나 kubectl port-forward를 써야 localhost로 접속할 수 있습니다.
       *[no] 루프백 주소는 파드와 머신마다 따로 있습니다. 서비스의 이름이나 ClusterIP로 호출하세요. 자신의 컴퓨터에서는 kubectl port-forward로 localhost에 포트를 열 수 있습니다.
    }
    .docs = https://kubernetes.io/docs/tasks/access-application-cluster/port-forward-access-application-cluster/

problem-topology-hints-not-set = 서비스 { $service }에 토폴로지 인지 라우팅을 설정했지만 힌트가 없습니다
    .detail = { $why ->
        [node-without-zone] 준비된 노드 중에 topology.kubernetes.io/zone 레이블이 없는 노드가 있습니다.
        [one-zone] 준비된 노드가 모두 한 영역에 있습니다.
        [endpoint-without-zone] 영역이 없는 노드에 엔드포인트가 있습니다.
        [fewer-endpoints-than-zones] 엔드포인트 수({ $endpoints })가 영역 수({ $zones })보다 적습니다.
       *[other] 준비된 엔드포인트 { $endpoints }개를 영역 { $zones }개에 CPU 비율대로 나누면 과부하가 임계값(20%)을 넘는 영역이 생깁니다.
    } 그래서 컨트롤러가 힌트를 설정하지 않고(이벤트 TopologyAwareHintsDisabled), 모든 영역이 전체 엔드포인트를 사용합니다. trafficDistribution: PreferSameZone에는 이런 임계값이 없습니다.
    .docs = https://kubernetes.io/docs/concepts/services-networking/topology-aware-routing/#safeguards

problem-topology-annotation-unread = { GIVEN($meant) ->
        [yes] 서비스 { $service }의 { $annotation } 어노테이션은 효과가 없습니다
       *[no] 서비스 { $service }의 { $annotation } 어노테이션에 적힌 { $value } 값은 효과가 없습니다
    }
    .detail = { GIVEN($meant) ->
        [yes] 혹시 { $meant } 어노테이션인가요?
       *[no] 효과가 있는 값은 Auto뿐이고, Disabled는 어노테이션이 없는 것과 같습니다.
    } 그래서 엔드포인트에 힌트가 없고, 모든 영역이 전체 엔드포인트를 사용합니다. trafficDistribution: PreferSameZone으로도 연결을 같은 영역 안에 둘 수 있으며, 이 필드의 값은 API 서버가 검증합니다.
    .docs = https://kubernetes.io/docs/concepts/services-networking/topology-aware-routing/

problem-hints-not-for-node = 서비스 { $service }에 { $node } 노드의 영역에 할당된 엔드포인트가 없습니다
    .detail = { GIVEN($zone) ->
        [yes] 영역 { $zone }에 대한 힌트가 있는 준비된 엔드포인트가 없으므로, { $node } 노드의 kube-proxy는 다른 영역의 엔드포인트까지 모두 사용합니다.
       *[no] { $node } 노드에 topology.kubernetes.io/zone 레이블이 없으므로, 이 노드의 kube-proxy는 모든 엔드포인트를 사용합니다.
    }
    .docs = https://kubernetes.io/docs/concepts/services-networking/service/#traffic-distribution

problem-no-endpoint-on-node = { $service } 서비스는 호출자와 같은 노드의 엔드포인트를 우선하는데, { $node } 노드에는 엔드포인트가 없습니다
    .detail = 준비된 엔드포인트가 있는 노드: { $nodes }. PreferSameNode는 우선순위일 뿐 강제가 아니므로, { $node } 노드의 kube-proxy는 { GIVEN($zone) ->
        [yes] 같은 영역 { $zone }의 엔드포인트를
       *[no] 모든 엔드포인트를
    } 사용합니다. 호출하는 노드마다 파드를 실행하세요(데몬셋이면 됩니다). 연결을 반드시 노드 안에 두려면 internalTrafficPolicy: Local을 설정해야 하며, 이때 엔드포인트가 없는 노드에서는 연결이 드롭됩니다.
    .docs = https://kubernetes.io/docs/concepts/services-networking/service/#traffic-distribution

problem-exits-before-rules = { $pod } 파드는 삭제된 지 { $seconds }초 만에 종료되는데, 규칙은 { $lag }초 뒤에야 바뀝니다
    .detail = { $why ->
        [missing] { $container } 컨테이너에 preStop 훅이 없어서 SIGTERM이 곧바로 전달되고, 대부분의 프로그램은 이때 종료됩니다. preStop 훅에서 { $lag }초 동안 sleep하면 이 파드로 보내는 규칙이 없어질 때까지 파드가 응답합니다.
        [unknown] { $container } 컨테이너의 preStop 훅이 얼마나 걸리는지 알 수 없어서, kubehop은 곧바로 끝난다고 가정합니다. { $lag }초 이상 sleep하게 하세요.
        [cut-off] { $container } 컨테이너의 preStop 훅이 유예 기간보다 오래 걸려서 도중에 중단됩니다. terminationGracePeriodSeconds를 늘리세요.
       *[too-short] { $container } 컨테이너의 preStop 훅이 너무 짧습니다. { $lag }초 이상 sleep하게 하세요.
    } 유예 기간은 { $grace }초이며, 훅보다 길어야 합니다. 다른 엔드포인트로 재시도하는 컨트롤러에서는 이 실패가 드러나지 않습니다.
    .docs = https://kubernetes.io/docs/concepts/containers/container-lifecycle-hooks/

problem-lives-until-rules = { $pod } 파드는 종료 중이지만 아직 응답합니다
    .detail = preStop 훅 덕분에 { $seconds }초 동안 실행되고, 규칙은 { $lag }초 뒤에 바뀝니다. 그래서 새 연결이 실패하지 않습니다.
    .docs = https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#pod-termination

problem-no-local-endpoint = { $node } 노드에 { $service } 서비스의 엔드포인트가 없고 { $policy } 값이 Local입니다
    .detail = { GIVEN($nodes) ->
        [yes] 엔드포인트가 있는 노드만 응답합니다: { $nodes }. { $policy ->
            [externalTrafficPolicy] 호출되는 노드마다 파드를 실행하거나(데몬셋이면 됩니다) 정책을 Cluster로 바꾸세요. Cluster에서는 파드가 클라이언트의 주소를 볼 수 없습니다.
           *[other] 정책을 Cluster로 바꾸거나 모든 노드에 파드를 실행하세요.
        }
       *[no] 준비된 엔드포인트가 있는 노드가 없습니다.
    }
    .docs = https://kubernetes.io/docs/reference/networking/virtual-ips/#traffic-policies

problem-source-not-in-ranges = { $client } 주소가 { $service } 서비스의 loadBalancerSourceRanges에 없습니다
    .detail = 허용된 범위: { $ranges }. 규칙은 파드와 노드에서 보낸 패킷을 포함해 로드밸런서 주소로 가는 모든 패킷을 필터링합니다. 노드포트와 ClusterIP로 가는 패킷은 필터링하지 않습니다.
    .docs = https://kubernetes.io/docs/concepts/services-networking/service/#loadbalancer

problem-connection-balanced = 이 연결의 요청은 모두 { $service } 서비스의 엔드포인트 { $endpoints }개 중 하나로만 갑니다
    .detail = kube-proxy는 요청이 아니라 연결을 분산합니다. gRPC(HTTP/2)는 열려 있는 연결 하나로 많은 요청을 보내며 keep-alive도 마찬가지입니다. 나중에 추가된 파드에는 이 연결의 요청이 가지 않습니다. 요청을 분산하려면 헤드리스 서비스와 클라이언트 측 로드밸런싱을 쓰거나, 서비스 메시나 인그레스처럼 요청을 분산하는 프록시를 쓰세요.
    .docs = https://kubernetes.io/docs/reference/networking/virtual-ips/

problem-service-of-another-proxy = 서비스 { $service }에 service-proxy-name 레이블({ $proxy })이 있어 kube-proxy가 처리하지 않습니다
    .detail = service.kubernetes.io/service-proxy-name 레이블이 있으면 값과 관계없이 kube-proxy는 규칙을 만들지 않고 다른 프록시에 맡깁니다. 그 프록시가 없으면 이 주소를 처리하는 곳이 없으므로 레이블을 제거하세요.
    .docs = https://kubernetes.io/docs/reference/labels-annotations-taints/#servicekubernetesioservice-proxy-name

problem-affinity-by-address = 서비스 { $service }에서는 주소가 { $client }인 모든 클라이언트를 엔드포인트 { $endpoints }개 중 하나로 보냅니다
    .detail = sessionAffinity: ClientIP는 노드가 보는 출발지 주소를 기준으로 하며, 마지막 새 연결로부터 { $seconds }초 동안 유지됩니다. 같은 NAT, 프록시, 로드밸런서 뒤의 클라이언트는 하나로 취급되고, 노드마다 따로 기억합니다. 사용자별 세션이 필요하면 인그레스나 게이트웨이의 쿠키를 사용하세요.
    .docs = https://kubernetes.io/docs/concepts/services-networking/service/#session-affinity

problem-connection-outlives-endpoint = 열려 있는 연결은 { $address } 주소로 이어지는데, 이 주소를 가진 호스트가 이제 없습니다
    .detail = 연결 추적은 첫 패킷에서 선택한 엔드포인트를 유지합니다. { $protocol ->
        [UDP] UDP에는 연결 종료가 없으므로 같은 포트에서 패킷이 오는 동안 추적 항목이 남습니다. kube-proxy는 서비스에 다른 엔드포인트가 있을 때만 이 항목을 지웁니다. 새 소켓으로 보내세요.
       *[other] 새 연결을 여세요. 클라이언트는 타임아웃이나 keep-alive로 알아채야 합니다.
    }
    .docs = https://kubernetes.io/docs/reference/networking/virtual-ips/
