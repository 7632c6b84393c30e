## What `kubectl apply` makes of the text beside what a new cluster would hold.

problem-separator-missing = { $kind } { $name } 오브젝트가 없습니다. 그 뒤에 --- 줄이 빠졌습니다
    .detail = 이 줄이 없으면 두 오브젝트가 한 문서가 되어 마지막 apiVersion, kind, metadata, spec만 남고, kubectl은 아무것도 알려 주지 않습니다. 이 줄 위에 ---를 추가하세요.
    .docs = https://kubernetes.io/docs/concepts/workloads/management/

problem-object-refused = { $kind } { $name } 오브젝트가 없습니다. 생성이 거부되었습니다
    .detail = { $message }
    .docs = https://kubernetes.io/docs/reference/using-api/api-concepts/

problem-value-taken = { $service } 서비스에 지정한 값은 { $holder } 서비스가 이미 사용하고 있습니다: { $value }
    .detail = 노드포트와 ClusterIP는 네임스페이스와 관계없이 클러스터 전체에서 서비스 하나만 사용할 수 있습니다. 다른 값을 지정하거나 지정하지 마세요. 지정하지 않으면 API 서버가 남은 값 중에서 고릅니다.
    .docs = https://kubernetes.io/docs/concepts/services-networking/cluster-ip-allocation/

problem-apply-removes-selector = kubectl apply를 사용하면 { $service } 서비스의 셀렉터 { $selector } 값이 지워집니다
    .detail = kubectl create는 이 두 번째 문서를 거부하고, kubectl apply는 이 문서로 첫 번째 오브젝트를 갱신합니다. 셀렉터가 없으면 서비스의 엔드포인트슬라이스를 갱신하거나 삭제하는 컨트롤러가 없습니다. 연결은 계속 그 시점의 파드로 가고, 그 파드가 없어지면 실패합니다. 남은 슬라이스를 지우거나(kubectl delete endpointslices -l kubernetes.io/service-name={ $service }) 서비스를 먼저 삭제하세요.
    .docs = https://kubernetes.io/docs/concepts/services-networking/service/#services-without-selectors

problem-namespace-comes-later = { $object } 오브젝트가 텍스트에서 자신의 네임스페이스({ $namespace })보다 앞에 있습니다
    .detail = kubectl apply는 문서를 순서대로 보냅니다. { $namespace } 네임스페이스가 이미 있지 않다면 처음에는 오브젝트 { $objects }개가 거부됩니다(namespaces "{ $namespace }" not found). 네임스페이스를 맨 앞으로 옮기세요. kubehop은 네임스페이스가 있다고 가정합니다.
    .docs = https://kubernetes.io/docs/concepts/overview/working-with-objects/namespaces/

problem-apply-merges-ports = kubectl apply로 적용하면 { $service } 서비스의 { $port } 포트 하나가 사라집니다
    .detail = kubectl create는 두 번째 문서를 거부합니다. kubectl apply는 두 번째 문서를 첫 번째 문서에 병합하는데, 포트를 번호와 프로토콜이 아니라 번호로만 구분합니다. { $written } 중에서 { $stored }만 남습니다. kubectl apply --server-side는 번호와 프로토콜로 구분하고, kubectl replace는 문서를 적힌 그대로 저장합니다.
    .docs = https://kubernetes.io/docs/reference/using-api/server-side-apply/
