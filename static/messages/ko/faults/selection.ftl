## Services whose selector does not select what it should.

problem-selects-nothing = 서비스 { $service }의 셀렉터와 일치하는 파드가 없습니다
    .detail = { $pods ->
        [0] 서비스의 네임스페이스에 { $selector } 레이블이 있는 파드가 없습니다. 연결하려는 파드에 이 레이블을 추가하거나 셀렉터를 수정하세요.
       *[other] 서비스의 네임스페이스에 { $selector } 레이블이 있는 파드가 없습니다. { $nearest } 레이블이 있는 파드는 { $pods }개 있습니다. 이 파드를 선택하려던 것인가요?
    }
    .docs = https://kubernetes.io/docs/tasks/debug/debug-application/debug-service/

problem-selected-pods-of-other-family = { $service } 서비스가 선택하는 파드에 { $wanted } 주소가 없습니다
    .detail = { $pod } 파드에는 { $found } 주소만 있습니다. 엔드포인트슬라이스에는 서비스의 ipFamilies에 해당하는 주소만 들어갑니다. 파드에 있는 IP 패밀리를 사용하거나 노드와 파드에 두 패밀리의 주소를 모두 할당하세요.
    .docs = https://kubernetes.io/docs/concepts/services-networking/dual-stack/

problem-selects-job-pods-only = { $service } 서비스는 언젠가 끝나는 { $kind } { $job }의 파드만 선택합니다
    .detail = 실행되는 동안에는 엔드포인트이지만, 끝나면 Succeeded나 Failed가 되어 서비스에 엔드포인트가 남지 않습니다. 계속 실행되는 서버에는 디플로이먼트나 스테이트풀셋을 사용하세요.
    .docs = https://kubernetes.io/docs/concepts/workloads/controllers/job/

problem-selects-other-namespace = 서비스 { $service }의 셀렉터와 일치하는 파드가 없습니다. 해당 파드는 네임스페이스 { $namespace }에 있습니다
    .detail = 셀렉터는 서비스의 네임스페이스({ $serviceNamespace })에 있는 파드만 선택합니다. { $selector } 레이블을 가진 파드 { $pods }개가 네임스페이스 { $namespace }에 있습니다. 서비스를 그 네임스페이스에 만들고, 여기에서는 { $service }.{ $namespace } 이름으로 호출하세요.
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

problem-pods-lack-label = 서비스 { $service }의 셀렉터와 일치하는 파드가 없습니다. { $pod } 파드에 없는 레이블: { $missing }
    .detail = { GIVEN($present) ->
        [yes] 셀렉터의 나머지 레이블({ $present })이 있는 파드는 { $pods }개입니다. 셀렉터는 모든 레이블이 있는 파드만 선택합니다.
       *[no] 이 파드는 서비스가 가리키는 포트를 선언했지만 레이블이 하나도 없습니다. 셀렉터는 이름이 아니라 레이블을 비교합니다.
    } 파드(워크로드라면 spec.template.metadata.labels)에 { $missing } 레이블을 추가하거나 셀렉터를 수정하세요.
    .docs = https://kubernetes.io/docs/tasks/debug/debug-application/debug-service/

problem-no-selector-no-endpoints = 서비스 { $service }에 셀렉터도 엔드포인트도 없습니다
    .detail = 셀렉터가 없으면 어떤 컨트롤러도 엔드포인트슬라이스를 만들지 않습니다. { GIVEN($meant) ->
        [yes] { $meant } 레이블이 있는 파드가 { $pods }개 있습니다. 이 파드를 연결하려면 이 레이블을 셀렉터로 지정하세요. 아니라면
       *[no] 셀렉터를 추가하거나
    } kubernetes.io/service-name: { $service } 레이블을 가진 엔드포인트슬라이스를 작성하세요.
    .docs = https://kubernetes.io/docs/concepts/services-networking/service/#services-without-selectors

problem-selects-other-program = { $service } 서비스가 { $target } 포트를 선언하지 않은 { $pod } 파드도 선택합니다
    .detail = { $meant } 파드는 이 포트를 선언했습니다. 선택된 파드 { $all }개 중 { $pods }개는 다른 포트만 선언했으며, 그 비율만큼 연결을 받습니다. { GIVEN($label) ->
        [yes] 포트를 선언한 파드에만 있는 { $label } 레이블을 셀렉터에 추가하세요.
       *[no] 원하는 파드에 고유한 레이블을 붙이고 그 레이블을 선택하세요.
    }
    .docs = https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/

problem-selects-job-pods = { $service } 서비스가 { $kind } { $job }의 파드도 선택합니다
    .detail = 선택된 파드 { $all }개 중 { $pods }개가 잡의 파드입니다. 실행되는 동안 그 비율만큼 연결을 받습니다. 잡의 파드에 다른 레이블을 붙이거나, 원하는 파드에만 있는 레이블을 셀렉터에 추가하세요.
    .docs = https://kubernetes.io/docs/tasks/debug/debug-application/debug-service/

problem-workload-makes-no-pods = { $workload } 워크로드에 파드가 없어서 서비스 { $service }에 엔드포인트가 없습니다
    .detail = { $suspended ->
        [true] 템플릿의 레이블은 셀렉터와 일치하지만 spec.suspend가 true입니다.
       *[other] 템플릿의 레이블은 셀렉터와 일치하지만 조건에 맞는 노드가 없습니다: { $why }
    }
    .docs = https://kubernetes.io/docs/tasks/debug/debug-application/debug-service/

problem-workload-scaled-to-zero = { $workload }의 레플리카가 0개라서 서비스 { $service }에 엔드포인트가 없습니다
    .detail = 파드의 레이블은 셀렉터와 일치하지만 파드가 하나도 없습니다. { GIVEN($scaler) ->
        [yes] 파드 수는 { $scaler } 오브젝트가 정하며, kubehop은 이를 시뮬레이션하지 않습니다.
       *[no] replicas 값을 1 이상으로 설정하세요.
    }
    .docs = https://kubernetes.io/docs/tasks/debug/debug-application/debug-service/

problem-selects-workload-labels = 서비스 { $service }의 셀렉터가 파드가 아니라 { $workload } 자신의 레이블과 일치합니다
    .detail = { $selector } 레이블은 워크로드의 metadata.labels에 있습니다. 서비스는 파드의 레이블을 보며, 파드는 템플릿의 레이블({ $labels })을 가집니다. 그 레이블을 선택하거나 spec.template.metadata.labels에 레이블을 추가하세요.
    .docs = https://kubernetes.io/docs/tasks/debug/debug-application/debug-service/

problem-selects-one-revision = { $service } 서비스가 선택하는 { $label } 레이블은 한 리비전의 파드에만 있습니다
    .detail = 이 레이블은 파드의 컨트롤러가 붙이며, 롤아웃할 때마다 값이 바뀝니다. { $selects ->
        [true] 다음 롤아웃이 끝나면 서비스의 엔드포인트가 없어집니다.
       *[false] 셀렉터의 다른 레이블을 가진 파드는 { $pods }개입니다.
    } 셀렉터에서 이 레이블을 빼세요.
    .docs = https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#pod-template-hash-label
