## Generated challenges: where to look, by what is broken.

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

## Their texts.

generated-title = 챌린지 { $number }
generated-goal = `{ $from }` → `{ $to }` 연결은 원래 응답을 받았습니다. { GIVEN($failure) ->
    [yes] 지금의 결과: { $failure }
   *[no] 지금은 실패합니다.
} 다른 연결은 그대로 두고 이 연결이 다시 응답을 받게 하세요.
generated-change = 매니페스트에서 한 곳이 고장 났습니다. 그곳을 찾아, 확인 항목이 모두 충족되도록 매니페스트를 고치세요.
generated-replaced = { $line }번째 줄의 `{ $now }` 자리에는 원래 `{ $before }` 값이 있었습니다.
generated-added = { $line }번째 줄에 `{ $now }` 내용이 추가되었습니다. 지우세요.
generated-summary = 원인: { $cause }
