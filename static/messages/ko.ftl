# All Korean sentences of kubehop, in Fluent syntax (projectfluent.org/fluent/guide). The same messages, arguments and
# attributes as en.ftl, which describes each.
#
# The terms are those of kubernetes.io/ko: 파드, 서비스, 노드, 레이블, 셀렉터, 엔드포인트, 엔드포인트슬라이스, 인그레스, 네임스페이스,
# 매니페스트, 마스커레이딩. Names of API objects and fields that a manifest spells (Endpoints, IngressClass, targetPort) stay in
# Latin letters. An argument can end in any letter, so a particle that depends on the final sound (은/는, 이/가, 을/를, 와/과,
# 으로/로) never follows one directly: put a noun between, or use one that never changes (의, 에, 에서, 에는, 입니다).


## What is wrong with the manifests

problem-rejected = { $message }

problem-unchangeable-by-apply = { $message }
    .detail = kubectl create는 이름이 같은 두 번째 오브젝트를 거부합니다. kubectl apply라면 첫 번째 오브젝트를 이 내용으로 업데이트하려 하며, 이때 서버가 이렇게 응답합니다. 첫 번째 오브젝트를 먼저 삭제하거나 이 필드를 바꾸지 마세요.

problem-server-warning = { $message }
    .detail = API 서버는 이 오브젝트를 받아들이면서 이 경고를 출력합니다.

problem-duplicate-key = 중복된 키: { $key }
    .detail = API 서버는 경고 없이 받아들이고 마지막 값을 사용합니다. 필요 없는 키를 지우세요.

problem-not-modelled = { $kinds }: 오브젝트 { $count }개는 허용되지만 시뮬레이션하지 않습니다
    .detail = { $decides ->
        [true] 이런 오브젝트는 연결의 결과를 결정합니다. 응답을 바꿀 수 있으면 판정에 그 이름이 표시됩니다.
       *[false] 시뮬레이션 결과에는 영향을 주지 않습니다.
    }

problem-nodes-assumed = 노드가 적혀 있지 않아 파드 { $pods }개에 필요한 노드 { $nodes }개가 있다고 가정합니다
    .detail = kubelet은 노드마다 파드를 최대 110개까지 실행합니다. 다른 노드를 사용하려면 Node 오브젝트를 작성하세요.
problem-gateway-stand-in = 게이트웨이 { $gateway }의 구현체 대신 { $service } 서비스와 프록시 하나를 사용합니다
    .detail = 게이트웨이로 오는 요청을 받는 오브젝트는 컨트롤러가 만듭니다. 텍스트에 그런 오브젝트가 없어 LoadBalancer 서비스와 프록시 하나를 추가했습니다. 구현체의 서비스를 붙여 넣으면 그것을 사용합니다.
problem-pod-range-learnt = podCIDR이 있는 노드가 없어 파드 대역을 { $range } 대역으로 가정합니다
    .detail = 파드들의 주소를 포함하는 대역입니다. kube-proxy는 clusterCIDR 밖에서 온 패킷을 마스커레이딩하므로, 실제 대역이 다르면 파드 대역을 설정하세요.

problem-capped = { $asked } 중 { $shown }까지만 시뮬레이션합니다
    .detail = kubehop이 한 번에 시뮬레이션할 수 있는 최댓값입니다.

problem-selects-nothing = 서비스 { $service }의 셀렉터와 일치하는 파드가 없습니다
    .detail = { $pods ->
        [0] 서비스의 네임스페이스에 { $selector } 레이블이 있는 파드가 없습니다. 연결하려는 파드에 이 레이블을 추가하거나 셀렉터를 수정하세요.
       *[other] 서비스의 네임스페이스에 { $selector } 레이블이 있는 파드가 없습니다. { $nearest } 레이블이 있는 파드는 { $pods }개 있습니다. 이 파드를 선택하려던 것인가요?
    }
    .docs = https://kubernetes.io/docs/tasks/debug/debug-application/debug-service/

problem-target-port-not-found = 서비스 { $service }의 { $port }번 포트에는 엔드포인트가 없습니다
    .detail = { GIVEN($declared) ->
        [yes] 선택된 파드에는 이름이 { $target }인 컨테이너 포트가 없습니다. 선언된 포트 이름은 { $declared }입니다.
       *[no] 선택된 파드에는 이름이 { $target }인 컨테이너 포트가 없고, 이름이 있는 다른 포트도 없습니다. 포트에 이름을 지정하거나 targetPort에 번호를 쓰세요.
    }
    .docs = https://kubernetes.io/docs/concepts/services-networking/service/#field-spec-ports

problem-load-balancer-pending = 서비스 { $service }에 아직 외부 IP 주소가 없습니다
    .detail = 이 클러스터에는 로드밸런서 주소를 할당하는 구성 요소가 없어 EXTERNAL-IP가 계속 <pending>입니다. ‘클러스터’ 탭에서 클라우드 로드밸런서를 켜거나, 노드포트로 서비스에 접속하세요.
    .docs = https://kubernetes.io/docs/concepts/services-networking/service/#loadbalancer

problem-selects-other-namespace = 서비스 { $service }의 셀렉터와 일치하는 파드가 없습니다. 해당 파드는 네임스페이스 { $namespace }에 있습니다
    .detail = 셀렉터는 자기 네임스페이스({ $serviceNamespace })의 파드만 고릅니다. { $selector } 레이블을 가진 파드 { $pods }개가 네임스페이스 { $namespace }에 있습니다. 서비스를 그 네임스페이스에 만들고, 여기에서는 { $service }.{ $namespace }(으)로 호출하세요.
    .docs = https://kubernetes.io/docs/tasks/debug/debug-application/debug-service/

problem-selects-custom-workload = { $service } 서비스는 { $kind } { $name }의 파드를 선택하지만 kubehop은 이 종류를 시뮬레이션하지 않습니다
    .detail = { $kind } { $name }의 파드 템플릿에 { $selector } 레이블이 있습니다. 컨트롤러가 있는 클러스터에서는 이 파드가 서비스의 엔드포인트가 됩니다. 여기에는 파드가 없으므로 연결이 거부됩니다.
    .docs = https://kubernetes.io/docs/tasks/debug/debug-application/debug-service/

problem-selects-pods-of-an-operator = 서비스 { $service }의 셀렉터와 일치하는 파드가 있는지 이 매니페스트만으로는 알 수 없습니다
    .detail = 이 매니페스트에는 { $selector } 레이블이 있는 파드가 없습니다. { $named ->
        [true] 이 레이블은 { $kind } { $name }의 것으로 보입니다. 클러스터에서는 오퍼레이터가 이 오브젝트의 파드를 만들지만, kubehop은 오퍼레이터를 시뮬레이션하지 않습니다. kubectl get pods -l { $selector } 명령의 결과와 비교하세요.
       *[other] { $kind } { $name } 같은 오브젝트의 오퍼레이터가 클러스터에서 파드를 만들 수 있지만, kubehop은 오퍼레이터를 시뮬레이션하지 않습니다. kubectl get pods -l { $selector } 명령의 결과와 비교하세요.
    }
    .docs = https://kubernetes.io/docs/tasks/debug/debug-application/debug-service/

problem-selects-nothing-in-text = 서비스 { $service }의 셀렉터와 일치하는 파드가 이 매니페스트에 없습니다
    .detail = 이 매니페스트에는 { $namespace } 네임스페이스의 파드가 없으므로 파드가 다른 곳에서 만들어질 수 있습니다. { $selector } 레이블이 있는 파드만 이 서비스의 엔드포인트가 됩니다.
    .docs = https://kubernetes.io/docs/tasks/debug/debug-application/debug-service/

problem-no-selector-no-endpoints = 서비스 { $service }에 셀렉터도 엔드포인트도 없습니다
    .detail = 셀렉터가 없으면 어떤 컨트롤러도 엔드포인트슬라이스를 만들지 않습니다. 셀렉터를 추가하거나 kubernetes.io/service-name: { $service } 레이블을 가진 엔드포인트슬라이스를 작성하세요.
    .docs = https://kubernetes.io/docs/concepts/services-networking/service/#services-without-selectors

problem-slice-without-service-label = { $slice } 엔드포인트슬라이스가 어느 서비스에도 속하지 않습니다
    .detail = kube-proxy는 레이블 kubernetes.io/service-name으로 서비스의 엔드포인트슬라이스를 찾습니다. 슬라이스에 kubernetes.io/service-name: { $service } 레이블을 추가하세요.
    .docs = https://kubernetes.io/docs/concepts/services-networking/endpoint-slices/

problem-endpoints-of-another-name = { $kind }의 이름이 존재하지 않는 서비스 { $written }의 이름입니다
    .detail = 서비스와는 이름으로 연결됩니다. 서비스 { $service }에는 엔드포인트가 없습니다. 이 서비스를 가리키려던 것인가요?
    .docs = https://kubernetes.io/docs/concepts/services-networking/service/#services-without-selectors

problem-slice-of-domain-names = { $slice } 엔드포인트슬라이스는 도메인 이름을 담고 있어 kube-proxy가 무시합니다
    .detail = kube-proxy는 addressType FQDN을 구현하지 않습니다. 클러스터 밖의 이름 하나라면 { $service } 서비스를 ExternalName 타입으로 만들거나, IP 주소를 적으세요.
    .docs = https://kubernetes.io/docs/concepts/services-networking/endpoint-slices/

problem-slice-port-name-differs = 엔드포인트슬라이스 { $slice }에 서비스 { $service }의 { $port } 포트와 이름이 같은 포트가 없습니다
    .detail = 포트 이름이 서로 같아야 합니다. 서비스의 포트 이름: { GIVEN($wanted) ->
        [yes] { $wanted }
       *[no] 없음
    }, 슬라이스의 포트 이름: { GIVEN($written) ->
        [yes] { $written }
       *[no] { $ports ->
            [0] 포트 자체가 없음
           *[other] 없음
        }
    }.
    .docs = https://kubernetes.io/docs/concepts/services-networking/endpoint-slices/

problem-slice-protocol-differs = 엔드포인트슬라이스 { $slice }의 포트가 { $wanted } 프로토콜이 아니라 { $written } 프로토콜입니다
    .detail = 서비스 { $service }의 { $port } 포트는 { $wanted }입니다. 이름과 프로토콜이 모두 같아야 합니다.
    .docs = https://kubernetes.io/docs/concepts/services-networking/endpoint-slices/

problem-slice-not-ready = 엔드포인트슬라이스 { $slice }에 준비된 엔드포인트가 없습니다
    .detail = kube-proxy는 서비스 { $service }의 새 연결을 준비된 엔드포인트로만 보냅니다. conditions.ready는 슬라이스를 작성하는 쪽에서 설정합니다.
    .docs = https://kubernetes.io/docs/concepts/services-networking/endpoint-slices/

problem-selected-pods-pending = { $service } 서비스가 선택하는 파드 { $pods }개가 모두 Pending 상태입니다(예: { $pod })
    .detail = { $scheduled ->
        [true] 노드는 배정되었지만 아직 주소가 없습니다.
       *[other] 스케줄러가 노드를 찾지 못합니다: { $why }
    }{ GIVEN($nodes) ->
        [yes] { " " }노드별: { $nodes }.
       *[no] { "" }
    }{ $preempts ->
        [true] { " " }실행 중인 파드 중에 우선순위가 더 낮은 파드가 있을 수 있습니다. 스케줄러가 그 파드를 제거해 자리를 만들 수 있지만, 이 과정은 시뮬레이션하지 않습니다.
       *[other] { "" }
    }
    .docs = https://kubernetes.io/docs/tasks/debug/debug-application/debug-pods/

problem-node-ports-taken = { $pods ->
        [1] { $pod } 파드가 실행되지 않습니다. 필요한 노드의 포트를 다른 파드가 사용하고 있습니다
       *[other] { $owner }의 파드 { $pods }개가 실행되지 않습니다. 필요한 노드의 포트를 다른 파드가 사용하고 있습니다
    }
    .detail = { $why }{ $preempts ->
        [true] { " " }실행 중인 파드 중에 우선순위가 더 낮은 파드가 있을 수 있습니다. 스케줄러가 그 파드를 제거해 자리를 만들 수 있지만, 이 과정은 시뮬레이션하지 않습니다.
       *[other] { "" }
    }
    .docs = https://kubernetes.io/docs/tasks/debug/debug-application/debug-pods/
problem-no-such-scheduler = { $pods ->
        [1] { $pod } 파드가 Pending 상태에 머뭅니다. 지정한 스케줄러가 여기에 없습니다: { $scheduler }
       *[other] { $owner }의 파드 { $pods }개가 Pending 상태에 머뭅니다. 지정한 스케줄러가 여기에 없습니다: { $scheduler }
    }
    .detail = kube-scheduler는 default-scheduler의 파드만 배치하고, 나머지는 이벤트도 남기지 않은 채 파드가 지정한 스케줄러에 맡깁니다. 클러스터에 { $scheduler } 스케줄러가 있다면 그 매니페스트도 함께 붙여 넣거나 여기서는 schedulerName을 빼세요. 아니면 필드를 지우세요.
    .docs = https://kubernetes.io/docs/tasks/extend-kubernetes/configure-multiple-schedulers/
problem-nodes-full = { $pods ->
        [1] { $pod } 파드가 실행되지 않습니다. 자리가 남은 노드가 없습니다
       *[other] { $owner }의 파드 { $pods }개가 실행되지 않습니다. 자리가 남은 노드가 없습니다
    }
    .detail = 노드의 status.allocatable.pods에 다른 값이 없으면 kubelet은 파드를 최대 110개까지 실행합니다. { $why }{ $preempts ->
        [true] { " " }실행 중인 파드 중에 우선순위가 더 낮은 파드가 있을 수 있습니다. 스케줄러가 그 파드를 제거해 자리를 만들 수 있지만, 이 과정은 시뮬레이션하지 않습니다.
       *[other] { "" }
    }
    .docs = https://kubernetes.io/docs/tasks/debug/debug-application/debug-pods/
problem-selected-pod-on-missing-node = { $service } 서비스의 { $pod } 파드가 존재하지 않는 { $node } 노드를 지정합니다
    .detail = spec.nodeName이 있는 파드는 스케줄러를 거치지 않습니다. 그 노드의 kubelet을 기다리다가 얼마 뒤 삭제됩니다. 여기 있는 노드: { $nodes }.
    .docs = https://kubernetes.io/docs/concepts/scheduling-eviction/assign-pod-node/#nodename
problem-pod-fits-no-node = { $pods ->
        [1] { $pod } 파드가 실행되지 않습니다. 받아 줄 노드가 없습니다
       *[other] { $owner }의 파드 { $pods }개가 실행되지 않습니다. 받아 줄 노드가 없습니다
    }
    .detail = { $why }{ GIVEN($nodes) ->
        [yes] { " " }노드별: { $nodes }.
       *[no] { "" }
    }{ $preempts ->
        [true] { " " }실행 중인 파드 중에 우선순위가 더 낮은 파드가 있을 수 있습니다. 스케줄러가 그 파드를 제거해 자리를 만들 수 있지만, 이 과정은 시뮬레이션하지 않습니다.
       *[other] { "" }
    }
    .docs = https://kubernetes.io/docs/concepts/scheduling-eviction/assign-pod-node/
problem-host-port-elsewhere = { $node } 노드의 { $called } 포트는 { $pod } 파드의 hostPort가 아닙니다
    .detail = hostPort는 파드가 있는 노드에서만, 지정한 프로토콜과 hostIP로만 열립니다: { $open }. 그 주소로 호출하거나, 모든 노드에 파드를 실행하거나(DaemonSet), NodePort 타입의 서비스를 사용하세요.
    .docs = https://kubernetes.io/docs/concepts/extend-kubernetes/compute-storage-net/network-plugins/#support-hostport

problem-policy-isolates = { $pod } 파드는 네트워크폴리시 { $policies }에 의해 { $half } 방향이 격리되어 있습니다
    .detail = { $hasRules ->
        [true] 어떤 방향으로 정책이 파드를 선택하면 규칙이 허용하는 연결만 통과합니다. 이 연결을 허용하는 규칙이 없습니다. 이 정책이나 다른 정책에 규칙을 추가하세요. 정책은 더해지기만 합니다.
       *[other] { $half } 규칙이 하나도 없으므로 아무것도 통과하지 못합니다. 이 연결을 허용하는 정책을 추가하세요. 정책은 더해지기만 하며 순서는 의미가 없습니다.
    }
    .docs = https://kubernetes.io/docs/concepts/services-networking/network-policies/#the-two-sorts-of-pod-isolation
problem-policy-nearest-rule = 네트워크폴리시 { $policy }의 { $rule } 규칙이 가장 가깝습니다: { $part ->
        [protocol] 규칙의 프로토콜은 { $wanted }, 패킷은 { $found }입니다
        [port] 규칙의 포트는 { $wanted }, 파드의 포트는 { $found }입니다
        [outside] 셀렉터는 클러스터의 파드에만 해당하는데, 상대는 { $found } 주소입니다. ipBlock으로만 허용할 수 있습니다
        [pod-selector] 규칙은 { $wanted } 레이블의 파드를 허용하는데, 상대의 레이블은 { GIVEN($found) ->
            [yes] { $found }입니다
           *[no] 없습니다
        }
        [namespace-selector] 규칙은 { $wanted } 레이블의 네임스페이스를 허용하는데, 상대의 레이블은 { GIVEN($found) ->
            [yes] { $found }입니다
           *[no] 없습니다
        }
        [own-namespace] podSelector만 쓰면 { $wanted } 네임스페이스의 파드만 해당하는데, 상대는 { $found }에 있습니다
        [except] 규칙은 { $wanted } 대역을 제외하는데, 패킷의 주소는 { $found }입니다
       *[ip-block] 규칙은 { $wanted } 대역을 허용하는데, 패킷의 주소는 { $found }입니다
    }
    .detail = { $differences ->
        [1] 규칙의 나머지는 모두 일치합니다.
       *[other] 규칙의 필드 { $differences }개가 다릅니다.
    } { $pod } 파드의 { $half } 규칙입니다.
    .docs = https://kubernetes.io/docs/concepts/services-networking/network-policies/#behavior-of-to-and-from-selectors
problem-policy-allows-service-port = 네트워크폴리시 { $policy }에서 허용하는 포트 { $port }번은 서비스 { $service }의 포트이며, 파드의 포트는 { $target }번입니다
    .detail = 정책에는 kube-proxy가 바꾼 뒤의 패킷이 보입니다. 서비스가 아니라 파드의 주소와 포트입니다. 정책에서 { $target }번 포트를 허용하세요.
    .docs = https://kubernetes.io/docs/concepts/services-networking/network-policies/#networkpolicy-resource
problem-policy-forgets-dns = 네트워크폴리시 { $policy }의 egress 규칙이 DNS를 허용하지 않습니다
    .detail = { $pod } 파드는 클러스터의 네임서버에 질의할 수 없습니다(UDP와 TCP 53번 포트). 서비스로 패킷을 보내기도 전에 모든 이름이 타임아웃됩니다. kube-dns 파드의 53번 포트로 가는 egress를 허용하세요.
    .docs = https://kubernetes.io/docs/concepts/services-networking/network-policies/#default-deny-all-egress-traffic
problem-policy-ignored = 선택한 네트워크 플러그인은 네트워크폴리시를 적용하지 않습니다: 정책 { $policies }개가 동작하지 않습니다
    .detail = API 서버가 저장하고 출력하지만 flannel만 쓸 때처럼 아무것도 정책을 적용하지 않습니다. 클러스터 설정에서 정책을 적용하는 플러그인을 선택하세요.
    .docs = https://kubernetes.io/docs/concepts/services-networking/network-policies/#prerequisites
problem-policy-namespaces-none = 네트워크폴리시 { $policy }에서 요구하는 레이블({ $selector })이 있는 네임스페이스가 이 텍스트에 없습니다
    .detail = namespaceSelector는 레이블을 비교하므로 이 항목은 아무도 허용하지 않습니다. { GIVEN($meant) ->
        [yes] 네임스페이스의 이름은 kubernetes.io/metadata.name 레이블입니다. kubernetes.io/metadata.name: { $meant } 레이블을 쓰거나 { $meant } 네임스페이스에 레이블을 붙이세요.
       *[no] 네임스페이스에 레이블을 붙이거나, 모든 네임스페이스에 있는 kubernetes.io/metadata.name 레이블로 선택하세요.
    }
    .docs = https://kubernetes.io/docs/concepts/services-networking/network-policies/#targeting-a-namespace-by-its-name

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
problem-policy-port-name-unknown = 네트워크폴리시 { $policy }에서 허용하는 포트 이름 { $port } 항목이 어느 파드에도 없습니다
    .detail = 이름은 목적지 파드의 컨테이너에서 프로토콜({ $protocol })과 함께 찾습니다. { $declared ->
        [none] 이름이 있는 포트가 없습니다.
       *[other] 이름이 있는 포트: { $declared }.
    }
    .docs = https://kubernetes.io/docs/concepts/services-networking/network-policies/#networkpolicy-resource
problem-all-nodes-excluded = { $service } 서비스의 로드밸런서가 사용할 노드가 없습니다. 모든 노드가 제외되어 있습니다
    .detail = node.kubernetes.io/exclude-from-external-load-balancers 레이블이 있는 노드는 값과 관계없이 제외됩니다({ $nodes }). kubeadm은 컨트롤 플레인에 이 레이블을 설정합니다. 레이블을 제거하거나 레이블이 없는 노드를 추가하세요.
    .docs = https://kubernetes.io/docs/reference/labels-annotations-taints/#node-kubernetes-io-exclude-from-external-load-balancers
problem-balancer-without-node-ports = { $service } 서비스의 로드밸런서는 노드포트를 호출하는데 서비스에 노드포트가 없습니다
    .detail = allocateLoadBalancerNodePorts 값이 false입니다. true로 바꾸거나, 패킷을 그대로 전달하거나(ipMode: VIP) 파드를 직접 호출하는 로드밸런서를 사용하세요.
    .docs = https://kubernetes.io/docs/concepts/services-networking/service/#load-balancer-nodeport-allocation

problem-selected-pods-finished = { $service } 서비스가 선택하는 파드가 모두 종료되었습니다
    .detail = { GIVEN($why) ->
        [yes] 첫 번째 파드의 이유: { $why }.{ " " }
       *[no] { "" }
    }Succeeded나 Failed 단계의 파드는 엔드포인트가 아니며, 잡의 파드는 언젠가 끝납니다. 계속 실행되는 파드를 선택하세요.
    .docs = https://kubernetes.io/docs/tasks/debug/debug-application/debug-service/

problem-selected-pod-terminating = 서비스 { $service }의 { $pod } 파드가 종료되는 중입니다
    .detail = 종료 중인 파드는 준비 상태가 아니며 이미 맺은 연결을 처리합니다. 준비된 다른 엔드포인트가 없고 컨테이너가 아직 준비 상태일 때만 새 연결을 받습니다.
    .docs = https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#pod-termination

problem-selected-pod-not-ready = 서비스 { $service }의 { $pod } 파드가 준비되지 않았습니다
    .detail = 준비된 파드만 연결을 받습니다. 준비성 프로브가 실패하거나 컨테이너가 실행되지 않고 있습니다. kubectl describe로 이벤트를 확인하세요.
    .docs = https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/

problem-liveness-probe-fails = kubelet이 { $pod } 파드의 { $container } 컨테이너를 계속 다시 시작합니다. 활성 프로브 { $probe }의 결과가 항상 실패입니다
    .detail = { $why ->
        [no-such-port] 컨테이너에 그 이름의 포트가 없습니다{ GIVEN($names) ->
            [yes] { "" }(있는 포트 이름: { $names })
           *[no] { "" }
        }.
        [asks-node] kubelet은 노드에서 실행되므로 host가 127.0.0.1이나 localhost이면 파드가 아니라 노드 자신에게 요청합니다. host를 지우세요.
       *[runs-false] 프로그램과 관계없이 명령이 항상 1로 끝납니다.
    } failureThreshold만큼 실패하면 컨테이너를 종료하고 점점 긴 간격으로 다시 시작하므로(CrashLoopBackOff) 파드는 가끔씩만 응답합니다.
    .docs = https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/

problem-init-container-waits = { $pod } 파드는 시작되지 않습니다. { $container } 초기화 컨테이너가 { $why ->
        [no-service] 없는 서비스({ $service })를 기다립니다
        [no-such-port] { $port } 포트가 없는 서비스({ $service })를 기다립니다
        [no-endpoint] { $port } 포트에 엔드포인트가 없는 서비스({ $service })를 기다립니다
       *[other] 이름이 조회되지 않는 서비스({ $service })를 기다립니다
    }
    .detail = { $why ->
        [no-service] 성공할 때까지 명령({ $command })을 되풀이하는데, 이 텍스트의 { $namespace } 네임스페이스에는 그런 서비스가 없습니다. 서비스를 만들거나 이름을 고치세요.
        [no-such-port] 성공할 때까지 명령({ $command })을 되풀이합니다. 서비스에 있는 포트를 호출하세요.
        [no-endpoint] 성공할 때까지 명령({ $command })을 되풀이합니다. 먼저 서비스에 준비된 파드가 있어야 합니다.
        [own-name] 성공할 때까지 명령({ $command })을 되풀이합니다. 이 파드 자신이 그 서비스의 파드인데, 준비되어야 서비스에 들어가고 이 초기화 컨테이너가 끝나야 준비되므로 영원히 기다립니다. 헤드리스 서비스는 publishNotReadyAddresses: true로 준비되기 전의 파드 이름도 알려 줍니다.
       *[no-record] 성공할 때까지 명령({ $command })을 되풀이합니다. 헤드리스 서비스의 이름은 준비된 파드의 주소만 알려 주는데, 그런 파드가 없습니다.
    } 상태는 Init이고, 파드의 컨테이너가 실행되지 않아 연결을 받지 못합니다.
    .docs = https://kubernetes.io/docs/concepts/workloads/pods/init-containers/

problem-process-ends-at-once = { $container } 컨테이너의 프로세스가 시작하자마자 끝납니다
    .detail = { $why ->
        [shell] { $image } 이미지는 셸을 실행하는데, 터미널이 없으면 바로 끝납니다.
       *[command] 명령({ $command })에 계속 실행되는 것이 없습니다.
    } kubelet이 계속 다시 시작하므로(CrashLoopBackOff) { $pod } 파드는 준비되지 않고, 수신 대기하는 프로세스가 없어 연결이 거부됩니다. 서버를 실행하는 명령을 지정하세요.
    .docs = https://kubernetes.io/docs/tasks/debug/debug-application/debug-pods/

problem-containers-share-a-port = { $owner }의 두 컨테이너({ $first }, { $second })가 같은 포트를 선언했습니다: { $port }
    .detail = 파드의 컨테이너는 네트워크 네임스페이스 하나를 함께 씁니다. 나중에 수신 대기하려는 프로세스는 "address already in use" 오류로 끝나 계속 다시 시작되고, 파드는 준비되지 않습니다. 한쪽의 포트를 바꾸세요.
    .docs = https://kubernetes.io/docs/concepts/workloads/pods/#pod-networking

problem-started-before-service = { $pod } 파드는 { $service } 서비스보다 먼저 시작되어 { $variable } 변수가 없습니다
    .detail = 서비스의 환경 변수는 컨테이너가 시작될 때 정해집니다. DNS 이름은 그대로 쓸 수 있습니다. 변수가 필요하면 서비스를 먼저 만들거나 파드를 다시 시작하세요.
    .docs = https://kubernetes.io/docs/concepts/services-networking/service/#environment-variables

problem-readiness-probe-fails = { $service } 서비스의 { $pod } 파드는 준비 상태가 될 수 없습니다. { $startup ->
        [true] 시작
       *[other] 준비성
    } 프로브({ $probe })가 항상 실패합니다
    .detail = { $why ->
        [no-such-port] { $container } 컨테이너에는 그 이름의 포트가 없습니다{ GIVEN($names) ->
            [yes] { "" }(포트 이름: { $names })
           *[no] { "" }
        }. 준비된 파드만 연결을 받습니다.
        [asks-node] kubelet은 노드에서 실행되므로 host가 127.0.0.1이나 localhost이면 파드가 아니라 노드 자신에게 요청합니다. host를 지우면 파드의 주소로 요청합니다. 준비된 파드만 연결을 받습니다.
       *[runs-false] 프로그램과 상관없이 명령이 항상 1로 끝납니다. 준비된 파드만 연결을 받습니다.
    }
    .docs = https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/

problem-needed-object-missing = { $owner }에 필요한 { $kind } { $name } 오브젝트가 이 매니페스트의 { $namespace } 네임스페이스에 없습니다
    .detail = 이 오브젝트가 생기기 전에는 컨테이너가 시작되지 않습니다. 파드는 CreateContainerConfigError나 ContainerCreating 상태에 머물러 준비되지 않고 연결을 받지 못합니다. { GIVEN($meant) ->
        [yes] { $meant } 오브젝트를 쓰려던 것인가요?
       *[no] { GIVEN($elsewhere) ->
            [yes] 이름이 같은 오브젝트가 { $elsewhere } 네임스페이스에 있지만, 파드는 자기 네임스페이스의 오브젝트만 사용합니다.
           *[no] 오퍼레이터 등이 만들어 준다면 문제없습니다. kubehop은 그렇다고 가정합니다.
        }
    }
    .docs = https://kubernetes.io/docs/tasks/configure-pod-container/configure-pod-configmap/
problem-account-missing = { $owner }에서 사용하는 서비스 어카운트 { $name } 오브젝트가 이 매니페스트의 { $namespace } 네임스페이스에 없습니다
    .detail = 다른 곳에서 만들어 주지 않으면 API 서버가 파드를 거부합니다: error looking up service account { $namespace }/{ $name }: serviceaccount "{ $name }" not found. { $isPod ->
        [true] kubectl이 이 오류를 출력하고 파드는 생기지 않습니다.
       *[other] 파드가 하나도 생기지 않으며, kubectl get events에 FailedCreate가 보입니다.
    } { GIVEN($meant) ->
        [yes] { $meant } 서비스 어카운트를 쓰려던 것인가요?
       *[no] { GIVEN($elsewhere) ->
            [yes] 이름이 같은 오브젝트가 { $elsewhere } 네임스페이스에 있지만, 파드는 자기 네임스페이스의 오브젝트만 사용합니다.
           *[no] kubehop은 존재한다고 가정합니다.
        }
    }
    .docs = https://kubernetes.io/docs/tasks/configure-pod-container/configure-service-account/
problem-evicted-after = { $pod } 파드는 { $seconds }초 뒤에 { $node } 노드에서 축출됩니다. 테인트 { $taint }에 대한 톨러레이션이 그때까지만 유효합니다
    .detail = 톨러레이션에 tolerationSeconds가 있어, 파드가 노드에 배치되거나 노드에 테인트가 추가된 뒤 그 시간이 지나면 파드가 삭제됩니다. { $replaced ->
        [true] 워크로드가 새 파드를 만들며, 다른 노드에 자리가 없으면 같은 노드에 다시 배치됩니다.
       *[other] 대신할 파드를 만드는 워크로드가 없습니다.
    } tolerationSeconds가 없으면 계속 남아 있습니다. 축출된 뒤의 상황을 보려면 파드를 삭제해 보세요.
    .docs = https://kubernetes.io/docs/concepts/scheduling-eviction/taint-and-toleration/
problem-process-only-waits = 컨테이너 { $container }에서 실행하는 { $command } 명령은 어떤 포트에서도 수신하지 않습니다
    .detail = kubehop은 프로세스를 실행하지 않으며, 선언된 포트는 열려 있다고 보고 포트를 선언하지 않은 컨테이너는 모든 포트가 열려 있다고 봅니다. 이 명령은 기다리기만 하므로 클러스터에서는 연결이 거부됩니다. 서버를 실행하거나, 수신하는 포트를 kubehop/listens 어노테이션에 적으세요.
    .docs = https://kubernetes.io/docs/tasks/inject-data-application/define-command-argument-container/
problem-readiness-assumed = { $pod } 파드는 준비성 프로브 { $probe }의 결과가 성공일 때만 연결을 받습니다
    .detail = 성공 여부는 매니페스트만으로 알 수 없으며, kubehop은 성공한다고 가정합니다. 실패하는 경우를 보려면 파드를 준비되지 않음으로 바꿔 보세요. 서비스의 엔드포인트가 하나 줄고, 하나도 남지 않으면 연결이 거부됩니다. 프로브 결과는 kubectl describe pod로 확인하세요.{ GIVEN($port) ->
        [yes] { " " }{ $port } 포트를 선언한 컨테이너가 없습니다(선언된 포트: { $declared }). { $port }에서 아무것도 수신하지 않으면 프로브는 항상 실패합니다.
       *[no] { "" }
    }
    .docs = https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/

problem-source-is-rewritten = { $pod } 파드에는 클라이언트가 { $seen }(으)로 보입니다(원래 주소 { $client })
    .detail = externalTrafficPolicy가 Cluster이면 { $service } 서비스의 어느 파드든 응답할 수 있고, 응답은 요청을 받은 노드를 거쳐 돌아가야 합니다. 그래서 kube-proxy가 연결을 마스커레이딩합니다. 정책을 Local로 바꾸면 클라이언트 주소가 유지되지만, 준비된 파드가 있는 노드만 응답합니다. HTTP라면 프록시가 X-Forwarded-For 헤더로 주소를 전달할 수 있습니다.
    .docs = https://kubernetes.io/docs/tutorials/services/source-ip/

problem-calls-next = { $pod } 파드는 응답하려고 { $to } 주소를 호출합니다
    .detail = { $isRequest ->
        [true] 파드의 어노테이션 kubehop/calls에 적힌 내용입니다. 파드에서 시작하는 별도의 연결입니다.
       *[false] 파드의 어노테이션 kubehop/calls에 적혀 있지만 요청으로 읽을 수 없습니다. http://backend 또는 tcp://db:5432처럼 쓰세요.
    }
    .docs = https://kubernetes.io/docs/tasks/access-application-cluster/connecting-frontend-backend/

problem-hairpin-connection = { $pod } 파드가 { $service } 서비스를 거쳐 자기 자신에게 연결했습니다
    .detail = 노드가 이런 연결을 마스커레이딩하므로 { $pod } 파드에는 노드의 주소가 클라이언트로 보입니다. 패킷이 들어온 인터페이스로 다시 나갈 수 있는 네트워크 플러그인(헤어핀 모드)에서만 동작합니다. 그렇지 않으면 { $pod } 파드가 자기 자신으로 선택될 때마다 응답을 받지 못하고 기다리게 됩니다.
    .docs = https://kubernetes.io/docs/tasks/debug/debug-application/debug-service/

problem-search-list-tried-first = { $name }보다 먼저 검색 목록의 이름 { $tried }개를 조회했습니다
    .detail = { $name }에는 점이 { $dots }개 있어 resolv.conf의 options ndots:{ $ndots }보다 적으므로, 리졸버는 모든 검색 도메인을 A와 AAAA 레코드로 먼저 조회합니다. 이름 끝에 점을 붙이거나({ $name }.) dnsConfig에서 ndots를 줄이면 이 조회를 없앨 수 있습니다.
    .docs = https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/#pod-dns-config

problem-container-not-running = { $isInit ->
        [true] { $pod } 파드의 { $container } 초기화 컨테이너가 실행되지 않습니다: { $reason }
       *[other] { $pod } 파드의 { $container } 컨테이너가 실행되지 않습니다: { $reason }
    }
    .detail = { $why ->
        [exits] 프로세스가 종료되고{ GIVEN($last) ->
            [yes] { "" }(마지막 종료: { $last })
           *[no] { "" }
        } kubelet이 계속 다시 시작합니다. 출력 내용은 kubectl logs --previous로 확인하세요.
        [image] 이미지를 가져올 수 없습니다. 이미지 이름과 태그, imagePullSecrets를 확인하세요.
        [config] 참조하는 ConfigMap이나 Secret 또는 그 키가 없습니다.
        [creating] 네트워크나 볼륨이 아직 준비되지 않았습니다. 오래 계속되면 이벤트에서 무엇이 없는지 확인하세요.
       *[other] 자세한 내용은 이벤트에서 확인하세요.
    } 실행될 때까지 파드는 준비 상태가 아니며 { $service } 서비스의 연결을 받지 못합니다.{ GIVEN($message) ->
        [yes] { "" } kubelet 메시지: { $message }
       *[no] { "" }
    }
    .docs = https://kubernetes.io/docs/tasks/debug/debug-application/debug-pods/

problem-container-reported-unready = { $isStarting ->
        [true] { $pod } 파드의 { $container } 컨테이너가 실행 중이지만 아직 시작을 마치지 못했습니다
       *[other] { $pod } 파드의 { $container } 컨테이너가 실행 중이지만 준비되지 않았습니다
    }
    .detail = { $isStarting ->
        [true] 시작 프로브가 아직 성공하지 않았고, 그때까지 다른 프로브는 실행되지 않습니다. 준비된 파드만 { $service } 서비스의 연결을 받습니다.
       *[other] { GIVEN($probe) ->
            [yes] 준비성 프로브 { $probe }의 결과가 실패입니다. 오류 내용은 kubectl describe로 확인하세요. 준비된 파드만 { $service } 서비스의 연결을 받습니다.
           *[no] 파드의 status에 그렇게 적혀 있습니다. 준비된 파드만 { $service } 서비스의 연결을 받습니다.
        }
    }
    .docs = https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/

problem-pod-reported-unready = { $service } 서비스의 { $pod } 파드가 준비되지 않았습니다: { $reason }
    .detail = 준비된 파드만 연결을 받습니다. status의 컨디션에 적힌 이유입니다{ GIVEN($message) ->
        [yes] : { $message }
       *[no] .
    }
    .docs = https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#pod-readiness-status

problem-pod-of-lost-node = { $service } 서비스의 { $pod } 파드가 준비되지 않았습니다. { $node } 노드가 상태를 보고하지 않습니다
    .detail = 노드가 Ready가 아니면 프로세스 상태와 관계없이 노드 컨트롤러가 그 노드의 파드를 준비되지 않음으로 표시하고, 서비스는 그 파드에 연결을 보내지 않습니다. 대체 파드는 기존 파드가 축출된 뒤에(5분 후) 생성됩니다. 파드를 여러 노드에 실행하세요.
    .docs = https://kubernetes.io/docs/concepts/architecture/nodes/#node-controller

problem-pod-made-unready = { $service } 서비스의 { $pod } 파드가 준비되지 않았습니다. 이벤트로 그렇게 만들었습니다
    .detail = 추가한 이벤트의 결과입니다. 준비성 프로브가 실패하기 시작해도 같습니다. 파드의 주소는 그대로이지만 새 연결을 받지 못합니다. 파드를 다시 준비 상태로 만들거나 서비스에 다른 엔드포인트를 추가하세요.
    .docs = https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/

problem-object-refused = { $kind } { $name } 오브젝트가 없습니다. 생성이 거부되었습니다
    .detail = { $message }
    .docs = https://kubernetes.io/docs/reference/using-api/api-concepts/

problem-selected-pod-removed = { $service } 서비스의 { $pod } 파드가 삭제되었고 다시 생성되지 않습니다
    .detail = 이벤트로 삭제했습니다. 디플로이먼트나 스테이트풀셋 같은 워크로드의 파드만 다시 생성됩니다.
    .docs = https://kubernetes.io/docs/concepts/workloads/pods/#working-with-pods

problem-rules-lead-to-removed-pod = kube-proxy의 규칙이 이미 삭제된 { $pod } 파드의 { $address } 주소를 아직 가리킵니다
    .detail = 규칙은 이벤트가 발생하고 { $lag }초 후에 바뀝니다. 그때까지 그 주소로 보낸 연결은 응답이 없습니다. 같은 시간만큼 sleep하는 preStop 훅을 두면 규칙이 바뀔 때까지 프로세스가 계속 실행됩니다.
    .docs = https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#pod-termination

problem-host-of-no-rule = { $host } 호스트의 인그레스 규칙이 없습니다. 인그레스 { $ingress }에는 { $rule } 규칙이 있습니다
    .detail = { $why ->
        [typo] 두 이름은 한두 글자가 다릅니다. 규칙은 정확히 그 호스트에만 적용됩니다.
        [www] 규칙은 www가 있든 없든 정확히 그 호스트에만 적용됩니다. 다른 이름의 규칙을 추가하세요.
       *[wildcard] 와일드카드는 레이블 하나만 대신합니다. { $rule } 규칙은 레이블이 더 많은 이름이나 레이블이 없는 이름에는 적용되지 않습니다.
    }
    .docs = https://kubernetes.io/docs/concepts/services-networking/ingress/#hostname-wildcards
problem-ingress-refuses-address = { $ingress } 인그레스는 주소 { $seen }의 요청을 받지 않습니다
    .detail = { $annotation } 어노테이션의 목록: { $ranges }. { $isRewritten ->
        [true] ingress-nginx가 보는 출발지는 { $client } 주소가 아니라 { $seen }입니다. 도중에 kube-proxy나 로드밸런서가 출발지를 바꾸었습니다. 컨트롤러 서비스에 externalTrafficPolicy: Local을 설정하면 유지되고, HTTP 프록시 뒤에서는 use-forwarded-headers로 X-Forwarded-For를 읽게 할 수 있습니다.
       *[false] 컨트롤러가 보는 주소입니다.
    }
    .docs = https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/annotations/#whitelist-source-range

problem-ingress-asks-for-credentials = { $ingress } 인그레스에서 사용자 이름과 암호를 요구합니다
    .detail = auth-type과 auth-secret이 있으면 ingress-nginx는 Authorization 헤더가 없는 모든 요청에 401로 응답합니다(curl -u 이름:암호).
    .docs = https://kubernetes.github.io/ingress-nginx/examples/auth/basic/

problem-ingress-path-taken = 인그레스 { $ingress }의 경로가 인그레스 { $first }에도 있습니다: { GIVEN($host) ->
        [yes] { $host }
       *[no] *
    }{ $path }
    .detail = ingress-nginx는 먼저 만들어진 인그레스의 경로를 사용합니다. 어드미션 웹훅은 나머지를 거부합니다(already defined in ingress { $first }). 호스트나 경로를 바꾸거나, 한 인그레스에 모으거나, 한쪽을 카나리로 만드세요.
    .docs = https://kubernetes.github.io/ingress-nginx/how-it-works/

problem-ingress-certificate-missing = { $ingress } 인그레스의 인증서 시크릿 { $secret }: 이 텍스트의 { $namespace } 네임스페이스에 없습니다
    .detail = { GIVEN($meant) ->
        [yes] 혹시 { $meant } 시크릿인가요?
       *[no] { $elsewhere } 네임스페이스에 있습니다. 인그레스는 자기 네임스페이스의 시크릿만 읽습니다.
    } 시크릿이 없으면 컨트롤러는 클라이언트가 신뢰하지 않는 자체 인증서로 응답합니다.
    .docs = https://kubernetes.io/docs/concepts/services-networking/ingress/#tls

problem-ingress-without-class = { $ingress } 인그레스에 클래스가 없고 기본 IngressClass도 없습니다
    .detail = 컨트롤러는 자기 클래스의 인그레스만 처리합니다. { GIVEN($classes) ->
        [yes] ingressClassName에 다음 중 하나를 지정하세요: { $classes }.
       *[no] 이 매니페스트에는 IngressClass가 없습니다. 컨트롤러의 IngressClass를 붙여 넣고 ingressClassName에 그 이름을 적으세요(kubectl get ingressclass).
    } 클래스 없는 인그레스도 처리하도록 설정할 수 있는 컨트롤러도 있습니다.
    .docs = https://kubernetes.io/docs/concepts/services-networking/ingress/#ingress-class

problem-ingress-class-missing = { $ingress } 인그레스의 클래스 { $class }: 매니페스트에 그런 클래스가 없습니다
    .detail = { GIVEN($classes) ->
        [yes] 이 인그레스를 처리하는 컨트롤러가 없습니다. 있는 클래스: { $classes }
       *[no] 매니페스트에 IngressClass가 없습니다. 그 이름의 IngressClass와 거기에 적힌 컨트롤러가 필요합니다.
    }
    .docs = https://kubernetes.io/docs/concepts/services-networking/ingress/#ingress-class

problem-pod-without-search-list = { $pod } 파드는 클러스터 DNS에 { $name } 그대로 물어보는데, 전체 이름이 아닙니다
    .detail = dnsPolicy가 None이면 resolv.conf에는 dnsConfig의 내용만 들어갑니다. { $meant } 이름으로 호출하거나, dnsConfig에 검색 도메인을 추가하거나, dnsPolicy를 ClusterFirst로 바꾸세요.
    .docs = https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/#pod-dns-config

problem-stateful-set-without-service = { $set } 스테이트풀셋의 serviceName은 { $service }인데 그런 서비스가 없습니다
    .detail = DNS는 파드 이름을 그 서비스 아래에 게시합니다. 파드를 선택하는 헤드리스 서비스 { $service }(clusterIP: None)를 만드세요.
    .docs = https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/#stable-network-id

problem-ordinal-out-of-range = { $set } 스테이트풀셋에는 { $host } 파드가 없습니다
    .detail = { $replicas ->
        [0] 레플리카가 0개입니다.
        [1] 파드는 { $first } 하나뿐입니다.
       *[other] 파드 { $replicas }개의 이름은 { $first }부터 { $last }까지입니다.
    }
    .docs = https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/#ordinal-index

problem-ordinal-waits = { $set } 스테이트풀셋이 { $host } 파드를 아직 만들지 않았습니다. { $pod } 파드가 준비되지 않았습니다
    .detail = 파드를 하나씩 차례로 만들며, 앞의 파드가 준비되어야 다음 파드를 만듭니다. podManagementPolicy가 Parallel이면 한꺼번에 만듭니다.
    .docs = https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/#pod-management-policies

problem-selected-pods-of-other-family = { $service } 서비스가 선택하는 파드에 { $wanted } 주소가 없습니다
    .detail = { $pod } 파드에는 { $found } 주소만 있습니다. 엔드포인트슬라이스에는 서비스의 ipFamilies에 해당하는 주소만 들어갑니다. 파드에 있는 IP 패밀리를 사용하거나 노드와 파드에 두 패밀리의 주소를 모두 할당하세요.
    .docs = https://kubernetes.io/docs/concepts/services-networking/dual-stack/

problem-external-name-without-type = { $service } 서비스에 externalName({ $target })이 있지만 타입이 ExternalName이 아닙니다
    .detail = externalName은 type: ExternalName일 때만 의미가 있습니다. 이 서비스에는 ClusterIP가 있고 셀렉터와 엔드포인트는 없습니다.
    .docs = https://kubernetes.io/docs/concepts/services-networking/service/#externalname

problem-container-port-on-node = { $called }번은 { $pod } 파드 안의 컨테이너 포트이고, 노드에서는 { $hostPort }번 포트입니다
    .detail = hostPort는 노드가 여는 포트이고, containerPort는 파드 안에서 프로세스가 수신하는 포트입니다. { $node } 노드의 { $hostPort }번 포트로 호출하세요.
    .docs = https://kubernetes.io/docs/concepts/extend-kubernetes/compute-storage-net/network-plugins/#support-hostport

problem-selects-job-pods-only = { $service } 서비스는 언젠가 끝나는 { $kind } { $job }의 파드만 선택합니다
    .detail = 실행되는 동안에는 엔드포인트이지만, 끝나면 Succeeded나 Failed가 되어 서비스에 엔드포인트가 남지 않습니다. 계속 실행되는 서버에는 디플로이먼트나 스테이트풀셋을 사용하세요.
    .docs = https://kubernetes.io/docs/concepts/workloads/controllers/job/

problem-selected-pod-stated-not-ready = 서비스 { $service }의 { $pod } 파드가 준비되지 않았습니다: 어노테이션 kubehop/ready에 그렇게 적혀 있습니다
    .detail = 준비된 파드만 연결을 받습니다. 어노테이션을 지우면 준비성 프로브가 성공하는 것으로 봅니다.
    .docs = https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/

problem-readiness-gate-not-set = 서비스 { $service }의 { $pod } 파드가 { $condition } 준비성 게이트를 기다립니다
    .detail = 파드의 status에서 { $condition } 컨디션이 True가 되어야 준비 상태가 됩니다. 이 매니페스트에는 그 값을 설정하는 것이 없습니다. 보통 외부 컨트롤러(로드밸런서나 롤아웃 컨트롤러)가 설정합니다. 컨테이너 자체는 모두 준비되어 있을 수 있습니다.
    .docs = https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#pod-readiness-gate

problem-target-port-of-another-protocol = 서비스 { $service }의 { $port } 포트는 { $wanted } 프로토콜의 { $target } 이름을 찾지만 파드는 { $declared } 프로토콜로 선언합니다
    .detail = 이름으로 적은 targetPort는 이름과 프로토콜로 찾습니다. 컨테이너의 포트와 서비스의 포트에 같은 프로토콜을 지정하세요.
    .docs = https://kubernetes.io/docs/concepts/services-networking/service/#field-spec-ports

problem-target-port-of-init-container = { $target } 포트는 초기화 컨테이너 { $container }에만 선언되어 있습니다
    .detail = 서비스 { $service }의 이름으로 적은 targetPort는 컨테이너와 사이드카(restartPolicy가 Always인 초기화 컨테이너)에서만 찾습니다. 종료되는 초기화 컨테이너는 요청을 처리하지 않습니다.
    .docs = https://kubernetes.io/docs/concepts/services-networking/service/#field-spec-ports

problem-no-address-pool = 서비스 { $service }에 주소가 없습니다. MetalLB에 주소 풀이 없습니다
    .detail = MetalLB는 IPAddressPool에 있는 주소만 할당하는데, 풀이 하나도 없습니다. MetalLB의 네임스페이스에 IPAddressPool과 이를 알리는 L2Advertisement 또는 BGPAdvertisement를 만드세요.
    .docs = https://metallb.io/configuration/
problem-address-outside-pools = 서비스 { $service }에서 요청한 { $address } 주소가 MetalLB의 어떤 풀에도 없습니다
    .detail = MetalLB는 풀에 있는 주소만 할당합니다: { $pools }. 이 중에서 요청하거나 풀에 주소를 추가하세요. 그때까지 EXTERNAL-IP는 <pending>입니다.
    .docs = https://metallb.io/usage/
problem-address-not-shared = 서비스 { $service }에서 요청한 { $address } 주소를 이미 사용 중입니다: { $others }
    .detail = 두 서비스가 MetalLB의 주소 하나를 함께 쓰려면 metallb.io/allow-shared-ip 어노테이션 값이 같고({ GIVEN($key) ->
        [no] 상대 서비스에는 없습니다
       *[other] 상대 서비스의 값: "{ $key }"
    }), 겹치는 포트가 없어야 합니다.
    .docs = https://metallb.io/usage/
problem-sharing-needs-same-backends = 서비스 { $service }의 트래픽 정책이나 셀렉터가 { $other }의 것과 달라 { $address } 주소를 함께 쓸 수 없습니다
    .detail = metallb.io/allow-shared-ip 값이 같아도 둘 다 externalTrafficPolicy: Cluster이거나, 둘 다 Local이면서 셀렉터가 같아야 주소를 함께 쓸 수 있습니다. 한 노드가 그 주소에 응답하므로 두 서비스의 엔드포인트가 모두 그 노드에 있어야 하기 때문입니다. 둘 다 Cluster로 바꾸거나 서로 다른 주소를 쓰세요.
    .docs = https://metallb.io/usage/
problem-shared-port-taken = 서비스 { $service }에도 { $other }에도 { $port } 포트가 있어 { $address } 주소를 함께 쓸 수 없습니다
    .detail = 주소가 같은 서비스는 포트와 프로토콜로 구분됩니다. 다른 포트를 쓰거나 서로 다른 주소를 쓰세요.
    .docs = https://metallb.io/usage/
problem-pools-exhausted = 서비스 { $service }에 할당할 주소가 남아 있지 않습니다
    .detail = { GIVEN($pools) ->
        [no] MetalLB에 이 서비스가 자동으로 주소를 받을 수 있는 풀이 없습니다. autoAssign이 false이거나, 다른 서비스용 풀이거나, 주소 체계(IPv4/IPv6)가 다릅니다.
       *[other] 풀의 모든 주소가 사용 중입니다: { $pools }. 풀에 주소를 추가하거나, 서비스를 삭제하거나, 서비스끼리 주소를 함께 쓰게 하세요(metallb.io/allow-shared-ip).
    } 그때까지 EXTERNAL-IP는 <pending>입니다.
    .docs = https://metallb.io/configuration/
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
problem-shared-address-not-advertised = 함께 쓸 수 있는 서비스 { $service }의 주소를 알리는 노드가 없습니다
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
problem-svclb-port-taken = 서비스 { $service }에 아직 주소가 없습니다. 모든 노드의 { $port } 포트가 사용 중입니다
    .detail = k3s의 ServiceLB는 각 노드의 파드로 서비스의 포트를 받으며, 이 파드에는 노드의 같은 포트가 필요합니다. 그 포트를 이미 사용 중이라({ $holder }) svclb 파드는 Pending, EXTERNAL-IP는 <pending> 상태로 남습니다. 다른 포트를 쓰거나 인그레스 또는 게이트웨이 하나로 합치세요.
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
problem-svclb-without-local-endpoint = svclb 파드와 준비된 엔드포인트가 함께 있는 노드가 서비스 { $service }에 없습니다
    .detail = externalTrafficPolicy: Local에서는 서비스의 준비된 파드가 있는 노드만 주소로 쓰이므로 EXTERNAL-IP는 <pending>입니다.
    .docs = https://docs.k3s.io/networking/networking-services#service-load-balancer

problem-load-balancer-of-class = { $service } 서비스가 클래스 { $class }의 로드밸런서를 기다립니다
    .detail = loadBalancerClass를 지정한 서비스는 그 클래스의 구현이 맡고, 클러스터의 기본 로드밸런서는 무시합니다. 이 매니페스트에는 { $class } 클래스를 맡는 것이 없으므로 EXTERNAL-IP는 <pending>으로 남습니다.
    .docs = https://kubernetes.io/docs/concepts/services-networking/service/#load-balancer-class

problem-caller-without-cluster-dns = { $caller } 호출자는 클러스터 DNS에 묻지 않습니다
    .detail = resolv.conf에 클러스터의 네임서버가 들어 있는 것은 파드뿐입니다. { $name } 이름은 클러스터 안의 이름입니다. 노드에서는 ClusterIP로, 밖에서는 노드포트나 로드밸런서 주소로 호출하세요.
    .docs = https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/

problem-host-network-resolver = { $pod } 파드는 노드의 리졸버를 쓰며, 그 리졸버는 { $name } 이름을 모릅니다
    .detail = hostNetwork: true이면 dnsPolicy ClusterFirst는 Default처럼 동작하여 파드가 노드의 resolv.conf를 갖습니다. dnsPolicy: ClusterFirstWithHostNet을 설정하세요.
    .docs = https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/#pod-s-dns-policy

problem-pod-resolver = { $pod } 파드는 { $name } 이름을 클러스터 DNS에 묻지 않습니다
    .detail = { $policy ->
        [None] dnsPolicy가 None이므로 dnsConfig의 서버에만 묻습니다. 거기에 클러스터 DNS를 적거나 { $wanted } 정책을 사용하세요.
       *[other] dnsPolicy가 { $policy }이므로 노드의 resolv.conf를 갖습니다. { $wanted } 정책을 사용하세요.
    }
    .docs = https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/#pod-s-dns-policy

problem-external-name-is-address = { $service } 서비스는 { $target }의 별칭인데, 이것은 이름이 아니라 IP 주소입니다
    .detail = externalName은 DNS 이름입니다. 숫자와 점으로 된 값도 이름으로 조회되며 그런 이름은 없습니다. 주소를 쓰려면 셀렉터 없는 서비스와 엔드포인트슬라이스를 사용하세요.
    .docs = https://kubernetes.io/docs/concepts/services-networking/service/#externalname

problem-external-name-not-found = { $service } 서비스는 { $target }의 별칭인데, 그런 이름이 없습니다
    .detail = { GIVEN($meant) ->
        [yes] 아마도 { $meant } 서비스를 가리키려는 것입니다. 네임서버는 검색 목록을 적용하지 않으므로 externalName에는 이 전체 이름을 적어야 합니다.
       *[no] externalName은 정규화된 전체 이름(FQDN)이어야 합니다. 네임서버는 검색 목록을 적용하지 않습니다. 클러스터의 서비스라면 name.namespace.svc.cluster.local 형식으로 적으세요.
    }
    .docs = https://kubernetes.io/docs/concepts/services-networking/service/#externalname

problem-external-names-in-circle = { $service } 서비스는 자기 자신으로 돌아오는 별칭입니다
    .detail = { $names } 순서로 이어져 처음으로 돌아옵니다. 모두 ExternalName 타입이라 어떤 이름도 주소를 얻지 못합니다. 마지막 서비스가 주소가 있는 호스트를 가리키게 하거나 엔드포인트가 있는 서비스로 바꾸세요.
    .docs = https://kubernetes.io/docs/concepts/services-networking/service/#externalname

problem-no-srv-record = 서비스 { $service }에 포트 { $port }, 프로토콜 { $protocol }의 SRV 레코드가 없습니다
    .detail = SRV 레코드에는 이름과 프로토콜이 정확히 같은 엔드포인트 포트가 필요합니다. { GIVEN($declared) ->
        [yes] 서비스의 포트 이름은 { $declared }입니다.
       *[no] 서비스의 포트에 이름이 없습니다. { $port }(으)로 이름을 붙이세요.
    }
    .docs = https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/

problem-no-name-below-service = 서비스 { $service } 아래에 그런 DNS 이름이 없습니다
    .detail = 서비스 아래에는 엔드포인트의 이름과 포트의 이름(_port._protocol)만 있습니다.
    .docs = https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/

problem-pod-name-not-published = 파드 { $pod }의 이름이 서비스 { $service } 아래에 공개되지 않습니다
    .detail = { $ready ->
        [true] 파드에 spec.hostname이 있고 spec.subdomain이 그 파드를 선택하는 헤드리스 서비스의 이름일 때만 DNS가 파드의 이름을 공개합니다. { GIVEN($subdomain) ->
            [yes] 이 파드의 subdomain은 { $subdomain }입니다.{ GIVEN($meant) ->
                [yes] {" "}공개된 이름은 { $meant }입니다.
               *[no] {""}
            }
           *[no] 이 파드에는 subdomain이 없습니다. 스테이트풀셋은 hostname을 파드 이름으로, subdomain을 spec.serviceName으로 설정합니다.
        }
       *[other] 파드가 준비되지 않았습니다. 서비스에 publishNotReadyAddresses: true가 없으면 DNS는 준비된 파드의 이름만 공개합니다.
    }
    .docs = https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/

problem-no-such-pod-name = { $service } 서비스는 있지만 이름이 { $host }인 엔드포인트가 없습니다
    .detail = 스테이트풀셋처럼 파드에 hostname과 subdomain이 있으면 DNS가 헤드리스 서비스 아래에 파드의 이름을 공개합니다.
    .docs = https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/

problem-headless-without-ready-endpoints = 헤드리스 서비스 { $service }에 준비된 엔드포인트가 없어 DNS에 이름이 없습니다
    .detail = ClusterIP가 있는 서비스는 항상 이름이 있습니다. 헤드리스 서비스의 이름은 준비된 엔드포인트의 주소들이며, 하나도 없으면 NXDOMAIN입니다. publishNotReadyAddresses: true이면 준비되지 않은 것도 공개합니다.
    .docs = https://kubernetes.io/docs/concepts/services-networking/service/#headless-services

problem-name-of-other-namespace = 네임스페이스 { $from }에는 { $name } 이름이 없고 { $namespace }에 있습니다
    .detail = 짧은 이름은 호출하는 쪽의 네임스페이스에서 찾습니다. { $name }.{ $namespace } 또는 전체 이름 { $meant }(으)로 호출하세요.
    .docs = https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/

problem-name-not-of-cluster = { $name } 이름은 이 클러스터의 이름이 아닙니다. 올바른 이름은 { $meant }입니다
    .detail = 서비스의 전체 이름은 name.namespace.svc 뒤에 클러스터 도메인을 붙인 것입니다.
    .docs = https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/

problem-name-misspelt = { $name } 이름이 없습니다. { $meant } 이름을 찾으셨나요?
    .docs = https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/

problem-service-of-other-group = { $service } 오브젝트는 kubehop이 시뮬레이션하지 않는 { $apiVersion } 그룹의 Service입니다
    .detail = DNS, kube-proxy, 인그레스는 v1 서비스만 인식하는데, 이 매니페스트의 { $namespace } 네임스페이스에는 그 이름의 v1 서비스가 없습니다. 실제 클러스터에서는 { $apiVersion } 컨트롤러가 서비스를 만들 수 있습니다(Knative는 자체 게이트웨이로 이어지는 서비스를 만듭니다). 컨트롤러가 만든 서비스를 붙여 넣거나(kubectl get service { $service } -n { $namespace } -o yaml), 일반 서비스를 쓰려던 것이라면 apiVersion: v1로 적으세요.
    .docs = https://kubernetes.io/docs/concepts/services-networking/service/

problem-no-such-service = 이 매니페스트의 네임스페이스 { $namespace }에는 { $service } 서비스가 없습니다
    .detail = 파드는 자기 네임스페이스의 서비스를 이름으로, 다른 네임스페이스의 서비스를 name.namespace로 찾습니다.
    .docs = https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/

problem-service-port-of-another-protocol = { $service } 서비스의 { $port } 포트는 { $declared } 프로토콜인데 { $called } 프로토콜로 호출합니다
    .detail = { $port }/{ $declared } 포트와 { $port }/{ $called } 포트는 서로 다른 포트입니다. 파드가 수신한다면 protocol: { $called } 포트를 추가하세요.
    .docs = https://kubernetes.io/docs/concepts/services-networking/service/#field-spec-ports

problem-target-port-called = { $called } 포트는 { $service } 서비스의 대상 포트이고, 서비스의 포트는 { $port }입니다
    .detail = ClusterIP든 외부 주소든 로드밸런서 주소든 서비스는 서비스의 포트로 호출합니다. 규칙이 대상 포트로 보냅니다. { $port } 포트로 호출하세요.
    .docs = https://kubernetes.io/docs/concepts/services-networking/service/#field-spec-ports

problem-service-has-no-such-port = { $service } 서비스에 { $called } 포트가 없습니다
    .detail = 이 서비스의 포트: { $ports }.
    .docs = https://kubernetes.io/docs/concepts/services-networking/service/#field-spec-ports

problem-service-protocol-differs = { $service } 서비스의 { $port } 포트는 { $wanted }인데 파드는 { $target } 포트를 { $declared } 프로토콜로 선언합니다
    .detail = protocol을 적지 않은 서비스 포트는 TCP입니다. 파드가 { $declared } 프로토콜로 수신한다면 서비스의 포트에 protocol: { $declared } 값을 설정하세요.
    .docs = https://kubernetes.io/docs/concepts/services-networking/service/#field-spec-ports

problem-target-port-not-declared = { $service } 서비스의 { $port } 포트가 가리키는 { $target } 포트{ $stated ->
        [true] 에서 수신하는 파드가 없습니다
       *[other] 를 선언한 파드가 없습니다
    }
    .detail = { $stated ->
        [true] 파드의 어노테이션 kubehop/listens에 적힌 포트: { $declared }. targetPort는 컨테이너가 수신하는 포트이며, 적지 않으면 port와 같습니다.
       *[other] 파드가 선언한 포트: { $declared }. targetPort는 컨테이너가 수신하는 포트이며, 적지 않으면 port와 같습니다. 컨테이너의 포트 선언은 정보일 뿐이므로, 실제로 { $target } 포트에서 수신한다면 어노테이션 kubehop/listens에 적으세요.
    }
    .docs = https://kubernetes.io/docs/concepts/services-networking/service/#field-spec-ports

problem-own-name-is-service-name = { $service } 이름은 { $pod } 파드 자신의 호스트 이름입니다. 클러스터 DNS가 아니라 파드의 /etc/hosts가 { $address } 주소로 응답했습니다
    .detail = kubelet은 파드의 이름을 파드의 /etc/hosts에 적고, 이 파일은 DNS보다 먼저 읽힙니다. 그래서 파드가 자기 자신을 호출합니다. 서비스를 호출하려면 { $service }.{ $namespace } 이름을 사용하세요.
    .docs = https://kubernetes.io/docs/tasks/network/customize-hosts-file-for-pods/

problem-host-alias-resolves = { $name } 이름은 { $pod } 파드의 hostAliases에 { $address } 주소로 적혀 있습니다
    .detail = /etc/hosts는 DNS보다 먼저 읽히므로 네임서버에 묻지 않았습니다. 주소가 오래되었다면 항목을 고치거나 지우세요.
    .docs = https://kubernetes.io/docs/tasks/network/customize-hosts-file-for-pods/

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
           *[no] { $service } 서비스에는 { $called }만 있습니다. ipFamilyPolicy: PreferDualStack이면 클러스터에 두 패밀리가 있을 때 주소를 둘 다 받습니다.
        }
       *[no] { "" }
    }
    .docs = https://kubernetes.io/docs/concepts/services-networking/dual-stack/
problem-reply-bypasses-node = { $service } 서비스의 응답이 { $node } 노드를 거치지 않고 돌아옵니다
    .detail = externalTrafficPolicy: Local이면 { $node } 노드는 패킷에 자기 주소를 쓰지 않고 전달합니다. 그래서 엔드포인트가 { $caller ->
        [client] 외부 클라이언트
       *[other] { $caller }
    }에 직접 응답하고, 그 출발지는 호출한 적 없는 주소입니다. 클러스터 안에서는 { $name } 이름의 { $port } 포트를 호출하세요.
    .docs = https://kubernetes.io/docs/reference/networking/virtual-ips/#external-traffic-policy
problem-unallocated-cluster-ip = { $address } 주소를 가진 서비스가 없습니다
    .detail = ClusterIP 대역 { $range } 안의 주소이므로 이 주소를 가진 호스트도 없습니다. 서비스를 지우고 다시 만들면 다른 주소를 받습니다. 이름으로 호출하세요.
    .docs = https://kubernetes.io/docs/concepts/services-networking/cluster-ip-allocation/
problem-chosen-at-random = kube-proxy가 { $service } 서비스의 엔드포인트 { $endpoints }개 가운데 하나를 무작위로 골랐습니다
    .detail = 새 연결마다 다시 뽑으며 라운드 로빈이 아닙니다. 연결이 몇 개뿐이면 모두 한 파드로 갈 수도 있고, 많아야 고르게 나뉩니다.
    .docs = https://kubernetes.io/docs/reference/networking/virtual-ips/
problem-connection-keeps-endpoint = 열린 연결이 새 연결을 받지 않는 { $pod } 파드에 머뭅니다
    .detail = 연결 추적은 첫 패킷({ $protocol })에 고른 엔드포인트를 유지하며, 서비스의 현재 엔드포인트는 보지 않습니다. 다른 엔드포인트로 가려면 연결을 새로 여세요.
    .docs = https://kubernetes.io/docs/reference/networking/virtual-ips/
problem-node-port-of-another-protocol = { $service } 서비스의 { $port } 노드포트를 { $declared } 대신 { $called } 프로토콜로 호출했습니다
    .detail = { $port }/{ $declared }, { $port }/{ $called } 두 포트는 서로 다릅니다. 파드가 { $called } 프로토콜로 수신한다면 서비스에 protocol: { $called }인 포트를 추가하세요.
    .docs = https://kubernetes.io/docs/concepts/services-networking/service/#type-nodeport
problem-cluster-ip-from-outside = { $address } 주소는 서비스 { $service }의 ClusterIP이며, 노드와 파드만 알고 있습니다
    .detail = { GIVEN($open) ->
        [yes] 클러스터 밖에서는 { $open } 주소로 호출하세요.
       *[no] 클러스터 밖에서는 NodePort나 LoadBalancer 타입의 서비스, 인그레스, 또는 kubectl port-forward service/{ $service } 명령을 사용하세요.
    }
    .docs = https://kubernetes.io/docs/concepts/services-networking/service/#publishing-services-service-types

problem-pod-ip-from-outside = { $address } 주소는 { $pod } 파드의 주소이며, 노드와 파드에만 경로가 있습니다
    .detail = 클러스터 밖에서는 NodePort나 LoadBalancer 타입의 서비스, 인그레스, 또는 kubectl port-forward pod/{ $pod } 명령을 사용하세요.
    .docs = https://kubernetes.io/docs/concepts/cluster-administration/networking/

problem-node-port-on-loopback = { $mode } 모드에서는 localhost에 노드포트가 열려 있지 않습니다
    .detail = kube-proxy는 서비스 { $service }의 노드포트를 { $node } 노드의 { $open }에서 제공하며, 루프백 주소에서는 제공하지 않습니다. iptables 모드에서는 IPv4 localhost로도 호출할 수 있습니다.
    .docs = https://kubernetes.io/docs/reference/networking/virtual-ips/#migrating-from-iptables-mode-to-nftables

problem-localhost-is-the-caller = localhost는 호출자({ $caller ->
        [client] 외부 클라이언트
       *[other] { $caller }
    }) 자신이며, { $port }번 포트에서 수신하는 프로세스가 없습니다
    .detail = { GIVEN($open) ->
        [yes] { $port }번은 { $service } 서비스의 노드포트이며, 노드포트는 노드의 주소에서 열립니다: { $open }. 노드가 내 컴퓨터의 컨테이너나 가상 머신이라면(kind, minikube, Docker Desktop) 포트를 매핑하거나 kubectl port-forward를 써야 localhost로 닿을 수 있습니다.
       *[no] 루프백 주소는 파드와 머신마다 따로 있습니다. 서비스의 이름이나 ClusterIP로 호출하세요. 자신의 컴퓨터에서는 kubectl port-forward로 localhost에 포트를 열 수 있습니다.
    }
    .docs = https://kubernetes.io/docs/tasks/access-application-cluster/port-forward-access-application-cluster/

problem-stateful-set-service-name-differs = 스테이트풀셋 { $set }에 { GIVEN($written) ->
        [yes] 지정된 serviceName은 { $written }인데,
       *[no] serviceName이 없는데,
    } 파드를 선택하는 헤드리스 서비스는 { $service }입니다
    .detail = DNS는 serviceName이 가리키는 서비스 아래에 파드의 이름을 게시합니다. { $set }-0.{ $service } 이름은 존재하지 않습니다. serviceName: { $service }(으)로 설정하세요.
    .docs = https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/#stable-network-id

problem-listens-on-loopback = 컨테이너 { $container }: 프로세스가 루프백 주소에서만 수신합니다({ $argument })
    .detail = 파드의 주소로 온 { $port } 포트 연결은 거부됩니다. kubectl port-forward와 파드 안에서 보낸 요청은 동작합니다. 0.0.0.0이나 [::]에서 수신하세요.
    .docs = https://kubernetes.io/docs/tasks/debug/debug-application/debug-service/

problem-service-variable-looks-like-setting = 컨테이너 { $container }에 주입되는 서비스 { $service }의 환경 변수: { $variable }
    .detail = 이 컨테이너는 같은 접두사의 변수({ $setting })로 설정되므로, 프로그램이 이 값을 자기 설정으로 읽을 수 있습니다. 변수를 직접 지정하거나 enableServiceLinks: false를 설정하거나 서비스 이름을 바꾸세요.
    .docs = https://kubernetes.io/docs/concepts/services-networking/service/#environment-variables

problem-headless-maps-no-ports = 헤드리스 서비스 { $service }: { $port } 포트를 { $target } 포트로 바꾸지 않습니다
    .detail = 헤드리스 서비스의 이름은 파드 자신의 주소이므로 포트를 변환하는 것이 없습니다. { $target } 포트로 호출하세요.
    .docs = https://kubernetes.io/docs/concepts/services-networking/service/#headless-services

problem-only-sibling-declares-port = { $pod } 파드는 포트를 선언하지 않았고, 같은 서비스 { $service }의 { $sibling } 파드는 { $declared } 포트를 선언했습니다
    .detail = 서비스는 { $pod } 파드에도 같은 비율로 연결을 보냅니다. 이 파드에서 수신 대기하는 프로세스가 없으면 그 비율만큼 연결이 거부됩니다. 파드에 다른 레이블을 붙이거나 셀렉터를 좁히세요. 수신 대기하는 프로세스가 있다면 포트를 선언하세요.
    .docs = https://kubernetes.io/docs/concepts/services-networking/service/#field-spec-ports

problem-pod-declares-other-ports = { $pod } 파드가 선언한 포트({ $declared })가 아닌 { $port } 포트로 호출했습니다
    .detail = 프로세스는 선언된 포트에서 수신 대기할 가능성이 높습니다. 그 포트로 호출하세요. 컨테이너의 포트 선언은 정보일 뿐이므로, 실제로 { $port } 포트에서 수신한다면 포트를 선언하거나 어노테이션 kubehop/listens에 적으세요.
    .docs = https://kubernetes.io/docs/concepts/services-networking/service/#field-spec-ports

problem-topology-hints-not-set = 서비스 { $service }에 토폴로지 인지 라우팅을 설정했지만 힌트가 없습니다
    .detail = { $why ->
        [node-without-zone] 준비된 노드 중에 topology.kubernetes.io/zone 레이블이 없는 노드가 있습니다.
        [one-zone] 준비된 노드가 모두 한 영역에 있습니다.
        [endpoint-without-zone] 영역이 없는 노드에 엔드포인트가 있습니다.
        [fewer-endpoints-than-zones] 엔드포인트 수({ $endpoints })가 영역 수({ $zones })보다 적습니다.
       *[other] 준비된 엔드포인트 { $endpoints }개를 영역 { $zones }개에 CPU 비율대로 나누면 과부하가 20 %(과부하 임계값)를 넘는 영역이 생깁니다.
    } 그래서 컨트롤러가 힌트를 설정하지 않고(이벤트 TopologyAwareHintsDisabled), 모든 영역이 전체 엔드포인트를 사용합니다. trafficDistribution: PreferSameZone에는 이런 임계값이 없습니다.
    .docs = https://kubernetes.io/docs/concepts/services-networking/topology-aware-routing/#safeguards

problem-hints-not-for-node = 서비스 { $service }의 엔드포인트 중 { $node } 노드의 영역을 위한 것이 없습니다
    .detail = { GIVEN($zone) ->
        [yes] 영역 { $zone }에 대한 힌트가 있는 준비된 엔드포인트가 없으므로, { $node } 노드의 kube-proxy는 다른 영역의 엔드포인트까지 모두 사용합니다.
       *[no] { $node } 노드에 topology.kubernetes.io/zone 레이블이 없으므로, 이 노드의 kube-proxy는 모든 엔드포인트를 사용합니다.
    }
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

problem-apply-removes-selector = kubectl apply를 사용하면 { $service } 서비스의 셀렉터 { $selector } 값이 지워집니다
    .detail = kubectl create는 이 두 번째 문서를 거부하고, kubectl apply는 이 문서로 첫 번째 오브젝트를 갱신합니다. 셀렉터가 없으면 서비스의 엔드포인트슬라이스를 갱신하거나 삭제하는 컨트롤러가 없습니다. 연결은 계속 그 시점의 파드로 가고, 그 파드가 없어지면 실패합니다. 남은 슬라이스를 지우거나(kubectl delete endpointslices -l kubernetes.io/service-name={ $service }) 서비스를 먼저 삭제하세요.
    .docs = https://kubernetes.io/docs/concepts/services-networking/service/#services-without-selectors

problem-namespace-comes-later = { $object } 오브젝트가 텍스트에서 자신의 네임스페이스({ $namespace })보다 앞에 있습니다
    .detail = kubectl apply는 문서를 순서대로 보냅니다. { $namespace } 네임스페이스가 이미 있지 않다면 처음에는 오브젝트 { $objects }개가 거부됩니다(namespaces "{ $namespace }" not found). 네임스페이스를 맨 앞으로 옮기세요. kubehop은 네임스페이스가 있다고 가정합니다.
    .docs = https://kubernetes.io/docs/concepts/overview/working-with-objects/namespaces/

problem-apply-merges-ports = kubectl apply로 적용하면 { $service } 서비스의 { $port } 포트 하나가 사라집니다
    .detail = kubectl create는 두 번째 문서를 거부합니다. kubectl apply는 두 번째 문서를 첫 번째 문서에 병합하는데, 포트를 번호와 프로토콜이 아니라 번호로만 구분합니다. { $written } 중에서 { $stored }만 남습니다. kubectl apply --server-side는 번호와 프로토콜로 구분하고, kubectl replace는 문서를 적힌 그대로 저장합니다.
    .docs = https://kubernetes.io/docs/reference/using-api/server-side-apply/

problem-no-local-endpoint = { $node } 노드에 { $service } 서비스의 엔드포인트가 없고 { $policy } 값이 Local입니다
    .detail = { GIVEN($nodes) ->
        [yes] 엔드포인트가 있는 노드만 응답합니다: { $nodes }. 정책을 Cluster로 바꾸거나 모든 노드에 파드를 실행하세요.
       *[no] 준비된 엔드포인트가 있는 노드가 없습니다.
    }
    .docs = https://kubernetes.io/docs/reference/networking/virtual-ips/#traffic-policies

problem-selects-other-program = { $service } 서비스가 { $target } 포트를 선언하지 않은 { $pod } 파드도 선택합니다
    .detail = { $meant } 파드는 이 포트를 선언했습니다. 선택된 파드 { $all }개 중 { $pods }개는 다른 포트만 선언했으며, 그 비율만큼 연결을 받습니다. { GIVEN($label) ->
        [yes] 포트를 선언한 파드에만 있는 { $label } 레이블을 셀렉터에 추가하세요.
       *[no] 원하는 파드에 고유한 레이블을 붙이고 그 레이블을 선택하세요.
    }
    .docs = https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/

problem-selects-job-pods = { $service } 서비스가 { $kind } { $job }의 파드도 선택합니다
    .detail = 선택된 파드 { $all }개 중 { $pods }개가 잡의 파드입니다. 실행되는 동안 그 비율만큼 연결을 받습니다. 잡의 파드에 다른 레이블을 붙이거나, 원하는 파드에만 있는 레이블을 셀렉터에 추가하세요.
    .docs = https://kubernetes.io/docs/tasks/debug/debug-application/debug-service/

problem-source-not-in-ranges = { $client } 주소가 { $service } 서비스의 loadBalancerSourceRanges에 없습니다
    .detail = 허용된 범위: { $ranges }. 규칙은 로드밸런서 주소로 가는 모든 패킷을 거르며 파드와 노드의 패킷도 포함됩니다. 노드포트와 ClusterIP는 거르지 않습니다.
    .docs = https://kubernetes.io/docs/concepts/services-networking/service/#loadbalancer

problem-no-ingress-rule-matches = { $hostKnown ->
        [true] { $host } 호스트의 인그레스 규칙 중 { $path } 경로와 일치하는 것이 없습니다
       *[other] { $host } 호스트의 인그레스 규칙이 없습니다
    }
    .detail = { GIVEN($rules) ->
        [yes] 규칙이 있는 호스트와 경로: { $rules }.
       *[no] 규칙이 있는 인그레스가 없습니다.
    } 호스트와 경로가 모두 일치해야 규칙이 적용되며, 일치하는 규칙이 없으면 컨트롤러가 404로 응답합니다.
    .docs = https://kubernetes.io/docs/concepts/services-networking/ingress/

problem-ingress-backend-missing = { $ingress } 인그레스가 가리키는 { $service } 서비스가 { $namespace } 네임스페이스에 없습니다
    .detail = { GIVEN($elsewhere) ->
        [yes] { $elsewhere } 네임스페이스에는 있습니다. 백엔드는 항상 인그레스와 같은 네임스페이스에서 찾습니다.
       *[no] { GIVEN($nearest) ->
            [yes] { $nearest } 서비스가 있습니다. 이 서비스를 가리키려던 것인가요?
           *[no] 백엔드는 인그레스와 같은 네임스페이스에서 이름으로 찾습니다.
        }
    }
    .docs = https://kubernetes.io/docs/concepts/services-networking/ingress/

problem-ingress-path-not-a-regex = { $ingress } 인그레스의 경로 { $path }: 정규식처럼 보이지만 ingress-nginx는 글자 그대로 비교합니다
    .detail = 정규식을 쓰려면 어노테이션 nginx.ingress.kubernetes.io/use-regex: "true"(또는 rewrite-target)가 필요합니다. 그러면 이 호스트의 모든 경로가 대소문자를 구분하지 않는 정규식이 됩니다. 정규식 경로에는 pathType: ImplementationSpecific을 사용하세요.
    .docs = https://kubernetes.io/docs/concepts/services-networking/ingress/

problem-ingress-path-of-wrong-type = ingress-nginx의 웹훅이 거부하는 경로입니다: { $ingress } 인그레스의 { $path } (타입 { $pathType })
    .detail = ingress-nginx 1.12부터(strict-validate-path-type) Exact와 Prefix 타입의 경로에는 영문자, 숫자, / _ - . 문자만 쓸 수 있습니다. pathType: ImplementationSpecific을 사용하세요. { $regex ->
        [true] 웹훅이 없으면 ingress-nginx는 이 경로를 정규식으로 해석합니다.
       *[other] use-regex나 rewrite-target이 없으므로, 웹훅이 없으면 ingress-nginx는 이 경로를 글자 그대로 비교합니다.
    }
    .docs = https://kubernetes.io/docs/concepts/services-networking/ingress/

problem-ingress-backend-not-grpc = { $ingress } 인그레스가 { $service } 서비스와 HTTP/1.1로 통신합니다
    .detail = gRPC는 HTTP/2를 사용합니다. 어노테이션 nginx.ingress.kubernetes.io/backend-protocol: GRPC를 설정하고 TLS로 호출하세요. ingress-nginx는 TLS 포트에서만 클라이언트에 HTTP/2를 제공합니다.
    .docs = https://kubernetes.io/docs/concepts/services-networking/ingress/

problem-workload-makes-no-pods = { $workload } 워크로드에 파드가 없어서 서비스 { $service }에 엔드포인트가 없습니다
    .detail = { $suspended ->
        [true] 템플릿의 레이블은 셀렉터와 일치하지만 spec.suspend가 true입니다.
       *[other] 템플릿의 레이블은 셀렉터와 일치하지만 조건에 맞는 노드가 없습니다: { $why }
    }
    .docs = https://kubernetes.io/docs/tasks/debug/debug-application/debug-service/

problem-workload-scaled-to-zero = { $workload }의 레플리카가 0개라서 서비스 { $service }에 엔드포인트가 없습니다
    .detail = 파드의 레이블은 셀렉터와 일치하지만 파드가 하나도 없습니다. replicas 값을 1 이상으로 설정하세요.
    .docs = https://kubernetes.io/docs/tasks/debug/debug-application/debug-service/

problem-selects-workload-labels = 서비스 { $service }의 셀렉터가 파드가 아니라 { $workload } 자신의 레이블과 일치합니다
    .detail = { $selector } 레이블은 워크로드의 metadata.labels에 있습니다. 서비스는 파드의 레이블을 보며, 파드는 템플릿의 레이블({ $labels })을 가집니다. 그 레이블을 선택하거나 spec.template.metadata.labels에 레이블을 추가하세요.
    .docs = https://kubernetes.io/docs/tasks/debug/debug-application/debug-service/

problem-endpoints-overwritten = 서비스 { $service }에 셀렉터가 있어 직접 작성한 엔드포인트를 컨트롤러가 덮어씁니다
    .detail = 셀렉터가 있는 서비스의 엔드포인트와 엔드포인트슬라이스는 컨트롤러가 일치하는 파드로 작성합니다. 직접 작성하려면 spec.selector를 제거하세요.
    .docs = https://kubernetes.io/docs/concepts/services-networking/service/#services-without-selectors

problem-endpoints-in-other-namespace = 서비스 { $service }의 { $kind } 오브젝트는 네임스페이스 { $written }에 있고, 서비스는 { $namespace }에 있습니다
    .detail = 서비스는 자기 네임스페이스의 엔드포인트만 사용합니다. namespace: { $namespace } 값을 적으세요.
    .docs = https://kubernetes.io/docs/concepts/services-networking/service/#services-without-selectors

problem-slice-of-other-family = 엔드포인트슬라이스 { $slice }의 주소는 { $written }인데 서비스 { $service }에는 { $wanted } 주소만 있습니다
    .detail = kube-proxy는 주소 체계를 따로 처리하므로 { $written } 엔드포인트는 { $written } ClusterIP로만 호출할 수 있습니다. addressType이 { $wanted }인 슬라이스를 작성하거나 서비스에 두 주소 체계를 모두 설정하세요.
    .docs = https://kubernetes.io/docs/concepts/services-networking/endpoint-slices/

problem-target-port-missing-in-some = 서비스 { $service }의 파드 { $all }개 중 { $pods }개에 { $target } 포트가 없어 연결을 받지 못합니다
    .detail = { GIVEN($declared) ->
        [yes] { $pod } 파드가 선언한 포트 이름: { $declared }.
       *[no] { $pod } 파드에는 이름이 있는 포트가 없습니다.
    } 이름으로 쓴 targetPort는 파드마다 찾으며, 그 이름이 없는 파드는 준비 상태여도 이 포트의 엔드포인트가 되지 않습니다. 그 파드의 포트에도 { $target } 이름을 붙이세요.
    .docs = https://kubernetes.io/docs/concepts/services-networking/service/#field-spec-ports

problem-pod-port-on-node = { $called } 포트는 파드 { $pod } 컨테이너의 포트이며, 노드 { $node }의 포트가 아닙니다
    .detail = 파드에는 자신의 주소가 있고, 컨테이너가 수신하는 포트는 그 주소에서 열립니다. 노드에서는 열리지 않습니다. 노드의 포트를 열려면 NodePort 타입의 서비스나 hostPort를 사용하세요.
    .docs = https://kubernetes.io/docs/concepts/services-networking/service/#type-nodeport
problem-argument-names-other-port = 컨테이너 { $container }의 실행 인자는 { $argument }인데 { $reached } 포트로 호출합니다
    .detail = 이런 인자에 적힌 포트에서 수신하는 프로그램이 많습니다. 컨테이너가 포트를 선언하지 않았으므로 kubehop은 { $reached } 포트가 열려 있다고 가정합니다. 프로그램이 { $value } 포트에서만 수신한다면 연결이 거부됩니다. targetPort를 { $value }번으로 바꾸세요.
    .docs = https://kubernetes.io/docs/concepts/services-networking/service/#field-spec-ports
problem-port-variable-differs = 컨테이너 { $container }에 PORT={ $value } 변수가 있는데, { $reached } 포트로 호출했습니다
    .detail = 이 변수의 포트에서 수신하는 프로그램이 많습니다. 컨테이너가 포트를 선언하지 않아 kubehop은 { $reached } 포트가 열려 있다고 가정합니다. 프로그램이 PORT를 읽는다면 연결이 거부됩니다. targetPort를 { $value }번으로 바꾸세요.
    .docs = https://kubernetes.io/docs/concepts/services-networking/service/#field-spec-ports
problem-node-port-called = { $called } 포트는 서비스 { $service }의 노드포트이고, 서비스 자신의 주소에서는 { $port } 포트를 사용합니다
    .detail = 노드포트는 노드의 주소에서 열립니다. 서비스의 이름, ClusterIP, 로드밸런서의 주소로는 { $port } 포트를 호출하세요.
    .docs = https://kubernetes.io/docs/concepts/services-networking/service/#type-nodeport

problem-no-such-node-port = 노드포트가 { $called }인 서비스가 없습니다
    .detail = { GIVEN($open) ->
        [yes] 이 클러스터의 노드포트: { $open }.
       *[no] 노드포트를 가진 서비스가 없습니다. NodePort와 LoadBalancer 타입만 노드에서 포트를 엽니다.
    }
    .docs = https://kubernetes.io/docs/concepts/services-networking/service/#type-nodeport

problem-node-port-on-pod = 서비스 { $service }의 노드포트 { $called }번을 { $pod } 파드의 주소로 호출했습니다
    .detail = 노드포트는 노드의 주소에서만 열립니다. 노드의 { $called } 포트나 파드의 { $target } 포트를 호출하세요.
    .docs = https://kubernetes.io/docs/concepts/services-networking/service/#type-nodeport

problem-plain-http-to-tls-port = 서비스 { $service }의 { $port } 포트는 TLS를 사용하는데 http로 호출했습니다
    .detail = { $isApiServer ->
        [true] API 서버는 HTTPS만 제공하므로
       *[false] 포트 이름이 https이므로 파드가 TLS를 제공한다면
    } 연결은 되지만 400으로 응답합니다("Client sent an HTTP request to an HTTPS server" 등). https로 호출하세요.
    .docs = https://kubernetes.io/docs/tasks/run-application/access-api-from-pod/

problem-service-port-on-node = { $nodePort ->
        [0] 서비스 { $service }에는 노드포트가 없어 노드에서 { $called } 포트가 열리지 않습니다
       *[other] 노드에서 서비스 { $service }의 포트는 { $called } 포트가 아니라 { $nodePort } 포트입니다
    }
    .detail = { $nodePort ->
        [0] 서비스의 주소는 파드와 노드만 사용할 수 있는 ClusterIP입니다. { $node }에서 포트를 열려면 type: NodePort를 설정하세요.
       *[other] { $node } 노드의 { $nodePort } 포트를 호출하세요. { $called } 포트는 서비스나 파드의 포트입니다.
    }
    .docs = https://kubernetes.io/docs/concepts/services-networking/service/#type-nodeport

problem-service-of-another-proxy = 서비스 { $service }에 service-proxy-name 레이블({ $proxy })이 있어 kube-proxy가 처리하지 않습니다
    .detail = service.kubernetes.io/service-proxy-name 레이블이 있으면 값과 관계없이 kube-proxy는 규칙을 만들지 않고 다른 프록시에 맡깁니다. 그 프록시가 없으면 이 주소를 처리하는 곳이 없으므로 레이블을 제거하세요.
    .docs = https://kubernetes.io/docs/reference/labels-annotations-taints/#servicekubernetesioservice-proxy-name

problem-endpoint-is-cluster-ip = 서비스 { $service }의 엔드포인트 { $address } 주소는 서비스 { $other }의 ClusterIP입니다
    .detail = ClusterIP를 가진 호스트는 없습니다. kube-proxy는 연결의 목적지를 한 번만 바꾸므로 바뀐 주소를 가진 곳이 없습니다. 파드의 주소를 쓰거나, 다른 서비스의 이름으로 type: ExternalName을 사용하세요.
    .docs = https://kubernetes.io/docs/concepts/services-networking/service/#services-without-selectors

problem-policy-allows-cluster-ip = 네트워크폴리시 { $policy }에서 서비스 { $service }의 주소가 있는 { $block } 대역을 허용하지만, 정책에는 그 뒤의 파드 주소가 보입니다
    .detail = kube-proxy가 ClusterIP를 파드 주소({ $found })로 바꾼 다음에 정책을 평가합니다. podSelector와 namespaceSelector로 파드를 허용하세요.
    .docs = https://kubernetes.io/docs/concepts/services-networking/network-policies/

problem-policy-sees-node = 네트워크폴리시 { $policy }에서 { $client } 주소를 허용하지만, 노드가 출발지를 바꿔 패킷의 주소는 { $found }입니다
    .detail = externalTrafficPolicy가 Cluster이면 연결을 받은 노드가 클라이언트의 주소를 자기 주소로 바꿉니다. 서비스 { $service }에 externalTrafficPolicy: Local을 설정하거나 노드의 주소를 허용하세요.
    .docs = https://kubernetes.io/docs/concepts/services-networking/service/#external-traffic-policy

problem-route-parent-elsewhere = { $route } 라우트가 가리키는 게이트웨이 { $written } 오브젝트는 없고, 같은 이름의 게이트웨이가 네임스페이스 { $meant }에 있습니다
    .detail = namespace가 없는 parentRef는 라우트 자신의 네임스페이스에서 찾습니다. namespace: { $meant } 값을 적으세요. 게이트웨이의 리스너도 이 네임스페이스의 라우트를 허용해야 합니다(allowedRoutes).
    .docs = https://kubernetes.io/docs/concepts/services-networking/gateway/

problem-route-parent-missing = { $route } 라우트가 가리키는 게이트웨이 { $written } 오브젝트가 { GIVEN($gateways) ->
        [yes] 없습니다
       *[no] 이 텍스트에 없습니다
    }
    .detail = { GIVEN($nearest) ->
        [yes] 가장 비슷한 이름은 { $nearest }입니다.
       *[no] { GIVEN($gateways) ->
            [yes] 텍스트에 있는 게이트웨이: { $gateways }.
           *[no] 텍스트에 게이트웨이가 없으므로 이 라우트의 요청이 어디로 들어오는지 알 수 없습니다. 게이트웨이도 함께 붙여 넣거나 kubectl get gateways로 확인하세요.
        }
    } 없는 부모는 status.parents에 기록되지 않습니다. 라우트는 어디에도 연결되지 않고, 알려 주는 곳도 없습니다.
    .docs = https://kubernetes.io/docs/concepts/services-networking/gateway/

problem-pool-in-default-namespace = IPAddressPool { $pool } 오브젝트가 default 네임스페이스에 있습니다
    .detail = MetalLB는 자신이 설치된 네임스페이스의 오브젝트만 읽으며, 따로 지정하지 않았다면 그 네임스페이스는 metallb-system입니다. default에 있으면 아무도 읽지 않아 EXTERNAL-IP가 계속 <pending>입니다. kubehop은 MetalLB가 default에서 실행된다고 가정합니다. 그렇지 않다면 namespace: metallb-system으로 적으세요.
    .docs = https://metallb.io/configuration/

problem-metallb-config-map-ignored = MetalLB는 컨피그맵 { $configMap } 설정을 읽지 않습니다
    .detail = MetalLB는 0.13 버전부터 커스텀 리소스로 설정합니다. 이 컨피그맵의 풀에서는 주소를 할당하지 않습니다. MetalLB의 네임스페이스에 IPAddressPool과 이를 알리는 L2Advertisement 또는 BGPAdvertisement를 만드세요.
    .docs = https://metallb.io/configuration/migration_to_crds/

problem-listener-without-certificate = 게이트웨이 { $gateway }의 리스너 { $listener }에 인증서가 없어 동작하지 않습니다
    .detail = { $isPermitted ->
        [true] { GIVEN($secrets) ->
            [yes] certificateRefs가 가리키는 네임스페이스에 kubernetes.io/tls 타입의 시크릿({ $secrets })이 이 매니페스트에 없습니다. cert-manager 등이 만든다면 그 시크릿도 붙여 넣으세요.
           *[no] tls에 certificateRefs가 없습니다.
        }
       *[other] 시크릿({ $secrets })은 다른 네임스페이스에 있는데, 그곳에 게이트웨이에서 시크릿으로의 ReferenceGrant가 없습니다.
    }
    .docs = https://kubernetes.io/docs/concepts/services-networking/gateway/

problem-reference-grant-misses = { $why ->
        [namespace] ReferenceGrant { $grant } 오브젝트는 서비스 { $service }의 네임스페이스 { $namespace }에 있지 않습니다
        [from] ReferenceGrant { $grant }의 from이 네임스페이스 { $from }의 { $kind } 종류가 아닙니다
       *[to] ReferenceGrant { $grant }의 to가 서비스 { $service } 오브젝트를 가리키지 않습니다
    }
    .detail = { $why ->
        [namespace] 참조는 대상의 소유자가 허용합니다. ReferenceGrant는 네임스페이스 { $namespace }에 두고 from에 { $from } 네임스페이스를 적습니다.
        [from] spec.from에 group gateway.networking.k8s.io, kind { $kind }, namespace { $from } 항목이 필요합니다.
       *[to] spec.to에 group "", kind Service와 { $service } 이름이 필요하며, 이름은 생략할 수 있습니다.
    }
    .docs = https://kubernetes.io/docs/concepts/services-networking/gateway/

problem-musl-does-not-search = 파드 { $pod }의 musl은 { $name } 이름에 점이 { $ndots }개 이상 있어 그대로만 조회합니다
    .detail = glibc는 이런 이름이 없으면 검색 목록을 이어서 시도하지만 musl(Alpine Linux)은 시도하지 않습니다. { $meant } 이름으로 호출하거나 dnsConfig의 ndots를 올리세요(클러스터의 기본값은 5입니다).
    .docs = https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/#pod-dns-config

problem-absolute-name = 이름 { $name } 끝의 점 때문에 완전한 이름으로 취급되어 검색 도메인을 시도하지 않습니다
    .detail = 점을 빼면 서비스 { $service }의 이름입니다. 점을 붙이려면 전체 이름 { $meant } 값을 써야 합니다.
    .docs = https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/

problem-name-of-workload-only = { $workload } 값은 { $kind }의 이름이며, DNS에는 이 이름이 없습니다
    .detail = { GIVEN($meant) ->
        [yes] DNS에 이름이 있는 것은 서비스입니다. 이 워크로드의 파드를 선택하는 서비스를 호출하세요: { $meant }.
       *[no] DNS에 이름이 있는 것은 서비스인데, 이 매니페스트에는 이 워크로드의 파드를 선택하는 서비스가 없습니다. kubectl expose 명령으로 만들 수 있습니다.
    }
    .docs = https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/

problem-name-of-pod-only = { $pod } 값은 파드의 이름이며, 파드에는 자기만의 DNS 이름이 없습니다
    .detail = { GIVEN($meant) ->
        [yes] 헤드리스 서비스 아래의 이름으로 호출하세요: { $meant }.
       *[no] 이 파드를 선택하는 서비스를 호출하세요. 스테이트풀셋의 파드는 serviceName이 가리키는 헤드리스 서비스 아래에 이름이 있습니다.
    }
    .docs = https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/#a-aaaa-records-1

problem-external-name-ports = ExternalName 서비스 { $service }에서는 { $called } 포트가 바뀌지 않습니다
    .detail = DNS 별칭일 뿐이므로 클라이언트는 서비스의 ports와 관계없이 { $target }의 { $called } 포트로 연결합니다. { GIVEN($ports) ->
        [yes] 그 이름 뒤의 포트는 { $ports }입니다. 그 포트로 호출하세요.
       *[no] 대상이 가진 포트로 호출하세요.
    }
    .docs = https://kubernetes.io/docs/concepts/services-networking/service/#externalname

problem-external-name-host = { $isTls ->
        [true] { $target } 서버는 자기 이름이 아니라 { $host }에 대한 TLS 핸드셰이크와 요청을 받습니다
       *[other] { $target } 서버는 자기 이름이 아니라 Host: { $host } 요청을 받습니다
    }
    .detail = { $isTls ->
        [true] 서비스 { $service } 이름은 DNS 별칭일 뿐입니다. 서버 이름(SNI)과 Host 헤더에는 호출한 이름이 들어가므로 인증서가 맞지 않거나 서버가 404 또는 421로 응답합니다. { $target } 이름으로 호출하거나, 둘 다 설정하는 프록시를 사이에 두세요.
       *[other] 서비스 { $service } 이름은 DNS 별칭일 뿐입니다. Host 헤더에는 호출한 이름이 들어가며, 여러 사이트를 가진 서버는 404나 기본 페이지로 응답합니다. Host: { $target } 헤더를 보내거나 { $target } 이름으로 호출하세요.
    }
    .docs = https://kubernetes.io/docs/concepts/services-networking/service/#externalname

problem-affinity-by-address = 서비스 { $service }에서는 주소가 { $client }인 모든 클라이언트를 엔드포인트 { $endpoints }개 중 하나로 보냅니다
    .detail = sessionAffinity: ClientIP는 노드가 보는 출발지 주소를 기준으로 하며, 마지막 새 연결로부터 { $seconds }초 동안 유지됩니다. 같은 NAT, 프록시, 로드밸런서 뒤의 클라이언트는 하나로 취급되고, 노드마다 따로 기억합니다. 사용자별 세션이 필요하면 인그레스나 게이트웨이의 쿠키를 사용하세요.
    .docs = https://kubernetes.io/docs/concepts/services-networking/service/#session-affinity

problem-route-backend-speaks-tls = 게이트웨이는 서비스 { $service }의 { $port } 포트와 일반 HTTP로 통신하는데, 이 포트는 HTTPS 포트로 보입니다
    .detail = { $route }의 백엔드인 이 서비스를 대상으로 하는 BackendTLSPolicy가 없으면 게이트웨이는 TLS를 시작하지 않습니다. 그곳의 프로세스가 TLS로 동작하면 400("plain HTTP request was sent to HTTPS port")으로 응답하거나 연결을 끊어 502나 503이 됩니다. targetRefs에 이 서비스를 적은 BackendTLSPolicy를 만들거나, 서비스의 HTTP 포트로 요청을 보내세요.
    .docs = https://kubernetes.io/docs/concepts/services-networking/gateway/

problem-ingress-backend-speaks-tls = ingress-nginx는 서비스 { $service }의 { $port } 포트와 일반 HTTP로 통신하는데, 이 포트는 HTTPS 포트로 보입니다
    .detail = 인그레스 { $ingress }에 nginx.ingress.kubernetes.io/backend-protocol 어노테이션이 없습니다. 그곳의 프로세스가 TLS로 동작하면 400("plain HTTP request was sent to HTTPS port")으로 응답하거나 연결을 끊어 502가 됩니다. backend-protocol: "HTTPS" 값을 설정하세요.
    .docs = https://kubernetes.io/docs/concepts/services-networking/ingress/

problem-listener-set-not-allowed = 게이트웨이 { $gateway }에서 { $set } ListenerSet을 허용하지 않습니다
    .detail = { $isSilent ->
        [true] allowedListeners가 없는 게이트웨이는 ListenerSet의 리스너를 받지 않으므로, 이 리스너는 모두 동작하지 않습니다.
       *[other] allowedListeners에 { $namespace } 네임스페이스가 없으므로, 이 리스너는 모두 동작하지 않습니다.
    }
    .docs = https://kubernetes.io/docs/concepts/services-networking/gateway/

problem-gateway-class-assumed = GatewayClass { $class } 오브젝트가 있고 그 컨트롤러가 게이트웨이 { $gateway } 오브젝트를 처리한다고 가정했습니다
    .detail = 이 매니페스트에는 GatewayClass가 없습니다. 클러스터의 매니페스트 일부만 붙여 넣으면 흔히 그렇습니다. 이 클래스나 그 컨트롤러가 없는 클러스터에서는 게이트웨이가 주소를 받지 못해 아무도 응답하지 않습니다. 클래스가 있고 수락되었는지는 kubectl get gatewayclass로, 게이트웨이가 프로그래밍되었는지는 kubectl get gateway로 확인합니다.
    .docs = https://kubernetes.io/docs/concepts/services-networking/gateway/

problem-gateway-without-class = 게이트웨이 { $gateway }의 클래스 { $class } 오브젝트가 이 매니페스트에 없습니다
    .detail = GatewayClass가 없는 게이트웨이를 처리하는 컨트롤러는 없으며, 게이트웨이는 주소를 받지 못합니다. 있는 클래스: { $classes }. 클러스터에 { $class } 클래스가 있다면 여기에도 붙여 넣으세요.
    .docs = https://kubernetes.io/docs/concepts/services-networking/gateway/

problem-connection-outlives-endpoint = 열린 연결은 { $address } 주소로 이어지는데, 이 주소를 가진 호스트가 더는 없습니다
    .detail = 연결 추적은 첫 패킷에서 고른 엔드포인트를 유지합니다. { $protocol ->
        [UDP] UDP에는 끝이 없어 같은 포트에서 패킷이 오는 동안 항목이 남습니다. kube-proxy는 서비스에 다른 엔드포인트가 있을 때만 이 항목을 지웁니다. 새 소켓으로 보내세요.
       *[other] 새 연결을 여세요. 클라이언트는 타임아웃이나 keep-alive로 알아채야 합니다.
    }
    .docs = https://kubernetes.io/docs/reference/networking/virtual-ips/

problem-connection-balanced = 이 연결의 요청은 모두 { $service } 서비스의 엔드포인트 { $endpoints }개 중 하나로만 갑니다
    .detail = kube-proxy는 요청이 아니라 연결을 분산합니다. gRPC(HTTP/2)는 열려 있는 연결 하나로 많은 요청을 보내며 keep-alive도 마찬가지입니다. 나중에 추가된 파드에는 이 연결의 요청이 가지 않습니다. 요청을 분산하려면 헤드리스 서비스와 클라이언트 측 로드밸런싱을 쓰거나, 서비스 메시나 인그레스처럼 요청을 분산하는 프록시를 쓰세요.
    .docs = https://kubernetes.io/docs/reference/networking/virtual-ips/

problem-route-not-attached = { $route } 라우트가 게이트웨이 { $gateway }에 연결되지 않았습니다
    .detail = { $why ->
        [section] parentRef의 sectionName과 포트에 맞는 리스너가 없습니다.
        [kind] 이 종류의 라우트를 받는 리스너가 없습니다. HTTP와 HTTPS는 HTTPRoute와 GRPCRoute를, TLS는 TLSRoute를, TCP와 UDP는 각자의 라우트를 받으며, allowedRoutes.kinds로 더 줄일 수 있습니다.
        [not-allowed] { $namespace } 네임스페이스에 있는 이 종류의 라우트를 허용하는 리스너가 없습니다. allowedRoutes.namespaces가 없는 리스너는 게이트웨이와 같은 네임스페이스의 라우트만 허용합니다.
        [conflict] 한 리스너에서 HTTPRoute와 GRPCRoute는 같은 호스트 이름을 쓸 수 없습니다. 먼저 만들어진 라우트만 받아들여지는데, 다른 종류의 라우트가 이 라우트의 호스트 이름을 먼저 쓰고 있습니다.
       *[hostname] 리스너와 겹치는 호스트 이름이 없습니다.
    } 리스너: { $listeners }.
    .docs = https://kubernetes.io/docs/concepts/services-networking/gateway/
problem-no-route-matches = 게이트웨이 { $gateway }에 { $host }{ $path } 요청과 일치하는 라우트가 없습니다
    .detail = { $why ->
        [no-route] 이 포트의 리스너에 연결된 라우트가 없습니다.
        [hostname] { $route } 라우트는 다른 호스트 이름에 대한 라우트입니다.
        [path] { $route }의 호스트는 맞지만 이 경로와 일치하는 조건이 없습니다. 조건: { $matches }. Exact는 경로 전체를, PathPrefix는 슬래시로 나뉜 요소 단위로 비교합니다. /api는 /api와 /api/v1에 일치하고 /apis에는 일치하지 않습니다.
        [method] { $route }의 경로는 맞지만 메서드가 다릅니다. 조건: { $matches }.
        [header] { $route }의 경로는 맞지만 요청에 필요한 헤더나 그 값이 없습니다. 조건: { $matches }.
        [query] { $route }의 경로는 맞지만 요청에 필요한 쿼리 매개변수나 그 값이 없습니다. 조건: { $matches }.
        [grpc] { $route } 라우트는 gRPC 호출만 받는데, 이 요청은 gRPC가 아닙니다. grpc://로 호출하세요.
       *[listener] { $route } 라우트와 일치하지만, 호스트 이름이 더 구체적인 다른 리스너가 있어 그 리스너의 라우트만 확인합니다.
    }
    .docs = https://kubernetes.io/docs/concepts/services-networking/gateway/
problem-no-listener-at-port = 게이트웨이 { $gateway }에 { $called } 포트의 리스너가 없습니다
    .detail = 리스너: { $listeners }. 게이트웨이는 리스너의 포트에서만 응답합니다. https://로 호출하려면 443 포트에 인증서가 있는 HTTPS(또는 TLS) 프로토콜의 리스너가 필요합니다.
    .docs = https://kubernetes.io/docs/concepts/services-networking/gateway/
problem-host-of-no-route = { $host } 호스트의 라우트가 없습니다. { $object }에는 { $pattern } 호스트가 있습니다
    .detail = { $why ->
        [typo] 두 이름은 한두 글자가 다릅니다.
        [www] 호스트 이름은 www가 있든 없든 정확히 일치해야 합니다. 다른 이름도 추가하세요.
       *[wildcard] 와일드카드는 레이블 하나 이상을 대신합니다. { $pattern }에는 레이블이 없는 이름이 포함되지 않습니다. 그 이름도 호스트 이름에 추가하세요.
    }
    .docs = https://kubernetes.io/docs/concepts/services-networking/gateway/
problem-redirect-to-no-listener = { $to }(으)로 리다이렉트하는데, 게이트웨이 { $gateway }에 { $port } 포트의 리스너가 없습니다
    .detail = 리스너: { $listeners }. 리다이렉트을 따르는 클라이언트는 이 게이트웨이에서 응답을 받지 못합니다. 그 포트의 리스너를 추가하고, HTTPS라면 인증서도 지정하세요.
    .docs = https://kubernetes.io/docs/concepts/services-networking/gateway/
problem-redirect-to-itself = 요청한 URL로 다시 리다이렉트합니다: { $to }
    .detail = 리다이렉트을 따르는 클라이언트는 포기할 때까지 맴돕니다(ERR_TOO_MANY_REDIRECTS). 리다이렉트된 요청에도 같은 규칙이 적용되기 때문입니다. parentRefs의 sectionName 등으로 이 규칙을 HTTP 리스너에만 적용하고, HTTPS 리스너는 백엔드로 라우팅하세요.
    .docs = https://kubernetes.io/docs/concepts/services-networking/gateway/
problem-route-backend-unusable = { $why ->
        [invalid-kind] { $route } 라우트가 가리키는 { $kind } 종류의 { $service } 오브젝트는 서비스가 아닙니다
        [not-permitted] { $route } 라우트는 { $namespace } 네임스페이스의 { $service } 서비스를 사용할 수 없습니다
        [not-found] { $route } 라우트가 가리키는 { $service } 서비스가 { $namespace } 네임스페이스에 없습니다
        [no-such-port] { $route } 라우트가 가리키는 { $port } 포트가 서비스 { $service }에 없습니다
        [zero-weight] { $route }의 한 규칙에서 모든 백엔드의 가중치가 0입니다
       *[no-backend] { $route }에 백엔드가 없는 규칙이 있습니다
    }
    .detail = { $why ->
        [invalid-kind] 여기서는 서비스만 백엔드로 사용할 수 있습니다.
        [not-permitted] 다른 네임스페이스를 참조하려면 그 네임스페이스에 ReferenceGrant가 있어야 합니다. from에는 라우트의 종류와 네임스페이스를, to에는 Service를 적습니다.
        [not-found] 네임스페이스를 적지 않은 백엔드는 라우트와 같은 네임스페이스에서 찾습니다.
        [no-such-port] 백엔드에는 파드의 포트가 아니라 서비스의 포트를 적습니다. 이 서비스의 포트: { $ports }.
        [zero-weight] 가중치가 0인 백엔드에는 아무것도 보내지 않으므로 이 규칙에 해당하는 요청에는 HTTP 500으로 응답합니다. 백엔드 하나 이상에 가중치를 주세요.
       *[no-backend] 이 규칙에 해당하는 요청에는 오류로 응답합니다.
    }
    .docs = https://kubernetes.io/docs/concepts/services-networking/gateway/
problem-ingress-backend-port = { $ingress } 인그레스가 가리키는 { $port } 포트가 { $service } 서비스에 없습니다
    .detail = 백엔드에는 파드의 포트가 아니라 서비스의 포트를 적습니다. 이 서비스의 포트: { $ports }.
    .docs = https://kubernetes.io/docs/concepts/services-networking/ingress/


## Why the packet took this path. .detail continues the paragraph; .note is a remark; .stop labels the hop on the timeline.

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
        [true] 상태에는 로드밸런서의 호스트 이름만 있어 노드는 그 주소를 알지 못합니다. 로드밸런서가 { $to } 주소로 새 연결을 엽니다.
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
        [true] 어느 노드를 호출해도 됩니다. 이 포트는 모든 노드에 열려 있습니다.
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
    .detail = 정책에 보이는 주소는 { $from } → { $to }입니다. 목적지는 이미 바뀌었고, 출발지는 앞선 노드에서 바뀐 그대로입니다.
    .stop = { $half } 열림
reason-policy-drops = { $pod } 파드가 이 연결을 { $half ->
        [egress] 여는
       *[ingress] 받는
    } 것을 허용하는 네트워크폴리시가 없습니다.
    .detail = { $pod } 파드는 { $policies } 정책으로 { $half } 방향이 격리되어 있고, { $from } → { $to }에 일치하는 규칙이 없습니다. 정책에는 서비스의 포트가 아니라 파드의 포트가 보입니다. { $rejects ->
        [true] 네트워크 플러그인이 패킷을 거부하므로 클라이언트는 즉시 오류를 받습니다.
       *[other] 패킷은 오류 없이 드롭되므로 클라이언트는 계속 기다립니다.
    }
    .stop = { $half } 닫힘
reason-policy-depends = { $pod } 파드가 이 연결을 { $half ->
        [egress] 열 수
       *[ingress] 받을 수
    } 있는지는 네트워크 플러그인에 따라 다릅니다.
    .detail = { $pod } 파드는 { $policies } 정책으로 { $half } 방향이 격리되어 있고, 정책에 보이는 주소는 { $from } → { $to }입니다. { $case ->
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
    .stop = { $half }: 플러그인에 따라 다름
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
        [yes] {" "}경로가 { $rewritten } 값으로 바뀝니다.
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
    .detail = { $route }의 규칙 { $rule }에 CORS 필터가 있으며, 백엔드에는 묻지 않습니다. { GIVEN($headers) ->
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
        [external-name] 백엔드가 ExternalName 서비스입니다. ingress-nginx는 이 이름으로 프록시하지만, 다른 컨트롤러는 허용된 경우에만 하거나 전혀 하지 않습니다.
        [regular-expression] ImplementationSpecific 타입의 경로가 정규식으로 보이는데, 컨트롤러마다 다르게 해석합니다.
       *[other] 일치하는 경로보다 앞선 경로에 전후방 탐색이나 역참조가 있는 정규식이 있습니다. 이런 정규식은 nginx 자체 엔진만 평가할 수 있습니다.
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
        [no-local-endpoints] 이 노드에는 서비스의 준비된 엔드포인트가 없습니다. 로드밸런서는 이 노드로 트래픽을 보내면 안 됩니다.
        [backend-not-resolved] 컨트롤러의 리졸버가 ExternalName 서비스의 이름을 찾지 못합니다.
        [address-not-served] 인그레스 어노테이션의 주소 목록 때문에 이 연결의 출발지 주소는 허용되지 않습니다.
        [credentials-missing] 인그레스에서 사용자 이름과 암호를 요구하는데 요청에 없습니다.
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
    .detail = 컨테이너의 인자 { $argument }에 루프백 주소가 적혀 있습니다. 루프백에서만 수신하는 프로세스는 파드의 주소로 온 연결을 거부합니다. kubectl port-forward와 파드 안에서 보낸 요청은 동작합니다.
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
    .detail = 그 패밀리의 주소가 없으면 경로도 없습니다. 호출은 바로 실패하고 패킷은 나가지 않습니다.
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
reason-loopback-source = 패킷이 루프백 주소인 { $source } 주소를 출발지로 하여 { $node } 노드를 떠나려 합니다. 다른 기기는 이 주소로 응답할 수 없으므로 커널이 패킷을 드롭합니다.
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


## How the request ended

verdict-answered = { $by }에서 응답했습니다.
    .detail = 클라이언트에는 호출한 주소에서 응답이 온 것으로 보입니다.
verdict-answered-unless = { $unless ->
        [not-routed] 네트워크가 이 주소를 노드로 라우팅하면 { $by }에서 응답합니다.
        [internal-balancer] 클라이언트가 로드밸런서의 사설 네트워크에 있으면 { $by }에서 응답합니다.
        [gateway-api] 응답했지만, 실제로는 { $object } 오브젝트가 결정합니다.
        [load-balancer] { $object }에서 이 주소를 다르게 할당하지 않는 한 { $by }에서 응답합니다.
        [policy] { $object } 정책이 막지 않는 한 { $by }에서 응답합니다.
        [network-plugin] 네트워크 플러그인이 { $object } 정책을 적용하지 않는 한 { $by }에서 응답합니다.
        [extension-filter] { $object } 오브젝트가 달리 결정하지 않으면 { $by }에서 응답합니다.
        [backend-tls] { $object } 오브젝트가 인증서를 받아들이지 않는 경우가 아니면 { $by }에서 응답합니다.
        [mesh-route] { $object } 오브젝트가 요청을 다른 곳으로 보내지 않는 한 { $by }에서 응답합니다.
       *[service-mesh] { $object }의 서비스 메시가 다르게 처리하지 않는 한 { $by }에서 응답합니다.
    }
    .detail = { $unless ->
        [not-routed] 쿠버네티스는 externalIPs의 주소를 아무 데도 알리지 않습니다. 이 주소를 가졌거나 이 주소의 ARP에 응답하는 노드는 없습니다({ $object }). 라우터, 정적 경로 또는 별도의 로드밸런서가 이 주소를 노드로 보내야 합니다.
        [internal-balancer] 어노테이션이 클라우드에 내부 로드밸런서를 요청합니다: { $object }. 이 주소는 사설 네트워크의 주소이므로 VPN이나 피어링을 포함해 그 네트워크에 있는 클라이언트만 접근할 수 있고 인터넷에서는 접근할 수 없습니다. 공인 주소가 필요하면 어노테이션을 제거하세요. 대부분의 클라우드는 이때 로드밸런서를 새로 만듭니다.
        [gateway-api] 메시의 라우트와 게이트웨이가 텍스트에 없는 라우트는 시뮬레이션하지 않습니다. 어느 서비스가 요청을 받을지는 이 오브젝트가 결정합니다. 여기 표시된 경로는 이 오브젝트가 없을 때의 경로입니다.
        [load-balancer] 이 로드밸런서는 시뮬레이션하지 않습니다. 서비스가 받을 주소와 그 주소에 응답할 노드는 이 로드밸런서가 결정합니다. 여기 표시된 경로는 클라우드 로드밸런서의 경로입니다.
        [policy] 이 종류의 정책은 시뮬레이션하지 않습니다. 이 정책은 클라이언트나 엔드포인트에 적용됩니다. 여기 표시된 경로는 정책이 없을 때의 경로입니다.
        [network-plugin] 이 패킷에 정책을 적용할지는 네트워크 플러그인에 따라 다르며, 이유는 해당 홉에 적혀 있습니다. 클러스터 설정에서 플러그인을 선택하세요.
        [extension-filter] 이 규칙에는 게이트웨이 컨트롤러 고유의 필터(extensionRef)가 있습니다. 로그인을 요구하거나 요청 수를 제한하는 등 필터가 요청을 어떻게 처리하는지는 컨트롤러만 압니다. 필터가 없다면 요청은 이 경로로 갑니다.
        [backend-tls] 게이트웨이는 이 서비스와 TLS로 통신하고 spec.validation에 따라 인증서를 검증합니다. 그곳의 프로세스가 어떤 인증서를 제시하는지는 매니페스트에 없으며, 일반 HTTP로 동작하는 프로세스라면 HTTP 502나 503이 됩니다.
        [mesh-route] 서비스 메시의 라우트는 시뮬레이션하지 않습니다. 메시의 사이드카가 있는 클라이언트와 메시의 게이트웨이에 적용되며, 여기 표시된 경로는 이 라우트가 없을 때의 경로입니다.
       *[service-mesh] 서비스 메시는 시뮬레이션하지 않습니다. 이 파드의 트래픽은 프록시가 처리하며, 다른 곳으로 보내거나 암호화하거나 거부할 수 있습니다. 여기 표시된 경로는 메시가 없을 때의 경로입니다.
    }
verdict-answered-outside = { $host } 호스트는 클러스터 밖에 있습니다. kubehop은 응답한다고 가정합니다.
    .detail = { $endpoint } 주소는 클러스터 밖의 모든 호스트를 대신합니다. 이 호스트가 실제로 있는지, 무엇이 응답하는지는 매니페스트로 알 수 없습니다.
verdict-redirected = { $by }에서 { $to } 주소로 리다이렉트합니다: HTTP { $status }.
    .detail = 클라이언트가 그 주소로 요청을 다시 보내야 합니다.
verdict-controller-decides = 요청이 { $by }에 도착했습니다. 그 다음은 인그레스 컨트롤러에 달려 있습니다.
    .detail = { $matter ->
        [external-name] 모든 컨트롤러가 ExternalName 서비스로 프록시하지는 않습니다.
        [regular-expression] 모든 컨트롤러가 경로를 정규식으로 해석하지는 않습니다.
       *[other] 이 호스트의 정규식 중 하나는 nginx 자체 엔진만 평가할 수 있습니다.
    }
verdict-refused = 연결이 거부되었습니다.
    .detail = { $why ->
        [no-endpoints] 이 서비스 포트에는 엔드포인트가 없습니다. 셀렉터와 파드의 레이블, targetPort와 파드의 포트를 비교하고, 파드가 준비 상태인지 확인하세요.
        [nothing-listens] 패킷은 도착했지만, 그 포트에서 수신 대기하는 프로세스가 없습니다.
        [policy-egress] 클라이언트에 적용되는 네트워크폴리시가 이 연결을 허용하지 않으며(egress), 이 네트워크 플러그인은 그런 패킷을 거부합니다.
        [policy-ingress] 상대 파드에 적용되는 네트워크폴리시가 이 연결을 허용하지 않으며(ingress), 이 네트워크 플러그인은 그런 패킷을 거부합니다.
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
        [policy-egress] 클라이언트에 적용되는 네트워크폴리시가 이 연결을 허용하지 않습니다(egress). 정책에는 서비스가 아니라 파드의 주소와 포트가 보입니다.
        [policy-ingress] 서비스 뒤의 파드에 적용되는 네트워크폴리시가 이 연결을 허용하지 않습니다(ingress). 정책에는 서비스가 아니라 파드의 주소와 포트가 보입니다.
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
        [policy-egress] 클라이언트에 적용되는 네트워크폴리시가 네임서버로 보내는 질의(UDP 53번 포트 egress)를 허용하지 않습니다. 서비스로 패킷을 보내기도 전에 모든 조회가 타임아웃됩니다.
        [policy-ingress] 네임서버 파드에 적용되는 네트워크폴리시가 질의를 받아들이지 않습니다(ingress). 서비스로 패킷을 보내기도 전에 모든 조회가 타임아웃됩니다.
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
        [backend-not-grpc] 컨트롤러가 규칙에 적힌 서비스와 HTTP/1.1로 통신합니다.
       *[other] 규칙에 적힌 서비스의 엔드포인트가 응답하지 않았습니다.
    }
verdict-unknown = 패킷은 { $pod }에 도착했지만, { $port }번 포트에서 수신 대기하는 프로세스가 있는지는 알 수 없습니다.
    .detail = 컨테이너에 포트를 선언하거나, 파드에 kubehop/listens 어노테이션으로 명시하세요.


## The request

request-no-origin = 출발지로 쓸 수 없는 값입니다: { $text }. pod/이름, pod/네임스페이스/이름, node/이름 또는 IP 주소를 쓰세요.
request-no-such-origin = 존재하지 않거나 아직 주소가 없는 출발지입니다: { $text }.
request-no-address = { $text }에는 { $family } 주소가 없습니다.
request-no-host = 호스트 이름이나 주소가 빠졌습니다.
request-bad-port = 포트는 1부터 65535까지의 숫자여야 합니다.
request-ping = ping은 포트가 없는 ICMP이고, 서비스에는 자기 포트에 대한 규칙만 있습니다. 그래서 서비스가 정상이어도 ClusterIP는 ping에 응답하지 않습니다. 서비스의 포트를 호출해 보세요.
request-bad-header = 헤더나 메서드로 쓸 수 없는 값입니다: { $text }. URL 뒤에 -H '이름: 값' 또는 -X POST 형식으로 쓰세요.
request-unknown-scheme = 스킴은 http, https, grpc, grpcs, tcp, udp, sctp 중 하나여야 합니다.
request-no-port = 포트가 빠졌습니다.


## Events, as the text tool takes them

event-no-event = 알 수 없는 이벤트입니다: { $text }. unready, ready, delete, gone 뒤에 pod/이름을 쓰거나, scale deployment/이름=3, rollout restart deployment/이름, image deployment/이름, down node/이름, node back 이름, cordon 이름, uncordon 이름, label pod/이름 키=값 중 하나를 쓰세요. 끝에 lag=2를 붙이면 kube-proxy 규칙이 2초 뒤에 따라오기 직전의 상태를 보여 줍니다.
event-no-pod = 올바른 파드가 아닙니다: { $text }. pod/이름 또는 pod/네임스페이스/이름을 쓰세요.
event-no-node = 올바른 노드가 아닙니다: { $text }. node/이름을 쓰세요.
event-no-workload = 스케일할 수 없는 대상입니다: { $text }. deployment/이름=3처럼 쓰세요. statefulset, replicaset, replicationcontroller도 됩니다. default가 아닌 네임스페이스는 deployment/네임스페이스/이름=3입니다.
event-no-replicas = 파드 수가 지정되지 않았습니다: { $text }. deployment/이름=3처럼 0부터 65535까지의 숫자를 쓰세요.
event-no-rollout = 롤아웃할 수 없는 대상입니다: { $text }. deployment/이름, statefulset/이름, daemonset/이름 중 하나를 쓰세요. default가 아닌 네임스페이스는 deployment/네임스페이스/이름입니다.
event-no-image = 컨테이너와 이미지가 아닙니다: { $text }. app=web:2처럼 컨테이너=이미지 형식으로 쓰세요.
event-no-object = kubehop이 다루는 종류의 오브젝트가 아닙니다: { $text }. pod/web-0처럼 종류/이름 또는 종류/네임스페이스/이름으로 쓰세요.
event-no-key-value = 올바른 변경이 아닙니다: { $text }. 키=값을 쓰거나, 키를 지우려면 키-를 쓰세요.
event-no-lag = 올바른 지연 시간이 아닙니다: { $text }. lag=2처럼 0부터 3600까지의 초 단위 숫자를 쓰세요.
event-no-such-object = 존재하지 않는 대상입니다: { $text }.


## 기대 결과(`kubehop check --expect`)

expectation-not-yaml = { $message }
expectation-wrong-shape = { GIVEN($field) ->
    [yes] { $field }: 
   *[no] {""}
}{ $wanted ->
    [list] 목록을 쓰세요.
    [mapping] 키와 값의 매핑을 쓰세요.
    [number] 숫자를 쓰세요.
    [status] 100부터 599까지의 HTTP 상태 코드를 쓰세요.
    [shares] 응답하는 대상마다 비율(%)을 쓰세요.
    [percent] 0부터 100까지의 비율(%)을 쓰세요.
    [range] 10.244.0.0/16과 같은 주소 대역을 쓰세요.
   *[text] 텍스트를 쓰세요.
}
expectation-unknown-field = 여기에는 { $field } 필드가 없습니다. 쓸 수 있는 필드: { $known }
expectation-missing-field = { $field } 필드가 없습니다.
expectation-unknown-outcome = 알 수 없는 결과입니다: { $text }. 쓸 수 있는 결과: { $known }
expectation-no-answerer = 응답할 수 있는 대상이 아닙니다: { $text }. pod/이름, deployment/이름, node/이름, IP 주소, outside 중 하나를 쓰세요.
expectation-other-question = “{ $wanted }” 결과는 이 질문에 맞지 않습니다. 연결은 응답을 받거나 실패하고, 출력은 run의 명령에만 있습니다.

judgement-met = { $wanted }
judgement-not-met = 기대: { $wanted }. { $found }
judgement-not-printed = 기대: { $wanted }. 출력의 어느 줄에도 없습니다.
judgement-printed = 기대: { $wanted }. 그런데 출력에 들어 있습니다.
judgement-other-source = 기대: { $wanted }. 실제 출발지 주소는 { $source }입니다.
judgement-other-share = 기대: { $wanted }. 실제 비율은 { $percent }%입니다.
judgement-other-pods = 기대: { $wanted }. 실제로 응답한 파드는 { $count }개입니다.
judgement-impossible = 기대: { $wanted }. { $why }


## Cluster events. .act labels the button that applies the event; .command is its name in the command palette; .cause says
## in the log what no kubectl command does.

happening-unready = { $pod }: 준비되지 않음
    .act = NotReady로 전환
    .command = { $pod }: NotReady로 전환
    .cause = kubectl 명령 없음: 준비성 프로브 실패
happening-ready = { $pod }: 준비됨
    .act = Ready로 전환
    .command = { $pod }: Ready로 전환
    .cause = kubectl 명령 없음: 준비성 프로브 성공
happening-deleted = { $pod }: 삭제
    .act = 삭제
    .command = { $pod }: 삭제
happening-gone = { $pod }: 완전히 제거됨
    .act = 완전히 제거
    .command = { $pod }: 완전히 제거
happening-scaled = { $kind } { $name }: 파드 { $replicas }개
    .act = { $replicas }개로 스케일
    .command = { $kind } { $name }: { $replicas }개로 스케일
happening-node-down = { $node }: 중단
    .act = 노드 중단
    .command = { $node }: 노드 중단
    .cause = kubectl 명령 없음: 머신 중단
happening-restarted = { $kind } { $name }: 다시 시작
    .act = 롤아웃 재시작
    .command = kubectl rollout restart { $object }
happening-image-set = { $kind } { $name }: { GIVEN($image) ->
        [yes] 이미지 { $image }
       *[no] 다음 이미지
    }
    .act = 이미지 변경
    .command = kubectl set image { $object } { GIVEN($image) ->
        [yes] { $image }
       *[no] (다음 태그)
    }
happening-node-back = { $node }: 복구
    .act = 노드 복구
    .command = { $node }: 노드 복구
    .cause = kubectl 명령 없음: 머신 복구
happening-cordoned = { $node }: 스케줄링 중지
    .act = Cordon
    .command = kubectl cordon { $node }
happening-uncordoned = { $node }: 스케줄링 재개
    .act = Uncordon
    .command = kubectl uncordon { $node }
happening-labeled = { $object }: { $changes }
    .act = 레이블 { $changes }
    .command = kubectl label --overwrite { $object } { $changes }
happening-annotated = { $object }: { $changes }
    .act = 어노테이션 { $changes }
    .command = kubectl annotate --overwrite { $object } { $changes }
happening-lagging = { $event }, 규칙은 { $lag }초 뒤에 반영
    .act = 삭제, 규칙 { $lag }초 지연
    .command = { $event }, 규칙은 { $lag }초 뒤에 반영


## The picture

caption-outside = 클러스터 외부
caption-cluster = 클러스터
caption-client = 클라이언트
caption-service = 서비스
caption-endpoints = 엔드포인트
caption-pods = 파드
caption-outside-client = 외부 클라이언트
caption-outside-machine = 외부 머신
caption-load-balancer = 로드밸런서
caption-rules = 규칙 { $count }개
caption-process = 프로세스
caption-selects = 셀렉터 { $selector } · 준비된 엔드포인트 { $ready }/{ $total }
caption-selector = 셀렉터
caption-no-selector = 셀렉터 없음
caption-no-label = { $key } 없음
caption-calls = { $host } 호출
caption-ready = 준비됨 { $ready }/{ $total }
caption-no-endpoint-here = 엔드포인트 없음
caption-selects-by-hand = 셀렉터 없음 · 준비된 엔드포인트 { $ready }/{ $total }
caption-alias = DNS 별칭: 주소도 규칙도 없음
caption-no-endpoint = 엔드포인트 없음
caption-not-selected = 선택되지 않음
caption-behind = { $service } 소속
caption-stopped = ✕ 중지됨
caption-not-running = 실행 중이 아님
caption-not-ready = 준비되지 않음
caption-terminating = 종료 중
caption-added = 추가됨
caption-removed = 제거됨
caption-new-pod = 새 파드 · { $address }
caption-gone = 사라짐
caption-pending = EXTERNAL-IP <pending>
caption-isolated = { $half } 격리 { $policies }
caption-gate-open = { $half } 열림 { $rule ->
        [0] { "" }
       *[other] { $policy } 규칙 { $rule }
    }
caption-gate-shut = { $half } 닫힘 { $policies }
caption-gate-depends = { $half } 플러그인에 따라 다름
caption-more = + { $count }개 더
caption-groups = { $namespace }의 나머지: 서비스 { $services }{ $workloads ->
        [0] {""}
       *[other] {" "}· 그 밖의 워크로드 { $workloads }
    }
caption-namespace = 서비스 { $services } · 파드 { $pods }
caption-more-nodes = + 노드 { $count }개 더


## Sentences of the page

page-hop = { $hops }홉 중 { $hop }번째
    .short = { $hop } / { $hops }
page-resolved = 서비스 { $services }개 · 파드 { $pods }개 · 노드 { $nodes }개, { $took } ms 만에 계산
page-nothing-to-call = 호출할 서비스가 아직 없습니다. 주소나 이름을 입력하세요.
page-errors = 오류 { $count }건
page-warnings = 경고 { $count }건
page-notes = 참고 { $count }건
page-alike-problems = 같은 종류 { $count }개 더 보기
page-more-problems = … { $count }개 더 있음. ‘복사’에는 모두 들어 있습니다.
page-found = { $count }개 찾음
page-more-found = … { $count }개 더 있음. 단어를 더하면 줄어듭니다.
page-more-chains = … 체인 { $count }개 더 있음. 검색하면 나옵니다.
page-more-slices = … 엔드포인트슬라이스 { $count }개 더 있음. 검색하면 나옵니다.
page-found-lines = { $total }줄 중 { $count }줄
page-came-later = 파드보다 나중에 생성되어 여기에 환경 변수가 없는 서비스: { $services }. 서비스를 먼저 생성하거나 파드를 다시 시작하세요. DNS로는 찾을 수 있습니다.
page-course-step = { $steps }단계 중 { $step }단계
page-course-done = { $lessons }개 중 { $done }개 완료
page-course-minutes = { $minutes }분
page-course-hints = { $count ->
    [0] 힌트 없이
   *[other] 힌트 { $count }개
}
page-course-hint = 힌트 { $hint }/{ $hints }
page-course-hop = { $hop }번째 홉 보기
page-course-many = { $connections }개를 보냈고 파드 { $pods }개가 응답했습니다

required-answered = 응답
required-answered-by = 응답하는 대상: { $by }
required-source-seen = 보이는 출발지: { $source ->
        [client] 외부 클라이언트
       *[other] { $source }
    }
required-refused = 거부
required-timed-out = 타임아웃
required-no-such-name = 없는 이름(NXDOMAIN)
required-lookup-failed = 이름 조회 실패
required-status = HTTP 상태 { $status }
required-pods = 응답하는 파드 { $count }개
required-share = { $by } { $percent }%
required-prints = 출력에 “{ $text }” 포함
required-prints-not = 출력에 “{ $text }” 없음


## Labels on the page

label-about = 정보
label-about-note = kubehop은 시뮬레이션입니다. 쿠버네티스 1.36과 iptables, nftables 또는 IPVS 모드의 kube-proxy가 매니페스트를 어떻게 처리하는지 브라우저 안에서 계산하고, 화면에 표시되는 것과 동일한 규칙에 따라 패킷을 하나씩 이동시킵니다. 콘솔에는 kubectl, curl, dig와 노드의 도구가 있으며, help가 목록을 보여 줍니다. 입력한 내용은 이 페이지를 벗어나지 않습니다.

    다루지 않는 것: CNI 플러그인이 만드는 규칙과 마스커레이딩, MTU, 그리고 프로세스가 연결을 받은 뒤에 하는 일. 컨테이너가 선언한 포트는 열려 있다고 가정하고, 포트를 하나도 선언하지 않은 파드는 모든 포트가 열려 있다고 가정합니다.
label-after = 변경 후
label-before = 변경 전
label-cell-absent = –
label-cell-answered = 응답
label-cell-no-name = 이름 없음
label-cell-refused = 거부
label-cell-timeout = 타임아웃
label-cell-unknown = 알 수 없음
label-close = 닫기
label-cluster-domain = DNS 도메인
label-cluster-intro = 매니페스트에 없는 설정을 여기서 정합니다. 매니페스트에 노드가 있으면 아래 노드 수 대신 그 노드를 사용합니다.
label-cluster-creation = 생성 순서
label-cluster-load-balancer = LoadBalancer 서비스
label-cluster-network-plugin = 네트워크폴리시를 적용하는 플러그인
label-cluster-nodes = 노드 수
label-cluster-pods = 파드 주소 범위
label-cluster-services = 서비스 주소 범위
label-column-after = 이후
label-column-before = 이전
label-column-connection = 연결
label-column-connections = 연결 수
label-column-endpoint = 엔드포인트
label-column-expected = 예상
label-column-from-to = 출발 ↓  대상 →
label-column-outcome = 결과
label-column-pod = 파드
label-commands = 명령
label-console-hint = 시뮬레이션된 클러스터 바깥의 터미널입니다. kubectl, curl, dig를 쓸 수 있습니다. kubectl exec 파드 -- curl http://이름은 파드에서 호출하고, ssh 노드 iptables-save는 노드의 규칙을 보여 줍니다. grep, awk, jq 등으로 파이프를 이을 수 있습니다. help는 전체 목록을 보여 주고, Tab은 이름을 완성합니다.
label-copied = 복사했습니다
label-copy = 복사
label-copy-json = 경로를 JSON으로 복사
label-copy-problems = 문제를 텍스트로 복사
label-both-compare = 게이트웨이와 비교
label-both-close = 비교 닫기
label-both-title = 같은 요청을 인그레스와 게이트웨이로
label-both-same = 차이 없음
label-both-differs = 다른 점
label-both-end = 결과
label-both-why = 원인
label-both-rule = 처리한 규칙
label-both-service = 서비스
label-both-path = 서비스가 받는 경로
label-both-answered = 파드 응답
label-both-play = 재생
label-both-added = 인그레스에서 변환한 Gateway와 HTTPRoute를 텍스트 끝에 추가했습니다. 실행 취소하면 사라집니다. 대응하는 설정이 없는 것은 그 안의 주석에 적혀 있습니다.
label-copy-trace = 경로를 텍스트로 복사
label-diff-gained = 새로 연결됨
label-diff-lost = 더 이상 연결되지 않음
label-diff-nothing = 바뀐 것이 없습니다.
label-diff-other = 그 밖의 변화
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
label-embed = 임베드
label-embed-note = 이 HTML을 웹 페이지에 넣으면 지금 보고 있는 클러스터와 요청이 그대로 나타납니다. 요소(kube-hop)는 재생할 때에만 프로그램을 불러오며, 프레임(iframe)은 스크립트를 허용하지 않는 페이지에 쓰입니다. 내용은 외부로 전송되지 않습니다.
label-export = 파일로 저장
label-export-json = 경로를 JSON으로 저장
label-export-markdown = 경로를 Markdown으로 저장
label-export-mermaid = 경로를 Mermaid 다이어그램으로 저장
label-export-png = 그림을 PNG로 저장
label-export-svg = 그림을 SVG로 저장
label-error = 오류
label-events = 이벤트
label-examples = 예제
label-failed = 실패
label-farther = 축소
label-fit = 화면에 맞추기
label-fit-all = 전체 그림
label-fix = 수정
label-fix-preview = 수정하면 바뀌는 내용, 줄
label-call-instead = 호출:
label-documentation = 문서
label-cause-likely = 추정:
label-cause-possible = 가능성:
label-from = 출발지
label-happened = 발생한 이벤트
label-header-here = 이 홉의 패킷 헤더
label-never-chosen = 선택되지 않음
label-outcome = 결과
label-outcome-count = 건수
label-outcome-expected = 규칙상
label-outcome-share = 비율
label-outcomes = 연결 결과
label-the-reply = 응답
label-creation-as-written = 작성된 순서
label-creation-services-first = 서비스 먼저
label-link-copy = 사본 편집
label-link-damaged = 링크가 손상되었습니다. 일부가 빠졌거나 바뀌었습니다. 링크를 다시 받거나 상태를 파일로 받으세요. 이전에 작업하던 내용은 그대로 있습니다.
label-link-in-part = 이 버전의 kubehop이 이해하지 못해 제외한 항목이 있습니다: {"{parts}"}. 매니페스트는 빠짐없이 열었습니다.
label-link-is-view-only = 보기 전용 링크입니다. 매니페스트와 클러스터 설정은 바꿀 수 없으며, 요청을 보내고 단계별로 살펴볼 수 있습니다.
label-link-length = {"{length}"}자
label-link-load = 불러오기
label-link-locked = 보기 전용 링크입니다. 바꾸려면 사본을 편집하세요.
label-link-long = {"{length}"}자입니다. 이 길이의 링크는 일부 메신저와 메일 프로그램에서 잘릴 수 있으므로 파일이 더 안전합니다.
label-link-no-room = 링크가 {"{length}"}자나 되어 브라우저에서 열리지 않습니다. 상태를 파일로 저장하세요.
label-link-open-file = 파일 열기…
label-link-save-file = 파일로 저장
label-link-source = 이 주소는 {"{host}"}에서 매니페스트를 불러오려고 합니다. 해당 사이트에는 사용자의 네트워크 주소가 알려지며, 그 밖에는 아무것도 전송되지 않습니다.
label-link-source-address = ?src= 뒤의 주소에서는 매니페스트를 불러올 수 없습니다.
label-link-source-too-large = ?src= 뒤의 주소에 있는 매니페스트가 너무 큽니다. kubehop은 8MiB까지 읽습니다.
label-link-source-unreachable = ?src= 뒤의 주소에서 매니페스트를 불러올 수 없습니다. 파일이 없거나 해당 사이트가 다른 페이지의 접근(CORS)을 허용하지 않습니다. 파일을 저장한 다음 여기에서 여세요.
label-link-too-large = 이 링크는 압축을 풀면 8MiB가 넘어 열지 않았습니다. 상태를 파일로 받으세요. 이전에 작업하던 내용은 그대로 있습니다.
label-link-too-new = 더 새로운 버전의 kubehop에서 만든 것입니다. 페이지를 새로 고쳐 새 버전을 받거나 매니페스트를 파일로 받으세요.
label-link-unread = 링크를 읽는 모듈을 불러올 수 없습니다. 연결을 확인하고 페이지를 새로 고치세요.
label-link-view-only = 보기 전용
label-link-form = HTML
label-link-open-whole = kubehop에서 열기
label-link-readonly = 바꿀 수 없게
label-link-with-text = 매니페스트 포함
label-load-balancer-cloud = 클라우드가 주소를 할당
label-load-balancer-auto = 텍스트에 따라, 없으면 클라우드
label-load-balancer-metallb = MetalLB(텍스트의 풀)
label-load-balancer-none = 할당하지 않음: <pending>
label-load-balancer-servicelb = k3s ServiceLB
label-network-plugin-antrea = Antrea
label-network-plugin-api = 쿠버네티스 API에 적힌 대로
label-network-plugin-calico = Calico
label-network-plugin-cilium = Cilium
label-network-plugin-kube-router = kube-router, k3s: 거부
label-network-plugin-none = 없음(flannel만): 정책이 적용되지 않음
label-more = 더 보기
label-nearer = 확대
label-new-client = + 클라이언트 파드
label-next = 다음
label-no-endpoints = 엔드포인트 없음
label-no-lesson = 직접 작성한 매니페스트입니다. 위에서 예제를 선택하면 여기에 설명이 표시됩니다.
label-no-lookup = 요청에 IP 주소를 사용했으므로 이름을 조회하지 않습니다. 서비스를 이름으로 호출하면 이름이 어떻게 조회되는지 볼 수 있습니다.
label-no-nodes = 노드가 없습니다.
label-no-request-in-lesson = 무슨 일이 일어날지 레슨에서 먼저 답을 고른 다음 보내세요.
label-no-request = 출발지와 목적지를 선택한 다음 ‘보내기’를 누르세요.
label-environment = 환경 변수
label-environment-of-a-pod = 출발지를 파드로 바꾸면 그 파드에 주입된 서비스 환경 변수를 볼 수 있습니다.
label-lit-so-far = 강조: { "{hop}" }번째 홉까지 일치한 규칙
label-drawn = 선택됨
label-not-drawn = 선택되지 않음
label-rule-count = 규칙 { "{count}" }개
label-rule-count-one = 규칙 1개
label-search-rules = 규칙 검색
label-search-endpoints = 서비스, 파드, 주소, 노드 검색
label-nothing-found = 찾은 것이 없습니다.
label-search = 클러스터 검색
label-search-hint = 이름, 주소, 노드, app=web 같은 레이블
label-all-kinds = 전체
label-kind = 종류
label-kind-services = 서비스
label-kind-pods = 파드
label-kind-nodes = 노드
label-namespace = 네임스페이스
label-all-namespaces = 모든 네임스페이스
label-on-the-path = 경로 위
label-edge-left = 왼쪽 패널 너비
label-edge-right = 오른쪽 패널 너비
label-no-slices = 엔드포인트슬라이스가 없습니다.
label-node = 노드
label-none = 없음
label-note = 참고
label-outside-client = 외부 클라이언트
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
label-send-more-note = 열려 있는 연결로 데이터를 더 보냅니다
label-sent = 전송 { "{count}" }건
label-share = 공유
label-share-note = 링크에는 작성한 매니페스트와 요청, 설정이 들어 있습니다. 어디에도 전송되지 않으며, 브라우저는 # 뒤의 내용을 서버로 보내지 않습니다.
label-show-in-text = 매니페스트에서 보기
label-simulates = 쿠버네티스 1.36 규칙 · 시뮬레이션
label-sheet = 패널 크게
label-speed = 속도
label-stale = 매니페스트를 해석할 수 없어 마지막으로 유효했던 그림을 표시합니다.
label-state-not-ready = 준비되지 않음
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
label-tab-lesson = 레슨
label-tab-manifests = 매니페스트
label-tab-packet = 패킷
label-tab-rules = 규칙
label-to = 목적지
label-total = 합계
label-track = 패킷의 경로
label-close-or-clear = 대화 상자 닫기 또는 선택 해제
label-left-side = 매니페스트와 클러스터
label-request = 요청
label-right-side = 패킷 상세 정보
label-shortcuts = 키보드 단축키
label-single-keys = 글자 하나로 된 단축키(S, N, C, F, D, ?) 사용
label-skip-links = 바로 가기
label-skip-to-request = 요청으로 건너뛰기
label-skip-to-track = 패킷 경로로 건너뛰기
label-stage = 시뮬레이션
label-step-hops = 한 홉 뒤로 또는 앞으로
label-download = 다운로드
label-earlier-states = 이전 상태
label-not-kept = 브라우저에 저장 공간이 없어 이 상태를 보관하지 못했습니다. 페이지를 닫기 전에 매니페스트를 다운로드하세요.
label-opened-link = 링크로 연 매니페스트
label-type-a-command = 명령 검색
label-view = 보기
label-view-concept = 개념
label-matrix = 누가 무엇에 도달하는가
label-matrix-all = 전체
label-matrix-copy = Markdown 복사
label-matrix-empty = 여기에는 워크로드나 서비스 포트가 없습니다.
label-matrix-namespaces = 네임스페이스
label-matrix-open = 그림에서 열기
label-matrix-progress = 연결 시도 중: 칸 {"{total}"}개 중 {"{done}"}개
label-matrix-took = 칸 {"{count}"}개, {"{time}"} ms에 계산
label-view-matrix = 도달표
label-view-network = 네트워크
label-warning = 경고
label-what-can-happen = 이벤트
label-working = 읽는 중…
label-why = 이 경로를 택한 이유


## The examples

label-lesson-multi-port = 서비스 하나에 포트 세 개
    .text = 서비스는 이름과 가상 주소가 전부입니다. 이 예제의 서비스 `kimho`에는 포트가 세 개 있고, 각 포트는 컨테이너 포트를 번호가 아니라 이름으로 가리킵니다. `http`, `https`, `kimhotarget`이 그 이름입니다.

    ‘보내기’를 눌러 보세요. 80번 포트로 보낸 패킷은 가는 길 어디에서도 ‘서비스’라는 장치를 거치지 않습니다. 노드의 규칙이 목적지를 파드의 주소로 바꾸고, 응답이 돌아올 때 conntrack이 원래 주소로 되돌립니다.

    이번에는 목적지를 406번 포트로 바꿔 보세요. 이름이 `kimhotarget`인 컨테이너 포트는 없습니다. 그래서 이 포트에는 엔드포인트가 없고, 커널은 연결을 거부합니다.
label-lesson-manual-endpoints = 엔드포인트 직접 만들기
    .text = 쿠버네티스는 셀렉터가 없는 서비스의 엔드포인트를 만들지 않습니다. 그래서 이 예제에서는 직접 만들었습니다. 서비스와 이름이 같은 Endpoints 오브젝트에 클러스터 외부에 있는 머신의 주소 `100.100.100.31`이 들어 있습니다.

    파드는 클러스터 안의 여느 서비스와 똑같이 이 서비스를 호출합니다. 머신의 주소가 바뀌면 Endpoints 오브젝트만 수정하면 됩니다.
label-lesson-node-port = 외부에서 서비스에 접속하기: NodePort
    .text = `type: NodePort`는 모든 노드에 30123번 포트를 엽니다. 클라이언트는 그중 어느 노드든 호출할 수 있습니다. 서비스의 파드가 실행되지 않는 노드도 됩니다.

    패킷을 받은 노드는 엔드포인트를 하나 선택합니다. 응답도 이 노드를 거쳐 돌아와야 하므로, 노드는 패킷의 출발지를 클라이언트의 주소에서 자기 주소로 바꿉니다. 그래서 파드에는 출발지가 클라이언트가 아니라 노드로 보입니다.
label-lesson-load-balancer = 외부에서 서비스에 접속하기: LoadBalancer
    .text = 클라우드는 서비스에 전용 주소를 할당하고, 들어오는 연결을 노드 중 하나로 전달합니다. 그다음은 NodePort와 같습니다.

    ‘클러스터’ 탭에서 ‘LoadBalancer 서비스’를 ‘할당하지 않음’으로 바꿔 보세요. EXTERNAL-IP는 계속 `<pending>`이고, 외부에서 접속할 방법은 노드포트만 남습니다.
label-lesson-broken-selector = 엔드포인트가 없는 서비스
    .text = 셀렉터는 `app: kimo`를 찾는데 파드의 레이블은 `app: kimho`입니다. 서비스는 존재하고 주소도 있지만, 모든 연결이 거부됩니다.

    ‘보내기’를 눌러 어디에서 거부되는지 확인한 다음, ‘수정’을 눌러 보세요.

label-course = 과정
label-course-all = 모두 보기
label-course-fewer = 접기
label-course-reset = 레슨의 매니페스트로 되돌리기
label-course-predict = 예측
label-course-send = 보내기
label-course-run = 실행
label-course-choose-first = 먼저 답을 고르세요
label-course-your-choice = 선택한 답
label-course-what-happens = 실제 결과
label-course-sent = 보냄
label-course-ran = 출력
label-course-compare = 비교
label-course-right = 맞습니다.
label-course-not-this-time = 예상과 다릅니다.
label-course-other-cluster = 매니페스트가 레슨의 것과 달라져 맞는 답이 없습니다. 레슨의 매니페스트로 되돌리면 비교할 수 있습니다.
label-course-change = 한 가지 바꾸기
label-course-check = 확인
label-course-check-note = 텍스트가 아니라 실제 동작을 엔진이 판정합니다
label-course-holds = 충족:
label-course-fails = 충족하지 않음:
label-course-passed = 완료했습니다.
label-course-next = 다음 레슨
label-course-made = 새로 만드는 챌린지
label-course-today = 오늘의 챌린지
label-course-another = 새 챌린지
label-course-link = 이 챌린지의 링크
label-course-unreadable = 레슨 파일을 불러올 수 없습니다.
label-tour-welcome = 서비스를 호출할 준비가 되었습니다. ‘보내기’를 눌러 패킷을 홉마다 따라가 보세요.
label-tour-start = 둘러보기
label-tour-skip = 건너뛰기
label-tour-back = 이전
label-tour-next = 다음
label-tour-done = 마치기
label-tour-editor = 매니페스트
label-tour-editor-text = 직접 쓴 매니페스트를 붙여 넣거나 이것을 고쳐 보세요. 클러스터가 바로 따라 바뀌고, API 서버가 거부할 내용은 아래에 나옵니다.
label-tour-send = 보내기
label-tour-send-text = 누가 무엇을 호출할지 고르고 ‘보내기’를 누르세요. ×100은 연결이 파드에 어떻게 나뉘는지 보여 줍니다.
label-tour-header = 헤더
label-tour-header-text = 이 홉에 있는 패킷의 출발지와 목적지입니다. 홉에서 바뀐 값에는 취소선이 그어지고, 아래 목록에 이유가 나옵니다. 밑줄 친 용어에는 설명이 있습니다.
label-tour-rules = 규칙
label-tour-rules-text = kube-proxy가 노드에 쓴 규칙을 노드에서 보이는 그대로 보여 줍니다. 패킷에 맞은 규칙에는 표시가 됩니다. 처음이라면 ‘레슨’ 탭의 첫 레슨부터 시작해 보세요.
label-glossary-lesson = 레슨
label-lesson-section-basics = 서비스
label-lesson-section-discovery = 서비스 찾기
label-lesson-section-outside = 클러스터 밖에서
label-lesson-section-traffic = 트래픽의 행방
label-lesson-section-debug = 디버깅
label-lesson-section-gateway = Gateway API
label-lesson-section-own-hardware = 클라우드 없이: MetalLB와 k3s
label-lesson-section-challenges = 챌린지: 고장 난 클러스터

# 만들어진 챌린지: 고장에 따라 어디를 볼지.
breaker-selector = 서비스 뒤의 엔드포인트를 `kubectl get endpointslices`로 확인하세요. 서비스는 어떤 파드를 선택하고, 파드에는 어떤 레이블이 있습니까?
breaker-label = `kubectl get pods --show-labels`의 출력과 서비스의 셀렉터를 비교하세요.
breaker-target-port = 서비스가 파드의 몇 번 포트로 보내는지, 파드는 몇 번 포트에서 응답하는지 비교하세요.
breaker-service-port = 호출하는 포트와 서비스의 포트를 비교하세요.
breaker-port-name = 포트는 이름으로도 가리킬 수 있습니다. 쓰인 이름이 모두 선언되어 있습니까?
breaker-container-port = 파드까지 가는 길은 정상입니다. 컨테이너는 몇 번 포트에서 수신합니까?
breaker-node-port = `kubectl get svc`가 출력하는 노드포트는 몇 번입니까?
breaker-service-type = 이 타입의 서비스는 어디에서 호출할 수 있습니까?
breaker-service-name = `kubectl get svc -A`에 나오는 서비스 이름을 한 글자씩 확인하세요.
breaker-namespace = 각 오브젝트는 어느 네임스페이스에 있습니까? `kubectl get svc,pods -A`로 확인하세요.
breaker-external-name = `dig`로 이름을 조회하고 CNAME이 어디를 가리키는지 보세요.
breaker-traffic-policy = 모든 노드가 패킷을 똑같이 다룹니까? 패킷을 버리는 노드의 규칙을 보세요.
breaker-replicas = `kubectl get deployments,pods`에 파드가 몇 개 나옵니까?
breaker-probe = 어떤 파드가 준비되어 있고, 준비성 프로브는 무엇을 확인합니까?
breaker-default-deny = 서비스에는 문제가 없습니다. 이 파드에 누가 접근할 수 있습니까? `kubectl get networkpolicies -A`로 확인하세요.
breaker-policy-rule = 서비스에는 문제가 없습니다. 어느 네트워크폴리시의 어느 규칙이 이 연결을 허용해야 합니까?
breaker-backend = 프록시는 응답하지만 요청을 넘기지 못합니다. 라우트는 어디로 보냅니까?
breaker-host-name = 요청의 호스트와 프록시가 아는 호스트를 비교하세요.
breaker-class = 이 오브젝트를 맡는 컨트롤러는 무엇입니까? 클래스를 확인하세요.
breaker-parent = 라우트는 어느 게이트웨이에 연결되어 있습니까?
breaker-grant = 라우트와 백엔드의 네임스페이스가 다릅니다. 이 참조는 무엇이 허용합니까?
breaker-slice = 이 엔드포인트는 직접 작성한 것입니다. 어느 서비스의 것이고, 포트는 몇 번입니까?
breaker-advertisement = 이 주소는 어느 풀에 있고, 어느 풀이 알려집니까?
generated-title = 챌린지 { $number }
generated-goal = `{ $from }` → `{ $to }` 연결은 원래 응답을 받았습니다. { GIVEN($failure) ->
    [yes] 지금의 결과: { $failure }
   *[no] 지금은 실패합니다.
} 다른 연결은 그대로 두고 이 연결이 다시 응답을 받게 하세요.
generated-change = 매니페스트에서 한 곳이 고장 났습니다. 그곳을 찾아, 확인 항목이 모두 충족되도록 매니페스트를 고치세요.
generated-replaced = { $line }번째 줄의 `{ $now }` 자리에는 원래 `{ $before }` 값이 있었습니다.
generated-added = { $line }번째 줄에 `{ $now }` 내용이 추가되었습니다. 지우세요.
generated-summary = 원인: { $cause }
