## Ports of Services, containers and nodes that do not meet.

problem-api-server-calls-other-port = { $object } 오브젝트에 따라 API 서버가 호출하는 { $port } 포트가 { $service } 서비스에 없습니다
    .detail = { $isDefault ->
        [true] 포트가 적혀 있지 않으면 443입니다. 서비스의 포트: { $ports }.
       *[false] 서비스의 포트: { $ports }.
    } { $asks ->
        [api-service] APIService는 사용할 수 없는 상태(ServicePortError)가 되고, 그 API 그룹에 대한 요청은 실패합니다.
        [conversion] 커스텀 리소스를 버전 사이에서 변환할 수 없습니다.
       *[webhook] 웹훅을 호출할 수 없습니다(no service port { $port } found). failurePolicy가 Fail이면 API 서버는 이 웹훅에 물어봐야 하는 오브젝트를 모두 거부합니다.
    }
    .docs = https://kubernetes.io/docs/reference/access-authn-authz/extensible-admission-controllers/#service-reference

problem-api-server-calls-no-service = { $object } 오브젝트에 따라 API 서버가 호출하는 { $service } 서비스가 없습니다
    .detail = { $meant } 서비스는 있습니다. { $asks ->
        [api-service] APIService는 사용할 수 없는 상태(ServiceNotFound)가 되고, 그 API 그룹에 대한 요청은 실패합니다.
        [conversion] 커스텀 리소스를 버전 사이에서 변환할 수 없습니다.
       *[webhook] 웹훅을 호출할 수 없습니다. failurePolicy가 Fail이면 API 서버는 이 웹훅에 물어봐야 하는 오브젝트를 모두 거부합니다.
    }
    .docs = https://kubernetes.io/docs/reference/access-authn-authz/extensible-admission-controllers/#service-reference

problem-api-service-without-endpoint = { $object } 오브젝트를 사용할 수 없습니다. { $service } 서비스의 { $port } 포트에 엔드포인트가 없습니다
    .detail = 상태에는 MissingEndpoints로 나옵니다. 그 API 그룹에 대한 요청은 실패하고(metrics-server라면 kubectl top), 응답할 때까지 네임스페이스를 삭제할 수 없습니다.
    .docs = https://kubernetes.io/docs/tasks/extend-kubernetes/configure-aggregation-layer/

problem-plain-http-to-tls-port = 서비스 { $service }의 { $port } 포트는 TLS를 사용하는데 http로 호출했습니다
    .detail = { $isApiServer ->
        [true] API 서버는 HTTPS만 제공하므로
       *[false] 포트 이름이 https이므로 파드가 TLS를 제공한다면
    } 연결은 되지만 400으로 응답합니다("Client sent an HTTP request to an HTTPS server" 등). https로 호출하세요.
    .docs = https://kubernetes.io/docs/tasks/run-application/access-api-from-pod/

problem-tls-to-plain-port = 서비스 { $service }의 { $port } 포트를 https로 호출했지만 http라는 이름의 포트로 이어집니다
    .detail = 서비스는 바이트를 그대로 전달할 뿐 TLS를 더하지 않습니다. 파드가 그 포트에서 일반 HTTP를 쓴다면 연결은 되지만 핸드셰이크가 실패합니다("wrong version number", "SSL_ERROR_RX_RECORD_TOO_LONG" 등). http로 호출하거나, 파드가 TLS를 제공하는 포트로 보내세요.
    .docs = https://kubernetes.io/docs/concepts/services-networking/service/

problem-node-port-on-pod = 서비스 { $service }의 노드포트 { $called }번을 { $pod } 파드의 주소로 호출했습니다
    .detail = 노드포트는 노드의 주소에서만 열립니다. 노드의 { $called } 포트나 파드의 { $target } 포트를 호출하세요.
    .docs = https://kubernetes.io/docs/concepts/services-networking/service/#type-nodeport

problem-pod-port-on-node = { $called } 포트는 파드 { $pod } 컨테이너의 포트이며, 노드 { $node }의 포트가 아닙니다
    .detail = 파드에는 자신의 주소가 있고, 컨테이너가 수신하는 포트는 그 주소에서 열립니다. 노드에서는 열리지 않습니다. 노드의 포트를 열려면 NodePort 타입의 서비스나 hostPort를 사용하세요.
    .docs = https://kubernetes.io/docs/concepts/services-networking/service/#type-nodeport

problem-port-variable-differs = { $container } 컨테이너에 PORT={ $value } 변수가 있는데, { $reached } 포트로 호출했습니다
    .detail = 이 변수의 포트에서 수신하는 프로그램이 많습니다. 컨테이너가 포트를 선언하지 않아 kubehop은 { $reached } 포트가 열려 있다고 가정합니다. 프로그램이 PORT를 읽는다면 연결이 거부됩니다. targetPort를 { $value }번으로 바꾸세요.
    .docs = https://kubernetes.io/docs/concepts/services-networking/service/#field-spec-ports

problem-argument-names-other-port = 컨테이너 { $container }의 실행 인자는 { $argument }인데 { $reached } 포트로 호출합니다
    .detail = 이런 인자에 적힌 포트에서 수신하는 프로그램이 많습니다. 컨테이너가 포트를 선언하지 않았으므로 kubehop은 { $reached } 포트가 열려 있다고 가정합니다. 프로그램이 { $value } 포트에서만 수신한다면 연결이 거부됩니다. targetPort를 { $value }번으로 바꾸세요.
    .docs = https://kubernetes.io/docs/concepts/services-networking/service/#field-spec-ports

problem-node-port-of-another-protocol = { $service } 서비스의 { $port } 노드포트를 { $declared } 대신 { $called } 프로토콜로 호출했습니다
    .detail = { $port }/{ $declared }, { $port }/{ $called } 두 포트는 서로 다릅니다. 파드가 { $called } 프로토콜로 수신한다면 서비스에 protocol: { $called }인 포트를 추가하세요.
    .docs = https://kubernetes.io/docs/concepts/services-networking/service/#type-nodeport

problem-container-port-on-node = { $called }번은 { $pod } 파드 안의 컨테이너 포트이고, 노드에서는 { $hostPort }번 포트입니다
    .detail = hostPort는 노드가 여는 포트이고, containerPort는 파드 안에서 프로세스가 수신하는 포트입니다. { $node } 노드의 { $hostPort }번 포트로 호출하세요.
    .docs = https://kubernetes.io/docs/concepts/extend-kubernetes/compute-storage-net/network-plugins/#support-hostport

problem-node-port-on-loopback = { $mode } 모드에서는 localhost에 노드포트가 열려 있지 않습니다
    .detail = kube-proxy는 서비스 { $service }의 노드포트를 { $node } 노드의 { $open }에서 제공하며, 루프백 주소에서는 제공하지 않습니다. iptables 모드에서는 IPv4 localhost로도 호출할 수 있습니다.
    .docs = https://kubernetes.io/docs/reference/networking/virtual-ips/#migrating-from-iptables-mode-to-nftables

problem-target-port-not-found = 서비스 { $service }의 { $port }번 포트에는 엔드포인트가 없습니다
    .detail = { GIVEN($declared) ->
        [yes] 선택된 파드에는 이름이 { $target }인 컨테이너 포트가 없습니다. 선언된 포트 이름은 { $declared }입니다.
       *[no] 선택된 파드에는 이름이 { $target }인 컨테이너 포트가 없고, 이름이 있는 다른 포트도 없습니다. 포트에 이름을 지정하거나 targetPort에 번호를 쓰세요.
    }
    .docs = https://kubernetes.io/docs/concepts/services-networking/service/#field-spec-ports

problem-target-port-of-another-protocol = 서비스 { $service }의 { $port } 포트는 { $wanted } 프로토콜의 { $target } 이름을 찾지만 파드는 { $declared } 프로토콜로 선언합니다
    .detail = 이름으로 적은 targetPort는 이름과 프로토콜로 찾습니다. 컨테이너의 포트와 서비스의 포트에 같은 프로토콜을 지정하세요.
    .docs = https://kubernetes.io/docs/concepts/services-networking/service/#field-spec-ports

problem-target-port-of-init-container = { $target } 포트는 초기화 컨테이너 { $container }에만 선언되어 있습니다
    .detail = 서비스 { $service }의 이름으로 적은 targetPort는 컨테이너와 사이드카(restartPolicy가 Always인 초기화 컨테이너)에서만 찾습니다. 종료되는 초기화 컨테이너는 요청을 처리하지 않습니다.
    .docs = https://kubernetes.io/docs/concepts/services-networking/service/#field-spec-ports

problem-host-port-elsewhere = { $node } 노드의 { $called } 포트는 { $pod } 파드의 hostPort가 아닙니다
    .detail = hostPort는 파드가 있는 노드에서만, 지정한 프로토콜과 hostIP로만 열립니다: { $open }. 그 주소로 호출하거나, 모든 노드에 파드를 실행하거나(DaemonSet), NodePort 타입의 서비스를 사용하세요.
    .docs = https://kubernetes.io/docs/concepts/extend-kubernetes/compute-storage-net/network-plugins/#support-hostport

problem-host-port-on-loopback = { $pod } 파드의 hostPort는 { $node } 노드의 루프백 주소에서만 열립니다
    .detail = hostIP 때문에 포트가 열리는 곳: { $open }. 이 노드에서 실행되는 프로세스만 접근할 수 있습니다. hostIP를 생략해 노드의 모든 주소에서 포트를 열거나 NodePort 타입의 서비스를 사용하세요.
    .docs = https://kubernetes.io/docs/concepts/extend-kubernetes/compute-storage-net/network-plugins/#support-hostport

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

problem-headless-maps-no-ports = 헤드리스 서비스 { $service }에서는 { $port } 포트가 { $target } 포트로 바뀌지 않습니다
    .detail = 헤드리스 서비스의 이름은 파드 자신의 주소로 조회되므로 포트를 바꾸는 규칙이 없습니다. { $target } 포트로 호출하세요.
    .docs = https://kubernetes.io/docs/concepts/services-networking/service/#headless-services

problem-only-sibling-declares-port = { $pod } 파드는 포트를 선언하지 않았고, 같은 서비스 { $service }의 { $sibling } 파드는 { $declared } 포트를 선언했습니다
    .detail = 서비스는 { $pod } 파드에도 같은 비율로 연결을 보냅니다. 이 파드에서 수신 대기하는 프로세스가 없으면 그 비율만큼 연결이 거부됩니다. 파드에 다른 레이블을 붙이거나 셀렉터를 좁히세요. 수신 대기하는 프로세스가 있다면 포트를 선언하세요.
    .docs = https://kubernetes.io/docs/concepts/services-networking/service/#field-spec-ports

problem-pod-declares-other-ports = { $pod } 파드가 선언한 포트({ $declared })가 아닌 { $port } 포트로 호출했습니다
    .detail = 프로세스는 선언된 포트에서 수신 대기할 가능성이 높습니다. 그 포트로 호출하세요. 컨테이너의 포트 선언은 정보일 뿐이므로, 실제로 { $port } 포트에서 수신한다면 포트를 선언하거나 어노테이션 kubehop/listens에 적으세요.
    .docs = https://kubernetes.io/docs/concepts/services-networking/service/#field-spec-ports

problem-target-port-missing-in-some = 서비스 { $service }의 파드 { $all }개 중 { $pods }개에 { $target } 포트가 없어 연결을 받지 못합니다
    .detail = { GIVEN($declared) ->
        [yes] { $pod } 파드가 선언한 포트 이름: { $declared }.
       *[no] { $pod } 파드에는 이름이 있는 포트가 없습니다.
    } 이름으로 쓴 targetPort는 파드마다 찾으며, 그 이름이 없는 파드는 준비 상태여도 이 포트의 엔드포인트가 되지 않습니다. { $isOtherProgram ->
        [true] { $meant } 파드와 다른 프로그램이라면 빠진 것은 없고 셀렉터가 너무 넓은 것입니다. { GIVEN($label) ->
            [yes] 포트가 있는 파드에만 있는 { $label } 레이블을 셀렉터에 추가하세요.
           *[no] 원하는 파드에 고유한 레이블을 붙이고 그 레이블을 선택하세요.
        }
       *[other] 그 파드의 포트에도 { $target } 이름을 붙이세요.
    }
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

problem-node-ports-not-allocated = 서비스 { $service }에는 노드포트가 없습니다. allocateLoadBalancerNodePorts가 false입니다
    .detail = 따라서 { $called } 포트를 여는 노드가 없습니다. 로드밸런서의 주소를 호출하거나 이 필드를 true로 설정하세요. 포트에 nodePort: { $called } 값을 적어도 됩니다.
    .docs = https://kubernetes.io/docs/concepts/services-networking/service/#load-balancer-nodeport-allocation

problem-service-port-on-node = { $nodePort ->
        [0] 서비스 { $service }에는 노드포트가 없어 노드에서 { $called } 포트가 열리지 않습니다
       *[other] 노드에서 서비스 { $service }의 포트는 { $called } 포트가 아니라 { $nodePort } 포트입니다
    }
    .detail = { $nodePort ->
        [0] 서비스의 주소는 파드와 노드만 사용할 수 있는 ClusterIP입니다. { $node }에서 포트를 열려면 type: NodePort를 설정하세요.
       *[other] { $node } 노드의 { $nodePort } 포트를 호출하세요. { $called } 포트는 서비스나 파드의 포트입니다.
    }
    .docs = https://kubernetes.io/docs/concepts/services-networking/service/#type-nodeport
