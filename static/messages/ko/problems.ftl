## What is wrong with the text of the manifests, or is assumed about it.

problem-rejected = { $message }

problem-unchangeable-by-apply = { $message }
    .detail = kubectl create는 이름이 같은 두 번째 오브젝트를 거부합니다. kubectl apply라면 첫 번째 오브젝트를 이 내용으로 업데이트하려 하며, 이때 서버가 이렇게 응답합니다. 첫 번째 오브젝트를 먼저 삭제하거나 이 필드를 바꾸지 마세요.

problem-server-warning = { $message }
    .detail = API 서버는 이 오브젝트를 받아들이면서 이 경고를 출력합니다.

problem-duplicate-key = 중복된 키: { $key }
    .detail = API 서버는 경고 없이 받아들이고 마지막 값을 사용합니다. 필요 없는 키를 지우세요.

problem-template = 렌더링하지 않은 템플릿입니다
    .detail = kubectl은 템플릿이 아니라 그 결과만 읽습니다. 먼저 렌더링한 뒤 출력을 붙여 넣으세요: helm template . (이미 설치된 것은 helm get manifest RELEASE).

problem-indented-with-tab = 이 줄은 탭으로 들여쓰기되어 있습니다
    .detail = YAML에서는 들여쓰기에 공백만 쓸 수 있습니다. ‘수정’을 누르면 이 줄과 그 아래의 탭을 각각 공백 두 칸으로 바꿉니다.

problem-not-a-manifest = 매니페스트가 아니라 일반 텍스트입니다
    .detail = 매니페스트는 apiVersion과 kind로 시작합니다. 클러스터에서 가져오려면 kubectl get svc,pods,endpointslices,nodes -A -o yaml의 출력을 붙여 넣으세요. -o yaml 없이 출력한 표에는 시뮬레이션에 필요한 내용이 빠져 있습니다.

problem-not-modelled = { $kinds }: 오브젝트 { $count }개는 허용되지만 시뮬레이션하지 않습니다
    .detail = { $decides ->
        [true] 이런 오브젝트는 연결의 결과를 결정합니다. 응답을 바꿀 수 있으면 판정에 그 이름이 표시됩니다.
       *[false] 시뮬레이션 결과에는 영향을 주지 않습니다.
    }

problem-nodes-assumed = 노드가 적혀 있지 않아 파드 { $pods }개에 필요한 노드 { $nodes }개가 있다고 가정합니다
    .detail = kubelet은 노드마다 파드를 최대 110개까지 실행합니다. 다른 노드를 사용하려면 Node 오브젝트를 작성하세요.

problem-gateway-stand-in = 게이트웨이 { $gateway }의 구현체 대신 { $service } 서비스와 프록시 하나를 사용합니다
    .detail = 게이트웨이로 오는 요청을 받는 오브젝트는 컨트롤러가 만듭니다. 텍스트에 그런 오브젝트가 없어 LoadBalancer 서비스와 프록시 하나를 추가했습니다. 구현체의 서비스를 붙여 넣으면 그것을 사용합니다.

problem-pod-range-learnt = podCIDR이 있는 노드가 없어 파드 대역을 { $range } 대역으로 추정합니다
    .detail = 파드들의 주소를 포함하는 대역입니다. kube-proxy는 clusterCIDR 밖에서 온 패킷을 마스커레이딩하므로, 실제 대역이 다르면 파드 대역을 설정하세요.

problem-capped = { $asked } 중 { $shown }까지만 시뮬레이션합니다
    .detail = kubehop이 한 번에 시뮬레이션할 수 있는 최댓값입니다.
