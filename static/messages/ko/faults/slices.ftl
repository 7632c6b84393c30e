## EndpointSlices and Endpoints that somebody wrote by hand.

problem-slice-without-service-label = { $slice } 엔드포인트슬라이스가 어느 서비스에도 속하지 않습니다
    .detail = kube-proxy는 레이블 kubernetes.io/service-name으로 서비스의 엔드포인트슬라이스를 찾습니다. 슬라이스에 kubernetes.io/service-name: { $service } 레이블을 추가하세요.
    .docs = https://kubernetes.io/docs/concepts/services-networking/endpoint-slices/

problem-endpoints-of-another-name = { $kind } 오브젝트의 이름 { $written }에 해당하는 서비스가 없습니다
    .detail = 서비스와는 이름으로 연결됩니다. { $service } 서비스에 엔드포인트가 없는데, 혹시 이 서비스인가요?
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

problem-endpoints-overwritten = 서비스 { $service }에 셀렉터가 있어 직접 작성한 엔드포인트를 컨트롤러가 덮어씁니다
    .detail = 셀렉터가 있는 서비스의 엔드포인트와 엔드포인트슬라이스는 컨트롤러가 일치하는 파드로 작성합니다. 직접 작성하려면 spec.selector를 제거하세요.
    .docs = https://kubernetes.io/docs/concepts/services-networking/service/#services-without-selectors

problem-endpoints-in-other-namespace = 서비스 { $service }의 { $kind } 오브젝트는 네임스페이스 { $written }에 있고, 서비스는 { $namespace }에 있습니다
    .detail = 서비스는 자기 네임스페이스의 엔드포인트만 사용합니다. namespace: { $namespace } 값을 적으세요.
    .docs = https://kubernetes.io/docs/concepts/services-networking/service/#services-without-selectors

problem-slice-of-other-family = 엔드포인트슬라이스 { $slice }의 주소는 { $written }인데 서비스 { $service }에는 { $wanted } 주소만 있습니다
    .detail = kube-proxy는 IP 패밀리를 따로 처리하므로 { $written } 엔드포인트는 { $written } ClusterIP로만 호출할 수 있습니다. addressType이 { $wanted }인 슬라이스를 작성하거나 서비스에 두 IP 패밀리를 모두 설정하세요.
    .docs = https://kubernetes.io/docs/concepts/services-networking/endpoint-slices/

problem-endpoint-is-cluster-ip = 서비스 { $service }의 엔드포인트 { $address } 주소는 서비스 { $other }의 ClusterIP입니다
    .detail = ClusterIP를 가진 호스트는 없습니다. kube-proxy는 연결의 목적지를 한 번만 바꾸므로 바뀐 주소를 가진 곳이 없습니다. 파드의 주소를 쓰거나, 다른 서비스의 이름으로 type: ExternalName을 사용하세요.
    .docs = https://kubernetes.io/docs/concepts/services-networking/service/#services-without-selectors
