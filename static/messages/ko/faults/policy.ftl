## NetworkPolicies that drop the packet, or would not do what they seem to say.

problem-policy-isolates = { $pod } 파드는 네트워크폴리시 { $policies }에 의해 { $half ->
        [egress] 이그레스
       *[ingress] 인그레스
    } 방향으로 격리되어 있습니다
    .detail = { $hasRules ->
        [true] 정책이 파드를 선택하면 그 방향에서는 규칙이 허용하는 연결만 통과합니다. 이 연결을 허용하는 규칙이 없습니다. 이 정책이나 다른 정책에 규칙을 추가하세요. 여러 정책의 허용 규칙은 합쳐집니다.
       *[other] { $half ->
            [egress] 이그레스
           *[ingress] 인그레스
        } 규칙이 하나도 없으므로 아무것도 통과하지 못합니다. 이 연결을 허용하는 정책을 추가하세요. 여러 정책의 허용 규칙은 합쳐지며, 순서는 관계없습니다.
    }
    .docs = https://kubernetes.io/docs/concepts/services-networking/network-policies/#the-two-sorts-of-pod-isolation

problem-policy-nearest-rule = 네트워크폴리시 { $policy }의 { $rule } 규칙이 이 연결에 가장 가깝습니다: { $part ->
        [protocol] 규칙의 프로토콜은 { $wanted }, 패킷은 { $found }입니다
        [port] 규칙의 포트는 { $wanted }, 파드의 포트는 { $found }입니다
        [outside] 셀렉터는 클러스터의 파드에만 해당하는데, 상대는 { $found } 주소입니다. ipBlock으로만 허용할 수 있습니다
        [host-network] 셀렉터는 클러스터의 파드에만 해당하는데, 상대인 { $found } 파드는 노드의 네트워크를 쓰므로 패킷의 주소가 노드의 주소입니다. 노드의 주소를 포함하는 ipBlock으로만 허용할 수 있습니다
        [pod-selector] 규칙은 { $wanted } 레이블의 파드를 허용하는데, 상대의 레이블은 { GIVEN($found) ->
            [yes] { $found }입니다
           *[no] 없습니다
        }
        [namespace-selector] 규칙은 { $wanted } 레이블의 네임스페이스를 허용하는데, 상대의 레이블은 { GIVEN($found) ->
            [yes] { $found }입니다
           *[no] 없습니다
        }
        [own-namespace] podSelector만 쓰면 { $wanted } 네임스페이스의 파드만 해당하는데, 상대는 { $found } 네임스페이스에 있습니다
        [except] 규칙은 { $wanted } 대역을 제외하는데, 패킷의 주소는 { $found }입니다
       *[ip-block] 규칙은 { $wanted } 대역을 허용하는데, 패킷의 주소는 { $found }입니다
    }
    .detail = { $differences ->
        [1] 규칙의 나머지는 모두 일치합니다.
       *[other] 규칙의 필드 { $differences }개가 다릅니다.
    } { $pod } 파드의 { $half ->
        [egress] 이그레스
       *[ingress] 인그레스
    } 규칙입니다.
    .docs = https://kubernetes.io/docs/concepts/services-networking/network-policies/#behavior-of-to-and-from-selectors

problem-policy-allows-service-port = 네트워크폴리시 { $policy }에서 허용하는 포트 { $port }번은 서비스 { $service }의 포트이며, 파드의 포트는 { $target }번입니다
    .detail = 정책은 kube-proxy가 목적지를 바꾼 뒤의 패킷에 적용됩니다. 즉 서비스가 아니라 파드의 주소와 포트가 기준입니다. 정책에서 { $target }번 포트를 허용하세요.
    .docs = https://kubernetes.io/docs/concepts/services-networking/network-policies/#networkpolicy-resource

problem-policy-namespaces-none = 네트워크폴리시 { $policy }에서 요구하는 레이블({ $selector })이 있는 네임스페이스가 이 텍스트에 없습니다
    .detail = namespaceSelector는 레이블을 비교하므로 이 항목은 아무도 허용하지 않습니다. { GIVEN($meant) ->
        [yes] 네임스페이스의 이름은 kubernetes.io/metadata.name 레이블입니다. kubernetes.io/metadata.name: { $meant } 레이블을 쓰거나 { $meant } 네임스페이스에 레이블을 붙이세요.
       *[no] 네임스페이스에 레이블을 붙이거나, 모든 네임스페이스에 있는 kubernetes.io/metadata.name 레이블로 선택하세요.
    }
    .docs = https://kubernetes.io/docs/concepts/services-networking/network-policies/#targeting-a-namespace-by-its-name

problem-policy-forgets-dns = 네트워크폴리시 { $policy }의 이그레스 규칙이 DNS를 허용하지 않습니다
    .detail = { $pod } 파드는 클러스터의 네임서버에 질의할 수 없습니다(UDP와 TCP 53번 포트). 서비스로 패킷을 보내기도 전에 모든 이름 조회가 타임아웃됩니다. kube-dns 파드의 53번 포트로 가는 이그레스를 허용하세요.
    .docs = https://kubernetes.io/docs/concepts/services-networking/network-policies/#default-deny-all-egress-traffic

problem-policy-ignored = 선택한 네트워크 플러그인은 네트워크폴리시를 적용하지 않습니다: 정책 { $policies }개가 동작하지 않습니다
    .detail = API 서버에 저장되고 조회도 되지만, flannel만 쓸 때처럼 정책을 적용하는 구성 요소가 없습니다. 클러스터 설정에서 정책을 적용하는 플러그인을 선택하세요.
    .docs = https://kubernetes.io/docs/concepts/services-networking/network-policies/#prerequisites

problem-policy-selects-nothing = 네트워크폴리시 { $policy }에서 선택하는 파드가 { $namespace } 네임스페이스에 없습니다
    .detail = { $selector } 레이블이 있는 파드가 없으므로 아무것도 격리하지 않습니다. 정책은 자기 네임스페이스의 파드만 선택합니다.
    .docs = https://kubernetes.io/docs/concepts/services-networking/network-policies/#networkpolicy-resource

problem-policy-of-other-namespace = 네트워크폴리시 { $policy }의 네임스페이스 { $namespace }에는 파드가 없습니다
    .detail = { $selector } 레이블이 있는 파드는 { $meant } 네임스페이스에 있습니다. 정책은 자기 네임스페이스의 파드만 선택합니다.
    .docs = https://kubernetes.io/docs/concepts/services-networking/network-policies/#networkpolicy-resource

problem-policy-peers-meant-as-one = 네트워크폴리시 { $policy }에서 { $namespaces } 레이블이 있는 네임스페이스의 모든 파드를 허용합니다
    .detail = 목록의 두 항목은 ‘또는’입니다. 그 네임스페이스의 모든 파드이거나, { $namespace } 네임스페이스에서 { $pods } 레이블이 있는 파드인데 그런 파드는 없습니다. 그 네임스페이스에서 { $pods } 레이블이 있는 파드만 허용하려면 두 셀렉터를 한 항목에 쓰세요. 두 번째 ‘-’를 지우면 됩니다.
    .docs = https://kubernetes.io/docs/concepts/services-networking/network-policies/#behavior-of-to-and-from-selectors

problem-policy-peers-meant-apart = 네트워크폴리시 { $policy }의 피어에 해당하는 파드가 없습니다
    .detail = 한 항목의 두 셀렉터는 ‘그리고’입니다. { $namespaces } 레이블이 있는 네임스페이스에서 { $pods } 레이블이 있는 파드인데, 그런 파드는 없습니다. { $pods } 레이블이 있는 파드는 { $namespace } 네임스페이스에 있습니다. ‘또는’을 뜻한다면 항목 두 개로 나누세요.
    .docs = https://kubernetes.io/docs/concepts/services-networking/network-policies/#behavior-of-to-and-from-selectors

problem-policy-port-name-unknown = 네트워크폴리시 { $policy }에서 허용하는 이름의 포트({ $port })가 어느 파드에도 없습니다
    .detail = 이름은 목적지 파드의 컨테이너에서 프로토콜({ $protocol })과 함께 찾습니다. { GIVEN($declared) ->
        [yes] 이름이 있는 포트: { $declared }.
       *[no] 이름이 있는 포트가 없습니다. 번호를 쓰거나 파드의 포트에 이름을 붙이세요.
    }
    .docs = https://kubernetes.io/docs/concepts/services-networking/network-policies/#networkpolicy-resource

problem-policy-rules-without-type = 네트워크폴리시 { $policy }의 { $list } 규칙은 효과가 없습니다. policyTypes에 { $missing } 항목이 없습니다
    .detail = 정책은 policyTypes에 적힌 방향으로만 파드를 격리합니다. 따라서 이 규칙이 없을 때와 똑같이 { $half ->
        [egress] 이그레스
       *[ingress] 인그레스
    } 방향의 연결은 이 정책이 막지 않습니다. { $missing } 항목을 추가하거나 policyTypes를 생략하세요. 생략하면 적힌 규칙에 따라 방향이 정해집니다.
    .docs = https://kubernetes.io/docs/concepts/services-networking/network-policies/#networkpolicy-resource

problem-policy-allows-cluster-ip = 네트워크폴리시 { $policy }에서 서비스 { $service }의 주소가 있는 { $block } 대역을 허용하지만, 정책은 서비스 뒤의 { $isPod ->
        [true] 파드
       *[false] 엔드포인트
    } 주소를 기준으로 적용됩니다
    .detail = { $isPod ->
        [true] kube-proxy가 ClusterIP를 파드 주소({ $found })로 바꾼 다음에 정책을 평가합니다. podSelector와 namespaceSelector로 파드를 허용하세요.
       *[false] kube-proxy가 ClusterIP를 엔드포인트 주소({ $found })로 바꾼 다음에 정책을 평가합니다. API 서버처럼 파드 자신의 주소가 아니어서 셀렉터로는 허용할 수 없습니다. ipBlock으로 허용하세요.
    }
    .docs = https://kubernetes.io/docs/concepts/services-networking/network-policies/

problem-policy-sees-node = 네트워크폴리시 { $policy }에서 { $client } 주소를 허용하지만, 노드가 출발지를 바꿔 패킷의 주소는 { $found }입니다
    .detail = externalTrafficPolicy가 Cluster이면 연결을 받은 노드가 클라이언트의 주소를 자기 주소로 바꿉니다. 서비스 { $service }에 externalTrafficPolicy: Local을 설정하거나 노드의 주소를 허용하세요.
    .docs = https://kubernetes.io/docs/concepts/services-networking/service/#external-traffic-policy
