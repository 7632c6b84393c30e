## Captions of the picture.

caption-outside = 클러스터 외부
caption-cluster = 클러스터
caption-client = 클라이언트
caption-service = 서비스
caption-endpoints = 엔드포인트
caption-pods = 파드
caption-outside-client = 외부 클라이언트
caption-outside-machine = 외부 머신
caption-load-balancer = 로드밸런서
caption-arp = ARP 질의
caption-answers-arp = { $node } 응답
caption-nobody-answers = 응답하는 노드 없음
caption-router = 라우터(BGP)
caption-routes = 노드 { $count }개로 전달
caption-rules = 규칙 { $count }개
caption-process = 프로세스
caption-selects = 셀렉터 { $selector } · 준비된 엔드포인트 { $ready }/{ $total }
caption-selects-by = 셀렉터 { $selector }
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
caption-isolated = { $direction ->
        [egress] 이그레스
       *[ingress] 인그레스
    } 격리 { $policies }
caption-gate-open = { $direction ->
        [egress] 이그레스
       *[ingress] 인그레스
    } 열림 { $rule ->
        [0] { "" }
       *[other] { $policy } 규칙 { $rule }
    }
caption-gate-shut = { $direction ->
        [egress] 이그레스
       *[ingress] 인그레스
    } 닫힘 { $policies }
caption-gate-depends = { $direction ->
        [egress] 이그레스
       *[ingress] 인그레스
    } 플러그인에 따라 다름
caption-more = + { $count }개 더
caption-groups = { $namespace }의 나머지: 서비스 { $services }{ $workloads ->
        [0] {""}
       *[other] {" "}· 그 밖의 워크로드 { $workloads }
    }
caption-namespace = 서비스 { $services } · 파드 { $pods }
caption-more-nodes = + 노드 { $count }개 더
