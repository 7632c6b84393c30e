## How the request ended.

verdict-answered = { $by }에서 응답했습니다.
    .detail = 클라이언트에는 호출한 주소에서 응답이 온 것으로 보입니다.
verdict-answered-unless = { $unless ->
        [corefile] { $object } 설정에 따라 이 이름의 주소가 달라지지 않는 한 응답을 받습니다.
        [not-routed] 네트워크가 이 주소를 노드로 라우팅하면 { $by }에서 응답합니다.
        [internal-balancer] 클라이언트가 로드밸런서의 사설 네트워크에 있으면 { $by }에서 응답합니다.
        [gateway-api] { $object } 오브젝트가 다르게 결정하지 않는 한 응답을 받습니다.
        [load-balancer] { $object }에서 이 주소를 다르게 할당하지 않는 한 { $by }에서 응답합니다.
        [policy] { $object } 정책이 막지 않는 한 { $by }에서 응답합니다.
        [network-plugin] 네트워크 플러그인이 { $object } 정책을 적용하지 않는 한 { $by }에서 응답합니다.
        [extension-filter] { $object } 오브젝트가 다르게 결정하지 않는 한 { $by }에서 응답합니다.
        [backend-tls] 인증서가 { $object } 오브젝트의 검증에 실패하지 않는 한 { $by }에서 응답합니다.
        [mesh-route] { $object } 오브젝트가 요청을 다른 곳으로 보내지 않는 한 { $by }에서 응답합니다.
        [pod-webhook] 파드가 { $object } 오브젝트보다 먼저 생성되었다면 응답을 받습니다.
       *[service-mesh] { $object }의 서비스 메시가 다르게 처리하지 않는 한 { $by }에서 응답합니다.
    }
    .detail = { $unless ->
        [corefile] Corefile에서는 kubernetes 플러그인과 나머지 이름의 전달만 시뮬레이션합니다. 이 줄은 호출한 이름이나 검색 목록에서 그보다 먼저 조회하는 이름에 적용됩니다. 여기 표시된 경로는 이 줄이 없을 때의 경로입니다.
        [not-routed] 쿠버네티스는 externalIPs의 주소를 아무 데도 알리지 않습니다. 이 주소를 가지고 있거나 이 주소의 ARP 요청에 응답하는 노드는 없습니다({ $object }). 라우터, 정적 경로 또는 별도의 로드밸런서가 이 주소를 노드로 보내야 합니다.
        [internal-balancer] 어노테이션으로 클라우드에 내부 로드밸런서를 요청했습니다: { $object }. 이 주소는 사설 네트워크의 주소이므로 VPN이나 피어링을 포함해 그 네트워크에 있는 클라이언트만 접근할 수 있고 인터넷에서는 접근할 수 없습니다. 공인 주소가 필요하면 어노테이션을 제거하세요. 대부분의 클라우드는 이때 로드밸런서를 새로 만듭니다.
        [gateway-api] 메시의 라우트, 프록시 고유 종류의 라우트, 게이트웨이가 텍스트에 없는 라우트는 시뮬레이션하지 않습니다. 어느 서비스가 요청을 받을지는 이 오브젝트가 결정합니다. 여기 표시된 경로는 이 오브젝트가 없을 때의 경로입니다.
        [load-balancer] 이 로드밸런서는 시뮬레이션하지 않습니다. 서비스가 받을 주소와 그 주소에 응답할 노드는 이 로드밸런서가 결정합니다. 여기 표시된 경로는 클라우드 로드밸런서의 경로입니다.
        [policy] 이 종류의 정책은 시뮬레이션하지 않습니다. 이 정책은 클라이언트나 엔드포인트에 적용됩니다. 여기 표시된 경로는 정책이 없을 때의 경로입니다.
        [network-plugin] 이 패킷에 정책을 적용할지는 네트워크 플러그인에 따라 다르며, 이유는 해당 홉에 적혀 있습니다. 클러스터 설정에서 플러그인을 선택하세요.
        [extension-filter] 이 규칙에는 게이트웨이 컨트롤러 고유의 필터(extensionRef)가 있습니다. 로그인을 요구하거나 요청 수를 제한하는 등 필터가 요청을 어떻게 처리하는지는 컨트롤러만 압니다. 필터가 없다면 요청은 이 경로로 갑니다.
        [backend-tls] 게이트웨이는 이 서비스와 TLS로 통신하고 spec.validation에 따라 인증서를 검증합니다. 그곳의 프로세스가 어떤 인증서를 제시하는지는 매니페스트에 없으며, 일반 HTTP로 동작하는 프로세스라면 HTTP 502나 503이 됩니다.
        [mesh-route] 서비스 메시의 라우트는 시뮬레이션하지 않습니다. 메시의 사이드카가 있는 클라이언트와 메시의 게이트웨이에 적용되며, 여기 표시된 경로는 이 라우트가 없을 때의 경로입니다.
        [pod-webhook] 파드나 파드를 만드는 오브젝트가 이 웹훅의 대상이면 API 서버가 먼저 웹훅을 호출하는데(failurePolicy: Fail), 웹훅의 서비스가 응답하지 않아 failed calling webhook 오류로 거부합니다. 이 매니페스트에서는 연결 양쪽의 파드 중 하나가 웹훅보다 뒤에 있습니다. 이미 실행 중인 파드는 교체될 때까지 그대로입니다.
       *[service-mesh] 서비스 메시는 시뮬레이션하지 않습니다. 이 파드의 트래픽은 프록시가 처리하며, 다른 곳으로 보내거나 암호화하거나 거부할 수 있습니다. 여기 표시된 경로는 메시가 없을 때의 경로입니다.
    }
verdict-answered-outside = { $host } 호스트는 클러스터 밖에 있습니다. kubehop은 응답한다고 가정합니다.
    .detail = { $endpoint } 주소는 클러스터 밖의 모든 호스트를 대신합니다. 이 호스트가 실제로 있는지, 무엇이 응답하는지는 매니페스트로 알 수 없습니다.
verdict-redirected = { $by }에서 { $to } 주소로 리다이렉트합니다: HTTP { $status }.
    .detail = 클라이언트가 그 주소로 요청을 다시 보내야 합니다.
verdict-controller-decides = 요청이 { $by }에 도착했습니다. 그 다음은 { $matter ->
        [custom-backend] 게이트웨이 구현체
       *[other] 인그레스 컨트롤러
    }에 달려 있습니다.
    .detail = { $matter ->
        [custom-backend] 규칙의 백엔드가 쿠버네티스에 없는 종류이며, 모든 구현체가 지원하지는 않습니다. 지원하지 않는 구현체는 500으로 응답합니다.
        [external-name] 모든 컨트롤러가 ExternalName 서비스로 프록시하지는 않습니다.
        [regular-expression] 모든 컨트롤러가 경로를 정규식으로 해석하지는 않습니다.
       *[other] 이 호스트의 정규식 중 하나는 nginx 자체 엔진만 평가할 수 있습니다.
    }
verdict-refused = 연결이 거부되었습니다.
    .detail = { $why ->
        [no-endpoints] 이 서비스 포트에는 엔드포인트가 없습니다. 셀렉터와 파드의 레이블, targetPort와 파드의 포트를 비교하고, 파드가 준비 상태인지 확인하세요.
        [nothing-listens] 패킷은 도착했지만, 그 포트에서 수신 대기하는 프로세스가 없습니다.
        [policy-egress] 클라이언트에 적용되는 네트워크폴리시가 이 연결을 허용하지 않으며(이그레스), 이 네트워크 플러그인은 그런 패킷을 거부합니다.
        [policy-ingress] 상대 파드에 적용되는 네트워크폴리시가 이 연결을 허용하지 않으며(인그레스), 이 네트워크 플러그인은 그런 패킷을 거부합니다.
        [process-exited] 파드가 삭제되어 프로세스는 종료되었지만, kube-proxy의 규칙은 아직 이 파드로 보냅니다.
        [no-such-port] 서비스에 해당 포트가 없습니다. nftables 모드와 IPVS 모드에서는 커널이 연결을 거부합니다.
        [no-local-endpoints] 서비스의 내부 트래픽 정책이 Local인데, 이 노드에는 그 서비스의 엔드포인트가 없습니다.
        [unknown-connection] 연결 상대였던 파드는 없어졌고, 지금은 다른 파드가 그 주소를 사용합니다.
       *[other] { "" }
    }
verdict-timed-out = 응답 없음: 타임아웃.
    .detail = { $why ->
        [no-local-endpoints] 서비스의 트래픽 정책이 Local인데, 이 노드에는 그 서비스의 엔드포인트가 없습니다.
        [source-not-allowed] 클라이언트의 주소가 서비스의 loadBalancerSourceRanges에 포함되지 않습니다.
        [policy-egress] 클라이언트에 적용되는 네트워크폴리시가 이 연결을 허용하지 않습니다(이그레스). 정책은 서비스가 아니라 파드의 주소와 포트를 기준으로 적용됩니다.
        [policy-ingress] 서비스 뒤의 파드에 적용되는 네트워크폴리시가 이 연결을 허용하지 않습니다(인그레스). 정책은 서비스가 아니라 파드의 주소와 포트를 기준으로 적용됩니다.
        [no-such-port] 서비스에 해당 포트가 없습니다. iptables 모드에서는 이런 패킷이 거부되지 않고 유실됩니다.
        [no-host] 그 주소를 가진 호스트가 없습니다.
        [martian-source] 노드가 보낸 패킷이 그 노드로 되돌아왔습니다. 노드는 출발지가 자기 주소인 패킷이 외부에서 들어오면 드롭합니다.
        [loopback-source] 루프백 주소에서 온 패킷은 노드를 떠날 수 없습니다. 노드의 다른 주소를 호출하세요.
        [asymmetric-return] 응답이 주소를 바꾼 노드를 거치지 않습니다. 파드가 externalTrafficPolicy: Local인 서비스를 다른 노드의 노드포트로 호출하면, 그 노드에서는 마스커레이딩이 일어나지 않습니다.
        [nodes-excluded] 모든 노드에 node.kubernetes.io/exclude-from-external-load-balancers 레이블이 있어 로드밸런서가 사용할 노드가 없습니다.
        [no-node-port] 로드밸런서가 호출할 노드포트가 없습니다.
        [not-announced] 로드밸런서 주소에 응답하는 노드가 없습니다.
        [no-healthy-node] 로드밸런서의 헬스 체크를 통과한 노드가 없습니다.
        [node-down] 패킷이 지나가야 할 노드가 중단되었습니다. 어느 노드인지는 마지막 홉에 있습니다.
       *[other] 규칙이 패킷을 드롭했습니다.
    }
verdict-unreachable = { $from ->
        [client] 외부 클라이언트
       *[other] { $from }
    }에서 그 네트워크에 도달할 수 없습니다.
    .detail = { $from ->
        [client] 외부 클라이언트
       *[other] { $from }
    }에 { $family } 주소가 없어 커널이 { $to } 주소로 가는 경로를 모르고 아무것도 보내지 않습니다. 프로그램은 “Network is unreachable”을 출력합니다.
verdict-no-such-name = 이름을 찾을 수 없습니다: { $name }.
    .detail = 클라이언트는 패킷을 하나도 보내지 않습니다. 파드는 같은 네임스페이스의 서비스를 이름만으로 찾고, 다른 네임스페이스의 서비스는 ‘이름.네임스페이스’로 찾습니다.
verdict-lookup-failed = { $name }의 주소를 조회할 수 없습니다.
    .detail = { $why ->
        [policy-egress] 클라이언트에 적용되는 네트워크폴리시가 네임서버로 보내는 질의(UDP 53번 포트 이그레스)를 허용하지 않습니다. 서비스로 패킷을 보내기도 전에 모든 조회가 타임아웃됩니다.
        [policy-ingress] 네임서버 파드에 적용되는 네트워크폴리시가 질의를 받아들이지 않습니다(인그레스). 서비스로 패킷을 보내기도 전에 모든 조회가 타임아웃됩니다.
        [no-endpoints] 클러스터 DNS 서버에 준비된 엔드포인트가 없습니다. 이름은 조회할 수 없지만, 주소로는 여전히 연결할 수 있습니다.
        [node-down] 질의가 지나가야 할 노드가 중단되었습니다. 어느 노드인지는 마지막 홉에 있습니다. 호출자 자신의 노드라면 그곳에서는 아무것도 호출할 수 없습니다.
       *[other] 클러스터 DNS 서버가 응답하지 않았습니다. 주소로 호출할 때는 네임서버가 필요하지 않습니다.
    }
verdict-ingress-unreachable = { $host }에 응답하는 곳이 없습니다.
    .detail = { $why ->
        [no-class] 인그레스에 클래스가 없습니다. ingressClassName을 지정하세요.
        [no-controller] 이 클래스의 인그레스 컨트롤러가 없습니다.
       *[no-address] 클러스터 외부에서 컨트롤러에 접근할 수 없습니다. LoadBalancer나 NodePort 타입의 서비스로 컨트롤러를 노출하세요.
    }
verdict-http-error = { $by }에서 { $grpc ->
        [unimplemented] gRPC UNIMPLEMENTED
        [unavailable] gRPC UNAVAILABLE
       *[none] HTTP { $status }
    } 상태로 응답했습니다.
    .detail = { $why ->
        [no-gateway-listener] 이 포트와 호스트에 맞는 게이트웨이 리스너가 없습니다.
        [no-gateway-route] 게이트웨이의 리스너에 이 요청과 일치하는 라우트가 없습니다.
        [ref-not-permitted] 백엔드가 다른 네임스페이스에 있고, 그 네임스페이스에 참조를 허용하는 ReferenceGrant가 없습니다.
        [invalid-backend] 규칙의 백엔드가 서비스가 아닙니다.
        [no-backend] 규칙에 백엔드가 없습니다.
        [no-ingress-rule] 이 호스트와 경로에 일치하는 인그레스 규칙이 없습니다.
        [no-such-service] 규칙에 적힌 서비스가 없습니다.
        [no-such-port] 규칙에 적힌 포트가 서비스에 없습니다. 파드의 포트가 아니라 서비스의 포트를 적어야 합니다.
        [no-endpoints] 규칙에 적힌 서비스에 엔드포인트가 없습니다.
        [nothing-listens] 규칙에 적힌 서비스의 엔드포인트가 연결을 거부했습니다.
        [process-exited] 파드가 삭제되어 프로세스가 종료된 엔드포인트가 연결을 거부했습니다.
        [no-local-endpoints] 로드밸런서의 헬스 체크에 실패하는 노드입니다. 이 노드에는 서비스의 준비된 엔드포인트가 없습니다.
        [backend-not-resolved] 컨트롤러가 ExternalName 서비스의 이름을 찾지 못합니다.
        [address-not-served] 인그레스 어노테이션의 주소 목록 때문에 이 연결의 출발지 주소는 허용되지 않습니다.
        [credentials-missing] 인그레스에서 사용자 이름과 암호를 요구하는데 요청에 없습니다.
        [plain-to-tls-port] 요청은 평문인데, 도착한 컨트롤러의 포트는 TLS용입니다.
        [tls-to-plain-port] 요청은 TLS인데, 도착한 컨트롤러의 포트는 평문 HTTP용입니다.
        [backend-not-grpc] 컨트롤러가 규칙에 적힌 서비스와 HTTP/1.1로 통신합니다.
       *[other] 규칙에 적힌 서비스의 엔드포인트가 응답하지 않았습니다.
    }
verdict-unknown = 패킷은 { $pod }에 도착했지만, { $port }번 포트에서 수신 대기하는 프로세스가 있는지는 알 수 없습니다.
    .detail = 컨테이너에 포트를 선언하거나, 파드에 kubehop/listens 어노테이션으로 명시하세요.
