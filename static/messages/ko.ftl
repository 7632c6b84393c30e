# Every sentence of kubehop in Korean, in the Fluent syntax (projectfluent.org/fluent/guide). The same messages, arguments
# and attributes as en.ftl, which says what each is.
#
# Names and addresses end in any letter, so no particle that depends on it (은/는, 이/가, 을/를, 와/과, 으로/로) stands right
# after one: a noun stands between, or a particle that never changes (의, 에, 에서, 에는, 입니다). Kinds (Service, Pod, Node,
# Endpoints, EndpointSlice) and the words of manifests (selector, targetPort) stay in Latin letters.


## What is wrong with the manifests

problem-rejected = { $message }

problem-unchangeable-by-apply = { $message }
    .detail = kubectl create는 같은 이름의 두 번째 오브젝트를 거부합니다. kubectl apply는 대신 첫 번째 오브젝트를 이 내용으로 바꾸려 하고, 서버는 이렇게 답합니다. 먼저 첫 번째 오브젝트를 삭제하거나 이 필드를 그대로 두세요.

problem-server-warning = { $message }
    .detail = API 서버는 그래도 매니페스트를 받아들이며, 이 경고를 함께 출력합니다.

problem-duplicate-key = { $key } 키가 두 번 나옵니다
    .detail = API 서버는 아무 말 없이 받아들이고 마지막에 나온 값을 씁니다. 필요 없는 쪽을 지우세요.

problem-not-modelled = { $kind } 오브젝트는 받아들이지만 시뮬레이션하지 않습니다
    .detail = kubehop은 { $apiVersion } { $kind } 오브젝트의 수만 셉니다. 그림에는 아무 영향이 없습니다.

problem-capped = { $asked }개 중 { $shown }개만 표시합니다
    .detail = kubehop이 한 번에 시뮬레이션하는 수에는 한도가 있습니다. 모두 보려면 수를 줄이세요.

problem-selects-nothing = Service { $service }의 selector와 일치하는 Pod가 없습니다
    .detail = { $pods ->
        [0] { $selector } 레이블이 붙은 Pod가 없습니다. 연결하려는 Pod에 이 레이블을 붙이거나 selector를 고치세요.
       *[other] { $selector } 레이블이 붙은 Pod가 없습니다. { $nearest } 레이블이 붙은 Pod는 { $pods }개 있습니다. 이 Pod를 선택하려던 것인가요?
    }

problem-target-port-not-found = Service { $service }의 { $port }번 포트에는 엔드포인트가 없습니다
    .detail = { GIVEN($declared) ->
        [yes] 선택된 Pod에는 이름이 { $target }인 컨테이너 포트가 없습니다. 선언된 포트 이름은 { $declared }입니다.
       *[no] 선택된 Pod에는 이름이 { $target }인 컨테이너 포트가 없고, 이름을 붙인 다른 포트도 없습니다. 포트에 이름을 붙이거나 targetPort를 번호로 쓰세요.
    }

problem-load-balancer-pending = Service { $service }에 아직 외부 주소가 없습니다
    .detail = 이 클러스터에는 주소를 할당해 주는 것이 없어서 EXTERNAL-IP가 계속 <pending>입니다. ‘클러스터’ 탭에서 클라우드 로드 밸런서를 켜거나, 노드 포트로 Service에 접속하세요.


## Why the packet went this way. .detail goes on in the same paragraph; .note is a remark; .stop names the hop on the track.

reason-opens = { $from ->
        [client] 클라이언트가 { $to } 주소로 연결을 시도합니다.
       *[other] { $from }에서 { $to } 주소로 연결을 시도합니다.
    }
    .detail = { $virtual ->
        [true] Service { $service }의 가상 주소입니다. 어느 머신에도 없고 규칙에만 있는 주소입니다.
       *[other] { "" }
    }
    .stop = { $from ->
        [client] 클라이언트
       *[other] { $from }
    }
reason-resolves = DNS 서버 { $server }에서 답이 왔습니다. { $name }의 주소는 { $address }입니다.
    .detail = { GIVEN($alias) ->
        [yes] 이 이름은 { $alias }의 별칭(CNAME)입니다. { $tried ->
            [0] { "" }
           *[other] 그 전에 물어본 이름 { $tried }개에서는 답을 얻지 못했습니다.
        }
       *[no] { $count ->
            [1] { $tried ->
                [0] 처음 물어본 이름에서 바로 답을 얻었습니다.
               *[other] 그 전에 search 도메인을 붙인 이름 { $tried }개를 물어봤지만 답을 얻지 못했습니다.
            }
           *[other] 주소가 { $count }개이고, 클라이언트는 그중 하나를 씁니다.
        }
    }
    .stop = DNS
reason-asks = DNS 서버 { $server }에 { $name }의 주소를 물어봅니다.
    .detail = 질문도 다른 것과 똑같은 패킷입니다. 클러스터 DNS 서버의 주소로 갑니다.
    .stop = DNS
reason-asked = DNS 서버 { $server }에 { $name }의 주소를 물어봅니다: { $outcome }.
    .detail = { $by }에서 답했습니다. 리졸버는 search 목록의 다음 이름으로 넘어갑니다.
    .stop = DNS
reason-responds = { $by }에서 { $name }의 주소를 찾습니다: { $outcome }.
    .stop = { $by }
reason-ingress-unreachable = { $host }에 응답하는 곳이 없습니다.
    .detail = { $why ->
        [no-class] Ingress { $ingress }에 ingressClassName이 없고, 기본 IngressClass도 없습니다. 이런 Ingress는 어느 컨트롤러도 맡지 않습니다.
        [no-controller] Ingress { $ingress }의 클래스는 { $class }인데, 이 클래스를 맡은 컨트롤러 Pod가 없습니다. Ingress는 혼자서는 아무 일도 하지 않습니다. 컨트롤러와 그 IngressClass를 설치하세요.
       *[no-address] Ingress { $ingress }의 컨트롤러는 실행 중이지만, 클러스터 밖에서 부를 수 있는 주소를 주는 Service가 없습니다.
    }
    .stop = 컨트롤러 없음
reason-continues = { $from ->
        [client] 클라이언트
       *[other] { $from }
    }에서 { $to } 주소로 열려 있는 연결로 데이터를 더 보냅니다.
    .detail = { $protocol ->
        [UDP] UDP에는 연결이 없습니다. 같은 두 포트 사이의 패킷이 이어지는 동안은 하나의 흐름으로 봅니다.
       *[other] keep-alive로 유지되는 연결은 새 연결이 아닙니다. 엔드포인트를 다시 고르지 않습니다.
    }
    .stop = 이어 보내기
reason-no-such-name = DNS 서버 { $server }에는 { $name }에 대한 주소가 없습니다.
    .detail = { $tried ->
        [1] 이름 하나를 물어봤습니다.
       *[other] search 도메인을 하나씩 붙인 이름부터 적힌 그대로의 이름까지, 모두 { $tried }개를 물어봤습니다.
    }
    .stop = DNS
reason-balances = Service { $service }의 클라우드 로드 밸런서가 연결을 { $node } 노드에 넘깁니다.
    .detail = { $nodes ->
        [1] 헬스 체크를 통과한 유일한 노드입니다.
       *[other] 헬스 체크를 통과한 노드는 { $nodes }개이며, 그중 어느 노드로든 갈 수 있습니다.
    }
    .stop = 로드 밸런서
reason-no-healthy-node = Service { $service }의 클라우드 로드 밸런서에는 연결을 넘길 노드가 없습니다.
    .detail = 헬스 체크를 통과한 노드가 하나도 없습니다. externalTrafficPolicy: Local에서는 준비된 엔드포인트가 있는 노드만 통과합니다.
    .stop = 로드 밸런서
reason-reopens = 로드 밸런서가 패킷을 그대로 넘기지 않고(ipMode: Proxy) { $to } 주소로 새 연결을 엽니다.
    .detail = { $node } 노드에는 클라이언트가 아니라 Service { $service }의 로드 밸런서에서 온 연결로 보입니다.
    .stop = 로드 밸런서
reason-arrives = { $node } 노드가 { $port }번 포트로 패킷을 받습니다.
    .detail = { $nodePort ->
        [true] 이 포트에서 수신 대기하는 프로세스는 없습니다. 갈 곳은 커널의 NAT 규칙이 정합니다.
       *[other] 커널은 먼저 NAT 규칙을 확인합니다.
    }
    .note = { $nodePort ->
        [true] 어느 노드로 보내도 됩니다. 이 포트는 모든 노드에 열려 있습니다.
       *[other] { "" }
    }
    .stop = { $node } :{ $port }
reason-dnat = { $count ->
        [1] kube-proxy의 규칙이 하나뿐인 엔드포인트를 고릅니다.
       *[other] kube-proxy의 규칙이 엔드포인트 { $count }개 중 하나를 고릅니다.
    }
    .detail = { $masquerade ->
        [external] 목적지는 { $endpoint } 주소로 바뀝니다. 응답이 이 노드를 거쳐 돌아오도록 출발지도 { $node }의 주소로 바뀝니다.
        [node] 목적지는 { $endpoint } 주소로 바뀝니다. Pod에서 온 패킷이 아니므로 출발지도 { $node } 자신의 주소와 새 포트로 바뀝니다.
        [hairpin] 목적지는 { $endpoint } 주소로 바뀝니다. 이 엔드포인트는 클라이언트 자신입니다. Pod가 자기 주소에서 온 패킷을 받는 일이 없도록 출발지도 { $node }의 주소로 바뀝니다(헤어핀).
       *[no] 목적지는 { $endpoint } 주소로 바뀝니다. 출발지는 클라이언트의 주소 그대로입니다.
    }
    .note = { $masquerade ->
        [external] 엔드포인트에는 클라이언트가 아니라 { $node }에서 온 연결로 보입니다. 클라이언트의 주소를 유지하려면: externalTrafficPolicy: Local
       *[other] { "" }
    }
    .stop = kube-proxy 변환
reason-rejects = { $node } 노드의 kube-proxy 규칙이 연결을 거부합니다: { $service }.
    .detail = { $why ->
        [no-such-port] Service에 그런 포트가 없습니다. nftables 모드에서는 곧바로 ICMP 오류로 거부됩니다.
       *[other] 엔드포인트가 하나도 없는 Service로 가는 연결은 곧바로 ICMP 오류로 거부됩니다.
    }
    .stop = kube-proxy 거부
reason-drops = { $node } 노드의 kube-proxy 규칙이 패킷을 버립니다: { $rule }.
    .detail = 패킷이 버려졌다는 사실은 아무에게도 알려지지 않습니다. 클라이언트는 오지 않을 응답을 기다립니다.
    .stop = 폐기
reason-no-rule = { $node } 노드에는 { $to } 주소에 해당하는 규칙이 없습니다.
    .detail = { GIVEN($service) ->
        [yes] 이 주소는 Service { $service }의 것이지만, 이 포트는 그 Service에 없습니다. 패킷은 바뀌지 않고 그대로 라우팅됩니다.
       *[no] 패킷은 바뀌지 않고 그대로 라우팅됩니다.
    }
    .stop = { $node }
reason-conntrack-hit = { $node } 노드가 추적하고 있는 연결이므로, 패킷은 첫 패킷과 똑같이 { $endpoint } 주소로 갑니다.
    .detail = 그 뒤로 무엇이 바뀌었든 규칙을 다시 확인하지 않습니다.
    .stop = conntrack
reason-takes-http = Ingress 컨트롤러 { $by }에서 요청을 받습니다: Host { $host }, 경로 { $path }.
    .stop = { $by }
reason-routes-http = Ingress { $ingress }의 규칙에 따라 요청은 Service { $service }의 { $port }번 포트로 갑니다.
    .detail = { GIVEN($rule) ->
        [yes] 경로 { $rule }에 맞는 요청입니다. 컨트롤러가 새 연결을 엽니다.
       *[no] 일치하는 규칙이 없어 기본 백엔드를 씁니다. 컨트롤러가 새 연결을 엽니다.
    }
    .stop = Ingress 규칙
reason-answers-http = { $by }에서 직접 응답합니다: HTTP { $status }.
    .detail = { $why ->
        [no-ingress-rule] 같은 클래스의 Ingress 중에 이 호스트와 경로에 맞는 규칙이 없습니다.
        [no-such-service] 규칙에 적힌 Service가 없습니다.
        [no-such-port] 규칙에는 Pod의 포트가 아니라 Service의 포트를 적어야 합니다.
        [no-endpoints] 규칙에 적힌 Service에 엔드포인트가 없습니다.
        [nothing-listens] 엔드포인트가 연결을 거부했습니다.
        [no-local-endpoints] 이 노드에는 Service의 준비된 엔드포인트가 없습니다. 로드 밸런서는 여기로 아무것도 보내지 말아야 합니다.
       *[other] 엔드포인트가 응답하지 않았습니다.
    }
    .stop = HTTP { $status }
reason-routes = { $from } 노드에서 { $to } 노드로 라우팅됩니다.
    .stop = { $to }
reason-answers = { $by }의 { $port }번 포트가 응답합니다.
    .detail = { $listening ->
        [declared] 컨테이너가 선언한 포트입니다.
        [assumed] 선언된 포트가 하나도 없으므로 열려 있다고 가정합니다. 프로세스가 어느 포트에서 수신 대기하는지 Kubernetes는 알지 못합니다.
        [stated] Pod의 어노테이션에 그렇게 적혀 있습니다.
        [kube-proxy] 이 노드에 Service의 준비된 엔드포인트가 있는지 로드 밸런서에 알려 줍니다.
       *[outside] 클러스터 밖이므로, 이 포트가 열려 있다고 가정합니다.
    }
    .stop = { $by }
reason-not-known-to-listen = 패킷이 { $pod }에 도착합니다. { $port }번 포트에서 수신 대기하는 프로세스가 있을까요?
    .detail = 매니페스트만으로는 알 수 없습니다. 이 Pod가 선언한 포트는 { $declared }입니다. 그래도 Kubernetes는 이 포트로 패킷을 보냅니다. 아마 받는 프로세스가 없어 연결이 거부될 것입니다.
    .stop = { $pod }
reason-closed = { $by }의 { $port }번 포트에서 수신 대기하는 프로세스가 없습니다.
    .detail = 패킷을 받은 커널이 연결을 거부합니다.
    .stop = { $by }
reason-no-host = { $to } 주소를 가진 곳이 없습니다.
    .detail = 클러스터 IP와 Pod IP는 클러스터 안에서만 통합니다. 주인 없는 주소로 보낸 패킷은 그대로 사라집니다.
    .stop = 갈 곳 없음
reason-node-down = { $node } 노드가 더 이상 응답하지 않습니다.
    .detail = 그 노드의 규칙과 Pod도 함께 사라집니다. 클러스터가 이를 알아차리고 다른 Pod로 대신할 때까지는 그렇습니다.
    .stop = { $node } 중단
reason-relays = { $by }에서 응답을 받아, 자신을 부른 연결로 넘겨줍니다.
    .stop = { $by }
reason-reverse-nat = 응답이 { $node } 노드로 돌아오고, 여기서 conntrack이 { $rewrites ->
        [1] 바뀐 주소를 원래대로 되돌립니다.
       *[other] 바뀐 두 주소를 모두 원래대로 되돌립니다.
    }
    .stop = conntrack 복원
reason-forwarded = 응답이 { $node } 노드를 그대로 지나갑니다.
    .stop = { $node }
reason-martian-source = { $node } 노드가 자기 주소({ $source })를 출발지로 단 패킷을 바깥에서 받습니다. 라우팅은 이를 믿지 않고(커널 로그에 "martian source"로 남습니다), 규칙을 확인하기 전에 버립니다.
    .stop = 버림
reason-asymmetric-return = 응답이 주소를 바꾼 { $node } 노드를 거치지 않고 { $from }에서 바로 옵니다. 여기서는 그 연결을 알지 못해 응답이 사라집니다.
    .stop = 응답 유실
reason-returns = 응답이 { $to ->
        [client] 클라이언트
       *[other] { $to }
    }에 도착합니다. 응답의 출발지는 { $from }, 처음에 호출한 바로 그 주소입니다.
    .stop = 응답
reason-refused = { $to ->
        [client] 클라이언트
       *[other] { $to }
    }에 곧바로 { $protocol ->
        [UDP] port unreachable
       *[other] connection refused
    } 오류가 전달됩니다.
    .stop = 거부


## How the trip ended

verdict-answered = { $by }에서 응답했습니다.
    .detail = 클라이언트에는 자신이 호출한 주소에서 온 응답으로 보입니다.
verdict-refused = 연결이 거부되었습니다.
    .detail = { $why ->
        [no-endpoints] 이 Service 포트에는 엔드포인트가 하나도 없습니다. selector와 Pod의 레이블, targetPort와 Pod의 포트를 서로 비교하고, Pod가 준비 상태인지 확인하세요.
        [nothing-listens] 패킷은 도착했지만, 그 포트에서 수신 대기하는 프로세스가 없습니다.
        [no-such-port] Service에 그런 포트가 없습니다. nftables 모드에서는 커널이 연결을 거부합니다.
        [unknown-connection] 연결 상대였던 Pod는 사라졌고, 지금은 다른 Pod가 그 주소를 씁니다.
       *[other] { "" }
    }
verdict-timed-out = 응답이 없습니다: 시간 초과.
    .detail = { $why ->
        [no-local-endpoints] Service의 트래픽 정책이 Local인데, 이 노드에는 그 Service의 엔드포인트가 없습니다.
        [source-not-allowed] 클라이언트의 주소가 Service의 loadBalancerSourceRanges에 들어 있지 않습니다.
        [no-such-port] Service에 그런 포트가 없습니다. iptables 모드에서는 Service에 없는 포트로 보낸 패킷이 거부되지 않고 사라집니다.
        [no-host] 그 주소를 가진 곳이 없습니다.
        [martian-source] 노드가 보낸 패킷이 그 노드로 되돌아왔습니다. 노드는 자기 주소를 달고 바깥에서 들어온 패킷을 버립니다.
        [asymmetric-return] 응답이 주소를 바꾼 노드를 거치지 않습니다. Pod가 externalTrafficPolicy가 Local인 Service의 노드 포트를 다른 노드에서 호출하면, 그 노드는 출발지 주소를 바꾸지 않습니다.
        [no-healthy-node] 로드 밸런서의 헬스 체크를 통과한 노드가 없습니다.
        [node-down] 패킷이 향한 노드가 중단되었습니다.
       *[other] 규칙이 패킷을 버렸습니다.
    }
verdict-no-such-name = 이름을 찾을 수 없습니다: { $name }.
    .detail = 클라이언트는 패킷을 하나도 보내지 않습니다. Pod는 같은 네임스페이스의 Service를 이름만으로 찾고, 다른 네임스페이스의 Service는 ‘이름.네임스페이스’로 찾습니다.
verdict-lookup-failed = { $name }의 주소를 물어볼 수 없었습니다.
    .detail = { $why ->
        [no-endpoints] 클러스터 DNS 서버에 준비된 엔드포인트가 없습니다. 어떤 이름도 찾을 수 없지만, 주소로는 여전히 연결할 수 있습니다.
       *[other] 클러스터 DNS 서버가 응답하지 않았습니다. 주소로는 여전히 연결할 수 있습니다.
    }
verdict-ingress-unreachable = { $host }에 응답하는 곳이 없습니다.
    .detail = { $why ->
        [no-class] Ingress에 클래스가 없습니다. ingressClassName을 지정하세요.
        [no-controller] 이 클래스의 Ingress 컨트롤러가 없습니다.
       *[no-address] 컨트롤러를 클러스터 밖에서 부를 수 없습니다. 컨트롤러 앞에 LoadBalancer나 NodePort 타입의 Service를 두세요.
    }
verdict-http-error = { $by }에서 HTTP { $status } 상태로 응답했습니다.
    .detail = { $why ->
        [no-ingress-rule] 이 호스트와 경로에 맞는 Ingress 규칙이 없습니다.
        [no-such-service] 규칙에 적힌 Service가 없습니다.
        [no-such-port] 규칙에 적힌 포트가 Service에 없습니다. Pod의 포트가 아니라 Service의 포트를 적어야 합니다.
        [no-endpoints] 규칙에 적힌 Service에 엔드포인트가 없습니다.
        [nothing-listens] 규칙에 적힌 Service의 엔드포인트가 연결을 거부했습니다.
        [no-local-endpoints] 로드 밸런서의 헬스 체크에 실패하는 노드입니다. 이 노드에는 Service의 준비된 엔드포인트가 없습니다.
       *[other] 규칙에 적힌 Service의 엔드포인트가 응답하지 않았습니다.
    }
verdict-unknown = { $pod }까지는 도착했지만, { $port }번 포트에서 어떻게 될지는 알 수 없습니다.
    .detail = Pod에 kubehop/listens 어노테이션을 달아 알려 주거나, 컨테이너에 포트를 선언하세요.


## The request

request-no-origin = 출발지로 쓸 수 없는 값입니다: { $text }. pod/이름, pod/네임스페이스/이름, node/이름 또는 IP 주소를 쓰세요.
request-no-such-origin = 존재하지 않거나 아직 주소가 없는 출발지입니다: { $text }.
request-no-address = { $text }에는 { $family } 주소가 없습니다.
request-no-host = 호스트 이름이나 주소가 빠졌습니다.
request-bad-port = 포트는 1부터 65535까지의 숫자여야 합니다.
request-ping = ping은 포트가 없는 ICMP이고, Service에는 자기 포트에 대한 규칙만 있습니다. 그래서 Service가 멀쩡해도 클러스터 IP는 ping에 응답하지 않습니다. Service의 포트를 호출해 보세요.
request-unknown-scheme = 스킴은 http, https, tcp, udp, sctp 중 하나여야 합니다.
request-no-port = 포트가 빠졌습니다.


## Events, as the text tool takes them

event-no-event = 이벤트가 아닙니다: { $text }. unready, ready, delete, gone 뒤에 pod/이름을 쓰거나, scale deployment/이름=3 또는 down node/이름을 쓰세요.
event-no-pod = 파드가 아닙니다: { $text }. pod/이름 또는 pod/네임스페이스/이름을 쓰세요.
event-no-node = 노드가 아닙니다: { $text }. node/이름을 쓰세요.
event-no-workload = 개수를 바꿀 수 없는 대상입니다: { $text }. deployment/이름=3처럼 쓰세요. statefulset, replicaset, replicationcontroller도 됩니다. default가 아닌 네임스페이스는 deployment/네임스페이스/이름=3입니다.
event-no-replicas = 파드를 몇 개로 할지 알 수 없습니다: { $text }. deployment/이름=3처럼 0부터 65535까지의 숫자를 쓰세요.
event-no-such-object = 존재하지 않는 대상입니다: { $text }.


## What happened. .act is on the button that lets it happen, .command names it among the commands.

happening-unready = { $pod }: 준비 안 됨
    .act = 준비 안 됨
    .command = { $pod }: 준비 안 됨으로 바꾸기
happening-ready = { $pod }: 준비됨
    .act = 준비됨
    .command = { $pod }: 준비됨으로 바꾸기
happening-deleted = { $pod }: 삭제
    .act = 삭제
    .command = { $pod }: 삭제하기
happening-gone = { $pod }: 사라짐
    .act = 사라짐
    .command = { $pod }: 사라지게 하기
happening-scaled = { $kind } { $name }: 파드 { $replicas }개
    .act = { $replicas }개로
    .command = { $kind } { $name }: 파드 { $replicas }개로 바꾸기
happening-node-down = { $node }: 중단
    .act = 노드 중단
    .command = { $node }: 노드 중단


## The picture

caption-outside = 클러스터 밖
caption-cluster = 클러스터
caption-client = 클라이언트
caption-service = Service
caption-endpoints = 엔드포인트
caption-pods = Pod
caption-outside-client = 클라이언트
caption-outside-machine = 외부 머신
caption-load-balancer = 로드 밸런서
caption-rules = 규칙 { $count }개
caption-process = 프로세스
caption-selects = selector { $selector } · 준비된 엔드포인트 { $ready }/{ $total }
caption-selector = selector { $selector }
caption-no-selector = selector 없음
caption-ready = 준비됨 { $ready }/{ $total }
caption-no-endpoint-here = 엔드포인트 없음
caption-selects-by-hand = selector 없음 · 준비된 엔드포인트 { $ready }/{ $total }
caption-alias = DNS 별칭: 주소도 규칙도 없음
caption-no-endpoint = 엔드포인트 없음
caption-not-selected = 선택 안 됨
caption-not-ready = 준비 안 됨
caption-terminating = 종료 중
caption-pending = EXTERNAL-IP <pending>
caption-more = + { $count }개 더


## The page's own sentences

page-hop = { $hops }홉 중 { $hop }번째
    .short = { $hop } / { $hops }
page-resolved = Service { $services }개 · Pod { $pods }개 · Node { $nodes }개, { $took } ms 만에 계산
page-errors = 오류 { $count }건
page-warnings = 경고 { $count }건
page-notes = 참고 { $count }건
page-more-lines = … { $count }줄 더 있음
page-came-later = Pod보다 나중에 생성되어 여기에 환경 변수가 없는 Service: { $services }. Service를 먼저 생성하거나 Pod를 다시 시작하세요. DNS로는 찾을 수 있습니다.
page-sent = 전송 { $count }건


## Words on the page

label-about = 정보
label-about-note = kubehop은 시뮬레이션입니다. kube-proxy를 iptables 모드로 쓰는 Kubernetes 1.36이 여러분의 매니페스트를 어떻게 처리하는지 브라우저 안에서 계산하고, 화면에 보이는 바로 그 규칙을 따라 패킷을 하나하나 옮깁니다. 입력한 내용은 이 페이지를 벗어나지 않습니다.

    다루지 않는 것: NetworkPolicy, CNI 플러그인이 만드는 규칙과 마스커레이드, MTU, IPVS, 그리고 프로세스가 연결을 받은 뒤에 하는 일. 컨테이너가 선언한 포트는 열려 있다고 가정하고, 포트를 하나도 선언하지 않은 Pod는 모든 포트가 열려 있다고 가정합니다.
label-after = 변경 후
label-before = 변경 전
label-close = 닫기
label-cluster-domain = DNS 도메인
label-cluster-intro = 매니페스트에 없는 것을 여기서 정합니다. 매니페스트에 Node가 있으면 여기서 정한 노드 대신 그 Node를 씁니다.
label-cluster-creation = 생성 순서
label-cluster-load-balancer = LoadBalancer Service
label-cluster-nodes = 노드 수
label-cluster-pods = Pod 주소 범위
label-cluster-services = Service 주소 범위
label-column-connections = CONNECTIONS
label-column-endpoint = ENDPOINT
label-column-expected = EXPECTED
label-column-outcome = OUTCOME
label-column-pod = POD
label-commands = 명령
label-console-hint = 이 kubectl은 시뮬레이션된 클러스터에 물어봅니다. get과 describe를 쓸 수 있습니다.
label-copied = 복사했습니다
label-copy = 복사
label-copy-json = 경로를 JSON으로 복사
label-copy-problems = 문제를 텍스트로 복사
label-copy-trace = 경로를 텍스트로 복사
label-editor-by-word = 단어 단위
label-editor-close = 닫기
label-editor-completions = 자동 완성
label-editor-control-character = 제어 문자
label-editor-current-match = 현재 일치 항목
label-editor-find = 찾기
label-editor-find-all = 모두 선택
label-editor-find-next = 다음
label-editor-find-previous = 이전
label-editor-go = 이동
label-editor-go-to-line = 이동할 줄
label-editor-hint = Tab 키로 들여씁니다. 편집기에서 나가려면 Escape를 누른 다음 Tab을 누르세요.
label-editor-match-case = 대소문자 구분
label-editor-no-problems = 문제 없음
label-editor-on-line = 줄 번호
label-editor-problems = 문제
label-editor-regexp = 정규식
label-editor-replace = 바꾸기
label-editor-replace-all = 모두 바꾸기
label-editor-replace-by = 바꾸기
label-editor-replaced-matches = $개를 바꿨습니다
label-editor-replaced-on-line = $번째 줄에서 바꿨습니다
label-editor-selection-deleted = 선택한 부분을 지웠습니다
label-embed = 퍼가기
label-embed-note = 이 HTML을 웹 페이지에 넣으면 지금 보고 있는 클러스터와 요청이 그대로 나타납니다.
label-error = 오류
label-examples = 예제
label-failed = 실패
label-farther = 축소
label-fit = 화면에 맞추기
label-fix = 수정
label-from = 출발지
label-happened = 일어난 일
label-header-here = 이 홉의 패킷 헤더
label-creation-as-written = 적힌 순서대로
label-creation-services-first = Service 먼저
label-load-balancer-cloud = 클라우드가 주소를 할당
label-load-balancer-none = 할당하는 곳 없음: <pending>
label-more = 더 보기
label-nearer = 확대
label-next = 다음
label-no-endpoints = 엔드포인트 없음
label-no-lesson = 직접 작성한 매니페스트입니다. 위에서 예제를 고르면 여기에 해설이 나옵니다.
label-no-lookup = 요청에 IP 주소를 썼으므로 이름을 조회하지 않습니다. Service를 이름으로 호출하면 이름이 어떻게 조회되는지 볼 수 있습니다.
label-no-nodes = Node가 없습니다.
label-no-request = 어디에서 무엇을 호출할지 고르고 ‘보내기’를 누르세요.
label-environment = 환경 변수
label-environment-of-a-pod = Pod에서 호출하면 그 Pod가 Service에 대해 가진 환경 변수가 보입니다.
label-no-slices = EndpointSlice가 없습니다.
label-node = Node
label-none = 없음
label-note = 참고
label-outside-client = 클라이언트
label-own-text = 직접 작성한 매니페스트
label-pause = 일시 정지
label-picture = 클러스터 그림
label-play = 재생
label-play-or-pause = 재생 또는 일시 정지
label-previous = 이전
label-problems = 문제
label-proxy-mode = kube-proxy 모드
label-questions = DNS 질의 순서
label-send = 보내기
label-send-many = 연결 100개 보내기
label-send-more = 더 보내기
label-send-more-note = 열려 있는 연결로 더 보냅니다
label-share = 공유
label-share-note = 이 링크에는 작성한 매니페스트와 요청이 들어 있습니다. # 뒤의 내용은 어떤 서버로도 전송되지 않습니다.
label-show-in-text = 매니페스트에서 보기
label-simulates = Kubernetes 1.36 규칙 · 시뮬레이션
label-speed = 속도
label-stale = 지금 매니페스트는 읽을 수 없어, 마지막으로 읽은 그림을 보여 줍니다.
label-state-not-ready = 준비 안 됨
label-state-ready = 준비됨
label-state-terminating = 종료 중
label-take-all-back = 모두 되돌리기
label-take-back = 되돌리기
label-terminal = 터미널
label-step-back = 한 홉 뒤로
label-step-forward = 한 홉 앞으로
label-stream = 연속 전송
label-switch-theme = 라이트/다크 테마 전환
label-tab-cluster = 클러스터
label-tab-dns = DNS
label-tab-endpoints = 엔드포인트
label-tab-kubectl = kubectl
label-tab-lesson = 해설
label-tab-manifests = 매니페스트
label-tab-packet = 패킷
label-tab-rules = 규칙
label-to = 목적지
label-total = 합계
label-track = 패킷의 경로
label-type-a-command = 명령 검색
label-view = 보기
label-view-concept = 개념
label-view-network = 네트워크
label-warning = 경고
label-what-can-happen = 일어날 수 있는 일
label-working = 읽는 중…
label-why = 이 길로 간 이유


## The examples

label-lesson-multi-port = Service 하나에 포트 세 개
    .text = Service는 이름과 가상 주소가 전부입니다. 이 예제의 Service `kimho`에는 포트가 세 개 있고, 포트마다 보낼 곳을 번호가 아니라 컨테이너 포트의 이름으로 가리킵니다. `http`, `https`, `kimhotarget`이 그 이름입니다.

    ‘보내기’를 눌러 보세요. 80번 포트로 보낸 패킷은 어디에서도 Service라는 것을 만나지 않습니다. 노드의 규칙이 목적지를 Pod의 주소로 바꾸고, 응답이 돌아올 때 conntrack이 원래 주소로 되돌려 놓을 뿐입니다.

    이번에는 목적지를 406번 포트로 바꿔 보세요. 이름이 `kimhotarget`인 컨테이너 포트는 없습니다. 그래서 이 포트에는 엔드포인트가 없고, 커널은 연결을 거부합니다.
label-lesson-manual-endpoints = 직접 만드는 Endpoints
    .text = Service에 selector가 없으면 엔드포인트를 채워 주는 것도 없습니다. 그래서 여기서는 직접 채웠습니다. Service와 이름이 같은 Endpoints 오브젝트에 클러스터 밖에 있는 머신의 주소 `100.100.100.31`을 적었습니다.

    Pod는 클러스터 안의 여느 Service와 똑같이 이 Service를 호출합니다. 머신을 옮기더라도 Endpoints만 고치면 됩니다.
label-lesson-node-port = 외부에서 Service에 접속하기: NodePort
    .text = `type: NodePort`는 모든 노드에 30123번 포트를 엽니다. 클라이언트는 그중 아무 노드나 호출하면 됩니다. Pod가 하나도 없는 노드라도 상관없습니다.

    패킷을 받은 노드는 엔드포인트를 하나 고릅니다. 응답도 이 노드를 거쳐 돌아와야 하므로, 노드는 패킷의 출발지를 클라이언트의 주소에서 자기 주소로 바꿔 놓습니다. 그래서 Pod에는 클라이언트가 아니라 노드가 보입니다.
label-lesson-load-balancer = 외부에서 Service에 접속하기: LoadBalancer
    .text = 클라우드는 Service에 전용 주소를 주고, 들어오는 연결을 노드 중 하나에 넘깁니다. 그다음은 NodePort와 똑같습니다.

    ‘클러스터’ 탭에서 주소를 할당하는 곳이 없도록 바꿔 보세요. EXTERNAL-IP는 `<pending>`에 머물고, 밖에서 들어올 길은 노드 포트만 남습니다.
label-lesson-broken-selector = 뒤에 아무도 없는 Service
    .text = selector는 `app: kimo`를 찾는데 Pod의 레이블은 `app: kimho`입니다. Service는 분명히 있고 주소도 있지만, 모든 연결을 거부합니다.

    ‘보내기’를 눌러 어디에서 거부되는지 확인한 다음, ‘수정’을 눌러 보세요.
