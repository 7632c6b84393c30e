## Why the packet took this path. .detail continues the paragraph; .note is a remark; .stop labels the hop on the
## timeline.

reason-opens = { $from ->
        [client] 외부 클라이언트가 { $to } 주소로 연결을 시도합니다.
       *[other] { $from }에서 { $to } 주소로 연결을 시도합니다.
    }
    .detail = { $virtual ->
        [true] 서비스 { $service }의 가상 주소입니다. 어떤 머신에도 할당되지 않고 규칙에만 존재하는 주소입니다.
       *[other] { "" }
    }
    .stop = { $from ->
        [client] 외부 클라이언트
       *[other] { $from }
    }
reason-resolves = DNS 서버 { $server }의 응답: { $name }의 주소는 { $address }입니다.
    .detail = { GIVEN($alias) ->
        [yes] 이 이름은 { $alias }의 별칭(CNAME)입니다. { $tried ->
            [0] { "" }
           *[other] 앞서 조회한 이름 { $tried }개에는 해당하는 레코드가 없었습니다.
        }
       *[no] { $count ->
            [1] { $tried ->
                [0] 처음 조회한 이름이 바로 있었습니다.
               *[other] 앞서 search 도메인을 붙여 조회한 이름 { $tried }개에는 해당하는 레코드가 없었습니다.
            }
           *[other] 주소가 { $count }개이며, 클라이언트는 그중 하나를 사용합니다.
        }
    }
    .stop = DNS
reason-asks = 리졸버가 DNS 서버 { $server }에 { $name }의 주소를 질의합니다.
    .detail = DNS 질의도 다른 트래픽과 똑같은 패킷이며, 클러스터 DNS 서버의 주소로 전송됩니다.
    .stop = DNS
reason-asked = 리졸버가 DNS 서버 { $server }에 { $name }의 주소를 질의합니다: { $outcome }.
    .detail = { $by }에서 응답합니다. 리졸버는 search 목록의 다음 이름을 조회합니다.
    .stop = DNS
reason-responds = { $by }에서 { $name }의 주소를 조회합니다: { $outcome }.
    .stop = { $by }
reason-ingress-unreachable = { $host }에 응답하는 곳이 없습니다.
    .detail = { $why ->
        [no-class] 인그레스 { $ingress }에 ingressClassName이 없고, 기본 IngressClass도 없습니다. 이런 인그레스는 모든 컨트롤러가 무시합니다.
        [no-controller] 인그레스 { $ingress }의 클래스는 { $class }인데, 이 클래스를 처리하는 컨트롤러 파드가 없습니다. 인그레스만으로는 아무 일도 일어나지 않습니다. 컨트롤러와 그 IngressClass를 설치하세요.
       *[no-address] 인그레스 { $ingress }의 컨트롤러는 실행 중이지만, 컨트롤러를 클러스터 외부에 노출하는 서비스가 없습니다.
    }
    .stop = 컨트롤러 없음
reason-continues = { $from ->
        [client] 외부 클라이언트
       *[other] { $from }
    }에서 { $to } 주소에 이미 열려 있는 연결을 통해 데이터를 더 보냅니다.
    .detail = { $protocol ->
        [UDP] UDP에는 연결이 없습니다. 같은 두 포트 사이에 패킷이 이어지는 동안에는 하나의 흐름으로 취급합니다.
       *[other] keep-alive로 유지되는 연결은 새 연결이 아니므로 엔드포인트를 다시 선택하지 않습니다.
    }
    .stop = 추가 데이터
reason-no-such-name = DNS 서버 { $server }에 { $name }의 주소가 없습니다.
    .detail = { $tried ->
        [1] 이름 하나를 조회했습니다.
       *[other] search 도메인을 하나씩 붙인 이름과 입력한 그대로의 이름까지, 모두 { $tried }개를 조회했습니다.
    }
    .stop = DNS
reason-balances = 서비스 { $service }의 클라우드 로드밸런서가 연결을 { $node } 노드로 전달합니다.
    .detail = { $nodes ->
        [1] 헬스 체크를 통과한 유일한 노드입니다.
       *[other] 헬스 체크를 통과한 노드는 { $nodes }개이며, 그중 어느 노드든 선택될 수 있습니다.
    }{ $excluded ->
        [0] { "" }
       *[other] { " " }노드 { $excluded }개는 node.kubernetes.io/exclude-from-external-load-balancers 레이블 때문에 제외되었습니다.
    }
    .stop = 로드밸런서
reason-no-healthy-node = 서비스 { $service }의 클라우드 로드밸런서에 연결을 전달할 노드가 없습니다.
    .detail = { $excluded ->
        [0] 헬스 체크를 통과한 노드가 없습니다. externalTrafficPolicy: Local에서는 준비된 엔드포인트가 있는 노드만 통과합니다.
       *[other] node.kubernetes.io/exclude-from-external-load-balancers 레이블로 제외된 노드({ $excluded }개) 외에는 헬스 체크를 통과한 노드가 없습니다.
    }
    .stop = 로드밸런서
reason-answers-arp = { $node } 노드가 { $address } 주소의 ARP 요청에 응답합니다. MetalLB가 서비스 { $service }에 대해 선출한 노드입니다.
    .detail = { $candidates ->
        [1] 유일한 후보입니다.
       *[other] 후보 { $candidates }개 중 가중치가 가장 크고, 같으면 노드 이름과 주소의 해시가 가장 작은 노드입니다. 이 주소는 어느 인터페이스에도 없으며, kube-proxy의 규칙이 패킷을 처리합니다.
    }
    .stop = MetalLB(레이어 2)
reason-routes-by-bgp = 라우터가 { $address } 주소의 연결을 { $node } 노드로 보냅니다.
    .detail = { $nodes ->
        [1] 서비스 { $service }의 주소를 BGP로 알리는 유일한 노드입니다.
       *[other] 노드 { $nodes }개가 서비스 { $service }의 주소를 BGP로 알리며, 라우터는 연결을 이 노드들에 나누어 보냅니다(ECMP).
    }
    .stop = 라우터(BGP)
reason-not-announced = { $address } 주소에 응답하는 노드가 없습니다. MetalLB가 서비스 { $service }의 주소를 어느 노드에서도 알리지 않습니다.
    .stop = ARP 응답 없음
reason-svclb-forwards = { $pod } 파드가 서비스 { $service }의 연결을 { $to } 주소로 보냅니다.
    .detail = 서비스의 status에 다른 주소만 있어 kube-proxy에는 호출한 주소에 대한 규칙이 없습니다. 그래서 k3s ServiceLB 파드의 hostPort가 처리합니다. 백엔드에는 이 파드의 주소가 출발지로 보입니다.
    .stop = svclb 파드
reason-svclb-drops = { $pod } 파드가 패킷을 드롭합니다. { $client } 주소는 서비스 { $service }에 허용된 클라이언트가 아닙니다.
    .stop = svclb 파드
reason-no-listener = 서비스 { $service }의 로드밸런서는 { $port }번 포트에서 수신 대기하지 않습니다. 서비스에 해당 포트가 없습니다.
    .stop = 로드밸런서
reason-no-node-port = 서비스 { $service }의 클라우드 로드밸런서는 노드포트로 새 연결을 여는데, { $port }번 포트에는 노드포트가 없습니다.
    .detail = allocateLoadBalancerNodePorts: false에서는 패킷을 그대로 전달하거나(ipMode: VIP) 파드를 직접 호출하는 로드밸런서만 서비스에 연결할 수 있습니다.
    .stop = 로드밸런서
reason-reopens = { $byName ->
        [true] 서비스의 status에 로드밸런서의 호스트 이름만 있어 노드는 그 주소를 알지 못합니다. 로드밸런서가 { $to } 주소로 새 연결을 엽니다.
       *[other] 로드밸런서가 패킷을 그대로 전달하지 않고(ipMode: Proxy) { $to } 주소로 새 연결을 엽니다.
    }
    .detail = { $node } 노드에는 클라이언트가 아니라 서비스 { $service }의 로드밸런서에서 온 연결로 보입니다.
    .stop = 로드밸런서
reason-arrives = { $node } 노드가 { $port }번 포트로 패킷을 받습니다.
    .detail = { $nodePort ->
        [true] 이 포트에서 수신 대기하는 프로세스는 없으며, 커널의 NAT 규칙이 목적지를 결정합니다.
       *[other] 커널은 먼저 NAT 규칙을 평가합니다.
    }
    .note = { $nodePort ->
        [true] kube-proxy는 이 포트를 모든 노드에서 엽니다.
       *[other] { "" }
    }
    .stop = { $node } :{ $port }
reason-dnat = { $count ->
        [1] kube-proxy의 규칙이 유일한 엔드포인트를 선택합니다.
       *[other] kube-proxy의 규칙이 엔드포인트 { $count }개 중 하나를 선택합니다.
    }
    .detail = { $masquerade ->
        [external] 목적지는 { $endpoint } 주소로 바뀝니다. 응답이 이 노드를 거쳐 돌아오도록 출발지도 { $node } 노드의 주소로 바뀝니다.
        [node] 목적지는 { $endpoint } 주소로 바뀝니다. 파드에서 보낸 패킷이 아니므로 출발지도 { $node } 노드의 주소와 포트로 바뀝니다.
        [hairpin] 목적지는 { $endpoint } 주소로 바뀝니다. 이 엔드포인트는 클라이언트 자신입니다. 파드가 자기 주소에서 온 패킷을 받지 않도록 출발지도 { $node } 노드의 주소로 바뀝니다(헤어핀).
       *[no] 목적지는 { $endpoint } 주소로 바뀝니다. 출발지 주소는 바뀌지 않습니다.
    }
    .note = { $masquerade ->
        [external] 엔드포인트에는 출발지가 클라이언트가 아니라 { $node } 노드로 보입니다. 클라이언트의 주소를 보존하려면: externalTrafficPolicy: Local
       *[other] { "" }
    }{ $inTurn ->
        [true] { " " }IPVS는 엔드포인트를 차례대로 사용합니다(rr). 이 노드를 거쳐 이 주소로 가는 연결 { $count }개마다 각 엔드포인트가 하나씩 받습니다. kube-proxy가 엔드포인트를 정해진 순서 없이 추가하므로 어디서 시작하는지는 알 수 없습니다.
       *[other] { "" }
    }
    .stop = kube-proxy 주소 변환
reason-host-port = 컨테이너 포트 매핑(CNI portmap)이 { $node } 노드의 { $port } 포트를 { $pod } 파드로 전달합니다.
    .detail = { $masquerade ->
        [hairpin] 목적지는 { $endpoint } 주소로 바뀝니다. 클라이언트가 같은 노드의 파드이므로 응답이 주소 변환을 거쳐 돌아오도록 출발지도 { $node } 노드의 주소로 바뀝니다.
        [node] 목적지는 { $endpoint } 주소로 바뀝니다. 파드는 127.0.0.1로 응답할 수 없으므로 출발지도 { $node } 노드의 주소로 바뀝니다.
       *[no] 목적지는 { $endpoint } 주소로 바뀝니다. 출발지 주소는 바뀌지 않습니다.
    }
    .note = 노드에서 이 포트를 여는 프로세스는 없고 kube-proxy와도 관계가 없습니다. 이 규칙은 파드가 시작될 때 CNI 플러그인이 만듭니다.
    .stop = hostPort
reason-rejects = { $node } 노드의 kube-proxy 규칙이 패킷을 거부합니다(규칙 “{ $service }”).
    .detail = { $why ->
        [no-such-port] 서비스에 해당 포트가 없습니다. nftables 모드와 IPVS 모드에서는 이런 패킷이 ICMP 오류와 함께 즉시 거부됩니다.
        [no-local-endpoints] 내부 트래픽 정책이 Local인데 이 노드에는 엔드포인트가 없습니다. 엔드포인트가 없는 IPVS 가상 서버는 ICMP 오류로 응답합니다. iptables 모드에서는 패킷이 드롭됩니다.
       *[other] 엔드포인트가 없는 서비스로 보낸 패킷은 ICMP 오류와 함께 즉시 거부됩니다.
    }
    .stop = kube-proxy 거부
reason-drops = { $node } 노드의 kube-proxy 규칙이 패킷을 드롭합니다(규칙 “{ $rule }”).
    .detail = 오류가 전송되지 않으므로 클라이언트는 오지 않을 응답을 기다립니다.
    .stop = 드롭
reason-policy-allows = 네트워크폴리시 { $policy }의 규칙에 따라 { $pod } 파드는 이 연결을 { $half ->
        [egress] 열 수 있습니다
       *[ingress] 받을 수 있습니다
    }(spec.{ $half }[{ $rule }]).
    .detail = 정책이 평가하는 주소는 { $from } → { $to }입니다. 목적지는 이미 바뀌었고, 출발지는 앞선 노드에서 바뀐 그대로입니다.
    .stop = { $half ->
        [egress] 이그레스
       *[ingress] 인그레스
    } 열림
reason-policy-drops = { $pod } 파드가 이 연결을 { $half ->
        [egress] 여는
       *[ingress] 받는
    } 것을 허용하는 네트워크폴리시가 없습니다.
    .detail = { $pod } 파드는 { $policies } 정책에 의해 { $half ->
        [egress] 이그레스
       *[ingress] 인그레스
    } 방향으로 격리되어 있고, { $from } → { $to }에 일치하는 규칙이 없습니다. 정책은 서비스의 포트가 아니라 파드의 포트를 기준으로 적용됩니다. { $rejects ->
        [true] 네트워크 플러그인이 패킷을 거부하므로 클라이언트는 즉시 오류를 받습니다.
       *[other] 패킷은 오류 없이 드롭되므로 클라이언트는 계속 기다립니다.
    }
    .stop = { $half ->
        [egress] 이그레스
       *[ingress] 인그레스
    } 닫힘
reason-policy-depends = { $pod } 파드가 이 연결을 { $half ->
        [egress] 열 수
       *[ingress] 받을 수
    } 있는지는 네트워크 플러그인에 따라 다릅니다.
    .detail = { $pod } 파드는 { $policies } 정책에 의해 { $half ->
        [egress] 이그레스
       *[ingress] 인그레스
    } 방향으로 격리되어 있고, 정책이 평가하는 주소는 { $from } → { $to }입니다. { $case ->
        [from-own-node] 허용하는 규칙은 없지만 파드가 있는 노드에서 온 패킷입니다. 프로브에 필요하므로 API에는 허용된다고 적혀 있으나, 드롭하는 플러그인도 있습니다.
        [to-own-node] 허용하는 규칙은 없지만 파드가 있는 노드로 가는 패킷입니다. 문서에는 항상 허용된다고 적혀 있으나, 드롭하는 플러그인도 있습니다.
        [itself] 허용하는 규칙은 없지만 파드는 언제나 자기 자신에게 접근할 수 있습니다.
        [hairpin] 허용하는 규칙이 없습니다. 파드가 서비스를 거쳐 자기 자신을 호출합니다. 문서에는 자신에 대한 접근을 막을 수 없다고 적혀 있지만, 패킷이 파드를 나갔다가 돌아오므로 드롭하는 플러그인도 있습니다.
        [host-network] 노드의 네트워크를 쓰는 파드입니다. 대부분의 플러그인은 이런 파드에 정책을 적용하지 않습니다.
        [host-network-peer] 상대 파드가 노드의 네트워크를 씁니다. 대부분의 플러그인에는 노드의 주소로, 일부에는 파드의 레이블로 보이며, 여기서는 두 결과가 다릅니다.
        [ended-pod] 종료된 파드의 주소입니다.
        [sidecar-port] 규칙의 포트 이름이 사이드카 컨테이너에만 있습니다. 사이드카를 확인하지 않는 플러그인도 있습니다.
        [open-connection] 이미 열려 있던 연결이지만 이제 이 연결을 허용하는 규칙이 없습니다. 열린 연결을 그대로 두는 플러그인도 있고, 정책이 바뀌면 끊는 플러그인도 있습니다.
        [masqueraded-on-own-node] 출발지가 파드가 있는 노드에서 바뀝니다. 그 전에 필터링하는 플러그인에는 규칙이 허용하지 않는 클라이언트로 보이고, 다른 플러그인에는 허용되는 자기 노드에서 온 패킷으로 보입니다.
       *[no-endpoints] 허용하는 규칙이 없고 kube-proxy도 거부합니다. 두 규칙 중 어느 것이 먼저인지는 플러그인에 따라 다릅니다.
    } { $passes ->
        [true] kubehop은 통과시킵니다.
       *[other] kubehop은 드롭합니다.
    } 클러스터 설정에서 플러그인을 선택할 수 있습니다.
    .stop = { $half ->
        [egress] 이그레스
       *[ingress] 인그레스
    }: 플러그인에 따라 다름
reason-no-rule = { $node } 노드에는 { $to } 주소에 해당하는 규칙이 없습니다.
    .detail = { GIVEN($service) ->
        [yes] 서비스 { $service }의 주소이지만, 이 서비스에 없는 포트입니다. 패킷은 바뀌지 않고 그대로 라우팅됩니다.
       *[no] 패킷은 바뀌지 않고 그대로 라우팅됩니다.
    }
    .stop = { $node }
reason-conntrack-hit = { $node } 노드가 이미 추적 중인 연결이므로 패킷은 첫 패킷과 같은 { $endpoint } 주소로 전송됩니다.
    .detail = 그 사이에 NAT 규칙이 바뀌었더라도 다시 평가하지 않습니다.
    .stop = conntrack
reason-takes-http = 인그레스 컨트롤러 { $by }에서 요청을 받습니다: Host { $host }, 경로 { $path }.
    .stop = { $by }
reason-routes-http = 인그레스 { $ingress }의 규칙에 따라 요청이 서비스 { $service }의 { $port }번 포트로 라우팅됩니다.
    .detail = { GIVEN($rule) ->
        [yes] 경로 { $rule }에 일치하는 요청입니다.
       *[no] 일치하는 규칙이 없어 기본 백엔드를 사용합니다.
    }{ $canary ->
        [true] {" "}같은 호스트와 경로에 대한 다른 인그레스의 카나리입니다.
       *[other] { "" }
    }{ GIVEN($rewritten) ->
        [yes] {" "}백엔드가 받는 경로: { $rewritten }.
       *[no] { "" }
    }{ GIVEN($external) ->
        [yes] {" "}백엔드가 ExternalName이므로 컨트롤러가 { $external } 이름을 직접 조회합니다.
       *[no] { "" }
    } 컨트롤러가 새 연결을 엽니다.
    .stop = 인그레스 규칙
reason-takes-for-gateway = { GIVEN($listener) ->
        [yes] { $by }에서 게이트웨이 { $gateway }의 리스너 { $listener }({ $port }번 포트)로 요청을 받습니다.
       *[no] { $by }에서 게이트웨이 { $gateway } 앞으로 온 요청을 받지만 { $port }번 포트에 맞는 리스너가 없습니다.
    }
    .stop = { $by }
reason-routes-for-gateway = { $route }의 규칙 { $rule }에 따라 서비스 { $service }의 { $port }번 포트로 라우팅됩니다.
    .detail = { GIVEN($matched) ->
        [yes] 일치한 조건: { $matched }.
       *[no] 조건이 없는 규칙입니다.
    }{ GIVEN($request) ->
        [yes] {" "}백엔드에서 받는 요청: { $request }.
       *[no] {" "}데이터를 그대로 전달합니다.
    }{ GIVEN($mirrors) ->
        [yes] {" "}복사본을 { $mirrors } 서비스로 보내고 그 응답은 버립니다.
       *[no] { "" }
    }{ GIVEN($timeout) ->
        [yes] {" "}요청의 제한 시간은 { $timeout }입니다.
       *[no] { "" }
    }{ GIVEN($response) ->
        [yes] {" "}돌아오는 길에 프록시가 응답 헤더를 바꿉니다: { $response }.
       *[no] { "" }
    }{ GIVEN($allowedOrigin) ->
        [yes] {" "}CORS 필터가 { $allowedOrigin } 오리진의 페이지에서 이 응답을 읽도록 허용합니다.
       *[no] { "" }
    }{ GIVEN($deniedOrigin) ->
        [yes] {" "}CORS 필터가 { $deniedOrigin } 오리진을 허용하지 않습니다. 백엔드는 응답하지만, 브라우저가 그 오리진의 페이지에 응답을 넘겨주지 않습니다.
       *[no] { "" }
    } 프록시가 연결을 새로 엽니다.
    .stop = 규칙 { $rule }
reason-redirects-for-gateway = { $by }에서 직접 응답합니다: HTTP { $status }, Location { $to }.
    .detail = { $route }의 규칙 { $rule }에 RequestRedirect 필터가 있습니다.
    .stop = HTTP { $status }
reason-answers-preflight = { $by }에서 프리플라이트 요청에 직접 응답합니다: HTTP 200 또는 204.
    .detail = { $route }의 규칙 { $rule }에 CORS 필터가 있으며, 백엔드에는 전달하지 않습니다. { GIVEN($headers) ->
        [yes] 응답 헤더: { $headers }.
       *[no] 응답에 Access-Control-Allow-Origin 헤더가 없습니다. 403으로 응답하는 구현체도 있습니다.
    } { $denial ->
        [none] 이어서 브라우저가 요청을 보냅니다.
        [origin] allowOrigins에 { $denied } 오리진이 없어서 브라우저가 요청을 보내지 않고 CORS 오류를 표시합니다.
        [method] allowMethods에 { $denied } 메서드가 없어서 브라우저가 요청을 보내지 않고 CORS 오류를 표시합니다.
       *[header] allowHeaders에 { $denied } 헤더가 없어서 브라우저가 요청을 보내지 않고 CORS 오류를 표시합니다.
    }
    .stop = 프리플라이트
reason-gateway-closes = { $by }에서 연결을 닫습니다.
    .detail = { $why ->
        [no-gateway-listener] 이 포트, 프로토콜, 호스트에 맞는 게이트웨이 리스너가 없습니다.
        [no-gateway-route] 이 연결에 맞는 라우트가 리스너에 연결되어 있지 않습니다.
        [ref-not-permitted] 백엔드가 다른 네임스페이스에 있고, 그 네임스페이스에 참조를 허용하는 ReferenceGrant가 없습니다.
        [no-such-service] 라우트에 적힌 백엔드가 없습니다.
       *[other] 라우트에 호출할 수 있는 백엔드가 없습니다.
    }
    .stop = { $by }
reason-redirects-http = { $by }에서 직접 응답합니다: HTTP { $status }, Location { $to }.
    .detail = { $status ->
        [308] 호스트에 인증서가 있거나 force-ssl-redirect를 설정하면 ingress-nginx가 HTTP 요청을 HTTPS로 리다이렉트합니다. 인증서로 인한 리다이렉트는 ssl-redirect: "false"로 끌 수 있습니다.
       *[other] 인그레스의 어노테이션에 따른 응답입니다.
    }
    .stop = HTTP { $status }
reason-controller-decides = { $by }에서 이 요청을 어떻게 처리할지는 컨트롤러({ $controller })에 달려 있습니다.
    .detail = { $matter ->
        [custom-backend] 규칙의 백엔드가 구현체 고유의 종류입니다. 구현체가 지원하면 요청이 그곳으로 가고, 지원하지 않으면 500으로 응답합니다.
        [external-name] 백엔드가 ExternalName 서비스입니다. ingress-nginx는 이 이름으로 프록시하지만, 다른 컨트롤러는 허용된 경우에만 프록시하거나 아예 지원하지 않습니다.
        [regular-expression] ImplementationSpecific 타입의 경로가 정규식으로 보이는데, 컨트롤러마다 다르게 해석합니다.
       *[other] 일치하는 경로보다 앞에 전후방 탐색이나 역참조를 쓴 정규식 경로가 있습니다. 이런 정규식은 nginx 자체 엔진만 평가할 수 있습니다.
    }
    .stop = { $by }
reason-answers-http = { $by }에서 직접 응답합니다: { $grpc ->
        [unimplemented] gRPC UNIMPLEMENTED
        [unavailable] gRPC UNAVAILABLE
       *[none] HTTP { $status }
    }.
    .detail = { $why ->
        [no-gateway-listener] 이 포트와 호스트에 맞는 게이트웨이 리스너가 없습니다.
        [no-gateway-route] 게이트웨이의 리스너에 이 요청과 일치하는 라우트가 없습니다.
        [ref-not-permitted] 백엔드가 다른 네임스페이스에 있고, 그 네임스페이스에 참조를 허용하는 ReferenceGrant가 없습니다.
        [invalid-backend] 규칙의 백엔드가 서비스가 아닙니다.
        [no-backend] 규칙에 백엔드가 없습니다.
        [no-ingress-rule] 같은 클래스의 인그레스 중에 이 호스트와 경로에 일치하는 규칙이 없습니다.
        [no-such-service] 규칙에 적힌 서비스가 없습니다.
        [no-such-port] 규칙에는 파드의 포트가 아니라 서비스의 포트를 적어야 합니다.
        [no-endpoints] 규칙에 적힌 서비스에 엔드포인트가 없습니다.
        [nothing-listens] 엔드포인트가 연결을 거부했습니다.
        [process-exited] 파드가 삭제되어 프로세스가 종료된 엔드포인트가 연결을 거부했습니다.
        [no-local-endpoints] 이 노드에는 서비스의 준비된 엔드포인트가 없습니다. 로드밸런서가 이 노드로 트래픽을 보내지 않게 하는 응답입니다.
        [backend-not-resolved] 컨트롤러의 리졸버가 ExternalName 서비스의 이름을 찾지 못합니다.
        [address-not-served] 인그레스 어노테이션의 주소 목록 때문에 이 연결의 출발지 주소는 허용되지 않습니다.
        [credentials-missing] 인그레스에서 사용자 이름과 암호를 요구하는데 요청에 없습니다.
        [plain-to-tls-port] 요청은 평문인데, 도착한 컨트롤러의 포트는 TLS용입니다.
        [tls-to-plain-port] 요청은 TLS인데, 도착한 컨트롤러의 포트는 평문 HTTP용입니다.
        [backend-not-grpc] 요청은 gRPC인데 컨트롤러는 규칙에 적힌 서비스와 HTTP/1.1로 통신합니다.
       *[other] 엔드포인트가 응답하지 않았습니다.
    }
    .stop = { $grpc ->
        [unimplemented] gRPC UNIMPLEMENTED
        [unavailable] gRPC UNAVAILABLE
       *[none] HTTP { $status }
    }
reason-routes = { $from } 노드에서 { $to } 노드로 라우팅됩니다.
    .detail = { $masquerade ->
        [true] 파드가 보낸 연결이 같은 파드로 되돌아왔으므로 { $to } 노드가 출발지를 자신의 주소로 바꿉니다.
       *[other] { "" }
    }
    .stop = { $to }
reason-answers = { $by }의 { $port }번 포트에서 응답합니다.
    .detail = { $listening ->
        [declared] 컨테이너가 선언한 포트입니다.
        [assumed] 파드가 선언한 포트가 없으므로 모든 포트가 열려 있다고 가정합니다. 프로세스가 어느 포트에서 수신 대기하는지 쿠버네티스는 알지 못합니다.
        [stated] 파드의 어노테이션에 명시된 포트입니다.
        [kube-proxy] 이 노드에 서비스의 준비된 엔드포인트가 있는지 로드밸런서에 알려 주는 헬스 체크입니다.
       *[outside] 클러스터 외부 주소이므로 이 포트가 열려 있다고 가정합니다.
    }
    .stop = { $by }
reason-not-known-to-listen = 패킷이 { $pod }에 도착합니다. { $port }번 포트에서 수신 대기하는 프로세스가 있을까요?
    .detail = 매니페스트만으로는 알 수 없습니다. 이 파드가 선언한 포트는 { $declared }입니다. 그래도 쿠버네티스는 이 포트로 패킷을 보냅니다. 대개는 수신 대기하는 프로세스가 없어 연결이 거부됩니다.
    .stop = { $pod }
reason-listens-on-loopback = 패킷이 { $pod }에 도착합니다. 프로세스가 루프백 주소에서만 수신하는 것으로 보입니다.
    .detail = 컨테이너의 인자({ $argument })를 보면 프로세스가 루프백 주소에서 수신합니다. 루프백에서만 수신하는 프로세스는 파드의 주소로 온 연결을 거부합니다. kubectl port-forward와 파드 안에서 보낸 요청은 동작합니다.
    .stop = { $pod }
reason-only-sibling-declares = 패킷이 { $pod }에 도착합니다. 수신 대기하는 프로세스가 있을까요?
    .detail = 매니페스트만으로는 알 수 없습니다. { $pod } 파드는 포트를 선언하지 않았고, 같은 서비스 { $service }의 { $sibling } 파드는 { $declared } 포트를 선언했습니다. { $pod } 파드에서는 다른 프로그램이 실행되어 연결이 거부될 가능성이 높습니다.
    .stop = { $pod }
reason-closed = { $by }의 { $port }번 포트에서 수신 대기하는 프로세스가 없습니다.
    .detail = 커널이 연결을 거부합니다.
    .stop = { $by }
reason-process-exited = { $by }의 프로세스는 이미 종료되었지만, 규칙은 아직 이 파드의 { $port } 포트로 보냅니다.
    .detail = 파드는 { $lag }초 전에 삭제되었습니다. 파드가 완전히 제거될 때까지 커널이 연결을 거부합니다. kube-proxy와 컨트롤러는 새 엔드포인트슬라이스를 아직 반영하지 못했습니다.
    .stop = { $by } 종료됨
reason-no-route = { $from ->
        [client] 외부 클라이언트
       *[other] { $from }
    }에 { $family } 주소가 없어 커널이 { $to } 주소로 가는 경로를 모릅니다.
    .detail = 그 IP 패밀리의 주소가 없으면 경로도 없습니다. 호출은 바로 실패하고 패킷은 전송되지 않습니다.
    .stop = 경로 없음
reason-no-host = { $to }에서 응답할 곳이 없습니다. 이 주소를 가진 호스트가 없습니다.
    .detail = ClusterIP와 파드 IP는 클러스터 안에서만 유효합니다. 할당되지 않은 주소로 보낸 패킷은 유실됩니다.
    .stop = 호스트 없음
reason-node-down = { $node } 노드가 더 이상 응답하지 않습니다.
    .detail = 그 노드의 규칙과 파드도 함께 중단됩니다. 클러스터가 장애를 감지해 다른 파드로 대체할 때까지 이 상태가 이어집니다.
    .stop = { $node } 중단
reason-relays = { $by }에서 응답을 받아, 요청이 들어온 연결로 돌려보냅니다.
    .stop = { $by }
reason-reverse-nat = 응답이 { $node } 노드로 돌아오고, 여기서 conntrack이 { $rewrites ->
        [1] 바뀐 주소를 원래대로 되돌립니다.
       *[other] 바뀐 두 주소를 모두 원래대로 되돌립니다.
    }
    .stop = conntrack 복원
reason-forwarded = 응답이 바뀌지 않은 채 { $node } 노드를 지나갑니다.
    .stop = { $node }
reason-martian-source = { $node } 노드가 자기 주소({ $source })를 출발지로 가진 패킷을 외부에서 받습니다. 커널은 이를 비정상 패킷(martian source)으로 보고 규칙을 평가하기 전에 드롭합니다.
    .stop = 드롭
reason-loopback-source = 출발지가 루프백 주소({ $source })인 패킷이 { $node } 노드를 떠나려 합니다. 다른 머신은 이 주소로 응답할 수 없으므로 커널이 패킷을 드롭합니다.
    .stop = 드롭됨
reason-asymmetric-return = 응답이 주소를 바꾼 { $node } 노드를 거치지 않고 { $from }에서 바로 옵니다. 일치하는 연결이 없어 응답이 유실됩니다.
    .stop = 비대칭 응답
reason-returns = 응답이 { $to ->
        [client] 외부 클라이언트
       *[other] { $to }
    }에 도착합니다. 응답의 출발지는 처음에 호출한 주소인 { $from }입니다.
    .stop = 응답
reason-refused = { $to ->
        [client] 외부 클라이언트
       *[other] { $to }
    }에 즉시 { $protocol ->
        [UDP] port unreachable
       *[other] connection refused
    } 오류가 전달됩니다.
    .stop = 거부
