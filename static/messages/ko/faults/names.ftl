## Names that do not resolve, or not to what was meant.

problem-search-list-tried-first = { $name }보다 먼저 검색 목록의 이름 { $tried }개를 조회했습니다
    .detail = { $name }에는 점이 { $dots }개 있어 resolv.conf의 options ndots:{ $ndots }보다 적으므로, 리졸버는 모든 검색 도메인을 A와 AAAA 레코드로 먼저 조회합니다. 이름 끝에 점을 붙이거나({ $name }.) dnsConfig에서 ndots를 줄이면 이 조회를 없앨 수 있습니다.
    .docs = https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/#pod-dns-config

problem-corefile-decides = { $name } 이름의 주소는 { $configMap } 컨피그맵의 다음 줄에 따라 달라집니다: { $directive }
    .detail = Corefile에서는 kubernetes 플러그인과 나머지 이름의 전달만 시뮬레이션합니다. 이 줄은 호출한 이름이나 검색 목록에서 그보다 먼저 조회하는 이름에 적용되므로, 실제 클러스터에서는 다른 응답이 올 수 있습니다. 클러스터의 파드에서 nslookup이나 getent hosts로 이름을 조회해 보세요.
    .docs = https://kubernetes.io/docs/tasks/administer-cluster/dns-custom-nameservers/

problem-pod-without-search-list = { $pod } 파드는 클러스터 DNS에 { $name } 이름을 그대로 질의하는데, 이 이름은 전체 이름이 아닙니다
    .detail = dnsPolicy가 None이면 resolv.conf에는 dnsConfig의 내용만 들어갑니다. { $meant } 이름으로 호출하거나, dnsConfig에 검색 도메인을 추가하거나, dnsPolicy를 ClusterFirst로 바꾸세요.
    .docs = https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/#pod-dns-config

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

problem-external-name-without-type = { $service } 서비스에 externalName({ $target })이 있지만 타입이 ExternalName이 아닙니다
    .detail = externalName은 type: ExternalName일 때만 의미가 있습니다. 이 서비스에는 ClusterIP가 있고 셀렉터와 엔드포인트는 없습니다.
    .docs = https://kubernetes.io/docs/concepts/services-networking/service/#externalname

problem-own-name-is-service-name = { $service } 이름은 { $pod } 파드 자신의 호스트 이름입니다. 클러스터 DNS가 아니라 파드의 /etc/hosts에서 { $address } 주소를 찾았습니다
    .detail = kubelet은 파드의 /etc/hosts에 파드의 이름을 적으며, 리졸버는 DNS보다 이 파일을 먼저 읽습니다. 그래서 파드가 자기 자신을 호출합니다. 서비스를 호출하려면 { $service }.{ $namespace } 이름을 사용하세요.
    .docs = https://kubernetes.io/docs/tasks/network/customize-hosts-file-for-pods/

problem-host-alias-resolves = { $name } 이름은 { $pod } 파드의 hostAliases에 { $address } 주소로 적혀 있습니다
    .detail = 리졸버는 DNS보다 /etc/hosts를 먼저 읽으므로 네임서버에는 질의하지 않았습니다. 주소가 오래되었다면 항목을 고치거나 지우세요.
    .docs = https://kubernetes.io/docs/tasks/network/customize-hosts-file-for-pods/

problem-stateful-set-service-name-differs = 스테이트풀셋 { $set }에 { GIVEN($written) ->
        [yes] 지정된 serviceName은 { $written }인데,
       *[no] serviceName이 없는데,
    } 파드를 선택하는 헤드리스 서비스는 { $service }입니다
    .detail = DNS는 serviceName이 가리키는 서비스 아래에 파드의 이름을 공개합니다. { $set }-0.{ $service } 이름은 존재하지 않습니다. serviceName에 이 서비스의 이름을 적으세요.
    .docs = https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/#stable-network-id

problem-caller-without-cluster-dns = { $caller ->
        [client] 외부 클라이언트는
       *[other] 호출자({ $caller })는
    } 클러스터 DNS에 질의하지 않습니다
    .detail = resolv.conf에 클러스터의 네임서버가 들어 있는 것은 파드뿐입니다. { $name } 이름은 클러스터 안에서만 쓸 수 있습니다. 노드에서는 ClusterIP로, 클러스터 밖에서는 노드포트나 로드밸런서 주소로 호출하세요.
    .docs = https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/

problem-host-network-resolver = { $pod } 파드는 노드의 리졸버를 쓰며, 그 리졸버는 { $name } 이름을 모릅니다
    .detail = hostNetwork: true이면 dnsPolicy ClusterFirst는 Default처럼 동작하므로 파드가 노드의 resolv.conf를 사용합니다. dnsPolicy: ClusterFirstWithHostNet을 설정하세요.
    .docs = https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/#pod-s-dns-policy

problem-pod-resolver = { $pod } 파드는 { $name } 이름을 클러스터 DNS에 질의하지 않습니다
    .detail = { $policy ->
        [None] dnsPolicy가 None이므로 dnsConfig의 서버에만 질의합니다. 거기에 클러스터 DNS를 적거나 { $wanted } 정책을 사용하세요.
       *[other] dnsPolicy가 { $policy }이므로 파드는 노드의 resolv.conf를 사용합니다. { $wanted } 정책을 사용하세요.
    }
    .docs = https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/#pod-s-dns-policy

problem-external-name-is-address = { $service } 서비스는 { $target }의 별칭인데, 이것은 이름이 아니라 IP 주소입니다
    .detail = externalName은 DNS 이름입니다. 숫자와 점으로 된 값도 이름으로 조회하는데, 그런 이름은 없습니다. 주소를 쓰려면 셀렉터 없는 서비스와 엔드포인트슬라이스를 사용하세요.
    .docs = https://kubernetes.io/docs/concepts/services-networking/service/#externalname

problem-external-names-in-circle = { $service } 서비스는 자기 자신으로 돌아오는 별칭입니다
    .detail = { $names } 순서로 이어져 처음으로 돌아옵니다. 모두 ExternalName 타입이라 어떤 이름도 주소를 얻지 못합니다. 마지막 서비스가 주소가 있는 호스트를 가리키게 하거나 엔드포인트가 있는 서비스로 바꾸세요.
    .docs = https://kubernetes.io/docs/concepts/services-networking/service/#externalname

problem-external-name-not-found = { $service } 서비스는 { $target }의 별칭인데, 그런 이름이 없습니다
    .detail = { GIVEN($meant) ->
        [yes] 혹시 { $meant } 서비스인가요? 네임서버는 검색 목록을 적용하지 않으므로 externalName에는 이 전체 이름을 적어야 합니다.
       *[no] externalName은 정규화된 전체 이름(FQDN)이어야 합니다. 네임서버는 검색 목록을 적용하지 않습니다. 클러스터의 서비스라면 name.namespace.svc.cluster.local 형식으로 적으세요.
    }
    .docs = https://kubernetes.io/docs/concepts/services-networking/service/#externalname

problem-no-srv-record = 서비스 { $service }에 포트 { $port }, 프로토콜 { $protocol }의 SRV 레코드가 없습니다
    .detail = SRV 레코드에는 이름과 프로토콜이 정확히 같은 엔드포인트 포트가 필요합니다. { GIVEN($declared) ->
        [yes] 서비스의 포트 이름은 { $declared }입니다.
       *[no] 서비스의 포트에 이름이 없습니다. 포트 이름을 지정하세요: { $port }.
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
    .detail = 짧은 이름은 호출하는 쪽의 네임스페이스에서 찾습니다. { $name }.{ $namespace } 또는 전체 이름 { $meant } 중 하나로 호출하세요.
    .docs = https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/

problem-name-not-of-cluster = { $name } 이름은 이 클러스터의 이름이 아닙니다. 올바른 이름은 { $meant }입니다
    .detail = 서비스의 전체 이름은 name.namespace.svc 뒤에 클러스터 도메인을 붙인 것입니다.
    .docs = https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/

problem-name-misspelt = { $name } 이름이 없습니다. { $meant } 이름을 찾으셨나요?
    .docs = https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/

problem-no-such-service = 이 매니페스트의 네임스페이스 { $namespace }에는 { $service } 서비스가 없습니다
    .detail = 파드는 자기 네임스페이스의 서비스를 이름으로, 다른 네임스페이스의 서비스를 name.namespace로 찾습니다.
    .docs = https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/

problem-service-of-other-group = { $service } 오브젝트는 kubehop이 시뮬레이션하지 않는 { $apiVersion } 그룹의 Service입니다
    .detail = DNS, kube-proxy, 인그레스는 v1 서비스만 인식하는데, 이 매니페스트의 { $namespace } 네임스페이스에는 그 이름의 v1 서비스가 없습니다. 실제 클러스터에서는 { $apiVersion } 컨트롤러가 서비스를 만들 수 있습니다(Knative는 자체 게이트웨이로 이어지는 서비스를 만듭니다). 컨트롤러가 만든 서비스를 붙여 넣거나(kubectl get service { $service } -n { $namespace } -o yaml), 일반 서비스를 쓰려던 것이라면 apiVersion: v1로 적으세요.
    .docs = https://kubernetes.io/docs/concepts/services-networking/service/

problem-musl-does-not-search = { $pod } 파드의 musl은 점이 { $ndots }개 이상인 { $name } 이름을 그대로만 조회합니다
    .detail = glibc는 이런 이름이 없으면 검색 목록을 이어서 시도하지만 musl(Alpine Linux)은 그렇게 하지 않습니다. { $meant } 이름으로 호출하거나 dnsConfig의 ndots를 올리세요(클러스터의 기본값은 5입니다).
    .docs = https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/#pod-dns-config

problem-absolute-name = 이름 { $name } 끝의 점 때문에 완전한 이름으로 취급되어 검색 도메인을 시도하지 않습니다
    .detail = 점을 빼면 서비스 { $service }의 이름입니다. 점을 붙이려면 전체 이름을 써야 합니다: { $meant }.
    .docs = https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/

problem-name-of-label-only = { $name } 이름은 DNS에 없습니다. { $service } 서비스가 선택하는 레이블의 값입니다
    .detail = 파드의 레이블과 관계없이 서비스는 자신의 이름으로만 찾을 수 있습니다. { $label }={ $name } 레이블을 선택하는 서비스를 호출하세요: { $meant }.
    .docs = https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/

problem-name-of-workload-only = { $workload } 이름은 { $kind } 오브젝트의 이름이며, DNS에는 없습니다
    .detail = { GIVEN($meant) ->
        [yes] DNS에 이름이 있는 것은 서비스입니다. 이 워크로드의 파드를 선택하는 서비스를 호출하세요: { $meant }.
       *[no] DNS에 이름이 있는 것은 서비스인데, 이 매니페스트에는 이 워크로드의 파드를 선택하는 서비스가 없습니다. kubectl expose 명령으로 만들 수 있습니다.
    }
    .docs = https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/

problem-subdomain-without-service = { $pod } 파드의 subdomain은 { $subdomain }인데, { $namespace } 네임스페이스에 그 이름의 서비스가 없습니다
    .detail = 파드의 DNS 이름은 subdomain이 가리키면서 그 파드를 선택하는 헤드리스 서비스 아래에 만들어집니다. { GIVEN($meant) ->
        [yes] 이 파드를 선택하는 서비스는 { $meant }입니다. subdomain을 그 이름으로 바꾸거나, 서비스 이름을 바꾸세요({ $subdomain }).
       *[no] 이 파드를 선택하는 헤드리스 서비스({ $subdomain })를 만드세요.
    }
    .docs = https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/#pod-s-hostname-and-subdomain-fields

problem-name-of-pod-only = { $pod } 이름은 파드의 이름이며, 파드에는 자체 DNS 이름이 없습니다
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
